"""Events for calendars: iCalendar (RFC 5545), one component an event.

An event whose day is known is a ``VEVENT``; one of which no more than month, year or a part of
them is known belongs to no day of a calendar and is a ``VJOURNAL`` without a date, so that it is
not lost. Times stand in Indonesia's zones, or float where no zone is told. The words of each
value, with rule, confidence and decision, stand in ``X-RILIS-VALUE``, which calendars pass over.

``DTSTAMP`` is when the archive last changed the release, so that the same archive gives the same
bytes; ``UID`` stays that of the event of a release; ``REFID`` (RFC 9253) is equal for events that
are linked as one.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO
from zoneinfo import ZoneInfo

from icalendar import Component, Event, Journal, vText

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import plain
from extractor.messages import _
from extractor.record import Event as Told
from extractor.record import EventDate, Span

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:rilis:event")
# an event that is put off does not take place on the day that is known, nor is it off for good
_STATUS = {
    "held": "CONFIRMED", "planned": "TENTATIVE", "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}  # fmt: skip
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rilis//archive//EN", "CALSCALE:GREGORIAN")
# Indonesia has had these offsets, and no summer time, since 1964
_ZONE = (
    "BEGIN:VTIMEZONE", "TZID:{name}", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+{hours:02}00", "TZOFFSETTO:+{hours:02}00", "TZNAME:{short}", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def write(
    releases: Iterable[Exported], stream: BinaryIO, say: Callable[[str], None] | None = None
) -> int:
    """Write one calendar; returns the number of releases. ``say`` is told how many events have no
    day."""
    stream.write(_lines(_HEAD))
    for short, (name, hours) in plain.ZONES.items():
        stream.write(_lines(line.format(name=name, hours=hours, short=short) for line in _ZONE))
    count = dayless = 0
    for release in releases:
        for component in components(release):
            stream.write(component.to_ical(sorted=False))
            dayless += isinstance(component, Journal)
        count += 1
    stream.write(_lines(["END:VCALENDAR"]))
    if say is not None and dayless:
        said = _("events without a day: {n}; they are notes (VJOURNAL), in no day of the calendar")
        say(said.format(n=dayless))
    return count


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def components(release: Exported) -> Iterator[Component]:
    """The events of one release, as components."""
    for at, event in enumerate(release.record.events):
        day = days(event.date)
        component = Event() if day else Journal()
        own = uuid.uuid5(_NAMESPACE, f"{plain.legible(release.key)}/{at}")
        component.add("uid", str(own))
        component.add("dtstamp", plain.instant(release.updated_at))
        component.add("created", plain.instant(release.added_at))
        component.add("last-modified", plain.instant(release.updated_at))
        for name, when in zip(("dtstart", "dtend"), day or (), strict=False):
            if when is not None:
                component.add(name, when)
        _text(component, "summary", event.name.said)
        if day:
            component.add("status", _STATUS[event.status])
            component.add("transp", "TRANSPARENT")  # what was is no appointment of the reader's
            if event.venue is not None:
                _text(component, "location", event.venue.said)
        for organizer in event.organizers:
            _text(component, "contact", organizer.said)
        kinds = dict.fromkeys(filter(None, (event.type, event.event_class)))
        if kinds:
            component.add("categories", [plain.lines(kind) for kind in kinds])
        _text(component, "description", "\n".join(_description(release, event)))
        page = plain.web_address(release.uri)
        if page is not None:
            component.add("url", page)
        entity = release.events.get(at)
        if entity is not None:
            component.add("refid", vText(f"urn:rilis:event:{entity.id}"))
        _text(component, "x-rilis-release", release.key)
        _text(component, "x-rilis-status", event.status)
        _values(component, release, at, event)
        yield component


Moment = datetime.date | datetime.datetime


def days(date: EventDate | None) -> tuple[Moment, Moment | None] | None:
    """Begin and end for a calendar, the end excluded where it is a day; None where no day is known.

    Hours are given to events of one day alone: of a longer one nobody knows whether they are those
    of each day or those of the first and the last.
    """
    first = plain.day(date.start) if date else None
    if date is None or first is None or date.precision != "day":
        return None
    last = plain.day(date.end)
    begin, end = plain.clock(date.time_start), plain.clock(date.time_end)
    if begin is None or (last is not None and last != first):
        try:
            after = (max(last, first) if last else first) + datetime.timedelta(days=1)
        except OverflowError:  # the last day that datetime knows
            return first, None
        return first, after
    zone = ZoneInfo(plain.ZONES[date.timezone][0]) if date.timezone in plain.ZONES else None
    start = datetime.datetime.combine(first, begin, zone)
    # an hour before the beginning may be that of the next day: nobody said so
    later = end is not None and end > begin
    return start, datetime.datetime.combine(first, end, zone) if later and end else None


def _description(release: Exported, event: Told) -> Iterator[str]:
    """What is known of the event, in words of the release, and which release that is."""
    said: list[tuple[str, list[str]]] = [
        (_("Date"), [event.date.text] if event.date else []),
        (_("Theme"), _said(event.theme)),
        (_("Occasion"), _said(event.occasion)),
        (_("Participants"), _participants(release, event)),
        (_("Press release"), [release.headline]),
        (_("Published"), [release.published] if release.published else []),
    ]
    for label, values in said:
        if values:
            yield f"{label}: {'; '.join(map(plain.one_line, values))}"
    if event.status == "postponed":
        yield _("The release says that it is postponed.")


def _said(span: Span | None) -> list[str]:
    return [span.said] if span else []


def _participants(release: Exported, event: Told) -> list[str]:
    people = plain.named(release.record.people)
    names = {person.id: plain.shown_name(person) for person in people}
    keys = (one if isinstance(one, str) else "" for one in event.participants)
    groups = [one.said for one in event.participants if not isinstance(one, str)]
    return [*(names[key] for key in keys if key in names), *groups]


def _text(component: Component, name: str, text: str) -> None:
    component.add(name, vText(plain.lines(text)))


def _values(component: Component, release: Exported, at: int, event: Told) -> None:
    """The words of each value of the event, with where they stand, rule, confidence, decision."""
    values: list[tuple[str, str, int, int, str, float]] = []
    spans = [("name", event.name), ("venue", event.venue), ("theme", event.theme),
             ("occasion", event.occasion)]  # fmt: skip
    spans += [("organizer", one) for one in event.organizers]
    spans += [("participant", one) for one in event.participants if not isinstance(one, str)]
    for name, span in spans:
        if span is not None:
            values.append((name, span.text, span.start, span.end, span.rule, span.confidence))
    if event.date is not None:
        date = event.date
        where = (date.start_offset, date.end_offset)
        values.append(("date", date.text, *where, date.rule, date.confidence))
    for name, words, start, end, rule, confidence in values:
        decision = release.decision(f"event.{name}", at, start)
        text = vText(plain.lines(words))
        text.params["X-FIELD"] = f"event.{name}"
        text.params["X-START"], text.params["X-END"] = str(start), str(end)
        text.params["X-RULE"] = plain.one_line(rule).replace('"', "'")
        text.params["X-CONFIDENCE"] = f"{confidence:g}"
        text.params["X-STATE"] = decision.state
        component.add("x-rilis-value", text)
