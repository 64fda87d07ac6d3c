"""``rilis evaluate``: the measure."""

import json
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.extractors import extractor_of
from extractor.cli.terminal import (
    LangOption,
    RulesOption,
    choose_language,
    err,
    out,
    read_json,
    write_text,
)
from extractor.errors import UsageError
from extractor.evaluation.corpus import extract_corpus, read_corpus, read_records
from extractor.evaluation.gate import below_floor, update_floors
from extractor.evaluation.plot import calibration_svg
from extractor.evaluation.report import (
    calibration_table,
    compare,
    document_table,
    miss_lines,
    plain_misses,
    score_table,
    stage_table,
    summary_line,
)
from extractor.evaluation.scores import calibration, intervals, score
from extractor.evaluation.scoring import FIELDS
from extractor.evaluation.stages import stage_rows
from extractor.export.misses import misses_page
from extractor.messages import _


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help=_("Folder of annotated releases."))],
    records: Annotated[
        Path | None, typer.Option(help=_("Score these records instead of extracting anew."))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Scores and misses as JSON."))] = False,
    show: Annotated[
        str | None, typer.Option(metavar="FIELD", help=_("List the misses of one field."))
    ] = None,
    detail: Annotated[bool, typer.Option(help=_("One line a document."))] = False,
    with_intervals: Annotated[
        bool, typer.Option("--intervals", help=_("95 % bootstrap intervals."))
    ] = False,
    with_calibration: Annotated[
        bool, typer.Option("--calibration", help=_("Table and plot of confidence."))
    ] = False,
    plot: Annotated[
        Path, typer.Option(metavar="FILE.svg", help=_("Where --calibration draws its plot."))
    ] = Path("calibration.svg"),
    against: Annotated[
        Path | None, typer.Option(metavar="OLD.json", help=_("Compare with an earlier --json."))
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help=_("The misses in their text, as a page.")),
    ] = None,
    floors: Annotated[
        bool, typer.Option("--floors", help=_("Fail where a score is below its floor."))
    ] = False,
    new_floors: Annotated[
        bool, typer.Option("--update-floors", help=_("Raise the floors to today's scores."))
    ] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help=_("Let --update-floors lower a floor."))
    ] = False,
    stages: Annotated[
        bool, typer.Option("--stages", help=_("Each stage alone, on annotated input."))
    ] = False,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """The measure of the project; every figure from the same judgements."""
    choose_language(lang)
    if show is not None and show not in FIELDS:
        known = ", ".join(FIELDS)
        raise UsageError(
            _("--show {field}: the fields are {known}").format(field=show, known=known)
        )
    if plot.suffix.lower() != ".svg":
        raise UsageError(_("--plot {path}: the plot is an SVG; name it FILE.svg").format(path=plot))
    documents = read_corpus(gold)
    if records is not None:
        got = read_records(records, documents)
    else:
        got = extract_corpus(documents, extractor_of(rules))
    scores = score([one.gold for one in documents], got)
    if as_json:
        plain = {**scores.plain(), "misses": plain_misses(scores)}
        print(json.dumps(plain, ensure_ascii=False, default=str))
    else:
        out.print(score_table(scores, intervals(scores) if with_intervals else None))
        out.print(summary_line(scores))
        if detail:
            out.print(document_table(scores))
        for line in miss_lines(scores.misses(show)) if show else ():
            print(line)
    if with_calibration:
        bands = calibration(j for ones in scores.judgements.values() for j in ones)
        out.print(calibration_table(bands))
        write_text(plot, calibration_svg(bands))
        err.print(_("plot written to {path}").format(path=plot))
    if stages:
        out.print(stage_table(stage_rows(documents, extractor_of(rules))))
    if against is not None:
        table, better, worse = compare(scores, read_json(against))
        out.print(table)
        for sign, lines in (("+", better), ("-", worse)):
            for line in lines:
                print(sign, line)
    if html is not None:
        write_text(html, misses_page(scores, {one.id: one.article.text for one in documents}))
    if new_floors:
        update_floors(gold, scores, allow_lower)
    if floors and (faults := below_floor(gold, scores)):
        for fault in faults:
            print(fault)
        raise typer.Exit(1)
