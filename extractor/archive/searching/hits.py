"""Finds releases and tells of them: number, order and words are the same on both stores.

The order by relevance: first those with all words in the title, then the rest; within each the
latest first, of one day the one that came in last. By date: the latest first. The day of a release
is that of its main event, else of the first event that has one, else that of its publication.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, and_, bindparam, select

from extractor.archive import schema
from extractor.archive.index.indexing import Words
from extractor.archive.index.searchable import day_of, release_of, stale, words_now
from extractor.archive.intake.rows import headline_of
from extractor.archive.risk.disclosure import masks_of, public_records, public_release
from extractor.archive.searching.on_postgresql import on_postgresql
from extractor.archive.searching.on_sqlite import on_sqlite
from extractor.archive.searching.places import bounds
from extractor.archive.searching.query import Query
from extractor.archive.searching.snippets import Marker, Snippet
from extractor.archive.searching.terms import codes_of, movable, terms_of, titled
from extractor.record import Record

Sort = Literal["relevance", "date"]
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
    store = on_sqlite if connection.dialect.name == "sqlite" else on_postgresql
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


# What is told of a hit; a statement takes longer to say than to run
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_releases, _versions, _events, _venues = (
    schema.releases.c, schema.versions.c, schema.events.c, schema.venues.c,
)  # fmt: skip
_TOLD = (
    select(
        _releases.id, _releases.key, _releases.headline, _releases.site, _releases.uri,
        _releases.published, _versions.text, _events.name, _events.type, _events.event_class,
        _events.status, _venues.name.label("venue"),
    )
    .join(schema.versions, and_(_versions.release_id == _releases.id, _versions.current))
    .outerjoin(
        schema.events, and_(_events.release_id == _releases.id, _events.state != "rejected")
    )
    .outerjoin(schema.venues, _venues.event_id == _events.id)
    .where(_releases.id.in_(_IDS), public_release())
    .order_by(_events.main, _events.number.desc(), _events.id.desc(), _venues.id.desc())
)  # fmt: skip


def _told(connection: Connection, days: dict[int, str | None], marker: Marker) -> tuple[Hit, ...]:
    """The hits with their words, none of them withheld: the rows that are needed of releases in
    which no name is struck out, the masked records of the others."""
    numbers = list(days)
    masks = masks_of(connection, numbers)
    whole = {"ids": [number for number in numbers if number not in masks]}
    # the main event of a release comes last, and stays
    rows = {row["id"]: dict(row) for row in connection.execute(_TOLD, whole).mappings()}
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
        else _hit(days[number], rows[number], rows[number], marker)
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
