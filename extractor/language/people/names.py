"""A person's name as a run of words: where it begins, where it ends, and what cannot be one."""

from dataclasses import dataclass

from extractor.language.people.balinese import balinese, balinese_initials
from extractor.language.people.initials import (
    acronym,
    amid_strangers,
    dotted,
    initial,
    opens_name,
    unknown_next,
)
from extractor.language.people.lexicon import (
    ACTING,
    ADVERB,
    AGENT_FORM,
    ANY_GIVEN,
    BEFORE_PLACE,
    BELONGING,
    COMMON_ROLE,
    CUE_AFTER,
    CUE_BEFORE,
    DOUBTFUL,
    GIVEN,
    NAME_LINK,
    NICKNAME,
    NOT_NAME,
    OFFICE,
    OFFICE_WORD,
    OPENER,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    PLACE_TAIL,
    PLURAL,
    ROLE,
    SAYS,
    VENUE_HEAD,
    VERB_FORM,
)
from extractor.language.people.reading import Reading
from extractor.language.people.titles import Titles, degrees_at, follows_title, titles_at

_LONGEST = 7
_STOPS = COMMON_ROLE | PLURAL | ACTING | NOT_NAME | ORGANISATION | VENUE_HEAD | PLACE_HEAD | ROLE


@dataclass(frozen=True, slots=True)
class Name:
    """Words ``first`` to ``last`` (exclusive) look like a name; ``caps``: all in capitals."""

    first: int
    last: int
    caps: bool = False

    @property
    def size(self) -> int:
        """How many words."""
        return self.last - self.first


def name_at(
    reading: Reading, first: int, lower: bool = False, follows: bool = False
) -> Name | None:
    """The run of words from ``first`` that may be a name, or None.

    ``lower``: also where the name is written in small letters; ``follows``: a title or an office
    with a comma stands before it, so that a word that else opens sentences (Lalu, Akhir) may be a
    name.
    """
    words, kinds = reading.words, reading.kinds
    if first >= len(words):
        return None
    odd = follows and bool(kinds[first] & NOT_NAME) and not kinds[first] & (ORGANISATION | ROLE)
    if not _name_word(reading, first, first, lower) and not (
        odd and words[first].capital and unknown_next(reading, first)
    ):
        return None
    if words[first].lower in reading.lexicon.conjunctions:
        return None
    opening = (
        initial(reading, first, follows)
        or balinese_initials(reading, first)
        or opens_name(reading, first)
    )
    if degrees_at(reading, first) is not None and not opening:
        return None
    if kinds[first] & (CUE_BEFORE | OPENER) and not kinds[first] & GIVEN and begins(reading, first):
        return None
    last = first + 1
    if opening and last < len(words) and words[last].capital:
        last += 1
        if not _name_word(reading, first + 1, first, lower):
            return None
    caps = _shouted(reading, last - 1)
    longest = _LONGEST
    while last < len(words) and last - first < longest and reading.joined(last):
        if kinds[last] & NAME_LINK and not words[last].capital:
            if last + 1 < len(words) and words[last + 1].capital and reading.joined(last + 1):
                last += 1
                longest += 2  # Tarsi bin Wangi bin Jaya
                continue
            break
        if not _name_word(reading, last, first, lower) or _pair(reading, first, last):
            break
        word = words[last]
        if word.end - word.start > 2 and _shouted(reading, last) != caps:
            break
        if reading.surface(last) in reading.lexicon.breaking:
            break
        if word.lower in reading.lexicon.headline_verb:
            break
        if kinds[last] & (SAYS | CUE_AFTER) and not kinds[last] & GIVEN:
            break
        if degrees_at(reading, last) is not None or _unknown_degree(reading, last):
            break
        last += 1
    if reading.gap(last) == "-" and not _pair(reading, first, last):
        titles = titles_at(reading, last)
        if not kinds[last] & NICKNAME and (titles is None or not titles.formal):
            return None  # else KH. X-KH. Y, X-sapaannya
    letters = max(words[at].end - words[at].start for at in range(first, last))
    if letters < 3 - (last - first > 1 and not caps):
        return None
    return Name(first, last, caps)


def _pair(reading: Reading, first: int, at: int) -> bool:
    """Whether a hyphen joins two whole names, of those who stand for office together."""
    return (
        at - first > 1
        and reading.gap(at) == "-"
        and unknown_next(reading, at)
        and reading.gap(at + 1) != "-"
        and not reading.kinds[at] & ~ANY_GIVEN
        and reading.gap(at - 1) != "-"
    )


