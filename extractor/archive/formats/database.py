"""SQLite: an archive of what may be shown, and of nothing else, in one file.

The tables are those of the archive itself, so that ``rilis archive search`` and Datasette work on
it. Withheld releases are not in it, withheld names are struck out of the others, and the tables
that tell of withholdings are empty.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from extractor.archive import schema
from extractor.archive.bulk import upsert_rows
from extractor.archive.disclosure import refresh
from extractor.archive.exported import Entity, Exported, places_of
from extractor.archive.records import Stored
from extractor.archive.rows import Row
from extractor.archive.store import Store
from extractor.archive.tidying import tables_of
from extractor.archive.writing_releases import ReleaseWriter

_AT_ONCE = 200  # releases in one transaction


def write_file(releases: Iterable[Exported], path: Path) -> int:
    """Write the releases into a new archive; returns how many there were."""
    number = 0
    rest = iter(releases)
    with Store.open(path, create=True) as store:
        while some := list(islice(rest, _AT_ONCE)):
            with store.write() as connection:
                _write(connection, some)
            number += len(some)
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
        made.execute("PRAGMA journal_mode = DELETE")  # one file, that may lie where none can write
        made.execute("ANALYZE")
        made.execute("VACUUM")
    return number


def _write(connection: Connection, releases: list[Exported]) -> None:
    writer = ReleaseWriter(connection)
    linked: list[tuple[str, Entity, int, str]] = []
    made: list[int] = []
    numbers = []
    for one in releases:
        tables = tables_of(one)
        # of a masked record no hash: it would tell whether a guess at a name is right
        reading_hash = "masked" if one.masked else tables["releases"][0]["reading_hash"]
        stored = writer.put(tables, one.record, reading_hash)
        made.append(stored.release["id"])
        numbers.append(stored.release["id"])
        linked += _linked(one, stored)
    writer.write()
    for kind in ("person", "event"):
        mine = [link for link in linked if link[0] == kind]
        entities, links = (
            schema.metadata.tables[f"{kind}_{name}"] for name in ("entities", "links")
        )
        found = {entity.id: (entity, at) for _kind, entity, _item, at in mine}
        named = [
            _full(entities.columns.keys(), id=entity.id, name=entity.name, created_at=at)
            for entity, at in found.values()
        ]
        upsert_rows(connection, entities, named)
        rows = []
        for _kind, entity, item, at in mine:
            told = {
                "entity_id": entity.id, "score": entity.score, "state": entity.state,
                "reasons": "[]", "author": "rilis", "linked_at": at, f"{kind}_id": item,
            }  # fmt: skip
            rows.append(_full(links.columns.keys(), id=item, **told))
        upsert_rows(connection, links, rows)
    refresh(connection, made)


def _full(columns: Iterable[str], **values: object) -> Row:
    return dict.fromkeys(columns) | values


def _linked(one: Exported, stored: Stored) -> Iterator[tuple[str, Entity, int, str]]:
    """(kind, entity, number of the mention in the new archive, when) of what is linked."""
    numbers = {(kind, place): item for (kind, item), place in places_of(stored).items()}
    for key, entity in one.persons.items():
        yield "person", entity, numbers["person", key], one.added_at
    for place, entity in one.events.items():
        yield "event", entity, numbers["event", place], one.added_at
