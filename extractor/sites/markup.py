"""A page as a tree, and its tags by name, class and id.

One parse serves title, date, body, images and links. The tree is lxml's own: bs4 on the same
parser spends three times the whole extraction on making its objects, SoupStrainer or not (see
benchmarks). A page made to exhaust memory or time is refused with a reason.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lxml import etree

from extractor.sites.selectors import Selector

# A page of a release has some hundred elements; a listing of a whole archive some ten thousand.
MAX_ELEMENTS = 60_000
# libxml2 nests no deeper, and drops what is inside.
MAX_DEPTH = 2_000
MAX_CHARACTERS = 8_000_000
# libxml2 compares each attribute of a tag with all before it.
MAX_ATTRIBUTES = 5_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_SCRIPT = re.compile(r"<(script|style|noscript|svg)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONG = re.compile(rf"<[^<]{{{4 * MAX_ATTRIBUTES},}}")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(r"[\w:.-]+")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")

Element = Any


class PageTooLarge(ValueError):
    """The page has more elements, levels or characters than a page of a release can have."""


class Interest:
    """Which names, classes and ids some selectors speak of."""

    def __init__(self, selectors: Iterable[Selector]) -> None:
        every = [compound for selector in selectors for compound in selector.compounds]
        self.names = frozenset(one.name for one in every if one.name is not None)
        self.ids = frozenset(own for one in every for own in one.ids)
        self._classes = frozenset(name for one in every for name in one.classes)
        self.classes = lru_cache(maxsize=5_000)(self._among)

    def _among(self, value: str) -> tuple[str, ...]:
        return tuple(name for name in dict.fromkeys(value.split()) if name in self._classes)


class Markup:
    """The tags of a page that are of interest, in their order; made once a page."""

    def __init__(self, root: Element, interest: Interest) -> None:
        self.root = root
        self.places: dict[Element, int] = {}
        self._by: dict[tuple[str, str], list[Element]] = {}
        add = self._add
        names, ids, classes = interest.names, interest.ids, interest.classes
        for place, tag in enumerate(root.iter(etree.Element)):
            if place > MAX_ELEMENTS:
                raise PageTooLarge("elements")
            if tag.tag in names:
                add("name", tag.tag, tag, place)
            get = tag.get
            if (value := get("class")) is not None:
                for one in classes(value):
                    add("class", one, tag, place)
            if (own := get("id")) is not None and own in ids:
                add("id", own, tag, place)

    def _add(self, kind: str, key: str, tag: Element, place: int) -> None:
        self._by.setdefault((kind, key), []).append(tag)
        self.places[tag] = place

    def named(self, name: str) -> list[Element]:
        """The tags of a name, in their order."""
        return self._by.get(("name", name), [])

    def select(self, selector: Selector) -> Iterable[Element]:
        """The tags a selector finds, in their order."""
        by = self._by
        for key in selector.keys:
            if key not in by:
                return ()
        candidates = by[selector.keys[-1]]
        if selector.simple:
            return candidates
        return (tag for tag in candidates if selector.holds(tag))


def build(text: str, interest: Interest) -> Markup:
    """The tree of a page; raises :class:`PageTooLarge`."""
    if len(text) > MAX_CHARACTERS:
        raise PageTooLarge("characters")
    if any(_attributes(run[0]) > MAX_ATTRIBUTES for run in _LONG.finditer(text)):
        raise PageTooLarge("attributes")
    parser = etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        parser.feed(_DECLARATION.sub("", text) or " ")
        root = parser.close()
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        root = etree.Element("html")
    markup = Markup(root, interest)
    if text.count("<") > MAX_DEPTH and _depth(root) >= MAX_DEPTH:
        raise PageTooLarge("levels")
    return markup


def _attributes(run: str) -> int:
    """How many attributes a tag at the beginning of a text has, roughly; never too few."""
    return len(_NAME.findall(_QUOTED.sub(" ", run).partition(">")[0]))


def words_of(tag: Element) -> str:
    """All text of a tag, its pieces parted by blanks."""
    return " ".join(tag.itertext())


def visible(text: str, most: int = 40_000) -> str:
    """The words of a page, roughly and cheaply: to recognise error pages by."""
    text = _COMMENT.sub(" ", _SCRIPT.sub(" ", text[: 10 * most]))
    return " ".join(_TAG.sub(" ", text).split())[:most]


def _depth(root: Element) -> int:
    """How deep a tree nests, without recursion."""
    deepest = depth = 0
    for event, _tag in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
