"""Repeated paragraphs inside one draft: which say again what others say, and which is kept.

Exact copies are met by look-up, near ones by the pairs of words they share with earlier paragraphs,
so the cost grows with the draft and not with its square. Similar is not the same: see
:mod:`extractor.editing.facts`. Short lines, list items and credits are left alone unless they stand
in a repeated block.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.editing.comparison import Match, comparer
from extractor.editing.lookup import Lookup
from extractor.editing.passages import passages
from extractor.language.layout import Layout, Sentence
from extractor.language.paragraphs import Paragraph
from extractor.messages import _
from extractor.rulebook import RuleFile


def percent(similarity: float) -> str:
    """A likeness in whole per cent; 100 % is kept for what is the same."""
    return f"{int(round(similarity * 100, 6))}%"


@dataclass(frozen=True)
class Repeat:
    """``paragraph`` says again what ``kept`` says, or what ``kept`` and ``also`` say together.

    ``repairs``: ``kept`` is damaged and takes the words of ``paragraph``.
    """

    paragraph: Paragraph
    kept: Paragraph
    similarity: float
    rule: str
    reason: str
    also: tuple[Paragraph, ...] = ()
    repairs: bool = False


@dataclass(frozen=True)
class Pair:
    """For a person to look at: ``start`` to ``end`` of ``paragraph`` is like words of ``other``."""

    paragraph: Paragraph
    other: Paragraph
    start: int
    end: int
    similarity: float
    rule: str
    reason: str


@dataclass(frozen=True)
class Repeats:
    """All repeats of a draft in order; ``conflicts``, paragraphs alike but for their facts; and
    ``sentences`` that stay, though another paragraph has them too."""

    repeats: tuple[Repeat, ...]
    conflicts: tuple[Pair, ...]
    sentences: tuple[Pair, ...]


def find_repeats(layout: Layout, rules: RuleFile) -> list[Repeat]:
    """The repeats of a draft, in order. ``rules`` is ``rulebook["repeats"]``."""
    return list(_Search(layout, rules).run(sentences=False).repeats)


def compare_paragraphs(layout: Layout, rules: RuleFile) -> Repeats:
    """Repeats and conflicting pairs of a draft; ``rules`` is ``rulebook["repeats"]``."""
    return _Search(layout, rules).run()


@dataclass
class _Search:
    layout: Layout
    rules: RuleFile
    found: dict[int, tuple[Match, tuple[int, ...]]] = field(default_factory=dict)
    conflicts: list[tuple[int, int, Match]] = field(default_factory=list)

    def run(self, sentences: bool = True) -> Repeats:
        text = self.layout.text
        self.comparer = comparer(self.rules)
        compared = [p for p in self.layout.paragraphs if p.kind != "furniture"]
        self.lines = self.comparer.lines(text, compared)
        self.on = {rule.id for rule in self.rules.rules}
        self._title_again()
        self._same()
        self._near()
        self._blocks()
        return Repeats(
            tuple(self._repeat(index) for index in sorted(self.found)),
            tuple(self._conflict(*pair) for pair in self.conflicts),
            tuple(self._sentences_again()) if sentences else (),
        )

    def _title_again(self) -> None:
        """The title printed once more before the lead."""
        if len(self.lines) < 3 or self.lines[0].paragraph.kind != "title":
            return
        for index in (1, 2):
            match = self.comparer.title_again(self.lines[0], self.lines[index])
            if match is not None and match.rule in self.on:
                self.found[index] = (match, (0,))
                break

    def _same(self) -> None:
        """Copies that differ in nothing, or in blanks and marks only."""
        first: dict[bytes, int] = {}
        for index, line in enumerate(self.lines):
            if not line.row:
                continue
            kept = first.setdefault(line.row, index)
            if kept == index or index in self.found or not line.long:
                continue
            match = self.comparer.same(self.lines[kept], line)
            if match.rule in self.on:
                self.found[index] = (match, (kept,))

    def _near(self) -> None:
        """Copies with slips and changed words, cut, split or merged."""
        rows = [
            line.row if line.comparable and (line.long or line.cuttable) else b""
            for line in self.lines
        ]
        names = passages(self.layout.text).names
        lookup = Lookup(rows, names, self.comparer.common, self.comparer.candidates)
        last = self._last_body()
        for index, line in enumerate(self.lines):
            if index in self.found or not line.comparable:
                continue
            cut = index == last or (index - 1) in self.found
            if line.long or (cut and line.cuttable):
                near, share = lookup.near(index)
                if near:
                    self._place(index, near, share, cut)
            if (line.long or line.broken) and index not in self.found:
                lookup.add(index)

    def _place(self, index: int, near: list[int], share: float, cut: bool) -> None:
        line = self.lines[index]
        fuller: list[tuple[int, Match]] = []
        doubtful: tuple[int, Match] | None = None
        for other in near:
            if other in self.found:
                continue
            match = self.comparer.compare(self.lines[other], line, cut)
            if match is None or match.rule not in self.on:
                continue
            if match.conflict:
                doubtful = doubtful or (other, match)
            elif match.earlier_goes:
                fuller.append((other, match))
            else:
                self.found[index] = (match, (other,))
                return
        kept = [other for other in near if other not in self.found and self.lines[other].long]
        merged = None
        if (
            share >= self.comparer.met and self.lines[index].long
        ):  # a short last line may be a signature
            merged = self.comparer.merged([self.lines[other] for other in kept], line)
        if merged is not None and merged[0].rule in self.on:
            self.found[index] = (merged[0], tuple(kept[place] for place in merged[1]))
            return
        for other, match in fuller:
            self.found[other] = (match, (index,))
        if doubtful is not None:
            self.conflicts.append((index, *doubtful))

    def _blocks(self) -> None:
        """Short lines, list items and credits between paragraphs that repeat as a block."""
        if "repeats.block" not in self.on or not self.found:
            return
        places: dict[bytes, list[int]] = {}
        for index, line in enumerate(self.lines):
            if line.row:
                places.setdefault(line.row, []).append(index)
        for step, order in ((-1, range(len(self.lines))), (1, range(len(self.lines) - 1, -1, -1))):
            for index in order:
                line = self.lines[index]
                beside = self.found.get(index + step)
                if index in self.found or beside is None or not line.row:
                    continue
                wanted = beside[1][-1 if step < 0 else 0] - step
                options = [p for p in places[line.row] if p < index and p not in self.found]
                # The credit may stand on either side of the block's beginning.
                if wanted in options or (line.paragraph.kind == "credit" and options):
                    kept = wanted if wanted in options else options[0]
                    self.found[index] = (self.comparer.in_block(self.lines[kept], line), (kept,))

    def _last_body(self) -> int:
        bodies = [i for i, line in enumerate(self.lines) if line.paragraph.kind == "body"]
        return bodies[-1] if bodies else -1

    def _kept(self, index: int) -> int:
        """The paragraph that stays, where what was kept turned out to be a repeat itself."""
        seen = set()
        while index in self.found and index not in seen:
            seen.add(index)
            index = self.found[index][1][0]
        return index

    def _repeat(self, index: int) -> Repeat:
        match, others = self.found[index]
        kept = [self.lines[self._kept(other)].paragraph for other in others]
        reason = match.reason.format(which=_which(kept[0]), percent=percent(match.similarity))
        return Repeat(
            self.lines[index].paragraph,
            kept[0],
            match.similarity,
            match.rule,
            reason,
            tuple(dict.fromkeys(p for p in kept[1:] if p != kept[0])),
        )

    def _conflict(self, index: int, other: int, match: Match) -> Pair:
        kept = self.lines[other].paragraph
        reason = match.reason.format(
            which=_which(kept), percent=percent(match.similarity), facts=match.facts
        )
        line = self.lines[index].paragraph
        return Pair(line, kept, line.start, line.end, match.similarity, match.rule, reason)

    def _sentences_again(self) -> Iterator[Pair]:
        """Sentences of paragraphs that stay, word for word the same in two of them."""
        if "repeats.sentence" not in self.on:
            return
        gone = {self.lines[index].paragraph.start for index in self.found}
        homes = [p for p in self.layout.paragraphs if p.kind == "body" and p.start not in gone]
        starts = [home.start for home in homes]
        homed: list[tuple[Sentence, Paragraph]] = []
        for sentence in self.layout.sentences:
            place = bisect_right(starts, sentence.start) - 1
            long = sentence.end - sentence.start >= self.comparer.shortest
            if long and place >= 0 and sentence.end <= homes[place].end:
                homed.append((sentence, homes[place]))
        spans = [(sentence.start, sentence.end) for sentence, _home in homed]
        said = passages(self.layout.text).rows(spans)
        first: dict[bytes, Paragraph] = {}
        for (sentence, home), row in zip(homed, said, strict=True):
            other = first.setdefault(row, home)
            if row and other is not home:
                reason = _("this sentence stands in {which} too")
                yield Pair(
                    home,
                    other,
                    sentence.start,
                    sentence.end,
                    1.0,
                    "repeats.sentence",
                    reason.format(which=_which(other)),
                )


def _which(paragraph: Paragraph) -> str:
    """A paragraph by its number, which counts from 1 behind the title."""
    if not paragraph.number:
        return _("the title")
    return _("paragraph {number}").format(number=paragraph.number)
