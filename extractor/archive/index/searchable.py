"""What the search looks in, made from the tables: words, stems, and the values facets count.

One row of ``search_documents`` for each release that may be shown, made of masked words alone, so
that a withheld name finds nothing and is in no facet. ``index`` makes the rows of some releases
anew; :func:`extractor.archive.risk.disclosure.refresh` calls it whenever anything of them changes.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, text

from extractor.archive import schema
from extractor.archive.bulk import chunks, select_rows, upsert_rows
from extractor.archive.index.indexing import Words, document_of, words_in, words_of
from extractor.archive.intake.rows import Row
from extractor.archive.risk.conditions import public_entity
from extractor.archive.risk.masking import Mask
from extractor.archive.risk.names_at_risk import rulebook

NUMBER_BITS = 40  # of a place; above them stands the day
EVERYWHERE = "00000"  # the code that all releases have
FACETS = (
    "type", "class", "status", "venue", "city", "organizer", "person", "speaker", "role", "office",
    "site", "month",
)  # fmt: skip
# Names by which persons are found besides the one that is shown; no facet
FORMS = {"person": "person forms", "speaker": "speaker forms"}
_ALL = (*FACETS, *FORMS.values())  # a field's place here is in the numbers of its values
FIELD_BITS = 4
_LONGEST = 300  # characters of a value
_LONGEST_FORMS = 600
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDTH = len(EVERYWHERE)
_WORDS_VERSIONS = select(schema.search_state.c.words_version)
MANY = 5_000  # releases; after so many new ones PostgreSQL counts its words anew


def place_of(day: str | None, release_id: int) -> int:
    """Where a release stands in the order of time; one without a day before all others."""
    return (ordinal(day) << NUMBER_BITS) | release_id


def ordinal(day: str | None) -> int:
    """The number of an ISO day; 0 where there is none."""
    try:
        return datetime.date.fromisoformat(day or "").toordinal()
    except ValueError:
        return 0


def day_of(place: int) -> str | None:
    """The ISO day of a place."""
    number = place >> NUMBER_BITS
    return datetime.date.fromordinal(number).isoformat() if number else None


def release_of(place: int) -> int:
    """The number of the release at a place."""
    return place & ((1 << NUMBER_BITS) - 1)


def code_of(number: int) -> str:
    """The code of a value: its number in base 36, five digits."""
    digits = ""
    for _digit in range(_WIDTH):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def words_now() -> Words:
    """The stems and spellings of the rules in force."""
    rules = rulebook()
    return words_in(rules["search"], rules["linking"])


def stale(connection: Connection) -> bool:
    """Was the index, or a part of it, made with other stems or spellings than are in force?"""
    made = set(connection.execute(_WORDS_VERSIONS).scalars())
    return bool(made - {words_now().version})


def index(
    connection: Connection, ids: Iterable[int], masks: Mapping[int, Mask], hidden: set[int]
) -> None:
    """Make the entries of these releases anew, names masked; those of ``hidden`` go."""
    words = words_now()
    state = schema.search_state
    if words.version not in connection.execute(select(state.c.words_version)).scalars().all():
        connection.execute(state.insert().values(words_version=words.version))
    documents = schema.search_documents
    for some in chunks(ids):
        shown = [number for number in some if number not in hidden]
        made = _Told(connection, shown, masks, words).documents()
        there = {
            row["release_id"]: row for row in select_rows(connection, documents, "release_id", some)
        }
        gone = [row for number, row in there.items() if row != made.get(number)]
        lost = there.keys() - made.keys()
        connection.execute(delete(documents).where(documents.c.release_id.in_(lost)))
        new = [row for number, row in made.items() if row != there.get(number)]
        new.sort(key=itemgetter("place"))  # SQLite writes its index once for all that come in order
        upsert_rows(connection, documents, new, ("release_id",))
        _forget(connection, _codes(gone) - _codes(made.values()))


def reindex(connection: Connection) -> None:
    """Nothing is known of the index any more; to be followed by a refresh of all releases."""
    for table in (schema.search_documents, schema.search_values, schema.search_state):
        connection.execute(delete(table))


def settle(connection: Connection) -> None:
    """After MANY new releases: put the index in order, and let PostgreSQL count words anew."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT gin_clean_pending_list('search_index_terms_vector')"))
        connection.execute(text("ANALYZE search_index, search_documents"))


