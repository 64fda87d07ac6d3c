"""The command ``rilis``: thin, one function a subcommand.

Results go to standard output, progress and messages to standard error. Exit status: 0 done; 1 a check
found something; 2 wrong use; 3 some inputs failed (each listed, the others done).
"""

import importlib.metadata
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extractor.checking import check_examples, count_examples, hits
from extractor.errors import ExtractorError, RuleError, SourceError, UsageError
from extractor.evaluation.corpus import extract_corpus, read_corpus, read_records
from extractor.evaluation.gate import below_floor, update_floors
from extractor.evaluation.page import misses_page
from extractor.evaluation.plot import calibration_svg
from extractor.evaluation.report import (
    calibration_table,
    compare,
    document_table,
    miss_lines,
    plain_misses,
    score_table,
    summary_line,
)
from extractor.evaluation.scores import calibration, intervals, score
from extractor.evaluation.scoring import FIELDS
from extractor.explain import explanation
from extractor.export.table import record_table
from extractor.extraction import Extractor
from extractor.messages import LANGUAGES, _, ngettext, set_language
from extractor.record import json_schema, to_json
from extractor.sources import articles


def _asked_language(arguments: list[str]) -> str | None:
    """The value of ``--lang``; looked up before the help texts below are made."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


LANGUAGE = set_language(_asked_language(sys.argv[1:]))

app = typer.Typer(
    name="rilis",
    help=_(
        "Clean Indonesian press releases and read event, date, venue, people and quotes in them."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
rules_app = typer.Typer(
    no_args_is_help=True, help=_("Check the rule files, or try them on a sentence.")
)
app.add_typer(rules_app, name="rules")
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        envvar="RILIS_RULES",
        metavar="FOLDER",
        help=_("Rules of your own: laid over the shipped ones, or instead of them if complete."),
    ),
]
LangOption = Annotated[
    str | None, typer.Option("--lang", metavar="id|en", help=_("Language of messages."))
]
PublishedOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help=_("Publication date of the inputs, such as 2024-05-03.")),
]
InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT…",
        help=_("Files (.txt .html .docx .jsonl), folders, patterns, or - for standard input."),
    ),
]


def example(command: str) -> str:
    """The example at the end of a command's help."""
    return f"[bold]{_('Example:')}[/bold]  {command}"


@app.callback()
def common(
    lang: LangOption = None,
    version: Annotated[
        bool, typer.Option("--version", help=_("Show the version and leave."))
    ] = False,
) -> None:
    """Options that go before the command."""
    if lang is not None:
        choose_language(lang)
    if version:
        print(f"rilis {importlib.metadata.version('rilis')}")
        raise typer.Exit


def choose_language(lang: str | None) -> None:
    """Take ``--lang`` of a command; anything but id and en is wrong use."""
    if lang is None:
        return
    if lang not in LANGUAGES:
        raise UsageError(_("--lang {lang}: the languages are id and en").format(lang=lang))
    set_language(lang)


