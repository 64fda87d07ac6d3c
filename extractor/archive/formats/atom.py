"""Descriptions for AtoM (Access to Memory): its CSV template of archival descriptions by ISAD(G).

A release is an item; the items of a site and year are a subseries, the years of a site a series;
parents stand before their children, as AtoM demands. What the standard asks for and nobody told
(repository, access, appraisal …) is left to the archivist, and so is publishing: all are drafts.

Date, type and actor of an *event* are, in AtoM, those of the making of a record: here its
publication. What the release tells of stands in scope and content, and in the access points; each
value with its place, rule, confidence and decision in the archivist's note.

Columns that hold several values part them by ``|``, for which AtoM knows no escape: it becomes
``¦`` in a value. A cell that a spreadsheet would take for a formula begins with an apostrophe, and
a backslash before a quotation mark or at the end gets a blank behind it, as AtoM's reader would
take it for an escape.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import plain
from extractor.archive.formats.dublincore import places
from extractor.archive.risk.masking import BLOCK
from extractor.messages import _
from extractor.record import Event, EventDate, Quote, Span, Venue

# AtoM 2.10, lib/task/import/example/isad/example_information_objects_isad.csv
COLUMNS = (
    "legacyId", "parentId", "qubitParentSlug", "accessionNumber", "identifier", "title",
    "levelOfDescription", "extentAndMedium", "repository", "archivalHistory", "acquisition",
    "scopeAndContent", "appraisal", "accruals", "arrangement", "accessConditions",
    "reproductionConditions", "language", "script", "languageNote", "physicalCharacteristics",
    "findingAids", "locationOfOriginals", "locationOfCopies", "relatedUnitsOfDescription",
    "publicationNote", "digitalObjectPath", "digitalObjectURI", "generalNote",
    "subjectAccessPoints", "placeAccessPoints", "nameAccessPoints", "genreAccessPoints",
    "descriptionIdentifier", "institutionIdentifier", "rules", "descriptionStatus",
    "levelOfDetail", "revisionHistory", "languageOfDescription", "scriptOfDescription", "sources",
    "archivistNote", "publicationStatus", "physicalObjectName", "physicalObjectLocation",
    "physicalObjectType", "alternativeIdentifiers", "alternativeIdentifierLabels", "eventDates",
    "eventTypes", "eventStartDates", "eventEndDates", "eventActors", "eventActorHistories",
    "culture",
)  # fmt: skip
_TITLE = 1024  # bytes that AtoM takes
_CELL = 60_000  # bytes: AtoM keeps these texts in columns of 65,535
_FORMULA = re.compile(r"[=+\-@\t]")
_ESCAPE = re.compile(r'(\\+)(?="|$)')
_ALL = {
    "levelOfDetail": "Partial", "descriptionStatus": "Draft", "publicationStatus": "Draft",
    "rules": "ISAD(G)", "language": "id", "script": "Latn", "languageOfDescription": "id",
    "scriptOfDescription": "Latn", "culture": "id",
}  # fmt: skip

Row = dict[str, str]


def write(releases: Iterable[Exported], stream: BinaryIO) -> int:
    """Write one CSV file (UTF-8, ``\\n``); returns the number of releases. Sites and years are all
    that is remembered of those that were written."""
    stream.write(_line(COLUMNS))
    parents: set[str] = set()
    count = 0
    for release in releases:
        for row in (*_parents(release), _item(release)):
            if row["legacyId"] not in parents:
                stream.write(_line([_cell(row.get(name, "")) for name in COLUMNS]))
            if row["levelOfDescription"] != "Item":
                parents.add(row["legacyId"])
        count += 1
    return count


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _cell(text: str) -> str:
    """The text as a cell that AtoM, and a spreadsheet, take for what it is."""
    text = _cut(plain.lines(text).strip(), _CELL)
    if _FORMULA.match(text):
        text = f"'{text}"
    return _ESCAPE.sub(r"\1 ", text)


def _cut(text: str, size: int) -> str:
    """The text in so many bytes, cut between two characters."""
    data = text.encode()
    return text if len(data) <= size else data[: size - 3].decode(errors="ignore") + "…"


def _several(values: Iterable[str]) -> str:
    """A cell of several values, each once; what is struck out is none."""
    told = (plain.one_line(value).replace("|", "¦") for value in values if BLOCK not in value)
    return "|".join(dict.fromkeys(value for value in told if value))


def _parents(release: Exported) -> Iterator[Row]:
    """The series of the site, and the subseries of the year where it is known."""
    site = release.site
    shown = site if site and BLOCK not in site else None
    series = plain.urn("site", shown) if shown else "urn:rilis:site"
    title = _("Press releases of {site}").format(site=plain.one_line(shown)) if shown else None
    yield _ALL | {
        "legacyId": series, "identifier": series, "levelOfDescription": "Series",
        "title": title or _("Press releases of unknown sites"),
    }  # fmt: skip
    published = plain.day(release.published)
    if published is not None:
        year = f"{published.year:04}"
        title = _("Press releases of {year}").format(year=year)
        yield _ALL | {
            "legacyId": f"{series}/{year}", "parentId": series, "identifier": f"{series}/{year}",
            "levelOfDescription": "Subseries", "title": title, **_published(year, year),
        }  # fmt: skip


def _published(words: str, day: str) -> Row:
    """The publication, in the columns that AtoM reads side by side."""
    return {
        "eventDates": words, "eventTypes": "Publication", "eventStartDates": day,
        "eventEndDates": day,
    }  # fmt: skip


def _item(release: Exported) -> Row:
    record, source = release.record, release.record.source
    *_above, parent = _parents(release)
    published = plain.day(source.published)
    page = plain.web_address(source.uri)
    events = record.events
    venues = [event.venue for event in events if event.venue is not None]
    organizers = [one.said for event in events for one in event.organizers]
    row = _ALL | {
        "legacyId": plain.urn("release", release.key), "parentId": parent["legacyId"],
        "identifier": plain.one_line(release.key),
        "title": _cut(plain.one_line(release.headline).strip() or _("Press release"), _TITLE - 8),
        "levelOfDescription": "Item",
        "extentAndMedium": _("1 press release ({n} characters of text)").format(n=len(record.text)),
        "scopeAndContent": "\n".join(_scope(release)),
        "locationOfOriginals": page or "", "sources": page or "",
        "subjectAccessPoints": _several(
            kind for event in events for kind in (event.type, event.event_class) if kind
        ),
        "placeAccessPoints": _several(part for venue in venues for part in places(venue.parts)),
        "nameAccessPoints": _several(
            [*(person.name for person in plain.truly_named(record.people)), *organizers]
        ),
        "genreAccessPoints": _several([_("Press release")]),
        "revisionHistory": _("Added {added}, changed {changed}").format(
            added=release.added_at, changed=release.updated_at
        ),
        "archivistNote": "\n".join(_note(release)).replace("|", "¦"),
    }  # fmt: skip
    if published is not None:
        row |= _published(published.isoformat(), published.isoformat())
    return row


def _scope(release: Exported) -> Iterator[str]:
    """What the release tells of, a line each."""
    people = plain.named(release.record.people)
    names = {person.id: plain.shown_name(person) for person in people}
    for event in release.record.events:
        said = [
            (_("Event"), [event.name.said]),
            (_("Date"), [event.date.text] if event.date else []),
            (_("Venue"), [event.venue.said] if event.venue else []),
            (_("Organizer"), [one.said for one in event.organizers]),
            (_("Theme"), [event.theme.said] if event.theme else []),
            (_("Occasion"), [event.occasion.said] if event.occasion else []),
            (_("Participants"), list(_participants(event, names))),
        ]
        for label, values in said:
            if values:
                yield f"{label}: {'; '.join(map(plain.one_line, values))}"
    speakers = dict.fromkeys(quote.speaker for quote in release.record.quotes)
    spoken = [names[one] for one in speakers if one in names]
    if spoken:
        yield _("Speakers") + f": {'; '.join(map(plain.one_line, spoken))}"


def _participants(event: Event, names: dict[str, str]) -> Iterator[str]:
    for one in event.participants:
        if not isinstance(one, str):
            yield one.said
        elif one in names:
            yield names[one]


def _note(release: Exported) -> Iterator[str]:
    """Every value of the events, its place in the text, rule, confidence and decision."""
    yield _("Read by rilis, rules {version}").format(version=release.record.rules_version)
    for at, event in enumerate(release.record.events):
        values: list[tuple[str, Span | Venue | Quote | EventDate | None]] = [
            ("name", event.name), ("date", event.date), ("venue", event.venue),
            ("theme", event.theme), ("occasion", event.occasion),
        ]  # fmt: skip
        values += [("organizer", one) for one in event.organizers]
        for name, value in values:
            if value is None:
                continue
            start = value.start_offset if isinstance(value, EventDate) else value.start
            end = value.end_offset if isinstance(value, EventDate) else value.end
            decision = release.decision(f"event.{name}", at, start)
            by = f", {decision.reviewer} {decision.reviewed_at}" if decision.reviewer else ""
            yield (
                f"event.{name} {start}-{end} “{plain.one_line(value.text)}”:"
                f" {value.rule}, {value.confidence:g}, {decision.state}{by}"
            )
