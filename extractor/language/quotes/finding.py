"""Quotes of a release, direct and reported, with their speakers: from most to least certain.

The text is read once from its start; whoever spoke last, or was alone in the sentence before, is
the speaker of a cue that names nobody (katanya, ia, a quotation without a tag).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.language.quotes.blocks import Block, Blocks
from extractor.language.quotes.clauses import Reported
from extractor.language.quotes.direct import Direct, DirectSpeech
from extractor.language.quotes.focus import Focus, Turns
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.reading_aloud import ReadingAloud
from extractor.language.quotes.reported import ReportedSpeech
from extractor.language.quotes.speakers import Reading, Speaker, mentions_of, roles_of
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.language.quotes.statements import Quote, Statements
from extractor.language.quotes.subjects import Subjects
from extractor.rulebook import RuleFile

_BACK_SENTENCES = 3
# So far before a cue its date and occasion may stand.
_TAG = 250
_STOPS = ".!?…,"
# Where the cue of a clause leads to direct speech too, only these clauses stand by themselves.
_BESIDE_DIRECT = ("quotes.clause", "quotes.that")


class QuoteFinder:
    """Finds the quotes of a text with the rules of ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        self._rules = rules
        verbs = SpeechVerbs(rules)
        subjects = Subjects(rules, verbs)
        naming = Naming(rules, verbs)
        aloud = ReadingAloud(rules, subjects)
        self._turns = Turns(rules, subjects)
        self._statements = Statements(rules)
        self._blocks = Blocks(DirectSpeech(rules, verbs, subjects, naming, aloud), verbs)
        self._reported = ReportedSpeech(rules, verbs, subjects, naming, aloud)
        self._happening = frozenset(rules.surfaces("happening"))

    def find(
        self, text: str, layout: Layout, people: Sequence[Found], dates: Sequence[Found]
    ) -> list[Found]:
        """The quotes in text order; ``people`` and ``dates`` are the marks of those components."""
        reading = Reading(text, layout, mentions_of(people), self._rules, roles=roles_of(people))
        blocks = self._blocks.read(reading)
        quotes: list[Quote] = []
        focus = Focus()
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            before = blocks[number - 1] if number else None
            self._block(reading, block, before, following, quotes, focus)
        starts = [one.start for one in dates]
        quotes.sort(key=lambda q: (q.start, q.end))
        return [self._statements.found(reading, quote, dates, starts) for quote in quotes]

    def _block(
        self,
        reading: Reading,
        block: Block,
        before: Block | None,
        following: Block | None,
        quotes: list[Quote],
        focus: Focus,
    ) -> None:
        covered = block.start
        at = 0
        for index, (start, end) in enumerate(block.sentences):
            start = max(start, covered)
            if start >= end:
                continue
            first = at
            while at < len(block.directs) and block.directs[at].start < end:
                at += 1
            directs = block.directs[first:at]
            if not directs:
                for part in self._reported.parts(reading, start, end):
                    self._sentence(reading, block, before, index, *part, quotes, focus)
                continue
            for direct in directs:
                if direct.start > start:
                    self._prefix(reading, start, end, direct, quotes, focus)
                self._speech(reading, block, following, direct, quotes, focus)
                covered = direct.outer_end
                if direct.tag is not None:
                    covered = max(covered, direct.tag[2])
                start = covered

    def _sentence(
        self,
        reading: Reading,
        block: Block,
        before: Block | None,
        index: int,
        start: int,
        end: int,
        quotes: list[Quote],
        focus: Focus,
    ) -> None:
        """A sentence without direct speech: its reported clause, or whom it turns to."""
        found = self._reported.read(reading, start, end)
        if found is None:
            self._turns.follow(reading, start, end, focus)
            return
        speaker, how = self._resolve(reading, found.named, start, focus)
        if found.backward:
            self._look_back(reading, block, before, index, found, speaker, quotes)
        elif speaker is not None and not found.shift:
            quotes.append(_reported(found, speaker, how, start, end))
        focus.spoke(speaker)

    def _prefix(
        self,
        reading: Reading,
        start: int,
        end: int,
        direct: Direct,
        quotes: list[Quote],
        focus: Focus,
    ) -> None:
        """What stands before direct speech in its sentence: it may report as well, all of the
        sentence where nobody known says the direct speech within."""
        within = direct.named.anonymous and reading.text[direct.end - 1] not in _STOPS
        end = end if within else direct.start
        while end > start and not reading.text[end - 1].isalnum():
            end -= 1
        if end <= start:
            return
        found = self._reported.read(reading, start, end)
        if found is not None and not found.shift:
            speaker, how = self._resolve(reading, found.named, start, focus)
            leads = not within and direct.tag is not None and direct.tag[0] < direct.start
            if speaker is not None and (not leads or found.rule in _BESIDE_DIRECT):
                quotes.append(_reported(found, speaker, how, start, end))
            focus.spoke(speaker)
            return
        self._turns.follow(reading, start, end, focus)

    def _speech(
        self,
        reading: Reading,
        block: Block,
        following: Block | None,
        direct: Direct,
        quotes: list[Quote],
        focus: Focus,
    ) -> None:
        behind = direct.tag is not None and direct.tag[0] >= direct.end
        at = direct.outer_end if behind else direct.start
        speaker, how = self._resolve(reading, direct.named, at, focus)
        if direct.rule == "quotes.floating" and not (quotes and _touches(quotes[-1], block)):
            ahead = self._spoken_after(block, following, direct)
            follows = quotes and quotes[-1].kind == "direct" and quotes[-1].speaker == focus.speaker
            if ahead is not None and not follows:
                speaker, how = ahead, "far"
        cue = tag = None
        if direct.tag is not None:
            cue, tag = direct.tag[:2], (direct.tag[0], direct.tag[2])
            if cue[0] < direct.start:
                tag = (max(reading.sentence_start(cue[0]), cue[0] - _TAG), tag[1])
        quotes.append(
            Quote(
                "direct",
                direct.start,
                direct.end,
                direct.rule,
                cue,
                tag,
                speaker,
                how,
                direct.repaired,
            )
        )
        if not direct.named.anonymous:
            focus.spoke(speaker)
        if direct.tag is not None and direct.tag[0] >= direct.end and speaker is not None:
            beside = self._reported.beside(reading, direct.tag[1], direct.tag[2], direct.named)
            if beside is not None:
                quotes.append(_reported(beside, speaker, how, direct.tag[1], direct.tag[2]))

    def _spoken_after(
        self, block: Block, following: Block | None, direct: Direct
    ) -> Speaker | None:
        """The speaker of the next paragraph's quotation, where this one fills its own paragraph."""
        if following is None or not following.directs:
            return None
        if direct.start - block.start > 2 or block.end - direct.outer_end > 1:
            return None
        ahead = following.directs[0]
        return ahead.named.speaker if ahead.start - following.start <= 2 else None

    def _resolve(
        self, reading: Reading, named: Named, start: int, focus: Focus
    ) -> tuple[Speaker | None, str]:
        """(speaker, how: named, continued or far, as statements.py reads it)."""
        if named.anonymous:
            return named.speaker, "named"
        if named.speaker is not None:
            return self._linked(reading, named.speaker, focus), "named"
        if named.pronoun is not None:
            earlier = reading.mentions_in(start, named.pronoun.start)
            persons = [m for m in earlier if m.person is not None]
            if persons:
                return Speaker(persons[0].person, (persons[0].start, persons[0].end)), "far"
        return focus.current(), "continued" if focus.near() else "far"

    def _linked(self, reading: Reading, speaker: Speaker, focus: Focus) -> Speaker:
        """A speaker known by a role that holds a person's short name (Camat Rina), or by a role
        that whoever spoke last holds (Gubernur): that person."""
        if speaker.person is not None or speaker.span is None:
            return speaker
        words = reading.words_in(*speaker.span)
        title = tuple(takewhile(lambda word: word.capital, words))
        person = reading.person_named(words) or reading.person_holding(title)
        last = focus.speaker.person if focus.speaker is not None else None
        if person is None and last is not None and words:
            said = tuple(word.lower for word in words)
            person = last if reading.roles.get(last, ())[: len(said)] == said else None
        return speaker if person is None else replace(speaker, person=person)

    def _look_back(
        self,
        reading: Reading,
        block: Block,
        before: Block | None,
        index: int,
        found: Reported,
        speaker: Speaker | None,
        quotes: list[Quote],
    ) -> None:
        """Hal itu disampaikan X: what stands before is reported, unless it is a quote already."""
        if speaker is None:
            return
        source = block if index else before
        if source is None or not source.sentences:
            return
        spans = block.sentences[index - 1 : index] if index else source.sentences
        if not index and len(spans) > _BACK_SENTENCES:
            spans = spans[-1:]
        told = reading.words_in(spans[0][0], spans[-1][1], 60)
        if any(word.lower in self._happening for word in told):
            return
        start, end = spans[0][0], spans[-1][1]
        there = [q for q in quotes[-8:] if q.end > start and q.start < end]
        if there:
            for quote in there:
                if quote.speaker is None:
                    quote.speaker, quote.how = speaker, "far"
            beyond = _unquoted(there[-1], spans, speaker) if not index else None
            if beyond is None:
                return
            start = beyond
        while (
            end > start
            and not reading.text[end - 1].isalnum()
            and reading.text[end - 1] not in ")?!"
        ):
            end -= 1
        if len(reading.words_in(start, end)) > 3:
            quotes.append(
                Quote(
                    "reported",
                    start,
                    end,
                    "quotes.backward",
                    found.cue,
                    (found.cue[0], found.end),
                    speaker,
                    "named",
                    False,
                )
            )


def _unquoted(last: Quote, spans: list[tuple[int, int]], speaker: Speaker) -> int | None:
    """Where the sentences begin that go on with what somebody is reported to have said."""
    same = last.speaker is not None and last.speaker.person == speaker.person is not None
    if last.kind != "reported" or not same:
        return None
    return next((start for start, _ in spans if start >= last.end), None)


def _touches(quote: Quote, block: Block) -> bool:
    return quote.end > block.start


def _reported(found: Reported, speaker: Speaker, how: str, start: int, end: int) -> Quote:
    last = found.rule == "quotes.cue-last"
    tag = (found.cue[0], end) if last else (max(start, found.cue[0] - _TAG), found.cue[1])
    return Quote(
        "reported", found.start, found.end, found.rule, found.cue, tag, speaker, how, False
    )
