"""What the releases about one event tell differently: another day, venue, organiser, number of
participants.

Every value is told with the releases that say so and their words, and which releases are silent.
That one tells less (the month without the day, the hall without its town, the district of a village
that any release of the archive puts there) is no difference.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select, true

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.linking.containing import Containing, containing
from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.linking.reading import Areas, areas_of
from extractor.archive.risk.disclosure import public_event_entity, public_release, public_row
from extractor.language.people.name_forms import plain_words

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
FIELDS = ("date", "time", "venue", "organizer", "participants")
_SILENT = ("date", "venue", "organizer", "participants")  # a release may tell a day and no time


@dataclass(frozen=True)
class Said:
    """A value as one release says it."""

    release: str
    site: str | None
    words: str


@dataclass(frozen=True)
class Value:
    """One of the values of a field, and who says so."""

    value: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Difference:
    """A field of an event that its releases tell differently, or of which some are silent."""

    entity: int
    name: str
    field: str
    values: tuple[Value, ...]
    silent: tuple[str, ...] = ()  # releases that tell nothing of it


@dataclass(frozen=True)
class _Told:
    field: str
    value: str
    words: frozenset[str]
    said: Said
    around: frozenset[str] = frozenset()  # of a venue: words of the places it lies in
    area: bool = False  # of a venue: a village, district or town, and no hall in it


Fits = Callable[[_Told, _Told], bool]


def differences(
    connection: Connection,
    known: Knowledge,
    entity: int | None = None,
    withheld: bool = False,
    silences: bool = False,
) -> Iterator[Difference]:
    """All differences of one event, or of all events across releases, by their numbers.

    ``withheld``: also what is not shown; ``silences``: also fields of which only some tell.
    """
    entities, links = schema.event_entities, schema.event_links
    asked = select(entities.c.id, entities.c.name).where(entities.c.merged_into_id.is_(None))
    if entity is not None:
        asked = asked.where(entities.c.id == entity)
    if not withheld:
        asked = asked.where(public_event_entity())
    rows = connection.execute(asked.order_by(entities.c.id)).all()
    reading = _Reading(connection, known, withheld)
    for some in chunks(rows, 400):
        names = {row.id: row.name for row in some}
        linked = select(links.c.event_id, links.c.entity_id).where(
            links.c.entity_id.in_(names), links.c.state != "rejected"
        )
        owner = {row.event_id: row.entity_id for row in connection.execute(linked)}
        told: dict[tuple[int, str], list[_Told]] = defaultdict(list)
        silent: dict[tuple[int, str], set[str]] = defaultdict(set)
        for part in chunks(sorted(owner)):
            for event, one in reading.told(part):
                told[owner[event], one.field].append(one)
            for event, field, release in reading.silent(part):
                silent[owner[event], field].add(release)
        for number, name in names.items():
            for field in FIELDS:
                values = _values(told.get((number, field), []), _FITS[field])
                nothing = tuple(sorted(silent.get((number, field), ())))
                if len(values) > 1 or (silences and values and nothing):
                    yield Difference(number, name, field, values, nothing)


class _Reading:
    """What events say, as it may be shown."""

    def __init__(self, connection: Connection, known: Knowledge, withheld: bool) -> None:
        self.connection, self.known, self.withheld = connection, known, withheld
        self.areas: Areas = areas_of(connection, known)
        self.places: Containing = containing(connection, known)

    def told(self, events: list[int]) -> Iterator[tuple[int, _Told]]:
        """Of each event what it says."""
        known, spelt = self.known, self.areas.spelt
        for row, said in self._rows(schema.dates, events):
            if row.start_date:
                last = row.end_date or row.start_date
                days = f"{row.start_date}/{last}" if last != row.start_date else last
                yield row.event_id, _Told("date", days, day_words(days), said)
            if row.time_start:
                told = frozenset({row.time_start})
                yield row.event_id, _Told("time", row.time_start, told, said)
        empty = known.room_stop | known.place_kind
        for row, said in self._rows(schema.venues, events):
            words = frozenset(spelt(plain_words(row.name))) - empty
            around = frozenset(spelt(self.places.around(row))) - empty
            area = not (row.room or row.building or row.street) and self.places.names_area(row)
            yield row.event_id, _Told("venue", row.name, words, said, around, area)
        empty = known.office_stop | known.place_kind
        for row, said in self._rows(schema.organizers, events):
            words = frozenset(spelt(known.forms.office(row.name))) - empty
            yield row.event_id, _Told("organizer", row.name, words, said)
        for row, said in self._rows(schema.participants, events):
            for number in _NUMBER.findall(row.name)[:1]:
                whom = frozenset(plain_words(_NUMBER.sub(" ", row.name)))
                count = number.replace(".", "")
                yield row.event_id, _Told("participants", row.name, whom | {f"={count}"}, said)

    def silent(self, events: list[int]) -> Iterator[tuple[int, str, str]]:
        """(event, field, release) where a release tells nothing at all of a field of its event;
        where it tells what is withheld it is not silent."""
        releases, told = schema.releases, schema.events
        shown = true() if self.withheld else public_release()
        asked = (
            select(told.c.id, releases.c.key)
            .join(releases, releases.c.id == told.c.release_id)
            .where(told.c.id.in_(events), shown)
        )
        keys = {row.id: row.key for row in self.connection.execute(asked)}
        tables = (schema.dates, schema.venues, schema.organizers, schema.participants)
        for field, table in zip(_SILENT, tables, strict=True):
            there = select(table.c.event_id).where(table.c.event_id.in_(events))
            telling = set(self.connection.execute(there).scalars())
            yield from ((event, field, keys[event]) for event in keys if event not in telling)

    def _rows(self, table: Table, events: list[int]) -> Iterator[tuple[Any, Said]]:
        releases = schema.releases
        words = select(schema.spans.c.words).where(schema.spans.c.id == table.c.span_id)
        if table is schema.dates:
            shown = true() if self.withheld else public_release(table.c.release_id)
        else:
            shown = true() if self.withheld else public_row(table)
        asked = (
            select(
                table, words.scalar_subquery().label("words"), releases.c.key, releases.c.site,
            )
            .join(releases, releases.c.id == table.c.release_id)
            .where(table.c.event_id.in_(events), shown)
            .order_by(releases.c.key, table.c.id)
        )  # fmt: skip
        for row in self.connection.execute(asked):
            yield row, Said(row.key, row.site, row.words or "")


def day_words(days: str) -> frozenset[str]:
    """A day with its month and year, so that 2024-05 is said in 2024-05-02; several days alone."""
    if "/" in days:
        return frozenset({days})
    return frozenset({days[:4], days[:7], days})


def _equal(one: _Told, other: _Told) -> bool:
    return one.words == other.words


def _tells_less(one: _Told, other: _Told) -> bool:
    """One is said in the other, the hall without its town."""
    return one.words <= other.words or other.words <= one.words


def _same_place(one: _Told, other: _Told) -> bool:
    """One is said in the other, or is the district, the town the other lies in."""
    return (
        _tells_less(one, other)
        or (one.area and one.words <= other.words | other.around)
        or (other.area and other.words <= one.words | one.around)
    )


def _same_number(one: _Told, other: _Told) -> bool:
    """The same number, or the number of others: 20 teachers and 30 parents may both have come."""
    counts = [{word for word in told.words if word.startswith("=")} for told in (one, other)]
    return counts[0] == counts[1] or not (one.words & other.words)


_FITS: dict[str, Fits] = {
    "date": _tells_less, "time": _equal, "venue": _same_place, "organizer": _tells_less,
    "participants": _same_number,
}  # fmt: skip


def _values(told: list[_Told], fits: Fits) -> tuple[Value, ...]:
    """What is told, what fits together as one; the fullest form first."""
    groups: list[list[_Told]] = []
    for one in sorted(told, key=lambda t: (-len(t.words), t.value, t.said.release)):
        for group in groups:
            if fits(one, group[0]):
                group.append(one)
                break
        else:
            groups.append([one])
    return tuple(
        Value(
            group[0].value,
            tuple(sorted({one.said for one in group}, key=lambda s: (s.release, s.words))),
        )
        for group in groups
    )
