"""Persons and events across releases as they are shown: their mentions, roles over time, reasons.

Without ``withheld`` nothing is told of whom the archive does not show (see
:mod:`extractor.archive.risk.disclosure`).
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.linking.addresses import mention_addresses
from extractor.archive.linking.decisions import MACHINE, TABLES, Kind
from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.risk.disclosure import (
    public_entity,
    public_event_entity,
    public_person,
    public_row,
)
from extractor.language.people.name_forms import plain_words


@dataclass(frozen=True)
class Reason:
    """A piece of evidence: what was compared, how it compares, its weight in bits."""

    about: str
    how: str
    bits: float


@dataclass(frozen=True)
class Mention:
    """A person or event as one release tells it, and why it is linked."""

    id: int
    address: str  # RELEASE#p1 of a person, RELEASE#1 of an event
    name: str
    role: str | None
    day: str | None
    site: str | None
    state: str  # proposed, confirmed, rejected
    score: float
    author: str
    compared_with: str | None  # the address of the mention that speaks most for it
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Held:
    """A role as the releases tell it: first and last seen, and how often."""

    title: str
    first: str | None
    last: str | None
    times: int


@dataclass(frozen=True)
class Entity:
    """A person or an event across releases; without a number where one release alone tells."""

    id: int | None
    kind: Kind
    name: str
    full_name: str | None
    start_date: str | None
    end_date: str | None
    venue: str | None
    organizer: str | None
    mentions: tuple[Mention, ...]
    roles: tuple[Held, ...]


def entities(
    connection: Connection,
    kind: Kind,
    known: Knowledge,
    name: str | None = None,
    withheld: bool = False,
    limit: int | None = None,
) -> Iterator[Entity]:
    """Entities in the order of their numbers; ``name``: those with all its words in any spelling,
    or the one with this number. ``withheld``: also who is not shown."""
    t = TABLES[kind]
    shown: ColumnElement[bool] = true()
    if not withheld:
        shown = public_entity() if kind == "person" else public_event_entity()
    asked = select(t.entities).where(t.entities.c.merged_into_id.is_(None), shown)
    number = _number(name)
    if number is not None:
        asked = asked.where(t.entities.c.id == number)
        name = None
    rows = connection.execute(asked.order_by(t.entities.c.id)).all()
    wanted = {word.sound for word in known.forms.name(name or "")}
    fitting = (r for r in rows if not wanted or wanted <= _sounds(r, known))
    for some in chunks(islice(fitting, limit), 200):
        mentions = _mentions(connection, kind, [row.id for row in some], withheld)
        for row in some:
            if row.id in mentions:
                yield _entity(kind, row, mentions[row.id], known)


def unlinked(
    connection: Connection,
    kind: Kind,
    known: Knowledge,
    name: str | None = None,
    withheld: bool = False,
    limit: int | None = None,
) -> Iterator[Entity]:
    """Whom, or what, one release alone tells of, in the order in which they came in; ``name`` as
    for :func:`entities`, but a number is nobody's."""
    if _number(name) is not None:
        return
    items, releases = TABLES[kind].mentions, schema.releases
    columns, shown = _told_of(kind, withheld)
    asked = (
        select(*columns)
        .join(releases, releases.c.id == items.c.release_id)
        .where(shown, _alone(kind), items.c.name.is_not(None))
        .order_by(items.c.id)
    )
    wanted = {word.sound for word in known.forms.name(name or "")}
    rows = (r for r in connection.execute(asked) if not wanted or wanted <= _sounds(r, known))
    for row in islice(rows, limit):
        mention = _mention(row)
        day, full = (mention.day, None) if kind == "event" else (None, row.full_name)
        roles = tuple(_roles([mention], known))
        yield Entity(None, kind, mention.name, full, day, None, None, None, (mention,), roles)


def count_unlinked(connection: Connection, kind: Kind, withheld: bool = False) -> int:
    """How many :func:`unlinked` has."""
    items = TABLES[kind].mentions
    shown = _told_of(kind, withheld)[1]
    asked = select(func.count()).where(shown, _alone(kind), items.c.name.is_not(None))
    return connection.execute(asked.select_from(items)).scalar() or 0


def count_withheld(connection: Connection, kind: Kind, alone: bool = False) -> int:
    """How many :func:`entities` leaves out as withheld; ``alone``: :func:`unlinked` too."""
    every = TABLES[kind].entities
    shown = public_entity() if kind == "person" else public_event_entity()
    asked = select(func.count()).where(every.c.merged_into_id.is_(None), ~shown)
    left_out = connection.execute(asked.select_from(every)).scalar() or 0
    if alone:
        left_out += count_unlinked(connection, kind, withheld=True)
        left_out -= count_unlinked(connection, kind)
    return left_out


