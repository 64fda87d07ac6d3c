"""Whom katanya, ia and untagged quotations mean: who spoke last, or whom the text turned to."""

from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.language.quotes.speakers import Mention, Reading, Speaker
from extractor.language.quotes.subjects import Subjects
from extractor.rulebook import RuleFile

# For how many sentences a person whom the text turned to without speech stays in mind.
_IN_MIND = 2
# For how many sentences without speech the last speaker is at hand.
_AT_HAND = 1
# seorang petani muda: so many words tell somebody without a name.
_FOLK = 3


@dataclass(slots=True)
class Focus:
    """Who spoke last, ``since`` sentences without speech ago, and whom the text turned to since,
    ``age`` sentences ago."""

    speaker: Speaker | None = None
    topic: Speaker | None = None
    age: int = 0
    since: int = 0

    def current(self) -> Speaker | None:
        """Whom katanya or ia means here."""
        if self.topic is not None and (self.speaker is None or self.age < _IN_MIND):
            return self.topic
        return self.speaker

    def near(self) -> bool:
        """Whether who is meant spoke in the last sentence or the one before."""
        return self.since <= _AT_HAND and self.current() is self.speaker

    def spoke(self, speaker: Speaker | None) -> None:
        """Somebody speaks: the one who is meant from here on."""
        if speaker is not None:
            self.speaker, self.topic, self.age, self.since = speaker, None, 0, 0


class Turns:
    """Tells whom a sentence turns to in which nobody speaks; words from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile, subjects: Subjects) -> None:
        self._subjects = subjects
        self._attendance = frozenset(rules.surfaces("attendance"))
        self._pronouns = frozenset(rules.surfaces("pronoun"))
        self._names = frozenset(rules.surfaces("bears_name"))
        self._about = frozenset(rules.surfaces("about_whom"))
        self._one = frozenset(rules.surfaces("apposed"))
        self._joints = frozenset(rules.surfaces("joint"))
        self._deputies = frozenset(rules.surfaces("deputy"))
        self._read_out = frozenset(rules.surfaces("read_out"))
        self._reads = frozenset(rules.surfaces("read_aloud"))

    def follow(self, reading: Reading, start: int, end: int, focus: Focus) -> None:
        """Note in ``focus`` whom the sentence turns to: its subject or only person."""
        focus.since += 1
        words = reading.words_in(start, end, 60)
        mentions = [
            m
            for m in reading.mentions_in(start, end)[:8]
            if m.person is not None and not self._named_after(reading, m)
        ]
        early = mentions[0].start if mentions else end
        attending = any(w.lower in self._attendance for w in words if w.start < early)
        if not mentions or attending:
            focus.age += 0 if any(w.lower in self._pronouns for w in words) else 1
            return
        first = mentions[0]
        folk = self._folk_behind(reading, start, end, mentions)
        if folk is not None:
            focus.topic, focus.age = folk, 0
            return
        if focus.speaker is not None and self._aside(reading, start, first):
            focus.age += 1
            return
        if len(mentions) > 1 and self._subjects.beside(reading, start, first.phrase):
            mentions = self._after_joined(reading, mentions)
            if not mentions:
                focus.age += 1
                return
            first = mentions[0]
        lead = reading.words_in(start, first.phrase)
        heads = len(lead) <= 4 and not any(self._subjects.acts(word) for word in lead)
        if len({m.person for m in mentions}) > 2 and not heads:
            focus.age += 1
            return
        other = next((m for m in mentions if m.person != first.person), None)
        speaker = Speaker(first.person, (first.start, first.end))
        if other is not None:
            between = {w.lower for w in reading.words_in(first.end, other.start)}
            if between & self._deputies:
                speaker = Speaker(other.person, (other.start, other.end))
            elif between & self._read_out:
                speaker = replace(speaker, reader=other.person)
            elif between & self._reads:
                speaker = Speaker(other.person, (other.start, other.end), first.person)
        focus.topic, focus.age = speaker, 0

    def _after_joined(self, reading: Reading, mentions: list[Mention]) -> list[Mention]:
        """The mentions behind the first and those joined to it: dengan X dan Y, Z hadir."""
        place = 1
        while place < len(mentions):
            end = reading.after_degrees(mentions[place - 1].end)
            between = reading.words_in(end, mentions[place].phrase)
            if not between or any(word.lower not in self._joints for word in between):
                break
            place += 1
        return mentions[place:]

    def _folk_behind(
        self, reading: Reading, start: int, end: int, mentions: list[Mention]
    ) -> Speaker | None:
        """Somebody without a name behind the only person, who merely stands beside: berbeda dengan
        X, seorang petani muda …"""
        only = mentions[0]
        if len(mentions) > 1 or not self._subjects.beside(reading, start, only.phrase):
            return None
        words = reading.words_in(only.end, end, _FOLK)
        if not words or words[0].lower not in self._one:
            return None
        parts = [reading.text[only.end : words[0].start]]
        parts += [reading.text[a.end : b.start] for a, b in pairwise(words)]
        if parts[0].strip() != "," or any(part.strip() for part in parts[1:]):
            return None
        return Speaker(None, (words[0].start, words[-1].end))

    def _aside(self, reading: Reading, start: int, mention: Mention) -> bool:
        """Whether a preposition stands before the first person of a sentence: kagum pada X."""
        words = reading.words_in(max(start, mention.phrase - 20), mention.phrase)[-2:]
        return len(words) > 1 and any(word.lower in self._about for word in words)

    def _named_after(self, reading: Reading, mention: Mention) -> bool:
        """Whether a thing bears the person's name: dengan nama X."""
        words = reading.words_in(max(0, mention.phrase - 20), mention.phrase)[-3:]
        return any(word.lower in self._names for word in words)
