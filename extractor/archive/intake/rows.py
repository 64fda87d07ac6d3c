"""A record as rows of the tables; numbers for the rows come from an Allocator."""

import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

from extractor.record import Event, EventDate, Person, Quote, Record, Span, Venue, text_version

Row = dict[str, Any]
_HEADLINE = 300
_OFFICE = 300  # characters; a longer name is no name


class Allocator(Protocol):
    """Gives out numbers: new ones, and those of rules and offices that are known by name."""

    def new(self, table: str) -> int:
        """A number for a new row."""

    def rule(self, name: str, rules_version: str) -> int:
        """The number of a rule in its version."""

    def office(self, name: str) -> int:
        """The number of an office."""


def to_json(value: Any) -> str:
    """JSON text as the archive keeps it."""
    return json.dumps(value, ensure_ascii=False)


def headline_of(record: Record) -> str:
    """The title, else the first line of the text."""
    if record.source.title and record.source.title.strip():
        return record.source.title.strip()[:_HEADLINE]
    lines = (line.strip() for line in record.text.split("\n"))
    return next((line for line in lines if line), "")[:_HEADLINE]


def release_row(record: Record, release_id: int, reading_hash: str, now: str) -> Row:
    """The row of ``releases``: what the newest source said of it."""
    source = record.source
    return {
        "id": release_id, "key": record.id, "headline": headline_of(record), "title": source.title,
        "published": source.published, "site": source.site, "uri": source.uri,
        "path": source.path, "retrieved": source.retrieved,
        "rules_version": record.rules_version, "reading_hash": reading_hash, "added_at": now,
        "updated_at": now,
    }  # fmt: skip


def version_row(record: Record, version_id: int, release_id: int, current: bool, now: str) -> Row:
    """The row of ``versions``: the text that the spans stand in."""
    digest = text_version(record.text)
    return {
        "id": version_id, "release_id": release_id, "current": current,
        "draft_sha256": record.source.sha256, "text_sha256": digest, "text_hash": digest[:16],
        "text": record.text, "offsets": to_json(record.offsets),
        "retrieved": record.source.retrieved, "added_at": now,
    }  # fmt: skip


def source_row(record: Record, source_id: int, version_id: int, now: str) -> Row:
    """The row of ``sources``: where this version came from."""
    source = record.source
    return {
        "id": source_id, "version_id": version_id, "place": source.uri or source.path or "",
        "path": source.path, "uri": source.uri, "site": source.site, "title": source.title,
        "published": source.published, "retrieved": source.retrieved, "first_seen": now,
    }  # fmt: skip


def folded(name: str) -> str:
    """A name in small letters with single blanks: the key of an office."""
    return " ".join(name.casefold().split())


def office_of(name: str | None, numbers: Allocator) -> int | None:
    """The number of the office with this name; None where there is none, or it is too long."""
    key = folded(name or "")
    return numbers.office(name or "") if key and len(key) <= _OFFICE else None


