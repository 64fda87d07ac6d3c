"""Databases of other versions, of other programs, and of none."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select, text

from extractor.archive import schema
from extractor.archive.index.searchable import stale
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.records import records_of, release_ids
from extractor.archive.store import Store, location_of
from extractor.archive.upgrading import MIGRATIONS, State, configuration, downgrade, state_of
from extractor.archive.verifying import faults
from extractor.errors import ArchiveError, UsageError
from tests.archive.generator import generated

Rilis = Callable[..., tuple[int, str, str]]
VERSIONS = Path(__file__).parent / "versions"

NEXT = '''"""A step that is to come: a table is made anew, as SQLite must."""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A column with a check."""
    with op.batch_alter_table("events", recreate="{recreate}") as batch:
        batch.add_column(sa.Column("mood", sa.Text, nullable=False, server_default="good"))
    {more}


def downgrade() -> None:
    """Away with it."""
    with op.batch_alter_table("events", recreate="{recreate}") as batch:
        batch.drop_column("mood")
'''


def steps_to_come(folder: Path, store: Store, more: str = "pass") -> Path:
    """The migrations of a later version."""
    shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    recreate = "always" if store.dialect == "sqlite" else "never"
    step = folder / "migrations" / "versions" / "fifth.py"
    step.write_text(NEXT.format(recreate=recreate, more=more), encoding="utf-8")
    return folder / "migrations"


@pytest.fixture
def back_to_fourth(archive_url: str, tmp_path: Path) -> Iterator[None]:
    """Whatever a test did, the database is at this version's step again for the next."""
    yield
    with (
        Store(location_of(archive_url), migrations=tmp_path / "migrations") as later,
        later.write() as connection,
    ):
        if "mood" in {column["name"] for column in inspect(connection).get_columns("events")}:
            downgrade(connection, "0004", tmp_path / "migrations")


@pytest.mark.usefixtures("back_to_fourth")
def test_an_older_archive_is_told_and_upgrades_with_its_data(
    store: Store, archive_url: str, tmp_path: Path
) -> None:
    records = list(generated(5, seed=8))
    add(store, from_records(records))
    migrations = steps_to_come(tmp_path, store)
    with store.read() as connection:
        assert state_of(connection, migrations) is State.OLDER
    with Store(location_of(archive_url), migrations=migrations) as later:
        with pytest.raises(UsageError, match="rilis archive upgrade"):
            later._settle(create=True)
        assert later.upgrade() == ("0004", "0005")
        assert later.upgrade() == ("0005", "0005")
        with later.read() as connection:
            assert connection.execute(text("SELECT DISTINCT mood FROM events")).scalars().all() == [
                "good"
            ]
            assert list(records_of(connection, release_ids(connection))) == records
        assert list(faults(later)) == []
    with pytest.raises(UsageError, match="newer rilis"):
        Store.open(archive_url)


@pytest.mark.usefixtures("back_to_fourth")
def test_an_upgrade_that_fails_leaves_everything_as_it_was(
    store: Store, archive_url: str, tmp_path: Path
) -> None:
    records = list(generated(5, seed=8))
    add(store, from_records(records))
    migrations = steps_to_come(tmp_path, store, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with (
        Store(location_of(archive_url), migrations=migrations) as later,
        pytest.raises(ArchiveError),
    ):
        later.upgrade()
    with Store.open(archive_url) as same, same.read() as connection:
        assert list(records_of(connection, release_ids(connection))) == records


def test_an_archive_of_a_newer_version_is_left_alone(store: Store, archive_url: str) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'fe01'"))
    try:
        for create in (True, False):
            with pytest.raises(UsageError, match="newer rilis"):
                Store.open(archive_url, create=create)
        with (
            pytest.raises(UsageError, match="newer rilis"),
            Store(location_of(archive_url)) as there,
        ):
            there.upgrade()
    finally:
        with store.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))


def rows_of(store: Store, columns: dict[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
    """These columns of these tables, in the order of their numbers."""
    with store.read() as connection:
        return {
            table: [
                dict(row)
                for row in connection.execute(
                    select(*(schema.metadata.tables[table].c[name] for name in names)).order_by(
                        *schema.metadata.tables[table].primary_key
                    )
                ).mappings()
            ]
            for table, names in columns.items()
        }


@pytest.mark.parametrize("version", sorted(path.stem for path in VERSIONS.glob("*.json")))
def test_the_database_of_every_version_upgrades_with_its_data_intact(
    store: Store, archive_url: str, version: str, rilis: Rilis
) -> None:
    """versions/X.json holds the rows of an archive as the rilis of step X wrote them."""
    rows = json.loads((VERSIONS / f"{version}.json").read_text(encoding="utf-8"))
    words = rows.pop("search_documents")  # derived: made anew
    with store.write() as connection:
        downgrade(connection, version)
        for table in schema.metadata.sorted_tables:
            for row in rows.get(table.name, ()):
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(
                    text(f"INSERT INTO {table.name} ({names}) VALUES ({values})"), row
                )
    status, _out, said = rilis("archive", "upgrade", "--archive", archive_url)
    assert status == 0, said
    assert f"{len(words)} releases indexed anew" in said
    assert rows_of(store, {table: list(some[0]) for table, some in rows.items()}) == rows
    assert list(faults(store)) == []
    with store.read() as connection:
        assert len(list(records_of(connection, release_ids(connection)))) == len(rows["releases"])
        found = set(connection.execute(select(schema.search_documents.c.release_id)).scalars())
        assert found == {row["release_id"] for row in words}
        command.check(configuration(connection))


def test_a_new_archive_is_indexed_with_the_stems_in_force(store: Store) -> None:
    add(store, from_records(generated(1)))
    with store.read() as connection:
        assert not stale(connection)


def test_every_step_goes_up_and_down_and_agrees_with_the_tables(store: Store) -> None:
    with store.write() as connection:
        config: Config = configuration(connection)
        command.downgrade(config, "base")
        command.upgrade(config, "head")
        command.check(config)


@pytest.mark.parametrize("raw", [b"rilis arsip", b"\x00" * 5000, b"PK\x03\x04" * 300])
def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(raw)
    for create in (True, False):
        with pytest.raises(ArchiveError, match="is no database"):
            Store.open(path, create=create)
    assert path.read_bytes() == raw


def test_a_database_of_another_program_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE releases (id)")
    connection.commit()
    connection.close()
    with pytest.raises(UsageError, match="no archive of rilis"):
        Store.open(path, create=True)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("releases",)]
    connection.close()


def test_an_empty_file_becomes_an_archive_only_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(UsageError, match="empty"):
        Store.open(path)
    Store.open(path, create=True).close()
    with Store.open(path) as store, store.read() as connection:
        assert connection.execute(select(schema.releases)).all() == []


def test_a_name_that_is_nowhere_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such archive"):
        Store.open(tmp_path / "nowhere.db")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ArchiveError, match="folder"):
        Store.open(tmp_path / "no" / "where.db", create=True)
