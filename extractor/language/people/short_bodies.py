"""Short names of bodies and offices that the text itself explains: Universitas Kenanga (Unken)."""

from collections.abc import Sequence

from extractor.language.people.lexicon import (
    AGENT_FORM,
    ANY_GIVEN,
    OFFICE_FORM,
    ORGANISATION,
    PASSIVE,
    ROLE,
    VERB_FORM,
)
from extractor.language.phrases import Word

_FARTHEST = 10
# What a word no list holds may seem by its form: Diskominaset is no passive.
_BY_FORM = ANY_GIVEN | PASSIVE | VERB_FORM | OFFICE_FORM | AGENT_FORM


def short_forms(
    text: str,
    words: Sequence[Word],
    kinds: Sequence[int],
    gaps: Sequence[str],
    conjunctions: frozenset[str],
) -> tuple[frozenset[str], frozenset[str]]:
    """The words (small) in brackets that shorten the name of the body written out before them, and
    those that shorten that of an office.

    ``Kementerian Sekretariat Negara (Kemensetneg)``: the letters of the short name stand in their
    order in the long one, which begins with the head of an organisation; ``Sekretaris Jenderal
    (Setjend)`` begins with an office.
    """
    found: set[str] = set()
    offices: set[str] = set()
    for at in range(1, len(words)):
        if gaps[at] not in (" (", "(") or not words[at].capital or kinds[at] & ~_BY_FORM:
            continue
        end = words[at].end
        if text[end : end + 1] != ")" or end - words[at].start < 4:
            continue
        first = _body(words, kinds, gaps, at, conjunctions)
        if first >= 0 and _shortens(words[at].lower, words, first, at):
            found.add(words[at].lower)
        office = at - 2
        two = office >= 0 and gaps[at - 1] == " " and words[at - 1].capital
        if two and kinds[office] & ROLE and _shortens(words[at].lower, words, office, at):
            offices.add(words[at].lower)
    return frozenset(found - offices), frozenset(offices)


def _body(
    words: Sequence[Word], kinds: Sequence[int], gaps: Sequence[str], at: int, inner: frozenset[str]
) -> int:
    """Where the body named right before word ``at`` begins; -1 for none."""
    head = -1
    for i in range(at - 1, max(-1, at - _FARTHEST), -1):
        if not words[i].capital and words[i].lower not in inner:
            break
        if kinds[i] & ORGANISATION and not kinds[i] & ROLE:
            head = i
        if gaps[i] not in (" ", ", "):
            break
    return head


def _shortens(short: str, words: Sequence[Word], first: int, at: int) -> bool:
    spelt = "".join(words[i].lower for i in range(first, at) if words[i].capital)
    letters = iter(spelt)
    return spelt[:1] == short[:1] and all(letter in letters for letter in short)
