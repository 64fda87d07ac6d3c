"""Killed, crowded, full, locked or cut off: what was said to be kept is kept, and no more.

``RILIS_KILLS=20 pytest tests/archive/test_resilience.py`` kills that many times.
"""

import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import from_records, parsed
from extractor.archive.records import records_of, release_ids
from extractor.archive.store import Store
from extractor.archive.verifying import faults, overview
from extractor.errors import ArchiveError
from extractor.record import Record
from tests.archive.generator import generated, generated_lines
from tests.archive.postgresql import NoServer, running_server
from tests.archive.processes import heard, started

KILLS = int(os.environ.get("RILIS_KILLS", "3"))
BATCH = 20


def adding(pipe: Pipe, url: str, numbers: range, wait: float = 60.0) -> None:
    """Add generated releases in small batches; tell the sum after each, or the complaint."""
    try:
        with Store.open(url, wait=wait) as store:
            lines = (line for n in numbers for line in generated_lines(1, first=n))
            items = (parsed("x", line) for line in lines)
            add(store, items, BATCH, watch=lambda total: pipe.send(total.kept))
        pipe.send("done")
    except ArchiveError as error:
        pipe.send(str(error))


def there(url: str) -> list[Record]:
    """All records, after a look at every text and word."""
    with Store.open(url) as store:
        assert list(faults(store)) == []
        rows = overview(store).rows
        assert rows["releases"] == rows["versions"] == rows["events"] == rows["search_documents"]
        with store.read() as connection:
            return list(records_of(connection, release_ids(connection)))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_killed_in_the_middle_nothing_is_half_written_and_a_rerun_completes(
    request: pytest.FixtureRequest, engine: str
) -> None:
    url = str(request.getfixturevalue(f"{engine}_archive"))
    chance = random.Random(6)
    goal = BATCH * (KILLS + 3)
    told = 0
    for kill in range(KILLS):
        process, pipe = started(adding, url, range(goal))
        assert process.pid is not None
        for said in heard(pipe):
            told = max(told, said if isinstance(said, int) else 0)
            if said == "done" or said >= BATCH * (kill + 1):
                break
        time.sleep(chance.random() * 0.06)  # somewhere in the next batch
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        pipe.close()
        kept = there(url)
        assert len(kept) % BATCH == 0
        assert len(kept) >= told
    process, pipe = started(adding, url, range(goal))
    assert list(heard(pipe))[-1] == "done"
    process.join()
    assert there(url) == list(generated(goal))


def test_two_writers_at_once_both_finish(archive_url: str) -> None:
    first, one = started(adding, archive_url, range(0, 8 * BATCH))
    second, two = started(adding, archive_url, range(4 * BATCH, 12 * BATCH))
    assert [list(heard(pipe))[-1] for pipe in (one, two)] == ["done", "done"]
    first.join()
    second.join()
    kept = sorted(there(archive_url), key=lambda record: record.id)
    assert kept == sorted(generated(12 * BATCH), key=lambda record: record.id)


def test_two_that_make_the_same_archive_at_once_make_one(tmp_path: Path) -> None:
    url = str(tmp_path / "new.db")

    def making(pipe: Pipe, number: int) -> None:
        try:
            with Store.open(url, create=True) as store:
                add(store, from_records(generated(5, first=number * 5)))
            pipe.send("done")
        except ArchiveError as error:
            pipe.send(str(error))

    pairs = [started(making, number) for number in range(3)]
    assert [list(heard(pipe)) for _process, pipe in pairs] == [["done"]] * 3
    for process, _pipe in pairs:
        process.join()
    assert len(there(url)) == 15


def fails_then_completes(url: str, said: str, store: Store, cure: Callable[[], None]) -> None:
    """Adding fails with a line that names the archive; what was told is kept; a rerun completes."""
    told: list[int] = []
    records = list(generated(200))
    with pytest.raises(ArchiveError, match=said) as caught:
        add(store, from_records(records), BATCH, watch=lambda total: told.append(total.kept))
    kept = told[-1] if told else 0
    assert "\n" not in str(caught.value)
    assert f"({kept} releases of this run are kept)" in str(caught.value)
    store.close()
    cure()
    assert there(url) == records[:kept]
    with Store.open(url) as again:
        assert add(again, from_records(records)) == Added(new=200 - kept, unchanged=kept)
    assert there(url) == records


