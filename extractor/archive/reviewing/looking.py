"""All that a screen needs to show a field, and what was decided about it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, select

from extractor.archive import schema
from extractor.archive.fields import FIELDS, ITEMS, value_from_json, value_of
from extractor.archive.intake.rows import Row
from extractor.archive.reviewing.addresses import COMPLETE, Address, address_of
from extractor.archive.reviewing.conflicts import Other, others_of
from extractor.archive.reviewing.journal import row_of
from extractor.archive.reviewing.telling import told, year_words
from extractor.archive.risk.conditions import withheld_people
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

CONTEXT = 240  # characters of the text shown before and after the words


@dataclass(frozen=True)
class Decision:
    """A row of the log. ``before`` and ``after`` are values as ``FieldView.value``."""

    id: int
    address: Address
    action: str
    reviewer: str
    at: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    note: str | None
    active: bool
    undoes: int | None
    rule: str | None
    rules_version: str | None
    confidence: float | None
    batch: int | None = None


@dataclass(frozen=True)
class Proposal:
    """A newer reading of a decided field; ``value`` None: the newer rules do not find it."""

    id: int
    address: Address
    value: dict[str, Any] | None
    shown: str
    words: str | None
    start: int | None
    end: int | None
    rule: str | None
    rules_version: str
    confidence: float | None
    made_at: str


@dataclass(frozen=True)
class FieldView:
    """A field as a person decides on it.

    ``value`` is in force (column names of its table), ``shown`` tells it in a line; None and empty
    where it was rejected. ``before + words + after`` is text around it, ``start`` and ``end`` where
    the words stand in the version's text (code points). ``token`` changes whenever something a
    decision rests on does.
    """

    address: Address
    release_id: int
    release: str  # its key
    headline: str
    site: str | None
    published: str | None
    item: str  # the name of the event or person, the quote's words
    value: dict[str, Any] | None
    shown: str
    words: str | None
    start: int | None
    end: int | None
    before: str
    after: str
    version_id: int
    current: bool  # do the words stand in the text that is in force?
    span_id: int | None
    rule: str | None
    rules_version: str | None
    confidence: float | None
    state: str
    reasons: tuple[str, ...]
    withheld: bool
    proposals: tuple[Proposal, ...]
    conflicts: tuple[Other, ...]
    decisions: tuple[Decision, ...]
    people: dict[str, str] = field(default_factory=dict)  # id -> name, of the release
    token: str = ""


def field_of(store: Store, address: Address, context: int = CONTEXT) -> FieldView:
    """A field with its words, rule, rivals and history; raises UsageError where it is not there."""
    with store.read() as connection:
        return look(connection, address, context)


def history(store: Store, address: Address) -> list[Decision]:
    """All decisions on a field, the oldest first, undone ones and undoings too."""
    with store.read() as connection:
        return decisions_on(connection, address)


def look(
    connection: Connection, address: Address, context: int = CONTEXT, gone: bool = False
) -> FieldView:
    """As :func:`field_of`, on an open connection; ``gone``: it may not be there any more."""
    if address.field == COMPLETE:
        raise UsageError(_("{field}: is no value of a release").format(field=COMPLETE))
    release = release_of(connection, address)
    item = item_of(connection, address)
    span = span_of(connection, address)
    row = value_row(connection, address)
    decisions = decisions_on(connection, address)
    last = next((one for one in reversed(decisions) if one.active), None)
    nothing = span is None and last is None and not gone
    if nothing and (row is None or not FIELDS[address.field].columns):
        raise UsageError(_("{field}: is not there").format(field=address))
    people = {
        one["id"]: one
        for one in rows(
            connection,
            select(schema.people).where(schema.people.c.release_id == release["id"]),
        )
    }
    state = span["state"] if span is not None else _STATES[last.action] if last else "unreviewed"
    value: dict[str, Any] | None = None
    if state != "rejected":
        value = value_of(address.field, row) if row is not None else None
        if not FIELDS[address.field].columns:
            value = {"words": span["words"]} if span is not None else None
        elif value is not None and not FIELDS[address.field].own_row:
            value = value if any(one is not None for one in value.values()) else None
    names = {number: one["name"] for number, one in people.items()}
    version = _version(connection, release["id"], span)
    rule = row_of(connection, schema.rules, span["rule_id"]) if span is not None else None
    proposals = tuple(proposals_on(connection, address, names))
    start, end = (span["start_offset"], span["end_offset"]) if span is not None else (0, 0)
    token = [
        state, value, span["words"] if span else None, start, version["id"],
        last.id if last else None, [one.id for one in proposals],
    ]  # fmt: skip
    return FieldView(
        address=address, release_id=release["id"], release=release["key"],
        headline=release["headline"], site=release["site"], published=release["published"],
        item=_label(item), value=value, shown=told(address.field, value, names),
        words=span["words"] if span else None, start=start if span else None,
        end=end if span else None,
        before=version["text"][max(start - context, 0) : start] if span else "",
        after=version["text"][end : end + context] if span else "",
        version_id=version["id"], current=version["current"], span_id=span["id"] if span else None,
        rule=rule["name"] if rule else None, rules_version=rule["rules_version"] if rule else None,
        confidence=span["confidence"] if span else None, state=state,
        reasons=tuple(_reasons(connection, release["id"], span, value)),
        withheld=_withheld(connection, release["id"], address, people),
        proposals=proposals, conflicts=tuple(others_of(connection, address)),
        decisions=tuple(decisions),
        people={one["key"]: one["name"] for one in people.values() if one["state"] != "rejected"},
        token=hashlib.sha256(json.dumps(token).encode()).hexdigest()[:12],
    )  # fmt: skip


_STATES = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "accepted",
    "take": "accepted",
}  # fmt: skip


def rows(connection: Connection, query: Select[Any]) -> list[Row]:
    """The rows of a query as dictionaries."""
    return [dict(row) for row in connection.execute(query).mappings()]


def release_of(connection: Connection, address: Address) -> Row:
    """The release that a field is of; raises UsageError where nothing has this address."""
    number: int | None = address.owner
    if address.kind in ITEMS:
        items = ITEMS[address.kind]
        number = connection.execute(
            select(items.c.release_id).where(items.c.id == address.owner)
        ).scalar()
    release = None if number is None else row_of(connection, schema.releases, number)
    if release is None:
        raise UsageError(
            _("{field}: there is no {kind} {n}").format(
                field=address, kind=address.kind, n=address.owner
            )
        )
    return release


def item_of(connection: Connection, address: Address) -> Row | None:
    """The event, person or quote that a field is of; None for a field of the release."""
    if address.kind not in ITEMS:
        return None
    return row_of(connection, ITEMS[address.kind], address.owner)


def span_of(connection: Connection, address: Address) -> Row | None:
    """The span of a field: the one a person decided on, else the one in the text in force."""
    spans, versions = schema.spans, schema.versions
    query = (
        select(spans, versions.c.current)
        .join(versions, versions.c.id == spans.c.version_id)
        .where(spans.c.field == address.field, spans.c.position == address.position)
    )
    if address.column is None:
        query = query.where(versions.c.release_id == address.owner)
    else:
        query = query.where(spans.c[address.column] == address.owner)
    found = rows(connection, query)
    found.sort(key=lambda row: (row["state"] == "unreviewed", not row["current"], row["id"]))
    return next(iter(found), None)


def value_row(connection: Connection, address: Address) -> Row | None:
    """The row that holds the value in force: of the item, or the field's own."""
    what = FIELDS[address.field]
    if not what.own_row:
        return row_of(connection, what.table, address.owner)
    table = what.table
    query = select(table).where(table.c[address.column or "release_id"] == address.owner)
    if address.column is None:
        query = query.where(table.c.event_id.is_(None), table.c.quote_id.is_(None))
    if what.many:
        query = query.where(table.c.position == address.position)
    return next(iter(rows(connection, query.order_by(table.c.id))), None)


