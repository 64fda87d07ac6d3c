"""Whether and how a name follows a role: after a comma, a colon, ``yaitu``, on the next line."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.language.people.bearing import before_name
from extractor.language.people.evidence import paired, row_goes_on, spoken, told
from extractor.language.people.lexicon import (
    ANY_GIVEN,
    ANY_ROLE,
    COMMON_ROLE,
    CUE_AFTER,
    GIVEN,
    OFFICE,
    PLACE,
    ROLE,
    ROLE_END,
    SAYS,
    VERB_FORM,
)
from extractor.language.people.mentions import Mention
from extractor.language.people.names import (
    Name,
    following_name,
    name_at,
    phone_at,
    place_sized,
    vetoed,
)
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role, chain
from extractor.language.people.rows import among_offices, among_places, among_unknown
from extractor.language.people.titles import Titles, degrees_at, titles_at

_BLANK = (" ", "\xa0", "  ")
_LEADS = (" ", "\xa0", ": ", " : ", ", ", " - ")
_DEGREES = 8
_RECENT = 40
_COMMA = (", ", ",", " , ", " ,", ",  ")


def past_namely(reading: Reading, at: int, role: Role) -> int:
    """Past ``yaitu``, ``yakni``, ``antara lain``, a short clause with ``yang`` before names."""
    words = reading.words
    last = at
    while last + 1 < len(words) and before_name(reading, last):
        last += 1  # penumpang atas nama Tarjinem
    if last > at:
        return last
    if at + 2 < len(words) and words[at].lower in reading.lexicon.relative:
        told = at + 1
        while told < min(at + 6, len(words)) and not words[told].capital:
            if words[told].lower in reading.lexicon.namely and told > at + 1:
                last = told
                break
            told += 1
        some = (
            role.common and not words[role.first].capital
        )  # kepada siswa yang dilepas, X berpesan
        if told < len(words) and told - at > 1 and not some and reading.gap(told) in (", ", ","):
            named = titles_at(reading, told) or name_at(reading, told)
            if words[told].capital and named is not None and not reading.kinds[told] & ROLE:
                return told  # Bupati Kenanga yang baru dilantik, Tarjono Wibisana
    for told in range(at, min(at + 5, len(words) - 2)):
        if words[told].capital or reading.gap(told) not in _BLANK:
            break
        if words[told].lower in reading.lexicon.held_by:  # Camat X yang dijabat oleh Y
            last = told + 1 + (words[told + 1].lower in reading.lexicon.by)
            return last if words[last].capital else at
    while last < len(words) and last - at < 5 and words[last].lower in reading.lexicon.namely:
        last += 1
    return last if reading.gap(last) in _LEADS else at


def signed(reading: Reading, at: int, titles: Titles | None) -> bool:
    """Whether a signature stands on the next line: capitals, a title or a degree."""
    name = name_at(reading, at)
    if name is None:
        return False
    formal = titles is not None and titles.formal
    if name.caps or formal or degrees_at(reading, name.last) is not None:
        return True
    # the name alone on its line, or with a mobile number
    return _alone(reading, name)


def _alone(reading: Reading, name: Name) -> bool:
    last = name.last
    ends = last >= len(reading.words) or "\n" in reading.gap(last)
    return name.size <= 4 and (ends or phone_at(reading, last))


def signed_below(reading: Reading, role: int, at: int, titles: Titles | None) -> bool:
    """Whether a name stands alone on the line after a role that began the line before."""
    if at >= len(reading.words) or (role and "\n" not in reading.gap(role)):
        return False
    name = name_at(reading, at)
    if name is None or name.caps or titles is not None:
        return False
    phone = phone_at(reading, name.last)
    return name.size >= 2 and _alone(reading, name) and (phone or name.last >= len(reading.words))


def small_name(reading: Reading, at: int) -> Name | None:
    """A name in small letters between two commas behind an office, or one with a degree."""
    name = name_at(reading, at, lower=True)
    if name is None or name.size > 4:
        return None
    if degrees_at(reading, name.last) is not None:
        return name
    if name.size < 2 or name.last >= len(reading.words) or reading.gap(name.last) not in _COMMA:
        return None
    plain = all(not reading.kinds[i] & ~ANY_GIVEN for i in range(name.first, name.last))
    return (
        name
        if plain and any(reading.kinds[i] & GIVEN for i in range(name.first, name.last))
        else None
    )


def members(reading: Reading, role: Role, name: Name) -> bool:
    """Whether a role alone opens a list of those who are it: Anggota, X, Y dan Z."""
    if role.last - role.first > 1 or reading.words[role.first].lower not in reading.lexicon.member:
        return False
    degrees = degrees_at(reading, name.last)
    last = degrees.last if degrees is not None else name.last
    return row_goes_on(reading, last)


def ranked(reading: Reading, role: Role, name: Name) -> bool:
    """Whether an ordinal closes the role before a name: juara kedua Wirasti Gandaria."""
    return role.common and name.size >= 2 and bool(reading.kinds[role.last - 1] & ROLE_END)


def _enclosed(reading: Reading, name: Name) -> bool:
    """Whether a comma and a verb follow: Perwakilan warga, Suminto, berterima kasih."""
    at = name.last
    return (
        at < len(reading.words)
        and reading.gap(at) in _COMMA
        and not reading.words[at].capital
        and bool(reading.kinds[at] & (SAYS | CUE_AFTER | VERB_FORM))
    )


def with_small(reading: Reading, name: Name) -> Name:
    """A titled name with the parts of it that were written small: Iptu Tono tri w."""
    last = name.last
    if (
        last < len(reading.words)
        and reading.gap(last) in _BLANK
        and not reading.words[last].capital
    ):
        # M. Teguh jaya, S.E.
        comma = last + 1 < len(reading.words) and reading.gap(last + 1)[:1] == ","
        if comma and degrees_at(reading, last + 1) is not None:
            return Name(name.first, last + 1, name.caps)
    if name.size > 1:
        return name
    while last < len(reading.words) and last - name.first < 4 and reading.gap(last) in _BLANK:
        word, kind = reading.words[last], reading.kinds[last]
        lone = word.end - word.start == 1 and reading.text[word.end : word.end + 1] in ".,"
        if word.capital or not (lone or (kind & GIVEN and not kind & ~ANY_GIVEN)):
            break
        last += 1
    return Name(name.first, last, name.caps)


def fits(reading: Reading, name: Name, titles: Titles | None, role: Role, lead: str) -> bool:
    """Whether a name behind a role is one."""
    if degrees_at(reading, name.last) is not None or (titles is not None and titles.formal):
        return True
    if vetoed(reading, name, -1):
        return False
    if titles is not None:
        return True
    first = reading.kinds[name.first]
    if (role.common or role.plural) and first & COMMON_ROLE and not first & GIVEN:
        return False  # Sopir Ojek, Pedagang Keliling
    if lead == "," and name.size == 1 and among_offices(reading, name):
        return False
    if lead == "," and name.size == 1 and among_places(reading, role, name):
        return False
    if lead == "," and name.size == 1 and among_unknown(reading, name):
        return False
    alone = lead == "," and _enclosed(reading, name)
    if role.plural and name.size < 2 and not reading.kinds[name.first] & GIVEN:
        listed = lead == ":" and row_goes_on(reading, name.last)
        return alone or listed or paired(reading, name.last)
    if lead in ("–", "-"):
        return False
    if lead == "(":
        end = reading.words[name.last - 1].end
        return name.size >= 2 and reading.text[end : end + 1] == ")"
    if lead == ":":
        return True
    if name.caps and not reading.ends_line(name.last) and name.size == 1:
        return False
    if role.common and name.size == 1 and reading.words[role.last - 1].capital:
        # "perantau dari X, Y dan Z" lists places
        rhythm = lead == "," and _in_rhythm(reading, name.last)
        return alone or rhythm or not row_goes_on(reading, name.last)
    bare = role.last - role.first == 1
    if name.size == 1 and bare and not role.common:
        return (
            (lead == "," and _in_rhythm(reading, name.last))
            or spoken(reading, name)
            or bool(reading.kinds[name.first] & GIVEN)
            or told(reading, name.last)
        )
    return True


def _in_rhythm(reading: Reading, at: int) -> bool:
    """Whether a list of roles and names goes on behind a name: Ketua, X, Sekretaris, Y Z."""
    words = reading.words
    if at < len(words) and words[at].lower in reading.lexicon.conjunctions:
        at += 1
    elif at >= len(words) or reading.gap(at) not in _COMMA:
        return False
    if at >= len(words) or not reading.kinds[at] & ANY_ROLE:
        return False
    _, _, last, _ = chain(reading, at, at)
    if last >= len(words) or reading.gap(last) not in _COMMA:
        return False
    titles = titles_at(reading, last)
    if titles is not None:
        return following_name(reading, titles) is not None
    name = name_at(reading, last)
    return name is not None and name.size >= 2 and not vetoed(reading, name, -1)


def of_office(reading: Reading, role: Role) -> bool:
    """Whether a role only names a thing: Peraturan Wali Kota, Kantor Bupati, Bupati Cup."""
    before = role.first - 1
    words, things = reading.words, reading.lexicon.of_office
    if before >= 0 and words[before].lower in things and reading.gap(role.first) in _BLANK:
        return True
    after = role.last
    cup = after < len(words) and words[after].capital and words[after].lower in things
    return cup and reading.gap(after) in _BLANK


def succeeded(reading: Reading, found: list[Mention], first: int) -> Role | None:
    """The office of the person before, whom this one follows: X digantikan (oleh) Y."""
    words, lexicon = reading.words, reading.lexicon
    verb = first - 1 - (first > 1 and words[first - 1].lower in lexicon.by)
    if verb < 0 or words[verb].lower not in lexicon.succeeded or not found:
        return None
    before = found[-1]
    if before.role is None or before.role.plural or not 0 <= verb - before.last <= _DEGREES:
        return None
    return before.role


def before_office(reading: Reading, found: Sequence[Mention], name: Name) -> bool:
    """Whether the words of a body ran into a lone name met before: Menurut Tarjono Sekretariat
    Daerah …"""
    if name.size < 2 or name.caps or not reading.kinds[name.last - 1] & OFFICE:
        return False
    if reading.kinds[name.last - 1] & GIVEN:
        return False
    first = reading.words[name.first].lower
    met = [one.name for one in found[-_RECENT:] if one.name is not None and one.evidence]
    opened = [one for one in met if reading.words[one.first].lower == first]
    return bool(opened) and all(one.size == 1 for one in opened)


def among_many(reading: Reading, found: Sequence[Mention], role: Role) -> bool:
    """Whether a bare role goes on a list that began as a plural: para camat, lurah."""
    if not found or reading.words[role.first].capital:
        return False
    before = found[-1]
    if before.role is None or not before.role.plural or before.name is not None:
        return False
    return role.first == before.last or (
        role.first == before.last + 1
        and reading.words[before.last].lower in reading.lexicon.conjunctions
    )


def past_region(reading: Reading, role: Role, name: Name) -> tuple[Role, Name | None]:
    """Past the province behind the comma, before the name: Bupati Barito Kuala, Kalimantan Selatan
    Tarjono Wibisana."""
    first = name.first
    if not reading.kinds[first] & PLACE:
        return role, name
    size = place_sized(reading, first, name.last)
    if not 0 < size < name.size:
        return role, name
    if name.size - size == 1 and not reading.kinds[first + size] & GIVEN:
        return role, None  # Gubernur, Sulbar Harmoni: nobody's name
    last = first + size
    end = reading.words[last - 1].end
    return replace(role, last=last, end=end), replace(name, first=last)


def of_several(reading: Reading, role: Role) -> bool:
    """Whether a lone run of capitals ran into a plural: para tokoh dari Lembaga Adat Kenanga."""
    name = role.name
    return (
        role.plural
        and name is not None
        and not reading.kinds[name.first] & GIVEN
        and not row_goes_on(reading, name.last, True)
    )
