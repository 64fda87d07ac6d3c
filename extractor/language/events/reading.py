"""What is read of a release to find its event: title and opening, with what was marked before."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.language.found import Found
from extractor.language.layout import CLOSERS, OPENERS, Layout, Sentence
from extractor.language.paragraphs import Paragraph
from extractor.language.phrases import Word, words_of

_SPEECH = 45
_LEAD = 900
_OPENING = 2
# Lines such as "SIARAN PERS" and "Nomor : …" may stand before the first paragraph.
_PREFACE = 8
_LINE = 80
# The longest sentence that can be a day and nothing else.
_DAY = 32
_MARK = re.compile('["“”]')


@dataclass(slots=True)
class Mention:
    """A mention of an event: ``text[start:end]`` is its name, words ``first`` to ``last``.

    ``verb`` is the number of the word that introduces it, ``after`` of the verb that follows it;
    ``noun`` is False where the event is told by a verb alone and the name is its object;
    ``opening`` is where a phase before the name begins. ``features`` holds what speaks for it and
    against it, in points.
    """

    start: int
    end: int
    first: int
    last: int
    kind: str
    rule: str
    sentence: int
    features: dict[str, float]
    noun: bool = True
    known: bool = False
    verbal: bool = False
    phase: str | None = None
    opening: int | None = None
    verb: int | None = None
    after: int | None = None

    @property
    def score(self) -> float:
        return sum(self.features.values())


@dataclass(slots=True)
class Reading:
    """One release while it is read: its words, its sentences, and what was found before."""

    layout: Layout
    words: tuple[Word, ...]
    sentences: list[Sentence]
    ranges: list[tuple[int, int]]
    dates: Sequence[Found]
    venues: Sequence[Found]
    roles: Sequence[tuple[int, int]]
    days: Sequence[Found] = ()
    counts: Counter[str] = field(default_factory=Counter)
    title_words: frozenset[str] = frozenset()
    persons: Sequence[tuple[int, int]] = ()
    lead: tuple[int, int] = (0, 0)
    preface: int = 0

    @property
    def text(self) -> str:
        return self.layout.text

    def reach(self, number: int) -> int:
        """Where a sentence ends, with the day behind its full stop: ``di Aula X. Senin (3/6)``"""
        sentence = self.sentences[number]
        behind = self.sentences[number + 1] if number + 1 < len(self.sentences) else sentence
        if behind.paragraph != sentence.paragraph or behind.end - behind.start > _DAY:
            return sentence.end
        day = any(behind.start <= date.start < behind.end for date in self.dates)
        return behind.end if day else sentence.end


def read(
    layout: Layout,
    dates: Sequence[Found],
    venues: Sequence[Found],
    roles: Sequence[tuple[int, int]],
    window: int,
    photo: frozenset[str] = frozenset(),
) -> Reading:
    """The part of a release that tells of its event: title and first ``window`` characters;
    ``photo``: words that mark whose a picture is."""
    words = words_of(layout.text)
    starts = [word.start for word in words]
    kinds = {paragraph.number: paragraph.kind for paragraph in layout.paragraphs}
    limit = layout.body_start + window
    sentences, ranges = [], []
    for sentence in layout.sentences:
        if sentence.start > limit:
            break
        if kinds.get(sentence.paragraph) not in ("title", "body"):
            continue
        start = sentence.start
        if layout.dateline is not None and start < layout.dateline[1] < sentence.end:
            start = layout.dateline[1]
        sentences.append(sentence)
        end = min(sentence.end, limit)
        ranges.append((bisect_left(starts, start), bisect_left(starts, end)))
    reading = Reading(layout, words, sentences, ranges, dates, venues, roles, dates)
    for first, last in ranges:
        reading.counts.update(word.lower for word in words[first:last])
    body = [p for p in layout.paragraphs[:_PREFACE] if p.kind == "body"]
    prose = next(
        (
            p
            for p in body
            if p.end - p.start >= _LINE
            and not (p is body[0] and _caption(layout.text, body))
            and not _photo(layout, p, photo)
        ),
        None,
    )
    if prose is not None:
        reading.preface = prose.number - 1
    opening = [p for p in body if p.number > reading.preface][:_OPENING]
    if opening:
        reading.lead = (opening[0].start, min(opening[-1].end, opening[0].start + _LEAD))
    if sentences and sentences[0].paragraph == 0 and layout.title is not None:
        reading.title_words = frozenset(
            w.lower for w in words[slice(*ranges[0])] if len(w.lower) > 3
        )
    return reading


def _caption(text: str, body: Sequence[Paragraph]) -> bool:
    """Whether the first paragraph is a line under a picture: one without a mark at its end, before
    a paragraph that has one."""
    if len(body) < 2 or body[0].end - body[0].start > 2 * _LINE:
        return False
    return text[body[0].end - 1].isalnum() and not text[body[1].end - 1].isalnum()


def _photo(layout: Layout, paragraph: Paragraph, marks: frozenset[str]) -> bool:
    """Whether a paragraph stands under a picture: it says whose the picture is."""
    tail = layout.text[max(paragraph.start, paragraph.end - _LINE) : paragraph.end].lower()
    return any(f"{mark}:" in tail or f"({mark}" in tail for mark in marks)


def broken(text: str, words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether a stop or comma stands between two words."""
    if last <= first:
        return False
    gap = text[words[first].end : words[last].start]
    return any(mark in gap for mark in ",.;:!?\n–—")


def quoted_to(text: str, start: int, reach: int = 90) -> int | None:
    """Where the quotation that begins at ``start`` closes; None where it does not soon."""
    for at in range(start, min(len(text), start + reach)):
        if text[at] in CLOSERS or text[at] == '"':
            return at
    return None


def opens(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark opens in a stretch."""
    return any(text[at] in OPENERS or text[at] == '"' for at in range(start, end))


def speech_in(text: str, words: tuple[Word, ...], first: int, last: int) -> list[tuple[int, int]]:
    """Long stretches between quotation marks."""
    if first >= last:
        return []
    found, opened = [], -1
    end = words[last - 1].end
    for mark in _MARK.finditer(text, max(0, words[first].start - 2), end + 1):
        at = mark.start()
        if opened < 0:
            opened = at
            continue
        if at - opened > _SPEECH:
            found.append((opened, at))
        opened = -1
    if opened >= 0:
        found.append((opened, end))
    return found


def mention(reading: Reading, first: int, last: int, kind: str, rule: str) -> Mention:
    """The mention whose name is words ``first`` to ``last``, with the marks that close it."""
    words, text = reading.words, reading.text
    start, end = words[first].start, words[last - 1].end
    if text.count("(", start, end) > text.count(")", start, end):
        end = text.find(")", end) + 1 or end
    if end < len(text) and text[end] in CLOSERS + '"' and opens(text, start, end):
        end += 1
    return Mention(start, end, first, last, kind, rule, 0, {})


def within_role(reading: Reading, position: int) -> bool:
    """Whether a place in the text belongs to somebody's office."""
    at = bisect_left(reading.roles, (position + 1, 0)) - 1
    return at >= 0 and reading.roles[at][0] <= position < reading.roles[at][1]


def spelled_out(text: str, words: tuple[Word, ...], first: int, last: int) -> str | None:
    """The words that an acronym behind them abbreviates: ``High Level Meeting (HLM)``."""
    for at in range(first + 2, min(last, first + 6)):
        before = text[words[at - 1].end : words[at].start]
        if before.strip() == "(" and words[at].lower == "".join(
            word.lower[0] for word in words[first:at]
        ):
            return " ".join(word.lower for word in words[first:at])
    return None
