"""Short forms for the columns of schema.py."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy import text as sql

# SQLite counts a primary key up by itself only where its type is INTEGER, which has 64 bits there
Id = BigInteger().with_variant(Integer(), "sqlite")


def id_() -> Column[int]:
    """The primary key, counted up by the database."""
    return Column("id", Id, primary_key=True)


def key(
    name: str, target: str, required: bool = False, gone: str = "CASCADE", indexed: bool = True
) -> Column[int]:
    """A foreign key; ``gone`` is what happens when the target is deleted."""
    made = ForeignKey(f"{target}.id", ondelete=gone)
    return Column(name, Id, made, nullable=not required, info={"indexed": indexed})


def index_keys(table: Table) -> None:
    """An index on each foreign key, without its nulls: most keys of a span are null."""
    for column in list(table.columns):
        if column.info.get("indexed"):
            filled = sql(f"{column.name} IS NOT NULL") if column.nullable else None
            Index(None, column, sqlite_where=filled, postgresql_where=filled)


def text_(name: str, required: bool = False, default: str | None = None) -> Column[str]:
    """A text, with what stands there where nothing is given."""
    given = None if default is None else sql(f"'{default}'")
    return Column(name, Text, nullable=not required, server_default=given)


def int_(name: str, required: bool = False) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=not required)


def float_(name: str, required: bool = False) -> Column[float]:
    """A number in double precision."""
    return Column(name, Float(53), nullable=not required)


def bool_(name: str) -> Column[bool]:
    """True or false, never null."""
    return Column(name, Boolean, nullable=False)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of these values.

    A chain of comparisons: SQLite makes a table of each IN (…) anew for each row.
    """
    return CheckConstraint(" OR ".join(f"{column} = '{value}'" for value in values), name=column)
