"""Direct speech: which quotations of a paragraph are somebody's words, and what tag they bear."""

import re
from dataclasses import dataclass, field

from extractor.language.quotation_marks import Quotation, quotations
from extractor.language.quotes.leads import LONGEST, Leads
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.quoted_names import QuotedNames
from extractor.language.quotes.reading_aloud import ReadingAloud
from extractor.language.quotes.speakers import Reading
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.language.quotes.subjects import Subjects
from extractor.language.quotes.tags import Tag, Tags
from extractor.rulebook import RuleFile

_ENDS = ".,!?…"
# What an item of a list begins with.
_BULLET = re.compile(r"[-–—•·▪*]|\(?(?:\d{1,2}|[a-z])[.)]+")


@dataclass(slots=True)
class Direct:
    """A quotation that is speech; ``outer_end`` is behind its closing mark.

    ``rule`` says how it was told, ``tag`` is (cue start, cue end, end of the tag) where it has one,
    ``named`` whom that names.
    """

    start: int
    end: int
    outer_end: int
    rule: str
    repaired: bool
    tag: tuple[int, int, int] | None = None
    named: Named = field(default_factory=Named)

    def tagged(self, tag: Tag) -> "Direct":
        """The same with what its tag says."""
        self.rule, self.tag, self.named = tag.rule, (*tag.cue, tag.end), tag.named
        return self


