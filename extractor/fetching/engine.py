"""Several sites at once, each with its own folder; Ctrl-C; what is to be fetched at all."""

import asyncio
import contextlib
import random
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import UsageError
from extractor.fetching.asking import Shared
from extractor.fetching.client import Client, Limits
from extractor.fetching.crawl import SiteCrawl, Target, Wishes
from extractor.fetching.locking import FolderLock
from extractor.fetching.pace import Clock, SystemClock
from extractor.fetching.recording import is_home
from extractor.fetching.report import Observer, SiteReport
from extractor.fetching.robots import MAX_AGE
from extractor.fetching.safety import Resolver, look_up
from extractor.messages import _
from extractor.sites.addresses import absolute
from extractor.sites.rule import Site, Sites, host_of

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")


@dataclass(frozen=True)
class Manner:
    """How to ask: the User-Agent, limits, what the user allowed outright, tries and the first wait
    between them (seconds), the seed of the jitter (None: another one each time), and the seconds
    after which a robots.txt is read again."""

    agent: str
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    insecure: bool = False
    tries: int = 5
    first_wait: float = 1.0
    seed: int | None = None
    robots_age: float = MAX_AGE
    resolver: Resolver = look_up


def targets(words: Sequence[str], sites: Sites, folder: Path) -> list[Target]:
    """What these words stand for: ids of site rules, or addresses. Several addresses of one site
    are fetched as one target. Raises UsageError for what is neither."""
    found: dict[str, Target] = {}
    for word in words:
        target = _target(word, sites, folder)
        before = found.get(target.id)
        if before is not None:
            starts = tuple(dict.fromkeys((*before.starts, *target.starts)))
            whole = before.whole or target.whole
            target = Target(target.id, target.site, starts, target.folder, whole)
        found[target.id] = target
    return list(found.values())


def _target(word: str, sites: Sites, folder: Path) -> Target:
    if "://" not in word:
        return _whole(sites.by_id(word), folder)
    url = absolute(word, word)
    if url is None:
        raise UsageError(_("{url}: no web address; it begins with https://").format(url=word))
    site = sites.for_url(url)
    if site is None:
        name = re.sub(r"[^a-z0-9.-]+", "_", host_of(url).lower()).strip("._-") or "site"
        return Target(name[:80], None, (url,), folder / name[:80], whole=False)
    if is_home(url):
        return _whole(site, folder)
    return Target(site.id, site, (url,), folder / _safe(site), whole=False)


def _whole(site: Site, folder: Path) -> Target:
    starts = (*site.start, *site.feeds, *site.sitemaps)
    if site.generic or not starts:
        said = _("{id}: a rule for many sites; say which one by its address")
        raise UsageError(said.format(id=site.id))
    return Target(site.id, site, starts, folder / _safe(site))


def _safe(site: Site) -> str:
    if not _PLAIN.match(site.id):
        said = _("{place}: the id {id!r} names a folder, so it takes only a-z 0-9 . _ -")
        raise UsageError(said.format(place=site.place, id=site.id))
    return site.id


def fetch(
    wanted: Sequence[Target],
    wishes: Wishes,
    manner: Manner,
    rules: str,
    observer: Observer,
    clock: Clock | None = None,
) -> list[SiteReport]:
    """Fetch sites side by side; what became of each, in their order.

    ``rules`` is the version of the site rules. The first Ctrl-C (or SIGTERM) lets the running
    requests end, a second one raises KeyboardInterrupt at once; the same call goes on either way.
    Raises UsageError where another process is fetching into one of the folders.
    """
    with contextlib.ExitStack() as locks:
        for target in wanted:
            locks.enter_context(FolderLock(target.folder))
        try:
            return asyncio.run(_fetch(wanted, wishes, manner, rules, observer, clock))
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None


async def _fetch(
    wanted: Sequence[Target],
    wishes: Wishes,
    manner: Manner,
    rules: str,
    observer: Observer,
    clock: Clock | None,
) -> list[SiteReport]:
    client = Client(
        manner.agent, manner.limits, manner.allow_private, manner.insecure, manner.resolver
    )
    shared = Shared(
        client,
        clock or SystemClock(),
        random.Random(manner.seed),
        first_wait=manner.first_wait,
        tries=manner.tries,
        robots_age=manner.robots_age,
    )
    crawls = [SiteCrawl(target, wishes, shared, observer, rules, manner.agent) for target in wanted]
    with _signals(shared.stopping, observer):
        try:
            return await asyncio.gather(*(crawl.run() for crawl in crawls))
        finally:
            await client.close()


@contextlib.contextmanager
def _signals(stopping: asyncio.Event, observer: Observer) -> Iterator[None]:
    """The first signal asks to stop, the second one cancels everything."""
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None

    def stop() -> None:
        if stopping.is_set():
            task.cancel()
            return
        stopping.set()
        observer.note("", _("stopping after the running requests; once more ends at once"))

    def caught(*_details: object) -> None:
        loop.call_soon_threadsafe(stop)

    names = (signal.SIGINT, signal.SIGTERM)
    before = {name: signal.getsignal(name) for name in names}
    posix = sys.platform != "win32"
    with contextlib.suppress(ValueError, RuntimeError):  # outside of the main thread: not ours
        for name in names:
            if posix:
                loop.add_signal_handler(name, stop)
            else:
                signal.signal(name, caught)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, RuntimeError):
            for name in names:
                if posix:
                    loop.remove_signal_handler(name)
                else:
                    signal.signal(name, before[name])
