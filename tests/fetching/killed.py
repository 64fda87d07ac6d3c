"""A crawl that is killed again and again, and what must hold of what it leaves."""

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from extractor.fetching.replay import Replay, warc_files
from extractor.fetching.warc import repair
from extractor.sites.loading import load_sites
from tests.fetching import dying
from tests.fetching.made_warc import faults_elsewhere
from tests.server.making import Running

SITE = "dpmppa"
_forked = multiprocessing.get_context("forkserver")
_forked.set_forkserver_preload(["tests.fetching.dying"])


@dataclass
class Victim:
    """The crawl of one imitated site, its runs, and how often it was killed."""

    run: Running
    folder: Path
    kills: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [
            "fetch", SITE, "--rules", str(self.run.rules), "--allow-private", "--lang", "en",
            "--retry-wait", "0.01", "-o", str(self.folder / "fetched"),
        ]  # fmt: skip

    @property
    def left(self) -> Path:
        return self.folder / "fetched" / SITE

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def start(self, **how: Any) -> Any:
        process = _forked.Process(
            target=dying.quiet, args=(self.words, str(self.folder / "log")), kwargs=how
        )
        process.start()
        return process

    def once(self, **how: Any) -> int:
        """One run to its end; its exit status, negative the signal that ended it."""
        process = self.start(**how)
        process.join(300)
        assert process.exitcode is not None, "the crawl hangs"
        status: int = process.exitcode
        process.close()
        if status == -signal.SIGKILL:
            self.kills += 1
            self.check_left()
        return status

    def killed_after(self, visits: int, pause: float) -> bool:
        """One run, killed so many answers and seconds after its start; False where it ended
        before."""
        reached = threading.Event()
        wanted = len(self.run.server.log) + visits
        self.run.server.on_visit = lambda visit: reached.set() if len(self.run.server.log) >= wanted else None  # fmt: skip
        process = self.start()
        while process.is_alive() and not reached.wait(0.05):
            pass
        process.join(pause)
        ended = process.exitcode is not None
        if not ended:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            self.kills += 1
            self.check_left()
        process.close()
        self.run.server.on_visit = None
        return not ended

    def check_left(self) -> None:
        """What must hold after every kill: the WARC mends to a valid file, no article twice."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        if (self.left / "warc").exists():
            shutil.copytree(self.left / "warc", copy)
            repair(copy)
            last = sorted(copy.glob("*.warc.gz"))[-1:]
            self.failures += [fault for path in last for fault in faults_elsewhere(path)]
        if (self.left / "articles.jsonl").exists():
            raw = (self.left / "articles.jsonl").read_bytes()
            whole = [json.loads(line) for line in raw.splitlines(keepends=True) if line.endswith(b"\n")]  # fmt: skip
            if len({one["id"] for one in whole}) != len(whole):
                self.failures.append(f"an article twice after kill {self.kills}")

    def faults(self, refetches: int | None = None) -> list[str]:
        """What is wrong once the crawl is done; nothing, it is to be hoped."""
        faults = list(self.failures)
        site = self.run.sites[SITE]
        lines = (self.left / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        articles = [json.loads(line) for line in lines]
        texts = {one["text"] for one in articles}
        numbers = range(1, len(site.releases) + 1)
        lost = [number for number in numbers if site.expected(number) not in texts]
        if lost:
            faults.append(f"{len(lost)} articles lost: {lost[:9]}")
        if len(articles) != len(numbers) or len({one["id"] for one in articles}) != len(articles):
            faults.append(f"{len(articles)} lines for {len(numbers)} articles")
        with sqlite3.connect(self.left / "state.db") as state:
            if state.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                faults.append("state.db is damaged")
            kept = state.execute("SELECT count(*) FROM articles").fetchone()[0]
        state.close()
        if kept != len(numbers):
            faults.append(f"{kept} versions in the state")
        again = self.refetched()
        if again > (self.kills if refetches is None else refetches):
            faults.append(f"{again} pages asked for again after {self.kills} kills")
        faults += [fault for path in self.left.rglob("*.warc.gz") for fault in faults_elsewhere(path)]  # fmt: skip
        if self.replayed() != (self.left / "articles.jsonl").read_bytes():
            faults.append("the replay is not the crawl")
        return faults

    def refetched(self) -> int:
        """How many answers the server gave more than once for one page."""
        return sum(times - 1 for times in self.run.counts(SITE).values())

    def replayed(self) -> bytes:
        assert self.run.rules is not None
        with Replay(load_sites((self.run.rules,))) as replay:
            for path in warc_files([str(self.left)]):
                assert isinstance(path, Path)
                replay.read(path, self.failures.append, lambda other: None)
            return "".join(replay.lines()).encode()


def random_kills(victim: Victim, kills: int, seed: int) -> None:
    """Kill a crawl so often, at answers and milliseconds that the seed chooses, then let it end."""
    rng = Random(seed)
    expected = len(victim.run.sites[SITE].releases) * 1.1
    while victim.kills < kills:
        share = (expected - len(victim.run.server.log)) / (kills - victim.kills + 1)
        visits = max(1, round(rng.uniform(0.2, 1.8) * share))
        if not victim.killed_after(visits, rng.uniform(0, 0.03)):
            victim.failures.append(f"the crawl ended after {victim.kills} of {kills} kills")
            return
    status = victim.once()
    if status != 0:
        victim.failures.append(f"status {status}: {victim.log()[-500:]}")
