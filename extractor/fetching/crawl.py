"""One site from its start pages to its last article.

For each page: ask, put the answer on the disk (WARC), then read it and record everything it brought
in one transaction. While a page is read, the next request is already under way; only one is, and
what a kill can cost is that one.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extractor.errors import SourceError
from extractor.fetching.articles import ArticlesFile
from extractor.fetching.asking import Asker, Shared, recalled
from extractor.fetching.client import Answer
from extractor.fetching.exchange import Place
from extractor.fetching.frontier import (
    Days,
    add_source,
    begin,
    end,
    listing_is_old,
    put_back,
    release,
)
from extractor.fetching.judging import Deed, Verdict, judge
from extractor.fetching.keeping import Keeper
from extractor.fetching.recording import Recorder
from extractor.fetching.recovery import unrecorded
from extractor.fetching.report import Counts, Observer, SiteReport
from extractor.fetching.robots import Robots
from extractor.fetching.state import FILE, Row, State
from extractor.fetching.warc import WarcWriter, repair
from extractor.messages import _
from extractor.sites.addresses import in_scope
from extractor.sites.rule import Site, host_of

DELAY = 1.0  # seconds between requests where neither the site's rule nor the user says
MAX_LISTINGS = 5_000
OUTAGE = 25  # so many answers in a row that say the server is down, and its site is left


@dataclass(frozen=True)
class Target:
    """A site to fetch: its rule (None: an address no rule names), the pages to begin with, and the
    folder for WARC, state and articles. ``whole`` says that the site was asked for rather than a
    page of it: then articles no listing shows any more are looked at too."""

    id: str
    site: Site | None
    starts: tuple[str, ...]
    folder: Path
    whole: bool = True


@dataclass(frozen=True)
class Wishes:
    """What the user asked for: days, at most so many articles, a delay in seconds other than the
    rule's, most listings."""

    days: Days = field(default_factory=Days)
    limit: int | None = None
    delay: float | None = None
    max_listings: int = MAX_LISTINGS


class _Stop(Exception):
    """Ends this site's crawl; the text says why, ``faulty`` whether that is a failure."""

    def __init__(self, reason: str, faulty: bool = True) -> None:
        super().__init__(reason)
        self.faulty = faulty


