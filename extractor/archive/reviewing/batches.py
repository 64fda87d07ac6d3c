"""Decisions made as one, undone as one: in a few statements, however many there are."""

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from extractor.archive import schema
from extractor.archive.bulk import chunks, select_rows
from extractor.archive.instants import now
from extractor.archive.intake.rows import Row
from extractor.archive.reviewing.journal import Change, changes_of
from extractor.archive.reviewing.looking import Decision, decisions

_NOT_OF_FIELDS = ("undo", "dismiss")  # what leaves no decision in force


def undo_batch(
    connection: Connection, together: list[Row], reviewer: str, note: str | None
) -> list[Decision] | None:
    """Undo all of these rows of reviews, the last first, if they did nothing but give columns new
    values and all of these stand still; else None, and nothing is done."""
    changes = {row["id"]: changes_of(row["changes"]) for row in together}
    kinds = [(old, new) for some in changes.values() for _name, _id, old, new in some]
    if any(old is None or new is None for old, new in kinds) or not all(changes.values()):
        return None
    if any(row["action"] not in _NOT_OF_FIELDS and not row["active"] for row in together):
        return None
    held = _held(connection, changes.values())
    undone: dict[int, list[Change]] = {}
    for row in together:
        undone[row["id"]] = []
        for name, number, old, new in reversed(changes[row["id"]]):
            current = held[name].get(number)
            assert old is not None
            assert new is not None
            if current is None or any(current[column] != new[column] for column in new):
                return None
            current.update(old)
            undone[row["id"]].append((name, number, new, old))
        if row["action"] not in _NOT_OF_FIELDS:
            flip: Change = ("reviews", row["id"], {"active": True}, {"active": False})
            undone[row["id"]].append(flip)
    _apply(connection, [change for some in undone.values() for change in some])
    return _log(connection, together, undone, reviewer, note)


def _held(connection: Connection, changes: Iterable[list[Change]]) -> dict[str, dict[int, Row]]:
    """The rows that changes are about, by table and number."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for some in changes:
        for name, number, _old, _new in some:
            numbers[name].add(number)
    return {
        name: {
            row["id"]: row
            for row in select_rows(connection, schema.metadata.tables[name], "id", sorted(some))
        }
        for name, some in numbers.items()
    }


def _apply(connection: Connection, changes: list[Change]) -> None:
    """Give columns their values: rows that get the same ones in one statement."""
    last: dict[tuple[str, int], Row] = defaultdict(dict)
    for name, number, _old, new in changes:
        last[name, number].update(new or {})
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (name, number), values in last.items():
        alike[name, json.dumps(values, ensure_ascii=False, sort_keys=True)].append(number)
    for (name, values_), numbers in alike.items():
        table = schema.metadata.tables[name]
        for some in chunks(numbers):
            statement = update(table).where(table.c.id.in_(some)).values(json.loads(values_))
            connection.execute(statement)


def _log(
    connection: Connection,
    together: list[Row],
    undone: dict[int, list[Change]],
    reviewer: str,
    note: str | None,
) -> list[Decision]:
    reviews, at = schema.reviews, now()
    made = [
        {name: value for name, value in row.items() if name != "id"}
        | {
            "action": "undo", "before": row["after"], "after": row["before"], "rule": None,
            "rules_version": None, "confidence": None, "reviewer": reviewer, "reviewed_at": at,
            "note": note, "active": False, "undoes_id": row["id"], "batch_id": None,
            "changes": json.dumps(undone[row["id"]], ensure_ascii=False),
        }
        for row in together
    ]  # fmt: skip
    first = connection.execute(insert(reviews).values(made[0]).returning(reviews.c.id))
    batch = int(first.scalar_one())
    connection.execute(update(reviews).where(reviews.c.id == batch).values(batch_id=batch))
    if made[1:]:
        connection.execute(insert(reviews), [row | {"batch_id": batch} for row in made[1:]])
    return decisions(
        connection, select(reviews).where(reviews.c.batch_id == batch).order_by(reviews.c.id)
    )
