"""Where a place phrase ends because a person begins."""

from extractor.language.phrases import Word
from extractor.language.venues.place_state import State
from extractor.language.venues.words import VenueWords


def title_begins(words: tuple[Word, ...], lists: VenueWords, at: int, state: State) -> bool:
    """Whether a title begins a person after the place: Ruang Camat H. Rudi, not Jalan H. Agus."""
    before = words[at - 1]
    if lists.heads.get(words[state.opened].lower) == "street" or not words[at].capital:
        return False
    if before.lower in lists.titles or before.lower in lists.abbreviations or not before.capital:
        return False
    names = [w for w in words[state.opened : at] if w.capital and w.lower not in lists.heads]
    return before.lower in lists.roles or len(names) > 1


def before_person(
    words: tuple[Word, ...], lists: VenueWords, at: int, first: int, state: State
) -> bool:
    """Ends the phrase before a person and the titles before the name: Ruang Camat H. Rudi.

    Not where nothing else names the place: rumah Hj. Rosa, kebun milik Papa Rudi.
    """
    back = at
    while back > first + 1 and words[back - 1].lower in lists.roles:
        back -= 1
    names = [n for n in range(first, back) if words[n].capital]
    names = [n for n in names if words[n].lower not in lists.heads]
    if not names:
        return False
    if names == [back - 1] and back - 2 >= first:
        before = words[back - 2]
        if not before.capital and before.lower not in lists.heads:
            return False
    state.last, state.end = back, words[back - 1].end
    return True
