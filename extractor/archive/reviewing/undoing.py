"""Decisions undone: the archive is then as before, and the log says so. Undoings can be undone."""

from collections import defaultdict

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.fields import ITEMS, OWNERS, value_from_json
from extractor.archive.intake.rows import Row
from extractor.archive.reviewing.addresses import address_of
from extractor.archive.reviewing.batches import undo_batch
from extractor.archive.reviewing.deciding import log, reindex
from extractor.archive.reviewing.journal import (
    Change,
    Journal,
    changes_of,
    obstacle,
    row_of,
    turn_back,
)
from extractor.archive.reviewing.looking import Decision, rows
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _


def undo(
    store: Store, decision: int | None = None, *, reviewer: str, note: str | None = None
) -> list[Decision]:
    """Undo a decision by its number, else the last one of this reviewer that still stands; those
    made as one are undone as one. An undoing is named to be undone itself.

    Returns the rows of the log that say so. Raises UsageError where there is none, or where what it
    changed has been changed again since.
    """
    with store.write() as connection:
        number = decision if decision is not None else _last(connection, reviewer)
        row = row_of(connection, schema.reviews, number)
        if row is None:
            raise UsageError(_("there is no decision {n}").format(n=number))
        reviews = schema.reviews
        together = [row]
        if row["batch_id"] is not None:
            query = select(reviews).where(reviews.c.batch_id == row["batch_id"])
            together = rows(connection, query.order_by(reviews.c.id.desc()))
        undone = undone_ids(connection)
        for one in together:
            if one["id"] in undone:
                raise UsageError(_("decision {n} is undone already").format(n=one["id"]))
        made = undo_batch(connection, together, reviewer, note) if len(together) > 1 else None
        if made is None:
            made = _one_by_one(connection, together, reviewer, note)
        changes: dict[int, list[Change]] = defaultdict(list)
        for one in together:
            changes[one["release_id"]] += changes_of(one["changes"])
        reindex(connection, changes)
        return made


def _one_by_one(
    connection: Connection, together: list[Row], reviewer: str, note: str | None
) -> list[Decision]:
    made: list[Decision] = []
    batch = 0 if len(together) > 1 else None
    for one in together:
        made.append(_undo(connection, one, reviewer, note, batch))
        batch = made[0].batch
    return made


def undone_ids(connection: Connection) -> set[int]:
    """The numbers of decisions (and undoings) that do not stand any more."""
    reviews = schema.reviews
    query = select(reviews.c.id, reviews.c.undoes_id).where(reviews.c.action == "undo")
    undone: set[int] = set()
    for number, target in connection.execute(query.order_by(reviews.c.id.desc())):
        if number not in undone:
            undone.add(target)
    return undone


def _last(connection: Connection, reviewer: str) -> int:
    reviews, undone = schema.reviews, undone_ids(connection)
    query = (
        select(reviews.c.id)
        .where(reviews.c.reviewer == reviewer, reviews.c.action != "undo")
        .order_by(reviews.c.id.desc())
    )
    for number in connection.execute(query).scalars():
        if number not in undone:
            return int(number)
    raise UsageError(_("{reviewer}: no decision to undo").format(reviewer=reviewer))


def _undo(
    connection: Connection, row: Row, reviewer: str, note: str | None, batch: int | None
) -> Decision:
    changes = changes_of(row["changes"])
    barred = obstacle(connection, changes) or _hanging(connection, row["id"], changes)
    if row["action"] not in ("undo", "dismiss") and not row["active"]:
        barred = "reviews", row["id"]  # a later decision stands in its place
    if row["changes"] is None or barred is not None:
        raise UsageError(_why(connection, row, barred))
    journal = Journal(connection)
    turn_back(journal, changes)
    if row["action"] not in ("undo", "dismiss"):
        journal.update(schema.reviews, row["id"], active=False)
    address = address_of(row_of(connection, schema.reviews, row["id"]))
    gone = address.owner == 0
    span = None if gone else row["span_id"]
    if span is not None and row_of(connection, schema.spans, span) is None:
        span = None
    return log(
        connection, address, row["release_id"], "undo", reviewer, note,
        before=value_from_json(row["after"]), after=value_from_json(row["before"]),
        seen=None, span_id=span, changes=journal.text(),
        active=False, undoes=row["id"], batch=batch, gone=gone,
    )  # fmt: skip


def _hanging(connection: Connection, number: int, changes: list[Change]) -> tuple[str, int] | None:
    """An item that came with these changes and on which later decisions, links or withholdings
    hang."""
    for name, item, before, _after in changes:
        column = next((OWNERS[kind] for kind, table in ITEMS.items() if table.name == name), None)
        if before is not None or column is None:
            continue
        for table in (
            schema.reviews, schema.person_links, schema.event_links, schema.withholdings,
        ):  # fmt: skip
            if column not in table.c:
                continue
            query = select(table.c.id).where(table.c[column] == item)
            if table is schema.reviews:
                query = query.where(table.c.active, table.c.id != number)
            if connection.execute(query.limit(1)).first():
                return name, item
    return None


def _why(connection: Connection, row: Row, barred: tuple[str, int] | None) -> str:
    """Why a decision cannot be undone, and what may be done first."""
    reviews, address = schema.reviews, address_of(row)
    told = _("decision {n} ({field}) cannot be undone: ").format(n=row["id"], field=address)
    if row["changes"] is None or barred is None:
        return told + _("what it changed is not known")
    query = (
        select(reviews.c.id, reviews.c.reviewer)
        .where(reviews.c.release_id == row["release_id"], reviews.c.active)
        .where(reviews.c.id > row["id"])
        .order_by(reviews.c.id.desc())
    )
    later = connection.execute(query.limit(1)).first()
    if later is None:
        return told + _("the release was read again since; decide on the field anew")
    said = _("it was changed since; undo decision {n} of {reviewer} first")
    return told + said.format(n=later.id, reviewer=later.reviewer)
