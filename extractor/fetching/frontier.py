"""What is asked for next: rounds, links, and where a listing that never ends is left.

A round asks for the listings and for every article once. It ends when nothing waits any more; a run
that was cut off (a kill, Ctrl-C, ``--limit``) goes on with the same round.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractor.fetching.pace import LONGEST_WAIT
from extractor.fetching.state import Row, State
from extractor.messages import _
from extractor.sites.addresses import canonical, kind_of, number_of, page_key
from extractor.sites.pages import Link
from extractor.sites.rule import Site

RELIST_SECONDS = 3600.0  # a listing that an unfinished round read so long ago is read again
MAX_REDIRECTS = 20
_PUT_BACK = "UPDATE pages SET state = 'waiting', attempts = max(attempts - 1, 0)"
STALE_LISTINGS = 3  # so many listings in a row without anything new, and their trail is left


@dataclass(frozen=True)
class Days:
    """The days that were asked for, ISO, either end open."""

    since: str | None = None
    until: str | None = None

    def hold(self, published: str | None) -> bool:
        """Whether an article of this day is wanted; one whose day is unknown is."""
        if published is None:
            return True
        return (self.since is None or published >= self.since) and (
            self.until is None or published[:10] <= self.until
        )


def begin(state: State, starts: Sequence[str], site: Site | None, now: float, tries: int) -> int:
    """Open a round, or go on with the one that was cut off; the number of the round.

    Pages that were under way when the last run ended are put back, unless it ended with them on
    each of ``tries`` occasions: then they fail, so that one page cannot end every run.
    """
    with state.change():
        said = _("rilis ended {n} times while this page was under way").format(n=tries)
        state.run(
            "UPDATE pages SET state = 'failed', reason = ? "
            "WHERE state = 'busy' AND crashes + 1 >= ?",
            said, tries,
        )  # fmt: skip
        state.run(f"{_PUT_BACK}, crashes = crashes + 1 WHERE state = 'busy'")
        # a clock that was wrong then must not make a page wait for years
        latest = now + LONGEST_WAIT
        state.run("UPDATE pages SET next_at = ? WHERE next_at > ?", latest, latest)
        round_ = int(state.meta("round", 0))
        if round_ == 0 or state.meta("complete", 0):
            round_ += 1
            state.set_meta("round", round_)
            state.set_meta("complete", 0)
        else:
            state.run(
                "UPDATE pages SET state = 'waiting', attempts = 0, next_at = 0, stale = 0 "
                "WHERE kind = 'listing' AND state IN ('done', 'failed') AND round = ? "
                "AND coalesce(retrieved, 0) < ?",
                round_, now - RELIST_SECONDS,
            )  # fmt: skip
        for url in starts:
            _queue(state, url, page_key(url, site), "listing", None, site, round_, 0, ())
    return round_


def end(state: State, round_: int, days: Days, whole: bool) -> bool:
    """Called when nothing waits: queue the articles that no listing shows any more (of a ``whole``
    site), then close the round; whether there is something left to do."""
    with state.change():
        if not whole:
            state.set_meta("complete", 1)
            return False
        older = "AND (published IS NULL OR published >= ?)" if days.since else ""
        values = [round_, round_] + ([days.since] if days.since else [])
        left = state.run(
            "UPDATE pages SET state = 'waiting', round = ?, attempts = 0, next_at = 0, "
            f"trail = '[]' WHERE kind = 'article' AND round < ? "
            f"AND coalesce(outcome, '') <> 'gone' {older}",
            *values,
        )
        if not left:
            state.set_meta("complete", 1)
    return left > 0


def release(state: State) -> None:
    """Let the pages wait again that were taken and not asked for, or not to the end."""
    with state.change():
        state.run(f"{_PUT_BACK} WHERE state = 'busy'")


def put_back(state: State, round_: int, since: float) -> None:
    """Let the pages wait that failed since a time: not they were broken but the whole server."""
    with state.change():
        state.run(
            "UPDATE pages SET state = 'waiting', attempts = 0 "
            "WHERE state IN ('failed', 'waiting') AND round = ? AND retrieved >= ?",
            round_, since,
        )  # fmt: skip


def add_links(state: State, row: Row, links: Iterable[Link], site: Site | None, days: Days) -> int:
    """Queue what a listing links to; how many articles among it this round had not seen.

    To be called inside of the transaction that records the listing.
    """
    links = list(links)
    articles = [page_key(link.url, site) for link in links if link.kind == "article"]
    digest = hashlib.sha256("\n".join(sorted(articles)).encode()).hexdigest()
    twin = state.one(
        "SELECT 1 FROM pages WHERE links_sha256 = ? AND round = ? AND key <> ? LIMIT 1",
        digest, row.round, row.key,
    )  # fmt: skip
    stale = 0 if articles and twin is None else row.stale + 1
    state.update_page(row.key, links_sha256=digest)
    fresh = 0
    for link in links:
        if link.kind == "article":
            key = _article_row(state, link, site) or page_key(link.url, site)
            known = state.page(key)
            if known is not None and _old(known["published"], days):
                continue
            fresh += _queue(state, link.url, key, "article", row.key, site, row.round, 0, ())
        elif stale < STALE_LISTINGS:
            key = page_key(link.url, site)
            _queue(state, link.url, key, "listing", row.key, site, row.round, stale, ())
    return fresh


def _old(published: str | None, days: Days) -> bool:
    return days.since is not None and published is not None and published < days.since


def _article_row(state: State, link: Link, site: Site | None) -> str | None:
    """The key of a page that is the same article under another address: one of two numbers is
    missing, or they are equal. A page that failed stands for nothing."""
    number = number_of(link.url, site)
    if site is None or site.number is None:
        return None
    known = state.all(
        "SELECT key, number FROM pages WHERE article_key = ? AND state <> 'failed'",
        link.key or canonical(link.url, site),
    )
    return next((r[0] for r in known if number is None or r[1] in (None, number)), None)


def _queue(
    state: State,
    url: str,
    key: str,
    kind: str,
    found_on: str | None,
    site: Site | None,
    round_: int,
    stale: int,
    trail: Sequence[str],
) -> bool:
    """Queue a page unless this round has it already; whether it was queued."""
    known = state.page(key)
    if known is not None and known["round"] >= round_:
        return False
    fields = {
        "kind": kind,
        "state": "waiting",
        "round": round_,
        "rank": state.next_rank(1),
        "found_on": found_on,
        "stale": stale,
        "trail": json.dumps(trail),
        "attempts": 0,
        "crashes": 0,
        "next_at": 0.0,
    }
    if known is not None:
        state.update_page(key, **fields)
    else:
        fields |= {"key": key, "address": url, "number": number_of(url, site)}
        fields["article_key"] = canonical(url, site) if kind == "article" else None
        state.add_page(fields)
    return True


def add_source(state: State, url: str, site: Site | None, round_: int) -> None:
    """Queue a listing that is named elsewhere (a sitemap in robots.txt)."""
    _queue(state, url, page_key(url, site), "listing", None, site, round_, 0, ())


def follow(
    state: State, row: Row, onward: str, site: Site | None, home: Callable[[str], bool]
) -> str | None:
    """Queue the page that a redirect leads to; the reason why not, where it must not be followed.

    To be called inside of a transaction. The page that was asked for is done ("moved"), the one it
    leads to takes its place; where both are one page (``http`` to ``https``), that one is asked
    again under its new address.
    """
    trail = (*row.trail, row.address)
    if onward in trail:
        return _("its redirects run in a circle: {trail}").format(
            trail=" -> ".join((*trail[trail.index(onward) :], onward))
        )
    if len(trail) > MAX_REDIRECTS:
        return _("more than {n} redirects").format(n=MAX_REDIRECTS)
    if row.kind == "article" and home(onward):
        return _("redirects to the home page: the article is no longer there")
    if row.kind == "article" and site is not None and kind_of(onward, site) == "listing":
        return _("redirects to a listing: the article is no longer there")
    key = page_key(onward, site)
    if key == row.key:
        state.update_page(
            key, state="waiting", address=onward, trail=json.dumps(trail), attempts=0, next_at=0.0
        )
        return None
    if _leads_back(state, key, row.key):
        said = _("its redirects run in a circle: {trail}")
        return said.format(trail=" -> ".join((*trail, onward, row.address)))
    queued = _queue(state, onward, key, row.kind, row.found_on, site, row.round, row.stale, trail)
    state.update_page(
        row.key, state="done", outcome="moved", moved_to=key,
        reason=_("moved to {url}").format(url=onward),
    )  # fmt: skip
    if queued:
        state.update_page(key, etag=None, last_modified=None)
    return None


def _leads_back(state: State, key: str, start: str) -> bool:
    """Whether a page that was asked already was redirected to the one that now leads to it."""
    for _hop in range(MAX_REDIRECTS):
        page = state.page(key)
        if page is None or page["outcome"] != "moved" or page["state"] != "done":
            return False
        key = page["moved_to"]
        if key == start:
            return True
    return False


def listing_is_old(state: State, row: Row, days: Days) -> bool:
    """Whether a listing needs no reading since the two before it held only articles older than
    ``since``, and the site sorts by date: neither had newer ones than its predecessor.

    Where a day is unknown, or the order is another one, the listing is read.
    """
    if days.since is None or row.found_on is None:
        return False
    newest: list[str] = []
    at: str | None = row.found_on
    while at is not None and len(newest) < 2:
        found = state.one(
            "SELECT max(published), count(published) FROM pages "
            "WHERE found_on = ? AND kind = 'article' AND state = 'done'",
            at,
        )
        if not found[1] or found[0] >= days.since:
            return False
        newest.append(found[0])
        before = state.page(at)
        at = before["found_on"] if before is not None else None
    return len(newest) == 2 and newest[0] <= newest[1]
