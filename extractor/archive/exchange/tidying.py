"""Rows of the archive as rows of the tidy tables, and back.

In the archive rows point at each other by numbers, which differ from archive to archive; in tidy
tables by keys that hold anywhere. Rows of a release come in one order, whatever their numbers:
``tidy(untidy(rows)) == rows``.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from extractor.archive import schema
from extractor.archive.exchange.exported import Entity, Exported, places_of
from extractor.archive.exchange.tidy import TABLES
from extractor.archive.fields import OWNERS
from extractor.archive.intake.rows import Reading, Row, folded, headline_of, office_of, to_json
from extractor.archive.records import Stored
from extractor.record import Record, text_version

Tidy = dict[str, list[Row]]
_FIELD_ORDER = {name: place for place, name in enumerate(schema.FIELDS)}
ITEMS = {"events": "event", "people": "person", "quotes": "quote"}
KEYS = {**ITEMS, "spans": "span", "reviews": "review"}  # tables whose rows others point at
OFFICES = {"people": "organization", "roles": "organization", "organizers": "name"}
_WORDS = ("dates", "words")  # those of its span
DECIDED = ("before", "after", "current", "proposed")  # values as JSON


@dataclass
class Keys:
    """Numbers of rows and the keys that stand for them, by table of the archive."""

    of: dict[str, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    rules: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    offices: Mapping[int, str] = field(default_factory=dict)


def tidy(
    stored: Stored,
    reviews: Iterable[Row] = (),
    proposals: Iterable[Row] = (),
    offices: Mapping[int, str] | None = None,
    links: Iterable[Row] = (),
    masked: bool = False,
) -> Tidy:
    """The rows of a release by tidy table; spans of the text in force alone, and what hangs on
    them. ``offices``: keys by number, of those that decisions name; ``links``: to entities."""
    here = stored.version["id"]
    rows: dict[str, list[Row]] = {name: list(stored.rows[name]) for name in TABLES}
    for name in ("spans", "edits"):
        rows[name] = [row for row in rows[name] if row["version_id"] == here]
    rows["proposals"] = [row for row in proposals if row["version_id"] == here]
    rows["links"] = list(links)
    rows["reviews"] = sorted(reviews, key=lambda row: row["id"])
    rows["roles"] = [row for row in rows["roles"] if row["person_id"] is not None]
    keys = Keys(rules=stored.rules, offices=offices or {})
    for name in ("events", "quotes"):
        rows[name].sort(key=lambda row: (row["number"], row["id"]))
        keys.of[name] = {row["id"]: place for place, row in enumerate(rows[name], 1)}
    rows["people"].sort(key=lambda row: (row["number"], row["id"]))
    keys.of["people"] = {row["id"]: row["key"] for row in rows["people"]}
    keys.of["reviews"] = {row["id"]: place for place, row in enumerate(rows["reviews"], 1)}
    release = stored.release["key"]
    made: Tidy = {"releases": [_release(stored, masked)]}
    made["spans"] = _spans(rows["spans"], keys, release)
    words = {row["id"]: row["words"] for row in rows["spans"]}
    for name in TABLES:
        if name in made:
            continue
        numbers = keys.of[name]
        made[name] = [_row(name, row, keys, release, numbers) for row in rows[name]]
        if name == "dates":
            for row, one in zip(rows[name], made[name], strict=True):
                one["words"] = words.get(row["span_id"])
        if name != "reviews":
            made[name].sort(key=_order(name, list(keys.of["people"].values())))
    return made


def tables_of(one: Exported) -> Tidy:
    """The rows of a release as it may be shown."""
    if one.stored is not None:
        links = _links(one, one.stored)
        return tidy(one.stored, one.reviews, one.proposals, one.offices, links)
    made = stored_record(one.record, (one.added_at, one.updated_at))
    rows = tidy(made, links=_links(one, made), masked=True)
    for row in rows["spans"]:
        place = row["event"] or row["quote"]
        owner = row["person"] if place is None else place - 1
        row["state"] = one.decision(row["field"], owner, row["start"]).state
    return rows


def _links(one: Exported, stored: Stored) -> Iterator[Row]:
    """The links of a release's persons and events, with the numbers these have in ``stored``."""
    numbers = {(kind, place): item for (kind, item), place in places_of(stored).items()}
    linked: list[tuple[str, int | str, Entity]] = [
        *(("event", place, entity) for place, entity in one.events.items()),
        *(("person", key, entity) for key, entity in one.persons.items()),
    ]
    for kind, place, entity in linked:
        yield {
            "event_id": None, "person_id": None, f"{kind}_id": numbers[kind, place],
            "entity": entity.id, "entity_name": entity.name, "score": entity.score,
            "state": entity.state, "author": entity.author, "linked_at": entity.linked_at,
        }  # fmt: skip


