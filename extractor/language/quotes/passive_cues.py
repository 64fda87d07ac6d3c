"""Passive cues: Dikatakan X, A. | Lebih lanjut dijelaskan, A. | Hal itu disampaikan X saat …"""

from extractor.language.phrases import Word
from extractor.language.quotes.clauses import Clauses, Reported, Stretch
from extractor.language.quotes.naming import Named, Naming
from extractor.language.quotes.reading_aloud import ReadingAloud
from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import RuleFile

_SHORTEST = 3


class PassiveCues:
    """Reads passive verbs of saying; words come from ``rules/quotes.yaml``."""

    def __init__(
        self,
        rules: RuleFile,
        verbs: SpeechVerbs,
        naming: Naming,
        aloud: ReadingAloud,
        clauses: Clauses,
    ) -> None:
        self._verbs = verbs
        self._naming = naming
        self._aloud = aloud
        self._clauses = clauses

        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._that, self._adverb, self._by = words("that"), words("adverb_after"), words("by")
        self._infinitive, self._pronouns = words("infinitive_before"), words("pronoun")
        self._hal, self._same = words("that_matter"), words("same_matter")
        self._agentless, self._document = words("agentless"), words("document")
        self._relative, self._demonstratives = words("relative"), words("demonstrative")
        self._lead, self._stated = words("tag_lead"), words("stated_there")
        stops = words("phrase_stop") | words("modifier") | words("relative") | words("apposed")
        self._circumstance = stops | words("occasion")

    def read(self, sentence: Stretch, number: int) -> Reported | None:
        """Dikatakan X, A. | Lebih lanjut dijelaskan, A. | Hal itu disampaikan X saat …"""
        word = sentence.words[number]
        cue = (word.start, word.end)
        agent = self._agent(sentence, number)
        matter = {w.lower for w in sentence.words[: min(number, 6)]}
        about = bool(matter & self._hal) and number <= 6
        if agent is not None:
            named, stop = agent
            that = self._clauses.that_within(sentence, stop, 40)
            if that is not None:
                return self._clauses.clause(sentence, that, "quotes.passive", cue, named)
            if about and (told := self._telling(sentence, stop, named)) is not None:
                return told
            if about:
                same = bool(matter & self._same)
                pointed = bool(matter & (self._demonstratives | self._lead))
                rule = "quotes.backward"
                return Reported(
                    sentence.start, sentence.end, rule, cue, named, pointed and not same, True
                )
            if number > 4 or not self._clauses.led(sentence, number):
                apart = sentence.words[number - 1].lower in self._relative | self._infinitive
                if number < _SHORTEST or apart or not self._clauses.goes_on(sentence, stop):
                    return None
                return self._clauses.whole(sentence, "quotes.enclosed", cue, named)
            comma = sentence.reading.text.find(",", stop, min(sentence.end, stop + 90))
            rest = sentence.reading.words_in(stop, sentence.end, 20)
            plain = bool(rest) and not sentence.reading.text[stop : rest[0].start].strip()
            if plain and (comma < 0 or comma > rest[0].end + 20) and self._states(rest):
                return self._clauses.clause(sentence, stop, "quotes.passive", cue, named)
            if comma < 0:
                return None
            return self._clauses.clause(sentence, comma + 1, "quotes.passive", cue, named)
        if word.lower not in self._agentless or about:
            return None
        near = sentence.words[max(0, number - 40) : number]
        if word.lower in self._stated and number < _SHORTEST:
            before = sentence.reading.sentence_start(max(0, sentence.start - 2))
            near = (*near, *sentence.reading.words_in(before, sentence.start, 10))
        if any(w.lower in self._document for w in near):
            return None
        after = number + 1
        while after < len(sentence.words) and sentence.words[after].lower in self._adverb:
            after += 1
        comma = "," in sentence.gap(after - 1) or ":" in sentence.gap(after - 1)
        that = after < len(sentence.words) and sentence.words[after].lower in self._that
        if not comma and not that and not self._tells(sentence, number, after):
            return None
        named = self._aloud.passive(sentence.reading, sentence.start, word.start) or Named()
        if named == Named() and not self._clauses.led(sentence, number, 14):
            return None
        begin = self._clauses.past(sentence, after, sentence.words[after - 1].end)
        return self._clauses.clause(sentence, begin, "quotes.agentless", cue, named)

    def _tells(self, sentence: Stretch, number: int, after: int) -> bool:
        """Whether a clause follows a passive at its head: Disampaikan pula desa telah …"""
        rest = sentence.words[after : after + 20]
        return number == 0 and bool(rest) and self._states(rest)

    def _telling(self, sentence: Stretch, at: int, named: Named) -> Reported | None:
        """Hal senada disampaikan X yang menyebut A: what X says follows."""
        first = sentence.reading.word_from(at) - sentence.reading.word_from(sentence.start)
        for number in range(max(1, first), min(len(sentence.words), first + 12)):
            word = sentence.words[number]
            form = self._verbs.form(word.lower)
            led = sentence.words[number - 1].lower in self._relative
            if form is None or form.voice != "active" or not led:
                continue
            content = self._clauses.content(sentence, number, form.strength)
            if content is None:
                return None
            cue = (word.start, word.end)
            return self._clauses.clause(sentence, *content, cue, named)
        return None

    def _states(self, words: tuple[Word, ...]) -> bool:
        """Whether words are a clause, not where and when something was said."""
        first = words[0].lower
        now = len(words) > 1 and words[1].lower in self._demonstratives
        return (now or first not in self._circumstance) and self._clauses.predicated(words)

    def _agent(self, sentence: Stretch, number: int) -> tuple[Named, int] | None:
        """(whom, where the name ends) of the agent that stands right after a passive."""
        after = number + 1
        while after < len(sentence.words) and (
            sentence.words[after].lower in self._by or sentence.words[after].lower in self._adverb
        ):
            after += 1
        if after >= len(sentence.words) or sentence.gap(after - 1).strip():
            return None
        first = sentence.words[after]
        if first.lower in self._pronouns:
            return Named(pronoun=first), first.end
        ahead = sentence.reading.mentions_in(first.start, min(sentence.end, first.start + 200))
        lead = sentence.reading.words_in(first.start + 14, ahead[0].phrase) if ahead else ()
        if not ahead or not all(word.capital for word in lead):
            return None
        named = self._naming.whom(sentence.reading, sentence.words[after - 1].end, sentence.end)
        known = named.speaker is not None
        return (named, self._clauses.name_end(sentence, after, named)) if known else None
