"""A release read again: what no human has touched is replaced, for the rest the new reading is
proposed.

Touched is a field that a person accepted, corrected or rejected, and an item (event, person,
quote) with such a field, a decided link, or a withholding. Items found again keep their number, so
that links and addresses hold.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.archive.fields import FIELDS, ITEMS, OWNERS, owner_column, value_json, value_of
from extractor.archive.intake.rows import Row
from extractor.archive.records import Stored

Key = tuple[str, int | None, int]  # field, item, position
Value = dict[str, Any]
# rows that only stand for what was read, and go when it is read again
CHILDREN = ("dates", "venues", "organizers", "participants", "roles", "warnings", "spans")
_KIND = {"events": "event", "people": "person", "quotes": "quote"}
_MAIN = {"events": "event.name", "people": "person.name", "quotes": "quote.text"}
_FIELD_OF = {
    "venues": "event.venue", "organizers": "event.organizer",
    "participants": "event.participant", "roles": "person.role",
}  # fmt: skip


@dataclass
class Decisions:
    """What people decided in one release: active reviews, open or dismissed proposals, and the
    items that links or withholdings hold."""

    reviews: list[Row] = field(default_factory=list)
    log: list[Row] = field(default_factory=list)  # with those replaced or undone
    proposals: list[Row] = field(default_factory=list)
    held: set[tuple[str, int]] = field(default_factory=set)  # (table, number)

    def former_names(self) -> dict[tuple[str, int], set[str]]:
        """What items were called before a person corrected it, by (table, number)."""
        names: dict[tuple[str, int], set[str]] = defaultdict(set)
        for row in self.log:
            for table, main in _MAIN.items():
                if row["field"] == main and row["before"] is not None:
                    value = json.loads(row["before"])
                    names[table, row[OWNERS[_KIND[table]]]].add(value.get("name") or value["text"])
        return names

    def former_words(self) -> dict[Key, set[str]]:
        """The words that fields stood on, and what they said, before a person decided."""
        words: dict[Key, set[str]] = defaultdict(set)
        for row in self.log:
            if row["before"] is not None and (name := json.loads(row["before"]).get("name")):
                words[_span_key(row)].add(name)
            for table, _number, before, _after in json.loads(row.get("changes") or "[]"):
                if table == "spans" and before and "words" in before:
                    words[_span_key(row)].add(before["words"])
        return words


@dataclass
class Merged:
    """What is to be done: rows to take away by table, and proposals to make."""

    gone: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    proposals: list[Row] = field(default_factory=list)


def merge(stored: Stored, decisions: Decisions, rows: dict[str, list[Row]], now: str) -> Merged:
    """Settle the new ``rows`` of a release against what is stored; ``rows`` is changed in place
    into what is to be put in."""
    merging = _Merging(stored, decisions, rows, now)
    merging.items()
    merging.children()
    return merging.merged


class _Merging:
    def __init__(
        self, stored: Stored, decisions: Decisions, rows: dict[str, list[Row]], now: str
    ) -> None:
        self.stored, self.decisions, self.rows, self.now = stored, decisions, rows, now
        self.merged = Merged()
        self.reviews = {_span_key(row): row for row in decisions.reviews}
        self.old_spans = {row["id"]: row for row in stored.rows["spans"]}
        self.touched: set[Key] = set(self.reviews)
        self.touched |= {
            _span_key(row) for row in self.old_spans.values() if row["state"] != "unreviewed"
        }
        self.new_spans: dict[Key, Row] = {_span_key(row): row for row in rows["spans"]}
        self.kept_items: set[tuple[str, int]] = set()  # stay though not found again
        self.known = {(_span_key(row), row["before"]) for row in decisions.log}
        self.former = decisions.former_words()

    def items(self) -> None:
        """Keep decided columns of items found again; items not found go, if nobody decided."""
        for table in ("events", "people", "quotes"):
            new = {row["id"]: row for row in self.rows[table]}
            for old in self.stored.rows[table]:
                if old["id"] in new:
                    self._found(table, old, new[old["id"]])
                elif self._is_held(table, old):
                    self.kept_items.add((table, old["id"]))
                    name = _MAIN[table]
                    if not self._unread(table, old):
                        self._propose(name, old["id"], value_of(name, old), None)
                    if table == "people":
                        self._rename(old)
                else:
                    self.merged.gone[table].append(old["id"])

    def _unread(self, table: str, row: Row) -> bool:
        """Not in force, or put in by a person: that no rule finds it is nothing new."""
        review = self.reviews.get((_MAIN[table], row["id"], 0))
        return row["state"] == "rejected" or (review is not None and review["action"] == "add")

    def _rename(self, person: Row) -> None:
        """A person who stays must not have the id of one who is read."""
        taken = {row["key"] for row in self.rows["people"]}
        if person["key"] in taken:
            taken |= {row["key"] for row in self.stored.rows["people"]}
            free = next(f"k{n}" for n in range(1, len(taken) + 2) if f"k{n}" not in taken)
            self.rows["people"].append(person | {"key": free})

    def _is_held(self, table: str, row: Row) -> bool:
        kind = _KIND[table]
        return (
            row["state"] != "unreviewed"
            or (table, row["id"]) in self.decisions.held
            or any(key[0].startswith(f"{kind}.") and key[1] == row["id"] for key in self.touched)
        )

    def _found(self, table: str, old: Row, new: Row) -> None:
        new["state"] = old["state"]
        for name, what in FIELDS.items():
            if what.table is not ITEMS[_KIND[table]] or not what.columns:
                continue
            if (name, old["id"], 0) in self.touched:
                before, after = value_of(name, old), value_of(name, new)
                if before != after:
                    nothing = all(one is None for one in after.values())
                    added = self.reviews.get((name, old["id"], 0), {}).get("action") == "add"
                    if not (nothing and added):
                        self._propose(name, old["id"], before, None if nothing else after)
                new.update(before)

    def children(self) -> None:
        """Replace what hangs on releases and items, but for what was decided."""
        dropped = self._spans()
        self._own_rows(dropped)
        for name, what in FIELDS.items():
            if what.many:
                self._apart(name)

    def _spans(self) -> set[int]:
        """Decided spans stay, and move to the new text where the words are the same; returns the
        numbers of new spans that go in their stead."""
        dropped: set[int] = set()
        for old in self.old_spans.values():
            key = _span_key(old)
            if self._item_kept(old):
                continue
            if key not in self.touched:
                self.merged.gone["spans"].append(old["id"])
                continue
            for new in self._rivals(key, old, dropped):
                dropped.add(new["id"])
                if new["words"] == old["words"]:
                    place = ("version_id", "text_hash", "start_offset", "end_offset")
                    self.rows["spans"].append(old | {name: new[name] for name in place})
        self.rows["spans"] = [row for row in self.rows["spans"] if row["id"] not in dropped]
        return dropped

    def _rivals(self, key: Key, old: Row, dropped: set[int]) -> Iterator[Row]:
        """New spans that a decided one stands for: those of its field; where there can be several
        the one with its words, and the one with the words it stood on before."""
        name, owner, _position = key
        every = (row for row in self.new_spans.values() if _span_key(row)[:2] == (name, owner))
        if not FIELDS[name].many:
            yield from every
            return
        left = [row for row in every if row["id"] not in dropped]
        for words in {old["words"], *self.former[key]}:
            same = [row for row in left if row["words"] == words]
            same.sort(key=lambda row: row["start_offset"] != old["start_offset"])
            yield from same[:1]

    def _apart(self, name: str) -> None:
        """New ones of several go behind those that were decided: a position is taken once."""
        what = FIELDS[name]
        new = [
            row for row in self.rows["spans"]
            if row["field"] == name and row["id"] not in self.old_spans
        ]  # fmt: skip
        beside = self.rows[what.table.name] if what.own_row else []
        beside = [row for row in beside if _field_of(what.table.name, row) == name]
        for owner in {key[1] for key in self.touched if key[0] == name}:
            taken = {key[2] for key in self.touched if key[:2] == (name, owner)}
            mine = [row for row in new if _span_key(row)[1] == owner]
            mine += [row for row in beside if _owner(name, row) == owner]
            last = max(taken | {row["position"] for row in mine})
            clashing = sorted({row["position"] for row in mine} & taken)
            moved = {position: last + n for n, position in enumerate(clashing, 1)}
            for row in mine:
                row["position"] = moved.get(row["position"], row["position"])

    def _item_kept(self, row: Row) -> bool:
        return bool(self.kept_items) and any(
            (item.name, row.get(OWNERS[kind])) in self.kept_items for kind, item in ITEMS.items()
        )

    def _own_rows(self, dropped: set[int]) -> None:
        kept: dict[str, list[Row]] = defaultdict(list)
        for table in CHILDREN[:-1]:
            for old in self.stored.rows[table]:
                if self._item_kept(old):
                    continue
                if self._decided(table, old):
                    kept[table].append(old)
                else:
                    self.merged.gone[table].append(old["id"])
        for name, what in FIELDS.items():
            if what.own_row:
                self._own_field(name, kept[what.table.name], dropped)
        decided = {key[1] for key in self.touched if key[0] == "person.role"}
        new_roles = self.rows["roles"]
        new_roles[:] = [row for row in new_roles if row["person_id"] not in decided]
        live = {row["id"] for row in self.rows["spans"]}
        for table in CHILDREN[:-1]:
            for row in self.rows[table]:
                if row.get("span_id") is not None and row["span_id"] not in live:
                    row["span_id"] = None

    def _own_field(self, name: str, kept: list[Row], dropped: set[int]) -> None:
        """Leave new rows of a decided field out; propose them where there can be but one."""
        what = FIELDS[name]
        rows = self.rows[what.table.name]
        decided = {key[1] for key in self.touched if key[0] == name}
        for new in [row for row in rows if _field_of(what.table.name, row) == name]:
            owner = _owner(name, new)
            if owner not in decided:
                continue
            same = [row for row in kept if _owner(name, row) == owner]
            if what.many:
                words = {row["name"] for row in same if "name" in row}
                words |= self._rejected(name, owner)
                if new["span_id"] in dropped or new.get("name") in words:
                    rows.remove(new)
                continue
            rows.remove(new)
            current = value_of(name, same[0]) if same else None
            after = value_of(name, new)
            if current != after:
                self._propose(name, owner, current, after)

    def _rejected(self, name: str, owner: int | None) -> set[str]:
        """Words that were rejected or corrected away in a field that can have several."""
        words = {
            row["words"]
            for row in self.old_spans.values()
            if row["field"] == name and _span_key(row)[1] == owner and row["state"] != "unreviewed"
        }
        return words.union(*(self.former[key] for key in self.touched if key[:2] == (name, owner)))

    def _decided(self, table: str, row: Row) -> bool:
        name = _field_of(table, row)
        if name is None:
            return False
        position = row.get("position", 0) if FIELDS[name].many else 0
        return (name, _owner(name, row), position) in self.touched

    def _propose(
        self, name: str, owner: int | None, current: Value | None, proposed: Value | None
    ) -> None:
        """A proposal, unless it was on the table when the decision was made, or since."""
        key = (name, owner, 0)
        after = value_json(proposed)
        if proposed is not None and (key, after) in self.known:
            return
        if any(
            _span_key(old) == key and old["proposed"] == after for old in self.decisions.proposals
        ):
            return
        span = self.new_spans.get(key)
        column = owner_column(name)
        self.merged.proposals.append(
            {
                "release_id": self.stored.release["id"],
                **{one: owner if one == column else None for one in OWNERS.values()},
                "field": name, "position": 0, "current": value_json(current), "proposed": after,
                **{
                    one: span[one] if span else None
                    for one in ("words", "start_offset", "end_offset", "rule_id")
                },
                "confidence": span["confidence"] if span else None, "made_at": self.now,
                "state": "open", "decided_by": None, "decided_at": None,
            }
        )  # fmt: skip


def _span_key(row: Row) -> Key:
    return row["field"], row["event_id"] or row["person_id"] or row["quote_id"], row["position"]


def _owner(name: str, row: Row) -> int | None:
    column = owner_column(name)
    return None if column is None else row[column]


def _field_of(table: str, row: Row) -> str | None:
    """The field that a row beside its item is the value of."""
    if table != "dates":
        return _FIELD_OF.get(table)
    if row["event_id"] is not None:
        return "event.date"
    return "quote.date" if row["quote_id"] is not None else "release.date"


def touched_items(rows: Iterable[Row]) -> set[tuple[str, int]]:
    """(table, number) of the items that these links or withholdings name."""
    return {
        (table, row[column])
        for row in rows
        for table, column in (("events", "event_id"), ("people", "person_id"))
        if row.get(column) is not None
    }
