"""The log of decisions, read back: who decided what and when."""

import datetime

from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.reviewing.addresses import Address
from extractor.archive.reviewing.looking import Decision, decisions
from extractor.archive.reviewing.undoing import undone_ids
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _


def log_of(
    store: Store,
    address: Address | None = None,
    reviewer: str | None = None,
    release: str | None = None,
    since: str | None = None,
    limit: int | None = None,
) -> list[tuple[Decision, str, bool]]:
    """Decisions, the newest first, each with the key of its release and whether it still stands:
    it was neither undone nor replaced. ``since`` is a day, such as 2024-05-02 (UTC)."""
    reviews, releases = schema.reviews, schema.releases
    query = select(reviews, releases.c.key).join(releases, releases.c.id == reviews.c.release_id)
    if address is not None:
        query = query.where(
            reviews.c.field == address.field,
            reviews.c.position == address.position,
            reviews.c[address.column or "release_id"] == address.owner,
        )
    if reviewer is not None:
        query = query.where(reviews.c.reviewer == reviewer)
    if release is not None:
        query = query.where(releases.c.key == release)
    if since is not None:
        query = query.where(reviews.c.reviewed_at >= _day(since))
    query = query.order_by(reviews.c.id.desc()).limit(limit)
    with store.read() as connection:
        keys = [row["key"] for row in connection.execute(query).mappings()]
        undone = undone_ids(connection)
        return [
            (one, key, one.active or (one.action in ("undo", "dismiss") and one.id not in undone))
            for one, key in zip(decisions(connection, query), keys, strict=True)
        ]


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(_("{text}: is no day like 2024-05-02").format(text=repr(text))) from None
