"""CSV tables read back, in whatever order their rows are: a folder, or a .zip of one.

The rows are laid into a database of their own first, so that a release can be put together from all
tables without holding them in memory.
"""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO, Any

from extractor.archive.exchange.packed import Packed
from extractor.archive.exchange.tidy import TABLES, TidyTable
from extractor.archive.exchange.tidying import order_of
from extractor.archive.formats.cells import ESCAPE, Unfit, value_of
from extractor.archive.intake.incoming import LONGEST_LINE, Refused
from extractor.errors import UsageError
from extractor.messages import _

_SCHEMA = """
CREATE TABLE cells (place INTEGER, release TEXT, line INTEGER, told TEXT);
CREATE INDEX by_release ON cells (release, place, line);
CREATE TABLE spoiled (release TEXT);  -- something of it was refused already
"""
_PLACES = {name: place for place, name in enumerate(TABLES)}


def releases_of(path: Path) -> Iterator[Packed | Refused]:
    """The releases of a folder or .zip, in the order of ``releases.csv``; what does not fit is
    refused with file and line. Raises UsageError where a table is missing."""
    # a database without a name: SQLite keeps it in memory while it is small, else in a hidden file
    with closing(sqlite3.connect("", isolation_level=None)) as laid:
        laid.executescript(_SCHEMA)
        laid.execute("BEGIN")
        with _opened(path) as files:
            for name, (told, file) in files.items():
                yield from _lay(laid, TABLES[name], told, file)
        shown = {name: told for name, (told, _file) in files.items()}
        yield from _strays(laid, shown)
        yield from _packed(laid, shown)


@contextmanager
def _opened(path: Path) -> Iterator[dict[str, tuple[str, IO[bytes]]]]:
    """Every table's file, with its name for people."""
    name = ""
    with ExitStack() as stack:
        try:
            packed = None if path.is_dir() else stack.enter_context(zipfile.ZipFile(path))
            files: dict[str, tuple[str, IO[bytes]]] = {}
            for name in TABLES:
                inside = f"{name}.csv"
                file = (path / inside).open("rb") if packed is None else packed.open(inside)
                files[name] = f"{path}/{inside}", stack.enter_context(file)
        except (FileNotFoundError, KeyError):
            said = _("{path}: has no {table}.csv; an export has all of {names}")
            names = ", ".join(TABLES)
            raise UsageError(said.format(path=path, table=name, names=names)) from None
        except (zipfile.BadZipFile, OSError) as error:
            raise UsageError(f"{path}: {error}") from None
        yield files


def _lay(
    laid: sqlite3.Connection, table: TidyTable, shown: str, file: IO[bytes]
) -> Iterator[Refused]:
    """Lay a table's rows down; yields those that do not fit."""
    csv.field_size_limit(LONGEST_LINE)
    with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        yield from _lay_rows(laid, table, shown, csv.reader(text, strict=True))


def _lay_rows(
    laid: sqlite3.Connection, table: TidyTable, shown: str, reader: Any
) -> Iterator[Refused]:
    line = 1
    try:
        header: list[str] = next(reader, [])
        if wrong := _other_columns(table, header):
            yield Refused(f"{shown}:1", wrong)
            return
        columns = [next(one for one in table if one.name == name) for name in header]
        line = reader.line_num + 1
        for row in reader:
            place, line = line, reader.line_num + 1
            if not row:
                continue
            if len(row) != len(columns):
                said = _("{n} cells, and {columns} columns")
                yield Refused(f"{shown}:{place}", said.format(n=len(row), columns=len(columns)))
                continue
            try:
                told = {
                    column.name: value_of(column, one)
                    for column, one in zip(columns, row, strict=True)
                }
            except Unfit as unfit:
                release = row[header.index("release")].removeprefix(ESCAPE)
                laid.execute("INSERT INTO spoiled VALUES (?)", (release,))
                yield Refused(f"{shown}:{place}", str(unfit))
                continue
            laid.execute(
                "INSERT INTO cells VALUES (?, ?, ?, ?)",
                (_PLACES[table.name], told["release"], place, json.dumps(told)),
            )
    except UnicodeDecodeError:
        said = _("is not UTF-8; save it as CSV UTF-8")
        yield Refused(f"{shown}:{line}", said)
    except csv.Error as error:
        yield Refused(f"{shown}:{line}", str(error))


def _other_columns(table: TidyTable, header: list[str]) -> str | None:
    missing = [name for name in table.names if name not in header]
    strange = [name for name in header if name not in table.names]
    if missing:
        said = _("columns are missing: {names} (parted by commas?)")
        return said.format(names=", ".join(missing))
    if strange or len(set(header)) < len(header):
        said = _("columns that the table does not have: {names}")
        return said.format(names=", ".join(strange) or ", ".join(header))
    return None


def _strays(laid: sqlite3.Connection, shown: dict[str, str]) -> Iterator[Refused]:
    """Rows of releases that are not there, and releases that are there twice."""
    names = list(TABLES)
    stray = (
        "SELECT place, line, release FROM cells WHERE place > 0"
        " AND release NOT IN (SELECT release FROM cells WHERE place = 0 UNION"
        " SELECT release FROM spoiled) ORDER BY place, line"
    )
    for place, line, release in laid.execute(stray):
        said = _("{column}: {value!r} is not there").format(column="release", value=release)
        yield Refused(f"{shown[names[place]]}:{line}", said)
    double = (
        "SELECT max(line), release FROM cells WHERE place = 0 GROUP BY release HAVING count(*) > 1"
    )
    for line, release in laid.execute(double):
        said = _("{column}: {value!r} is there twice").format(column="release", value=release)
        yield Refused(f"{shown['releases']}:{line}", said)


def _packed(laid: sqlite3.Connection, shown: dict[str, str]) -> Iterator[Packed]:
    names = list(TABLES)
    releases = (
        "SELECT line, release FROM cells WHERE place = 0"
        " AND release NOT IN (SELECT release FROM spoiled) GROUP BY release ORDER BY min(line)"
    )
    rows = "SELECT place, line, told FROM cells WHERE release = ? ORDER BY place, line"
    for line, release in laid.execute(releases):
        one = Packed(f"{shown['releases']}:{line}", {name: [] for name in TABLES})
        for place, at, told in laid.execute(rows, (release,)).fetchall():
            name = names[place]
            one.tables[name].append(json.loads(told))
            one.places.setdefault(name, []).append(f"{shown[name]}:{at}")
        for name, places in one.places.items():
            order = order_of(name, one.tables)
            pairs = list(zip(one.tables[name], places, strict=True))
            pairs.sort(key=lambda pair: order(pair[0]))
            one.tables[name][:] = [row for row, _place in pairs]
            places[:] = [place for _row, place in pairs]
        yield one
