"""Values as cells of CSV, and back: no value is lost, and none is a formula.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break for a
formula, and runs it (https://owasp.org/www-community/attacks/CSV_Injection). An apostrophe is put
before such texts, before texts that begin with an apostrophe, and in the place of the empty text
(an empty cell is no value); taking one leading apostrophe away gives the text back.
"""

import json
import math
import re
from typing import Any

from extractor.archive.exchange.tidy import Column
from extractor.archive.intake.rows import to_json
from extractor.messages import _

ESCAPE = "'"
# and their full width twins, which spreadsheets in some languages take for the same
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠" + ESCAPE)
_REWRITTEN = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}", re.ASCII)
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_LARGEST = 2**31  # PostgreSQL's integers end there


class Unfit(ValueError):
    """A cell holds what its column cannot; the text says what it should hold."""


def cell(column: Column, value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return f"{ESCAPE}{value}" if not value or value.startswith(DANGEROUS) else str(value)


def value_of(column: Column, told: str) -> Any:
    """The value of a cell; raises Unfit where the column cannot hold it."""
    if told == "":
        return fit(column, None)
    match column.kind:
        case "integer" | "number" | "boolean":
            value = _READ[column.kind](told)
        case "day" if _REWRITTEN.fullmatch(told):
            said = _("{column}: {value!r} is no ISO day: spreadsheets rewrite days, 2024-05-01")
            raise Unfit(said.format(column=column.name, value=told))
        case _:
            value = told.removeprefix(ESCAPE)
    return fit(column, value)


def fit(column: Column, value: Any) -> Any:
    """The value, if the column can hold it, JSON as the archive writes it; else raises Unfit."""
    if value is None:
        if column.required:
            raise Unfit(_("{column}: is empty").format(column=column.name))
        return None
    if not _can_be(column.kind, value):
        said = _("{column}: {value!r} is no {kind}")
        raise Unfit(said.format(column=column.name, value=value, kind=column.kind))
    if isinstance(value, str) and _NO_CHARACTER.search(value):
        said = _("{column}: holds what is no character, or NUL")
        raise Unfit(said.format(column=column.name))
    if column.choices and value not in column.choices:
        said = _("{column}: {value!r} is none of {choices}")
        choices = ", ".join(column.choices)
        raise Unfit(said.format(column=column.name, value=value, choices=choices))
    return _json(column, value) if column.kind in ("list", "json") else value


def _can_be(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer":
        return isinstance(value, int) and abs(value) < _LARGEST
    if kind == "number":
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, str) and kind != "boolean"


def _json(column: Column, told: str) -> str:
    try:
        value = json.loads(told)
    except (ValueError, RecursionError):
        value = None
    expected = list if column.kind == "list" else dict
    if not isinstance(value, expected):
        said = _("{column}: {value!r} is no {kind}")
        kind = "JSON list" if expected is list else "JSON object"
        raise Unfit(said.format(column=column.name, value=told[:60], kind=kind))
    return to_json(value)


def _integer(told: str) -> int | str:
    digits = told.removeprefix("-")
    return int(told) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else told


def _number(told: str) -> float | str:
    try:
        return float(told)
    except ValueError:
        return told


_READ: dict[str, Any] = {
    "integer": _integer,
    "number": _number,
    "boolean": lambda told: {"true": True, "false": False}.get(told, told),
}
