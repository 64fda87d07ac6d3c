"""``rilis archive stats``: numbers of the archive, and pictures of them."""

import csv
import importlib
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from extractor.archive.instants import day
from extractor.archive.numbers import stats as numbers
from extractor.archive.numbers.figures import Words
from extractor.archive.numbers.stats import BY, Count, Range, Reviewed
from extractor.archive.risk.names_at_risk import rulebook
from extractor.cli.archiving import ArchiveOption, open_archive
from extractor.cli.terminal import LangOption, choose_language, err, out, write_bytes
from extractor.errors import UsageError
from extractor.messages import _, language, ngettext, set_language

FORMS = ("text", "json", "csv")
_MOST = 20  # lines of a list on a terminal


def stats(
    by: Annotated[
        str,
        typer.Option("--by", metavar="|".join((*BY, *numbers.REVIEWED)), help=_("What to count.")),
    ] = "month",
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help=_("From this day on: 2024-05-01."))
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help=_("Up to this day."))] = None,
    site: Annotated[str | None, typer.Option(help=_("Of this site alone."))] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMS), help=_("Form of the output."))
    ] = "text",
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart",
            metavar="FILE.svg|FILE.png",
            help=_("Draw it into this file; in Indonesian, unless --lang en."),
        ),
    ] = None,
    archive: ArchiveOption = None,
    lang: LangOption = None,
) -> None:
    """Nothing that is withheld is told. Charts are in Indonesian unless --lang en."""
    choose_language(lang)
    numbers.kind_of(by)
    if form not in FORMS:
        said = _("--format {form}: the forms are {known}")
        raise UsageError(said.format(form=form, known=", ".join(FORMS)))
    drawn = _drawing(chart)
    range_ = Range(day(since, "--since"), day(until, "--until"), site)
    with open_archive(archive, read_only=True) as store, store.read() as connection:
        if by in BY:
            found: Sequence[Count | Reviewed] = BY[by](connection, range_)
        else:
            found = numbers.REVIEWED[by](connection, range_)
        hidden = numbers.count_withheld(connection, range_)
        undated = numbers.count_undated(connection, by, range_)
    _write(by, found, form)
    if undated:
        said = ngettext(
            "{n} release without a day is left out",
            "{n} releases without a day are left out",
            undated,
        )
        err.print(said.format(n=undated))
    if hidden:
        said = ngettext(
            "{n} release is withheld and left out",
            "{n} releases are withheld and left out",
            hidden,
        )
        err.print(said.format(n=hidden))
    if chart is not None and drawn is not None:
        before = language()
        set_language(lang or "id")
        try:
            picture = _picture(drawn, by, found, chart.suffix)
        finally:
            set_language(before)
        write_bytes(chart, picture)
        err.print(_("chart in {path}").format(path=chart))


def _drawing(chart: Path | None) -> ModuleType | None:
    """The module that draws; UsageError where its library is not there, or the name fits none."""
    if chart is None:
        return None
    try:
        charts = importlib.import_module("extractor.archive.numbers.charts")
    except ModuleNotFoundError as error:
        if error.name != "vl_convert":
            raise
        said = _('--chart needs {missing}, which is not installed: pip install "{pip}"')
        missing = said.format(missing="vl-convert-python", pip="rilis[charts]")
        raise UsageError(missing) from None
    charts.check_target(chart)
    return charts


def _picture(charts: ModuleType, by: str, found: Sequence[Any], suffix: str) -> bytes:
    words = Words(rulebook())
    titles = {
        "month": _("Events by month"), "type": _("Events by type"), "venue": _("Events by venue"),
        "organizer": _("Events by organiser"), "speaker": _("Quotes by speaker"),
        "reviewed": _("How much has been reviewed"),
        "rule": _("What reviewers said of each rule's values"),
    }  # fmt: skip
    if by == "month":
        spec, said = charts.months_chart(found, titles[by], words)
    elif by in BY:
        unit = _("quotes") if by == "speaker" else _("events")
        several = _("an event counts for each of its organisers") if by == "organizer" else None
        spec, said = charts.bars_chart(found, titles[by], unit, words, several=several)
    else:
        spec, said = charts.reviewed_chart(found, titles[by], words, _fields(), by == "rule")
    return bytes(charts.draw(spec, titles[by], said, suffix))


def _fields() -> dict[str, str]:
    return {
        "event.name": _("event: name"), "event.date": _("event: date"),
        "event.venue": _("event: venue"), "event.organizer": _("event: organiser"),
        "event.participant": _("event: participant"), "event.theme": _("event: theme"),
        "event.occasion": _("event: occasion"), "person.mention": _("person: mention"),
        "person.name": _("person: name"), "person.role": _("person: role"),
        "quote.text": _("quote: text"), "quote.speaker": _("quote: speaker"),
        "quote.cue": _("quote: cue"), "quote.date": _("quote: date"),
        "quote.occasion": _("quote: occasion"), "release.date": _("release: date"),
        "release.credit": _("release: credit"), "release.dateline": _("release: dateline"),
    }  # fmt: skip


def _write(by: str, found: Sequence[Any], form: str) -> None:
    rows = [_row(by, one) for one in found]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, _columns(by), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.write(text.getvalue())
    elif by in BY:
        _counts(by, found)
    else:
        _reviewed(by, found)


def _columns(by: str) -> list[str]:
    if by in BY:
        return [by, "n", "withheld"] if by != "month" else [by, "n"]
    states = [one.name for one in fields(Reviewed) if one.name != "label"]
    return ["field" if by == "reviewed" else by, *states, "reviewed", "total", "share", "precision"]


def _row(by: str, one: Any) -> dict[str, Any]:
    if isinstance(one, Count):
        row: dict[str, Any] = {by: one.label, "n": one.n}
        return row if by == "month" else row | {"withheld": one.withheld}
    names = _columns(by)
    row = {names[0]: one.label} | {name: getattr(one, name) for name in names[1:]}
    row["share"] = round(one.share, 4)
    row["precision"] = None if one.precision is None else round(one.precision, 4)
    return row


def _counts(by: str, found: Sequence[Count]) -> None:
    table = Table(_heads()[by], "", box=None, header_style="bold")
    table.columns[1].justify = "right"
    shown = found if by == "month" else found[:_MOST]
    for one in shown:
        table.add_row(Text(_label(by, one)), f"{one.n}")
    out.print(table)
    if len(found) > len(shown):
        said = _("{n} more: --format csv lists all")
        err.print(said.format(n=len(found) - len(shown)))


def _label(by: str, one: Count) -> str:
    if one.withheld:
        return _("name withheld")
    if one.label is None:
        return _("without a date") if by == "month" else _("not told")
    return one.label


def _heads() -> dict[str, str]:
    return {
        "month": _("month"), "type": _("type"), "venue": _("venue"),
        "organizer": _("organiser"), "speaker": _("speaker"),
    }  # fmt: skip


def _reviewed(by: str, found: Sequence[Reviewed]) -> None:
    heads = (
        _("field") if by == "reviewed" else _("rule"), _("accepted"), _("corrected"),
        _("rejected"), _("values"), _("reviewed"), _("right as read"),
    )  # fmt: skip
    table = Table(*heads, box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in found:
        right = "-" if one.precision is None else f"{100 * one.precision:.1f}%"
        share = f"{100 * one.share:.1f}%"
        three = (one.accepted, one.corrected, one.rejected, one.total)
        table.add_row(Text(one.label), *map(str, three), share, right)
    out.print(table)
