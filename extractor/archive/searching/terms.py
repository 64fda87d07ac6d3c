"""A query said to the index of each store: one MATCH of SQLite's FTS5, tsqueries of PostgreSQL.

Words reach the index cut and folded: letters, digits, and between quotation marks. Nothing of a
query can be syntax of the index or of SQL.

Both indices tell by the first letter of a term what it is of: s a stem, t one of the title, v a
word of the title, e a stem of an event's name, c a code. SQLite's (``s_latih``, words of texts
without a letter) knows in which order words stand; it is never asked for one of its columns, which
takes three times as long. PostgreSQL's holds a release as a set: w a word, p two that follow each
other, q in the title, r three, u in the title. A longer phrase is surely there where all its threes
are, and each inner two of it has one and the same word before it throughout the text (else it
has the mark l), or each one and the same behind it (else m). In the texts where neither
holds, and in long ones (mark x), which have no threes, the words themselves are looked at.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.index.indexing import Words, words_of
from extractor.archive.index.searchable import EVERYWHERE, FORMS, code_of
from extractor.archive.searching.query import Clause, Query, Term

_NOWHERE = "0"  # a code that no release has


@dataclass(frozen=True)
class _Syntax:
    """How an index says AND, OR, AND NOT, and what all releases have."""

    both: str
    either: str
    without: str
    everywhere: str


_FTS = _Syntax(" AND ", " OR ", "NOT", f"c_{EVERYWHERE}")
_TSQUERY = _Syntax(" & ", " | ", "& !", f"'c{EVERYWHERE}'")


@dataclass(frozen=True)
class Terms:
    """What the index is asked: ``match`` finds hits, ``rest`` (PostgreSQL) other releases that are
    hits where their texts say so (``texts``: SQL, with ``given``: its parameters). ``name`` begins
    the names of all parameters, so that two of them find room in one statement."""

    match: str
    name: str = "match"
    rest: str = ""
    texts: str = ""
    given: dict[str, str] = field(default_factory=dict)


Codes = dict[Term, list[str]]  # of the values that a term means


def codes_of(connection: Connection, query: Query, words: Words) -> Codes:
    """The codes of what a query asks of values; the same for :func:`titled` of it."""
    return {
        term: _codes(connection, term, words)
        for clause in query.clauses
        for term in clause.choices
        if term.kind == "value"
    }


def terms_of(
    connection: Connection, query: Query, words: Words, codes: Codes, name: str = "match"
) -> Terms:
    """The query as the store's index takes it."""
    if connection.dialect.name == "sqlite":
        said = [_either(one, lambda term: _fts(term, codes, words), _FTS) for one in query.clauses]
        return Terms(_joined(query.clauses, said, _FTS), name)
    return _tsqueries(query.clauses, lambda term: _tsquery(term, codes, words), name)


def titled(query: Query) -> Query:
    """The query with all its words in the title."""

    def moved(term: Term) -> Term:
        if term.kind == "value" or term.field is not None:
            return term
        return Term(term.kind, term.words, "title")

    clauses = [one if one.out else Clause(tuple(map(moved, one.choices))) for one in query.clauses]
    return Query(tuple(clauses), query.since, query.until)


def movable(query: Query) -> bool:
    """Is there a word that could stand in the title, or anywhere?"""
    return any(term.field is None for term in query.wanted)


def _joined(clauses: Sequence[Clause], said: Sequence[str], syntax: _Syntax) -> str:
    """Clauses, each said in the syntax of an index, as one."""
    told = list(zip(clauses, said, strict=True))
    wanted = [one for clause, one in told if not clause.out]
    left = [one for clause, one in told if clause.out]
    match = syntax.both.join(wanted or [syntax.everywhere])
    return f"({match}) {syntax.without} ({syntax.either.join(left)})" if left else match


def _either(clause: Clause, said: Callable[[Term], str], syntax: _Syntax) -> str:
    return f"({syntax.either.join(map(said, clause.choices))})"


def _fts(term: Term, codes: Codes, words: Words) -> str:
    """A term in the query syntax of FTS5 (https://sqlite.org/fts5.html)."""
    if term.kind == "value":
        return "(" + " OR ".join(f"c_{code}" for code in _found(term, codes)) + ")"
    if term.kind == "stems":
        mark = {"title": "t_", "event": "e_"}.get(term.field or "", "s_")
        stems = dict.fromkeys(map(words.stemmer.stem, term.words))
        return "(" + " AND ".join(f'"{mark}{stem}"' for stem in stems) + ")"
    mark = "v_" if term.field == "title" else ""
    said = " ".join(f"{mark}{word}" for word in term.words)
    return f'"{said}"' + (" *" if term.kind == "prefix" else "")


