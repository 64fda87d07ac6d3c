"""How a release is laid out: title, dateline, paragraphs, sentences, credit line.

One pass over the text, used by every component; the last few layouts are kept, since all components
of a pipeline read the same text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.language.paragraphs import Paragraph, credit_of, dateline_of, read_paragraphs
from extractor.language.quotation_marks import quotations
from extractor.language.signs import places_of
from extractor.rulebook import RuleFile

OPENERS = "“‘„«"
CLOSERS = "”’»"
MARKS = '"“”„«»'
# A stop ends a sentence before a blank; or glued to the next one: "selesai.Kepala Dinas".
_STOP = re.compile(
    r"[.!?…]+[\"“”’'»)\]]*(?:/{2,})?(?=\s|$)|(?<=[a-z]{3})[.!?](?=“?[A-Z][a-z])|(?<=[a-zA-Z\d]\))\.(?=“?[A-Z][a-z])"
    r"|(?<=[a-z]{3})[.!?][”\"](?=[A-Z])"
)
_STOP_MARKS = ".!?…"  # what it begins with; found many times faster
_LAST_WORD = re.compile(r"[^\s(\[“”\"‘’']+\Z")
# "SE. M.Si": the stop between two degrees ends nothing.
_DEGREE = re.compile(r"[A-Z]{1,2}[A-Za-z]{0,2}\.(?=[A-Z]|,? [A-Z][A-Za-z]{0,2}\.)")
# Letters that stand for first names or titles: H.M. Rina
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){0,3}")
_BLANKS = re.compile(r"\s*")


class Sentence(NamedTuple):
    """A sentence of the paragraph with this number."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Layout:
    """The parts of one release; offsets into ``text``."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    dateline: tuple[int, int, str] | None
    credit: tuple[int, int, str] | None

    @property
    def title(self) -> Paragraph | None:
        """The title, where the text has one."""
        first = self.paragraphs[0] if self.paragraphs else None
        return first if first is not None and first.kind == "title" else None

    @property
    def body_start(self) -> int:
        """Where the first body paragraph begins, after its dateline."""
        if self.dateline is not None:
            return self.dateline[1]
        first = next((p for p in self.paragraphs if p.kind == "body"), None)
        return first.start if first is not None else len(self.text)


@lru_cache(maxsize=4)
def read_layout(text: str, rules: RuleFile, title_end: int | None = None) -> Layout:
    """The layout of a text.

    ``rules`` is ``rulebook["paragraphs"]``; ``title_end`` says where the title ends (0: there is
    none; None: tell it from the lead by its look).
    """
    paragraphs = read_paragraphs(text, rules, title_end)
    dateline = _dateline(text, paragraphs, rules)
    credit = credit_of(text, paragraphs, rules)
    stops = places_of(text, _STOP_MARKS)
    sentences = tuple(
        sentence
        for paragraph in paragraphs
        for sentence in _sentences(text, paragraph, stops, rules)
    )
    return Layout(text, tuple(paragraphs), sentences, dateline, credit)


def _dateline(
    text: str, paragraphs: list[Paragraph], rules: RuleFile
) -> tuple[int, int, str] | None:
    """The dateline at the head of the first body paragraph, or of the second where the first is the
    caption of a picture: no sentence with a full stop."""
    body = [p for p in paragraphs if p.kind == "body"][:2]
    for paragraph in body:
        found = dateline_of(text, paragraph.start, paragraph.end, rules)
        if found is not None or text[paragraph.end - 1] in _STOP_MARKS + MARKS:
            return found
    return None


def _sentences(
    text: str, paragraph: Paragraph, stops: list[int], rules: RuleFile
) -> Iterator[Sentence]:
    """Sentences of one paragraph; a quotation and its tag are one sentence. ``stops`` are the
    places of stops in the text."""
    if paragraph.kind in ("title", "furniture"):
        yield Sentence(paragraph.start, paragraph.end, paragraph.number)
        return
    start = end = paragraph.start
    quoted: tuple[list[int], list[int]] | None = None
    place = bisect_left(stops, paragraph.start)
    for at in stops[place : bisect_left(stops, paragraph.end)]:
        if at < end or (stop := _STOP.match(text, at, paragraph.end)) is None:
            continue
        end = stop.end()
        if end >= paragraph.end:
            break
        following = text[end : end + 40].lstrip()
        if not following or following[0].islower():
            continue
        if quoted is None:
            quoted = _quoted(text, paragraph.start, paragraph.end)
        opened, closed_at = quoted
        pair = bisect_right(opened, at - 1) - 1
        if pair >= 0 and end < closed_at[pair]:
            continue
        closed = stop.group()[-1] in "\"”’'»"
        word = following.split()[0].strip(".,").lower()
        if closed and word in rules.words.get("speech_verb", {}):
            continue
        last = _LAST_WORD.search(text[max(start, at - 30) : at])
        name = last.group().lower() if last else ""
        if stop.group()[0] == "." and not closed and following[0] not in MARKS + OPENERS:
            if name + "." in rules.words.get("abbreviation", {}) or _INITIALS.fullmatch(name):
                continue
            if name.isdigit() and following[0].isdigit():
                continue
            if _DEGREE.match(following) and _DEGREE.match(text, at - len(name)):
                continue
        yield Sentence(start, end, paragraph.number)
        blanks = _BLANKS.match(text, end, paragraph.end)
        start = blanks.end() if blanks is not None else end
    if start < paragraph.end:
        yield Sentence(start, paragraph.end, paragraph.number)


def _quoted(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Where the quotations of one paragraph open and close; one that lacks a mark is left out."""
    pairs = [
        (found.open[0], found.close[1])
        for found in quotations(text, start, end)
        if found.open is not None and found.close is not None
    ]
    return [opened for opened, _ in pairs], [closed for _, closed in pairs]
