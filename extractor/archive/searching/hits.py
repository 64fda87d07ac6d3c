"""Finds releases and tells of them: number, order and words are the same on both stores.

The order by relevance: first those with all words in the title, then the rest; within each the
latest first, of one day the one that came in last. By date: the latest first. The day of a release
is that of its main event, else of the first event that has one, else that of its publication.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, and_, bindparam, select, text

from extractor.archive import schema
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
_FEW = 2_000  # the latest releases, among which the hits to be shown mostly are
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
    stems than the rules in force, and hits may be missing; ``undated``: so many more would be
    hits, but have no day, and days were asked for."""

    total: int
    hits: tuple[Hit, ...]
    stale: bool
    undated: int = 0


def search(
    connection: Connection,
    query: Query,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "relevance",
) -> Found:
    """The releases that a query finds: ``limit`` of them behind the first ``offset``."""
    words = words_now()
    total, undated, places = places_of(connection, query, words, limit, offset, sort)
    marker = Marker(query, words)
    days = {release_of(place): day_of(place) for place in places}
    hits = _told(connection, days, marker)
    return Found(total, hits, stale(connection), undated)


def places_of(
    connection: Connection,
    query: Query,
    words: Words,
    limit: int,
    offset: int,
    sort: Sort = "relevance",
) -> tuple[int, int, list[int]]:
    """(number of hits, of such without a day where days are asked for, the places of some hits in
    the order asked for)."""
    store = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    wanted = offset + limit
    codes = codes_of(connection, query, words)
    terms = terms_of(connection, query, words, codes)
    foremost = None
    if sort == "relevance" and movable(query) and wanted:
        foremost = terms_of(connection, titled(query), words, codes, "title")
    total, undated, first, rest = store(connection, terms, foremost, bounds(query), wanted)
    known = set(first)
    places = [*first, *(place for place in rest if place not in known)]
    return total, undated, places[offset:wanted]


Bounds = tuple[int, int] | None


def bounds(query: Query) -> Bounds:
    """The places between which a hit must stand: from, and below; None for all."""
    if query.since is None and query.until is None:
        return None
    # a release without a day is in no span of time
    first = ordinal(query.since) if query.since else 1
    last = ordinal(query.until) + 1 if query.until else 1 << (62 - NUMBER_BITS)
    return first << NUMBER_BITS, last << NUMBER_BITS


# how many; how many without a day; the foremost; the latest, enough to follow them
_Places = tuple[int, int, list[int], list[int]]
_DATED = 1 << NUMBER_BITS  # places of releases without a day are below


def _on_sqlite(
    connection: Connection, terms: Terms, foremost: Terms | None, between: Bounds, wanted: int
) -> _Places:
    """The index lies over the places: it counts a span of time without looking elsewhere, and
    gives the latest without looking further."""
    first, last = between or (None, None)
    hits = "FROM search_index WHERE search_index MATCH :match"
    within = "" if between is None else "AND rowid >= :first AND rowid < :last"

    def ask(columns: str, match: str, most: int = 0) -> list[int]:
        given = {
            "match": match, "first": first, "last": last, "dated": _DATED, "most": most,
        }  # fmt: skip
        return list(connection.execute(text(columns), given).scalars())

    latest = f"SELECT rowid {hits} {within} ORDER BY rowid DESC LIMIT :most"
    (total,) = ask(f"SELECT count(*) {hits} {within}", terms.match)
    undated = 0
    if between is not None:
        (undated,) = ask(f"SELECT count(*) {hits} AND rowid < :dated", terms.match)
    titles = ask(latest, foremost.match, wanted) if foremost and total else []
    more = wanted + len(titles) if len(titles) < min(wanted, total) else 0
    return total, undated, titles, ask(latest, terms.match, more) if more else []


