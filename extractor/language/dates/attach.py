"""Times of day and the dates they belong to: in the same sentence, or on the line before."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from extractor.language.dates.marks import Mark, blank_value
from extractor.language.dates.times import Clock
from extractor.language.dates.tokens import Tokens
from extractor.language.layout import Layout
from extractor.rulebook import Rule

_REACH = 300
_LABEL = 16


class Attachment:
    """Gives the times of one text to its dates."""

    def __init__(self, tokens: Tokens, layout: Layout, marks: list[Mark]) -> None:
        self._tokens = tokens
        self._marks = marks
        self._dates = [m for m in marks if m.timed]
        self._places = [m.start for m in self._dates]
        self._sentences = [s.start for s in layout.sentences]
        self._paragraphs = [p.start for p in layout.paragraphs]
        self._by_sentence: dict[int, list[Mark]] = {}
        for mark in self._dates:
            sentence = bisect_right(self._sentences, mark.start)
            self._by_sentence.setdefault(sentence, []).append(mark)

    def attach(self, clocks: Iterable[Clock], rules: Mapping[str, Rule]) -> list[Mark]:
        """Write each time into the date beside it; times without one are returned as findings."""
        alone: list[Mark] = []
        for clock in clocks:
            rule = rules.get(f"dates.time-{clock.form}")
            if rule is None or self._inside_date(clock):
                continue
            start = self._tokens.items[clock.first].start
            mark = self._in_sentence(start) or self._line_before(clock, start)
            if mark is not None:
                self._write(mark, clock)
                continue
            value = blank_value(
                time_start=clock.start,
                time_end=clock.end,
                timezone=clock.zone,
                precision="part",
            )
            end = self._tokens.items[clock.last - 1].end
            alone.append(Mark(start, end, clock.first, clock.last, rule.id, rule.confidence, value))
        return alone

    def _inside_date(self, clock: Clock) -> bool:
        at = bisect_right(self._dates, clock.first, key=lambda m: m.first)
        return any(
            m.first <= clock.first < m.last or clock.first <= m.first < clock.last
            for m in self._dates[max(0, at - 2) : at + 1]
        )

    def _in_sentence(self, place: int) -> Mark | None:
        """The date before the time, else the one after it, that has no time yet."""
        marks = self._by_sentence.get(bisect_right(self._sentences, place), [])
        at = bisect_right(marks, place, key=lambda m: m.start)
        near = [*reversed(marks[max(0, at - 4) : at]), *marks[at : at + 2]]
        return next((m for m in near if m.value["time_start"] is None), None)

    def _line_before(self, clock: Clock, start: int) -> Mark | None:
        """The date of the lines before, where a time begins its line, as in an invitation."""
        line = bisect_right(self._paragraphs, start) - 1
        if line < 0 or start - self._paragraphs[line] > _LABEL:
            return None
        at = bisect_right(self._places, start) - 1
        named = self._tokens.classes[max(0, clock.first - 1) : clock.first + 1]
        if at < 0 or not ({"K", "="} & set(named)):
            return None
        mark = self._dates[at]
        if start - mark.end > _REACH or mark.value["time_start"] is not None:
            return None
        lines_between = line - (bisect_right(self._paragraphs, mark.start) - 1)
        return mark if lines_between <= 3 else None

    def _write(self, mark: Mark, clock: Clock) -> None:
        """Write the time into the date and the others of its list; beside it, take its words."""
        tokens, series, group = self._tokens, mark.value.get("series"), [mark]
        if series is not None:
            first = bisect_left(self._marks, series[0], key=lambda m: m.start)
            last = bisect_left(self._marks, series[1], key=lambda m: m.start)
            group = self._marks[first:last]
        for one in group:
            one.value.update(time_start=clock.start, time_end=clock.end, timezone=clock.zone)
        if series is not None or "days" in mark.value:
            return  # a list keeps its words: its days refer to them
        between = tokens.classes[mark.last : clock.first]
        if clock.first >= mark.last and len(between) <= 2 and "\n" not in between:
            stop = clock.last
            inside = tokens.classes[mark.first : stop]
            if inside.count("(") > inside.count(")") and tokens.classes[stop : stop + 1] == ")":
                stop += 1
            mark.last, mark.end = stop, tokens.items[stop - 1].end
