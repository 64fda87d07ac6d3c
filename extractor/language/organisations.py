"""Where an organisation's name ends: ``Dinas Pangan, Air dan Sumur (DPAS) Kota X | menggelar``."""

from extractor.language.event_reading import Reading
from extractor.language.event_words import EventWords
from extractor.language.phrases import Word

_LONGEST = 24
_GAPS = frozenset(
    (' "', '" ', " “", "” ", " ", ", ", " (", ") ", "-", "/", " & ", " - ", ",", "), ", " , ", ". ")
)


class Organisations:
    """Reads the names of organisations."""

    def __init__(self, words: EventWords) -> None:
        self.vocabulary = words
        self._second = words.organisation - words.second_part
        self._never = words.person_role | words.stop | words.places

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
        acronym = _acronym(text[word.start : word.end])
        known = word.lower in vocabulary.organisation
        if word.lower in self._never:
            return None
        if not (known or acronym or word.capital) or word.lower[0].isdigit():
            return None
        if not (known or acronym or anywhere):
            return None
        end = at + 1
        while end < min(last, at + _LONGEST):
            gap = text[words[end - 1].end : words[end].start]
            here = words[end]
            if gap not in _GAPS or (here.lower in vocabulary.stop and not here.capital):
                break
            if here.lower in vocabulary.verbs or here.lower in vocabulary.passives:
                break
            if here.lower in vocabulary.conjunction:
                following = words[end + 1] if end + 1 < last else None
                if (
                    following is None
                    or not following.capital
                    or following.lower in self._second
                    or text[following.start : following.end].isupper()
                ):
                    break
            elif (
                vocabulary.joint.at(text, words, end) is not None
                or vocabulary.is_verb(here)
                or (
                    not (here.capital or here.lower in vocabulary.local or here.lower[0].isdigit())
                    and (word.capital or end - at > 1)
                )
            ):
                break
            if "," in gap and (
                (listed and self.named(reading, here)) or not self._one_office(reading, end, last)
            ):
                break
            end += 1
        while end > at + 1 and words[end - 1].lower in vocabulary.origin:
            end -= 1
        if not (known or acronym) and not self._free(reading, word.start, words[end - 1].end):
            return None
        return end

    def named(self, reading: Reading, word: Word) -> bool:
        """Whether a word says by itself that an organisation begins here."""
        return word.lower in self.vocabulary.organisation or _acronym(
            reading.text[word.start : word.end]
        )

    def _free(self, reading: Reading, start: int, end: int) -> bool:
        """Whether no person is named in a stretch."""
        return not any(first < end and start < last for first, last in reading.persons)

    def _one_office(self, reading: Reading, at: int, last: int) -> bool:
        """Whether after a comma an office's name goes on: ``… Perempuan, Anak dan Remaja``."""
        words, vocabulary = reading.words, self.vocabulary
        for i in range(at, min(last, at + 9)):
            if words[i].lower in vocabulary.conjunction:
                return True
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


def _acronym(written: str) -> bool:
    return len(written) > 2 and sum(letter.isupper() for letter in written) >= 3
