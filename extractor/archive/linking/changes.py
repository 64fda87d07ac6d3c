"""The rows that a decision on links changes: looked up, and written with what undoes it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import select_rows, upsert_rows
from extractor.archive.intake.rows import Row
from extractor.archive.linking.addresses import mention_addresses
from extractor.archive.linking.decisions import TABLES, Kind, newest
from extractor.archive.linking.writing import refresh_withheld, settle
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


def entity_row(connection: Connection, kind: Kind, number: int) -> Row:
    """The row of an entity; UsageError where there is none, or it was merged into another."""
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


def links_of(connection: Connection, kind: Kind, entity: int) -> list[Row]:
    """All links of an entity, rejected ones too."""
    return select_rows(connection, TABLES[kind].links, "entity_id", [entity])


def held_links(connection: Connection, kind: Kind, mentions: Sequence[int]) -> dict[int, Row]:
    """The link in force of each of these mentions that has one."""
    t = TABLES[kind]
    rows = select_rows(connection, t.links, t.mention, mentions)
    return {row[t.mention]: row for row in rows if row["state"] != "rejected"}


def address_of(connection: Connection, kind: Kind, mention: int) -> str:
    """A mention as people name it."""
    return mention_addresses(connection, kind, [mention]).get(mention, str(mention))


def known_mentions(
    connection: Connection, kind: Kind, entity: int, links: Mapping[int, Row],
    mentions: Iterable[int],
) -> list[int]:  # fmt: skip
    """These mentions, sorted; UsageError where one has no link to the entity."""
    wanted = sorted(set(mentions))
    for mention in wanted:
        if mention not in links:
            said = _("{m} is not linked to {kind}:{n}; its mentions: {known}")
            told = mention_addresses(connection, kind, [mention, *sorted(links)[:20]])
            known = ", ".join(told[one] for one in sorted(links)[:20]) or "-"
            m = told.get(mention, str(mention))
            raise UsageError(said.format(m=m, kind=kind, n=entity, known=known))
    return wanted


def called(connection: Connection, kind: Kind, mentions: Sequence[int]) -> Row:
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


def keep(
    connection: Connection, change: Change, action: str, reason: str | None, author: str, at: str
) -> int:
    """Write what a decision changes, and the operation that undoes it; its number."""
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
