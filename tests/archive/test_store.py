"""A store opens, keeps a block whole or not at all, and lets the database check the words."""

import contextlib
import hashlib

import pytest
from alembic import command
from sqlalchemy import Connection, func, insert, inspect, select, update

from extractor.archive import schema
from extractor.archive.engines import small_cache
from extractor.archive.store import Store, location_of
from extractor.archive.upgrading import State, configuration, downgrade, state_of, upgrade
from extractor.errors import ArchiveError, UsageError

TEXT = "Bupati 🌾 membuka rapat — “Mari bertani,” kata Sri."
SHA = hashlib.sha256(TEXT.encode()).hexdigest()


def a_version(connection: Connection) -> int:
    """A release with one version and a rule, all of number 1."""
    release = {
        "id": 1, "key": "a1", "headline": "x", "rules_version": "r", "reading_hash": "h",
        "added_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    version = {
        "id": 1, "release_id": 1, "current": True, "draft_sha256": SHA, "text_sha256": SHA,
        "text_hash": SHA[:16], "text": TEXT, "offsets": "[]", "added_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    connection.execute(insert(schema.releases), [release])
    connection.execute(insert(schema.versions), [version])
    connection.execute(insert(schema.rules), [{"id": 1, "name": "r.x", "rules_version": "r"}])
    return 1


def span(start: int, end: int, words: str, **more: object) -> dict[str, object]:
    return {
        "version_id": 1, "text_hash": SHA[:16], "field": "release.credit", "position": 0, "start_offset": start,
        "end_offset": end, "words": words, "rule_id": 1, "confidence": 0.5, "state": "unreviewed", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end"), [(0, 6), (7, 8), (24, 39), (len(TEXT) - 4, len(TEXT)), (0, len(TEXT))]
)
def test_words_that_stand_in_the_text_are_taken(store: Store, start: int, end: int) -> None:
    with store.write() as connection:
        a_version(connection)
        connection.execute(insert(schema.spans), [span(start, end, TEXT[start:end])])
    with store.read() as connection:
        assert connection.execute(select(schema.spans.c.words)).scalar_one() == TEXT[start:end]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(span(1, 7, TEXT[0:6]), id="one too far"),
        pytest.param(span(0, 6, "bupati"), id="other letters"),
        pytest.param(span(9, 16, TEXT[9:15]), id="words cut"),
        pytest.param(span(8, 16, TEXT[9:17]), id="counted in UTF-16"),
        pytest.param(span(-2, 4, TEXT[0:6]), id="before the text"),
        pytest.param(span(len(TEXT), len(TEXT) + 2, "i."), id="behind the text"),
        pytest.param(span(6, 0, ""), id="end before start"),
        pytest.param(span(9, 9, ""), id="no words"),
        pytest.param(span(len(TEXT) - 1, len(TEXT) + 1, "."), id="cut off by the end of the text"),
        pytest.param(span(0, 6, "Bupati", text_hash="0" * 16), id="hash of another text"),
        pytest.param(span(0, 6, "Bupati", version_id=2), id="no such version"),
        pytest.param(span(0, 6, "Bupati", rule_id=7), id="no such rule"),
        pytest.param(span(0, 6, "Bupati", confidence=1.2), id="more than sure"),
        pytest.param(span(0, 6, "Bupati", field="event.name"), id="an event's field without event"),
        pytest.param(span(0, 6, "Bupati", field="release.mood"), id="no such field"),
    ],
)
def test_the_database_refuses_a_span_whose_words_are_not_there(
    store: Store, wrong: dict[str, object]
) -> None:
    with store.write() as connection:
        a_version(connection)
    rows = [span(0, 6, "Bupati"), wrong]
    with pytest.raises(ArchiveError), store.write() as connection:
        connection.execute(insert(schema.spans), rows)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(schema.spans)).scalar_one() == 0


@pytest.mark.parametrize(
    "change", [{"start_offset": 1}, {"end_offset": 5}, {"words": "Bupatj"}, {"text_hash": "0" * 16}]
)
def test_a_kept_span_cannot_be_moved_off_its_words(store: Store, change: dict[str, object]) -> None:
    with store.write() as connection:
        a_version(connection)
        connection.execute(insert(schema.spans), [span(0, 6, "Bupati")])
    with pytest.raises(ArchiveError), store.write() as connection:
        connection.execute(update(schema.spans).values(change))


