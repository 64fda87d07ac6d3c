"""Help pages: every command tells of itself, in the language asked for, in words of people."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer import rich_utils

from extractor import cli
from extractor.cli.help import plain, speak
from extractor.cli.table import COMMANDS, LateCommand
from extractor.errors import UsageError


def commands(at: Any, name: str) -> Iterator[tuple[str, Any]]:
    for below, command in getattr(at, "commands", {}).items():
        yield f"{name} {below}", command
        yield from commands(command, f"{name} {below}")


ROOT = plain(typer.main.get_command(cli.app))
REAL = {name: LateCommand(name, entry).real() for name, entry in COMMANDS.items()}
TYPES = ("<bool>", "<path>", "<str>", "<list", "list[")
ALL = {f"rilis {name}": command for name, command in REAL.items()} | {
    below: command for name in REAL for below, command in commands(REAL[name], f"rilis {name}")
}


def shown(command: Any, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        command(["--help"], prog_name=name)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ALL)
def test_a_command_shows_an_example_and_no_types_of_python(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = shown(ALL[name], name, capsys)
    assert "Show this help." in page
    assert not [kind for kind in TYPES if kind in page]
    if not hasattr(ALL[name], "commands"):
        assert "Example:  rilis " in page


@pytest.mark.parametrize("name", COMMANDS)
def test_so_does_a_command_reached_by_its_name(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        ROOT([name, "--help"], prog_name="rilis")
    page = capsys.readouterr().out
    assert "Show this help." in page
    assert not [kind for kind in TYPES if kind in page]


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("rilis clean", "rilis clean [OPTIONS] DRAFT…"),
        ("rilis silence", "rilis silence [OPTIONS] DRAFT [PLACE…]"),
        ("rilis sites check", "rilis sites check [OPTIONS] [SITE]"),
    ],
)
def test_arguments_are_told_by_their_names(
    name: str, usage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert usage in (
        line.strip().removeprefix("Usage: ") for line in shown(ALL[name], name, capsys).splitlines()
    )


def test_a_switch_is_still_a_switch() -> None:
    with pytest.raises(UsageError, match="choose one of"):
        ROOT(["clean", "--diff", "--check", "none.txt"])


def test_typers_own_words_are_in_the_language_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in vars(rich_utils).items():
        if isinstance(value, str):
            monkeypatch.setattr(rich_utils, name, value)  # put back afterwards
    monkeypatch.setattr("extractor.cli.help._", lambda words: f"<{words}>")
    speak()
    assert rich_utils.OPTIONS_PANEL_TITLE == "<Options>"
    assert rich_utils.DEFAULT_STRING == "<[default: {}]>"