def test_a_full_disk_is_told_and_nothing_lost(sqlite_archive: str) -> None:
    with Store.open(sqlite_archive) as store:
        store.engine.dispose()

        @event.listens_for(store.engine, "connect")
        def limit(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA max_page_count = 700")

        fails_then_completes(sqlite_archive, "disk is full", store, lambda: None)


def test_a_file_that_may_not_grow_is_told_and_nothing_lost(sqlite_archive: str) -> None:
    """The system itself refuses to write, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = Path(sqlite_archive).stat().st_size

    def cure() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1_500_000, hard))
    try:
        with Store.open(sqlite_archive) as store:
            fails_then_completes(sqlite_archive, "disk is full", store, cure)
    finally:
        cure()


def test_a_full_disk_of_the_server_is_told_and_nothing_lost(postgresql_archive: str) -> None:
    with Store.open(postgresql_archive) as store:
        with store.write() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " IF NEW.id > 50 THEN RAISE EXCEPTION 'could not extend file'"
                " USING ERRCODE = 'disk_full'; END IF; RETURN NEW; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER full_disk BEFORE INSERT ON quotes FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )

        def cure() -> None:
            with Store.open(postgresql_archive) as other, other.write() as connection:
                connection.exec_driver_sql("DROP FUNCTION full_disk() CASCADE")

        fails_then_completes(postgresql_archive, "disk is full", store, cure)


def test_a_server_that_goes_away_in_mid_batch_is_told_and_nothing_lost() -> None:
    try:
        with running_server() as server:
            server.run("CREATE DATABASE archive")
            url = server.url("archive")
            batches = 0
            with Store.open(url, create=True) as store:

                @event.listens_for(store.engine, "before_cursor_execute")
                def cut(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
                    nonlocal batches
                    batches += statement.startswith("INSERT INTO spans")
                    if batches == 3 and statement.startswith("INSERT INTO dates"):
                        server.stop(signal.SIGQUIT)

                fails_then_completes(url, "went away", store, server.start)
    except NoServer as error:
        if os.environ.get("RILIS_TEST_POSTGRESQL") == "required":
            raise
        pytest.skip(f"no PostgreSQL server: {error}")


def test_a_session_that_the_server_ends_is_told_and_nothing_lost(postgresql_archive: str) -> None:
    batches = 0
    with Store.open(postgresql_archive) as store:

        @event.listens_for(store.engine, "before_cursor_execute")
        def cut(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            nonlocal batches
            batches += statement.startswith("INSERT INTO spans")
            if batches == 2 and statement.startswith("INSERT INTO dates"):
                with Store.open(postgresql_archive) as other, other.read() as connection:
                    connection.exec_driver_sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )

        fails_then_completes(postgresql_archive, "went away", store, lambda: None)


def test_who_may_only_read_on_the_server_is_told(postgresql_archive: str) -> None:
    with Store.open(postgresql_archive) as store:
        add(store, from_records(generated(3)))
        with store.write() as connection:
            connection.exec_driver_sql("CREATE ROLE reader LOGIN")
            connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        try:
            with Store.open(postgresql_archive.replace("rilis@", "reader@")) as guest:
                with guest.read() as connection:
                    assert len(release_ids(connection)) == 3
                with pytest.raises(ArchiveError, match="may not be written"):
                    add(guest, from_records(generated(9)))
        finally:
            with store.write() as connection:
                connection.exec_driver_sql("DROP OWNED BY reader")
                connection.exec_driver_sql("DROP ROLE reader")


def test_a_file_that_may_only_be_read_is_told_and_can_be_read(sqlite_template: Path) -> None:
    # not in pytest's folder: another user may not enter that
    folder = Path(tempfile.mkdtemp(prefix="rilis-"))
    try:
        path = Path(shutil.copy(sqlite_template, folder / "archive.db"))
        with Store.open(path) as store:
            add(store, from_records(generated(3)))
        path.chmod(0o444)
        folder.chmod(0o555)

        def trying(pipe: Pipe) -> None:
            if os.geteuid() == 0:  # whom no permission stops
                os.setgid(65534)
                os.setuid(65534)
            try:
                with Store.open(path) as store:
                    add(store, from_records(generated(9)))
            except ArchiveError as error:
                pipe.send(str(error))
            with Store.open(path, read_only=True) as store, store.read() as connection:
                pipe.send(len(release_ids(connection)))

        process, pipe = started(trying)
        said = list(heard(pipe))
        process.join()
        assert len(said) == 2, said
        assert str(path) in said[0]
        assert "may not be written to" in said[0]
        assert said[1] == 3
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
