"""Whose visit an event was, where the writers were the hosts: ``menerima kunjungan (dari) X``."""

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Mention, Reading
from extractor.language.events.words import EventWords
from extractor.language.organizers.organisations import Organisations
from extractor.language.organizers.subjects import Actor, OrganizerSubjects
from extractor.language.organizers.words import OrganizerWords

_REACH = 45
_SENTENCES = 6
_LEAD = 1


class Visitors:
    """Finds who came on a visit."""

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
        self._groups = words.group | words.by_agent

    def visit(self, event: Candidate) -> bool:
        """Whether an event is somebody's visit."""
        return event.kind.split(" ", 1)[0] in self.own.visit_kind

    def find(self, reading: Reading, event: Candidate) -> list[Actor]:
        """Who came, where the writers were hosts: ``menerima kunjungan (dari) X``."""
        words = reading.words
        for one in event.mentions:
            received = one.verb is not None and (
                self.vocabulary.verbs.get(words[one.verb].lower) == "receive"
            )
            held = {"after_hold", "after_do"} & one.features.keys()
            calls = one.sentence <= _LEAD and not one.noun and self.visit(event)
            if calls and (found := self._callers(reading, one)):
                return found
            if one.sentence > _SENTENCES or not (received or (self.visit(event) and not held)):
                continue
            if not received and one.sentence > _LEAD:
                continue
            first = one.first if not received or one.verb is None else one.verb + 1
            last = min(one.last + 2, reading.ranges[one.sentence][1])
            whole = reading.ranges[one.sentence][1]
            if found := self._visitor(reading, first, last, whole):
                return found
            if received and (found := self._origin(reading, one.first, last, whole)):
                return found
        return self._received(reading)

    def _callers(self, reading: Reading, one: Mention) -> list[Actor]:
        """Whose members or head came: ``25 anggota DPRD X mendatangi …``, ``Kepala Dinas X …``."""
        words = reading.words
        first = reading.ranges[one.sentence][0]
        verb = one.verb if one.verb is not None else one.first
        for at in range(first, verb):
            if words[at].lower in self._groups and not words[at].capital:
                start = at + 1 + (words[at + 1].lower in self.vocabulary.origin)
                end = self.organisations.end(reading, start, verb)
                end = self._past_others(reading, end, verb) if end is not None else None
                came = end is not None and all(
                    word.lower in self.vocabulary.before_verb | self.vocabulary.relative
                    or self.vocabulary.is_verb(word)
                    or word.lower in self.own.arrive
                    for word in words[end:verb]
                )
                if end is not None and came:
                    whole = self.organisations.end(reading, start, verb) or end
                    return [(start, whole, "visitor")]
        return self.subjects.head(reading, max(first, verb - _REACH), verb, True)

    def _past_others(self, reading: Reading, at: int, verb: int) -> int:
        """The word after others who came along ("rombongan dari X dan wartawan berkunjung")."""
        words = reading.words
        if at + 1 < verb and words[at].lower in self.vocabulary.conjunction:
            return at + 2 if not words[at + 1].capital else at
        return at

    def _received(self, reading: Reading) -> list[Actor]:
        """Visitors that title or lead say were received, whatever the event is called."""
        words = reading.words
        for first, last in reading.ranges[:2]:
            for at in range(first, min(last, first + _REACH)):
                if self.vocabulary.verbs.get(words[at].lower) != "receive":
                    continue
                if self.own.visit.at(reading.text, words, at + 1 if at + 1 < last else at) is None:
                    continue
                return self._visitor(reading, at + 1, min(at + 8, last), last)
        return []

    def _visitor(self, reading: Reading, first: int, reach: int, last: int) -> list[Actor]:
        """The organisation behind "kunjungan (kerja)", "audiensi dari" between two words."""
        words = reading.words
        at = first
        while at < reach:
            hit = self.own.visit.at(reading.text, words, at)
            if hit is None:
                at += 1
                continue
            at = hit.last
            at = self._past(reading, at, last)
            end = self.organisations.end(reading, at, last)
            if end is not None and end - at > 1:
                return [(at, end, "visitor"), *self.subjects.partners(reading, end, last, True)]
            return self._origin(reading, at, reach, last)
        return []

    def _past(self, reading: Reading, at: int, last: int) -> int:
        """The word after "dari", "oleh" and a further "rombongan"."""
        words = reading.words
        while at < last:
            hit = self.own.visit.at(reading.text, words, at)
            led = words[at].lower in (*self.vocabulary.origin, *self.own.by)
            if hit is None and not led and not self._people_of(reading, at, last):
                break
            at = hit.last if hit is not None else at + 1
        return at

    def _people_of(self, reading: Reading, at: int, last: int) -> bool:
        """Whether "pengurus", "jajaran" stands before the name of their organisation."""
        words = reading.words
        return (
            words[at].lower in self.vocabulary.group
            and not words[at].capital
            and at + 1 < last
            and words[at + 1].capital
            and self.organisations.named(reading, words[at + 1])
        )

    def _origin(self, reading: Reading, first: int, reach: int, last: int) -> list[Actor]:
        """The organisation behind "dari" between two words."""
        for at in range(first, min(reach, last - 1)):
            if reading.words[at].lower in self.vocabulary.origin:
                end = self.organisations.end(reading, at + 1, last)
                if end is not None and end - at > 2:
                    others = self.subjects.partners(reading, end, last, True)
                    return [(at + 1, end, "visitor"), *others]
        return []
