"""Which of many short texts some pattern may match: most match none, and one look at a block of
them tells so, where a look at each would cost more in calls than in looking."""

import re
from collections.abc import Iterable, Sequence

import re2

from extractor.rulebook.patterns import Pattern

_BLOCK = 32
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
