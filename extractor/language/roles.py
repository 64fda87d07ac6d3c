"""What somebody is: a role noun and the organisation, place or people that belong to it.

The organisation is read before the name: it may hold commas and ``dan``, an acronym in brackets, and
it may run into the name without a sign between them.
"""

from dataclasses import dataclass

from extractor.language.lexicon import (
    ACTING,
    ADVERB,
    AGENT_FORM,
    ANY_ROLE,
    COMMON_ROLE,
    CUE_AFTER,
    CUE_BEFORE,
    NAMED,
    NICKNAME,
    AS_ROLE,
    UNIT,
    PASSIVE,
    REGION,
    DOUBTFUL,
    GIVEN,
    NAME_LINK,
    NOT_NAME,
    OFFICE,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    PLACE_ROLE,
    PLACE_TAIL,
    PLURAL,
    ROLE,
    ROLE_END,
    ROLE_LINK,
    SAYS,
    VENUE_HEAD,
    VERB_FORM,
    Reading,
)
from extractor.language.names import Name, acronym, begins, name_at, place_sized, vetoed
from extractor.language.titles import Titles, degrees_at, follows_title, titles_at

_BLANK = (" ", "\xa0", "  ")
_LONGEST = 34
_AHEAD = 12
_SMALL_WORDS = 5
_NO_NOUN = (
    NOT_NAME
    | VERB_FORM
    | PASSIVE
    | PLURAL
    | ROLE_LINK
    | SAYS
    | CUE_AFTER
    | CUE_BEFORE
    | ADVERB
    | NAMED
    | NICKNAME
    | AS_ROLE
)
_PLACED = PLACE_HEAD | PLACE_ROLE | ORGANISATION


@dataclass(frozen=True, slots=True)
class Role:
    """Words ``first`` to ``last`` (exclusive) say what somebody is; ``end`` is the character after them.

    ``name`` is a name that followed without any sign; ``common``: a role in small letters that many
    may have (warga, peserta); ``place``: one that the name of a place follows.
    """

    first: int
    last: int
    end: int
    common: bool
    place: bool
    plural: bool
    name: Name | None = None
    sure: bool = True


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
        following = head + 1
        if following >= len(words) or not kinds[following] & ANY_ROLE:
            break
        if not _linked(reading, following):
            break
        head = following
    last, end, firm, firm_end = _chain(reading, first, head)
    common = not kinds[head] & ROLE
    place = bool(kinds[head] & PLACE_ROLE)
    plural = _plural(reading, first)
    role = Role(first, last, end, common, place, plural)
    if firm < last and not _named_after(reading, role):
        # small words behind the last firm one belong to the role only where a name closes it
        role = Role(first, firm, firm_end, common, place, plural)
    return _split(reading, role, head)


def _undoubted(reading: Reading, at: int) -> bool:
    """Whether a word that may be a name (Imam, Raja) is a role here."""
    kinds, words = reading.kinds, reading.words
    following = at + 1
    if following >= len(words) or reading.gap(following) not in _BLANK:
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


def following_name(reading: Reading, titles: Titles) -> Name | None:
    """The name that follows titles, or None."""
    if titles.last >= len(reading.words) or not follows_title(reading, titles.last):
        return None
    return name_at(reading, titles.last, follows=True)


def _linked(reading: Reading, at: int) -> bool:
    gap = reading.gap(at)
    if gap in _BLANK or gap in ("-", "/", " / ", " & ", "&"):
        return True
    before = reading.words[at - 1]
    return gap in (".", ". ", ".  ") and before.lower in reading.lexicon.short


def _plural(reading: Reading, first: int) -> bool:
    before = first - 1
    return (
        before >= 0
        and reading.gap(first) in _BLANK
        and (bool(reading.kinds[before] & PLURAL) or reading.surface(before).isdigit())
    )


