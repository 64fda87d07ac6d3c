"""Which items of a new reading are those of an earlier one.

Two readings tell of the same item where the words overlap (one text) or are the same (another
version of the text).
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from extractor.archive.intake.rows import Row, folded
from extractor.archive.records import Stored
from extractor.record import Record

Names = Mapping[tuple[str, int], set[str]]


def matched(
    stored: Stored, record: Record, former: Names = MappingProxyType({})
) -> dict[tuple[str, int], int]:
    """(table, place in the record) -> number of the item it is in the archive; ``former``: what
    items were called before a person corrected it."""
    same_text = stored.version["text"] == record.text
    extents = _extents(stored) if same_text else {}

    def overlap(name: str, number: int, start: int, end: int) -> bool:
        old = extents.get((name, number))
        return old is not None and old[0] < end and start < old[1]

    def names(table: str, row: Row) -> set[str]:
        return {folded(row["name"]), *map(folded, former.get((table, row["id"]), ()))}

    def event(row: Row, at: int) -> int:
        new = record.events[at]
        if folded(new.name.said) in names("events", row):
            return 3
        if overlap("event.name", row["id"], new.name.start, new.name.end):
            return 2
        return int(row["main"] and new.main)

    def person(row: Row, at: int) -> int:
        new = record.people[at]
        mine = {*names("people", row), *map(folded, json.loads(row["aliases"]))}
        if folded(new.name) in names("people", row):
            return 3
        return 2 * bool(mine & {folded(new.name), *map(folded, new.aliases)})

    def quote(row: Row, at: int) -> int:
        new = record.quotes[at]
        if row["text"] == new.text or new.text in former.get(("quotes", row["id"]), ()):
            return 3
        near = overlap("quote.text", row["id"], new.start, new.end)
        return 2 * (near or row["text"] in new.text or new.text in row["text"])

    rows = stored.rows
    return {
        **_pairs("events", rows["events"], len(record.events), event),
        **_pairs("people", rows["people"], len(record.people), person),
        **_pairs("quotes", rows["quotes"], len(record.quotes), quote),
    }


def _extents(stored: Stored) -> dict[tuple[str, int], tuple[int, int]]:
    """Where the words of events and quotes stand, by field and number."""
    return {
        (row["field"], row["event_id"] or row["quote_id"]): (row["start_offset"], row["end_offset"])
        for row in stored.rows["spans"]
        if row["field"] in ("event.name", "quote.text")
    }


def _pairs(
    table: str, old: list[Row], new: int, score: Callable[[Row, int], int]
) -> dict[tuple[str, int], int]:
    scored = [
        (-points, place, at, row["id"])
        for place, row in enumerate(old)
        for at in range(new)
        if (points := score(row, at))
    ]
    pairs: dict[tuple[str, int], int] = {}
    taken: set[int] = set()
    for _points, _place, at, number in sorted(scored):
        if (table, at) not in pairs and number not in taken:
            pairs[table, at] = number
            taken.add(number)
    return pairs
