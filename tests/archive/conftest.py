"""The archive on both stores: every test that asks for ``store`` runs on SQLite and PostgreSQL.

``store``       an empty archive, open
``archive_url`` where it is, to open it a second time or to give it to the command
``record``      the shipped sample, as a Record
``rilis``       ``rilis("archive", "info")`` in this process: (exit status, output, messages)
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractor import cli
from extractor.archive import schema
from extractor.archive.store import Store
from extractor.messages import set_language
from extractor.record import Record, record_from_json
from extractor.resources import corpus_dir
from tests.archive.postgresql import NoServer, Server, running_server


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    try:
        with running_server() as server:
            yield server
    except NoServer as error:
        if os.environ.get("RILIS_TEST_POSTGRESQL") == "required":
            raise
        pytest.skip(f"no PostgreSQL server: {error}")


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: Server) -> str:
    """The URL of the database that one test after the other gets, emptied in between."""
    postgresql_server.run("CREATE DATABASE archive")
    url = postgresql_server.url("archive")
    Store.open(url, create=True).close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "template.db"
    Store.open(path, create=True).close()
    return path


@pytest.fixture
def sqlite_archive(sqlite_template: Path, tmp_path: Path) -> str:
    """The path of an empty archive."""
    return str(shutil.copy(sqlite_template, tmp_path / "archive.db"))


@pytest.fixture
def postgresql_archive(postgresql_database: str) -> Iterator[str]:
    """The URL of an empty archive."""
    yield postgresql_database
    # a database of its own for each test would cost a second each
    with Store.open(postgresql_database) as store, store.write() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(table.delete())
            if "id" in table.c:
                connection.exec_driver_sql(f"ALTER SEQUENCE {table.name}_id_seq RESTART")


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_url(request: pytest.FixtureRequest) -> str:
    """Where an empty archive is: once a SQLite file, once a PostgreSQL database."""
    return str(request.getfixturevalue(f"{request.param}_archive"))


@pytest.fixture
def store(archive_url: str) -> Iterator[Store]:
    """An empty archive, open; once on SQLite, once on PostgreSQL."""
    with Store.open(archive_url) as opened:
        yield opened


@pytest.fixture
def record() -> Record:
    """The shipped sample as a record."""
    path = corpus_dir() / "sample" / "2024-07-11-rakor-kader.json"
    return record_from_json(path.read_bytes())


@pytest.fixture
def rilis(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """The command, as from a shell."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["rilis", *map(str, arguments)])
        capfd.readouterr()
        try:
            cli.main()
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
        finally:
            set_language("en")
        return status, *capfd.readouterr()

    return run
