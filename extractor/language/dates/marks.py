"""Pieces into findings: days with their year, what told it, a likelier day where they conflict."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from extractor.language.dates.calendar import day_of, fits, iso, misread_year, nearby
from extractor.language.dates.shapes import Day, Piece
from extractor.language.dates.tokens import Tokens
from extractor.language.dates.years import UNKNOWN, WRITTEN, Evidence, Told, year_of
from extractor.language.layout import Layout
from extractor.rulebook import Rule

PLAUSIBLE = range(1900, 2101)
_DATELINE = 60
_REFERENCE = re.compile(r"(?:[A-Z]{2,}\.|\w/)$")
_NUMBER = 12


@dataclass
class Mark:
    """A finding while it is made.

    ``first`` and ``last`` are token numbers, ``timed`` says whether a time may join it.
    """

    start: int
    end: int
    first: int
    last: int
    rule: str
    confidence: float
    value: dict[str, Any]
    timed: bool = True


def blank_value(**known: Any) -> dict[str, Any]:
    """The fields that every date has, with what is known of them."""
    return {
        "start": None,
        "end": None,
        "time_start": None,
        "time_end": None,
        "timezone": None,
        "precision": "day",
        "year_source": "none",
        "repair": None,
        "dateline": False,
        **known,
    }


class MarkMaker:
    """Makes the findings of one rulebook's pieces."""

    def __init__(self, rules: Mapping[str, Rule], settings: Mapping[str, float]) -> None:
        self._rules = rules
        self._settings = settings

    def days(self, tokens: Tokens, piece: Piece, facts: Evidence, layout: Layout) -> Iterator[Mark]:
        """The finding of a date or range; of a list, the list and each of its days."""
        rule = self._rules.get(rule_of(piece))
        if rule is None or _of_reference(tokens, piece):
            return
        slipped = piece.days[-1].year
        piece, odd = _odd_year(tokens, piece, facts)
        days, told = _dated(tokens, piece, facts)
        if odd and days[0] is None and slipped is not None:
            year = misread_year(slipped, facts.newest)
            days = [day_of(year, d.month, d.day) for d in piece.days]
            told = Told(year, "name", "name") if year is not None else UNKNOWN
        confidence = rule.confidence * self._trust(told)
        common = {
            "year_source": told.source,
            "part": piece.part,
            "when": piece.cue or _when(days, facts.published),
            "dateline": _in_dateline(tokens, piece, layout),
        }
        start, end = tokens.items[piece.first].start, tokens.items[piece.last - 1].end
        known = sorted(day for day in days if day is not None)
        ends = (known[0], known[-1]) if known else (None, None)
        whole = blank_value(**_days_value(piece.days[0], *ends), **common)
        mark = Mark(start, end, piece.first, piece.last, rule.id, confidence, whole)
        if len(piece.days) > 1 and not piece.ranged:
            whole |= {"candidate": True, "days": [iso(day) for day in days]}
            final = piece.days[-1].until
            if final is not None and days[-1] is not None:
                whole["end"] = iso(day_of(days[-1].year, final.month, final.day))
            yield mark
            yield from self._items(tokens, piece, days, told, facts, mark, common)
            return
        if odd:
            whole["repair"] = iso(days[0])
        elif not piece.eve and (not piece.ranged or len(piece.weekdays) > 1):
            whole["repair"] = _repair(piece.days[0], days[0], told, facts)
        if whole["repair"] is not None:
            mark.confidence = min(confidence, self._settings["conflict"])
        yield mark

    def _items(
        self,
        tokens: Tokens,
        piece: Piece,
        days: list[date | None],
        told: Told,
        facts: Evidence,
        whole: Mark,
        common: Mapping[str, Any],
    ) -> Iterator[Mark]:
        """The days of a list, each a finding that knows the whole list's place."""
        for number, (written, day) in enumerate(zip(piece.days, days, strict=True)):
            first, last = written.span or (written.at, written.at + 1)
            if number == len(days) - 1 and written.span is None:
                last = _unbracketed(tokens, first, piece.last)
            repair = None if piece.eve else _repair(written, day, told, facts)
            end_day = written.until
            until = day_of(day.year, end_day.month, end_day.day) if day and end_day else day
            if end_day is not None:
                first, last = written.at, max(last, end_day.at + 1)
            value = blank_value(**_days_value(written, day, until), **common)
            value |= {"repair": repair, "series": [whole.start, whole.end]}
            confidence = whole.confidence
            if repair is not None:
                confidence = min(confidence, self._settings["conflict"])
            start, end = tokens.items[first].start, tokens.items[last - 1].end
            yield Mark(start, end, first, last, whole.rule, confidence, value)

    def month(self, tokens: Tokens, piece: Piece, facts: Evidence) -> Mark | None:
        """The finding of a month without a day: from its first day to its last."""
        rule = self._rules.get(f"dates.{piece.form}")
        if rule is None:
            return None
        place = tokens.items[piece.first].start
        first, last = piece.days[0], piece.days[-1]
        month = first.month or 1
        told = Told(first.year, *WRITTEN)
        if first.year is None:
            told = year_of(month, 15, None, piece.cue, place, facts)
        elif first.year not in PLAUSIBLE:
            return None
        start = day_of(told.year, month, 1)
        end = _month_end(last.year if last.year is not None else told.year, last.month or month)
        value = blank_value(
            start=iso(start),
            end=iso(end) if start is not None else None,
            precision="part" if piece.form == "month-part" else "month",
            year_source=told.source,
            part=piece.part,
            when=piece.cue,
        )
        if start is None:
            value["month"] = month
        end_at = tokens.items[piece.last - 1].end
        confidence = rule.confidence * self._trust(told)
        return Mark(place, end_at, piece.first, piece.last, rule.id, confidence, value, False)

    def _trust(self, told: Told) -> float:
        return 1.0 if told.trust == "written" else self._settings[f"year_{told.trust}"]


