"""Acts told by a verb: ``melantik Y``, ``Y dilantik``; their name is what is done to whom."""

from collections.abc import Mapping

from extractor.language.events.cues import EventCues
from extractor.language.events.names import EventNames
from extractor.language.events.reading import Mention, Reading, broken, mention
from extractor.language.events.recipients import with_recipient
from extractor.language.events.subjects import EventSubjects
from extractor.language.events.words import EventWords

_PHRASE = 3


class EventActs:
    """Finds the events that verbs tell."""

    def __init__(
        self,
        words: EventWords,
        names: EventNames,
        subjects: EventSubjects,
        points: Mapping[str, float],
    ) -> None:
        """``points``: the settings of the rule file."""
        self.vocabulary = words
        self._no_object = words.stop | words.pronoun | words.conjunction
        self.cues = EventCues(words)
        self.names = names
        self.subjects = subjects
        self.points = points

    def at(self, reading: Reading, at: int, first: int, last: int, title: bool) -> Mention | None:
        """An event told by a verb: the name is what the act is done to."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        word = words[at]
        if at + 1 < last and f"{word.lower} {words[at + 1].lower}" in vocabulary.no_act:
            return None
        owned = self._owned(word.lower)
        noun = vocabulary.noun_of(
            owned or word.lower, bare=title or self._headline(reading, at, first)
        )
        apart = words[at - 1].lower + word.lower if at > first else ""
        if vocabulary.names_act(apart):  # "tanda tangani"
            noun = vocabulary.noun_of(apart, bare=True)
        if word.lower in vocabulary.giving:
            noun = vocabulary.handing_over(words[at + 1 : min(last, at + 3)])
        elif word.lower in vocabulary.winning:
            noun = vocabulary.honoured(words[at + 1 : min(last, at + 2)])
        elif at + 1 < last and vocabulary.verbs.get(word.lower) in ("receive", "do"):
            noun = vocabulary.administered(words[at + 1]) or noun
        known = noun in vocabulary.kind_names or noun in vocabulary.told_act
        told = known or noun in reading.counts
        if self._summed_up(reading, at, first, last):
            return None
        if noun is None or not told:
            return None
        if (
            at > first
            and words[at - 1].lower in vocabulary.no_object
            and not words[at - 1].capital
            and not broken(text, words, at - 1, at)
        ):
            return None  # "musim tanam"
        if vocabulary.verbs.get(word.lower) == "receive" and self._tallied(reading, at + 1, last):
            return None
        if word.lower.startswith(vocabulary.passive_prefix) and owned is None:
            start, end = first, at
            while end > start and words[end - 1].lower in vocabulary.unsaid:
                end -= 1
                if words[end].lower in vocabulary.breaks:
                    start = end
            if end > start and words[start].lower in vocabulary.auxiliary:  # "tadi pagi dilantik"
                start = end
            while start < end and words[start].lower in vocabulary.afterwards:
                start += 1
            start, end = self.subjects.patient(reading, start, end)
            if noun in vocabulary.hosted and any(
                one.lower in vocabulary.person_role for one in words[start:end]
            ):
                start = end = at  # a visit has a host; only a place is its name
            if end - start > 10 or (end > start and broken(text, words, start, end - 1)):
                start = end = at
        else:
            start, _phase = self.cues.skip(reading, self._past_second(reading, at, last) + 1, last)
            while start + 1 < last and words[start].lower in vocabulary.quantity:
                start += 1
            if start < last and self._feast(reading, at, start):
                return None
            if (
                start >= last
                or broken(text, words, at, start)
                or vocabulary.is_verb(words[start])
                or (
                    words[start].lower in self._no_object
                    and not self.cues.named_day(reading, start, last)
                )
            ):
                start = end = at
                if self._met(reading, at, noun, last):
                    end = self.names.end(text, words, at + 2, at + 3, last)
            else:
                end = self.names.end(text, words, start, start + 1, last)
                start, end = self._called(reading, start, end, last)
                if end - start == 1 and not words[start].capital:
                    end = self._described(reading, end, last)
                if title:
                    roles = (i for i in range(start + 1, end) if self._role_follows(reading, i))
                    end = next(roles, end)
                if words[end - 1].lower.endswith(vocabulary.owned_suffix):
                    start = end = at
                elif noun.split(" ", 1)[0] in vocabulary.handed:
                    end = with_recipient(self.names, text, words, start, end, last)
        if end <= start:
            start, end = at, at + 1
        one = mention(reading, start, end, noun, "events.act")
        one.noun = False
        one.verb = at - vocabulary.names_act(apart)
        one.known = known
        one.features["verb_only"] = self.points["verb_only"]
        return one

    def _summed_up(self, reading: Reading, at: int, first: int, last: int) -> bool:
        """Whether a number is told of what was done over a period: ``Hingga Juni 2024, Satpol X
        menertibkan 131 gangguan``."""
        words = reading.words
        counted = at + 1 < last and words[at + 1].lower[0].isdigit()
        near = words[first : min(first + _PHRASE, at)]
        return counted and any(word.lower in self.vocabulary.period for word in near)

    def _met(self, reading: Reading, at: int, noun: str, last: int) -> bool:
        """Whether whom one met follows a verb of meeting: ``bertemu dengan Camat X``."""
        words, vocabulary = reading.words, self.vocabulary
        return (
            noun in vocabulary.meeting_names
            and at + 2 < last
            and words[at + 1].lower in vocabulary.meets
            and words[at + 2].lower not in vocabulary.stop | vocabulary.pronoun
            and not broken(reading.text, words, at, at + 2)
        )

    def _feast(self, reading: Reading, verb: int, at: int) -> bool:
        """Whether what is welcomed is a day or a season ("menyambut Hari Arsip"): no act."""
        words, vocabulary = reading.words, self.vocabulary
        received = vocabulary.verbs.get(words[verb].lower) == "receive"
        return received and words[at].lower in vocabulary.feast

    def _owned(self, verb: str) -> str | None:
        """The passive verb whose patient stands behind it: ``dengan diresmikannya Gedung X``."""
        if not verb.startswith(self.vocabulary.passive_prefix):
            return None
        for end in self.vocabulary.owned_suffix:
            passive = verb.removesuffix(end)
            if passive != verb and self.vocabulary.noun_of(passive, bare=False) is not None:
                return passive
        return None

    def _tallied(self, reading: Reading, at: int, last: int) -> bool:
        """Whether what was received is a number of what makes no event ("menerima 500 aduan")."""
        words, vocabulary = reading.words, self.vocabulary
        if at < last and (more := vocabulary.more_than.at(reading.text, words, at)) is not None:
            at = more.last
        counted = at
        while at < last and (
            words[at].lower[0].isdigit()
            or words[at].lower in vocabulary.numeral
            or words[at].lower in vocabulary.all_of
        ):
            at += 1
        return counted < at < last and words[at].lower in vocabulary.no_object

    def _past_second(self, reading: Reading, at: int, last: int) -> int:
        """The last of several verbs with one object: ``melantik dan mengukuhkan Y``,
        ``meluncurkan sekaligus menyerahkan Y``."""
        words, vocabulary = reading.words, self.vocabulary
        while (
            at + 2 < last
            and words[at + 1].lower in vocabulary.conjunction | vocabulary.related_link
            and words[at + 2].lower not in vocabulary.giving
            and not broken(reading.text, words, at, at + 2)
            and (end := self._second(reading, at + 2, last)) > at + 2
        ):
            at = end - 1
        return at

    def _second(self, reading: Reading, at: int, last: int) -> int:
        """The word after a verb that tells an act by itself, or with its object ("mengambil
        sumpah jabatan"); ``at`` where none does."""
        words, vocabulary = reading.words, self.vocabulary
        if words[at - 1].lower in vocabulary.related_link and vocabulary.is_verb(words[at]):
            given = vocabulary.handing_over(words[at + 1 : min(last, at + 3)]) is not None
            first = vocabulary.noun_of(words[at - 2].lower, bare=False) or ""
            # nobody visits what is handed over
            return at if given and first.split(" ", 1)[0] in vocabulary.hosted else at + 1
        noun = vocabulary.noun_of(words[at].lower, bare=False)
        if noun is None:
            return at
        for end in range(min(last, at + _PHRASE), at, -1):
            kind = " ".join((noun, *(word.lower for word in words[at + 1 : end])))
            if kind in vocabulary.kind_names:
                return at + 1 if noun in vocabulary.handed else end
        return at

    def _headline(self, reading: Reading, at: int, first: int) -> bool:
        """Whether a bare verb stands right behind a name, as in headlines: ``Camat X sambut Y``."""
        word = reading.words[at]
        if at <= first or word.capital:
            return False
        before = reading.words[at - 1]
        return before.capital and reading.text[before.end : word.start] in (" ", ", ", ". ")

    def _called(self, reading: Reading, start: int, end: int, last: int) -> tuple[int, int]:
        """What a thing is called, where that is told behind it: ``gedung baru yang diberi nama
        Gedung Cahaya``."""
        words, vocabulary = reading.words, self.vocabulary
        at = end
        if at < last and words[at].lower in vocabulary.adjective:
            at += 1
        if at >= last or words[at].lower not in vocabulary.relative or words[start].capital:
            return start, end
        hit = vocabulary.calling.at(reading.text, words, at + 1) if at + 1 < last else None
        if hit is None or hit.last >= last or not words[hit.last].capital:
            return start, end
        return hit.last, self.names.end(reading.text, words, hit.last, hit.last + 1, last)

    def _described(self, reading: Reading, end: int, last: int) -> int:
        """The word after what tells which thing a bare noun is: ``desa yang terdampak banjir``."""
        words, vocabulary = reading.words, self.vocabulary
        if (
            end + 1 >= last
            or words[end].lower not in vocabulary.relative
            or not words[end + 1].lower.startswith(vocabulary.state_prefix)
            or broken(reading.text, words, end - 1, end + 1)
        ):
            return end
        return self.names.end(reading.text, words, end + 1, end + 2, last)

    def _role_follows(self, reading: Reading, at: int) -> bool:
        """Whether somebody's office begins at a word of a headline, not joined to the one before:
        ``Kunjungi Puskesmas Melati Ketua PKK Puji …``."""
        words, vocabulary = reading.words, self.vocabulary
        return (
            words[at].lower in vocabulary.person_role
            and words[at - 1].lower not in vocabulary.link
            and words[at - 1].lower not in vocabulary.person_role
        )
