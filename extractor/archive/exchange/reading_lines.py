"""JSON Lines read back: records, each with the decisions that stand behind it."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.archive.exchange.packed import Packed
from extractor.archive.exchange.tidy import TABLES, TidyTable
from extractor.archive.exchange.tidying import Tidy
from extractor.archive.formats.cells import Unfit, fit
from extractor.archive.formats.jsonl import implied_by
from extractor.archive.intake.incoming import DECISIONS, Incoming, Refused, lines_of, parsed
from extractor.archive.intake.rows import Row, to_json
from extractor.messages import _

_MARK = DECISIONS.encode()


def releases_of(name: str, file: BinaryIO, now: str) -> Iterator[Packed | Refused]:
    """The releases of a file, in its order; what is no release is refused with its line. ``now``
    is when they come in, where the file does not say it; ``name`` is the file's, for places."""
    before: Incoming | Refused | None = None
    for place, line in lines_of(name, file):
        if isinstance(line, str):
            yield Refused(place, line)
        elif _MARK in line[:200] and isinstance(told := _object(line), dict):
            if isinstance(before, Incoming):
                yield _with_decisions(before, told, place, now)
            elif before is None:
                yield Refused(place, _("decisions, and no record before them"))
            before = None
            continue
        else:
            if before is not None:
                yield _alone(before, now)
            before = parsed(place, line)
    if before is not None:
        yield _alone(before, now)


def _object(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _alone(item: Incoming | Refused, now: str) -> Packed | Refused:
    return item if isinstance(item, Refused) else Packed(item.place, _tables(item, now))


def _tables(item: Incoming, now: str) -> Tidy:
    tables = implied_by(item.record, (now, now))
    tables["releases"][0]["reading_hash"] = item.reading_hash
    return tables


def _with_decisions(item: Incoming, told: dict[str, Any], place: str, now: str) -> Packed | Refused:
    tables = _tables(item, now)
    key = item.record.id
    if told.get("release") != key:
        said = _("decisions on {other!r} behind the record of {id}")
        return Refused(place, said.format(other=told.get("release"), id=key))
    given = told.get("tables")
    try:
        if not isinstance(given, dict):
            raise Unfit(_("{column}: is empty").format(column="tables"))
        for name, rows in given.items():
            if name not in TABLES or not isinstance(rows, list):
                raise Unfit(_("{name}: no table of this version").format(name=name))
            if name == "releases":
                _overlay(tables, rows)
            else:
                tables[name] = [_row(TABLES[name], row, key) for row in rows]
    except Unfit as unfit:
        return Refused(place, str(unfit))
    return Packed(item.place, tables, {name: [place] * len(tables[name]) for name in given})


def _overlay(tables: Tidy, rows: list[Any]) -> None:
    """Columns of ``releases`` that the record does not tell."""
    [release] = tables["releases"]
    if len(rows) != 1 or not isinstance(rows[0], dict) or not set(rows[0]) <= set(release):
        raise Unfit(_("{name}: no table of this version").format(name="releases"))
    for column in TABLES["releases"]:
        if column.name in rows[0]:
            release[column.name] = fit(column, rows[0][column.name])


def _row(table: TidyTable, row: Any, key: str) -> Row:
    if not isinstance(row, dict) or {*row, "release"} != set(table.names):
        said = _("{name}: a row has other columns than this version of the table")
        raise Unfit(said.format(name=table.name))
    made: Row = {}
    for column in table:
        value = key if column.name == "release" else row[column.name]
        if column.kind in ("list", "json") and value is not None:
            value = to_json(value)
        try:
            made[column.name] = fit(column, value)
        except Unfit as unfit:
            raise Unfit(f"{table.name}: {unfit}") from None
    return made
