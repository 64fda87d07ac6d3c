"""Many fields accepted at once: those of one field, one rule, surer than some confidence."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, exists, func, insert, select, update

from extractor.archive import schema
from extractor.archive.bulk import select_rows
from extractor.archive.fields import FIELDS, ITEMS, value_json, value_of
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row
from extractor.archive.reviewing.addresses import Address, address_of
from extractor.archive.reviewing.selecting import Filter, owner_columns, unreviewed
from extractor.archive.store import Store

_AT_ONCE = 500  # fields in one transaction


def acceptable(store: Store, chosen: Filter) -> int:
    """How many fields :func:`accept_all` would accept."""
    with store.read() as connection:
        query = _query(chosen).order_by(None).subquery()
        return int(connection.execute(select(func.count()).select_from(query)).scalar_one())


def accept_all(store: Store, chosen: Filter, *, reviewer: str, note: str | None = None) -> int:
    """Accept all unreviewed fields that the filter lets through; returns how many.

    Each has its own line in the log; they can be undone as one. In transactions of 500 fields:
    what is accepted stays accepted, whatever happens then. Fields with a newer reading that waits
    are left out.
    """
    batch: int | None = None
    total = 0
    while True:
        with store.write() as connection:
            spans = [
                dict(row) for row in connection.execute(_query(chosen).limit(_AT_ONCE)).mappings()
            ]
            if spans:
                batch = _accept(connection, spans, reviewer, note, batch)
        total += len(spans)
        if len(spans) < _AT_ONCE:
            return total


def _query(chosen: Filter) -> Select[Any]:
    spans, proposals, rules = schema.spans, schema.proposals, schema.rules
    waits = exists().where(
        proposals.c.release_id == schema.versions.c.release_id, proposals.c.state == "open",
        proposals.c.field == spans.c.field, proposals.c.position == spans.c.position,
        *(
            func.coalesce(proposals.c[name], 0) == func.coalesce(spans.c[name], 0)
            for name in ("event_id", "person_id", "quote_id")
        ),
    )  # fmt: skip
    query = unreviewed(
        chosen, spans.c.id, spans.c.words, spans.c.confidence, *owner_columns(spans),
        schema.versions.c.release_id, rules.c.name.label("rule"), rules.c.rules_version,
    ).join(rules, rules.c.id == spans.c.rule_id)  # fmt: skip
    return query.where(~waits).order_by(spans.c.id)


def _accept(
    connection: Connection, spans: list[Row], reviewer: str, note: str | None, batch: int | None
) -> int:
    reviews, at = schema.reviews, now()
    values = dict(_values(connection, spans))
    made: list[Row] = []
    for span in spans:
        address = address_of(span)
        changes: list[tuple[str, int, Row, Row]] = [
            ("spans", span["id"], {"state": "unreviewed"}, {"state": "accepted"})
        ]
        row = values[address]
        if address.main:
            table = ITEMS[address.kind].name
            changes.append((table, address.owner, {"state": row["state"]}, {"state": "accepted"}))
        columns = FIELDS[address.field].columns
        value = value_of(address.field, row) if columns else {"words": span["words"]}
        made.append(
            {
                "release_id": span["release_id"], **address.owners(), "span_id": span["id"],
                "field": address.field, "position": address.position, "action": "accept",
                "before": value_json(value), "after": value_json(value), "rule": span["rule"],
                "rules_version": span["rules_version"], "confidence": span["confidence"],
                "reviewer": reviewer, "reviewed_at": at, "note": note, "active": True,
                "changes": json.dumps(changes, ensure_ascii=False), "batch_id": batch,
            }
        )  # fmt: skip
    if batch is None:
        first = connection.execute(insert(reviews).values(made.pop(0)).returning(reviews.c.id))
        batch = int(first.scalar_one())
        connection.execute(update(reviews).where(reviews.c.id == batch).values(batch_id=batch))
        for row in made:
            row["batch_id"] = batch
    if made:
        connection.execute(insert(reviews), made)
    ids = [span["id"] for span in spans]
    connection.execute(
        update(schema.spans).where(schema.spans.c.id.in_(ids)).values(state="accepted")
    )
    for kind, items in ITEMS.items():
        mine = [one.owner for one in values if one.main and one.kind == kind]
        if mine:
            connection.execute(update(items).where(items.c.id.in_(mine)).values(state="accepted"))
    return batch


def _values(connection: Connection, spans: list[Row]) -> Iterator[tuple[Address, Row]]:
    """The rows that hold the values of these fields."""
    for name, what in FIELDS.items():
        mine = [span for span in spans if span["field"] == name]
        if not mine:
            continue
        addresses = [address_of(span) for span in mine]
        if what.own_row:
            rows = select_rows(connection, what.table, "span_id", [span["id"] for span in mine])
            by_span = {row["span_id"]: row for row in rows}
            found = [by_span.get(span["id"]) for span in mine]
        else:
            rows = select_rows(connection, what.table, "id", {one.owner for one in addresses})
            by_id = {row["id"]: row for row in rows}
            found = [by_id.get(one.owner) for one in addresses]
        for address, row in zip(addresses, found, strict=True):
            yield address, row or dict.fromkeys(what.columns)
