"""The text of a page, block by block, as a reader sees it.

``get_text`` would break sentences at every span of a Word paste, or glue paragraphs. The walk is a
stack rather than a recursion: pages nest as deep as they like.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4.element import PreformattedString, Tag

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset"  # noqa: SIM905
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre"
    " section summary table tbody tfoot thead tr ul".split()
)
CELLS = frozenset({"td", "th"})
# Never text of a release, wherever they stand.
DROPPED = frozenset(
    "script style noscript template head nav footer aside form button select"  # noqa: SIM905
    " option textarea input"
    " iframe svg canvas video audio object embed map figcaption xml del dialog".split()
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog"})
# Class names and ids of what surrounds a release on the usual systems; no large part is left out.
_FURNITURE = frozenset(
    "breadcrumb breadcrumbs share shares sharing share-buttons social"  # noqa: SIM905
    " social-share sharedaddy addtoany_share_save_container related related-posts"
    " jp-relatedposts comments comment-list comment-respond sidebar widget widget-area navbar"
    " menu cookie cookies pagination post-navigation screen-reader-text sr-only"
    " visually-hidden".split()
)
# Also what is moved out of sight or shrunk to nothing, as injected advertising is.
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|mso-element\s*:\s*comment"  # comments of a Word draft saved as a page
    r"|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|\Z)",
    re.I,
)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
# Soft hyphens, zero-width marks and control characters stand inside words and say nothing.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1e\x7f\xad\u200b\u200c\u200d\u2060\ufeff]+")
_C1 = re.compile("[\x80-\x9f]")
_BREAKS = re.compile(r"\v[\s\xa0]*\v[\s\xa0\v]*")


@dataclass
class _Lines:
    """Lines as they come; a block begins a new paragraph, a break a new line."""

    split_breaks: bool
    done: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def close(self) -> None:
        if not self.open:
            return
        whole = "".join(self.open)
        self.open = []
        if "\v" not in whole:
            if line := clean(whole):
                self.done.append(line.replace("\x1f", "\t").strip())
            return
        for part in _BREAKS.split(whole) if self.split_breaks else (whole,):
            lines = (clean(line) for line in part.split("\v"))
            if paragraph := "\n".join(line for line in lines if line):
                self.done.append(paragraph.replace("\x1f", "\t").strip())


def paragraphs_of(
    root: Any, left_out: Callable[[Any, str], bool], split_breaks: bool = False
) -> list[str]:
    """The paragraphs of a part of a page, lines inside one parted by a line break.

    ``root`` is a tag of bs4 or an element of lxml. ``left_out(tag, name)`` tells which parts below
    it are no text; ``split_breaks`` makes two breaks (``<br><br>``) the end of a paragraph.
    """
    lines = _Lines(split_breaks)
    inside = _in_soup if isinstance(root, Tag) else _in_tree
    for piece in _walk(root, left_out, inside):
        if piece is None:
            lines.close()
        else:
            lines.open.append(piece)
    lines.close()
    return lines.done


def clean(text: str) -> str:
    """One line without what cannot be seen, each run of blanks one blank; ``\\x1f`` (between cells)
    stays."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    if "\x1f" not in text:
        return " ".join(text.split())
    return _BLANKS.sub(" ", text).strip()


def flat(text: str) -> str:
    """The words of a text on one line."""
    return clean(plain(text))


def plain(text: str) -> str:
    """Text without the marks of the walk; references to Windows-1252 (``&#147;``) are what browsers
    make of them."""
    text = text.replace("\v", " ").replace("\x1f", " ")
    if text.isascii():
        return text
    return _C1.sub(lambda c: c.group().encode("latin-1").decode("cp1252", "replace"), text)


def hidden(attributes: Mapping[str, Any]) -> bool:
    """Whether attributes say that a reader does not see the element, or that it is no text."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if str(attributes.get("role", "")).lower() in _ROLES:
        return True
    if str(attributes.get("href", "")).startswith("#_msocom_"):
        return True
    return _HIDDEN.search(str(attributes.get("style", ""))) is not None


def is_furniture(attributes: Mapping[str, Any]) -> bool:
    """Whether class or id are what pages commonly call what surrounds a release."""
    classes = attributes.get("class") or ()
    names = classes.split() if isinstance(classes, str) else classes
    own = attributes.get("id")
    return any(name.lower() in _FURNITURE for name in names) or (
        isinstance(own, str) and own.lower() in _FURNITURE
    )


def _in_soup(tag: Any) -> tuple[str, list[Any]]:
    """(name, contents) of a tag of bs4, without comments, CDATA and declarations."""
    return tag.name, [one for one in tag.contents if not isinstance(one, PreformattedString)]


def _in_tree(element: Any) -> tuple[str, list[Any]]:
    """(name, contents) of an element of lxml."""
    contents = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            contents.append(child)
        if child.tail:
            contents.append(child.tail)
    return element.tag, contents


def _walk(
    root: Any, left_out: Callable[[Any, str], bool], inside: Callable[[Any], tuple[str, list[Any]]]
) -> Iterator[str | None]:
    """Pieces of text in their order; None where a block begins or ends, ``\\v`` for a break and
    ``\\x1f`` between cells."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, preformatted = stack.pop()
        if isinstance(node, str):
            yield _text(node, preformatted)
            continue
        if node is None:
            yield None
            continue
        name, contents = inside(node)
        name = name.lower()
        if node is not root and (name in DROPPED or left_out(node, name)):
            if name in BLOCKS:
                yield None
            continue
        if name == "br":
            yield "\v"
        elif name in BLOCKS:
            yield None
            stack.append((None, False))
        elif name in CELLS:
            yield "\x1f" if _follows_cell(node) else None
        pre = preformatted or name == "pre"
        stack.extend((child, pre) for child in reversed(contents))


def _text(node: str, preformatted: bool) -> str:
    """The words of a text node; preformatted lines keep their ends."""
    text = plain(node)
    if preformatted:
        text = text.replace("\r\n", "\v").replace("\n", "\v")
    return text


def _follows_cell(cell: Any) -> bool:
    """Whether a cell stands behind another on its line: one without paragraphs of its own."""
    if isinstance(cell, Tag):
        before = cell.find_previous_sibling()
        return isinstance(before, Tag) and before.name in CELLS and before.find("p") is None
    before = cell.getprevious()
    return before is not None and before.tag in CELLS and before.find(".//p") is None
