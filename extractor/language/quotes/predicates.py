"""Predicates: whether words say something of their own, or are a mere thing."""

from itertools import pairwise

from extractor.language.phrases import Word
from extractor.language.quotes.speakers import Reading
from extractor.rulebook import RuleFile


class Predicates:
    """Tells predicates by their forms and places; words come from ``rules/quotes.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        def words(name: str) -> frozenset[str]:
            return frozenset(rules.surfaces(name))

        self._wish, self._urging = words("wish"), words("urging")
        self._predicate, self._nominal = words("predicate"), words("nominal_before")
        self._link, self._no_verb = words("link"), words("no_verb")
        self._joint, self._owner = words("joint"), tuple(rules.surfaces("owner"))
        self._adverb, self._stops = words("adverb_after"), words("phrase_stop")
        self._concessive, self._demonstratives = words("concessive"), words("demonstrative")
        self._verb_prefix = (*rules.surfaces("active_prefix"), *rules.words["passive"].values())
        self._active_prefix = tuple(rules.surfaces("active_prefix"))

    def acts(self, word: Word) -> bool:
        """Whether a word looks like a verb in small letters."""
        return not word.capital and len(word.lower) > 5 and word.lower.startswith(self._verb_prefix)

    def predicated(self, words: tuple[Word, ...]) -> bool:
        """Whether words hold a predicate of their own, outside of a relative clause."""
        last = len(words) - 1
        bound = False
        for number, word in enumerate(words):
            if number and word.lower in self._concessive:
                return False
            told = word.lower in self._predicate and (number < last or not number)
            acts = (
                number > 0
                and not word.capital
                and word.lower not in self._no_verb
                and len(word.lower) > 5
                and word.lower.startswith(self._active_prefix)
                and not word.lower.endswith(self._owner)  # berdirinya, meningkatnya
            )
            if not told and not acts:
                bound = False
                continue
            before = words[number - 1].lower if number else ""
            if acts and before in self._joint:
                return False  # X memaparkan visi dan mengajak warga: it has the subject of the cue
            bound = bound or before in self._nominal  # rencana yang akan digelar
            if not bound:
                return True
        return False

    def done(self, words: tuple[Word, ...]) -> bool:
        """Whether something is to be done: X meminta jalan diperbaiki, not X meminta uang."""
        bound = False
        for number, word in enumerate(words):
            if word.lower in self._wish:
                return True
            told = word.lower in self._predicate
            if not told and not (self.acts(word) and word.lower not in self._no_verb):
                bound = False
                continue
            bound = bound or (number > 0 and words[number - 1].lower in self._nominal)
            if not bound:
                return True
            bound = told
        return False

    def stated(self, words: tuple[Word, ...]) -> bool:
        """Whether words hold a passive or the like of their own: semangat itu terus dijaga."""
        return any(
            (word.lower in self._link or (self.acts(word) and word.lower not in self._no_verb))
            and not (number and words[number - 1].lower in self._nominal)
            for number, word in enumerate(words)
        )

    def wished(self, words: tuple[Word, ...]) -> bool:
        """Whether words say what the thing asked for is to bring: dukungan warga agar …"""
        for word, following in pairwise(words):
            if word.lower in self._urging or (word.lower in self._wish and self.acts(following)):
                return True
        return False

    def goes_on(self, reading: Reading, at: int, end: int) -> bool:
        """Whether a predicate comes next, without a comma: A, katanya membuka …"""
        words = reading.words_in(at, end, 4)
        if not words or reading.text[at : words[0].start].strip():
            return False
        if words[0].lower in self._adverb | self._demonstratives:
            words = words[1:]
        if len(words) < 2 or words[0].capital or words[0].lower in self._no_verb:
            return False
        first = words[0].lower
        return first in self._link or (first not in self._stops and self.acts(words[0]))