def stored_record(record: Record, times: tuple[str, str], reading_hash: str = "") -> Stored:
    """A record as the rows it would be in an archive, with numbers of their own."""
    numbers = OwnNumbers()
    reading = Reading(record, 1, 1, numbers)
    source = record.source
    release = {
        "id": 1, "key": record.id, "headline": headline_of(record), "title": source.title,
        "published": source.published, "site": source.site, "uri": source.uri,
        "path": source.path, "retrieved": source.retrieved,
        "rules_version": record.rules_version, "reading_hash": reading_hash or None,
        "added_at": times[0], "updated_at": times[1],
    }  # fmt: skip
    digest = text_version(record.text)
    version = {
        "id": 1, "release_id": 1, "current": True, "draft_sha256": source.sha256,
        "text_sha256": digest, "text_hash": digest[:16], "text": record.text,
        "offsets": to_json(record.offsets), "retrieved": source.retrieved, "added_at": times[0],
    }  # fmt: skip
    rules = {number: name for name, number in numbers.rules.items()}
    return Stored(release, version, reading.rows, rules)


class OwnNumbers:
    """Numbers for the rows of one release alone, outside of any archive."""

    def __init__(self) -> None:
        """Begin at 1."""
        self.last: dict[str, int] = defaultdict(int)
        self.rules: dict[tuple[str, str], int] = {}
        self.offices: dict[str, int] = {}

    def new(self, table: str) -> int:
        """The next number of a table."""
        self.last[table] += 1
        return self.last[table]

    def rule(self, name: str, rules_version: str) -> int:
        """The number of a rule in its version."""
        return self.rules.setdefault((name, rules_version), len(self.rules) + 1)

    def office(self, name: str) -> int:
        """The number of an office."""
        return self.offices.setdefault(folded(name), len(self.offices) + 1)


def _release(stored: Stored, masked: bool) -> Row:
    row, version = stored.release, stored.version
    made = {
        column.name: row.get(column.column, version.get(column.column))
        for column in TABLES["releases"]
    }
    return made | {"release": row["key"], "masked": masked}


def _spans(rows: list[Row], keys: Keys, release: str) -> list[Row]:
    """Spans in order, with their keys: those that share one are told apart by a number."""
    made: list[tuple[int, Row]] = []
    for row in rows:
        made.append((row["id"], _row("spans", row, keys, release, {})))
    order = _order("spans", list(keys.of["people"].values()))
    made.sort(key=lambda one: order(one[1]))
    seen: dict[str, int] = defaultdict(int)
    for number, row in made:
        owner = next((row[name] for name in OWNERS if row[name] is not None), "")
        key = f"{row['field']}:{owner}:{row['position']}"
        seen[key] += 1
        row["span"] = key if seen[key] == 1 else f"{key}:{seen[key]}"
        keys.of["spans"][number] = row["span"]
    return [row for _number, row in made]


def _row(name: str, row: Row, keys: Keys, release: str, numbers: Mapping[int, Any]) -> Row:
    own = KEYS.get(name)
    made: Row = {}
    for column in TABLES[name]:
        if column.name == "release":
            made["release"] = release
        elif column.name == own and numbers:
            made[own] = numbers[row["id"]]
        elif column.ref == "rules":
            made[column.name] = keys.rules[row["rule_id"]][column.name == "rules_version"]
        elif column.ref is not None:
            made[column.name] = keys.of[column.ref].get(row[column.column])
        elif column.name in DECIDED:
            made[column.name] = _value(row[column.name], keys)
        elif column.column in row:
            made[column.name] = row[column.column]
        else:
            made[column.name] = None
    return made


def _value(told: str | None, keys: Keys) -> str | None:
    """A value as decisions keep it, with names in the place of numbers."""
    if told is None:
        return None
    value = json.loads(told)
    if not isinstance(value, dict):
        return told
    if value.get("person_id") is not None:
        value["person_id"] = keys.of["people"].get(value["person_id"])
    if value.get("office_id") is not None:
        value["office_id"] = keys.offices.get(value["office_id"])
    return to_json(value)


def order_of(name: str, tables: Tidy) -> Callable[[Row], tuple[Any, ...]]:
    """The key by which to sort a table's rows in a release; those that are alike in it stay as
    they are. Of ``tables`` only the people matter."""
    people = sorted(tables["people"], key=lambda row: row["number"])
    return _order(name, [row["person"] for row in people])


