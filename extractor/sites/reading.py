"""One article out of a page, by one layout of its site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from bs4.element import Tag

from extractor.messages import _
from extractor.rulebook import Pattern, RuleFile
from extractor.sites.addresses import absolute
from extractor.sites.markup import Markup
from extractor.sites.rule import Layout, Site
from extractor.sites.selectors import Index, Selector, Wanted, compile_selector
from extractor.sites.text import mended
from extractor.sources.blocks import flat, paragraphs_of
from extractor.sources.html import left_out

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
# Parts of the head: no side bar holds one.
_DECLARED = frozenset({"meta", "script"})
# Attributes that can tell that an element is not of the release.
_TELLING = frozenset({"class", "id", "style", "role", "hidden", "aria-hidden"})
_WHOLE = frozenset({"html", "body"})
_MAX_IMAGES = 50
_MAX_TITLE = 400
_MOST = 60


@dataclass(frozen=True)
class Reading:
    """What one layout found: ``faults`` are misses of its selectors, as FILE:LINE: …; ``shown`` the
    texts that may tell the date, by the selector that found them."""

    layout: Layout
    title: str | None
    paragraphs: tuple[str, ...]
    shown: tuple[tuple[str, tuple[str, ...]], ...]
    author: str | None
    images: tuple[dict[str, Any], ...]
    faults: tuple[str, ...]
    empty: bool = False

    @property
    def whole(self) -> bool:
        """Whether the layout fits: title and body are there, the body is not the whole page."""
        return not self.faults and bool(self.paragraphs)


@lru_cache(maxsize=256)
def wanted_of(site: Site, listing: bool) -> Wanted:
    """Which elements of a page have to be built: those of an article, or those of a listing too.

    What lies inside the part that holds the article is built with it.
    """
    own: list[Selector] = []
    for layout in site.layouts:
        own += [*layout.article, *layout.title, *layout.body, *layout.images, *layout.home]
        inner = (*layout.date, *layout.author, *layout.captions)
        own += [one for one in inner if not layout.article or one.compounds[-1].name in _DECLARED]
        if listing:
            own += [*layout.links, *layout.next]
    return Wanted([*META.values(), *own])


def values(index: Index, row: Iterable[Selector]) -> Iterator[tuple[Selector, str]]:
    """(selector, text) of everything a row of selectors finds, row by row."""
    for selector in row:
        for tag in islice(index.select(selector), _MOST):
            yield selector, value_of(tag, selector)


def value_of(tag: Tag, selector: Selector) -> str:
    """The attribute a selector asks for, else the words of the tag."""
    if selector.attribute is None:
        return flat(tag.get_text(" "))
    said = tag.attrs.get(selector.attribute, "")
    return flat(said if isinstance(said, str) else " ".join(said))


def meta(index: Index, name: str) -> str:
    """What a page declares under one of the names of :data:`META`; empty where nothing."""
    return next((text for _selector, text in values(index, (META[name],)) if text), "")


def read_layout(markup: Markup, layout: Layout, base: str, rules: RuleFile) -> Reading:
    """What a layout finds in a page; ``base`` is the page's address, ``rules`` those of pages."""
    index = markup.index
    faults = []
    title, fault = _title(index, layout)
    if fault:
        faults.append(fault)
    body, paragraphs, body_faults = _body(index, layout, title)
    faults += body_faults
    shown = list(_shown(index, layout, body)) if body is not None else []
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


def _title(index: Index, layout: Layout) -> tuple[str | None, str | None]:
    found = False
    for _selector, text in values(index, layout.title):
        found = True
        if text:
            return mended(text)[:_MAX_TITLE], None
    return None, None if found else _miss(layout, "title", layout.title)


def _body(
    index: Index, layout: Layout, title: str | None
) -> tuple[Tag | None, list[str], list[str]]:
    """(tag, paragraphs, faults): the first alternative with text wins."""
    first: Tag | None = None
    whole: list[str] = []
    dropped = {
        id(tag) for row in (layout.drop, layout.captions) for s in row for tag in index.select(s)
    }
    for selector in layout.body:
        for tag in islice(index.select(selector), 3):
            if _is_page(tag, dropped):
                said = _("{place}: body: '{selector}' matches the whole page")
                place = f"{layout.path}:{selector.line}"
                whole.append(said.format(place=place, selector=selector.source))
                continue
            first = first or tag
            if paragraphs := _paragraphs(tag, dropped, title):
                return tag, paragraphs, []
    if first is not None:
        return first, [], []
    return None, [], whole or [_miss(layout, "body", layout.body)]


def _is_page(tag: Tag, dropped: set[int]) -> bool:
    if tag.name in _WHOLE:
        return True
    return any(id(one) not in dropped for one in tag.find_all(("nav", "body"), limit=5))


