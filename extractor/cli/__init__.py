"""The command ``rilis``: thin, one function a subcommand.

Results go to standard output, progress and messages to standard error. Exit status: 0 done; 1 a
check found something; 2 wrong use; 3 some inputs failed (each listed, the others done).
"""

import importlib.metadata
import sys
from typing import Annotated

import typer

from extractor.cli import cleaning, evaluating, exchanging, extracting, findings, rules, sites
from extractor.cli.extras import ExtraCommands
from extractor.cli.help import plain, speak
from extractor.cli.terminal import LangOption, choose_language, err, example
from extractor.errors import ExtractorError, RuleError, SourceError
from extractor.messages import _

app = typer.Typer(
    name="rilis",
    cls=ExtraCommands,
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
sites_app = typer.Typer(
    no_args_is_help=True, help=_("Try the site rules on saved pages, or on one page.")
)
app.add_typer(sites_app, name="sites")

app.command(
    name="clean",
    help=_("Take repeated paragraphs out of drafts and mend slips; each change is explained."),
    epilog=example("rilis clean draft.docx --diff"),
)(cleaning.clean)
app.command(
    name="undo",
    help=_("Give the draft back that a clean draft was made of, byte for byte."),
    epilog=example(
        "rilis clean draft.txt -o clean.txt --undo u.json && rilis undo clean.txt u.json"
    ),
)(cleaning.undo)
app.command(
    name="silence",
    help=_("Leave a finding, a word, a rule or a draft alone from now on."),
    epilog=example("rilis silence draft.docx 12:5 --word Anugrah"),
)(findings.silence)
app.command(
    name="report",
    help=_("Account for many drafts: repeated paragraphs, slips by rule, files not read."),
    epilog=example("rilis report drafts/ -o report.html --csv report.csv"),
)(findings.report)
app.command(
    name="extract",
    help=_("Read event, date, venue, people and quotes; one record a release."),
    epilog=example("rilis extract drafts/ --workers 2 -o records.jsonl"),
)(extracting.extract)
app.command(
    name="explain",
    help=_("Show every field of a record with its words, rule and confidence."),
    epilog=example("rilis explain draft.txt"),
)(extracting.explain)
app.command(
    name="evaluate",
    help=_("Score extraction against annotated releases (ID.txt with ID.json beside it)."),
    epilog=example("rilis evaluate corpus/gold --show venue"),
)(evaluating.evaluate)
app.command(
    name="annotate",
    help=_("Write records for an annotation tool: Label Studio, doccano, Prodigy, spaCy."),
    epilog=example("rilis annotate records.jsonl --tool doccano -o tasks.jsonl"),
)(exchanging.annotate)
app.command(
    name="gold",
    help=_("Make annotated releases (ID.txt, ID.json) of marks reviewed in an annotation tool."),
    epilog=example("rilis gold reviewed.jsonl --tool doccano -o corpus/mine"),
)(exchanging.gold)
app.command(
    name="schema",
    help=_("Print the JSON Schema of a record."),
    epilog=example("rilis schema > record.schema.json"),
)(evaluating.schema)
rules_app.command(
    "check",
    help=_("Read every rule file and run every example in it."),
    epilog=example("rilis rules check --rules my-rules"),
)(rules.rules_check)
rules_app.command(
    "try",
    help=_("Show which rules fire on a sentence, and where."),
    epilog=example('rilis rules try "Rapat berlangsung di Aula Melati, Kamis (2/5/2024)."'),
)(rules.rules_try)

sites_app.command(
    "check",
    help=_("Try every site rule on saved pages with the article each must give."),
    epilog=example("rilis sites check dpmppa"),
)(sites.sites_check)
sites_app.command(
    "try",
    help=_("Show what comes of a page, and what each selector of its site finds."),
    epilog=example("rilis sites try page.html --site dpmppa"),
)(sites.sites_try)


def _show_version(asked: bool) -> None:
    if asked:
        print(f"rilis {importlib.metadata.version('rilis')}")
        raise typer.Exit


@app.callback()
def common(
    lang: LangOption = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,  # before a command is missed
            help=_("Show the version and leave."),
        ),
    ] = False,
) -> None:
    """Options that go before the command."""
    if lang is not None:
        choose_language(lang)


def main() -> None:
    """Run the command; errors on purpose become one line each and an exit status."""
    speak()
    try:
        plain(typer.main.get_command(app))()
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