def _chain(reading: Reading, first: int, head: int) -> tuple[int, int, int, int]:
    """Where the words of the role end, the name perhaps included: (word, character) twice, with the
    small words at the end and without."""
    words, kinds, text = reading.words, reading.kinds, reading.text
    small_head = not words[head].capital
    loose = small_head or (
        begins(reading, first) and head + 1 < len(words) and not words[head + 1].capital
    )
    firm, firm_end = head + 1, words[head].end
    at, end = head + 1, words[head].end
    small = 0
    while at < len(words) and at - first < _LONGEST:
        gap = reading.gap(at)
        if gap == " (" or gap == "(":
            closed = _bracket(reading, at, first)
            if closed is None:
                break
            at, end = firm, firm_end = closed
            continue
        if gap in (", ", ",") and words[at].lower in reading.lexicon.conjunctions:
            following = at + 1
            if following >= len(words) or not _may_follow(reading, following, small_head):
                break
            at, end = firm, firm_end = following + 1, words[following].end
            continue
        if gap in (", ", ","):
            if not _list_goes_on(reading, at):
                break
        elif (not _linked(reading, at) and gap.lstrip() not in (")", ") ") and gap != ") ") or (
            ")" in gap and text[end - 1] != ")"
        ):
            break
        word, kind = words[at], kinds[at]
        surface = reading.surface(at)
        if kind & ROLE_LINK and not word.capital:
            following = at + 1
            if following >= len(words) or not _may_follow(reading, following, small_head):
                break
            at, end = firm, firm_end = following + 1, words[following].end
            continue
        if kind & ROLE_END and not word.capital:
            return at + 1, word.end, at + 1, word.end
        if word.capital or surface[0].isdigit():
            titles = titles_at(reading, at)
            if titles is not None and name_at(reading, titles.last) is not None:
                if not kind & (ROLE | ORGANISATION | OFFICE):
                    break
            if small_head and kind & ROLE and not kind & (OFFICE | ORGANISATION):
                break
            dated = reading.surface(at - 1).isdigit() or acronym(reading, at)
            if (
                kind & NOT_NAME
                and not kind & GIVEN
                and not dated
                and not kind & (OFFICE | ORGANISATION | PLACE_HEAD | PLACE | PLACE_TAIL)
            ):
                break
            if degrees_at(reading, at) is not None and not kind & (OFFICE | ORGANISATION):
                break
        elif loose and small < _SMALL_WORDS and _common_noun(reading, at):
            small += 1
            at, end = at + 1, word.end
            if small_head or kind & (ROLE | PLACE_HEAD | ORGANISATION | OFFICE):
                firm, firm_end = at, end
            continue
        elif not kind & (ROLE | PLACE_HEAD | ORGANISATION | OFFICE) or kind & (
            SAYS | VERB_FORM | NOT_NAME
        ):
            break
        at, end = firm, firm_end = at + 1, word.end
    return at, end, firm, firm_end


def _bracket(reading: Reading, at: int, first: int) -> tuple[int, int] | None:
    """An acronym in brackets: the word and character after it, or None."""
    text = reading.text
    last = at
    while last < len(reading.words) and last - at < 4:
        surface = reading.surface(last)
        if not (surface[0].isupper() or surface[0].isdigit()):
            return None
        end = reading.words[last].end
        last += 1
        if text[end : end + 1] == ")":
            compact = all(reading.surface(i).isupper() for i in range(at, last))
            short = last - at == 1 and (
                acronym(reading, at)
                or bool(reading.kinds[at] & (ORGANISATION | OFFICE))
                or _abbreviates(reading, first, at)
            )
            if last - at <= 3 and reading.kinds[at] & ROLE and _abbreviates(reading, first, at):
                compact = True
            return (last, end + 1) if compact or short else None
        if reading.gap(last) not in (" ", "-", "/", " dan "):
            return None
    return None


def _abbreviates(reading: Reading, first: int, at: int) -> bool:
    """Whether a word begins as one of those from ``first`` before it: Sekretaris Daerah (Sekda)."""
    opening = reading.words[at].lower[:2]
    return any(reading.words[i].lower[:2] == opening for i in range(max(first, at - 6), at))


