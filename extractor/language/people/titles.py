"""Titles before a name and degrees after it, in all their spellings."""

import re
from dataclasses import dataclass

from extractor.language.people.lexicon import OFFICE_WORD, VENUE_HEAD
from extractor.language.people.reading import Reading

_BETWEEN = re.compile(r"[.,]{0,2}[ \xa0]{0,2}")
_INSIDE = re.compile(r"[.,]{0,2}|\.?[ \xa0]")
_BEFORE_DEGREE = re.compile(r"[ \xa0]{0,2}[.,]{0,3}[ \xa0]{0,2}\(?")
_MOST_PIECES = 4
_LETTERS = frozenset("SMAD")


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles as written; the next word after them is number ``last``.

    ``address`` is the first word of an everyday form of address (Pak, Gus) among them, else -1;
    ``formal`` tells whether one of them is a rank, an honorific or an academic title.
    """

    last: int
    titles: tuple[str, ...]
    address: int = -1
    formal: bool = False


def titles_at(reading: Reading, first: int) -> Titles | None:
    """The titles that begin with word ``first``, or None."""
    at, address, formal, ranked = first, -1, False, False
    found: list[str] = []
    table = reading.lexicon.titles
    named = first and len(reading.surface(first - 1)) > 2 and reading.surface(first - 1).isupper()
    if named and reading.surface(first) in reading.lexicon.hero and reading.gap(first) == " ":
        return None  # STIT Raden Kenanga: a school
    house = first and reading.kinds[first] & VENUE_HEAD and reading.gap(first) == " "
    if house and reading.words[first - 1].lower in reading.lexicon.at_place:
        return None  # di RM Kenanga: a restaurant
    general = first and reading.words[first - 1].lower in reading.lexicon.general_of
    if general and reading.gap(first) == " " and reading.kinds[first] & OFFICE_WORD:
        return None
    while at < len(reading.words) and len(found) < 8:
        if (ranked or (found and address < 0)) and (corps := _bracketed(reading, at)):
            found.append(corps)
            at += 1
            continue
        if at > first and not follows_title(reading, at):
            break
        for parts, group in table.get(reading.surface(at), ()):
            if (group == "corps" and not ranked) or (group == "kin" and ranked):
                continue  # Kapten Adik Tarjono: a name
            if _pieces_at(reading, at, parts):
                break
        else:
            break
        # R. is a title before two more names ("R. Ali Utama"), else an initial
        if group == "title" and parts == ("R",) and not _two_names(reading, at + 1):
            break
        last = at + len(parts)
        found.append(reading.text[reading.words[at].start : reading.words[last - 1].end])
        ranked = ranked or group == "rank"
        if group == "kin" and address < 0:
            address = at
        formal = formal or group != "kin"
        at = last
    return Titles(at, tuple(found), address, formal) if found else None


def follows_title(reading: Reading, at: int) -> bool:
    """Whether word ``at`` follows a title: a blank, and a dot where the title is short."""
    gap = reading.gap(at).removeprefix(")")
    if not _BETWEEN.fullmatch(gap):
        return False
    word, surface = reading.words[at - 1], reading.surface(at - 1)
    if "." not in gap or surface in reading.lexicon.ranks:
        return True
    return word.end - word.start <= 4 and surface not in reading.lexicon.address


def _bracketed(reading: Reading, at: int) -> str:
    """A corps in brackets behind a rank: Kolonel Laut (P), Mayjen TNI (Purn); "" for none."""
    if at >= len(reading.words) or reading.gap(at) not in (" (", "("):
        return ""
    word, surface = reading.words[at], reading.surface(at)
    if reading.text[word.end : word.end + 1] != ")":
        return ""
    groups = [group for _, group in reading.lexicon.titles.get(surface, ())]
    return surface if (len(surface) == 1 and surface.isupper()) or "corps" in groups else ""


def _two_names(reading: Reading, at: int) -> bool:
    return (
        at + 1 < len(reading.words)
        and " " in reading.gap(at)
        and reading.words[at].capital
        and reading.words[at + 1].capital
        and reading.joined(at + 1)
    )


def _pieces_at(reading: Reading, at: int, parts: tuple[str, ...]) -> bool:
    if at + len(parts) > len(reading.words):
        return False
    return all(
        reading.surface(at + i) == part and (not i or _INSIDE.fullmatch(reading.gap(at + i)))
        for i, part in enumerate(parts)
    )


def degrees_at(reading: Reading, first: int) -> Titles | None:
    """The degrees that begin with word ``first``, behind a name; None where there are none.

    Dots and commas inside and between them may be any. After a comma a degree may also be unknown
    to the list, if it has the shape of one: ``S.Xyz``.
    """
    at = first
    found: list[str] = []
    words = reading.words
    while at < len(words) and len(found) < 12:
        gap = reading.gap(at)
        if not _BEFORE_DEGREE.fullmatch(gap) or not gap:
            break
        size = _degree_size(reading, at, "," in gap or bool(found))
        if not size:
            break
        found.append(reading.text[words[at].start : words[at + size - 1].end])
        at += size
    return Titles(at, tuple(found), formal=True) if found else None


def _degree_size(reading: Reading, at: int, comma: bool) -> int:
    """How many words from ``at`` are one degree; 0 where there is none."""
    lexicon = reading.lexicon
    surface = reading.surface(at)
    if surface in lexicon.degree_starts:
        joined, best = surface, 1 if surface in lexicon.degrees else 0
        for size in range(2, _MOST_PIECES + 1):
            if at + size > len(reading.words):
                break
            if not _INSIDE.fullmatch(reading.gap(at + size - 1)):
                break
            joined += reading.surface(at + size - 1)
            if joined in lexicon.degrees:
                best = size
        if best:
            return best
    if comma and 2 <= len(surface) <= 4 and surface.isupper() and _before_degree(reading, at):
        return 1
    if comma and len(surface) == 1 and at + 1 < len(reading.words):
        following = reading.surface(at + 1)
        if (
            reading.gap(at + 1) in ((".", ". ") if surface in "SM" else (".",))
            and 1 <= len(following) <= 5
            and following[0].isupper()
        ):
            known = surface in _LETTERS or following[1:] != following[1:].lower()
            return 2 if known else 0
    return 0


def _before_degree(reading: Reading, at: int) -> bool:
    """Whether a degree follows capitals between two commas: X Y, ABC, S.E."""
    following = at + 1
    return (
        following < len(reading.words)
        and not reading.kinds[at]
        and reading.gap(at)[:1] == ","
        and reading.gap(following) in (", ", ",")
        and reading.surface(following) in reading.lexicon.degrees
    )
