"""What leads to a place phrase, how far it has been read, and what comes of it."""

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Words ``first`` to ``last`` (exclusive) name a place.

    ``breaks`` are the words that open a new part after a comma, a bracket or a preposition.
    """

    first: int
    last: int
    start: int
    end: int
    breaks: frozenset[int]
    named: bool


@dataclass(frozen=True)
class Stops:
    """Where dates and persons begin: a place ends before them."""

    dates: Collection[int] = frozenset()
    people: Collection[int] = frozenset()


@dataclass(slots=True)
class State:
    """How far the phrase has come."""

    last: int
    end: int
    headline: bool
    opened: int
    breaks: set[int] = field(default_factory=set)
    named: bool = False
    segment_named: bool = False
    office: int = 0  # 1: a noun that "dan" may follow inside a name; 2: an office with commas, too
    bracket: int = 0
    quote: int = 0
    fillers: int = 0
    inner: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """Words ``first`` to ``after`` (exclusive) are of the list ``name``."""

    name: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A place may begin at word ``first``, ``cut`` characters into it, after the word ``at``.

    ``kind`` is the preposition's (at, from, to, on), start, visit or list.
    """

    first: int
    at: int
    kind: str
    cut: int = 0
