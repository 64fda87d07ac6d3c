"""Hits on PostgreSQL: in one pass over the narrow table that its full text index leads to."""

import contextlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from extractor.archive.searching.places import DATED, Bounds, Places
from extractor.archive.searching.terms import Terms

_FEW = 2_000  # the latest releases, among which the hits to be shown mostly are
_WAYS = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "jit")


def on_postgresql(
    connection: Connection, terms: Terms, foremost: Terms | None, between: Bounds, wanted: int
) -> Places:
    """How many hits there are, and the places of as many as are wanted.

    One pass counts all and takes those among the latest releases, which mostly are enough; putting
    all of many in order costs as much again."""
    first, last = between or (None, None)
    inside = "TRUE" if between is None else "place >= %(first)s AND place < %(last)s"
    given: dict[str, Any] = {"most": wanted, "first": first, "last": last, "dated": DATED}
    latest = f"WHERE {inside} ORDER BY place DESC LIMIT %(most)s"
    titles = "NULL"
    if foremost:
        hits = matched(foremost, "", given)
        titles = f"ARRAY(SELECT place FROM ({hits}) AS titles {latest})"
    found = f"FROM ({matched(terms, '', given)}) AS hits"
    undated = "0" if between is None else "count(*) FILTER (WHERE place < %(dated)s)"
    since = "(SELECT current_setting('rilis.since')::bigint)"
    some = f"array_agg(place) FILTER (WHERE place >= {since} AND {inside})" if wanted else "NULL"
    counted = f"SELECT count(*) FILTER (WHERE {inside}), {undated}, {some}, {titles} {found}"
    ((total, dayless, places, first_ones),) = by_index(connection, counted, given)
    places, first_ones = sorted(places or (), reverse=True), first_ones or []
    most = wanted + len(first_ones)
    if len(first_ones) < wanted and len(places) < min(most, total):
        given["most"] = most
        asked = by_index(connection, f"SELECT place {found} {latest}", given)
        places = [place for (place,) in asked]
    return total, dayless, first_ones, places[:most]


def matched(terms: Terms, columns: str, given: dict[str, Any]) -> str:
    """SQL for all hits: these columns and place; ``given`` takes its parameters.

    The place is computed, so that a span of time or the order cannot tempt it to go by the places
    and unpack the words of each release there."""
    name = terms.name
    chosen = f"SELECT {columns} hits.place + 0 AS place FROM search_index AS hits"
    matching = "hits.terms_vector @@ CAST(%({})s AS tsquery)"
    given[name] = terms.match
    sure = f"{chosen} WHERE {matching.format(name)}"
    if not terms.rest:
        return sure
    given |= {f"{name}_rest": terms.rest, **terms.given}
    words = "JOIN search_documents AS words ON words.place = hits.place"
    rest = f"{chosen} {words} WHERE {matching.format(f'{name}_rest')}{terms.texts}"
    return f"{sure} UNION ALL {rest}"


def by_index(
    connection: Connection, statement: str, given: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """What a statement gives that goes by the full text index, whatever is known of how common a
    word is; any other way would unpack the words of each release.

    The setting ``rilis.since`` tells it a place behind which (and before the one ``given`` as
    ``last``) few releases stand, 0 where all are few. All goes to the server and back at once."""
    driver: Any = connection.connection.driver_connection
    psycopg: Any = connection.dialect.loaded_dbapi
    # an old libpq knows no pipelines
    at_once = driver.pipeline() if psycopg.Pipeline.is_supported() else contextlib.nullcontext()
    try:
        with at_once:
            driver.execute(_BEFORE, {"last": given.get("last"), "few": _FEW})
            asked = driver.execute(statement, given)
            driver.execute(_AFTER)
        return list(asked.fetchall())
    except psycopg.Error as error:
        raise DBAPIError(
            statement, None, error, connection_invalidated=bool(driver.closed)
        ) from error


def _switched(state: str) -> str:
    return ", ".join(f"set_config('{way}', '{state}', true)" for way in _WAYS)


_BEFORE = f"""
SELECT set_config('rilis.since', coalesce((
    SELECT place FROM search_index WHERE place < coalesce(%(last)s::bigint, {1 << 62})
    ORDER BY place DESC OFFSET %(few)s LIMIT 1
), 0)::text, true), {_switched("off")}
"""
_AFTER = f"SELECT {_switched('on')}"
