"""Dates and times of a release: every expression with its days, and what told its year.

Each finding carries hints for whoever chooses the event's date: ``weekday`` (1 Monday … 7 Sunday),
``part`` of the day, ``when`` (past, future), ``dateline``. A list of days ("2, 3 dan 6 Mei") gives
one finding a day, each with ``series`` = the span of the whole list; the list itself is a finding
from its first to its last day that is marked ``candidate`` and names all ``days``. Where no year
can be known ``start`` is None and ``month`` and ``day`` say what is written. A time without a date
in its sentence is a finding of its own, without days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from extractor.language.date_calendar import day_of, exists, fits, iso, misread_year, nearby
from extractor.language.date_relative import relatives
from extractor.language.date_shapes import Day, Piece, months, pieces
from extractor.language.date_times import Clock, Clocks
from extractor.language.date_tokens import Lexer, Tokens
from extractor.language.date_years import Evidence, evidence, year_of
from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.record import YearSource
from extractor.rulebook import RuleFile

_PLAUSIBLE = range(1900, 2101)
_HEAD = 600
_TIME_REACH = 300


@dataclass
class _Mark:
    """A finding while it is made; ``first`` and ``last`` are token numbers."""

    start: int
    end: int
    first: int
    last: int
    rule: str
    confidence: float
    value: dict[str, Any]
    timed: bool = True


class DateReader:
    """Reads dates by the rules of ``rules/dates.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        self._rules = {rule.id: rule for rule in rules.rules}
        self._vetoes = [r.pattern for r in rules.of_kind("veto") if r.pattern is not None]
        self._settings = rules.settings
        self._lexer = Lexer(rules)
        words = rules.words
        self._clocks = Clocks(words["afternoon_hours"], words["night_part"], words["duration_unit"])
        self._weeks = frozenset(words["week_or_sunday"])
        self._apart = frozenset(words["plan_word"])

    def read(self, text: str, layout: Layout, published: date | None) -> list[Found]:
        """All dates and times of a text, in its order."""
        tokens = self._lexer.read(text)
        vetoed = self._veto_spans(text)
        every = pieces(tokens)
        taken = [(p.first, p.last) for p in every]
        found = [p for p in every if self._stands(tokens, p, vetoed)]
        facts = self._facts(tokens, layout, published, found, taken)
        marks = [mark for p in found for mark in self._marks(tokens, p, facts, layout)]
        loose = [p for p in months(tokens, taken) if not _overlaps(tokens, p, vetoed)]
        marks += [mark for p in loose if (mark := self._month_mark(tokens, p, facts)) is not None]
        if published is not None:
            taken = sorted([*taken, *((p.first, p.last) for p in loose)])
            marks += self._relative_marks(tokens, published, taken)
        marks.sort(key=lambda m: (m.start, -m.end))
        marks += self._times(tokens, layout, marks, vetoed)
        marks.sort(key=lambda m: (m.start, -m.end))
        return [Found(m.start, m.end, m.rule, round(m.confidence, 3), m.value) for m in marks]

    def _veto_spans(self, text: str) -> list[tuple[int, int]]:
        return sorted(m.span() for pattern in self._vetoes for m in pattern.finditer(text))

    def _stands(self, tokens: Tokens, piece: Piece, vetoed: list[tuple[int, int]]) -> bool:
        """Whether a piece is a date: its days exist, and no veto lies over it."""
        if any(d.month is None or not exists(d.month, d.day) for d in piece.days):
            return False
        if _overlaps(tokens, piece, vetoed):
            return False
        year = piece.days[-1].year
        if piece.form in ("slash", "numeric-range") and year is None:
            named = piece.weekdays or "T" in tokens.classes[piece.first : piece.last]
            if not named and not piece.bracketed:
                return False
        if piece.form == "dash" and piece.two_digits:
            return bool(piece.weekdays) or piece.bracketed
        return not _in_number(tokens, piece)

    def _facts(
        self,
        tokens: Tokens,
        layout: Layout,
        published: date | None,
        found: list[Piece],
        taken: list[tuple[int, int]],
    ) -> Evidence:
        newest = int(self._settings["newest_year"])
        title = layout.title
        head = (title.end if title is not None else 0) + _HEAD
        written = [
            (tokens.items[p.first].start, day)
            for p in found
            if (day := day_of(p.days[-1].year, p.days[-1].month, p.days[-1].day)) is not None
        ]
        facts = evidence(tokens, published, newest, written, taken, head, self._apart)
        if published is not None:
            return facts
        told = list(written)
        for piece in found:
            named = next((d for d in piece.days if d.weekday is not None), None)
            if named is None or named.year is not None or named.month is None:
                continue
            place = tokens.items[piece.first].start
            year, source = year_of(named.month, named.day, named.weekday, piece.cue, place, facts)
            known = day_of(year, named.month, named.day)
            if source == "weekday" and known is not None:
                told.append((place, known))
        return replace(facts, known=tuple(told))

    def _marks(
        self, tokens: Tokens, piece: Piece, facts: Evidence, layout: Layout
    ) -> Iterator[_Mark]:
        rule = self._rules.get(_rule_of(piece))
        if rule is None:
            return
        slipped = piece.days[-1].year
        piece, odd = _odd_year(tokens, piece, facts)
        days, source = _dated(tokens, piece, facts)
        if odd and days[0] is None and slipped is not None:
            year = misread_year(slipped, facts.newest)
            days = [day_of(year, d.month, d.day) for d in piece.days]
            source = "name" if year is not None else "none"
        start, end = tokens.items[piece.first].start, tokens.items[piece.last - 1].end
        confidence = rule.confidence * self._trust(source)
        common: dict[str, Any] = {
            "time_start": None,
            "time_end": None,
            "timezone": None,
            "precision": "day",
            "year_source": source,
            "part": piece.part,
            "when": piece.cue or _when(days, facts.published),
            "dateline": _in_dateline(tokens, piece, layout),
        }
        if len(piece.days) > 1 and not piece.ranged:
            cover = {
                **_value(piece.days[0], days[0], days[-1]),
                **common,
                "repair": None,
                "candidate": True,
                "days": [iso(day) for day in days],
            }
            yield _Mark(start, end, piece.first, piece.last, rule.id, confidence, cover)
            for number, (written, day) in enumerate(zip(piece.days, days, strict=True)):
                first, stop = written.span or (written.at, written.at + 1)
                if number == len(days) - 1 and written.span is None:
                    stop = _unbracketed(tokens, first, piece.last)
                item = tokens.items[first]
                value = {
                    **_value(written, day, day),
                    **common,
                    "repair": _repair(written, day, source, facts),
                    "series": [start, end],
                }
                stop_at = tokens.items[stop - 1].end
                yield _Mark(item.start, stop_at, first, stop, rule.id, confidence, value)
            return
        written = piece.days[0]
        repair = _repair(written, days[0], source, facts)
        if odd:
            repair = iso(days[0])
        elif piece.ranged and len(piece.weekdays) < 2:
            repair = None
        value = {**_value(written, days[0], days[-1]), **common, "repair": repair}
        if repair is not None:
            confidence = min(confidence, self._settings["conflict"])
        yield _Mark(start, end, piece.first, piece.last, rule.id, confidence, value)

    def _trust(self, source: YearSource) -> float:
        return 1.0 if source == "written" else self._settings[f"year_{source}"]

    def _month_mark(self, tokens: Tokens, piece: Piece, facts: Evidence) -> _Mark | None:
        rule = self._rules.get(f"dates.{piece.form}")
        if rule is None:
            return None
        place = tokens.items[piece.first].start
        first, last = piece.days[0], piece.days[-1]
        month = first.month or 1
        year, source = first.year, "written"
        if year is None:
            year, source = year_of(month, 15, None, piece.cue, place, facts)
        elif year not in _PLAUSIBLE:
            return None
        start = day_of(year, month, 1)
        end_year = last.year if last.year is not None else year
        end = _month_end(end_year, last.month or month)
        value: dict[str, Any] = {
            "start": iso(start),
            "end": iso(end) if start is not None else None,
            "time_start": None,
            "time_end": None,
            "timezone": None,
            "precision": "part" if piece.form == "month-part" else "month",
            "year_source": source,
            "repair": None,
            "part": piece.part,
            "when": piece.cue,
            "dateline": False,
        }
        if start is None:
            value["month"] = month
        confidence = rule.confidence * self._trust(source)  # type: ignore[arg-type]
        end_at = tokens.items[piece.last - 1].end
        return _Mark(place, end_at, piece.first, piece.last, rule.id, confidence, value, False)

    def _relative_marks(
        self, tokens: Tokens, published: date, taken: list[tuple[int, int]]
    ) -> Iterator[_Mark]:
        for one in relatives(tokens, published, taken, self._weeks):
            rule = self._rules.get(f"dates.relative-{one.form}")
            if rule is None:
                continue
            value: dict[str, Any] = {
                "start": iso(one.start),
                "end": iso(one.end),
                "time_start": None,
                "time_end": None,
                "timezone": None,
                "precision": one.precision,
                "year_source": "published",
                "repair": None,
                "part": None,
                "when": "past" if one.end <= published else "future",
                "dateline": False,
                "relative": True,
            }
            if one.weekday is not None:
                value["weekday"] = one.weekday
            start, end = tokens.items[one.first].start, tokens.items[one.last - 1].end
            day = one.precision == "day"
            yield _Mark(start, end, one.first, one.last, rule.id, rule.confidence, value, day)

    def _times(
        self,
        tokens: Tokens,
        layout: Layout,
        marks: list[_Mark],
        vetoed: list[tuple[int, int]],
    ) -> list[_Mark]:
        """Give each time to the date beside it; times without one become marks of their own."""
        sentences = [s.start for s in layout.sentences]
        paragraphs = [p.start for p in layout.paragraphs]
        dates = [m for m in marks if m.timed]
        by_sentence: dict[int, list[_Mark]] = {}
        for mark in dates:
            by_sentence.setdefault(bisect_right(sentences, mark.start), []).append(mark)
        places = [m.start for m in dates]
        taken = [(m.first, m.last) for m in dates]
        alone: list[_Mark] = []
        for clock in self._clocks.find(tokens):
            rule = self._rules.get(f"dates.time-{clock.form}")
            start, end = tokens.items[clock.first].start, tokens.items[clock.last - 1].end
            if rule is None or _hit(start, end, vetoed) or _within(clock, taken):
                continue
            near = _nearest(by_sentence.get(bisect_right(sentences, start), []), start)
            if near is None:
                near = self._labelled(tokens, clock, start, paragraphs, dates, places)
            if near is not None:
                _attach(tokens, marks, near, clock)
                continue
            value = {
                "start": None,
                "end": None,
                "time_start": clock.start,
                "time_end": clock.end,
                "timezone": clock.zone,
                "precision": "part",
                "year_source": "none",
                "repair": None,
            }
            alone.append(
                _Mark(start, end, clock.first, clock.last, rule.id, rule.confidence, value)
            )
        return alone

    def _labelled(
        self,
        tokens: Tokens,
        clock: Clock,
        start: int,
        paragraphs: list[int],
        dates: list[_Mark],
        places: list[int],
    ) -> _Mark | None:
        """The date of the lines before, where a time begins its line, as in an invitation."""
        line = bisect_right(paragraphs, start) - 1
        if line < 0 or start - paragraphs[line] > 8 or tokens.classes[clock.first] != "K":
            return None
        at = bisect_right(places, start) - 1
        if at < 0 or start - dates[at].end > _TIME_REACH or dates[at].value["time_start"]:
            return None
        lines_between = line - (bisect_right(paragraphs, dates[at].start) - 1)
        return dates[at] if lines_between <= 3 else None


