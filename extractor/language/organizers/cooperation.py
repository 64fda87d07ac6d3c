"""Who held an event together with others: ``bekerja sama dengan X``, ``menggandeng Y``."""

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Reading
from extractor.language.events.words import EventWords
from extractor.language.organizers.organisations import Organisations
from extractor.language.organizers.subjects import Actor, OrganizerSubjects
from extractor.language.organizers.words import OrganizerWords

_NEAR = 9


class Cooperation:
    """Finds partners told by a word for working together."""

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

    def find(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``Kegiatan ini (diselenggarakan) bekerja sama dengan X dan Y``."""
        words = reading.words
        told = {one.sentence for one in event.mentions}
        for number, (first, last) in enumerate(reading.ranges[:10]):
            for at in range(first, last):
                hit = self.own.cooperation.at(reading.text, words, at)
                if hit is None or hit.last >= last:
                    continue
                behind = self._behind_passive(reading, first, at)
                behind = behind or self._behind_object(reading, event, number, at)
                if not (behind or self._of_event(reading, event, first, at)):
                    continue
                if number not in told and not self._activity(reading, first, at):
                    continue
                start = hit.last
                if words[start].lower in self.vocabulary.by_agent and start + 1 < last:
                    start += 1
                end = self.organisations.end(reading, start, last, anywhere=True)
                if end is not None:
                    partners = self.subjects.partners(reading, end, last)
                    return [(start, end, "partner"), *partners]
        return []

    def parties(self, reading: Reading, event: Candidate) -> list[Actor]:
        """Who signed: ``penandatanganan nota kesepahaman antara X dengan Y``."""
        words = reading.words
        if event.kind.split(" ", 1)[0] not in self.own.signing:
            return []
        for one in event.mentions:
            last = reading.ranges[one.sentence][1]
            for at in range(one.first, min(last, one.last + _NEAR)):
                if words[at].lower not in self.own.between:
                    continue
                end = self.organisations.end(reading, at + 1, last)
                if end is None:
                    continue
                if others := self.subjects.partners(reading, end, last):
                    return [(at + 1, end, "partner"), *others[:1]]
        return []

    def _behind_object(self, reading: Reading, event: Candidate, number: int, at: int) -> bool:
        """Whether the clause is "X menggelar (the event) … bekerja sama dengan"."""
        held = (
            one.last
            for one in event.mentions
            if one.sentence == number and {"after_hold", "after_do"} & one.features.keys()
        )
        return any(0 <= at - last < _NEAR for last in held)

    def _behind_passive(self, reading: Reading, first: int, at: int) -> bool:
        """Whether "digelar" stands directly before a word."""
        word = reading.words[at - 1].lower if at > first else ""
        return self.vocabulary.passives.get(word) in ("held", "done")

    def _of_event(self, reading: Reading, event: Candidate, first: int, at: int) -> bool:
        """Whether the subject of the clause is the event ("Festival ini sendiri bekerja …")."""
        words, vocabulary = reading.words, self.vocabulary
        before = at - 1
        skipped = vocabulary.pointer | vocabulary.auxiliary | self.own.aside
        while before > first and words[before].lower in skipped:
            before -= 1
        if before == at - 1:
            return False
        ends = {one.last - 1 for one in event.mentions}
        titled = words[before].lower in reading.title_words
        return before in ends or titled or self._activity(reading, max(first, before - 1), at)

    def _activity(self, reading: Reading, first: int, at: int) -> bool:
        """Whether "kegiatan", "acara" stand a few words before a word."""
        return any(
            self.vocabulary.activity.at(reading.text, reading.words, i) is not None
            for i in range(max(first, at - 6), at)
        )
