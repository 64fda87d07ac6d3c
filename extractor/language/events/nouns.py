"""Nouns made from verbs by the language's own rules.

Indonesian makes an event's noun from its verb: *melantik* gives *pelantikan*, *menyerahkan* gives
*penyerahan*, *mengukuhkan* gives *pengukuhan*. So a verb in the title and a noun in the text can be
known as one event, and a noun that no list holds can still be known as the name of an act.
"""

from extractor.rulebook import RuleFile

_SHORTEST_NOUN = 8
_SHORTEST_ROOTED = 7
_SHORTEST_VERB = 6
_SHORTEST_STEM = 3


class ActNouns:
    """Makes the nouns of verbs, and knows them, by the affixes of ``rules/events.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        words = rules.words
        actives = words["noun_of_active"].items()
        self._actives = sorted(actives, key=lambda pair: -len(pair[0]))  # memper- before me-
        self._nasal = words["noun_nasal"]
        self._prefix = next(iter(words["noun_prefix"]), "")
        self._suffix = next(iter(words["noun_suffix"]), "")
        self._bare_suffix = rules.surfaces("bare_suffix")
        self._starts = rules.surfaces("noun_of_act_start")
        self._loan_suffix = rules.surfaces("loan_suffix")
        self._verb_prefix = rules.surfaces("verb_prefix")
        self._no_act_prefix = rules.surfaces("verb_prefix", "no_act_prefix")

    def of_active(self, verb: str) -> str | None:
        """The noun of an active verb: ``meninjau`` -> ``peninjauan``; None where it is no such
        verb."""
        if len(verb) < _SHORTEST_VERB:
            return None
        for active, noun in self._actives:
            if verb.startswith(active):
                return noun + self._stem(verb[len(active) :]) + self._suffix
        return None

    def of_root(self, root: str) -> str:
        """The noun of a root or bare verb: ``lantik`` -> ``pelantikan``."""
        stem = self._stem(root)
        prefix = self._nasal.get(stem[:1], self._prefix)
        if prefix.endswith("-"):  # the first letter falls away
            return prefix[:-1] + stem[1:] + self._suffix
        return prefix + stem + self._suffix

    def is_verbal(self, word: str) -> bool:
        """Whether a word has the shape of an act's name: *peN-…-an* (after *pe* stands a
        nasal, l, r, w or y), or a loan such as *sertifikasi*."""
        if len(word) < _SHORTEST_NOUN:
            return False
        native = word.startswith(self._starts) and word.endswith(self._suffix)
        return native or (
            word.endswith(self._loan_suffix) and not word.startswith(self._verb_prefix)
        )

    def is_of_act(self, word: str) -> bool:
        """Whether a word may name an act: *pe-…-an*, or a root with *-an* as in *kunjungan*."""
        rooted = len(word) >= _SHORTEST_ROOTED and word.endswith(self._suffix)
        return (rooted and not word.startswith(self._no_act_prefix)) or self.is_verbal(word)

    def _stem(self, verb: str) -> str:
        for ending in self._bare_suffix:
            if verb.endswith(ending) and len(verb) - len(ending) >= _SHORTEST_STEM:
                return verb[: -len(ending)]
        return verb
