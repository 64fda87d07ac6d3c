"""A crawl in a process of its own that dies, or whose disk is full, at a chosen point.

The points are set by patching what the product calls, from outside: it has no such switches itself.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractor import cli
from extractor.fetching.articles import ArticlesFile
from extractor.fetching.keeping import Keeper
from extractor.fetching.recording import Recorder
from extractor.fetching.state import State
from extractor.fetching.warc import WarcWriter

Patch = Callable[[Callable[[], None]], None]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _before(owner: Any, name: str) -> Patch:
    def patch(act: Callable[[], None]) -> None:
        real = getattr(owner, name)

        def call(self: Any, *values: Any, **named: Any) -> Any:
            act()
            return real(self, *values, **named)

        setattr(owner, name, call)

    return patch


def _after(owner: Any, name: str) -> Patch:
    def patch(act: Callable[[], None]) -> None:
        real = getattr(owner, name)

        def call(self: Any, *values: Any, **named: Any) -> Any:
            found = real(self, *values, **named)
            act()
            return found

        setattr(owner, name, call)

    return patch


class _Half:
    """A file that takes half of what it is given before it acts."""

    def __init__(self, file: Any, act: Callable[[], None]) -> None:
        self._file, self._act = file, act

    def write(self, raw: bytes) -> int:
        self._file.write(raw[: len(raw) // 2])
        self._act()
        return len(raw) // 2 + int(self._file.write(raw[len(raw) // 2 :]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _inside_record(act: Callable[[], None]) -> None:
    real = WarcWriter._append
    WarcWriter._append = lambda self, file, raw: real(self, _Half(file, act), raw)  # type: ignore[assignment,method-assign,arg-type]


def _inside_line(act: Callable[[], None]) -> None:
    real = ArticlesFile.append

    def append(self: ArticlesFile, line: bytes) -> None:
        half = len(line) // 2
        real(self, line[:half])
        act()
        real(self, line[half:])

    ArticlesFile.append = append  # type: ignore[method-assign]


POINTS: dict[str, Patch] = {
    "before the WARC": _before(WarcWriter, "write"),
    "inside a WARC record": _inside_record,
    "between the WARC's write and its flush": _after(WarcWriter, "write"),
    "between the WARC's flush and the transaction": _after(WarcWriter, "sync"),
    "before the transaction": _before(Recorder, "record"),
    "inside the transaction": _after(Recorder, "_record"),
    "between the transaction and the article's line": _before(Keeper, "written"),
    "inside the article's line": _inside_line,
    "behind the article's line": _after(ArticlesFile, "append"),
    "when a page is taken": _after(State, "take"),
}


def run(
    words: list[str], point: str = "", turn: int = 0, full: bool = False, most: int = 0
) -> None:
    """``rilis`` with these words. At the ``turn``-th time that ``point`` is reached the process is
    killed, or its disk is ``full``; no file can grow beyond ``most`` bytes (0: any)."""
    if most:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if point:
        times = [0]

        def act() -> None:
            times[0] += 1
            if times[0] == turn:
                (_full if full else _die)()

        POINTS[point](act)
    sys.argv = ["rilis", *words]
    cli.main()


def quiet(words: list[str], log: str, **how: Any) -> None:
    """:func:`run` with its messages in a file."""
    with Path(log).open("ab", buffering=0) as file:
        os.dup2(file.fileno(), 2)
        run(words, **how)
