"""What belongs to an event besides its name: place, status, theme, occasion, participants."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.language.events.choice import Candidate
from extractor.language.events.days import EventDays
from extractor.language.events.reading import Reading
from extractor.language.events.words import EventWords
from extractor.language.found import Found, span_value
from extractor.rulebook import RuleFile

_PARTICIPANTS = 40
# What a place loses that stands in the name of the event ("Rapat Penanganan X di Wilayah Y").
_IN_NAME = 1.5
# What a place gains in a sentence that goes on about the event ("Kegiatan ini berlangsung di X").
_ANAPHOR = 2.5
# The same as the place of what is still to come.
_OF_PLAN = 5.0


class EventFacts:
    """Finds the facts of an event."""

    def __init__(self, words: EventWords, rules: RuleFile) -> None:
        self.vocabulary = words
        self.rules = rules
        self._days = EventDays(words, rules)

    def date(self, reading: Reading, event: Candidate, status: str) -> Found | None:
        """As :meth:`EventDays.date`."""
        return self._days.date(reading, event, status)

    def venue(self, reading: Reading, event: Candidate, status: str) -> Found | None:
        """The place of the event: in the clause that names it, else the best one of the lead."""
        best, most = None, 0.5
        named = {one.start for one in event.mentions if one.noun and one.known}
        for venue in reading.venues:
            if not venue.value.get("likely", True) or venue.start in named:
                continue
            worth = self._venue_worth(reading, event, venue)
            if status != "planned" and self._of_plan(reading, event, venue):
                worth -= _OF_PLAN
            if worth > most:
                best, most = venue, worth
        return best

    def _venue_worth(self, reading: Reading, event: Candidate, venue: Found) -> float:
        number = next(
            (n for n, s in enumerate(reading.sentences) if s.start <= venue.start < s.end),
            None,
        )
        if number is None:
            return -1.0
        sentence = reading.sentences[number]
        worth = 2.0 * float(venue.value.get("weight", 0.5))
        if any(m.sentence == number and "in_speech" not in m.features for m in event.mentions):
            worth += 1.5
        first, last = reading.ranges[number]
        strong = venue.value.get("cue_strength") == "strong" and first < last
        if strong and self._anaphor(reading, first, last):
            worth += _ANAPHOR
        name = event.name
        if name.start < venue.start < name.end and not self._called_on(event):
            worth -= _IN_NAME
        worth += {0: -0.5, 1: 1.5, 2: 0.8, 3: 0.2}.get(sentence.paragraph, -0.3)
        if any(
            0 <= d.start - venue.end < 40 or 0 <= venue.start - d.end < 40 for d in reading.dates
        ):
            worth += 0.7
        return worth

    def _anaphor(self, reading: Reading, first: int, last: int) -> bool:
        """Whether a sentence opens with the event in other words: ``Kegiatan ini …``, ``Acara yang
        …``, ``Kegiatan berlangsung …``."""
        vocabulary, words = self.vocabulary, reading.words
        hit = vocabulary.activity.at(reading.text, words, first)
        if hit is None or hit.last >= last:
            return False
        follows = words[hit.last].lower
        return (
            follows in vocabulary.pointer
            or follows in vocabulary.auxiliary
            or follows in vocabulary.passives
        )

    def _of_plan(self, reading: Reading, event: Candidate, venue: Found) -> bool:
        """Whether a sentence that does not name the event has a place as that of what is to come
        ("X yang akan digelar di Lapangan Y")."""
        number = next(
            (n for n, s in enumerate(reading.sentences) if s.start <= venue.start < s.end), None
        )
        if number is None or any(one.sentence == number for one in event.mentions):
            return False
        first, last = reading.ranges[number]
        before = (w.lower for w in reading.words[first:last] if w.start < venue.start)
        return not self.vocabulary.planned.isdisjoint(before)

    def _called_on(self, event: Candidate) -> bool:
        """Whether a place in an event's name is where it was ("kunjungan ke Desa X")."""
        return event.kind.split(" ", 1)[0] in self.vocabulary.hosted or not event.name.noun

    def theme(self, reading: Reading, event: Candidate) -> dict[str, Any] | None:
        """The theme in quotation marks, where a rule finds one."""
        return self._part(reading, "theme")

    def occasion(self, reading: Reading, event: Candidate) -> dict[str, Any] | None:
        """What the event was held for ("dalam rangka …")."""
        found = self._part(reading, "occasion")
        if found is None or (found["start"] < event.name.end and event.name.start < found["end"]):
            return None
        first = reading.words[bisect_left(reading.words, found["start"], key=lambda w: w.start)]
        return None if self.vocabulary.is_verb(first) else found

    def _part(self, reading: Reading, kind: str) -> dict[str, Any] | None:
        for sentence in reading.sentences:
            if sentence.paragraph == 0 or sentence.paragraph > 4:
                continue
            piece = reading.text[sentence.start : sentence.end]
            for rule in self.rules.of_kind(kind):
                if rule.pattern is None or (match := rule.pattern.search(piece)) is None:
                    continue
                start, end = match.span(1)
                return span_value(
                    reading.text,
                    sentence.start + start,
                    sentence.start + end,
                    rule.id,
                    rule.confidence,
                )
        return None

    def participants(
        self, reading: Reading, people: Sequence[Found]
    ) -> list[str | Mapping[str, Any]]:
        """Ids of the persons told as present, in text order."""
        present: list[str | Mapping[str, Any]] = []
        for number, sentence in enumerate(reading.sentences):
            first, last = reading.ranges[number]
            at = next(
                (
                    i
                    for i in range(first, last)
                    if reading.words[i].lower in self.vocabulary.attended
                ),
                None,
            )
            if at is None:
                continue
            for one in people:
                person = one.value.get("person")
                if (
                    reading.words[at].start < one.start < sentence.end
                    and person
                    and person not in present
                ):
                    present.append(person)
            present += self._groups(reading, reading.words[at].start, sentence.end)
            if len(present) >= _PARTICIPANTS:
                break
        return present

    def _groups(self, reading: Reading, start: int, end: int) -> list[Mapping[str, Any]]:
        """Who took part without a name: ``80 peserta dari unsur kader``."""
        piece = reading.text[start:end]
        found: list[Mapping[str, Any]] = []
        for rule in self.rules.of_kind("participant"):
            for match in rule.pattern.finditer(piece) if rule.pattern is not None else ():
                first = start + match.start(1)
                last = first + self._whole(match.group(1))
                if not self._named(reading, first, last):
                    found.append(span_value(reading.text, first, last, rule.id, rule.confidence))
        apart: list[Mapping[str, Any]] = []
        for one in sorted(found, key=lambda group: int(group["start"])):
            if not apart or one["start"] >= apart[-1]["end"]:
                apart.append(one)
        return apart

    def _named(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a person is named in a stretch: then no group is meant."""
        at = bisect_left(reading.persons, (start, start))
        return at < len(reading.persons) and reading.persons[at][0] < end

    def _whole(self, group: str) -> int:
        """How much of a group's words to keep: not the words that would only lead on."""
        vocabulary = self.vocabulary
        loose = vocabulary.link | vocabulary.origin | vocabulary.relative | vocabulary.stop
        ends = vocabulary.relative | (vocabulary.stop - vocabulary.conjunction)
        kept = group.split()
        for at, word in enumerate(kept):
            if at and word.lower() in ends:
                kept = kept[:at]
                break
        while len(kept) > 1 and kept[-1].lower() in loose:
            kept.pop()
        end = 0
        for word in kept:
            end = group.index(word, end) + len(word)
        return end
