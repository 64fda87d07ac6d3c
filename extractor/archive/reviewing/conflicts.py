"""What other releases say of the same event: dates, venues and numbers that do not agree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.linking.differences import day_words
from extractor.archive.reviewing.addresses import Address
from extractor.language.people.name_forms import plain_words

COMPARED = ("event.date", "event.venue")


@dataclass(frozen=True)
class Other:
    """What another release says; ``differs``: it does not agree with this one."""

    release: str  # its key
    address: Address
    shown: str
    differs: bool


def others_of(connection: Connection, address: Address) -> Iterator[Other]:
    """What other releases say of the same event in this field."""
    if address.field not in COMPARED:
        return
    links = schema.event_links
    mine = select(links.c.entity_id).where(
        links.c.event_id == address.owner, links.c.state != "rejected"
    )
    others = select(links.c.event_id).where(
        links.c.entity_id.in_(mine), links.c.state != "rejected"
    )
    events = set(connection.execute(others).scalars()) | {address.owner}
    if len(events) == 1:
        return
    said = _said(connection, address.field, sorted(events))
    here = said.get(address.owner)
    for event, (release, told, compared) in sorted(said.items()):
        if event != address.owner:
            differs = here is not None and not _agree(here[2], compared)
            yield Other(release, Address(address.field, event), told, differs)


def conflicting(connection: Connection, field: str | None = None) -> Iterator[Address]:
    """The fields in which releases that tell of the same event do not agree, and dates that do not
    fit their weekday; by number of the event."""
    fields = [one for one in COMPARED if field in (None, one)]
    links = schema.event_links
    several = (
        select(links.c.entity_id)
        .where(links.c.state != "rejected")
        .group_by(links.c.entity_id)
        .having(func.count() > 1)
    )
    query = select(links.c.entity_id, links.c.event_id).where(
        links.c.state != "rejected", links.c.entity_id.in_(several)
    )
    groups: dict[int, list[int]] = defaultdict(list)
    for entity, event in connection.execute(query):
        groups[entity].append(event)
    found: set[Address] = set()
    events = sorted({event for group in groups.values() for event in group})
    for name in fields:
        said = _said(connection, name, events)
        for group in groups.values():
            known = {event: said[event][2] for event in group if event in said}
            if not all(_agree(one, other) for one, other in combinations(known.values(), 2)):
                found |= {Address(name, event) for event in known}
    if field in (None, "event.date"):
        dates = schema.dates
        odd = select(dates.c.event_id).where(
            dates.c.repair.is_not(None), dates.c.event_id.is_not(None)
        )
        found |= {Address("event.date", event) for event in connection.execute(odd).scalars()}
    yield from sorted(found, key=lambda one: (one.owner, one.field))


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """One is said in the other: the hall without its town, the month without the day."""
    return one <= other or other <= one


def _said(
    connection: Connection, field: str, events: list[int]
) -> dict[int, tuple[str, str, frozenset[str]]]:
    """By event: the release's key, the value told, and the words of it that are compared."""
    table = schema.dates if field == "event.date" else schema.venues
    found: dict[int, tuple[str, str, frozenset[str]]] = {}
    for at in range(0, len(events), 500):
        query = (
            select(table, schema.releases.c.key)
            .join(schema.releases, schema.releases.c.id == table.c.release_id)
            .join(schema.events, schema.events.c.id == table.c.event_id)
            .where(table.c.event_id.in_(events[at : at + 500]))
            .where(schema.events.c.state != "rejected")
        )
        for row in connection.execute(query).mappings():
            if field == "event.venue":
                words = frozenset(plain_words(row["name"]))
                found[row["event_id"]] = row["key"], row["name"], words
            elif row["start_date"]:
                days = row["start_date"], row["end_date"] or row["start_date"]
                told = days[0] if days[0] == days[1] else "/".join(days)
                found[row["event_id"]] = row["key"], told, day_words(told)
    return found