def _codes(rows: Iterable[Row]) -> set[str]:
    return {code for row in rows for code in row["codes"].split(" ")} - {EVERYWHERE}


def _forget(connection: Connection, codes: set[str]) -> None:
    """Take away values that no release has any more: a withheld name is not kept."""
    if not codes:
        return
    values = schema.search_values
    if connection.dialect.name == "sqlite":
        used = text("SELECT 1 FROM search_index WHERE search_index MATCH :code LIMIT 1")
        form = "c_{}"
    else:
        used = text(
            "SELECT 1 FROM search_index WHERE terms_vector @@ CAST(:code AS tsquery) LIMIT 1"
        )
        form = "'c{}'"
    for some in chunks(sorted(codes)):
        idle = [
            int(code, 36)
            for code in some
            if connection.execute(used, {"code": form.format(code)}).first() is None
        ]
        connection.execute(delete(values).where(values.c.number.in_(idle)))


def found_by(field: str, value: str, words: Words) -> list[str]:
    """The words a value is found by: of a name in one spelling, of an office also those that its
    abbreviations stand for."""
    if field in FORMS:
        return list(words.sounds(value))
    said = words_of(value)
    if field in ("organizer", "role", "office"):
        said += words_of(" ".join(words.names.office(value)))
    return list(dict.fromkeys(said))


def field_number(name: str) -> int:
    """What the last bits of the numbers of a field's values are."""
    return _ALL.index(name)


