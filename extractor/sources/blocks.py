"""The text of a page, block by block, as a reader sees it.

``get_text`` would break sentences at every span of a Word paste, or glue paragraphs. The walk is a
stack rather than a recursion: pages nest as deep as they like.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

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
        for part in _BREAKS.split(whole) if self.split_breaks else (whole,):
            lines = (clean(line) for line in part.split("\v"))
            if paragraph := "\n".join(line for line in lines if line):
                self.done.append(paragraph.replace("\x1f", "\t").strip())


def paragraphs_of(
    root: Tag, left_out: Callable[[Tag, str], bool], split_breaks: bool = False
) -> list[str]:
    """The paragraphs of a part of a page, lines inside one parted by a line break.

    ``left_out(tag, name)`` tells which parts below ``root`` are no text; ``split_breaks`` makes two
    breaks (``<br><br>``) the end of a paragraph.
    """
    lines = _Lines(split_breaks)
    for piece in _walk(root, left_out):
        if piece is None:
            lines.close()
        else:
            lines.open.append(piece)
    lines.close()
    return lines.done


def clean(text: str) -> str:
    """One line without what cannot be seen, each run of blanks one blank; ``\\x1f`` (between cells)
    stays."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def flat(text: str) -> str:
    """The words of a text on one line."""
    return clean(plain(text))


def plain(text: str) -> str:
    """Text without the marks of the walk; references to Windows-1252 (``&#147;``) are what browsers
    make of them."""
    text = text.replace("\v", " ").replace("\x1f", " ")
    return _C1.sub(lambda c: c.group().encode("latin-1").decode("cp1252", "replace"), text)


def _walk(root: Tag, left_out: Callable[[Tag, str], bool]) -> Iterator[str | None]:
    """Pieces of text in their order; None where a block begins or ends, ``\\v`` for a break and
    ``\\x1f`` between cells."""
    stack: list[tuple[PageElement | None, bool]] = [(root, False)]
    while stack:
        node, preformatted = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):  # comments, CDATA, declarations
                yield _text(node, preformatted)
            continue
        if not isinstance(node, Tag):
            yield None
            continue
        name = node.name.lower()
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
        inside = preformatted or name == "pre"
        stack.extend((child, inside) for child in reversed(node.contents))


def _text(node: NavigableString, preformatted: bool) -> str:
    """The words of a text node; preformatted lines keep their ends."""
    text = plain(node)
    if preformatted:
        text = text.replace("\r\n", "\v").replace("\n", "\v")
    return text


def _follows_cell(cell: Tag) -> bool:
    before = cell.find_previous_sibling()
    return isinstance(before, Tag) and before.name in CELLS and before.find("p") is None
