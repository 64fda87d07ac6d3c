"""Releases on their way in, as tidy tables, each row with the place it was read at; and what must
hold before one may go in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from extractor.archive.exchange.tidy import TABLES
from extractor.archive.exchange.tidying import KEYS, OwnNumbers, Tidy, Unknown, tidy, untidy
from extractor.archive.intake.incoming import Incoming, Refused, looked_at
from extractor.archive.intake.rows import Row, headline_of
from extractor.archive.records import Stored, record_of
from extractor.messages import _
from extractor.record import Record


@dataclass(frozen=True)
class Packed:
    """A release as tidy tables; ``place`` is where it was read, ``places`` of rows that stand
    elsewhere, by table, in the order of the rows."""

    place: str
    tables: Tidy
    places: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The release's id."""
        return str(self.tables["releases"][0]["release"])

    def place_of(self, table: str, at: int) -> str:
        """Where a row of a table was read."""
        places = self.places.get(table, [])
        return places[at] if at < len(places) else self.place


@dataclass(frozen=True)
class Fit:
    """A release that may go in, and its record as it will be there."""

    packed: Packed
    record: Record
    reading_hash: str


def checked(packed: Packed) -> Fit | list[Refused]:
    """The release, if all of it fits together; else what does not, with places.

    Nothing of a release goes in where rows point at nothing, words are not those of the text, two
    rows have one key, or a table says what the others do not; nor where names are struck out.
    """
    release = packed.tables["releases"][0]
    if release["masked"]:
        said = _("names are struck out of it (█); only the archive that made it has the true text")
        return [Refused(packed.place, said)]
    faults = [*_doubles(packed), *_words(packed), *_linked(packed)]
    if faults:
        return faults
    numbers = OwnNumbers()
    try:
        stored = untidy(packed.tables, numbers)
    except Unknown as unknown:
        at = next(n for n, row in enumerate(packed.tables[unknown.table]) if row is unknown.row)
        said = _("{column}: {value!r} is not there")
        value = unknown.row[unknown.column]
        reason = said.format(column=unknown.column, value=value)
        return [Refused(packed.place_of(unknown.table, at), reason)]
    looked = _record(packed.place, stored)
    if isinstance(looked, Refused):
        return [looked]
    offices = {number: office for office, number in numbers.offices.items()}
    headline = headline_of(looked.record)
    faults = list(_other(packed, stored, offices, headline))
    given = release["reading_hash"]
    return faults or Fit(packed, looked.record, given or looked.reading_hash)


def _record(place: str, stored: Stored) -> Incoming | Refused:
    try:
        record = record_of(stored)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        said = _("no record can be made of it ({told})")
        return Refused(place, said.format(told=f"{where}: {first['msg']}"))
    return looked_at(place, record)


def _doubles(packed: Packed) -> Iterator[Refused]:
    for name, key in KEYS.items():
        seen = set()
        for at, row in enumerate(packed.tables[name]):
            if row[key] in seen:
                said = _("{column}: {value!r} is there twice")
                yield Refused(packed.place_of(name, at), said.format(column=key, value=row[key]))
            seen.add(row[key])


def _words(packed: Packed) -> Iterator[Refused]:
    """Spans whose words are not those of the text, decided ones too, which no record shows."""
    text = packed.tables["releases"][0]["text"]
    for at, row in enumerate(packed.tables["spans"]):
        start, end = row["start"], row["end"]
        whole = start is not None and end is not None and 0 <= start < end <= len(text)
        if not whole or text[start:end] != row["words"]:
            said = _("{field}: the text at {start} to {end} is not {words!r}; extract it again")
            reason = said.format(field=row["field"], start=start, end=end, words=row["words"][:60])
            yield Refused(packed.place_of("spans", at), reason)
        owner = row["field"].partition(".")[0]
        if any((row[kind] is None) == (kind == owner) for kind in ("event", "person", "quote")):
            said = _("{field}: belongs to its {owner} alone")
            reason = said.format(field=row["field"], owner=owner)
            yield Refused(packed.place_of("spans", at), reason)
        if not 0 <= row["confidence"] <= 1:
            said = _("{column}: lies between 0 and 1")
            yield Refused(packed.place_of("spans", at), said.format(column="confidence"))


def _linked(packed: Packed) -> Iterator[Refused]:
    for at, row in enumerate(packed.tables["links"]):
        if (row["event"] is None) == (row["person"] is None):
            said = _("a link is of an event or of a person")
            yield Refused(packed.place_of("links", at), said)


def _other(
    packed: Packed, stored: Stored, offices: dict[int, str], headline: str
) -> Iterator[Refused]:
    """Rows that would come out of the archive otherwise: they are at odds with other rows."""
    rows = stored.rows
    out = tidy(stored, rows["reviews"], rows["proposals"], offices, rows["links"])
    out["releases"][0]["headline"] = headline
    for name in TABLES:
        given, there = packed.tables[name], out[name]
        for at, row in enumerate(given):
            if at < len(there) and row == there[at]:
                continue
            yield Refused(packed.place_of(name, at), _at_odds(row, there[at]))
            break


def _at_odds(row: Row, there: Row) -> str:
    for column, value in row.items():
        if there[column] != value:
            said = _("{column}: {value!r} does not fit the other rows, which make it {other!r}")
            return said.format(column=column, value=value, other=there[column])
    return ""
