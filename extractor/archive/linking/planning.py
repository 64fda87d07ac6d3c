"""From mentions to clusters: what is compared, what is linked, and why."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from extractor.archive.linking.blocking import Blocks
from extractor.archive.linking.clustering import Edge, Judge, Pooling, clusters
from extractor.archive.linking.scores import NEVER, Score, probability

Thing = Any  # Profile or Happening: order, first, mentions, releases, decided
Compared = tuple[float, Mapping[str, float]]  # bits, and what contradicts it
_KEPT = 400_000  # scores kept while clustering
_NOTHING: Mapping[str, float] = {}


class Scorer(Protocol):
    """Compares two things."""

    w: Any
    pooled: Mapping[str, Pooling]

    def score(self, a: Thing, b: Thing, alike: bool = False) -> Score:
        """The evidence for and against."""


@dataclass
class Cluster:
    """Mentions that are one person or event: the link of each, as (score, reasons as JSON)."""

    things: list[Thing]
    links: dict[int, tuple[float, str]] = field(default_factory=dict)

    @property
    def entity(self) -> int | None:
        """The entity that people decided on."""
        held = (one.decided.entity for one in self.things if one.decided is not None)
        return next((number for number in held if number is not None), None)


@dataclass
class Graph:
    """What came of comparing: clusters of what was looked at, and how many pairs it took."""

    clusters: list[Cluster]
    mentions: set[int]  # all that were looked at
    pairs: int
    dropped: int


def compared(
    things: Sequence[Thing],
    scorer: Scorer,
    keys: Callable[[Any], Iterable[str]],
    wanted: Callable[[Thing], bool],
    linked: Mapping[int, int],
    watch: Callable[[object], None] = lambda _done: None,
) -> Graph:
    """Compare what is ``wanted``, and all that hangs together with it or is ``linked`` with it
    (the entity of each mention that has one), and cluster that."""
    blocks = Blocks(things, keys, int(scorer.w["block"]), int(scorer.w["neighbours"]))
    search = _Search(things, scorer, blocks, linked)
    search.run([n for n, thing in enumerate(things) if wanted(thing)], watch)
    judge = Judge(
        search.bits, search.never, search.against, lambda n: len(things[n].mentions),
        scorer.pooled, scorer.w["apart"], scorer.w["link"], scorer.w["margin"], scorer.w["doubt"],
    )  # fmt: skip
    together = {
        n: things[n].decided.entity
        for n in search.seen
        if things[n].decided is not None and things[n].decided.entity is not None
    }
    groups = clusters(search.seen, search.edges, together, judge)
    found = [Cluster([things[n] for n in group]) for group in groups]
    for cluster in found:
        _reasons(cluster, scorer)
    mentions = {mention for n in search.seen for mention in things[n].mentions}
    return Graph(found, mentions, search.pairs, blocks.dropped)


class _Search:
    """Compares from one thing to the next it may be one with, until nothing hangs on any more."""

    def __init__(
        self,
        things: Sequence[Thing],
        scorer: Scorer,
        blocks: Blocks[Any],
        linked: Mapping[int, int],
    ) -> None:
        self.things, self.scorer, self.blocks, self.linked = things, scorer, blocks, linked
        self.seen: set[int] = set()
        self.edges: list[Edge] = []
        self.pairs = 0
        self._scores: dict[tuple[int, int], Compared] = {}
        self._of_entity: dict[int, list[int]] = {}
        for number, thing in enumerate(things):
            for entity in self._entities(thing):
                self._of_entity.setdefault(entity, []).append(number)

    def _entities(self, thing: Thing) -> set[int]:
        return {self.linked[m] for m in thing.mentions if m in self.linked}

    def run(self, first: list[int], watch: Callable[[object], None]) -> None:
        waiting, link = list(reversed(first)), self.scorer.w["link"]
        while waiting:
            number = waiting.pop()
            if number in self.seen:
                continue
            self.seen.add(number)
            watch(number)
            for entity in self._entities(self.things[number]):
                waiting.extend(self._of_entity.pop(entity, ()))
            for other in sorted(self.blocks.partners(number)):
                if other in self.seen:
                    continue
                self.pairs += 1
                bits, _against = self._compare(number, other)
                if bits >= link:
                    self.edges.append((bits, min(number, other), max(number, other)))
                    waiting.append(other)

    def _compare(self, a: int, b: int) -> Compared:
        if b < a:
            a, b = b, a
        score = self.scorer.score(self.things[a], self.things[b])
        return round(score.bits, 6), score.against or _NOTHING

    def _known(self, a: int, b: int) -> Compared:
        key = (a, b) if a < b else (b, a)
        known = self._scores.get(key)
        if known is None:
            if len(self._scores) > _KEPT:
                self._scores.clear()
            known = self._scores[key] = self._compare(a, b)
        return known

    def bits(self, a: int, b: int) -> float:
        """The evidence for their being one."""
        return self._known(a, b)[0]

    def against(self, a: int, b: int) -> Mapping[str, float]:
        """What contradicts it, by what is compared."""
        return self._known(a, b)[1]

    def never(self, a: int, b: int) -> bool:
        """They cannot be one, whatever others say: people said so, or one release tells of both."""
        one, other = self.things[a].decided, self.things[b].decided
        if one is not None and other is not None:
            if one.entity in other.rejected or other.entity in one.rejected:
                return True
            if one.entity is not None and other.entity not in (None, one.entity):
                return True
        for mine, theirs in ((one, b), (other, a)):
            if mine is not None and not mine.against.isdisjoint(self.things[theirs].mentions):
                return True
        return self.bits(a, b) <= NEVER / 2


def _reasons(cluster: Cluster, scorer: Scorer) -> None:
    """For each mention the other of its cluster that speaks most for it, and why."""
    for at, thing in enumerate(cluster.things):
        best: Score = Score(NEVER)
        partner: Thing = None
        if len(thing.releases) > 1:
            best, partner = scorer.score(thing, thing, alike=True), thing
        for other in _some(cluster.things, at):
            if other is not thing and (score := scorer.score(thing, other)).bits > best.bits:
                best, partner = score, other
        if partner is None:
            continue
        told, beside_of = best.told(), list(partner.mentions[:2])
        for mention in thing.mentions:
            beside = next(one for one in beside_of if one != mention)
            reasons = {"with": beside, "bits": round(best.bits, 2), "because": told}
            kept = json.dumps(reasons, ensure_ascii=False)
            cluster.links[mention] = (probability(best.bits), kept)


def _some(things: list[Thing], at: int) -> list[Thing]:
    """The things that one is compared with to tell why it belongs: not all of hundreds."""
    if len(things) <= 12:
        return things
    first = max(0, min(at - 6, len(things) - 12))
    return things[first : first + 12]


def mentions_of(some: Iterable[Cluster]) -> Iterator[int]:
    """All mentions of clusters."""
    for cluster in some:
        for thing in cluster.things:
            yield from thing.mentions
