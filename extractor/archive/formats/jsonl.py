"""JSON Lines: a record a line, and behind a record what people decided about it.

A line is a record (``rilis/record/1``), as ``rilis extract`` writes it. Where people decided on a
release, a line with ``rilis/decisions/1`` follows: the tables of
:mod:`extractor.archive.exchange.tidy` that the record alone does not make, whole, without the
column ``release``; of ``releases`` only the columns that the record does not tell, of ``links``
those that a person confirmed.
"""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from extractor.archive.exchange.exported import Exported
from extractor.archive.exchange.tidy import TABLES
from extractor.archive.exchange.tidying import Tidy, stored_record, tables_of, tidy
from extractor.archive.intake.incoming import DECISIONS
from extractor.archive.intake.rows import Row
from extractor.record import Record, to_json


def write(releases: Iterable[Exported], stream: BinaryIO) -> int:
    """Write the releases; returns how many there were."""
    number = 0
    for number, one in enumerate(releases, 1):  # noqa: B007
        stream.write(to_json(one.record).encode() + b"\n")
        if decided(one):
            line = json.dumps(decisions_of(one), ensure_ascii=False)
            stream.write(line.encode() + b"\n")
    return number


def decided(one: Exported) -> bool:
    """Has anybody decided anything about the release, so that its record does not tell all?"""
    if one.stored is None:
        return False
    rows = one.stored.rows
    items = (row for name in ("events", "people", "quotes", "spans") for row in rows[name])
    entities = (*one.persons.values(), *one.events.values())
    return (
        bool(one.reviews or one.proposals)
        or any(row["state"] != "unreviewed" for row in items)
        or any(entity.state == "confirmed" for entity in entities)
    )


def decisions_of(one: Exported) -> dict[str, Any]:
    """What the record does not tell: tables that differ from those it makes."""
    there, implied = tables_of(one), implied_by(one.record)
    there["links"] = [row for row in there["links"] if row["state"] == "confirmed"]
    release, told = there["releases"][0], implied["releases"][0]
    tables: dict[str, list[Row]] = {
        "releases": [{name: value for name, value in release.items() if value != told[name]}]
    }
    for name in TABLES:
        if name != "releases" and there[name] != implied[name]:
            tables[name] = [_told(name, row) for row in there[name]]
    return {"schema": DECISIONS, "release": one.key, "tables": tables}


def implied_by(record: Record, times: tuple[str, str] = ("", "")) -> Tidy:
    """The tables that a record alone makes."""
    return tidy(stored_record(record, times))


def _told(name: str, row: Row) -> Row:
    return {
        column.name: json.loads(row[column.name])
        if column.kind in ("list", "json") and row[column.name] is not None
        else row[column.name]
        for column in TABLES[name]
        if column.name != "release"
    }
