"""Which signs of one paragraph are quotation marks, and which side each is by its neighbours."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from extractor.language.signs import places_of

_MARK = re.compile(r"([\"“”„‟«»″＂❝❞])\1*|[‘’‛`´']{2}")
_SINGLE = re.compile(
    r"(?<!\S)[‘’'‛`](?=(?:\.{2,}|…)?[^\W_])|(?<=[.,:])‘(?=[^\W_])"
    r"|(?<=[.,!?…\w])[’'`‘](?=[,.]*(?:\s|$))|(?<=[.,!?…])[’'](?=[^\W\d])"
    # with a blank inside: ‘ Kami siap, ’ kata X
    r"|(?<![^\s])(?<!\S\s)[‘'](?=\s[^\W\d_])|(?<=[.,:]\s)[‘'](?=\s[^\W\d_])"
    r"|(?<=[.,!?…]\s)[’'](?=\s|$)"
)
# What any of these begins with.
_SIGNS = "\"“”„‟«»″＂❝❞‘’‛`´'"
# Two commas for a low mark: ,,Kami siap,'' kata X.
_COMMAS = re.compile(r"(?<![^\s:(]),,(?=\s?(?:\.{2,}|…)?[^\W_])")
_OPENING, _CLOSING = "“„‟«❝‘‛`", "”»❞’"
_BEFORE_OPENING = "([{-–—/=" + _OPENING
_AFTER_CLOSING = ".,;:!?)]}-–—/…" + _CLOSING
# Words left out behind an opening mark: “…lalu kami menanam
_LEFT_OUT = re.compile(r"(?:\.{2,}|…)(?=[^\W_])")
# An inch behind its number: pipa 4" sepanjang dua kilometer
_INCH = re.compile(r"(?<![\w.,])\d{1,2}(?:[.,/]\d)?[\"”″](?=[ \xa0](?:[a-z]|dan\b))")
_NUMBER = 4
STOPS = ".!?…,"
EMPHASIS = "*_"


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]``; ``side`` is open or close where the neighbours decide, else opens,
    closes (as its shape says) or either."""

    start: int
    end: int
    side: str


@lru_cache(maxsize=4)
def signs_of(text: str) -> list[int]:
    """Where the signs of a text are that quotation marks are made of."""
    return places_of(text, _SIGNS)


def marks_of(text: str, start: int, end: int) -> list[Mark]:
    """Double marks (two single ones count as one); single ones only where there are no others, or
    where they enclose the others."""
    signs = signs_of(text)
    signs = signs[bisect_left(signs, start) : bisect_left(signs, end)]
    if not signs:
        return []
    doubled = _without_inches(text, _at(signs, _MARK, text, end), start, end)
    if text.find(",,", start, end) >= 0:
        doubled = sorted([*doubled, *_COMMAS.finditer(text, start, end)], key=lambda m: m.start())
    single = [] if len(doubled) == len(signs) else _at(signs, _SINGLE, text, end)
    found = _outer(text, doubled, single, start) if doubled else single
    return [Mark(m.start(), m.end(), _side(text, m.start(), m.end(), start, end)) for m in found]


def _without_inches(
    text: str, marks: list[re.Match[str]], start: int, end: int
) -> list[re.Match[str]]:
    """The marks but for inches, where one is left over: “Pipa 4" sepanjang 2 km,” kata X."""
    if len(marks) % 2 == 0:
        return marks
    for number, mark in enumerate(marks):
        near = min(end, mark.end() + _NUMBER)
        inch = _INCH.search(text, max(start, mark.start() - _NUMBER), near)
        if inch is not None and inch.end() == mark.end():
            return [*marks[:number], *marks[number + 1 :]]
    return marks


def _outer(
    text: str, doubled: list[re.Match[str]], single: list[re.Match[str]], start: int
) -> list[re.Match[str]]:
    """The double marks, and for those between two single ones these: ‘Namanya “Si Ayu”,’ kata X."""
    found = list(doubled)
    opened: re.Match[str] | None = None
    for mark in single:
        at = mark.start()
        before = text[max(start, at - 3) : at].rstrip()[-1:]
        free = at == start or text[at - 1].isspace()
        if free and text[mark.end()].isupper() and (not before or before in ".,:!?…"):
            opened = mark
        elif opened is not None and before in STOPS and before:
            held = [m for m in found if opened.start() < m.start() < at]
            if len(held) % 2 == 0 and sum(m.start() < opened.start() for m in found) % 2 == 0:
                found = sorted(
                    [*(m for m in found if m not in held), opened, mark], key=lambda m: m.start()
                )
            opened = None
    return found


def _at(signs: list[int], pattern: re.Pattern[str], text: str, end: int) -> list[re.Match[str]]:
    """What ``pattern.finditer`` gives; it matches at one of these places only."""
    found: list[re.Match[str]] = []
    for sign in signs:
        if not found or sign >= found[-1].end():
            match = pattern.match(text, sign, end)
            if match is not None:
                found.append(match)
    return found


def _side(text: str, at: int, after: int, start: int, end: int) -> str:
    before, behind = at - 1, after
    while before >= start and text[before] in EMPHASIS:
        before -= 1
    while behind < end and text[behind] in EMPHASIS:
        behind += 1
    left = text[before] if before >= start else " "
    right = text[behind] if behind < end else " "
    if right in ".…" and (left_out := _LEFT_OUT.match(text, behind, end)) is not None:
        right = text[left_out.end()] if left.isspace() else right
    glyph = text[at]
    if glyph == ",":
        return "open"
    shape = "opens" if glyph in _OPENING else "closes" if glyph in _CLOSING else "either"
    free_left = left.isspace() or left in _BEFORE_OPENING
    free_right = right.isspace() or right in _AFTER_CLOSING
    if free_left and not free_right:
        stop = text[max(start, at - 3) : at].rstrip()[-1:]
        return "opens" if right.islower() and stop in STOPS and stop else "open"
    if free_right and not free_left:
        return "closes" if shape == "opens" else "close"
    if free_left and not left.isspace():
        return "close" if right in _AFTER_CLOSING else "open"
    if free_left:
        if not right.isspace() or (behind >= end and at > start):
            return "close"
        led = text[start:at].rstrip()[-1:]
        return "open" if led in (":", "") else shape
    if left == ":":
        return "open"
    if left in STOPS:
        return "opens" if shape == "opens" else "close" if right.islower() else "closes"
    return shape