def _on_postgresql(
    connection: Connection, terms: Terms, foremost: Terms | None, between: Bounds, wanted: int
) -> _Places:
    """One pass counts all hits and takes those among the latest releases, which mostly are enough;
    putting all of many in order costs as much again."""
    first, last = between or (None, None)
    inside = "TRUE" if between is None else "place >= :first AND place < :last"
    given: dict[str, Any] = {"most": wanted, "first": first, "last": last, "dated": _DATED}
    latest = f"WHERE {inside} ORDER BY place DESC LIMIT :most"
    titles = "NULL"
    if foremost:
        hits = matched(foremost, "", given)
        titles = f"ARRAY(SELECT place FROM ({hits}) AS titles {latest})"
    found = f"FROM ({matched(terms, '', given)}) AS hits"
    undated = "0" if between is None else "count(*) FILTER (WHERE place < :dated)"
    with by_index(connection, last) as since:
        given["since"] = since
        counted = f"count(*) FILTER (WHERE {inside})"
        these = f"array_agg(place) FILTER (WHERE place >= :since AND {inside})"
        columns = f"{counted}, {undated}, {these if wanted else 'NULL'}, {titles}"
        total, dayless, some, first_ones = connection.execute(
            text(f"SELECT {columns} {found}"), given
        ).one()
        places, titled_places = sorted(some or (), reverse=True), list(first_ones or ())
        given["most"] = wanted + len(titled_places)
        if len(titled_places) < wanted and len(places) < min(given["most"], total):
            asked = text(f"SELECT place {found} {latest}")
            places = list(connection.execute(asked, given).scalars())
    return total, dayless, titled_places, places[: given["most"]]


def matched(terms: Terms, columns: str, given: dict[str, Any]) -> str:
    """PostgreSQL: SQL for all hits: these columns and place; ``given`` takes its parameters.

    The place is computed, so that a span of time or the order cannot tempt it to go by the places
    and unpack the words of each release there."""
    name = terms.name
    chosen = f"SELECT {columns} hits.place + 0 AS place FROM search_index AS hits"
    matching = "hits.terms_vector @@ CAST(:{} AS tsquery)"
    given[name] = terms.match
    sure = f"{chosen} WHERE {matching.format(name)}"
    if not terms.rest:
        return sure
    given |= {f"{name}_rest": terms.rest, **terms.given}
    words = "JOIN search_documents AS words ON words.place = hits.place"
    rest = f"{chosen} {words} WHERE {matching.format(f'{name}_rest')}{terms.texts}"
    return f"{sure} UNION ALL {rest}"


@contextmanager
def by_index(connection: Connection, last: int | None = None) -> Iterator[int]:
    """PostgreSQL: always by the full text index, whatever is known of how common a word is; any
    other way would unpack the words of each release. Gives a place behind which (and before
    ``last``) few releases stand, 0 where all are few."""
    ways = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "jit")

    def switch(state: str) -> str:
        return ", ".join(f"set_config('{way}', '{state}', true)" for way in ways)

    before = "" if last is None else "WHERE place < :last"
    few = f"SELECT place FROM search_index {before} ORDER BY place DESC OFFSET {_FEW} LIMIT 1"
    asked = text(f"SELECT ({few}), {switch('off')}")
    yield connection.execute(asked, {"last": last}).scalar() or 0
    connection.execute(text(f"SELECT {switch('on')}"))


# What is told of a hit; a statement takes longer to say than to run
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_releases, _versions, _events, _venues = (
    schema.releases.c, schema.versions.c, schema.events.c, schema.venues.c,
)  # fmt: skip
_RELEASES = (
    select(
        _releases.id, _releases.key, _releases.headline, _releases.site, _releases.uri,
        _releases.published, _versions.text,
    )
    .join(schema.versions, and_(_versions.release_id == _releases.id, _versions.current))
    .where(_releases.id.in_(_IDS), public_release())
)  # fmt: skip
_EVENTS = (
    select(
        _events.release_id, _events.name, _events.type, _events.event_class, _events.status,
        _venues.name.label("venue"),
    )
    .outerjoin(schema.venues, _venues.event_id == _events.id)
    .where(_events.release_id.in_(_IDS), _events.state != "rejected")
    .order_by(_events.main, _events.number.desc(), _events.id.desc(), _venues.id.desc())
)  # fmt: skip


def _told(connection: Connection, days: dict[int, str | None], marker: Marker) -> tuple[Hit, ...]:
    """The hits with their words, none of them withheld: the rows that are needed of releases in
    which no name is struck out, the masked records of the others."""
    numbers = list(days)
    masks = masks_of(connection, numbers)
    whole = {"ids": [number for number in numbers if number not in masks]}
    rows = {row["id"]: row for row in connection.execute(_RELEASES, whole).mappings()}
    told = connection.execute(_EVENTS, {"ids": list(rows)}).mappings()
    main = {row["release_id"]: row for row in told}  # the last stays
    here = schema.releases.c.id
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
