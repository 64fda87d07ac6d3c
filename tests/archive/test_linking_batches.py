"""Whatever the order and the batches in which releases come: the same links in the end."""

import itertools
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from extractor.archive.linking.decisions import Kind
from extractor.archive.linking.operations import merge
from extractor.archive.linking.running import KINDS, link
from extractor.archive.schema import event_links
from extractor.archive.store import Store
from extractor.record import Record
from tests.archive.linked_generator import linked as own
from tests.archive.links import groups, put, release
from tests.archive.second_generator import linked as by_others
from tests.examples import examples

Groups = set[frozenset[str]]
SIZE = 60  # releases
PHASES = (Phase.explicit, Phase.generate)  # a smaller example is no clearer, and takes minutes


@cache
def records(second: bool, seed: int) -> tuple[Record, ...]:
    made = (by_others if second else own)(SIZE, seed)
    return tuple(record for record, _people, _events in made)


@contextmanager
def archive() -> Iterator[Store]:
    """An empty archive whose clock goes on at every look: nothing happens in the same second."""
    seconds = itertools.count()

    def now() -> str:
        return f"2026-01-01T00:{next(seconds):02}:00Z"

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        for room in ("linking.running", "linking.operations", "intake.adding"):
            patch.setattr(f"extractor.archive.{room}.now", now)
        with Store.open(Path(folder) / "rilis.db", create=True) as store:
            yield store


def linked(store: Store) -> dict[Kind, Groups]:
    return {kind: groups(store, kind) for kind in KINDS}


@cache
def at_once(second: bool, seed: int) -> dict[Kind, Groups]:
    """What one run over everything links."""
    with archive() as store:
        put(store, records(second, seed))
        link(store)
        return linked(store)


def of_new(some: Groups, new: set[str]) -> Groups:
    """Those that one of the new releases tells of."""
    return {one for one in some if any(m.partition("#")[0] in new for m in one)}


@settings(max_examples=examples(6), deadline=None, phases=PHASES)
@given(
    st.booleans(),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
    st.sets(st.integers(1, SIZE - 1), max_size=4),
)
def test_any_order_and_any_batches_give_the_same_links(
    second: bool, seed: int, chance: random.Random, cuts: set[int]
) -> None:
    every = list(records(second, seed))
    chance.shuffle(every)
    with archive() as store:
        for first, last in itertools.pairwise([0, *sorted(cuts), SIZE]):
            new = every[first:last]
            put(store, new)
            link(store)
            mine = linked(store)
            assert [one.operation for one in link(store)] == [None, None]
        ids = {record.id for record in new}
        link(store, since="1900")
        whole = linked(store)
    assert whole["person"]
    assert whole == at_once(second, seed)
    # what came in last is linked as a run over everything links it; links among what is older may
    # rest on what was frequent then, and so may what its persons were seen at
    assert of_new(mine["event"], ids) == of_new(whole["event"], ids)
    if mine["event"] == whole["event"]:
        assert of_new(mine["person"], ids) == of_new(whole["person"], ids)


def test_persons_at_events_that_are_said_to_be_one_are_looked_at_again() -> None:
    who = [("Budi Hartono", None)]
    here, there = ({"building": f"Aula {n}", "city": f"Kota {n}"} for n in ("Melati", "Kenanga"))
    told = [
        release(1, "2024-05-02", venue=here, people=who),
        release(2, "2024-05-02", venue=here, site="kominfo"),
        release(3, "2024-06-20", "Musyawarah Rencana Pembangunan", venue=there, people=who),
        release(4, "2024-06-20", "Musyawarah Rencana Pembangunan", venue=there, site="kominfo"),
    ]
    budi = frozenset({f"{1:016x}#p1", f"{3:016x}#p1"})
    with archive() as store:
        put(store, records(second=False, seed=6))
        put(store, told)
        link(store)
        assert budi not in groups(store, "person")
        with store.read() as connection:
            asked = select(event_links.c.entity_id).order_by(event_links.c.event_id.desc()).limit(4)
            one, _same, other, _same = connection.execute(asked).scalars()
        merge(store, "event", one, other, reason="one week of planning", author="Sari")
        link(store)
        assert budi in groups(store, "person")
