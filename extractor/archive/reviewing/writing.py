"""A value put in force, or taken out of it: the rows that change."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from extractor.archive import schema
from extractor.archive.fields import FIELDS, ITEMS
from extractor.archive.intake.rows import Row, folded
from extractor.archive.reviewing.addresses import Address
from extractor.archive.reviewing.journal import Journal
from extractor.archive.reviewing.looking import current_version, rows, span_of, value_row
from extractor.archive.reviewing.places import Place, place_at, place_of
from extractor.archive.reviewing.speakers import key_of, person_of
from extractor.archive.reviewing.values import (
    PARTS,
    VERBATIM,
    Given,
    date_columns,
    parts_of,
    venue_columns,
)
from extractor.errors import UsageError
from extractor.messages import _

RULE = ("review", "review")  # name and version of the rule of words that a person pointed out
_OFFICE = 300  # characters; as in rows.py: a longer name is no name
_NAMES = {"class": "event_class"}  # parts whose column has another name
_WORDLESS = ("event.date", "quote.date", "release.date", "quote.speaker")


def put(
    journal: Journal,
    address: Address,
    release: Row,
    given: Given,
    span: tuple[int, int] | None,
    state: str = "corrected",
) -> None:
    """Put what a person gives in force, with its words; raises UsageError on what cannot hold."""
    connection = journal.connection
    parts = parts_of(address.field, given)
    if not parts and span is None:
        said = _("{field}: give a value, or the place of its words")
        raise UsageError(said.format(field=address))
    old, row = span_of(connection, address), value_row(connection, address)
    place = _place(connection, address, release["id"], parts, span, old)
    words = place.words if place is not None else old["words"] if old is not None else None
    named = address.field == "quote.speaker" or (
        address.field == "event.participant" and parts.get("person") is not None
    )
    if words is None and not named:
        said = _("{field}: no words of the text say this; name their place, such as --span 120:134")
        raise UsageError(said.format(field=address))
    main = PARTS[address.field][0]
    pointed = address.field not in _WORDLESS and not named
    if place is not None and pointed and (address.field in VERBATIM or main not in parts):
        parts[main] = place.words
    before = row if FIELDS[address.field].own_row else None
    columns = _columns(journal, address, release, parts, before, words)
    span_id = _put_span(journal, address, old, place, state)
    _put_row(journal, address, release, columns, row, span_id)


def put_columns(
    journal: Journal, address: Address, release: Row, columns: Row, place: Place | None, rule: Row
) -> None:
    """Put a newer reading in force as it is, with the rule that took it."""
    old, row = span_of(journal.connection, address), value_row(journal.connection, address)
    span_id = _put_span(journal, address, old, place, "accepted", rule)
    _put_row(journal, address, release, columns, row, span_id)


def _place(
    connection: Connection,
    address: Address,
    release_id: int,
    parts: Mapping[str, Any],
    span: tuple[int, int] | None,
    old: Row | None,
) -> Place | None:
    """The words a value rests on: those pointed at, else those that say the same as it."""
    version = current_version(connection, release_id)
    main = PARTS[address.field][0]
    if span is not None:
        place = place_at(version, span)
        said = parts.get(main)
        if address.field in VERBATIM and said is not None and said.split() != place.words.split():
            told = _("{field}: at {start}:{end} the text says {words}, not {value}")
            raise UsageError(
                told.format(
                    field=address, start=place.start, end=place.end,
                    words=repr(place.words[:80]), value=repr(said[:80]),
                )
            )  # fmt: skip
        return place
    if main not in parts or address.field in _WORDLESS:
        return None
    near = old["start_offset"] if old is not None else None
    found = place_of(version, parts[main], near)
    if found is None and address.field in VERBATIM:
        told = _("{field}: the text does not say {value}; name the place, such as --span 120:134")
        raise UsageError(told.format(field=address, value=repr(parts[main][:80])))
    return found


def _columns(
    journal: Journal,
    address: Address,
    release: Row,
    parts: dict[str, Any],
    before: Row | None,
    words: str | None,
) -> Row:
    """The columns that hold these parts."""
    name, connection = address.field, journal.connection
    if name.endswith(".date"):
        return date_columns(parts, before, words)
    columns = {_NAMES.get(part, part): value for part, value in parts.items()}
    if name == "event.venue":
        return {key: columns[key] for key in ("name",) if key in columns} | venue_columns(
            parts, before
        )
    if name == "event.organizer":
        return columns | {"office_id": office(journal, columns["name"])}
    if name == "event.participant":
        return _participant(connection, release, columns)
    if name == "person.name":
        for part in ("titles", "aliases"):
            if part in columns:
                columns[part] = json.dumps(columns[part], ensure_ascii=False)
        if "organization" in columns:
            columns["office_id"] = office(journal, columns["organization"])
        if "full_name" in columns:
            columns["full_name_source"] = RULE[0] if columns["full_name"] else None
    if name == "quote.speaker":
        return _speaker(connection, release, address, columns, words)
    if name == "event.name" and "status" in columns:
        columns["status"] = columns["status"] or "held"
    return {key: value for key, value in columns.items() if key != "words"}


def _participant(connection: Connection, release: Row, columns: Row) -> Row:
    person = columns.pop("person", None)
    if person is not None:
        who = person_of(connection, release["id"], person)
        assert who is not None
        return columns | {"person_id": who["id"], "name": who["name"]}
    return columns | ({"person_id": None} if "name" in columns else {})


def _speaker(
    connection: Connection, release: Row, address: Address, columns: Row, words: str | None
) -> Row:
    """A person of the release by id or name, else words of the text that stand for one."""
    made: Row = {}
    if "delivered_by" in columns:
        by = columns["delivered_by"]
        made["delivered_by"] = None if by is None else key_of(connection, release["id"], by)
    said = columns.get("speaker")
    if said is not None:
        who = person_of(connection, release["id"], said, required=False)
        version = current_version(connection, release["id"])
        if who is not None:
            made |= {"person_id": who["id"], "speaker": words}
        elif place_of(version, said, None) is not None:
            made |= {"person_id": None, "speaker": said}
        else:
            person_of(connection, release["id"], said)  # says who is there
    elif words is not None and "delivered_by" not in columns:
        made["speaker"] = words
    return made


def office(journal: Journal, name: str | None) -> int | None:
    """The number of an office by its name, a new one where it is not known."""
    key = folded(name or "")
    if not key or len(key) > _OFFICE:
        return None
    table = schema.offices
    known = journal.connection.execute(select(table.c.id).where(table.c.key == key)).scalar()
    if known is not None:
        return int(known)
    row = {"key": key, "name": " ".join((name or "").split())}
    return _known(journal.connection, table, row)


def rule_id(journal: Journal, name: str, version: str) -> int:
    """The number of a rule, a new one where it is not known."""
    table = schema.rules
    query = select(table.c.id).where(table.c.name == name, table.c.rules_version == version)
    known = journal.connection.execute(query).scalar()
    if known is not None:
        return int(known)
    return _known(journal.connection, table, {"name": name, "rules_version": version})


def _known(connection: Connection, table: Table, row: Row) -> int:
    """A new name. It stays when the decision is undone: others may have come to use it."""
    return int(connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def _put_span(
    journal: Journal,
    address: Address,
    old: Row | None,
    place: Place | None,
    state: str,
    rule: Row | None = None,
) -> int | None:
    """Move the span of a field to its words, or make one; rule and confidence of a span stay
    unless another rule took them."""
    columns: Row = {"state": state, **(rule or {})}
    if place is not None:
        columns |= {
            "version_id": place.version_id, "text_hash": place.text_hash,
            "start_offset": place.start, "end_offset": place.end, "words": place.words,
        }  # fmt: skip
    if old is not None:
        journal.update(schema.spans, old["id"], **columns)
        return int(old["id"])
    if place is None:
        return None
    if rule is None:
        columns |= {"rule_id": rule_id(journal, *RULE), "confidence": 1.0}
    more = {"field": address.field, "position": address.position}
    return journal.insert(schema.spans, columns | more | address.owners())


_BLANK: dict[str, Row] = {
    "venues": {"mode": "onsite", "parts": "{}"},
    "dates": {},
    "organizers": {},
    "participants": {"headcount": None, "person_id": None},
}


def _put_row(
    journal: Journal,
    address: Address,
    release: Row,
    columns: Row,
    row: Row | None,
    span_id: int | None,
) -> None:
    what = FIELDS[address.field]
    if not what.own_row:
        if columns:
            journal.update(what.table, address.owner, **columns)
        if address.main:
            state = span_state(journal.connection, span_id)
            journal.update(what.table, address.owner, state=state)
        _follow(journal, address, release)
        return
    if span_id is not None:
        columns = columns | {"span_id": span_id}
    if row is not None:
        journal.update(what.table, row["id"], **columns)
        return
    mine: Row = {"release_id": release["id"]}
    for column, value in address.owners().items():
        if column in what.table.c and (value is not None or column != "person_id"):
            mine[column] = value
    if "position" in what.table.c:
        mine["position"] = address.position
    journal.insert(what.table, _BLANK[what.table.name] | mine | columns)


def span_state(connection: Connection, span_id: int | None) -> str:
    """The state of a span; that of a value without one is corrected."""
    query = select(schema.spans.c.state).where(schema.spans.c.id == span_id)
    return str(connection.execute(query).scalar() or "corrected")


def _follow(journal: Journal, address: Address, release: Row) -> None:
    """Rows that say again what a person is called and what she is."""
    if address.kind != "person":
        return
    person = value_row(journal.connection, Address("person.name", address.owner))
    assert person is not None
    participants, roles = schema.participants, schema.roles
    for row in rows(
        journal.connection, select(participants).where(participants.c.person_id == address.owner)
    ):
        journal.update(participants, row["id"], name=person["name"])
    told = rows(journal.connection, select(roles).where(roles.c.person_id == address.owner))
    if person["role"] is None:
        for row in told:
            journal.delete(roles, row["id"])
        return
    span = span_of(journal.connection, Address("person.role", address.owner))
    columns = {
        "title": person["role"], "organization": person["organization"],
        "office_id": person["office_id"], "span_id": span["id"] if span else None,
    }  # fmt: skip
    for row in told:
        journal.update(roles, row["id"], **columns)
    if not told:
        journal.insert(
            roles,
            {
                "release_id": release["id"], "person_id": address.owner,
                "seen": release["published"], "source": "release", **columns,
            },
        )  # fmt: skip


def clear(journal: Journal, address: Address, release: Row) -> None:
    """Take a value out of force: a whole item where the field is what it stands on."""
    connection, what = journal.connection, FIELDS[address.field]
    span, row = span_of(connection, address), value_row(connection, address)
    if span is not None:
        journal.update(schema.spans, span["id"], state="rejected")
    if address.main:
        journal.update(ITEMS[address.kind], address.owner, state="rejected")
    elif what.own_row:
        if row is not None:
            journal.delete(what.table, row["id"])
    elif what.columns:
        journal.update(what.table, address.owner, **dict.fromkeys(what.columns))
        _follow(journal, address, release)
