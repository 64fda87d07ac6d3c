"""Words of a text, and phrases from word lists found among them by dictionary look-up.

One pass splits the text into words; a :class:`Phrases` then finds any of its thousands of phrases
in time linear in the number of words, where a regular expression of as many alternatives would be
slow.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(r"\w+(?:['’‘`´](?=\w)\w+)*")
_APOSTROPHE = str.maketrans("’‘`´", "''''")


class Word(NamedTuple):
    """``text[start:end]``; ``lower`` is for comparison: small letters, straight apostrophes."""

    start: int
    end: int
    lower: str
    capital: bool


def folded(surface: str) -> str:
    """A word as it is compared: small letters, straight apostrophes."""
    return surface.translate(_APOSTROPHE).lower()


@lru_cache(maxsize=4)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text: letters, digits and inner apostrophes."""
    straight = text.translate(_APOSTROPHE)  # sign for sign: the places stay
    return tuple(
        Word(start, end, straight[start:end].lower(), text[start].isupper())
        for start, end in (m.span() for m in WORD.finditer(text))
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """Words ``first`` to ``last`` (exclusive) are a phrase of the list, which stands for
    ``value``."""

    first: int
    last: int
    start: int
    end: int
    value: str


class Phrases:
    """Phrases to look up; blanks between words may be any, other characters must be as written.

    ``longest`` is how many words the longest has.
    """

    def __init__(self, surfaces: Mapping[str, str] | Iterable[str]) -> None:
        pairs = surfaces if isinstance(surfaces, Mapping) else {s: s for s in surfaces}
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
        for surface, value in pairs.items():
            found = list(WORD.finditer(folded(surface)))
            if not found:
                continue
            names = tuple(m.group() for m in found)
            gaps = tuple(surface[a.end() : b.start()].strip() for a, b in pairwise(found))
            self._by_first.setdefault(names[0], []).append((names, gaps, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))
        self.longest = max((len(e[0][0]) for e in self._by_first.values()), default=0)

    def openers(self) -> Mapping[str, Set[str | None]]:
        """The words a phrase may begin with, and for each those that may follow it; None where it
        may stand alone."""
        return {
            first: {names[1] if len(names) > 1 else None for names, _gaps, _value in entries}
            for first, entries in self._by_first.items()
        }

    def at(self, text: str, words: tuple[Word, ...], first: int) -> Hit | None:
        """The longest phrase that begins at word number ``first``."""
        for names, gaps, value in self._by_first.get(words[first].lower, ()):
            last = first + len(names)
            if last > len(words):
                continue
            if len(names) == 1 or (
                all(words[first + i].lower == name for i, name in enumerate(names))
                and all(
                    text[words[first + i].end : words[first + i + 1].start].strip() == gap
                    for i, gap in enumerate(gaps)
                )
            ):
                return Hit(first, last, words[first].start, words[last - 1].end, value)
        return None

    def find(
        self, text: str, words: tuple[Word, ...], first: int = 0, last: int | None = None
    ) -> Iterator[Hit]:
        """All phrases among ``words[first:last]``, left to right, longest first, without
        overlap."""
        at, stop = first, len(words) if last is None else last
        while at < stop:
            hit = self.at(text, words, at)
            if hit is not None and hit.last <= stop:
                yield hit
                at = hit.last
            else:
                at += 1
