"""What people decide of links: merge, split, confirm, reject, and undo of any of it.

Every decision is a row of ``link_operations`` that holds the rows it changed, before and after, so
that undoing puts them back byte for byte. A link that a person made or judged is hers: no run
touches it. A rejected pair is kept with the mentions it was rejected from, and is never proposed
again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.bulk import select_rows, upsert_rows
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row
from extractor.archive.linking.decisions import TABLES, Kind, newest
from extractor.archive.linking.undoing import undo_rows
from extractor.archive.linking.writing import refresh_withheld, settle
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _


@dataclass
class Change:
    """The rows of entities and links that a decision changes: as they were, as they become."""

    kind: Kind
    before: dict[str, list[Row]] = field(default_factory=dict)
    after: dict[str, list[Row]] = field(default_factory=dict)

    def row(self, table: str, before: Row | None, after: Row) -> None:
        """One row that changes, or is new."""
        if before is not None:
            self.before.setdefault(table, []).append(before)
        self.after.setdefault(table, []).append(after)


def merge(store: Store, kind: Kind, into: int, other: int, *, reason: str, author: str) -> int:
    """Two entities are one: all mentions of ``other`` belong to ``into`` from now on.

    Gives the number of the operation. Raises UsageError where one of them does not exist or is
    merged already, or a mention of one was rejected from the other.
    """
    t = TABLES[kind]
    with store.write() as connection:
        if into == other:
            raise UsageError(_("{n}: is the same entity; name two").format(n=into))
        _entity(connection, kind, into)
        gone = _entity(connection, kind, other)
        mine, theirs = _links(connection, kind, into), _links(connection, kind, other)
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
                said = _("mention {m} was rejected from one of them; undo that first")
                raise UsageError(said.format(m=row[t.mention]))
            if row["state"] != "rejected" and known is None:
                change.row(t.links.name, row, {**row, **by, "entity_id": into})
        change.row(t.entities.name, gone, {**gone, "merged_into_id": into})
        return _keep(connection, change, "merge", reason, author, at)


def split(
    store: Store, kind: Kind, entity: int, mentions: Sequence[int], *, reason: str, author: str
) -> tuple[int, int]:
    """Some mentions of an entity are somebody else: they make an entity of their own.

    Gives the numbers of the operation and of the new entity. Raises UsageError where a mention is
    not linked to it, or all are.
    """
    t = TABLES[kind]
    with store.write() as connection:
        old = _entity(connection, kind, entity)
        links = {
            row[t.mention]: row
            for row in _links(connection, kind, entity)
            if row["state"] != "rejected"
        }
        moved = _known(links, mentions, entity)
        stay = sorted(set(links) - set(moved))
        if not stay:
            raise UsageError(_("{n}: all its mentions would go; nothing is split").format(n=entity))
        at, change = now(), Change(kind)
        number = newest(connection, schema.link_operations) + 1
        new = newest(connection, t.entities) + 1
        link = newest(connection, t.links)
        rows = [links[m] for m in moved]
        name = _called(connection, kind, moved)
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
        return _keep(connection, change, "split", reason, author, at), new


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
        _entity(connection, kind, entity)
        rows = {row[t.mention]: row for row in _links(connection, kind, entity)}
        wanted = mentions or [m for m, row in rows.items() if row["state"] != "rejected"]
        judged = _known(rows, wanted, entity)
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
        return _keep(connection, change, action, reason, author, at)


def _only_one(connection: Connection, kind: Kind, mention: int, entity: int) -> None:
    t = TABLES[kind]
    other = select(t.links.c.entity_id).where(
        t.links.c[t.mention] == mention,
        t.links.c.state != "rejected",
        t.links.c.entity_id != entity,
    )
    found = connection.execute(other).scalar()
    if found is not None:
        said = _("mention {m} belongs to {n} now; reject it there, or undo, first")
        raise UsageError(said.format(m=mention, n=found))


def undo(store: Store, operation: int | None, *, author: str) -> int:
    """Put back what an operation changed, byte for byte; None: the last that is not undone.

    Gives its number. Raises UsageError where there is none, it is undone already, or a later one
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
        return operation


def log(connection: Connection, kind: Kind | None = None, limit: int = 50) -> list[Row]:
    """The last operations, the newest first, without the rows they changed."""
    done = schema.link_operations
    columns = [column for column in done.c if column.name not in ("before", "after")]
    asked = select(*columns).order_by(done.c.id.desc()).limit(limit)
    if kind is not None:
        asked = asked.where(done.c.kind == kind)
    return [dict(row._mapping) for row in connection.execute(asked)]


def _entity(connection: Connection, kind: Kind, number: int) -> Row:
    t = TABLES[kind]
    row = connection.execute(select(t.entities).where(t.entities.c.id == number)).first()
    if row is None:
        known = {"person": "rilis archive people", "event": "rilis archive events"}[kind]
        said = _("{n}: no such {kind} across releases; see `{command}`")
        raise UsageError(said.format(n=number, kind=_(kind), command=known))
    if row.merged_into_id is not None:
        said = _("{n}: was merged into {other}; name that one")
        raise UsageError(said.format(n=number, other=row.merged_into_id))
    return dict(row._mapping)


def _links(connection: Connection, kind: Kind, entity: int) -> list[Row]:
    return select_rows(connection, TABLES[kind].links, "entity_id", [entity])


def _known(links: dict[int, Row], mentions: Iterable[int], entity: int) -> list[int]:
    wanted = sorted(set(mentions))
    for mention in wanted:
        if mention not in links:
            said = _("mention {m} is not linked to {n}; its mentions: {known}")
            known = ", ".join(map(str, sorted(links)[:20])) or "-"
            raise UsageError(said.format(m=mention, n=entity, known=known))
    return wanted


def _called(connection: Connection, kind: Kind, mentions: Sequence[int]) -> Row:
    """What an entity of these mentions is called: as the first of them."""
    first = select_rows(connection, TABLES[kind].mentions, "id", mentions)[0]
    if kind == "person":
        return {"name": first["full_name"] or first["name"], "full_name": first["full_name"]}
    number = first["id"]
    dates = select_rows(connection, schema.dates, "event_id", [number])
    venues = select_rows(connection, schema.venues, "event_id", [number])
    hosts = select_rows(connection, schema.organizers, "event_id", [number])
    return {
        "name": first["name"],
        "start_date": dates[0]["start_date"] if dates else None,
        "end_date": dates[0]["end_date"] if dates else None,
        "venue": venues[0]["name"] if venues else None,
        "organizer": hosts[0]["name"] if hosts else None,
    }


def _keep(
    connection: Connection, change: Change, action: str, reason: str | None, author: str, at: str
) -> int:
    t, done = TABLES[change.kind], schema.link_operations
    number = newest(connection, done) + 1
    row = {
        "id": number, "kind": change.kind, "action": action,
        "before": json.dumps(change.before, ensure_ascii=False),
        "after": json.dumps(change.after, ensure_ascii=False), "reason": reason,
        "author": author, "done_at": at,
    }  # fmt: skip
    connection.execute(done.insert(), row)
    for table in (t.entities, t.links):
        upsert_rows(connection, table, change.after.get(table.name, []))
    settle(connection, change.kind)
    if change.kind == "person":
        links: list[Any] = change.after.get(t.links.name, [])
        refresh_withheld(connection, (link["person_id"] for link in links))
    return number
