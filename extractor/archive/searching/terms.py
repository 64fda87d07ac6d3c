"""A query said to the index of each store: one MATCH of SQLite's FTS5, one tsquery of PostgreSQL.

Words reach the index cut and folded: letters, digits, and between quotation marks. Nothing of a
query can be syntax of the index or of SQL.

PostgreSQL's index holds a release as a set of terms, told apart by their first letter: s a stem,
t one of the title, e one of an event's name, w a word, v one of the title, p two words that follow
each other, q in the title, c a code. So phrases of two words need no look at the text, and those of
more only at texts that hold all their pairs.
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
class Terms:
    """What the index is asked (``match``), and of PostgreSQL what the texts are (``texts``: SQL,
    with ``phrases``: its parameters)."""

    match: str
    texts: str = ""
    phrases: dict[str, str] = field(default_factory=dict)


Codes = dict[Term, list[str]]  # of the values that a term means


def codes_of(connection: Connection, query: Query, words: Words) -> Codes:
    """The codes of what a query asks of values; the same for :func:`titled` of it."""
    return {
        term: _codes(connection, term, words)
        for clause in query.clauses
        for term in clause.choices
        if term.kind == "value"
    }


def terms_of(connection: Connection, query: Query, words: Words, codes: Codes) -> Terms:
    """The query as the store's index takes it."""
    clauses = query.clauses
    if connection.dialect.name == "sqlite":
        return Terms(_joined(clauses, lambda term: _fts(term, codes, words), "AND", "OR", "NOT"))
    # what is left out as a long phrase cannot be left out by its pairs
    surely = [one for one in clauses if not (one.out and any(map(_long, one.choices)))]
    match = _joined(surely, lambda term: _tsquery(term, codes, words), "&", "|", "& !")
    phrases: dict[str, str] = {}
    texts = [
        _text_condition(clause, lambda term: _tsquery(term, codes, words), phrases)
        for clause in clauses
        if any(map(_long, clause.choices))
    ]
    return Terms(match, "".join(f" AND {one}" for one in texts), phrases)


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


def _joined(
    clauses: Sequence[Clause], said: Callable[[Term], str], both: str, either: str, without: str
) -> str:
    wanted = [_either(one, said, either) for one in clauses if not one.out]
    left = [_either(one, said, either) for one in clauses if one.out]
    match = f" {both} ".join(wanted or [said(Term("value", ()))])
    return f"({match}) {without} ({f' {either} '.join(left)})" if left else match


def _either(clause: Clause, said: Callable[[Term], str], either: str) -> str:
    return "(" + f" {either} ".join(map(said, clause.choices)) + ")"


def _fts(term: Term, codes: Codes, words: Words) -> str:
    """A term in the query syntax of FTS5 (https://sqlite.org/fts5.html)."""
    if term.kind == "value":
        return "codes : (" + " OR ".join(f'"{code}"' for code in _found(term, codes)) + ")"
    if term.kind == "stems":
        columns = {"title": "title_stems", "event": "event_stems"}.get(
            term.field or "", "{title_stems body_stems}"
        )
        stems = dict.fromkeys(map(words.stemmer.stem, term.words))
        return "(" + " AND ".join(f'{columns} : "{stem}"' for stem in stems) + ")"
    columns = "title" if term.field == "title" else "{title body}"
    star = " *" if term.kind == "prefix" else ""
    return f'{columns} : "{" ".join(term.words)}"{star}'


def _tsquery(term: Term, codes: Codes, words: Words) -> str:
    """A term in the syntax of tsquery."""
    if term.kind == "value":
        return "(" + " | ".join(f"'c{code}'" for code in _found(term, codes)) + ")"
    if term.kind == "stems":
        mark = {"title": "t", "event": "e"}.get(term.field or "", "s")
        stems = dict.fromkeys(map(words.stemmer.stem, term.words))
        return "(" + " & ".join(f"'{mark}{stem}'" for stem in stems) + ")"
    word, pair = ("v", "q") if term.field == "title" else ("w", "p")
    if term.kind == "prefix":
        return f"'{word}{term.words[0]}':*"
    if len(term.words) == 1:
        return f"'{word}{term.words[0]}'"
    return "(" + " & ".join(f"'{pair}{a} {b}'" for a, b in pairwise(term.words)) + ")"


def _found(term: Term, codes: Codes) -> list[str]:
    return codes[term] or [_NOWHERE] if term.words else [EVERYWHERE]


def _long(term: Term) -> bool:
    return term.kind == "phrase" and len(term.words) > 2


def _text_condition(clause: Clause, said: Callable[[Term], str], phrases: dict[str, str]) -> str:
    """SQL for a clause in which a phrase of three words or more is: its pairs, then the text."""
    parts: list[str] = []
    for term in clause.choices:
        name = f"p{len(phrases)}"
        phrases[name] = said(term)
        part = f"terms_vector @@ CAST(:{name} AS tsquery)"
        if _long(term):
            text = f"t{len(phrases)}"
            phrases[text] = f" {' '.join(term.words)} "
            where = ("title",) if term.field == "title" else ("body", "title")  # mostly there
            there = " OR ".join(f"strpos(' ' || {column} || ' ', :{text}) > 0" for column in where)
            part = f"({part} AND ({there}))"
        parts.append(part)
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
