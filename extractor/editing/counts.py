"""Numbers that contradict each other: ``3 (empat)``, a sum and its parts, the title and the body.

Only what cannot well be otherwise is told: parts that are coordinated and of one kind, a number of
the title that the body gives with another digit, two long numbers that differ by swapped digits.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from extractor.editing.finding import finding, told
from extractor.editing.vocabulary import vocabulary
from extractor.language.layout import Layout, Sentence
from extractor.language.phrases import words_of
from extractor.language.signs import places_of
from extractor.record import Edit
from extractor.rulebook import Rule, RuleFile

_NUMBER = r"(?<![\w.,/:-])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?![\d%]|[.,/:-]\d)"
_TWICE = re.compile(_NUMBER + r"[ \t\xa0]*\(([^\W\d_]+(?:[ \xa0-][^\W\d_]+){0,7})\)")
_COUNT = re.compile(_NUMBER + r"[ \t\xa0]+([^\W\d_]{2,})")
_FIGURE = re.compile(r"(?<!\w)\d")
_AHEAD = re.compile(r"([^\W\d_]{2,})")
_BLANKS = (" ", "\t", "\xa0")
_CLAUSE_END = re.compile(r"[.;:(“”\"]")


class _Count(NamedTuple):
    """``value`` things called ``noun``."""

    start: int
    end: int
    value: int
    noun: str


class Numbers:
    """Numbers in words, and the rules about numbers, of one rule file."""

    def __init__(self, file: RuleFile) -> None:
        self._few = int(file.settings["few_words"])
        self._longest_sum = int(file.settings["longest_sum"])
        words = file.words
        self._number = {w.lower(): int(v) for w, v in words["number"].items()}
        self._unit = {w.lower(): int(v) for w, v in words["number_unit"].items()}
        self._no_count = frozenset(w.lower() for w in words["no_count"])
        self._group = frozenset(w.lower() for w in words["group_noun"])
        self._loose = frozenset(w.lower() for w in words["no_sum"])
        cue = file.one_of("sum_cue")
        self._cue_openers = {words_of(cue)[0].lower for cue in words["sum_cue"]}
        self._total = re.compile(
            _COUNT.pattern + rf"(?:[ \xa0][^\W\d_]+){{0,3}},?[ \xa0]+{cue}[ \xa0]"
        )
        self._between = re.compile(rf"(?:,\s*)?\b{file.one_of('and_word')}\b|,")
        self._unlike = {rule.id: rule for rule in file.of_kind("number")}

    def of_words(self, words: list[str]) -> int | None:
        """The number that words stand for; None where one of them is no number."""
        total = current = 0
        for word in words:
            if (one := self._number.get(word)) is not None:
                current += one
                if one >= 1000:
                    total, current = total + current, 0
            elif (unit := self._unit.get(word)) is None:
                return None
            elif unit == 1:
                current += 10
            elif unit < 1000:
                last = current % 10
                current += last * (unit - 1)
            else:
                total, current = total + max(1, current) * unit, 0
        return total + current if words else None

    def edits(self, layout: Layout) -> Iterator[Edit]:
        """All findings about numbers of a draft."""
        text = layout.text
        yield from self._written_twice(text)
        if (rule := self._unlike.get("style.number-sum")) is not None:
            yield from self._sums(layout, rule)
        if (rule := self._unlike.get("style.number-title")) is not None:
            yield from self._title(layout, rule)
        if (rule := self._unlike.get("style.number-swapped")) is not None:
            yield from self._swapped(layout, rule)

    def _written_twice(self, text: str) -> Iterator[Edit]:
        for found in _bracketed(text):
            words = found[2].lower().replace("-", " ").split()
            known = [w in self._number or w in self._unit for w in words]
            length = known.index(False) if False in known else len(words)
            meant = self.of_words(words[:length])
            if meant is None:
                continue
            value = _value(found[1])
            if meant != value:
                rule = self._unlike.get("style.number-words")
                if rule is not None:
                    yield told(text, rule, *found.span(), digits=found[1], words=meant)
                continue
            rule = self._unlike.get("style.number-twice")
            if rule is None or length < len(words):
                continue
            following = _AHEAD.match(text[found.end() : found.end() + 30].lstrip(" \xa0"))
            counts = following is not None and following[1].lower() not in self._no_count
            written = found[2] if counts and len(words) <= self._few else found[1]
            yield finding(rule, *found.span(), written, "propose")

    def _sums(self, layout: Layout, rule: Rule) -> Iterator[Edit]:
        text = layout.text
        words = vocabulary(text)
        cues = [words.starts[number] for number in words.among(self._cue_openers)]
        for sentence in _holding(layout.sentences, cues):
            for found in _numbered(self._total, text, sentence.start, sentence.end):
                parts = self._parts(text, found, sentence)
                if parts and sum(parts) != (total := _value(found[1])):
                    start, end = found.span(1)
                    shown = " + ".join(map(str, parts))
                    yield told(text, rule, start, end, total=total, parts=shown, sum=sum(parts))

    def _parts(self, text: str, found: re.Match[str], sentence: Sentence) -> list[int]:
        """The numbers that a sum is made of; none where it is not sure that they are all."""
        most = min(sentence.end, found.end() + self._longest_sum)
        stop = _CLAUSE_END.search(text, found.end(), most)
        if stop is None and most < sentence.end:
            return []
        rest = text[found.end() : stop.start() if stop else most]
        if any(word.lower() in self._loose for word in _AHEAD.findall(rest)):
            return []
        counted = found[2].lower()
        parts: list[int] = []
        marks = ["", *(mark.strip(", ") for mark in self._between.findall(rest))]
        closed = False
        for mark, piece in zip(marks, self._between.split(rest), strict=True):
            if closed:  # what follows the last part; another "dan" there makes it doubtful
                return [] if mark else parts
            count = _COUNT.match(piece.strip())
            if count is None or len(_COUNT.findall(piece)) > 1 or len(piece.split()) > 7:
                return []
            noun = count[2].lower()
            if noun in self._no_count or (noun in self._group) != (counted in self._group):
                return []
            if noun in self._group and noun != counted:
                return []
            parts.append(_value(count[1]))
            closed = bool(mark)
        return parts if closed else []

    def _title(self, layout: Layout, rule: Rule) -> Iterator[Edit]:
        """A count of the title that the body gives otherwise, and nowhere as it is."""
        title = layout.title
        if title is None:
            return
        text = layout.text
        counts = [count for count in _counts(text) if count.noun not in self._no_count]
        said = {c.noun: c for c in counts if c.end <= title.end and c.value > 9}
        if not said:
            return
        every: set[int] | None = None
        for count in counts:
            first = said.get(count.noun)
            if first is None or count.start < title.end:
                continue
            if every is None:
                every = self._every(text[title.end :])
            if first.value in every:
                continue
            if _one_slip(str(first.value), str(count.value)):
                yield told(text, rule, first.start, first.end, other=f"{count.value} {count.noun}")
                del said[count.noun]

    def _every(self, body: str) -> set[int]:
        """All numbers of a text, in figures and in words."""
        figures = re.findall(r"\d{1,3}(?:\.\d{3})+|\d{1,6}", body)
        return self._in_words(body).union(map(_value, figures))

    def _in_words(self, text: str) -> set[int]:
        values = set()
        row: list[str] = []
        for word in [*_AHEAD.findall(text.lower()), ""]:
            if word in self._number or word in self._unit:
                row.append(word)
            elif row:
                values.add(self.of_words(row) or 0)
                row = []
        return values

    def _swapped(self, layout: Layout, rule: Rule) -> Iterator[Edit]:
        """Two counts of the same things with the same digits in another order."""
        text = layout.text
        body = next((p.start for p in layout.paragraphs if p.kind == "body"), len(text))
        seen: dict[tuple[str, str], _Count] = {}
        for count in _counts(text):
            if count.value < 100 or count.start < body or count.noun in self._no_count:
                continue
            first = seen.setdefault((count.noun, _digits(count.value)), count)
            if first.value != count.value and _one_slip(str(first.value), str(count.value)):
                yield told(text, rule, count.start, count.end, other=f"{first.value} {first.noun}")


@lru_cache(maxsize=2)
def _counts(text: str) -> list[_Count]:
    """All counts of a text, in order."""
    return [
        _Count(*found.span(1), _value(found[1]), found[2].lower())
        for found in _numbered(_COUNT, text, 0, len(text))
    ]


def _numbered(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` gives; it begins with a number, so it is tried at numbers alone."""
    places = _figures(text)
    for place in places[bisect_left(places, start) : bisect_left(places, end)]:
        found = pattern.match(text, place, end) if place >= start else None
        if found is not None:
            start = found.end()
            yield found


