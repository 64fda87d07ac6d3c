"""What reviewers corrected, rejected and added, as examples for the rule files.

One file a kind of thing, to be laid over the shipped rules (``rilis rules check --rules FOLDER``):
``has`` names the value that must be found in a paragraph, ``has_not`` the one that must not. They
fail until somebody mends the rules; that is what they are for.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.fields import value_from_json
from extractor.archive.intake.rows import Row
from extractor.archive.records import records_of
from extractor.archive.reviewing.addresses import Address, address_of
from extractor.archive.reviewing.journal import changes_of
from extractor.archive.reviewing.left_out import LeftOut
from extractor.archive.reviewing.looking import rows
from extractor.archive.risk.disclosure import public_records
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _, printable

# the rule file that reads a field
FILES = {
    "event.name": "events", "event.theme": "events", "event.occasion": "events",
    "event.organizer": "events", "event.participant": "events", "event.venue": "venues",
    "event.date": "dates", "quote.date": "dates", "release.date": "dates",
    "person.name": "people", "person.role": "people", "person.mention": "people",
    "quote.text": "quotes", "quote.speaker": "quotes", "quote.cue": "quotes",
    "quote.occasion": "quotes", "release.credit": "paragraphs", "release.dateline": "paragraphs",
}  # fmt: skip
# columns of a value that the rules tell beside the words, by what an example calls them
_PARTS = {
    "event.name": {"type": "type", "event_class": "class", "phase": "phase", "status": "status"},
    "event.venue": {"mode": "mode"},
    "quote.text": {"kind": "kind"},
    "person.name": {"pseudonym": "pseudonym"},
}  # fmt: skip
_CHANGES = ("correct", "reject", "add", "take")
MARK = "# Written by rilis archive examples"
_LONGEST = 600  # characters of a paragraph that is shown whole
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+")


@dataclass(frozen=True)
class RuleExample:
    """One example: the file it is for, whether the value must be found, and where it is from."""

    file: str
    found: bool
    text: str
    value: str
    published: str | None
    expect: dict[str, Any] = field(default_factory=dict)
    origin: str = ""

    def plain(self) -> dict[str, Any]:
        """As it stands in a rule file."""
        said: dict[str, Any] = {"text": self.text, "value": self.value}
        if self.expect:
            said["expect"] = self.expect
        if self.published and self.file == "dates":
            said["published"] = self.published
        return said


def examples(
    store: Store, reviewer: str | None = None, left_out: LeftOut | None = None
) -> Iterator[RuleExample]:
    """An example for each correction, rejection and addition in force (of one reviewer, if named)
    that the rules can be shown; none of releases that are withheld or hold withheld names. The
    decisions that give none are counted in ``left_out``."""
    left_out = LeftOut() if left_out is None else left_out
    with store.read() as connection:
        reviews = schema.reviews
        query = (
            select(reviews.c.release_id)
            .where(reviews.c.active, reviews.c.action.in_(_CHANGES))
            .distinct()
            .order_by(reviews.c.release_id)
        )
        for some in chunks(connection.execute(query).scalars().all(), 100):
            yield from _of(connection, some, reviewer, left_out)


def _of(
    connection: Connection, releases: list[int], reviewer: str | None, left_out: LeftOut
) -> Iterator[RuleExample]:
    reviews, spans, versions = schema.reviews, schema.spans, schema.versions
    shown = {one.id: one for one in public_records(connection, releases)}
    public = {one.id for one in records_of(connection, releases) if shown.get(one.id) == one}
    keys = select(schema.releases).where(schema.releases.c.id.in_(releases))
    by_id = {row["id"]: row for row in rows(connection, keys)}
    query = select(reviews).where(
        reviews.c.active, reviews.c.release_id.in_(releases), reviews.c.action.in_(_CHANGES)
    )
    if reviewer is not None:
        query = query.where(reviews.c.reviewer == reviewer)
    for review in rows(connection, query.order_by(reviews.c.id)):
        release = by_id[review["release_id"]]
        if release["key"] not in public:
            left_out.withheld += 1
            continue
        here = select(spans, versions.c.text.label("whole")).join(
            versions, versions.c.id == spans.c.version_id
        )
        span = rows(connection, here.where(spans.c.id == review["span_id"]))
        made: list[RuleExample] = []
        if span and review["field"] in FILES:
            made += _shown(connection, review, span[0], release)
        yield from made
        left_out.unshown += not made


def _shown(connection: Connection, review: Row, span: Row, release: Row) -> Iterator[RuleExample]:
    """The examples that one decision gives."""
    address = address_of(review)
    before = value_from_json(review["before"])
    after = value_from_json(review["after"])
    origin = f"{address} of {release['key']}: {review['action']} by {review['reviewer']}"
    if review["rule"]:
        origin += f"; read by {review['rule']} ({review['confidence']:.2f})"
    if review["note"]:
        origin += f"; {review['note']}"

    def example(found: bool, words: Row, value: str | None, **expect: Any) -> RuleExample | None:
        text = around(span["whole"], words["start_offset"], words["end_offset"])
        if not value or (address.field not in _DATED and " ".join(value.split()) not in text):
            return None
        return RuleExample(
            FILES[address.field], found, text, " ".join(value.split()), release["published"],
            expect, origin,
        )  # fmt: skip

    made: list[RuleExample | None] = []
    first = _words_before(review, span)
    if after is not None:
        expect = _expected(address, before, after)
        same = first is not None and first["words"] == span["words"]
        value = _told(address, after, span["words"])
        if not same or expect or (address.field in _DATED and before != after):
            made.append(example(True, span, value, **expect))
    if before is not None and first is not None and _is_reading(connection, address):
        old = _told(address, before, first["words"])
        new = None if after is None else _told(address, after, span["words"])
        if old != new:
            made.append(example(False, first, old))
    yield from (one for one in made if one is not None)


_DATED = ("event.date", "quote.date", "release.date")


def _is_reading(connection: Connection, address: Address) -> bool:
    """Does rejecting the field say that the words were read wrongly? A day may be right though it
    is not the event's."""
    return address.field not in ("event.date", "quote.date", "quote.speaker", "event.participant")


