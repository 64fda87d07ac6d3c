"""Crawls of a site with a fault, and what became of it: for the table of faults."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor.fetching.client import Limits
from extractor.fetching.crawl import Wishes
from extractor.fetching.engine import Manner, fetch, targets
from extractor.fetching.report import Counts, SiteReport
from extractor.sites.loading import load_sites
from extractor.sites.rule import Sites
from tests.server.faults import SPOILT
from tests.server.http import Server
from tests.server.imitation import Imitation
from tests.server.making import TEMPLATES
from tests.server.overlay import write_rules
from tests.server.releases import Releases

ARTICLES = 6
NAMES = ("dpmppa", "wordpress")
MANNER = Manner(
    "rilis/0 (+uji@kota.example)",
    Limits(deadline=3.0, silence=0.5, body=8 * 1024 * 1024, inflated=16 * 1024 * 1024),
    allow_private=True, tries=3, first_wait=0.01, seed=1,
)  # fmt: skip
IMPATIENT = replace(MANNER, limits=replace(MANNER.limits, deadline=0.6), tries=2)


class HastyClock:
    """A clock that is set forward instead of waiting; ``waited`` is how much in all."""

    def __init__(self, ahead: float = 0.0) -> None:
        self.waited = 0.0
        self._ahead = ahead

    def now(self) -> float:
        """Seconds since the epoch, ahead by what was waited."""
        return time.time() + self._ahead + self.waited

    async def sleep(self, seconds: float) -> None:
        """Waits without time."""
        self.waited += max(seconds, 0.0)
        await asyncio.sleep(0)


@dataclass
class Told:
    """An observer that keeps what it is told."""

    notes: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    def progress(self, site: str, counts: Counts) -> None:
        """Nothing is kept."""

    def note(self, site: str, message: str) -> None:
        """Keeps it."""
        self.notes.append(message)

    def failed(self, site: str, address: str, reason: str) -> None:
        """Keeps it."""
        self.failures[address] = reason


@dataclass
class Outcome:
    """What a crawl left: lines of articles.jsonl, failures and pages passed over by address, the
    number of versions by title, what was told, seconds waited by the clock that does not wait."""

    report: SiteReport
    articles: list[dict[str, Any]]
    failures: dict[str, str]
    skipped: dict[str, str]
    versions: dict[str, int]
    notes: list[str]
    waited: float

    def of(self, title: str) -> dict[str, Any] | None:
        """The article of this title."""
        return next((article for article in self.articles if article["title"] == title), None)


class Bench:
    """Two servers that stay while sites on them come and go, so that rules are read once."""

    def __init__(self, server: Server, sites: Mapping[str, Imitation], rules: Sites) -> None:
        self.server = server
        self.rules = rules
        self._sites = sites

    def site(self, name: str = "dpmppa") -> Imitation:
        """A fresh site without faults."""
        site = Imitation(name, TEMPLATES[name], Releases(ARTICLES, 1), per_page=3)
        site.base = self._sites[name].base
        self.server.replace(name, site)
        return site

    def crawl(
        self, site: Imitation, folder: Path, manner: Manner = MANNER, ahead: float = 0.0
    ) -> Outcome:
        """One run, without waiting; the clock stands ``ahead`` seconds in the future."""
        told, clock = Told(), HastyClock(ahead)
        wanted = targets((site.id,), self.rules, folder)
        (report,) = fetch(wanted, Wishes(), manner, self.rules.version, told, clock)
        return outcome(folder / site.id, report, told, clock.waited)


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """The servers, with the shipped rules bound to them."""
    sites = {name: Imitation(name, TEMPLATES[name], Releases(1)) for name in NAMES}
    with Server(sites) as server:
        for name, site in sites.items():
            site.base = server.address(name)
            site.mirrors = (site.base.replace("http://127.0.0.1", "localhost"),)
        rules = load_sites((write_rules(folder, sites.values()),))
        yield Bench(server, sites, rules)


def outcome(here: Path, report: SiteReport, told: Told, waited: float) -> Outcome:
    """What lies in the folder of a site."""
    file = here / "articles.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    database = sqlite3.connect(here / "state.db")
    try:
        skipped = dict(
            database.execute("SELECT address, reason FROM pages WHERE outcome = 'skipped'")
        )
        versions = dict(
            database.execute(
                "SELECT json_extract(article, '$.title'), count(*) FROM articles GROUP BY uri"
            )
        )
    finally:
        database.close()
    return Outcome(
        report,
        [json.loads(line) for line in lines],
        told.failures,
        skipped,
        versions,
        told.notes,
        waited,
    )


def spoilt(site: Imitation) -> str:
    """The title of the article that has the fault."""
    return site.releases[SPOILT].title
