"""Where a page of a site leads: its articles and its further listings. What is injected into a page
to be followed elsewhere never comes out: only addresses of the site that its patterns name do."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from extractor.sites.addresses import (
    Kind,
    absolute,
    canonical,
    in_scope,
    kind_of,
    origin_for,
    page_key,
)
from extractor.sites.markup import Element, Markup, words_of
from extractor.sites.page_types import Link
from extractor.sites.rule import Site
from extractor.sites.text import mended
from extractor.sources.blocks import flat, hidden

_MAX_TITLE = 300
MAX_LINKS = 4_000
_MOST = 200
_MOST_LEVELS = 40
# What a listing puts behind its path for page N.
_PAGE = re.compile(r"(?:/(?:page|index|hal|halaman))?(?:[/-]\d+)?(?:\.html?)?/?\Z", re.I)


def links_of(markup: Markup, base: str, site: Site, url: str, listing: bool) -> tuple[Link, ...]:
    """The links of a page in their order, each once: on a ``listing`` those the layouts name first;
    any other page is asked by addresses alone."""
    found: dict[str, Link] = {}
    here = absolute(url, url)
    for link in _all(markup, base, site, url, listing):
        if link.url == here:
            continue
        if len(found) >= MAX_LINKS:
            break
        known = found.get(link.url)
        if known is None or (known.title is None and link.title is not None):
            found[link.url] = link
    return tuple(found.values())


def listed(markup: Markup, base: str, site: Site) -> int:
    """How many links to articles the layouts' own selectors find."""
    return sum(link.kind == "article" for link in _selected(markup, base, site, base))


def _all(markup: Markup, base: str, site: Site, url: str, listing: bool) -> Iterator[Link]:
    if listing:
        yield from _selected(markup, base, site, url)
    seen: set[str] = set()
    for anchor in markup.named("a"):
        href = anchor.get("href")
        if not href or href in seen:
            continue
        if len(seen) >= MAX_LINKS:
            break
        seen.add(href)
        led = _leads(origin_for(base, href), href, site)
        if led is not None and not _unseen(anchor):
            address, kind = led
            yield Link(address, kind, _words(anchor), canonical(address, site))


@lru_cache(maxsize=4_000)
def _leads(base: str, href: str, site: Site) -> tuple[str, Kind] | None:
    """(address, kind) of a link that the site's patterns name; menus stand on every page."""
    address = absolute(base, href)
    kind = kind_of(address, site) if address is not None else None
    return None if address is None or kind is None else (address, kind)


def _selected(markup: Markup, base: str, site: Site, url: str) -> Iterator[Link]:
    for layout in site.layouts:
        for row, paging in ((layout.links, False), (layout.next, True)):
            for selector in row:
                for tag in islice(markup.select(selector), MAX_LINKS):
                    anchors = [tag] if tag.tag == "a" else islice(tag.iterdescendants("a"), _MOST)
                    for anchor in anchors:
                        href = anchor.get("href")
                        address = absolute(base, href) if href else None
                        if address is None or not in_scope(address, site) or _unseen(anchor):
                            continue
                        kind = kind_of(address, site)
                        if kind is None and not (paging and _goes_on(address, url, site)):
                            continue
                        key = canonical(address, site)
                        yield Link(address, kind or "listing", _words(anchor), key)


def _unseen(anchor: Element) -> bool:
    """Whether a reader cannot see a link: injected advertising, on hacked hosts itself."""
    return hidden(anchor.attrib) or any(
        "style" in up.attrib and hidden(up.attrib)
        for up in islice(anchor.iterancestors(), _MOST_LEVELS)
    )


def _words(anchor: Element) -> str | None:
    """What an anchor says, or its picture."""
    said = mended(flat(words_of(anchor)))[:_MAX_TITLE]
    return said or mended(flat(anchor.get("title", "")))[:_MAX_TITLE] or None


def _goes_on(address: str, url: str, site: Site) -> bool:
    """Whether an address that no pattern names is a further page of this listing: it differs in
    numbers alone. A calendar or another section does not."""
    place = "/" + address.split("://", 1)[1].partition("/")[2]
    if any(pattern.search(place) for pattern in site.ignore):
        return False
    return _without_numbers(address, site) == _without_numbers(url, site)


def _without_numbers(address: str, site: Site) -> tuple[str, list[tuple[str, str]]]:
    parts = urlsplit(page_key(address, site))
    query = [(k, v) for k, v in parse_qsl(parts.query) if not v.isdecimal()]
    return _PAGE.sub("", parts.path) or "/", query