def _words_before(review: Row, span: Row) -> Row | None:
    """The words that were read, and where; None where a person added the field."""
    if review["action"] == "add":
        return None
    moved = [
        old for name, _number, old, _new in changes_of(review["changes"])
        if name == "spans" and old is not None and "words" in old
    ]  # fmt: skip
    if moved and moved[0].get("version_id", span["version_id"]) != span["version_id"]:
        return None  # read in another text
    return span | moved[0] if moved else span


def _expected(address: Address, before: Row | None, after: Row) -> dict[str, Any]:
    """The parts beside the words that a person set otherwise."""
    parts = _PARTS.get(address.field, {})
    return {
        name: after[column]
        for column, name in parts.items()
        if before is not None and before[column] != after[column]
    }


def _told(address: Address, value: Row, words: str) -> str:
    """The value as ``rilis rules try`` tells it: days of a date, a person's name, else words."""
    if address.field in _DATED:
        start, end = value["start_date"], value["end_date"]
        days = str(start) if start == end or end is None else f"{start}/{end}"
        times = "-".join(one for one in (value["time_start"], value["time_end"]) if one)
        return " ".join(one for one in (days, times, value["timezone"]) if one)
    return str(value["name"]) if address.field == "person.name" else words


def around(text: str, start: int, end: int) -> str:
    """The paragraph in which words stand, in one line; of a long one the sentences they touch."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > _LONGEST:
        cuts = [first, *(first + m.end() for m in _SENTENCE_END.finditer(text[first:last])), last]
        first = max(cut for cut in cuts if cut <= start)
        last = min(cut for cut in cuts if cut >= end)
    return " ".join(text[first:last].split())


def write_examples(folder: Path, found: Iterator[RuleExample]) -> dict[str, int]:
    """Rule files with these examples in a folder; returns how many each holds.

    Files that this wrote earlier are written anew; raises UsageError on others, and where they
    cannot be written.
    """
    sides: dict[str, dict[str, list[RuleExample]]] = defaultdict(lambda: defaultdict(list))
    seen: set[str] = set()
    for one in found:
        key = json.dumps([one.file, one.found, one.plain()], ensure_ascii=False)
        if key not in seen:
            seen.add(key)
            sides[one.file]["has" if one.found else "has_not"].append(one)
    counts: dict[str, int] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(sides):
            path = folder / f"{name}.yaml"
            if path.exists() and not path.read_text(encoding="utf-8").startswith(MARK):
                said = _("{path}: is a file of your own; name another folder")
                raise UsageError(said.format(path=path))
            lines = [MARK]
            for side in sorted(sides[name]):
                lines.append(f"{side}:")
                for one in sides[name][side]:
                    lines.append(f"  # {printable(one.origin)}")
                    told = yaml.safe_dump([one.plain()], allow_unicode=True, sort_keys=False)
                    lines += [f"  {line}" for line in told.splitlines()]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            counts[path.name] = sum(map(len, sides[name].values()))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{folder}: {getattr(error, 'strerror', None) or error}") from None
    return counts
