"""Speeches read out: whose words they are, and who delivers them."""

from dataclasses import replace

from extractor.language.phrases import Word
from extractor.language.quotes.naming import Named
from extractor.language.quotes.speakers import Mention, Reading, Speaker, speaker_of
from extractor.language.quotes.subjects import Subjects
from extractor.rulebook import RuleFile

_BACK = 400


class ReadingAloud:
    """Tells author from reader; words come from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile, subjects: Subjects) -> None:
        self._subjects = subjects
        self._reads = frozenset(rules.surfaces("read_aloud"))
        self._read_out = frozenset(rules.surfaces("read_out"))
        self._conveyed = frozenset(rules.surfaces("conveyed"))
        self._speeches = frozenset(rules.surfaces("speech_noun"))
        self._stops = frozenset(rules.surfaces("phrase_stop"))

    def before(self, reading: Reading, start: int, end: int) -> Named | None:
        """X membacakan surat Y, … or sambutan Y yang dibacakan X, … before ``end``."""
        words = reading.words_in(max(start, end - _BACK), end)
        for number, word in enumerate(words):
            if word.lower in self._reads and number + 2 < len(words):
                return self._read_by_subject(reading, start, words, number, end)
            if self._out(words, number):
                return self._read_by_agent(reading, start, word, end)
        return None

    def passive(self, reading: Reading, start: int, end: int) -> Named | None:
        """Dalam sambutan Y yang dibacakan X disampaikan …: Y speaks, X delivers."""
        words = reading.words_in(max(start, end - _BACK), end)
        for number, word in enumerate(words):
            if self._out(words, number):
                return self._read_by_agent(reading, start, word, end)
        return None

    def in_tag(self, reading: Reading, named: Named, start: int, end: int) -> Named:
        """kata X membacakan amanat Y: Y speaks, as in kata Y dalam sambutan yang dibacakan X."""
        if named.speaker is None:
            return named
        words = reading.words_in(start, min(end, start + 160), 16)
        for number, word in enumerate(words):
            ahead = reading.mentions_in(word.end, min(end, word.end + 120))
            if not ahead:
                continue
            if word.lower in self._reads:
                author = ahead[0]
                if not _somebody(reading, author):
                    return named
                span = (author.start, author.end)
                return Named(Speaker(author.person, span, named.speaker.person))
            if self._out(words, number):
                return Named(replace(named.speaker, reader=ahead[0].person))
        return named

    def _out(self, words: tuple[Word, ...], number: int) -> bool:
        """Whether a speech is read out, or given by another: sambutannya yang disampaikan X."""
        if words[number].lower in self._read_out:
            return True
        before = words[max(0, number - 3) : number]
        return words[number].lower in self._conveyed and any(
            word.lower in self._speeches for word in before
        )

    def _read_by_subject(
        self, reading: Reading, start: int, words: tuple[Word, ...], number: int, end: int
    ) -> Named | None:
        word = words[number]
        subject = self._subjects.before(reading, start, word.start)
        reader = None
        if subject is not None and subject.speaker is not None:
            reader = subject.speaker.person
        author = next(iter(reading.mentions_in(word.end, end)), None)
        if author is not None and not _somebody(reading, author):
            return subject
        if author is not None:
            return Named(Speaker(author.person, (author.start, author.end), reader))
        taken = list(words[number + 2 : number + 8])
        for place, one in enumerate(taken):
            if one.lower in self._stops or not one.capital:
                taken = taken[:place]
                break
        if not taken:
            return None
        return Named(Speaker(None, (taken[0].start, taken[-1].end), reader))

    def _read_by_agent(self, reading: Reading, start: int, word: Word, end: int) -> Named | None:
        author = speaker_of(next(reading.mentions_back(word.start, start), None))
        reader = next(iter(reading.mentions_in(word.end, end)), None)
        if author is None:
            return None
        return Named(replace(author, reader=reader.person if reader is not None else None))


def _somebody(reading: Reading, author: Mention) -> bool:
    """Whether a mention is somebody whose words may be read, not a kind: laporan ketua panitia."""
    return author.person is not None or reading.text[author.phrase].isupper()
