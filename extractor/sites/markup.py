"""A page as bs4 tags, only the parts that the rules ask for.

bs4's own SoupStrainer is asked after each tag was unpacked; here the parser's target is asked
first, which makes a page of menus and side bars two to three times cheaper. Everything is counted,
so that a page made to exhaust memory is refused with a reason.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder, ParserRejectedMarkup  # type: ignore[attr-defined]
from bs4.element import Tag

from extractor.sites.selectors import Attributes, Index

# A page of a release has some hundred elements; a listing of a whole archive some ten thousand.
MAX_ELEMENTS = 30_000
MAX_SEEN = 300_000
MAX_DEPTH = 3_000
MAX_CHARACTERS = 8_000_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_SCRIPT = re.compile(r"<(script|style|noscript|svg)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,2000}?\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.I
)


class PageTooLarge(ValueError):
    """The page has more elements, levels or characters than a page of a release can have."""


@dataclass
class Markup:
    """What was built of a page: its tags by name and class, and how many characters of text the
    whole page has."""

    index: Index
    characters: int


class _Builder(LXMLTreeBuilder):  # type: ignore[misc]
    """Builds the wanted elements with what is inside them, and counts the rest."""

    def __init__(self, wanted: Callable[[str, Attributes], bool]) -> None:
        super().__init__(multi_valued_attributes=None, store_line_numbers=False)
        self._wanted = wanted
        self._open = self._kept = self._seen = 0
        self.tags: list[Tag] = []
        self.characters = 0

    def start(self, tag: Any, attrib: Any, nsmap: Any = None) -> None:
        """A tag opens: unpacked only where it, or one around it, is wanted."""
        if not self._open:
            self._seen += 1
            if self._seen > MAX_SEEN:
                raise PageTooLarge("elements")
            if not self._wanted(tag, attrib):
                return
        self._open += 1
        self._kept += 1
        if self._kept > MAX_ELEMENTS:
            raise PageTooLarge("elements")
        if self._open > MAX_DEPTH:
            raise PageTooLarge("levels")
        soup = self.soup
        assert soup is not None
        attributes = self.attribute_dict_class()
        attributes.update(attrib)
        made = soup.handle_starttag(tag, None, None, attributes, namespaces={})
        if made is not None:
            self.tags.append(made)

    def end(self, tag: Any) -> None:
        """A tag closes."""
        if not self._open:
            return
        self._open -= 1
        soup = self.soup
        assert soup is not None
        soup.endData()
        soup.handle_endtag(tag, None)

    def data(self, data: Any) -> None:
        """Text."""
        self.characters += len(data)
        if self._open:
            assert self.soup is not None
            self.soup.handle_data(data)

    def pi(self, target: str, data: str) -> None:
        """A processing instruction says nothing to a reader."""

    def comment(self, text: Any) -> None:
        """Nor does a comment."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Nor a document type."""


def build(text: str, wanted: Callable[[str, Attributes], bool]) -> Markup:
    """The wanted parts of a page; raises :class:`PageTooLarge`."""
    if len(text) > MAX_CHARACTERS:
        raise PageTooLarge("characters")
    builder = _Builder(wanted)
    if text.strip():
        with suppress(ParserRejectedMarkup):
            BeautifulSoup(text, builder=builder)
    return Markup(Index(builder.tags), builder.characters)


def visible(text: str, most: int = 40_000) -> str:
    """The words of a page, roughly and cheaply: to recognise error pages by."""
    text = _COMMENT.sub(" ", _SCRIPT.sub(" ", text[: 10 * most]))
    return " ".join(_TAG.sub(" ", text).split())[:most]


def hrefs(text: str) -> list[str]:
    """Where the anchors of a page lead, as written, each once, in their order."""
    if "<!--" in text:
        text = _COMMENT.sub(" ", text)
    found = (
        next(part for part in parts if part or part == parts[-1]) for parts in _ANCHOR.findall(text)
    )
    return list(dict.fromkeys(one for one in found if one))
