"""What need not be looked at: of many short texts those that no pattern matches, of many patterns
those that match nowhere in a long text. One look tells of all of them together."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import re2

from extractor.rulebook.patterns import Pattern

_BLOCK = 32
_LONG = 50_000
_MEMORY = 64 << 20
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_EDGES = {"A": "^", "z": "$"}
_LINES_OFF = re.compile(r"\(\?[a-zA-Z]*-[a-zA-Z]*m")


class Sieve:
    """Lets through what one of the ``patterns`` may match, ``whole`` or somewhere within."""

    def __init__(self, patterns: Iterable[Pattern], whole: bool = False) -> None:
        sources = [pattern.pattern for pattern in patterns]
        self._none = not sources
        self._any: Pattern | None = None
        if sources and not any(map(_LINES_OFF.search, sources)):
            # A text's edges are a line's in a block: what matches the one matches in the other.
            union = "|".join(f"(?:{_ESCAPE.sub(_edge, source)})" for source in sources)
            options = re2.Options()
            options.max_mem = _MEMORY
            options.never_capture = True
            self._any = re2.compile(f"(?m)^(?:{union})$" if whole else f"(?m){union}", options)

    def sift(self, texts: Sequence[str]) -> set[int]:
        """The numbers of the texts that may match, and of some beside them."""
        if self._none:
            return set()
        if self._any is None:
            return set(range(len(texts)))
        found: set[int] = set()
        for start in range(0, len(texts), _BLOCK):
            block = texts[start : start + _BLOCK]
            if self._any.search("\n".join(block)) is not None:
                found.update(range(start, start + len(block)))
        return found


def _edge(escape: re.Match[str]) -> str:
    return _EDGES.get(escape[1], escape[0])


class Screen:
    """Tells of many patterns at once which of them a text holds: one pass for all of them.

    Made when the first long text comes; shorter ones are not worth it.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns

    @cached_property
    def _set(self) -> re2.Set:
        options = re2.Options()
        options.max_mem = _MEMORY
        options.never_capture = True
        found = re2.Set.SearchSet(options)
        for pattern in self._patterns:
            found.Add(pattern.pattern)
        found.Add("(?s:.)")  # is in every text: without it the set had no memory left
        found.Compile()
        return found

    def held(self, text: str) -> Sequence[int]:
        """The numbers of the patterns that match somewhere in the text, in order; of a short text
        all of them."""
        every = range(len(self._patterns))
        if len(text) < _LONG:
            return every
        held = sorted(self._set.Match(text) or ())
        return held[:-1] if held and held[-1] == len(every) else every
