"""Rows of offices, bodies and places, in which one capitalised word is no name."""

from extractor.language.people.lexicon import (
    ANY_GIVEN,
    COMMON_ROLE,
    GIVEN,
    PLACE_HEAD,
    PLACE_ROLE,
    ROLE,
)
from extractor.language.people.names import (
    Name,
    name_at,
)
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role, chain
from extractor.language.people.titles import titles_at

_BLANK = (" ", "\xa0", "  ")
_COMMA = (", ", ",", " , ", " ,", ",  ")


def among_offices(reading: Reading, name: Name) -> bool:
    """Whether one unknown word stands in a row of offices that nobody is named for: Camat,
    Xyz dan Lurah."""
    first, joint = name.first, name.last
    if reading.kinds[first] & GIVEN or reading.words[first].lower in reading.alone:
        return False
    if joint + 1 >= len(reading.words) or reading.gap(joint) not in _BLANK:
        return False
    if reading.words[joint].lower not in reading.lexicon.conjunctions:
        return False
    if not reading.kinds[joint + 1] & ROLE or reading.gap(joint + 1) not in _BLANK:
        return False
    _, _, last, _ = chain(reading, joint + 1, joint + 1)
    tail = last
    while tail > joint + 2 and not reading.kinds[tail - 1] & ~ANY_GIVEN:
        tail -= 1
    if last - tail > (1 if reading.kinds[tail - 1] & (PLACE_HEAD | PLACE_ROLE) else 0):
        return False  # perhaps a name that ran into the office
    if last >= len(reading.words):
        return True
    if titles_at(reading, last) is not None:
        return False
    return reading.gap(last) not in _COMMA or name_at(reading, last) is None


def among_places(reading: Reading, role: Role, name: Name) -> bool:
    """Whether a word goes on a list of places: Bunda PAUD Kecamatan Kenanga, Melati dan Mawar."""
    words, at = reading.words, name.last
    return (
        role.last - role.first > 2
        and bool(reading.kinds[role.last - 2] & PLACE_HEAD)
        and not reading.kinds[name.first] & GIVEN
        and at + 1 < len(words)
        and words[at].lower in reading.lexicon.conjunctions
        and words[at + 1].capital
        and not reading.kinds[at + 1] & ~ANY_GIVEN
        and reading.gap(at + 2) in _BLANK
        and not words[min(at + 2, len(words) - 1)].capital
    )


def among_unknown(reading: Reading, name: Name) -> bool:
    """Whether one word and, behind ``dan``, another that no list holds follow an office, and no
    name is told: Kapolres Kenanga, Karolap, dan Dirmobvit."""
    words, at = reading.words, name.last
    if reading.kinds[name.first] & GIVEN or words[name.first].lower in reading.alone:
        return False
    return (
        at + 1 < len(words)
        and reading.gap(at) in _COMMA
        and words[at].lower in reading.lexicon.conjunctions
        and words[at + 1].capital
        and not reading.kinds[at + 1] & (GIVEN | ROLE | COMMON_ROLE)
        and (at + 2 >= len(words) or not words[at + 2].capital or reading.gap(at + 2) not in _BLANK)
        and words[at + 1].lower not in reading.alone
    )