def rule_of(piece: Piece) -> str:
    """The id of the rule a piece belongs to."""
    if len(piece.days) > 1:
        return "dates.range" if piece.ranged else "dates.list"
    year = piece.days[0].year
    if piece.misspelt:
        return "dates.misspelt-month"
    if piece.two_digits:
        return "dates.two-digit-year"
    if piece.form == "slash" and year is None:
        return "dates.slash-no-year" if piece.weekdays else "dates.slash-alone"
    if piece.form == "spelled" and year is None:
        return "dates.spelled-no-year"
    return f"dates.{piece.form}"


def _of_reference(tokens: Tokens, piece: Piece) -> bool:
    """Whether numbers are the end of a letter's number: SP.12/HMS.3/8/2025."""
    if piece.form != "slash" or piece.weekdays or piece.bracketed:
        return False
    start = tokens.items[piece.first].start
    return _REFERENCE.search(tokens.text, max(0, start - _NUMBER), start) is not None


def _dated(tokens: Tokens, piece: Piece, facts: Evidence) -> tuple[list[date | None], Told]:
    """The days of a piece, all with their year, and what told it."""
    written = piece.days[-1].year if piece.days[-1].year is not None else piece.days[0].year
    if written is not None:
        days = [d.year if d.year is not None else written for d in piece.days]
        found = [day_of(y, d.month, d.day) for y, d in zip(days, piece.days, strict=True)]
        return found, Told(written, *WRITTEN)
    at = next((n for n, d in enumerate(piece.days) if d.weekday is not None), 0)
    key = piece.days[at]
    if piece.year_step is not None and facts.published is not None:
        told = Told(facts.published.year + piece.year_step, "published", "published")
    else:
        place = tokens.items[piece.first].start
        told = year_of(key.month or 1, key.day, key.weekday, piece.cue, place, facts)
    if told.year is None:
        return [None] * len(piece.days), told
    resolved = []
    for number, d in enumerate(piece.days):
        crossed = 0
        if piece.ranged:  # over New Year
            crossed = (number > at and (d.month or 0) < (key.month or 0)) - (
                number < at and (d.month or 0) > (key.month or 0)
            )
        resolved.append(day_of(told.year + crossed, d.month, d.day))
    return resolved, told


def _odd_year(tokens: Tokens, piece: Piece, facts: Evidence) -> tuple[Piece, bool]:
    """Takes back a year that cannot be (3021), and tells whether it is a slip of the pen."""
    last = piece.days[-1]
    if last.year is None or last.year in PLAUSIBLE:
        return piece, False
    slip = piece.form != "spelled" or misread_year(last.year, facts.newest) is not None
    days = tuple(replace(d, year=None) for d in piece.days)
    stop = piece.last
    if not slip and tokens.classes[stop - 1] == "y":
        stop -= 1
    return replace(piece, days=days, last=stop), slip


def _repair(written: Day, day: date | None, told: Told, facts: Evidence) -> str | None:
    if day is None or written.weekday is None or told.source == "weekday":
        return None
    if fits(day.year, day.month, day.day, written.weekday):
        return None
    return iso(nearby(day, written.weekday, facts.published))


def _days_value(written: Day, start: date | None, end: date | None) -> dict[str, Any]:
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
    following = first and day_of(first.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1) if following else None


def _unbracketed(tokens: Tokens, first: int, last: int) -> int:
    """Without a closing bracket that was opened before ``first``."""
    inside = tokens.classes[first:last]
    if inside.count(")") > inside.count("("):
        return first + inside.rindex(")")
    return last


def _in_dateline(tokens: Tokens, piece: Piece, layout: Layout) -> bool:
    start = tokens.items[piece.first].start
    if layout.dateline is not None and layout.dateline[0] <= start < layout.dateline[1]:
        return True
    lead = next((p for p in layout.paragraphs if p.kind == "body"), None)
    if lead is None or not 0 <= start - lead.start <= _DATELINE:
        return False
    place = tokens.text[lead.start : start]
    if any(word[:1].islower() for word in place.replace("(", " ").split()):
        return False
    following = tokens.classes[piece.last : piece.last + 2].lstrip(")")
    ended = following[:1] == ";" and place.rstrip().endswith(",")
    return following[:1] in ("-", "=") or ended
