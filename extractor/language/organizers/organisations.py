"""Where an organisation's name ends: ``Dinas Pangan, Air dan Sumur (DPAS) Kota X | menggelar``."""

from extractor.language.events.reading import Reading
from extractor.language.events.words import EventWords
from extractor.language.organizers.words import OrganizerWords
from extractor.language.phrases import Word

_LONGEST = 24
_SPELLED = 4
_NUMERAL = 4
_BEFORE_NAME = (" ", "(", "\n", "“")
_GAPS = frozenset(
    (' "', '" ', " “", "” ", " ", ", ", " (", ") ", "-", "/", " & ", " - ", ",", "), ", " , ", ". ")
)


class Organisations:
    """Reads the names of organisations."""

    def __init__(self, words: EventWords, own: OrganizerWords) -> None:
        self.vocabulary = words
        self._areas, self._tasks = own.area, own.task
        self._second = words.organisation - words.second_part
        self._never = words.person_role | (words.stop - words.organisation) | words.places

    def end(
        self,
        reading: Reading,
        at: int,
        last: int,
        anywhere: bool = False,
        listed: bool = False,
    ) -> int | None:
        """The word after the organisation that begins at word ``at``; None where none does."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        if at >= last:
            return None
        word = words[at]
        acronym = self._acronym(reading, word)
        known = word.lower in vocabulary.organisation
        if word.lower in self._never or (word.lower in vocabulary.stop and not word.capital):
            return None
        if not (known or acronym or word.capital) or word.lower[0].isdigit():
            return None
        if not (known or acronym or anywhere):
            return None
        if not known and vocabulary.kind_end(text, words, at) > at:
            return None  # an event holds none
        if any(date.start <= word.start < date.end for date in reading.dates):
            return None
        if not known and word.lower in vocabulary.time_unit:
            return None
        end = at + 1
        while end < min(last, at + _LONGEST):
            gap = text[words[end - 1].end : words[end].start]
            here = words[end]
            if gap not in _GAPS or self._stops(reading, end, last):
                break
            area = words[end - 1].lower in self._areas and gap == " "
            bracketed = gap == " (" and text[here.end : here.end + 1] == ")"
            if here.capital and (area or bracketed):
                end += 1
                continue
            if gap == " - " and here.lower in vocabulary.person_role:
                break
            if here.lower in vocabulary.verbs or here.lower in vocabulary.passives:
                break
            if here.lower in vocabulary.conjunction:
                following = words[end + 1] if end + 1 < last else None
                if following is None or not (
                    self._same_head(reading, at, end)
                    or (
                        following.capital
                        and following.lower not in self._second
                        and (following.lower in self._tasks or not _upper(text, following))
                    )
                ):
                    break
            elif (
                vocabulary.joint.at(text, words, end) is not None
                or vocabulary.is_verb(here)
                or (
                    not (here.capital or here.lower in vocabulary.local or here.lower[0].isdigit())
                    and (word.capital or end - at > 1)
                    and not self._small(words, at, end, last)
                )
            ):
                break
            if "," in gap and (
                here.lower in self._second
                or (listed and self.named(reading, here))
                or not self._one_office(reading, end, last)
            ):
                break
            end += 1
        while end > at + 1 and words[end - 1].lower in vocabulary.origin:
            end -= 1
        if not (known or acronym) and not self._free(reading, word.start, words[end - 1].end):
            return None
        return end

    def _stops(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a word ends a name: a preposition, which in a headline is written as all else
        ("DPRD DALAM RANGKA", "Dinas X Dalam Upaya")."""
        words, vocabulary = reading.words, self.vocabulary
        here = words[at]
        if here.lower not in vocabulary.stop:
            return False
        if not here.capital or (_upper(reading.text, here) and here.end - here.start > 1):
            return True
        return at + 1 < last and words[at + 1].lower in vocabulary.aside

    def _small(self, words: tuple[Word, ...], at: int, end: int, last: int) -> bool:
        """Whether one word in small letters stands between an office's head and its area: ``Dinas
        kesehatan Kab. X``, ``Pemerintah kabupaten X``."""
        return (
            end == at + 1
            and words[at].lower in self.vocabulary.organisation
            and end + 1 < last
            and (words[end].lower in self._areas or words[end + 1].lower in self._areas)
            and words[end + 1].capital
            and words[end].lower.isalpha()
        )

    def named(self, reading: Reading, word: Word) -> bool:
        """Whether a word says by itself that an organisation begins here."""
        return word.lower in self.vocabulary.organisation or self._acronym(reading, word)

    def fuller(self, reading: Reading, one: tuple[int, int, str]) -> tuple[int, int, str]:
        """``Pemkab`` alone as the ``Pemerintah Kabupaten X`` that the text names, ``Mahasiswa ABC``
        as its ``Mahasiswa Akademi Bumi C (ABC)``."""
        first, last, how = one
        words = reading.words
        limit = reading.ranges[-1][1]
        full = self.vocabulary.short_for.get(words[first].lower)
        if full is not None and last - first == 1:
            wanted = full.split()
            for start in range(limit - len(wanted)):
                run = words[start : start + len(wanted)]
                if [word.lower for word in run] == wanted:
                    end = self.end(reading, start, limit)
                    if end is not None and end - start > len(wanted):
                        return start, end, how
        if last - first == 1 and self._acronym(reading, words[first]):
            return (*self._with_area(reading, first, limit), how)
        return (*self._spelled_out(reading, first, last, limit), how)

    def _with_area(self, reading: Reading, first: int, limit: int) -> tuple[int, int]:
        """An acronym with the area that the text elsewhere puts behind it: ``DPRD Kota X``."""
        words, text = reading.words, reading.text
        for at in range(limit - 2):
            same = words[at].lower == words[first].lower and words[at + 1].lower in self._areas
            if same and text[words[at].end : words[at + 1].start] == " ":
                end = self.end(reading, at, limit)
                if end is not None and end > at + 2:
                    return at, end
        return first, first + 1

    def _spelled_out(self, reading: Reading, first: int, last: int, limit: int) -> tuple[int, int]:
        """Where the name stands in full before its acronym in brackets."""
        text, words = reading.text, reading.words
        short = next((w for w in words[first:last] if self._acronym(reading, w)), None)
        if short is None or last - first != 2:
            return first, last
        for at in range(1, limit):
            if words[at].lower != short.lower or text[words[at].start - 1] != "(":
                continue
            for start in range(max(0, at - _LONGEST), at):
                if words[start].lower != words[first].lower:
                    continue
                end = self.end(reading, start, limit)
                if end is not None and end > at:
                    return start, end
        return first, last

    def _acronym(self, reading: Reading, word: Word) -> bool:
        """Whether a word is written as an acronym, and nowhere in the text as a name."""
        written = reading.text[word.start : word.end]
        if len(written) < 3 or sum(letter.isupper() for letter in written) < 3:
            return False
        if not (written.isupper() and written.isalpha() and len(written) >= _SPELLED):
            return True
        name = written[0] + written[1:].lower()
        end = reading.words[reading.ranges[-1][1] - 1].end
        return all(reading.text.find(mark + name, 0, end) < 0 for mark in _BEFORE_NAME)

    def _same_head(self, reading: Reading, at: int, conjunction: int) -> bool:
        """``Komisi I dan Komisi II DPRD``: one organisation, named once in full."""
        text, words = reading.text, reading.words
        return (
            conjunction - at == 2
            and conjunction + 2 < len(words)
            and words[conjunction + 1].lower == words[at].lower
            and len(text[words[at + 1].start : words[at + 1].end]) <= _NUMERAL
            and (words[at + 1].capital or words[at + 1].lower.isdigit())
        )

    def _free(self, reading: Reading, start: int, end: int) -> bool:
        """Whether no person is named in a stretch."""
        return not any(first < end and start < last for first, last in reading.persons)

    def _one_office(self, reading: Reading, at: int, last: int) -> bool:
        """Whether after a comma an office's name goes on: ``… Perempuan, Anak dan Remaja``."""
        words, vocabulary = reading.words, self.vocabulary
        for i in range(at, min(last, at + 9)):
            if words[i].lower in vocabulary.conjunction:
                return i + 1 < last and words[i + 1].capital
            if not words[i].capital or words[i].lower in vocabulary.person_role:
                return False
        return False

    def span(self, reading: Reading, first: int, last: int) -> tuple[int, int]:
        """The characters of words ``first`` to ``last``, a closing bracket included."""
        text, words = reading.text, reading.words
        start, end = words[first].start, words[last - 1].end
        if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
            end += 1
        return start, end


def _upper(text: str, word: Word) -> bool:
    return text[word.start : word.end].isupper()
