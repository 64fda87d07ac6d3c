"""Releases on their way out of the archive: records as they may be shown, and what people and links
say of them. Every export is made of these, and of nothing else."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from extractor.archive import schema
from extractor.archive.bulk import chunks, select_rows
from extractor.archive.intake.rows import Row, headline_of
from extractor.archive.records import Stored, load, record_of
from extractor.archive.risk.disclosure import (
    masks_of,
    public_entity,
    public_event_entity,
    public_release,
)
from extractor.messages import _
from extractor.record import MASKED, Record, Warning

Owner = int | str | None  # place in record.events or record.quotes, a person's id, or neither
_AT_ONCE = 200  # releases held in memory


@dataclass(frozen=True)
class Decision:
    """What people said of a value; ``reviewer`` and ``reviewed_at`` of the decision in force."""

    state: str  # unreviewed, accepted, corrected (rejected values are not in the record)
    reviewer: str | None = None
    reviewed_at: str | None = None


UNREVIEWED = Decision("unreviewed")


@dataclass(frozen=True)
class Entity:
    """The person or event across releases that a mention is linked to."""

    id: int
    name: str
    state: str  # of the link: proposed or confirmed
    score: float
    author: str = ""  # of the link: a person, or rilis
    linked_at: str = ""


@dataclass(frozen=True)
class Exported:
    """A release as it may be shown.

    ``masked``: names are struck out of the record (█), which therefore is not the true one.
    ``key``, ``uri``, ``published`` … are those of the record, as it is shown. ``persons`` gives the
    entity of a person of the record by id, ``events`` that of an event by its place in
    ``record.events``; only linked ones whose name may be shown. ``stored``: the rows, for what
    exports tables; None where the record is masked.
    """

    record: Record
    headline: str
    added_at: str
    updated_at: str
    masked: bool = False
    decisions: Mapping[tuple[str, Owner, int], Decision] = field(default_factory=dict)
    persons: Mapping[str, Entity] = field(default_factory=dict)
    events: Mapping[int, Entity] = field(default_factory=dict)
    stored: Stored | None = None
    reviews: tuple[Row, ...] = ()
    proposals: tuple[Row, ...] = ()
    offices: Mapping[int, str] = field(default_factory=dict)  # keys of those that decisions name

    @property
    def key(self) -> str:
        """The release's id in the archive, as shown."""
        return self.record.id

    @property
    def uri(self) -> str | None:
        """Where it is published."""
        return self.record.source.uri

    @property
    def site(self) -> str | None:
        """The site it is of."""
        return self.record.source.site

    @property
    def published(self) -> str | None:
        """The ISO day it was published."""
        return self.record.source.published

    def decision(self, name: str, owner: Owner, start: int) -> Decision:
        """What people said of a value of the record: ``decision("event.venue", 0, venue.start)``
        of the venue of ``record.events[0]``; ``name`` is one of ``schema.FIELDS``. ``owner`` is the
        place in ``record.events`` or ``record.quotes``, a person's id, or None for ``release.*``.
        """
        return self.decisions.get((name, owner, start), UNREVIEWED)


def exported(
    connection: Connection, ids: Iterable[int], at_once: int = _AT_ONCE
) -> Iterator[Exported]:
    """These releases as they may be shown, in their order, a few at a time; withheld ones are left
    out, withheld names struck out."""
    for some in chunks(ids, at_once):
        releases = schema.releases.c.id
        shown = set(
            connection.execute(
                select(releases).where(releases.in_(some), public_release())
            ).scalars()
        )
        stored = load(connection, shown)
        masks = masks_of(connection, shown)
        reviews: dict[int, list[Row]] = {number: [] for number in shown}
        for row in select_rows(connection, schema.reviews, "release_id", shown):
            reviews[row["release_id"]].append(row)
        proposals: dict[int, list[Row]] = {number: [] for number in shown}
        for row in select_rows(connection, schema.proposals, "release_id", shown):
            proposals[row["release_id"]].append(row)
        offices = _offices(connection, [*reviews.values(), *proposals.values()])
        people = _entities(connection, "person", public_entity(), shown)
        events = _entities(connection, "event", public_event_entity(), shown)
        for number in some:
            if number not in stored:
                continue
            one = stored[number]
            record = record_of(one)
            mask = masks.get(number)
            places = places_of(one)
            persons = {
                str(place): people[item]
                for (kind, item), place in places.items()
                if kind == "person" and item in people
            }
            if mask is not None:
                hidden = {p.id for p in record.people if mask.withholds(p.id, p.name)}
                persons = {key: value for key, value in persons.items() if key not in hidden}
                record = marked(mask.record(record))
            yield Exported(
                record=record, headline=headline_of(record),
                added_at=one.release["added_at"], updated_at=one.release["updated_at"],
                masked=mask is not None, decisions=_decisions(one, reviews[number], places),
                persons=persons,
                events={
                    int(place): events[item]
                    for (kind, item), place in places.items()
                    if kind == "event" and item in events
                },
                stored=None if mask else one,
                reviews=() if mask else tuple(reviews[number]),
                proposals=() if mask else tuple(proposals[number]), offices=offices,
            )  # fmt: skip


