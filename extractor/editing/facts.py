"""Facts decide whether two passages that are alike say the same.

A passage holds facts: numbers, days and months, names, words with an opposite, negations. Two
passages conflict where each holds a fact the other lacks, or where only one of them negates what
both say.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from rapidfuzz.distance import OSA, Levenshtein

from extractor.editing.passages import APOSTROPHES, TOKEN, ZEROS
from extractor.editing.vocabulary import vocabulary
from extractor.rulebook import RuleFile

_TOKENS = re.compile(f"({TOKEN.pattern})")
_SENTENCE_GAP = re.compile(r"[.!?:“”\"]")
_DOUBLE = re.compile(r"(.)\1+")
# So many words, and pairs of words, are remembered: a draft says the same ones again and again.
_REMEMBERED = 1 << 14


class Token(NamedTuple):
    """A word or number: ``word`` folded for comparison; ``name`` where it looks like one."""

    word: str
    name: bool


class Fact(NamedTuple):
    """``kind`` is number, day, name, sense or negation."""

    kind: str
    value: str


_NEGATED = Fact("negation", "not")


class Facts:
    """Reads facts with the word lists of ``rulebook["repeats"]``."""

    def __init__(self, rules: RuleFile) -> None:
        words = rules.words
        self._known: dict[str, Fact] = {}
        for kind, name in (("number", "number_word"), ("day", "day"), ("sense", "opposite")):
            for surface, value in words[name].items():
                self._known[_folded(surface)] = Fact(kind, value)
        for surface in words["negation"]:
            self._known[_folded(surface)] = _NEGATED
        self._openers = {_folded(surface) for surface in words["opener"]}
        common = rules.rule("repeats.conflict")
        self._common = common.pattern if common is not None else None
        self._longest_typo = rules.settings["typo"]
        self._token = lru_cache(_REMEMBERED)(self._token_of)
        self._fact = lru_cache(_REMEMBERED)(self._fact_of)
        self.same_word = lru_cache(_REMEMBERED)(self._same_word)

    def tokens(self, text: str, ordinary: frozenset[str] = frozenset()) -> tuple[Token, ...]:
        """The tokens of a passage; ``ordinary`` are words the draft writes in small letters too."""
        parts = _TOKENS.split(text)
        gaps, words = parts[0::2], parts[1::2]
        found = list(map(self._token, words))
        for at, token in enumerate(found):
            if not token.name:
                continue
            last = words[at - 1] if at else ""
            opens = not at or _SENTENCE_GAP.search(gaps[at]) is not None
            if opens and not (last[:1].isupper() or 0 < len(last) < 3):
                found[at] = Token(token.word, not self._is_common(token.word, ordinary))
        return tuple(found)

    def _token_of(self, raw: str) -> Token:
        """A word as it is told by itself."""
        word = _folded(raw)
        return Token(word, raw[0].isupper() and word not in self._known)

    def _is_common(self, word: str, ordinary: frozenset[str]) -> bool:
        if word in ordinary or word in self._openers:
            return True
        return self._common is not None and self._common.fullmatch(word) is not None

    def of(self, tokens: Iterable[Token]) -> set[Fact]:
        """The facts of a passage."""
        facts = set(map(self._fact, tokens))
        facts.discard(None)
        return cast(set[Fact], facts)

    def _fact_of(self, token: Token) -> Fact | None:
        word = token.word
        if (known := self._known.get(word)) is not None:
            return known
        if word[0].isdigit():
            return Fact("number", word)
        return Fact("name", word) if token.name and len(word) > 1 else None

    def _same_word(self, one: str, other: str) -> bool:
        """Whether two spellings are one word with a slip; never for numbers and known words."""
        if one == other:
            return True
        if one[0].isdigit() or other[0].isdigit():
            return False
        if one in self._known and other in self._known:
            return self._known[one] == self._known[other]
        longer = max(len(one), len(other))
        if longer < 5:
            return False
        if _undoubled(one) == _undoubled(other):
            return True
        allowed = 1 if longer < 8 else 2 if longer < 14 else 3
        return OSA.distance(one, other, score_cutoff=allowed) <= allowed

    def difference(self, one: Sequence[Token], other: Sequence[Token]) -> "Difference":
        """What each of two passages says that the other does not."""
        first = [token.word for token in one]
        second = [token.word for token in other]
        if first == second:
            return _NO_DIFFERENCE
        blocks: list[list[int]] = []
        for op in Levenshtein.opcodes(first, second):
            if op.tag == "equal":
                continue
            if blocks and blocks[-1][1] == op.src_start and blocks[-1][3] == op.dest_start:
                blocks[-1][1], blocks[-1][3] = op.src_end, op.dest_end
            else:
                blocks.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
        only_one: set[Fact] = set()
        only_other: set[Fact] = set()
        longest_one = longest_other = 0
        negated = False
        facts_one, facts_other = self.of(one), self.of(other)
        for a, b, c, d in blocks:
            left, right = self._without_slips(one[a:b], other[c:d])
            longest_one = max(longest_one, len(left))
            longest_other = max(longest_other, len(right))
            has, lacks = self.of(left), self.of(right)
            if not has and not lacks:
                continue
            only_one |= self._missing(has, facts_other)
            only_other |= self._missing(lacks, facts_one)
            # One number in the place of another differs, even where both stand elsewhere too.
            for kind in ("number", "day"):
                mine = {fact for fact in has - lacks if fact.kind == kind}
                theirs = {fact for fact in lacks - has if fact.kind == kind}
                if mine and theirs:
                    only_one |= mine
                    only_other |= theirs
            if (_NEGATED in has) != (_NEGATED in lacks) and max(len(left), len(right)) <= 4:
                negated = True
        return Difference(
            frozenset(only_one), frozenset(only_other), longest_one, longest_other, negated
        )

    def _without_slips(
        self, left: Sequence[Token], right: Sequence[Token]
    ) -> tuple[Sequence[Token], Sequence[Token]]:
        """Two differing stretches without the words that are the same but for a slip or a blank."""
        if not left or not right:
            return left, right
        if self._glued(left, right):
            return (), ()
        rest = list(right)
        alone = []
        for token in left:
            same = next((t for t in rest if self.same_word(token.word, t.word)), None)
            if same is None:
                alone.append(token)
            else:
                rest.remove(same)
        if self._glued(alone, rest):
            return (), ()
        return alone, rest

    def _glued(self, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """Whether both are the same letters with other blanks, but for slips."""
        if not left or not right or any(self._hard(t.word) for t in (*left, *right)):
            return False
        one, other = ("".join([t.word for t in side]) for side in (left, right))
        if len(left) == len(right) == 1 and (left[0].name or right[0].name):
            return self.same_word(one, other)
        return Levenshtein.normalized_distance(one, other) <= self._longest_typo

    def _hard(self, word: str) -> bool:
        return word[0].isdigit() or word in self._known

    def _missing(self, facts: set[Fact], other: set[Fact]) -> set[Fact]:
        missing = facts - other
        if not any(fact.kind == "name" for fact in missing):
            return missing
        names = [fact.value for fact in other if fact.kind == "name"]
        return {
            fact
            for fact in missing
            if fact.kind != "name" or not any(self.same_word(fact.value, name) for name in names)
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts that only one of two passages holds; the longest stretch of words each has alone."""

    only_one: frozenset[Fact]
    only_other: frozenset[Fact]
    longest_one: int
    longest_other: int
    negated: bool

    @property
    def conflict(self) -> bool:
        """Whether the passages say different things."""
        return self.negated or bool(self.only_one and self.only_other)


_NO_DIFFERENCE = Difference(frozenset(), frozenset(), 0, 0, False)


@lru_cache(maxsize=2)
def ordinary_words(text: str) -> frozenset[str]:
    """The words a draft writes in small letters somewhere."""
    surfaces = vocabulary(text).lower
    words = {word for surface in surfaces for word in TOKEN.findall(surface)}
    return frozenset(_folded(word) for word in words if word[0].islower())


@lru_cache(_REMEMBERED)
def _folded(word: str) -> str:
    if word[0].isdigit():
        return ZEROS.sub("", word)
    return APOSTROPHES.sub("", word).casefold()


@lru_cache(_REMEMBERED)
def _undoubled(word: str) -> str:
    return _DOUBLE.sub(r"\1", word)