@app.command(
    help=_("Read event, date, venue, people and quotes; one record a release."),
    epilog=example("rilis extract drafts/ -o records.jsonl"),
)
def extract(
    inputs: InputsArgument,
    published: PublishedOption = None,
    form: Annotated[
        str, typer.Option("--format", metavar="jsonl|json|table", help=_("Form of the output."))
    ] = "jsonl",
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """Records in the order of the inputs."""
    choose_language(lang)
    extractor = Extractor(rules)
    failed = []
    for one in articles(inputs, published):
        if isinstance(one, SourceError):
            failed.append(one)
            continue
        record = extractor.extract(one)
        if form == "table":
            out.print(record_table([record]))
        else:
            print(to_json(record))
    for error in failed:
        err.print(str(error))
    raise typer.Exit(3 if failed else 0)


@app.command(
    help=_("Show every field of a record with its words, rule and confidence."),
    epilog=example("rilis explain draft.txt"),
)
def explain(
    inputs: InputsArgument,
    published: PublishedOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """One tree a release."""
    choose_language(lang)
    extractor = Extractor(rules)
    failed = []
    for one in articles(inputs, published):
        if isinstance(one, SourceError):
            failed.append(one)
        else:
            out.print(explanation(*extractor.read(one)))
    for error in failed:
        err.print(str(error))
    raise typer.Exit(3 if failed else 0)


@rules_app.command(
    "check",
    help=_("Read every rule file and run every example in it."),
    epilog=example("rilis rules check --rules my-rules"),
)
def rules_check(rules: RulesOption = None, lang: LangOption = None) -> None:
    """Faults go to standard output as FILE:LINE: what; exit status 1 where there is one."""
    choose_language(lang)
    try:
        extractor = Extractor(rules)
    except RuleError as error:
        for fault in error.faults:
            print(fault)
        said = ngettext("{n} fault", "{n} faults", len(error.faults)).format(n=len(error.faults))
        err.print(said)
        raise typer.Exit(1) from None
    book = extractor.rulebook
    broken = list(check_examples(extractor.nlp, book))
    for fault in broken:
        print(fault)
    counts = {
        "files": len(book.files),
        "rules": sum(1 for _rule in book.rules()),
        "examples": count_examples(book),
        "faults": len(broken),
    }
    said = _("{files} files, {rules} rules, {examples} examples, {faults} do not hold")
    err.print(said.format(**counts))
    raise typer.Exit(1 if broken else 0)


@rules_app.command(
    "try",
    help=_("Show which rules fire on a sentence, and where."),
    epilog=example('rilis rules try "Rapat berlangsung di Aula Melati, Kamis (2/5/2024)."'),
)
def rules_try(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help=_("The sentence to try."))],
    published: PublishedOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """One line a hit: place, kind, rule, words, value."""
    choose_language(lang)
    extractor = Extractor(rules)
    found = hits(extractor.nlp, extractor.rulebook, sentence, published)
    if not found:
        err.print(_("no rule fires"))
        return
    table = Table(box=None, pad_edge=False)
    for name in (_("place"), _("kind"), _("rule"), _("words"), _("value")):
        table.add_column(name, overflow="fold")
    for hit in found:
        value = hit.value if hit.value != hit.text else ""
        cells = (f"{hit.start}-{hit.end}", hit.key, hit.rule, hit.text, value)
        table.add_row(*(escape(cell) for cell in cells))
    out.print(table)


@app.command(
    help=_("Score extraction against annotated releases (ID.txt with ID.json beside it)."),
    epilog=example("rilis evaluate corpus/gold --show venue"),
)
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
        Path | None,
        typer.Option("--calibration", metavar="FILE.svg", help=_("Table and plot of confidence.")),
    ] = None,
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
    documents = read_corpus(gold)
    if records is not None:
        got = read_records(records, documents)
    else:
        got = extract_corpus(documents, Extractor(rules))
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
    if with_calibration is not None:
        bands = calibration(j for ones in scores.judgements.values() for j in ones)
        out.print(calibration_table(bands))
        write_text(with_calibration, calibration_svg(bands))
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


@app.command(
    help=_("Print the JSON Schema of a record."),
    epilog=example("rilis schema > record.schema.json"),
)
def schema(lang: LangOption = None) -> None:
    """The schema is made from the types themselves."""
    choose_language(lang)
    print(json.dumps(json_schema(), indent=1, ensure_ascii=False))


def read_json(path: Path) -> Any:
    """The JSON in a file; what cannot be read is wrong use."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None


def write_text(path: Path, text: str) -> None:
    """Write a file; where that cannot be done it is wrong use."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def main() -> None:
    """Run the command; errors on purpose become one line each and an exit status."""
    try:
        app()
    except RuleError as error:
        err.print(str(error))
        sys.exit(1)
    except SourceError as error:
        err.print(f"rilis: {error}")
        sys.exit(3)
    except ExtractorError as error:
        err.print(f"rilis: {error}")
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output left, as `head` does
        sys.stderr.close()
        sys.exit(0)
