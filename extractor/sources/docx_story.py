"""A story of a Word file (its body, a note, a header) as lines, each character with its element.

A line is a paragraph, or a row of a table whose cells are set apart by tabs. What reads a draft and
what writes changes into it both walk this way, so that an offset means the same place to both.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Literal, NamedTuple

from lxml import etree

Tracked = Literal["accept", "reject", "raw"]

W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BLANKS = " \t\r\n\xa0"
_LINE_ENDS = re.compile(r"[\r\n\t]")
_WORDS = re.compile(r"\s+|\S+")
# Field codes; what is drawn or only points elsewhere; the copy of a text box for older programs.
_DROPPED = frozenset(
    "instrText delInstrText rPr pPr sectPr tblPr tblGrid trPr tcPr sdtPr"  # noqa: SIM905
    " sdtEndPr fldData annotationRef footnoteRef footnoteReference endnoteReference"
    " commentReference rt Fallback object #comment".split()
)
# Per way of reading tracked changes: elements left out, marks that join a paragraph to the next.
_LEFT_OUT: dict[Tracked, frozenset[str]] = {
    "accept": _DROPPED | {"del", "moveFrom", "delText"},
    "reject": _DROPPED | {"ins", "moveTo"},
    "raw": _DROPPED,
}
_JOINING: dict[Tracked, tuple[str, ...]] = {
    "accept": ("del", "moveFrom"),
    "reject": ("ins", "moveTo"),
    "raw": (),
}
_OFF = frozenset({"0", "false", "off", "none"})


class Piece(NamedTuple):
    """A stretch of one line: its text, the element it stands in and from which character on (None:
    the tab between two cells), the paragraph's number in the story and the character in it."""

    text: str
    node: etree._Element | None
    start: int
    paragraph: int
    column: int


Line = list[Piece]


class Story:
    """The lines of one story.

    ``tracked`` says how tracked changes are read; ``titles`` are ids of styles that make a title:
    where the first line has one, ``title`` is its text, blanks squeezed.
    """

    def __init__(self, tracked: Tracked = "accept", titles: frozenset[str] = frozenset()) -> None:
        self.title: str | None = None
        self._titles = titles
        self._flow = _Flow(tracked, count(1))

    def read(self, units: Iterable[etree._Element]) -> Iterator[Line]:
        """The lines of outermost paragraphs and rows; an element is done with once the next is
        asked for."""
        first = True
        for unit in units:
            self._flow.take(unit)
            for line in self._done():
                if first and local(unit) == "p" and _style(unit) in self._titles:
                    line = _squeezed(line)
                    self.title = text_of(line)
                first = False
                yield line
        self._flow.close()
        yield from self._done()

    def _done(self) -> list[Line]:
        done, self._flow.done = self._flow.done, []
        return done


def text_of(line: Line) -> str:
    """The text of a line."""
    return "".join(piece.text for piece in line)


