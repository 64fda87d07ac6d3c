"""What people decide of links can be taken back, byte for byte, and is never lost to a run."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.linking.attaching import attach
from extractor.archive.linking.decisions import TABLES, Kind
from extractor.archive.linking.operations import confirm, log, merge, reject, split, undo
from extractor.archive.linking.running import link
from extractor.archive.risk.withholding import withhold
from extractor.archive.store import Store
from extractor.errors import UsageError
from tests.archive.links import groups, put, rows, world

BY = {"reason": "seen", "author": "Sari"}


@pytest.fixture
def linked_store(store: Store) -> Store:
    """A small archive, linked; on both stores."""
    put(store, world(40, 21))
    link(store)
    return store


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("linked") / "linked.db"))
    with Store.open(place) as store:
        put(store, world(40, 21))
        link(store)
    return place


@pytest.fixture
def small(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """The same on SQLite alone, for what does not depend on the store."""
    with Store.open(shutil.copy(filled, tmp_path / "linked.db")) as store:
        yield store


def mentions(store: Store, kind: Kind) -> dict[int, list[int]]:
    """The mentions of each entity, largest entity first."""
    t = TABLES[kind]
    asked = select(t.links.c.entity_id, t.links.c[t.mention]).where(t.links.c.state != "rejected")
    found: dict[int, list[int]] = {}
    with store.read() as connection:
        for entity, mention in connection.execute(asked.order_by(t.links.c.id)):
            found.setdefault(entity, []).append(mention)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))


def operations(store: Store) -> list[int]:
    with store.read() as connection:
        return [row["id"] for row in log(connection) if row["undone_at"] is None]


@pytest.mark.parametrize("kind", ["person", "event"])
def test_each_decision_is_undone_byte_for_byte(linked_store: Store, kind: Kind) -> None:
    store = linked_store
    (one, some), (other, _more) = list(mentions(store, kind).items())[:2]
    decisions: list[Callable[[], object]] = [
        lambda: merge(store, kind, one, other, **BY),
        lambda: split(store, kind, one, some[:1], **BY),
        lambda: confirm(store, kind, one, author="Sari"),
        lambda: reject(store, kind, one, some[:1], author="Sari"),
    ]
    for decide in decisions:
        before = rows(store)
        decide()
        assert rows(store) != before
        undo(store, operations(store)[0], author="Budi")
        assert rows(store) == before


def test_a_run_is_undone_whole(linked_store: Store) -> None:
    for operation in operations(linked_store):
        undo(linked_store, operation, author="Budi")
    assert not any(rows(linked_store).values())
    link(linked_store)
    assert rows(linked_store)["person_links"]


@pytest.mark.parametrize("kind", ["person", "event"])
def test_merge_then_split_is_where_it_began(small: Store, kind: Kind) -> None:
    before = groups(small, kind)
    (one, _some), (other, moved) = list(mentions(small, kind).items())[:2]
    merge(small, kind, one, other, **BY)
    assert groups(small, kind) != before
    split(small, kind, one, moved, **BY)
    assert groups(small, kind) == before


@pytest.mark.parametrize("seed", range(4))
def test_decisions_made_by_chance_are_undone_backwards(small: Store, seed: int) -> None:
    chance = random.Random(seed)
    states = []
    for _turn in range(8):
        states.append(rows(small))
        known = mentions(small, "person")
        entity = chance.choice(sorted(known))
        some = chance.sample(known[entity], chance.randrange(1, len(known[entity]) + 1))
        try:
            match chance.randrange(7):
                case 0:
                    merge(small, "person", entity, chance.choice(sorted(known)), **BY)
                case 1:
                    split(small, "person", entity, some, **BY)
                case 2:
                    confirm(small, "person", entity, some, author="Sari")
                case 3:
                    reject(small, "person", entity, some, author="Sari")
                case 4:
                    attach(small, "person", entity, [chance.randrange(1, 60)], **BY)
                case 5:
                    attach(small, "person", None, [chance.randrange(1, 60)], **BY)
                case _:
                    link(small, since="1900", kinds=("person",))
        except UsageError:
            pass
        if rows(small) == states[-1]:
            states.pop()
    for state, operation in zip(reversed(states), operations(small), strict=False):
        undo(small, operation, author="Budi")
        assert rows(small) == state


def test_runs_leave_what_people_decided(small: Store) -> None:
    (one, some), (other, _more), *_rest = mentions(small, "person").items()
    merge(small, "person", one, other, **BY)
    reject(small, "person", one, some[:1], author="Sari")
    decided = [row for row in rows(small)["person_links"] if "Sari" in row]
    link(small, since="1900")
    assert [row for row in rows(small)["person_links"] if "Sari" in row] == decided


def test_what_cannot_be_is_told_in_one_line(small: Store) -> None:
    (one, some), (other, more), *_rest = mentions(small, "person").items()
    wrong: list[Callable[[], object]] = [
        lambda: merge(small, "person", one, one, **BY),
        lambda: merge(small, "person", one, 9999, **BY),
        lambda: split(small, "person", one, some, **BY),
        lambda: split(small, "person", one, more[:1], **BY),
        lambda: confirm(small, "person", one, [9999], author="Sari"),
        lambda: undo(small, 9999, author="Sari"),
    ]
    before = rows(small)
    for decide in wrong:
        with pytest.raises(UsageError):
            decide()
    assert rows(small) == before
    merge(small, "person", one, other, **BY)
    with pytest.raises(UsageError, match="merged"):
        confirm(small, "person", other, author="Sari")


def test_an_operation_that_later_ones_built_on_names_them(small: Store) -> None:
    one = next(iter(mentions(small, "person")))
    first = operations(small)
    done = confirm(small, "person", one, author="Sari")
    run = next(n for n in first if _kind(small, n) == "person")
    with pytest.raises(UsageError, match=str(done)):
        undo(small, run, author="Budi")
    undo(small, done, author="Budi")
    with pytest.raises(UsageError, match="already"):
        undo(small, done, author="Budi")
    undo(small, run, author="Budi")
    assert not rows(small)["person_links"]


def _kind(store: Store, number: int) -> str:
    with store.read() as connection:
        return next(row["kind"] for row in log(connection) if row["id"] == number)


def test_who_joins_a_withheld_person_is_struck_out_too(small: Store) -> None:
    (one, some), (other, more), *_rest = mentions(small, "person").items()
    withhold(small, [f"person:{one}"], "other", "asked for it", "Sari")
    merge(small, "person", one, other, **BY)
    with small.read() as connection:
        masked = select(schema.masked_rows.c.row_id).where(
            schema.masked_rows.c.table_name == "people"
        )
        assert {*some, *more} <= set(connection.execute(masked).scalars())
    link(small, since="1900")
    assert one in mentions(small, "person")