def _may_follow(reading: Reading, at: int, small_head: bool) -> bool:
    """Whether word ``at`` may follow a linking word inside a role."""
    word, kind = reading.words[at], reading.kinds[at]
    if reading.gap(at) not in _BLANK and reading.gap(at) != "-":
        return False
    surface = reading.surface(at)
    linker = reading.words[at - 1].lower
    conjunction = len(reading.words[at - 1].lower) <= 5 and linker in reading.lexicon.conjunctions
    if surface[0].isdigit():
        return not conjunction
    if word.capital:
        if titles_at(reading, at) is not None and not kind & (ROLE | OFFICE | ORGANISATION):
            return False
        if conjunction:
            return bool(kind & (OFFICE | ORGANISATION)) or acronym(reading, at)
        if kind & VENUE_HEAD and not kind & (ORGANISATION | OFFICE):
            return False
        if not small_head:
            return bool(kind & (OFFICE | ORGANISATION | PLACE_HEAD)) or acronym(reading, at)
        return not kind & NOT_NAME or bool(kind & (OFFICE | ORGANISATION | ROLE))
    if conjunction:
        return bool(kind & OFFICE)
    return bool(kind & (PLACE_HEAD | ORGANISATION | ROLE | OFFICE)) or (
        small_head and _common_noun(reading, at)
    )


def _common_noun(reading: Reading, at: int) -> bool:
    kind = reading.kinds[at]
    return not kind & _NO_NOUN and (reading.surface(at)[0].isalpha())


def _list_goes_on(reading: Reading, at: int) -> bool:
    """Whether a comma before word ``at`` is one inside the name of an office: an office word follows,
    and the list is closed by ``dan``."""
    words, kinds = reading.words, reading.kinds
    if not words[at].capital or not kinds[at] & OFFICE or kinds[at] & (ROLE | GIVEN):
        return False
    last = min(len(words), at + _AHEAD)
    for i in range(at + 1, last):
        gap = reading.gap(i)
        if words[i].lower in reading.lexicon.conjunctions and gap in _BLANK:
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
        elif (gap not in _BLANK and gap not in ("-", "/")) or not words[i].capital:
            return False
    return False


def _split(reading: Reading, role: Role, head: int) -> Role:
    """Part the name from a role that runs into it; only where no name follows after a sign."""
    kinds, words = reading.kinds, reading.words
    tail = _tail(reading, role, head)
    if tail == role.last:
        return role
    degree = degrees_at(reading, role.last) is not None
    before = kinds[tail - 1]
    if before & VENUE_HEAD and not degree:
        return role
    start, sure_place = _past_place(reading, role, tail)
    if start >= role.last:
        return role
    name = name_at(reading, start)
    if name is None or name.last < role.last:
        return role
    known = any(words[at].lower in reading.alone for at in range(start, role.last))
    if _named_after(reading, role) and (not known or before & _PLACED):
        return role
    given = bool(kinds[start] & GIVEN) or known
    told = _told(reading, role.last)
    region = bool(before & REGION) and tail - 1 == head
    whole = sure_place or region or (start == tail and not before & (_PLACED | COMMON_ROLE))
    if name.size == 1:
        fine = (
            degree
            or (told and whole and (given or start > tail or tail - 1 > head))
            or (
                (whole or bool(before & UNIT))
                and not role.common
                and _ends_item(reading, role.last)
                and (sure_place or bool(before & (OFFICE | UNIT)))
                and not acronym(reading, tail - 1)
                and tail - 1 > head
            )
        )
        short = told and start == tail and tail - 1 == head
        if not fine and not short:
            return role
    else:
        fine = (
            degree
            or given
            or (
                told
                and not role.common
                and (start > tail or not before & (PLACE_ROLE | ORGANISATION))
            )
            or (
                not role.common
                and (words[start - 1].capital or start - 1 == head)
                and (whole or (start > tail and not before & ORGANISATION))
                and not _glossed(reading, role.last)
            )
        )
        if not fine:
            return role
    if vetoed(reading, name, -1) and not (degree or given):
        return role
    end = words[start - 1].end
    if reading.text[end : end + 1] == ")":
        end += 1
    return Role(role.first, start, end, role.common, role.place, role.plural, name, bool(fine))


