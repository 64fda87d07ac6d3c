"""Bodies between the commas behind an office, before who holds it."""

from dataclasses import replace

from extractor.language.people.lexicon import GIVEN, ORGANISATION, PLACE_HEAD, ROLE
from extractor.language.people.names import following_name, name_at, place_sized, vetoed
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role, chain
from extractor.language.people.titles import titles_at

_BLANK = (" ", "\xa0", "  ")
_COMMA = (", ", ",", " , ", " ,", ",  ")
_BODIES = 3


def with_body(reading: Reading, role: Role) -> Role:
    """A role with the body or place that follows it between commas before a name: Kepala Desa
    Kenanga, Kecamatan Melati, Tarjono."""
    whole = role
    for _ in range(_BODIES):
        longer = _next_body(reading, whole)
        if longer is None or longer.last >= len(reading.words):
            return role
        whole, at = longer, longer.last
        titles = titles_at(reading, at)
        name = following_name(reading, titles) if titles is not None else name_at(reading, at)
        if name is None or vetoed(reading, name, -1):
            continue
        ranked = titles is not None and titles.formal and reading.gap(at) in _BLANK
        if ranked or reading.gap(at)[:1] == ",":
            return whole
    return role


def _next_body(reading: Reading, role: Role) -> Role | None:
    """The role with the body or place behind its comma."""
    at = role.last
    if at >= len(reading.words) or reading.gap(at) not in _COMMA or role.plural:
        return None
    kind = reading.kinds[at]
    if not reading.words[at].capital or kind & ROLE:
        return None
    if not kind & (ORGANISATION | PLACE_HEAD):
        size = place_sized(reading, at, len(reading.words)) if role.place else 0
        if not size or kind & GIVEN:
            return None
        return replace(role, last=at + size, end=reading.words[at + size - 1].end)
    _, _, last, end = chain(reading, at, at)
    return replace(role, last=last, end=end)
