"""Whom the noun phrase after a cue names: kata Camat Rina, ujar dia, tutur perempuan itu."""

from dataclasses import dataclass

from extractor.language.phrases import Word
from extractor.language.quotes.speakers import Mention, Reading, Speaker
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

_NP_WORDS = 40


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a tag names: a speaker, a pronoun, somebody who cannot be told (anonymous), or the one
    before in other words (pointed: perempuan itu)."""

    speaker: Speaker | None = None
    pronoun: Word | None = None
    anonymous: bool = False
    pointed: bool = False


class Naming:
    """Reads the noun phrase after a cue; words come from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile, verbs: SpeechVerbs) -> None:
        self._verbs = verbs
        get = rules.surfaces
        self._stops = frozenset(get("phrase_stop"))
        self._deputies = frozenset(get("deputy"))
        self._pronouns = frozenset(get("pronoun"))
        self._demonstratives = frozenset(get("demonstrative"))
        self._apposed = frozenset(get("apposed"))
        self._nobody = frozenset(get("nobody"))

    def whom(self, reading: Reading, start: int, end: int) -> Named:
        """Whom the noun phrase after a cue names."""
        words = reading.words_in(start, min(end, start + 400), _NP_WORDS)
        stop = end
        first = words[0] if words else None
        if first is None:
            return Named()
        if reading.text[start : first.start].strip(" \xa0"):
            return Named()
        ahead = reading.mentions_in(start, min(end, start + 400))
        covered = [(m.phrase, m.end) for m in ahead]
        taken: list[Word] = []
        for number, word in enumerate(words):
            inside = any(a <= word.start < b for a, b in covered)
            if word.lower in self._stops and not inside:
                after = words[number + 1] if number + 1 < len(words) else None
                if after is None or after.lower not in self._deputies or not taken:
                    stop = word.start
                    break
            taken.append(word)
        if not taken:
            return Named()
        if taken[0].lower in self._demonstratives:
            return Named()
        if taken[0].lower in self._pronouns:
            return Named(pronoun=taken[0])
        if taken[0].lower in self._nobody:
            return Named(anonymous=True)
        inner = [m for m in ahead if m.start < stop]
        pointed = self._pointed(reading, words)
        if inner and inner[0].person is None and self._taken_up(reading, inner, stop):
            return Named(pointed=True)
        if inner and not (pointed and inner[0].person is None):
            lead = [w for w in taken if w.start < inner[0].phrase]
            if not pointed or all(w.capital for w in lead):
                chosen = _deputy(reading, inner, ahead, end, self._deputies)
                return Named(self._further(reading, chosen, taken))
        if pointed or self._verbs.owned(taken[0].lower):
            return Named(pointed=True)
        span = (taken[0].start, self._phrase_end(reading, taken))
        if any(w.lower in self._demonstratives for w in reading.words_in(*span)[1:7]):
            return Named(pointed=True)
        return Named(Speaker(reading.person_named(reading.words_in(*span)), span))

    def _pointed(self, reading: Reading, words: tuple[Word, ...]) -> bool:
        """Whether a phrase of small letters ends with itu: pria yang berjualan es itu."""
        if words[0].capital:
            return False
        for number, word in enumerate(words[:14]):
            if number and set(reading.text[words[number - 1].end : word.start]) & set(",;:.!?("):
                return False
            if word.lower in self._demonstratives:
                return True
        return False

    def _further(self, reading: Reading, speaker: Speaker, taken: list[Word]) -> Speaker:
        """A role nobody is known to hold: the person whose name its noun phrase goes on with."""
        if speaker.person is not None or speaker.span is None:
            return speaker
        span = (speaker.span[0], self._phrase_end(reading, taken, ",;:!?"))
        rest = reading.words_in(speaker.span[1], span[1])
        person = reading.person_named(rest)
        return Speaker(person, span, speaker.reader) if person is not None else speaker

    def _taken_up(self, reading: Reading, inner: list[Mention], stop: int) -> bool:
        """Whether a role takes up who spoke before: kata Ketua RT ini."""
        words = reading.words_in(inner[0].start, min(stop, inner[0].end + 60))[:12]
        for number, word in enumerate(words):
            parted = number and reading.text[words[number - 1].end : word.start].strip()
            if parted or (len(inner) > 1 and word.start >= inner[1].start):
                return False
            if word.lower in self._demonstratives and word.start >= inner[0].end - len(word.lower):
                return True
        return False

    def _phrase_end(self, reading: Reading, words: list[Word], ends: str = ",;:!?()") -> int:
        """The end of a noun phrase: its first comma or stop."""
        last = words[0]
        for word in words[1:]:
            parted = set(reading.text[last.end : word.start]) & set(ends)
            if parted or (last.capital and word.lower in self._apposed):
                break
            last = word
        return last.end


def _deputy(
    reading: Reading, inner: list[Mention], ahead: list[Mention], end: int, deputies: frozenset[str]
) -> Speaker:
    """The first mention of a tag, or the one that speaks for it (kata A melalui B)."""
    first = inner[0]
    chosen = first
    for mention in ahead[1:3]:
        between = reading.words_in(chosen.end, mention.phrase)
        if any(word.lower in deputies for word in between) or (
            chosen is first
            and first.person is None
            and mention.person is not None
            and mention.start - first.end < 4
        ):
            chosen = mention
    return Speaker(chosen.person, (chosen.start, chosen.end))