def _tail(reading: Reading, role: Role, head: int) -> int:
    """Where the words begin that no office holds, at the end of the role."""
    kinds, words = reading.kinds, reading.words
    tail = role.last
    while tail > head + 1 and _nameable(reading, tail - 1):
        if tail < role.last and not reading.joined(tail):
            break
        if tail - 2 > head and kinds[tail - 2] & NAME_LINK and not words[tail - 2].capital:
            tail -= 2
            continue
        tail -= 1
    return tail


def _past_place(reading: Reading, role: Role, tail: int) -> tuple[int, bool]:
    """Past the name of a place at ``tail``, and whether that place is known."""
    kinds, words = reading.kinds, reading.words
    before = kinds[tail - 1]
    start, sure = tail, False
    longer = reading.places.get(words[tail - 1].lower, 0)
    size = place_sized(reading, tail, role.last)
    if longer >= 2 and tail - 1 > role.first:
        start, sure = tail - 1 + longer, True
    elif size:
        start, sure = tail + size, True
    elif before & _PLACED and (compass := _compass(reading, tail, role.last)):
        start, sure = compass, True
    elif before & (PLACE_HEAD | PLACE_ROLE | UNIT) or (
        before & ORGANISATION and not acronym(reading, tail - 1)
    ):
        given = next((i for i in range(tail, min(tail + 3, role.last)) if kinds[i] & GIVEN), tail)
        left = role.last - tail
        if given > tail:
            start = given
        elif kinds[tail] & GIVEN or words[tail].lower in reading.alone:
            pass
        elif before & (PLACE_HEAD | ORGANISATION) or (left >= 3 and not before & REGION):
            start = tail + 1
    if start > tail:
        while start < role.last and kinds[start] & PLACE_TAIL and not kinds[start] & GIVEN:
            start += 1
    return start, sure


def _compass(reading: Reading, tail: int, last: int) -> int:
    """The word after a point of the compass among a place and a name: Kenanga Barat | Tarjono."""
    for at in range(tail + 1, min(tail + 3, last - 1)):
        if reading.kinds[at] & PLACE_TAIL and not reading.kinds[at] & GIVEN:
            return at + 1
    return 0


def _ends_item(reading: Reading, at: int) -> bool:
    """Whether an item of a list ends before word ``at``: a comma, a stop, ``dan``, the end."""
    if at >= len(reading.words):
        return True
    gap = reading.gap(at)
    return (
        gap.lstrip()[:1] in (",", ".", ";")
        or "\n" in gap
        or (
            gap in _BLANK
            and (reading.words[at].lower in reading.lexicon.conjunctions or _told(reading, at))
        )
    )


def _glossed(reading: Reading, at: int) -> bool:
    """Whether an acronym in brackets follows: then the words before it name a body."""
    return (
        at < len(reading.words)
        and reading.gap(at) in (" (", "(")
        and (not reading.surface(at).isdigit())
    )


def _nameable(reading: Reading, at: int) -> bool:
    word, kind = reading.words[at], reading.kinds[at]
    if not word.capital or reading.surface(at)[-1].isdigit():
        return False
    if kind & GIVEN and not kind & (ORGANISATION | OFFICE):
        return True
    if word.lower == "i" and at + 1 < len(reading.words):
        return reading.words[at + 1].lower in reading.lexicon.after_i
    if kind & (
        OFFICE | ORGANISATION | ROLE | NOT_NAME | PLACE_HEAD | VENUE_HEAD | COMMON_ROLE | AGENT_FORM
    ):
        return False
    return not acronym(reading, at)


def _told(reading: Reading, at: int) -> bool:
    """Whether a verb of saying or doing stands at word ``at``, perhaps after an adverb."""
    from_here = reading.kinds[at : at + 3]
    if at < len(reading.words) and reading.gap(at) not in _BLANK:
        return False
    for kind in from_here:
        if kind & (SAYS | VERB_FORM | PASSIVE):
            return True
        if not kind & ADVERB:
            return False
    return False


def _named_after(reading: Reading, role: Role) -> bool:
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
    return (not vetoed(reading, name) and not reading.kinds[start] & PLACE) or bool(
        degrees_at(reading, name.last)
    )
