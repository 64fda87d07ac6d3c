"""Names within a role: a hospital's, and the initials of one that runs into it."""

from extractor.language.people.lexicon import (
    CUE_BEFORE,
    NOT_NAME,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    ROLE,
    VENUE_HEAD,
)
from extractor.language.people.names import Name, name_at
from extractor.language.people.reading import Reading
from extractor.language.people.titles import degrees_at, titles_at


def amid_initials(reading: Reading, at: int) -> bool:
    """Whether word ``at`` follows an initial of the name that runs into the role: Sekda Melati
    Tono Y. Wiguna, Camat Melati I.G.N Wiguna; not Asisten I. Hadir pula."""
    if not reading.surface(at - 1).isupper() or len(reading.surface(at - 1)) > 1:
        return False
    if reading.kinds[at] & (NOT_NAME | ORGANISATION | ROLE | PLACE_HEAD | VENUE_HEAD):
        return False
    lone = len(reading.surface(at)) == 1
    numeral = reading.surface(at - 1) in "IVX" and not lone and reading.gap(at - 1) != "."
    return reading.kinds[at - 1] & CUE_BEFORE == 0 and not numeral


def bears_name(reading: Reading, name: Name, at: int) -> bool:
    """Whether a hospital or school before word ``at`` bears the titled name there: then the one
    who heads it is named behind the comma."""
    before = reading.kinds[at - 1]
    if not before & VENUE_HEAD or not before & ORGANISATION or name.last >= len(reading.words):
        return False
    if reading.gap(name.last) not in (", ", ","):
        return False
    titles = titles_at(reading, name.last)
    if titles is not None:
        return name_at(reading, titles.last, follows=True) is not None
    if degrees_at(reading, name.last) is not None:
        return False
    other = name_at(reading, name.last)
    return other is not None and not reading.kinds[name.last] & (PLACE | ROLE)


def before_name(reading: Reading, at: int) -> bool:
    """Whether word ``at`` says that a name follows: (atas) nama, bernama."""
    follows = reading.lexicon.bears_name
    words = reading.words
    if reading.gap(at) not in (" ", "\xa0") or words[at].capital:
        return False
    if words[at].lower in follows:
        return at + 1 < len(words) and words[at + 1].capital
    return (
        at + 2 < len(words)
        and words[at].lower in reading.lexicon.in_name
        and words[at + 1].lower in follows
        and words[at + 2].capital
    )
