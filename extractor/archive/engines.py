"""The connections beneath a store: SQLite set up to be safe and quick, PostgreSQL by psycopg 3."""

import contextlib
import importlib.util
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from extractor.errors import UsageError
from extractor.messages import _

WRITES = {"rilis_writes": True}  # execution option of a connection that is going to write
_BUSY = 1.0  # seconds SQLite itself waits for a lock
_CACHE_KIB = 64_000
_SMALL_CACHE_KIB = 8_000


def engine_of(url: URL, read_only: bool = False) -> Engine:
    """The engine of an archive; raises UsageError where the driver is not installed."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(str(url.database)).absolute(), read_only)
    if importlib.util.find_spec("psycopg") is None:
        raise UsageError(
            _('PostgreSQL needs psycopg, which is not installed: pip install "rilis[postgres]"')
        )
    # what it warns of (a batch that the server broke off) is told in our own words; whoever sets up
    # logging still gets it
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    return create_engine(url, connect_args={"connect_timeout": 10, "client_encoding": "utf8"})


@contextmanager
def small_cache(connection: Connection) -> Iterator[None]:
    """Keep few of SQLite's pages in memory, where each is read or written about once: a large cache
    makes nothing faster then. After an error it stays small."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_SMALL_CACHE_KIB}")
    yield
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _sqlite(path: Path, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            _uri(path, read_only),
            uri=True,
            isolation_level=None,  # BEGIN is said below, not by the driver
            check_same_thread=False,
            timeout=_BUSY,
        )
        try:
            _set_up(made, read_only)
        except BaseException:
            made.close()
            raise
        return made

    engine = create_engine(URL.create("sqlite", database=str(path)), creator=connect)
    event.listen(engine, "begin", _begin)
    return engine


def _uri(path: Path, read_only: bool) -> str:
    """Reading too needs files beside the database, by which readers see the newest rows. Only
    where none can be laid there, so that nobody can be writing either, does it go without."""
    if not read_only:
        return path.as_uri()
    beside = path.with_name(path.name + "-wal").exists()
    alone = not beside and not os.access(path.parent, os.W_OK)
    return f"{path.as_uri()}?mode=ro" + ("&immutable=1" if alone else "")


def _set_up(connection: sqlite3.Connection, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        return
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        # where another just now does the same, it is done
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages: a few batches at once
    # FULL: what was said to be kept is kept through a power cut too; one fsync a transaction
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    """Take the one write lock at once, so that no transaction fails half way for want of it."""
    options: dict[str, Any] = dict(connection.get_execution_options())
    writes = options.get("rilis_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
