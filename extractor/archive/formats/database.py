"""SQLite: an archive of what may be shown, and of nothing else, in one file.

The tables are those of the archive itself, so that ``rilis archive search`` and Datasette work on
it. Withheld releases are not in it, withheld names are struck out of the others, and the tables
that tell of withholdings are empty.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from extractor.archive.engines import small_cache
from extractor.archive.exchange.exported import Exported
from extractor.archive.exchange.tidying import tables_of
from extractor.archive.exchange.writing_releases import ReleaseWriter
from extractor.archive.faults import told
from extractor.archive.risk.disclosure import refresh
from extractor.archive.store import Store

_AT_ONCE = 200  # releases in one transaction


def write_file(releases: Iterable[Exported], path: Path) -> int:
    """Write the releases into a new archive; returns how many there were."""
    number = 0
    rest = iter(releases)
    with Store.open(path, create=True) as store:
        while some := list(islice(rest, _AT_ONCE)):
            with store.write() as connection, small_cache(connection):
                _write(connection, some)
            number += len(some)
    with told(str(path)), closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
        made.execute("PRAGMA journal_mode = DELETE")  # one file, that may lie where none can write
        made.execute("ANALYZE")
        made.execute("VACUUM")
    return number


def _write(connection: Connection, releases: list[Exported]) -> None:
    writer = ReleaseWriter(connection)
    numbers = []
    for one in releases:
        tables = tables_of(one)
        # of a masked record no hash: it would tell whether a guess at a name is right
        reading_hash = "masked" if one.masked else tables["releases"][0]["reading_hash"]
        stored = writer.put(tables, one.record, reading_hash)
        numbers.append(stored.release["id"])
    writer.write()
    refresh(connection, numbers)
