"""How a crawl ends with each of the faults that a server commits: ``ENDS`` is the table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fetching.faulty import ARTICLES, Bench, Outcome
from tests.server.faults import SPOILT
from tests.server.imitation import Imitation

Check = Callable[[Outcome, Imitation, Bench], None]


@dataclass(frozen=True)
class End:
    """How a crawl with a fault ends. ``failed``, ``skipped``, ``stopped``: a pattern of the reason
    (of the spoilt article's row; why the site was left). ``listing``: of the listing's row, without
    which no article can be found. ``published``: its day where the fault
    changes it, "" for none, with ``reason``. ``added``: paragraphs that the fault adds to its text.
    ``most``: requests at most. ``seconds``: what the host was at least left alone, in all.
    ``edited``: the article is edited and fetched again."""

    failed: str | None = None
    skipped: str | None = None
    stopped: str | None = None
    listing: str | None = None
    published: str | None = None
    reason: str | None = None
    most: int = 20
    seconds: float = 0
    longest: float = 100
    edited: bool = False
    impatient: bool = False
    check: Check | None = None


RIGHT = End()


def _asked_once(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    """The article was fetched once, under whatever address."""
    name = site.path(SPOILT).removesuffix(".html")
    assert sum(visit.target.startswith(name) for visit in bench.server.requests()) == 1


def _robots_asked_again(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    assert bench.server.counts()["/robots.txt"] >= 2


def _told_of_delay(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    assert any("86400" in note for note in outcome.notes)


def _nothing_foreign(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    """No address was asked for but the site's articles, listings and robots.txt."""
    known = {site.path(number) for number in range(1, ARTICLES + 1)}
    asked = {visit.target for visit in bench.server.requests()} - known
    assert not [
        target for target in asked if not re.match(r"/(berita(\?page=\d+)?$|robots\.txt)", target)
    ]
    assert not outcome.failures


def _no_file_outside(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    folder = Path(outcome.report.folder)
    names = {path.relative_to(folder).parts[0] for path in folder.rglob("*")}
    assert names <= {
        "warc",
        "state.db",
        "state.db-wal",
        "state.db-shm",
        "articles.jsonl",
        ".lock",
        "lock",
    }
    assert not list(folder.parent.rglob("*passwd*"))


def _told_of_source(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    """The broken feed or sitemap is a row with a reason."""
    assert any(re.search(r"/feed|sitemap", address) for address in outcome.failures), (
        outcome.failures
    )


def _told_of_dead(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    assert any(
        "404" in reason for address, reason in outcome.failures.items() if "hilang" in address
    )


def _layout_named(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    """The message names file and line, and what could be read is not trusted."""
    assert re.search(r"dpmppa\.yaml:\d+: ", outcome.report.stopped or "")
    assert all(article["extra"]["confidence"] <= 0.5 for article in outcome.articles)


def _both_slugs(outcome: Outcome, site: Imitation, bench: Bench) -> None:
    assert len({article["uri"] for article in outcome.articles}) == ARTICLES
    assert len({article["id"] for article in outcome.articles}) == ARTICLES


REACHED = r"^robots\.txt of .* is out of reach \(.+\)"

ENDS: dict[str, End] = {
    # 1 errors of the server
    "busy-once": RIGHT,
    "error-once": RIGHT,
    "gateway-once": RIGHT,
    "error-always": End(failed="500"),
    "gone": End(failed="410"),
    "missing": End(failed="404"),
    "forbidden": End(failed="403"),
    "error-listing": End(listing="500"),
    # 2 Retry-After
    "retry-after-seconds": End(seconds=2),
    "retry-after-date": End(seconds=1),
    "retry-after-absurd": End(seconds=250, longest=400),
    "retry-after-nonsense": RIGHT,
    "retry-after-past": RIGHT,
    # 3 resets
    "reset-before-once": RIGHT,
    "reset-inside-once": RIGHT,
    "reset-inside-always": End(failed="broke off"),
    # 4 silence
    "stall-once": RIGHT,
    "stall-always": End(failed="no answer within", impatient=True),
    "stall-inside-once": RIGHT,
    "stall-listing-once": RIGHT,
    # 5 slow drip
    "drip-once": End(impatient=True),
    "drip-always": End(failed="not done within", impatient=True),
    "drip-head": End(failed="not done within", impatient=True),
    # 6 shorter than told
    "short-body-once": RIGHT,
    "short-body-always": End(failed="without sending complete"),
    "no-length": RIGHT,
    "short-listing-once": RIGHT,
    # 7 chunked
    "short-chunked-once": RIGHT,
    "short-chunked-always": End(failed="incomplete chunked"),
    "chunked": RIGHT,
    # 8 compressed
    "torn-gzip-once": RIGHT,
    "torn-gzip-always": End(failed="truncated gzip"),
    "gzip-without-end": End(failed="truncated gzip"),
    "gzip": RIGHT,
    "deflate": RIGHT,
    "deflate-raw": RIGHT,
    "unknown-coding": End(failed="sangkuriang"),
    "plain-called-gzip": RIGHT,
    "torn-gzip-listing-once": RIGHT,
    # 9 bombs
    "bomb-gzip": End(failed="becomes more than"),
    "bomb-gzip-twice": End(failed="becomes more than"),
    "bomb-deflate": End(failed="becomes more than"),
    "bomb-br": End(failed="becomes more than|cannot be read"),  # without brotli it is unknown
    # 10 endless
    "huge": End(failed="too large"),
    "endless": End(failed="too large"),
    "endless-listing": End(listing="too large"),
    # 11 empty
    "empty-once": RIGHT,
    "empty-always": End(failed="empty"),
    "empty-body": End(failed="body is empty"),
    "empty-listing": End(listing="empty"),
    # 12 pages that are something else
    "database-error-once": RIGHT,
    "database-error-always": End(failed="database error"),
    "database-error-listing": RIGHT,
    "php-fatal": End(failed="program error"),
    "php-warning": RIGHT,
    "login": End(failed="log in"),
    "maintenance": End(failed="maintenance"),
    "challenge": End(failed="firewall"),
    "missing-200": End(failed="not there"),
    # 13 redirects
    "redirect-self": End(failed="circle"),
    "redirect-cycle": End(failed="circle"),
    "redirect-endless": End(failed="20 redirects", most=40),
    "redirect-foreign": End(failed="away from the site"),
    "redirect-private": End(failed="away from the site"),
    "redirect-script": End(failed="no address"),
    "redirect-nowhere": End(failed="no address"),
    "redirect-home": End(failed="home page"),
    "redirect-listing": End(failed="listing"),
    "redirect-number": RIGHT,
    "redirect-mirror": RIGHT,
    "redirect-listing-self": End(listing="circle"),
    "redirect-listing-foreign": End(listing="away from the site"),
    # 14 pages without end
    "listing-empty-pages": RIGHT,
    "listing-last-again": RIGHT,
    "listing-wraps": RIGHT,
    # page one leads to itself, so what only page two shows cannot be found
    "listing-next-self": RIGHT,
    "calendar": End(check=_nothing_foreign),
    "print-twins": End(check=_asked_once),
    # 15 robots.txt
    "robots-404": RIGHT,
    "robots-403": RIGHT,
    "robots-500-once": End(check=_robots_asked_again),
    "robots-500-always": End(stopped=REACHED),
    "robots-stall": End(stopped=REACHED),
    "robots-html": RIGHT,
    "robots-bom": End(skipped="robots.txt forbids"),
    "robots-1mb": End(skipped="robots.txt forbids"),
    "robots-forbids": End(skipped="robots.txt forbids"),
    "robots-forbids-us": End(skipped="robots.txt forbids"),
    "robots-redirect-self": RIGHT,
    # 16 Crawl-delay: kept, up to a minute
    "crawl-delay-huge": End(seconds=400, longest=700, check=_told_of_delay),
    "crawl-delay-nonsense": RIGHT,
    # 20 encodings
    "charset-wrong": RIGHT,
    "charset-missing": RIGHT,
    "charset-conflict": RIGHT,
    "charset-nonsense": RIGHT,
    "charset-utf16": RIGHT,
    "charset-utf16-bare": RIGHT,
    "charset-bom": RIGHT,
    "mojibake": RIGHT,
    "nul": RIGHT,
    "soft-hyphen": RIGHT,
    "zero-width": RIGHT,
    "double-escaped": RIGHT,
    "bad-byte": RIGHT,
    # 21 headers
    "header-without-colon": End(failed="header"),
    "headers-repeated": RIGHT,
    "lengths-conflict": End(failed="Content-Length"),
    "location-utf8": RIGHT,
    "header-100k": RIGHT,
    "header-2m": End(failed="."),
    "no-http": End(failed="."),
    # 22 markup
    "nesting": End(failed="too many levels"),
    "nesting-inline": End(failed="too many levels"),
    "paragraphs-100k": End(failed="too many elements"),
    "attribute-5m": RIGHT,
    "attributes-100k": End(failed="too many attributes"),
    "unclosed": RIGHT,
    "in-paragraph": RIGHT,
    # 23 one article, many addresses
    "one-slug": End(check=_both_slugs),
    "slug-hyphen": End(check=_asked_once),
    "mirrors": RIGHT,
    "numbers": End(check=_asked_once),
    "canonical-home": End(check=_both_slugs),
    # 24 edits
    "edited-no-validators": End(edited=True),
    "edited-modified-only": End(edited=True),
    "clock-ahead": End(edited=True),
    "modified-nonsense": End(edited=True),
    "unasked-304": End(failed="304"),
    # 25 dates
    "date-none": End(published="", reason="no date"),
    "date-future": End(published="", reason="2091-09-03 is after"),
    "date-impossible": End(published="", reason="31 Februari"),
    "date-american": End(published="2024-08-25"),
    "date-both": End(published="2024-03-05"),
    "date-weekday-wrong": End(published="2024-05-03"),
    "date-zeros": End(published="", reason="no date"),
    "date-epoch": End(published="", reason="1970-01-01 is too early"),
    "date-agu": End(published="2024-08-22"),
    "date-agt": End(published="2024-08-22"),
    "date-ags": End(published="2024-08-22"),
    "date-nop": End(published="2024-11-22"),
    "date-peb": End(published="2024-02-22"),
    # 26 another design
    "layout-new": RIGHT,  # an alternative of the selectors still finds it
    "layout-title-gone": End(stopped="title", check=_layout_named),
    "layout-gone": End(stopped=".", check=_layout_named),
    "layout-whole-page": RIGHT,  # the whole page is refused, an alternative still finds it
    # 28 XML
    "sitemap-bomb": End(check=_told_of_source),
    "sitemap-external": End(check=_told_of_source),
    "feed-bomb": End(check=_told_of_source),
    "feed-encoding": RIGHT,
    "feed-dead-entries": End(check=_told_of_dead),
    "sitemap-html": End(check=_told_of_source),
    # 29 other files, strange addresses
    "pdf": End(failed="PDF"),
    "pdf-typed": End(failed="PDF"),
    "jpeg": End(failed="JPEG"),
    "pdf-listing": End(listing="PDF"),
    "strange-links": End(check=_nothing_foreign),
    "private-links": End(check=_nothing_foreign),
    "climbing-links": End(check=_no_file_outside),
    # 30 injected links
    "gambling": End(check=_nothing_foreign),
    "gambling-listing": End(check=_nothing_foreign),
    "gambling-body": End(check=_nothing_foreign),
}
