"""The words of a draft, each way of writing judged once, however often it stands.

A draft of 300,000 words has some 10,000 different ones: rules judge those, and only the places of
the few that matter are looked at. numpy finds them.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extractor.language.phrases import WORD, Hit, Phrases, Word, folded

_SPLIT = re.compile(f"({WORD.pattern})")

Verdict = TypeVar("Verdict")


class Vocabulary:
    """The words of a text by number, from 0: word ``n`` is ``surfaces[n]``, it stands at
    ``starts[n]`` to ``ends[n]`` behind ``gaps[n]``.

    ``lower`` gives each way of writing as it is compared.
    """

    def __init__(self, text: str) -> None:
        parts = _SPLIT.split(text)
        stops = array("q", accumulate(map(len, parts)))  # the collector passes over an array
        self.text = text
        self.gaps = parts[0::2]
        self.surfaces = parts[1::2]
        self.starts = stops[0::2]
        self.ends = stops[1::2]
        self.lower = {surface: folded(surface) for surface in dict.fromkeys(self.surfaces)}
        self._written = numbered(self.surfaces, self.lower)
        lowers = list(self.lower.values())
        self._lowers = numbered(lowers, dict.fromkeys(lowers))

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
        lowers = self._lowers[self._written]
        again: list[int] = np.flatnonzero(lowers[:-distance] == lowers[distance:]).tolist()
        return again

    def _places(self, wanted: Set[str]) -> list[int]:
        """The numbers of the words that are written in one of these ways, in order."""
        if not wanted:
            return []
        judged = np.fromiter(map(wanted.__contains__, self.lower), np.bool_, len(self.lower))
        places: list[int] = np.flatnonzero(judged[self._written]).tolist()
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


def numbered(words: Sequence[str], distinct: Iterable[str]) -> NDArray[np.int32]:
    """Each word as its number among the distinct ones, from 0."""
    numbers = {word: number for number, word in enumerate(distinct)}
    return np.fromiter(map(numbers.__getitem__, words), np.int32, len(words))


@lru_cache(maxsize=2)
def vocabulary(text: str) -> Vocabulary:
    """The words of a text; those of the last few texts are kept."""
    return Vocabulary(text)
