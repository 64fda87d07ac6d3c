"""Why nothing was found: what of a query no release has, and what is spelt nearly so."""

from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.index.indexing import words_of
from extractor.archive.index.searchable import words_now
from extractor.archive.searching.hits import places_of
from extractor.archive.searching.query import Clause, Query, Term

_NEAR = 0.75  # difflib's likeness of words, from 0 to 1


@dataclass(frozen=True)
class Missing:
    """What is asked and nowhere (``field`` None: in no text), and what may be meant."""

    field: str | None
    said: str
    near: str | None = None


def missing(connection: Connection, query: Query) -> list[Missing]:
    """What of the query no release has by itself, whatever else is asked; nothing where one of
    several would do."""
    found: list[Missing] = []
    for clause in query.clauses:
        if clause.out or len(clause.choices) > 1 or _found(connection, clause.choices[0]):
            continue
        (term,) = clause.choices
        said = " ".join(term.words)
        near = _near(connection, term) if term.kind == "value" else None
        found.append(Missing(term.field, said, near))
    return found


def _found(connection: Connection, term: Term) -> bool:
    total, _undated, _places = places_of(connection, Query((Clause((term,)),)), words_now(), 0, 0)
    return total > 0


def _near(connection: Connection, term: Term) -> str | None:
    """The value asked for with each word as the nearest word in values of its field is spelt."""
    values = schema.search_values
    chosen = select(values.c.value).where(values.c.field == term.field)
    known = {word for value in connection.execute(chosen).scalars() for word in words_of(value)}
    words = []
    for word in words_of(term.words[0]):
        near = [word] if word in known else get_close_matches(word, known, 1, _NEAR)
        if not near:
            return None
        words += near
    said = " ".join(words)
    told = Term("value", (said,), term.field)
    return said if said != term.words[0].lower() and _found(connection, told) else None
