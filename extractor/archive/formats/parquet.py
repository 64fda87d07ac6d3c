"""Parquet: the tidy tables with types, for DuckDB, pandas, Spark and R.

Days are dates where the whole day is known, with the ISO text beside them (``start_date_text``), as
a month or a year is no date. Lists are lists, the parts of a venue a map. Written by pyarrow.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.archive.exchange.exported import Exported
from extractor.archive.exchange.tidy import TABLES, Column, TidyTable
from extractor.archive.exchange.tidying import tables_of
from extractor.archive.intake.rows import Row

_ROWS = 20_000  # of one row group
_BYTES = 8 * 1024 * 1024  # of one row group, unpacked
_AT_ONCE = 500  # rows packed at once
_PLAIN = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
    "day": pa.date32(), "json": pa.string(), "list": pa.list_(pa.string()),
}  # fmt: skip
_OTHER = {
    "offsets": pa.list_(pa.list_(pa.int64())),
    "also": pa.list_(pa.int64()),
    "parts": pa.map_(pa.string(), pa.string()),
}


def write_tables(releases: Iterable[Exported], folder: Path) -> int:
    """Write all tables into a folder; returns the number of releases."""
    number = 0
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(_Writer(table, folder / f"{name}.parquet"))
            for name, table in TABLES.items()
        }
        for number, one in enumerate(releases, 1):  # noqa: B007
            for name, rows in tables_of(one).items():
                writers[name].write(rows)
    return number


class _Writer:
    """Takes rows, and writes them a group at a time.

    Rows wait packed by Arrow, as rows of Python take several times the room; a group ends with so
    many rows or bytes, whichever come first, so that no table grows with the archive.
    """

    def __init__(self, table: TidyTable, path: Path) -> None:
        self._table = table
        self._schema = schema_of(table)
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._batches: list[Any] = []
        self._packed = self._bytes = 0

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        try:
            if kind is None:
                self._pack()
                self._flush()
        finally:
            self._file.close()

    def write(self, rows: list[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _AT_ONCE:
            self._pack()
            if self._packed >= _ROWS or self._bytes >= _BYTES:
                self._flush()

    def _pack(self) -> None:
        made = [dict(_values(self._table, row)) for row in self._rows]
        self._rows = []
        if made:
            batch = pa.RecordBatch.from_pylist(made, self._schema)
            self._batches.append(batch)
            self._packed += batch.num_rows
            self._bytes += batch.nbytes

    def _flush(self) -> None:
        batches, self._batches = self._batches, []
        self._packed = self._bytes = 0
        if batches:
            self._file.write_table(pa.Table.from_batches(batches))


def schema_of(table: TidyTable) -> Any:
    """The columns of a table with their types; descriptions stand in the metadata."""
    fields = []
    for column in table:
        kind = _OTHER.get(column.name, _PLAIN[column.kind])
        about = {"description": column.about}
        fields.append(pa.field(column.name, kind, not column.required, about))
        if column.kind == "day":
            fields.append(pa.field(f"{column.name}_text", pa.string(), metadata=about))
    return pa.schema(fields, {"description": table.about})


def _values(table: TidyTable, row: Row) -> Iterator[tuple[str, Any]]:
    for column in table:
        value = row[column.name]
        if column.kind == "day":
            yield f"{column.name}_text", value
        yield column.name, _typed(column, value)


def _typed(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "day":
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    if column.kind == "list":
        return json.loads(value)
    return list(json.loads(value).items()) if column.name == "parts" else value
