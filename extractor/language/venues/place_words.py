"""Words of a place phrase that are told by what stands round them."""

from extractor.language.phrases import Word
from extractor.language.venues.place_state import State
from extractor.language.venues.words import AREAS, VenueWords

_REGION = 4


def wider(words: tuple[Word, ...], lists: VenueWords, state: State, end: int) -> bool:
    """Whether what was read last before word ``end`` is a village, a city or a region."""
    first, last = words[state.opened], words[end - 1]
    region = first.lower in lists.area_first or last.lower in lists.area_last
    return lists.heads.get(first.lower, "") in AREAS or (
        region and end - state.opened < _REGION and first.lower not in lists.heads
    )


def name_in_spite(
    text: str, words: tuple[Word, ...], lists: VenueWords, at: int, first: int
) -> bool:
    """Whether a word that may end a phrase belongs to a name: Pasar Pagi, Desa Sukma Baru."""
    word = words[at]
    if not word.capital or at == first or word.lower not in lists.in_names:
        return False
    dated = text[word.end : word.end + 3].lstrip(" ,(")[:1].isdigit()
    return words[at - 1].capital and not dated
