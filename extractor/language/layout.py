"""How a release is laid out: title, dateline, paragraphs, sentences, credit line.

One pass over the text, used by every component; the last few layouts are kept, since all components
of a pipeline read the same text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.rulebook import RuleFile

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLOCK_END = re.compile(r"\n[ \t\xa0]*\r?\n")
OPENERS = "“‘„«"
CLOSERS = "”’»"
MARKS = '"“”„«»'
_STOP = re.compile(r"[.!?…]+[\"“”’'»)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[^\s(\[“”\"‘’']+\Z")
_MAX_TITLE = 300


@dataclass(frozen=True)
class Paragraph:
    """``text[start:end]`` without blanks round it; ``number`` counts body paragraphs from 1, title 0.

    ``kind`` is title, body, credit or furniture.
    """

    start: int
    end: int
    number: int
    kind: str
    rule: str = ""


@dataclass(frozen=True)
class Sentence:
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

    ``rules`` is ``rulebook["paragraphs"]``; ``title_end`` says where the title ends (0: there is none;
    None: tell it from the lead by its look).
    """
    spans = list(paragraph_spans(text))
    title = title_end if title_end is not None else title_length(text, spans, rules)
    paragraphs = []
    number = 0
    for start, end in spans:
        if end <= title:
            paragraphs.append(Paragraph(start, end, 0, "title"))
            continue
        number += 1
        kind, by = "body", ""
        for rule in rules.of_kind("credit", "furniture"):
            if rule.pattern is not None and rule.pattern.fullmatch(text[start:end]):
                kind, by = rule.kind, rule.id
                break
        paragraphs.append(Paragraph(start, end, number, kind, by))
    dateline = _dateline(text, paragraphs, rules)
    credit = _credit(text, paragraphs, rules)
    sentences = tuple(
        sentence for paragraph in paragraphs for sentence in _sentences(text, paragraph, rules)
    )
    return Layout(text, tuple(paragraphs), sentences, dateline, credit)


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each paragraph: a line, or a block of lines where the text is hard-wrapped."""
    pattern = _block_spans if hard_wrapped(text) else _line_spans
    for start, end in pattern(text):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        if stripped:
            yield start + left, start + left + len(stripped)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        yield match.span()


def _block_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BLOCK_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


@lru_cache(maxsize=8)
def hard_wrapped(text: str) -> bool:
    """Whether lines were broken at a fixed width: most are nearly as long as the longest, few end a
    sentence."""
    pairs = wrapped = 0
    lines = text.splitlines()
    longest = max(map(len, lines), default=0)
    if not 40 <= longest <= 120:
        return False
    for line, following in zip(lines, lines[1:], strict=False):
        if not line.strip() or not following.strip():
            continue
        pairs += 1
        ends = line.rstrip()[-1:] in '.!?:”")'
        wrapped += len(line) >= 0.6 * longest and not ends
    return pairs >= 3 and wrapped >= 0.6 * pairs


def title_length(text: str, spans: list[tuple[int, int]], rules: RuleFile) -> int:
    """Where the title ends, 0 where the text begins with its lead."""
    if len(spans) < 2:
        return 0
    start, end = spans[0]
    first = text[start:end]
    if len(first) > _MAX_TITLE or first[-1] in ".,;:":
        return 0
    if _matches(rules, "dateline", first):
        return 0
    return end


def _matches(rules: RuleFile, kind: str, piece: str) -> bool:
    return any(r.pattern is not None and r.pattern.match(piece) for r in rules.of_kind(kind))


def _dateline(
    text: str, paragraphs: list[Paragraph], rules: RuleFile
) -> tuple[int, int, str] | None:
    first = next((p for p in paragraphs if p.kind == "body"), None)
    if first is None:
        return None
    head = text[first.start : min(first.end, first.start + 160)]
    for rule in rules.of_kind("dateline"):
        if rule.pattern is not None and (found := rule.pattern.match(head)):
            return first.start, first.start + found.end(), rule.id
    return None


def _credit(text: str, paragraphs: list[Paragraph], rules: RuleFile) -> tuple[int, int, str] | None:
    """The credit line: the last paragraph of that kind, else one at the end of the last body line."""
    for paragraph in reversed(paragraphs):
        if paragraph.kind == "credit":
            return paragraph.start, paragraph.end, paragraph.rule
    for paragraph in reversed(paragraphs):
        if paragraph.kind != "body":
            continue
        tail_start = max(paragraph.start, paragraph.end - 120)
        tail = text[tail_start : paragraph.end]
        for rule in rules.of_kind("credit_tail"):
            if rule.pattern is not None and (found := rule.pattern.search(tail)):
                group = 1 if found.re.groups else 0
                return tail_start + found.start(group), tail_start + found.end(group), rule.id
        break
    return None


def _sentences(text: str, paragraph: Paragraph, rules: RuleFile) -> Iterator[Sentence]:
    """Sentences of one paragraph; a quotation and its tag are one sentence."""
    if paragraph.kind == "title":
        yield Sentence(paragraph.start, paragraph.end, paragraph.number)
        return
    abbreviations = rules.words.get("abbreviation", {})
    speech = rules.words.get("speech_verb", {})
    start = paragraph.start
    inside = _quoted(text, paragraph.start, paragraph.end)
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        at, end = stop.span()
        if end >= paragraph.end:
            break
        following = text[end : end + 40].lstrip()
        if not following or following[0].islower():
            continue
        if any(a < at and end < b for a, b in inside):
            continue
        closed = stop.group()[-1] in "\"”’'»"
        word = following.split()[0].strip(".,").lower()
        if closed and word in speech:
            continue
        last = _LAST_WORD.search(text[max(start, at - 30) : at])
        name = last.group().lower() if last else ""
        if stop.group()[0] == "." and not closed and following[0] not in MARKS + OPENERS:
            if name + "." in abbreviations or (len(name) == 1 and name.isalpha()):
                continue
            if name.isdigit() and following[0].isdigit():
                continue
        yield Sentence(start, end, paragraph.number)
        start = end + len(text[end : paragraph.end]) - len(text[end : paragraph.end].lstrip())
    if start < paragraph.end:
        yield Sentence(start, paragraph.end, paragraph.number)


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between quotation marks of one paragraph; none where the marks do not pair."""
    marks = [i for i in range(start, end) if text[i] in MARKS]
    if len(marks) % 2:
        return []
    return list(zip(marks[::2], marks[1::2], strict=True))
