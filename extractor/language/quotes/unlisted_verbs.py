"""Cues nobody listed, known by their place: X mewartakan, …; X menepis anggapan bahwa …"""

from extractor.language.quotes.clauses import Clauses, Reported, Stretch
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.language.quotes.subjects import Subjects
from extractor.rulebook import RuleFile


class UnlistedVerbs:
    """Takes an active verb for one of saying by what follows it."""

    def __init__(
        self, rules: RuleFile, verbs: SpeechVerbs, subjects: Subjects, clauses: Clauses
    ) -> None:
        self._verbs = verbs
        self._subjects = subjects
        self._clauses = clauses

        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._that, self._urging = words("that"), words("urging")
        self._infinitive, self._knowing = (
            words("infinitive_before"),
            words("no_saying") | words("thanks"),
        )
        self._modal, self._direct = words("modal"), words("modal_direct")
        self._audience, self._to = words("audience"), words("to")
        self._complement = tuple(rules.surfaces("clause_suffix"))
        self._joint = words("joint") | words("relative") | words("phrase_stop") | words("wish")
        self._active_prefix = tuple(rules.surfaces("active_prefix"))

    def read(self, sentence: Stretch) -> Reported | None:
        """An unknown verb: X mewartakan, A. | X menepis anggapan bahwa A."""
        for number, word in enumerate(sentence.words):
            if number and word.lower in self._that:
                return self._by_that(sentence, number)
            if number > 1 and word.lower in self._urging:
                urged = self._by_urging(sentence, number)
                if urged is not None:
                    return urged
            if word.capital or not word.lower.startswith(self._active_prefix):
                continue
            if self._verbs.form(word.lower) is not None:
                continue  # a verb the list holds, and what follows it was found no clause
            if number == 0 or len(word.lower) < 6 or number + 1 >= len(sentence.words):
                continue
            if sentence.words[number - 1].lower in self._infinitive or word.lower in self._knowing:
                continue
            parted = sentence.gap(number).strip(" \xa0") == ","
            following = sentence.words[number + 1].lower
            if following.startswith(self._active_prefix):
                continue
            if not parted and not self._stated(sentence, number + 1):
                continue
            named = self._subjects.before(sentence.reading, sentence.start, word.start)
            if named is None or named.pointed:
                continue
            near = self._clauses.name_end(sentence, number, named)
            if len(sentence.reading.words_in(near, word.start)) > 2:
                continue
            begin = self._clauses.past(sentence, number + 1, word.end)
            cue = (word.start, word.end)
            found_one = self._clauses.clause(sentence, begin, "quotes.position", cue, named)
            if found_one is not None and len(sentence.words) - number > 4:
                return found_one
        return None

    def _stated(self, sentence: Stretch, number: int) -> bool:
        """Whether a subject of few words and a word like akan or tidak follow."""
        verb = sentence.words[number - 1].lower
        if sentence.words[number].lower in self._direct:
            return verb.endswith(self._complement)
        for place in range(number, min(len(sentence.words), number + 9)):
            word = sentence.words[place]
            if word.lower in self._modal:
                return place > number
            if word.lower in self._joint or (place > number and "," in sentence.before(place)):
                return False
        return False

    def _by_that(self, sentence: Stretch, number: int) -> Reported | None:
        """A verb with a noun before bahwa: X memberi catatan bahwa A."""
        for place in range(number - 1, max(-1, number - 6), -1):
            word = sentence.words[place]
            if not word.lower.startswith(self._active_prefix) or word.capital:
                continue
            if word.lower in self._knowing or sentence.words[place - 1].lower in self._infinitive:
                return None
            named = self._subjects.of(sentence.reading, sentence.start, word) if place else None
            if named is None:
                return None
            cue = (word.start, word.end)
            begin = sentence.words[number].end
            return self._clauses.clause(sentence, begin, "quotes.position", cue, named)
        return None

    def _by_urging(self, sentence: Stretch, number: int) -> Reported | None:
        """An unknown verb before agar: X memotivasi agar A. | X menaruh harapan agar A. | X
        memotivasi warga agar A. | X mewajibkan kepada B agar A."""
        words = sentence.words
        place = number - 1
        message = next((n for n in (place, place - 1) if self._clauses.is_message(words[n])), None)
        if message is not None and message > 1:
            place = message - 1
        else:
            place = self._before_audience(sentence, number)
        word = words[place]
        if place < 1 or word.capital or not word.lower.startswith(self._active_prefix):
            return None
        if word.lower in self._knowing or words[place - 1].lower in self._infinitive:
            return None
        named = self._subjects.of(sentence.reading, sentence.start, word)
        if named is None:
            return None
        urged = message is None and place < number - 1
        begin = words[place + 1 if urged else number].start
        return self._clauses.clause(
            sentence, begin, "quotes.position", (word.start, word.end), named
        )

    def _before_audience(self, sentence: Stretch, number: int) -> int:
        """The word before those who are urged (para petani), else the one before ``number``."""
        words = sentence.words
        for place in range(number - 1, max(0, number - 9), -1):
            if "," in sentence.gap(place) and place < number - 1:
                break
            if words[place].lower in self._audience | self._to:
                while words[place - 1].lower in self._audience | self._to and place > 1:
                    place -= 1
                return place - 1
        return number - 1
