"""How rare it is what two mentions agree in, counted in the archive itself.

Agreement in something rare says more (Fellegi & Sunter 1969; Winkler 1990 for frequencies): a word
that one of 1,000 persons bears speaks with log2(1000), some ten bits, for two bearers being one.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from math import fsum, log2
from typing import Any

_OTHERS = 30


class Frequencies:
    """Counts of things among ``total`` holders; :meth:`bits` is how rare one is."""

    def __init__(self, most: float) -> None:
        """Nothing counted; ``most``: the bits that the rarest thing has."""
        self.counts: Counter[Hashable] = Counter()
        self.total = 0
        self._most = most
        self._bits: dict[Hashable, float] = {}

    def count(self, things: Iterable[Hashable]) -> None:
        """One more holder of these."""
        self.counts.update(things)
        self.total += 1

    def bits(self, thing: Hashable) -> float:
        """log2 of one in how many holds it, at most ``most``.

        Something seen once counts as twice, since how rare it is cannot be known. A small archive
        is a part of a larger world: some holders of other things are counted along.
        """
        known = self._bits.get(thing)
        if known is None:
            share = max(self.counts[thing], 2) / (self.total + _OTHERS)
            known = self._bits[thing] = min(self._most, max(0.0, -log2(share)))
        return known


def effective(counts: "Counter[Any]") -> float:
    """log2 of how many kinds there are where the rare ones count little: the Shannon entropy in
    bits (Hill number of order 1, Jost 2006). Slips of the pen make many kinds that are seen once;
    the plain number of kinds would grow with them, and with the archive, without end."""
    total = sum(counts.values())
    return max(1.0, -fsum(n / total * log2(n / total) for n in counts.values()))