def _unknown_degree(reading: Reading, at: int) -> bool:
    """Whether a word behind a name has the look of a degree without dots: MPi, SKed."""
    surface = reading.surface(at)
    return 3 <= len(surface) <= 5 and surface[:2].isupper() and not surface.isupper()


def _name_word(reading: Reading, at: int, first: int, lower: bool) -> bool:
    word, kind = reading.words[at], reading.kinds[at]
    surface = reading.surface(at)
    if not surface[0].isalpha() or any(c.isdigit() or c == "_" for c in surface):
        return False
    if at > first and reading.gap(at) in ("' ", "’ "):
        return word.capital or not kind & ~(ANY_GIVEN | NAME_LINK)
    if not word.capital:
        return lower and not kind & (_STOPS | OFFICE | VERB_FORM)
    if kind & NOT_NAME and at == first and reading.gap(at + 1) in ("' ", "’ "):
        return True
    if kind & COMMON_ROLE and not kind & (_STOPS & ~COMMON_ROLE) and unknown_next(reading, at):
        return True
    if at > first and kind & NOT_NAME and unknown_next(reading, at):
        return True
    if at > first and word.lower in reading.lexicon.feast_name:
        return not reading.kinds[at - 1] & ~ANY_GIVEN  # Ganjar Ramadhan
    if at > first and kind & COMMON_ROLE and not kind & (_STOPS & ~COMMON_ROLE):
        following = at + 1
        given = following < len(reading.words) and reading.kinds[following] & GIVEN
        if given and reading.words[following].capital and reading.joined(following):
            return True  # Istri Putri X
    if kind & _STOPS and not kind & GIVEN:
        # "Negeri", "Bukit" and the like may stand behind a given name, never before it
        if kind & DOUBTFUL:
            return True
        return at > first and not kind & (NOT_NAME | ROLE) and _inside(reading, at)
    return True


def _inside(reading: Reading, at: int) -> bool:
    """A word that may also name a thing, but not the head of what follows."""
    if reading.kinds[at] & ORGANISATION and reading.surface(at).isupper():
        return False
    following = at + 1
    return (
        not (
            following < len(reading.words)
            and reading.words[following].capital
            and reading.joined(following)
        )
        and not reading.kinds[at] & ORGANISATION
    )


def _shouted(reading: Reading, at: int) -> bool:
    """Whether a word is written in capitals (initials are neither)."""
    surface = reading.surface(at)
    return len(surface) > 1 and surface.isupper()


def place_sized(reading: Reading, first: int, last: int) -> int:
    """How many words from ``first`` name a place the lists or the text itself know; 0 for none."""
    known, seen = reading.place_at(first)
    if known > 1 and seen < 2 and first and reading.kinds[first - 1] & PLACE_HEAD:
        known = 0  # told here alone, where a name may have run into it
    if not known and not reading.kinds[first] & PLACE:
        return 0
    at = first + max(known, 1)
    while at < last and reading.kinds[at] & (PLACE | PLACE_TAIL) and reading.joined(at):
        if reading.kinds[at] & GIVEN and not reading.kinds[at] & PLACE:
            break
        lone = dotted(reading, at) and at + 1 < last
        if lone or balinese(reading, at, last):
            break  # Wali Kota Kenanga | I Wayan Tarjono
        if reading.kinds[at] & OFFICE_WORD and at + 2 == last:
            break  # the name may begin with it: Bupati Kubu Raya | Muda Mahendrawan
        at += 1
    return min(at, last) - first


