"""Events named before their verb: ``Rapat … berlangsung``, ``Nyadranan itu digelar``."""

from collections.abc import Mapping

from extractor.language.events.names import EventNames
from extractor.language.events.reading import Mention, Reading, broken, mention, within_role
from extractor.language.events.words import EventWords
from extractor.language.layout import CLOSERS, OPENERS

_BEHIND = 9
_QUOTED = 14
_FAR = 40
_SHORT = 3


class EventSubjects:
    """Finds the verb behind an event's name, and names that no list holds before such a verb."""

    def __init__(self, words: EventWords, names: EventNames, points: Mapping[str, float]) -> None:
        self.vocabulary = words
        self.names = names
        self.points = points

    def followed(self, reading: Reading, one: Mention, last: int) -> bool:
        """Note the event verb that follows a name ("… berlangsung", "… yang digelar")."""
        at = self.verb_behind(reading, one.last, last)
        act = one.known or self.vocabulary.nouns.is_verbal(reading.words[one.first].lower)
        if at < 0 and one.verb is None and act:
            at = self._far_behind(reading, one, last)
        if at < 0:
            return False
        lower = self._passive(reading, at)
        if lower is None:
            one.features["statement"] = self.points["statement"]
            return False
        feature = "before_" + self.vocabulary.passives[lower]
        if feature == "before_done":
            if act and self._opens_lead(reading, one):
                feature = "before_held"
            elif act and self._told_whole(reading, one, at, last):
                feature = "before_led"
        one.features[feature] = self.points[feature]
        one.after = at
        if one.verb is None:
            one.rule = "events.noun-verb"
        return True

    def verb_behind(self, reading: Reading, at: int, last: int) -> int:
        """The event verb, or verb of statement, behind word ``at``, auxiliaries aside; or -1."""
        words, vocabulary = reading.words, self.vocabulary
        for _ in range(6):
            if at >= last or (
                broken(reading.text, words, at - 1, at) and not self._clause(reading, at, last)
            ):
                return -1
            lower = words[at].lower
            apart = lower in vocabulary.passive_prefix and at + 1 < last
            if apart and self._passive(reading, at + 1) is not None:
                return at + 1
            if self._passive(reading, at) is not None or lower in vocabulary.statement_verb:
                return at
            if lower not in vocabulary.auxiliary:
                return -1
            at += 1
        return -1

    def _clause(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a clause with an event verb follows a comma ("…, yang digelar di")."""
        words = reading.words
        return (
            words[at].lower in self.vocabulary.relative
            and at + 1 < last
            and reading.text[words[at - 1].end : words[at].start].strip() == ","
            and self.vocabulary.passives.get(words[at + 1].lower) == "held"
        )

    def _told_whole(self, reading: Reading, one: Mention, verb: int, last: int) -> bool:
        """Whether a clause tells who did it, where and when ("peresmian yang dilakukan (langsung)
        oleh Bupati X di Aula Y, Kamis")."""
        relative = reading.words[one.last].lower in self.vocabulary.relative
        return relative and self._by_whom(reading, verb, last)

    def whole(self, reading: Reading, verb: int, last: int) -> bool:
        """Whether "yang dilakukan" is followed by who did it, where and when."""
        before = reading.words[verb - 1].lower if verb else ""
        return before in self.vocabulary.relative and self._by_whom(reading, verb, last)

    def _by_whom(self, reading: Reading, verb: int, last: int) -> bool:
        """Whether who did it stands right behind a verb, and where and when in its sentence."""
        near = reading.words[verb + 1 : min(last, verb + 3)]
        agent = any(word.lower in self.vocabulary.agent for word in near)
        return agent and self._here(reading, verb, last)

    def _here(self, reading: Reading, verb: int, last: int) -> bool:
        """Whether a place and a day stand behind a verb in its sentence."""
        start, closes = reading.words[verb].start, reading.words[last - 1].end
        return all(
            any(start < span.start < closes for span in spans)
            for spans in (reading.dates, reading.venues)
        )

    def _opens_lead(self, reading: Reading, one: Mention) -> bool:
        """Whether a name is the subject of the lead's first sentence."""
        return any(
            first == one.first
            for number, (first, _) in enumerate(reading.ranges[:2])
            if reading.sentences[number].start == reading.lead[0]
        )

    def _far_behind(self, reading: Reading, one: Mention, last: int) -> int:
        """The event verb behind the place, the day, the origin told of a sentence's subject
        ("Pelepasan Kontingen X dari Kota Y di Aula Z, Senin, berlangsung …"); or -1."""
        words, vocabulary, text = reading.words, self.vocabulary, reading.text
        if all(first != one.first for first, _ in reading.ranges):
            return -1
        ends = {span.start: span.end for span in (*reading.dates, *reading.venues)}
        at, closed = one.last, False
        stop = min(last, at + _FAR)
        if at >= stop or words[at].lower not in vocabulary.beside:
            return -1
        while at < stop:
            gap = text[words[at - 1].end : words[at].start].strip("() ")
            told = self._passive(reading, at) is not None
            if gap and not (gap == "," and (closed or words[at].start in ends)):
                return -1
            if told:
                return at
            end = ends.get(words[at].start)
            if end is not None:
                while at < stop and words[at].start < end:
                    at += 1
                closed = True
                continue
            beside = words[at].lower in vocabulary.beside
            if not (beside or words[at].capital or words[at].lower[0].isdigit()):
                return -1
            closed = closed and beside
            at += 1
        return -1

    def patient(self, reading: Reading, start: int, end: int) -> tuple[int, int]:
        """The noun phrase of a passive verb, without "sebanyak" and without the place told between
        the two ("Jembatan X di Desa Y, Kecamatan Z, diresmikan")."""
        words = reading.words
        while start < end and words[start].lower in self.vocabulary.quantity:
            start += 1
        for venue in reading.venues:
            if start < end and words[start].start < venue.start < words[end - 1].end <= venue.end:
                end = next(at for at in range(start, end) if words[at].start >= venue.start)
                while end > start and words[end - 1].lower in self.vocabulary.beside:
                    end -= 1
        return start, end

    def _passive(self, reading: Reading, at: int) -> str | None:
        """The event verb at a word, "di" joined to it where it was written apart."""
        lower = reading.words[at].lower
        if lower in self.vocabulary.passives:
            return lower
        before = reading.words[at - 1].lower if at > 0 else ""
        apart = before in self.vocabulary.passive_prefix
        return before + lower if apart and before + lower in self.vocabulary.passives else None

    def opening(self, reading: Reading, first: int, last: int) -> Mention | None:
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
            or word.lower in vocabulary.about
            or vocabulary.is_verb(word)
            or vocabulary.head_at(text, words, first) is not None
            or vocabulary.activity.at(text, words, first) is not None
        ):
            return None
        end = self.names.end(text, words, first, first + 1, last)
        one = mention(reading, first, end, word.lower, "events.noun-verb")
        if not self.followed(reading, one, last):
            return None
        # A word said once may be weather ("Hujan berlangsung …"); "yang digelar" has a holder.
        held = "before_held" in one.features and words[end].lower in vocabulary.relative
        whole = self._whole(reading, one, last)
        return one if held or whole or reading.counts[word.lower] > 1 else None

    def _whole(self, reading: Reading, one: Mention, last: int) -> bool:
        """Whether place and day stand behind the verb of what the language makes of a verb."""
        if "before_held" not in one.features or one.after is None:
            return False
        if not self.vocabulary.nouns.is_of_act(reading.words[one.first].lower):
            return False
        return self._here(reading, one.after, last)

    def behind(self, reading: Reading, first: int, verb: int, last: int) -> Mention | None:
        """A noun no list holds, inside a sentence before "yang digelar" or "itu berlangsung"; one
        told once needs place and day behind the verb."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        end = verb
        while end > first and words[end - 1].lower in vocabulary.auxiliary:
            end -= 1
        if end == first or broken(text, words, end - 1, verb):
            return None
        start = self._noun_phrase(reading, first, end)
        if start > first and self._several(reading, start - 1):
            return None
        if end == verb and not self._called(reading, first, start):
            return None
        before = words[start - 1].lower if start > first else ""
        if start >= end or before in vocabulary.conjunction or before in vocabulary.no_name_after:
            return None
        word = words[start]
        if end - start == 1 and len(word.lower) <= _SHORT:
            return None  # a degree, an acronym: "Rahmat, MT yang …"
        named = (
            vocabulary.passives.get(words[verb].lower) == "held"
            and words[end].lower in vocabulary.relative
            and end - start > 1
            and all(one.capital for one in words[start : start + 2])
        )
        role = vocabulary.passives.get(words[verb].lower)
        done = role == "done"
        told = role == "held" and words[end].lower in vocabulary.relative
        told = told and end - start > 1 and self._here(reading, verb, last)
        if (
            (reading.counts[word.lower] < 2 and not (named or done or told))
            or (done and not self.vocabulary.nouns.is_of_act(word.lower))
            or word.lower in vocabulary.person_role
            or word.lower in vocabulary.organisation
            or word.lower in vocabulary.institution
            or word.lower in vocabulary.places
            or word.lower in vocabulary.no_object
            or word.lower[0].isdigit()
            or within_role(reading, word.start)
        ):
            return None
        one = mention(reading, start, end, word.lower, "events.noun-verb")
        one.features["before_held"] = self.points["before_held"]
        one.after = verb
        return one

    def _several(self, reading: Reading, at: int) -> bool:
        """Whether "kegiatan" at a word stands behind a number ("tiga kegiatan strategis yang")."""
        words, vocabulary = reading.words, self.vocabulary
        hit = vocabulary.activity.at(reading.text, words, at)
        return hit is not None and at > 0 and words[at - 1].lower in vocabulary.numeral

    def _called(self, reading: Reading, first: int, start: int) -> bool:
        """Whether "kegiatan" stands before a noun phrase: ``kegiatan susur kali dilaksanakan``."""
        activity = self.vocabulary.activity
        return start > first and activity.at(reading.text, reading.words, start - 1) is not None

    def _noun_phrase(self, reading: Reading, first: int, end: int) -> int:
        """The word at which the noun phrase begins that ends before word ``end``."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        start = end
        if text[words[end - 1].end : words[end - 1].end + 1] in (*CLOSERS, '"'):
            start = self._quotation(reading, first, end)
        least = max(first, start - _BEHIND)
        while start > least:
            before = words[start - 1]
            joins = (
                start < end
                and before.lower in vocabulary.link
                and words[start].capital
                and words[start - 2].capital
            )
            if (
                before.lower in vocabulary.stop
                or (before.lower in vocabulary.link and not joins)
                or before.lower in vocabulary.filler
                or vocabulary.is_verb(before)
                or (start < end and broken(text, words, start - 1, start))
                or vocabulary.head_at(text, words, start - 1) is not None
                or vocabulary.activity.at(text, words, start - 1) is not None
            ):
                break
            start -= 1
        while start < end and words[start].lower in vocabulary.link:
            start += 1
        return start

    def _quotation(self, reading: Reading, first: int, end: int) -> int:
        """The word that opens the quotation closed before word ``end``; ``end`` where none does."""
        for at in range(end - 1, max(first, end - _QUOTED) - 1, -1):
            if reading.text[reading.words[at].start - 1] in OPENERS + '"':
                return at
        return end
