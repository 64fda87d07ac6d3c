"""Links as they stand: which of them people made or judged, and what is new since the last run."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, or_, select

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.linking.profiles import Decided

Kind = Literal["person", "event"]
MACHINE = "rilis"  # the author of links that no person has touched


@dataclass(frozen=True)
class Tables:
    """The tables of a kind of thing that is linked."""

    kind: Kind
    mentions: Table
    entities: Table
    links: Table

    @property
    def mention(self) -> str:
        """The column of a link that names its mention."""
        return f"{self.kind}_id"


TABLES: dict[str, Tables] = {
    "person": Tables("person", schema.people, schema.person_entities, schema.person_links),
    "event": Tables("event", schema.events, schema.event_entities, schema.event_links),
}


@dataclass
class Standing:
    """The links of one kind in the archive."""

    decided: dict[int, Decided] = field(default_factory=dict)  # by mention
    proposed: dict[int, Any] = field(default_factory=dict)  # machine-made links, by mention
    held: set[int] = field(default_factory=set)  # entities that stay, whatever is linked to them
    entities: dict[int, Any] = field(default_factory=dict)

    def entity_of(self) -> dict[int, int]:
        """The entity of every mention that has one, whoever linked it."""
        held = {m: d.entity for m, d in self.decided.items() if d.entity is not None}
        return {m: link.entity_id for m, link in self.proposed.items()} | held


def is_human(state: str, author: str) -> bool:
    """A person made, confirmed or rejected this link: no run touches it."""
    return state != "proposed" or author != MACHINE


def standing(connection: Connection, kind: Kind) -> Standing:
    """All links of a kind."""
    t = TABLES[kind]
    found = Standing()
    rejected: dict[int, set[int]] = defaultdict(set)
    against: dict[int, set[int]] = defaultdict(set)
    entity: dict[int, int] = {}
    for link in connection.execute(select(t.links).order_by(t.links.c.id)):
        mention = link._mapping[t.mention]
        if not is_human(link.state, link.author):
            found.proposed[mention] = link
            continue
        found.held.add(link.entity_id)
        if link.state == "rejected":
            rejected[mention].add(link.entity_id)
            against[mention].update(json.loads(link.reasons).get("against", ()))
        else:
            entity[mention] = link.entity_id
    for mention in {*rejected, *entity}:
        found.decided[mention] = Decided(
            entity.get(mention), frozenset(rejected[mention]), frozenset(against[mention])
        )
    for row in connection.execute(select(t.entities)):
        found.entities[row.id] = row
        if row.note or row.merged_into_id is not None:
            found.held.add(row.id)
    if kind == "person":
        for table in (schema.withholdings, schema.roles):
            held = select(table.c.entity_id).where(table.c.entity_id.is_not(None)).distinct()
            found.held.update(connection.execute(held).scalars())
    return found


def last_run(connection: Connection, kind: Kind) -> str | None:
    """When a run last made links of this kind; None: never, or what it made is undone. Links made
    by hand are operations of the same name, with a reason."""
    done = schema.link_operations
    wanted = select(func.max(done.c.done_at)).where(
        done.c.kind == kind, done.c.action == "link", done.c.reason.is_(None),
        done.c.undone_at.is_(None),
    )  # fmt: skip
    return connection.execute(wanted).scalar()


def changed_since(connection: Connection, kind: Kind, since: str) -> set[int]:
    """The mentions that are new or were read, reviewed or judged since an instant, and those that
    were linked with them: where one of two is corrected, the other is left alone. Of persons also
    those at events that were judged."""
    t, reviews = TABLES[kind], schema.reviews
    reviewed = select(reviews.c.release_id).where(reviews.c.reviewed_at >= since)
    releases = select(schema.releases.c.id).where(
        or_(schema.releases.c.updated_at >= since, schema.releases.c.id.in_(reviewed))
    )
    mentions = select(t.mentions.c.id).where(t.mentions.c.release_id.in_(releases))
    found = {*connection.execute(mentions).scalars(), *_judged(connection, kind, since)}
    mention, entity = t.links.c[t.mention], t.links.c.entity_id
    mates: set[int] = set()
    for some in chunks(sorted(found)):
        theirs = select(entity).where(mention.in_(some), t.links.c.state != "rejected")
        mates.update(connection.execute(select(mention).where(entity.in_(theirs))).scalars())
    if kind == "person":
        mates |= people_at(connection, _judged(connection, "event", since))
    return found | mates


def _judged(connection: Connection, kind: Kind, since: str) -> set[int]:
    t = TABLES[kind]
    judged = select(t.links.c[t.mention]).where(
        t.links.c.linked_at >= since,
        or_(t.links.c.state != "proposed", t.links.c.author != MACHINE),
    )
    return set(connection.execute(judged).scalars())


def moved(before: Mapping[int, int], after: Mapping[int, int]) -> set[int]:
    """The mentions whose entity is another one than it was, or that have one now, or none."""
    return {m for m in before.keys() | after.keys() if before.get(m) != after.get(m)}


def people_at(connection: Connection, events: Iterable[int]) -> set[int]:
    """The persons of the releases that tell of these events: a new release may show that two old
    ones are about one event, which speaks for their persons' being one."""
    found: set[int] = set()
    people, told = schema.people, schema.events
    for some in chunks(sorted(events)):
        releases = select(told.c.release_id).where(told.c.id.in_(some))
        wanted = select(people.c.id).where(people.c.release_id.in_(releases))
        found.update(connection.execute(wanted).scalars())
    return found


def newest(connection: Connection, table: Table, ids: Iterable[int] = ()) -> int:
    """The highest number of a table."""
    return max(connection.execute(select(func.max(table.c.id))).scalar() or 0, *ids, 0)