def _version(connection: Connection, release_id: int, span: Row | None) -> Row:
    if span is not None:
        version = row_of(connection, schema.versions, span["version_id"])
        assert version is not None
        return version
    return current_version(connection, release_id)


def current_version(connection: Connection, release_id: int) -> Row:
    """The text of a release that is in force."""
    versions = schema.versions
    query = select(versions).where(versions.c.release_id == release_id, versions.c.current)
    return rows(connection, query)[0]


def _label(item: Row | None) -> str:
    if item is None:
        return ""
    return str(item["name"] if "name" in item else item["text"])


def decisions_on(connection: Connection, address: Address) -> list[Decision]:
    """The log of a field, the oldest first."""
    return decisions(connection, _about(schema.reviews, address).order_by(schema.reviews.c.id))


def decisions(connection: Connection, query: Select[Any]) -> list[Decision]:
    """Rows of reviews as decisions."""
    return [
        Decision(
            id=row["id"], address=address_of(row), action=row["action"], reviewer=row["reviewer"],
            at=row["reviewed_at"], before=value_from_json(row["before"]),
            after=value_from_json(row["after"]),
            note=row["note"], active=row["active"], undoes=row["undoes_id"], rule=row["rule"],
            rules_version=row["rules_version"], confidence=row["confidence"],
            batch=row["batch_id"],
        )
        for row in rows(connection, query)
    ]  # fmt: skip


