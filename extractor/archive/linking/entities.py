"""Persons and events across releases as they are shown: their mentions, roles over time, reasons.

Without ``withheld`` nothing is told of whom the archive does not show (see
:mod:`extractor.archive.disclosure`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.disclosure import (
    public_entity,
    public_event_entity,
    public_person,
    public_row,
)
from extractor.archive.linking.decisions import TABLES, Kind
from extractor.archive.linking.knowledge import Knowledge


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
    """A person or an event across releases."""

    id: int
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
                yield _entity(kind, row, mentions[row.id])


def _number(name: str | None) -> int | None:
    bare = (name or "").rpartition(":")[2]
    return int(bare) if bare.isdecimal() else None


def _sounds(row: Any, known: Knowledge) -> set[str]:
    said = f"{row.name} {row._mapping.get('full_name') or ''}"
    return {word.sound for word in known.forms.name(said)}


def _entity(kind: Kind, row: Any, mentions: list[Mention]) -> Entity:
    told = row._mapping
    return Entity(
        row.id, kind, row.name, told.get("full_name"), told.get("start_date"),
        told.get("end_date"), told.get("venue"), told.get("organizer"), tuple(mentions),
        tuple(_roles(mentions)),
    )  # fmt: skip


def _roles(mentions: Sequence[Mention]) -> Iterator[Held]:
    found: dict[str, list[str]] = {}
    times: dict[str, int] = {}
    for one in mentions:
        if one.role and one.state != "rejected":
            found.setdefault(one.role, []).extend([one.day] if one.day else [])
            times[one.role] = times.get(one.role, 0) + 1
    held = [
        Held(role, min(days, default=None), max(days, default=None), times[role])
        for role, days in found.items()
    ]
    yield from sorted(held, key=lambda one: (one.first or "", one.title))


def _mentions(
    connection: Connection, kind: Kind, numbers: list[int], withheld: bool
) -> dict[int, list[Mention]]:
    t, releases = TABLES[kind], schema.releases
    items = t.mentions
    place = items.c.key if kind == "person" else items.c.number
    columns = [items.c.id, items.c.name, place.label("place"), releases.c.key, releases.c.site]
    columns += [releases.c.published]
    if kind == "person":
        shown: ColumnElement[bool] = true() if withheld else public_person()
        seen = select(schema.roles.c.seen).where(schema.roles.c.person_id == items.c.id).limit(1)
        columns += [items.c.role, seen.scalar_subquery().label("seen")]
    else:
        shown = true() if withheld else public_row(items)
        dates = schema.dates
        seen = select(dates.c.start_date).where(dates.c.event_id == items.c.id).limit(1)
        columns += [items.c.type.label("role"), seen.scalar_subquery().label("seen")]
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
    beside = _addresses(connection, kind, {r["with"] for r in told.values() if r.get("with")})
    here = {row.id for row in rows}
    found: dict[int, list[Mention]] = {}
    for row in rows:
        reasons = told[row.id]
        other = reasons.get("with")
        mention = Mention(
            row.id, f"{row.key}#{row.place}", row.name or "", row.role,
            row.seen or row.published, row.site, row.state, row.score, row.author,
            beside.get(other) if withheld or other in here else None,
            tuple(Reason(**one) for one in reasons.get("because", ())),
        )  # fmt: skip
        found.setdefault(row.entity_id, []).append(mention)
    for mentions in found.values():
        mentions.sort(key=lambda one: (one.day or "", one.address))
    return found


def _addresses(connection: Connection, kind: Kind, ids: set[int]) -> dict[int, str]:
    t, releases = TABLES[kind], schema.releases
    place = t.mentions.c.key if kind == "person" else t.mentions.c.number
    found: dict[int, str] = {}
    for some in chunks(sorted(ids)):
        asked = (
            select(t.mentions.c.id, releases.c.key, place.label("place"))
            .join(releases, releases.c.id == t.mentions.c.release_id)
            .where(t.mentions.c.id.in_(some))
        )
        found.update({r.id: f"{r.key}#{r.place}" for r in connection.execute(asked)})
    return found
