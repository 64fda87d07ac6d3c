"""Finds releases and tells of them: number, order and words are the same on both stores.

The order by relevance: first those with all words in the title, then the rest; within each the
latest first, of one day the one that came in last. By date: the latest first. The day of a release
is that of its main event, else of the first event that has one, else that of its publication.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sqlalchemy import Connection, and_, select, text

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.index.indexing import Words
from extractor.archive.index.searchable import (
    NUMBER_BITS,
    day_of,
    ordinal,
    release_of,
    stale,
    words_now,
)
from extractor.archive.intake.rows import headline_of
from extractor.archive.risk.disclosure import masks_of, public_records, public_release
from extractor.archive.searching.query import Query
from extractor.archive.searching.snippets import Marker, Snippet
from extractor.archive.searching.terms import Terms, codes_of, movable, terms_of, titled
from extractor.record import Record

Sort = Literal["relevance", "date"]
_FEW = 2_000  # hits; fewer are looked up one by one
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
    codes = codes_of(connection, query, words)
    found: list[int] = []
    if sort == "relevance" and movable(query) and wanted:
        terms = terms_of(connection, titled(query), words, codes)
        _n, found = store(connection, terms, first, last, wanted, False)
    terms = terms_of(connection, query, words, codes)
    more = wanted + len(found) if len(found) < wanted else 0
    total, some = store(connection, terms, first, last, more, True)
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


# between which places, how many, and is the total asked for (else it may be too small)
_Store = Callable[[Connection, Terms, int | None, int | None, int, bool], tuple[int, list[int]]]


def _of_store(connection: Connection) -> _Store:
    return _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql


def _on_sqlite(
    connection: Connection,
    terms: Terms,
    first: int | None,
    last: int | None,
    most: int,
    counted: bool,
) -> tuple[int, list[int]]:
    """The index lies over the numbers of releases. Few hits are looked up one by one; many are
    taken in one pass as one text of numbers, and numpy compares them with those of the releases in
    the order of time: a third of the time that SQLite takes to put them in a table."""
    given: dict[str, Any] = {"match": terms.match, "first": first, "last": last}
    matched = "search_index WHERE search_index MATCH :match"
    some = connection.execute(text(f"SELECT rowid FROM {matched} LIMIT {_FEW}"), given)
    few = some.scalars().all()
    if len(few) < _FEW:
        places = sorted(_places(connection, few), reverse=True)
        if first is not None and last is not None:
            places = [place for place in places if first <= place < last]
        return len(places), places[:most]
    if first is None and not most:
        number = connection.execute(text(f"SELECT count(*) FROM {matched}"), given)
        return number.scalar_one(), []
    hits = _numbers(connection, f"SELECT rowid AS number FROM {matched}", given)
    between = "" if first is None else " WHERE place >= :first AND place < :last"
    latest = (
        "SELECT release_id AS number FROM search_documents INDEXED BY ix_search_documents_place"
        f"{between} ORDER BY place DESC"
    )
    here = hits[:0]
    whole = counted and first is not None  # else the latest releases are often enough
    if not whole:
        there = _numbers(connection, f"{latest} LIMIT {_FEW}", given)
        here = there[np.isin(there, hits)]
    if whole or len(here) < most:
        there = _numbers(connection, latest, given)
        here = there[np.isin(there, hits)]
    total = len(hits if first is None else here)
    return total, sorted(_places(connection, here[:most].tolist()), reverse=True)


def _numbers(connection: Connection, statement: str, given: Mapping[str, Any]) -> Any:
    """What a statement gives as ``number``, in its order."""
    joined = text(f"SELECT group_concat(number, ' ') FROM ({statement})")
    told: str | None = connection.execute(joined, given).scalar_one()
    return np.fromstring(told or "", dtype=np.int64, sep=" ")


def _places(connection: Connection, ids: Sequence[int]) -> list[int]:
    documents = schema.search_documents
    return [
        place
        for some in chunks(ids)
        for place in connection.execute(
            select(documents.c.place).where(documents.c.release_id.in_(some))
        ).scalars()
    ]


def _on_postgresql(
    connection: Connection,
    terms: Terms,
    first: int | None,
    last: int | None,
    most: int,
    counted: bool,
) -> tuple[int, list[int]]:
    """One pass counts all hits and takes those among the latest releases, which mostly are enough;
    putting all of many in order costs as much again."""
    within = "" if first is None else "WHERE place >= :first AND place < :last"
    since = _one_of_the_latest(connection, last) if counted and most else 0
    given: dict[str, Any] = {"most": most, "first": first, "last": last, "since": since}
    found = f"FROM ({matched(terms, '', given)}) AS hits {within}"
    total, places = 0, []
    with by_index(connection):
        if counted:
            these = "array_agg(place) FILTER (WHERE place >= :since)" if most else "NULL"
            counts = text(f"SELECT count(*), {these} {found}")
            total, some = connection.execute(counts, given).one()
            places = sorted(some or (), reverse=True)[:most]
        if not counted or len(places) < min(most, total):
            ordered = text(f"SELECT place {found} ORDER BY place DESC LIMIT :most")
            places = list(connection.execute(ordered, given).scalars())
    return total if counted else len(places), places


def _one_of_the_latest(connection: Connection, last: int | None) -> int:
    """A place behind which (and before ``last``) few releases stand; 0 where all are few."""
    place = schema.search_documents.c.place
    chosen = select(place).order_by(place.desc()).offset(_FEW).limit(1)
    if last is not None:
        chosen = chosen.where(place < last)
    return connection.execute(chosen).scalar() or 0


def matched(terms: Terms, columns: str, given: dict[str, Any]) -> str:
    """PostgreSQL: SQL for all hits: these columns and place; ``given`` takes its parameters.

    The place is computed, so that a span of time or the order cannot tempt it to go by the places
    and unpack the words of each release there."""
    chosen = (
        f"SELECT {columns} place + 0 AS place FROM search_documents"
        " WHERE terms_vector @@ CAST(:{} AS tsquery)"
    )
    given["match"] = terms.match
    if not terms.rest:
        return chosen.format("match")
    given |= {"rest": terms.rest, **terms.given}
    return f"{chosen.format('match')} UNION ALL {chosen.format('rest')}{terms.texts}"


@contextmanager
def by_index(connection: Connection) -> Iterator[None]:
    """PostgreSQL: always by the full text index, whatever is known of how common a word is; any
    other way would unpack the words of each release."""
    ways = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "jit")

    def switch(state: str) -> None:
        said = ", ".join(f"set_config('{way}', '{state}', true)" for way in ways)
        connection.execute(text(f"SELECT {said}"))

    switch("off")
    yield
    switch("on")


def _told(connection: Connection, days: dict[int, str | None], marker: Marker) -> tuple[Hit, ...]:
    """The hits with their words, none of them withheld: the rows that are needed of releases in
    which no name is struck out, the masked records of the others."""
    numbers = list(days)
    releases, versions, events, venues = (
        schema.releases, schema.versions, schema.events, schema.venues,
    )  # fmt: skip
    masks = masks_of(connection, numbers)
    chosen = (
        select(releases, versions.c.text)
        .join(versions, and_(versions.c.release_id == releases.c.id, versions.c.current))
        .where(releases.c.id.in_([one for one in numbers if one not in masks]), public_release())
    )
    rows = {row["id"]: row for row in connection.execute(chosen).mappings()}
    told = (
        select(events, venues.c.name.label("venue"))
        .outerjoin(venues, venues.c.event_id == events.c.id)
        .where(events.c.release_id.in_(rows), events.c.state != "rejected")
        .order_by(events.c.main, events.c.number.desc(), events.c.id.desc(), venues.c.id.desc())
    )
    main = {row["release_id"]: row for row in connection.execute(told).mappings()}  # the last stays
    here = releases.c.id
    shown = select(here).where(here.in_(masks), public_release()).order_by(here)
    open_ = list(connection.execute(shown).scalars()) if masks else []
    masked = {
        number: _of_record(record, days[number], marker)
        for number, record in zip(open_, public_records(connection, open_), strict=True)
    }
    return tuple(
        masked[number]
        if number in masked
        else _hit(days[number], dict(rows[number]), dict(main.get(number, {})), marker)
        for number in numbers
        if number in masked or number in rows
    )


def _hit(
    day: str | None, release: Mapping[str, Any], event: Mapping[str, Any], marker: Marker
) -> Hit:
    title = release["headline"]
    return Hit(
        key=release["key"], day=day, title=title,
        title_marks=tuple((start, end) for start, end, _what in marker.marks(title)),
        event=event.get("name"), type=event.get("type"), event_class=event.get("event_class"),
        status=event.get("status"), venue=event.get("venue"), site=release["site"],
        uri=release["uri"], published=release["published"],
        snippet=marker.snippet(release["text"], title),
    )  # fmt: skip


def _of_record(record: Record, day: str | None, marker: Marker) -> Hit:
    event = next(iter(sorted(record.events, key=lambda one: not one.main)), None)
    source = record.source
    release = {
        "key": record.id, "headline": headline_of(record), "site": source.site, "uri": source.uri,
        "published": source.published, "text": record.text,
    }  # fmt: skip
    told = {} if event is None else {
        "name": event.name.said, "type": event.type, "event_class": event.event_class,
        "status": event.status, "venue": event.venue.said if event.venue else None,
    }  # fmt: skip
    return _hit(day, release, told, marker)
