"""Which mentions belong together: pairs that are sure enough, the surest first, and no two in one
cluster that contradict each other.

Chains are what ruins clusters: A is like B, B is like C, and A cannot be C. So two clusters become
one only where, over all pairs between them, nothing contradicts it and the evidence speaks for it
on average (average linkage under cannot-link constraints). A mention that is about as near to two
who cannot be one is left alone: nobody knows whose it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Edge = tuple[float, int, int]
_MEMBERS = 8  # of each cluster that are compared with those of another


@dataclass
class Judge:
    """What clustering asks: ``bits(a, b)`` for one, ``apart(a, b)``: they cannot be one."""

    bits: Callable[[int, int], float]
    apart: Callable[[int, int], bool]
    weight: Callable[[int], int]  # how many mentions stand behind a number
    link: float
    margin: float
    doubt: float  # above the link, from where nothing is doubtful any more
    _known: dict[tuple[int, int], bool] = field(default_factory=dict)

    def cannot(self, a: int, b: int) -> bool:
        """:attr:`apart`, asked once a pair."""
        key = (a, b) if a < b else (b, a)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self.apart(*key)
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
    for _bits, a, b in _unambiguous(ordered, judge):
        one, other = sorted((owner[a], owner[b]))
        if one == other or (one in fixed and other in fixed):
            continue
        if not _may_join(members[one], members[other], judge):
            continue
        for number in members[other]:
            owner[number] = one
        members[one] = sorted(members[one] + members.pop(other))
        if other in fixed:
            fixed[one] = fixed.pop(other)
    return sorted(members.values())


def _may_join(some: list[int], others: list[int], judge: Judge) -> bool:
    total, count = 0.0, 0
    for a in _heaviest(some, judge):
        for b in _heaviest(others, judge):
            if judge.cannot(a, b):
                return False
            # that two say too little is no evidence: a nickname here, a full name there
            total += max(judge.bits(a, b), -judge.margin)
            count += 1
    return total / count > -judge.margin


def _heaviest(numbers: list[int], judge: Judge) -> list[int]:
    if len(numbers) <= _MEMBERS:
        return numbers
    return sorted(numbers, key=lambda n: (-judge.weight(n), n))[:_MEMBERS]


def _unambiguous(edges: list[Edge], judge: Judge) -> list[Edge]:
    """The edges of which neither end is about as near to two that cannot be one."""
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for bits, a, b in edges:
        near[a].append((bits, b))
        near[b].append((bits, a))
    doubtful = {number for number, found in near.items() if _is_doubtful(found, judge)}
    return [edge for edge in edges if edge[1] not in doubtful and edge[2] not in doubtful]


def _is_doubtful(found: list[tuple[float, int]], judge: Judge) -> bool:
    best_bits, best = found[0]
    if best_bits > judge.link + judge.doubt:
        return False
    rivals = (other for bits, other in found[1:30] if bits >= best_bits - judge.margin)
    return any(judge.cannot(best, other) for other in rivals)
