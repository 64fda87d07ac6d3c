"""The words of a role: a role noun and the organisation, place or people that belong to it.

The organisation may hold commas and ``dan``, an acronym in brackets, and it may run into a name.
"""

from dataclasses import dataclass

from extractor.language.people.balinese import balinese
from extractor.language.people.bearing import amid_initials, bears_name, before_name
from extractor.language.people.initials import acronym, opens_name, unknown_next
from extractor.language.people.lexicon import (
    ACTING,
    ADVERB,
    ANY_GIVEN,
    AS_ROLE,
    COMMON_ROLE,
    CUE_AFTER,
    CUE_BEFORE,
    GIVEN,
    NAMED,
    NICKNAME,
    NOT_NAME,
    OFFICE,
    OFFICE_FORM,
    ORGANISATION,
    PASSIVE,
    PLACE,
    PLACE_HEAD,
    PLACE_ROLE,
    PLACE_TAIL,
    PLURAL,
    ROLE,
    ROLE_END,
    ROLE_LINK,
    SAYS,
    TITLE,
    VENUE_HEAD,
    VERB_FORM,
)
from extractor.language.people.names import Name, begins, following_name, name_at, vetoed
from extractor.language.people.office_words import (
    before_body,
    closes_office,
    deals_with,
    list_goes_on,
    ordinal,
    topic_next,
)
from extractor.language.people.reading import Reading
from extractor.language.people.role_brackets import bracket
from extractor.language.people.titles import degrees_at, titles_at

BLANK = (" ", "\xa0", "  ")
_BODY = OFFICE | ORGANISATION
_LONGEST = 34
_AHEAD = 12
_SMALL_WORDS = 5
_OFFICE_WORDS = 8
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


