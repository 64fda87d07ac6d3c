"""The role that stands behind a name: after a comma, in brackets, after ``selaku``."""

from dataclasses import replace

from extractor.language.people.evidence import told
from extractor.language.people.lexicon import (
    ACTING,
    ADVERB,
    AGENT_FORM,
    ANY_ROLE,
    AS_ROLE,
    COMMON_ROLE,
    CUE_AFTER,
    GIVEN,
    NOT_NAME,
    OFFICE,
    PASSIVE,
    ROLE,
    ROLE_END,
    SAYS,
    VERB_FORM,
)
from extractor.language.people.names import Name, begins, name_at, vetoed
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role, chain
from extractor.language.people.roles import role_at
from extractor.language.people.titles import titles_at

_BLANK = (" ", "\xa0", "  ")
_ITEM = 90
_COMMA = (", ", ",", " , ", " ,", ",  ")


def role_after(reading: Reading, at: int, has_role: bool) -> Role | None:
    """The role that stands behind a name: after a comma, in brackets, after ``selaku``."""
    if at >= len(reading.words):
        return None
    gap = reading.gap(at).lstrip(")")
    if not reading.words[at].capital:
        gap = gap.lstrip(".")
    kinds = reading.kinds
    start, needs, small = at, False, False
    if "\n\n" in gap:
        return None  # a title, then the first paragraph
    if gap in _COMMA:
        needs = True
        if reading.words[at].lower in reading.lexicon.one_of:
            start = _past_one_of(reading, at)
        elif reading.words[at].lower in reading.lexicon.relative:
            start, needs = _relative(reading, at), False
    elif gap in (" (", "("):
        letters = reading.surface(at)
        if letters.isupper() and 2 <= len(letters) <= 4 and at >= len(letters):
            before = "".join(reading.surface(i)[0] for i in range(at - len(letters), at))
            if sorted(before) == sorted(letters):
                return None  # Calendar of Events (COE)
    elif gap in _BLANK or not gap.strip():
        if (appointed := _appointed(reading, at)) > at:
            start = appointed
        elif kinds[at] & AS_ROLE:
            start = at + 1
            if reading.words[at].lower in reading.lexicon.in_office:
                held = _held(reading, start)
                if held is not None:
                    return held
        elif reading.words[at].lower in reading.lexicon.one_of:
            start = _past_one_of(reading, at)
        elif reading.words[at].lower in reading.lexicon.relative:
            start = _relative(reading, at)
        elif not reading.words[at].capital and kinds[at] & (ROLE | COMMON_ROLE):
            if has_role:
                return None
            needs = small = True
        elif not kinds[at] & ROLE:
            return None
    else:
        return None
    if start >= len(reading.words) or not kinds[start] & (ANY_ROLE | AGENT_FORM):
        return None
    if not kinds[start] & ANY_ROLE:
        if reading.words[start].capital or kinds[start] & (OFFICE | VERB_FORM | NOT_NAME):
            return None
        if gap not in _COMMA:
            return None
    role = role_at(reading, start) or _agent(reading, start)
    if role is None or role.plural or _of_all(reading, role):
        return None
    if small and (role.name is not None or not reading.words[role.last - 1].capital):
        return None  # … Tarjono kepala desa akan hadir
    if role.name is not None:
        lone = role.name.size == 1 and not kinds[role.name.first] & GIVEN
        lone = lone or (needs and not has_role and _semicolons(reading, at))
        ordinal = reading.surface(role.name.first - 1)
        counted = role.name.size > 1 and (ordinal.isdigit() or not ordinal.strip("IVX"))
        if role.sure and (reading.words[start].capital or counted) and not lone:
            return None
        words = reading.words
        role = replace(role, last=role.name.last, end=words[role.name.last - 1].end, name=None)
    if needs and _belongs_to_next(reading, role, has_role):
        return None
    return role


def _appointed(reading: Reading, at: int) -> int:
    """Past a verb and what opens the office somebody has: (kini) dipercaya sebagai X, menjabat
    sebagai X; ``at`` where there is none."""
    kinds, words = reading.kinds, reading.words
    verb = at
    while verb < at + 2 and verb + 2 < len(kinds) and words[verb].lower in reading.lexicon.now:
        verb += 1
    if verb + 2 >= len(kinds) or words[verb].capital:
        return at
    told = kinds[verb] & (VERB_FORM | PASSIVE) and kinds[verb + 1] & AS_ROLE
    joined = all(reading.gap(i) in _BLANK for i in range(at, verb + 3))
    return verb + 2 if told and joined else at


