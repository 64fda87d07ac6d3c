"""The query language: what a person asks, as clauses that must all hold.

    pelatihan kader           releases with both words, in any of their forms (by stem)
    "pelatihan kader"         these words as they stand, one after the other
    berdaya*                  words that begin so (three letters at least)
    pelatihan OR lokakarya    one of them; OR binds closer than the blank (and than AND)
    -rapat, NOT rapat         without it; also -"rapat kerja" and -jenis:rapat
    judul:kader               in the title; acara: in the name of an event; a blank may follow
    orang:"Sri Wahyuni"       a person named so, in any spelling; all words in one name

Fields of names and kinds (orang, tempat, jenis …) find values in which all the words stand, in any
order. The words of the language are those of ``rules/search.yaml``; nothing else of a query is
syntax, and what is neither letter nor digit parts words.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractor.archive.index.indexing import words_of
from extractor.archive.index.searchable import FACETS
from extractor.archive.instants import day
from extractor.errors import UsageError
from extractor.messages import _
from extractor.rulebook import RuleFile

TEXTS = ("title", "event")  # fields of words; all others are of values
FIELDS = (*TEXTS, *FACETS)
LONGEST = 1_000  # characters of a query
MOST = 50  # words of a query
_SHORTEST_PREFIX = 3
_TOLD = 60  # characters of a query in a message
# one piece: -field:"words" or -field:word
_PIECE = re.compile(
    r"""(?P<out>-)?(?:(?P<field>[^\W\d_]+):)?(?:["“”](?P<phrase>[^"“”]*)["“”]|(?P<word>[^\s"“”]+))"""
)
_GAP = re.compile(r"\s+")
_QUOTE = re.compile(r'["“”]')


@dataclass(frozen=True)
class Term:
    """One thing asked: ``words`` by ``kind``, in a field or anywhere (None)."""

    kind: Literal["stems", "phrase", "prefix", "value"]
    words: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True)
class Clause:
    """One of ``choices`` must hold; none may where ``out``."""

    choices: tuple[Term, ...]
    out: bool = False


@dataclass(frozen=True)
class Query:
    """Clauses that must all hold, and the days between which a release must stand."""

    clauses: tuple[Clause, ...] = ()
    since: str | None = None
    until: str | None = None

    @property
    def wanted(self) -> Iterator[Term]:
        """What is asked of the words of texts, and not left out."""
        for clause in self.clauses:
            if not clause.out:
                yield from (one for one in clause.choices if one.kind != "value")


@dataclass(frozen=True)
class Asked:
    """A query as it is asked: text, and what options say besides."""

    text: str = ""
    values: tuple[tuple[str, str], ...] = ()  # (field, words): all must hold
    since: str | None = None
    until: str | None = None


def query_of(asked: Asked, rules: RuleFile) -> Query:
    """The query; raises UsageError where it cannot be read or asks for nothing."""
    if len(asked.text) > LONGEST:
        said = _("the query has {n} characters; at most {most} can be searched for")
        raise UsageError(said.format(n=len(asked.text), most=LONGEST))
    clauses = list(_clauses(asked.text, rules))
    for name, words in asked.values:
        if (term := _term_of(name, words, True, rules)) is None:
            said = _("{field}: {words!r} has no letter or digit")
            raise UsageError(said.format(field=name, words=words))
        clauses.append(Clause((term,)))
    if asked.text.strip() and not clauses:
        raise UsageError(_("{query!r}: no word to search for").format(query=_short(asked.text)))
    if sum(len(one.words) for clause in clauses for one in clause.choices) > MOST:
        raise UsageError(_("more than {most} words; search for fewer").format(most=MOST))
    since, until = day(asked.since, "--since"), day(asked.until, "--until")
    if since and until and since > until:
        raise UsageError(_("--since {a} is after --until {b}").format(a=since, b=until))
    return Query(tuple(clauses), since, until)


class _Piece(NamedTuple):
    """What stands between two blanks, or between quotation marks."""

    out: bool
    field: str | None
    phrase: str | None
    word: str

    @property
    def bare(self) -> str | None:
        """The word alone, as it might be one of the query language."""
        return None if self.out or self.field or self.phrase is not None else self.word


def _pieces(text: str, fields: Container[str]) -> Iterator[_Piece]:
    at = 0
    before: _Piece | None = None  # a field whose word has yet to come
    while at < len(text):
        if gap := _GAP.match(text, at):
            at = gap.end()
            continue
        found = _PIECE.match(text, at)
        if found is None:  # only a quotation mark without its partner is no piece
            at += 1
            continue
        at = found.end()
        one = _Piece(bool(found["out"]), found["field"], found["phrase"], found["word"] or "")
        if one.field is None and one.word.endswith(":") and one.word[:-1].lower() in fields:
            if before:
                yield before
            before = _Piece(one.out, one.word[:-1], None, "")
            continue
        if before and one.field is None:
            one, before = one._replace(out=before.out or one.out, field=before.field), None
        if before:
            yield before
            before = None
        yield one
    if before:
        yield before


def _clauses(text: str, rules: RuleFile) -> Iterator[Clause]:
    if len(_QUOTE.findall(text)) % 2:
        raise UsageError(_("{query!r}: a quotation mark has no partner").format(query=_short(text)))
    words = rules.words
    choices: list[Term] = []
    out = joining = without = False
    for piece in _pieces(text, words["field"]):
        if piece.bare and (piece.bare in words["or_word"] or not piece.bare.strip("|")):
            joining = bool(choices)
            continue
        if piece.bare in words["and_word"]:
            joining = False
            continue
        if piece.bare in words["not_word"]:
            without = True
            continue
        term = _of_piece(piece, rules)
        if term is None:
            continue
        left, without = piece.out or without, False
        if joining:
            if out or left:
                said = _("{query!r}: what is left out (-) cannot be one of several (OR)")
                raise UsageError(said.format(query=_short(text)))
            choices.append(term)
            joining = False
            continue
        if choices:
            yield Clause(tuple(choices), out)
        choices, out = [term], left
    if choices:
        yield Clause(tuple(choices), out)


def _of_piece(piece: _Piece, rules: RuleFile) -> Term | None:
    name, phrase = piece.field, piece.phrase
    said = phrase if phrase is not None else piece.word
    if name is None:
        return _term_of(None, said, phrase is not None, rules)
    known = rules.words["field"].get(name.lower())
    if known is None:
        if name.lower() in ("http", "https") or (phrase is None and not words_of(said)):
            return _term_of(None, f"{name} {said}", False, rules)
        told = _("{field}: there is no such field; there are {known}")
        names = ", ".join(f"{one}:" for one in rules.words["field"])
        raise UsageError(told.format(field=name, known=names))
    term = _term_of(known, said, phrase is not None, rules)
    if term is None:
        told = _("{field}: a word must follow, as in {field}:kader")
        raise UsageError(told.format(field=name))
    return term


def _short(text: str) -> str:
    """A query as a message can hold it."""
    return text if len(text) <= _TOLD else f"{text[:_TOLD]}…"


def _term_of(name: str | None, said: str, quoted: bool, rules: RuleFile) -> Term | None:
    if name == "status":
        known = rules.words["status"]
        if said.lower() not in known:
            told = _("{option} {given}: one of {known}")
            raise UsageError(told.format(option="status", given=said, known=", ".join(known)))
        said = known[said.lower()]
    words = tuple(words_of(said))
    if not words:
        return None
    if name is not None and name not in TEXTS:
        # names keep their marks: spelling is for the index to compare
        return Term("value", (said,), name)
    if quoted and name != "event":
        return Term("phrase", words, name)
    if said.endswith("*") and not quoted and name is None:
        if len(words[-1]) < _SHORTEST_PREFIX or len(words) > 1:
            told = _("{word}: three letters at least before the *")
            raise UsageError(told.format(word=said))
        return Term("prefix", words)
    return Term("stems", words, name)
