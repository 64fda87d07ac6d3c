"""Events that no list holds, told by where one was: ``disampaikan dalam Temu X di Aula Y``."""

from collections.abc import Mapping

from extractor.language.events.names import EventNames
from extractor.language.events.reading import Mention, Reading, broken, mention, within_role
from extractor.language.events.words import EventWords
from extractor.language.phrases import Word

_SHORT = 3


class EventOccasions:
    """Finds names behind "dalam", "saat", "usai"."""

    def __init__(self, words: EventWords, names: EventNames, points: Mapping[str, float]) -> None:
        """``points``: the settings of the rule file."""
        self.vocabulary = words
        self.names = names
        self.points = points

    def at(self, reading: Reading, at: int, last: int) -> Mention | None:
        """A name that no list holds behind "dalam", "saat", "usai", with its place or day right
        behind it: ``disampaikan dalam Bincang Media di Aula X, Senin (3/6/2024)``."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        start = at + 1
        if words[at].capital and at and words[at - 1].capital and text[words[at].start - 1] == " ":
            return None  # "Studi Strategis Dalam Negeri"
        while start < last and (
            words[start].lower in vocabulary.filler
            or vocabulary.activity.at(text, words, start) is not None
        ):
            start += 1
        if start + 1 >= last or broken(text, words, at, start):
            return None
        word = words[start]
        plain = self._plain(reading, start)
        if (
            not (plain or (word.capital and words[start + 1].capital))
            or word.lower in vocabulary.institution
            or word.lower in vocabulary.organisation
            or word.lower in vocabulary.person_role
            or word.lower in vocabulary.places
            or (word.lower in vocabulary.stop and not self._day_named(text, words, start))
            or word.lower in vocabulary.not_events
            or word.lower in vocabulary.no_object
            or vocabulary.is_verb(word)
            or vocabulary.head_at(text, words, start) is not None
            or within_role(reading, word.start)
            or any(begin <= word.start < end for begin, end in reading.persons)
            or any(one.start <= word.start < one.end for one in (*reading.dates, *reading.venues))
        ):
            return None
        end = self.names.end(text, words, start, start + 1, last)
        if end >= last or not self._placed(reading, end, last) or not (plain or end - start > 1):
            return None
        one = mention(reading, start, end, word.lower, "events.noun-verb")
        one.features["before_held"] = self.points["before_held"]
        return one

    def _day_named(self, text: str, words: tuple[Word, ...], at: int) -> bool:
        """Whether a day of the week begins a name ("Jumat Curhat")."""
        day = words[at].lower in self.vocabulary.weekday
        return day and text[words[at].end : words[at + 1].start] == " "

    def _plain(self, reading: Reading, at: int) -> bool:
        """Whether a noun in small letters, told again, has its place right behind it."""
        words, vocabulary = reading.words, self.vocabulary
        word, near = words[at], {one.start for one in words[at + 1 : at + 4]}
        return (
            not word.capital
            and len(word.lower) > _SHORT
            and reading.counts[word.lower] > 1
            and not word.lower.endswith(vocabulary.owned_suffix)
            and word.lower not in vocabulary.auxiliary
            and any(one.start in near for one in reading.venues)
        )

    def _placed(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a place or a day begins at a word or the next, and a day is told behind it."""
        words = reading.words
        near = {words[i].start for i in range(at, min(at + 2, last))}
        closes = words[last - 1].end
        return any(one.start in near for one in (*reading.venues, *reading.dates)) and any(
            words[at].start <= one.start < closes for one in reading.dates
        )
