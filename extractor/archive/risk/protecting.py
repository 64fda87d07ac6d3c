"""Whom rules find to be at risk is withheld when her release comes in, until a person has looked.

The rules are those of ``risk.yaml`` (:mod:`extractor.language.people.risk`). A withholding made
by a rule has the rule's id as author and the words round the name as reason; nobody has reviewed
it. What a person has lifted stays lifted when the release is read again, unless another rule
finds it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from extractor.archive import schema
from extractor.archive.index.searchable import index
from extractor.archive.intake.rows import Row, folded
from extractor.archive.risk.disclosure import refresh
from extractor.archive.risk.names_at_risk import rulebook
from extractor.language.people.risk import Named, Risk, risk_finder
from extractor.record import Record

_ROUND = 40  # characters of context on either side


@dataclass(frozen=True)
class Read:
    """A release just read: its number, its record, and the number of each person of it."""

    release_id: int
    record: Record
    people: Mapping[str, int | None]
    again: bool = False


def protect(connection: Connection, read: Sequence[Read], now: str) -> int:
    """Withhold what the rules find in these releases, and bring what is derived up to date.

    Returns the number of new withholdings.
    """
    finder = risk_finder(rulebook())
    found = [(one, risk) for one in read for risk in finder.risks(one.record.text, _named(one))]
    rows = _new(connection, found, now) if found else []
    for row in rows:
        number = connection.execute(schema.withholdings.insert().values(row)).inserted_primary_key
        assert number is not None
        connection.execute(schema.withholding_log.insert().values(_log(row, number[0])))
    touched = {one.release_id for one in read if one.again}
    touched |= {one.release_id for one, _risk in found}
    refresh(connection, sorted(touched))
    index(connection, (one.release_id for one in read if one.release_id not in touched), {}, set())
    return len(rows)


def _named(read: Read) -> Iterable[Named]:
    for person in read.record.people:
        role = person.role.text if person.role else None
        for mention in person.mentions:
            yield Named(mention.start, mention.end, person.id, role)


def _new(connection: Connection, found: list[tuple[Read, Risk]], now: str) -> list[Row]:
    releases = {one.release_id for one, _risk in found}
    people, held = schema.people, schema.withholdings
    names = {
        row.id: (row.release_id, folded(row.name))
        for row in connection.execute(
            select(people.c.id, people.c.release_id, people.c.name).where(
                people.c.release_id.in_(releases)
            )
        )
    }
    # by release and name, so that it does not matter whether a name was a person's before
    known: set[tuple[int, str, str]] = set()
    there = select(held).where(or_(held.c.release_id.in_(releases), held.c.person_id.in_(names)))
    for row in connection.execute(there).mappings():
        if row["person_id"] is not None:
            release, name = names[row["person_id"]]
        else:
            release, name = row["release_id"], folded(row["words"] or "")
        known.add((release, name, row["author"]))
        if row["lifted_at"] is None:
            known.add((release, name, ""))
    rows: list[Row] = []
    for read, risk in found:
        person = read.people.get(risk.key) if risk.key is not None else None
        words = None if risk.whole else read.record.text[risk.start : risk.end]
        name = names[person][1] if person in names else folded(words or "")
        at = (read.release_id, name)
        if known & {(*at, ""), (*at, risk.rule)}:
            continue
        known.add((*at, ""))
        rows.append(
            {
                "release_id": None if person in names else read.release_id,
                "person_id": person if person in names else None, "entity_id": None,
                "words": None if person in names else words, "category": risk.category,
                "reason": _context(read.record.text, risk), "author": risk.rule, "since": now,
            }
        )  # fmt: skip
    return rows


def _context(text: str, risk: Risk) -> str:
    start, end = max(0, risk.start - _ROUND), risk.end + _ROUND
    said = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{said}{'…' if end < len(text) else ''}"


def _log(row: Row, number: int) -> Row:
    return {
        "withholding_id": number, "action": "withhold", "reason": row["reason"],
        "author": row["author"], "at": row["since"],
    }  # fmt: skip
