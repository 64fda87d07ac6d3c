"""Records as they come: JSON lines, files and folders of them, or standard input; each looked at
before it goes near the database."""

import hashlib
import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from extractor.errors import UsageError
from extractor.messages import _
from extractor.record import MASKED, Record, record_from_json

LONGEST_LINE = 64 * 1024 * 1024  # bytes of one record
DECISIONS = "rilis/decisions/1"  # of the line that says what people decided of a record
_DECISIONS = f'{{"schema": "{DECISIONS}"'.encode()
_BEGINNING = 200  # bytes of a line in which its schema is looked for
_LONGEST_NAME = 1_000  # bytes of what the indices hold: ids, places, names of rules
_LARGEST = 2**31  # PostgreSQL's integers end there
_BESIDE_READING = {"path", "uri", "site", "title", "published", "retrieved"}


@dataclass(frozen=True)
class Incoming:
    """A record that may go in; ``place`` tells where it came from, ``reading_hash`` is equal
    where everything but its source is."""

    place: str
    record: Record
    reading_hash: str


@dataclass(frozen=True)
class Refused:
    """A row that may not go in, and why."""

    place: str
    reason: str


def incoming(inputs: Iterable[str | Path]) -> Iterator[Incoming | Refused]:
    """The records of files (``.jsonl``: one a line; ``.json``: one, or a list), folders of such
    files, or ``-``; in order, one at a time. Raises UsageError, at once, where a path leads
    nowhere."""
    return _read([file for given in inputs for file in _files(given)])


def _files(given: str | Path) -> list[Path | None]:
    """The files of an input; None is standard input."""
    if str(given) == "-":
        return [None]
    path = Path(given)
    if not path.is_dir():
        if path.exists():
            return [path]
        said = _("{path}: no such file; write records with rilis extract -o FILE")
        raise UsageError(said.format(path=path))
    found = sorted(p for p in path.rglob("*") if p.suffix in (".json", ".jsonl"))
    if not found:
        said = _("{path}: no .json or .jsonl file in this folder; rilis extract writes one")
        raise UsageError(said.format(path=path))
    return [*found]


def _read(files: Iterable[Path | None]) -> Iterator[Incoming | Refused]:
    for file in files:
        yield from _lines("-", sys.stdin.buffer) if file is None else _file(file)


def from_records(records: Iterable[Record]) -> Iterator[Incoming | Refused]:
    """Records that are in memory, looked at alike."""
    for record in records:
        yield looked_at(record.source.path or record.id, record)


def _file(path: Path) -> Iterator[Incoming | Refused]:
    try:
        if path.suffix == ".json":
            yield from _whole(path)
        else:
            with path.open("rb") as file:
                yield from _lines(str(path), file)
    except OSError as error:
        yield Refused(str(path), error.strerror or str(error))


def _lines(name: str, file: BinaryIO) -> Iterator[Incoming | Refused]:
    told = False
    for place, line in lines_of(name, file):
        if isinstance(line, str):
            yield Refused(place, line)
        elif not line.lstrip()[:_BEGINNING].startswith(_DECISIONS):
            yield parsed(place, line)
        elif not told:
            told = True
            said = _("decisions of people, here and perhaps below: rilis archive import takes them")
            yield Refused(place, said)


