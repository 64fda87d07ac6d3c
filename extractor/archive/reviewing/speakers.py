"""The persons of a release, found by id or by any of their names."""

import json

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.intake.rows import Row, folded
from extractor.archive.reviewing.looking import rows
from extractor.errors import UsageError
from extractor.messages import _


def person_of(
    connection: Connection, release_id: int, said: str, required: bool = True
) -> Row | None:
    """The person of a release with this id (``p3``) or name; None, or UsageError where
    ``required``, if nobody or more than one is called so."""
    table = schema.people
    query = select(table).where(table.c.release_id == release_id, table.c.state != "rejected")
    people = rows(connection, query.order_by(table.c.number, table.c.id))
    by_id = [one for one in people if one["key"] == said]
    by_name = [one for one in people if folded(one["name"]) == folded(said)]
    by_other = [one for one in people if folded(said) in _others(one)]
    for found in (by_id, by_name, by_other):
        if len(found) == 1:
            return found[0]
        if found:
            break
    if not required:
        return None
    names = ", ".join(f"{one['key']} {one['name']}" for one in people) or _("nobody")
    told = _("{said}: no person of this release; there are: {names}")
    raise UsageError(told.format(said=repr(said[:80]), names=names[:500]))


def _others(person: Row) -> set[str]:
    names = (*json.loads(person["aliases"]), person["full_name"])
    return {folded(one) for one in names if one}


def key_of(connection: Connection, release_id: int, said: str) -> str:
    """The id, within the release, of the person who is called so; raises UsageError."""
    person = person_of(connection, release_id, said)
    assert person is not None
    return str(person["key"])
