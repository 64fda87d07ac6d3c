"""The names that are struck out of each release: those of the persons who are withheld in it."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, null, select, union_all

from extractor.archive import schema
from extractor.archive.bulk import chunks, select_rows
from extractor.archive.risk.conditions import withheld_entities, withheld_people
from extractor.archive.risk.masking import Mask
from extractor.rulebook import Rulebook, RuleFile, shared_rulebook

RULES = "RILIS_RULES"


def rulebook() -> Rulebook:
    """The rules in force: the shipped ones under those of RILIS_RULES."""
    return shared_rulebook(os.environ.get(RULES) or None)


@dataclass
class _Names:
    """What a mask is made of, while it is gathered."""

    mine: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)


def masks_of(connection: Connection, ids: Iterable[int]) -> dict[int, Mask]:
    """What is struck out of each of these releases; those of which nothing is are left out."""
    found: dict[int, Mask] = {}
    for some in chunks(ids):
        told = _names(connection, some)
        if not told:
            continue
        words = _words(os.environ.get(RULES) or None)
        for number, names in told.items():
            found[number] = words.mask(names)
    return found


# what is struck out of releases: words as they stand, and persons; each search asks for it
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_held, _people = schema.withholdings.c, schema.people.c
_HELD = union_all(
    select(_held.release_id, _held.words, null().label("person_id"), null().label("key")).where(
        _held.lifted_at.is_(None), _held.release_id.in_(_IDS), _held.words.is_not(None)
    ),
    select(_people.release_id, null(), _people.id, _people.key).where(
        _people.release_id.in_(_IDS), _people.id.in_(withheld_people())
    ),
)


def _names(connection: Connection, ids: list[int]) -> dict[int, _Names]:
    told: dict[int, _Names] = defaultdict(_Names)
    owners: dict[int, int] = {}
    for row in connection.execute(_HELD, {"ids": ids}):
        if row.person_id is None:
            told[row.release_id].mine.add(row.words)
        else:
            owners[row.person_id] = row.release_id
            told[row.release_id].persons.add(row.key)
    if owners:
        _own_names(connection, owners, told)
        _linked_names(connection, owners, told)
    for one in select_rows(connection, schema.people, "release_id", told):
        if one["id"] not in owners and one["state"] != "rejected":
            names = filter(None, (one["name"], one["full_name"]))
            told[one["release_id"]].others.update(names)
    return told


def _own_names(connection: Connection, owners: dict[int, int], told: dict[int, _Names]) -> None:
    """Every form of her name in the release, in the texts of all its versions."""
    for row in select_rows(connection, schema.people, "id", owners):
        told[row["release_id"]].mine.update(_forms(row))
    spans = schema.spans
    for some in chunks(owners):
        mentions = select(spans.c.person_id, spans.c.words).where(
            spans.c.person_id.in_(some), spans.c.field.in_(("person.mention", "person.name"))
        )
        for span in connection.execute(mentions):
            told[owners[span.person_id]].mine.add(span.words)


def _linked_names(connection: Connection, owners: dict[int, int], told: dict[int, _Names]) -> None:
    """The names that other releases have for her, where she is withheld across releases."""
    links, people, entities = schema.person_links, schema.people, schema.person_entities
    linked = (links.c.entity_id.in_(withheld_entities()), links.c.state != "rejected")
    mine: dict[int, set[int]] = defaultdict(set)
    for some in chunks(owners):
        own = select(links.c.entity_id, links.c.person_id)
        for row in connection.execute(own.where(*linked, links.c.person_id.in_(some))):
            mine[row.entity_id].add(owners[row.person_id])
    for some in chunks(mine):
        named = select(entities.c.id, entities.c.name, entities.c.full_name)
        for entity in connection.execute(named.where(entities.c.id.in_(some))):
            for number in mine[entity.id]:
                told[number].mine.update(filter(None, (entity.name, entity.full_name)))
        elsewhere = (
            select(links.c.entity_id, people.c.name, people.c.full_name, people.c.aliases)
            .join(people, people.c.id == links.c.person_id)
            .where(*linked, links.c.entity_id.in_(some))
        )
        for one in connection.execute(elsewhere).mappings():
            for number in mine[one["entity_id"]]:
                told[number].mine.update(_forms(dict(one)))


def _forms(person: Mapping[str, Any]) -> Iterator[str]:
    for name in (person["name"], person["full_name"], *json.loads(person["aliases"])):
        if name:
            yield name


@dataclass(frozen=True)
class _Words:
    """Words of the rules that tell what in a name is a name."""

    no_part: frozenset[str]
    common: frozenset[str]

    def mask(self, names: _Names) -> Mask:
        return Mask(names.mine, names.others, names.persons, self.common, self.no_part)


@lru_cache(maxsize=4)
def _words(folder: str | None) -> _Words:
    rules = shared_rulebook(folder)
    risk, people = rules["risk"], rules["people"]
    return _Words(
        frozenset(map(str.casefold, (*risk.surfaces("no_part"), *_titles(people)))),
        frozenset(map(str.casefold, risk.surfaces("name_word"))),
    )


def _titles(people: RuleFile) -> Iterator[str]:
    for surface in people.surfaces("title", "degree"):
        yield from surface.replace(".", " ").split()
        yield surface.replace(".", "")
