"""The attribution that leads to an opening mark: X mengatakan, “…”, Menurut X, “…”."""

from extractor.language.phrases import Word
from extractor.language.quotation_marks import Quotation
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.reading_aloud import ReadingAloud
from extractor.language.quotes.speakers import Reading, Speaker
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.language.quotes.subjects import Subjects
from extractor.language.quotes.tags import Tag
from extractor.rulebook import RuleFile

# So far before the mark it may begin.
LONGEST = 400


class Leads:
    """Reads what stands before an opening mark; words come from ``rules/quotes.yaml``."""

    def __init__(
        self,
        rules: RuleFile,
        verbs: SpeechVerbs,
        subjects: Subjects,
        naming: Naming,
        aloud: ReadingAloud,
    ) -> None:
        self._verbs = verbs
        self._subjects = subjects
        self._naming = naming
        self._aloud = aloud
        self._knowing = frozenset(rules.surfaces("no_saying"))
        self._by = frozenset(rules.surfaces("by"))
        self._that = frozenset(rules.surfaces("that"))
        self._person = frozenset(rules.surfaces("person_noun"))
        self._source = frozenset(rules.surfaces("source"))
        self._source_owned = frozenset(rules.surfaces("source_owned"))

    def before(self, reading: Reading, one: Quotation, sentence: int, prefix: str) -> Tag | None:
        """The attribution that leads to the opening mark."""
        assert one.open is not None
        text, at = reading.text, one.open[0]
        words = reading.words_in(max(sentence, at - LONGEST), at)
        if not words:
            return None
        lead = prefix[-1] in ",:;"
        last = words[-1]
        cued = self._verbs.form(last.lower) is not None or self._acting(reading, sentence, last)
        if last.lower in self._that and len(words) > 1:
            cued = self.active(words[-2].lower)
        speech_like = text[one.end - 1] in ".!?…," or prefix[-1] == ":"
        after = text[one.close[1] : one.close[1] + 4] if one.close is not None else ""
        ended = not after.strip() or after.lstrip()[0] in ".!?" or "\n" in after[:2]
        clause = self.clause_like(reading, one)
        agent = ended and clause and any(self._told(word) for word in words[-14:])
        if ended and clause and text[one.start].isupper():
            agent = agent or any(self.active(word.lower) for word in words[-4:])
        open_end = ended or speech_like or (cued and clause)
        if not open_end or not (lead or cued or agent or (ended and speech_like)):
            return None
        if cued and not (lead or speech_like) and len(reading.words_in(one.start, one.end, 4)) < 4:
            return None
        for word in reversed(words[-30:]):
            named = self._leading(reading, sentence, word, at, lead)
            if named is not None:
                return Tag("quotes.before", (word.start, word.end), at, named)
        if not lead and not (cued and clause):
            return None
        rule, cue = "quotes.before-position", (last.start, last.end)
        subject = self._aloud.before(reading, sentence, at)
        if subject is None and (speech_like or ended):
            subject = self._subjects.before(reading, sentence, at, strict=False)
        if subject is not None or lead or not text[one.start].isupper():
            return Tag(rule, cue, at, subject) if subject is not None else None
        says = self.active(last.lower) and last.lower not in self._knowing
        nobody = Named(self._folk(reading, sentence, last), anonymous=True)
        return Tag("quotes.before", cue, at, nobody) if says else None

    def _acting(self, reading: Reading, sentence: int, word: Word) -> bool:
        """Whether a verb nobody listed stands right behind a person: X menimpali “…”"""
        if not self._subjects.acts(word) or word.lower in self._knowing:
            return False
        before = next(reading.mentions_back(word.start, sentence), None)
        return before is not None and reading.after_degrees(before.end) >= word.start - 1

    def _folk(self, reading: Reading, sentence: int, verb: Word) -> Speaker | None:
        """Somebody without a name at the head of the clause of a verb: pelaku … lalu berpesan."""
        found = None
        before: Word | None = None
        for word in reading.words_in(sentence, verb.start):
            heads = before is None or "," in reading.text[before.end : word.start]
            if heads and word.lower in self._person:
                found = Speaker(None, (word.start, word.end))
            before = word
        return found

    def clause_like(self, reading: Reading, one: Quotation) -> bool:
        """Whether a quotation is long enough for a sentence, and no name in capitals."""
        words = reading.words_in(one.start, one.end, 12)
        return len(words) >= 5 and sum(word.capital for word in words) * 2 < len(words)

    def _told(self, word: Word) -> bool:
        form = self._verbs.form(word.lower)
        return form is not None and form.voice == "passive" and not form.owned

    def _leading(
        self, reading: Reading, sentence: int, word: Word, at: int, lead: bool
    ) -> Named | None:
        """Whom a cue before the opening mark names; None where the word is no such cue."""
        if lead and word.lower in self._source:
            return self._naming.whom(reading, word.end, at)
        if lead and word.lower in self._source_owned:
            return Named()
        form = self._verbs.form(word.lower)
        if form is None:
            return None
        if form.owned:
            return Named()
        if form.voice in ("bare", "passive"):
            after = next(iter(reading.words_in(word.end, at, 1)), word)
            begin = after.end if after.lower in self._by else word.end
            named = self._naming.whom(reading, begin, at)
            return None if named == Named() and form.voice == "bare" else named
        subject = self._aloud.before(reading, sentence, word.start)
        subject = subject or self._subjects.before(reading, sentence, word.start)
        if subject is None and lead and len(reading.words_in(word.end, at)) < 4:
            return _capitals(reading, sentence, word.start)
        return subject

    def active(self, lower: str) -> bool:
        """Whether a word is an active verb of saying."""
        form = self._verbs.form(lower)
        return form is not None and form.voice == "active"


def _capitals(reading: Reading, start: int, end: int) -> Named:
    """The capitalised words right before a verb as a speaker nobody marked."""
    taken: list[Word] = []
    for word in reversed(reading.words_in(max(start, end - 60), end)):
        if not word.capital or (taken and reading.text[word.end : taken[-1].start].strip()):
            break
        taken.append(word)
    if not taken or len(taken) > 5:
        return Named()
    return Named(Speaker(None, (taken[-1].start, taken[0].end)))
