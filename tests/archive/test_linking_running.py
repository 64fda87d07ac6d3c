"""Runs of linking: right, the same on both stores, idempotent, and blind to the order of adding."""

import random

import pytest
from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.linking.decisions import TABLES
from extractor.archive.linking.operations import confirm, reject
from extractor.archive.linking.running import link
from extractor.archive.store import Store
from tests.archive.linked_generator import linked
from tests.archive.linking_evaluation import fill, found, score
from tests.archive.links import groups, put, rows, world


def test_links_are_right_and_a_second_run_changes_nothing(store: Store) -> None:
    truth = fill(store, linked, 260, 5, batch=100)
    done = link(store)
    assert {one.kind for one in done} == {"person", "event"}
    for kind in ("person", "event"):
        figures = score(truth[kind], found(store, kind))
        assert figures.precision >= 0.96, (kind, figures)  # of some hundred pairs
        assert figures.recall >= 0.92, (kind, figures)
    before = rows(store, *TABLES_ALL)
    assert [one.operation for one in link(store)] == [None, None]
    assert [one.operation for one in link(store, since="1900")] == [None, None]
    assert rows(store, *TABLES_ALL) == before


TABLES_ALL = ("person_entities", "person_links", "event_entities", "event_links", "link_operations")


def test_both_stores_get_the_same_rows(
    sqlite_archive: str, postgresql_archive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.linking.running.now", lambda: "2026-01-01T00:00:00Z")
    told = []
    for place in (sqlite_archive, postgresql_archive):
        with Store.open(place) as store:
            put(store, world(120, 8))
            link(store)
            told.append(rows(store, *TABLES_ALL))
    assert told[0]["person_links"]
    assert told[0] == told[1]


def test_the_order_of_adding_does_not_matter(sqlite_archive: str, tmp_path: object) -> None:
    records = world(150, 9)
    told = []
    for seed in range(2):
        with Store.open(f"{tmp_path}/{seed}.db", create=True) as store:
            mixed = list(records)
            random.Random(seed).shuffle(mixed)
            put(store, mixed)
            link(store)
            told.append([groups(store, "person"), groups(store, "event")])
    assert told[0][0]
    assert told[0] == told[1]


def test_what_comes_later_is_linked_to_what_is_there(store: Store) -> None:
    records = world(160, 10)
    put(store, records[:110])
    link(store)
    before = rows(store)["person_entities"]
    put(store, records[110:])
    with store.write() as connection:  # came in later than the run, not in the same second
        connection.execute(schema.link_operations.update().values(done_at="2000-01-01T00:00:00Z"))
        changed = schema.releases.update().where(schema.releases.c.id <= 110)
        connection.execute(changed.values(updated_at="1999-01-01T00:00:00Z"))
    done = {one.kind: one for one in link(store)}
    assert 0 < done["person"].considered <= done["person"].mentions
    assert {row[0] for row in before} & {row[0] for row in rows(store)["person_entities"]}
    assert groups(store, "event") == _whole(store, "event")


def _whole(store: Store, kind: str) -> set[frozenset[str]]:
    """What a run over everything links."""
    link(store, since="1900")
    return groups(store, kind)


def test_a_dry_run_tells_and_writes_nothing(store: Store) -> None:
    put(store, world(40, 3))
    done = link(store, dry_run=True)
    assert all(one.new_links and one.operation is None for one in done)
    assert not any(rows(store, *TABLES_ALL).values())


def test_decisions_stay_and_a_rejected_pair_is_never_proposed_again(sqlite_archive: str) -> None:
    with Store.open(sqlite_archive) as store:
        put(store, world(80, 12))
        link(store)
        sizes: dict[int, list[int]] = {}
        for link_row in rows(store)["person_links"]:
            sizes.setdefault(link_row[1], []).append(link_row[2])
        one, other = sorted(sizes, key=lambda e: -len(sizes[e]))[:2]
        out = sizes[one][0]
        reject(store, "person", one, [out], author="Sari")
        confirm(store, "person", other, sizes[other][:1], author="Sari")
        decided = [r for r in rows(store)["person_links"] if r[6] == "Sari"]
        for _run in range(2):
            link(store, since="1900")
            assert [r for r in rows(store)["person_links"] if r[6] == "Sari"] == decided
            for mentions in _entities(store).values():
                assert out not in mentions or not mentions & set(sizes[one][1:])


def _entities(store: Store) -> dict[int, set[int]]:
    t = TABLES["person"]
    asked = select(t.links.c.entity_id, t.links.c.person_id).where(t.links.c.state != "rejected")
    told: dict[int, set[int]] = {}
    with store.read() as connection:
        for entity, person in connection.execute(asked):
            told.setdefault(entity, set()).add(person)
    return told


def test_pseudonyms_and_rejected_persons_are_nobody(sqlite_archive: str) -> None:
    with Store.open(sqlite_archive) as store:
        put(store, world(60, 13))
        with store.write() as connection:
            connection.execute(schema.people.update().values(pseudonym=True))
            connection.execute(schema.events.update().values(state="rejected"))
        link(store)
        assert not any(rows(store).values())
