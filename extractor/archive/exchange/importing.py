"""Exports taken in again: CSV tables and JSON Lines, with the decisions of people, all or nothing.

One transaction: everything is looked at while it goes in, and where anything does not fit nothing
is kept. A release that is there already must be the same.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from extractor.archive import schema
from extractor.archive.bulk import select_rows
from extractor.archive.exchange.exported import exported
from extractor.archive.exchange.packed import Fit, Packed, checked
from extractor.archive.exchange.reading_lines import releases_of as releases_of_lines
from extractor.archive.exchange.reading_tables import releases_of as releases_of_tables
from extractor.archive.exchange.tidying import Tidy, tables_of
from extractor.archive.exchange.writing_releases import ReleaseWriter
from extractor.archive.instants import now
from extractor.archive.intake.incoming import Refused
from extractor.archive.records import Stored
from extractor.archive.risk.protecting import Read, protect
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

BATCH = 200  # releases written at once
_TABLES_END = (".zip",)


@dataclass
class Imported:
    """What became of the releases; where something was refused, nothing is kept."""

    new: int = 0
    unchanged: int = 0
    withheld: int = 0  # persons and releases that rules found at risk, until a person reviews them
    refused: list[Refused] = field(default_factory=list)


class _Refusal(Exception):
    """Ends the transaction, so that nothing is kept."""


def take_in(
    store: Store, given: str | Path, watch: Callable[[object], None] = lambda _one: None
) -> Imported:
    """Take an export in: a folder or .zip of CSV tables, a .jsonl file, or ``-``.

    Returns what became of it. Raises UsageError where there is no such file, ArchiveError where the
    database fails; nothing is kept then.
    """
    done, at = Imported(), now()
    try:
        with store.write() as connection:
            importer = _Importer(connection, at, done)
            for packed in _releases(given, at):
                importer.take(packed)
                watch(packed)
            importer.write()
            if done.refused:
                raise _Refusal
    except _Refusal:
        done.new = done.unchanged = done.withheld = 0
    return done


def _releases(given: str | Path, now: str) -> Iterator[Packed | Refused]:
    if str(given) == "-":
        yield from releases_of_lines("-", sys.stdin.buffer, now)
        return
    path = Path(given)
    if not path.exists():
        said = _("{path}: no such file; write one with rilis archive export")
        raise UsageError(said.format(path=path))
    if path.is_dir() or path.suffix in _TABLES_END:
        yield from releases_of_tables(path)
        return
    try:
        with path.open("rb") as file:
            yield from releases_of_lines(str(path), file, now)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


class _Importer:
    def __init__(self, connection: Connection, now: str, done: Imported) -> None:
        self.connection = connection
        self.now = now
        self.done = done
        self.writer = ReleaseWriter(connection)
        self.waiting: list[Fit] = []
        self.seen: set[str] = set()

    def take(self, packed: Packed | Refused) -> None:
        """Look at a release; it is written with its batch, unless something was refused."""
        looked = packed if isinstance(packed, Refused) else checked(packed)
        if isinstance(looked, Fit) and looked.packed.key in self.seen:
            said = _("{column}: {value!r} is there twice")
            reason = said.format(column="release", value=looked.packed.key)
            looked = Refused(looked.packed.place, reason)
        if isinstance(looked, Fit):
            self.seen.add(looked.packed.key)
            if not self.done.refused:
                self.waiting.append(looked)
        else:
            self.done.refused += [looked] if isinstance(looked, Refused) else looked
        if len(self.waiting) == BATCH:
            self.write()

    def write(self) -> None:
        """Write what waits."""
        waiting, self.waiting = self.waiting, []
        if self.done.refused:
            return
        there = self._there(waiting)
        read = [self._put(one) for one in waiting if one.packed.key not in there]
        self.writer.write()
        self.done.withheld += protect(self.connection, read, self.now)

    def _there(self, waiting: Iterable[Fit]) -> set[str]:
        """Ids of the releases that are there; refuses those that are there otherwise."""
        given = {one.packed.key: one for one in waiting}
        rows = select_rows(self.connection, schema.releases, "key", given)
        numbers = {row["id"]: row["key"] for row in rows}
        same = set()
        for one in exported(self.connection, numbers):
            if _same(tables_of(one), given[one.key].packed.tables):
                same.add(one.key)
        for key in numbers.values():
            if key in same:
                self.done.unchanged += 1
            else:
                said = _(
                    "{id}: is in the archive otherwise; rilis archive add brings it up to date"
                )
                self.done.refused.append(Refused(given[key].packed.place, said.format(id=key)))
        return set(numbers.values())

    def _put(self, one: Fit) -> Read:
        stored = self.writer.put(one.packed.tables, one.record, one.reading_hash)
        self.done.new += 1
        return Read(stored.release["id"], one.record, _people(stored))


def _same(there: Tidy, given: Tidy) -> bool:
    """Is all that is given there? When it came in, and the numbers of entities, may differ."""

    def plain(tables: Tidy) -> Tidy:
        release = tables["releases"][0] | {"added_at": "", "updated_at": ""}
        return tables | {"releases": [release], "links": []}

    def linked(tables: Tidy) -> set[tuple[object, ...]]:
        columns = ("event", "person", "entity_name", "state")
        return {tuple(row[one] for one in columns) for row in tables["links"]}

    return plain(there) == plain(given) and linked(given) <= linked(there)


def _people(stored: Stored) -> dict[str, int | None]:
    return {row["key"]: row["id"] for row in stored.rows["people"]}