def marked(masked: Record) -> Record:
    """The masked record with a warning that it is one, so that nobody takes it for the true one."""
    said = _("names of withheld persons are struck out; this is not the text as it was published")
    warning = Warning(code=MASKED, message=said)
    return masked.model_copy(update={"warnings": (*masked.warnings, warning)})


def _offices(connection: Connection, groups: Iterable[Iterable[Row]]) -> dict[int, str]:
    """The keys of the offices that decisions name, by number."""
    told = {
        row[column]
        for rows in groups
        for row in rows
        for column in ("before", "after", "current", "proposed")
        if row.get(column) and '"office_id": ' in row[column]
    }
    numbers = {json.loads(one).get("office_id") for one in told} - {None}
    rows = select_rows(connection, schema.offices, "id", numbers)
    return {row["id"]: row["key"] for row in rows}


def places_of(stored: Stored) -> dict[tuple[str, int], int | str]:
    """(kind, number of the item) -> its place in the record, or the person's id there."""
    found: dict[tuple[str, int], int | str] = {
        ("person", row["id"]): row["key"]
        for row in stored.rows["people"]
        if row["state"] != "rejected"
    }
    for kind, table, main in (("event", "events", "event.name"), ("quote", "quotes", "quote.text")):
        spans = {
            row[f"{kind}_id"]
            for row in stored.rows["spans"]
            if row["field"] == main
            and row["state"] != "rejected"
            and row["version_id"] == stored.version["id"]
        }
        items = [
            row for row in stored.rows[table] if row["state"] != "rejected" and row["id"] in spans
        ]
        items.sort(key=lambda row: (row["number"], row["id"]))
        found |= {(kind, row["id"]): place for place, row in enumerate(items)}
    return found


def _place_of(row: Row, places: Mapping[tuple[str, int], int | str]) -> tuple[bool, Owner]:
    """(is it in the record, its owner there) of a row of spans or reviews."""
    for kind in ("event", "person", "quote"):
        if row[f"{kind}_id"] is not None:
            place = places.get((kind, row[f"{kind}_id"]))
            return place is not None, place
    return True, None


def _decisions(
    stored: Stored, reviews: Iterable[Row], places: Mapping[tuple[str, int], int | str]
) -> dict[tuple[str, Owner, int], Decision]:
    by: dict[tuple[str, Owner, int], Row] = {}
    for row in reviews:
        there, owner = _place_of(row, places)
        if row["active"] and there:
            by[row["field"], owner, row["position"]] = row
    found: dict[tuple[str, Owner, int], Decision] = {}
    for row in stored.rows["spans"]:
        there, owner = _place_of(row, places)
        if row["state"] in ("unreviewed", "rejected") or not there:
            continue
        if row["version_id"] == stored.version["id"]:
            review = by.get((row["field"], owner, row["position"]), {})
            found[row["field"], owner, row["start_offset"]] = Decision(
                row["state"], review.get("reviewer"), review.get("reviewed_at")
            )
    return found


def _entities(
    connection: Connection, kind: str, public: Any, releases: Iterable[int]
) -> dict[int, Entity]:
    """The entities of the people or events of these releases, by number of the mention."""
    tables = schema.metadata.tables
    entities: Table = tables[f"{kind}_entities"]
    links: Table = tables[f"{kind}_links"]
    items: Table = schema.people if kind == "person" else schema.events
    mention = links.c[f"{kind}_id"]
    found: dict[int, Entity] = {}
    for some in chunks(releases):
        linked = (
            select(
                mention,
                entities.c.id,
                entities.c.name,
                links.c.state,
                links.c.score,
                links.c.author,
                links.c.linked_at,
            )
            .join(entities, entities.c.id == links.c.entity_id)
            .join(items, items.c.id == mention)
            .where(items.c.release_id.in_(some), links.c.state != "rejected", public)
            .order_by(links.c.id)
        )
        for item, *entity in connection.execute(linked):
            found[item] = Entity(*entity)
    return found
