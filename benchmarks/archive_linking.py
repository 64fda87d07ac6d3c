"""The same persons and events across releases: how fast, how right, beside a naive peer in the same
run.

    python benchmarks/archive_linking.py [--releases 100000] [--archive FILE|URL] [--second]
    python benchmarks/archive_linking.py --releases 3000 --pairs 50

The releases come from a made world with the truth beside it (tests/archive/linked_generator.py, with
``--second`` tests/archive/second_generator.py, which was written by other hands; its seeds 1 and 2
were looked at, 9 was not). Printed are releases a second, pairs compared, precision and recall over pairs of
mentions, and B-cubed. ``--pairs 50`` prints linked pairs and near misses drawn by chance, with
score, reasons, and whether they are right.

The peer compares the names of all persons of a sample with each other by rapidfuzz
(``token_sort_ratio``), links at the threshold that is best for it on that very sample, and takes the
closure of it. Our figures on the same sample stand beside it.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.archive import schema
from extractor.archive.linking.entities import Mention, entities
from extractor.archive.linking.knowledge import knowledge
from extractor.archive.linking.running import link
from extractor.archive.store import Store
from extractor.rulebook import shared_rulebook
from tests.archive.linked_generator import linked
from tests.archive.linking_evaluation import Truth, fill, found, score
from tests.archive.second_generator import linked as linked_by_others


def peer(store: Store, truth: Truth, size: int) -> None:
    """All pairs of names of a sample by rapidfuzz; print its best threshold beside ours."""
    people, releases = schema.people, schema.releases
    asked = select(releases.c.key, people.c.key.label("place"), people.c.name).join(
        people, people.c.release_id == releases.c.id
    )
    with store.read() as connection:
        rows = connection.execute(asked.order_by(releases.c.id, people.c.id).limit(size)).all()
    names = [row.name for row in rows]
    keys = [(row.key, row.place) for row in rows]
    before = time.perf_counter()
    ratios = process.cdist(names, names, scorer=fuzz.token_sort_ratio, dtype=np.uint8, workers=1)
    best: tuple[float, Any, int] = (-1.0, None, 0)
    for threshold in (75, 80, 85, 90, 95, 100):
        clusters = dict(zip(keys, _closure(ratios >= threshold), strict=True))
        one = score({key: truth[key] for key in keys}, clusters)
        f1 = 2 * one.precision * one.recall / max(one.precision + one.recall, 1e-9)
        best = max(best, (f1, one, threshold), key=lambda b: b[0])
    seconds = time.perf_counter() - before
    mine = found(store, "person")
    ours = score({key: truth[key] for key in keys}, {k: mine[k] for k in keys if k in mine})
    pairs = len(names) * (len(names) - 1) // 2
    print(f"sample of {len(names)} persons, ours:      {ours}")
    print(f"rapidfuzz, all {pairs} pairs, >= {best[2]}: {best[1]} ({seconds:.1f} s)")


def _closure(near: Any) -> list[int]:
    root = list(range(len(near)))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for a, b in zip(*np.nonzero(np.triu(near, 1)), strict=True):
        root[find(int(a))] = find(int(b))
    return [find(n) for n in range(len(near))]


def pairs(store: Store, truth: dict[str, Truth], count: int, seed: int) -> None:
    """Print pairs drawn by chance: four in five linked ones, the rest misses."""
    chance = random.Random(seed)
    known = knowledge(shared_rulebook(None))
    for kind, share in (("person", 0.6), ("event", 0.4)):
        with store.read() as connection:
            every = list(entities(connection, kind, known, withheld=True))  # type: ignore[arg-type]
        told = {one.address: one for entity in every for one in entity.mentions}
        wanted = round(count * share)
        drawn = chance.sample(
            sorted((m for m in told.values() if m.compared_with in told), key=lambda m: m.address),
            wanted * 4 // 5,
        )
        wrong = Counter()
        for at, one in enumerate(drawn, 1):
            other = told[str(one.compared_with)]
            right = _truth(truth, kind, one.address) == _truth(truth, kind, other.address)
            wrong[right] += 1
            print(f"\n{kind} {at}: linked, {'right' if right else 'WRONG'}, {one.score:.4f}")
            _print_pair(one, other)
        print(f"\n{kind}: {wrong[True]} of {len(drawn)} linked pairs are right")
        _misses(store, truth, kind, wanted - len(drawn), chance, told)


def _misses(
    store: Store, truth: dict[str, Truth], kind: str, count: int, chance: random.Random,
    told: dict[str, Mention],
) -> None:  # fmt: skip
    mine = found(store, kind)
    by: dict[str, list[Any]] = defaultdict(list)
    for key, entity in truth[kind].items():
        by[entity].append(key)
    split = [
        (some[0], other)
        for some in by.values()
        for other in some[1:]
        if mine.get(some[0]) != mine.get(other) or some[0] not in mine
    ]
    for one, other in chance.sample(split, min(count, len(split))):
        print(f"\n{kind}: NOT linked, although one:")
        for release, place in (one, other):
            address = f"{release}#{place if kind == 'person' else int(place) + 1}"
            mention = told.get(address)
            print(
                "   ",
                _words(mention) if mention else f"{address} {_name(store, kind, release, place)}",
            )


def _name(store: Store, kind: str, release: str, place: Any) -> str:
    table = schema.people if kind == "person" else schema.events
    here = table.c.key == place if kind == "person" else table.c.number == int(place) + 1
    columns = [table.c.name, table.c.role if kind == "person" else table.c.type]
    asked = select(*columns).join(schema.releases, schema.releases.c.id == table.c.release_id)
    with store.read() as connection:
        row = connection.execute(asked.where(schema.releases.c.key == release, here)).first()
    return " | ".join(map(str, row)) if row else "?"


def _truth(truth: dict[str, Truth], kind: str, address: str) -> str:
    release, _sharp, place = address.rpartition("#")
    return truth[kind][release, place if kind == "person" else int(place) - 1]


def _words(one: Mention) -> str:
    return " | ".join(filter(None, (one.name, one.role, one.day, one.site)))


def _print_pair(one: Mention, other: Mention) -> None:
    print("   ", _words(one))
    print("   ", _words(other))
    print("   ", ", ".join(f"{r.about} {r.how} {r.bits:+.1f}" for r in one.reasons))


def reported(store: Store, world: Any, n: int, seed: int) -> Iterator[dict[str, Truth]]:
    """Fill, link, print; the truth."""
    before = time.perf_counter()
    truth = fill(store, world, n, seed)
    print(f"{store.dialect}: {n} releases added in {time.perf_counter() - before:.0f} s")
    before, spent = time.perf_counter(), time.process_time()
    done = link(store)
    seconds, spent = time.perf_counter() - before, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"link         {n / seconds:8.0f} releases/s   {seconds:.1f} s ({spent:.1f} s of this process), "
        f"peak {memory:.0f} MB"
    )
    for one in done:
        print(
            f"  {one.kind}s: {one.mentions} mentions, {one.pairs} pairs compared, {one.dropped} left out of "
            f"too large blocks, {one.new_links} links to {one.new_entities} entities"
        )
    for kind in ("person", "event"):
        print(f"  {kind:7}{score(truth[kind], found(store, kind))}")
    before = time.perf_counter()
    again = link(store)
    assert all(one.operation is None for one in again), again
    print(f"link again   nothing changes ({time.perf_counter() - before:.1f} s)")
    yield truth


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--releases", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--archive", help="an empty archive to fill; default: a new SQLite file")
    parser.add_argument("--second", action="store_true", help="the world made by other hands")
    parser.add_argument("--pairs", type=int, default=0, help="print so many pairs, described")
    parser.add_argument("--sample", type=int, default=3000, help="persons the peer compares")
    asked = parser.parse_args()
    world = linked_by_others if asked.second else linked
    with tempfile.TemporaryDirectory(prefix="rilis-benchmark-") as folder:
        place = asked.archive or Path(folder) / "rilis.db"
        with Store.open(place, create=True) as store:
            (truth,) = reported(store, world, asked.releases, asked.seed)
            if asked.sample:
                peer(store, truth["person"], asked.sample)
            if asked.pairs:
                pairs(store, truth, asked.pairs, asked.seed)


if __name__ == "__main__":
    main()
