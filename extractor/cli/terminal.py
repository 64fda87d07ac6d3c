"""What every subcommand shares: consoles, options, progress, and how it ends."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from extractor.errors import UsageError
from extractor.messages import LANGUAGES, _, ngettext, set_language


def _asked_language(arguments: list[str]) -> str | None:
    """The value of ``--lang``; looked up before the help texts below are made."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


# Help texts are made when the commands are declared, so the language is chosen before that.
set_language(_asked_language(sys.argv[1:]))

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
        help=_(
            "Files (.txt .html .docx .odt .rtf .pdf .jsonl), folders, patterns, or - for standard "
            "input."
        ),
    ),
]


def example(command: str) -> str:
    """The example at the end of a command's help."""
    return "[bold]" + _("Example:") + f"[/bold]  {command}"


def choose_language(lang: str | None) -> None:
    """Take ``--lang`` of a command; anything but id and en is wrong use."""
    if lang is None:
        return
    if lang not in LANGUAGES:
        raise UsageError(_("--lang {lang}: the languages are id and en").format(lang=lang))
    set_language(lang)


@contextmanager
def progress() -> Iterator[Callable[[object], None]]:
    """A line on a terminal that counts what is done; silent elsewhere."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} {task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(_("releases"), total=None)
        yield lambda _outcome: bar.advance(task)


def finish(failed: Sequence[tuple[str, str]], done: int, skipped: int = 0) -> NoReturn:
    """Tell what failed, one line each, and leave with the status that says so."""
    for path, reason in failed:
        err.print(f"rilis: {path}: {reason}")
    if failed:
        said = ngettext(
            "{n} input failed, {done} done", "{n} inputs failed, {done} done", len(failed)
        ).format(n=len(failed), done=done)
        err.print(said + (_(" ({n} of them before)").format(n=skipped) if skipped else ""))
    elif skipped:
        err.print(_("{done} done, {skipped} of them before").format(done=done, skipped=skipped))
    raise typer.Exit(3 if failed else 0)


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


def write_bytes(path: Path, raw: bytes) -> None:
    """Write a file; where that cannot be done it is wrong use."""
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
