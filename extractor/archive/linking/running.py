"""``link``: everything new in the archive is compared with what is there, and linked.

Events first: that two persons were at one event speaks for their being one.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.instants import now
from extractor.archive.linking.decisions import (
    TABLES,
    Kind,
    Standing,
    changed_since,
    last_run,
    moved,
    people_at,
    standing,
)
from extractor.archive.linking.events import EventsScorer
from extractor.archive.linking.happenings import Happening, happenings
from extractor.archive.linking.knowledge import Knowledge, knowledge
from extractor.archive.linking.people import PeopleScorer, keys_of
from extractor.archive.linking.planning import Graph, compared
from extractor.archive.linking.profiles import Profiles
from extractor.archive.linking.reading import areas_of, told
from extractor.archive.linking.writing import Plan, plan, write
from extractor.archive.store import Store
from extractor.rulebook import Rulebook, shared_rulebook

KINDS: tuple[Kind, ...] = ("event", "person")
RULES = "RILIS_RULES"
_TRIES = 2  # before the archive is locked to be linked in peace


@dataclass
class Linked:
    """What a run did with one kind of mention."""

    kind: Kind
    mentions: int = 0  # in the archive
    considered: int = 0  # new ones, and what hangs on them
    pairs: int = 0
    dropped: int = 0  # pairs that share a key of too many, and are far apart in time
    new_entities: int = 0
    new_links: int = 0
    gone_links: int = 0
    operation: int | None = None
    proposed: list[tuple[int, int, float]] = field(default_factory=list)  # of a dry run


def link(
    store: Store,
    since: str | None = None,
    dry_run: bool = False,
    author: str = "rilis",
    watch: Callable[[object], None] = lambda _done: None,
    rulebook: Rulebook | None = None,
    kinds: Sequence[Kind] = KINDS,
) -> list[Linked]:
    """Link what came in, was read again, or judged since the last run (or since an ISO instant).

    What people made, confirmed or rejected stays as it is; the same run again changes nothing.
    """
    known = knowledge(rulebook or shared_rulebook(os.environ.get(RULES) or None))
    at = now()
    if dry_run:
        with store.read() as connection:
            return [
                _told(made, None) for made in _plans(connection, known, since, at, kinds, watch)
            ]
    for _try in range(_TRIES):
        with store.read() as connection:
            seen = _stamp(connection)
            plans = _plans(connection, known, since, at, kinds, watch)
        with store.write() as connection:
            if _stamp(connection) == seen:
                return [_told(made, write(connection, made[1], author, at)) for made in plans]
    with store.write() as connection:  # others change it all the time: nobody else meanwhile
        plans = _plans(connection, known, since, at, kinds, watch)
        return [_told(made, write(connection, made[1], author, at)) for made in plans]


Made = tuple[Linked, Plan]


def _told(made: Made, operation: int | None) -> Linked:
    linked, planned = made
    linked.operation = operation
    linked.new_entities = len(planned.new_entities)
    linked.new_links = len(planned.new_links)
    linked.gone_links = len(planned.gone_links)
    column = TABLES[planned.kind].mention
    linked.proposed = [(r["entity_id"], r[column], r["score"]) for r in planned.new_links]
    return linked


def _stamp(connection: Connection) -> tuple[Any, ...]:
    """Changes whenever something is added, reviewed or linked."""
    asked = (
        func.max(schema.releases.c.updated_at), func.max(schema.people.c.id),
        func.max(schema.events.c.id), func.max(schema.reviews.c.id),
        func.max(schema.link_operations.c.id), func.count(schema.releases.c.id),
        func.max(schema.link_operations.c.undone_at),
    )  # fmt: skip
    return tuple(connection.execute(select(one)).scalar() for one in asked)


def _plans(
    connection: Connection,
    known: Knowledge,
    since: str | None,
    at: str,
    kinds: Sequence[Kind],
    watch: Callable[[object], None],
) -> list[Made]:
    made: list[Made] = []
    stand = {kind: standing(connection, kind) for kind in KINDS}
    wanted = {kind: _wanted(connection, kind, since) for kind in KINDS}
    entity_of = stand["event"].entity_of()
    if "event" in kinds:
        linked, planned = _events(connection, known, stand["event"], wanted["event"], at, watch)
        if wanted["person"] is not None:
            wanted["person"] |= people_at(connection, moved(entity_of, planned.entity_of))
        entity_of = planned.entity_of
        made.append((linked, planned))
    if "person" in kinds:
        made.append(
            _people(connection, known, stand["person"], wanted["person"], entity_of, at, watch)
        )
    return made


def _wanted(connection: Connection, kind: Kind, since: str | None) -> set[int] | None:
    """The mentions to look at; None: all."""
    start = since or last_run(connection, kind)
    return None if start is None else changed_since(connection, kind, start)


def _is_wanted(wanted: set[int] | None) -> Callable[[Any], bool]:
    return lambda thing: wanted is None or not wanted.isdisjoint(thing.mentions)


def _events(
    connection: Connection,
    known: Knowledge,
    stand: Standing,
    wanted: set[int] | None,
    at: str,
    watch: Callable[[object], None],
) -> Made:
    things: list[Happening] = []
    areas = areas_of(connection, known)
    for release in told(connection):
        things += happenings(release, known, stand.decided, areas)
    things.sort(key=lambda one: one.order)
    scorer = EventsScorer(known, things)
    graph = compared(things, scorer, scorer.keys, _is_wanted(wanted), stand.entity_of(), watch)
    present = {mention for thing in things for mention in thing.mentions}
    return _made(connection, "event", graph, stand, present, at)


def _people(
    connection: Connection,
    known: Knowledge,
    stand: Standing,
    wanted: set[int] | None,
    events: Mapping[int, int],
    at: str,
    watch: Callable[[object], None],
) -> Made:
    taken = Profiles(known, areas_of(connection, known))
    for release in told(connection):
        taken.take(release, stand.decided, events)
    things = list(taken)
    scorer = PeopleScorer(known, things)
    graph = compared(things, scorer, keys_of(scorer), _is_wanted(wanted), stand.entity_of(), watch)
    present = {mention for thing in things for mention in thing.mentions}
    return _made(connection, "person", graph, stand, present, at)


def _made(
    connection: Connection, kind: Kind, graph: Graph, stand: Standing, present: set[int], at: str
) -> Made:
    linked = Linked(
        kind, len(present), len(graph.mentions), pairs=graph.pairs, dropped=graph.dropped
    )
    return linked, plan(connection, kind, graph, stand, present, at)
