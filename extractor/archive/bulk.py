"""Many rows at once: one prepared statement a table, and numbers for rows given out in memory."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, func, select

from extractor.archive import schema
from extractor.archive.intake.rows import Row, folded

_MANY = 500  # values in one IN (…)
_KEPT = ("id", "added_at", "first_seen")  # what the first row said stays


def upsert_rows(
    connection: Connection, table: Table, rows: Sequence[Row], key: tuple[str, ...] = ("id",)
) -> None:
    """Put rows in; one whose ``key`` is there already takes the new values (ON CONFLICT)."""
    if rows:
        take = itemgetter(*table.columns.keys())
        statement = _upsert(connection.dialect.name, table.name, key)
        connection.exec_driver_sql(statement, [take(row) for row in rows])


@lru_cache(maxsize=100)
def _upsert(dialect: str, name: str, key: tuple[str, ...]) -> str:
    columns = schema.metadata.tables[name].columns.keys()
    values = ", ".join(["%s" if dialect == "postgresql" else "?"] * len(columns))
    changed = (column for column in columns if column not in (*_KEPT, *key))
    changes = ", ".join(f"{column} = excluded.{column}" for column in changed)
    return (
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({values}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    )


def delete_rows(connection: Connection, table: Table, ids: Iterable[int]) -> None:
    """Take the rows with these numbers away, and what hangs on them."""
    numbers = [(number,) for number in ids]
    if numbers:
        mark = "%s" if connection.dialect.name == "postgresql" else "?"
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE id = {mark}", numbers)


def select_rows(connection: Connection, table: Table, column: str, ids: Iterable[Any]) -> list[Row]:
    """The rows whose ``column`` is one of these, in the order of their numbers."""
    found: list[Row] = []
    names = table.columns.keys()
    for some in chunks(ids):
        rows = connection.execute(select(table).where(table.c[column].in_(some)))
        found += [dict(zip(names, row, strict=True)) for row in rows]
    return sorted(found, key=itemgetter(next(iter(table.primary_key.columns)).name))


def chunks(values: Iterable[Any], size: int = _MANY) -> Iterator[list[Any]]:
    """Lists of at most ``size``."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


class Names:
    """Numbers of rules and offices by name; kept from batch to batch, read on where another
    program has added some."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.forget()

    def forget(self) -> None:
        """Know nothing any more: what was new has not been kept."""
        self.rules: dict[tuple[str, str], int] = {}
        self.offices: dict[str, int] = {}
        self._seen = {"rules": 0, "offices": 0}

    def read_on(self, connection: Connection) -> None:
        """Learn what is new in the database."""
        for rule in self._new(connection, schema.rules):
            self.rules[rule.name, rule.rules_version] = rule.id
        for office in self._new(connection, schema.offices):
            self.offices[office.key] = office.id

    def _new(self, connection: Connection, table: Table) -> Iterator[Any]:
        new = select(table).where(table.c.id > self._seen[table.name]).order_by(table.c.id)
        for row in connection.execute(new):
            self._seen[table.name] = row.id
            yield row


class Numbers:
    """Gives out numbers for the rows of one transaction, which is the only one that writes."""

    def __init__(self, connection: Connection, names: Names) -> None:
        """Begin where the tables end."""
        self._connection = connection
        self._names = names
        self._last: dict[str, int] = {}
        self.rows: dict[str, list[Row]] = {"rules": [], "offices": []}
        names.read_on(connection)

    def new(self, table: str) -> int:
        """The next number of a table."""
        last = self._last.get(table)
        if last is None:
            column = schema.metadata.tables[table].c.id
            last = self._connection.execute(select(func.max(column))).scalar_one() or 0
        self._last[table] = last + 1
        return last + 1

    def rule(self, name: str, rules_version: str) -> int:
        """The number of a rule in its version."""
        known = self._names.rules.get((name, rules_version))
        if known is None:
            known = self._names.rules[name, rules_version] = self.new("rules")
            row = {"id": known, "name": name, "rules_version": rules_version}
            self.rows["rules"].append(row)
        return known

    def office(self, name: str) -> int:
        """The number of an office, whatever the capitals and blanks of its name."""
        key = folded(name)
        known = self._names.offices.get(key)
        if known is None:
            known = self._names.offices[key] = self.new("offices")
            self.rows["offices"].append({"id": known, "key": key, "name": " ".join(name.split())})
        return known

    def settle(self) -> None:
        """Let PostgreSQL's sequences go on behind the numbers given out."""
        if self._connection.dialect.name == "postgresql":
            settle_sequences(self._connection, self._last)


def settle_sequences(connection: Connection, last: dict[str, int]) -> None:
    """Set the sequences of these tables to their last numbers (PostgreSQL)."""
    for table, number in last.items():
        connection.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", (table, number)
        )
