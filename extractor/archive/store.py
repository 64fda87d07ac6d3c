"""Opens an archive: a SQLite file, or a PostgreSQL database by its URL.

    with Store.open("rilis.db", create=True) as store:
        with store.write() as connection:      # one transaction, the only one that writes
            connection.execute(insert(schema.offices), [...])
        with store.read() as connection:       # one snapshot, however long it is read
            connection.execute(select(schema.releases)).all()

Both stores keep the same promises: a block of ``write`` is kept whole or not at all, also through
kill -9; one writer at a time, a second one waits and says so; ``read`` never waits for a writer.
Faults of the database come out as one line (ArchiveError, exit status 3; UsageError, 2).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from extractor.archive.engines import WRITES, engine_of
from extractor.archive.faults import is_busy, told
from extractor.archive.upgrading import MIGRATIONS, State, state_of, upgrade
from extractor.errors import ArchiveError, UsageError
from extractor.messages import _

DEFAULT = "rilis.db"
ENVIRONMENT = "RILIS_ARCHIVE"
WAIT = 120.0  # seconds a second writer waits for the first
_OLDEST_POSTGRESQL = 15
_ADVISORY_LOCK = 0x72696C6973  # "rilis": held by the transaction that writes
# Where a server forgets the last commits in a crash, this one is not told as kept until it is
_KEPT_AT_ONCE = (
    "SELECT set_config('synchronous_commit', 'on', true)"
    " WHERE current_setting('synchronous_commit') = 'off'"
)
_POLL = 0.5  # seconds between two tries to write


def location_of(archive: str | os.PathLike[str] | None = None) -> URL:
    """The URL of an archive given as path or URL, else of RILIS_ARCHIVE, else of ``rilis.db``.

    Raises UsageError on a URL that is neither SQLite nor PostgreSQL.
    """
    given = os.fspath(archive or os.environ.get(ENVIRONMENT) or DEFAULT)
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except ArgumentError:
        raise UsageError(_("{url}: no URL of a database").format(url=given)) from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url
    said = _("{url}: an archive is a file, or postgresql://USER@HOST/DATABASE")
    raise UsageError(said.format(url=url.render_as_string()))


class Store:
    """An open archive; ``location`` names it for people, ``dialect`` is sqlite or postgresql."""

    def __init__(
        self,
        url: URL,
        read_only: bool = False,
        wait: float | None = None,
        on_wait: Callable[[str], None] | None = None,
        migrations: Path = MIGRATIONS,
    ) -> None:
        """Prepare the engine; ``on_wait`` is told once a block of ``write`` has to wait."""
        self.migrations = migrations
        self.url = url
        self.read_only = read_only
        self.wait = WAIT if wait is None else wait
        self.on_wait = on_wait
        self.dialect = url.get_backend_name()
        self.location = (
            str(url.database) if self.dialect == "sqlite" else url.render_as_string()
        ).replace("postgresql+psycopg", "postgresql")
        self.engine = engine_of(url, read_only)

    @classmethod
    def open(
        cls,
        archive: str | os.PathLike[str] | None = None,
        create: bool = False,
        read_only: bool = False,
        wait: float | None = None,
        on_wait: Callable[[str], None] | None = None,
    ) -> Self:
        """Open an archive and see that its tables are those of this version.

        ``create`` makes the tables where there are none. Raises UsageError where there is no
        archive, or one of another version; ArchiveError where the database cannot be opened.
        """
        store = cls(location_of(archive), read_only, wait, on_wait)
        try:
            store._settle(create)
        except BaseException:
            store.close()
            raise
        return store

    def _settle(self, create: bool) -> None:
        if not create:
            self._exists()
        with self.read() as connection:
            state = state_of(connection, self.migrations)
            if self.dialect == "postgresql":
                self._suitable(connection)
        if state is State.EMPTY and create:
            with self.write() as connection:
                if state_of(connection, self.migrations) is State.EMPTY:  # another was quicker
                    upgrade(connection, migrations=self.migrations)
        elif state is not State.CURRENT:
            raise UsageError(state.told(self.location))

    def _exists(self) -> None:
        """SQLite would make a file of any name."""
        if self.dialect == "sqlite" and not Path(self.location).exists():
            said = _("{path}: no such archive; rilis archive add RECORDS makes one")
            raise UsageError(said.format(path=self.location))

    def upgrade(self) -> tuple[str | None, str | None]:
        """Bring the tables of an older archive up to this version, all or nothing; (before, after).

        Raises UsageError where it is no archive, or one of a newer version.
        """
        self._exists()
        with self._told(), self.engine.connect() as connection:
            if self.dialect == "sqlite":
                # a table that is made anew must not take along what hangs on the old one
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA foreign_keys = OFF")
            self._begin(connection)
            state = state_of(connection, self.migrations)
            if state not in (State.CURRENT, State.OLDER):
                raise UsageError(state.told(self.location))
            steps = upgrade(connection, migrations=self.migrations)
            if self.dialect == "sqlite":
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if lost:
                    raise ArchiveError(
                        self.location, _("the upgrade would lose rows; nothing done")
                    )
            connection.commit()
            connection.invalidate()  # so that foreign keys are on again
        return steps

    def _suitable(self, connection: Connection) -> None:
        version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if version < _OLDEST_POSTGRESQL:
            said = _("is PostgreSQL {version}; the archive needs {oldest} or newer")
            reason = said.format(version=version, oldest=_OLDEST_POSTGRESQL)
            raise ArchiveError(self.location, reason)
        if encoding != "UTF8":
            said = _("is encoded in {encoding}; make a database with encoding UTF8")
            raise ArchiveError(self.location, said.format(encoding=encoding))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot to read from; raises ArchiveError where the database fails."""
        with self._told(), self.engine.connect() as connection:
            if self.dialect == "postgresql":
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that writes, kept whole or not at all.

        Raises ArchiveError where the database fails, or another writer holds it for longer than
        ``wait`` seconds.
        """
        with self._told(), self.engine.connect() as connection:
            self._begin(connection)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _begin(self, connection: Connection) -> None:
        """Begin to write as soon as nobody else does."""
        connection.execution_options(**WRITES)
        deadline = time.monotonic() + self.wait
        waiting = False
        while not self._try_begin(connection):
            if not waiting and self.on_wait is not None:
                said = _("{path}: another program is writing; waiting for it")
                self.on_wait(said.format(path=self.location))
            waiting = True
            if time.monotonic() > deadline:
                said = _("another program has been writing for {n} s; try again later")
                raise ArchiveError(self.location, said.format(n=round(self.wait)))
            time.sleep(_POLL)

    def _try_begin(self, connection: Connection) -> bool:
        try:
            connection.begin()
        except DBAPIError as error:
            if is_busy(error):
                return False
            raise
        if self.dialect == "sqlite":
            return True
        locked = f"SELECT pg_try_advisory_xact_lock({_ADVISORY_LOCK})"
        if connection.exec_driver_sql(locked).scalar_one():
            connection.exec_driver_sql(_KEPT_AT_ONCE)
            return True
        connection.rollback()
        return False

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.location):
            yield

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()
