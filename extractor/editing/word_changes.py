"""Two passages word by word: what one has in the place of the other's words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_PIECE = re.compile(r"\w+(?:['’‘`´-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordChange:
    """``one[start:end]`` stands where the other passage has ``other[other_start:other_end]``."""

    start: int
    end: int
    other_start: int
    other_end: int


def word_changes(one: str, other: str) -> Iterator[WordChange]:
    """The changes that make ``other`` of ``one``, in order, whole words and marks at a time."""
    left, right = _pieces(one), _pieces(other)
    begin: WordChange | None = None
    for op in Levenshtein.opcodes(_keys(left), _keys(right)):
        if op.tag == "equal":
            # A lone blank between two changed words is part of the change.
            if begin is not None and not _only_blank(left, op.src_start, op.src_end):
                yield begin
                begin = None
            continue
        start, end = _place(left, op.src_start, op.src_end, len(one))
        a, b = _place(right, op.dest_start, op.dest_end, len(other))
        begin = WordChange(
            begin.start if begin else start, end, begin.other_start if begin else a, b
        )
    if begin is not None:
        yield begin


def _pieces(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found.group()) for found in _PIECE.finditer(text)]


def _keys(pieces: list[tuple[int, str]]) -> list[str]:
    """What is compared: any blanks are the same."""
    return [" " if piece.isspace() else piece for _, piece in pieces]


def _only_blank(pieces: list[tuple[int, str]], start: int, end: int) -> bool:
    return end - start == 1 and pieces[start][1].isspace()


def _place(pieces: list[tuple[int, str]], start: int, end: int, length: int) -> tuple[int, int]:
    def at(number: int) -> int:
        return pieces[number][0] if number < len(pieces) else length

    if start == end:
        return at(start), at(start)
    last, word = pieces[end - 1]
    return at(start), last + len(word)
