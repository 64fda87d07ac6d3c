"""The words of a draft, each way of writing judged once, however often it stands.

A draft of 300,000 words has some 10,000 different ones: rules judge those, and only the places of
the few that matter are looked at. numpy finds them.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extractor.language.phrases import Hit, Phrases, Word, folded
from extractor.language.signs import codes_of, text_of

_BLANK = np.uint32(ord(" "))

Verdict = TypeVar("Verdict")


class Vocabulary:
    """The words of a text, as :data:`extractor.language.phrases.WORD` finds them, by number: from 0
    word ``n`` is ``surfaces[n]`` and stands at ``starts[n]`` to ``ends[n]``.

    ``lower`` gives each way of writing as it is compared.
    """

    def __init__(self, text: str) -> None:
        codes = codes_of(text)
        inside = _in_words(codes)
        edges = np.flatnonzero(np.diff(inside, prepend=False, append=False)).astype(np.int64)
        self.text = text
        self.surfaces = text_of(np.where(inside, codes, _BLANK)).split()
        self.starts = array("q", edges[0::2].tobytes())  # the collector passes over an array
        self.ends = array("q", edges[1::2].tobytes())
        self.written, surfaces = numbered(self.surfaces)
        self.lower = {surface: folded(surface) for surface in surfaces}

    def gap(self, number: int) -> str:
        """What stands before a word, behind the one before it."""
        return self.text[self.ends[number - 1] if number else 0 : self.starts[number]]

    def behind(self, gaps: Sequence[str]) -> NDArray[np.bool_]:
        """For each word whether one of these stands between it and the word before."""
        codes, starts = codes_of(self.text), np.array(self.starts)
        before = np.array(self.ends)
        before[1:], before[:1] = before[:-1], 0
        found = np.zeros(len(starts), np.bool_)
        for gap in gaps:
            fits = starts - before == len(gap)
            for place, sign in enumerate(gap):
                fits &= codes[np.minimum(before + place, len(codes) - 1)] == ord(sign)
            found |= fits
        return found

    def where(self, judge: Callable[[str], Verdict | None]) -> Iterator[tuple[int, Verdict]]:
        """(number, verdict) of the words with a verdict, in order; ``judge`` is given each way of
        writing once."""
        verdicts = {s: verdict for s in self.lower if (verdict := judge(s)) is not None}
        surfaces = self.surfaces
        for number in self._places(verdicts.keys()):
            yield number, verdicts[surfaces[number]]

    def among(self, lowers: Set[str]) -> Iterator[int]:
        """The numbers of the words that are compared as one of these, in order."""
        return iter(self._places({s for s, lower in self.lower.items() if lower in lowers}))

    def again(self, distance: int) -> list[int]:
        """The numbers of the words that come again so many words later."""
        lowers = numbered(self.lower.values())[0][self.written]
        again: list[int] = np.flatnonzero(lowers[:-distance] == lowers[distance:]).tolist()
        return again

    def which(self, judge: Callable[[str], bool]) -> NDArray[np.bool_]:
        """For each word whether it is written so; ``judge`` is given each way of writing once."""
        return np.fromiter(map(judge, self.lower), np.bool_, len(self.lower))[self.written]

    def _places(self, wanted: Set[str]) -> list[int]:
        """The numbers of the words that are written in one of these ways, in order."""
        if not wanted:
            return []
        places: list[int] = np.flatnonzero(self.which(wanted.__contains__)).tolist()
        return places

    def phrases(self, listed: Phrases) -> Iterator[Hit]:
        """The phrases of a list, as :meth:`Phrases.find` gives them."""
        openers = listed.openers()
        surfaces, lower, last = self.surfaces, self.lower, len(self.surfaces) - 1
        free = 0
        for first in self.among(openers.keys()):
            following = lower[surfaces[first + 1]] if first < last else None
            after = openers[lower[surfaces[first]]]
            if first < free or not (following in after or None in after):
                continue
            hit = listed.at(self.text, self._row(first, first + listed.longest), 0)
            if hit is not None:
                free = first + hit.last
                yield Hit(first, free, hit.start, hit.end, hit.value)

    def _row(self, first: int, last: int) -> tuple[Word, ...]:
        stop = min(last, len(self.surfaces))
        return tuple(
            Word(
                self.starts[number],
                self.ends[number],
                self.lower[self.surfaces[number]],
                self.surfaces[number][0].isupper(),
            )
            for number in range(first, stop)
        )


def numbered(words: Iterable[str]) -> tuple[NDArray[np.int32], list[str]]:
    """(each word as its number among the distinct ones, those in the order they came)."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    found = np.fromiter(map(numbers.__getitem__, words), np.int32)
    return found, list(numbers)


_OTHER, _LETTER, _APOSTROPHE = range(3)


def _kind(code: int) -> int:
    sign = chr(code)
    return _LETTER if sign.isalnum() or sign == "_" else _APOSTROPHE if sign in "'’‘`´" else _OTHER


_KINDS = np.fromiter(map(_kind, range(0x300)), np.uint8)


def _in_words(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which characters are of words: letters, digits and the apostrophes between two of them."""
    kinds = np.zeros(max(len(_KINDS), int(codes.max(initial=0)) + 1), np.uint8)
    kinds[: len(_KINDS)] = _KINDS
    for code in set(codes[codes >= len(_KINDS)].tolist()):
        kinds[code] = _kind(code)
    found = kinds[codes]
    inside: NDArray[np.bool_] = found == _LETTER
    marks = np.flatnonzero(found[1:-1] == _APOSTROPHE) + 1
    inside[marks[inside[marks - 1] & inside[marks + 1]]] = True
    return inside


@lru_cache(maxsize=2)
def vocabulary(text: str) -> Vocabulary:
    """The words of a text; those of the last few texts are kept."""
    return Vocabulary(text)
