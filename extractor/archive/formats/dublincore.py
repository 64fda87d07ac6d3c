"""Dublin Core: each release an ``oai_dc:dc`` record, as OAI-PMH has it, in one ``records`` element.

The fifteen elements of unqualified Dublin Core (https://www.dublincore.org/specifications/dublin-core/dces/),
in the order of their list. Rights are left out: nobody told them. The publisher is the site; the
creator is the release's own credit line, where there is one. A date of an event that is no day is
left out of the coverage.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import plain
from extractor.archive.risk.masking import BLOCK
from extractor.record import EventDate

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_NAMESPACES = {"oai_dc": OAI_DC, "dc": DC, "xsi": _XSI}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_IN_WORDS = frozenset({"title", "subject", "description"})  # of the release, thus in Indonesian


def write(releases: Iterable[Exported], stream: BinaryIO) -> int:
    """Write one XML document, a record after the other; returns the number of releases."""
    count = 0
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<records>\n')
    for release in releases:
        stream.write(etree.tostring(record(release), encoding="UTF-8", xml_declaration=False))
        stream.write(b"\n")
        count += 1
    stream.write(b"</records>\n")
    return count


def record(release: Exported) -> etree._Element:
    """The ``oai_dc:dc`` element of one release."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=_NAMESPACES)
    root.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    root.text = "\n  "
    told = set()
    for name, value in elements(release):
        text = plain.one_line(value)
        if not text or (name, text) in told:
            continue
        told.add((name, text))
        element = etree.SubElement(root, f"{{{DC}}}{name}")
        element.text, element.tail = text, "\n  "
        if name in _IN_WORDS:
            element.set(_LANGUAGE, "id")
    if len(root):
        root[-1].tail = "\n"
    return root


def elements(release: Exported) -> Iterator[tuple[str, str]]:
    """Name and value of each element, in the order of Dublin Core's list."""
    shown, source = release.record, release.record.source
    page = plain.web_address(source.uri)
    speakers = {quote.speaker for quote in shown.quotes}
    yield "title", release.headline
    if shown.credit is not None and BLOCK not in shown.credit.said:
        yield "creator", shown.credit.said
    for event in shown.events:
        for kind in filter(None, (event.type, event.event_class)):
            yield "subject", kind
        if event.theme is not None:
            yield "subject", event.theme.said
        for organizer in event.organizers:
            yield "subject", organizer.said
    for event in shown.events:
        yield "description", event.name.said
    if source.site:
        yield "publisher", source.site
    for person in plain.truly_named(shown.people):
        if person.id in speakers:
            yield "contributor", person.name
    published = plain.day(source.published)
    if published is not None:
        yield "date", published.isoformat()
    yield "type", "Text"  # of the DCMI Type Vocabulary
    yield "identifier", plain.urn("release", release.key)
    if page is not None:
        yield "identifier", page
        yield "source", page
    yield "language", "id"
    for event in shown.events:
        if event.venue is not None:
            yield "coverage", event.venue.said
            yield from (("coverage", part) for part in places(event.venue.parts))
        if event.date is not None and (days := period(event.date)):
            yield "coverage", days


def places(parts: dict[str, str]) -> Iterator[str]:
    """The parts of a venue that are places on a map, the smallest first."""
    for name in ("village", "district", "city", "province"):
        if name in parts and BLOCK not in parts[name]:
            yield parts[name]


def period(date: EventDate) -> str | None:
    """A day, or days as a DCMI Period; None where no day is known."""
    first, last = plain.day(date.start), plain.day(date.end)
    if first is None or date.precision != "day":
        return None
    if last is None or last <= first:
        return first.isoformat()
    return f"start={first.isoformat()}; end={last.isoformat()}; scheme=W3C-DTF;"
