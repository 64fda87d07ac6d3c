"""The command ``rilis``: thin, one function a subcommand; :mod:`extractor.cli.table` names them.

Results go to standard output, progress and messages to standard error. Exit status: 0 done; 1 a
check found something; 2 wrong use; 3 some inputs failed (each listed, the others done).
"""

import importlib.metadata
import sys
from typing import Annotated

import typer

from extractor.cli.help import plain, speak
from extractor.cli.table import LateCommands
from extractor.cli.terminal import LangOption, choose_language, err
from extractor.errors import ExtractorError, RuleError, SourceError
from extractor.messages import _

app = typer.Typer(
    name="rilis",
    cls=LateCommands,
    help=_(
        "Clean Indonesian press releases and read event, date, venue, people and quotes in them."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


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
