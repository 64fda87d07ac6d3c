"""What may stand between an organiser and its verb: a day, a place, a region, a theme."""

from bisect import bisect_right

from extractor.language.events.reading import Reading, opens, quoted_to
from extractor.language.events.words import EventWords
from extractor.language.organizers.organisations import Organisations
from extractor.language.organizers.words import OrganizerWords
from extractor.language.phrases import Word

_REGION = 4


class Asides:
    """Passes over what is told beside the subject of a clause."""

    def __init__(
        self, words: EventWords, own: OrganizerWords, organisations: Organisations
    ) -> None:
        self.vocabulary = words
        self.own = own
        self.organisations = organisations

    def past(self, reading: Reading, at: int, verb: int) -> int:
        """The word after what is told at word ``at``, at the latest word ``verb``; ``at`` where
        nothing is."""
        round_verb = (self._aside, self._seat, self._region, self._beneath)
        ways = (*round_verb, self._channel, self._theme, self._purpose)
        return max(way(reading, at, verb) for way in ways)

    def _aside(self, reading: Reading, at: int, verb: int) -> int:
        """The word after a day or a place told between subject and verb; ``at`` where none is."""
        words = reading.words
        start = at
        while (
            start < verb
            and words[start].lower in self.own.round_day
            # "tanggal 3 Juni" is a day with its word
            and all(date.start != words[start].start for date in reading.dates)
        ):
            start += 1
        for found, begin in ((reading.dates, start), (reading.venues, at + 1)):
            if begin >= verb or (begin > start and words[at].lower not in self.own.place_before):
                continue
            here = next((f for f in found if f.start == words[begin].start), None)
            if here is None:
                continue
            end = begin + 1
            while end < verb and (
                words[end].start < here.end or words[end].lower in self.own.round_day
            ):
                end += 1
            return end
        return at

    def _region(self, reading: Reading, at: int, verb: int) -> int:
        """The word after a region between commas ("Pemerintah Kabupaten X, Jawa Tengah, …");
        ``at`` where none is."""
        words = reading.words
        if not comma_before(reading, at) or words[at].lower in self.vocabulary.person_role:
            return at
        wider = words[at].lower in self.own.area and words[at].capital
        named = self.organisations.named(reading, words[at]) and not wider
        if named or person_at(reading, at) is not None:
            return at
        end = at
        while end < min(verb, at + _REGION) and words[end].capital:
            if person_at(reading, end) is not None:
                return at
            end += 1
            if end == verb or reading.text[words[end - 1].end : words[end].start] != " ":
                break
        closed = end > at and (end == verb or comma_before(reading, end))
        return end if closed and words[end].lower not in self.vocabulary.conjunction else at

    def _seat(self, reading: Reading, at: int, verb: int) -> int:
        """The word after where an office sits ("Balai Pengawas X di Kota Y melaksanakan"); ``at``
        where nothing but that stands before the verb."""
        words = reading.words
        if words[at].lower not in self.own.place_before or not 0 < verb - at - 1 <= _REGION:
            return at
        return verb if all(word.capital for word in words[at + 1 : verb]) else at

    def _purpose(self, reading: Reading, at: int, verb: int) -> int:
        """The word after what it was done for, told between subject and verb ("Pemkab X, guna
        menekan harga, menggelar"); ``at`` where nothing is."""
        words = reading.words
        if words[at].lower not in self.vocabulary.purpose or at + 1 >= verb:
            return at
        return verb if comma_before(reading, verb) else at

    def _beneath(self, reading: Reading, at: int, verb: int) -> int:
        """The word after what an organisation belongs to ("Pokja X di lingkungan Kantor Y");
        ``at`` where nothing is told."""
        words = reading.words
        if at + 2 >= verb or words[at + 1].lower not in self.own.beneath:
            return at
        end = self.organisations.end(reading, at + 2, verb, anywhere=True)
        return end if end is not None else at

    def _channel(self, reading: Reading, at: int, verb: int) -> int:
        """The word after a channel that is no office ("Pemkab X, melalui perangkat daerah, …",
        "Pemkab X melalui Anggaran Y menggelar"); ``at`` where none is told."""
        words = reading.words
        if words[at].lower not in self.own.through or at + 1 >= verb:
            return at
        if words[at + 1].capital and self.organisations.end(reading, at + 1, verb) is not None:
            return at
        if comma_before(reading, verb):
            return verb
        behind = (i for i in range(at + 2, verb) if comma_before(reading, i))
        return next(behind, verb if words[at + 1].capital else at)

    def _theme(self, reading: Reading, at: int, verb: int) -> int:
        """The word after a theme in quotation marks ("Polres X dengan tema “Y” menggelar"); ``at``
        where none is told."""
        words, text = reading.words, reading.text
        if at + 2 >= verb or words[at + 1].lower not in self.vocabulary.about:
            return at
        if not opens(text, words[at + 1].end, words[at + 2].start):
            return at
        close = quoted_to(text, words[at + 2].start)
        end = close if close is not None else words[at].start
        return next((i for i in range(at + 2, verb + 1) if words[i].start > end), at)


def person_at(reading: Reading, at: int) -> int | None:
    """The word after the person whose name begins at word ``at``; None where none does."""
    words, persons = reading.words, reading.persons
    found = bisect_right(persons, (words[at].start, len(reading.text))) - 1
    if found < 0 or persons[found][0] != words[at].start or not words[at].capital:
        return None
    return past_end(words, at, len(words), persons[found][1])


def comma_before(reading: Reading, at: int) -> bool:
    """Whether a comma stands before a word."""
    return "," in reading.text[reading.words[at - 1].end : reading.words[at].start]


def past_end(words: tuple[Word, ...], at: int, stop: int, end: int) -> int:
    """The first word after ``at`` that begins at ``end`` or later, ``stop`` where none does."""
    following = at + 1
    while following < stop and words[following].start < end:
        following += 1
    return following
