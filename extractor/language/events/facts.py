"""What belongs to an event besides its name: day, place, status, theme, occasion, participants."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date as day
from typing import Any

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Mention, Reading
from extractor.language.events.words import EventWords
from extractor.language.found import Found, span_value
from extractor.rulebook import RuleFile

_STOP = re.compile(r"[.;!?]\s|\n")
_CLOSED = re.compile(r"[\"”“]")
_NEAR = 220
_BEFORE = 70
_TAG = 300
_BEHIND = 3
_COMING = 2.5
_IN_NAME = 4.0
_SURE = 7.0
_HISTORY = 21
_PARTICIPANTS = 40


def _day(date: Found) -> str:
    return str(date.value.get("start") or "")


def _past(date: Found) -> bool:
    return bool(date.value.get("weekday")) and date.value.get("when") != "future"


def _vague(date: Found) -> bool:
    """Whether a date is some day of a week."""
    value = date.value
    return value.get("precision") == "part" and value.get("start") != value.get("end")


def _long_before(date: Found, dateline: Found) -> bool:
    """Whether a day of the body is history at the time of the dateline."""
    try:
        written = day.fromisoformat(_day(dateline))
        return (written - day.fromisoformat(_day(date))).days > _HISTORY
    except ValueError:
        return False


class EventFacts:
    """Finds the facts of an event."""

    def __init__(self, words: EventWords, rules: RuleFile) -> None:
        self.vocabulary = words
        self.rules = rules

    def date(self, reading: Reading, event: Candidate, status: str) -> Found | None:
        """The day of the event, by preference: in the clause that names it, beside its venue, in
        its sentence, in the lead, in the dateline; a day of a statement only at last. A range that
        holds the day found is the day of the whole."""
        usable = [d for d in reading.dates if d.value.get("start") and not _vague(d)]
        if not usable:
            return None
        body = [d for d in usable if not d.value.get("dateline")]
        worth = [self._date_worth(reading, event, d) for d in body]
        if status == "planned":  # whoever told of it did so before
            worth = [
                w - max(0.0, self._elsewhere(reading, d)) for d, w in zip(body, worth, strict=True)
            ]
        else:
            worth = [w - self._coming(reading, d) for d, w in zip(body, worth, strict=True)]
        order = sorted(range(len(body)), key=lambda n: (-worth[n], body[n].start, -body[n].end))
        dateline = next((d for d in usable if d.value.get("dateline")), None)
        if not order or worth[order[0]] <= (0 if dateline is not None else -2):
            return dateline
        best = self._mended(body, body[order[0]])
        if dateline is not None and worth[order[0]] < _SURE and _long_before(best, dateline):
            return dateline
        for n in order[1:]:
            whole = body[n].value
            holds = _day(body[n]) <= _day(best) <= str(whole.get("end") or "")
            longer = _day(best) == best.value.get("end") != whole.get("start")
            begun = best.value.get("relative") or self._in_title(reading, best)
            longer = longer or bool(begun and whole["start"] != whole["end"])
            longer = longer and whole.get("precision", "day") == "day"
            if holds and longer and self._of_same(reading, body[n], worth[n]):
                return body[n]
        return best

    def _in_title(self, reading: Reading, date: Found) -> bool:
        title = reading.layout.title
        return title is not None and date.start < title.end

    def _mended(self, dates: Sequence[Found], best: Found) -> Found:
        """Where a day contradicts its weekday and the likely day stands elsewhere too, that one."""
        likely = best.value.get("repair")
        right = (d for d in dates if likely and _day(d) == likely and not d.value.get("repair"))
        return next(right, best)

    def _of_same(self, reading: Reading, whole: Found, worth: float) -> bool:
        """Whether a range round the event's day is worth being its whole: told as still to come
        or not, but not as that of another step."""
        told = worth + self._coming(reading, whole)
        return told > 0 and self._elsewhere(reading, whole) <= 0

    def _date_worth(self, reading: Reading, event: Candidate, date: Found) -> float:
        number = next(
            (n for n, s in enumerate(reading.sentences) if s.start <= date.start < s.end),
            None,
        )
        if number is None:
            return -3.0
        sentence = reading.sentences[number]
        worth = 0.0
        here = [m for m in event.mentions if m.sentence == number and "in_speech" not in m.features]
        if here:
            worth += 3.0
            nearest = min(abs(date.start - m.end) for m in here)
            worth += 1.0 if nearest < _NEAR else 0.0
            if any({"before_held", "after_hold"} & m.features.keys() for m in here):
                worth += 1.0
        if event.name.start <= date.start < event.name.end:
            worth -= _IN_NAME
        if sentence.paragraph <= 1:
            worth += 2.5
        elif sentence.paragraph == 2:
            worth += 1.5
        elif sentence.paragraph > 4:
            worth -= 1.0
        venues = [v for v in reading.venues if sentence.start <= v.start < sentence.end]
        if any(0 <= date.start - v.end < 40 or 0 <= v.start - date.end < 40 for v in venues):
            worth += 2.0
        elif venues:
            worth += 0.5
        value = date.value
        if value.get("precision", "day") != "day":
            worth -= 3.0
        if value.get("weekday"):
            worth += 1.0
        if value.get("end") not in (None, value.get("start")):
            worth += 1.0
        else:
            worth -= self._elsewhere(reading, date)
        return worth

    def _coming(self, reading: Reading, date: Found) -> float:
        """What speaks against a day that is still to come where the event has been held."""
        planned = self.vocabulary.planned
        if planned.isdisjoint(self._clause(reading, date).lower().split()):
            return 0.0
        spoken = (d for d in reading.dates if self._elsewhere(reading, d) and _past(d))
        return _COMING * (2 if any(_day(d) < _day(date) for d in spoken) else 1)

    def _clause(self, reading: Reading, date: Found) -> str:
        """The words of the sentence right before a date; of a quotation's tag, all of it."""
        before = _STOP.split(reading.text[max(0, date.start - _TAG) : date.start])[-1]
        quoted = _CLOSED.split(before)
        return quoted[-1] if len(quoted) > 1 else before[-_BEFORE:]

    def _elsewhere(self, reading: Reading, date: Found) -> float:
        """What speaks against a date: a deadline, an earlier step, a period, a law."""
        before = self._clause(reading, date)
        lost = 0.0
        for rule in self.rules.of_kind("veto"):
            if rule.pattern is not None and rule.pattern.search(before):
                lost += float(rule.fields.get("points", 3.0))
        return lost

    def venue(self, reading: Reading, event: Candidate) -> Found | None:
        """The place of the event: in the clause that names it, else the best one of the lead."""
        best, most = None, 0.5
        for venue in reading.venues:
            if not venue.value.get("likely", True):
                continue
            if (worth := self._venue_worth(reading, event, venue)) > most:
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
        worth += {0: -0.5, 1: 1.5, 2: 0.8, 3: 0.2}.get(sentence.paragraph, -0.3)
        if any(
            0 <= d.start - venue.end < 40 or 0 <= venue.start - d.end < 40 for d in reading.dates
        ):
            worth += 0.7
        return worth

    def status(self, reading: Reading, event: Candidate) -> str:
        """held, planned, postponed or cancelled, from the words round the event verb.

        Planned where some clause tells of it as to come and none as done.
        """
        words, vocabulary = reading.words, self.vocabulary
        coming = done = False
        for one in event.mentions:
            if "in_speech" in one.features or "late" in one.features or "deep" in one.features:
                continue
            first, last = reading.ranges[one.sentence]
            verb = one.verb if one.verb is not None else one.first
            start = max(first, verb - 4) if verb >= first else max(0, verb - 4)
            around = {w.lower for w in words[start : min(last, verb + 1)]}
            behind = {w.lower for w in words[one.last : min(last, one.last + _BEHIND)]}
            if one.after is not None:
                around |= {w.lower for w in words[one.last : one.after + 1]}
            if behind & vocabulary.cancelled:
                return "cancelled"
            if behind & vocabulary.postponed:
                return "postponed"
            if around & vocabulary.planned:
                coming = True
            elif one.noun and "aside" not in one.features and self._told(reading, one):
                done = True
        return "planned" if coming and not done else "held"

    def _told(self, reading: Reading, one: Mention) -> bool:
        """Whether a verb tells of a mention, not "kegiatan", "pelaksanaan" alone."""
        if one.after is not None or one.verb is None:
            return one.after is not None
        lower = reading.words[one.verb].lower
        return lower in self.vocabulary.verbs or lower in self.vocabulary.passives

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
