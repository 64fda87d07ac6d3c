"""Two paragraphs side by side: the same, nearly the same, one inside the other, or in conflict."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from extractor.editing.facts import Difference, Facts, Token, ordinary_words
from extractor.editing.passages import count_of, passages
from extractor.language.paragraphs import Paragraph
from extractor.messages import _
from extractor.rulebook import RuleFile

_ITEM = re.compile(r"(?:\d{1,3}\s*[.)]|[A-Za-z]\s*[.)]|[^\w\s“”\"'‘’(\[#@…]+)\s")
# Letters by which _in_common may err: likeness is rounded, the longest lines have 20,000.
_SLACK = 4
_STOPPED = re.compile(r"[.!?][\"”’'»)\]]*\s*\Z")


@dataclass(frozen=True)
class _Reading:
    """What reads the rows and passages of one draft."""

    words: Callable[[bytes], tuple[str, ...]]
    tokens: Callable[[str], tuple[Token, ...]]


@dataclass(eq=False)  # a draft has thousands: frozen ones are slow to make
class Line:
    """A paragraph made ready for comparison."""

    paragraph: Paragraph
    raw: str
    row: bytes
    long: bool
    cuttable: bool
    comparable: bool
    draft: _Reading = field(repr=False)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, folded for comparison."""
        return self.draft.words(self.row)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words with what is told of them; read only where two lines are close."""
        return self.draft.tokens(self.raw)

    @cached_property
    def key(self) -> str:
        """The words in a row, for measuring how alike two lines are."""
        return " ".join(self.words)

    @cached_property
    def pairs(self) -> dict[tuple[str, str], int]:
        """Where each pair of words first stands."""
        return _first_places(self.words)

    @cached_property
    def stopped(self) -> bool:
        """Whether it ends as a sentence ends."""
        return _STOPPED.search(self.raw) is not None

    @property
    def broken(self) -> bool:
        """Whether it may be a copy that was broken off, the whole of which comes later."""
        return self.cuttable and self.comparable and not self.stopped and count_of(self.row) > 3


@dataclass(frozen=True)
class Match:
    """What two paragraphs are to each other; ``reason`` has places for which, percent, facts."""

    rule: str
    similarity: float
    reason: str
    conflict: bool = False
    earlier_goes: bool = False
    facts: str = ""


@lru_cache(maxsize=8)
def comparer(rules: RuleFile) -> "Comparer":
    """The comparer of ``rulebook["repeats"]``, made once."""
    return Comparer(rules)


class Comparer:
    """Compares paragraphs with the thresholds and word lists of ``rulebook["repeats"]``."""

    def __init__(self, rules: RuleFile) -> None:
        self._facts = Facts(rules)
        settings = rules.settings
        self.shortest = int(settings["shortest"])
        self._shortest_cut = int(settings["shortest_cut"])
        self._shortest_title = int(settings["shortest_title"])
        self._longest = int(settings["longest"])
        self._near = settings["near"]
        self._inside = settings["inside"]
        # A stretch so much like a line has this share of its letters in common with it, in order.
        least = min(self._inside, settings["whole"])
        self._least = least / (2 - least)
        self._alone = int(settings["alone"])
        self._merged = settings["merged"]
        self._whole = settings["whole"]
        self.met = settings["met"]
        self.common = int(settings["common"])
        self.candidates = int(settings["candidates"])
        self._joining = frozenset(rules.words["joining"])

    def lines(self, draft: str, paragraphs: Sequence[Paragraph]) -> list[Line]:
        """Paragraphs of a draft made ready."""
        said = passages(draft)
        reading = _Reading(said.words, lambda raw: self._facts.tokens(raw, ordinary_words(draft)))
        found = []
        rows = said.rows([(p.start, p.end) for p in paragraphs])
        for paragraph, row in zip(paragraphs, rows, strict=True):
            raw = draft[paragraph.start : paragraph.end]
            plain = paragraph.kind in ("body", "title") and _ITEM.match(raw) is None
            long = plain and len(raw) >= self.shortest
            cuttable = plain and len(raw) >= self._shortest_cut
            comparable = len(raw) <= self._longest and paragraph.kind == "body"
            found.append(Line(paragraph, raw, row, long, cuttable, comparable, reading))
        return found

    def same(self, kept: Line, line: Line) -> Match:
        """The match of two lines of the same words."""
        if kept.raw == line.raw:
            return Match("repeats.exact", 1.0, _("the same as {which}"))
        return Match(
            "repeats.folded",
            _ratio(kept.raw, line.raw),
            _("the same as {which} but for blanks and marks"),
        )

    def in_block(self, kept: Line, line: Line) -> Match:
        """The match of a short line within a repeated block."""
        similarity = _ratio(kept.raw, line.raw)
        return Match("repeats.block", similarity, _("stands in a repeated block, as {which}"))

    def title_again(self, title: Line, line: Line) -> Match | None:
        """The title printed twice."""
        if line.paragraph.kind == "furniture" or len(line.raw) < self._shortest_title:
            return None
        similarity = _ratio(title.key, line.key)
        if similarity < self._near or (line.words != title.words and line.stopped):
            return None
        difference = self._facts.difference(title.tokens, line.tokens)
        if difference.conflict or difference.longest_other >= self._alone:
            return None
        return Match("repeats.title", similarity, _("the title again"))

    def compare(self, kept: Line, line: Line, cut: bool) -> Match | None:
        """What ``line`` is to an earlier one; ``cut`` where it may be a copy broken off."""
        similarity = _ratio(kept.key, line.key)
        common = _in_common(similarity, kept, line)
        damaged = common >= self._least * len(kept.key)
        if not kept.long:  # a short line is no more than a copy that was broken off
            within = damaged and line.long and len(kept.words) < len(line.words)
            return self._damaged(kept, line) if within else None
        shorter = len(line.words) < len(kept.words)
        within = shorter and common >= self._least * len(line.key)
        if cut and within and not line.stopped:
            broken = self._within(kept, line, cut)
            if broken is not None and not broken.conflict:
                return broken
        if similarity >= self._near and line.long:
            return self._near_copy(kept, line, similarity)
        if shorter:
            return self._within(kept, line, cut) if within else None
        if not damaged:
            return None
        most = 2 * len(kept.words) >= len(line.words) and kept.paragraph.number > 1
        if line.stopped and (most or not kept.stopped):
            return self._damaged(kept, line)
        return None

    def merged(self, kept: Sequence[Line], line: Line) -> tuple[Match, list[int]] | None:
        """A line put together from earlier ones: (match, places in ``kept``)."""
        gaps = [(0, len(line.words))]
        used: list[int] = []
        for place, other in enumerate(kept):
            common = _in_common(_ratio(other.key, line.key), other, line)
            rest = []
            for start, end in gaps:
                covered = self._cover(other, line, start, end, common)
                if covered is None:
                    rest.append((start, end))
                    continue
                used.append(place)
                rest += [(start, covered[0]), (covered[1], end)]
            gaps = [(a, b) for a, b in rest if b > a]
        if not used:
            return None
        open_words = sum(b - a for a, b in gaps)
        share = 1 - open_words / len(line.words)
        loose = any(b - a >= self._alone or self._facts.of(line.tokens[a:b]) for a, b in gaps)
        if share < self._merged or loose:
            return None
        match = Match("repeats.merged", share, _("put together from {which} and others"))
        return match, list(dict.fromkeys(used))

    def _near_copy(self, kept: Line, line: Line, similarity: float) -> Match | None:
        difference = self._facts.difference(kept.tokens, line.tokens)
        if difference.conflict:
            return _conflict(difference, similarity)
        mine, theirs = difference.longest_other, difference.longest_one
        if mine >= self._alone and theirs >= self._alone:
            return None
        broken = line.stopped and not kept.stopped and len(line.words) > len(kept.words)
        fuller = (
            mine >= self._alone
            or (broken and mine > theirs)
            or (difference.only_other and len(line.raw) > len(kept.raw) and mine > theirs)
        )
        if fuller:
            reason = _("{percent} the same as {which}, which is fuller")
            return Match("repeats.near", similarity, reason, earlier_goes=True)
        reason = _("{percent} the same as {which}, which stands first")
        return Match("repeats.near", similarity, reason)

    def _within(self, kept: Line, line: Line, cut: bool) -> Match | None:
        """A line that says a part of an earlier one: cut off, or one of two halves."""
        window = _window(kept.pairs, len(kept.words), line.words)
        if window is None:
            return None
        start, end = window
        similarity = _ratio(" ".join(kept.words[start:end]), line.key)
        broken = cut and start <= 1 and line.cuttable and not line.stopped
        if similarity < self._inside or not (broken or line.long):
            return None
        tail = 1 if broken and len(line.words) > 3 else 0  # the last word may be cut in two
        difference = self._facts.difference(
            kept.tokens[start : end - tail], line.tokens[: len(line.tokens) - tail]
        )
        if difference.conflict:
            return _conflict(difference, similarity)
        if difference.only_other or difference.longest_other >= self._alone:
            return None
        if broken:
            reason = _("the beginning of {which}, broken off")
            return Match("repeats.truncated", similarity, reason)
        return Match("repeats.part", similarity, _("stands whole in {which}"))

    def _damaged(self, kept: Line, line: Line) -> Match | None:
        """An earlier copy that says only the beginning of the later one."""
        window = _window(line.pairs, len(line.words), kept.words)
        if window is None or window[0] > 1:
            return None
        start, end = window
        similarity = _ratio(" ".join(line.words[start:end]), kept.key)
        if similarity < (self._inside if not kept.stopped else self._whole):
            return None
        whole = line.words[end - 1]  # a short line that ends with a word may be a heading
        last = kept.words[-1]
        inside_word = whole != last and whole.startswith(last)
        if not kept.long and not inside_word and last not in self._joining:
            return None
        difference = self._facts.difference(
            line.tokens[start : end - 1], kept.tokens[: len(kept.tokens) - 1]
        )
        if difference.conflict or difference.only_other:
            return None
        reason = _("the beginning of {which}, which is whole")
        return Match("repeats.truncated", similarity, reason, earlier_goes=True)

    def _cover(
        self, other: Line, line: Line, start: int, end: int, common: float
    ) -> tuple[int, int] | None:
        """The stretch of ``line`` between two words that ``other`` says too; both lines have no
        more than ``common`` letters in common."""
        if end - start < 4:
            return None
        part = line.words[start:end]
        letters = sum(map(len, part)) + len(part) - 1
        if common < self._least * min(len(other.key), letters):
            return None
        if len(other.words) <= len(part):
            pairs = line.pairs if len(part) == len(line.words) else _first_places(part)
            window = _window(pairs, len(part), other.words)
            if window is None:
                return None
            a, b = start + window[0], start + window[1]
            mine, theirs = line.tokens[a:b], other.tokens
        else:
            window = _window(other.pairs, len(other.words), part)
            if window is None:
                return None
            a, b = start, end
            mine, theirs = line.tokens[a:b], other.tokens[window[0] : window[1]]
        one, two = (" ".join([t.word for t in side]) for side in (theirs, mine))
        if _ratio(one, two) < self._inside:
            return None
        difference = self._facts.difference(theirs, mine)
        if difference.conflict or difference.only_other:
            return None
        return (a, b) if difference.longest_other < self._alone else None


def _conflict(difference: Difference, similarity: float) -> Match:
    facts = sorted({f.value for f in difference.only_one | difference.only_other})
    return Match(
        "repeats.conflict",
        similarity,
        _("{percent} the same as {which}, but the facts differ: {facts}"),
        conflict=True,
        facts=", ".join(facts[:6]) or "-",
    )


def _ratio(one: str, other: str) -> float:
    return round(fuzz.ratio(one, other) / 100, 4)


def _in_common(similarity: float, one: Line, other: Line) -> float:
    """The letters two lines so much alike have in common, in order, at most: what their ratio,
    the normalized Indel similarity, tells of their longest common subsequence."""
    return similarity * (len(one.key) + len(other.key)) / 2 + _SLACK


def _first_places(words: Sequence[str]) -> dict[tuple[str, str], int]:
    """Each pair of words with the place where it first stands."""
    last = len(words) - 2
    return dict(zip(reversed(list(pairwise(words))), range(last, -1, -1), strict=True))


def _window(
    pairs: Mapping[tuple[str, str], int], length: int, part: Sequence[str]
) -> tuple[int, int] | None:
    """Where ``part`` would lie in a whole of so many words, by the pairs of words both have."""
    shared = [(here, pairs[pair]) for here, pair in enumerate(pairwise(part)) if pair in pairs]
    if not shared:
        return None
    shifts = [there - here for here, there in shared]
    shift = shifts[0]
    if shifts.count(shift) != len(shifts):
        shift = Counter(shifts).most_common(1)[0][0]
    reach = 3 + len(part) // 10
    close = [(here, there) for here, there in shared if abs(there - here - shift) <= reach]
    (first, start), (last, end) = close[0], close[-1]
    return max(0, start - first), min(length, end + len(part) - last)