def _semicolons(reading: Reading, at: int) -> bool:
    """Whether an office behind a name is an item of a list with semicolons: X, Camat Kenanga Rejo;
    Y, Camat …"""
    start = reading.words[at].start
    near = (reading.text[max(0, start - _ITEM) : start], reading.text[start : start + _ITEM])
    before, after = near[0].rpartition("\n")[2], near[1].partition("\n")[0]
    return ";" in before.rpartition(". ")[2] or ";" in after.partition(". ")[0]


def _held(reading: Reading, start: int) -> Role | None:
    """An office no list holds behind ``selaku``: capitals, and what belongs to them."""
    if start >= len(reading.words) or not reading.words[start].capital:
        return None
    if reading.kinds[start] & (ANY_ROLE | NOT_NAME) or reading.gap(start) not in _BLANK:
        return None
    last, end, firm, firm_end = chain(reading, start, start)
    del last, end
    return Role(start, firm, firm_end, False, False, False)


def _past_one_of(reading: Reading, at: int) -> int:
    """Past ``salah satu``, ``salah seorang``, ``seorang``."""
    last = at + 1
    if last < len(reading.words) and reading.words[last].lower in reading.lexicon.one_of:
        last += 1
    return last


def _relative(reading: Reading, at: int) -> int:
    """``yang juga Ketua X``, ``yang menjabat Kepala Y``: the word where the role begins."""
    kinds, words = reading.kinds, reading.words
    held = False
    for i in range(at + 1, min(at + 7, len(kinds))):
        if reading.gap(i) not in _BLANK:
            break
        now = words[i].lower in reading.lexicon.now
        if kinds[i] & (ROLE | ACTING) and (held or i < at + 4):
            return i
        held = held or bool(kinds[i] & AS_ROLE)
        if not now and not kinds[i] & (ADVERB | AS_ROLE):
            break
    return len(kinds)


def _agent(reading: Reading, first: int) -> Role | None:
    """A role noun no list holds, told by its form (``pe...``), with the small words behind it."""
    last = first + 1
    while last < len(reading.words) and last - first < 8 and reading.gap(last) in _BLANK:
        kind = reading.kinds[last]
        if kind & (SAYS | CUE_AFTER | NOT_NAME | VERB_FORM) and not kind & ROLE:
            break
        last += 1
    return Role(first, last, reading.words[last - 1].end, True, False, False)


def _belongs_to_next(reading: Reading, role: Role, has_role: bool) -> bool:
    """Whether a role between two commas is that of the person named after it."""
    at = role.last
    if at >= len(reading.words):
        return False
    gap = reading.gap(at)
    titles = titles_at(reading, at)
    name = name_at(reading, titles.last if titles is not None else at)
    if name is None or "\n" in gap:
        return False
    if titles is not None and titles.formal and (gap in _COMMA or gap in _BLANK):
        return True
    if gap in _BLANK and reading.kinds[at - 1] & ROLE_END and name.size >= 2:
        return True
    if not has_role and titles is None and _amid_row(reading, name):
        return False
    return gap in _COMMA and not vetoed(reading, name, at)


def _of_all(reading: Reading, role: Role) -> bool:
    """Whether an office is told of all places there are: Bupati se-Kalimantan."""
    joint = range(role.first + 1, min(role.last + 1, len(reading.words)))
    return any(
        reading.words[at - 1].lower in reading.lexicon.throughout and reading.gap(at) == "-"
        for at in joint
    )


def _amid_row(reading: Reading, name: Name) -> bool:
    """Whether one unknown word stands between two commas, before ``dan`` and small letters: X,
    Pengasuh Pesantren Y, Kenanga, dan para kiai."""
    at = name.last
    return (
        name.size == 1
        and not reading.kinds[name.first] & GIVEN
        and at + 1 < len(reading.words)
        and reading.gap(at) in _COMMA
        and reading.words[at].lower in reading.lexicon.conjunctions
        and not reading.words[at + 1].capital
    )


def chance_office(reading: Reading, name: Name, first: int, role: Role) -> bool:
    """Whether an office stands by chance behind capitals that are no name: Mandarasa Insan Humas; a
    lone word that opens a sentence or a bracket. ``first`` is where the whole mention begins."""
    joined = role.first == name.last and reading.gap(role.first) in _BLANK
    short = role.last - role.first == 1
    if name.size > 1:
        strange = not any(reading.kinds[at] & GIVEN for at in range(name.first, name.last))
        return joined and short and strange and not told(reading, role.last)
    thing = reading.words[name.first].lower in reading.lexicon.of_office
    if joined and not reading.kinds[name.first] & GIVEN and (thing or short):
        return True
    speaks = not reading.words[role.first].capital and told(reading, role.last, comma=True)
    opens = begins(reading, first) or ")" in reading.gap(first)
    return (opens and (short or joined) and not speaks) or "(" in reading.gap(first)
