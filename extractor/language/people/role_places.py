"""The place or body within a role, before the name that runs into it: Camat Kenanga | Tarjono."""

from extractor.language.people.balinese import balinese
from extractor.language.people.initials import acronym, dotted
from extractor.language.people.lexicon import (
    ANY_GIVEN,
    COMMON_ROLE,
    GIVEN,
    NAME_FORM,
    OFFICE_WORD,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    PLACE_ROLE,
    PLACE_TAIL,
    PLURAL,
    REGION,
    UNIT,
)
from extractor.language.people.names import place_sized
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role

_PLACED = PLACE_HEAD | PLACE_ROLE | ORGANISATION


def of_body(reading: Reading, head: int, tail: int) -> bool:
    """Whether a role is that of a body with a short name, and a word no list holds follows: Ketua
    DPRD Tarjono."""
    body = tail - 1
    return (
        head < body <= head + 2
        and not reading.kinds[head] & PLURAL
        and acronym(reading, body)
        and bool(reading.kinds[body] & ORGANISATION)
        and not reading.kinds[tail]
        and reading.words[tail].lower not in reading.small
        and not acronym(reading, tail)
    )


def regional(reading: Reading, head: int, tail: int) -> bool:
    """Whether nothing but an office over a region stands before word ``tail``: Wali Kota, Bupati,
    perhaps with its short form in brackets."""
    last = tail - 1
    before = reading.text[reading.words[last].end : reading.words[last].end + 1] == ")"
    if reading.kinds[last] & REGION and (last == head or before):
        return True
    return _two_word_region(reading, head, tail)


def _two_word_region(reading: Reading, head: int, tail: int) -> bool:
    return (
        tail == head + 2
        and (reading.words[head].lower, reading.words[head + 1].lower)
        in reading.lexicon.region_offices
    )


def takes_place(reading: Reading, at: int) -> bool:
    """Whether the name of a place or body may follow word ``at`` of a role."""
    if reading.bureau(at):
        return False
    return bool(reading.kinds[at] & (_PLACED | COMMON_ROLE))


def past_place(reading: Reading, role: Role, tail: int, head: int) -> tuple[int, bool]:
    """Past the name of a place at ``tail``, and whether that place is known."""
    kinds, words = reading.kinds, reading.words
    before = kinds[tail - 1]
    start, sure = tail, False
    local = before & PLACE_ROLE and not before & REGION  # Kepala Desa (Kades) Kenanga | Tarjono
    if reading.text[words[tail - 1].end : words[tail - 1].end + 1] == ")" and not local:
        # the short form closes the office: Bupati Kenanga Barat (Kebar) | Tarjono
        size = place_sized(reading, tail, role.last) if kinds[tail] & PLACE else 0
        return (tail + size if size and not kinds[tail] & GIVEN else tail), True
    opening = _opening(reading, tail, role.last, before)
    if opening:
        return opening, True
    stranger = not kinds[tail] & PLACE and words[tail].lower not in reading.places
    if before & REGION and stranger and role.last - tail > 1 and given_first(kinds[tail + 1]):
        return tail, True  # every region is known: Bupati Anne Ratna
    if words[tail - 1].lower in reading.lexicon.from_place and role.last - tail > 1:
        return tail + (place_sized(reading, tail, role.last) or 1), True  # anggota DPRD asal X | Y
    classed = past_class(reading, role.first, tail)
    if classed and classed < role.last:
        known = place_sized(reading, classed, role.last)
        left = role.last - classed
        return classed + (known or left > 1), bool(known or left == 2)
    if words[tail].end - words[tail].start == 1 and role.last - tail > 1:
        return tail, True  # an initial: no place begins with one
    school = reading.surface(tail - 1).isdigit() and kinds[tail - 2] & ORGANISATION
    if school and role.last - tail > 2 and not kinds[tail] & (GIVEN | PLACE):
        return tail + 1, True  # Kepala SMAN 1 Kenanga Nur Azizan
    longer, _ = reading.place_at(tail - 1)
    size = place_sized(reading, tail, role.last)
    nested = before & PLACE_HEAD and any(
        kinds[at] & PLACE_HEAD and words[at].capital for at in range(max(0, tail - 3), tail - 1)
    )
    if longer >= 2 and tail - 1 > role.first:
        start, sure = tail - 1 + longer, True
    elif nested and not size:
        # "Kabupaten Tanah Laut": the last word of the place is itself a word for one
        sure = True
    elif size:
        # a village may bear the name of a known city: Lurah Kenanga Rejo
        known = size > 1 or words[tail].lower in reading.places
        start, sure = tail + size, known or not _local(before)
        if not kinds[tail] & PLACE and before & PLACE_HEAD and reading.place_at(tail)[1] < 2:
            # told here alone, and a name may have run into it: Kecamatan Rantau Badauh Rita X
            heads = (i for i in range(start, min(tail + 3, role.last)) if given_first(kinds[i]))
            start = next(heads, start)
    elif before & _PLACED and (compass := _compass(reading, tail, role.last)):
        start, sure = compass, True
    elif _two_word_region(reading, head, tail) and (
        role.last - tail == 2 or (stranger and words[tail].lower in reading.alone)
    ):
        return tail, True
    elif reading.bureau(tail - 1) and role.last - tail >= 2:
        return tail, False
    elif before & (PLACE_HEAD | PLACE_ROLE | UNIT) or (
        before & ORGANISATION and not acronym(reading, tail - 1)
    ):
        given = next(
            (i for i in range(tail, min(tail + 3, role.last)) if given_first(kinds[i])), tail
        )
        left = role.last - tail
        if given > tail:
            start = given
        elif (
            kinds[tail] & GIVEN
            or words[tail].lower in reading.alone
            or (before & UNIT and not words[tail - 1].capital)
        ):
            pass
        elif before & (PLACE_HEAD | ORGANISATION) or (left >= 3 and not before & REGION):
            start = tail + 1
        elif (
            left == 2
            and stranger
            and _local(before)
            and (kinds[tail + 1] & NAME_FORM or words[tail + 1].lower in reading.alone)
        ):
            start, sure = tail + 1, True  # Lurah Kenanga | Tarjono
    if start > tail:
        start += place_sized(reading, start, role.last) if start < role.last else 0
        while start < role.last and kinds[start] & PLACE_TAIL and not kinds[start] & GIVEN:
            if balinese(reading, start, role.last) or dotted(reading, start):
                break
            if kinds[start] & OFFICE_WORD and start + 2 == role.last:
                break  # Bupati Kubu Raya | Muda Mahendrawan
            start += 1
    return start, sure