def _paragraphs(tag: Tag, dropped: set[int], title: str | None) -> list[str]:
    length: list[int] = []

    def out(node: Tag, name: str) -> bool:
        if id(node) in dropped:
            return True
        if node.attrs.keys().isdisjoint(_TELLING) and name != "header" and ":" not in name:
            return False
        if not length:
            length.append(len(tag.get_text()))
        return left_out(node, name, length[0])

    found = [mended(one) for one in paragraphs_of(tag, out, split_breaks=True)]
    while found and title and found[0].casefold() == title.casefold():
        del found[0]
    return [one for one in found if one]


def _miss(layout: Layout, part: str, row: tuple[Selector, ...]) -> str:
    said = _("{place}: {part}: nothing on the page is {selectors}")
    line = row[0].line if row else layout.line
    names = ", ".join(f"'{selector.source}'" for selector in row)
    return said.format(place=f"{layout.path}:{line}", part=part, selectors=names)


def _shown(index: Index, layout: Layout, body: Tag) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(selector, texts) of what may tell the date: inside the part that holds the article, where
    the layout names one, so that no side bar is asked; then what stands between title and body."""
    holders = [tag for selector in layout.article for tag in index.select(selector)]
    above = {id(tag) for tag in body.parents}
    holder = next((tag for tag in holders if id(tag) in above), None)
    for selector in layout.date:
        tags = islice(index.select(selector), _MOST)
        free = not layout.article or selector.compounds[-1].name in _DECLARED
        mine = (tag for tag in tags if free or (holder is not None and _inside(tag, holder)))
        if texts := tuple(text for tag in mine if (text := value_of(tag, selector))):
            yield selector.source, texts
    if holder is not None and (texts := tuple(_between(index, layout, body, holder))):
        yield _("between title and body"), texts


def _inside(tag: Tag, holder: Tag) -> bool:
    return any(one is holder for one in tag.parents)


def _between(index: Index, layout: Layout, body: Tag, holder: Tag) -> Iterator[str]:
    """Short texts between headline and body, inside the part that holds both: where offices write
    the day when no selector knows it."""
    tags = (tag for selector in layout.title for tag in index.select(selector))
    title = next((tag for tag in tags if _inside(tag, holder)), None)
    if title is None:
        return
    for node in islice(title.next_elements, 200):
        if node is body:
            return
        text = flat(node) if isinstance(node, str) and title not in node.parents else ""
        if len(text) <= 120 and any(letter.isdigit() for letter in text):
            yield text


def _images(index: Index, layout: Layout, body: Tag | None, base: str) -> Iterator[dict[str, Any]]:
    """Pictures with their captions, each once: those the layout names, then those of the body."""
    tags = [tag for selector in layout.images for tag in index.select(selector)]
    pictures = [
        one
        for tag in tags
        for one in ([tag] if tag.name == "img" else tag.find_all("img", limit=20))
    ]
    if body is not None:
        pictures += body.find_all("img", limit=_MAX_IMAGES)
    captions = {id(tag): tag for selector in layout.captions for tag in index.select(selector)}
    seen: set[str] = set()
    for picture in pictures[:_MAX_IMAGES]:
        address = _address(picture, base)
        if address is None or address in seen:
            continue
        seen.add(address)
        yield {"url": address, "caption": _caption(picture, captions), "alt": _alt(picture)}


def _address(picture: Tag, base: str) -> str | None:
    for name in ("data-src", "data-lazy-src", "data-original", "src"):
        said = picture.attrs.get(name)
        if isinstance(said, str) and (found := absolute(base, said)) is not None:
            return found
    return None


def _alt(picture: Tag) -> str | None:
    said = picture.attrs.get("alt")
    return (mended(flat(said)) or None) if isinstance(said, str) else None


def _caption(picture: Tag, captions: dict[int, Tag]) -> str | None:
    """The caption of the figure round a picture, else the caption that follows it."""
    figure = picture.find_parent("figure")
    inner = figure.find("figcaption") if figure is not None else None
    if isinstance(inner, Tag):
        return mended(flat(inner.get_text(" "))) or None
    for node in islice(picture.next_elements, 12):
        if isinstance(node, Tag):
            if node.name == "img":
                return None
            if id(node) in captions:
                return mended(flat(node.get_text(" "))) or None
    return None


def _bare_author(text: str, rules: RuleFile) -> str | None:
    bare = _label(rules).sub("", text, count=1).strip(" :|-–—")
    return bare[:120] or None


@lru_cache(maxsize=4)
def _label(rules: RuleFile) -> Pattern:
    return rules.compile(r"\A{author_label}\s*[:\-]?\s+")
