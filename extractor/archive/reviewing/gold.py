"""Reviewed releases as annotated ones: what ``rilis evaluate`` measures against.

The text is the one the reviewers saw, repeated paragraphs already left out; the answer holds the
words as they stand in it, as the annotation guidelines of ``corpus/gold`` ask. A release that is
withheld, or in which a name is struck out, is never written.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.intake.rows import Row
from extractor.archive.keys import no_release
from extractor.archive.records import Stored, load, record_of
from extractor.archive.reviewing.addresses import COMPLETE, Address, address_of
from extractor.archive.reviewing.left_out import LeftOut
from extractor.archive.reviewing.looking import rows
from extractor.archive.risk.disclosure import public_records
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _
from extractor.record import Event, Record, text_version

# what the measure scores, of the main event, of persons, of quotes
SCORED = (
    "event.name", "event.date", "event.venue", "event.organizer", "person.name", "person.role",
    "quote.text", "quote.speaker",
)  # fmt: skip
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")


@dataclass(frozen=True)
class Annotation:
    """A release as an annotated one; ``unreviewed`` says what nobody has decided yet."""

    release: str  # its key in the archive
    text: str
    answer: dict[str, Any]  # but for "id"
    unreviewed: tuple[str, ...]


def annotations(
    store: Store, release: str | None = None, left_out: LeftOut | None = None
) -> Iterator[Annotation]:
    """Every release on which somebody decided something (or the one named), as an annotation, in
    the order they came in; withheld ones and those with withheld persons are left out, and counted
    in ``left_out``."""
    left_out = LeftOut() if left_out is None else left_out
    with store.read() as connection:
        for some in chunks(_touched(connection, release), 100):
            shown = {record.id: record for record in public_records(connection, some)}
            stored = load(connection, some)
            log = _log(connection, some)
            for number in some:
                record = record_of(stored[number])
                if shown.get(record.id) != record:
                    left_out.withheld += 1
                else:
                    missing = tuple(_unreviewed(stored[number], record, log.get(number, [])))
                    answer = answer_of(record, log.get(number, []))
                    yield Annotation(record.id, record.text, answer, missing)


def _touched(connection: Connection, release: str | None) -> list[int]:
    releases, reviews = schema.releases, schema.reviews
    query = select(releases.c.id).order_by(releases.c.id)
    if release is not None:
        query = query.where(releases.c.key == release)
    else:
        query = query.where(releases.c.id.in_(select(reviews.c.release_id).where(reviews.c.active)))
    found = list(connection.execute(query).scalars())
    if release is not None and not found:
        raise UsageError(no_release(release))
    return found


def _log(connection: Connection, releases: list[int]) -> dict[int, list[Row]]:
    """The decisions in force and the newer readings that wait, by release."""
    found: dict[int, list[Row]] = {}
    for table, wanted in (
        (schema.reviews, schema.reviews.c.active),
        (schema.proposals, schema.proposals.c.state == "open"),
    ):
        query = select(table).where(table.c.release_id.in_(releases), wanted)
        for row in rows(connection, query.order_by(table.c.id)):
            found.setdefault(row["release_id"], []).append(row)
    return found


def _unreviewed(stored: Stored, record: Record, log: list[Row]) -> Iterator[str]:
    """The scored fields on which nobody decided, or to which a newer reading waits."""
    decided = {address_of(row) for row in log if "action" in row}
    waiting = {address_of(row) for row in log if "proposed" in row}
    hidden = {
        (table, row["id"])
        for table in ("events", "people", "quotes")
        for row in stored.rows[table]
        if row["state"] == "rejected"
    }
    main = _main(stored)
    for row in stored.rows["spans"]:
        address = _at(row, stored.release["id"])
        if address.field not in SCORED or _owner(address) in hidden:
            continue
        if address.kind == "event" and address.owner != main:
            continue
        if row["version_id"] != stored.version["id"] and row["state"] != "rejected":
            if row["state"] != "unreviewed":
                yield _("{field}: its words stand in an earlier text").format(field=address)
        elif row["state"] == "unreviewed":
            yield str(address)
    spoken = {row["quote_id"] for row in stored.rows["spans"] if row["field"] == "quote.speaker"}
    for quote in stored.rows["quotes"]:
        address = Address("quote.speaker", quote["id"])
        wordless = quote["person_id"] is not None and quote["id"] not in spoken
        if wordless and address not in decided and ("quotes", quote["id"]) not in hidden:
            yield str(address)
    for address in sorted(one for one in waiting if one.field in SCORED):
        yield _("{field}: a newer reading waits").format(field=address)
    if Address(COMPLETE, stored.release["id"]) not in decided:
        yield COMPLETE


def _at(row: Row, release_id: int) -> Address:
    return address_of(row | {"release_id": release_id})


def _owner(address: Address) -> tuple[str, int]:
    return {"event": "events", "person": "people", "quote": "quotes"}[address.kind], address.owner


def _main(stored: Stored) -> int | None:
    """The event that is scored: the main one, else the first."""
    events = [row for row in stored.rows["events"] if row["state"] != "rejected"]
    events.sort(key=lambda row: (not row["main"], row["number"], row["id"]))
    return events[0]["id"] if events else None


def answer_of(record: Record, log: Iterable[Row] = ()) -> dict[str, Any]:
    """The answer for a record, as ``corpus/gold`` holds it, but for its id."""
    event = next((one for one in record.events if one.main), None)
    event = event or next(iter(record.events), None)
    reviews = [row for row in log if "action" in row]
    names = {person.id: person.name for person in record.people}
    people = []
    for person in record.people:
        told: dict[str, Any] = {
            "name": person.name, "aliases": list(person.aliases),
            "role": person.role.text if person.role else None,
        }  # fmt: skip
        people.append(told | ({"pseudonym": True} if person.pseudonym else {}))
    quotes = []
    for quote in record.quotes:
        words = quote.speaker_text.text if quote.speaker_text else None
        speaker = words if quote.speaker is None else names.get(quote.speaker, words)
        quotes.append({"kind": quote.kind, "text": quote.text, "speaker": speaker})
    return {
        "url": record.source.uri or "", "query": "", "sha256": text_version(record.text),
        "published": record.source.published, "repeated_paragraphs": [],
        "event": None if event is None else {
            "names": _forms(event.name.text, event.name.said), "type": event.type,
            "organizers": [one.text for one in event.organizers],
        },
        "date": None if event is None else _date(event),
        "venues": _forms(event.venue.text, event.venue.said) if event and event.venue else None,
        "people": people, "quotes": quotes, "reviewers": sorted({r["reviewer"] for r in reviews}),
        "reviewed_at": max((row["reviewed_at"] for row in reviews), default=None),
    }  # fmt: skip


def _forms(words: str, said: str) -> list[str]:
    return [words] if words == said else [words, said]


def _date(event: Event) -> dict[str, Any] | None:
    date = event.date
    if date is None or date.start is None:
        return None
    told = {"start": date.start, "end": date.end or date.start, "time": date.time_start}
    inferred = date.year_source not in ("written", "published")
    return told | ({"year_inferred": True} if inferred else {})


def write_annotation(folder: Path, name: str, one: Annotation) -> None:
    """``NAME.txt`` and ``NAME.json`` in a folder; raises UsageError where that cannot be."""
    answer: dict[str, Any] = {"id": name, **one.answer}
    if one.unreviewed:
        answer["unreviewed"] = list(one.unreviewed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_bytes(one.text.encode())
        told = json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_bytes(told.encode())
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from None


def file_name(key: str) -> str:
    """The name of a release's files: its key where that can be one, else a hash of it."""
    return key if _SAFE.match(key) else hashlib.sha256(key.encode()).hexdigest()[:16]


def numbered(first: str) -> Iterator[str]:
    """Names that count on from the first, such as h601, h602 …; raises UsageError."""
    found = re.fullmatch(r"([a-z]+)(\d{1,9})", first, re.ASCII)
    if found is None:
        raise UsageError(_("{first}: names count on from one like h601").format(first=repr(first)))
    letters, digits = found.groups()
    return (f"{letters}{number:0{len(digits)}}" for number in count(int(digits)))