def past_class(reading: Reading, first: int, tail: int) -> int:
    """The word behind the class of a body, which its place follows: Lapas Kelas II A | Kenanga; 0
    where no class is named."""
    words = reading.words
    for at in range(tail - 1, max(first, tail - 4), -1):
        if words[at].lower in reading.lexicon.of_class:
            last = at + 1
            while last < len(words) and not reading.surface(last).strip("IVXAB"):
                last += 1
            return last if last >= tail > at + 1 or last == tail else 0
    return 0


def _opening(reading: Reading, tail: int, last: int, before: int) -> int:
    """Where a name shows by its first word, behind a place no list holds: Camat Kenanga | I Gede
    Tarsi, Camat Kenanga | I.G.N Tarsi; 0 where none does."""
    for at in range(tail, min(tail + 4, last - 1)):
        if balinese(reading, at, last):
            return at
        lone = reading.words[at].end - reading.words[at].start == 1
        if lone and at == tail + 1 and reading.gap(at + 1)[:1] == ".":
            given = reading.kinds[tail] & GIVEN or reading.kinds[tail] & PLACE
            if before & (PLACE_ROLE | PLACE_HEAD) and not before & REGION and not given:
                return at
    return 0


def of_region(reading: Reading, head: int, tail: int) -> bool:
    """Whether a role is that of a body over a region, so that two words or more behind it that no
    list holds are a name: Ketua DPD Tarjono Wibisana."""
    body = tail - 1
    return (
        head < body <= head + 2
        and reading.words[body].lower in reading.lexicon.of_region
        and not reading.kinds[tail] & ~ANY_GIVEN
        and reading.words[tail].lower not in reading.places
        and not acronym(reading, tail)
    )


def _local(kind: int) -> bool:
    """Whether an office is over a village or district, of which no list holds all."""
    return bool(kind & PLACE_ROLE and not kind & REGION)


def _compass(reading: Reading, tail: int, last: int) -> int:
    """The word after a point of the compass among a place and a name: Kenanga Barat | Tarjono."""
    body = reading.kinds[tail - 1] & ORGANISATION and not reading.kinds[tail - 1] & PLACE_HEAD
    for at in range(tail + 1, min(tail + (2 if body else 3), last - 1)):
        if dotted(reading, at):
            return 0  # Wakil Gubernur Tarsi A. Wangi
        if reading.kinds[at] & PLACE_TAIL and not reading.kinds[at] & GIVEN:
            return at + 1
    return 0


def given_first(kind: int) -> bool:
    """Whether a name may begin with a given name of this kind; endings tell last names too."""
    return bool(kind & GIVEN) and not kind & NAME_FORM
