"""The words that were asked for, marked in the text they stand in."""

import html
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractor.archive.index.indexing import WORD, Words, fold
from extractor.archive.searching.query import Query

_WIDTH = 240  # characters of a snippet
_BEFORE = 60  # of them before its first mark, at most
_LONGEST = 100_000  # characters of a text that are looked at


@dataclass(frozen=True)
class Snippet:
    """A stretch of a text: from ``start`` on (code points), with what is marked in it.

    ``marks`` are counted in the text, not in the snippet. ``cut_before`` and ``cut_after``: does
    the text go on there?
    """

    text: str
    start: int
    marks: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False

    def html(self) -> str:
        """The snippet as HTML: escaped, marks as ``<mark>``."""
        return self.marked("<mark>", "</mark>", html.escape)

    def marked(self, before: str, after: str, escape: Callable[[str], str] = str) -> str:
        """The snippet in one line with something round each mark, an ellipsis where it is cut."""
        pieces = ["…" if self.cut_before else ""]
        at = 0
        for start, end in self.marks:
            start, end = start - self.start, end - self.start
            pieces += escape(self.text[at:start]), before, escape(self.text[start:end]), after
            at = end
        pieces += escape(self.text[at:]), "…" if self.cut_after else ""
        return " ".join("".join(pieces).split())


class Marker:
    """Marks what a query asks of the words: stems, phrases, beginnings."""

    def __init__(self, query: Query, words: Words) -> None:
        """Prepare what is looked for."""
        stem = words.stemmer.stem
        self._stem = stem
        wanted = list(dict.fromkeys(query.wanted))
        self._stems = {stem(word) for one in wanted if one.kind == "stems" for word in one.words}
        self._phrases = [one.words for one in wanted if one.kind == "phrase"]
        self._prefixes = tuple(one.words[0] for one in wanted if one.kind == "prefix")
        self._seen: dict[str, tuple[str, object]] = {}

    def marks(self, text: str) -> list[tuple[int, int, object]]:
        """(start, end, what of the query it is) of each mark, in their order, none in another."""
        if not (self._stems or self._phrases or self._prefixes):
            return []
        text = text[:_LONGEST]
        said = WORD.findall(text)
        phrases: dict[int, object] = {}  # by the place of a word among the words
        if self._phrases:
            folded = [
                (word, at) for at, one in enumerate(said) if (word := self._looked_at(one)[0])
            ]
            words = [word for word, _at in folded]
            for phrase in self._phrases:
                for begin in _places(words, phrase):
                    for _word, at in folded[begin : begin + len(phrase)]:
                        phrases.setdefault(at, phrase)
        wanted = {
            word: what for word in set(said) if (what := self._looked_at(word)[1]) is not None
        }
        if not wanted and not phrases:
            return []
        return [
            (match.start(), match.end(), phrases.get(at) or wanted[match[0]])
            for at, match in enumerate(WORD.finditer(text))
            if at in phrases or match[0] in wanted
        ]

    def _looked_at(self, word: str) -> tuple[str, object]:
        """A word folded, and what of the query it is by itself (None where it is nothing of it);
        texts of one answer have most of their words in common."""
        if (seen := self._seen.get(word)) is None:
            folded = fold(word)
            seen = self._seen[word] = folded, self._wanted(folded) if folded else None
        return seen

    def _wanted(self, word: str) -> object:
        """What of the query a folded word is by itself; None where it is nothing of it."""
        if self._stems and (stem := self._stem(word)) in self._stems:
            return stem
        return "*" if self._prefixes and word.startswith(self._prefixes) else None

    def snippet(self, text: str, skip: str = "") -> Snippet:
        """The stretch of the text with most of what was asked for; its beginning where there is
        nothing of it. ``skip``: a first line that is told anyway."""
        begin = _behind(text, skip)
        everywhere = self.marks(text)
        marks = [one for one in everywhere if one[0] >= begin] or everywhere
        if not marks:
            return _cut(text, begin, begin, [])
        starts = [start for start, _end, _what in marks]
        best, first = (0, 0, 0), 0
        for at, (start, _end, _what) in enumerate(marks):
            last = bisect_left(starts, start + _WIDTH - _BEFORE)
            inside = marks[at:last]
            score = (len({what for _s, _e, what in inside}), len(inside), -at)
            if score > best:
                best, first = score, at
        start = _word_start(text, max(0, starts[first] - _BEFORE), starts[first])
        if start < begin <= starts[first]:
            start = begin
        return _cut(text, start, begin, marks)


def _places(said: Sequence[str], phrase: tuple[str, ...]) -> Iterable[int]:
    for at in range(len(said) - len(phrase) + 1):
        if said[at] == phrase[0] and tuple(said[at : at + len(phrase)]) == phrase:
            yield at


def _behind(text: str, line: str) -> int:
    """Where the text begins behind a first line that says this."""
    at = len(text) - len(text.lstrip())
    if line and text.startswith(line, at):
        at += len(line)
        at += len(text[at:]) - len(text[at:].lstrip())
        return at if at < len(text) else 0
    return at


def _word_start(text: str, at: int, before: int) -> int:
    """The first word that begins at or behind a place; a sentence, where one begins before the
    mark."""
    for place in range(before, max(at - 1, -1), -1):
        if place == 0 or text[place - 1] == "\n":
            return place
    if at == 0:
        return 0
    while at < before and not text[at - 1].isspace():
        at += 1
    return at


def _cut(text: str, start: int, begin: int, marks: Sequence[tuple[int, int, object]]) -> Snippet:
    end = min(len(text), start + _WIDTH)
    while start + 1 < end < len(text) and not text[end].isspace() and not text[end - 1].isspace():
        end -= 1
    if end == start + 1 < len(text):  # one word without end
        end = min(len(text), start + _WIDTH)
    end = start + len(text[start:end].rstrip())
    inside = tuple((a, b) for a, b, _what in marks if start <= a and b <= end)
    return Snippet(
        text[start:end], start, inside, bool(text[begin:start].strip()), bool(text[end:].strip())
    )
