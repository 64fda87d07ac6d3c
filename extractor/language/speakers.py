"""Who is meant: mentions of people found by position, and the speaker of the moment."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.language.phrases import Word, words_of
from extractor.language.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

# What may stand between a name and the rest of the sentence: ", S.Sos., M.Si", " SH MH", " (61)".
_DEGREES = re.compile(
    r"(?:[,.]*[ \xa0]*(?:\(\d{1,3}\)|[A-Z][A-Za-z]{0,5}(?:\.[ \xa0]?,?[A-Za-z]{1,5})+\.?|[A-Z]{1,2}[A-Z.]{1,5}(?![a-z])))+"
)
_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a person or a role: ``text[start:end]``, with the role before it from ``phrase``.

    ``person`` is None where the text does not say who holds the role.
    """

    start: int
    end: int
    phrase: int
    person: str | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a person, or a role or other words at ``span``; ``reader`` reads it out for them."""

    person: str | None
    span: tuple[int, int] | None
    reader: str | None = None


@dataclass(slots=True)
class Reading:
    """One text with its words, sentences and mentions, all found by position in logarithmic time."""

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
                    held = self._by_name.setdefault(word.lower, mention.person)
                    if held != mention.person:
                        self._by_name[word.lower] = None

    def person_named(self, words: tuple[Word, ...]) -> str | None:
        """The only person whose name holds the last of these words."""
        return self._by_name.get(words[-1].lower) if words and words[-1].capital else None

    def person_holding(self, words: tuple[Word, ...]) -> str | None:
        """The only person whose role begins with these words, or with those they shorten (Sekda)."""
        if not words:
            return None
        said = [word.lower for word in words]
        same = [p for p, role in self.roles.items() if list(role[: len(said)]) == said]
        if len(same) == 1:
            return same[0]
        short = said[0]
        if same or not 4 <= len(short) <= 9:
            return None
        whole = [p for p, role in self.roles.items() if _shortens(short, role)]
        return whole[0] if len(whole) == 1 else None

    def word_from(self, at: int) -> int:
        """The number of the first word that begins at ``at`` or later."""
        return bisect_left(self._starts, at)

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that begin in ``text[start:end]``."""
        return self.words[self.word_from(start) : self.word_from(end)]

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


def _shortens(short: str, role: tuple[str, ...]) -> bool:
    """Whether a word is made of the beginnings of a role's first words: wabup of wakil bupati."""
    for length in range(2, len(short) - 1):
        head, tail = short[:length], short[length:]
        if len(role) > 1 and role[0].startswith(head) and role[1].startswith(tail):
            return True
    return False


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


class Subjects:
    """Finds the subject of a verb of saying among the mentions before it."""

    def __init__(self, rules: RuleFile, verbs: SpeechVerbs) -> None:
        self._verbs = verbs
        self._pronouns = frozenset(rules.surfaces("pronoun"))
        self._companions = frozenset(rules.surfaces("companion"))
        self._breaks = frozenset(rules.surfaces("clause_break"))
        self._deputies = frozenset(rules.surfaces("deputy"))
        self._relative = frozenset(rules.surfaces("relative"))
        self._demonstratives = frozenset(rules.surfaces("demonstrative"))
        self._copulas = frozenset(rules.surfaces("copula"))
        self._joints = frozenset(rules.surfaces("joint"))
        self._plain = frozenset(rules.surfaces("adverb_before"))
        self._active_prefix = rules.surfaces("active_prefix")[0]
        self._passive_prefix = tuple(rules.words["passive"].values())[0]

    def before(
        self, reading: Reading, start: int, verb: int
    ) -> tuple[Mention | None, Word | None, bool]:
        """(mention, pronoun, found) of the subject of the verb at ``verb`` in ``text[start:verb]``.

        Of a chain of mentions, one that only stands beside the subject (didampingi X, bersama X,
        yang dipimpin X) is passed over; the deputy (melalui X, diwakili X) is not.
        """
        start = max(start, verb - 700)
        pronoun = None
        near = reading.words_in(max(start, verb - 60), verb)
        for word in reversed(near):
            if word.lower in self._pronouns:
                pronoun = word
                break
        subject: Mention | None = None
        candidates = list(reading.mentions_back(verb, start))[:6]
        pointed = False
        for number, mention in enumerate(candidates):
            earlier = candidates[number + 1] if number + 1 < len(candidates) else None
            if pronoun is not None and pronoun.start > mention.start:
                break
            if not mention.named and self._pointed_at(reading, mention, verb):
                pointed = True
                continue
            floor = earlier.end if earlier is not None else start
            if not mention.named and self._predicative(reading, mention.phrase):
                pointed = True
                continue
            if earlier is not None and self.beside(reading, floor, mention.phrase):
                continue
            subject = mention
            break
        if subject is None and pronoun is None and pointed:
            back = reading.words_in(max(start, verb - 200), verb)
            pronoun = next((w for w in reversed(back) if w.lower in self._pronouns), None)
        if subject is None and pronoun is None and candidates and not pointed:
            subject = candidates[-1]
        if subject is not None:
            if self._broken(reading, subject.end, verb):
                return None, None, False
            return subject, None, True
        if pronoun is not None:
            return None, pronoun, not self._broken(reading, pronoun.end, verb)
        return None, None, False

    def _pointed_at(self, reading: Reading, mention: Mention, end: int) -> bool:
        """Whether a role takes up the one before: penjual jamu ini, guru besar itu."""
        words = reading.words_in(mention.end, min(end, mention.end + 90))
        return any(word.lower in self._demonstratives for word in words[:9])

    def _predicative(self, reading: Reading, at: int) -> bool:
        """Whether a role is said of the subject: yang merupakan mantan camat."""
        words = reading.words_in(max(0, at - 40), at)[-2:]
        return any(word.lower in self._copulas for word in words)

    def acts(self, word: Word) -> bool:
        """Whether a word looks like a verb: menggelar, dibuka, hadir."""
        prefixes = (self._active_prefix, self._passive_prefix)
        return not word.capital and len(word.lower) > 5 and word.lower.startswith(prefixes)

    def beside(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the words before a mention say that it stands beside another."""
        words = reading.words_in(max(start, end - 80), end)
        relative = False
        for number, word in enumerate(words):
            if word.lower in self._deputies:
                return False
            if word.lower in self._companions:
                return True
            if word.lower in self._relative:
                relative = True
            elif relative and word.lower.startswith(self._passive_prefix) and number:
                return True
        return False

    def _broken(self, reading: Reading, start: int, end: int) -> bool:
        """Whether another clause begins between a subject and the verb."""
        words = reading.words_in(max(start, end - 200), end)
        if any(word.lower in self._breaks for word in words):
            return True
        joined = not words or words[-1].lower in self._joints
        if joined or "," in reading.text[words[-1].end : end]:
            return False
        for number, word in enumerate(words[:-1]):
            acts = not word.capital and word.lower.startswith(self._active_prefix)
            if word.lower in self._companions or self._verbs.form(word.lower) is not None:
                continue
            if acts and len(word.lower) > 6:
                if number == 0 or words[number - 1].lower in self._plain:
                    return "," not in reading.text[word.end : end]
        return False