@dataclass(frozen=True, slots=True)
class Role:
    """Words ``first`` to ``last`` (exclusive) say what somebody is; ``end`` is the character after
    them.

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


def linked(reading: Reading, at: int) -> bool:
    """Whether word ``at`` goes on with the role: a blank, a hyphen, a dot after an abbreviation."""
    gap = reading.gap(at)
    if gap in BLANK or gap in ("-", "/", " / ", " & ", "&"):
        return True
    before = reading.words[at - 1]
    if gap in (".", ". ") and reading.words[at].capital and amid_initials(reading, at):
        return True
    if gap in (" – ", "–", " - "):
        return reading.surface(at - 1).isdigit() and reading.surface(at)[0].isdigit()
    return gap in (".", ". ", ".  ") and before.lower in reading.lexicon.short


def is_plural(reading: Reading, first: int) -> bool:
    """Whether a word before the role makes it a plural, so that it names nobody."""
    before = first - 1
    return (
        before >= 0
        and reading.gap(first) in BLANK
        and (bool(reading.kinds[before] & PLURAL) or reading.surface(before).isdigit())
    )


def chain(reading: Reading, first: int, head: int) -> tuple[int, int, int, int]:
    """Where the words of the role end, the name perhaps included: (word, character) twice, with the
    small words at the end and without."""
    words, kinds, text = reading.words, reading.kinds, reading.text
    common = bool(kinds[head] & COMMON_ROLE) and not kinds[head] & ROLE
    lower = not words[head].capital
    small_head = lower or (common and first > 0 and begins(reading, first))  # Warga asal Kenanga
    loose = small_head or (
        begins(reading, first) and head + 1 < len(words) and not words[head + 1].capital
    )
    firm, firm_end = head + 1, words[head].end
    at, end = head + 1, words[head].end
    small = 0
    while at < len(words) and at - first < _LONGEST:
        gap = reading.gap(at)
        if gap == " (" or gap == "(":
            closed = bracket(reading, at, first)
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
            if not list_goes_on(reading, at):
                break
        elif (not linked(reading, at) and gap.strip() != ")") or (
            ")" in gap and text[end - 1] != ")"
        ):
            break
        word, kind = words[at], kinds[at]
        surface = reading.surface(at)
        joint = kind & ROLE_LINK and word.lower in reading.lexicon.conjunctions
        office_next = at + 1 < len(words) and kinds[at + 1] & OFFICE and words[at + 1].capital
        links = not word.capital or bool(joint and (not small_head or office_next))
        if kind & ROLE_LINK and not links and not small_head and at + 1 < len(words):
            links = _may_follow(reading, at + 1, small_head)  # Bidang Wisata Pada Dinas …
        if kind & ROLE_LINK and links:
            following = at + 1
            if following >= len(words) or not _may_follow(reading, following, small_head):
                break
            if joint and kinds[head] & PLACE_ROLE and not kinds[following] & _BODY:
                break  # a village has one name: Camat Kenanga Tarjono dan Aparat Desa …
            at, end = firm, firm_end = following + 1, words[following].end
            continue
        pointed = word.lower in reading.lexicon.pointing and reading.gap(at + 1) == ", "
        body_next = at + 1 < len(words) and words[at + 1].capital and kinds[at + 1] & ORGANISATION
        ends = kind & ROLE_END and not (body_next and reading.gap(at + 1) in BLANK)
        if not word.capital and (ends or (pointed and name_at(reading, at + 1))):
            return at + 1, word.end, at + 1, word.end
        if not word.capital and _amid_body(reading, at):
            at, end = firm, firm_end = at + 1, word.end
            continue
        if word.capital and word.lower in reading.lexicon.delegate:
            break
        office = kind & ACTING and at + 1 < len(words) and kinds[at + 1] & ROLE
        if office and at > first + 1 and kinds[at - 1] & GIVEN and word.capital:
            break  # moderator Tarsi Wati Wakil Dekan
        if not word.capital and before_name(reading, at):
            break
        if word.capital and word.lower in reading.lexicon.headline_verb:
            break
        if kind & TITLE and not word.capital:
            borne = titles_at(reading, at)
            named = name_at(reading, borne.last) if borne is not None else None
            if named is None or not bears_name(reading, named, at):
                break
            at, end = firm, firm_end = named.last, words[named.last - 1].end
            continue  # Direktur RSUD dr. Wiguna, drg. Tarsi
        if word.capital or surface[0].isdigit():
            other = kind & (ROLE | ORGANISATION) or reading.in_place(at)
            titles = None if other else titles_at(reading, at)
            named = following_name(reading, titles) if titles is not None else None
            if named is not None and titles is not None and bears_name(reading, named, at):
                at, end = firm, firm_end = named.last, words[named.last - 1].end
                continue
            # "Ibu" may be one of the words of an office: Kesehatan Ibu dan Anak
            if named is not None and not (kind & OFFICE and vetoed(reading, named, -1)):
                break
            if lower and kind & ROLE and not kind & (OFFICE | ORGANISATION):
                break
            dated = (
                reading.surface(at - 1).isdigit()
                or acronym(reading, at)
                or (reading.gap(at + 1) == "-" and reading.surface(at + 1).isdigit())
                or before_body(reading, at)
                or (at == head + 1 and kinds[head] & PLACE_ROLE and reading.gap(at + 1) == ", ")
                or (
                    gap in BLANK
                    and reading.gap(at + 1)[:1] == ","
                    and any(kinds[i] & ORGANISATION for i in range(max(head, at - 3), at))
                )
            )
            if (
                kind & NOT_NAME
                and not kind & GIVEN
                and not dated
                and not kind & (OFFICE | ORGANISATION | PLACE_HEAD | PLACE | PLACE_TAIL)
                and not (kind & ADVERB and unknown_next(reading, at))
                and not (
                    word.lower in reading.lexicon.feast_name and not kinds[at - 1] & ~ANY_GIVEN
                )
            ):
                break
            borne_out = kind & (OFFICE | ORGANISATION) or opens_name(reading, at)
            if degrees_at(reading, at) is not None and not borne_out:
                break
        elif reading.gap(at + 1) == "-" and ordinal(reading, at + 1):
            at, end = firm, firm_end = at + 2, words[at + 1].end  # HUT ke-78
            continue
        elif (
            loose
            and small < _SMALL_WORDS
            and (_common_noun(reading, at) or _attribute(reading, at))
        ):
            small += 1
            at, end = at + 1, word.end
            if small_head or kind & (ROLE | PLACE_HEAD | ORGANISATION | OFFICE):
                firm, firm_end = at, end
            continue
        elif not kind & (ROLE | PLACE_HEAD | ORGANISATION | OFFICE) or kind & (
            SAYS | VERB_FORM | ADVERB
        ):
            break
        at, end = firm, firm_end = at + 1, word.end
    return at, end, firm, firm_end


def _may_follow(reading: Reading, at: int, small_head: bool) -> bool:
    """Whether word ``at`` may follow a linking word inside a role."""
    word, kind = reading.words[at], reading.kinds[at]
    if reading.gap(at) not in BLANK and reading.gap(at) != "-":
        return False
    surface = reading.surface(at)
    linker = reading.words[at - 1].lower
    conjunction = len(reading.words[at - 1].lower) <= 5 and linker in reading.lexicon.conjunctions
    if surface[0].isdigit():
        return not conjunction
    if word.capital:
        titles = titles_at(reading, at)
        if titles is not None and not kind & (ROLE | OFFICE | ORGANISATION):
            return False
        if titles is not None and kind & OFFICE and not kind & ROLE:
            named = name_at(reading, titles.last)
            if named is not None and not vetoed(reading, named, -1):
                return False  # …, serta Bapak Tarsi
        if kind & PLACE and not conjunction and reading.gap(at + 1) in (", ", " ", " ("):
            named = name_at(reading, at + 1)
            lone = named is not None and reading.gap(named.last)[:1] == ","
            if named is not None and not vetoed(reading, named, -1) and (named.size > 1 or lone):
                return True  # Konsul Jenderal X di Medan, Tarsi Wangi
            if reading.gap(at + 1) == " (" and bracket(reading, at + 1, at - _OFFICE_WORDS):
                return True
        if conjunction:
            if balinese(reading, at, len(reading.words)):
                return False
            body = bool(kind & (OFFICE | ORGANISATION)) and not kind & (ROLE | ACTING)
            body = body or kind & (ROLE | ORGANISATION) == ROLE | ORGANISATION
            body = body or closes_office(reading, at) or deals_with(reading, at)
            return body or acronym(reading, at) or topic_next(reading, at)
        if kind & VENUE_HEAD and not kind & (ORGANISATION | OFFICE):
            return False
        if not small_head:
            return bool(kind & (OFFICE | ORGANISATION | PLACE_HEAD)) or acronym(reading, at)
        return not kind & NOT_NAME or bool(kind & (OFFICE | ORGANISATION | ROLE))
    if conjunction:
        return bool(kind & (OFFICE if small_head else OFFICE_FORM)) and not kind & ROLE
    return bool(kind & (PLACE_HEAD | ORGANISATION | ROLE | OFFICE)) or (
        small_head and _common_noun(reading, at)
    )


def _amid_body(reading: Reading, at: int) -> bool:
    """Whether a word in small letters belongs to the words before and after it: Ketua sementara
    DPRD, Panti asuhan Melati, Sulawesi selatan."""
    kind, before = reading.kinds[at], reading.kinds[at - 1]
    if not reading.words[at - 1].capital or reading.gap(at) not in BLANK:
        return False
    if before & PLACE and kind & PLACE_TAIL and not kind & ROLE_LINK:
        return reading.words[at].end - reading.words[at].start > 3
    following = at + 1
    if following >= len(reading.words) or not reading.words[following].capital:
        return False
    if reading.gap(following) not in BLANK or kind & ROLE_LINK:
        return False
    if kind & ROLE_END:
        return bool(reading.kinds[following] & ORGANISATION)
    return bool(before & ORGANISATION and before & VENUE_HEAD) and not kind & ~OFFICE_FORM


def _attribute(reading: Reading, at: int) -> bool:
    """Whether a word in ber- or ter- tells of the people who are named behind a comma: mahasiswa
    berbakat, Tarsi Wangi."""
    kind = reading.kinds[at]
    if not kind & VERB_FORM or kind & (SAYS | CUE_AFTER) or reading.gap(at + 1) != ", ":
        return False
    named = name_at(reading, at + 1)
    return named is not None and named.size > 1 and not vetoed(reading, named, -1)


def _common_noun(reading: Reading, at: int) -> bool:
    """Whether a word in small letters may belong to a role: no verb, no function word."""
    kind = reading.kinds[at]
    following = at + 1
    pointed = (
        following < len(reading.words)
        and reading.words[following].lower in reading.lexicon.pointing
    )
    if kind & (ORGANISATION | COMMON_ROLE) or pointed:  # humas acara itu
        kind &= ~NOT_NAME
    return not kind & _NO_NOUN and reading.surface(at)[0].isalpha()