def _tsquery(term: Term, codes: Codes, words: Words) -> str:
    """A term in the syntax of tsquery; of a long phrase the releases in which it surely is."""
    if term.kind == "value":
        return "(" + " | ".join(f"'c{code}'" for code in _found(term, codes)) + ")"
    if term.kind == "stems":
        mark = {"title": "t", "event": "e"}.get(term.field or "", "s")
        stems = dict.fromkeys(map(words.stemmer.stem, term.words))
        return "(" + " & ".join(f"'{mark}{stem}'" for stem in stems) + ")"
    word, two, three = "vqu" if term.field == "title" else "wpr"
    if term.kind == "prefix":
        return f"'{word}{term.words[0]}':*"
    if len(term.words) == 1:
        return f"'{word}{term.words[0]}'"
    if len(term.words) == 2:
        return f"'{two}{' '.join(term.words)}'"
    said = _all_of(three, term.words, 3)
    if inner := _twos(term.words[1:-1]):
        said += f" & (!{_one_of('l', inner)} | !{_one_of('m', inner)})"
    return f"({said})"


def _perhaps(term: Term) -> str:
    """The other releases in which a long phrase may be, in the syntax of tsquery."""
    two, three = "qu" if term.field == "title" else "pr"
    said = f"('x' & {_all_of(two, term.words, 2)})"
    if inner := _twos(term.words[1:-1]):
        marks = f"{_one_of('l', inner)} & {_one_of('m', inner)}"
        said += f" | ({marks} & {_all_of(three, term.words, 3)})"
    return said


def _twos(words: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]


def _one_of(mark: str, twos: Sequence[str]) -> str:
    return "(" + " | ".join(f"'{mark}{one}'" for one in dict.fromkeys(twos)) + ")"


def _all_of(mark: str, words: Sequence[str], n: int) -> str:
    runs = (" ".join(words[at : at + n]) for at in range(len(words) - n + 1))
    return " & ".join(f"'{mark}{run}'" for run in dict.fromkeys(runs))


def _tsqueries(clauses: Sequence[Clause], said: Callable[[Term], str], name: str) -> Terms:
    """What is surely found; of the rest, those in which one clause hangs on the text."""
    sure = [_either(one, said, _TSQUERY) for one in clauses]
    perhaps = [" | ".join(map(_perhaps, filter(_long, one.choices))) for one in clauses]
    if not any(perhaps):
        return Terms(_joined(clauses, sure, _TSQUERY), name)
    both = [f"({a} | {b})" if b else a for a, b in zip(sure, perhaps, strict=True)]
    outs = [one.out for one in clauses]
    least = [b if out else a for a, b, out in zip(sure, both, outs, strict=True)]
    most = [a if out else b for a, b, out in zip(sure, both, outs, strict=True)]
    match = _joined(clauses, least, _TSQUERY)
    all_ = _joined(clauses, most, _TSQUERY)
    hangs = " | ".join(f"({one})" for one in perhaps if one)
    given: dict[str, str] = {}
    texts = [
        _text_condition(clause, said, given, name)
        for clause, one in zip(clauses, perhaps, strict=True)
        if one
    ]
    rest = f"({hangs}) & ({all_}) & !({match})"
    return Terms(match, name, rest, "".join(f" AND {one}" for one in texts), given)


def _found(term: Term, codes: Codes) -> list[str]:
    return codes[term] or [_NOWHERE] if term.words else [EVERYWHERE]


def _long(term: Term) -> bool:
    return term.kind == "phrase" and len(term.words) > 2


def _text_condition(
    clause: Clause, said: Callable[[Term], str], given: dict[str, str], begin: str
) -> str:
    """SQL for a clause in which a long phrase is: what the words of a release say of it."""
    parts: list[str] = []
    for term in clause.choices:
        name = f"{begin}_{len(given)}"
        if _long(term):
            given[name] = f" {' '.join(term.words)} "
            where = ("title",) if term.field == "title" else ("body", "title")  # mostly there
            parts += (f"strpos(' ' || words.{column} || ' ', %({name})s) > 0" for column in where)
        else:
            given[name] = said(term)
            parts.append(f"hits.terms_vector @@ CAST(%({name})s AS tsquery)")
    return f"{'NOT ' if clause.out else ''}({' OR '.join(parts)})"


def _codes(connection: Connection, term: Term, words: Words) -> list[str]:
    """The codes of the values of a field in which all words stand."""
    values = schema.search_values
    assert term.field is not None
    said = term.words[0]
    if term.field in FORMS:
        spelt: list[Iterable[str]] = [words.sounds(said)]
    else:  # an office by its words as they stand, or by what its abbreviations stand for
        spelt = [words_of(said), words_of(" ".join(words.names.office(said)))]
    holds = func.instr if connection.dialect.name == "sqlite" else func.strpos
    same = [
        [holds(values.c.words, f" {word} ") > 0 for word in dict.fromkeys(one)] for one in spelt
    ]
    beside = {"type": ("class",)} | {name: (forms,) for name, forms in FORMS.items()}
    fields = (term.field, *beside.get(term.field, ()))
    chosen = select(values.c.number).where(values.c.field.in_(fields))
    numbers: set[int] = set()
    for conditions in same:
        if conditions:
            numbers.update(connection.execute(chosen.where(*conditions)).scalars())
    return sorted(map(code_of, numbers))
