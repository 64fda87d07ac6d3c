"""Offices no list holds, told by the title and the name behind them."""

from extractor.language.people.initials import acronym
from extractor.language.people.lexicon import (
    NOT_NAME,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    ROLE,
    VENUE_HEAD,
)
from extractor.language.people.mentions import Mention
from extractor.language.people.names import begins, placed
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role, chain
from extractor.language.people.titles import titles_at

_BLANK = (" ", "\xa0", "  ")


def standing_in(reading: Reading, at: int) -> Role | None:
    """A body that somebody with a title stands in for: diwakili Bidang Sosial, Dr. Tarjono."""
    if not at or reading.lexicon.delegate.get(reading.words[at - 1].lower) != "stands_in":
        return None
    _, _, last, end = chain(reading, at, at)
    titles = titles_at(reading, last) if last < len(reading.words) else None
    if titles is None or not titles.formal or reading.gap(last)[:1] != ",":
        return None
    return Role(at, last, end, False, False, False)


def role_run(reading: Reading, found: list[Mention], first: int) -> Role | None:
    """An office no list holds: a run of capitals straight before a title and a name."""
    words, kinds = reading.words, reading.kinds
    start = first
    while start > 0 and first - start < 8 and reading.gap(start) in (*_BLANK, "/"):
        if not words[start - 1].capital:
            break
        start -= 1
    if start < first and kinds[start] & NOT_NAME and begins(reading, start):
        start += 1
    if start >= first or kinds[start] & (ROLE | ORGANISATION | VENUE_HEAD | PLACE_HEAD | PLACE):
        return None
    if titles_at(reading, start) is not None:
        return None  # Almarhum Al Arif KH. Tarjono
    held = any(words[at].lower in reading.lexicon.honoured for at in range(start, first))
    if held or (start and words[start - 1].lower in reading.lexicon.honoured):
        return None
    single = first - start == 1
    plain = not kinds[start] and words[start].lower not in reading.small
    if placed(reading, start) or (single and not acronym(reading, start) and not plain):
        return None
    while found and found[-1].first >= start and not found[-1].evidence:
        found.pop()
    return Role(start, first, words[first - 1].end, False, False, False)
