"""Where a page of a site leads: its articles and its further listings. What is injected into a page
to be followed elsewhere never comes out: only addresses of the site that its patterns name do."""

from collections.abc import Iterator

from extractor.sites.addresses import absolute, canonical, in_scope, kind_of
from extractor.sites.markup import Markup, hrefs
from extractor.sites.page_types import Link
from extractor.sites.rule import Site
from extractor.sites.text import mended
from extractor.sources.blocks import flat

_MAX_TITLE = 300
MAX_LINKS = 5_000


def links_of(markup: Markup, text: str, base: str, site: Site, url: str) -> tuple[Link, ...]:
    """The links of a page in their order, each once: those the layouts name first, with titles."""
    found: dict[str, Link] = {}
    here = absolute(url, url)
    for link in _all(markup, text, base, site):
        if link.url == here or len(found) >= MAX_LINKS:
            continue
        known = found.get(link.url)
        if known is None or (known.title is None and link.title is not None):
            found[link.url] = link
    return tuple(found.values())


def listed(markup: Markup, base: str, site: Site) -> int:
    """How many links to articles the layouts' own selectors find."""
    return sum(link.kind == "article" for link in _selected(markup, base, site))


def _all(markup: Markup, text: str, base: str, site: Site) -> Iterator[Link]:
    yield from _selected(markup, base, site)
    for href in hrefs(text):
        address = absolute(base, mended(href))
        kind = kind_of(address, site) if address is not None else None
        if address is not None and kind is not None:
            yield Link(address, kind, None, canonical(address, site))


def _selected(markup: Markup, base: str, site: Site) -> Iterator[Link]:
    for layout in site.layouts:
        for row, paging in ((layout.links, False), (layout.next, True)):
            for selector in row:
                for tag in markup.index.select(selector):
                    anchors = [tag] if tag.name == "a" else tag.find_all("a", limit=200)
                    for anchor in anchors:
                        href = anchor.attrs.get("href")
                        address = absolute(base, href) if isinstance(href, str) else None
                        if address is None or not in_scope(address, site):
                            continue
                        kind = kind_of(address, site)
                        if kind is None and not (paging and not _ignored(address, site)):
                            continue
                        title = mended(flat(anchor.get_text(" ")))[:_MAX_TITLE] or None
                        yield Link(address, kind or "listing", title, canonical(address, site))


def _ignored(address: str, site: Site) -> bool:
    """Whether a further listing is one the site says to leave alone."""
    place = "/" + address.split("://", 1)[1].partition("/")[2]
    return any(pattern.search(place) for pattern in site.ignore)
