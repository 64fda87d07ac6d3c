"""The commands of ``rilis``: each told in the help, loaded on use.

The one exception to "no own import hidden in a function": a table of modules, loaded by importlib,
so that ``rilis --help`` and ``rilis clean`` start without spaCy, ``rilis extract`` without the
libraries of ``rilis fetch``; and each runs where the libraries of others are not installed.
"""

import importlib
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from extractor.cli.help import plain
from extractor.cli.terminal import example
from extractor.errors import UsageError
from extractor.messages import _


@dataclass(frozen=True)
class Entry:
    """Where a command is, and what it is for.

    The module holds a function of the command's ``example``, or without one ``app``, a
    typer.Typer with one command or a group of them; ``extra`` brings its libraries.
    """

    module: str
    help: str
    example: str = ""
    extra: str = ""


COMMANDS: dict[str, Entry] = {
    "clean": Entry(
        "extractor.cli.cleaning",
        _("Take repeated paragraphs out of drafts and mend slips; each change is explained."),
        "rilis clean draft.docx --diff",
    ),
    "undo": Entry(
        "extractor.cli.cleaning",
        _("Give the draft back that a clean draft was made of, byte for byte."),
        "rilis clean draft.txt -o clean.txt --undo u.json && rilis undo clean.txt u.json",
    ),
    "silence": Entry(
        "extractor.cli.findings",
        _("Leave a finding, a word, a rule or a draft alone from now on."),
        "rilis silence draft.docx 12:5 --word Anugrah",
    ),
    "report": Entry(
        "extractor.cli.findings",
        _("Account for many drafts: repeated paragraphs, slips by rule, files not read."),
        "rilis report drafts/ -o report.html --csv report.csv",
    ),
    "extract": Entry(
        "extractor.cli.extracting",
        _("Read event, date, venue, people and quotes; one record a release."),
        "rilis extract drafts/ --workers 2 -o records.jsonl",
    ),
    "explain": Entry(
        "extractor.cli.extracting",
        _("Show every field of a record with its words, rule and confidence."),
        "rilis explain draft.txt",
    ),
    "evaluate": Entry(
        "extractor.cli.evaluating",
        _("Score extraction against annotated releases (ID.txt with ID.json beside it)."),
        "rilis evaluate corpus/gold --show venue",
    ),
    "annotate": Entry(
        "extractor.cli.exchanging",
        _("Write records for an annotation tool: Label Studio, doccano, Prodigy, spaCy."),
        "rilis annotate records.jsonl --tool doccano -o tasks.jsonl",
    ),
    "gold": Entry(
        "extractor.cli.exchanging",
        _("Make annotated releases (ID.txt, ID.json) of marks reviewed in an annotation tool."),
        "rilis gold reviewed.jsonl --tool doccano -o corpus/mine",
    ),
    "schema": Entry(
        "extractor.cli.schema",
        _("Print the JSON Schema of a record."),
        "rilis schema > record.schema.json",
    ),
    "rules": Entry("extractor.cli.rules", _("Check the rule files, or try them on a sentence.")),
    "sites": Entry("extractor.cli.sites", _("Try the site rules on saved pages, or on one page.")),
    "fetch": Entry(
        "extractor.cli.fetching",
        _("Fetch the releases of sites politely; keep them as served and as articles."),
        extra="fetch",
    ),
    "replay": Entry(
        "extractor.cli.replaying",
        _("Read articles out of WARC files again, of rilis or any other tool; no network."),
        extra="fetch",
    ),
    "archive": Entry(
        "extractor.cli.archive",
        _("Keep records in an archive: SQLite or PostgreSQL, each value with its words."),
        extra="archive",
    ),
}


class LateCommand(TyperCommand):
    """Stands for a command until it is called; then the real one takes the arguments."""

    def __init__(self, name: str, entry: Entry) -> None:
        super().__init__(name, help=entry.help, add_help_option=False)
        self.entry = entry

    def real(self) -> Any:
        """The command itself; raises UsageError where its extra is not installed."""
        entry = self.entry
        try:
            module = importlib.import_module(entry.module)
        except ModuleNotFoundError as error:
            if not entry.extra or error.name is None or error.name.split(".")[0] == "extractor":
                raise
            raise UsageError(
                _(
                    "rilis {command} needs {missing}, which is not installed: "
                    'pip install "rilis[{extra}]"'
                ).format(command=self.name, missing=error.name, extra=entry.extra)
            ) from None
        if not entry.example:
            return plain(typer.main.get_command(module.app))
        app = typer.Typer(
            add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
        )
        told = app.command(self.name, help=entry.help, epilog=example(entry.example))
        told(getattr(module, str(self.name)))
        return plain(typer.main.get_command(app))

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        """The context of the real command."""
        return self.real().make_context(info_name, args, *rest, **more)


class LateCommands(TyperGroup):
    """The group of all commands of the table, in its order."""

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        for name, entry in COMMANDS.items():
            self.commands[name] = LateCommand(name, entry)
