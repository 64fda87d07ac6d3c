"""Puts back the rows that an operation on links changed."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import delete_rows, select_rows, upsert_rows
from extractor.archive.intake.rows import Row
from extractor.archive.linking.decisions import TABLES, Tables
from extractor.archive.linking.writing import digest
from extractor.errors import UsageError
from extractor.messages import _


def undo_rows(connection: Connection, operation: Row) -> list[int]:
    """Put back what this operation changed; the mentions whose links are touched.

    Raises UsageError where the rows are no longer as it left them.
    """
    t = TABLES[operation["kind"]]
    before, after = json.loads(operation["before"]), json.loads(operation["after"])
    if "digest" in after:  # of a run, whose rows are too many to keep
        entities, links = _of_run(connection, t, operation["id"], after)
        if digest(entities, links) != after["digest"]:
            raise UsageError(_blocked(connection, operation))
        made = {t.entities.name: entities, t.links.name: links}
    else:
        made = {
            table.name: select_rows(
                connection, table, "id", [row["id"] for row in after.get(table.name, [])]
            )
            for table in (t.entities, t.links)
        }
        if any(_sorted(rows) != _sorted(after.get(name, [])) for name, rows in made.items()):
            raise UsageError(_blocked(connection, operation))
    taken = _mentions_gone(connection, t, before.get(t.links.name, []))
    if taken:
        said = _("{n}: a mention it was about is no longer in the archive; it stays")
        raise UsageError(said.format(n=operation["id"]))
    for table in (t.links, t.entities):
        kept = {row["id"] for row in before.get(table.name, [])}
        new = sorted(row["id"] for row in made[table.name] if row["id"] not in kept)
        if table is t.entities:
            _not_withheld(connection, t, new, operation["id"])
        # entities before links on the way back, links before entities on the way out
        if table is t.links:
            delete_rows(connection, t.links, [row["id"] for row in made[t.links.name]])
        else:
            delete_rows(connection, t.entities, new)
    for table in (t.entities, t.links):
        upsert_rows(connection, table, before.get(table.name, []))
    rows = [*made[t.links.name], *before.get(t.links.name, [])]
    return sorted({row[t.mention] for row in rows})


def _of_run(
    connection: Connection, t: Tables, operation: int, after: Row
) -> tuple[list[Row], list[Row]]:
    """The rows that a run made, as they are now."""
    links = select_rows(connection, t.links, "operation_id", [operation])
    first, last = (after["entities"] or [0, 0])[0], (after["entities"] or [0, 0])[-1]
    made = select(t.entities.c.id).where(t.entities.c.id.between(first, last))
    ids = {*connection.execute(made).scalars(), *after["changed"]}
    return select_rows(connection, t.entities, "id", sorted(ids)), links


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted((dict(row) for row in rows), key=lambda row: int(row["id"]))


def _blocked(connection: Connection, operation: Row) -> str:
    """Which later operation stands in the way."""
    done = schema.link_operations
    later = select(done.c.id).where(
        done.c.kind == operation["kind"], done.c.id > operation["id"], done.c.undone_at.is_(None)
    )
    ids = ", ".join(map(str, connection.execute(later.order_by(done.c.id.desc())).scalars()))
    if not ids:
        return _("{n}: what it made has been changed since; it stays").format(n=operation["id"])
    said = _("{n}: later operations changed the same; undo them first, from the last: {later}")
    return said.format(n=operation["id"], later=ids)


def _mentions_gone(connection: Connection, t: Tables, links: list[Row]) -> set[int]:
    wanted = {row[t.mention] for row in links}
    there = {row["id"] for row in select_rows(connection, t.mentions, "id", wanted)}
    return wanted - there


def _not_withheld(connection: Connection, t: Tables, new: list[int], operation: int) -> None:
    """An entity that is withheld cannot go, its mentions would be shown."""
    if t.kind != "person":
        return
    held = select_rows(connection, schema.withholdings, "entity_id", new)
    if held:
        said = _("{n}: person:{entity} is withheld; lift that first")
        raise UsageError(said.format(n=operation, entity=held[0]["entity_id"]))
