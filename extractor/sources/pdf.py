"""PDF drafts with a text layer, by PDFium: the lines of each page, put together to paragraphs.

PDFium is the reader of Chrome; pypdfium2 carries it for every platform and needs nothing else. A
PDF knows no paragraphs: one begins where the gap above a line is wider than usual, where a line is
indented, and after a line that ends a sentence short of the right edge. Page numbers, and heads and
feet that a page has from the one before, are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from types import ModuleType
from typing import Any

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.docx import Place
from extractor.sources.extras import library
from extractor.sources.files import too_long

MAGIC = b"%PDF-"

# Of the height of a line: a blank between words, the border of two cells, an indent; of the usual
# distance of lines: a gap.
_BLANK = 0.25
_CELLS = 1.5
_INDENT = 0.8
_WIDER = 1.35
# Of the usual height of a line: that of a headline.
_LARGER = 1.15
# How much of the width a line must fill to run on into the next.
_FULL = 0.88
_STOPS = (".", "!", "?", ":", "”", '"', ")")
_NUMBER = re.compile(r"\W*\d{1,3}\W*")
_SOFT_HYPHEN = "\xad"
# What PDFium puts for a hyphen at the end of a line.
_HYPHENS = ("\x02", "\ufffe", _SOFT_HYPHEN)


# Left, bottom, right and top of a box; y grows upwards.
_Rect = tuple[float, float, float, float]
_HAIR = 0.01


@dataclass
class _Line:
    """A line of a page: its text and box; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read_pdf(raw: bytes, path: str, limit: int) -> tuple[str, tuple[Place, ...]]:
    """(text, places): an empty line between paragraphs; each has its page, and its number on it.

    ``limit``: the most bytes its text may have. Raises SourceError for a locked file, one without a
    text layer (a scan), a damaged or too long one, and where the extra ``pdf`` is not installed.
    """
    pdfium = library("pypdfium2", "pdf", path)
    paragraphs: list[str] = []
    where: list[tuple[int, int]] = []
    length = 0
    edges: set[str] = set()
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(path, _("locked by a password; save it without one")) from None
        told = _("this file is damaged; open it and save it again")
        raise SourceError(path, told) from None
    try:
        for page, lines in enumerate(_pages(document, pdfium, path), 1):
            body = [line for line in lines if not _running(line, lines, edges)]
            edges = {line.text for line in (*lines[:2], *lines[-2:])}
            for number, paragraph in enumerate(_paragraphs(body), 1):
                if paragraphs and _runs_over(paragraphs[-1], paragraph):
                    paragraphs[-1] = _joined(paragraphs[-1], paragraph)
                else:
                    paragraphs.append(paragraph)
                    where.append((page, number))
                length += len(paragraph)
            if length > limit:
                raise too_long(path, limit)
    finally:
        document.close()
    if not paragraphs:
        said = _("a PDF without text in it, a scan perhaps; read its letters (OCR) first")
        raise SourceError(path, said)
    starts = accumulate((len(one) + 2 for one in paragraphs), initial=0)
    places = tuple(
        Place(start, f"page{page}", number, 0)
        for start, (page, number) in zip(starts, where, strict=False)
    )
    return "\n\n".join(paragraphs), places


def _pages(document: Any, pdfium: ModuleType, path: str) -> Iterator[list[_Line]]:
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
            yield _lines(text)
        except pdfium.PdfiumError:
            told = _("this file is damaged; open it and save it again")
            raise SourceError(path, told) from None
        text.close()
        page.close()


def _lines(page: Any) -> list[_Line]:
    """The lines of a page, in the order of the file: runs of letters on one height together."""
    lines: list[_Line] = []
    rects = [page.get_rect(number) for number in range(page.count_rects())]
    for (left, bottom, right, top), within in zip(rects, _apart(rects), strict=True):
        text = _clean(page.get_text_bounded(*within))
        if not text.strip():
            continue
        bottom, top = _of_font(page, left, bottom, right, top)
        last = lines[-1] if lines else None
        middle = (bottom + top) / 2
        if last is not None and last.bottom < middle < last.top and left >= last.left:
            apart = (left - last.right) / last.height
            between = "\t" if apart > _CELLS else " " if apart > _BLANK else ""
            last.text += between + text
            last.right = max(last.right, right)
            last.bottom, last.top = min(last.bottom, bottom), max(last.top, top)
        else:
            lines.append(_Line(text, left, bottom, right, top))
    for line in lines:
        cells = (" ".join(cell.split()) for cell in line.text.split("\t"))
        line.text = "\t".join(cell for cell in cells if cell)
    return lines