@lru_cache(maxsize=2)
def _figures(text: str) -> list[int]:
    """Where the figures of a text begin that no letter stands before."""
    words = vocabulary(text)
    found = words.where(lambda surface: [m.start() for m in _FIGURE.finditer(surface)] or None)
    return [words.starts[number] + place for number, places in found for place in places]


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    """What ``_TWICE.finditer`` gives: numbers before a bracket."""
    for bracket in places_of(text, "("):
        at = bracket
        while at and text[at - 1] in _BLANKS:
            at -= 1
        while at and (text[at - 1] == "." or text[at - 1].isdecimal()):
            at -= 1
        found = _TWICE.match(text, at)
        if found is not None:
            yield found


def _holding(sentences: Sequence[Sentence], places: Sequence[int]) -> Iterator[Sentence]:
    """The sentences, which are in order, that hold one of these places, in order too."""
    starts = [sentence.start for sentence in sentences]
    held = dict.fromkeys(bisect_right(starts, place) - 1 for place in places)
    return (sentences[number] for number in held if number >= 0)


def _digits(value: int) -> str:
    return "".join(sorted(str(value)))


def _one_slip(one: str, other: str) -> bool:
    """Whether two numbers have one digit that differs, or two neighbours swapped."""
    return len(one) == len(other) and OSA.distance(one, other) == 1


def _value(written: str) -> int:
    return int(written.replace(".", ""))
