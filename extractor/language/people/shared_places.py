"""Words that follow several offices or bodies of one text: they are places."""

from collections.abc import Sequence

from extractor.language.phrases import Word

_BLANK = (" ", "\xa0", "  ", "   ")


def share(
    words: Sequence[Word],
    kinds: Sequence[int],
    gaps: Sequence[str],
    shared: dict[str, tuple[set[str], set[str]]],
    at: int,
) -> None:
    """Note a capitalised word behind an office or body: what several have in common is a place
    (Camat X, Kapolsek X, BPD X), for a person holds one. ``shared`` takes it with what stands
    before and behind."""
    first = at + 1
    while first < len(words) and first - at < 3 and words[first].lower[0].isdigit():
        first += 1
    if first >= len(words) or not words[first].capital or kinds[first]:
        return
    if first == at + 1 and gaps[first] not in _BLANK and gaps[first] != ") ":
        return
    heads, following = shared.setdefault(words[first].lower, (set(), set()))
    heads.add(words[at].lower)
    after = first + 1
    joint = after < len(words) and words[after].capital and gaps[after] in _BLANK
    following.add(words[after].lower if joint else "")
