"""What the rules missed, put in by a person: a whole event, person or quote, or a field of one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.fields import FIELDS, ITEMS, OWNERS
from extractor.archive.intake.rows import Row
from extractor.archive.reviewing.addresses import COMPLETE, MAIN_FIELDS, Address
from extractor.archive.reviewing.deciding import decide
from extractor.archive.reviewing.journal import Journal, row_of
from extractor.archive.reviewing.looking import (
    Decision,
    FieldView,
    current_version,
    release_of,
    rows,
    span_of,
    value_row,
)
from extractor.archive.reviewing.places import place_at, place_of
from extractor.archive.reviewing.values import PARTS, Given, parts_of
from extractor.archive.reviewing.writing import put
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

_OPENING = "“\"„«‘'”"


def add_missing(
    store: Store,
    field: str,
    owner: int,
    value: Given = None,
    span: tuple[int, int] | None = None,
    *,
    reviewer: str,
    note: str | None = None,
) -> Decision:
    """Add what is in the text but was not read.

    ``owner`` is the number of the release for a new event (``event.name``), person
    (``person.name``), quote (``quote.text``) and fields of the release, else that of the event,
    person or quote that lacks the ``field``. The words are those at ``span``, else the place in the
    text that says the value. Raises UsageError where there is a value already, or nothing says it.
    """
    if field not in FIELDS:
        known = ", ".join(FIELDS)
        raise UsageError(
            _("{field}: no field; there are: {known}").format(field=field, known=known)
        )
    with store.write() as connection:
        return adding(connection, field, owner, value, span, reviewer, note)


def adding(
    connection: Connection,
    field: str,
    owner: int,
    value: Given,
    span: tuple[int, int] | None,
    reviewer: str,
    note: str | None,
) -> Decision:
    """As :func:`add_missing`, in an open transaction."""
    if field in MAIN_FIELDS.values():
        release = release_of(connection, Address(COMPLETE, owner))
        made: list[Address] = []
        # the item is made first, for the log to name it
        journal = Journal(connection)
        made.append(_new_item(journal, field, release, value, span))
        return decide(
            connection, made[0], "add", _with(journal, made[0], value, span), reviewer, note
        )
    address = _free(connection, field, owner)
    return decide(connection, address, "add", _putting(address, value, span), reviewer, note)


def _putting(address: Address, value: Given, span: tuple[int, int] | None) -> Any:
    def change(journal: Journal, _view: FieldView | None) -> None:
        release = release_of(journal.connection, address)
        put(journal, address, release, value, span, state="accepted")

    return change


def _with(first: Journal, address: Address, value: Given, span: tuple[int, int] | None) -> Any:
    """The change that goes on where a journal begun earlier ended."""

    def change(journal: Journal, _view: FieldView | None) -> None:
        journal.changes += first.changes
        speaker = None
        given = value
        if address.field == "quote.text" and isinstance(value, Mapping) and "speaker" in value:
            speaker = value["speaker"]
            given = {name: one for name, one in value.items() if name != "speaker"}
        release = release_of(journal.connection, address)
        put(journal, address, release, given or None, span, state="accepted")
        if address.field == "person.name":
            _mention(journal, address)
        if speaker is not None:
            put(
                journal, Address("quote.speaker", address.owner), release, speaker, None, "accepted"
            )

    return change


def _new_item(
    journal: Journal, field: str, release: Row, value: Given, span: tuple[int, int] | None
) -> Address:
    """The row of a new event, person or quote."""
    connection, kind = journal.connection, field.partition(".")[0]
    given = value
    if field == "quote.text" and isinstance(value, Mapping):
        given = {name: one for name, one in value.items() if name != "speaker"}
    parts = parts_of(field, given or None)
    version = current_version(connection, release["id"])
    main = parts.get(PARTS[field][0])
    place = place_at(version, span) if span else place_of(version, main, None) if main else None
    if place is None:
        said = _("{field}: no words of the text say this; name their place, such as --span 120:134")
        raise UsageError(said.format(field=field))
    table = ITEMS[kind]
    query = select(table.c.id, table.c.number, table.c.state).where(
        table.c.release_id == release["id"]
    )
    there = rows(connection, query)
    number = max((one["number"] for one in there), default=0) + 1
    row: Row = {"release_id": release["id"], "number": number, "state": "accepted"}
    said = main or place.words
    if kind == "event":
        alone = all(one["state"] == "rejected" for one in there)
        row |= {"main": alone, "name": said, "status": "held"}
    elif kind == "person":
        row |= {
            "key": _key(connection, release["id"]), "name": said, "titles": "[]",
            "aliases": "[]", "pseudonym": False,
        }  # fmt: skip
    else:
        before = version["text"][: place.start].rstrip()[-1:]
        direct = bool(before) and before in _OPENING
        row |= {"kind": "direct" if direct else "reported", "text": place.words}
    return Address(field, journal.insert(table, row))


def _key(connection: Connection, release_id: int) -> str:
    """An id for a person within the release that no reading gives: a1, a2 …"""
    table = schema.people
    taken = set(
        connection.execute(select(table.c.key).where(table.c.release_id == release_id)).scalars()
    )
    return next(f"a{n}" for n in range(1, len(taken) + 2) if f"a{n}" not in taken)


def _mention(journal: Journal, address: Address) -> None:
    """The words that name a new person are a mention of hers too."""
    span = span_of(journal.connection, address)
    assert span is not None
    row = {name: one for name, one in span.items() if name in schema.spans.c and name != "id"}
    journal.insert(schema.spans, row | {"field": "person.mention", "position": 0})


def _free(connection: Connection, field: str, owner: int) -> Address:
    """The address of a field that is not there yet; UsageError where it is."""
    address = Address(field, owner)
    release_of(connection, address)  # the owner is there
    if address.column is not None:
        item = row_of(connection, ITEMS[address.kind], owner)
        if item is not None and item["state"] == "rejected":
            said = _("{field}: its {kind} was rejected; undo that first")
            raise UsageError(said.format(field=address, kind=address.kind))
    if FIELDS[field].many:
        return Address(field, owner, _next_position(connection, address))
    span, row = span_of(connection, address), value_row(connection, address)
    held = row is not None if FIELDS[field].own_row else span is not None
    if field == "quote.speaker":
        held = row is not None and (row["person_id"] is not None or row["speaker"] is not None)
    if held and (span is None or span["state"] != "rejected"):
        raise UsageError(_("{field}: has a value; correct it").format(field=address))
    return address


def _next_position(connection: Connection, address: Address) -> int:
    """Behind all that are there, and all that were decided on."""
    last = -1
    what = FIELDS[address.field]
    tables = [schema.spans, schema.reviews, *([what.table] if what.own_row else [])]
    for table in tables:
        query = select(func.max(table.c.position))
        if table in (schema.spans, schema.reviews):
            query = query.where(table.c.field == address.field)
        if address.column is not None:
            query = query.where(table.c[OWNERS[address.kind]] == address.owner)
        elif table is schema.spans:
            versions = schema.versions
            mine = select(versions.c.id).where(versions.c.release_id == address.owner)
            query = query.where(table.c.version_id.in_(mine))
        else:
            query = query.where(table.c.release_id == address.owner)
        found = connection.execute(query).scalar()
        last = max(last, -1 if found is None else found)
    return last + 1
