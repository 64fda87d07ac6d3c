"""Lines met before, by the words they share: pairs of words, in a short line long words alone too.

What only one line says is left out at once: numpy counts all pairs of a draft together.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np

from extractor.editing.vocabulary import numbered

_LONG_WORD = 7
_FEW_PAIRS = 25


class Lookup:
    """Which earlier lines a line is like.

    ``rows`` are the words of the lines; none for one that is not looked at. What more than
    ``common`` lines share tells nothing about any two; a line has at most ``most`` candidates.
    """

    def __init__(self, rows: Sequence[Sequence[str]], common: int, most: int) -> None:
        self._common, self._most = common, most
        self._said, self._shared = _shared(rows)
        # by what is shared, the earlier lines; tuples of numbers cost the collector nothing
        count = 1 + max(chain.from_iterable(self._shared), default=-1)
        self._places: list[tuple[int, ...]] = [()] * count

    def add(self, index: int) -> None:
        """A line that later ones may be like."""
        here, places, common = (index,), self._places, self._common
        for gram in self._shared[index]:
            before = places[gram]
            if len(before) <= common:
                places[gram] = before + here

    def near(self, index: int) -> tuple[list[int], float]:
        """(the earlier lines a line is most like, share of what it says that was met before)."""
        places, common = self._places, self._common
        met = [before for gram in self._shared[index] if (before := places[gram])]
        votes = list(chain.from_iterable([before for before in met if len(before) <= common]))
        share = len(met) / max(1, self._said[index])
        if len(set(votes)) == len(votes):
            return [], share
        ranked = sorted((-count, other) for other, count in Counter(votes).items() if count >= 2)
        return [other for _count, other in ranked[: self._most]], share


def _shared(rows: Sequence[Sequence[str]]) -> tuple[list[int], list[list[int]]]:
    """For each row: of how much it consists, pairs of words and long words; and the numbers of what
    more than one says, or one says twice."""
    flat = list(chain.from_iterable(rows))
    distinct = dict.fromkeys(flat)
    words = numbered(flat, distinct).astype(np.int64)
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    homes = np.repeat(np.arange(len(rows)), lengths)
    paired = homes[:-1] == homes[1:]
    pairs = (words[:-1] * len(distinct) + words[1:])[paired]
    long = np.fromiter((len(word) >= _LONG_WORD for word in distinct), np.bool_, len(distinct))
    alone = long[words] & (lengths <= _FEW_PAIRS)[homes]
    grams = np.concatenate([pairs, -1 - words[alone]])
    owners = np.concatenate([homes[:-1][paired], homes[alone]])
    said = np.bincount(owners, minlength=len(rows))
    _, numbers, counts = np.unique(grams, return_inverse=True, return_counts=True)
    again = counts[numbers] > 1
    dense = (np.cumsum(counts > 1) - 1)[numbers[again]]
    order = np.argsort(owners[again], kind="stable")
    found = dense[order].tolist()
    ends = np.cumsum(np.bincount(owners[again], minlength=len(rows))).tolist()
    return said.tolist(), [found[a:b] for a, b in zip([0, *ends], ends, strict=False)]
