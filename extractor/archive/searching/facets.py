"""How many of the releases found have which value: exact counts, of all hits.

Each release keeps the codes of its values in one text of fixed width. The store joins those of the
hits to one long text, and numpy counts its numbers at once: some milliseconds a hundred thousand
releases, where GROUP BY takes as much for each field.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select, text

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.index.indexing import Words
from extractor.archive.index.searchable import (
    EVERYWHERE,
    FACETS,
    FIELD_BITS,
    field_number,
    words_now,
)
from extractor.archive.searching.on_postgresql import by_index, matched
from extractor.archive.searching.places import bounds
from extractor.archive.searching.query import Query
from extractor.archive.searching.terms import codes_of, terms_of
from extractor.errors import UsageError
from extractor.messages import _

Facets = dict[str, list[tuple[str, int]]]  # by field: values, the most frequent first
_STEP = len(EVERYWHERE) + 1
_WORTH = np.zeros(256, dtype=np.uint32)  # of a digit in base 36
_WORTH[ord("0") : ord("9") + 1] = range(10)
_WORTH[ord("a") : ord("z") + 1] = range(10, 36)
# by two letters, read as a little-endian number: two digits, and a digit with the blank behind it
_WORTH_OF_TWO = (_WORTH * 36 + _WORTH[:, np.newaxis]).ravel()
_WORTH_OF_LAST = np.tile(_WORTH, 256)


def facets(connection: Connection, query: Query, fields: Sequence[str], most: int = 10) -> Facets:
    """The values of these fields and the number of hits that have each; at most ``most`` of a
    field, the most frequent first, of equals the first in the alphabet (months: all, in their
    order). Raises UsageError on a field there is none of."""
    for name in fields:
        if name not in FACETS:
            said = _("--facet {field}: one of {known}")
            raise UsageError(said.format(field=name, known=", ".join(FACETS)))
    counts = _counts(_codes(connection, query, words_now()))
    found: Facets = {}
    for name in fields:
        numbers = np.flatnonzero(counts)
        numbers = numbers[numbers & ((1 << FIELD_BITS) - 1) == field_number(name)]
        numbers = numbers[numbers > 0]
        if name != "month" and len(numbers) > most:
            # all that are as frequent as the last one that is told
            least = np.partition(counts[numbers], len(numbers) - most)[len(numbers) - most]
            numbers = numbers[counts[numbers] >= least]
        told = [
            (value, int(counts[number]))
            for number, value in _values(connection, numbers.tolist()).items()
        ]
        if name == "month":
            found[name] = sorted(told)
        else:
            found[name] = sorted(told, key=lambda one: (-one[1], one[0]))[:most]
    return found


def _values(connection: Connection, numbers: list[int]) -> dict[int, str]:
    values = schema.search_values
    found: dict[int, str] = {}
    for some in chunks(numbers):
        chosen = select(values.c.number, values.c.value).where(values.c.number.in_(some))
        found |= {row.number: row.value for row in connection.execute(chosen)}
    return found


def _codes(connection: Connection, query: Query, words: Words) -> str:
    """The codes of all hits, joined by blanks."""
    terms = terms_of(connection, query, words, codes_of(connection, query, words))
    between = bounds(query)
    first, last = between or (None, None)
    given: dict[str, Any] = {"match": terms.match, "first": first, "last": last}
    if connection.dialect.name == "sqlite":
        within = "" if between is None else "AND rowid >= :first AND rowid < :last"
        hits = f"SELECT rowid AS hit FROM search_index WHERE search_index MATCH :match {within}"
        statement = (
            f"SELECT group_concat(codes, ' ') FROM ({hits}) CROSS JOIN search_documents"
            " INDEXED BY search_codes ON place = hit"
        )
        return connection.execute(text(statement), given).scalar_one() or ""
    within = "" if between is None else "WHERE place >= %(first)s AND place < %(last)s"
    hits = matched(terms, "hits.codes,", given)
    joined = f"SELECT string_agg(codes, ' ') FROM ({hits}) AS hits {within}"
    ((codes,),) = by_index(connection, joined, given)
    return codes or ""


def _counts(codes: str) -> Any:
    """How often each number is there; the place in the array is the number."""
    if not codes:
        return np.zeros(1, dtype=np.int64)
    twos = np.frombuffer(f"{codes} ".encode("ascii"), dtype="<u2").reshape(-1, _STEP // 2)
    numbers = _WORTH_OF_TWO[twos[:, 0]]
    numbers *= 36 * 36
    numbers += _WORTH_OF_TWO[twos[:, 1]]
    numbers *= 36
    numbers += _WORTH_OF_LAST[twos[:, 2]]
    return np.bincount(numbers)
