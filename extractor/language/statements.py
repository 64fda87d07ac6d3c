"""A quote as a finding: its confidence, and the date and occasion its tag gives."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.language.found import Found, span_value
from extractor.language.speakers import Reading, Speaker
from extractor.rulebook import RuleFile


@dataclass(slots=True)
class Quote:
    """A quote with its speaker; ``tag`` is where date and occasion of the statement may stand.

    ``how`` the speaker is known: named by the cue, continued from the speech right before, or from
    far away.
    """

    kind: str
    start: int
    end: int
    rule: str
    cue: tuple[int, int] | None
    tag: tuple[int, int] | None
    speaker: Speaker | None
    how: str
    repaired: bool


class Statements:
    """Turns quotes into findings; confidences and words come from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        self._rules = rules
        self._by_id = {rule.id: rule for rule in rules.of_kind("quote")}
        self._occasion = frozenset(rules.surfaces("occasion"))

    def found(
        self, reading: Reading, quote: Quote, dates: Sequence[Found], starts: list[int]
    ) -> Found:
        """The finding of one quote; ``starts`` are the starts of ``dates``, in text order."""
        rule = self._by_id[quote.rule]
        confidence = rule.confidence
        if quote.repaired:
            confidence = round(confidence * self._rules.settings["repaired"], 3)
        sure = confidence
        if quote.how != "named":
            sure *= self._rules.settings[quote.how]
        if quote.speaker is not None and quote.speaker.person is None:
            sure *= self._rules.settings["unresolved"]
        sure = round(sure, 3)
        text, speaker = reading.text, quote.speaker

        def part(span: tuple[int, int] | None, how: float) -> dict[str, object] | None:
            return span_value(text, *span, rule.id, how) if span is not None else None

        date = occasion = None
        if quote.tag is not None and quote.cue is not None:
            first = bisect_left(starts, quote.tag[0])
            if first < len(starts) and dates[first].end <= quote.tag[1]:
                date = [dates[first].start, dates[first].end]
            occasion = self._occasion_of(reading, quote.cue[1], quote.tag[1], date)
        value = {
            "kind": quote.kind,
            "speaker": speaker.person if speaker is not None else None,
            "speaker_text": part(speaker.span, sure) if speaker is not None else None,
            "cue": part(quote.cue, confidence),
            "delivered_by": speaker.reader if speaker is not None else None,
            "date": date,
            "occasion": part(occasion, confidence),
            "repaired": quote.repaired,
        }
        return Found(quote.start, quote.end, rule.id, confidence, value)

    def _occasion_of(
        self, reading: Reading, start: int, end: int, date: list[int] | None
    ) -> tuple[int, int] | None:
        """The words after saat, usai … in a tag, up to a comma, the date or its end."""
        for word in reading.words_in(start, min(end, start + 300)):
            if word.lower not in self._occasion:
                continue
            stop = min(end, word.start + 300)
            if date is not None and date[0] > word.start:
                stop = min(stop, date[0])
            comma = reading.text.find(",", word.end, stop)
            stop = comma if comma >= 0 else stop
            while stop > word.end and not reading.text[stop - 1].isalnum():
                stop -= 1
            return (word.start, stop) if stop > word.end else None
        return None
