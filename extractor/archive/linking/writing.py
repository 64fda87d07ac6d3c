"""Clusters into rows: entities and links, as few changed as can be, and what undoes it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import chunks, delete_rows, settle_sequences, upsert_rows
from extractor.archive.intake.rows import Row
from extractor.archive.linking.decisions import MACHINE, TABLES, Kind, Standing, newest
from extractor.archive.linking.planning import Cluster, Graph
from extractor.archive.linking.reading import day_of
from extractor.archive.risk.conditions import withheld_entities
from extractor.archive.risk.disclosure import refresh


@dataclass
class Plan:
    """What a run changes: the rows that are new, those that go, those that were before."""

    kind: Kind
    new_entities: list[Row] = field(default_factory=list)
    changed_entities: list[Row] = field(default_factory=list)  # as they become
    gone_entities: list[int] = field(default_factory=list)
    new_links: list[Row] = field(default_factory=list)
    gone_links: list[int] = field(default_factory=list)
    before: dict[str, list[Row]] = field(default_factory=dict)
    entity_of: dict[int, int] = field(default_factory=dict)  # of every mention, afterwards
    pairs: int = 0
    dropped: int = 0

    @property
    def empty(self) -> bool:
        """Nothing changes."""
        return not (
            self.new_links or self.gone_links or self.changed_entities or self.gone_entities
        )


def plan(
    connection: Connection, kind: Kind, graph: Graph, now: Standing, present: set[int], at: str
) -> Plan:
    """What has to be written; ``present``: all mentions that there are. ``at``: the instant."""
    t = TABLES[kind]
    made = Plan(kind, pairs=graph.pairs, dropped=graph.dropped)
    number = newest(connection, t.entities)
    link_id = newest(connection, t.links)
    links = now.proposed
    gone = {m for m in links if m not in present}
    taken: set[int] = set()
    held = {cluster.entity for cluster in graph.clusters} - {None}
    for cluster in graph.clusters:
        mentions = [m for thing in cluster.things for m in thing.mentions]
        releases = {r for thing in cluster.things for r in thing.releases}
        if cluster.entity is None and len(releases) < 2:
            gone.update(m for m in mentions if m in links)
            continue
        entity = cluster.entity
        if entity is None:
            rivals = Counter(links[m].entity_id for m in mentions if m in links)
            free = [
                (-count, one)
                for one, count in rivals.items()
                if one not in taken and one not in held and now.entities[one].merged_into_id is None
            ]
            entity = min(free)[1] if free else None
        values = _entity_values(kind, cluster)
        if entity is None:
            number += 1
            entity = number
            row = {"id": entity, **values, "note": None, "created_at": at, "merged_into_id": None}
            made.new_entities.append(row)
        else:
            row = dict(now.entities[entity]._mapping)
            if any(row[name] != value for name, value in values.items()):
                made.changed_entities.append({**row, **values})
        taken.add(entity)
        for mention in sorted(mentions):
            old, decided = links.get(mention), now.decided.get(mention)
            made.entity_of[mention] = entity
            if (decided is not None and decided.entity is not None) or (
                old is not None and old.entity_id == entity
            ):
                continue
            if old is not None:
                gone.add(mention)
            score, reasons = cluster.links.get(mention, (0.5, json.dumps({"because": []})))
            link_id += 1
            row = {
                "id": link_id, "entity_id": entity, t.mention: mention, "score": score,
                "reasons": reasons, "state": "proposed", "author": MACHINE, "linked_at": at,
                "operation_id": None,
            }  # fmt: skip
            made.new_links.append(row)
    _leave(made, now, gone)
    return made


def _leave(made: Plan, now: Standing, gone: set[int]) -> None:
    """The links that go, and the entities that nothing is linked to any more."""
    t = TABLES[made.kind]
    old = sorted(now.proposed[m].id for m in gone)
    made.gone_links = old
    kept = Counter(link.entity_id for m, link in now.proposed.items() if m not in gone)
    kept.update(row["entity_id"] for row in made.new_links)
    left = {now.proposed[m].entity_id for m in gone}
    made.gone_entities = sorted(e for e in left if not kept[e] and e not in now.held)
    away = set(made.gone_entities)
    made.changed_entities = [row for row in made.changed_entities if row["id"] not in away]
    changed = {row["id"] for row in made.changed_entities} | away
    made.before = {
        t.entities.name: [dict(now.entities[e]._mapping) for e in sorted(changed)],
        t.links.name: sorted(
            (dict(now.proposed[m]._mapping) for m in gone), key=lambda row: int(row["id"])
        ),
    }
    for mention, link in now.proposed.items():
        if mention not in gone:
            made.entity_of.setdefault(mention, link.entity_id)
    for mention, decided in now.decided.items():
        if decided.entity is not None:
            made.entity_of.setdefault(mention, decided.entity)


def write(connection: Connection, made: Plan, author: str, at: str) -> int | None:
    """Write what is planned; the number of the operation, None where there is nothing to write."""
    if made.empty:
        return None
    t = TABLES[made.kind]
    operation = newest(connection, schema.link_operations) + 1
    for row in made.new_links:
        row["operation_id"] = operation
    after = {
        "links": [row["id"] for row in made.new_links[:1] + made.new_links[-1:]],
        "entities": [row["id"] for row in made.new_entities[:1] + made.new_entities[-1:]],
        "changed": [row["id"] for row in made.changed_entities],
        "digest": digest([*made.new_entities, *made.changed_entities], made.new_links),
    }
    connection.execute(
        schema.link_operations.insert(),
        {
            "id": operation, "kind": made.kind, "action": "link",
            "before": json.dumps(made.before, ensure_ascii=False),
            "after": json.dumps(after), "reason": None, "author": author, "done_at": at,
        },
    )  # fmt: skip
    delete_rows(connection, t.links, made.gone_links)
    upsert_rows(connection, t.entities, [*made.new_entities, *made.changed_entities])
    upsert_rows(connection, t.links, made.new_links)
    delete_rows(connection, t.entities, made.gone_entities)
    settle(connection, made.kind)
    if made.kind == "person":
        touched = [*(r["person_id"] for r in made.new_links),
                   *(r["person_id"] for r in made.before[t.links.name])]  # fmt: skip
        refresh_withheld(connection, touched)
    return operation


def settle(connection: Connection, kind: Kind) -> None:
    """Let PostgreSQL's sequences go on behind the numbers given out."""
    if connection.dialect.name == "postgresql":
        t = TABLES[kind]
        for table in (t.entities, t.links, schema.link_operations):
            last = newest(connection, table)
            if last:
                settle_sequences(connection, {table.name: last})