def _rule_of(piece: Piece) -> str:
    if len(piece.days) > 1:
        return "dates.range" if piece.ranged else "dates.list"
    year = piece.days[0].year
    if piece.two_digits:
        return "dates.two-digit-year"
    if piece.form == "slash" and year is None:
        return "dates.slash-no-year" if piece.weekdays else "dates.slash-alone"
    if piece.form == "spelled" and year is None:
        return "dates.spelled-no-year"
    return f"dates.{piece.form}"


def _dated(tokens: Tokens, piece: Piece, facts: Evidence) -> tuple[list[date | None], YearSource]:
    """The days of a piece, all with their year, and what told it."""
    written = piece.days[-1].year if piece.days[-1].year is not None else piece.days[0].year
    if written is not None:
        days = [
            day_of(d.year if d.year is not None else written, d.month, d.day) for d in piece.days
        ]
        return days, "written"
    key = next((d for d in piece.days if d.weekday is not None), piece.days[0])
    place = tokens.items[piece.first].start
    year, source = year_of(key.month or 1, key.day, key.weekday, piece.cue, place, facts)
    if year is None:
        return [None] * len(piece.days), source
    days = []
    for d in piece.days:
        crossed = 0
        if piece.ranged and d is not key and (d.month or 0) != (key.month or 0):
            later = piece.days.index(d) > piece.days.index(key)
            if later and (d.month or 0) < (key.month or 0):
                crossed = 1
            elif not later and (d.month or 0) > (key.month or 0):
                crossed = -1
        days.append(day_of(year + crossed, d.month, d.day))
    return days, source


