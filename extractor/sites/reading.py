"""One article out of a page, by one layout of its site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from extractor.messages import _
from extractor.rulebook import Pattern, RuleFile
from extractor.sites.addresses import absolute, shares_words
from extractor.sites.markup import Element, Interest, Markup, words_of
from extractor.sites.rule import Layout, Site
from extractor.sites.selectors import Selector, compile_selector
from extractor.sites.shown import Shown, following, shown_dates, value_of
from extractor.sites.text import mended
from extractor.sources.blocks import flat, hidden, is_furniture, paragraphs_of

# What every page may declare, whatever its layout.
META = {
    name: compile_selector(source)
    for name, source in {
        "title": 'meta[property="og:title"]@content',
        "site_name": 'meta[property="og:site_name"]@content',
        "published": 'meta[property="article:published_time"]@content',
        "published2": 'meta[itemprop="datePublished"]@content',
        "canonical": 'link[rel="canonical"]@href',
        "url": 'meta[property="og:url"]@content',
        "type": 'meta[property="og:type"]@content',
        "image": 'meta[property="og:image"]@content',
        "document": "title",
        "json": 'script[type="application/ld+json"]',
        "base": "base@href",
        "headline": "h1",
    }.items()
}
_WHOLE = frozenset({"html", "body"})
_OTHER = tuple(compile_selector(name) for name in ("a", "img", "nav", "figcaption"))
_MAX_IMAGES = 50
_MAX_TITLE = 400
_MOST = 60
_MAX_SEEN = 300
# A caption stands this many tags behind its picture at most.
_NEAR = 8


@dataclass(frozen=True)
class Reading:
    """What one layout found: ``faults`` are misses of its selectors, as FILE:LINE: …; ``shown`` the
    texts that may tell the date, by the selector that found them."""

    layout: Layout
    title: str | None
    paragraphs: tuple[str, ...]
    shown: tuple[Shown, ...]
    author: str | None
    images: tuple[dict[str, Any], ...]
    faults: tuple[str, ...]
    empty: bool = False

    @property
    def whole(self) -> bool:
        """Whether the layout fits: title and body are there, the body is not the whole page."""
        return not self.faults and bool(self.paragraphs)


@lru_cache(maxsize=256)
def interest_of(site: Site | None) -> Interest:
    """Which tags of a page the rules of a site can ask for."""
    layouts = site.layouts if site is not None else ()
    return Interest([*META.values(), *_OTHER, *(s for one in layouts for s in one.selectors())])


def values(index: Markup, row: Iterable[Selector]) -> Iterator[tuple[Selector, str]]:
    """(selector, text) of everything a row of selectors finds, row by row."""
    for selector in row:
        for tag in islice(index.select(selector), _MOST):
            yield selector, value_of(tag, selector)


def meta(index: Markup, name: str) -> str:
    """What a page declares under one of the names of :data:`META`; empty where nothing."""
    return next((text for _selector, text in values(index, (META[name],)) if text), "")


def read_layout(index: Markup, layout: Layout, base: str, rules: RuleFile) -> Reading:
    """What a layout finds in a page; ``base`` is the page's address, ``rules`` those of pages."""
    faults = []
    title, fault = _title(index, layout, base)
    if fault:
        faults.append(fault)
    parts = (*layout.drop, *layout.captions)
    dropped = {tag for selector in parts for tag in index.select(selector)}
    body, paragraphs, body_faults = _body(index, layout, title, dropped)
    faults += body_faults
    shown = list(shown_dates(index, layout, body, dropped)) if paragraphs else []
    author = next((text for _s, text in values(index, layout.author) if text), None)
    return Reading(
        layout,
        title,
        tuple(paragraphs),
        tuple(shown),
        _bare_author(author, rules) if author else None,
        tuple(_images(index, layout, body, base)),
        tuple(faults),
        empty=body is not None and not paragraphs,
    )


def _title(index: Markup, layout: Layout, url: str) -> tuple[str | None, str | None]:
    """(title, fault): the first that has the words of the address (the name of the office is a
    heading on many pages), else the declared one if that has them, else the first at all."""
    first = None
    found = False
    for _selector, text in values(index, layout.title):
        found = True
        if text and shares_words(url, text):
            return mended(text)[:_MAX_TITLE], None
        first = first or text
    if not found:
        return None, _miss(layout, "title", layout.title)
    declared = meta(index, "title")
    if declared and shares_words(url, declared):
        first = declared
    return (mended(first)[:_MAX_TITLE] if first else None), None


