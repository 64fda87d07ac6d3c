"""Releases as people name them: by their key, or by its beginning where no other key begins so."""

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

SHORTEST = 4  # characters of a beginning


def release_number(connection: Connection, said: str) -> int | None:
    """The number of the release; None where there is none. Raises UsageError where the keys of
    several begin so."""
    releases = schema.releases
    number: int | None = connection.execute(
        select(releases.c.id).where(releases.c.key == said)
    ).scalar()
    if number is not None or len(said) < SHORTEST:
        return number
    begins = func.substr(releases.c.key, 1, len(said)) == said  # LIKE minds no capitals on SQLite
    alike = select(releases.c.id, releases.c.key).where(begins)
    found = connection.execute(alike.order_by(releases.c.key).limit(3)).all()
    if len(found) > 1:
        told = _("{said}: the ids of several releases begin so: {ids}; give more of it")
        ids = ", ".join(row.key for row in found[:2]) + (" …" if len(found) > 2 else "")
        raise UsageError(told.format(said=said, ids=ids))
    return found[0].id if found else None


def release_key(store: Store, said: str | None) -> str | None:
    """The whole key of the release that is meant; None of None. Raises UsageError where there is
    no such release, or several are meant."""
    if said is None:
        return None
    with store.read() as connection:
        number = release_number(connection, said)
        if number is None:
            raise UsageError(no_release(said))
        key: str = connection.execute(
            select(schema.releases.c.key).where(schema.releases.c.id == number)
        ).scalar_one()
        return key


def no_release(said: str) -> str:
    """That there is no such release, in a line."""
    return _("{key}: no such release; `rilis archive search` shows the ids").format(
        key=repr(said[:80])
    )
