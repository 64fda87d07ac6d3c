"""The queue: which fields a person should look at first."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Connection, Select, exists, func, select

from extractor.archive import schema
from extractor.archive.reviewing.addresses import Address, address_of
from extractor.archive.reviewing.conflicts import conflicting
from extractor.archive.reviewing.looking import CONTEXT, FieldView, look
from extractor.archive.reviewing.selecting import Filter, matching, owner_columns, unreviewed
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

By = Literal["confidence", "conflict", "proposal", "second"]
ORDERS: tuple[By, ...] = ("confidence", "conflict", "proposal", "second")
LIMIT = 50
_EVERYTHING = Filter()


def queue(
    store: Store,
    by: By = "confidence",
    chosen: Filter = _EVERYTHING,
    limit: int = LIMIT,
    reviewer: str | None = None,
    leave_out: Iterable[Address] = (),
    context: int = CONTEXT,
) -> list[FieldView]:
    """The first fields that wait, each with all that a screen needs.

    ``by``: ``confidence`` the least sure first; ``conflict`` where releases that tell of the same
    event do not agree, or a date does not fit its weekday, and nobody has decided; ``proposal``
    newer readings of decided fields; ``second`` what others than ``reviewer`` decided, for a second
    pair of eyes. ``leave_out``: fields a person skipped.
    """
    with store.read() as connection:
        found = addresses(connection, by, chosen, limit, reviewer, leave_out)
        return [look(connection, address, context) for address in found]


def waiting(
    store: Store, by: By = "confidence", chosen: Filter = _EVERYTHING, reviewer: str | None = None
) -> int:
    """How many fields wait."""
    with store.read() as connection:
        if by == "conflict":
            return len(_conflicts(connection, chosen))
        query = _query(by, chosen, reviewer).order_by(None).subquery()
        return int(connection.execute(select(func.count()).select_from(query)).scalar_one())


def addresses(
    connection: Connection,
    by: By,
    chosen: Filter = _EVERYTHING,
    limit: int = LIMIT,
    reviewer: str | None = None,
    leave_out: Iterable[Address] = (),
) -> list[Address]:
    """The first fields that wait, by address."""
    skipped = set(leave_out)
    if by == "conflict":
        found: Iterable[Address] = _conflicts(connection, chosen)
    else:
        query = _query(by, chosen, reviewer).limit(limit + len(skipped))
        found = map(address_of, connection.execute(query).mappings())
    seen: dict[Address, None] = dict.fromkeys(one for one in found if one not in skipped)
    return list(islice(seen, limit))


def _query(by: By, chosen: Filter, reviewer: str | None) -> Select[Any]:
    spans, proposals, reviews = schema.spans, schema.proposals, schema.reviews
    if by == "confidence":
        release = schema.versions.c.release_id
        sure = unreviewed(chosen, *owner_columns(spans), release)
        return sure.order_by(spans.c.confidence, spans.c.id)
    if by == "proposal":
        query: Select[Any] = select(*owner_columns(proposals), proposals.c.release_id)
        query = query.where(
            proposals.c.state == "open", *matching(chosen, proposals, proposals.c.release_id)
        )
        return query.order_by(proposals.c.confidence, proposals.c.id)
    if by == "second":
        if reviewer is None:
            raise UsageError(_("second looks are for a reviewer; give a name"))
        other = reviews.alias()
        mine = exists().where(
            other.c.release_id == reviews.c.release_id, other.c.field == reviews.c.field,
            other.c.position == reviews.c.position, other.c.reviewer == reviewer,
            other.c.action != "undo",
            *(
                func.coalesce(other.c[name], 0) == func.coalesce(reviews.c[name], 0)
                for name in ("event_id", "person_id", "quote_id")
            ),
        )  # fmt: skip
        others: Select[Any] = select(*owner_columns(reviews), reviews.c.release_id)
        others = others.where(
            reviews.c.active, reviews.c.action != "complete", ~mine,
            *matching(chosen, reviews, reviews.c.release_id),
        )  # fmt: skip
        return others.order_by(reviews.c.confidence, reviews.c.id)
    raise UsageError(_("--by {by}: one of {known}").format(by=by, known=", ".join(ORDERS)))


def _conflicts(connection: Connection, chosen: Filter) -> list[Address]:
    """Fields in conflict that nobody has decided on, and that the filter lets through."""
    spans, versions = schema.spans, schema.versions
    every = list(conflicting(connection, chosen.field))
    found: set[Address] = set()
    for at in range(0, len(every), 500):
        owners = [one.owner for one in every[at : at + 500]]
        query = unreviewed(chosen, *owner_columns(spans), versions.c.release_id, few=True)
        query = query.where(spans.c.event_id.in_(owners))
        found |= set(map(address_of, connection.execute(query).mappings()))
    return [one for one in every if one in found]
