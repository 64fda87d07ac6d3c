"""A quote as a finding: its confidence, and the date and occasion its tag gives."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.language.found import Found, span_value
from extractor.language.phrases import Word
from extractor.language.quotes.speakers import Reading, Speaker
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
        self._at = frozenset(rules.surfaces("occasion_at"))
        self._no_event = frozenset(rules.surfaces("no_occasion"))
        self._owner = tuple(rules.surfaces("owner"))
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
            spans = [(quote.cue[1], quote.tag[1]), (quote.tag[0], quote.cue[0])]
            found = (self._occasion_of(reading, *span, date) for span in spans)
            occasion = next((one for one in found if one is not None), None)
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
        """The words after saat, usai or pada in a tag, up to a comma, the date or its end."""
        words = reading.words_in(start, min(end, start + 300))
        for number, word in enumerate(words):
            if word.lower not in self._occasion and not self._event(words, number, date):
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

    def _event(self, words: tuple[Word, ...], number: int, date: list[int] | None) -> bool:
        """Whether pada or dalam leads to an event: pada pembukaan pameran."""
        if words[number].lower not in self._at or number + 1 >= len(words):
            return False
        following = words[number + 1]
        if date is not None and date[0] <= following.start < date[1]:
            return False
        owned = following.lower.endswith(self._owner)
        return not owned and following.lower not in self._no_event and following.lower.isalpha()