class SiteCrawl:
    """The crawl of one site; its folder is locked by the caller."""

    def __init__(
        self,
        target: Target,
        wishes: Wishes,
        shared: Shared,
        observer: Observer,
        rules: str,
        agent: str,
    ) -> None:
        self.target, self.wishes, self.shared = target, wishes, shared
        self.observer, self.rules = observer, rules
        self.counts = Counts()
        delay = wishes.delay
        if delay is None:
            own = target.site.delay if target.site is not None else None
            delay = DELAY if own is None else own
        self.asker = Asker(
            shared, delay, self._robots_came, self._remember, self._recall, self._note
        )
        self.state = State(target.folder / FILE)
        self.keeper = Keeper(self.state, ArticlesFile(target.folder), wishes.days)
        self.recorder = Recorder(
            self.state, self.keeper, shared, target.site, wishes.days, rules,
            wishes.max_listings, self._ours, self._note,
        )  # fmt: skip
        info = {"software": agent, "robots": "obeyed"}
        if shared.client.insecure:
            info["tls"] = "certificates were not checked"
        self.warc = WarcWriter(target.folder / "warc", target.id, info=info)
        self.round = 0
        self._down = 0
        self._down_since = 0.0
        self._sitemaps: list[str] = []

    async def run(self) -> SiteReport:
        """Crawl until nothing is left, or something ends it; what it did."""
        report = SiteReport(self.target.id, str(self.target.folder), self.counts)
        try:
            self._start()
            await self._all()
        except _Stop as stop:
            report.stopped, report.faulty = str(stop), stop.faulty
            report.interrupted = self.shared.stopping.is_set() and not stop.faulty
        except OSError as error:
            path = error.filename or self.target.folder
            reason = f"{path}: {error.strerror or error}"
            report.stopped, report.faulty = _lost_nothing(reason), True
        except SourceError as error:
            report.stopped, report.faulty = _lost_nothing(str(error)), True
        finally:
            self._finish(report)
        return report

    # ------------------------------------------------------------------ begin and end

    def _start(self) -> None:
        for message in repair(self.target.folder / "warc"):
            self._note(message)
        for row, answer, place in unrecorded(self.target.folder / "warc", self.state):
            self._conclude(row, self._judge(row, answer), answer, place)
        now = self.shared.clock.now()
        site = self.target.site
        self.round = begin(self.state, self.target.starts, site, now, self.shared.tries)
        self.keeper.list_wanted()
        self.keeper.settle_file()

    def _finish(self, report: SiteReport) -> None:
        try:
            self.warc.close()
            release(self.state)
            self.keeper.settle_file()
            if self.round:
                for address, reason in self.state.failures(self.round):
                    report.failures += 1
                    self.observer.failed(self.target.id, address, reason)
            waiting = "SELECT count(*) FROM pages WHERE state IN ('waiting', 'busy')"
            report.waiting = self.state.one(waiting)[0]
            known = "SELECT count(*) FROM articles WHERE current AND listed"
            report.known = self.state.one(known)[0]
        except (OSError, SourceError) as error:
            report.stopped = report.stopped or _lost_nothing(str(error))
            report.faulty = True
        finally:
            self.state.close()

    # ------------------------------------------------------------------ the loop

    async def _all(self) -> None:
        ahead: asyncio.Task[Answer | Verdict | None] | None = None
        row: Row | None = None
        try:
            while True:
                if row is None:
                    row = await self._next()
                    if row is None:
                        return
                asked = await (ahead if ahead is not None else self._ask(row, None))
                ahead = None
                if asked is None:
                    raise _Stop(_("stopped; the same command goes on"), faulty=False)
                if isinstance(asked, Verdict):
                    self._apply(row, asked, None, None)
                    row = None
                    continue
                place = None if asked.refused else self.warc.write(asked.exchange, sync=False)
                following = self._take()
                if following is not None:
                    ahead = await self._begin(following)
                verdict = self._judge(row, asked)
                if place is not None:
                    self.warc.sync()
                self._conclude(row, verdict, asked, place)
                row = following
        finally:
            if ahead is not None:
                ahead.cancel()
                await asyncio.gather(ahead, return_exceptions=True)

    async def _begin(self, row: Row) -> "asyncio.Task[Answer | Verdict | None]":
        """A task that asks for a page; when this returns the request is out, or has to wait."""
        out: list[bool] = []
        task = asyncio.create_task(self._ask(row, lambda: out.append(True)))
        for _turn in range(40):
            if out or task.done():
                break
            await asyncio.sleep(0)
        return task

    async def _next(self) -> Row | None:
        """The next page, waited for where all of them are for later; None at the end."""
        while True:
            if self.shared.stopping.is_set():
                raise _Stop(_("stopped; the same command goes on"), faulty=False)
            row = self._take()
            if row is not None:
                return row
            if self._enough():
                said = _("--limit {limit} is reached; the same command goes on")
                raise _Stop(said.format(limit=self.wishes.limit), faulty=False)
            when = self.state.next_time()
            if when is None:
                if not end(self.state, self.round, self.wishes.days, self.target.whole):
                    return None
                continue
            await self.shared.rest(when - self.shared.clock.now())

    def _enough(self, under_way: int = 0) -> bool:
        limit = self.wishes.limit
        return limit is not None and self.counts.articles + under_way >= limit

    def _take(self) -> Row | None:
        """The next page that is worth asking for; None where nothing may be asked now."""
        while not self.shared.stopping.is_set():
            busy = self.state.one("SELECT count(*) FROM pages WHERE state = 'busy'")[0]
            if self._enough(busy):
                return None
            row = self.state.take(self.shared.clock.now())
            if row is None or row.kind != "listing":
                return row
            if not listing_is_old(self.state, row, self.wishes.days):
                return row
            with self.state.change():
                said = _("not read: older than {day}").format(day=self.wishes.days.since)
                self.state.update_page(row.key, state="done", outcome="skipped", reason=said)
        return None

    async def _ask(self, row: Row, sent: Any) -> Answer | Verdict | None:
        robots = await self.asker.robots(row.address)
        if robots is None:
            return None
        self._queue_sitemaps(robots)
        if robots.final:
            return Verdict("stop", robots.reason)
        if robots.verdict == "unreachable":
            said = _(
                "robots.txt of {host} is out of reach ({reason}), so nothing may be asked there "
                "for now; try again later"
            )
            host = urlsplit(row.address).netloc
            return Verdict("stop", said.format(host=host, reason=robots.reason))
        if not robots.allows(row.address):
            deed: Deed = "fail" if row.found_on is None else "skip"
            return Verdict(deed, _("robots.txt forbids it"))
        headers: list[tuple[str, str]] = []
        if row.body_sha256 is not None and row.outcome in ("new", "edited", "unchanged"):
            if row.etag:
                headers.append(("If-None-Match", row.etag))
            if row.last_modified:
                headers.append(("If-Modified-Since", row.last_modified))
        if row.body_sha256 is not None:
            # a proxy on the way must ask the server, however fresh it believes its copy to be
            headers.append(("Cache-Control", "max-age=0"))
        return await self.asker.ask(row.address, tuple(headers), sent)

    # ------------------------------------------------------------------ what an answer brings

    def _judge(self, row: Row, answer: Answer) -> Verdict:
        limit = self.shared.client.limits.inflated
        now = self.shared.clock.now()
        return judge(row, answer, self.target.site, self.rules, now, limit, self._ours)

    def _conclude(self, row: Row, verdict: Verdict, answer: Answer, place: Place | None) -> None:
        self.counts.pages += 1
        self.counts.received += len(answer.exchange.body)
        self._down = self._down + 1 if verdict.outage else 0
        if self._down == 1:
            self._down_since = self.shared.clock.now()
        self._apply(row, verdict, answer, place)
        self.observer.progress(self.target.id, self.counts)
        if verdict.wait is not None:
            self.asker.hold(row.address, verdict.wait)
        if self._down >= OUTAGE:
            put_back(self.state, self.round, self._down_since)
            said = _("the server seems to be down ({reason}); the same command goes on later")
            raise _Stop(said.format(reason=verdict.reason))

    def _apply(
        self, row: Row, verdict: Verdict, answer: Answer | None, place: Place | None
    ) -> None:
        change = self.recorder.record(row, verdict, answer, place)
        if change is not None:
            setattr(self.counts, change, getattr(self.counts, change) + 1)
        if verdict.deed == "stop":
            raise _Stop(verdict.reason or "")

    # ------------------------------------------------------------------ robots.txt

    def _robots_came(self, answer: Answer) -> None:
        place = self.warc.write(answer.exchange)
        with self.state.change():
            self.state.mark(place)

    def _remember(self, origin: str, robots: Robots) -> None:
        if robots.verdict != "unreachable":
            with self.state.change():
                values = origin, robots.verdict, robots.text, robots.retrieved
                self.state.keep_robots(*values)

    def _recall(self, origin: str) -> Robots | None:
        return recalled(self.state.robots(origin))

    def _queue_sitemaps(self, robots: Robots) -> None:
        site = self.target.site
        if site is None or not site.article:
            return
        fresh = [url for url in robots.sitemaps if url not in self._sitemaps and self._ours(url)]
        for url in fresh[:20]:
            self._sitemaps.append(url)
            with self.state.change():
                add_source(self.state, url, site, self.round)

    # ------------------------------------------------------------------ the site's borders

    def _ours(self, url: str) -> bool:
        if self.target.site is not None and self.target.site.hosts:
            return in_scope(url, self.target.site)
        return host_of(url) in {host_of(start) for start in self.target.starts}

    def _note(self, message: str) -> None:
        self.observer.note(self.target.id, message)


def _lost_nothing(reason: str) -> str:
    return _("{reason}; nothing is lost: mend it, and the same command goes on").format(
        reason=reason
    )
