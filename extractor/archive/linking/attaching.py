"""Links made by hand: a mention that no run could link, to an entity, or to one of its own."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from extractor.archive import schema
from extractor.archive.bulk import select_rows
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row
from extractor.archive.linking.changes import (
    Change,
    address_of,
    called,
    entity_row,
    held_links,
    keep,
    links_of,
)
from extractor.archive.linking.decisions import TABLES, Kind, is_human, newest
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _


def attach(
    store: Store, kind: Kind, entity: int | None, mentions: Sequence[int], *, reason: str,
    author: str,
) -> tuple[int, int]:  # fmt: skip
    """Link mentions by hand: they are this entity, or, where none is named, a new one.

    A mention that a run linked elsewhere is rejected there. All other mentions of the entity are as
    decided from now on as these: without evidence between them a run would part them again. Gives
    the numbers of the operation and of the entity. Raises UsageError where it does not exist, a
    person linked a mention elsewhere, another entity would be left without one, or a mention is not
    to be linked: its name is said to be changed, or it was rejected in a review.
    """
    t = TABLES[kind]
    with store.write() as connection:
        wanted = sorted(set(mentions))
        _may_be_linked(connection, kind, wanted)
        at, change = now(), Change(kind)
        number = newest(connection, schema.link_operations) + 1
        by = {"author": author, "linked_at": at, "operation_id": number}
        held = held_links(connection, kind, wanted)
        if entity is None:
            if held:
                mention, link = next(iter(held.items()))
                said = _("{m} belongs to {kind}:{n}; `rilis archive links split` parts them")
                m = address_of(connection, kind, mention)
                raise UsageError(said.format(m=m, kind=kind, n=link["entity_id"]))
            into = newest(connection, t.entities) + 1
            empty: Row = dict.fromkeys(column.name for column in t.entities.columns)
            row = {**empty, "id": into, "created_at": at, **called(connection, kind, wanted)}
            change.row(t.entities.name, None, row)
        else:
            into = entity_row(connection, kind, entity)["id"]
        here = {row[t.mention]: row for row in links_of(connection, kind, into)}
        _take_away(connection, change, {m: held[m] for m in held if m not in here}, by)
        for mention, row in here.items():
            if row["state"] != "rejected" and mention not in wanted:
                change.row(t.links.name, row, {**row, **by})
        new, last = (
            {"score": 1.0, "reasons": json.dumps({"because": []})},
            newest(connection, t.links),
        )
        for mention in wanted:
            old = here.get(mention)
            if old is not None:
                told = new if old["state"] == "rejected" else {}
                change.row(t.links.name, old, {**old, **told, **by, "state": "confirmed"})
                continue
            last += 1
            row = {"id": last, "entity_id": into, t.mention: mention, **new, "state": "confirmed"}
            change.row(t.links.name, None, {**row, **by})
        return keep(connection, change, "link", reason, author, at), into


def _may_be_linked(connection: Connection, kind: Kind, mentions: Sequence[int]) -> None:
    for row in select_rows(connection, TABLES[kind].mentions, "id", mentions):
        m = address_of(connection, kind, row["id"])
        if row["state"] == "rejected":
            said = _("{m} was rejected in a review: it is no {kind}; undo that first")
            raise UsageError(said.format(m=m, kind=_(kind)))
        if kind == "person" and row["pseudonym"]:
            said = _("{m}: the name is said to be changed; a link would tell whose it is")
            raise UsageError(said.format(m=m))


def _take_away(connection: Connection, change: Change, held: dict[int, Row], by: Row) -> None:
    """Reject links that runs made to other entities; nobody's decision, and no entity's last."""
    t = TABLES[change.kind]
    for entity in sorted({row["entity_id"] for row in held.values()}):
        going = {m: row for m, row in held.items() if row["entity_id"] == entity}
        theirs = links_of(connection, change.kind, entity)
        stay = sorted(r[t.mention] for r in theirs if r["state"] != "rejected")
        stay = [m for m in stay if m not in going]
        for mention, row in going.items():
            m = address_of(connection, change.kind, mention)
            told = {"m": m, "kind": change.kind, "n": entity}
            if is_human(row["state"], row["author"]):
                said = _("{m} belongs to {kind}:{n}, as {who} decided; split it from that first")
                raise UsageError(said.format(**told, who=row["author"]))
            if not stay:
                said = _("{m}: {kind}:{n} would have no mentions left; merge the two instead")
                raise UsageError(said.format(**told))
            against = json.dumps({"against": stay})
            change.row(t.links.name, row, {**row, **by, "state": "rejected", "reasons": against})
