"""One response of a site into an article or the links of a listing.

Pure and deterministic: the crawler and the replay from WARC both call :func:`read_page`, so that
they cannot differ.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from extractor.messages import _
from extractor.record import Article, article_id
from extractor.rulebook import Rulebook
from extractor.sites.addresses import absolute, canonical, in_scope, kind_of, shares_words
from extractor.sites.api import as_page, layout_of
from extractor.sites.choosing import best_reading, without_furniture
from extractor.sites.dating import Published, dating_of, json_dates
from extractor.sites.decoding import decode_page
from extractor.sites.faults import (
    Fault,
    fault_of_bytes,
    fault_of_form,
    fault_of_status,
    fault_of_text,
)
from extractor.sites.feeds import FeedFault, feed_links, looks_like_feed, unzipped
from extractor.sites.generic import read_generic
from extractor.sites.listing import links_of, listed
from extractor.sites.loading import shared_sites
from extractor.sites.markup import Markup, PageTooLarge, build, visible
from extractor.sites.page_types import Link, Page, Response
from extractor.sites.reading import META, Reading, interest_of, meta, values
from extractor.sites.rule import Site, Sites
from extractor.sites.text import mended

__all__ = ["Link", "Page", "Response", "read_page"]

# A page of errors says little; a long one that bears the name of its address is an article.
_SHORT = 1_500
_FALLBACK = 0.5
_UNKNOWN = {"trafilatura": 0.6, "html": 0.5}
# A home page shows the newest article on many systems, and is none.
_ROOT = re.compile(r"https?://[^/?#]+/?(?:index\.\w+)?(?:#.*)?", re.I)


def read_page(response: Response, site: Site | None) -> Page:
    """The article or the links of a response, or the reason why there is neither.

    ``site`` is the rule of its host; None leaves recognising the system to the page's markup. Never
    raises on what a server sends.
    """
    sites = shared_sites(site.folders if site is not None else ())
    content_type = _header(response, "content-type")
    fault = fault_of_status(response.status)
    if fault is None and response.truncated:
        said = _("the response is not whole ({reason})").format(reason=response.truncated)
        fault = Fault(said, retry=True)
    body = response.body
    try:
        body = unzipped(body)
    except FeedFault as error:
        fault = fault or Fault(str(error))
    fault = fault or fault_of_bytes(body, content_type)
    if fault is not None:
        return _nothing(fault)
    text, encoding = decode_page(body, content_type, site)
    if looks_like_feed(text):
        return _feed(text, response, site)
    here = site or _system(text, response.url, sites)
    if site is not None and (made := as_page(text, response.url, site)) is not None:
        text, here = made, _by_api(site)
    try:
        return _page(text, encoding, response, here, sites, ruled=site is not None)
    except PageTooLarge as error:
        said = _("the page has too many {what} to be an article").format(what=_what(str(error)))
        return _nothing(Fault(said))


@lru_cache(maxsize=64)
def _by_api(site: Site) -> Site:
    return replace(site, layouts=(layout_of(site),))


def _page(
    text: str, encoding: str, response: Response, site: Site | None, sites: Sites, ruled: bool
) -> Page:
    book = sites.book
    if site is None:
        markup = build(text, interest_of(None))
        return _generic(text, encoding, response, None, book, markup, None, ())
    kind = kind_of(response.url, site)
    markup = build(text, interest_of(site))
    base = absolute(response.url, meta(markup, "base") or response.url) or response.url
    links = links_of(markup, base, site, response.url, kind != "article")
    if kind == "listing":
        return _listing(response, site, links, text, book)
    if kind is None and _ROOT.fullmatch(response.url):
        return Page("listing", links=links)
    reading, misses = best_reading(markup, site, base, response.retrieved[:10], book)
    if reading is not None and reading.whole:
        if kind is None and listed(markup, base, site) >= 3 and not _named(response.url, reading):
            return Page("listing", links=links)
        return _article(reading, encoding, response, site, book, markup, links)
    words = visible(text)
    fault = fault_of_text(words, book["pages"]) or fault_of_form(text)
    if fault is not None and (len(words) < _SHORT or not _declares(response.url, markup)):
        return replace(_nothing(fault), links=links)
    if reading is not None and reading.empty and not reading.faults:
        pictures = bool(reading.images)
        said = (
            _("the body is empty, there are only pictures") if pictures else _("the body is empty")
        )
        return replace(_nothing(Fault(said, retry=not pictures)), links=links)
    if kind is None:
        return Page("listing", links=links) if links else _nothing(Fault(_("no article")))
    if _is_home(response.url, markup, base, site):
        said = _("the home page or a listing in place of the article")
        return replace(_nothing(Fault(said)), links=links)
    if not ruled:
        return _generic(text, encoding, response, site, book, markup, None, links)
    return _generic(text, encoding, response, site, book, markup, "\n".join(misses), links)


def _article(
    reading: Reading,
    encoding: str,
    response: Response,
    site: Site,
    book: Rulebook,
    markup: Markup,
    links: tuple[Link, ...],
) -> Page:
    fault = fault_of_text(reading.paragraphs[0], book["pages"])
    if fault is not None and fault.rule in ("pages.database-error", "pages.program-error"):
        return replace(_nothing(fault), links=links)
    published = dating_of(book).read(reading.shown, _declared(markup), response.retrieved)
    title = reading.title
    paragraphs, furniture = without_furniture(title, reading.paragraphs, book)
    extra = {
        **_common(published, encoding, markup, response, site),
        "layout": reading.layout.id,
        "author": reading.author,
        "images": list(reading.images),
        "confidence": site.confidence,
        "furniture": list(furniture),
    }
    return _made(title, paragraphs, published, response, site, extra, links, None)


def _generic(
    text: str,
    encoding: str,
    response: Response,
    site: Site | None,
    book: Rulebook,
    markup: Markup,
    layout_fault: str | None,
    links: tuple[Link, ...],
) -> Page:
    """The article by what needs no rule, with lower confidence; else the reason."""
    declared = _declared_title(markup)
    found = read_generic(text, declared)
    if found is None or not found.paragraphs:
        fault = fault_of_text(visible(text), book["pages"])
        fault = fault or Fault(_("no rule finds an article on the page"))
        return Page(
            "nothing", links=links, fault=fault.reason, retry=fault.retry, layout_fault=layout_fault
        )
    fault = fault_of_text(visible(text), book["pages"])
    if fault is not None and len("".join(found.paragraphs)) < 600:
        return replace(_nothing(fault), links=links, layout_fault=layout_fault)
    published = dating_of(book).read((), _declared(markup), response.retrieved)
    paragraphs, furniture = without_furniture(found.title, found.paragraphs, book)
    extra = {
        **_common(published, encoding, markup, response, site),
        "layout": found.reader,
        "author": None,
        "images": [],
        "confidence": _FALLBACK if layout_fault else _UNKNOWN[found.reader],
        "furniture": list(furniture),
    }
    return _made(found.title, paragraphs, published, response, site, extra, links, layout_fault)


def _made(
    title: str | None,
    paragraphs: tuple[str, ...],
    published: Published,
    response: Response,
    site: Site | None,
    extra: dict[str, Any],
    links: tuple[Link, ...],
    layout_fault: str | None,
) -> Page:
    if not paragraphs:
        return replace(_nothing(Fault(_("the body is empty"), retry=True)), links=links)
    uri = canonical(response.url, site)
    article = Article(
        id=article_id(uri, b""),
        title=title,
        text="\n\n".join([title, *paragraphs] if title else paragraphs),
        published=published.day,
        uri=uri,
        site=site.id if site is not None and not site.adopted else None,
        retrieved=response.retrieved,
    )
    return Page("article", article, extra, links, layout_fault=layout_fault)


def _common(
    published: Published, encoding: str, markup: Markup, response: Response, site: Site | None
) -> dict[str, Any]:
    declared = absolute(response.url, meta(markup, "canonical"))
    own = declared is not None and (
        kind_of(declared, site) == "article" if site is not None else in_scope(declared, None)
    )
    return {
        "address": response.url,
        "canonical": declared if own else None,
        "date_source": published.source,
        "date_reason": published.reason,
        "notes": list(published.notes),
        "encoding": encoding,
    }


def _declared(markup: Markup) -> list[tuple[str, str]]:
    """What metadata say of the day of publication; never the day of a revision."""
    found = [pair for tag in markup.select(META["json"]) for pair in json_dates(tag.text or "")]
    for name in ("published", "published2"):
        found += [(selector.source, text) for selector, text in values(markup, (META[name],))]
    return found


def _declared_title(markup: Markup) -> str | None:
    title = meta(markup, "title") or meta(markup, "document")
    name = meta(markup, "site_name")
    if name and title.casefold().endswith(name.casefold()) and len(title) > len(name):
        title = title[: -len(name)].rstrip(" -–—|·»:") or title
    return mended(title) or None


def _listing(
    response: Response, site: Site, links: tuple[Link, ...], text: str, book: Rulebook
) -> Page:
    """A listing; one of the site's start pages without any article is a miss."""
    if any(link.kind == "article" for link in links):
        return Page("listing", links=links)
    fault = fault_of_text(visible(text), book["pages"])
    starts = {canonical(start, site) for start in site.start}
    if canonical(response.url, site) not in starts:
        reason = fault or Fault(_("the listing names no article"))
        return Page("listing", links=links, fault=reason.reason, retry=reason.retry)
    if fault is not None:
        return Page("listing", links=links, fault=fault.reason, retry=fault.retry)
    said = _("{place}: address: no link of the start page {url} is one of an article")
    miss = said.format(place=site.place, url=response.url)
    return Page("listing", links=links, fault=_("the listing names no article"), layout_fault=miss)


