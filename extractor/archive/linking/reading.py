"""The archive release by release, as linking sees it: a few columns, some thousand at a time."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select

from extractor.archive import schema
from extractor.archive.linking.knowledge import Knowledge
from extractor.language.people.name_forms import plain_words

_AT_ONCE = 4000  # releases
_AREAS = ("village", "district", "city", "province")


@dataclass(slots=True)
class Told:
    """What one release tells that linking looks at; rows as they come from the tables."""

    id: int
    key: str
    site: str | None
    published: int | None  # days as ordinals of the calendar
    people: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    venues: dict[int, Any] = field(default_factory=dict)
    dates: dict[int, Any] = field(default_factory=dict)
    organizers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    dateline: str | None = None

    @property
    def day(self) -> int | None:
        """The day of its main event, else that of publication."""
        main = (e.id for e in self.events if e.main and e.id in self.dates)
        days = (ordinal(self.dates[number].start_date) for number in main)
        return next((day for day in days if day is not None), self.published)

    def areas(self) -> set[str]:
        """The words of the places where its events were and where it was written."""
        said = [getattr(venue, area) for venue in self.venues.values() for area in _AREAS]
        told = {word for one in said if one for word in plain_words(one)}
        return told.union(dateline_words(self.dateline))


def ordinal(day: str | None) -> int | None:
    """The number of an ISO day; None where it is none."""
    if not day:
        return None
    try:
        return datetime.date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def day_of(number: int) -> str:
    """The ISO day of a number."""
    return datetime.date.fromordinal(number).isoformat()


def told(connection: Connection) -> Iterator[Told]:
    """All releases in the order of their numbers; what was rejected is left out."""
    last = connection.execute(select(func.max(schema.releases.c.id))).scalar() or 0
    for first in range(1, last + 1, _AT_ONCE):
        yield from _some(connection, first, first + _AT_ONCE - 1)


def _some(connection: Connection, first: int, last: int) -> Iterator[Told]:
    t = schema

    def rows(table: Table, *columns: str) -> Iterator[Any]:
        owner = table.c.id if table is t.releases else table.c.release_id
        wanted = select(*(table.c[name] for name in columns)).where(owner.between(first, last))
        if "state" in table.c:
            wanted = wanted.where(table.c.state != "rejected")
        yield from connection.execute(wanted.order_by(table.c.id))

    found: dict[int, Told] = {}
    for row in rows(t.releases, "id", "key", "site", "published"):
        found[row.id] = Told(row.id, row.key, row.site, ordinal(row.published))
    if not found:
        return
    people = (
        "id", "release_id", "key", "name", "full_name", "titles", "aliases", "role",
        "organization", "pseudonym",
    )  # fmt: skip
    for row in rows(t.people, *people):
        found[row.release_id].people.append(row)
    events = ("id", "release_id", "number", "main", "name", "type", "event_class", "phase")
    for row in rows(t.events, *events):
        if row.name:
            found[row.release_id].events.append(row)
    for row in rows(t.venues, "release_id", "event_id", "name", "room", "building", *_AREAS):
        found[row.release_id].venues[row.event_id] = row
    days = ("release_id", "event_id", "start_date", "end_date", "time_start", "precision")
    for row in rows(t.dates, *days):
        if row.event_id is not None:
            found[row.release_id].dates[row.event_id] = row
    for row in rows(t.organizers, "release_id", "event_id", "name"):
        found[row.release_id].organizers[row.event_id].append(row.name)
    datelines = (
        select(t.versions.c.release_id, t.spans.c.words)
        .join(t.versions, t.versions.c.id == t.spans.c.version_id)
        .where(
            t.spans.c.field == "release.dateline", t.spans.c.state != "rejected",
            t.versions.c.current, t.versions.c.release_id.between(first, last),
        )
    )  # fmt: skip
    for row in connection.execute(datelines):
        found[row.release_id].dateline = row.words
    yield from found.values()


@dataclass(frozen=True)
class Areas:
    """Words that name places: all, and those that name regencies, towns and provinces only."""

    words: frozenset[str]
    regions: frozenset[str] = frozenset()
    joined: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def spelt(self, words: Iterable[str]) -> list[str]:
        """Words, names of places that others write as two taken apart (Padanglawas)."""
        return [part for word in words for part in self.joined.get(word, (word,))]


def dateline_words(text: str | None) -> list[str]:
    """The words of a dateline's place, without the day that may follow it."""
    return plain_words(re.split(r"\d", text or "", maxsplit=1)[0])


def areas_of(connection: Connection, known: Knowledge) -> Areas:
    """Every word that names a place, anywhere in the archive: where something was, and what stands
    behind "Kepala Desa" or "Balai Desa"."""

    def said(column: Column[Any]) -> Iterator[str]:
        wanted = select(column).where(column.is_not(None)).distinct()
        yield from connection.execute(wanted).scalars()

    pairs: set[tuple[str, str]] = set()  # neighbours in a name of a place

    def place(words: list[str]) -> list[str]:
        pairs.update(pairwise(words))
        return words

    columns: dict[str, set[str]] = {
        area: {word for one in said(schema.venues.c[area]) for word in place(plain_words(one))}
        for area in _AREAS
    }
    sure = columns["city"] | columns["province"]  # where a hall was, in words of its own
    regions, within = set(sure), columns["village"] | columns["district"]
    sure -= within
    datelines = select(schema.spans.c.words).where(schema.spans.c.field == "release.dateline")
    for one in connection.execute(datelines.distinct()).scalars():
        regions.update(place(dateline_words(one)))
    for column in (schema.people.c.role, schema.venues.c.name):
        for one in said(column):
            office = known.forms.office(one)
            for at, (head, word) in enumerate(pairwise(office)):
                if head in known.region_head:
                    regions.add(word)
                elif head in known.place_head:
                    within.add(word)
                else:
                    continue
                pairs.update(pairwise(office[at + 1 : at + 3]))
    told = known.place_kind | known.office_stop | known.room_stop | known.room_kind
    # behind "Bupati" may stand "dan Wakil Bupati", no place
    told |= known.exclusive | known.shared | known.acting | known.former | known.place_head
    every = regions | within
    joined = {
        a + b: (a, b)
        for a, b in sorted(pairs)
        if a + b in every and min(len(a), len(b)) > 2 and not {a, b} & told
    }
    for whole, parts in joined.items():
        for some in (regions, within, sure):
            if whole in some:
                some.update(parts)
    words = (regions | within) - told
    areas = frozenset(words), frozenset(((regions - within) | sure) - told)
    return Areas(*areas, joined)