def _body(
    index: Markup, layout: Layout, title: str | None, dropped: set[Element]
) -> tuple[Element | None, list[str], list[str]]:
    """(tag, paragraphs, faults): the first alternative with text wins."""
    first: Element | None = None
    whole: list[str] = []
    for selector in layout.body:
        for tag in islice(index.select(selector), 3):
            if _is_page(index, tag, dropped):
                said = _("{place}: body: '{selector}' matches the whole page")
                place = f"{layout.path}:{selector.line}"
                whole.append(said.format(place=place, selector=selector.source))
                continue
            first = tag if first is None else first
            if paragraphs := _paragraphs(tag, dropped, title):
                return tag, paragraphs, []
    if first is not None:
        return first, [], []
    return None, [], whole or [_miss(layout, "body", layout.body)]


def _is_page(index: Markup, tag: Element, dropped: set[Element]) -> bool:
    """Whether a body is the whole page: it holds the menu, or is the page's own element."""
    if tag.tag in _WHOLE:
        return True
    menus = [nav for nav in index.named("nav") if nav not in dropped]
    return any(above is tag for nav in menus[:5] for above in nav.iterancestors())


def _paragraphs(tag: Element, dropped: set[Element], title: str | None) -> list[str]:
    length: list[int] = []

    def out(node: Element, name: str) -> bool:
        if node in dropped or name.endswith(":xml"):
            return True
        attributes = node.attrib
        if not attributes:
            return False
        if hidden(attributes):
            return True
        if not is_furniture(attributes):
            return False
        if not length:
            length.append(sum(map(len, tag.itertext())))
        return sum(map(len, node.itertext())) < 0.5 * length[0]

    found = [mended(one) for one in paragraphs_of(tag, out, split_breaks=True)]
    while found and title and found[0].casefold() == title.casefold():
        del found[0]
    return [one for one in found if one]


def _miss(layout: Layout, part: str, row: tuple[Selector, ...]) -> str:
    said = _("{place}: {part}: nothing on the page is {selectors}")
    line = row[0].line if row else layout.line
    names = ", ".join(f"'{selector.source}'" for selector in row)
    return said.format(place=f"{layout.path}:{line}", part=part, selectors=names)


def _images(
    index: Markup, layout: Layout, body: Element | None, base: str
) -> Iterator[dict[str, Any]]:
    """Pictures with their captions, each once: those the layout names, then those of the body."""
    tags = [tag for s in layout.images for tag in islice(index.select(s), _MAX_IMAGES)]
    holders = {tag for tag in tags if tag.tag != "img"} | ({body} if body is not None else set())
    pictures = [tag for tag in tags if tag.tag == "img"]
    pictures += [
        one
        for one in index.named("img")[:_MAX_SEEN]
        if any(up in holders for up in one.iterancestors())
    ]
    captions = {tag for s in layout.captions for tag in islice(index.select(s), _MAX_SEEN)}
    seen: set[str] = set()
    for picture in pictures[:_MAX_IMAGES]:
        address = _address(picture, base)
        if address is None or address in seen:
            continue
        seen.add(address)
        yield {"url": address, "caption": _caption(picture, captions), "alt": _alt(picture)}


def _address(picture: Element, base: str) -> str | None:
    for name in ("data-src", "data-lazy-src", "data-original", "src"):
        said = picture.get(name)
        if said and (found := absolute(base, said)) is not None:
            return found
    return None


def _alt(picture: Element) -> str | None:
    return mended(flat(picture.get("alt", ""))) or None


def _caption(picture: Element, captions: set[Element]) -> str | None:
    """The caption of the figure round a picture, else the caption that follows it."""
    figure = next(picture.iterancestors("figure"), None)
    inner = figure.find(".//figcaption") if figure is not None else None
    if inner is not None:
        return mended(flat(words_of(inner))) or None
    for node in islice(following(picture), _NEAR):
        if node.tag == "img":
            return None
        if node in captions:
            return mended(flat(words_of(node))) or None
    return None


def _bare_author(text: str, rules: RuleFile) -> str | None:
    bare = _label(rules).sub("", text, count=1).strip(" :|-–—")
    return bare[:120] or None


@lru_cache(maxsize=4)
def _label(rules: RuleFile) -> Pattern:
    return rules.compile(r"\A{author_label}\s*[:\-]?\s+")
