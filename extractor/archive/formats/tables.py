"""CSV: a folder of tidy tables (RFC 4180, UTF-8) that describes itself (``datapackage.json``).

The description is a Frictionless Tabular Data Package (https://specs.frictionlessdata.io). Cells
are written by :mod:`extractor.archive.formats.cells`, so that no value is a formula and all come
back unchanged. Days stay ISO text, with the words of the release beside them.
"""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from extractor.archive.exchange.exported import Exported
from extractor.archive.exchange.tidy import TABLES, Column, TidyTable
from extractor.archive.exchange.tidying import tables_of
from extractor.archive.formats.cells import cell

PACKAGE = "datapackage.json"
TITLE = "Events read in press releases, each value with its words"
BOM = "\ufeff"
_TYPES = {"day": "string", "text": "string", "list": "array", "json": "object"}


def write_tables(releases: Iterable[Exported], folder: Path, bom: bool = False) -> int:
    """Write all tables into a folder; returns the number of releases. ``bom``: begin each with the
    mark by which Excel knows UTF-8."""
    with ExitStack() as stack:
        writers = {}
        for name in TABLES:
            file = stack.enter_context(
                (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            file.write(BOM if bom else "")
            writers[name] = _Writer(TABLES[name], file)
        number = masked = 0
        for number, one in enumerate(releases, 1):  # noqa: B007
            masked += one.masked
            for name, rows in tables_of(one).items():
                writers[name].write(rows)
    told = json.dumps(package("csv", masked > 0), ensure_ascii=False, indent=1)
    (folder / PACKAGE).write_text(told + "\n", encoding="utf-8")
    return number


def write_table(name: str, releases: Iterable[Exported], stream: TextIO) -> int:
    """Write one table alone; ``stream`` must not change line ends."""
    writer = _Writer(TABLES[name], stream)
    number = 0
    for number, one in enumerate(releases, 1):  # noqa: B007
        writer.write(tables_of(one)[name])
    return number


class _Writer:
    def __init__(self, table: TidyTable, file: TextIO) -> None:
        self._columns = table.columns
        self._writer = csv.writer(file)  # RFC 4180: commas, doubled quotes, CRLF
        self._writer.writerow(table.names)

    def write(self, rows: list[dict[str, Any]]) -> None:
        columns = self._columns
        self._writer.writerows(
            [cell(column, row[column.name]) for column in columns] for row in rows
        )


def package(suffix: str, masked: bool) -> dict[str, Any]:
    """The description of the folder: tables, columns, keys; in English whatever the language."""
    return {
        "profile": "tabular-data-package",
        "name": "rilis-archive",
        "title": TITLE,
        "masked": masked,
        "resources": [_resource(table, suffix) for table in TABLES.values()],
    }


def _resource(table: TidyTable, suffix: str) -> dict[str, Any]:
    own = ("release", *(one for one in table.key if one != "release"))
    schema: dict[str, Any] = {"fields": [_field(column) for column in table], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(own)
    keys = [] if table.name == "releases" else [_foreign(("release",), "releases", ("release",))]
    keys += [  # a key of two columns must not be empty in one, as those that may be empty would
        _foreign(("release", column.name), column.ref, ("release", TABLES[column.ref].key[0]))
        for column in table
        if column.ref in TABLES and column.required
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.{suffix}",
        "description": table.about,
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n", "delimiter": ",", "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "description": column.about,
    }
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    return told | ({"constraints": limits} if limits else {})


def _foreign(fields: tuple[str, ...], resource: str, there: tuple[str, ...]) -> dict[str, Any]:
    return {
        "fields": list(fields),
        "reference": {"resource": resource, "fields": list(there)},
    }
