"""What says that the name of an event follows: "menggelar", "kegiatan", "Acara :", "pembukaan"."""

from dataclasses import dataclass

from extractor.language.events.reading import Reading, broken
from extractor.language.events.words import EventWords
from extractor.language.phrases import Word


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a name may begin at a word: the feature it earns, the word that says so, and the phase
    ("pembukaan") or "kegiatan" that stood between, the phase beginning at word ``opening``."""

    feature: str
    verb: int
    phase: str | None
    activity: bool = False
    opening: int | None = None


class EventCues:
    """Finds the cues of events."""

    def __init__(self, words: EventWords) -> None:
        self.vocabulary = words

    def announced(self, reading: Reading, number: int) -> Cue | None:
        """The verb at the end of a sentence before a colon: ``akan mengadakan :``."""
        first, last = reading.ranges[number]
        if last <= first:
            return None
        role = self.vocabulary.verbs.get(reading.words[last - 1].lower)
        tail = reading.text[reading.words[last - 1].end : reading.sentences[number].end]
        if role in ("hold", "do") and tail.strip() == ":":
            return Cue("labelled", last - 1, None)
        return None

    def at(self, reading: Reading, at: int, last: int) -> tuple[int, Cue] | None:
        """Where a name is to be looked for after word ``at``, and what says so."""
        words, vocabulary = reading.words, self.vocabulary
        lower = words[at].lower
        after = at + 1
        present = lower in vocabulary.present and after < last
        if lower in vocabulary.verbs and at and vocabulary.is_loan_noun(words[at - 1], words[at]):
            return None
        if lower in vocabulary.officiant and at and words[at - 1].lower in vocabulary.acting:
            feature = "after_open"
        elif present and words[after].lower in vocabulary.during:
            feature, after = "after_attend", after + 1
        elif lower in vocabulary.verbs:
            feature = "after_" + vocabulary.verbs[lower]
        elif lower in vocabulary.passives:
            feature = "before_" + vocabulary.passives[lower]
        elif (
            lower in vocabulary.passive_prefix
            and after < last
            and lower + words[after].lower in vocabulary.passives
        ):
            feature = "before_" + vocabulary.passives[lower + words[after].lower]
            after += 1
        elif (hit := vocabulary.activity.at(reading.text, words, at)) is not None:
            if self._inside(reading, at, hit.last) or self.several(reading, at, hit.last):
                return None
            feature, after = "after_activity", hit.last
        else:
            return None
        if feature == "after_activity" and after < last and _label(reading.text, words, after):
            return after, Cue("labelled", at, None)
        start, phase = self.skip(reading, after, last)
        activity = any(
            vocabulary.activity.at(reading.text, words, i) is not None for i in range(after, start)
        )
        if start >= last or (start > after and broken(reading.text, words, at, start)):
            return None
        return start, Cue(feature, at, phase, activity)

    def several(self, reading: Reading, at: int, last: int) -> bool:
        """Whether a number of events is told and not their names ("tiga kegiatan strategis")."""
        words, vocabulary = reading.words, self.vocabulary
        if at == 0 or last >= len(words):
            return False
        counted = words[at - 1].lower in vocabulary.numeral or words[at - 1].lower.isdigit()
        single = at > 1 and words[at - 2].lower in vocabulary.filler  # "salah satu kegiatan X"
        listed = vocabulary.head_at(reading.text, words, last) is not None
        return counted and not (single or listed or words[last].capital)

    def _inside(self, reading: Reading, at: int, last: int) -> bool:
        """Whether "kegiatan" belongs to a name in capitals ("Lomba Giat Membaca")."""
        words = reading.words
        if not (at > 0 and last < len(words) and words[at].start >= reading.layout.body_start):
            return False
        return (
            all(one.capital for one in (words[at - 1], words[at], words[last]))
            and reading.text[words[at - 1].end : words[at].start] == " "
            and words[at - 1].lower not in self.vocabulary.stop
            and words[at - 1].lower not in self.vocabulary.at_event
            and not self.vocabulary.is_verb(words[at - 1])
        )

    def skip(self, reading: Reading, at: int, last: int) -> tuple[int, str | None]:
        """Past fillers, "kegiatan" and a phase ("pembukaan") to where a name begins."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        phase = None
        for _ in range(8):
            if at >= last or broken(text, words, at - 1, at):
                break
            if (hit := vocabulary.activity.at(text, words, at)) is not None:
                at = hit.last
            elif (hit := vocabulary.phase.at(text, words, at)) is not None and self.noun_follows(
                reading, hit.last, last
            ):
                phase, at = hit.value, hit.last
            elif words[at].lower in vocabulary.filler and not self.named_day(reading, at, last):
                at += 1
            else:
                break
        return at, phase

    def named_day(self, reading: Reading, at: int, last: int) -> bool:
        """Whether the name of a day that is kept begins at a word ("Hari Kesatuan Gerak")."""
        words, vocabulary = reading.words, self.vocabulary
        return (
            words[at].lower in vocabulary.day_word
            and words[at].capital
            and at + 1 < last
            and words[at + 1].capital
            and words[at + 1].lower not in vocabulary.weekday
            and reading.text[words[at].end : words[at + 1].start] == " "
        )

    def noun_follows(self, reading: Reading, at: int, last: int) -> bool:
        """Whether the word after "pembukaan" begins the name of an event of its own."""
        if at >= last or broken(reading.text, reading.words, at - 1, at):
            return False
        if self.vocabulary.head_at(reading.text, reading.words, at) is not None:
            return True
        if self.vocabulary.activity.at(reading.text, reading.words, at) is not None:
            return True
        return reading.words[at].capital and not reading.words[at - 1].capital


def _label(text: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a colon and nothing else stands before word ``at``, as in ``Acara : Rapat``."""
    return text[words[at - 1].end : words[at].start].strip() == ":"
