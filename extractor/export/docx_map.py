"""Where the edits of a Word draft fall in its file: which characters, paragraphs and rows.

The file is walked exactly as it was read, so that an offset of the draft's text leads to its
element. An edit that the file cannot hold, such as one that takes out the border between two cells,
has no plan.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractor.errors import SourceError
from extractor.export.docx_tree import (
    POINTS,
    end_may_go,
    heavy,
    in_link,
    locked,
    outermost_row,
    paragraph_of,
    position,
    said,
)
from extractor.messages import _
from extractor.record import Edit
from extractor.sources import Draft
from extractor.sources.docx import story_parts, title_styles
from extractor.sources.docx_package import UNPACKED, document_part, opened, read_part
from extractor.sources.docx_story import (
    Line,
    Piece,
    Story,
    Tracked,
    local,
    text_of,
    units_of,
)
from extractor.sources.files import size_limit

_SEPARATOR = 2


@dataclass(frozen=True)
class Cut:
    """Characters of one element that go."""

    node: etree._Element
    start: int
    end: int


@dataclass
class Plan:
    """What one edit does to the file, in the order of the text.

    ``cuts`` are characters that go; ``paragraphs`` go whole, as ``rows`` do; ``marks`` are
    paragraphs whose end goes; ``text`` is put after the first cuts, or else beside ``anchor``.
    """

    edit: Edit
    cuts: list[Cut] = field(default_factory=list)
    paragraphs: list[etree._Element] = field(default_factory=list)
    rows: list[etree._Element] = field(default_factory=list)
    marks: list[etree._Element] = field(default_factory=list)
    text: str = ""
    anchor: Cut | None = None
    before_anchor: bool = False


@dataclass(frozen=True)
class _Row:
    """A line of the text: offsets of its characters, and its pieces by number."""

    start: int
    end: int
    first: int
    last: int


class WordFile:
    """A Word draft whole in memory: ``document`` names the part with its body, ``trees`` holds the
    parts that were read. Raises SourceError where the file does not read as the draft did."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.trees: dict[str, etree._Element] = {}
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._lines: list[_Row] = []
        most = size_limit() * UNPACKED
        with opened(draft.raw, draft.path) as package:
            self.document = document_part(package, draft.path)
            titles = title_styles(package, self.document, draft.path)
            for label, name in story_parts(package, self.document, draft.parts, draft.path):
                self.trees[name] = root = read_part(package, name, draft.path, most)
                story = Story("accept", frozenset() if label else titles)
                for line in story.read(units_of(root)):
                    self._take(line)
        if draft.tracked != "accept" or self._text() != draft.text:
            said = _("a Word file is written from the reading with tracked changes accepted")
            raise SourceError(draft.path, said)

    def plans(self, edits: Iterable[Edit]) -> tuple[list[Plan], tuple[Edit, ...]]:
        """(plans in the order of the text, edits that the file cannot hold)."""
        found = [(edit, self.plan(edit)) for edit in sorted(edits, key=lambda e: (e.start, e.end))]
        refused = tuple(edit for edit, plan in found if plan is None)
        return [plan for _edit, plan in found if plan is not None], refused

    def lines(self, tracked: Tracked) -> list[str]:
        """What the parts say now, line by line, with all tracked changes accepted or rejected."""
        return [
            text_of(line)
            for root in self.trees.values()
            for line in Story(tracked).read(units_of(root))
        ]

    def plan(self, edit: Edit) -> Plan | None:
        """What this edit does to the file; None where the file cannot hold it."""
        start, end, text = self._trimmed(edit)
        plan = Plan(edit, text=text)
        if start == end:
            return self._insertion(plan, start) if text else plan
        lines = self._overlapping(start, end)
        whole = [not text and start <= line.start and line.end <= end for line in lines]
        for line, all_of_it in zip(lines, whole, strict=True):
            fits = self._take_out(plan, line) if all_of_it else self._cut(plan, line, start, end)
            if not fits:
                return None
        if not self._join(plan, start, end, lines, whole):
            return None
        if text and not plan.cuts:
            return self._insertion(plan, start)
        return plan

    def _take(self, line: Line) -> None:
        at = self._lines[-1].end + _SEPARATOR if self._lines else 0
        start, first = at, len(self._pieces)
        for piece in line:
            self._pieces.append(piece)
            self._starts.append(at)
            at += len(piece.text)
        self._lines.append(_Row(start, at, first, len(self._pieces)))

    def _text(self) -> str:
        return "\n\n".join(
            "".join(piece.text for piece in self._pieces[line.first : line.last])
            for line in self._lines
        )

    def _trimmed(self, edit: Edit) -> tuple[int, int, str]:
        """An edit without the characters that stay the same at its ends."""
        start, end, text = edit.start, edit.end, edit.replacement
        draft = self.draft.text
        while text and start < end and draft[start] == text[0]:
            start, text = start + 1, text[1:]
        while text and start < end and draft[end - 1] == text[-1]:
            end, text = end - 1, text[:-1]
        return start, end, text

    def _overlapping(self, start: int, end: int) -> list[_Row]:
        first = bisect_right(self._lines, start, key=lambda line: line.start) - 1
        last = bisect_left(self._lines, end, key=lambda line: line.start)
        return [line for line in self._lines[max(first, 0) : last] if line.end > start]

    def _cut(self, plan: Plan, line: _Row, start: int, end: int) -> bool:
        """Characters out of a line that stays."""
        for number in range(line.first, line.last):
            piece, at = self._pieces[number], self._starts[number]
            left, right = max(start, at), min(end, at + len(piece.text))
            if left >= right:
                continue
            if piece.node is None or locked(piece.node):
                return False
            shift = piece.start - at
            last = right + shift
            if right == at + len(piece.text) and number + 1 < line.last:
                # in a title one blank stands for all there are
                following = self._pieces[number + 1]
                last = following.start if following.node is piece.node else last
            plan.cuts.append(Cut(piece.node, left + shift, last))
        return True

    def _take_out(self, plan: Plan, line: _Row) -> bool:
        """A line that goes whole: its row where that has no other, else its paragraphs."""
        nodes = [p.node for p in self._pieces[line.first : line.last] if p.node is not None]
        if any(locked(node) for node in nodes):
            return False
        row = outermost_row(nodes[0])
        if row is not None and self._fills(row, line) and not heavy(row):
            plan.rows.append(row)
            return True
        for paragraph in dict.fromkeys(paragraph_of(node) for node in nodes):
            plan.paragraphs.append(paragraph)
            if row is None and end_may_go(paragraph) and not heavy(paragraph):
                plan.marks.append(paragraph)
        return True

    def _fills(self, row: etree._Element, line: _Row) -> bool:
        """Whether a row holds this line alone."""
        beside = (line.first - 1, line.last)
        for number in beside:
            if 0 <= number < len(self._pieces):
                node = self._pieces[number].node
                if node is not None and outermost_row(node) is row:
                    return False
        return True

    def _join(self, plan: Plan, start: int, end: int, lines: list[_Row], whole: list[bool]) -> bool:
        """The ends of lines that the edit covers; False where one cannot go."""
        gone = {line.first for line, all_of_it in zip(lines, whole, strict=True) if all_of_it}
        covered: list[tuple[_Row, _Row]] = []
        # from the first line whose end, with the two signs that stand for it, reaches behind start
        first = bisect_right(self._lines, start - _SEPARATOR, key=lambda line: line.end)
        for number in range(first, len(self._lines) - 1):
            left, right = self._lines[number], self._lines[number + 1]
            if left.end >= end:
                break
            if start > left.end or end < right.start:
                # one of the two signs that stand for the end of a line cannot go alone
                return False
            covered.append((left, right))
        # with as many ends as lines the rest stays apart; with one more its two halves join
        joins = len(covered) > len(gone)
        for left, right in covered:
            between = self._between(left, right)
            if not joins:
                plan.marks += [p for p in between or () if end_may_go(p) and not heavy(p)]
                continue
            last = self._last_paragraph(left)
            if between is None or any(heavy(paragraph) for paragraph in between):
                return False
            edges = (self._pieces[left.last - 1].node, self._pieces[right.first].node)
            if any(node is None or locked(node) for node in edges):
                return False
            if left.first in gone and heavy(last):
                return False
            if not all(end_may_go(paragraph) for paragraph in (last, *between)):
                return False
            plan.marks += [last, *between]
            plan.cuts += self._blanks_between(left, right)
        plan.cuts.sort(key=lambda cut: (position(cut.node), cut.start))
        return True

    def _blanks_between(self, left: _Row, right: _Row) -> Iterator[Cut]:
        """The blanks at the edges of two lines, which reading passes over."""
        last, first = self._pieces[left.last - 1], self._pieces[right.first]
        for piece, behind in ((last, True), (first, False)):
            assert piece.node is not None, "a line begins and ends with text"
            nodes = list(said(paragraph_of(piece.node)))
            place = nodes.index(piece.node)
            end = piece.start + len(piece.text)
            if behind and end < len(piece.node.text or ""):
                yield Cut(piece.node, end, len(piece.node.text or ""))
            elif not behind and piece.start > 0:
                yield Cut(piece.node, 0, piece.start)
            for node in nodes[place + 1 :] if behind else nodes[:place]:
                yield Cut(node, 0, len(node.text or "") or 1)

    def _last_paragraph(self, line: _Row) -> etree._Element:
        node = self._pieces[line.last - 1].node
        assert node is not None, "a line ends with text"
        return paragraph_of(node)

    def _between(self, left: _Row, right: _Row) -> list[etree._Element] | None:
        """The empty paragraphs between two lines; None where they do not follow each other."""
        last = self._last_paragraph(left)
        node = self._pieces[right.first].node
        assert node is not None, "a line begins with text"
        target = paragraph_of(node)
        found: list[etree._Element] = []
        for following in last.itersiblings():
            if following is target:
                return found
            if local(following) == "p":
                found.append(following)
            elif local(following) not in POINTS:
                break
        return None

    def _insertion(self, plan: Plan, at: int) -> Plan | None:
        """Text beside a character: the one before it in the same line, else the one after it."""
        number = bisect_right(self._lines, at, key=lambda line: line.start) - 1
        line = self._lines[number]
        if at > line.end:
            return None
        place = bisect_right(self._starts, at) - 1
        choices = []
        if at > line.start:
            before = place if self._starts[place] < at else place - 1
            choices.append((before, at - 1, False))
        if at < line.end:
            choices.append((place, at, True))
        # text put at the edge of a link does not belong to the link
        choices.sort(key=lambda choice: in_link(self._pieces[choice[0]].node))
        for number, offset, ahead in choices:
            piece = self._pieces[number]
            if piece.node is not None and not locked(piece.node):
                here = offset - self._starts[number] + piece.start
                plan.anchor = Cut(piece.node, here, here + 1)
                plan.before_anchor = ahead
                return plan
        return None
