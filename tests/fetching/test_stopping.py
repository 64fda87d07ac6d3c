"""However a run ends, nothing is lost, and the same command goes on."""

import asyncio
import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import UsageError
from extractor.fetching import warc
from extractor.fetching.articles import ArticlesFile
from extractor.fetching.crawl import OUTAGE
from extractor.fetching.locking import FolderLock
from extractor.fetching.state import State
from tests.fetching.little import Little, Told, article, crawl, lines
from tests.server.http import Answer, End, Request, Steps


def no_room(*_args: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def after(calls: int, real: Callable[..., Any], fails: Callable[..., Any]) -> Callable[..., Any]:
    """``real`` for so many calls, ``fails`` from then on."""
    seen = [0]

    def call(*args: Any, **named: Any) -> Any:
        seen[0] += 1
        return real(*args, **named) if seen[0] <= calls else fails(*args, **named)

    return call


def _full_warc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc.os, "fsync", after(9, os.fsync, no_room))


def _full_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ArticlesFile, "append", after(5, ArticlesFile.append, no_room))


def _full_state(monkeypatch: pytest.MonkeyPatch) -> None:
    real = State.__init__

    def small(self: State, path: Path) -> None:
        real(self, path)
        pages = self.one("PRAGMA page_count")[0]
        self.one(f"PRAGMA max_page_count = {pages + 6}")

    monkeypatch.setattr(State, "__init__", small)


@pytest.mark.parametrize("full", [_full_warc, _full_articles, _full_state])
def test_a_full_disk_stops_the_site_and_the_next_run_goes_on(
    little: Little,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    full: Callable[[pytest.MonkeyPatch], None],
) -> None:
    little.fill(40)
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        full(patch)
        report = crawl(little, out)
    assert report.faulty
    assert "nothing is lost" in (report.stopped or "")
    assert report.counts.new < 40
    report = crawl(little, out)
    assert report.stopped is None
    assert Counter(line["uri"] for line in lines(out)) == Counter(
        f"{little.base}/berita/kabar-{at}.html" for at in range(40)
    )
    again = [target for target, n in Counter(little.asked()).items() if n > 1]
    assert len(again) <= 2, again


@pytest.mark.parametrize("tail", [b"", b'{"id": "x', b'{"text": "dua kali"}\n'])
def test_an_articles_file_out_of_line_with_the_state_is_written_anew(
    little: Little, tmp_path: Path, tail: bytes
) -> None:
    little.fill(8)
    out = tmp_path / "out"
    crawl(little, out)
    path = out / "little" / "articles.jsonl"
    whole = path.read_bytes()
    path.write_bytes((whole[:-300] if not tail else whole) + tail)
    crawl(little, out)
    assert path.read_bytes() == whole
    path.unlink()
    crawl(little, out)
    assert path.read_bytes() == whole


def test_a_page_that_ends_every_run_is_given_up(little: Little, tmp_path: Path) -> None:
    paths = little.fill(3)
    out = tmp_path / "out"
    crawl(little, out)
    with sqlite3.connect(out / "little" / "state.db") as db:
        db.execute("UPDATE meta SET value = 0 WHERE name = 'complete'")
        db.execute(
            "UPDATE pages SET state = 'busy', crashes = 2 WHERE address = ?",
            (little.base + paths[1],),
        )
    db.close()
    told = Told()
    crawl(little, out, observer=told)
    assert "under way" in told.failures[little.base + paths[1]]


def test_two_runs_into_one_folder_are_refused(little: Little, tmp_path: Path) -> None:
    little.fill(2)
    out = tmp_path / "out"
    with FolderLock(out / "little"), pytest.raises(UsageError, match="another rilis"):
        crawl(little, out)
    assert crawl(little, out).counts.new == 2


def test_a_server_that_is_down_is_left_after_a_while_and_taken_up_again(
    little: Little, tmp_path: Path
) -> None:
    paths = little.fill(60, per_page=60)
    pages = dict(little.pages)

    def reset(request: Request) -> Answer | Steps:
        return [End.RESET]

    for path in paths[10:]:
        little.pages[path] = reset
    out = tmp_path / "out"
    clock = Hasty()
    report = crawl(little, out, clock=clock)
    assert report.faulty
    assert "down" in (report.stopped or "")
    assert report.counts.new == 10
    assert len(little.asked()) <= 12 + OUTAGE + 2
    little.pages.update(pages)
    assert crawl(little, out, clock=clock).counts.new == 50


def test_a_clock_that_was_wrong_makes_no_page_wait_for_years(
    little: Little, tmp_path: Path
) -> None:
    little.fill(2)
    out = tmp_path / "out"
    crawl(little, out)
    with sqlite3.connect(out / "little" / "state.db") as db:
        db.execute("UPDATE meta SET value = 0 WHERE name = 'complete'")
        db.execute("UPDATE pages SET state = 'waiting', next_at = 9e9 WHERE kind = 'article'")
    db.close()
    clock = Hasty()
    began = clock.now()
    assert crawl(little, out, clock=clock).counts.unchanged == 2
    assert clock.now() - began < 1000


class Hasty:
    """A clock that jumps over every wait."""

    def __init__(self) -> None:
        self.time = time.time()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += max(seconds, 0.001)
        await asyncio.sleep(0)


COMMAND = """
import sys, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from extractor.cli import main
sys.argv[0] = "rilis"
main()
"""


def command(little: Little, out: Path, *more: str) -> list[str]:
    """``rilis fetch`` of the site as a process of its own."""
    options = ["--rules", str(little.rules), "--allow-private", "-o", str(out), "--lang", "en"]
    return [sys.executable, "-c", COMMAND, "fetch", "little", *options, *more]


def _wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_after_the_running_request_and_twice_at_once(
    little: Little, tmp_path: Path, times: int
) -> None:
    paths = little.fill(30)

    def slow(request: Request) -> Steps:
        body = article("Lambat")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        yield head.encode()
        yield 1.5 if times == 1 else 60.0
        yield body

    little.pages[paths[4]] = slow
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(little, out, "--delay", "0"), stderr=subprocess.PIPE, text=True
    )
    server = little.server
    assert server is not None
    _wait_for(lambda: sum("kabar" in v.target for v in server.requests()) >= 4)
    time.sleep(0.5)
    began = time.monotonic()
    for _signal in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
    _out, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert time.monotonic() - began < 10
    assert "the same command goes on" in said
    assert "Traceback" not in said
    assert len(lines(out)) == (5 if times == 1 else 4)
    little.pages[paths[4]] = Answer(article("Cepat"))
    assert crawl(little, out).counts.new == 30 - len(lines(out)) or len(lines(out)) == 30
    assert len(lines(out)) == 30
