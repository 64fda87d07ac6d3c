"""Which links rest on what a decision has changed: they are compared anew by the next run of
linking, unless a person made or confirmed them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.reviewing.looking import Decision

_TABLES = {
    "event": (schema.event_entities, schema.event_links),
    "person": (schema.person_entities, schema.person_links),
}


@dataclass(frozen=True)
class Stale:
    """An event or person across releases, linked to one whose values a decision has changed."""

    kind: str  # event or person
    entity: int
    confirmed: bool  # by a person, so that no run of linking takes it back


def stale_links(connection: Connection, made: Iterable[Decision]) -> list[Stale]:
    """The links of the events and persons whose values these decisions changed, in order."""
    changed: dict[str, set[int]] = {kind: set() for kind in _TABLES}
    for one in made:
        undoes = one.action == "undo"
        if one.address.kind in changed and (undoes or one.before != one.after):
            changed[one.address.kind].add(one.address.owner)
    found: set[tuple[str, int, bool]] = set()
    for kind, (entities, links) in _TABLES.items():
        for some in chunks(sorted(changed[kind])):
            asked = (
                select(entities.c.id, links.c.state)
                .join(links, links.c.entity_id == entities.c.id)
                .where(links.c[f"{kind}_id"].in_(some), links.c.state != "rejected")
            )
            for entity, state in connection.execute(asked):
                found.add((kind, entity, state == "confirmed"))
    return [Stale(*one) for one in sorted(found)]