def vetoed(reading: Reading, name: Name, block: int | None = None) -> bool:
    """Whether grammar or the lists say that a run names no person.

    ``block`` is the word the whole of it begins with, where titles stand before the name; -1: what
    stands before does not matter.
    """
    first, last = name.first, name.last
    words, kinds = reading.words, reading.kinds
    if name.size == 1:
        surface = reading.surface(first)
        kind = kinds[first]
        shouted = surface.isupper() and kind & GIVEN
        if len(surface) < 3 or (acronym(reading, first) and not shouted):
            return True
        if kind & (PLACE | OFFICE | VERB_FORM | SAYS | CUE_AFTER) and not kind & GIVEN:
            return True
        if reading.words[first].lower in reading.small and not kind & GIVEN:
            return True
    if place_sized(reading, first, last) == name.size and not kinds[first] & GIVEN:
        return True
    if (
        name.size == 2
        and reading.gap(first + 1) == "-"
        and words[first].end - words[first].start > 3
    ):
        return True  # two who stand for office together
    if name.size > 1 and not kinds[last - 2] & GIVEN and _numbered(reading, last):
        return True  # Angkatan I
    body = kinds[last - 1] & PLACE and not (kinds[last - 1] | kinds[first]) & GIVEN
    if block != -1 and name.size == 2 and body:
        return True  # Banwaslu Tuban
    numeral = reading.surface(last)
    if len(numeral) > 1 and not numeral.strip("IVXL") and reading.gap(last) == " ":
        return True  # Satya Lencana XVI
    if last < len(kinds) and reading.surface(last)[0].isdigit() and reading.gap(last) == " ":
        return not phone_at(reading, last)
    if last < len(kinds) and reading.words[last].capital and reading.gap(last) in (" ", "\xa0"):
        after = kinds[last]
        if after & (PLACE_HEAD | ORGANISATION | OFFICE) and not after & (ROLE | GIVEN):
            return True
    things = [at for at in range(first, last) if _thing(reading, at)]
    if things and (len(things) * 2 >= name.size or things[0] == first):
        return True
    if all(at in things or _common_noun(reading, at) for at in range(first, last)):
        return True
    opening = initial(reading, first) or opens_name(reading, first)
    acronyms = [at for at in range(first + opening, last) if acronym(reading, at)]
    if any(not amid_strangers(reading, at) for at in acronyms) and not name.caps:
        return True
    if name.caps and all(words[at].end - words[at].start <= 4 for at in range(first, last)):
        return not any(kinds[at] & GIVEN for at in range(first, last))
    return block != -1 and placed(reading, first if block is None else block)


def _numbered(reading: Reading, last: int) -> bool:
    """Whether a run ends in a Roman number of one letter, with no stop as an initial has."""
    return reading.surface(last - 1) in ("I", "V", "X") and reading.gap(last)[:1] != "."


def phone_at(reading: Reading, at: int) -> bool:
    """Whether a mobile number begins with word ``at``: 0812-…, +62 812 …"""
    if at >= len(reading.words) or reading.gap(at) not in (
        " ",
        " (",
        " +",
        " (+",
        ": ",
        " : ",
        " - ",
        " – ",
    ):
        return False
    surface = reading.surface(at)
    return surface.isdigit() and (surface.startswith("08") or surface.startswith("62"))


def _thing(reading: Reading, at: int) -> bool:
    """Whether a word of a run is rather that of an office or a thing."""
    kind = reading.kinds[at]
    if kind & GIVEN or (kind & ADVERB and unknown_next(reading, at)):
        return False
    word = reading.words[at]
    if word.end - word.start <= 3:
        return False
    return bool(kind & (OFFICE | VERB_FORM | AGENT_FORM))


def _common_noun(reading: Reading, at: int) -> bool:
    """Whether the text writes the word in small letters elsewhere."""
    word = reading.words[at]
    return not reading.kinds[at] & GIVEN and word.lower in reading.small


def placed(reading: Reading, first: int, titled: bool = False) -> bool:
    """Whether what stands before word ``first`` makes a place or a thing of what follows."""
    before = first - 1
    if before < 0 or reading.gap(first) not in (" ", "\xa0"):
        return False
    kind = reading.kinds[before]
    word = reading.words[before]
    if kind & BELONGING and not word.capital:
        return False
    if titled:
        return bool(kind & VENUE_HEAD)
    if kind & (PLACE_HEAD | VENUE_HEAD | BEFORE_PLACE | ORGANISATION):
        return True
    # the rest of a longer run of capitals: "Pasangan Usia Subur"
    return word.capital and not kind & (ROLE | CUE_BEFORE) and not begins(reading, before)


def begins(reading: Reading, at: int) -> bool:
    """Whether a word may be in capitals because a sentence begins with it."""
    if at == 0:
        return True
    gap = reading.gap(at)
    return any(sign in gap for sign in '.!?\n:;"“”‘-–—')


def following_name(reading: Reading, titles: Titles) -> Name | None:
    """The name that follows titles, or None."""
    if titles.last >= len(reading.words) or not follows_title(reading, titles.last):
        return None
    return name_at(reading, titles.last, follows=True)
