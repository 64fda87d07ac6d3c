"""Lines met before, by the words they share: pairs of words, in a short line long words alone too.

What only one line says is left out at once: numpy counts all pairs of a draft together.
"""

from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.editing.passages import count_of, numbers_of

_LONG_WORD = 7
_FEW_PAIRS = 25


class Lookup:
    """Which earlier lines a line is like.

    ``rows`` are the words of the lines by number, and ``names`` the words; empty for one that is
    not looked at. What more than
    ``common`` lines share tells nothing about any two; a line has at most ``most`` candidates.
    """

    def __init__(self, rows: Sequence[bytes], names: Sequence[str], common: int, most: int) -> None:
        self._common, self._most = common, most
        self._said, self._ends, self._grams = _shared(rows, names)
        count = 1 + max(self._grams, default=-1)
        # The earlier lines of each gram in a row of their own; the collector passes over an array.
        self._width = common + 1
        self._lines = array("q", bytes(8 * count * self._width))
        self._counts = [0] * count

    def add(self, index: int) -> None:
        """A line that later ones may be like."""
        lines, counts, width = self._lines, self._counts, self._width
        for gram in self._of(index):
            count = counts[gram]
            if count < width:
                lines[gram * width + count] = index
                counts[gram] = count + 1

    def near(self, index: int) -> tuple[list[int], float]:
        """(the earlier lines a line is most like, share of what it says that was met before)."""
        lines, counts, width = self._lines, self._counts, self._width
        votes = array("q")
        met = 0
        for gram in self._of(index):
            if count := counts[gram]:
                met += 1
                if count < width:
                    votes += lines[gram * width : gram * width + count]
        share = met / max(1, self._said[index])
        if len(set(votes)) == len(votes):
            return [], share
        ranked = sorted((-count, other) for other, count in Counter(votes).items() if count >= 2)
        return [other for _count, other in ranked[: self._most]], share

    def _of(self, index: int) -> Sequence[int]:
        return self._grams[self._ends[index - 1] if index else 0 : self._ends[index]]


def _shared(
    rows: Sequence[bytes], names: Sequence[str]
) -> tuple[list[int], list[int], "array[int]"]:
    """For each row: of how many grams it consists, pairs of words and long words; and where those
    end, among the numbers of all, that more than one row has, or one row twice."""
    words = numbers_of(rows).astype(np.int64)
    lengths = np.fromiter(map(count_of, rows), np.int64, len(rows))
    homes = np.repeat(np.arange(len(rows)), lengths)
    paired = homes[:-1] == homes[1:]
    pairs = (words[:-1] * len(names) + words[1:])[paired]
    long = np.fromiter((len(word) >= _LONG_WORD for word in names), np.bool_, len(names))
    alone = long[words] & (lengths <= _FEW_PAIRS)[homes]
    grams = np.concatenate([pairs, -1 - words[alone]])
    owners = np.concatenate([homes[:-1][paired], homes[alone]])
    said = np.bincount(owners, minlength=len(rows))
    numbers, counts = _numbered(grams)
    again = counts[numbers] > 1
    dense = (np.cumsum(counts > 1) - 1)[numbers[again]]
    order = np.argsort(owners[again], kind="stable")
    ends = np.cumsum(np.bincount(owners[again], minlength=len(rows)))
    return said.tolist(), ends.tolist(), array("q", dense[order].astype(np.int64).tobytes())


def _numbered(values: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The number of each value among the different ones in order, and how often each of those
    comes: as ``numpy.unique``, which loads numpy's masked arrays for it."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    first = np.ones(len(ranked), np.bool_)
    first[1:] = ranked[1:] != ranked[:-1]
    numbers = np.empty(len(ranked), np.intp)
    numbers[order] = np.cumsum(first) - 1
    return numbers, np.diff(np.append(np.flatnonzero(first), len(ranked)))