def _odd_year(tokens: Tokens, piece: Piece, facts: Evidence) -> tuple[Piece, bool]:
    """Takes back a year that cannot be (3021), and tells whether it is a slip of the pen."""
    last = piece.days[-1]
    if last.year is None or last.year in _PLAUSIBLE:
        return piece, False
    slip = piece.form != "spelled" or misread_year(last.year, facts.newest) is not None
    days = tuple(replace(d, year=None) for d in piece.days)
    stop = piece.last
    if not slip and tokens.classes[stop - 1] == "y":
        stop -= 1
    return replace(piece, days=days, last=stop), slip


def _repair(written: Day, day: date | None, source: YearSource, facts: Evidence) -> str | None:
    if day is None or written.weekday is None or source == "weekday" or written.month is None:
        return None
    if fits(day.year, day.month, day.day, written.weekday):
        return None
    return iso(nearby(day, written.weekday, facts.published))


def _value(written: Day, start: date | None, end: date | None) -> dict[str, Any]:
    value: dict[str, Any] = {"start": iso(start), "end": iso(end), "weekday": written.weekday}
    if start is None:
        value |= {"month": written.month, "day": written.day}
    return value


def _when(days: list[date | None], published: date | None) -> str | None:
    start = days[0]
    if published is None or start is None:
        return None
    return "future" if start > published else "past"


