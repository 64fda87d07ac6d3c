"""Where a role ends and a name begins that runs into it without a sign."""

from extractor.language.people.balinese import balinese
from extractor.language.people.evidence import past_age
from extractor.language.people.initials import (
    acronym,
    initials_of,
)
from extractor.language.people.lexicon import (
    ADVERB,
    ANY_GIVEN,
    BEFORE_PLACE,
    COMMON_ROLE,
    CUE_AFTER,
    DIRECT,
    GIVEN,
    NAME_LINK,
    NAMED,
    NOT_NAME,
    OFFICE,
    ORGANISATION,
    PASSIVE,
    PLACE,
    PLACE_HEAD,
    PLACE_ROLE,
    PLACE_TAIL,
    ROLE,
    ROLE_LINK,
    SAYS,
    UNIT,
    VENUE_HEAD,
    VERB_FORM,
)
from extractor.language.people.nameable import nameable
from extractor.language.people.names import following_name, name_at, place_sized, vetoed
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import BLANK, Role
from extractor.language.people.role_holders import signed_below
from extractor.language.people.role_places import (
    of_body,
    of_region,
    past_place,
    regional,
    takes_place,
)
from extractor.language.people.titles import degrees_at, titles_at

_PLACED = PLACE_HEAD | PLACE_ROLE | ORGANISATION
_SEATED = ORGANISATION | PLACE_HEAD
_AMID = OFFICE | PLACE_TAIL | BEFORE_PLACE
_FAMILY = {True: COMMON_ROLE, False: 0}  # Putra, Putri


def part(reading: Reading, role: Role, head: int) -> Role:
    """Part the name from a role that runs into it; only where no name follows after a sign."""
    kinds, words = reading.kinds, reading.words
    tail = _tail(reading, role, head)
    if tail == role.last or reading.gap(tail) == "-":
        return role
    if tail - 2 >= head and words[tail - 1].lower in reading.lexicon.nature:
        # Bupati Muara Enim | Tarjono: the head of a piece of nature begins the name of the region
        tail -= bool(kinds[tail - 1] & PLACE and kinds[tail - 2] & (PLACE_ROLE | PLACE_HEAD))
    given_later = any(kinds[at] & GIVEN for at in range(tail, role.last))
    if reading.gap(tail) == "/" and role.last - tail < 3 and not given_later:
        return role  # Pangdam XXII/Tambun Bungai
    ends_line = "\n" in reading.gap(role.last)
    if ends_line and signed_below(reading, role.first, role.last, None):
        return role
    degree = degrees_at(reading, role.last) is not None or past_age(reading, role.last) > 0
    before = kinds[tail - 1]
    placed = place_sized(reading, tail, role.last)
    thing = before & VENUE_HEAD and not before & PLACE_TAIL and not degree and not placed
    inner = _inner_place(reading, role, head, tail)
    if thing and not inner and (words[tail - 1].capital or not given_later):
        return role  # not sutradara film Tarjono Nugroho
    start, sure_place = past_place(reading, role, tail, head)
    if start >= role.last:
        return role
    if inner and start <= inner:
        start, sure_place = inner + place_sized(reading, inner, role.last), True
        if start >= role.last:
            return role  # Kadis Xyz Kenanga | Tarjono
    name = name_at(reading, start, follows=bool(kinds[start] & ADVERB))
    if name is None or name.last < role.last:
        return role
    compass = kinds[role.last - 1] & (PLACE_TAIL | PLACE) and not kinds[role.last - 1] & GIVEN
    if compass and name.size == 2 and not kinds[start] & GIVEN and not degree:
        return role
    if name.size > 1 and start == tail and not kinds[start] & GIVEN and not degree:
        rest = place_sized(reading, start + 1, role.last) if kinds[start + 1] & PLACE else 0
        if rest == name.size - 1 and not kinds[start + 1] & GIVEN:
            return role  # Kepala Balitbang Palangka Raya
    known = any(words[at].lower in reading.alone for at in range(start, role.last))
    given = bool(kinds[start] & GIVEN) or known or balinese(reading, start, role.last)
    borne = not placed and words[start].lower in reading.titled and name.size >= 2
    given = given or borne
    settled = sure_place and start > tail and name.size >= 2
    open_end = not borne and (not known or before & _PLACED)
    if not settled and named_after(reading, role) and open_end:
        return role
    told = _told(reading, role.last)
    region = regional(reading, head, tail)
    regional_body = start == tail and of_region(reading, head, tail)
    whole = (
        sure_place
        or region
        or regional_body
        or (start == tail and not takes_place(reading, tail - 1))
    )
    numbered = reading.surface(tail - 1).isdigit() and kinds[tail - 2] & ORGANISATION
    if numbered and role.common and start == tail and not degree and not known and not told:
        return role  # anggota Batalyon 406 Kusuma Kenanga
    if name.size == 1:
        fine = (
            degree
            or (
                told
                and whole
                and (given or not role.common)
                and (given or start > tail or tail - 1 > head or before & DIRECT)
            )
            or (
                bool(kinds[head] & DIRECT)
                and (tail - 1 == head or (tail - 2 == head and acronym(reading, tail - 1)))
                and _ends_item(reading, role.last)
            )
            or (start == tail and of_body(reading, head, tail) and _ends_item(reading, role.last))
            or (
                region
                and start == tail
                and not kinds[start] & ~ANY_GIVEN
                and _ends_item(reading, role.last)
            )
            or (
                (whole or bool(before & UNIT))
                and not role.common
                and _ends_item(reading, role.last)
                and (sure_place or bool(before & (OFFICE | UNIT)))
                and words[start - 1].capital
                and (given or not acronym(reading, start - 1))
                and start - 1 > head
            )
        )
        fine = fine or (given and reading.bureau(start - 1) and _ends_item(reading, role.last))
        fine = fine or (
            start == tail
            and reading.surface(tail - 1).isdigit()
            and bool(kinds[tail - 2] & ROLE)
            and not role.common
            and _ends_item(reading, role.last)
        )
        if numbered and start == tail and not kinds[start] & GIVEN and not degree:
            return role  # Kepala SMPN 1 Kenanga
        if kinds[tail - 2] & PLACE_HEAD and start == tail and not (given or degree):
            return role  # Kepala Desa Sumber Kenanga: an office's word, but of a place here
        short = told and start == tail and tail - 1 == head
        fine = fine or (start == tail and tail - 1 == head and _owned(reading, head))
        if not fine and not short:
            return role
    else:
        fine = (
            degree
            or given
            or (given_later and tail - 1 > head and not before & (_PLACED | ROLE_LINK))
            or (settled and _ends_item(reading, role.last) and bool(before & _SEATED))
            or (
                told
                and not role.common
                and (start > tail or not before & (PLACE_ROLE | ORGANISATION))
            )
            or (
                (not role.common or reading.bureau(start - 1))
                and (words[start - 1].capital or start - 1 == head or bool(before & OFFICE))
                and (whole or (start > tail and not before & ORGANISATION))
                and not _glossed(reading, role.last, start)
            )
        )
        # juara II Aurelia Nainggolan
        ranked = start == tail == head + 2 and not reading.surface(head + 1).strip("IVX")
        if not fine and not ranked:
            return role
        fine = True
    if vetoed(reading, name, -1) and not (degree or given):
        return role
    end = words[start - 1].end
    if reading.text[end : end + 1] == ")":
        end += 1
    return Role(role.first, start, end, role.common, role.place, role.plural, name, bool(fine))


