"""Who is meant: mentions of people found by position, and the speaker of the moment."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.language.phrases import Word, words_of
from extractor.rulebook import RuleFile

# What may stand between a name and the rest of the sentence: ", S.Sos., M.Si", " SH MH", " (61)".
_DEGREES = re.compile(
    r"(?:[,.]*[ \xa0]*(?:\(\d{1,3}\)|[A-Z][A-Za-z]{0,5}(?:\.[ \xa0]?,?[A-Za-z]{1,5})+\.?"
    r"|(?:[SMA][A-Z.]{1,6}|[A-Z]{2}\.?|[A-Z]{1,2}\.[A-Z.]{1,5})(?![A-Za-z])))+"
)
_WINDOW = 60
_SHORT_NAME, _LONG_NAME = 4, 20
# Beyond so many holders of roles a short role says too little.
_MANY = 200


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a person or a role; with the role before it they begin at ``phrase``.

    ``person`` is None where the text does not say who holds the role.
    """

    start: int
    end: int
    phrase: int
    person: str | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a person, or a role or other words at ``span``; ``reader`` delivers it."""

    person: str | None
    span: tuple[int, int] | None
    reader: str | None = None


@dataclass(slots=True)
class Reading:
    """One text with its words, sentences and mentions, found by position."""

    text: str
    layout: Layout
    mentions: list[Mention]
    rules: RuleFile
    words: tuple[Word, ...] = ()
    _starts: list[int] = field(default_factory=list)
    _mention_starts: list[int] = field(default_factory=list)
    _sentence_starts: list[int] = field(default_factory=list)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_name: dict[str, str | None] = field(default_factory=dict)
    _by_start: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = words_of(self.text)
        self._starts = [word.start for word in self.words]
        self._mention_starts = [mention.start for mention in self.mentions]
        self._sentence_starts = [sentence.start for sentence in self.layout.sentences]
        for mention in self.mentions:
            if mention.person is None or not mention.named:
                continue
            for word in self.words_in(mention.start, mention.end):
                if len(word.lower) > 2 and word.capital:
                    self._note(self._by_name, word.lower, mention.person)
                    for length in range(_SHORT_NAME, min(len(word.lower), _LONG_NAME)):
                        self._note(self._by_start, word.lower[:length], mention.person)

    def _note(self, names: dict[str, str | None], name: str, person: str) -> None:
        if names.setdefault(name, person) != person:
            names[name] = None

    def person_named(self, words: tuple[Word, ...]) -> str | None:
        """The only person whose name holds one of these words, or begins one of its own with it."""
        capital = [word.lower for word in reversed(words) if word.capital]
        for names in (self._by_name, self._by_start):
            held = next((p for p in map(names.get, capital) if p is not None), None)
            if held is not None:
                return held
        return None

    def person_holding(self, words: tuple[Word, ...]) -> str | None:
        """The only person whose role begins with these words or those they shorten (Sekda)."""
        if not words or len(self.roles) > _MANY:
            return None
        said = [word.lower for word in words]
        same = [
            person
            for person, role in self.roles.items()
            if list(role[: len(said)]) == said or _given(said[0], role)
        ]
        if len(same) == 1:
            return same[0]
        short = said[0]
        if same or not 4 <= len(short) <= 9:
            return None
        whole = [p for p, role in self.roles.items() if _shortens(short, role)]
        if len(whole) != 1 or not all(_like(word, self.roles[whole[0]]) for word in said[1:2]):
            return None
        return whole[0]

    def word_from(self, at: int) -> int:
        """The number of the first word that begins at ``at`` or later."""
        return bisect_left(self._starts, at)

    def words_in(self, start: int, end: int, most: int | None = None) -> tuple[Word, ...]:
        """The words that begin in ``text[start:end]``, at most so many."""
        first = self.word_from(start)
        last = self.word_from(end)
        return self.words[first : last if most is None else min(last, first + most)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence that holds ``at`` ends."""
        number = bisect_left(self._sentence_starts, at + 1) - 1
        if number < 0:
            return len(self.text)
        return max(at, self.layout.sentences[number].end)

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds ``at`` begins."""
        number = bisect_left(self._sentence_starts, at + 1) - 1
        return self._sentence_starts[number] if number >= 0 else 0

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in ``text[start:end]``."""
        first = bisect_left(self._mention_starts, start)
        return self.mentions[first : bisect_left(self._mention_starts, end, first)]

    def mentions_back(self, end: int, start: int) -> Iterator[Mention]:
        """The mentions that begin in ``text[start:end]``, last first."""
        for number in range(bisect_left(self._mention_starts, end) - 1, -1, -1):
            if self.mentions[number].start < start:
                return
            yield self.mentions[number]

    def after_degrees(self, at: int) -> int:
        """The end of the degrees and the age that follow a name ending at ``at``."""
        found = _DEGREES.match(self.text, at, min(len(self.text), at + 80))
        return found.end() if found is not None else at