class Reading:
    """The rows of what was read in a record, for a release and a version.

    ``item_ids`` gives (table, place in the record) the numbers that matched items already have;
    the rest get new ones. ``rows`` maps a table's name to its rows.
    """

    def __init__(
        self,
        record: Record,
        release_id: int,
        version_id: int,
        allocator: Allocator,
        item_ids: Callable[[str, int], int | None] = lambda _table, _at: None,
    ) -> None:
        """Make all rows."""
        self.record = record
        self.release_id = release_id
        self.version_id = version_id
        self.text_hash = text_version(record.text)[:16]
        self.allocator = allocator
        self.item_ids = item_ids
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.people: dict[str, tuple[int | None, str]] = {}
        self._make()

    def _make(self) -> None:
        record = self.record
        for at, person in enumerate(record.people):
            self._person(at, person)
        for at, event in enumerate(record.events):
            self._event(at, event)
        for at, quote in enumerate(record.quotes):
            self._quote(at, quote)
        for position, date in enumerate(record.dates):
            self._date(date, "release.date", position)
        self._span(record.credit, "release.credit")
        self._span(record.dateline, "release.dateline")
        for number, one in enumerate(record.removed, 1):
            rule = self.allocator.rule(one.rule, record.rules_version)
            self._add(
                "edits", version_id=self.version_id, number=number, kind="repeat", grade="sure",
                rule_id=rule, reason=one.reason, paragraph=one.paragraph,
                duplicate_of=one.duplicate_of, also=to_json(one.also), similarity=one.similarity,
                text=one.text, replacement="", start_offset=None, end_offset=None,
            )  # fmt: skip
        for number, warning in enumerate(record.warnings, 1):
            self._add(
                "warnings", release_id=self.release_id, number=number, code=warning.code,
                message=warning.message, start_offset=warning.start, end_offset=warning.end,
            )  # fmt: skip

    def _add(self, table: str, **values: Any) -> int:
        number = self.allocator.new(table)
        self.rows[table].append({"id": number, **values})
        return number

    def _item(self, table: str, at: int, **values: Any) -> int:
        known = self.item_ids(table, at)
        number = self.allocator.new(table) if known is None else known
        row = {"id": number, "release_id": self.release_id, "number": at + 1, "state": "unreviewed"}
        self.rows[table].append(row | values)
        return number

    def _span(
        self, span: Span | None, field: str, owner: int | None = None, position: int = 0
    ) -> int | None:
        if span is None:
            return None
        kind = field.partition(".")[0]
        return self._add(
            "spans", version_id=self.version_id, text_hash=self.text_hash,
            event_id=owner if kind == "event" else None,
            person_id=owner if kind == "person" else None,
            quote_id=owner if kind == "quote" else None, field=field, position=position,
            start_offset=span.start, end_offset=span.end, words=span.text,
            rule_id=self.allocator.rule(span.rule, self.record.rules_version),
            confidence=span.confidence, state="unreviewed",
        )  # fmt: skip

    def _office(self, name: str | None) -> int | None:
        return office_of(name, self.allocator)

    def _person(self, at: int, person: Person) -> None:
        role = person.role.said if person.role else None
        office = self._office(person.organization)
        number = self._item(
            "people", at, key=person.id, name=person.name, full_name=person.full_name,
            full_name_source=person.full_name_source, titles=to_json(person.titles),
            aliases=to_json(person.aliases), role=role, organization=person.organization,
            office_id=office, pseudonym=person.pseudonym,
        )  # fmt: skip
        self.people[person.id] = (number, person.name)
        self._span(_name_span(person), "person.name", number)
        span = self._span(person.role, "person.role", number)
        for position, mention in enumerate(person.mentions):
            self._span(mention, "person.mention", number, position)
        if role is not None:
            main = next((e.date.start for e in self.record.events if e.main and e.date), None)
            self._add(
                "roles", release_id=self.release_id, person_id=number, entity_id=None,
                span_id=span, office_id=office, title=role, organization=person.organization,
                seen=main or self.record.source.published, since=None, until=None,
                source="release",
            )  # fmt: skip

    def _event(self, at: int, event: Event) -> None:
        number = self._item(
            "events", at, main=event.main, name=event.name.said, type=event.type,
            event_class=event.event_class, phase=event.phase, status=event.status,
            theme=event.theme.said if event.theme else None,
            occasion=event.occasion.said if event.occasion else None,
        )  # fmt: skip
        self._span(event.name, "event.name", number)
        self._span(event.theme, "event.theme", number)
        self._span(event.occasion, "event.occasion", number)
        if event.date is not None:
            self._date(event.date, "event.date", 0, number)
        if event.venue is not None:
            self._venue(event.venue, number)
        for position, organizer in enumerate(event.organizers):
            span = self._span(organizer, "event.organizer", number, position)
            self._add(
                "organizers", release_id=self.release_id, event_id=number, span_id=span,
                position=position, name=organizer.said, office_id=self._office(organizer.said),
            )  # fmt: skip
        for position, one in enumerate(event.participants):
            if isinstance(one, str):
                (person, name), words = self.people[one], None
            else:
                words = self._span(one, "event.participant", number, position)
                person, name = None, one.said
            self._add(
                "participants", release_id=self.release_id, event_id=number, span_id=words,
                position=position, person_id=person, name=name, headcount=None,
            )  # fmt: skip

    def _venue(self, venue: Venue, event_id: int) -> None:
        span = Span(
            text=venue.text, start=venue.start, end=venue.end, rule=venue.rule,
            confidence=venue.confidence,
        )  # fmt: skip
        number = self._span(span, "event.venue", event_id)
        named = (
            "room", "building", "street", "village", "district", "city", "province",
        )  # fmt: skip
        self._add(
            "venues", release_id=self.release_id, event_id=event_id, span_id=number,
            name=venue.said, mode=venue.mode, parts=to_json(venue.parts),
            **{part: venue.parts.get(part) for part in named},
        )  # fmt: skip

    def _date(self, date: EventDate, field: str, position: int, owner: int | None = None) -> None:
        span = Span(
            text=date.text, start=date.start_offset, end=date.end_offset, rule=date.rule,
            confidence=date.confidence,
        )  # fmt: skip
        number = self._span(span, field, owner, position)
        self._add(
            "dates", release_id=self.release_id, span_id=number, position=position,
            event_id=owner if field == "event.date" else None,
            quote_id=owner if field == "quote.date" else None, start_date=date.start,
            end_date=date.end, time_start=date.time_start, time_end=date.time_end,
            timezone=date.timezone, precision=date.precision, year_source=date.year_source,
            repair=date.repair,
        )  # fmt: skip

    def _quote(self, at: int, quote: Quote) -> None:
        person = self.people[quote.speaker][0] if quote.speaker is not None else None
        number = self._item(
            "quotes", at, kind=quote.kind, text=quote.text, person_id=person,
            speaker=quote.speaker_text.said if quote.speaker_text else None,
            cue=quote.cue.said if quote.cue else None, delivered_by=quote.delivered_by,
            occasion=quote.occasion.said if quote.occasion else None,
        )  # fmt: skip
        span = Span(
            text=quote.text, start=quote.start, end=quote.end, rule=quote.rule,
            confidence=quote.confidence,
        )  # fmt: skip
        self._span(span, "quote.text", number)
        self._span(quote.speaker_text, "quote.speaker", number)
        self._span(quote.cue, "quote.cue", number)
        self._span(quote.occasion, "quote.occasion", number)
        if quote.date is not None:
            self._date(quote.date, "quote.date", 0, number)


def _name_span(person: Person) -> Span | None:
    """Where the name stands: in the first mention that holds it."""
    for mention in person.mentions:
        at = mention.text.find(person.name)
        if at >= 0:
            start = mention.start + at
            return Span(
                text=person.name, start=start, end=start + len(person.name), rule=mention.rule,
                confidence=mention.confidence,
            )  # fmt: skip
    return None
