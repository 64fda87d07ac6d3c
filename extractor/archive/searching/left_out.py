"""How much the search does not look at, as it is withheld: the same whatever is asked.

How many of the *matches* are withheld is told nobody: a query for a name would be answered by it
(one match, and it is withheld: so that is the name).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.risk.conditions import withheld_releases


@dataclass(frozen=True)
class LeftOut:
    """Numbers of the whole archive: releases of which nothing is searched, and other ones in which
    names are struck out."""

    releases: int
    struck_out: int


def left_out(connection: Connection) -> LeftOut:
    """What no search finds."""
    releases, masked = schema.releases.c.id, schema.masked_rows.c
    count = select(func.count()).select_from(schema.releases)
    hidden = releases.in_(withheld_releases())
    names = releases.in_(select(masked.row_id).where(masked.table_name == "releases"))
    return LeftOut(
        connection.execute(count.where(hidden)).scalar_one(),
        connection.execute(count.where(names, ~hidden)).scalar_one(),
    )
