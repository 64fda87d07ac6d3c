"""Which columns hold the value of a field: what a person accepts, corrects or rejects as one.

The value of ``event.date`` is the row of ``dates`` that belongs to the event, that of
``event.name`` the name with what is derived from it, and so on. ``value_json`` writes a value as
``reviews`` and ``proposals`` keep it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from extractor.archive import schema


@dataclass(frozen=True)
class Field:
    """The table that holds a field's value, and its columns there.

    ``own_row``: the value is a row beside its item (``dates``, ``venues`` …), with ``span_id``;
    else columns of the item itself. ``many``: an item can have several, told apart by position.
    """

    table: Table
    columns: tuple[str, ...]
    own_row: bool = False
    many: bool = False


_DATE = (
    "start_date", "end_date", "time_start", "time_end", "timezone", "precision", "year_source",
    "repair",
)  # fmt: skip
_VENUE = (
    "name", "mode", "room", "building", "street", "village", "district", "city", "province",
    "parts",
)  # fmt: skip
_PERSON = (
    "name", "full_name", "full_name_source", "titles", "aliases", "organization", "office_id",
    "pseudonym",
)  # fmt: skip

FIELDS: dict[str, Field] = {
    "event.name": Field(schema.events, ("name", "type", "event_class", "phase", "status")),
    "event.theme": Field(schema.events, ("theme",)),
    "event.occasion": Field(schema.events, ("occasion",)),
    "event.date": Field(schema.dates, _DATE, own_row=True),
    "event.venue": Field(schema.venues, _VENUE, own_row=True),
    "event.organizer": Field(schema.organizers, ("name", "office_id"), own_row=True, many=True),
    "event.participant": Field(
        schema.participants, ("name", "person_id", "headcount"), own_row=True, many=True
    ),
    "person.name": Field(schema.people, _PERSON),
    "person.role": Field(schema.people, ("role",)),
    "person.mention": Field(schema.people, (), many=True),
    "quote.text": Field(schema.quotes, ("kind", "text")),
    "quote.speaker": Field(schema.quotes, ("person_id", "speaker", "delivered_by")),
    "quote.cue": Field(schema.quotes, ("cue",)),
    "quote.occasion": Field(schema.quotes, ("occasion",)),
    "quote.date": Field(schema.dates, _DATE, own_row=True),
    "release.date": Field(schema.dates, _DATE, own_row=True, many=True),
    "release.credit": Field(schema.releases, ()),  # the words of the span are the value
    "release.dateline": Field(schema.releases, ()),
}
OWNERS = {"event": "event_id", "person": "person_id", "quote": "quote_id"}
ITEMS = {"event": schema.events, "person": schema.people, "quote": schema.quotes}


def owner_column(field: str) -> str | None:
    """The column that says whose the field is; None for those of the release itself."""
    return OWNERS.get(field.split(".")[0])


def value_of(field: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a field out of the row that holds it."""
    return {column: row[column] for column in FIELDS[field].columns}


def value_from_json(text: str | None) -> dict[str, Any] | None:
    """The value that :func:`value_json` wrote."""
    return None if text is None else json.loads(text)


def value_json(value: Mapping[str, Any] | None) -> str | None:
    """A value as it is kept in reviews and proposals."""
    return None if value is None else json.dumps(dict(value), ensure_ascii=False)