def _alone(kind: Kind) -> ColumnElement[bool]:
    t = TABLES[kind]
    linked = select(t.links.c[t.mention]).where(t.links.c.state != "rejected")
    told = and_(t.mentions.c.state != "rejected", t.mentions.c.id.not_in(linked))
    return told if kind == "event" else and_(told, t.mentions.c.pseudonym.is_(False))


def _number(name: str | None) -> int | None:
    bare = (name or "").rpartition(":")[2]
    return int(bare) if bare.isdecimal() else None


def _sounds(row: Any, known: Knowledge) -> set[str]:
    said = f"{row.name} {row._mapping.get('full_name') or ''}"
    return {word.sound for word in known.forms.name(said)}


def _entity(kind: Kind, row: Any, mentions: list[Mention], known: Knowledge) -> Entity:
    told = row._mapping
    return Entity(
        row.id, kind, row.name, told.get("full_name"), told.get("start_date"),
        told.get("end_date"), told.get("venue"), told.get("organizer"), tuple(mentions),
        tuple(_roles(mentions, known)),
    )  # fmt: skip


def _roles(mentions: Sequence[Mention], known: Knowledge) -> Iterator[Held]:
    """Roles over time; Kades and Kepala Desa are one, told as it is spelt out, and so are Padang
    Lawas and Padanglawas."""
    found: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.role and one.state != "rejected":
            found.setdefault("".join(known.forms.office(one.role)), []).append(one)
    held = []
    for office, told in found.items():
        titles = Counter(one.role or "" for one in told)
        title = min(titles, key=lambda t: ("".join(plain_words(t)) != office, -titles[t], t))
        days = [one.day for one in told if one.day]
        held.append(Held(title, min(days, default=None), max(days, default=None), len(told)))
    yield from sorted(held, key=lambda one: (one.first or "", one.title))


def _told_of(kind: Kind, withheld: bool) -> tuple[list[Any], ColumnElement[bool]]:
    """What is selected of a mention and its release, and which mentions may be shown."""
    t, releases = TABLES[kind], schema.releases
    items = t.mentions
    place = items.c.key if kind == "person" else items.c.number
    columns = [items.c.id, items.c.name, place.label("place"), releases.c.key, releases.c.site]
    columns += [releases.c.published]
    if kind == "person":
        seen = select(schema.roles.c.seen).where(schema.roles.c.person_id == items.c.id).limit(1)
        columns += [items.c.full_name, items.c.role, seen.scalar_subquery().label("seen")]
        return columns, true() if withheld else public_person()
    dates = schema.dates
    seen = select(dates.c.start_date).where(dates.c.event_id == items.c.id).limit(1)
    columns += [items.c.type.label("role"), seen.scalar_subquery().label("seen")]
    return columns, true() if withheld else public_row(items)


def _mention(row: Any) -> Mention:
    """A mention that nothing is linked to."""
    return Mention(
        row.id, f"{row.key}#{row.place}", row.name or "", row.role, row.seen or row.published,
        row.site, "proposed", 0.0, MACHINE, None, (),
    )  # fmt: skip


def _mentions(
    connection: Connection, kind: Kind, numbers: list[int], withheld: bool
) -> dict[int, list[Mention]]:
    t, releases = TABLES[kind], schema.releases
    items = t.mentions
    columns, shown = _told_of(kind, withheld)
    links = t.links
    asked = (
        select(
            links.c.entity_id, links.c.state, links.c.score, links.c.reasons, links.c.author,
            *columns,
        )
        .join(items, items.c.id == links.c[t.mention])
        .join(releases, releases.c.id == items.c.release_id)
        .where(links.c.entity_id.in_(numbers), shown)
        .order_by(links.c.entity_id, links.c.id)
    )  # fmt: skip
    rows = connection.execute(asked).all()
    told = {row.id: json.loads(row.reasons) for row in rows}
    beside = mention_addresses(
        connection, kind, (r["with"] for r in told.values() if r.get("with"))
    )
    here = {row.id for row in rows}
    found: dict[int, list[Mention]] = {}
    for row in rows:
        reasons = told[row.id]
        other = reasons.get("with")
        mention = replace(
            _mention(row), state=row.state, score=row.score, author=row.author,
            compared_with=beside.get(other) if withheld or other in here else None,
            reasons=tuple(Reason(**one) for one in reasons.get("because", ())),
        )  # fmt: skip
        found.setdefault(row.entity_id, []).append(mention)
    for mentions in found.values():
        mentions.sort(key=lambda one: (one.day or "", one.address))
    return found
