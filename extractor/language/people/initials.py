"""Capitals among the words of a name: acronyms, initials, and what goes on after a word."""

from extractor.language.people.lexicon import (
    ANY_GIVEN,
    GIVEN,
    NAME_LINK,
    OFFICE,
    ORGANISATION,
    PLACE,
    ROLE,
)
from extractor.language.people.reading import Reading

_BLANK = (" ", "\xa0", "  ")


def unknown_next(reading: Reading, at: int) -> bool:
    """Whether a capitalised word of no known kind goes on after word ``at``: Cucu Wirasti."""
    following = at + 1
    return (
        following < len(reading.words)
        and reading.words[following].capital
        and not reading.kinds[following] & ~(ANY_GIVEN | NAME_LINK)
        and reading.joined(following)
    )


def acronym(reading: Reading, at: int) -> bool:
    """Whether a word looks like an acronym: two capitals or more, or letters with digits."""
    surface = reading.surface(at)
    lower = reading.words[at].lower
    if lower in reading.lexicon.name_initials or lower in reading.lexicon.name_mark:
        return False
    return surface[1:] != surface[1:].lower() and len(surface) > 1


def initial(reading: Reading, at: int, titled: bool = False) -> bool:
    """Whether a word is an initial of two capitals: MB. Firman; behind a title also ST. Aminah."""
    word, surface = reading.words[at], reading.surface(at)
    return (
        word.end - word.start == 2
        and surface.isupper()
        and reading.gap(at + 1) == ". "
        and not reading.kinds[at] & ~NAME_LINK
        and (titled or surface not in reading.lexicon.degrees)
    )


def opens_name(reading: Reading, at: int) -> bool:
    """Whether two capitals behind an office begin the name of who holds it: Jaksa Agung ST
    Tarjono, though the same letters are a degree elsewhere."""
    surface = reading.surface(at)
    if len(surface) != 2 or not surface.isupper() or reading.kinds[at] & ~NAME_LINK:
        return False
    titled = at and reading.surface(at - 1) in reading.lexicon.formal
    office = at and reading.kinds[at - 1] & (ROLE | OFFICE | PLACE | ORGANISATION)
    if not titled and not office:
        return False
    following = at + 1
    if not unknown_next(reading, at) or reading.surface(following).isupper():
        return False
    topic = reading.kinds[at - 1] & OFFICE and not reading.kinds[at - 1] & (ORGANISATION | ROLE)
    told = titled or topic or reading.kinds[at] & NAME_LINK or surface in reading.lexicon.degrees
    return reading.gap(at) in _BLANK and bool(told or reading.kinds[following] & GIVEN)


def amid_strangers(reading: Reading, at: int) -> bool:
    """Whether two capitals stand between two words that no list holds: initials, as in Tarjono AY
    Wibisana."""
    surface = reading.surface(at)
    if len(surface) != 2 or not surface.isupper() or reading.kinds[at] or not at:
        return False
    if reading.kinds[at - 1] & ~ANY_GIVEN or not reading.words[at - 1].capital:
        return False
    return (
        reading.words[at - 1].lower not in reading.places
        and surface not in reading.lexicon.degrees
        and reading.joined(at)
        and not reading.surface(at - 1).isupper()
        and unknown_next(reading, at)
        and not reading.surface(at + 1).isupper()
    )


def initials_of(reading: Reading, at: int, first: int) -> bool:
    """Whether word ``at`` are the initials of the person named from word ``first`` on."""
    surface = reading.surface(at)
    return (
        2 <= len(surface) <= 4
        and surface.isupper()
        and surface[0] == reading.surface(first)[0]
        and reading.text[reading.words[at].end : reading.words[at].end + 1] == ")"
    )


def dotted(reading: Reading, at: int) -> bool:
    """Whether one letter and a stop stand there, as initials do: Bupati Badung | A.A Gde."""
    word = reading.words[at]
    return word.end - word.start == 1 and reading.gap(at + 1)[:1] == "."
