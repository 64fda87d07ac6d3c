"""The parts of a place phrase: room, building, street, village, district, city, province."""

from dataclasses import dataclass

from extractor.language.phrases import Word
from extractor.language.venues.place_state import Place
from extractor.language.venues.words import AREAS, VenueWords

_OPENERS = '“‘"'
_CLOSERS = '”’"'
_SLOT = {"area": "building"}
_INSIDE = {("room", "building"), ("room", "area"), ("area", "building")}


@dataclass(slots=True)
class _Part:
    level: str
    first: int
    last: int
    named: bool
    owned: bool = False


def parts_of(text: str, words: tuple[Word, ...], place: Place, lists: VenueWords) -> dict[str, str]:
    """The words of each part as they stand in the phrase; parts it does not name are left out."""
    parts = _split(words, place, lists)
    slots: dict[str, tuple[int, int]] = {}
    for part in parts:
        slot = _SLOT.get(part.level, part.level)
        if slot not in slots:
            slots[slot] = (part.first, part.last)
        elif slots[slot][1] == part.first:
            slots[slot] = (slots[slot][0], part.last)
    for part in parts:
        if part.level in ("room", "area", "building"):
            _owner(words, part, lists, slots)
    return {
        slot: _closed(text, words[first].start, min(words[last - 1].end, place.end))
        for slot, (first, last) in slots.items()
    }


def _closed(text: str, start: int, end: int) -> str:
    """The words with the bracket or quotation mark that closes what they open."""
    said = text[start:end]
    following = text[end : end + 1]
    if following == ")" and said.count("(") > said.count(")"):
        return said + following
    if following in _CLOSERS and following and any(c in _OPENERS for c in said):
        return said + following
    return said


def _owner(
    words: tuple[Word, ...],
    part: _Part,
    lists: VenueWords,
    slots: dict[str, tuple[int, int]],
) -> None:
    """A village or city that names a building is where it is, too: Kantor Kecamatan Comal."""
    for at in range(part.first + 1, part.last - 1):
        level = lists.heads.get(words[at].lower, "")
        if level in AREAS and level not in slots and words[at + 1].capital:
            slots[level] = (at, part.last)
            return


def _split(words: tuple[Word, ...], place: Place, lists: VenueWords) -> list[_Part]:
    parts: list[_Part] = []
    for at in range(place.first, place.last):
        lower = words[at].lower
        level = lists.heads.get(lower)
        if level is not None and at > place.first and words[at - 1].lower in lists.title_first:
            level = None
        now = parts[-1] if parts else None
        if now is not None and lower in lists.abbreviations and level is None:
            now.last = at + 1
        elif at in place.breaks or now is None:
            named = level is None and words[at].capital
            parts.append(_Part(level or _bare(words, at, place, parts, lists), at, at + 1, named))
        elif level is not None and _begins(now, level, words[at - 1].lower, lists):
            parts.append(_Part(level, at, at + 1, False))
        elif lower != lists.at or at + 1 not in place.breaks:
            if now.level == "":
                now.level = level or ""
            now.owned = now.owned or level in AREAS
            now.last = at + 1
            now.named = now.named or (level is None and (words[at].capital or now.level != ""))
    for part in parts:
        part.level = part.level or "building"
    return parts


def _begins(now: _Part, level: str, before: str, lists: VenueWords) -> bool:
    """Whether a noun opens a new part, or belongs to the name of the part before."""
    if now.named:
        if now.owned and level not in AREAS:
            return False
        if now.level == "street" or now.level in AREAS:
            return level in AREAS and level != now.level
        return True
    if before in lists.named_alone:
        return level != now.level
    return (now.level, level) in _INSIDE


def _bare(
    words: tuple[Word, ...], at: int, place: Place, parts: list[_Part], lists: VenueWords
) -> str:
    """The level of a name without a noun: a city after something else or alone, else a building."""
    ends = next((b for b in sorted(place.breaks) if b > at), place.last)
    if not words[at].capital:
        return ""
    if parts and ends - at <= 3:
        return "city"
    if at != place.first or ends - at > 2:
        return ""
    if ends - at == 2 and not words[at + 1].capital:
        return ""
    region = words[at].lower in lists.area_first or words[ends - 1].lower in lists.area_last
    return "city" if ends - at == 1 or region else ""
