"""Linked data: schema.org in JSON-LD 1.1, each value's place as a W3C Web Annotation.

One graph. A release is a ``NewsArticle`` that holds its events, persons and quotations; the places
of all values follow as annotations (https://www.w3.org/TR/annotation-model/) of ``articleBody``,
with the rule, its confidence and what people decided. What schema.org has no term for stands under
``rilis:`` by its name in the record. The context is written out: no reader needs the network.

Offsets are code points from 0, as the model's TextPositionSelector asks. Days and months that are
not known are left out; a time without a zone stays without one.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from extractor.archive.exchange.exported import Exported, Owner
from extractor.archive.formats import plain
from extractor.archive.formats.jsonld_context import CONTEXT
from extractor.record import Event, EventDate, Person, Quote, Span, Venue

Node = dict[str, Any]

_AROUND = 32  # characters of prefix and suffix
# held and planned: schema.org's EventScheduled is both "is taking place" and "has taken place"
_STATUS = {
    "held": "EventScheduled", "planned": "EventScheduled", "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}  # fmt: skip
_MODE = {"onsite": "Offline", "online": "Online", "hybrid": "Mixed"}
_ADDRESS = {"street": "streetAddress", "city": "addressLocality", "province": "addressRegion"}
_IDENTIFIED = frozenset(  # fields whose words name a node of their own
    {"event.name", "event.venue", "event.organizer", "event.occasion", "event.theme",
     "person.mention", "quote.text", "quote.speaker", "quote.occasion"}
)  # fmt: skip


def write(releases: Iterable[Exported], stream: BinaryIO) -> int:
    """Write one JSON-LD document, an item of its graph a line; returns the number of releases."""
    stream.write(b'{"@context": ' + _json(CONTEXT) + b',\n"@graph": [')
    count, separator = 0, b"\n"
    for release in releases:
        for node in nodes(release):
            stream.write(separator + _json(node))
            separator = b",\n"
        count += 1
    stream.write(b"\n]}\n")
    return count


def nodes(release: Exported) -> Iterator[Node]:
    """The nodes of one release: its article, then the annotations."""
    writer = _Writer(release)
    yield writer.article()
    yield from writer.annotations


def moments(date: EventDate) -> tuple[str | None, str | None]:
    """Start and end of a date in ISO 8601, as exact as they are known; None where they are not."""
    start, end = plain.day(date.start), plain.day(date.end)
    if start is None or date.precision == "part":
        return None, None
    if date.precision != "day":
        length = 7 if date.precision == "month" else 4
        since, until = start.isoformat()[:length], (end or start).isoformat()[:length]
        return since, until if until > since else None
    offset = f"+{plain.ZONES[date.timezone][1]:02}:00" if date.timezone in plain.ZONES else ""
    first = _moment(start, plain.clock(date.time_start), offset)
    last = _moment(end, plain.clock(date.time_end), offset) if end else None
    # an hour before the beginning may be that of the next day: nobody said so
    later = last is not None and last > first[: len(last)]
    return first, last if later else None


def _moment(day: datetime.date, time: datetime.time | None, offset: str) -> str:
    return day.isoformat() + (f"T{time.isoformat()}{offset}" if time else "")


class _Writer:
    """The article of one release; ``annotations`` grow with each value that is written."""

    def __init__(self, release: Exported) -> None:
        self.release = release
        self.record = release.record
        self.id = plain.urn("release", self.record.id)
        self.text = plain.legible(self.record.text)
        self.people = {person.id: person for person in plain.named(self.record.people)}
        self.annotations: list[Node] = []

    def article(self) -> Node:
        record, source = self.record, self.record.source
        events = [self.event(at, event) for at, event in enumerate(record.events)]
        people = [self.person(person) for person in self.people.values()]
        quotes = [self.quote(at, quote) for at, quote in enumerate(record.quotes)]
        main = [node for node, event in zip(events, record.events, strict=True) if event.main]
        others = [node for node in events if node not in main]
        published = plain.day(source.published)
        page = plain.web_address(source.uri)
        dates = [self.date("release.date", None, at, d) for at, d in enumerate(record.dates)]
        article = {
            "@type": "NewsArticle", "@id": self.id, "identifier": record.id,
            "headline": self.release.headline, "inLanguage": "id",
            "datePublished": published.isoformat() if published else None,
            "dateline": self.words("release.dateline", None, record.dateline, self.id),
            "creditText": self.words("release.credit", None, record.credit, self.id),
            "url": page, "isBasedOn": page,
            "isPartOf": {"@type": "WebSite", "name": source.site} if source.site else None,
            "sdDatePublished": self.release.updated_at,
            "articleBody": self.text, "about": main, "mentions": [*others, *people],
            "hasPart": quotes, "rilis:date": dates, "rilis:rulesVersion": record.rules_version,
            "rilis:masked": True if self.release.masked else None,
            "rilis:warning": [one.message for one in record.warnings],
        }  # fmt: skip
        return _filled(article)

    def event(self, at: int, event: Event) -> Node:
        own = f"{self.id}#event-{at + 1}"
        start, end = moments(event.date) if event.date else (None, None)
        entity = self.release.events.get(at)
        attending = [one for one in event.participants if isinstance(one, str)]
        groups = [one for one in event.participants if isinstance(one, Span)]
        node = {
            "@type": "Event", "@id": own,
            "name": self.words("event.name", at, event.name, own),
            "additionalType": event.type, "rilis:class": event.event_class,
            "eventStatus": f"schema:{_STATUS[event.status]}", "rilis:status": event.status,
            "rilis:phase": event.phase, "startDate": start, "endDate": end,
            "rilis:date": self.date("event.date", at, at, event.date) if event.date else None,
            "location": self.place(at, event.venue, f"{own}-venue") if event.venue else None,
            "eventAttendanceMode": f"schema:{_MODE[event.venue.mode]}EventAttendanceMode"
            if event.venue else None,
            "organizer": [
                self.named("event.organizer", at, one, "Organization", f"{own}-organizer-{n}")
                for n, one in enumerate(event.organizers, 1)
            ],
            "about": self.named("event.theme", at, event.theme, "Thing", f"{own}-theme"),
            "superEvent": self.named("event.occasion", at, event.occasion, "Event",
                                     f"{own}-occasion"),
            "attendee": [{"@id": self.person_id(key)} for key in attending if key in self.people],
            "rilis:group": [self.words("event.participant", at, one, own) for one in groups],
            **_entity("event", entity),
        }  # fmt: skip
        return _filled(node)

    def place(self, at: int, venue: Venue, own: str) -> Node:
        self.words("event.venue", at, venue, own)
        node: Node = {"@type": "VirtualLocation" if venue.mode == "online" else "Place"}
        node |= {"@id": own, "name": venue.said}
        if venue.mode != "online":
            address = {_ADDRESS[k]: v for k, v in venue.parts.items() if k in _ADDRESS}
            node["address"] = {"@type": "PostalAddress", **address} if address else None
            node["additionalProperty"] = [
                {"@type": "PropertyValue", "name": name, "value": value}
                for name, value in venue.parts.items()
                if name not in _ADDRESS
            ]
        return _filled(node)

    def person(self, person: Person) -> Node:
        own = self.person_id(person.id)
        for mention in person.mentions:
            self.words("person.mention", person.id, mention, own)
        before, after, elsewhere = self.honorifics(person)
        names = dict.fromkeys([*filter(None, [person.full_name]), *person.aliases])
        node = {
            "@type": "Person", "@id": own, "name": person.name,
            "alternateName": [name for name in names if name != person.name],
            "honorificPrefix": before, "honorificSuffix": after, "rilis:title": elsewhere,
            "jobTitle": self.words("person.role", person.id, person.role, own),
            "affiliation": {"@type": "Organization", "name": person.organization}
            if person.organization else None,
            "rilis:fullNameSource": person.full_name_source,
            "rilis:pseudonym": True if person.pseudonym else None,
            **_entity("person", self.release.persons.get(person.id)),
        }  # fmt: skip
        return _filled(node)

    def honorifics(self, person: Person) -> tuple[list[str], list[str], list[str]]:
        """Titles that stand before the name, those that follow it, and those of which the text
        tells neither."""
        before: set[str] = set()
        after: set[str] = set()
        for one in person.mentions:
            if one.text in person.name:
                ahead = self.record.text[max(0, one.start - 80) : one.start]
                before |= _beside(ahead, person.titles, True)
                behind = self.record.text[one.end : one.end + 80]
                after |= _beside(behind, person.titles, False)
        elsewhere = [one for one in person.titles if one not in before | after]
        return (
            [one for one in person.titles if one in before],
            [one for one in person.titles if one in after - before],
            elsewhere,
        )

    def quote(self, at: int, quote: Quote) -> Node:
        own = f"{self.id}#quote-{at + 1}"
        speaker = {"@id": self.person_id(quote.speaker)} if quote.speaker in self.people else None
        words = None  # of the speaker; those of one who is not shown are not pointed at
        if quote.speaker is None or speaker:
            named = speaker["@id"] if speaker else own
            words = self.words("quote.speaker", at, quote.speaker_text, named)
        reader = quote.delivered_by
        day = plain.day(quote.date.start) if quote.date and quote.date.precision == "day" else None
        self.words("quote.text", at, quote, own)
        node = {
            "@type": "Quotation", "@id": own, "text": quote.text, "isPartOf": {"@id": self.id},
            "spokenByCharacter": speaker, "creator": speaker if quote.kind == "direct" else None,
            "creditText": words, "dateCreated": day.isoformat() if day else None,
            "recordedAt": self.named("quote.occasion", at, quote.occasion, "Event",
                                     f"{own}-occasion"),
            "rilis:kind": quote.kind,
            "rilis:cue": self.words("quote.cue", at, quote.cue, own),
            "rilis:date": self.date("quote.date", at, at, quote.date) if quote.date else None,
            "rilis:deliveredBy": {"@id": self.person_id(reader)} if reader in self.people
            else None if any(reader == one.id for one in self.record.people) else reader,
        }  # fmt: skip
        return _filled(node)

    def date(self, field: str, owner: Owner, number: int, date: EventDate) -> Node:
        """A date as the record has it: its words, days, times and how they were known."""
        own = f"{self.id}#{field.replace('.', '-')}-{number + 1}"
        self.note(field, owner, (date.start_offset, date.end_offset), date.rule, date.confidence,
                  own)  # fmt: skip
        said = {
            "start": date.start, "end": date.end, "timeStart": date.time_start,
            "timeEnd": date.time_end, "timezone": date.timezone, "precision": date.precision,
            "yearSource": date.year_source, "repair": date.repair,
        }  # fmt: skip
        node = {"@type": "rilis:Date", "@id": own, "name": date.text}
        return _filled(node | {f"rilis:{name}": value for name, value in said.items()})

    def person_id(self, key: str | None) -> str:
        return f"{self.id}#person-{plain.urn('', key or '').rpartition(':')[2]}"

    def named(
        self, field: str, owner: Owner, span: Span | None, kind: str, own: str
    ) -> Node | None:
        """A node of which no more is known than its name."""
        if span is None:
            return None
        return {"@type": kind, "@id": own, "name": self.words(field, owner, span, own)}

    def words(self, field: str, owner: Owner, span: Span | Venue | Quote | None, of: str) -> Any:
        """The value in force; its words are annotated as telling of the node ``of``."""
        if span is None:
            return None
        self.note(field, owner, (span.start, span.end), span.rule, span.confidence, of)
        return span.text if isinstance(span, Quote) else span.said

    def note(
        self, field: str, owner: Owner, at: tuple[int, int], rule: str, confidence: float, of: str
    ) -> None:
        start, end = at
        decision = self.release.decision(field, owner, start)
        software = _rule(self.record.rules_version, rule)
        node = {
            "id": f"{self.id}#annotation-{len(self.annotations) + 1}", "type": "Annotation",
            "motivation": "identifying" if field in _IDENTIFIED else "describing", "body": of,
            "target": {
                "source": self.id,
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {
                        "type": "TextQuoteSelector", "exact": self.text[start:end],
                        "prefix": self.text[max(0, start - _AROUND) : start],
                        "suffix": self.text[end : end + _AROUND],
                    },
                ],
            },
            "generator": {"id": software, "type": "Software"},
            "rilis:field": field, "rilis:rule": rule, "rilis:confidence": confidence,
            "rilis:state": decision.state, "rilis:reviewer": decision.reviewer,
            "rilis:reviewedAt": decision.reviewed_at,
        }  # fmt: skip
        self.annotations.append({name: one for name, one in node.items() if one is not None})


def _beside(words: str, titles: Iterable[str], ahead: bool) -> set[str]:
    """The titles at the end of the words ahead of a name, or at the beginning of those behind it,
    one beside the other."""
    found: set[str] = set()
    known = sorted(filter(None, titles), key=len, reverse=True)
    while True:
        words = words.rstrip(" ,") if ahead else words.lstrip(" ,")
        for title in known:
            rest = words.removesuffix(title) if ahead else words.removeprefix(title)
            edge = rest[-1:] if ahead else rest[:1]
            if rest != words and not edge.isalnum():
                found.add(title)
                words = rest
                break
        else:
            return found


@lru_cache(maxsize=2_000)
def _rule(version: str, rule: str) -> str:
    return plain.urn("rule", f"{version}/{rule}")


def _entity(kind: str, entity: Any) -> Node:
    """The entity across releases; the same only where a person confirmed it."""
    if entity is None:
        return {}
    own = f"urn:rilis:{kind}:{entity.id}"
    said = {"@id": own, "name": entity.name, "rilis:score": entity.score}
    found = {"rilis:entity": said | {"rilis:state": entity.state}}
    return found | {"sameAs": own} if entity.state == "confirmed" else found


def _filled(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value is not None and value != []}


def _legible(value: Any) -> Any:
    if isinstance(value, str):
        return plain.legible(value)
    if isinstance(value, list):
        return [_legible(one) for one in value]
    if isinstance(value, dict):
        return {name: _legible(one) for name, one in value.items()}
    return value


def _json(node: Node) -> bytes:
    written = json.dumps(node, ensure_ascii=False)
    if "\\u" in written or plain.legible(written) != written:  # hardly ever
        written = json.dumps(_legible(node), ensure_ascii=False)
    return written.encode()
