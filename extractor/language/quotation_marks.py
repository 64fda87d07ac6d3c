"""Quotation marks of one paragraph, paired by the look of their neighbours.

A mark opens where a word follows it and none stands before it, and closes the other way round; only
where that does not decide, its shape does, and then whether a quotation is open. So ``”Kami siap“``
pairs as well as ``“Kami siap”``. Nothing is carried over the end of the paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.language.mark_signs import EMPHASIS, STOPS, Mark, marks_of, signs_of

_SINGLE_CLOSE = re.compile(
    r"(?:(?<=[.,!?…])|(?<=[.,!?…]\s))[’'](?=\s|\Z|[a-z])|(?<=[^\W\d_]{3})[’'](?=,\s)"
)
# A single mark that opens: ‘Kami siap,” kata X.
_SINGLE_OPEN = re.compile(r"(?<!\S)[‘’'‛`](?=(?:\.{2,}|…)?[^\W_])")
# What may follow a closing mark after a blank: “A. “ (Camat X)
_ASIDE = ("(", "–", "—")
# Behind these a tag may begin that shows where a mark is missing.
_TAG_GAP = re.compile(r"[.,!?…]\s*")
_LOOK_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two outer marks, or beside a single one; inner marks stay among them.

    ``open`` and ``close`` are the outer marks as (start, end), None where the mark is missing; then
    the words run from the end of the quotation before, or to the paragraph's end.
    """

    start: int
    end: int
    open: tuple[int, int] | None
    close: tuple[int, int] | None


def quotations(
    text: str,
    start: int,
    end: int,
    cued: Callable[[int], bool] = lambda at: False,
    led: Callable[[int], bool] | None = None,
) -> list[Quotation]:
    """The outer quotations of the paragraph ``text[start:end]``, left to right.

    ``cued`` says whether a tag of speech begins at an offset (kata X, ujarnya): it decides where a
    mark that could go either way closes. ``led`` says whether words lead to speech there (X
    menambahkan,); where it is known, a second mark that opens elsewhere is one too many.
    """
    marks = marks_of(text, start, end)
    found: list[Quotation] = []
    opened: Mark | None = None
    depth = 0
    last = start
    for number, mark in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        opens = _opens(text, mark, depth, end)
        if opened is None and found and _twice(text, found[-1], mark, opens, cued):
            found[-1] = replace(found[-1], close=((found[-1].close or (0, 0))[0], mark.end))
            last = mark.end
            continue
        if _doubtful(text, mark, start):
            if depth == 0:
                opens = _begins_pair(opens, cued(mark.end), following)
            elif depth == 1 and cued(mark.end) and (following is None or following.side == "open"):
                opens = False  # “A, “Ujar X: it closes, whatever its shape
        if opens:
            if opened is None:
                opened, depth = mark, 1
                if _twofold(text, mark) and _nested(text, marks, number, start, end):
                    opened, depth = Mark(mark.start, mark.start + 1, mark.side), 2
            elif _nested(text, marks, number, start, end):
                depth += 1
            elif not text[opened.end : mark.start].strip():
                opened = mark  # “ “A,” kata X: one mark twice
            elif led is None or led(mark.start) or not _runs_on(text, opened, mark, start, cued):
                found.append(_unclosed(text, opened, mark.start))
                opened, depth = mark, 1
        elif opened is None:
            single = _single_before(text, last, mark.start)
            begin = single[1] if single is not None else last
            found.append(_trimmed(text, begin, mark.start, single, (mark.start, mark.end)))
            last = mark.end
        elif mark.side == "opens" and _closed_before(text, opened, mark, cued):
            found.append(_unclosed(text, opened, mark.start))
            opened, depth = mark, 1
        else:
            closing = (mark.start, mark.end)
            if depth > 1 and _twofold(text, mark):
                if opened.end < len(text) and text[opened.start] == text[opened.end]:
                    opened = Mark(opened.start, opened.end + 1, opened.side)
                else:
                    closing = (mark.end - 1, mark.end)
            depth -= mark.end - mark.start if _twofold(text, mark) else 1
            if depth <= 0:
                outer = (opened.start, opened.end)
                found.append(_trimmed(text, opened.end, closing[0], outer, closing))
                opened, depth, last = None, 0, mark.end
    if opened is not None:
        found.append(_unclosed(text, opened, end))
    return found


def all_quotations(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Quotation]:
    """The outer quotations of many paragraphs (start, end), which are in order and hold the whole
    text but for blanks; those without a mark are passed over."""
    starts = [start for start, _ in spans]
    done = 0
    for sign in signs_of(text):
        if sign >= done:
            start, done = spans[bisect_right(starts, sign) - 1]
            yield from quotations(text, start, done)


