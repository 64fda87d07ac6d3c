"""How good links are against a known truth: pairs of mentions, and B-cubed."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.linking.decisions import TABLES
from extractor.archive.store import Store
from extractor.record import Record

Truth = dict[tuple[str, Hashable], str]  # (record, person or place of the event): entity
World = Callable[[int, int], Iterator[tuple[Record, dict[str, str], dict[int, str]]]]


@dataclass(frozen=True)
class Score:
    """Precision and recall over pairs of mentions in different releases, and B-cubed."""

    precision: float
    recall: float
    b3_precision: float
    b3_recall: float
    pairs: int

    def __str__(self) -> str:
        return (
            f"pairs: precision {self.precision:.4f} recall {self.recall:.4f} of {self.pairs}; "
            f"B-cubed: precision {self.b3_precision:.4f} recall {self.b3_recall:.4f}"
        )


def fill(store: Store, world: World, n: int, seed: int, batch: int = 500) -> dict[str, Truth]:
    """Add a made world to an archive; the truth of its persons and events."""
    truth: dict[str, Truth] = {"person": {}, "event": {}}

    def records() -> Iterator[Record]:
        for record, people, events in world(n, seed):
            truth["person"].update({(record.id, key): entity for key, entity in people.items()})
            truth["event"].update({(record.id, at): entity for at, entity in events.items()})
            yield record

    added = add(store, from_records(records()), batch=batch)
    assert not added.refused, added.refused[:3]
    return truth


def found(store: Store, kind: str) -> dict[tuple[str, Hashable], int]:
    """The entity that each mention is linked to."""
    t, releases = TABLES[kind], schema.releases
    place = t.mentions.c.key if kind == "person" else t.mentions.c.number
    asked = (
        select(releases.c.key, place, t.links.c.entity_id)
        .join(t.mentions, t.mentions.c.id == t.links.c[t.mention])
        .join(releases, releases.c.id == t.mentions.c.release_id)
        .where(t.links.c.state != "rejected")
    )
    with store.read() as connection:
        rows = connection.execute(asked).all()
    return {(key, at if kind == "person" else at - 1): entity for key, at, entity in rows}


def score(truth: Mapping[Any, str], linked: Mapping[Any, int]) -> Score:
    """Compare; a mention that is linked to nothing is alone."""
    mine = {one: linked.get(one, ("alone", one)) for one in truth}
    both = Counter((truth[one], mine[one]) for one in truth)
    wanted, made = Counter(truth.values()), Counter(mine.values())
    right = _pairs(both.values())
    n = len(truth) or 1
    return Score(
        right / max(_pairs(made.values()), 1), right / max(_pairs(wanted.values()), 1),
        sum(c * c / made[m] for (_t, m), c in both.items()) / n,
        sum(c * c / wanted[t] for (t, _m), c in both.items()) / n,
        _pairs(wanted.values()),
    )  # fmt: skip


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
