"""Past organisations, streets, buildings and places: what they are called names no person."""

from extractor.language.people.lexicon import (
    ANY_GIVEN,
    COMMON_ROLE,
    GIVEN,
    ORGANISATION,
    PLACE,
    ROLE,
    VENUE_HEAD,
)
from extractor.language.people.reading import Reading
from extractor.language.people.titles import degrees_at, titles_at

_BLANK = (" ", "\xa0", "  ")


def past_organisation(reading: Reading, at: int) -> int:
    """Past an organisation, street, building or place: the capitals that follow its head."""
    last = at + 1
    while last < len(reading.words) and last - at < 12:
        word, kind = reading.words[last], reading.kinds[last]
        gap = reading.gap(last)
        if gap in _BLANK or (
            gap in ("-", ".", ". ")
            and (
                reading.joined(last)
                or titles_at(reading, last - 1) is not None
                or reading.words[last - 1].end - reading.words[last - 1].start <= 3
            )
        ):
            if _marked_name(reading, at, last) or _with_degree(reading, at, last):
                break
            titled = titles_at(reading, last)
            own = last == at + 1 and reading.kinds[at] & ORGANISATION and gap in _BLANK
            if kind & ROLE and not kind & (ORGANISATION | GIVEN) and not own:
                break  # not the Pembina of Yayasan Pembina X
            if titled is not None and titled.formal:
                body = reading.kinds[at] & ORGANISATION and last > at + 1
                if body or not reading.kinds[at] & VENUE_HEAD:
                    break
            if word.capital or titled is not None or reading.surface(last).isdigit():
                last += 1
                continue
        break
    return last


def _marked_name(reading: Reading, at: int, last: int) -> bool:
    """Whether a name begins behind a place or a body, told by its own parts: Kabupaten Melati
    Moh. Tarjono."""
    return (
        last > at + 1
        and not reading.kinds[at] & VENUE_HEAD
        and reading.words[last].lower in reading.lexicon.name_mark
        and reading.gap(last + 1) == ". "
    )


def _with_degree(reading: Reading, at: int, last: int) -> bool:
    """Whether a word that no list holds bears a degree behind a body and its place: Kantor BKN
    Medan Tarsi, SH."""
    return (
        last > at + 1
        and not reading.kinds[at] & VENUE_HEAD
        and not reading.kinds[last] & ~ANY_GIVEN
        and bool(reading.kinds[last - 1] & PLACE)
        and reading.gap(last + 1)[:1] == ","
        and degrees_at(reading, last + 1) is not None
    )


def in_chain(reading: Reading, at: int) -> bool:
    """A common role noun in the middle of a title-cased chain is no start of a role."""
    kinds = reading.kinds
    return (
        at > 0
        and bool(kinds[at] & COMMON_ROLE)
        and not kinds[at] & ROLE
        and reading.words[at].capital
        and reading.gap(at) in _BLANK
        and reading.words[at - 1].capital
    )


def in_body(reading: Reading, at: int) -> bool:
    """Whether common people are told as a body of them: organisasi pemuda Melati."""
    return (
        bool(reading.kinds[at] & COMMON_ROLE)
        and at > 0
        and reading.gap(at) in _BLANK
        and reading.words[at - 1].lower in reading.lexicon.assembly
    )
