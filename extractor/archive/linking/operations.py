"""What people decide of links: merge, split, confirm, reject, and undo of any of it (and of runs,
and of links made by hand, :mod:`extractor.archive.linking.attaching`).

Every decision is a row of ``link_operations`` that holds the rows it changed, before and after, so
that undoing puts them back byte for byte. A link that a person made or judged is hers: no run
touches it. A rejected pair is kept with the mentions it was rejected from, and is never proposed
again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row
from extractor.archive.linking.changes import (
    Change,
    address_of,
    called,
    entity_row,
    held_links,
    keep,
    known_mentions,
    links_of,
)
from extractor.archive.linking.decisions import TABLES, Kind, newest
from extractor.archive.linking.undoing import undo_rows
from extractor.archive.linking.writing import refresh_withheld
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _


@dataclass(frozen=True)
class Undone:
    """The operation that was undone."""

    number: int
    kind: Kind
    action: str


def merge(store: Store, kind: Kind, into: int, other: int, *, reason: str, author: str) -> int:
    """Two entities are one: all mentions of ``other`` belong to ``into`` from now on.

    Gives the number of the operation. Raises UsageError where one of them does not exist or is
    merged already, or a mention of one was rejected from the other.
    """
    t = TABLES[kind]
    with store.write() as connection:
        if into == other:
            raise UsageError(_("{n}: is the same entity; name two").format(n=into))
        entity_row(connection, kind, into)
        gone = entity_row(connection, kind, other)
        mine, theirs = links_of(connection, kind, into), links_of(connection, kind, other)
        states = {row[t.mention]: row["state"] for row in mine}
        change, at = Change(kind), now()
        number = newest(connection, schema.link_operations) + 1
        by = {"author": author, "linked_at": at, "operation_id": number}
        for row in mine:
            if row["state"] != "rejected":
                change.row(t.links.name, row, {**row, **by})
        for row in theirs:
            known = states.get(row[t.mention])
            if known is not None and (known == "rejected") != (row["state"] == "rejected"):
                said = _("{m} was rejected from one of them; undo that first")
                raise UsageError(said.format(m=address_of(connection, kind, row[t.mention])))
            if row["state"] != "rejected" and known is None:
                change.row(t.links.name, row, {**row, **by, "entity_id": into})
        change.row(t.entities.name, gone, {**gone, "merged_into_id": into})
        return keep(connection, change, "merge", reason, author, at)


def split(
    store: Store, kind: Kind, entity: int, mentions: Sequence[int], *, reason: str, author: str
) -> tuple[int, int]:
    """Some mentions of an entity are somebody else: they make an entity of their own.

    Gives the numbers of the operation and of the new entity. Raises UsageError where a mention is
    not linked to it, or all are.
    """
    t = TABLES[kind]
    with store.write() as connection:
        old = entity_row(connection, kind, entity)
        links = {
            row[t.mention]: row
            for row in links_of(connection, kind, entity)
            if row["state"] != "rejected"
        }
        moved = known_mentions(connection, kind, entity, links, mentions)
        stay = sorted(set(links) - set(moved))
        if not stay:
            raise UsageError(_("{n}: all its mentions would go; nothing is split").format(n=entity))
        at, change = now(), Change(kind)
        number = newest(connection, schema.link_operations) + 1
        new = newest(connection, t.entities) + 1
        link = newest(connection, t.links)
        rows = [links[m] for m in moved]
        name = called(connection, kind, moved)
        row = {**dict.fromkeys(old), "id": new, "created_at": at, **name}
        change.row(t.entities.name, None, row)
        by = {"author": author, "linked_at": at, "operation_id": number}
        for one in rows:
            mention = one[t.mention]
            against = json.dumps({"against": stay})
            change.row(t.links.name, one, {**one, **by, "state": "rejected", "reasons": against})
            link += 1
            change.row(t.links.name, None, {**one, **by, "id": link, "entity_id": new})
            assert mention in links
        for mention in stay:  # what stays is as much decided as what goes
            change.row(t.links.name, links[mention], {**links[mention], **by})
        return keep(connection, change, "split", reason, author, at), new


def confirm(
    store: Store, kind: Kind, entity: int, mentions: Sequence[int] = (), *, author: str,
    reason: str | None = None,
) -> int:  # fmt: skip
    """These mentions (none given: all that are linked) do belong to the entity."""
    return _judge(store, kind, entity, mentions, "confirm", author, reason)


def reject(
    store: Store, kind: Kind, entity: int, mentions: Sequence[int], *, author: str,
    reason: str | None = None,
) -> int:  # fmt: skip
    """These mentions do not belong to the entity, and are never proposed for it again."""
    return _judge(store, kind, entity, mentions, "reject", author, reason)


def _judge(
    store: Store, kind: Kind, entity: int, mentions: Sequence[int], action: str, author: str,
    reason: str | None,
) -> int:  # fmt: skip
    t = TABLES[kind]
    with store.write() as connection:
        entity_row(connection, kind, entity)
        rows = {row[t.mention]: row for row in links_of(connection, kind, entity)}
        wanted = mentions or [m for m, row in rows.items() if row["state"] != "rejected"]
        judged = known_mentions(connection, kind, entity, rows, wanted)
        state = "confirmed" if action == "confirm" else "rejected"
        stay = [m for m, row in rows.items() if m not in judged and row["state"] != "rejected"]
        at, change = now(), Change(kind)
        number = newest(connection, schema.link_operations) + 1
        for mention in judged:
            row = rows[mention]
            new = {**row, "state": state, "author": author, "linked_at": at, "operation_id": number}
            if state == "rejected":
                new["reasons"] = json.dumps({"against": sorted(stay)})
            elif row["state"] == "rejected":
                new["reasons"] = json.dumps({"because": []})
                _only_one(connection, kind, mention, entity)
            change.row(t.links.name, row, new)
        return keep(connection, change, action, reason, author, at)


def _only_one(connection: Connection, kind: Kind, mention: int, entity: int) -> None:
    held = held_links(connection, kind, [mention]).get(mention)
    if held is not None and held["entity_id"] != entity:
        said = _("{m} belongs to {kind}:{n} now; reject it there, or undo, first")
        m = address_of(connection, kind, mention)
        raise UsageError(said.format(m=m, kind=kind, n=held["entity_id"]))


def undo(store: Store, operation: int | None, *, author: str) -> Undone:
    """Put back what an operation changed, byte for byte; None: the last that is not undone.

    Raises UsageError where there is none, it is undone already, or a later one
    has changed the same rows: that one must be undone first.
    """
    done = schema.link_operations
    with store.write() as connection:
        if operation is None:
            standing = select(func.max(done.c.id)).where(done.c.undone_at.is_(None))
            operation = connection.execute(standing).scalar()
            if operation is None:
                raise UsageError(
                    _("last: no operation stands; `rilis archive links log` lists them")
                )
        row = connection.execute(select(done).where(done.c.id == operation)).mappings().first()
        if row is None:
            said = _("{n}: no such operation; `rilis archive links log` lists them")
            raise UsageError(said.format(n=operation))
        if row["undone_at"] is not None:
            said = _("{n}: undone by {who} at {when} already")
            raise UsageError(said.format(n=operation, who=row["undone_by"], when=row["undone_at"]))
        touched = undo_rows(connection, dict(row))
        undone = {"undone_at": now(), "undone_by": author}
        connection.execute(done.update().where(done.c.id == operation).values(**undone))
        if row["kind"] == "person":
            refresh_withheld(connection, touched)
        return Undone(operation, row["kind"], row["action"])


def log(connection: Connection, kind: Kind | None = None, limit: int = 50) -> list[Row]:
    """The last operations, the newest first, without the rows they changed."""
    done = schema.link_operations
    columns = [column for column in done.c if column.name not in ("before", "after")]
    asked = select(*columns).order_by(done.c.id.desc()).limit(limit)
    if kind is not None:
        asked = asked.where(done.c.kind == kind)
    return [dict(row._mapping) for row in connection.execute(asked)]
