"""Whatever is decided in whatever order: the archive stays whole, and undone it is as before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records, looked_at
from extractor.archive.records import records_of, release_ids
from extractor.archive.reviewing.accepting import accept_all
from extractor.archive.reviewing.addresses import address_of
from extractor.archive.reviewing.deciding import accept, correct, reject
from extractor.archive.reviewing.queueing import ORDERS, queue
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.undoing import undo
from extractor.archive.reviewing.values import PARTS
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from extractor.errors import UsageError
from tests.archive.generator import generated
from tests.archive.reviews import everything
from tests.examples import examples

EXAMPLES = examples(20)
VALUES = (
    "Bupati", "2024-05-02", "2024-05", "Siapa Saja", "", "p1", "Rapat", "reported", None,
    {"mode": "online"}, {"type": "rapat"}, {"pseudonym": True}, {"headcount": 12},
    {"name": "Nama Lain"}, {"kind": "reported"}, {"delivered_by": "p1"}, {"organization": "Dinas"},
    {"person": "p1"}, {"titles": ["Ir."]}, {"date": "2024-05-02 09:00"},
)  # fmt: skip


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("review") / "archive.db"
    with Store.open(path, create=True) as store:
        add(store, from_records(generated(2, seed=5)))
        yield store


def decide(store: Store, pick: int, action: str, value: Any, place: tuple[int, int] | None) -> None:
    """One decision on one of the fields that are there; refused ones change nothing."""
    with store.read() as connection:
        spans = connection.execute(schema.spans.select().order_by(schema.spans.c.id)).mappings()
        rows = [dict(row) for row in spans]
        asked = [row for row in rows if row["field"] != "person.mention"]
        rows = asked + [row for row in rows if row not in asked][:3]
        undoings = schema.reviews.select().where(schema.reviews.c.action == "undo")
        undone = [row.id for row in connection.execute(undoings)]
    address = address_of({"release_id": 1, **rows[pick % len(rows)]})
    if isinstance(value, dict):  # what the field has no part for is refused soon enough
        value = {part: one for part, one in value.items() if part in PARTS[address.field]} or None
    before = everything(store)
    try:
        if action == "accept":
            accept(store, address, reviewer="Sri")
        elif action == "correct":
            correct(store, address, value, place, reviewer="Sri")
        elif action == "reject":
            reject(store, address, reviewer="Sri")
        elif action == "add":
            owner = 1 if address.main else address.owner
            add_missing(store, address.field, owner, value, place, reviewer="Sri")
        elif action == "all":
            accept_all(store, Filter(field=address.field), reviewer="Sri")
        elif action == "redo" and undone:
            undo(store, undone[pick % len(undone)], reviewer="Sri")
        else:
            undo(store, reviewer="Sri")
    except UsageError:
        assert everything(store) == before


def undo_all(store: Store) -> None:
    """Undo until there is nothing more to undo, which raises UsageError."""
    while True:
        undo(store, reviewer="Sri")


PLACES = st.one_of(
    st.none(), st.tuples(st.integers(0, 400), st.integers(1, 30)).map(lambda p: (p[0], sum(p)))
)
ACTIONS = ("accept", "correct", "correct", "reject", "add", "add", "all", "undo", "redo")
STEPS = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from(ACTIONS), st.sampled_from(VALUES), PLACES),
    max_size=8,
)


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_decisions_leave_the_archive_whole_and_undone_they_leave_no_trace(
    reviewed: Store, steps: list[tuple[int, str, Any, Any]]
) -> None:
    store = reviewed
    before = everything(store)
    for step in steps:
        decide(store, *step)
    assert list(faults(store)) == []
    with store.read() as connection:
        records = list(records_of(connection, release_ids(connection)))
    assert [type(looked_at("", record)).__name__ for record in records] == ["Incoming"] * 2
    for by in ORDERS:
        queue(store, by, limit=5, reviewer="Budi")
    with pytest.raises(UsageError, match="Sri: no decision to undo"):
        undo_all(store)
    assert everything(store) == before
