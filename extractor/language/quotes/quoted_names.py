"""Quotations that are no speech: themes, titles, and the names of events, programmes and groups."""

from extractor.language.quotation_marks import Quotation
from extractor.language.quotes.speakers import Reading
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

_ENDS = ".,!?…"
_BLANK = " \t\n\xa0*_"
# A name of up to so many words, all but the small ones in capitals.
_NAME = 8
_SMALL = 3


class QuotedNames:
    """Tells names between marks from speech; words come from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile, verbs: SpeechVerbs) -> None:
        self._verbs = verbs
        self._titles = frozenset(rules.surfaces("title_word"))

    def titled(self, reading: Reading, sentence: int, at: int) -> bool:
        """Whether a word like tema or berjudul stands right before the mark."""
        near = reading.words_in(max(sentence, at - 45), at)[-4:]
        if not near or reading.text[near[-1].end : at].strip(_BLANK) not in ("", ":", ",", "="):
            return False
        if near[-1].lower in self._titles:
            return True
        return (
            len(near) > 1
            and any(word.lower in self._titles and word.start >= at - 40 for word in near[:-1])
            and self._verbs.form(near[-1].lower) is None
        )

    def named(self, reading: Reading, one: Quotation, sentence: int) -> bool:
        """Whether a quotation names what stands before it (Seminar “Air Kita”), or is named as a
        theme behind it (“Air Kita”, demikian tema seminar itu)."""
        assert one.open is not None
        text = reading.text
        if one.close is None or text[one.end - 1] in _ENDS:
            return False
        words = reading.words_in(one.start, one.end, _NAME + 1)
        long = [word for word in words if len(word.lower) > _SMALL] or words
        if not long or len(words) > _NAME or not all(word.capital for word in long):
            return False
        after = reading.words_in(one.close[1], min(len(text), one.close[1] + 40), 3)
        if any(word.lower in self._titles for word in after) and not any(
            self._verbs.form(word.lower) for word in after
        ):
            return True
        before = reading.words_in(max(sentence, one.open[0] - 40), one.open[0])[-2:]
        if not before or text[before[-1].end : one.open[0]] != " ":
            return False
        noun = before[-1]
        named = next(reading.mentions_back(noun.end, sentence), None)
        return noun.capital and (named is None or named.end < noun.end)