def lines_of(name: str, file: BinaryIO) -> Iterator[tuple[str, bytes | str]]:
    """(place, line) of the lines of a file that are not blank; (place, reason) of one too long."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield (
                place,
                _("the line is longer than {n} bytes; one record a line").format(n=LONGEST_LINE),
            )
        elif line.strip():
            yield place, line


def _whole(path: Path) -> Iterator[Incoming | Refused]:
    raw = path.read_bytes()
    if not raw.lstrip().startswith(b"["):
        yield parsed(str(path), raw)
        return
    try:
        members = json.loads(raw)
    except (ValueError, RecursionError) as error:
        yield Refused(str(path), _("no JSON: {reason}").format(reason=error))
        return
    for number, member in enumerate(members, 1):
        yield parsed(f"{path}:{number}", json.dumps(member).encode())


def parsed(place: str, line: bytes) -> Incoming | Refused:
    """A JSON line, looked at."""
    try:
        record = record_from_json(line)
    except ValidationError as error:
        return Refused(place, _fault(error))
    return looked_at(place, record)


def looked_at(place: str, record: Record) -> Incoming | Refused:
    """A record, with what the types cannot say: words where the offsets point, ids that exist."""
    try:
        read = record.model_dump_json(exclude={"source": _BESIDE_READING})
        beside = record.source.model_dump_json()
    except PydanticSerializationError:
        return Refused(place, _("holds half a surrogate pair, which is no character"))
    if ("\\u0000" in read or "\\u0000" in beside) and "\0" in _values(record):
        return Refused(place, _("holds a NUL character, which databases cannot keep"))
    reason = next(_wrong(record), None)
    if reason is not None:
        return Refused(place, reason)
    return Incoming(place, record, hashlib.sha256(read.encode()).hexdigest())


def _values(record: Record) -> str:
    """All texts of a record in one, whatever their depth; ``\\u0000`` written out stays that."""
    found: list[str] = []
    waiting: list[Any] = [record.model_dump()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list | tuple):
            waiting += value
    return "".join(found)


def _fault(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    first = faults[0]
    where = ".".join(str(part) for part in first["loc"])
    told = f"{where}: {first['msg']}" if where else first["msg"]
    said = _("no record of this version ({told}); extract it again with rilis extract")
    return said.format(told=told)


def _spans(record: Record) -> Iterator[tuple[str, int, int, str, str]]:
    """(field, start, end, words, rule) of all that points into the text."""
    for at, event in enumerate(record.events):
        named = {"name": event.name, "theme": event.theme, "occasion": event.occasion}
        groups = [one for one in event.participants if not isinstance(one, str)]
        for name, span in (
            *named.items(),
            *(("organizers", one) for one in event.organizers),
            *(("participants", one) for one in groups),
            ("venue", event.venue),
        ):
            if span is not None:
                yield f"events.{at}.{name}", span.start, span.end, span.text, span.rule
    for at, person in enumerate(record.people):
        for span in (person.role, *person.mentions):
            if span is not None:
                yield f"people.{at}", span.start, span.end, span.text, span.rule
    for at, quote in enumerate(record.quotes):
        for part in (quote, quote.speaker_text, quote.cue, quote.occasion):
            if part is not None:
                yield f"quotes.{at}", part.start, part.end, part.text, part.rule
    for name, span in (("credit", record.credit), ("dateline", record.dateline)):
        if span is not None:
            yield name, span.start, span.end, span.text, span.rule
    dates = [event.date for event in record.events] + [quote.date for quote in record.quotes]
    for date in (*dates, *record.dates):
        if date is not None:
            yield "dates", date.start_offset, date.end_offset, date.text, date.rule


def _wrong(record: Record) -> Iterator[str]:
    text = record.text
    if any(warning.code == MASKED for warning in record.warnings):
        yield _("names are struck out of it (█); only the archive that made it has the true text")
    for field, start, end, words, rule in _spans(record):
        if not 0 <= start < end <= len(text) or text[start:end] != words:
            said = _("{field}: the text at {start} to {end} is not {words!r}; extract it again")
            yield said.format(field=field, start=start, end=end, words=words[:60])
        if _too_long(rule):
            yield _("{field}: longer than {n} bytes").format(field="rule", n=_LONGEST_NAME)
    for field, span in (("credit", record.credit), ("dateline", record.dateline)):
        if span is not None and span.value is not None:
            yield _("{field}: the words are the value; it has no other").format(field=field)
    if any(span.value is not None for person in record.people for span in person.mentions):
        yield _("{field}: the words are the value; it has no other").format(field="mentions")
    ids = [person.id for person in record.people]
    if len(set(ids)) < len(ids):
        yield _("people: two have the same id")
    named = [one for event in record.events for one in event.participants if isinstance(one, str)]
    named += [quote.speaker for quote in record.quotes if quote.speaker is not None]
    for one in named:
        if one not in ids:
            yield _("{id}: nobody in people has this id").format(id=one)
    yield from _unfit(record)


def _too_long(value: str | None) -> bool:
    return value is not None and len(value.encode()) > _LONGEST_NAME


def _unfit(record: Record) -> Iterator[str]:
    """What no column can hold."""
    source = record.source
    short = {
        "id": record.id, "rules_version": record.rules_version, "source.uri": source.uri,
        "source.path": source.path, "source.site": source.site,
        "source.published": source.published, "source.sha256": source.sha256,
    }  # fmt: skip
    for event in record.events:
        short |= {"events.type": event.type, "events.class": event.event_class}
    dates = [event.date for event in record.events] + [quote.date for quote in record.quotes]
    for date in (*dates, *record.dates):
        if date is not None:
            short["dates.start"] = max(short.get("dates.start") or "", date.start or "", key=len)
    if not record.id:
        yield _("{field}: is empty").format(field="id")
    for field, value in short.items():
        if _too_long(value):
            yield _("{field}: longer than {n} bytes").format(field=field, n=_LONGEST_NAME)
    counts = [n for warning in record.warnings for n in (warning.start, warning.end)]
    for one in record.removed:
        counts += [one.paragraph, one.duplicate_of]
        if not math.isfinite(one.similarity):
            yield _("{field}: is no number").format(field="removed.similarity")
    if any(n is not None and abs(n) >= _LARGEST for n in counts):
        yield _("{field}: is too large").format(field="offsets")
