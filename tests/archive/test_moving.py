"""An archive moves between stores with every row, all or nothing."""

import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from extractor.archive import moving, schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.moving import move, table_sum
from extractor.archive.records import records_of, release_ids
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from extractor.errors import ArchiveError, UsageError
from extractor.record import Record
from tests.archive.generator import generated
from tests.archive.processes import started

AT = "2026-01-01T00:00:00Z"


def fill(store: Store) -> None:
    """Releases read twice, and rows that point at later ones of their own table."""
    add(store, from_records(generated(12, seed=6)))
    add(store, from_records(generated(6, seed=6, rules_version="newer")))
    with store.write() as connection:
        for number, name in ((1, "Sri"), (2, "Sri Lestari 🌾")):
            row = {"id": number, "name": name, "created_at": AT}
            connection.execute(insert(schema.person_entities), [row])
        first = schema.person_entities.c.id == 1
        connection.execute(update(schema.person_entities).where(first).values(merged_into_id=2))


@pytest.fixture
def other(request: pytest.FixtureRequest, archive_url: str, tmp_path: Path) -> str:
    """An archive of the other kind than ``archive_url``."""
    if archive_url.startswith("postgresql"):
        return str(tmp_path / "other.db")
    return str(request.getfixturevalue("postgresql_archive"))


def test_there_and_back_nothing_is_lost(store: Store, other: str, tmp_path: Path) -> None:
    fill(store)
    with (
        Store.open(other, create=True) as there,
        Store.open(tmp_path / "third.db", create=True) as third,
    ):
        first = move(store, there)
        assert move(there, third) == first
        assert list(faults(there)) == list(faults(third)) == []
        with store.read() as a, third.read() as b:
            assert list(records_of(a, release_ids(a))) == list(records_of(b, release_ids(b)))
    assert first["releases"].rows == 12
    assert first["readings"].rows == 6


def test_a_moved_archive_can_be_added_to_and_searched(
    store: Store, other: str, record: Record
) -> None:
    fill(store)
    with Store.open(other, create=True) as there:
        move(store, there)
        assert add(there, from_records([record])).new == 1
        with (
            there.write() as connection
        ):  # numbers that the database gives go on behind those moved
            made = connection.execute(
                insert(schema.person_entities).values(name="x", created_at=AT)
            )
            assert made.inserted_primary_key == (3,)
            found = (
                "SELECT rowid FROM search_releases WHERE search_releases MATCH 'kader'"
                if there.dialect == "sqlite"
                else "SELECT place & 1099511627775 FROM search_index WHERE terms_vector @@ 'wkader'"
            )
            assert (13,) in connection.exec_driver_sql(found).all()


def test_an_archive_with_releases_is_no_target(store: Store, other: str, record: Record) -> None:
    fill(store)
    with Store.open(other, create=True) as there:
        add(there, from_records([record]))
        with pytest.raises(UsageError, match="already"):
            move(store, there)


def test_copies_that_differ_are_not_kept(
    store: Store, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    with Store.open(other, create=True) as there:
        real = moving.rows_of

        def without_one(connection: object, table: object) -> object:
            rows = list(real(connection, table))  # type: ignore[arg-type]
            return iter(rows[:-1] if table is schema.warnings or table is schema.quotes else rows)

        monkeypatch.setattr(moving, "rows_of", without_one)
        monkeypatch.setattr(
            moving,
            "table_sum",
            lambda c, t: moving.Sum(len(list(real(c, t))), "") if t is schema.quotes else None,
        )
        with pytest.raises(ArchiveError, match="quotes differs"):
            move(store, there)
        monkeypatch.undo()
        with there.read() as connection:
            assert all(
                table_sum(connection, table).rows == 0 for table in schema.metadata.sorted_tables
            )


def test_killed_in_the_middle_the_target_is_empty_and_can_be_filled(
    store: Store, archive_url: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    store.close()  # a connection does not go through a fork
    Store.open(other, create=True).close()
    monkeypatch.setattr(moving, "_AT_ONCE", 20)

    def work(pipe: Connection) -> None:
        def told(table: str, _rows: int) -> None:
            if table == "spans":
                pipe.send(table)
                time.sleep(60)

        with Store.open(archive_url) as source, Store.open(other) as target:
            move(source, target, told)

    process, pipe = started(work)
    assert pipe.recv() == "spans"
    process.kill()
    process.join()
    pipe.close()
    with Store.open(other) as target, Store.open(archive_url) as source:
        with target.read() as connection:
            assert release_ids(connection) == []
        assert move(source, target)["releases"].rows == 12
