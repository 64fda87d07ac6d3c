"""The body paragraphs of a release with their direct speech, and what of it crosses their ends."""

from dataclasses import dataclass, replace

from extractor.language.layout import Layout, Sentence
from extractor.language.paragraphs import Paragraph
from extractor.language.quotes.direct import Direct, DirectSpeech
from extractor.language.quotes.speakers import Reading
from extractor.language.quotes.speech_verbs import SpeechVerbs

# A mark at the head of a paragraph, with a blank behind it.
_MARK = 3


@dataclass(slots=True)
class Block:
    """A body paragraph, its sentences and its direct speech."""

    start: int
    end: int
    sentences: list[tuple[int, int]]
    directs: list[Direct]


class Blocks:
    """Reads the paragraphs one by one; ``direct`` finds the speech of each."""

    def __init__(self, direct: DirectSpeech, verbs: SpeechVerbs) -> None:
        self._direct = direct
        self._verbs = verbs

    def read(self, reading: Reading) -> list[Block]:
        """The blocks in text order: a paragraph each, or those that share a quotation or a tag."""
        layout = reading.layout
        by_paragraph: dict[int, list[Sentence]] = {}
        for sentence in layout.sentences:
            by_paragraph.setdefault(sentence.paragraph, []).append(sentence)
        blocks: list[Block] = []
        for paragraph in layout.paragraphs:
            if paragraph.kind != "body":
                continue
            start, end = _bounds(paragraph, layout)
            if start >= end:
                continue
            sentences = [
                (max(s.start, start), min(s.end, end))
                for s in by_paragraph.get(paragraph.number, ())
                if s.end > start and s.start < end
            ]
            if blocks and self._goes_on(reading, blocks[-1], start):
                before = blocks.pop()
                last = before.sentences.pop() if before.sentences else (before.start, before.end)
                first = sentences.pop(0)[1] if sentences else end
                start, sentences = before.start, [*before.sentences, (last[0], first), *sentences]
            directs = self._direct.read(reading, start, end)
            if blocks and directs and _carried_on(reading.text, blocks[-1], start, directs[0]):
                before = blocks[-1]
                before.directs[-1] = _joined(before.directs[-1], directs[0])
                before.directs += directs[1:]
                before.sentences += sentences
                before.end = end
                continue
            if blocks and directs and _closes_only(reading.text, blocks[-1], directs[0]):
                directs[0].start = start
            blocks.append(Block(start, end, sentences, directs))
        return blocks

    def _goes_on(self, reading: Reading, before: Block, start: int) -> bool:
        """Whether a paragraph is the tag of a quotation that ends the one before: ujar X."""
        if not before.directs or before.directs[-1].tag is not None:
            return False
        text = reading.text
        if not text[start].islower() or text[before.directs[-1].outer_end : start].strip(" ,\n"):
            return False
        word = next(iter(reading.words_in(start, start + 24, 1)), None)
        form = self._verbs.form(word.lower) if word is not None else None
        return form is not None and form.voice in ("bare", "owned")


def _carried_on(text: str, before: Block, start: int, first: Direct) -> bool:
    """Whether a paragraph carries on the quotation that the one before it left open: as it is
    printed, each paragraph opens with a mark and the last alone closes. An unclosed mark before
    any other paragraph is a slip, and its quotation ends there."""
    if not before.directs:
        return False
    left = before.directs[-1]
    open_left = left.repaired and not text[left.end : before.end].strip()
    tagged_twice = left.tag is not None and first.tag is not None
    return open_left and not tagged_twice and 0 < first.start - start <= _MARK


def _closes_only(text: str, before: Block, first: Direct) -> bool:
    """Whether a paragraph closes, without a mark of its own at its head, the quotation that the one
    before it left open: all of it up to the mark is speech."""
    if not before.directs or not first.repaired or first.outer_end <= first.end:
        return False
    left = before.directs[-1]
    unclosed = left.repaired and left.outer_end == left.end and left.tag is None
    return unclosed and not text[left.end : before.end].strip()


def _joined(left: Direct, rest: Direct) -> Direct:
    """One quotation of two paragraphs; the marks between them stay among its words."""
    tagged = rest if left.tag is None else left
    return replace(
        tagged,
        start=left.start,
        end=rest.end,
        outer_end=rest.outer_end,
        repaired=rest.repaired,
    )


def _bounds(paragraph: Paragraph, layout: Layout) -> tuple[int, int]:
    """A paragraph without its dateline and the credit at its end."""
    start, end = paragraph.start, paragraph.end
    if layout.dateline is not None and layout.dateline[0] <= start < layout.dateline[1]:
        start = min(end, layout.dateline[1])
    if layout.credit is not None and start < layout.credit[0] < end:
        end = layout.credit[0]
    return start, end