@pytest.mark.parametrize("column", ["text", "text_sha256", "text_hash"])
def test_a_kept_text_never_changes(store: Store, column: str) -> None:
    with store.write() as connection:
        a_version(connection)
    with pytest.raises(ArchiveError), store.write() as connection:
        connection.execute(update(schema.versions).values({column: "x"}))
    with store.write() as connection:
        connection.execute(update(schema.versions).values(current=False, text=TEXT))


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.write() as connection:
        a_version(connection)
        raise ZeroDivisionError
    with store.read() as connection:
        assert connection.execute(select(schema.releases)).all() == []


def test_a_reader_sees_one_state_while_a_writer_goes_on(store: Store) -> None:
    count = select(func.count()).select_from(schema.releases)
    with store.read() as reader:
        assert reader.execute(count).scalar_one() == 0
        with store.write() as writer:
            a_version(writer)
        assert reader.execute(count).scalar_one() == 0
    with store.read() as reader:
        assert reader.execute(count).scalar_one() == 1


def test_who_only_reads_sees_what_is_written_meanwhile(store: Store, archive_url: str) -> None:
    count = select(func.count()).select_from(schema.releases)
    with Store.open(archive_url, read_only=True) as guest:
        for expected in (0, 1):
            with guest.read() as reader:
                assert reader.execute(count).scalar_one() == expected
            if not expected:
                with store.write() as writer:
                    a_version(writer)


def test_who_only_reads_cannot_write(sqlite_archive: str) -> None:
    with (
        Store.open(sqlite_archive, read_only=True) as guest,
        pytest.raises(ArchiveError, match="may not be written"),
        guest.write() as connection,
    ):
        a_version(connection)


def test_a_second_writer_waits_says_so_and_gives_up_in_time(store: Store, archive_url: str) -> None:
    said: list[str] = []
    with (
        store.write(),
        Store.open(archive_url, wait=0.2, on_wait=said.append) as second,
        pytest.raises(ArchiveError, match="another program"),
        second.write(),
    ):
        pass
    assert len(said) == 1
    assert "waiting" in said[0]


def test_tables_and_migrations_agree_and_can_be_taken_back(store: Store) -> None:
    with store.write() as connection:
        command.check(configuration(connection))
        downgrade(connection)
        assert inspect(connection).get_table_names() == ["alembic_version"]
        upgrade(connection)
        assert state_of(connection) is State.CURRENT


def test_a_deleted_release_takes_everything_along(store: Store) -> None:
    with store.write() as connection:
        a_version(connection)
        connection.execute(insert(schema.spans), [span(0, 6, "Bupati")])
        connection.execute(schema.releases.delete())
        for table in (schema.versions, schema.spans):
            assert connection.execute(select(table)).all() == []


@pytest.mark.parametrize(
    ("given", "location"),
    [
        ("a.db", "sqlite:///a.db"),
        ("sqlite:////tmp/a.db", "sqlite:////tmp/a.db"),
        ("postgres://u:secret@h/d", "postgresql+psycopg://u:***@h/d"),
        ("postgresql://u@/d?host=/tmp", "postgresql+psycopg://u@/d?host=/tmp"),
    ],
)
def test_an_archive_is_a_path_or_a_url(given: str, location: str) -> None:
    assert location_of(given).render_as_string() == location.replace("host=/tmp", "host=%2Ftmp")


@pytest.mark.parametrize("given", ["mysql://h/d", "http://h/d", "sqlite://", "://"])
def test_another_url_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        location_of(given)


def test_without_a_name_the_environment_decides_then_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RILIS_ARCHIVE", "kota.db")
    assert location_of().database == "kota.db"
    monkeypatch.setenv("RILIS_ARCHIVE", "")
    assert location_of("").database == "rilis.db"
    monkeypatch.delenv("RILIS_ARCHIVE")
    assert location_of().database == "rilis.db"


def test_a_cache_is_small_while_all_is_read_through_and_large_again(sqlite_archive: str) -> None:
    def size(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

    with Store.open(sqlite_archive) as store:
        with store.read() as connection, small_cache(connection):
            small = size(connection)
        with store.read() as connection:
            assert size(connection) < small < 0  # of KiB, told as negative numbers
