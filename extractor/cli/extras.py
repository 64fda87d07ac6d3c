"""Commands whose libraries are extras: told in the help, loaded on use.

The one exception to "no own import hidden in a function": a table of modules, loaded by importlib,
so that ``rilis clean`` starts without the libraries of ``rilis fetch``, and runs where they are not
installed. Each module holds ``app``, a typer.Typer with one command or a group of them.
"""

import importlib
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from extractor.cli.help import plain
from extractor.errors import UsageError
from extractor.messages import _


@dataclass(frozen=True)
class Extra:
    """Where a command is, the extra that brings its libraries, and what it is for."""

    module: str
    extra: str
    help: str


EXTRAS: dict[str, Extra] = {
    "fetch": Extra(
        "extractor.cli.fetching",
        "fetch",
        _("Fetch the releases of sites politely; keep them as served and as articles."),
    ),
    "replay": Extra(
        "extractor.cli.replaying",
        "fetch",
        _("Read articles out of WARC files again, of rilis or any other tool; no network."),
    ),
    "archive": Extra(
        "extractor.cli.archive",
        "archive",
        _("Keep records in an archive: SQLite or PostgreSQL, each value with its words."),
    ),
}


class ExtraCommand(TyperCommand):
    """Stands for a command until it is called; then the real one takes the arguments."""

    def __init__(self, name: str, extra: Extra) -> None:
        super().__init__(name, help=extra.help, add_help_option=False)
        self.extra = extra

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        """The context of the real command; raises UsageError where its extra is not installed."""
        try:
            module = importlib.import_module(self.extra.module)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.split(".")[0] == "extractor":
                raise
            raise UsageError(
                _(
                    "rilis {command} needs {missing}, which is not installed: "
                    'pip install "rilis[{extra}]"'
                ).format(command=self.name, missing=error.name, extra=self.extra.extra)
            ) from None
        command = plain(typer.main.get_command(module.app))
        return command.make_context(info_name, args, *rest, **more)


class ExtraCommands(TyperGroup):
    """The group of all commands: those declared, and those of the table."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names, the declared ones first."""
        return [*super().list_commands(ctx), *EXTRAS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None."""
        extra = EXTRAS.get(cmd_name)
        return ExtraCommand(cmd_name, extra) if extra else super().get_command(ctx, cmd_name)
