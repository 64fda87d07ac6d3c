"""What somebody is: the role that begins with a word, read before the name."""

from dataclasses import replace

from extractor.language.people.initials import initial
from extractor.language.people.lexicon import (
    ACTING,
    ANY_ROLE,
    COMMON_ROLE,
    DOUBTFUL,
    OFFICE,
    ORGANISATION,
    PLACE_HEAD,
    PLACE_ROLE,
    ROLE,
    ROLE_LINK,
)
from extractor.language.people.names import following_name, name_at, vetoed
from extractor.language.people.reading import Reading
from extractor.language.people.role_brackets import abbreviates
from extractor.language.people.role_chain import BLANK, Role, chain, is_plural, linked
from extractor.language.people.role_names import named_after, part
from extractor.language.people.titles import titles_at

_LINKS = 3  # of a chain, at most


def role_at(reading: Reading, first: int) -> Role | None:
    """The role that begins with word ``first``, or None."""
    kinds, words = reading.kinds, reading.words
    kind = kinds[first]
    if not kind & ANY_ROLE:
        return None
    if kind & DOUBTFUL and not _undoubted(reading, first):
        return None
    head = first
    while kinds[head] & ACTING and not kinds[head] & ROLE:
        following = _past_short(reading, head + 1)
        if following >= len(words) or not kinds[following] & ANY_ROLE:
            break
        if not linked(reading, following) and following == head + 1:
            break
        head = following
    last, end, firm, firm_end = chain(reading, first, head)
    common = not kinds[head] & ROLE
    place = bool(kinds[head] & PLACE_ROLE)
    several = is_plural(reading, first)
    role = Role(first, last, end, common, place, several)
    if last - 1 > head and initial(reading, last - 1):
        named = name_at(reading, last - 1)
        if named is not None and named.size > 1 and not vetoed(reading, named, -1):
            before = words[last - 2].end
            return Role(first, last - 1, before, common, place, several, named)
    if firm < last and not named_after(reading, role):
        # small words behind the last firm one belong to the role only where a name closes it
        role = Role(first, firm, firm_end, common, place, several)
    whole = part(reading, role, head)
    if whole.name is None and not named_after(reading, role):
        return _before_link(reading, role, head) or whole
    return whole


def _before_link(reading: Reading, role: Role, head: int) -> Role | None:
    """The role and its name where the chain went on behind them: Bupati Kenanga Tarjono Wibisana di
    Lapangan Mawar."""
    words, kinds = reading.words, reading.kinds
    links = [
        at
        for at in range(head + 2, role.last)
        if kinds[at] & ROLE_LINK and not words[at].capital and words[at - 1].capital
    ]
    for at in links[:_LINKS]:
        shorter = part(reading, replace(role, last=at, end=words[at - 1].end), head)
        name = shorter.name
        if name is not None and shorter.sure and name.size > 1:
            return shorter
    return None


def _past_short(reading: Reading, at: int) -> int:
    """Past the short form of the word before, in brackets: Penjabat (Pj) Bupati."""
    if at + 1 >= len(reading.words) or reading.gap(at) not in (" (", "("):
        return at
    closed = reading.gap(at + 1) in (") ", ")", ".) ")
    return at + 1 if closed and abbreviates(reading, at - 1, at) else at


def _undoubted(reading: Reading, at: int) -> bool:
    """Whether a word that may be a name (Imam, Raja) is a role here."""
    kinds, words = reading.kinds, reading.words
    following = at + 1
    if following >= len(words) or reading.gap(following) not in BLANK:
        return False
    if kinds[following] & (PLACE_HEAD | ORGANISATION | OFFICE | COMMON_ROLE):
        return True
    if not words[at].capital:
        return not words[following].capital or bool(kinds[following] & (OFFICE | ORGANISATION))
    after = following + 1
    if after < len(words) and reading.gap(after) in (", ", ","):
        titles = titles_at(reading, after)
        return titles is not None and titles.formal and following_name(reading, titles) is not None
    return False
