"""What the tests of linking share: small archives, and releases about persons and events made by hand."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.linking.decisions import TABLES
from extractor.archive.store import Store
from extractor.record import Record
from tests.archive.generator import _Draft
from tests.archive.linked_generator import linked

TOLD = ("person_entities", "person_links", "event_entities", "event_links")


def rows(store: Store, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables of links."""
    with store.read() as connection:
        return {
            name: [
                tuple(r)
                for r in connection.execute(select(schema.metadata.tables[name]).order_by("id"))
            ]
            for name in tables or TOLD
        }


def put(store: Store, records: Iterable[Record]) -> None:
    """Add records; none may be refused."""
    added = add(store, from_records(records), batch=50)
    assert not added.refused, added.refused


def world(n: int, seed: int) -> list[Record]:
    """Releases of the made world."""
    return [record for record, _people, _events in linked(n, seed)]


def groups(store: Store, kind: str) -> set[frozenset[str]]:
    """The mentions of each entity, as RELEASE#place."""
    t = TABLES[kind]
    place = t.mentions.c.key if kind == "person" else t.mentions.c.number
    asked = (
        select(t.links.c.entity_id, schema.releases.c.key, place.label("place"))
        .join(t.mentions, t.mentions.c.id == t.links.c[t.mention])
        .join(schema.releases, schema.releases.c.id == t.mentions.c.release_id)
        .where(t.links.c.state != "rejected")
    )
    found: dict[int, set[str]] = {}
    with store.read() as connection:
        for row in connection.execute(asked):
            found.setdefault(row.entity_id, set()).add(f"{row.key}#{row.place}")
    return {frozenset(some) for some in found.values()}


def release(
    number: int,
    day: str = "2024-05-02",
    name: str = "Rapat Koordinasi Stunting",
    people: Iterable[tuple[str, str | None]] = (),
    venue: dict[str, str] | None = None,
    organizer: str | None = "Dinas Kesehatan Sukamaju",
    participants: str | None = None,
    dated: bool = True,
    site: str = "sukamaju",
) -> Record:
    """A release about one event; persons as (name, role)."""
    draft = _Draft()
    title = f"Berita {number}"
    draft.add(title + "\n\n")
    event: dict[str, Any] = {"main": True, "type": "rapat", "class": "rapat", "participants": []}
    event["name"] = draft.span(name, "test", 0.9)
    draft.add(" ")
    if organizer:
        event["organizers"] = [draft.span(organizer, "test", 0.9)]
        draft.add(" ")
    if venue:
        span = draft.span(", ".join(venue.values()), "test", 0.9)
        event["venue"] = span | {"mode": "onsite", "parts": venue}
        draft.add(" ")
    if dated:
        span = draft.span(day, "test", 0.9)
        event["date"] = {
            "text": span["text"], "start_offset": span["start"], "end_offset": span["end"],
            "start": day, "end": day, "rule": "test", "confidence": 0.9,
        }  # fmt: skip
        draft.add(" ")
    if participants:
        event["participants"] = [draft.span(participants, "test", 0.9)]
        draft.add(" ")
    told = list(_people(draft, people))
    text = "".join(draft.pieces)
    return Record.model_validate(
        {
            "schema": "rilis/record/1", "id": f"{number:016x}", "rules_version": "test",
            "source": {
                "uri": f"https://{site}.example/{number}", "site": site, "title": title,
                "published": day, "sha256": hashlib.sha256(text.encode()).hexdigest(),
            },
            "text": text, "offsets": [[0, 0, len(text)]], "events": [event], "people": told,
        }
    )  # fmt: skip


def _people(draft: _Draft, people: Iterable[tuple[str, str | None]]) -> Iterator[dict[str, Any]]:
    for at, (name, role) in enumerate(people, 1):
        said = draft.span(role, "test", 0.9) if role else None
        draft.add(" ")
        mention = draft.span(name, "test", 0.9)
        draft.add(".\n")
        yield {"id": f"p{at}", "name": name, "role": said, "mentions": [mention]}
