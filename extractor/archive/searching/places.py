"""Between which places hits must stand."""

from extractor.archive.index.searchable import NUMBER_BITS, ordinal
from extractor.archive.searching.query import Query

Bounds = tuple[int, int] | None  # from, and below; None for all
# how many hits; how many without a day, where days are asked for; the foremost; the latest, enough
# to follow them
Places = tuple[int, int, list[int], list[int]]
DATED = 1 << NUMBER_BITS  # places of releases without a day are below


def bounds(query: Query) -> Bounds:
    """The places between which a hit must stand."""
    if query.since is None and query.until is None:
        return None
    # a release without a day is in no span of time
    first = ordinal(query.since) if query.since else 1
    last = ordinal(query.until) + 1 if query.until else 1 << (62 - NUMBER_BITS)
    return first << NUMBER_BITS, last << NUMBER_BITS
