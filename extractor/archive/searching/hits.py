"""Finds releases and tells of them: number, order and words are the same on both stores.

The order by relevance: first those with all words in the title, then those with all words in the
names of their events, then the rest; within each the latest first, of one day the one that came in
last. By date: the latest first. The day of a release is that of its main event, else of the first
event that has one, else that of its publication.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, text

from extractor.archive.disclosure import public_records
from extractor.archive.indexing import Words
from extractor.archive.rows import headline_of
from extractor.archive.searchable import (
    NUMBER_BITS,
    day_of,
    ordinal,
    release_of,
    stale,
    words_now,
)
from extractor.archive.searching.query import Query
from extractor.archive.searching.snippets import Marker, Snippet
from extractor.archive.searching.terms import Terms, movable, named, terms_of, titled
from extractor.record import Event, Record

Sort = Literal["relevance", "date"]
_FEW = 2_000  # hits that are looked up one by one; more are met on the way through time
FARTHEST = 10_000  # hits that can be paged through


@dataclass(frozen=True)
class Hit:
    """A release that was found, as it may be shown."""

    key: str
    day: str | None
    title: str
    title_marks: tuple[tuple[int, int], ...]
    event: str | None
    type: str | None
    event_class: str | None
    status: str | None
    venue: str | None
    site: str | None
    uri: str | None
    published: str | None
    snippet: Snippet


@dataclass(frozen=True)
class Found:
    """How many releases there are in all, and some of them; ``stale``: the index is of other
    stems than the rules in force, and hits may be missing."""

    total: int
    hits: tuple[Hit, ...]
    stale: bool


def search(
    connection: Connection,
    query: Query,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "relevance",
) -> Found:
    """The releases that a query finds: ``limit`` of them behind the first ``offset``."""
    words = words_now()
    total, places = places_of(connection, query, words, limit, offset, sort)
    marker = Marker(query, words)
    days = {release_of(place): day_of(place) for place in places}
    hits = _told(connection, days, marker)
    return Found(total, hits, stale(connection))


def places_of(
    connection: Connection,
    query: Query,
    words: Words,
    limit: int,
    offset: int,
    sort: Sort = "relevance",
) -> tuple[int, list[int]]:
    """(number of hits, the places of some of them in the order asked for)."""
    store = _of_store(connection)
    first, last = bounds(query)
    wanted = offset + limit
    found: list[int] = []
    if sort == "relevance" and movable(query) and wanted:
        for better in (titled(query), _both(query, named(query))):
            if len(found) < wanted:
                terms = terms_of(connection, better, words)
                _n, some = store(connection, terms, first, last, wanted + len(found))
                known = set(found)
                found += [place for place in some if place not in known]
    terms = terms_of(connection, query, words)
    more = wanted + len(found) if len(found) < wanted else 0
    total, some = store(connection, terms, first, last, more)
    known = set(found)
    found += [place for place in some if place not in known]
    return total, found[offset:wanted]


def bounds(query: Query) -> tuple[int, int] | tuple[None, None]:
    """The places between which a hit must stand: from, and below; None for all."""
    if query.since is None and query.until is None:
        return None, None
    # a release without a day is in no span of time
    first = ordinal(query.since) if query.since else 1
    last = ordinal(query.until) + 1 if query.until else 1 << (62 - NUMBER_BITS)
    return first << NUMBER_BITS, last << NUMBER_BITS


def _both(query: Query, other: Query) -> Query:
    clauses = dict.fromkeys((*query.clauses, *other.clauses))
    return Query(tuple(clauses), query.since, query.until)


_Store = Callable[[Connection, Terms, int | None, int | None, int], tuple[int, list[int]]]


def _of_store(connection: Connection) -> _Store:
    return _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql


def _on_sqlite(
    connection: Connection, terms: Terms, first: int | None, last: int | None, most: int
) -> tuple[int, list[int]]:
    """The index lies over the numbers of releases; places are walked through from the latest on,
    unless there are few hits."""
    given: dict[str, Any] = {"match": terms.match, "most": most, "first": first, "last": last}
    matched = "SELECT rowid FROM search_index WHERE search_index MATCH :match"
    counted = f"SELECT count(*) FROM ({matched})"
    between = ""
    if first is not None:
        between = " AND place >= :first AND place < :last"
        counted = (
            "SELECT count(*) FROM search_documents INDEXED BY ix_search_documents_place"
            f" WHERE release_id IN ({matched}){between}"
        )
    total: int = connection.execute(text(counted), given).scalar_one()
    if not total or not most:
        return total, []
    if total <= _FEW and first is None:
        told = (
            "SELECT place FROM search_index CROSS JOIN search_documents"
            " ON search_documents.release_id = search_index.rowid"
            " WHERE search_index MATCH :match ORDER BY place DESC LIMIT :most"
        )
    else:
        told = (
            "SELECT place FROM search_documents INDEXED BY ix_search_documents_place"
            f" WHERE release_id IN ({matched}){between} ORDER BY place DESC LIMIT :most"
        )
    return total, list(connection.execute(text(told), given).scalars())


def _on_postgresql(
    connection: Connection, terms: Terms, first: int | None, last: int | None, most: int
) -> tuple[int, list[int]]:
    prepare(connection)
    given: dict[str, Any] = {
        "match": terms.match, "most": most, "first": first, "last": last, **terms.phrases,
    }  # fmt: skip
    between = "" if first is None else " WHERE place >= :first AND place < :last"
    statement = text(
        "WITH hits AS MATERIALIZED (SELECT place FROM search_documents"
        f" WHERE terms_vector @@ CAST(:match AS tsquery){terms.texts}),"
        f" here AS MATERIALIZED (SELECT place FROM hits{between})"
        " SELECT count(*), ARRAY(SELECT place FROM here ORDER BY place DESC LIMIT :most) FROM here"
    )
    total, places = connection.execute(statement, given).one()
    return total, list(places)


def prepare(connection: Connection) -> None:
    """PostgreSQL: always by the index, whatever is known of how common a word is; a scan of the
    table would unpack the words of each release. For this transaction only."""
    connection.execute(
        text(
            "SELECT set_config('enable_seqscan', 'off', true),"
            " set_config('enable_indexscan', 'off', true), set_config('jit', 'off', true)"
        )
    )


def _told(connection: Connection, days: dict[int, str | None], marker: Marker) -> tuple[Hit, ...]:
    """The hits with their words; through the one door, by which nothing withheld goes."""
    records = list(public_records(connection, days))
    if len(records) == len(days):
        return tuple(
            _hit(record, day, marker) for record, day in zip(records, days.values(), strict=True)
        )
    return tuple(  # one has been withheld since, and is not shown
        _hit(record, day, marker)
        for number, day in days.items()
        for record in public_records(connection, [number])
    )


def _hit(record: Record, day: str | None, marker: Marker) -> Hit:
    title = headline_of(record)
    event = _main(record.events)
    source = record.source
    return Hit(
        key=record.id, day=day, title=title,
        title_marks=tuple((start, end) for start, end, _what in marker.marks(title)),
        event=event.name.said if event else None,
        type=event.type if event else None,
        event_class=event.event_class if event else None,
        status=event.status if event else None,
        venue=event.venue.said if event and event.venue else None,
        site=source.site, uri=source.uri, published=source.published,
        snippet=marker.snippet(record.text, title),
    )  # fmt: skip


def _main(events: Iterable[Event]) -> Event | None:
    return next(iter(sorted(events, key=lambda one: not one.main)), None)
