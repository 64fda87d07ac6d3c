"""Where a release names an event: every mention with what speaks for it.

Four ways lead to a mention: the object of an event verb ("menggelar X"), a noun phrase before one
("X berlangsung di …"), a listed or verbal noun by itself, and an act told by its verb ("melantik Y").
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.language.event_names import EventNames
from extractor.language.event_words import EventWords, Head, is_verbal_noun
from extractor.language.found import Found
from extractor.language.layout import CLOSERS, OPENERS, Layout, Sentence
from extractor.language.phrases import Word, words_of

_SPEECH = 45
_LATE = 1500
_LEAD = 900
_OWNED = "nya"
_CUED = frozenset(
    ("after_hold", "after_do", "after_attend", "after_open", "after_close", "after_receive")
    + ("after_activity", "before_held", "before_led", "pointed_at", "labelled")
)
_HEAD_ONLY = ("after_receive", "before_led", "before_held")


@dataclass(slots=True)
class Mention:
    """A mention of an event: ``text[start:end]`` is its name, words ``first`` to ``last``.

    ``verb`` is the number of the word that introduces or follows it, ``noun`` False where the event is
    told by a verb alone and the name is its object. ``features`` holds what speaks for it, in points.
    """

    start: int
    end: int
    first: int
    last: int
    kind: str
    rule: str
    sentence: int
    features: dict[str, float]
    noun: bool = True
    known: bool = False
    verbal: bool = False
    phase: str | None = None
    opening: int | None = None
    verb: int | None = None
    after: int | None = None

    @property
    def score(self) -> float:
        return sum(self.features.values())


@dataclass(frozen=True, slots=True)
class _Cue:
    feature: str
    verb: int
    phase: str | None
    activity: bool = False
    opening: int | None = None


@dataclass(slots=True)
class Reading:
    """One release while it is read: its words, the sentences in reach, and what was found before."""

    layout: Layout
    words: tuple[Word, ...]
    sentences: list[Sentence]
    ranges: list[tuple[int, int]]
    dates: Sequence[Found]
    venues: Sequence[Found]
    roles: Sequence[tuple[int, int]]
    counts: Counter[str] = field(default_factory=Counter)
    title_words: frozenset[str] = frozenset()
    persons: Sequence[tuple[int, int]] = ()
    lead: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        return self.layout.text


def read(
    layout: Layout,
    dates: Sequence[Found],
    venues: Sequence[Found],
    roles: Sequence[tuple[int, int]],
    window: int,
) -> Reading:
    """The part of a release in which its event is told: title and the first ``window`` characters."""
    words = words_of(layout.text)
    starts = [word.start for word in words]
    kinds = {paragraph.number: paragraph.kind for paragraph in layout.paragraphs}
    limit = layout.body_start + window
    sentences, ranges = [], []
    for sentence in layout.sentences:
        if sentence.start > limit:
            break
        if kinds.get(sentence.paragraph) not in ("title", "body"):
            continue
        start = sentence.start
        if layout.dateline is not None and start < layout.dateline[1] < sentence.end:
            start = layout.dateline[1]
        sentences.append(sentence)
        end = min(sentence.end, limit)
        ranges.append((bisect_left(starts, start), bisect_left(starts, end)))
    reading = Reading(layout, words, sentences, ranges, dates, venues, roles)
    for first, last in ranges:
        reading.counts.update(word.lower for word in words[first:last])
    first_body = next((p for p in layout.paragraphs if p.kind == "body"), None)
    if first_body is not None:
        reading.lead = (first_body.start, min(first_body.end, first_body.start + _LEAD))
    if sentences and sentences[0].paragraph == 0 and layout.title is not None:
        first, last = ranges[0]
        reading.title_words = frozenset(w.lower for w in words[first:last] if len(w.lower) > 3)
    return reading


class EventMentions:
    """Finds the mentions of events."""

    def __init__(self, words: EventWords, points: dict[str, float], rules: frozenset[str]) -> None:
        """``points``: the settings of the rule file; ``rules``: ids that are switched on."""
        self.vocabulary = words
        self.names = EventNames(words)
        self.points = points
        self.rules = rules

    def find(self, reading: Reading) -> list[Mention]:
        """All mentions, in text order."""
        found = []
        body = 0
        for number in range(len(reading.sentences)):
            found += self._sentence(reading, number, body)
            body += reading.sentences[number].paragraph > 0
        return [one for one in found if one.rule in self.rules]

    def _sentence(self, reading: Reading, number: int, body: int) -> Iterator[Mention]:
        first, last = reading.ranges[number]
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        title = reading.sentences[number].paragraph == 0
        speech = _speech(text, words, first, last)
        cues: dict[int, _Cue] = {}
        if number and (told := self._announced(reading, number - 1)) is not None:
            cues[first] = told
        opening = self._opening(reading, first, last)
        at = office_end = first
        if opening is not None:
            yield self._finish(reading, number, body, opening, speech)
        while at < last:
            word = words[at]
            lower = word.lower
            if word.capital and at >= office_end and lower in vocabulary.institution:
                office_end = self._office_end(text, words, at, last, title)
            if (cue := self._cue(reading, at, last)) is not None and cue[0] not in cues:
                start, told = cue
                cues[start] = told
                if (one := self._object(reading, start, last, told)) is not None:
                    yield self._finish(reading, number, body, one, speech)
                    at = max(at + 1, one.last)
                    continue
                if told.phase is not None:
                    at = start
            if at >= office_end or at in cues:
                phase = vocabulary.phase.at(text, words, at) if at not in cues else None
                if phase is not None and self._noun_follows(reading, phase.last, last):
                    at, told_phase = phase.last, phase.value
                    cues.setdefault(at, _Cue("", at, told_phase, opening=phase.first))
                    continue
                head = vocabulary.head_at(text, words, at)
                if head is not None and not self._within_role(reading, word.start):
                    one = self._noun(reading, head, last, cues.get(at))
                    yield self._finish(reading, number, body, one, speech)
                    at = one.last
                    continue
                early = title or body < 2 or reading.sentences[number].paragraph == 1
                if early and (one_act := self._act(reading, at, first, last, title)) is not None:
                    yield self._finish(reading, number, body, one_act, speech)
            at += 1

    def _announced(self, reading: Reading, number: int) -> _Cue | None:
        """The verb at the end of a sentence before a colon: ``akan mengadakan :``."""
        first, last = reading.ranges[number]
        if last <= first:
            return None
        role = self.vocabulary.verbs.get(reading.words[last - 1].lower)
        tail = reading.text[reading.words[last - 1].end : reading.sentences[number].end]
        if role in ("hold", "do") and tail.strip() == ":":
            return _Cue("labelled", last - 1, None)
        return None

    def _cue(self, reading: Reading, at: int, last: int) -> tuple[int, _Cue] | None:
        """Where a name is to be looked for after word ``at``, and what says so."""
        words, vocabulary = reading.words, self.vocabulary
        lower = words[at].lower
        after = at + 1
        if lower in vocabulary.verbs:
            feature = "after_" + vocabulary.verbs[lower]
        elif lower in vocabulary.passives:
            feature = "before_" + vocabulary.passives[lower]
        elif lower == "di" and after < last and "di" + words[after].lower in vocabulary.passives:
            feature = "before_" + vocabulary.passives["di" + words[after].lower]
            after += 1
        elif (hit := vocabulary.activity.at(reading.text, words, at)) is not None:
            feature, after = "after_activity", hit.last
        else:
            return None
        if feature == "after_activity" and after < last and _label(reading.text, words, after):
            return after, _Cue("labelled", at, None)
        start, phase = self._skip(reading, after, last)
        activity = any(
            vocabulary.activity.at(reading.text, words, i) is not None for i in range(after, start)
        )
        if start >= last or (start > after and _broken(reading.text, words, at, start)):
            return None
        return start, _Cue(feature, at, phase, activity)

    def _skip(self, reading: Reading, at: int, last: int) -> tuple[int, str | None]:
        """Past fillers, "kegiatan" and a phase ("pembukaan") to where a name begins."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        phase = None
        for _ in range(8):
            if at >= last or _broken(text, words, at - 1, at):
                break
            if (hit := vocabulary.activity.at(text, words, at)) is not None:
                at = hit.last
            elif (hit := vocabulary.phase.at(text, words, at)) is not None and self._noun_follows(
                reading, hit.last, last
            ):
                phase, at = hit.value, hit.last
            elif words[at].lower in vocabulary.filler:
                at += 1
            else:
                break
        return at, phase

    def _noun_follows(self, reading: Reading, at: int, last: int) -> bool:
        """Whether the word after "pembukaan" begins the name of an event of its own."""
        if at >= last or _broken(reading.text, reading.words, at - 1, at):
            return False
        return self.vocabulary.head_at(reading.text, reading.words, at) is not None or (
            self.vocabulary.activity.at(reading.text, reading.words, at) is not None
        )

    def _object(self, reading: Reading, start: int, last: int, cue: _Cue) -> Mention | None:
        """The object of an event verb whose head no list holds."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        if vocabulary.head_at(text, words, start) is not None:
            return None
        if cue.feature in _HEAD_ONLY and not (cue.activity and words[start].capital):
            return None
        word = words[start]
        quoted = text[word.start - 1 : word.start] in OPENERS + '"' and word.start > 0
        if (
            (_broken(text, words, start - 1, start) and not quoted)
            or (word.lower in vocabulary.stop and not self._named_day(reading, start, last))
            or word.lower in vocabulary.no_object
            or word.lower in vocabulary.person_role
            or (word.lower in vocabulary.organisation and cue.feature != "after_hold")
            or word.lower[0].isdigit()
            or vocabulary.is_verb(word)
            or not (
                word.capital
                or cue.feature == "after_hold"
                or (cue.feature == "after_do" and is_verbal_noun(word.lower))
            )
        ):
            return None
        if quoted:
            close = next(
                (
                    i
                    for i in range(word.start, min(len(text), word.start + 90))
                    if text[i] in CLOSERS + '"'
                ),
                None,
            )
            if close is None:
                return None
            end = start
            while end < last and words[end].end <= close:
                end += 1
        else:
            end = self.names.end(text, words, start, start + 1, last)
            if cue.feature not in ("after_hold", "after_do") and end - start < 2:
                return None
        rule = "events.activity" if cue.feature == "after_activity" else "events.verb-object"
        one = self._mention(reading, start, end, word.lower, rule)
        one.features[cue.feature] = self.points[cue.feature]
        if quoted:
            one.features["quoted_name"] = self.points["quoted_name"]
        elif not word.capital:
            one.features["unknown_head"] = self.points["unknown_head"]
        one.verb, one.phase = cue.verb, cue.phase
        return one

    def _named_day(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a weekday begins a name ("Jumat Curhat") and no date."""
        words = reading.words
        return (
            words[at].lower in self.vocabulary.weekday
            and at + 1 < last
            and words[at + 1].capital
            and reading.text[words[at].end : words[at + 1].start] == " "
        )

    def _noun(self, reading: Reading, head: Head, last: int, cue: _Cue | None) -> Mention:
        """A noun that names an event, with the verb before or after it."""
        end = self.names.end(reading.text, reading.words, head.first, head.last, last)
        rule = "events.kind" if head.known else "events.verbal-noun"
        one = self._mention(reading, head.first, end, head.kind, rule)
        one.known = head.known
        one.verbal = head.known and self.vocabulary.is_verb(reading.words[head.first])
        if one.last < last and reading.words[one.last].lower in self.vocabulary.pointer:
            one.features["pointed_at"] = self.points["pointed_at"]
        name = "known_kind" if head.known else "noun_of_verb"
        one.features[name] = self.points[name]
        if cue is not None:
            one.phase, one.opening = cue.phase, cue.opening
        if cue is not None and cue.feature:
            one.features[cue.feature] = self.points[cue.feature]
            one.verb = cue.verb
            one.rule = "events.activity" if cue.feature == "after_activity" else "events.verb-object"
        self._followed(reading, one, last)
        return one

    def _followed(self, reading: Reading, one: Mention, last: int) -> bool:
        """Note the event verb that follows a name ("… berlangsung", "… yang digelar")."""
        words, vocabulary = reading.words, self.vocabulary
        at = one.last
        for _ in range(6):
            if at >= last or _broken(reading.text, words, at - 1, at):
                return False
            lower = words[at].lower
            if lower == "di" and at + 1 < last and "di" + words[at + 1].lower in vocabulary.passives:
                at += 1
                lower = "di" + words[at].lower
            if lower in vocabulary.passives:
                feature = "before_" + vocabulary.passives[lower]
                one.features[feature] = self.points[feature]
                one.after = at
                if one.verb is None:
                    one.rule = "events.noun-verb"
                return True
            if lower in vocabulary.statement_verb:
                one.features["statement"] = self.points["statement"]
                return False
            if lower not in vocabulary.auxiliary:
                return False
            at += 1
        return False

    def _opening(self, reading: Reading, first: int, last: int) -> Mention | None:
        """A noun no list holds, at the head of a sentence and before an event verb."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        if first >= last:
            return None
        word = words[first]
        if (
            word.lower in vocabulary.stop
            or word.lower in vocabulary.institution
            or word.lower in vocabulary.organisation
            or word.lower in vocabulary.person_role
            or vocabulary.is_verb(word)
            or vocabulary.head_at(text, words, first) is not None
            or vocabulary.activity.at(text, words, first) is not None
            or reading.counts[word.lower] < 2
        ):
            return None
        end = self.names.end(text, words, first, first + 1, last)
        one = self._mention(reading, first, end, word.lower, "events.noun-verb")
        return one if self._followed(reading, one, last) else None

    def _act(
        self, reading: Reading, at: int, first: int, last: int, title: bool
    ) -> Mention | None:
        """An event told by a verb: the name is what the act is done to."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        word = words[at]
        noun = vocabulary.noun_of(word.lower, bare=title)
        if noun is None or (noun not in vocabulary.kind_names and noun not in reading.counts):
            return None
        if word.lower.startswith("di"):
            start, end = first, at
            while end > start and words[end - 1].lower in vocabulary.auxiliary | vocabulary.filler:
                end -= 1
                if words[end].lower in vocabulary.stop - vocabulary.pointer - vocabulary.planned:
                    start = end
            if end - start > 10 or (end > start and _broken(text, words, start, end - 1)):
                start = end = at
        else:
            start, _phase = self._skip(reading, at + 1, last)
            if (
                start >= last
                or _broken(text, words, at, start)
                or vocabulary.is_verb(words[start])
                or words[start].lower in vocabulary.stop | vocabulary.pronoun
            ):
                start = end = at
            else:
                end = self.names.end(text, words, start, start + 1, last)
                if words[end - 1].lower.endswith(_OWNED):
                    start = end = at
        if end <= start:
            start, end = at, at + 1
        one = self._mention(reading, start, end, noun, "events.act")
        one.noun = False
        one.verb = at
        one.known = noun in vocabulary.kind_names
        one.features["verb_only"] = self.points["verb_only"]
        return one

    def _mention(self, reading: Reading, first: int, last: int, kind: str, rule: str) -> Mention:
        words = reading.words
        end = words[last - 1].end
        text = reading.text
        if text.count("(", words[first].start, end) > text.count(")", words[first].start, end):
            end = text.find(")", end) + 1 or end
        if end < len(text) and text[end] in CLOSERS + '"' and _opens(text, words[first].start, end):
            end += 1
        return Mention(words[first].start, end, first, last, kind, rule, 0, {})

    def _finish(
        self,
        reading: Reading,
        number: int,
        body: int,
        one: Mention,
        speech: Sequence[tuple[int, int]],
    ) -> Mention:
        """Note what the mention's place says for or against it."""
        points, words, text = self.points, reading.words, reading.text
        sentence = reading.sentences[number]
        one.sentence = number
        names = []
        if sentence.paragraph == 0:
            central = self._central(reading, one, reading.ranges[number][0])
            names.append("verb_in_title" if not one.noun else "in_title" if central else "title_topic")
        elif body == 0 or (body == 1 and sentence.paragraph == 1):
            names.append("verb_in_lead" if not one.noun else "in_lead")
        elif sentence.paragraph <= 2:
            names.append("in_second")
        elif sentence.paragraph > 4 and sentence.start > reading.layout.body_start + _LATE:
            names.append("late")
        if one.last - one.first > 1 and all(w.capital for w in words[one.first : one.first + 2]):
            names.append("capitals")
        if any(sentence.start <= d.start < sentence.end for d in reading.dates):
            names.append("with_date")
        if any(sentence.start <= v.start < sentence.end for v in reading.venues):
            names.append("with_venue")
        cued = _CUED & one.features.keys()
        if self._before(text, words, one, self.vocabulary.aside):
            names.append("aside")
            for feature in ("before_held", "before_led", "pointed_at"):
                one.features.pop(feature, None)
        elif one.noun and self._before(text, words, one, self.vocabulary.at_event):
            names.append("at_event")
        elif one.noun and not cued and one.first > reading.ranges[number][0]:
            if one.rule == "events.verbal-noun":
                names.append("topic")
            elif (
                sentence.paragraph > 0
                and one.phase is None
                and words[one.first].capital
                and words[one.first - 1].capital
                and words[one.first].start == words[one.first - 1].end + 1
            ):
                names.append("inside")
        if any(start <= one.start < end for start, end in speech):
            names.append("in_speech")
        for name in names:
            one.features[name] = points[name]
        if reading.title_words and sentence.paragraph > 0:
            topic = {w.lower for w in words[one.first : one.last] if len(w.lower) > 3}
            shared = len(topic & reading.title_words) / len(topic) if topic else 0.0
            if shared:
                one.features["title_words"] = round(points["title_words"] * shared, 2)
        return one

    def _central(self, reading: Reading, one: Mention, first: int) -> bool:
        """Whether a noun in the title is what the title is about: at its head or after a verb or comma."""
        if one.first == first or one.verb is not None or one.after is not None:
            return True
        before = reading.words[one.first - 1]
        gap = reading.text[before.end : reading.words[one.first].start]
        return gap.strip() != "" or one.known

    def _before(
        self, text: str, words: tuple[Word, ...], one: Mention, wanted: frozenset[str]
    ) -> bool:
        """Whether one of these words stands before a mention, fillers aside."""
        first = one.first if one.noun or one.verb is None else one.verb
        first = one.opening if one.opening is not None else first
        for at in range(first - 1, max(first - 4, -1), -1):
            if _broken(text, words, at, at + 1):
                return False
            if words[at].lower in wanted:
                return True
            if words[at].lower not in self.vocabulary.filler:
                return self.vocabulary.activity.at(text, words, at) is not None and (
                    at > 0 and words[at - 1].lower in wanted
                )
        return False

    def _office_end(
        self, text: str, words: tuple[Word, ...], at: int, last: int, title: bool
    ) -> int:
        """The word after the name of an office: ``Dinas Pemberdayaan Perempuan, Anak dan Remaja``."""
        vocabulary = self.vocabulary
        end = at + 1
        head = vocabulary.head_at(text, words, at)
        if head is not None and head.last > end:
            return at
        while end < last:
            gap = text[words[end - 1].end : words[end].start]
            word = words[end]
            if gap not in (" ", ", ", " (", ") ", "-", "/", ",", " - ", ". ", "), "):
                break
            joins = word.lower in vocabulary.conjunction
            if not word.capital and not joins:
                break
            if word.lower in vocabulary.verbs or word.lower in vocabulary.passives:
                break
            if title and end > at + 1 and words[end - 1].lower not in vocabulary.conjunction:
                head = vocabulary.head_at(text, words, end)
                if head is not None and head.known and not is_verbal_noun(word.lower):
                    break
            end += 1
        return end

    def _within_role(self, reading: Reading, position: int) -> bool:
        at = bisect_left(reading.roles, (position + 1, 0)) - 1
        return at >= 0 and reading.roles[at][0] <= position < reading.roles[at][1]


def _broken(text: str, words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether a stop or comma stands between two words."""
    if last <= first:
        return False
    gap = text[words[first].end : words[last].start]
    return any(mark in gap for mark in ",.;:!?\n–—")


def _label(text: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a colon and nothing else stands before word ``at``, as in ``Acara : Rapat``."""
    return text[words[at - 1].end : words[at].start].strip() == ":"


def _opens(text: str, start: int, end: int) -> bool:
    return any(text[i] in OPENERS + '"' for i in range(start, end))


def _speech(text: str, words: tuple[Word, ...], first: int, last: int) -> list[tuple[int, int]]:
    """Long stretches between quotation marks."""
    if first >= last:
        return []
    found, opened = [], -1
    for at in range(max(0, words[first].start - 2), words[last - 1].end + 1):
        mark = text[at : at + 1]
        if mark == '"' or mark == "“" or mark == "”":
            if opened >= 0:
                if at - opened > _SPEECH:
                    found.append((opened, at))
                opened = -1
            else:
                opened = at
    if opened >= 0:
        found.append((opened, words[last - 1].end))
    return found
