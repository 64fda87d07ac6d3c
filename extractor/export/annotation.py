"""A record as marks and relations on its text, and such marks back as an annotated release (gold).

This is the neutral form between a Record and the annotation tools of :mod:`extractor.export.tools`.
Offsets are those of ``record.text``, so ``text[start:end]`` gives the marked words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.record import Event, Record, Span

LABELS = (
    "EVENT", "ORGANIZER", "THEME", "OCCASION", "DATE", "VENUE", "PERSON", "ROLE", "DIRECT",
    "REPORTED", "CUE", "SPEAKER",
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """``text[start:end]`` has this label; ``id`` is its name within one document."""

    id: str
    start: int
    end: int
    label: str
    score: float = 1.0


@dataclass(frozen=True)
class Relation:
    """From one mark to another: ``same`` person, ``role`` of a person, ``speaker`` or ``cue`` of a
    quotation."""

    start: str
    end: str
    label: str


@dataclass(frozen=True)
class Annotation:
    """One document with its marks; ``meta`` holds what has no place in the text: ids, ISO dates."""

    text: str
    marks: tuple[Mark, ...]
    relations: tuple[Relation, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)


class _Marks:
    """Marks in order, one a place and label."""

    def __init__(self) -> None:
        self.every: dict[tuple[int, int, str], Mark] = {}

    def add(self, start: int, end: int, label: str, score: float) -> Mark:
        key = (start, end, label)
        return self.every.setdefault(key, Mark(f"m{len(self.every)}", start, end, label, score))

    def span(self, span: Span, label: str) -> Mark:
        return self.add(span.start, span.end, label, span.confidence)


def annotation_of(record: Record) -> Annotation:
    """The main event, people and quotes of a record as marks and relations."""
    marks = _Marks()
    relations: list[Relation] = []
    meta: dict[str, Any] = {
        "id": record.id,
        "path": record.source.path,
        "published": record.source.published,
        "repeated": [[one.duplicate_of, one.paragraph] for one in record.removed],
    }
    for event in record.events:
        if event.main:
            meta |= _event(event, marks)
    first: dict[str, Mark] = {}
    for person in record.people:
        for number, mention in enumerate(person.mentions):
            mark = marks.span(mention, "PERSON")
            if person.id in first and first[person.id] is not mark:
                relations.append(Relation(mark.id, first[person.id].id, "same"))
            first.setdefault(person.id, mark)
            if not number and person.role is not None:
                relations.append(Relation(mark.id, marks.span(person.role, "ROLE").id, "role"))
    for quote in record.quotes:
        label = "DIRECT" if quote.kind == "direct" else "REPORTED"
        mark = marks.add(quote.start, quote.end, label, quote.confidence)
        if quote.speaker in first:
            relations.append(Relation(mark.id, first[quote.speaker].id, "speaker"))
        elif quote.speaker_text is not None:
            said_by = marks.span(quote.speaker_text, "SPEAKER")
            relations.append(Relation(mark.id, said_by.id, "speaker"))
        if quote.cue is not None:
            relations.append(Relation(mark.id, marks.span(quote.cue, "CUE").id, "cue"))
    names = {person.id: person.name for person in record.people}
    meta["names"] = {mark.id: names[person] for person, mark in first.items()}
    return Annotation(record.text, tuple(marks.every.values()), tuple(relations), meta)


def _event(event: Event, marks: _Marks) -> dict[str, Any]:
    marks.span(event.name, "EVENT")
    for organizer in event.organizers:
        marks.span(organizer, "ORGANIZER")
    for span, label in ((event.theme, "THEME"), (event.occasion, "OCCASION")):
        if span is not None:
            marks.span(span, label)
    meta: dict[str, Any] = {"type": event.type}
    if event.date is not None:
        one = event.date
        marks.add(one.start_offset, one.end_offset, "DATE", one.confidence)
        if one.start is not None:
            meta["date"] = {"start": one.start, "end": one.end, "time": one.time_start}
    if event.venue is not None:
        marks.add(event.venue.start, event.venue.end, "VENUE", event.venue.confidence)
    return meta


def gold_of(annotation: Annotation, name: str) -> dict[str, Any]:
    """The annotated release ``NAME.json`` of reviewed marks; the text belongs into ``NAME.txt``.

    Persons are PERSON marks, joined by ``same``; the longest form is the name unless ``meta`` keeps
    one; roles and speakers come from the relations.
    """
    words = {mark.id: annotation.text[mark.start : mark.end] for mark in annotation.marks}
    of = {mark.id: mark for mark in annotation.marks}
    same = {r.start: r.end for r in annotation.relations if r.label == "same"}
    linked = {(r.start, r.label): r.end for r in annotation.relations if r.label != "same"}
    kept = annotation.meta.get("names") or {}

    def root(mark: str) -> str:
        seen = set()
        while mark in same and mark not in seen:
            seen.add(mark)
            mark = same[mark]
        return mark

    groups: dict[str, list[str]] = {}
    for mark in annotation.marks:
        if mark.label == "PERSON":
            groups.setdefault(root(mark.id), []).append(mark.id)
    people, called = [], {}
    for first, members in groups.items():
        forms = list(dict.fromkeys(words[member] for member in members))
        called[first] = kept.get(first) or max(forms, key=len)
        roles = [linked[m, "role"] for m in [first, *members] if (m, "role") in linked]
        people.append(
            {
                "name": called[first],
                "aliases": [form for form in forms if form != called[first]],
                "role": words[roles[0]] if roles else None,
            }
        )

    def speaker(quote: str) -> str | None:
        target = linked.get((quote, "speaker"))
        if target is None or target not in of:
            return None
        return called.get(root(target), words[target])

    events = [words[m.id] for m in annotation.marks if m.label == "EVENT"]
    meta = annotation.meta
    return {
        "id": name,
        "url": "",
        "query": "",
        "published": meta.get("published"),
        "repeated_paragraphs": meta.get("repeated") or [],
        "event": {
            "names": events,
            "type": meta.get("type") or "",
            "organizers": [words[m.id] for m in annotation.marks if m.label == "ORGANIZER"],
        }
        if events
        else None,
        "date": meta.get("date"),
        "venues": [words[m.id] for m in annotation.marks if m.label == "VENUE"] or None,
        "people": people,
        "quotes": [
            {"kind": mark.label.lower(), "text": words[mark.id], "speaker": speaker(mark.id)}
            for mark in annotation.marks
            if mark.label in ("DIRECT", "REPORTED")
        ],
    }


def sorted_marks(annotation: Annotation) -> Iterator[Mark]:
    """The marks by their place, wider ones first."""
    yield from sorted(annotation.marks, key=lambda m: (m.start, -m.end))
