"""Nouns made from verbs by the language's own rules.

Indonesian makes an event's noun from its verb: *melantik* gives *pelantikan*, *menyerahkan* gives
*penyerahan*, *mengukuhkan* gives *pengukuhan*. So a verb in the title and a noun in the text can be
known as one event, and a noun that no list holds can still be known as the name of an act.
"""

VOWELS = "aeiou"
LOAN_ENDING = "asi"
VERBAL = ("me", "di", "ber", "ter")
_SHORTEST_NOUN = 8


def noun_of_active(verb: str) -> str | None:
    """The noun of an active verb: ``meninjau`` -> ``peninjauan``; None where it is no such verb."""
    if len(verb) < 6 or not verb.startswith("me"):
        return None
    if verb.startswith("memper"):
        return "per" + _stem(verb[6:]) + "an"
    return "pe" + _stem(verb[2:]) + "an"


def noun_of_root(root: str) -> str:
    """The noun of a root or bare verb: ``lantik`` -> ``pelantikan``."""
    stem = _stem(root)
    first, rest = stem[:1], stem[1:]
    if first == "p":
        return "pem" + rest + "an"
    if first == "t":
        return "pen" + rest + "an"
    if first == "s":
        return "peny" + rest + "an"
    if first == "k":
        return "peng" + rest + "an"
    if first in "bfv":
        return "pem" + stem + "an"
    if first in "cdjz":
        return "pen" + stem + "an"
    if first in "gh" or first in VOWELS:
        return "peng" + stem + "an"
    return "pe" + stem + "an"


def is_verbal_noun(word: str) -> bool:
    """Whether a word has the shape of an act's name: *peN-…-an* (after *pe* stands a
    nasal, l, r, w or y), or a loan such as *sertifikasi*."""
    if len(word) < _SHORTEST_NOUN:
        return False
    native = word.startswith("pe") and word[2] in "lmnrwy" and word.endswith("an")
    return native or (word.endswith(LOAN_ENDING) and not word.startswith(VERBAL))


def is_noun_of_act(word: str) -> bool:
    """Whether a word may name an act: *pe-…-an*, or a root with *-an* as in *kunjungan*."""
    rooted = len(word) > 6 and word.endswith("an") and not word.startswith((*VERBAL, "ke"))
    return rooted or is_verbal_noun(word)


def _stem(verb: str) -> str:
    for ending in ("kan", "i"):
        if verb.endswith(ending) and len(verb) - len(ending) >= 3:
            return verb[: -len(ending)]
    return verb