class DirectSpeech:
    """Finds direct speech; words come from ``rules/quotes.yaml``."""

    def __init__(
        self,
        rules: RuleFile,
        verbs: SpeechVerbs,
        subjects: Subjects,
        naming: Naming,
        aloud: ReadingAloud,
    ) -> None:
        self._subjects = subjects
        self._tags = Tags(rules, verbs, naming, aloud)
        self._leads = Leads(rules, verbs, subjects, naming, aloud)
        self._names = QuotedNames(rules, verbs)
        self._that = frozenset(rules.surfaces("that"))
        self._rules = {rule.id for rule in rules.of_kind("quote")}

    def read(self, reading: Reading, start: int, end: int) -> list[Direct]:
        """The direct speech of the paragraph ``text[start:end]``, in order."""
        found: list[Direct] = []
        outer = quotations(
            reading.text,
            start,
            end,
            lambda at: self._tags.begins(reading, at, end),
            lambda at: self._led_to(reading, start, at),
        )
        for number, one in enumerate(outer):
            floor = start
            if number:
                before = outer[number - 1]
                floor = before.close[1] if before.close is not None else before.end
            limit = end
            if number + 1 < len(outer) and outer[number + 1].open is not None:
                limit = (outer[number + 1].open or (end, end))[0]
            last = found[-1] if found else None
            direct = self._one(reading, one, floor, limit, start, end, last)
            if direct is not None and one.open is None and number:
                self._join(reading, outer[number - 1], direct, last)
                if last is not None and direct.start == last.start:
                    found.pop()
            if direct is not None and direct.tag is not None and number:
                found += self._listed(reading, outer[number - 1], one, direct, last)
            if direct is not None and direct.rule in self._rules and direct.start < direct.end:
                found.append(direct)
        return found

    def _led_to(self, reading: Reading, start: int, at: int) -> bool:
        """Whether an active verb of saying is among the last words before an offset."""
        words = reading.words_in(max(start, reading.sentence_start(at), at - 60), at)
        return any(self._leads.active(word.lower) for word in words[-4:])

    def _one(
        self,
        reading: Reading,
        one: Quotation,
        floor: int,
        limit: int,
        start: int,
        end: int,
        last: Direct | None,
    ) -> Direct | None:
        text = reading.text
        if one.open is None:
            return self._only_closed(reading, one, limit, last.outer_end if last else start)
        sentence = max(floor, reading.sentence_start(one.open[0]))
        prefix = text[max(sentence, one.open[0] - LONGEST) : one.open[0]].rstrip("*_ \t\n\xa0")
        if sentence == start and _BULLET.fullmatch(prefix):
            prefix = ""
        titled = self._names.titled(reading, sentence, one.open[0]) or self._names.named(
            reading, one, sentence
        )
        if one.close is None:
            return None if titled else self._only_opened(reading, one, sentence, prefix)
        direct = Direct(one.start, one.end, one.close[1], "", False)
        inside = self._tags.inside(reading, one)
        if inside is not None and not titled:
            direct.end, direct.repaired = inside[0], True
            return direct.tagged(inside[1])
        if self._continues(reading, one, floor, last) and last is not None:
            direct.rule, direct.named = "quotes.split", last.named
            return direct
        tag = self._tags.after(reading, one, limit)
        sure = text[one.end - 1] in _ENDS or self._leads.clause_like(reading, one)
        sure = sure and (tag is None or tag.rule != "quotes.tag-position")
        if tag is not None and (sure or not titled):
            return direct.tagged(tag)
        if titled:
            return None
        tag = self._leads.before(reading, one, sentence, prefix) if prefix else None
        if tag is not None:
            return direct.tagged(tag)
        if self._stands(reading, one, prefix, end):
            direct.rule = "quotes.floating"
            return direct
        return None

    def _only_closed(
        self, reading: Reading, one: Quotation, limit: int, floor: int
    ) -> Direct | None:
        """Only the closing mark stands: speech where a tag follows, from the sentence's start.
        Titles between marks of their own, behind ``floor``, are part of it."""
        assert one.close is not None
        tag = self._tags.after(reading, one, limit) if one.end > one.start else None
        if tag is None or tag.rule == "quotes.tag-position":
            return None
        begin = max(floor, reading.sentence_start(one.close[0] - 1))
        while begin < one.end and reading.text[begin].isspace():
            begin += 1
        if not reading.text[begin].isalnum():
            begin = max(one.start, begin)
        if self._reports(reading, begin, one.end):
            return None
        found = Direct(begin, one.end, one.close[1], "", True).tagged(tag)
        if tag.named == Named():  # X menegaskan A,” katanya: who speaks stands before the clause
            verbs = (w for w in reading.words_in(begin, one.end, 30) if self._leads.active(w.lower))
            verb = next(verbs, None)
            subject = self._subjects.before(reading, begin, verb.start) if verb else None
            found.named = subject or tag.named
        return found

    def _join(
        self, reading: Reading, before: Quotation, direct: Direct, last: Direct | None
    ) -> None:
        """Let speech go back over a closing mark too many: "A," b," kata X."""
        text = reading.text
        untagged = last is None or last.start != before.start or last.tag is None
        if untagged and before.open is not None and before.close is not None:
            between = text[before.close[1] : direct.start].strip()
            last_sign = text[before.end - 1 : before.end]
            going_on = last_sign == "," or text[direct.start : direct.start + 1].islower()
            if not between and going_on and last_sign in _ENDS:
                direct.start = before.start

    def _listed(
        self,
        reading: Reading,
        before: Quotation,
        one: Quotation,
        direct: Direct,
        last: Direct | None,
    ) -> list[Direct]:
        """What stands between marks right before a quotation with a tag: "A", "b" kata X."""
        if before.open is None or before.close is None or one.open is None:
            return []
        between = reading.text[before.close[1] : one.open[0]].strip(" \xa0,;")
        taken = last is not None and last.start >= before.start
        if between or taken or not self._leads.clause_like(reading, before):
            return []
        outer_end = before.close[1]
        return [
            Direct(before.start, before.end, outer_end, "quotes.split", False, None, direct.named)
        ]

    def _reports(self, reading: Reading, start: int, end: int) -> bool:
        """Whether bahwa right after a verb of saying shows reported speech: X mengatakan bahwa …"""
        words = reading.words_in(start, end, 60)
        return any(
            word.lower in self._that
            and any(self._leads.active(before.lower) for before in words[max(0, place - 3) : place])
            for place, word in enumerate(words)
        )

    def _only_opened(
        self, reading: Reading, one: Quotation, sentence: int, prefix: str
    ) -> Direct | None:
        """Only the opening mark stands: speech up to its tag, else to the paragraph's end."""
        direct = Direct(one.start, one.end, one.end, "quotes.tag", True)
        inside = self._tags.inside(reading, one, whole=True)
        if inside is not None:
            direct.end = direct.outer_end = inside[0]
            return direct.tagged(inside[1])
        tag = self._leads.before(reading, one, sentence, prefix) if prefix else None
        if tag is not None:
            return direct.tagged(tag)
        if not prefix and len(reading.words_in(one.start, one.end, 3)) > 1:
            direct.rule = "quotes.floating"
            return direct
        return None

    def _continues(self, reading: Reading, one: Quotation, floor: int, last: Direct | None) -> bool:
        """Whether the quotation goes on after a tag in its middle: "A," kata X, "b."""
        assert one.open is not None
        if last is None or last.tag is None or last.outer_end != floor:
            return False
        between = reading.text[floor : one.open[0]].rstrip()
        if not (between.endswith(",") and len(between) < 160 and last.tag[0] >= floor):
            return False
        words = reading.words_in(one.start, one.end, 4)
        named = len(words) < 4 and all(word.capital for word in words)
        return not named or reading.text[one.end - 1] in _ENDS  # kata Kades, “Mbah Darmo”, …

    def _stands(self, reading: Reading, one: Quotation, prefix: str, end: int) -> bool:
        """Whether the quotation is a sentence of its own."""
        assert one.close is not None
        text = reading.text
        if prefix and prefix[-1] not in ".!?…":
            return False
        stopped = text[one.end - 1] in ".!?…," or text[one.close[1] : one.close[1] + 1] == "."
        words = reading.words_in(one.start, one.end, 4)
        rest = text[one.close[1] : min(end, one.close[1] + 12)].strip()
        if not rest.strip(".…,*) "):
            return stopped or len(words) >= 4
        following = rest.lstrip(".,) ")[:1]
        return stopped and len(words) >= 2 and not following.islower()
