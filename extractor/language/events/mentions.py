"""Where a release names an event: every mention with what speaks for it.

Four ways lead to a mention: the object of an event verb ("menggelar X"), a noun phrase before one
("X berlangsung di …"), a listed or verbal noun by itself, and an act told by its verb
("melantik Y").
"""

from collections.abc import Iterator, Mapping, Sequence

from extractor.language.events.acts import EventActs
from extractor.language.events.cues import Cue, EventCues
from extractor.language.events.names import EventNames
from extractor.language.events.occasions import EventOccasions
from extractor.language.events.offices import office_end as end_of_office
from extractor.language.events.reading import (
    Mention,
    Reading,
    broken,
    mention,
    quoted_to,
    speech_in,
    spelled_out,
    within_role,
)
from extractor.language.events.recipients import with_recipient
from extractor.language.events.subjects import EventSubjects
from extractor.language.events.weights import EventWeights
from extractor.language.events.words import EventWords, Head
from extractor.language.layout import OPENERS

# How many words behind a verb its place may be told.
_NEAR = 14
# The last paragraph in which a speaker's tag tells of the event.
_TAGGED = 3
_HEAD_ONLY = ("after_receive", "after_inspect", "before_led", "before_held", "before_done")


class EventMentions:
    """Finds the mentions of events."""

    def __init__(
        self, words: EventWords, points: Mapping[str, float], rules: frozenset[str]
    ) -> None:
        """``points``: the settings of the rule file; ``rules``: ids that are switched on."""
        self.vocabulary = words
        self.cues = EventCues(words)
        self.names = EventNames(words)
        self.subjects = EventSubjects(words, self.names, points)
        self.occasions = EventOccasions(words, self.names, points)
        self.acts = EventActs(words, self.names, self.subjects, points)
        self.weights = EventWeights(words, points)
        self.points = points
        self.rules = rules

    def find(self, reading: Reading) -> list[Mention]:
        """All mentions, in text order."""
        found: list[Mention] = []
        body = 0
        for number in range(len(reading.sentences)):
            found += self._sentence(reading, number, body)
            body += reading.sentences[number].paragraph > reading.preface
        found += self._titled(reading, found)
        return [one for one in found if one.rule in self.rules]

    def _titled(self, reading: Reading, found: Sequence[Mention]) -> Iterator[Mention]:
        """The fuller name that the title gives an event whose kind no list holds."""
        if not reading.ranges or reading.sentences[0].paragraph != 0:
            return
        first, last = reading.ranges[0]
        seen = {one.kind for one in found if one.sentence == 0}
        for one in found:
            told = {"after_hold", "after_do", "after_open", "before_held"} & one.features.keys()
            if one.known or not one.noun or not told or one.kind in seen or one.sentence == 0:
                continue
            if one.kind in self.vocabulary.about or one.kind in self.vocabulary.no_object:
                continue
            if one.last - one.first > 1:  # the text names it in full
                continue
            for at in range(first, last):
                if reading.words[at].lower == one.kind and reading.words[at].capital:
                    seen.add(one.kind)
                    end = self.names.end(reading.text, reading.words, at, at + 1, last)
                    more = mention(reading, at, end, one.kind, one.rule)
                    yield self.weights.weigh(reading, 0, 0, more, ())
                    break

    def _sentence(self, reading: Reading, number: int, body: int) -> Iterator[Mention]:
        first, last = reading.ranges[number]
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        title = reading.sentences[number].paragraph == 0
        speech = speech_in(text, words, first, last)
        cues: dict[int, Cue] = {}
        if number and (told := self.cues.announced(reading, number - 1)) is not None:
            cues[first] = told
            if (
                first < last
                and (one := self._object(reading, first, last, told, set())) is not None
            ):
                yield self.weights.weigh(reading, number, body, one, speech)
                return
        opening = self.subjects.opening(reading, first, last)
        at = office_end = first
        if opening is not None:
            yield self.weights.weigh(reading, number, body, opening, speech)
        followed = {opening.after} if opening is not None and opening.after is not None else set()
        early = title or body < 2 or reading.sentences[number].paragraph == reading.preface + 1
        while at < last:
            word = words[at]
            lower = word.lower
            if not vocabulary.tells(lower):
                if (early or self._tagged(reading, number, at)) and (
                    at >= office_end or at in cues
                ):
                    yield from self._acts(reading, number, body, at, speech, followed)
                at += 1
                continue
            if word.capital and at >= office_end and lower in vocabulary.institution:
                office_end = end_of_office(vocabulary, text, words, at, last, title)
            role = vocabulary.passives.get(lower)
            if at not in followed and (
                role == "held" or (role == "done" and self.subjects.whole(reading, at, last))
            ):
                behind = self.subjects.behind(reading, first, at, last)
                if behind is not None:
                    followed.add(at)
                    yield self.weights.weigh(reading, number, body, behind, speech)
            if lower in vocabulary.around and (
                (one := self.occasions.at(reading, at, last)) is not None
            ):
                yield self.weights.weigh(reading, number, body, one, speech)
                at = one.last
                continue
            if (cue := self.cues.at(reading, at, last)) is not None and cue[0] not in cues:
                start, told = cue
                cues[start] = told
                if (one := self._object(reading, start, last, told, followed)) is not None:
                    yield self.weights.weigh(reading, number, body, one, speech)
                    at = max(at + 1, one.last)
                    continue
                if told.phase is not None:
                    at = start
            if at >= office_end or at in cues:
                phase = vocabulary.phase.at(text, words, at) if at not in cues else None
                if phase is not None and self.cues.noun_follows(reading, phase.last, last):
                    at, told_phase = phase.last, phase.value
                    cues.setdefault(at, Cue("", at, told_phase, opening=phase.first))
                    continue
                head = vocabulary.head_at(text, words, at)
                if head is not None and self._apart(reading, head, cues.get(at)):
                    one = self._noun(reading, head, last if title else first, last, cues.get(at))
                    if one.after is not None:
                        followed.add(one.after)
                    yield self.weights.weigh(reading, number, body, one, speech)
                    at = one.last
                    continue
                if early or self._tagged(reading, number, at):
                    yield from self._acts(reading, number, body, at, speech, followed)
            at += 1

    def _apart(self, reading: Reading, head: Head, cue: Cue | None) -> bool:
        """Whether a noun belongs to nobody's office and to no place's name ("lapangan apel X");
        what was held or attended is no office though a person's name follows ("Haul KH X")."""
        start = reading.words[head.first].start
        end = reading.words[head.last - 1].end
        named = False
        if cue is not None and head.known:
            led = reading.words[cue.verb].lower in self.vocabulary.officiant
            named = led or any(start == first for first, _ in reading.roles)
        return (named or not within_role(reading, start)) and not any(
            venue.start < start and end < venue.end and venue.value.get("has_head")
            for venue in reading.venues
        )

    def _tagged(self, reading: Reading, number: int, at: int) -> bool:
        """Whether somebody spoke while or after doing what a verb tells, and where is told
        ("…, kata X usai meresmikan Y di Z")."""
        deep = reading.sentences[number].paragraph - reading.preface > _TAGGED
        if deep or at <= reading.ranges[number][0] + 1:
            return False
        if reading.words[at - 1].lower not in self.vocabulary.around:
            return False
        near = reading.words[at : at + _NEAR]
        return any(near[0].start < v.start <= near[-1].start for v in reading.venues)

    def _acts(
        self,
        reading: Reading,
        number: int,
        body: int,
        at: int,
        speech: Sequence[tuple[int, int]],
        followed: set[int],
    ) -> Iterator[Mention]:
        """The event told by the verb at word ``at``, if one is."""
        first, last = reading.ranges[number]
        title = reading.sentences[number].paragraph == 0
        one = self.acts.at(reading, at, first, last, title)
        if one is not None:
            # Its object cannot be what "yang digelar" tells of.
            followed.add(self.subjects.verb_behind(reading, one.last, last))
            yield self.weights.weigh(reading, number, body, one, speech)

    def _object(
        self, reading: Reading, start: int, last: int, cue: Cue, followed: set[int]
    ) -> Mention | None:
        """The object of an event verb whose head no list holds."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        if vocabulary.head_at(text, words, start) is not None:
            return None
        word = words[start]
        act = vocabulary.nouns.is_of_act(word.lower) and word.lower not in vocabulary.not_events
        if cue.feature in _HEAD_ONLY and not (cue.activity and word.capital):
            fresh = cue.feature == "before_held" and cue.verb not in followed and word.capital
            if not (fresh or (cue.feature == "after_receive" and (act or word.capital))):
                return None
        told_again = reading.counts[word.lower] > 1 and text[word.end : word.end + 1] != "-"
        quoted = text[word.start - 1 : word.start] in OPENERS + '"' and word.start > 0
        if (
            (broken(text, words, start - 1, start) and not quoted and cue.feature != "labelled")
            or (word.lower in vocabulary.stop and not self._named_day(reading, start, last))
            or (word.lower in vocabulary.no_object and not self._named(reading, start, last))
            or word.lower in vocabulary.person_role
            or (
                word.lower in vocabulary.organisation
                and cue.feature != "after_hold"
                and not (cue.activity and word.capital)
            )
            or word.lower[0].isdigit()
            or vocabulary.is_verb(word)
            or not (
                word.capital
                or act
                or cue.feature in ("after_hold", "after_do")
                or self._led(reading, cue, last)
                or ((cue.activity or cue.feature == "after_activity") and told_again)
            )
        ):
            return None
        if quoted:
            close = quoted_to(text, word.start)
            if close is None:
                return None
            end = start
            while end < last and words[end].end <= close:
                end += 1
        else:
            end = self.names.end(text, words, start, start + 1, last)
            meant = act or (told_again and self._pointed(reading, end, last))
            if not meant and cue.feature not in ("after_hold", "after_do") and end - start < 2:
                return None
        kind = spelled_out(text, words, start, end) or word.lower
        kind = self._last_head(reading, start, end) or kind
        one = mention(reading, start, end, kind, _rule_of(cue))
        one.features[cue.feature] = self.points[cue.feature]
        if quoted:
            one.features["quoted_name"] = self.points["quoted_name"]
        elif not word.capital and not act:
            one.features["unknown_head"] = self.points["unknown_head"]
        if told_again and cue.feature == "after_activity" and self._pointed(reading, end, last):
            one.features["pointed_at"] = self.points["pointed_at"]
        one.verb, one.phase = cue.verb, cue.phase
        if not cue.feature.startswith("before"):
            self.subjects.followed(reading, one, last)
        received = cue.feature == "after_receive" and not act and not cue.activity
        if received and "before_held" not in one.features:
            return None
        if one.after is not None:
            followed.add(one.after)
        return one

    def _last_head(self, reading: Reading, start: int, end: int) -> str | None:
        """The head that stands behind what it is called: ``X Festival (XF) 2024``."""
        words, heads = reading.words, self.vocabulary.last_head
        named = (word.lower for word in words[start + 1 : end] if word.capital)
        return next((lower for lower in named if lower in heads), None)

    def _led(self, reading: Reading, cue: Cue, last: int) -> bool:
        """Whether somebody led a ceremony, whatever it is called, at a place told behind it:
        ``bertindak sebagai pembina tabuh raya Hari Arsip di Aula X``."""
        start, end = reading.words[cue.verb].start, reading.words[last - 1].end
        return reading.words[cue.verb].lower in self.vocabulary.officiant and any(
            start < venue.start < end for venue in reading.venues
        )

    def _pointed(self, reading: Reading, at: int, last: int) -> bool:
        """Whether "ini", "tersebut" stands at a word: the event at hand is meant."""
        return at < last and reading.words[at].lower in self.vocabulary.pointer

    def _named(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a name in capitals stands in a sentence of the text ("Pelayanan Hukum")."""
        words = reading.words
        return (
            words[at].capital
            and at + 1 < last
            and words[at + 1].capital
            and words[at].start >= reading.layout.body_start
        )

    def _named_day(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a day begins a name ("Jumat Curhat", "Hari Ibu") and no date."""
        words = reading.words
        return self.cues.named_day(reading, at, last) or (
            words[at].lower in self.vocabulary.weekday
            and at + 1 < last
            and words[at + 1].capital
            and reading.text[words[at].end : words[at + 1].start] == " "
        )

    def _noun(
        self, reading: Reading, head: Head, first: int, last: int, cue: Cue | None
    ) -> Mention:
        """A noun that names an event, with the verb before or after it."""
        first = self.names.start(reading.text, reading.words, head.first, first, head.kind)
        end = self.names.end(reading.text, reading.words, head.first, head.last, last)
        if cue is not None and reading.words[cue.verb].lower in self.vocabulary.present:
            roles = self.vocabulary.person_role  # "hadir dalam penyambutan Camat X": X was there
            came = (i for i in range(head.last, end) if reading.words[i].lower in roles)
            end = next(came, end)
        if head.kind.split(" ", 1)[0] in self.vocabulary.handed:
            end = with_recipient(self.names, reading.text, reading.words, first, end, last)
        rule = "events.kind" if head.known else "events.verbal-noun"
        kind = head.kind
        if first < head.first and reading.words[first].lower in self.vocabulary.evening:
            kind = f"{reading.words[first].lower} {kind}"
        one = mention(reading, first, end, kind, rule)
        one.known = head.known
        one.verbal = head.known and self.vocabulary.is_verb(reading.words[head.first])
        if one.last < last and reading.words[one.last].lower in self.vocabulary.pointer:
            one.features["pointed_at"] = self.points["pointed_at"]
        name = "known_kind" if head.known else "noun_of_verb"
        one.features[name] = self.points[name]
        if cue is not None:
            one.phase, one.opening = cue.phase, cue.opening
        taken = cue is not None and cue.feature == "after_receive" and end - first == 1
        if cue is not None and cue.feature and not taken:
            one.features[cue.feature] = self.points[cue.feature]
            one.verb = cue.verb
            one.rule = (
                "events.activity" if cue.feature == "after_activity" else "events.verb-object"
            )
        self.subjects.followed(reading, one, last)
        return one


def _rule_of(cue: Cue) -> str:
    return "events.activity" if cue.feature == "after_activity" else "events.verb-object"
