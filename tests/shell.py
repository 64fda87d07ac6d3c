"""The command as from a shell, in this process."""

from typing import NamedTuple

import pytest

from extractor import cli
from extractor.messages import set_language


class Done(NamedTuple):
    """How a command ended: its exit status, what it printed, what it told."""

    status: int
    out: str
    err: str


class Shell:
    """``shell("clean", path)`` runs ``rilis clean path``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capfd = monkeypatch, capfd

    def __call__(self, *arguments: object) -> Done:
        self._monkeypatch.setattr("sys.argv", ["rilis", *map(str, arguments)])
        self._capfd.readouterr()
        status = 0
        try:
            cli.main()
        except SystemExit as left:
            status = int(left.code or 0)
        finally:
            set_language("en")
        shown = self._capfd.readouterr()
        return Done(status, shown.out, shown.err)
