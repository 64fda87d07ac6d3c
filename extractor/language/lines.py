"""Lines of a text and the paragraphs they make, be they broken at a fixed width.

A line is a paragraph, unless it was only broken: text pasted from mail or a PDF ends its lines
where the next word does not fit, and a lone break may stand in the middle of a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\r?\n|\x0c|\u2029")
_ENDS = re.compile(r"[.!?:;…][\"”’'»)\]]*\s*\Z")
# A full stop that ends a degree or a title: M.Si.
_ABBREVIATED = re.compile(r"(?:\.\w{1,4}|(?<!\w)[A-Za-z]{1,3})\.\Z")
_FIRST_WORD = re.compile(r"\S+")
# What an item of a list, or a table's row, begins with.
_ITEM = re.compile(r"[-–—•·▪*#>|]|\(?(?:\d{1,3}|[a-zA-Z])[.)](?:\s|\Z)|\(?[ivx]{1,4}[.)]\s")
_NARROWEST, _WIDEST = 40, 120
# Of the width of the text: a line that is full, and one whose next word did not fit.
_FULL, _FITS = 0.6, 0.88
# So many of the lines that go on at once must be full and end no sentence.
_MOST = 0.6
_FEWEST = 3
# A line that only was broken has so many letters.
_SHORTEST = 24
# The share of capitals of a title.
_TITLE = 0.8


class Line(NamedTuple):
    """``text[start:end]`` without blanks round it; ``apart``: behind a blank line."""

    start: int
    end: int
    apart: bool


@lru_cache(maxsize=4)
def paragraph_spans(text: str) -> Sequence[tuple[int, int]]:
    """(start, end) of each paragraph of a text, without blanks round it; those of the last few
    texts are kept."""
    lines = tuple(_lines(text))
    if not lines:
        return ()
    width = _width(text, lines)
    spans = [(lines[0].start, lines[0].end)]
    for number, (line, following) in enumerate(pairwise(lines)):
        titled = number == 0 and _titled(text, line, following)
        if not titled and _goes_on(text, line, following, width):
            spans[-1] = (spans[-1][0], following.end)
        else:
            spans.append((following.start, following.end))
    return tuple(spans)


@lru_cache(maxsize=8)
def hard_wrapped(text: str) -> bool:
    """Whether lines were broken at a fixed width: most are nearly as long as the longest, few end a
    sentence."""
    return _width(text, tuple(_lines(text))) is not None


def _lines(text: str) -> Iterator[Line]:
    last = None
    for match in _LINE.finditer(text):
        piece = match.group()
        bare = piece.strip()
        if bare:
            start = match.start() + len(piece) - len(piece.lstrip())
            apart = last is None or _BLANK_LINE.search(text, last, start) is not None
            yield Line(start, start + len(bare), apart)
            last = start + len(bare)


def _width(text: str, lines: Sequence[Line]) -> float | None:
    """The width at which the lines of a text were broken; None where they were not."""
    longest = max((line.end - line.start for line in lines), default=0)
    if not _NARROWEST <= longest <= _WIDEST:
        return None
    pairs = [(one, two) for one, two in pairwise(lines) if not two.apart]
    open_ended = [one.end - one.start for one, _ in pairs if not _ended(text, one)]
    full = sum(length >= _FULL * longest for length in open_ended)
    if len(pairs) >= _FEWEST:
        return longest if full >= _MOST * len(pairs) else None
    sure = len(pairs) > 1 and sum(length >= _FITS * longest for length in open_ended) == len(pairs)
    return longest if sure else None


def _goes_on(text: str, line: Line, following: Line, width: float | None) -> bool:
    """Whether a line was only broken, and its paragraph goes on in the next."""
    word = _FIRST_WORD.match(text, following.start, following.end)
    if following.apart or word is None:
        return False
    length, ended = line.end - line.start, _ended(text, line)
    fits = width is None or length + 1 + len(word.group()) <= _FITS * width
    if not fits and not ended:
        return True
    if _ITEM.match(text, following.start, following.end):
        return False
    if not fits:
        return True
    if ended or not text[following.start].islower():
        return False
    listed = _ITEM.match(text, line.start, line.end) is not None
    return width is not None or (length >= _SHORTEST and not listed)


def _ended(text: str, line: Line) -> bool:
    if _ABBREVIATED.search(text, max(line.start, line.end - 8), line.end) is not None:
        return False
    return _ENDS.search(text, max(line.start, line.end - 8), line.end) is not None


def _titled(text: str, line: Line, following: Line) -> bool:
    """Whether the first line is a title by its capitals, and what follows is not."""
    return (
        capitals(text[line.start : line.end])
        >= _TITLE
        > capitals(text[following.start : following.end])
    )


def capitals(piece: str) -> float:
    """Share of the longer words that begin with a capital or a digit."""
    words = [word.lstrip("“\"'‘(") for word in piece.split()]
    long = [word for word in words if len(word) > 3] or words
    return sum(not word[:1].islower() for word in long) / len(long)