def _given(short: str, role: tuple[str, ...]) -> bool:
    """Whether a role gives its short form itself: Kepala Kantor Wilayah (Kakanwil), or Kadinsos for
    Kepala Dinas Sosial (Dinsos)."""
    return any(
        word[:1] == "(" and short.endswith(word[1:-1]) and _heads(short[: 2 - len(word)], role)
        for word in role[1:]
        if len(word) > _SHORT_NAME
    )


def _heads(piece: str, role: tuple[str, ...]) -> bool:
    return not piece or _piece(piece, role[0], False)


def _shortens(short: str, role: tuple[str, ...]) -> bool:
    """Whether a word is made of pieces of a role's first words: wabup of wakil bupati, kadis of
    kepala dinas, menhut of menteri kehutanan."""
    return len(role) > 1 and any(
        _piece(short[:length], role[0], False) and _continues(short[length:], role[1:3])
        for length in range(2, min(len(short) - 1, len(role[0]) + 1))
    )


def _continues(rest: str, role: tuple[str, ...]) -> bool:
    if not rest:
        return True
    return bool(role) and any(
        _piece(rest[:length], role[0], True) and _continues(rest[length:], role[1:])
        for length in range(2, min(len(rest), len(role[0])) + 1)
    )


def _piece(piece: str, word: str, affixed: bool) -> bool:
    """Whether a piece begins a word or its stem, or is its first letter and letters behind it."""
    if word.startswith(piece) or (
        affixed and piece in (word[2 : 2 + len(piece)], word[3:][: len(piece)])
    ):
        return True
    return len(piece) <= 3 and _strung(piece, word)


def _strung(short: str, long: str) -> bool:
    """Whether ``long`` begins with the first letter of ``short`` and has the others after it."""
    at = 0
    for letter in short:
        at = long.find(letter, at) + 1
        if not at or (long[0] != short[0]):
            return False
    return True


def _like(word: str, role: tuple[str, ...]) -> bool:
    """Whether a role has a word that begins as this one does, or words that it shortens."""
    return any(
        one[:4] == word[:4] or _strung(word, " ".join(role[place : place + 4]))
        for place, one in enumerate(role)
    )


def roles_of(people: Iterable[Found]) -> dict[str, tuple[str, ...]]:
    """The words of each person's role, in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for one in people:
        role, person = one.value.get("role"), one.value.get("person")
        if role and person and person not in found:
            found[person] = tuple(str(role["text"]).lower().replace(",", " ").split())
    return found


def mentions_of(people: Iterable[Found]) -> list[Mention]:
    """The people marks as mentions in text order; pronouns are left out, they are resolved here."""
    found = []
    for one in people:
        if one.value.get("form") == "pronoun":
            continue
        role = one.value.get("role")
        phrase = one.start
        if role and role["end"] <= one.start and one.start - role["end"] < _WINDOW:
            phrase = role["start"]
        named = one.value.get("form") != "role"
        found.append(Mention(one.start, one.end, phrase, one.value.get("person"), named))
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return kept


def _speaker(mention: Mention, reader: str | None = None) -> Speaker:
    return Speaker(mention.person, (mention.start, mention.end), reader)


def speaker_of(mention: Mention | None) -> Speaker | None:
    """The mention as a speaker."""
    return _speaker(mention) if mention is not None else None
