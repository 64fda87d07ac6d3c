"""Releases given as tidy tables, written into an archive that does not have them."""

from collections import defaultdict

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import Names, Numbers, settle_sequences, upsert_rows
from extractor.archive.exchange.tidying import Tidy, untidy
from extractor.archive.intake.rows import Row, source_row
from extractor.archive.records import Stored
from extractor.record import Record

_NO_REASONS = '{"because": []}'  # they may name persons of other releases, so none go out


class ReleaseWriter:
    """Puts releases in: :meth:`put` them, then :meth:`write`; all in the transaction given."""

    def __init__(self, connection: Connection) -> None:
        """Begin where the tables end."""
        self.connection = connection
        self.numbers = Numbers(connection, Names())
        self.rows: dict[str, list[Row]] = defaultdict(list, self.numbers.rows)
        self.entities: dict[tuple[str, int], int] = {}  # numbers here, by those given
        self.named: dict[str, dict[int, str]] = {}

    def put(self, tables: Tidy, record: Record, reading_hash: str) -> Stored:
        """The rows of a release, whose record is ``record``; they wait for :meth:`write`."""
        stored = untidy(tables, self.numbers)
        release, version = stored.release, stored.version
        release["reading_hash"] = reading_hash
        self.rows["releases"].append(release)
        self.rows["versions"].append(version)
        number = self.numbers.new("sources")
        source = source_row(record, number, version["id"], release["added_at"])
        self.rows["sources"].append(source)
        for name, rows in stored.rows.items():
            if name == "links":
                self._link(rows)
            else:
                self.rows[name] += rows
        return stored

    def _link(self, rows: list[Row]) -> None:
        for row in rows:
            kind = "person" if row["person_id"] is not None else "event"
            entity = self._entity(kind, row["entity"], row["entity_name"], row["linked_at"])
            name = f"{kind}_links"
            self.rows[name].append(
                {
                    "id": self.numbers.new(name), "entity_id": entity, "score": row["score"],
                    f"{kind}_id": row[f"{kind}_id"], "state": row["state"], "reasons": _NO_REASONS,
                    "author": row["author"], "linked_at": row["linked_at"],
                }
            )  # fmt: skip

    def _entity(self, kind: str, given: int, name: str, at: str) -> int:
        """The number of an entity here: the one given where that is free, or means the same."""
        if (kind, given) not in self.entities:
            there = self._named(kind)
            number = given if there.get(given, name) == name else max(there) + 1
            if number not in there:
                row = {"id": number, "name": name, "created_at": at}
                self.rows[f"{kind}_entities"].append(row)
                there[number] = name
            self.entities[kind, given] = number
        return self.entities[kind, given]

    def _named(self, kind: str) -> dict[int, str]:
        """The names of the entities that are here."""
        if kind not in self.named:
            table = schema.metadata.tables[f"{kind}_entities"]
            rows = self.connection.execute(select(table.c.id, table.c.name))
            self.named[kind] = {row.id: row.name for row in rows}
        return self.named[kind]

    def write(self) -> None:
        """Write what waits."""
        for table in schema.metadata.sorted_tables:
            blank = dict.fromkeys(table.columns.keys())
            rows = [blank | row for row in self.rows[table.name]]
            upsert_rows(self.connection, table, rows)
            self.rows[table.name].clear()
        self.numbers.settle()
        if self.connection.dialect.name == "postgresql":
            last = {f"{kind}_entities": max(named) for kind, named in self.named.items() if named}
            settle_sequences(self.connection, last)
