"""Releases given as tidy tables, written into an archive that does not have them."""

from collections import defaultdict

from sqlalchemy import Connection

from extractor.archive import schema
from extractor.archive.bulk import Names, Numbers, upsert_rows
from extractor.archive.records import Stored
from extractor.archive.rows import Row, source_row
from extractor.archive.tidying import Tidy, untidy
from extractor.record import Record


class ReleaseWriter:
    """Puts releases in: :meth:`put` them, then :meth:`write`; all in the transaction given."""

    def __init__(self, connection: Connection) -> None:
        """Begin where the tables end."""
        self.connection = connection
        self.numbers = Numbers(connection, Names())
        self.rows: dict[str, list[Row]] = defaultdict(list, self.numbers.rows)

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
            self.rows[name] += rows
        return stored

    def write(self) -> None:
        """Write what waits."""
        for table in schema.metadata.sorted_tables:
            blank = dict.fromkeys(table.columns.keys())
            rows = [blank | row for row in self.rows[table.name]]
            upsert_rows(self.connection, table, rows)
            self.rows[table.name].clear()
        self.numbers.settle()