def _single_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The single mark that opens what a double one closes, at the beginning of a sentence."""
    opened = None
    for mark in _SINGLE_OPEN.finditer(text, start, end):
        before = text[max(start, mark.start() - 3) : mark.start()].rstrip()[-1:]
        if not before or before in ".,:!?…-–—•·*)":
            opened = mark.span()
    return opened


def _closed_before(text: str, opened: Mark, mark: Mark, cued: Callable[[int], bool]) -> bool:
    """Whether a single mark with a tag behind it closed the quotation: “A,’ kata X, “b.’"""
    single = _SINGLE_CLOSE.search(text, opened.end, mark.start)
    if single is None:
        return False
    after = single.end()
    while after < mark.start and text[after].isspace():
        after += 1
    return cued(after)


def _twice(
    text: str, before: Quotation, mark: Mark, opens: bool, cued: Callable[[int], bool]
) -> bool:
    """Whether a mark only repeats the one that closed: “A,” ” kata X."""
    if before.close is None or text[before.close[1] : mark.start].strip():
        return False
    return cued(mark.end) if opens else True


def _opens(text: str, mark: Mark, depth: int, end: int) -> bool:
    if mark.side in ("open", "close"):
        return mark.side == "open"
    following = text[mark.end : min(end, mark.end + 3)].lstrip()[:1]
    if mark.side == "opens":
        return depth == 0 or not (following.islower() or following in _ASIDE)
    if mark.side == "closes":
        return depth == 0 and following.isupper()
    return depth == 0


def _doubtful(text: str, mark: Mark, start: int) -> bool:
    """Whether a mark behind a stop may open or close: kecil,"kata or menuturkan,"ini."""
    before = text[max(start, mark.start - 3) : mark.start].rstrip()[-1:]
    return before in STOPS and before != ""


def _begins_pair(opens: bool, cued: bool, following: Mark | None) -> bool:
    """Whether a doubtful mark outside a quotation opens one: no tag behind it, and one that closes;
    or a tag behind it, but then one that must be its partner."""
    closed = following is not None and following.side in ("close", "closes")
    if cued:
        return opens and closed
    return opens or closed


def _runs_on(text: str, opened: Mark, mark: Mark, start: int, cued: Callable[[int], bool]) -> bool:
    """Whether a second mark that opens is one too many: “A. “B,” kata X, without a tag between."""
    before = text[max(start, opened.start - 3) : opened.start].rstrip()[-1:]
    if before and before not in STOPS + ":":
        return False  # a title never closed: tema “A. X hadir. “B,” katanya
    return not any(cued(m.end()) for m in _TAG_GAP.finditer(text, opened.end, mark.start))


def _twofold(text: str, mark: Mark) -> bool:
    """Whether a mark is two or more double marks in a row, not two single ones for a double."""
    return mark.end - mark.start > 1 and text[mark.start] not in "‘’‛`´',"


def _nested(text: str, marks: list[Mark], number: int, start: int, end: int) -> bool:
    """Whether the mark opens a quotation inside an open one, rather than after one never closed."""
    at = marks[number].start
    before = text[max(start, at - 3) : at].rstrip()[-1:]
    if before.isalnum():
        return True
    depth = 2
    for mark in marks[number + 1 : number + 1 + _LOOK_AHEAD]:
        if _opens(text, mark, depth, end):
            before = text[max(start, mark.start - 3) : mark.start].rstrip()[-1:]
            if depth == 1 and before in '.!?”"':
                return False
            depth += 1
        else:
            depth -= mark.end - mark.start if _twofold(text, mark) else 1
            if depth <= 0:
                return True
    return False


def _unclosed(text: str, opened: Mark, end: int) -> Quotation:
    """A quotation without its closing mark; a single mark after a stop may stand for it."""
    outer = (opened.start, opened.end)
    single = _SINGLE_CLOSE.search(text, opened.end, end)
    if single is not None and text[opened.start] not in "‘'‛":
        return _trimmed(text, opened.end, single.start(), outer, single.span())
    return _trimmed(text, opened.end, end, outer, None)


def _trimmed(
    text: str,
    start: int,
    end: int,
    opened: tuple[int, int] | None,
    closed: tuple[int, int] | None,
) -> Quotation:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if opened is not None and closed is not None:  # “*Kami siap,*”
        while end - start > 2 and text[start] in EMPHASIS and text[end - 1] == text[start]:
            start, end = start + 1, end - 1
    return Quotation(start, end, opened, closed)
