"""Who held an event where its verb names nobody: givers, the actor of the lead."""

from collections.abc import Callable

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Mention, Reading, speech_in
from extractor.language.events.words import EventWords
from extractor.language.organizers.organisations import Organisations
from extractor.language.organizers.subjects import Actor, OrganizerSubjects
from extractor.language.organizers.words import OrganizerWords
from extractor.language.phrases import Word

_REACH = 45
_SENTENCES = 6
_SPELLED = 4
_FRONTED = 14
_GIFT = 9
_TITLE = 12

Source = Callable[[Reading, Candidate], list[Actor]]


class OrganizerSources:
    """Finds organisers beside the subject and the agent of an event's verb."""

    def __init__(
        self,
        words: EventWords,
        own: OrganizerWords,
        organisations: Organisations,
        subjects: OrganizerSubjects,
    ) -> None:
        self.vocabulary = words
        self.own = own
        self.organisations = organisations
        self.subjects = subjects
        self._said_before = (words.auxiliary | words.before_verb) - words.relative

    def fallbacks(self) -> tuple[Source, ...]:
        """The sources to ask one after another where nobody is found yet."""
        told = (
            self._by_noun,
            self._initiative,
            self._thanked,
            self._through,
            self._by_event,
            self._lead,
        )
        return (*told, self._together, self._giver, self._actor, self._titled, self._owner)

    def _by_noun(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``penyaluran zakat oleh X``."""
        words = reading.words
        for one in event.mentions:
            last = reading.ranges[one.sentence][1]
            if one.sentence > _SENTENCES or not one.noun:
                continue
            for at in range(one.last, min(one.last + 2, last - 1)):
                if words[at].lower not in self.own.by:
                    continue
                end = self.organisations.end(reading, at + 1, last)
                if end is not None:
                    return [(at + 1, end, "agent"), *self.subjects.partners(reading, end, last)]
        return []

    def _thanked(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``terima kasih kepada X dan Y yang telah menyelenggarakan kegiatan ini``."""
        words, vocabulary = reading.words, self.vocabulary
        names = {one.first for one in event.mentions}
        for first, last in reading.ranges:
            for at in range(first + 2, last - 1):
                if vocabulary.verbs.get(words[at].lower) != "hold":
                    continue
                meant = vocabulary.activity.at(reading.text, words, at + 1) is not None
                before = at - 1
                while before > first and words[before].lower in self._said_before:
                    before -= 1
                if words[before].lower not in vocabulary.relative:
                    continue
                if not (meant or at + 1 in names):
                    continue
                to = (i for i in range(before, first, -1) if words[i].lower in self.own.thanked)
                if (start := next(to, None)) is not None:
                    found = self.subjects.before(reading, start + 1, at, True)
                    if found:
                        return found
        return []

    def _by_event(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``Melalui penyelenggaraan (the event), X menghidupkan …``."""
        words, vocabulary = reading.words, self.vocabulary
        for one in event.mentions:
            first, last = reading.ranges[one.sentence]
            if not one.noun or words[first].lower not in self.own.through or one.first == first:
                continue
            if vocabulary.activity.at(reading.text, words, first + 1) is None:
                continue
            for at in range(one.last, last - 1):
                if "," in reading.text[words[at - 1].end : words[at].start]:
                    end = self.organisations.end(reading, at, last)
                    return [(at, end, "lead")] if end is not None else []
        return []

    def _initiative(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``Acara ini merupakan inisiatif (dari) X``."""
        words = reading.words
        for first, last in reading.ranges[:_SENTENCES]:
            for at in range(first + 1, last - 1):
                if words[at].lower not in self.own.initiative:
                    continue
                start = at + 1 + (words[at + 1].lower in self.vocabulary.origin)
                told = self.vocabulary.activity.at(reading.text, words, first) is not None
                told = told or any(one.first == first for one in event.mentions)
                end = self.organisations.end(reading, start, last) if told else None
                if end is not None:
                    return [(start, end, "agent")]
        return []

    def _owner(self, reading: Reading, event: Candidate) -> list[Actor]:
        """The body whose name closes that of the event: ``Rapat Paripurna DPRD X``."""
        words, vocabulary = reading.words, self.vocabulary
        if vocabulary.class_of(event.kind) not in vocabulary.owned:
            return []
        for one in event.mentions:
            for at in range(one.first + 1, one.last):
                if words[at].lower in vocabulary.organisation and words[at].capital:
                    if self._within_acronym(reading, at, one.last):
                        continue
                    end = self.organisations.end(reading, at, one.last)
                    whole = words[at].lower in vocabulary.owner or self._of_area(words, at, end)
                    if end == one.last and whole and words[at - 1].lower not in vocabulary.stop:
                        return [(at, end, "lead")]
                    break
        return []

    def _within_acronym(self, reading: Reading, at: int, last: int) -> bool:
        """Whether the acronym behind a word takes in what stands before it: "Rencana Kerja
        Pemerintah Daerah (RKPD)" is no government."""
        words, text = reading.words, reading.text
        for i in range(at + 1, min(last, at + _SPELLED)):
            if text[words[i].start - 1] == "(" and text[words[i].end : words[i].end + 1] == ")":
                return words[i].lower[0] != words[at].lower[0]
        return False

    def _of_area(self, words: tuple[Word, ...], first: int, last: int | None) -> bool:
        """Whether a name is that of an office of some area: ``Dharma Wanita Kabupaten X``."""
        if last is None or words[first].lower in self.own.area:
            return False
        return any(word.lower in self.own.area for word in words[first + 1 : last - 1])

    def _lead(self, reading: Reading, event: Candidate) -> list[Actor]:
        """The subject of the first "menggelar" of the lead, whatever its object is called."""
        for number, (first, last) in enumerate(reading.ranges[:4]):
            if reading.sentences[number].paragraph > 2:
                break
            for at in range(first, last):
                if self.vocabulary.verbs.get(reading.words[at].lower) not in ("hold", "do"):
                    continue
                if found := self.subjects.before(reading, max(first, at - _REACH), at, True):
                    return found
        return []

    def _through(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``Melalui Dinas X, digelar …``, with the government of the sentence before."""
        words = reading.words
        for one in event.mentions:
            first, last = reading.ranges[one.sentence]
            if one.verb is None or words[first].lower not in self.own.through:
                continue
            end = self.organisations.end(reading, first + 1, last)
            if end is None or end > one.verb:
                continue
            found = [(first + 1, end, "partner")]
            if one.sentence > 0:
                start, stop = reading.ranges[one.sentence - 1]
                parent = self.organisations.end(reading, start, stop) if start < stop else None
                if parent is not None and words[start].lower in self.own.government:
                    found.insert(0, (start, parent, "subject"))
            return found
        return []

    def _together(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``merupakan hasil kerja sama antara X, Y dan Z``."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        if not event.name.noun:
            return []  # what one person did alone
        for first, last in reading.ranges[:10]:
            speech = speech_in(text, words, first, last)
            for at in range(first, last):
                if (hit := vocabulary.together.at(text, words, at)) is None:
                    continue
                if any(start <= words[at].start < end for start, end in speech):
                    continue
                found: list[Actor] = []
                start = hit.last
                for _ in range(6):
                    if start >= last:
                        break
                    end = self.organisations.end(reading, start, last, listed=True)
                    if end is None or not words[start].capital:
                        break
                    found.append((start, end, "partner"))
                    start = self.subjects.joint(reading, end) or end if end < last else end
                if found:
                    return found
        return []

    def _giver(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``bantuan sembako dari X dan Y`` where a gift was handed over."""
        words = reading.words
        if not (self.own.gift & reading.title_words or self._gift_in_name(reading, event.name)):
            return []
        for first, last in reading.ranges[:4]:
            for at in range(first, last):
                if words[at].lower not in self.own.gift:
                    continue
                for origin in range(at + 1, min(at + _GIFT, last - 1)):
                    if words[origin].lower in self.vocabulary.stop:
                        break
                    if words[origin].lower not in self.vocabulary.origin:
                        continue
                    end = self.organisations.end(reading, origin + 1, last, anywhere=True)
                    if end is None or end - origin < 3:
                        break
                    partners = self.subjects.partners(reading, end, last)
                    return [(origin + 1, end, "giver"), *partners]
        return []

    def _gift_in_name(self, reading: Reading, name: Mention) -> bool:
        return any(word.lower in self.own.gift for word in reading.words[name.first : name.last])

    def _actor(self, reading: Reading, event: Candidate) -> list[Actor]:
        """The subject of the first clause of the lead, where its verb tells a deed."""
        words = reading.words
        for number, (first, last) in enumerate(reading.ranges[:2]):
            if reading.sentences[number].paragraph == 0:
                continue
            named = {one.first for one in event.mentions if one.sentence == number}
            for at in range(first + 1, min(last, first + _REACH)):
                word = words[at]
                if at not in named and self.vocabulary.verbs.get(word.lower) == "attend":
                    return []  # a guest
                if at not in named and not self._deed(word):
                    continue
                if self._subordinate(reading, first, at):
                    continue
                if at in named and self.own.is_passive(word.lower):
                    return []
                if word.lower in self.own.no_deed or word.lower in self.vocabulary.passives:
                    return []
                found = self.subjects.before(reading, first, at, False)
                if not found and self._fronted(reading, at, last):
                    continue
                if any(start in named for start, _, _ in found):
                    return []
                return [(start, end, "lead") for start, end, _ in found]
            return []
        return []

    def _fronted(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a verb without a subject stands in a clause before the sentence's own
        ("Dinilai berhasil melibatkan warga, Dinas X memberikan …")."""
        words = reading.words
        for i in range(at + 1, min(last, at + _FRONTED)):
            if "," in reading.text[words[i - 1].end : words[i].start]:
                return words[i].lower in self.vocabulary.organisation
        return False

    def _deed(self, word: Word) -> bool:
        """Whether a word is an active verb."""
        if word.capital or word.lower in self.vocabulary.stop:
            return False
        lower = word.lower
        bare = lower.endswith(self.own.bare_suffix) and self.vocabulary.names_act(lower)
        return bare or (lower.startswith(self.own.active_prefix) and self.vocabulary.is_verb(word))

    def _subordinate(self, reading: Reading, first: int, at: int) -> bool:
        """Whether a preposition or "yang" stands before a verb."""
        before = at - 1
        while before > first and reading.words[before].lower in self.vocabulary.before_verb:
            before -= 1
        lower = reading.words[before].lower
        return lower in self.vocabulary.stop and lower not in self.own.round_day

    def _titled(self, reading: Reading, event: Candidate) -> list[Actor]:
        """The office with which the title begins: before a verb, or before the event itself
        ("Dinas X Kunjungan Kerja ke Y")."""
        words, vocabulary = reading.words, self.vocabulary
        if not reading.ranges or reading.sentences[0].paragraph != 0:
            return []
        first, last = reading.ranges[0]
        named = {one.first for one in event.mentions if one.sentence == 0}
        for at in range(first + 1, min(last, first + _TITLE)):
            if at not in named and not vocabulary.is_verb(words[at]):
                continue
            if words[at].lower in self.own.no_deed or self.own.is_passive(words[at].lower):
                return []
            if self.vocabulary.verbs.get(words[at].lower) == "attend":
                return []
            end = self.organisations.end(reading, first, at)
            before = vocabulary.activity.at(reading.text, words, at - 1)
            at -= before is not None and end == at - 1
            some = words[first].lower in vocabulary.group
            sure = at - first > 1 or words[first].lower in vocabulary.organisation
            return [(first, end, "lead")] if end == at and sure and not some else []
        return []
