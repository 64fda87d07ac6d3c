"""What is told of an event that is still to come, is wished for, or that others are to hold."""

from extractor.language.events.reading import Mention, Reading
from extractor.language.events.words import EventWords
from extractor.language.phrases import Word

# How many words before a verb it may be told that others are to do it.
_URGED = 7
_LATER = 8
# The last paragraph that may tell first of what is still to come.
_EARLY = 2


class EventProspects:
    """Tells mentions of what is to come from those of what was."""

    def __init__(self, words: EventWords) -> None:
        self.vocabulary = words

    def coming(self, words: tuple[Word, ...], one: Mention, first: int) -> bool:
        """Whether the verb before a name tells of what is to come ("akan menggelar X")."""
        if one.verb is None or not one.noun or one.verb < first:
            return False
        before = words[max(first, one.verb - 3) : one.verb]
        return any(word.lower in self.vocabulary.planned for word in before)

    def dated_next(self, reading: Reading, number: int) -> bool:
        """Whether the sentence behind one tells when: ``Kegiatan ini akan digelar pada Senin``."""
        if number + 1 >= len(reading.ranges):
            return False
        first, last = reading.ranges[number + 1]
        if first >= last or self.vocabulary.activity.at(reading.text, reading.words, first) is None:
            return False
        sentence = reading.sentences[number + 1]
        planned = any(w.lower in self.vocabulary.planned for w in reading.words[first:last])
        return planned and any(sentence.start <= d.start < sentence.end for d in reading.days)

    def wished(self, words: tuple[Word, ...], one: Mention, first: int, placed: bool) -> bool:
        """Whether the verb before a name tells of a wish ("warga yang hendak mengadakan X"), or of
        what something is for, with neither day nor place ("kuota untuk mengikuti X")."""
        if one.verb is None or one.verb <= first:
            return False
        before = words[one.verb - 1].lower
        if not (placed and one.known) and self.urged(words, one.verb, first):
            return True
        return before in self.vocabulary.wish or (not placed and before in self.vocabulary.purpose)

    def urged(self, words: tuple[Word, ...], verb: int, first: int) -> bool:
        """Whether others are told to do it ("mengimbau warga melakukan X")."""
        vocabulary = self.vocabulary
        for at in range(verb - 1, max(first, verb - _URGED) - 1, -1):
            if words[at].lower in vocabulary.urging:
                return True
            if words[at].lower in vocabulary.relative or vocabulary.is_verb(words[at]):
                return False
        return False

    def later(self, reading: Reading, one: Mention) -> bool:
        """Whether the event at which something is to be done lies ahead ("saat Rakernas X,
        Agustus mendatang")."""
        last = reading.ranges[one.sentence][1]
        behind = {word.lower for word in reading.words[one.last : min(last, one.last + _LATER)]}
        sentence = reading.sentences[one.sentence]
        return not behind.isdisjoint(self.vocabulary.later) and not any(
            sentence.start <= date.start < sentence.end
            and date.value.get("precision", "day") == "day"
            for date in reading.dates
        )

    def yet_to_come(self, reading: Reading, one: Mention) -> bool:
        """Whether a clause beside the sentence's own says that it is still to be held ("lomba yang
        akan digelar")."""
        if one.after is None or one.first <= reading.ranges[one.sentence][0]:
            return False
        between = [word.lower for word in reading.words[one.last : one.after]]
        return (
            bool(between)
            and between[0] in self.vocabulary.relative
            and not self.vocabulary.planned.isdisjoint(between)
            and one.verb is None
            and not reading.words[one.first].capital
        )

    def planned(self, reading: Reading, one: Mention, paragraph: int) -> bool:
        """Whether far down the verb behind a name has it to come ("X dijadwalkan berlangsung")."""
        if one.after is None or paragraph <= _EARLY or one.last - one.first > 1:
            return False
        between = reading.words[one.last : one.after]
        return any(word.lower in self.vocabulary.planned for word in between)
