"""Dates and times of a release: every expression with its days, and what told its year.

Each finding carries hints for whoever chooses the event's date: ``weekday`` (1 Monday … 7 Sunday),
``part`` of the day, ``when`` (past, future), ``dateline``. A list of days ("2, 3 dan 6 Mei") gives
one finding a day, each with ``series`` = the span of the whole list; the list itself is a finding
from its first to its last day that is marked ``candidate`` and names all ``days``. Where no year
can be known ``start`` is None and ``month`` and ``day`` say what is written. A time without a date
in its sentence is a finding of its own, without days.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from extractor.language.dates.anniversaries import Anniversaries
from extractor.language.dates.attach import Attachment
from extractor.language.dates.calendar import day_of, exists, iso
from extractor.language.dates.marks import PLAUSIBLE, Mark, MarkMaker, blank_value
from extractor.language.dates.months import months
from extractor.language.dates.relative import relatives
from extractor.language.dates.shapes import Piece, pieces
from extractor.language.dates.times import Clocks
from extractor.language.dates.tokens import Lexer, Tokens
from extractor.language.dates.years import Evidence, evidence, with_recent, year_of
from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.rulebook import RuleFile

_LEAD = 600
_MOST_OVERLAPS = 8


class DateReader:
    """Reads dates by the rules of ``rules/dates.yaml``."""

    def __init__(self, rules: RuleFile) -> None:
        words = rules.words
        self._rules = {rule.id: rule for rule in rules.rules}
        self._vetoes = [r.pattern for r in rules.of_kind("veto") if r.pattern is not None]
        self._newest = int(rules.settings["newest_year"])
        self._oldest = int(rules.settings["oldest_year"])
        self._lexer = Lexer(rules)
        self._maker = MarkMaker(self._rules, rules.settings)
        self._clocks = Clocks(words["afternoon_hours"], words["night_part"], words["duration_unit"])
        self._weeks = frozenset(words["week_or_sunday"])
        self._apart = frozenset(words["plan_word"])
        self._anniversaries = Anniversaries(words["anniversary"], rules.surfaces("birthday"))

    def read(self, text: str, layout: Layout, published: date | None) -> list[Found]:
        """All dates and times of a text, in its order."""
        tokens = self._lexer.read(text, [(p.start, p.end) for p in layout.paragraphs])
        if not tokens.classes.strip("x"):
            return []
        vetoed = sorted(m.span() for pattern in self._vetoes for m in pattern.finditer(text))
        every = pieces(tokens)
        taken = [(p.first, p.last) for p in every]
        found = [p for p in every if _stands(p, tokens, vetoed)]
        facts = self._facts(tokens, layout, published, found, taken)
        marks = [
            mark
            for p in found
            for mark in self._maker.days(tokens, p, facts, layout)
            if p.form != "dash-short" or mark.value["dateline"]  # elsewhere a score: (2-1)
        ]
        loose = [p for p in months(tokens, taken) if not _vetoed(tokens, p, vetoed)]
        marks += [m for p in loose if (m := self._maker.month(tokens, p, facts)) is not None]
        taken = sorted([*taken, *((p.first, p.last) for p in loose)])
        marks += self._relative(tokens, facts, taken)
        marks.sort(key=lambda m: (m.start, -m.end))
        clocks = [
            clock
            for clock in self._clocks.find(tokens)
            if not _hit(tokens.items[clock.first].start, tokens.items[clock.last - 1].end, vetoed)
        ]
        marks += Attachment(tokens, layout, marks).attach(clocks, self._rules)
        marks.sort(key=lambda m: (m.start, -m.end))
        return [Found(m.start, m.end, m.rule, round(m.confidence, 3), m.value) for m in marks]

    def _facts(
        self,
        tokens: Tokens,
        layout: Layout,
        published: date | None,
        found: list[Piece],
        taken: list[tuple[int, int]],
    ) -> Evidence:
        """What the text tells about its year; dates with a weekday tell it to the others."""
        title = layout.title
        head = (title.end if title is not None else 0) + _LEAD
        written = [
            (tokens.items[p.first].start, day)
            for p in found
            if (day := day_of(p.days[-1].year, p.days[-1].month, p.days[-1].day)) is not None
            and day.year in PLAUSIBLE
        ]
        newest = published.year if published is not None else self._newest
        years = range(min(self._oldest, newest), newest + 1)
        facts = evidence(tokens, published, years, written, taken, head, self._apart)
        if facts.anchor is None and published is None:
            told_by = self._anniversaries.years(tokens.text, years)
            facts = replace(facts, anchor=max(told_by, default=None))
        if published is not None:
            return facts
        told = []
        for piece in found:
            named = next((d for d in piece.days if d.weekday is not None), None)
            if named is None or named.year is not None or named.month is None:
                continue
            place = tokens.items[piece.first].start
            by = year_of(named.month, named.day, named.weekday, piece.cue, place, facts)
            known = day_of(by.year, named.month, named.day)
            if by.source == "weekday" and known is not None:
                told.append((place, known))
        return replace(facts, recent=with_recent(facts.recent, told, facts.anchor))

    def _relative(
        self, tokens: Tokens, facts: Evidence, taken: list[tuple[int, int]]
    ) -> Iterator[Mark]:
        published = facts.published
        for one in relatives(tokens, published, facts.recent, taken, self._weeks):
            rule = self._rules.get(f"dates.relative-{one.form}")
            if rule is None:
                continue
            value = blank_value(
                start=iso(one.start),
                end=iso(one.end),
                precision=one.precision,
                year_source="published" if published is not None else "name",
                weekday=one.weekday,
                when=None if published is None else "past" if one.end <= published else "future",
                relative=True,
            )
            start, end = tokens.items[one.first].start, tokens.items[one.last - 1].end
            timed = one.precision == "day"
            yield Mark(start, end, one.first, one.last, rule.id, rule.confidence, value, timed)


def _stands(piece: Piece, tokens: Tokens, vetoed: list[tuple[int, int]]) -> bool:
    """Whether a piece is a date: its days exist, it is written as one, no veto lies over it."""
    if any(d.month is None or not exists(d.month, d.day) for d in piece.days):
        return False
    if _vetoed(tokens, piece, vetoed):
        return False
    bare = not piece.weekdays and "T" not in tokens.classes[piece.first : piece.last]
    short = piece.form in ("slash", "numeric-range") and piece.days[-1].year is None
    if (short or (piece.form == "dash" and piece.two_digits)) and bare and not piece.bracketed:
        return False
    if piece.form == "dot" and (
        piece.days[-1].year is None or (piece.two_digits and not piece.weekdays)
    ):
        return False
    return not _in_number(tokens, piece)


def _in_number(tokens: Tokens, piece: Piece) -> bool:
    """Whether the digits go on before or after: a telephone or file number, not a date."""
    if piece.form in ("spelled", "english", "worded"):
        return False
    first = min(d.at for d in piece.days)
    if piece.form == "iso":
        first -= 4
    text = tokens.text
    start, end = tokens.items[first].start, tokens.items[piece.last - 1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] in "/.-–" and before[:1].isdigit()) or (
        after[:1] in "/.-–" and after[1:].isdigit()
    )


def _vetoed(tokens: Tokens, piece: Piece, spans: list[tuple[int, int]]) -> bool:
    first = min(d.at for d in piece.days)
    return _hit(tokens.items[first].start, tokens.items[piece.last - 1].end, spans)


def _hit(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the sorted spans overlaps."""
    at = bisect_right(spans, (end - 1, 1 << 60))
    return any(stop > start for _, stop in spans[max(0, at - _MOST_OVERLAPS) : at])
