"""Which mentions belong together: pairs that are sure enough, the surest first, and no two in one
cluster that contradict each other.

Chains are what ruins clusters: A is like B, B is like C, and A cannot be C. So two clusters become
one only where, over all pairs between them, nothing contradicts it and the evidence speaks for it
on average (average linkage under cannot-link constraints). Several releases tell of a person better
than one: what contradicts two clusters is weighed as the scorer says (:data:`Pooling`), so that two
slips in one name do not part those who bear it. A mention that is about as near to two who cannot
be one waits until all others are where they belong, and is left alone if it is still so: nobody
knows whose it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from math import fsum
from typing import Literal

Edge = tuple[float, int, int]
Pooling = Literal["best", "mean"]  # of all pairs between two clusters; of the rest the worst pair
_MEMBERS = 8  # of each cluster that are compared with those of another
_RIVALS = 30


@dataclass
class Judge:
    """What clustering asks: ``bits(a, b)`` for one, ``never(a, b)``: they cannot be one, and
    ``against(a, b)``: what contradicts it."""

    bits: Callable[[int, int], float]
    never: Callable[[int, int], bool]
    against: Callable[[int, int], Mapping[str, float]]
    weight: Callable[[int], int]  # how many mentions stand behind a number
    pooled: Mapping[str, Pooling]
    apart: float  # so much contradiction is too much
    link: float
    margin: float
    doubt: float  # above the link, from where nothing is doubtful any more
    _known: dict[tuple[int, int], bool] = field(default_factory=dict)

    def cannot(self, a: int, b: int) -> bool:
        """Whether two by themselves contradict each other; asked once a pair."""
        key = (a, b) if a < b else (b, a)
        known = self._known.get(key)
        if known is None:
            known = self.never(*key) or fsum(self.against(*key).values()) <= -self.apart
            self._known[key] = known
        return known


def clusters(
    numbers: Iterable[int], edges: Iterable[Edge], together: Mapping[int, int], judge: Judge
) -> list[list[int]]:
    """Numbers in clusters, each sorted, in the order of their first.

    ``together`` gives those that a person put in one entity the number of it: they are one cluster
    from the beginning, and two entities never become one.
    """
    owner: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    fixed: dict[int, int] = {}
    first_of: dict[int, int] = {}
    for number in sorted(numbers):
        root = number
        if number in together:
            root = first_of.setdefault(together[number], number)
            fixed[root] = together[number]
        owner[number] = root
        members.setdefault(root, []).append(number)
    ordered = sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2]))
    doubtful = _doubtful(ordered, judge)

    def parted(number: int, other: int) -> bool:
        """One about as near to a doubtful number as the other cannot be one with it."""
        rivals = {owner[n] for n in doubtful[number]} - {owner[number], owner[other]}
        return any(
            not _may_join(members[owner[other]], members[rival], judge) for rival in sorted(rivals)
        )

    def join(a: int, b: int) -> None:
        one, other = sorted((owner[a], owner[b]))
        if one == other or (one in fixed and other in fixed):
            return
        if not _may_join(members[one], members[other], judge):
            return
        for number in members[other]:
            owner[number] = one
        members[one] = sorted(members[one] + members.pop(other))
        if other in fixed:
            fixed[one] = fixed.pop(other)

    later = []
    for edge in ordered:
        if edge[1] in doubtful or edge[2] in doubtful:
            later.append(edge)
        else:
            join(*edge[1:])
    for _bits, a, b in later:
        if not any(n in doubtful and parted(n, other) for n, other in ((a, b), (b, a))):
            join(a, b)
    return sorted(members.values())


def _may_join(some: list[int], others: list[int], judge: Judge) -> bool:
    total, count, weights, worst = 0.0, 0, 0, 0.0
    pooled = dict.fromkeys(judge.pooled, 0.0)
    agreed: set[str] = set()
    heaviest = _heaviest(others, judge)
    for a in _heaviest(some, judge):
        for b in heaviest:
            if judge.never(a, b):
                return False
            # that two say too little is no evidence: a nickname here, a full name there
            total += max(judge.bits(a, b), -judge.margin)
            count += 1
            weight = judge.weight(a) * judge.weight(b)
            weights += weight
            against = judge.against(a, b)
            alone = 0.0
            for about, bits in against.items():
                if about not in judge.pooled:
                    alone += bits
                elif judge.pooled[about] == "mean":
                    pooled[about] += bits * weight
                else:
                    pooled[about] = min(pooled[about], bits)
            worst = min(worst, alone)
            agreed.update(judge.pooled.keys() - against.keys())
    for about, how in judge.pooled.items():
        if how == "mean":
            worst += pooled[about] / weights
        elif about not in agreed:
            worst += pooled[about]
    return worst > -judge.apart and total / count > -judge.margin


def _heaviest(numbers: list[int], judge: Judge) -> list[int]:
    if len(numbers) <= _MEMBERS:
        return numbers
    return nsmallest(_MEMBERS, numbers, key=lambda n: (-judge.weight(n), n))


def _doubtful(edges: list[Edge], judge: Judge) -> dict[int, list[int]]:
    """The numbers that are about as near to two that cannot be one, with all about as near."""
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for bits, a, b in edges:
        near[a].append((bits, b))
        near[b].append((bits, a))
    found: dict[int, list[int]] = {}
    for number, beside in near.items():
        best_bits, best = beside[0]
        if best_bits > judge.link + judge.doubt:
            continue
        rivals = [other for bits, other in beside[:_RIVALS] if bits >= best_bits - judge.margin]
        if any(judge.cannot(best, other) for other in rivals[1:]):
            found[number] = rivals
    return found