def _apart(rects: Sequence[_Rect]) -> Iterator[_Rect]:
    """The boxes of runs of letters without what they share with their neighbours: letters drawn
    close together, such as the P and A of "HARAPAN", lie in the boxes of both."""
    for number, (left, bottom, right, top) in enumerate(rects):
        start, end = left, right
        if number and _overlap(rects[number - 1], rects[number]):
            start = rects[number - 1][2] + _HAIR
        if number + 1 < len(rects) and _overlap(rects[number], rects[number + 1]):
            end = rects[number + 1][0] - _HAIR
        yield (start, bottom, end, top) if start < end else (left, bottom, right, top)


def _overlap(one: _Rect, following: _Rect) -> bool:
    """Whether a run begins within the last letter of the one before it on its line."""
    on_line = one[1] < (following[1] + following[3]) / 2 < one[3]
    return on_line and one[0] < following[0] < one[2] < following[2]


def _of_font(
    page: Any, left: float, bottom: float, right: float, top: float
) -> tuple[float, float]:
    """(bottom, top) of the font of a run of letters: those of its letters tell "Melati." from
    "Pekalongan" and capitals from small letters, though all are of one size."""
    at = page.get_index(left, (bottom + top) / 2, right - left, top - bottom)
    if at is None:
        return bottom, top
    _left, low, _right, high = page.get_charbox(at, loose=True)
    return (low, high) if high > low else (bottom, top)


def _running(line: _Line, lines: Sequence[_Line], edges: set[str]) -> bool:
    """Whether a line at the edge of a page numbers it, or stood at the edge of the page before."""
    if line is not lines[0] and line is not lines[-1] and line.text not in edges:
        return False
    edge = any(line is one for one in (*lines[:2], *lines[-2:]))
    return edge and (line.text in edges or _NUMBER.fullmatch(line.text) is not None)


def _clean(text: str) -> str:
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, _SOFT_HYPHEN)
    return text.replace("\r", " ").replace("\n", " ").replace("\0", "")


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines of one page put together."""
    for column in _columns(lines):
        edges = _Column(column)
        text = column[0].text
        for above, line in pairwise(column):
            if edges.parts(above, line):
                yield text
                text = line.text
            else:
                text = _joined(text, line.text)
        yield text


def _columns(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The lines of a page as they follow each other downwards."""
    tops = [
        at for at, (above, line) in enumerate(pairwise(lines), 1) if line.bottom >= above.bottom
    ]
    for start, end in pairwise([0, *tops, len(lines)] if lines else []):
        yield lines[start:end]


class _Column:
    """What is usual in a column: edges, height of lines, distance between them."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._left = median(line.left for line in lines)
        self._height = median(line.height for line in lines)
        # a headline may run over several columns
        usual = [line for line in lines if line.height <= _LARGER * self._height]
        self._right = max(line.right for line in usual)
        drops = sorted(above.bottom - line.bottom for above, line in pairwise(lines))
        near = [drop for drop in drops if 0 < drop < 3 * self._height]
        # the gaps between paragraphs are in the upper half
        self._drop = median(near[: len(near) // 2 + 1]) if near else 0.0

    def parts(self, above: _Line, line: _Line) -> bool:
        """Whether a paragraph begins with ``line``."""
        drop = above.bottom - line.bottom
        scale = max(line.height / self._height, 1.0)
        if "\t" in above.text or "\t" in line.text:
            return True
        if self._drop and drop > _WIDER * self._drop * scale:
            return True
        if max(above.height, line.height) > _LARGER * min(above.height, line.height):
            return True
        if line.height > _LARGER * self._height:  # a headline over several lines
            return False
        if line.left - self._left > _INDENT * line.height and line.left > above.left + 1:
            return True
        full = above.right - self._left >= _FULL * (self._right - self._left)
        return above.text.endswith(_STOPS) and not full


def _runs_over(last: str, following: str) -> bool:
    """Whether a paragraph goes on at the head of the next page."""
    return not last.endswith(_STOPS) and following[:1].islower()


def _joined(text: str, following: str) -> str:
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + following
    return f"{text} {following}"
