"""What on a page may tell the day its article was published, the surest first; side bars, comments
and related articles are never asked."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from extractor.messages import _
from extractor.sites.markup import Element, Markup, words_of
from extractor.sites.rule import Layout
from extractor.sites.selectors import Selector
from extractor.sources.blocks import flat

Shown = tuple[str, tuple[str, ...]]
# Parts of the head: no side bar holds one.
DECLARED = frozenset({"meta", "script"})
_MOST = 60
_MAX_BYLINE = 160
_NODES = 200


def value_of(tag: Element, selector: Selector) -> str:
    """The attribute a selector asks for, else the words of the tag."""
    if selector.attribute is None:
        return flat(words_of(tag))
    return flat(tag.get(selector.attribute, ""))


def shown_dates(
    index: Markup, layout: Layout, body: Element, dropped: set[Element]
) -> Iterator[Shown]:
    """(selector, texts): what the date selectors find between title and body (or in a part of the
    body that is left out), then the short texts there, then what they find elsewhere in the part
    that holds the article. A layout that names no such part is trusted wherever they find."""
    title = _title(index, layout)
    holder = _holder(index, layout, body, title)
    places = index.places
    start = places[title] if title is not None else -1
    end = places[body]
    elsewhere: list[Shown] = []
    for selector in layout.date:
        near, far = [], []
        for tag in islice(index.select(selector), _MOST):
            text = value_of(tag, selector)
            if not text:
                continue
            inside = _around(tag, body)
            if tag.tag in DECLARED or (start < places[tag] < end and title is not None):
                near.append(text)
            elif inside or tag is body:
                if _left_out(tag, body, dropped):
                    near.append(text)
            elif not layout.article or (
                holder is not None
                and _around(tag, holder)
                and (places[tag] < end or not _left_out(tag.getparent(), holder, dropped))
            ):
                far.append(text)
        if near:
            yield selector.source, tuple(near)
        if far:
            elsewhere.append((selector.source, tuple(far)))
    if title is not None and (texts := tuple(_between(title, body))):
        yield _("between title and body"), texts
    yield from elsewhere


def _title(index: Markup, layout: Layout) -> Element | None:
    tags = (tag for selector in layout.title for tag in index.select(selector))
    return next((tag for tag in tags if tag.tag not in DECLARED and tag.tag != "title"), None)


def _holder(index: Markup, layout: Layout, body: Element, title: Element | None) -> Element | None:
    """The narrowest part the layout names that holds title and body, else the body."""
    named = {tag for selector in layout.article for tag in index.select(selector)}
    above = [tag for tag in (body, *body.iterancestors()) if tag in named]
    both = (tag for tag in above if title is not None and _around(title, tag))
    return next(both, above[0] if above else None)


def _around(tag: Element, holder: Element) -> bool:
    return any(one is holder for one in tag.iterancestors())


def _left_out(tag: Element | None, holder: Element, dropped: set[Element]) -> bool:
    """Whether a tag, or one round it inside the holder, is left out of the text."""
    while tag is not None and tag is not holder:
        if tag in dropped:
            return True
        tag = tag.getparent()
    return False


def _between(title: Element, body: Element) -> Iterator[str]:
    """Short texts with a digit between headline and body: where offices write the day when no
    selector knows it."""
    found: list[str] = []
    texts = [title.tail]
    for node in islice(following(title), _NODES):
        if node is body:
            yield from (text for text in map(flat, found) if text)
            return
        texts = [*texts, node.text, node.tail] if node not in title.iterdescendants() else texts
        found += [
            text
            for text in texts
            if text and len(text) <= _MAX_BYLINE and any(letter.isdigit() for letter in text)
        ]
        texts = []


def following(tag: Element) -> Iterator[Element]:
    """The elements of a page behind the start of one, in their order."""
    yield from tag.iterdescendants(etree.Element)
    here = tag
    while here is not None:
        for after in here.itersiblings(etree.Element):
            yield from after.iter(etree.Element)
        here = here.getparent()
