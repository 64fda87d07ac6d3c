"""Whether a word that no list holds, or a comma, belongs to the name of an office."""

from extractor.language.people.lexicon import (
    ACTING,
    AGENT_FORM,
    GIVEN,
    OFFICE,
    OFFICE_FORM,
    ORGANISATION,
    ROLE,
)
from extractor.language.people.names import name_at
from extractor.language.people.reading import Reading

BLANK = (" ", "\xa0", "  ")

_AHEAD = 12


def ordinal(reading: Reading, at: int) -> bool:
    """Whether word ``at`` is a number, in figures or Roman: ke-78, ke-XXV."""
    surface = reading.surface(at)
    return surface[:1].isdigit() or (surface != "" and not surface.strip("IVXLC"))


def before_body(reading: Reading, at: int) -> bool:
    """Whether a body is named right behind word ``at``: Kebudayaan Jawa Universitas Kenanga."""
    following = at + 1
    return (
        following < len(reading.words)
        and reading.words[following].capital
        and reading.gap(following) in BLANK
        and bool(reading.kinds[following] & ORGANISATION)
    )


def closes_office(reading: Reading, at: int) -> bool:
    """Whether an unknown word behind ``dan`` ends an office, and a name follows the comma: Seksi
    Haji dan Umroh, Tarjono."""
    following = at + 1
    return (
        not reading.kinds[at]
        and bool(reading.kinds[at - 2] & OFFICE)
        and not reading.kinds[at - 2] & (ROLE | ORGANISATION)
        and following < len(reading.words)
        and reading.gap(following) in (", ", ",")
        and name_at(reading, following) is not None
    )


def deals_with(reading: Reading, at: int) -> bool:
    """Whether a word in pe- behind ``dan`` is what an office does: Pelayanan dan Penunjang."""
    agent = reading.kinds[at] & AGENT_FORM and not reading.kinds[at] & ~AGENT_FORM
    return bool(agent and reading.kinds[at - 2] & OFFICE_FORM)


def topic_next(reading: Reading, at: int) -> bool:
    """Whether an unknown word opens what an office deals with: Pengolahan dan Analisa Data."""
    following = at + 1
    return (
        not reading.kinds[at]
        and following < len(reading.words)
        and reading.words[following].capital
        and reading.gap(following) in BLANK
        and bool(reading.kinds[following] & (OFFICE | ORGANISATION))
        and not reading.kinds[following] & (ROLE | ACTING | GIVEN)
    )


def list_goes_on(reading: Reading, at: int) -> bool:
    """Whether a comma before word ``at`` is one inside the name of an office: an office word
    follows, and the list is closed by ``dan``."""
    words, kinds = reading.words, reading.kinds
    if not words[at].capital or kinds[at] & (ROLE | GIVEN):
        return False
    if not kinds[at] & OFFICE:  # an unknown word of it: Menteri Pendidikan Tinggi, Sains, dan X
        return (
            at + 2 < len(words)
            and reading.gap(at + 1) in (", ", ",")
            and words[at + 1].lower in reading.lexicon.conjunctions
            and bool(kinds[at + 2] & OFFICE)
            and not kinds[at + 2] & ROLE
        )
    last = min(len(words), at + _AHEAD)
    for i in range(at + 1, last):
        gap = reading.gap(i)
        if kinds[i - 1] & (ACTING | OFFICE) and kinds[i] & ROLE and words[i].capital:
            return False  # the next of a list of people: …, Wakil Ketua X
        if gap in (" & ", "&"):
            return words[i].capital and bool(kinds[i] & OFFICE)
        if words[i].lower in reading.lexicon.conjunctions and gap in BLANK:
            return (
                i + 1 < len(words)
                and words[i + 1].capital
                and bool(kinds[i + 1] & OFFICE or not kinds[i + 1] & (GIVEN | ROLE))
            )
        if gap in (", ", ","):
            if words[i].lower in reading.lexicon.conjunctions:
                return i + 1 < len(words) and words[i + 1].capital and bool(kinds[i + 1] & OFFICE)
            if not kinds[i] & OFFICE or not words[i].capital:
                return False
        elif (gap not in BLANK and gap not in ("-", "/")) or not words[i].capital:
            return False
    return False
