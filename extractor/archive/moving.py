"""An archive copied into another store, whole or not at all, and compared row by row."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from extractor.archive import schema
from extractor.archive.bulk import settle_sequences
from extractor.archive.store import Store
from extractor.errors import ArchiveError, UsageError
from extractor.messages import _

_AT_ONCE = 2_000  # rows


@dataclass(frozen=True)
class Sum:
    """How many rows a table has, and the sha256 of all of them in the order of their numbers."""

    rows: int
    sha256: str


def move(
    source: Store, target: Store, watch: Callable[[str, int], None] = lambda _table, _rows: None
) -> dict[str, Sum]:
    """Copy all rows, with their numbers, from one archive into another that is empty.

    One transaction: whatever happens meanwhile, the target is full and equal, or empty. ``watch``
    is told each table and its rows so far. Returns the sums that both have. Raises UsageError
    where the target holds releases, ArchiveError where a database fails or the copies differ.
    """
    sums: dict[str, Sum] = {}
    with source.read() as there, target.write() as here:
        if here.execute(select(func.count()).select_from(schema.releases)).scalar_one():
            said = _("{path}: holds releases already; move into an empty archive")
            raise UsageError(said.format(path=target.location))
        if target.dialect == "sqlite":
            here.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in schema.metadata.sorted_tables:
            _fill(here, target.location, table, _told(rows_of(there, table), table.name, watch))
            sums[table.name] = table_sum(there, table)
            if table_sum(here, table) != sums[table.name]:
                said = _("{table} differs from {path}; nothing was kept")
                reason = said.format(table=table.name, path=source.location)
                raise ArchiveError(target.location, reason)
        if target.dialect == "postgresql":
            settle_sequences(here, dict(_last_numbers(here)))
    return sums


def _told(
    rows: Iterator[tuple[Any, ...]], table: str, watch: Callable[[str, int], None]
) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows, 1):
        if number % _AT_ONCE == 0:
            watch(table, number)
        yield row


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """All rows of a table in the order of their numbers, a few at a time."""
    ordered = select(table).order_by(*table.primary_key.columns)
    result = connection.execute(ordered.execution_options(yield_per=_AT_ONCE))
    for some in result.partitions():
        yield from (tuple(row) for row in some)


def table_sum(connection: Connection, table: Table) -> Sum:
    """Number and hash of a table's rows; equal on both stores where the rows are."""
    digest = hashlib.sha256()
    number = 0
    for row in rows_of(connection, table):
        digest.update(json.dumps(row, ensure_ascii=True).encode() + b"\n")
        number += 1
    return Sum(number, digest.hexdigest())


def _last_numbers(connection: Connection) -> Iterator[tuple[str, int]]:
    for table in schema.metadata.sorted_tables:
        if "id" in table.c:
            last = connection.execute(select(func.max(table.c.id))).scalar_one()
            if last is not None:
                yield table.name, last


def _fill(
    connection: Connection, location: str, table: Table, rows: Iterator[tuple[Any, ...]]
) -> None:
    columns = table.columns.keys()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
        while some := list(islice(rows, _AT_ONCE)):
            if table is schema.search_documents:
                # the full text index is written once for all that come in the order of its places
                some.sort(key=itemgetter(columns.index("place")))
            connection.exec_driver_sql(statement, some)
        return
    # one statement a table: rows that point at later ones of their table are no fault then
    driver: Any = connection.connection.driver_connection
    try:
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        lost = bool(driver.closed)
        raise DBAPIError("COPY", None, error, connection_invalidated=lost) from error
