"""The day of an event: which of the dates of a release is the one it was held on."""

import re
from collections.abc import Sequence
from datetime import date as day

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Reading
from extractor.language.events.words import EventWords
from extractor.language.found import Found
from extractor.rulebook import RuleFile

_STOP = re.compile(r"[.;!?]\s|\n")
_CLOSED = re.compile(r"[\"”“]")
_NEAR = 220
_BEFORE = 70
_TAG = 300
_COMING = 2.5
_TOLD = 3
_IN_NAME = 4.0
_SURE = 7.0
_HISTORY = 21
_BEFORE_LEAD = 2.0


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


class EventDays:
    """Chooses the day of an event; words come from ``rules/events.yaml``."""

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
                w - max(0.0, self._elsewhere(reading, d)) * self._told(reading, event, d)
                for d, w in zip(body, worth, strict=True)
            ]
        else:
            worth = [w - self._coming(reading, d) for d, w in zip(body, worth, strict=True)]
        order = sorted(range(len(body)), key=lambda n: (-worth[n], body[n].start, -body[n].end))
        dateline = next((d for d in usable if d.value.get("dateline")), None)
        if not order or worth[order[0]] <= (0 if dateline is not None else -2):
            return dateline
        best = self._mended(body, body[order[0]])
        if self._only_told(reading, event, best):
            return dateline
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

    def _only_told(self, reading: Reading, event: Candidate, best: Found) -> bool:
        """Whether a day is only that of a statement about what some later month is to bring."""
        worth = self._date_worth(reading, event, best)
        return self._elsewhere(reading, best) > 0 and any(
            d.value.get("precision") != "day"
            and str(d.value.get("end") or "") > _day(best)
            and self._to_come(reading, d)
            and self._date_worth(reading, event, d) > worth
            for d in reading.dates
        )

    def _told(self, reading: Reading, event: Candidate, date: Found) -> int:
        """How much it tells against a day of an event to come that somebody spoke on it: more
        where the tag does not name the event."""
        if date.value.get("end") != date.value.get("start"):
            return 0  # sejak 11-15 Oktober: nobody speaks for days
        sentence = self._sentence(reading, date)
        named = any(
            m.sentence == sentence and "in_speech" not in m.features for m in event.mentions
        )
        return 1 if named or not _past(date) else _TOLD

    def _sentence(self, reading: Reading, date: Found) -> int | None:
        """The number of the sentence that holds a date."""
        return next(
            (n for n, s in enumerate(reading.sentences) if s.start <= date.start < s.end), None
        )

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
        number = self._sentence(reading, date)
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
        paragraph = sentence.paragraph - reading.preface
        if 0 < sentence.paragraph <= reading.preface:
            worth -= _BEFORE_LEAD  # the day a page was written
        elif paragraph <= 1:
            worth += 2.5
        elif paragraph == 2:
            worth += 1.5
        elif paragraph > 4:
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
        single = value.get("end") in (None, value.get("start"))
        if single or "days" in value or value.get("relative"):
            worth -= self._elsewhere(reading, date)
        return worth

    def _coming(self, reading: Reading, date: Found) -> float:
        """What speaks against a day that is still to come where the event has been held."""
        if not self._to_come(reading, date) or self._of_event(reading, date):
            return 0.0
        spoken = (d for d in reading.dates if self._elsewhere(reading, d) and _past(d))
        return _COMING * (2 if any(_day(d) < _day(date) for d in spoken) else 1)

    def _to_come(self, reading: Reading, date: Found) -> bool:
        """Whether the words before a date tell of something still to come."""
        words = self._clause(reading, date).lower().split()
        return not self.vocabulary.planned.isdisjoint(words)

    def _of_event(self, reading: Reading, date: Found) -> bool:
        """Whether the sentence of a date opens with the event in other words: Acara akan digelar
        …"""
        sentence = self._sentence(reading, date)
        if sentence is None:
            return False
        first, last = reading.ranges[sentence]
        if first == last or self.vocabulary.activity.at(reading.text, reading.words, first) is None:
            return False
        words = reading.words[first : min(last, first + 4)]
        return any(word.lower in self.vocabulary.planned for word in words)

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
