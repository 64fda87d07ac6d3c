"""Offices written short or with a slip of the pen: who of those named is meant."""

from collections.abc import Sequence

from extractor.language.people.lexicon import COMMON_ROLE, PLACE
from extractor.language.people.person import Person, near
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role

_OFFICES = 4
_SHORTEST = 4
_SPAN = 6


def likely_holder(reading: Reading, persons: Sequence[Person], role: Role) -> Person | None:
    """The one person whose office the words of a role stand for: Menhut, Kajati Kenanga."""
    words = reading.words
    if role.common or reading.kinds[role.first] & COMMON_ROLE:
        return None
    short = [words[at].lower for at in range(role.first, role.last)]
    fitting: list[Person] = []
    for person in persons:
        for held in person.roles[:_OFFICES]:
            office = [words[at].lower for at in range(held.first, held.last)]
            opening = office[0][0] == short[0][0]
            if opening and all(stands_for(word, office) for word in short):
                fitting.append(person)
                break
    return fitting[0] if len(fitting) == 1 else None


def unplaced_holder(
    reading: Reading, holders: Sequence[Person], role: Role, office: frozenset[str]
) -> Person | None:
    """The one person in an office that was told without its place: Bupati Tarjono, and later
    Bupati Kenanga. ``office`` holds the words of the role, abbreviations spelt out."""
    size = role.last - role.first
    if not role.place or role.common or len(holders) != 1 or size < 2:
        return None
    if size > 2 and not reading.kinds[role.first + 1] & PLACE:
        return None
    held = [words for _, words in holders[0].offices]
    alone = all(len(words) == 1 for words in held) and any(words < office for words in held)
    return holders[0] if alone else None


def stands_for(word: str, office: Sequence[str]) -> bool:
    """Whether a word is one of an office, one with a slip in it, or short for several of them."""
    if word in office:
        return True
    if len(word) < _SHORTEST:
        return False
    for at, one in enumerate(office):
        if one[0] != word[0]:
            continue
        if len(word) > _SHORTEST + 1 and near(one, word):
            return True
        letters = iter("".join(office[at : at + _SPAN]))
        if len(one) > len(word) - 2 and all(letter in letters for letter in word):
            return True
    return False