def _inner_place(reading: Reading, role: Role, head: int, tail: int) -> int:
    """A known place among the words at the end of a role, behind a body that no list holds: Kadis
    Xyz | Tuban | Tarjono; 0 where there is none."""
    kinds = reading.kinds
    if not kinds[head] & UNIT or kinds[tail] & ~ANY_GIVEN:
        return 0
    places = (at for at in range(tail + 1, role.last - 1) if kinds[at] & PLACE)
    place = next((at for at in places if not kinds[at] & GIVEN), 0)
    return 0 if any(kinds[at] & GIVEN for at in range(tail, place)) else place


def _tail(reading: Reading, role: Role, head: int) -> int:
    """Where the words begin that no office holds, at the end of the role."""
    kinds, words = reading.kinds, reading.words
    tail = role.last
    while tail > head + 1 and nameable(reading, tail - 1):
        if tail < role.last and not reading.joined(tail):
            break
        if tail - 2 > head and kinds[tail - 2] & NAME_LINK and not words[tail - 2].capital:
            tail -= 2
            continue
        tail -= 1
    return tail


def _ends_item(reading: Reading, at: int) -> bool:
    """Whether an item of a list ends before word ``at``: a comma, a stop, ``dan``, the end."""
    if at >= len(reading.words):
        return True
    gap = reading.gap(at)
    return (
        gap.lstrip()[:1] in (",", ".", ";")
        or "\n" in gap
        or bool(
            gap in BLANK
            and not reading.words[at].capital
            and (
                reading.words[at].lower in reading.lexicon.conjunctions
                or (reading.kinds[at] & (NOT_NAME | NAMED) and not reading.kinds[at] & VENUE_HEAD)
                or _told(reading, at)
            )
        )
    )


def _glossed(reading: Reading, at: int, first: int) -> bool:
    """Whether an acronym in brackets follows: then the words before it name a body."""
    return (
        at < len(reading.words)
        and reading.gap(at) in (" (", "(")
        and reading.words[at].capital
        and not initials_of(reading, at, first)
    )


def _owned(reading: Reading, at: int) -> bool:
    """Whether a role in small letters is somebody's: istrinya Tarsi, wakilnya Tarjono."""
    word = reading.words[at]
    return not word.capital and word.lower.endswith(reading.lexicon.owned_end)


def _told(reading: Reading, at: int) -> bool:
    """Whether a verb of saying or doing stands at word ``at``, perhaps after an adverb."""
    from_here = reading.kinds[at : at + 3]
    if at < len(reading.words) and reading.gap(at) not in BLANK:
        return False
    if at < len(reading.words) and reading.words[at].lower in reading.lexicon.headline_verb:
        return True
    for kind in from_here:
        if kind & (SAYS | CUE_AFTER | VERB_FORM | PASSIVE):
            return True
        if not kind & ADVERB:
            return False
    return False


def named_after(reading: Reading, role: Role) -> bool:
    """Whether a name follows the role after a comma, a bracket or a title."""
    at = role.last
    if at >= len(reading.words):
        return False
    gap = reading.gap(at)
    if "\n" in gap:
        return False
    titles = titles_at(reading, at)
    start = titles.last if titles is not None else at
    if "," not in gap and ":" not in gap and titles is None:
        return False
    follows = "," in gap
    name = (
        name_at(reading, start, follows=follows)
        if titles is None
        else following_name(reading, titles)
    )
    if name is None:
        return False
    if titles is not None and titles.formal:
        return True
    return (not vetoed(reading, name, at) and not reading.kinds[start] & PLACE) or bool(
        degrees_at(reading, name.last)
    )
