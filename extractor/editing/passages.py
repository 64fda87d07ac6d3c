"""Passages of a draft as rows of words, folded for comparison, each word a number.

A row is the bytes of its numbers: quick to cut out of the draft, to compare and to look up, and
nothing the garbage collector has to look at.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extractor.editing.vocabulary import Vocabulary, numbered, vocabulary

TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’‘`´][^\W\d_]+)*")
APOSTROPHES = re.compile("['’‘`´]")
ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘`´](?=[^\W\d_])")
_JOINTS = frozenset(".,:/")
_FOLDED_TO_LETTER = "\u0345"  # the one mark that is a letter once it is folded
_WIDTH = array("i").itemsize


def folded_words(text: str) -> tuple[str, ...]:
    """The words and numbers of a passage, folded for comparison: those of its tokens."""
    if APOSTROPHES.search(text) is not None:
        text = _INNER_APOSTROPHE.sub("", text)
    text = text.casefold()
    words = TOKEN.findall(text)
    if "0" not in text or ZEROS.search(text) is None:
        return tuple(words)
    return tuple(ZEROS.sub("", word) if word[0].isdigit() else word for word in words)


def count_of(row: bytes) -> int:
    """How many words a row has."""
    return len(row) // _WIDTH


def numbers_of(rows: Iterable[bytes]) -> NDArray[np.int32]:
    """The numbers of the words of these rows, one after another."""
    return np.frombuffer(b"".join(rows), np.int32)


class Passages:
    """What the passages of a text say, each way of writing a word folded once.

    ``names`` gives the words by their numbers.
    """

    def __init__(self, text: str) -> None:
        words = vocabulary(text)
        said = map(folded_words, words.lower)
        alone = [folded[0] if len(folded) == 1 else "" for folded in said]
        folded, self.names = numbered(alone)
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self._text = text
        self._said = folded[words.written].tobytes()
        self._starts = np.array(words.starts)
        self._ends_before = np.insert(np.array(words.ends), 0, 0)
        odd = np.array([not word for word in alone], np.bool_)[words.written]
        odd[_joined_figures(words)] = True
        self._whole = _FOLDED_TO_LETTER in text
        self._odd_before = np.insert(np.cumsum(odd), 0, 0)

    def rows(self, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        """The row of each passage, given as (start, end): its :func:`folded_words`."""
        if not spans:
            return []
        start, end = np.array(spans, np.int64).T
        first, last = np.searchsorted(self._starts, start), np.searchsorted(self._starts, end)
        cut = (self._ends_before[first] > start) | (self._ends_before[last] > end)
        odd = self._odd_before[last] > self._odd_before[first]
        said = self._said
        bounds = zip((first * _WIDTH).tolist(), (last * _WIDTH).tolist(), strict=True)
        rows = [said[a:b] for a, b in bounds]
        for place in np.flatnonzero(cut | odd | self._whole).tolist():
            rows[place] = self._row(*spans[place])
        return rows

    def words(self, row: bytes) -> tuple[str, ...]:
        """The words of a row."""
        return tuple(map(self.names.__getitem__, array("i", row)))

    def _row(self, start: int, end: int) -> bytes:
        """The row of a passage whose words cannot each be folded alone."""
        numbers = array("i")
        for word in folded_words(self._text[start:end]):
            number = self._numbers.setdefault(word, len(self.names))
            if number == len(self.names):
                self.names.append(word)
            numbers.append(number)
        return numbers.tobytes()


@lru_cache(maxsize=2)
def passages(text: str) -> Passages:
    """The passages of a text; those of the last few texts are kept."""
    return Passages(text)


def _joined_figures(words: Vocabulary) -> list[int]:
    """The numbers of the words that begin with a figure which a mark joins to the one before."""
    begins = words.which(lambda surface: surface[0].isdecimal())
    stops = words.which(lambda surface: surface[-1].isdecimal())
    near = np.flatnonzero(begins[1:] & stops[:-1]) + 1
    return [number for number in near.tolist() if words.gap(number) in _JOINTS]