def _order(name: str, people: list[Any]) -> Callable[[Row], tuple[Any, ...]]:
    """By what they belong to, then by place."""
    ranks = {key: place for place, key in enumerate(people, 1)}

    def key(row: Row) -> tuple[Any, ...]:
        if name in ITEMS:
            return (row["number"],)
        if name == "reviews":
            return (row["review"],)
        owner = (row.get("event") or 0, ranks.get(row.get("person"), 0), row.get("quote") or 0)
        place = row.get("position", row.get("number", 0))
        if name == "participants":
            return (owner[0], place)
        return (_FIELD_ORDER.get(row.get("field", ""), 0), *owner, place)

    return key


class Allocator(Protocol):
    """Gives out numbers, as :class:`extractor.archive.bulk.Numbers` does."""

    def new(self, table: str) -> int:
        """A number for a new row."""

    def rule(self, name: str, rules_version: str) -> int:
        """The number of a rule in its version."""

    def office(self, name: str) -> int:
        """The number of an office."""


class Unknown(Exception):
    """A row points at what is not there: the tidy table, its row, and the column."""

    def __init__(self, table: str, row: Row, column: str) -> None:
        self.table, self.row, self.column = table, row, column
        super().__init__(f"{table}: {column} {row[column]!r}")


def untidy(rows: Tidy, numbers: Allocator) -> Stored:
    """The rows of a release as the archive has them, with the numbers it gives.

    Reviews, proposals and links stand beside the rest. Raises Unknown where a row points at what
    is not there.
    """
    release = rows["releases"][0]
    release_id, version_id = numbers.new("releases"), numbers.new("versions")
    digest = text_version(release["text"])
    of_release = {
        column.column: release[column.name]
        for column in TABLES["releases"]
        if column.name not in ("release", "draft_sha256", "text", "offsets", "masked")
    }
    stored = Stored(
        {**of_release, "id": release_id, "key": release["release"]},
        {
            "id": version_id, "release_id": release_id, "current": True,
            "draft_sha256": release["draft_sha256"], "text_sha256": digest,
            "text_hash": digest[:16], "text": release["text"], "offsets": release["offsets"],
            "retrieved": release["retrieved"], "added_at": release["added_at"],
        },
    )  # fmt: skip
    ids: dict[str, dict[Any, int]] = {
        name: {row[key]: numbers.new(name) for row in rows[name]} for name, key in KEYS.items()
    }
    for name in TABLES:
        for row in rows[name] if name != "releases" else ():
            made = _made(name, row, ids, numbers)
            if name in ("spans", "edits", "proposals"):
                made["version_id"] = version_id
            if name not in ("spans", "edits", "links"):
                made["release_id"] = release_id
            if name == "spans":
                made["text_hash"] = stored.version["text_hash"]
            if "rule_id" in made:
                stored.rules[made["rule_id"]] = row["rule"], row["rules_version"]
            stored.rows[name].append(made)
    return stored


def _made(name: str, row: Row, ids: dict[str, dict[Any, int]], numbers: Allocator) -> Row:
    own = KEYS.get(name)
    made: Row = {} if name == "links" else {"id": ids[name][row[own]] if own else numbers.new(name)}
    for column in TABLES[name]:
        value = row[column.name]
        if column.name == "release" or column.name == own or (name, column.name) == _WORDS:
            continue
        if column.ref == "rules":
            made["rule_id"] = numbers.rule(row["rule"], row["rules_version"])
        elif column.ref is not None and value is not None:
            if value not in ids[column.ref]:
                raise Unknown(name, row, column.name)
            made[column.column] = ids[column.ref][value]
        elif column.name in DECIDED:
            made[column.column] = _number_of(value, ids, numbers)
        else:
            made[column.column] = value
    if name == "people":
        made["key"] = row["person"]
    if name in OFFICES:
        made["office_id"] = office_of(row[OFFICES[name]], numbers)
    if name == "roles":
        made["entity_id"] = None
    return made


def _number_of(told: str | None, ids: dict[str, dict[Any, int]], numbers: Allocator) -> str | None:
    """A value as decisions keep it in this archive."""
    value = None if told is None else json.loads(told)
    if not isinstance(value, dict):
        return told
    if value.get("person_id") is not None:
        value["person_id"] = ids["people"].get(value["person_id"])
    if value.get("office_id") is not None:
        value["office_id"] = office_of(str(value["office_id"]), numbers)
    return to_json(value)
