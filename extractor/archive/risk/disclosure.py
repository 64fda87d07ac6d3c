"""The one door out of the archive: what may be shown of it, and with which words.

Withheld are releases (nothing of them is shown), persons as one release tells of them, persons
across releases (``person_entities``: every mention that is linked to her, unless the link was
rejected), and names in a release that no person of it holds. A release that is shown has the names
of those who are withheld struck out, see :mod:`extractor.archive.risk.masking`.

``public_records``, ``public_release_ids``, ``masks_of`` serve what reads records; the conditions
``public_release``, ``public_person``, ``public_entity``, ``public_event_entity``, ``public_row``
serve what asks in SQL. ``refresh`` brings what is derived up to date (the words of the search,
``masked_rows``); whoever changes withholdings, texts, persons or links calls it in the same
transaction.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, delete, select

from extractor.archive import schema
from extractor.archive.bulk import chunks, select_rows
from extractor.archive.index.searchable import index
from extractor.archive.intake.rows import Row
from extractor.archive.records import records_of, release_ids
from extractor.archive.risk.conditions import (
    public_entity,
    public_event_entity,
    public_person,
    public_release,
    public_row,
    withheld_releases,
)  # fmt: skip
from extractor.archive.risk.masking import BLOCK, Mask
from extractor.archive.risk.names_at_risk import masks_of
from extractor.record import Record

__all__ = [
    "BLOCK", "Mask", "masks_of", "public_entity", "public_event_entity", "public_person",
    "public_records", "public_release", "public_release_ids", "public_row", "refresh",
]  # fmt: skip

# columns that hold words of a release, by table: what a facet or a count may show
VALUES: dict[str, tuple[str, ...]] = {
    "events": ("name", "theme", "occasion", "type"),
    "people": ("name", "full_name", "role", "organization", "aliases"),
    "quotes": ("text", "speaker", "delivered_by", "occasion"),
    "venues": ("name", "parts"),
    "organizers": ("name",),
    "participants": ("name",),
    "roles": ("title", "organization"),
}


def public_release_ids(connection: Connection) -> list[int]:
    """The numbers of all releases that may be shown, in the order they came in."""
    releases = schema.releases
    shown = select(releases.c.id).where(public_release()).order_by(releases.c.id)
    return list(connection.execute(shown).scalars())


def public_records(connection: Connection, ids: Iterable[int]) -> Iterator[Record]:
    """The records of these releases as they may be shown, in their order: withheld releases are
    left out, withheld names struck out."""
    for some in chunks(ids):
        releases = schema.releases
        shown = select(releases.c.id, releases.c.key).where(
            releases.c.id.in_(some), public_release()
        )
        numbers = {row.key: row.id for row in connection.execute(shown)}
        public = set(numbers.values())
        masks = masks_of(connection, public)
        for record in records_of(connection, [number for number in some if number in public]):
            mask = masks.get(numbers[record.id])
            yield record if mask is None else mask.record(record)


def refresh(connection: Connection, ids: Iterable[int] | None = None) -> None:
    """Bring the words of the search and ``masked_rows`` up to date for these releases (None: for
    all): call it after withholdings, persons, texts, values or links of theirs have changed."""
    for some in chunks(release_ids(connection) if ids is None else ids):
        here = schema.releases.c.id
        all_hidden = select(here).where(here.in_(some), here.in_(withheld_releases()))
        hidden = set(connection.execute(all_hidden).scalars())
        masks = masks_of(connection, some)
        rows = schema.masked_rows
        before = select(rows.c.release_id).where(rows.c.release_id.in_(some)).distinct()
        touched = {*connection.execute(before).scalars(), *hidden, *masks}
        if not touched:
            index(connection, some, {}, hidden)
            continue
        connection.execute(delete(rows).where(rows.c.release_id.in_(touched)))
        masked = [
            {"release_id": number, "table_name": "releases", "row_id": number}
            for number in sorted({*hidden, *masks})
        ]
        masked += _masked_rows(connection, masks)
        if masked:
            connection.execute(rows.insert(), masked)
        index(connection, some, masks, hidden)


def _masked_rows(connection: Connection, masks: dict[int, Mask]) -> Iterator[Row]:
    """The rows that name a withheld person, and those that tell what she is."""
    hidden: set[int] = set()
    for name, columns in VALUES.items():
        table: Table = schema.metadata.tables[name]
        for row in select_rows(connection, table, "release_id", masks):
            mask = masks[row["release_id"]]
            hers = name == "people" and row["key"] in mask.persons
            if hers:
                hidden.add(row["id"])
            hers = hers or (name == "roles" and row["person_id"] in hidden)
            if hers or any(mask.names(row[column]) for column in columns):
                yield {"release_id": row["release_id"], "table_name": name, "row_id": row["id"]}