def proposals_on(
    connection: Connection, address: Address, names: dict[int, str]
) -> Iterable[Proposal]:
    """The newer readings of a field that wait, the oldest first."""
    table = schema.proposals
    query = _about(table, address).where(table.c.state == "open").order_by(table.c.id)
    for row in rows(connection, query):
        value = value_from_json(row["proposed"])
        yield Proposal(
            id=row["id"], address=address, value=value,
            shown=told(address.field, value, names), words=row["words"],
            start=row["start_offset"], end=row["end_offset"], rule=row["rule"],
            rules_version=row["rules_version"], confidence=row["confidence"],
            made_at=row["made_at"],
        )  # fmt: skip


def _about(table: Any, address: Address) -> Select[Any]:
    query = select(table).where(
        table.c.field == address.field, table.c.position == address.position
    )
    return query.where(table.c[address.column or "release_id"] == address.owner)


def _reasons(
    connection: Connection, release_id: int, span: Row | None, value: dict[str, Any] | None
) -> Iterable[str]:
    """What is known of why, and what was warned of at these words."""
    if value is not None and (source := value.get("year_source")) in year_words():
        yield year_words()[source]
    if value is not None and value.get("repair"):
        yield _("the weekday does not fit; perhaps {day}").format(day=value["repair"])
    if span is None:
        return
    table = schema.warnings
    query = select(table.c.code, table.c.message).where(
        table.c.release_id == release_id,
        table.c.start_offset < span["end_offset"],
        table.c.end_offset > span["start_offset"],
        table.c.code != "weekday-conflict",  # told above, as the day it may be
    )
    for row in rows(connection, query.order_by(table.c.number)):
        yield f"{row['code']}: {row['message']}"


def _withheld(
    connection: Connection, release_id: int, address: Address, people: dict[int, Row]
) -> bool:
    """Is something of the release withheld, and not only another person than this one?"""
    mine = [address.owner] if address.kind == "person" else list(people)
    table, every = schema.withholdings, schema.people
    whole = select(table.c.id).where(table.c.lifted_at.is_(None), table.c.release_id == release_id)
    person = select(every.c.id).where(every.c.id.in_(mine), every.c.id.in_(withheld_people()))
    return any(connection.execute(query.limit(1)).first() for query in (whole, person))