def _feed(text: str, response: Response, site: Site | None) -> Page:
    if site is None:
        return _nothing(Fault(_("a feed, not an article")))
    try:
        return Page("feed", links=feed_links(text, response.url, site))
    except FeedFault as error:
        return _nothing(Fault(str(error)))


def _system(text: str, url: str, sites: Sites) -> Site | None:
    """The system whose signs a page shows, taken as the rule of its host."""
    for system in sites.systems:
        if any(sign.search(text[:300_000]) for sign in system.signs):
            return system.at(url)
    return None


def _is_home(url: str, markup: Markup, base: str, site: Site) -> bool:
    """Whether a page without title or body is another one than was asked for: what only the home
    page has, or links of a listing and nothing of the words of the address."""
    home = [tag for layout in site.layouts for s in layout.home for tag in markup.select(s)]
    if home:
        return True
    if listed(markup, base, site) < 3:
        return False
    return not _declares(url, markup)


def _declares(url: str, markup: Markup) -> bool:
    """Whether a page says of itself that it is what the address names."""
    names = [meta(markup, name) for name in ("title", "document", "headline")]
    return shares_words(url, " ".join(names))


def _named(url: str, reading: Reading) -> bool:
    return shares_words(url, reading.title or "")


def _nothing(fault: Fault) -> Page:
    return Page("nothing", fault=fault.reason, retry=fault.retry)


def _header(response: Response, name: str) -> str:
    return next((value for key, value in response.headers if key.lower() == name), "")


def _what(name: str) -> str:
    known = {
        "elements": _("elements"),
        "paragraphs": _("paragraphs"),
        "levels": _("levels"),
        "characters": _("characters"),
        "attributes": _("attributes"),
    }
    return known.get(name, name)