def units_of(root: etree._Element) -> Iterator[etree._Element]:
    """Outermost paragraphs and rows of a story that is in memory whole."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if local(element) in ("p", "tr") and is_word(element):
            yield element
        else:
            stack.extend(reversed(element))


class _Flow:
    """Lines as they come; one whose end is taken out runs on into the next."""

    def __init__(self, tracked: Tracked, numbers: "count[int]") -> None:
        self.done: list[Line] = []
        self._open: Line = []
        self._waiting: list[Line] = []
        self._tracked: Tracked = tracked
        self._left_out = _LEFT_OUT[tracked]
        self._numbers = numbers

    def take(self, element: etree._Element) -> None:
        """One paragraph or table row."""
        if local(element) == "p":
            self._take_paragraph(element)
        elif not self._row_left_out(element):
            self._take_row(element)

    def close(self) -> None:
        """End the line that is open; text boxes that hang on it follow."""
        line = _trimmed(self._open)
        if line:
            self.done.append(line)
        self.done += self._waiting
        self._open, self._waiting = [], []

    def _take_paragraph(self, paragraph: etree._Element) -> None:
        boxes: list[etree._Element] = []
        self._open += self._pieces(paragraph, next(self._numbers), boxes)
        for box in boxes:
            self._waiting += self._nested(box)
        if not self._runs_on(paragraph):
            self.close()

    def _take_row(self, row: etree._Element) -> None:
        self.close()
        cells = [self._nested(cell) for cell in self._inside(row, "tc")]
        if any(len(cell) > 1 for cell in cells):
            for cell in cells:
                self.done.extend(cell)
            return
        line: Line = []
        for cell in cells:
            if not cell:
                continue
            if line:
                line.append(Piece("\t", None, 0, cell[0][0].paragraph, 0))
            line += cell[0]
        if line:
            self.done.append(line)

    def _nested(self, parent: etree._Element) -> list[Line]:
        flow = _Flow(self._tracked, self._numbers)
        for block in self._inside(parent, "p", "tr"):
            flow.take(block)
        flow.close()
        return flow.done

    def _inside(self, parent: etree._Element, *names: str) -> Iterator[etree._Element]:
        """Nearest descendants of these names, in their order."""
        stack = list(reversed(parent))
        while stack:
            element = stack.pop()
            name = local(element)
            if name in names:
                yield element
            elif name not in self._left_out:
                stack.extend(reversed(element))

    def _pieces(
        self, paragraph: etree._Element, number: int, boxes: list[etree._Element]
    ) -> Iterator[Piece]:
        """What a paragraph says, without its text boxes, which are put into ``boxes``."""
        column = 0
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            name = local(element)
            if name in ("t", "delText"):
                if name in self._left_out:
                    continue
                # a line end in the file is a blank on the page
                text = _LINE_ENDS.sub(" ", element.text or "")
            elif name in SIGNS:
                text = SIGNS[name]
            elif name == "txbxContent":
                boxes.append(element)
                continue
            else:
                unseen = (name == "r" and is_hidden(element)) or (
                    name == "sdt" and _is_prompt(element)
                )
                if name not in self._left_out and not unseen:
                    stack.extend(reversed(element))
                continue
            if text:
                yield Piece(text, element, 0, number, column)
                column += len(text)

    def _runs_on(self, paragraph: etree._Element) -> bool:
        joining = _JOINING[self._tracked]
        return any(
            _marked(properties, "rPr", name)
            for properties in _children(paragraph, "pPr")
            for name in joining
        )

    def _row_left_out(self, row: etree._Element) -> bool:
        return any(_marked(row, "trPr", name) for name in _JOINING[self._tracked])


def _trimmed(line: Line) -> Line:
    """A line without blanks at its ends."""
    first, last = 0, len(line)
    while first < last and not line[first].text.strip(_BLANKS):
        first += 1
    while first < last and not line[last - 1].text.strip(_BLANKS):
        last -= 1
    line = line[first:last]
    if line:
        text = line[-1].text.rstrip(_BLANKS)
        line[-1] = line[-1]._replace(text=text)
        head = line[0]
        blanks = len(head.text) - len(head.text.lstrip(_BLANKS))
        line[0] = head._replace(
            text=head.text[blanks:], start=head.start + blanks, column=head.column + blanks
        )
    return line


def _squeezed(line: Line) -> Line:
    """A line with one blank wherever there are more, or another kind."""
    text = text_of(line)
    if text == " ".join(text.split()):
        return line
    found: Line = []
    blank = True
    for piece in line:
        for word in _WORDS.finditer(piece.text):
            said = word.group()
            if said.isspace():
                if blank:
                    continue
                said = " "
            blank = said == " "
            at = word.start()
            found.append(
                piece._replace(text=said, start=piece.start + at, column=piece.column + at)
            )
    while found and found[-1].text == " ":
        found.pop()
    return found


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; ``#comment`` for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "#comment"


def is_word(element: etree._Element) -> bool:
    """Whether an element is WordprocessingML."""
    tag = element.tag
    return isinstance(tag, str) and tag[1:].partition("}")[0] in W


def value(element: etree._Element, name: str = "val") -> str:
    """An attribute of an element in Word's own namespace, empty where it is missing."""
    return next((str(v) for k, v in element.items() if str(k).endswith("}" + name)), "")


def _children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return element.iterchildren(f"{{*}}{name}")


def _marked(element: etree._Element, properties: str, name: str) -> bool:
    """Whether the properties of an element switch something on."""
    return any(
        value(one).lower() not in _OFF
        for holder in _children(element, properties)
        for one in _children(holder, name)
    )


def is_hidden(run: etree._Element) -> bool:
    """Whether a run is not shown; its properties stand first."""
    if not len(run) or local(run[0]) != "rPr":
        return False
    return any(local(one) == "vanish" and value(one).lower() not in _OFF for one in run[0])


def _is_prompt(control: etree._Element) -> bool:
    """Whether a content control holds no more than its "click to write here"."""
    return any(True for one in _children(control, "sdtPr") for _ in _children(one, "showingPlcHdr"))


def _style(paragraph: etree._Element) -> str:
    for properties in _children(paragraph, "pPr"):
        for style in _children(properties, "pStyle"):
            return value(style)
    return ""
