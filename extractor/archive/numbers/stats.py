"""Numbers of the archive as tidy rows: events by month, type, venue, organiser; quotes by speaker;
how much of what rules read people have reviewed, and what they said of it.

What is withheld is not counted where the whole release is, and counted without its name where a
name is. Counted are main events (what a release is about) that are not cancelled; one that several
releases tell of, as linked, counts once. Same figures on both stores.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, select

from extractor.archive import schema
from extractor.archive.intake.rows import folded
from extractor.archive.risk.disclosure import public_entity, public_release, public_row
from extractor.errors import UsageError
from extractor.messages import _

_MOST_MONTHS = 1_200  # a hundred years: a series with more holes than that is not filled up


@dataclass(frozen=True)
class Range:
    """Which releases count: by the day of the event, else of publication (ISO, inclusive), and by
    site."""

    since: str | None = None
    until: str | None = None
    site: str | None = None


@dataclass(frozen=True)
class Count:
    """So many of one kind. ``label`` None: not told (no date, no venue …); ``withheld``: its name
    may not be shown."""

    label: str | None
    n: int
    withheld: bool = False


@dataclass(frozen=True)
class Reviewed:
    """What people said of the values of one field, or of one rule."""

    label: str
    accepted: int
    corrected: int
    rejected: int
    unreviewed: int

    @property
    def reviewed(self) -> int:
        """Values that a person has decided on."""
        return self.accepted + self.corrected + self.rejected

    @property
    def total(self) -> int:
        """All values."""
        return self.reviewed + self.unreviewed

    @property
    def share(self) -> float:
        """How much has been reviewed, 0 to 1."""
        return self.reviewed / self.total if self.total else 0.0

    @property
    def precision(self) -> float | None:
        """How much of what was reviewed was right as it stood; None where nothing was."""
        return self.accepted / self.reviewed if self.reviewed else None


def by_month(connection: Connection, range_: Range = Range()) -> list[Count]:
    """Events by month (``2024-05``): that of the event, else of its release; months without any
    between two others count 0. What has neither comes last, with None."""
    day = _day()
    month = func.substr(day, 1, 7)
    found = _events(connection, range_, month)
    told = {label: n for label, n in found.items() if label is not None}
    months = _filled(sorted(told))
    counts = [Count(one, told.get(one, 0)) for one in months]
    return counts + ([Count(None, found[None])] if found.get(None) else [])


def by_type(connection: Connection, range_: Range = Range()) -> list[Count]:
    """Events by type (the head noun), the most frequent first."""
    return _ranked(_named(connection, range_, schema.events, schema.events.c.type))


def by_venue(connection: Connection, range_: Range = Range()) -> list[Count]:
    """Events by venue, the most frequent first."""
    return _ranked(_named(connection, range_, schema.venues, schema.venues.c.name))


def by_organizer(connection: Connection, range_: Range = Range()) -> list[Count]:
    """Events by organiser, the most frequent first; an event with two counts for both."""
    return _ranked(_named(connection, range_, schema.organizers, schema.organizers.c.name))


def by_speaker(connection: Connection, range_: Range = Range()) -> list[Count]:
    """Quotes by speaker, the most frequent first. A speaker linked across releases is one."""
    quotes, people, releases = schema.quotes, schema.people, schema.releases
    links, entities = schema.person_links, schema.person_entities
    linked = (
        select(links.c.person_id, func.min(links.c.entity_id).label("entity_id"))
        .where(links.c.state != "rejected")
        .group_by(links.c.person_id)
        .subquery()
    )
    shown = case((public_row(people), 1), else_=0)
    named = case((public_entity(), entities.c.name), else_=None)
    query = (
        select(
            linked.c.entity_id, named.label("entity"), people.c.name.label("name"),
            shown.label("shown"), quotes.c.person_id.is_(None).label("nobody"),
            func.count().label("n"),
        )
        .select_from(quotes)
        .join(releases, releases.c.id == quotes.c.release_id)
        .outerjoin(people, people.c.id == quotes.c.person_id)
        .outerjoin(linked, linked.c.person_id == quotes.c.person_id)
        .outerjoin(entities, entities.c.id == linked.c.entity_id)
        .where(quotes.c.state != "rejected", *_chosen(range_, releases.c.published))
        .group_by(
            linked.c.entity_id, named, people.c.name, shown, quotes.c.person_id.is_(None)
        )
    )  # fmt: skip
    groups: dict[Any, Counter[str | None]] = defaultdict(Counter)
    for row in connection.execute(query):
        if row.nobody:
            groups["nobody"][None] += row.n
        elif not row.shown:
            groups["withheld"][None] += row.n
        else:
            key = row.entity_id if row.entity is not None else folded(row.name)
            groups[key][row.entity or row.name] += row.n
    return _ranked(_spelt(groups))


def by_field(connection: Connection, range_: Range = Range()) -> list[Reviewed]:
    """Values and what people said of them, by field, in the order of ``schema.FIELDS``."""
    found = _summed(_states(connection, range_), lambda _rule, name: name)
    return [found[name] for name in schema.FIELDS if name in found]


def by_rule(connection: Connection, range_: Range = Range()) -> list[Reviewed]:
    """The same by rule, all its versions together, the most reviewed first."""
    rules = {row.id: row.name for row in connection.execute(select(schema.rules))}
    found = _summed(_states(connection, range_), lambda rule, _name: rules[rule])
    return sorted(found.values(), key=lambda one: (-one.reviewed, -one.total, one.label))


BY: dict[str, Callable[[Connection, Range], list[Count]]] = {
    "month": by_month, "type": by_type, "venue": by_venue, "organizer": by_organizer,
    "speaker": by_speaker,
}  # fmt: skip
REVIEWED: dict[str, Callable[[Connection, Range], list[Reviewed]]] = {
    "reviewed": by_field, "rule": by_rule,
}  # fmt: skip


def _day() -> ColumnElement[Any]:
    """The day of an event: its own, else that of the publication."""
    return func.coalesce(schema.dates.c.start_date, schema.releases.c.published)


def count_withheld(connection: Connection, range_: Range = Range()) -> int:
    """How many releases of this range do not count, as they are withheld."""
    releases, events, dates = schema.releases, schema.events, schema.dates
    asked = (
        select(func.count(releases.c.id.distinct()))
        .select_from(releases)
        .outerjoin(events, and_(events.c.release_id == releases.c.id, events.c.main))
        .outerjoin(dates, dates.c.event_id == events.c.id)
        .where(~public_release(releases.c.id), *_inside(range_, _day()))
    )
    return connection.execute(asked).scalar() or 0


def count_undated(connection: Connection, by: str, range_: Range = Range()) -> int:
    """How many releases do not count, as they have no day and days are asked for. ``by``: of what
    is counted; events have days of their own, quotes and reviews that of the publication."""
    if range_.since is None and range_.until is None:
        return 0
    releases, events, dates = schema.releases, schema.events, schema.dates
    asked = select(func.count(releases.c.id.distinct())).select_from(releases)
    day: ColumnElement[Any] = releases.c.published
    if by == "speaker":
        told = schema.quotes.c.state != "rejected"
        asked = asked.join(schema.quotes, schema.quotes.c.release_id == releases.c.id).where(told)
    elif by in BY:
        day = _day()
        asked = asked.join(events, events.c.release_id == releases.c.id)
        asked = asked.outerjoin(dates, dates.c.event_id == events.c.id).where(*_counted())
    undated = asked.where(*_chosen(Range(site=range_.site), day), day.is_(None))
    return connection.execute(undated).scalar() or 0


def _counted() -> tuple[ColumnElement[bool], ...]:
    """An event counts."""
    events = schema.events.c
    return events.main, events.state != "rejected", events.status != "cancelled"


def _chosen(range_: Range, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    return [public_release(schema.releases.c.id), *_inside(range_, day)]


def _inside(range_: Range, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    wanted = []
    if range_.since is not None:
        wanted.append(func.substr(day, 1, 10) >= range_.since)
    if range_.until is not None:
        wanted.append(func.substr(day, 1, 10) <= range_.until)
    if range_.site is not None:
        wanted.append(schema.releases.c.site == range_.site)
    return wanted


def _from_events(query: Select[Any], range_: Range) -> Select[Any]:
    """Main events that took or take place, each with its release, date and entity."""
    events, dates, links = schema.events, schema.dates, schema.event_links
    linked = (
        select(links.c.event_id, func.min(links.c.entity_id).label("entity_id"))
        .where(links.c.state != "rejected")
        .group_by(links.c.event_id)
        .subquery("linked")
    )
    one = func.coalesce(linked.c.entity_id, -events.c.id)
    return (
        query.add_columns(func.count(one.distinct()).label("n"))
        .select_from(events)
        .join(schema.releases, schema.releases.c.id == events.c.release_id)
        .outerjoin(dates, dates.c.event_id == events.c.id)
        .outerjoin(linked, linked.c.event_id == events.c.id)
        .where(*_counted(), *_chosen(range_, _day()))
    )


def _events(
    connection: Connection, range_: Range, label: ColumnElement[Any]
) -> dict[str | None, int]:
    query = _from_events(select(label.label("label")), range_).group_by(label)
    return {row.label: row.n for row in connection.execute(query)}


def _named(
    connection: Connection, range_: Range, table: Table, name: ColumnElement[Any]
) -> list[Count]:
    """Events by words of a table (of events itself, or one with a row for each of its values)."""
    shown = case((public_row(table), 1), else_=0)
    query = _from_events(
        select(name.label("name"), shown.label("shown"), table.c.id.is_(None).label("none")), range_
    )
    if table is not schema.events:
        query = query.outerjoin(table, table.c.event_id == schema.events.c.id)
    query = query.group_by(name, shown, table.c.id.is_(None))
    groups: dict[Any, Counter[str | None]] = defaultdict(Counter)
    for row in connection.execute(query):
        if row.none or row.name is None:
            groups["nobody"][None] += row.n
        elif not row.shown:
            groups["withheld"][None] += row.n
        else:
            groups["=" + folded(row.name)][row.name] += row.n
    return _spelt(groups)


def _spelt(groups: dict[Any, Counter[str | None]]) -> list[Count]:
    """Each group under its most frequent spelling."""
    return [
        Count(max(names, key=lambda one: (names[one], one or "")), names.total(), key == "withheld")
        for key, names in groups.items()
    ]


def _ranked(counts: Iterable[Count]) -> list[Count]:
    """The most frequent first; what is not told, and what is withheld, last."""
    return sorted(
        counts, key=lambda one: (one.label is None, one.withheld, -one.n, one.label or "")
    )


def _filled(months: list[str]) -> list[str]:
    """The months from the first to the last, none left out."""
    if not months:
        return []
    try:
        first, last = (12 * int(one[:4]) + int(one[5:7]) - 1 for one in (months[0], months[-1]))
    except ValueError:
        return months
    if last - first >= _MOST_MONTHS:
        return months
    every = {f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)}
    return sorted(every | set(months))


def _states(connection: Connection, range_: Range) -> Counter[tuple[int, str, str]]:
    """Counts of spans by rule, field and state.

    Without a range all are counted in one pass over an index, and those taken off again that do
    not count: of earlier texts and of withheld releases.
    """
    spans, versions, releases = schema.spans, schema.versions, schema.releases
    by = (spans.c.rule_id, spans.c.field, spans.c.state)
    counted = select(*by, func.count().label("n")).group_by(*by)
    sums: Counter[tuple[int, str, str]] = Counter()
    version, of = versions.c.id, spans.c.version_id
    if range_ == Range():
        now = select(version).where(versions.c.current)
        hidden = select(version).where(~public_release(versions.c.release_id))
        queries = [(counted, 1)]
        # except, as PostgreSQL compares each with each where NOT IN is more than it expects
        earlier = select(version).except_(now)
        queries += [(counted.where(of.in_(earlier)), -1)]
        queries += [(counted.where(of.in_(hidden), of.in_(now)), -1)]
    else:
        inside = select(version).join(releases, releases.c.id == versions.c.release_id)
        chosen = inside.where(versions.c.current, *_chosen(range_, releases.c.published))
        queries = [(counted.where(of.in_(chosen)), 1)]
    for query, sign in queries:
        for rule, name, state, n in connection.execute(query):
            sums[rule, name, state] += sign * n
    return sums


def _summed(
    sums: Counter[tuple[int, str, str]], label: Callable[[int, str], str]
) -> dict[str, Reviewed]:
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for (rule, name, state), n in sums.items():
        by[label(rule, name)][state] += n
    return {
        one: Reviewed(one, n["accepted"], n["corrected"], n["rejected"], n["unreviewed"])
        for one, n in by.items()
        if n.total()
    }


def kind_of(name: str) -> str:
    """The kind of count of that name; raises UsageError where there is none."""
    if name not in (*BY, *REVIEWED):
        said = _("--by {name}: one of {known}")
        raise UsageError(said.format(name=name, known=", ".join((*BY, *REVIEWED))))
    return name
