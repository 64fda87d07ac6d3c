"""One name or office written two ways in one draft.

Names are told by their capitals: two rows of words that are the same but for one word with a slip.
Each pair is told once, at the first place of the rarer spelling.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np
from rapidfuzz.distance import OSA

from extractor.editing.facts import ordinary_words
from extractor.editing.finding import told
from extractor.editing.vocabulary import Vocabulary, vocabulary
from extractor.language.layout import Layout
from extractor.language.phrases import words_of
from extractor.record import Edit
from extractor.rulebook import RuleFile

# The bracket comes first: it is found many times faster than a blank.
_EXPANDED = re.compile(r"\((?<=[ \xa0]\()([A-Z][A-Za-z]{0,3}[A-Z]{2,}\d?)\)")


@dataclass
class _Spelling:
    """A way of writing with all its places, in order."""

    words: tuple[str, ...]
    places: list[tuple[int, int]] = field(default_factory=list)


class Spellings:
    """The rules of kind ``variants``, ``name``, ``acronym`` and ``expansion`` of one rule file."""

    def __init__(self, file: RuleFile) -> None:
        words, settings = file.words, file.settings
        self._longest = int(settings["longest_name"])
        self._shortest = int(settings["shortest_name"])
        self._long = int(settings["long_word"])
        self._initial = int(settings["initial"])
        self._before = int(settings["expansion"])
        self._rules = {rule.kind: rule for rule in file.rules}
        self._variant = {
            tuple(w.lower for w in words_of(surface)): (value, surface)
            for surface, value in words["variant"].items()
        }
        self._openers = frozenset(key[0] for key in self._variant)
        self._most = max((len(key) for key in self._variant), default=0)
        self._honorific = frozenset(w.lower() for w in words["honorific"])
        self._distinct = frozenset(w.lower() for w in words["distinct"])
        self._links = frozenset(w.lower() for w in words["and_word"])

    def edits(self, layout: Layout) -> Iterator[Edit]:
        """All findings of a draft about its spellings."""
        text = layout.text
        words = vocabulary(text)
        if "variants" in self._rules:
            yield from self._variants(text, words)
        if "name" in self._rules:
            yield from self._names(layout, words)
        if "acronym" in self._rules:
            yield from self._acronyms(layout, words)
        if "expansion" in self._rules:
            yield from self._expansions(text)

    def _variants(self, text: str, words: Vocabulary) -> Iterator[Edit]:
        rule = self._rules["variants"]
        found: dict[str, dict[str, _Spelling]] = {}
        for at in words.among(self._openers):
            if not words.surfaces[at][0].isupper():
                continue
            row = [words.lower[surface] for surface in words.surfaces[at : at + self._most]]
            for count in range(len(row), 0, -1):
                known = self._variant.get(tuple(row[:count]))
                if known is None:
                    continue
                group, surface = known
                spelling = found.setdefault(group, {}).setdefault(surface, _Spelling((surface,)))
                spelling.places.append((words.starts[at], words.ends[at + count - 1]))
                break
        for spellings in found.values():
            if len(spellings) > 1:
                first, *rest = sorted(spellings.values(), key=_commonest)
                for spelling in rest:
                    start, end = spelling.places[0]
                    yield told(text, rule, start, end, other=first.words[0])

    def _names(self, layout: Layout, words: Vocabulary) -> Iterator[Edit]:
        text = layout.text
        rule = self._rules["name"]
        names = _rows_of_names(layout, words, self._longest, self._initial)
        ordinary = ordinary_words(text)
        sentences = [s.start for s in layout.sentences]
        told_of = set()
        holes: dict[tuple[int, tuple[str, ...]], list[_Spelling]] = {}
        for spelling in names.values():
            own = spelling.words
            for place in range(len(own)):
                key = place, (*own[:place], "", *own[place + 1 :])
                for other in holes.get(key, ()):
                    if not self._slip(own, other.words, place, ordinary):
                        continue
                    if not _apart(spelling, other, sentences):
                        continue
                    rare, common = sorted((spelling, other), key=_commonest, reverse=True)
                    pair = rare.words[place], common.words[place]
                    if pair not in told_of:
                        told_of.add(pair)
                        start, end = rare.places[0]
                        yield told(text, rule, start, end, other=" ".join(common.words))
                rivals = holes.setdefault(key, [])
                if len(rivals) < 8:
                    rivals.append(spelling)

    def _slip(
        self, one: tuple[str, ...], other: tuple[str, ...], place: int, ordinary: frozenset[str]
    ) -> bool:
        """Whether two rows differ in one word by a slip of the pen."""
        left, right = one[place].lower(), other[place].lower()
        if min(len(left), len(right)) < self._shortest or left[0] != right[0]:
            return False
        if len(one) == 2 and one[1 - place].lower().rstrip(".") in self._honorific:
            return False
        if left in ordinary or right in ordinary or {left, right} & self._distinct:
            return False
        most = 1 if max(len(left), len(right)) < self._long else 2
        return 0 < OSA.distance(left, right) <= most

    def _acronyms(self, layout: Layout, words: Vocabulary) -> Iterator[Edit]:
        text = layout.text
        rule = self._rules["acronym"]
        found: dict[str, _Spelling] = {}
        lines = layout.paragraphs
        starts = [line.start for line in lines]
        loud: dict[int, bool] = {}
        previous = -2
        for number, surface in words.where(_acronym):
            start, end = words.starts[number], words.ends[number]
            at = bisect_right(starts, start) - 1
            if at not in loud:
                loud[at] = at < 0 or _shouted(text[lines[at].start : lines[at].end])
            if loud[at]:
                continue
            found.setdefault(surface, _Spelling((surface,))).places.append((start, end))
            if previous == number - 1 and words.gap(number) in (" ", "\xa0"):
                first = words.starts[previous]
                joined = text[first:end]
                spelling = found.setdefault(joined, _Spelling((joined,)))
                spelling.places.append((first, end))
            previous = number
        holes: dict[str, list[_Spelling]] = {}
        for surface, spelling in found.items():
            solid = surface.replace(" ", "").replace("\xa0", "")
            if len(solid) < self._shortest or solid.lower() in self._distinct:
                continue
            for key in _without_one(solid):
                for other in holes.setdefault(key, []):
                    if not _one_acronym(surface, other.words[0]):
                        continue
                    rare, common = sorted((spelling, other), key=_commonest, reverse=True)
                    start, end = rare.places[0]
                    yield told(text, rule, start, end, other=common.words[0])
                holes[key].append(spelling)

    def _expansions(self, text: str) -> Iterator[Edit]:
        """One acronym in brackets behind two different names."""
        rule = self._rules["expansion"]
        first: dict[str, frozenset[str]] = {}
        names: dict[str, str] = {}
        for found in _EXPANDED.finditer(text):
            at = found.start() - 1
            before = text[max(0, at - self._before) : at].split()
            row = list(takewhile(self._of_name, reversed(before)))[::-1]
            said = frozenset(w.strip(",").lower() for w in row if len(w) > 3)
            if len(said) < 2:
                continue
            known = first.setdefault(found[1], said)
            other = names.setdefault(found[1], " ".join(row).strip(", "))
            if not (said <= known or known <= said):
                yield told(text, rule, *found.span(), other=other)

    def _of_name(self, word: str) -> bool:
        return word[0].isupper() or word in self._links


def _rows_of_names(
    layout: Layout, words: Vocabulary, longest: int, initial: int
) -> dict[tuple[str, ...], _Spelling]:
    """Every two to ``longest`` words with capitals in a row in the body, divided by blanks alone or
    by the stop of an initial of so many letters, and every end of such a row, with their places."""
    capital = words.which(_capital)
    for line in layout.paragraphs:
        if line.kind != "body":
            capital[bisect_left(words.starts, line.start) : bisect_left(words.starts, line.end)] = 0
    joined = words.behind((" ", "\xa0"))
    short = words.which(lambda surface: len(surface) <= initial)
    joined[1:] |= words.behind((". ",))[1:] & short[:-1]
    joined[:1] = False
    joined[1:] &= capital[1:] & capital[:-1]
    firsts = np.flatnonzero(capital & ~joined)
    stops = np.flatnonzero(capital & ~np.append(joined[1:], False)) + 1
    fit = (stops - firsts >= 2) & (stops - firsts <= longest)
    rows: dict[tuple[str, ...], list[int]] = {}
    for first, stop in zip(firsts[fit].tolist(), stops[fit].tolist(), strict=True):
        rows.setdefault(tuple(words.surfaces[first:stop]), []).append(first)
    names: dict[tuple[str, ...], _Spelling] = {}
    for row, places in rows.items():
        for head in range(len(row) - 1):
            surface = row[head:]
            spelling = names.setdefault(surface, _Spelling(surface))
            last = len(row) - 1
            spelling.places += [(words.starts[n + head], words.ends[n + last]) for n in places]
    for spelling in names.values():
        spelling.places.sort()
    return names


def _capital(surface: str) -> bool:
    return surface[0].isupper() and not surface.isupper()


def _acronym(surface: str) -> str | None:
    return surface if len(surface) > 2 and surface.isalpha() and surface.isupper() else None


def _apart(one: _Spelling, other: _Spelling, sentences: list[int]) -> bool:
    """Whether two spellings never stand in one sentence: there they are two people."""
    homes = {bisect_right(sentences, start) for start, _ in one.places}
    return not any(bisect_right(sentences, start) in homes for start, _ in other.places)


def _commonest(spelling: _Spelling) -> tuple[int, int]:
    return -len(spelling.places), spelling.places[0][0]


def _shouted(paragraph: str) -> bool:
    return sum(c.isupper() for c in paragraph) > 0.6 * sum(c.isalpha() for c in paragraph)


def _without_one(word: str) -> Iterable[str]:
    """The word, and the word without each of its inner letters: what words with a slip share."""
    return dict.fromkeys([word, *(word[:n] + word[n + 1 :] for n in range(1, len(word) - 1))])


def _one_acronym(one: str, other: str) -> bool:
    """Whether two acronyms are one: a blank, a dropped or two swapped letters."""
    left, right = one.replace(" ", ""), other.replace(" ", "")
    if left == right:
        return one != other
    if Counter(left) == Counter(right):
        return OSA.distance(left, right) == 1
    return len(left) != len(right) and OSA.distance(left, right) == 1