def _month_end(year: int | None, month: int) -> date | None:
    first = day_of(year, month, 1)
    if first is None:
        return None
    following = day_of(first.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1) if following is not None else None


def _unbracketed(tokens: Tokens, first: int, last: int) -> int:
    """Without a closing bracket that was opened before ``first``."""
    inside = tokens.classes[first:last]
    if inside.count(")") > inside.count("("):
        return first + inside.rindex(")")
    return last


def _in_number(tokens: Tokens, piece: Piece) -> bool:
    """Whether the digits go on before or after: a telephone or file number, not a date."""
    if piece.form in ("spelled", "english"):
        return False
    first = min(d.at for d in piece.days)
    if piece.form == "iso":
        first -= 4
    text = tokens.text
    start = tokens.items[first].start
    end = tokens.items[piece.last - 1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] in "/.-–" and before[:1].isdigit()) or (
        after[:1] in "/.-–" and after[1:].isdigit()
    )


def _in_dateline(tokens: Tokens, piece: Piece, layout: Layout) -> bool:
    start = tokens.items[piece.first].start
    if layout.dateline is not None and layout.dateline[0] <= start < layout.dateline[1]:
        return True
    lead = next((p for p in layout.paragraphs if p.kind == "body"), None)
    if lead is None or not 0 <= start - lead.start <= 60:
        return False
    place = tokens.text[lead.start : start].strip(" ,(")
    if any(word[:1].islower() for word in place.split()):
        return False
    following = tokens.classes[piece.last : piece.last + 2].lstrip(")")
    listed = tokens.text[lead.start : start].rstrip().endswith(",")
    return following[:1] in ("-", "=") or (following[:1] == ";" and listed)


def _overlaps(tokens: Tokens, piece: Piece, spans: list[tuple[int, int]]) -> bool:
    first = min(d.at for d in piece.days)
    return _hit(tokens.items[first].start, tokens.items[piece.last - 1].end, spans)


def _hit(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the sorted spans overlaps."""
    at = bisect_right(spans, (end - 1, 1 << 60))
    return any(stop > start for _, stop in spans[max(0, at - 8) : at])


def _within(clock: Clock, taken: list[tuple[int, int]]) -> bool:
    at = bisect_right(taken, (clock.first, 1 << 60)) - 1
    return any(
        first <= clock.first < last or clock.first <= first < clock.last
        for first, last in taken[max(0, at - 1) : at + 2]
    )


def _nearest(marks: list[_Mark], place: int) -> _Mark | None:
    """The date before the time, else the one after it, that has no time yet."""
    at = bisect_right(marks, place, key=lambda m: m.start)
    near = [*reversed(marks[max(0, at - 4) : at]), *marks[at : at + 2]]
    return next((m for m in near if m.value["time_start"] is None), None)


def _attach(tokens: Tokens, marks: list[_Mark], mark: _Mark, clock: Clock) -> None:
    """Write the time into the date, and into the others of its list."""
    group = [mark]
    series = mark.value.get("series")
    if series is not None:
        first = bisect_left(marks, series[0], key=lambda m: m.start)
        last = bisect_left(marks, series[1], key=lambda m: m.start)
        group = marks[first:last]
    for one in group:
        one.value.update(time_start=clock.start, time_end=clock.end, timezone=clock.zone)
    if series is not None or "days" in mark.value:
        return  # a list keeps its words: its days refer to them
    between = tokens.classes[mark.last : clock.first]
    if clock.first >= mark.last and len(between) <= 2 and "\n" not in between:
        stop = clock.last
        if tokens.classes[mark.first : stop].count("(") > tokens.classes[mark.first : stop].count(
            ")"
        ):
            stop += tokens.classes[stop : stop + 1] == ")"
        mark.last = stop
        mark.end = tokens.items[stop - 1].end