def refresh_withheld(connection: Connection, people: Iterable[int]) -> None:
    """Bring up to date what is struck out of the releases of these persons, where a person across
    releases is withheld at all."""
    if connection.execute(withheld_entities().limit(1)).first() is None:
        return
    releases: set[int] = set()
    for some in chunks(sorted(set(people))):
        wanted = select(schema.people.c.release_id).where(schema.people.c.id.in_(some))
        releases.update(connection.execute(wanted).scalars())
    refresh(connection, sorted(releases))


def digest(entities: Iterable[Row], links: Iterable[Row]) -> str:
    """What rows of entities and links say, to see whether they have changed since."""
    summed = hashlib.sha256()
    for rows in (entities, links):
        for row in sorted(rows, key=lambda one: int(one["id"])):
            summed.update(json.dumps(list(row.items()), ensure_ascii=False, default=str).encode())
    return summed.hexdigest()


def _entity_values(kind: Kind, cluster: Cluster) -> dict[str, Any]:
    """What an entity is called: the fullest name, of these the most frequent."""
    things = cluster.things
    if kind == "person":
        names: Counter[str] = Counter()
        full: dict[str, int] = {}
        for one in things:
            names[one.shown] += len(one.mentions)
            full[one.shown] = sum(not word.initial and len(word.plain) > 2 for word in one.name)
        name = max(names, key=lambda n: (names[n] > 1, full[n], names[n], n))
        known = Counter(one.full_name for one in things if one.full_name)
        return {"name": name, "full_name": _most(known)}
    days = Counter((one.first, one.last) for one in things if not one.guessed)
    first, last = _most(days) or (None, None)
    return {
        "name": _most(Counter(one.shown for one in things)),
        "start_date": day_of(first) if first else None,
        "end_date": day_of(last) if last else None,
        "venue": _most(Counter(one.venue for one in things if one.venue)),
        "organizer": _most(Counter(one.organizer for one in things if one.organizer)),
    }


def _most(counted: "Counter[Any]") -> Any:
    """What most say; of two said as often the first in order."""
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None
