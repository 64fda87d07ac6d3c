"""Records into the archive: in batches, each kept whole or not at all.

A record whose release is not there goes in. One that reads the same changes nothing. One that
reads otherwise (newer rules, or another version of the text) replaces what no human has touched
and proposes the rest (:mod:`extractor.archive.intake.merging`); the earlier text and reading are
kept.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from extractor.archive import schema
from extractor.archive.bulk import Names, Numbers, delete_rows, select_rows, upsert_rows
from extractor.archive.faults import is_refusal
from extractor.archive.index.searchable import MANY, settle
from extractor.archive.instants import now
from extractor.archive.intake.incoming import Incoming, Refused
from extractor.archive.intake.matching import matched
from extractor.archive.intake.merging import Decisions, merge, touched_items
from extractor.archive.intake.rows import Reading, Row, release_row, source_row, version_row
from extractor.archive.records import Stored, load, record_of
from extractor.archive.risk.protecting import Read, protect
from extractor.archive.store import Store
from extractor.errors import ArchiveError
from extractor.messages import _
from extractor.record import text_version, to_json

BATCH = 500  # releases in one transaction
_TIMES = ("added_at", "updated_at")
_KEYS = {"releases": ("key",), "sources": ("version_id", "place")}


@dataclass
class Added:
    """What became of the records: numbers of releases, and what was refused with its reason."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    proposed: int = 0  # fields a human had decided, whose new reading waits for review
    withheld: int = 0  # persons and releases that rules found at risk, until a person reviews them
    refused: list[Refused] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Releases that are in the archive as their record says."""
        return self.new + self.updated + self.unchanged

    def __iadd__(self, other: "Added") -> "Added":
        """Count another batch in."""
        self.new += other.new
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.proposed += other.proposed
        self.withheld += other.withheld
        self.refused += other.refused
        return self


def add(
    store: Store,
    items: Iterable[Incoming | Refused],
    batch: int = BATCH,
    watch: Callable[[Added], None] = lambda _sum: None,
) -> Added:
    """Put records in (from :func:`extractor.archive.intake.incoming.incoming` or ``from_records``).

    ``watch`` is told the sum after each batch that is kept. Raises ArchiveError where the database
    fails; the batches before are kept then, and the message says how many releases they hold.
    """
    total = Added()
    names = Names()
    with _collector_paused():
        for waiting, refused in _batches(items, batch):
            total.refused += refused
            try:
                total += _kept(store, waiting, names)
            except ArchiveError as error:
                said = _("{reason} ({n} releases of this run are kept)")
                reason = said.format(reason=error.reason, n=total.kept)
                raise ArchiveError(error.path, reason) from error
            watch(total)
    if total.new >= MANY:
        with store.write() as connection:
            settle(connection)
    return total


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Records and rows hold no cycles, but looking for some in them costs a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _batches(
    items: Iterable[Incoming | Refused], size: int
) -> Iterator[tuple[list[Incoming], list[Refused]]]:
    """Batches in which no release comes twice."""
    waiting: list[Incoming] = []
    refused: list[Refused] = []
    ids: set[str] = set()
    for item in items:
        if isinstance(item, Refused):
            refused.append(item)
            continue
        if len(waiting) == size or item.record.id in ids:
            yield waiting, refused
            waiting, refused, ids = [], [], set()
        waiting.append(item)
        ids.add(item.record.id)
    yield waiting, refused


def _kept(store: Store, waiting: list[Incoming], names: Names) -> Added:
    """A batch in one transaction; where the database refuses a row, each release in its own, so
    that the others go in."""
    if not waiting:
        return Added()
    try:
        with store.write() as connection:
            return _Batch(connection, names).put(waiting)
    except ArchiveError as error:
        names.forget()
        if not is_refusal(error):
            raise
        if len(waiting) == 1:
            return Added(refused=[Refused(waiting[0].place, error.reason)])
    total = Added()
    for one in waiting:
        total += _kept(store, [one], names)
    return total


class _Batch:
    """The rows of one transaction."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self.connection = connection
        self.names = names
        self.numbers = Numbers(connection, names)
        self.now = now()
        self.rows: dict[str, list[Row]] = defaultdict(list, self.numbers.rows)
        self.gone: dict[str, list[int]] = defaultdict(list)
        self.read: list[Read] = []
        self.added = Added()

    def put(self, waiting: list[Incoming]) -> Added:
        keys = [item.record.id for item in waiting]
        there = {
            row["key"]: row for row in select_rows(self.connection, schema.releases, "key", keys)
        }
        again: list[tuple[Incoming, Row]] = []
        for item in waiting:
            release = there.get(item.record.id)
            if release is None:
                self._fresh(item)
            elif release["reading_hash"] != item.reading_hash:
                again.append((item, release))
            else:
                self._same(item, release)
        if again:
            self._again(again)
        self._write()
        self.added.withheld += protect(self.connection, self.read, self.now)
        return self.added

    def _fresh(self, item: Incoming) -> None:
        release_id = self.numbers.new("releases")
        version_id = self.numbers.new("versions")
        record = item.record
        self.rows["releases"].append(release_row(record, release_id, item.reading_hash, self.now))
        self.rows["versions"].append(version_row(record, version_id, release_id, True, self.now))
        self._source(item, version_id)
        self._take(Reading(record, release_id, version_id, self.numbers))
        self.added.new += 1

    def _source(self, item: Incoming, version_id: int) -> None:
        number = self.numbers.new("sources")
        self.rows["sources"].append(source_row(item.record, number, version_id, self.now))

    def _take(self, reading: Reading, again: bool = False) -> None:
        for table, some in reading.rows.items():
            self.rows[table] += some
        people = {key: number for key, (number, _name) in reading.people.items()}
        self.read.append(Read(reading.release_id, reading.record, people, again))

    def _same(self, item: Incoming, release: Row) -> None:
        """The reading is the same; where it came from may not be."""
        row = release_row(item.record, release["id"], item.reading_hash, self.now)
        if all(
            row[name] == release[name] for name in row if name not in ("added_at", "updated_at")
        ):
            self.added.unchanged += 1
            return
        current = select(schema.versions.c.id).where(
            schema.versions.c.release_id == release["id"], schema.versions.c.current
        )
        self.rows["releases"].append(row)
        self._source(item, self.connection.execute(current).scalar_one())
        self.added.updated += 1

    def _again(self, again: list[tuple[Incoming, Row]]) -> None:
        ids = [release["id"] for _item, release in again]
        stored = load(self.connection, ids)
        decisions = self._decisions(ids)
        versions: dict[tuple[int, str, str], Row] = {
            (row["release_id"], row["draft_sha256"], row["text_sha256"]): row
            for row in select_rows(self.connection, schema.versions, "release_id", ids)
        }
        for item, release in again:
            record = item.record
            digest = text_version(record.text)
            version = versions.get((release["id"], record.source.sha256, digest))
            here = stored[release["id"]]
            if not _is_newest(item, here, version):
                self._earlier(item, release["id"], version)
                continue
            self._read_again(item, here, decisions[release["id"]], version)

    def _earlier(self, item: Incoming, release_id: int, version: Row | None) -> None:
        """An older text that came late is kept, but not read."""
        if version is not None:
            self.added.unchanged += 1
            return
        version_id = self.numbers.new("versions")
        row = version_row(item.record, version_id, release_id, False, self.now)
        self.rows["versions"].append(row)
        self._source(item, version_id)
        self.added.updated += 1

    def _read_again(
        self, item: Incoming, stored: Stored, decisions: Decisions, version: Row | None
    ) -> None:
        record, release_id = item.record, stored.release["id"]
        self._keep_reading(stored)
        if version is None or not version["current"]:
            old = update(schema.versions).where(schema.versions.c.id == stored.version["id"])
            self.connection.execute(old.values(current=False))
        version_id = version["id"] if version else self.numbers.new("versions")
        if version is None:
            row = version_row(record, version_id, release_id, True, self.now)
            self.rows["versions"].append(row)
        elif not version["current"]:
            new = update(schema.versions).where(schema.versions.c.id == version_id)
            self.connection.execute(new.values(current=True))
        row = release_row(record, release_id, item.reading_hash, self.now)
        self.rows["releases"].append(row)
        self._source(item, version_id)
        pairs = matched(stored, record, decisions.former_names())
        reading = Reading(
            record, release_id, version_id, self.numbers, lambda table, at: pairs.get((table, at))
        )
        merged = merge(stored, decisions, reading.rows, self.now)
        self.gone["edits"] += [
            edit["id"] for edit in stored.rows["edits"] if edit["version_id"] == version_id
        ]
        for table, numbers in merged.gone.items():
            self.gone[table] += numbers
        self._take(reading, again=True)
        self._propose(merged.proposals, version_id, record.rules_version)
        self.added.updated += 1

    def _keep_reading(self, stored: Stored) -> None:
        self.rows["readings"].append(
            {
                "id": self.numbers.new("readings"), "version_id": stored.version["id"],
                "rules_version": stored.release["rules_version"],
                "record": to_json(record_of(stored, rejected=True)), "kept_at": self.now,
            }
        )  # fmt: skip

    def _propose(self, proposals: list[Row], version_id: int, rules_version: str) -> None:
        if not proposals:
            return
        rules = {number: name for (name, _version), number in self.names.rules.items()}
        for row in proposals:
            rule = rules.get(row.pop("rule_id"))
            number = self.numbers.new("proposals")
            more = {"id": number, "rule": rule, "version_id": version_id}
            self.rows["proposals"].append(row | more | {"rules_version": rules_version})
        self.added.proposed += len(proposals)

    def _decisions(self, ids: list[int]) -> dict[int, Decisions]:
        """What people decided in these releases."""
        found: dict[int, Decisions] = {number: Decisions() for number in ids}
        for row in select_rows(self.connection, schema.reviews, "release_id", ids):
            if row["active"]:
                found[row["release_id"]].reviews.append(row)
            found[row["release_id"]].log.append(row)
        for row in select_rows(self.connection, schema.proposals, "release_id", ids):
            if row["state"] in ("open", "dismissed"):
                found[row["release_id"]].proposals.append(row)
        for table, items, column in (
            (schema.person_links, schema.people, "person_id"),
            (schema.event_links, schema.events, "event_id"),
            (schema.withholdings, schema.people, "person_id"),
        ):
            held = (
                select(items.c.release_id, table.c[column])
                .join(items, items.c.id == table.c[column])
                .where(items.c.release_id.in_(ids))
            )
            if table is not schema.withholdings:
                held = held.where(table.c.state != "proposed")
            for one in self.connection.execute(held).mappings():
                found[one["release_id"]].held |= touched_items([dict(one)])
        return found

    def _write(self) -> None:
        for table in reversed(schema.metadata.sorted_tables):
            delete_rows(self.connection, table, self.gone[table.name])
        for table in schema.metadata.sorted_tables:
            key = _KEYS.get(table.name, ("id",))
            upsert_rows(self.connection, table, self.rows[table.name], key)
        self.numbers.settle()


def _is_newest(item: Incoming, stored: Stored, version: Row | None) -> bool:
    """Is this the text in force? A text known to be replaced is only where it was fetched later
    than the one in force; an unknown one unless it was fetched before it."""
    if version is not None and version["current"]:
        return True
    mine, theirs = item.record.source.retrieved, stored.version["retrieved"]
    if version is not None:
        return mine is not None and theirs is not None and mine > theirs
    return mine is None or theirs is None or mine >= theirs
