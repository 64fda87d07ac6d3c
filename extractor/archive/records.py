"""Records out of the archive again: what stands in force, as ``add`` would take it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import chunks, select_rows
from extractor.archive.intake.rows import Row
from extractor.record import (
    Event,
    EventDate,
    Person,
    Quote,
    Record,
    Removed,
    Source,
    Span,
    Venue,
    Warning,
)  # fmt: skip

# tables whose rows belong to a release
PARTS = (
    schema.events, schema.people, schema.quotes, schema.dates, schema.venues, schema.organizers,
    schema.participants, schema.roles, schema.warnings,
)  # fmt: skip


@dataclass
class Stored:
    """All rows of one release, by table; spans and edits of every version of its text."""

    release: Row
    version: Row  # the current one
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[int, tuple[str, str]] = field(default_factory=dict)


def load(connection: Connection, release_ids: Iterable[int]) -> dict[int, Stored]:
    """The rows of these releases."""
    stored: dict[int, Stored] = {}
    for ids in chunks(release_ids):
        releases = {row["id"]: row for row in select_rows(connection, schema.releases, "id", ids)}
        versions = select_rows(connection, schema.versions, "release_id", releases)
        owner = {version["id"]: version["release_id"] for version in versions}
        for version in versions:
            if version["current"]:
                number = version["release_id"]
                stored[number] = Stored(releases[number], version)
        for table in PARTS:
            for row in select_rows(connection, table, "release_id", releases):
                stored[row["release_id"]].rows[table.name].append(row)
        used: set[int] = set()
        for table in (schema.spans, schema.edits):
            for row in select_rows(connection, table, "version_id", owner):
                stored[owner[row["version_id"]]].rows[table.name].append(row)
                used.add(row["rule_id"])
        named = select_rows(connection, schema.rules, "id", used)
        rules = {row["id"]: (row["name"], row["rules_version"]) for row in named}
        for number in releases:
            stored[number].rules = rules
    return stored


def records_of(
    connection: Connection, release_ids: Iterable[int], rejected: bool = False
) -> Iterator[Record]:
    """The records of these releases, in their order; what was rejected is left out, unless asked
    for. Spans of earlier versions of a text are left out: they do not stand in this one."""
    for ids in chunks(release_ids):
        stored = load(connection, ids)
        yield from (record_of(stored[number], rejected) for number in ids if number in stored)


def release_ids(connection: Connection) -> list[int]:
    """The numbers of all releases, in the order they came in."""
    return list(
        connection.execute(select(schema.releases.c.id).order_by(schema.releases.c.id)).scalars()
    )


def record_of(stored: Stored, rejected: bool = False) -> Record:
    """The record of a release."""
    return _Builder(stored, rejected).record()


class _Builder:
    def __init__(self, stored: Stored, rejected: bool) -> None:
        self.stored = stored
        self.rejected = rejected
        self.keys = {row["id"]: row["key"] for row in stored.rows["people"] if self.shown(row)}
        self.hidden = {row["key"] for row in stored.rows["people"]} - set(self.keys.values())
        self.spans: dict[int, Row] = {}
        self.of: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
        for row in stored.rows["spans"]:
            if row["version_id"] == stored.version["id"] and self.shown(row):
                self.spans[row["id"]] = row
                owner = row["event_id"] or row["person_id"] or row["quote_id"]
                self.of[row["field"], owner].append(row)

    def shown(self, row: Row) -> bool:
        return self.rejected or row["state"] != "rejected"

    def span(self, row: Row | None, said: str | None = None) -> Span | None:
        """The words of a row of spans; ``said`` is the value in force, which they may not be."""
        if row is None:
            return None
        return Span(
            text=row["words"], start=row["start_offset"], end=row["end_offset"],
            rule=self.stored.rules[row["rule_id"]][0], confidence=row["confidence"],
            value=None if said == row["words"] else said,
        )  # fmt: skip

    def first(self, field_: str, owner: int | None = None, said: str | None = None) -> Span | None:
        return self.span(next(iter(self.of[field_, owner]), None), said)

    def mentions(self, person_id: int) -> tuple[Span, ...]:
        rows = self.of["person.mention", person_id]
        rows.sort(key=lambda row: (row["position"], row["id"]))
        return tuple(span for span in map(self.span, rows) if span is not None)

    def organizers(self, event_id: int) -> tuple[Span, ...]:
        rows = [row for row in self.stored.rows["organizers"] if row["event_id"] == event_id]
        rows.sort(key=lambda row: (row["position"], row["id"]))
        said = (self.span(self.spans.get(row["span_id"]), row["name"]) for row in rows)
        return tuple(span for span in said if span is not None)

    def items(self, table: str) -> list[Row]:
        rows = [row for row in self.stored.rows[table] if self.shown(row)]
        return sorted(rows, key=lambda row: (row["number"], row["id"]))

    def dates(self, column: str | None, owner: int | None = None) -> tuple[EventDate, ...]:
        rows = self.stored.rows["dates"]
        if column is None:
            mine = [row for row in rows if row["event_id"] is None and row["quote_id"] is None]
        else:
            mine = [row for row in rows if row[column] == owner]
        mine.sort(key=lambda row: (row["position"], row["id"]))
        return tuple(self.date(row) for row in mine if row["span_id"] in self.spans)

    def date(self, row: Row) -> EventDate:
        span = self.spans[row["span_id"]]
        return EventDate(
            text=span["words"], start_offset=span["start_offset"], end_offset=span["end_offset"],
            start=row["start_date"], end=row["end_date"], time_start=row["time_start"],
            time_end=row["time_end"], timezone=row["timezone"], precision=row["precision"],
            year_source=row["year_source"], repair=row["repair"],
            rule=self.stored.rules[span["rule_id"]][0], confidence=span["confidence"],
        )  # fmt: skip

    def venue(self, event_id: int) -> Venue | None:
        for row in self.stored.rows["venues"]:
            if row["event_id"] == event_id and row["span_id"] in self.spans:
                span = self.span(self.spans[row["span_id"]], row["name"])
                assert span is not None
                parts = json.loads(row["parts"])
                return Venue(**span.model_dump(), mode=row["mode"], parts=parts)
        return None

    def participants(self, event_id: int) -> tuple[str | Span, ...]:
        found: list[str | Span] = []
        for row in sorted(self.stored.rows["participants"], key=lambda row: row["position"]):
            if row["event_id"] != event_id:
                continue
            if row["person_id"] in self.keys:
                found.append(self.keys[row["person_id"]])
            elif row["span_id"] in self.spans:
                span = self.span(self.spans[row["span_id"]], row["name"])
                assert span is not None
                found.append(span)
        return tuple(found)

    def event(self, row: Row) -> Event | None:
        name = self.first("event.name", row["id"], row["name"])
        if name is None:
            return None
        return Event(
            main=row["main"], name=name, type=row["type"], phase=row["phase"], status=row["status"],
            organizers=self.organizers(row["id"]),
            theme=self.first("event.theme", row["id"], row["theme"]),
            occasion=self.first("event.occasion", row["id"], row["occasion"]),
            date=next(iter(self.dates("event_id", row["id"])), None), venue=self.venue(row["id"]),
            participants=self.participants(row["id"]), **{"class": row["event_class"]},
        )  # fmt: skip

    def person(self, row: Row) -> Person:
        return Person(
            id=row["key"], name=row["name"], full_name=row["full_name"],
            full_name_source=row["full_name_source"], titles=json.loads(row["titles"]),
            role=self.first("person.role", row["id"], row["role"]),
            organization=row["organization"], aliases=json.loads(row["aliases"]),
            pseudonym=row["pseudonym"],
            mentions=self.mentions(row["id"]),
        )  # fmt: skip

    def quote(self, row: Row) -> Quote | None:
        words = self.first("quote.text", row["id"])
        if words is None:
            return None
        return Quote(
            **words.model_dump(), kind=row["kind"], speaker=self.keys.get(row["person_id"]),
            speaker_text=self.first("quote.speaker", row["id"], row["speaker"]),
            cue=self.first("quote.cue", row["id"], row["cue"]),
            delivered_by=None if row["delivered_by"] in self.hidden else row["delivered_by"],
            date=next(iter(self.dates("quote_id", row["id"])), None),
            occasion=self.first("quote.occasion", row["id"], row["occasion"]),
        )  # fmt: skip

    def removed(self) -> tuple[Removed, ...]:
        return tuple(
            Removed(
                paragraph=row["paragraph"], duplicate_of=row["duplicate_of"],
                also=json.loads(row["also"]), similarity=row["similarity"],
                rule=self.stored.rules[row["rule_id"]][0], reason=row["reason"], text=row["text"],
            )
            for row in self.stored.rows["edits"]
            if row["version_id"] == self.stored.version["id"] and row["kind"] == "repeat"
        )  # fmt: skip

    def record(self) -> Record:
        release, version = self.stored.release, self.stored.version
        said: dict[str, Any] = {
            name: release[name]
            for name in ("path", "uri", "site", "title", "published", "retrieved")
        }
        events = map(self.event, self.items("events"))
        quotes = map(self.quote, self.items("quotes"))
        return Record(
            id=release["key"], rules_version=release["rules_version"],
            source=Source(**said, sha256=version["draft_sha256"]), text=version["text"],
            offsets=json.loads(version["offsets"]),
            events=tuple(event for event in events if event is not None),
            people=tuple(map(self.person, self.items("people"))),
            quotes=tuple(quote for quote in quotes if quote is not None), dates=self.dates(None),
            removed=self.removed(), credit=self.first("release.credit"),
            dateline=self.first("release.dateline"),
            warnings=tuple(
                Warning(
                    code=row["code"], message=row["message"], start=row["start_offset"],
                    end=row["end_offset"],
                )
                for row in sorted(self.stored.rows["warnings"], key=lambda row: row["number"])
            ),
        )  # fmt: skip