class _Told:
    """What the tables tell of some releases."""

    def __init__(
        self,
        connection: Connection,
        ids: list[int],
        masks: Mapping[int, Mask],
        words: Words,
    ) -> None:
        self.connection = connection
        self.ids = ids
        self.masks = masks
        self.words = words
        self.values: dict[int, set[tuple[str, str]]] = {number: set() for number in ids}
        self.events: dict[int, list[Row]] = defaultdict(list)
        self.days: dict[int, str] = {}

    def documents(self) -> dict[int, Row]:
        """The rows of ``search_documents`` by release."""
        self._read_events()
        self._read_people()
        releases, versions = schema.releases, schema.versions
        told = (
            select(releases, versions.c.text)
            .join(versions, and_(versions.c.release_id == releases.c.id, versions.c.current))
            .where(releases.c.id.in_(self.ids))
        )
        rows = {row["id"]: row for row in self.connection.execute(told).mappings()}
        for number, row in rows.items():
            day = self.days[number] = self.days.get(number) or row["published"] or ""
            if ordinal(day):
                self._value(number, "month", day[:7])
            self._value(number, "site", row["site"])
        codes = self._codes()
        return {
            number: {
                "release_id": number, "place": place_of(self.days[number], number),
                "codes": " ".join([EVERYWHERE, *codes[number]]),
                **document_of(
                    self._shown(number, row["headline"]), self._shown(number, row["text"]),
                    self.words,
                ),
                "event_stems": " ".join(
                    self.words.stems(words_of(event["name"]))
                    for event in self.events.get(number, ())
                ),
            }
            for number, row in rows.items()
        }  # fmt: skip

    def _shown(self, number: int, said: str) -> str:
        return self.masks[number].text(said) if number in self.masks else said

    def _masked(self, number: int, said: str | None) -> bool:
        return number in self.masks and self.masks[number].names(said)

    def _value(self, number: int, field: str, value: str | None) -> None:
        if value and not self._masked(number, value):
            value = " ".join(value.split())[:_LONGEST]
            if value:
                self.values[number].add((field, value))

    def _rows(self, table: Any) -> list[Row]:
        rows = select_rows(self.connection, table, "release_id", self.ids)
        return [row for row in rows if row.get("state") != "rejected"]

    def _read_events(self) -> None:
        shown: set[int] = set()
        for event in sorted(
            self._rows(schema.events), key=lambda row: (not row["main"], row["number"], row["id"])
        ):
            number = event["release_id"]
            shown.add(event["id"])
            self._value(number, "type", event["type"])
            self._value(number, "class", event["event_class"])
            self._value(number, "status", event["status"])
            event["name"] = self._shown(number, event["name"])
            self.events[number].append(event)
        dates = {
            row["event_id"]: row["start_date"]
            for row in self._rows(schema.dates)
            if row["event_id"]
        }
        for number, events in self.events.items():
            days = (dates.get(event["id"]) for event in events)
            self.days[number] = next((day for day in days if day and ordinal(day)), "")
        for venue in self._rows(schema.venues):
            if venue["event_id"] in shown:
                self._value(venue["release_id"], "venue", venue["name"])
                self._value(venue["release_id"], "city", venue["city"])
        for organizer in self._rows(schema.organizers):
            if organizer["event_id"] in shown:
                self._value(organizer["release_id"], "organizer", organizer["name"])

    def _read_people(self) -> None:
        speakers = {row["person_id"] for row in self._rows(schema.quotes)}
        people = self._rows(schema.people)
        linked = self._linked()
        for person in people:
            number = person["release_id"]
            mask = self.masks.get(number)
            if mask is not None and mask.withholds(person["key"], person["name"]):
                continue
            names = [
                name
                for name in (
                    person["name"], person["full_name"], *json.loads(person["aliases"]),
                    *linked.get(person["id"], ()),
                )
                if name and not self._masked(number, name)
            ]  # fmt: skip
            for field in ("person", "speaker")[: 1 + (person["id"] in speakers)]:
                self._name(number, field, person["name"], names)
            self._value(number, "role", person["role"])
            self._value(number, "office", person["organization"])

    def _name(self, number: int, field: str, name: str, names: list[str]) -> None:
        """A person's name, and the words of all her names where they are more."""
        self._value(number, field, name)
        words = {word for one in names for word in self.words.sounds(one)}
        if not words <= set(self.words.sounds(name)):
            forms = " ".join(sorted(words))[:_LONGEST_FORMS]
            self.values[number].add((FORMS[field], forms))

    def _linked(self) -> dict[int, list[str]]:
        """The names of the persons across releases whom people here are linked to."""
        people, links, entities = schema.people, schema.person_links, schema.person_entities
        named = (
            select(links.c.person_id, entities.c.name, entities.c.full_name)
            .join(entities, entities.c.id == links.c.entity_id)
            .join(people, people.c.id == links.c.person_id)
            .where(
                people.c.release_id.in_(self.ids), links.c.state != "rejected", public_entity()
            )
        )  # fmt: skip
        found: dict[int, list[str]] = defaultdict(list)
        for row in self.connection.execute(named):
            found[row.person_id] += filter(None, (row.name, row.full_name))
        return found

    def _codes(self) -> dict[int, list[str]]:
        """The codes of the values by release; new values get numbers."""
        told = set().union(*self.values.values())
        table = schema.search_values
        known: dict[tuple[str, str], int] = {}
        said = sorted({value for _field, value in told})
        for row in select_rows(self.connection, table, "value", said):
            known[row["field"], row["value"]] = row["number"]
        new = sorted(told - known.keys())
        if new:
            last = self.connection.execute(select(func.max(table.c.number))).scalar_one() or 0
            first = (last >> FIELD_BITS) + 1
            known |= {
                (name, value): (number << FIELD_BITS) | field_number(name)
                for number, (name, value) in enumerate(new, first)
            }
            rows: list[Row] = [
                {
                    "number": known[key], "field": key[0], "value": key[1],
                    "words": f" {' '.join(found_by(*key, self.words))} ",
                }
                for key in new
            ]  # fmt: skip
            upsert_rows(self.connection, table, rows, ("number",))
        return {
            number: sorted(code_of(known[key]) for key in values)
            for number, values in self.values.items()
        }
