"""What the releases about one event tell differently: another day, venue, organiser, number of
participants.

Every value is told with the releases that say so and their words. That one release is silent, or
tells less (the hall without its town), is no difference.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select, true

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.linking.reading import Areas, areas_of
from extractor.archive.risk.disclosure import public_event_entity, public_release, public_row
from extractor.language.people.name_forms import plain_words

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
FIELDS = ("date", "time", "venue", "organizer", "participants")


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
    """A field of an event that its releases tell differently."""

    entity: int
    name: str
    field: str
    values: tuple[Value, ...]


Fits = Callable[[frozenset[str], frozenset[str]], bool]


@dataclass(frozen=True)
class _Told:
    field: str
    value: str
    words: frozenset[str]
    said: Said


def differences(
    connection: Connection, known: Knowledge, entity: int | None = None, withheld: bool = False
) -> Iterator[Difference]:
    """All differences of one event, or of all events across releases, by their numbers."""
    entities, links = schema.event_entities, schema.event_links
    asked = select(entities.c.id, entities.c.name).where(entities.c.merged_into_id.is_(None))
    if entity is not None:
        asked = asked.where(entities.c.id == entity)
    if not withheld:
        asked = asked.where(public_event_entity())
    rows = connection.execute(asked.order_by(entities.c.id)).all()
    areas = areas_of(connection, known)
    for some in chunks(rows, 400):
        names = {row.id: row.name for row in some}
        linked = select(links.c.event_id, links.c.entity_id).where(
            links.c.entity_id.in_(names), links.c.state != "rejected"
        )
        owner = {row.event_id: row.entity_id for row in connection.execute(linked)}
        told: dict[tuple[int, str], list[_Told]] = defaultdict(list)
        for part in chunks(sorted(owner)):
            for event, one in _told(connection, known, areas, part, withheld):
                told[owner[event], one.field].append(one)
        for number, name in names.items():
            for field in FIELDS:
                values = _values(told.get((number, field), []), _FITS[field])
                if len(values) > 1:
                    yield Difference(number, name, field, values)


def _told(
    connection: Connection, known: Knowledge, areas: Areas, events: list[int], withheld: bool
) -> Iterator[tuple[int, _Told]]:
    releases = schema.releases

    def rows(table: Table) -> Iterator[tuple[int, str, Said]]:
        words = select(schema.spans.c.words).where(schema.spans.c.id == table.c.span_id)
        if table is schema.dates:
            columns = [table.c.start_date, table.c.end_date, table.c.time_start]
            shown = true() if withheld else public_release(table.c.release_id)
        else:
            columns = [table.c.name]
            shown = true() if withheld else public_row(table)
        asked = (
            select(
                table.c.event_id, *columns, words.scalar_subquery().label("words"),
                releases.c.key, releases.c.site,
            )
            .join(releases, releases.c.id == table.c.release_id)
            .where(table.c.event_id.in_(events), shown)
            .order_by(releases.c.key, table.c.id)
        )  # fmt: skip
        for row in connection.execute(asked):
            said = Said(row.key, row.site, row.words or "")
            if table is schema.dates:
                if row.start_date:
                    last = row.end_date or row.start_date
                    days = f"{row.start_date}/{last}" if last != row.start_date else last
                    yield row.event_id, f"date {days}", said
                if row.time_start:
                    yield row.event_id, f"time {row.time_start}", said
            else:
                yield row.event_id, row.name, said

    for event, value, said in rows(schema.dates):
        field, _blank, day = value.partition(" ")
        yield event, _Told(field, day, frozenset({day}), said)
    for event, value, said in rows(schema.venues):
        words = frozenset(areas.spelt(plain_words(value))) - known.room_stop - known.place_kind
        yield event, _Told("venue", value, words, said)
    for event, value, said in rows(schema.organizers):
        words = (
            frozenset(areas.spelt(known.forms.office(value))) - known.office_stop - known.place_kind
        )
        yield event, _Told("organizer", value, words, said)
    for event, value, said in rows(schema.participants):
        for number in _NUMBER.findall(value)[:1]:
            whom = frozenset(plain_words(_NUMBER.sub(" ", value)))
            count = number.replace(".", "")
            told = whom | {f"={count}"}
            yield event, _Told("participants", value, told, said)


def _equal(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other


def _tells_less(one: frozenset[str], other: frozenset[str]) -> bool:
    """One is said in the other, the hall without its town."""
    return one <= other or other <= one


def _same_number(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same number, or the number of others: 20 teachers and 30 parents may both have come."""
    counts = [{word for word in words if word.startswith("=")} for words in (one, other)]
    return counts[0] == counts[1] or not (one & other)


_FITS: dict[str, Fits] = {
    "date": _equal, "time": _equal, "venue": _tells_less, "organizer": _tells_less,
    "participants": _same_number,
}  # fmt: skip


def _values(told: list[_Told], fits: Fits) -> tuple[Value, ...]:
    """What is told, what fits together as one; the fullest form first."""
    groups: list[list[_Told]] = []
    for one in sorted(told, key=lambda t: (-len(t.words), t.value, t.said.release)):
        for group in groups:
            if fits(one.words, group[0].words):
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
