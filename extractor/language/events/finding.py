"""Events of a release: the main one with its facts, related ones, and the runners-up."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from extractor.language.events.choice import Candidate, candidates
from extractor.language.events.facts import EventFacts
from extractor.language.events.mentions import EventMentions
from extractor.language.events.reading import Reading, broken, read
from extractor.language.events.status import event_status
from extractor.language.events.words import EventWords
from extractor.language.found import Found, span_value
from extractor.language.layout import Layout
from extractor.language.organizers.finding import Organizers, roles_of
from extractor.rulebook import RuleFile

_RUNNERS_UP = 6
_BETWEEN = 60
# How many words before a day may tell that somebody was asked on it.
_TAG = 8


class EventFinder:
    """Finds the events of a release by the rules of ``rules/events.yaml``."""

    def __init__(self, rules: RuleFile, offices: RuleFile | None = None) -> None:
        self.rules = rules
        self.settings = dict(rules.settings)
        self.words = EventWords(rules, offices)
        self._confidence = {rule.id: rule.confidence for rule in rules.rules}
        enabled = frozenset(rule.id for rule in rules.of_kind("event"))
        self.mentions = EventMentions(self.words, self.settings, enabled)
        self.facts = EventFacts(self.words, rules)
        self.organizers = Organizers(self.words, rules)

    def find(
        self,
        layout: Layout,
        dates: Sequence[Found] = (),
        people: Sequence[Found] = (),
        venues: Sequence[Found] = (),
    ) -> list[Found]:
        """The events in the order of their rank: the main one, related ones, then runners-up
        (``candidate`` true). ``dates``, ``people`` and ``venues`` are what was marked before."""
        limit = layout.body_start + int(self.settings["window"]) + 2_000
        reading = read(
            layout,
            [d for d in dates if d.start < limit],
            [v for v in venues if v.start < limit],
            roles_of([span for p in people if p.start < limit for span in _role(p)]),
            int(self.settings["window"]),
            self.words.photo,
        )
        reading.persons = sorted((p.start, p.end) for p in people if p.start < limit)
        reading.days = [date for date in reading.dates if not self._asked(reading, date)]
        ranked = candidates(reading, self.mentions.find(reading), self.settings, self.words)
        found = []
        main: Candidate | None = None
        for one in ranked[: _RUNNERS_UP + 1]:
            if main is None and one.score >= self.settings["threshold"]:
                main = one
                found.append(self._event(reading, one, people, True, False))
            elif main is not None and self._related(reading, main, one):
                found.append(self._event(reading, one, people, False, False))
            else:
                found.append(self._event(reading, one, people, False, True))
        return sorted(found, key=lambda f: bool(f.value["candidate"]))

    def _asked(self, reading: Reading, date: Found) -> bool:
        """Whether somebody was asked on a day ("saat ditemui di kantornya, Kamis (3/6/2024)")."""
        words = reading.words
        at = bisect_left(words, date.start, key=lambda word: word.start)
        return any(
            (hit := self.words.interview.at(reading.text, words, i)) is not None
            and not broken(reading.text, words, i, hit.last - 1)
            and "." not in reading.text[words[i].start : date.start]
            for i in range(max(0, at - _TAG), at)
        )

    def _related(self, reading: Reading, main: Candidate, other: Candidate) -> bool:
        """Whether a second event is told as joined to the main one ("dirangkai dengan X")."""
        if other.score < self.settings["related_threshold"]:
            return False
        return any(
            first.sentence == second.sentence
            and 0 < second.start - first.end < _BETWEEN
            and not self.words.related_link.isdisjoint(
                reading.text[first.end : second.start].lower().split()
            )
            for first in main.mentions
            for second in other.mentions
        )

    def _event(
        self,
        reading: Reading,
        event: Candidate,
        people: Sequence[Found],
        main: bool,
        candidate: bool,
    ) -> Found:
        name = event.name
        confidence = self._trust(event)
        value: dict[str, Any] = {
            "main": main,
            "type": event.kind,
            "class": self.words.class_of(event.kind),
            "phase": event.phase,
            "status": "held",
            "organizers": [],
            "theme": None,
            "occasion": None,
            "date": None,
            "venue": None,
            "participants": [],
            "candidate": candidate,
            "score": event.score,
            "features": event.features,
        }
        if not candidate:
            status = event_status(reading, event, self.words)
            date = self.facts.date(reading, event, status)
            venue = self.facts.venue(reading, event, status)
            value["date"] = [date.start, date.end] if date is not None else None
            value["venue"] = [venue.start, venue.end] if venue is not None else None
            value["status"] = status
        if main:
            value["organizers"] = [
                span_value(reading.text, start, end, rule, self._confidence[rule])
                for start, end, how in self.organizers.find(reading, event)
                if (rule := f"events.organizer-{how}") in self._confidence
            ]
            value["theme"] = self.facts.theme(reading, event)
            value["occasion"] = self.facts.occasion(reading, event)
            value["participants"] = self.facts.participants(reading, people)
        return Found(name.start, name.end, name.rule, confidence, value)

    def _trust(self, event: Candidate) -> float:
        confidence = self._confidence[event.name.rule]
        if event.score < self.settings["sure"]:
            confidence -= self.settings["doubt"]
        return round(max(confidence, 0.05), 3)


def _role(person: Found) -> list[tuple[int, int]]:
    role = person.value.get("role")
    if isinstance(role, dict):
        return [(role["start"], role["end"])]
    return [(person.start, person.end)] if person.value.get("form") == "role" else []
