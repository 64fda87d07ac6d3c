"""Rows changed with a memory: what a decision did, so that it can be undone to the letter.

A change is ``[table, number, before, after]``: of an update the columns that differ, of a new row
``before`` is null, of a row taken away ``after`` is.
"""

import json
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from extractor.archive import schema
from extractor.archive.fields import ITEMS, OWNERS
from extractor.archive.intake.rows import Row

Change = tuple[str, int, Row | None, Row | None]


class Journal:
    """Changes rows and remembers them, in their order."""

    def __init__(self, connection: Connection) -> None:
        """Remember nothing yet."""
        self.connection = connection
        self.changes: list[Change] = []

    def update(self, table: Table, number: int, **values: Any) -> None:
        """Give columns of a row new values; those that have them already do not count."""
        row = row_of(self.connection, table, number)
        assert row is not None
        after = {name: value for name, value in values.items() if row[name] != value}
        if after:
            self.connection.execute(update(table).where(table.c.id == number).values(after))
            before = {name: row[name] for name in after}
            self.changes.append((table.name, number, before, after))

    def insert(self, table: Table, values: Row) -> int:
        """Put a row in; its number comes from the database unless ``values`` name one."""
        number = self.connection.execute(
            insert(table).values(values).returning(table.c.id)
        ).scalar_one()
        row = row_of(self.connection, table, number)
        self.changes.append((table.name, number, None, row))
        return int(number)

    def delete(self, table: Table, number: int) -> None:
        """Take a row away."""
        row = row_of(self.connection, table, number)
        assert row is not None
        self.connection.execute(delete(table).where(table.c.id == number))
        self.changes.append((table.name, number, row, None))

    def text(self) -> str:
        """The changes as JSON, as reviews keep them."""
        return json.dumps(self.changes, ensure_ascii=False)


def changes_of(text: str | None) -> list[Change]:
    """The changes out of their JSON."""
    return [(name, number, old, new) for name, number, old, new in json.loads(text or "[]")]


# the log points at these: by which column
_POINTED_AT = {"spans": "span_id"} | {table.name: OWNERS[kind] for kind, table in ITEMS.items()}


def _detach(journal: Journal, name: str, number: int) -> None:
    """The log lets go of a row, remembering it, before the row is taken away."""
    if name in _POINTED_AT:
        column, reviews = _POINTED_AT[name], schema.reviews
        query = select(reviews.c.id).where(reviews.c[column] == number)
        for review in journal.connection.execute(query).scalars().all():
            journal.update(reviews, review, **{column: None})


def row_of(connection: Connection, table: Table, number: int) -> Row | None:
    """A row by its number."""
    found = connection.execute(select(table).where(table.c.id == number)).mappings().first()
    return dict(found) if found is not None else None


def obstacle(connection: Connection, changes: list[Change]) -> tuple[str, int] | None:
    """(table, number) of the first row that is no longer as these changes left it; None where all
    can be undone."""
    last: dict[tuple[str, int], Row | None] = {}
    for name, number, before, after in changes:
        held = last.get((name, number))
        if held is not None and before is not None and after is not None:
            last[name, number] = held | after
        else:
            last[name, number] = after
    for (name, number), wanted in last.items():
        row = row_of(connection, schema.metadata.tables[name], number)
        if wanted is None:
            if row is not None and name in _POINTED_AT:  # another row has taken the number
                return name, number
            continue
        if row is None or any(row[column] != value for column, value in wanted.items()):
            return name, number
    return None


def turn_back(journal: Journal, changes: list[Change]) -> None:
    """Undo changes, last first; each is a change of the journal in its turn.

    ``obstacle`` must have found none. A row taken away gets its old number again, if no other row
    has taken it meanwhile.
    """
    for name, number, before, after in reversed(changes):
        table = schema.metadata.tables[name]
        if before is None:
            _detach(journal, name, number)
            journal.delete(table, number)
        elif after is None:
            taken = row_of(journal.connection, table, number) is not None
            journal.insert(table, {k: v for k, v in before.items() if not (taken and k == "id")})
        else:
            journal.update(table, number, **before)
