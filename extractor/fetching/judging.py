"""What an answer means for the page that was asked for; pure, so that every fault can be a test."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from extractor.fetching.client import REDIRECTS, Answer, location
from extractor.fetching.inflate import InflateError, TruncatedBody
from extractor.fetching.pace import http_date, retry_after
from extractor.fetching.state import Row
from extractor.messages import _
from extractor.sites.pages import Page, read_page
from extractor.sites.rule import Site

Deed = Literal["keep", "unchanged", "moved", "again", "fail", "skip", "stop"]
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Verdict:
    """What to do with a page: ``keep`` what it holds, leave it ``unchanged``, go where it
    ``moved`` (``onward``), ask ``again`` (not before ``wait`` seconds), ``fail`` it, ``skip`` it as
    robots.txt wishes, ``stop`` the site. ``outage`` says that the server as a whole may be down."""

    deed: Deed
    reason: str | None = None
    page: Page | None = None
    onward: str | None = None
    wait: float | None = None
    outage: bool = False
    gone: bool = False
    body_sha256: str | None = None


def judge(
    row: Row,
    answer: Answer,
    site: Site | None,
    rules: str,
    now: float,
    limit: int,
    in_scope: Callable[[str], bool],
) -> Verdict:
    """The verdict on an answer. ``rules`` is the version of the site rules, ``limit`` the most
    bytes of an inflated body."""
    exchange = answer.exchange
    if answer.refused:
        return Verdict("fail", exchange.error)
    if answer.untrusted:
        return Verdict("stop", exchange.error)
    if exchange.truncated == "length":
        return Verdict("fail", _("too large: {reason}").format(reason=exchange.error))
    if not answer.whole:
        reason = exchange.error or _("the answer is not whole ({how})").format(
            how=exchange.truncated
        )
        return Verdict("again", reason, outage=not exchange.status)
    status = exchange.status or 0
    if status == 304:
        return _not_modified(row, answer)
    if status in REDIRECTS:
        return _redirect(answer, in_scope)
    if status in _BUSY:
        wait = retry_after(answer.header("retry-after"), now)
        return Verdict("again", status_reason(status, exchange.reason), wait=wait, outage=True)
    if status not in (200, 203):
        said = status_reason(status, exchange.reason)
        return Verdict("fail", said, gone=status in _GONE)
    return _page(row, answer, site, rules, limit)


def _not_modified(row: Row, answer: Answer) -> Verdict:
    asked = any(name.startswith("If-") for name, _value in answer.exchange.request_headers)
    if asked and row.body_sha256 is not None:
        return Verdict("unchanged")
    return Verdict("again", _("304 Not Modified, though there is nothing here to be modified"))


def _redirect(answer: Answer, in_scope: Callable[[str], bool]) -> Verdict:
    onward = location(answer)
    if onward is None:
        return Verdict("fail", _("redirects to no address that could be asked"))
    if not in_scope(onward):
        return Verdict("fail", _("redirects away from the site, to {url}").format(url=onward))
    return Verdict("moved", onward=onward)


def _page(row: Row, answer: Answer, site: Site | None, rules: str, limit: int) -> Verdict:
    try:
        response = answer.response(limit)
    except TruncatedBody as error:
        return Verdict("again", str(error))
    except InflateError as error:
        return Verdict("fail", str(error))
    digest = hashlib.sha256(response.body).hexdigest()
    known = row.outcome in ("new", "edited", "unchanged")
    if known and digest == row.body_sha256 and row.rules == rules:
        return Verdict("unchanged", body_sha256=digest)
    page = read_page(response, site)
    if page.layout_fault is not None:
        return Verdict("stop", page.layout_fault, page, body_sha256=digest)
    if page.fault is not None and page.retry:
        return Verdict("again", page.fault, body_sha256=digest)
    if page.article is None:
        if row.kind == "article":
            reason = page.fault or _("no article on this page")
            return Verdict("fail", reason, page, body_sha256=digest)
        if page.kind == "nothing":
            reason = page.fault or _("neither an article nor a listing")
            return Verdict("fail", reason, page, body_sha256=digest)
    return Verdict("keep", page=page, body_sha256=digest)


def status_reason(status: int, reason: str) -> str:
    """``503 Service Unavailable``; our own words where the server sent none."""
    known = {one.value: one.phrase for one in HTTPStatus}
    return " ".join(f"{status} {reason or known.get(status, '')}".split())[:200]


def validators(answer: Answer, now: float) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of an answer, each None where it cannot be relied on later: a
    Last-Modified that is not clearly before the answer may not tell a change within the same
    second (RFC 9110, 8.8.2.2), one in the future never tells any."""
    etag = answer.header("etag")
    modified = answer.header("last-modified")
    when, sent = http_date(modified), http_date(answer.header("date"))
    if when is None or when > min(now, sent if sent is not None else now) - 1:
        modified = None
    return etag, modified
