"""The year of a date that is written without one.

In this order: the weekday (of any five years in a row at most one has that weekday on that day),
the publication, another date of the text, the year in the event's name or elsewhere in the text.
Where none of these speaks, the year stays unknown: nothing is taken from today's clock. Without
publication and without any year in the text, a weekday is looked for in the five years that end at
``settings.newest_year``, the year the rules were last revised for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from extractor.language.dates.calendar import day_of, first_fit, fits, nearby
from extractor.language.dates.tokens import Tokens
from extractor.record import YearSource

_BARE = re.compile(r"y")
_REACH = 5
_SOON = 200
_RECENT = 14
_WEEK = 7


class Told(NamedTuple):
    """A year, what told it, and how far that is to be trusted: a ``year_…`` setting's name."""

    year: int | None
    source: YearSource
    trust: str


WRITTEN: tuple[YearSource, str] = ("written", "written")
UNKNOWN = Told(None, "none", "none")


@dataclass(frozen=True)
class Evidence:
    """What a text tells about its year.

    ``anchor`` is the largest year that speaks of the time of writing; ``least`` the largest that
    only says "not before" (a regulation, a period's beginning); ``named`` stands in the title or
    the lead; ``recent`` are the dates of the text whose year is known and not long past.
    """

    published: date | None
    years: range
    anchor: int | None = None
    least: int | None = None
    named: int | None = None
    recent: tuple[tuple[int, date], ...] = ()

    @cached_property
    def years_of_days(self) -> dict[tuple[int, int], int]:
        """The year of each day and month that a recent date of the text has written."""
        return {(day.month, day.day): day.year for _, day in reversed(self.recent)}

    @property
    def newest(self) -> int:
        """The last year that the text may be of."""
        return self.years[-1]


def evidence(
    tokens: Tokens,
    published: date | None,
    years: range,
    known: Iterable[tuple[int, date]],
    taken: list[tuple[int, int]],
    head_end: int,
    apart: Iterable[str],
) -> Evidence:
    """The evidence of one text.

    ``years`` are those a release may be of, ``taken`` token spans of dates; ``head_end`` says where
    title and lead end; ``apart`` are the words after which a year is that of a plan or budget.
    """
    classes, apart_words = tokens.classes, frozenset(apart)
    known = tuple(known)
    at = [day.year for _, day in known if day.year in years]
    least: list[int] = []
    named: int | None = None
    spans = iter(taken)
    span = next(spans, None)
    for match in _BARE.finditer(classes):
        i = match.start()
        while span is not None and span[1] <= i:
            span = next(spans, None)
        if span is not None and span[0] <= i:
            continue
        year = tokens.number(i)
        if year not in years:
            continue
        before, after = classes[max(0, i - 4) : i], classes[i + 1 : i + 3]
        if re.search(r"[yd]['’]?[-R]$", before) or before.endswith("+"):
            continue
        if re.match(r"[-R][yd]", after) or re.search(r"[/.]$|[d2yN]Y?$|[d2N]Y$", before):
            least.append(year)
            continue
        if any(tokens.items[k].value in apart_words for k in range(max(0, i - 3), i)):
            continue
        if before.endswith(("Y", "M")):
            at.append(year)
            if before.endswith("Y") and tokens.items[i].start < head_end:
                named = max(named or 0, year)
        else:
            least.append(year)
    anchor = max(at, default=None)
    recent = with_recent((), known, anchor)
    return Evidence(published, years, anchor, max(least, default=None), named, recent)


def with_recent(
    recent: tuple[tuple[int, date], ...], more: Iterable[tuple[int, date]], anchor: int | None
) -> tuple[tuple[int, date], ...]:
    """``recent`` and ``more`` in the order of the text, without those long before the anchor."""
    floor = (anchor or 0) - 1
    return tuple(sorted({*recent, *(one for one in more if one[1].year >= floor)}))


def year_of(
    month: int, day: int, weekday: int | None, cue: str | None, place: int, facts: Evidence
) -> Told:
    """The year of a day; ``cue`` says past or future, ``place`` where in the text it stands."""
    if weekday is not None:
        year = _by_weekday(month, day, weekday, cue, facts)
        if year is not None:
            sure = facts.published is not None or facts.anchor is not None
            return Told(year, "weekday", "weekday" if sure else "window")
    same = facts.years_of_days.get((month, day))
    if same is not None:
        return Told(same, "name", "name")  # the same day stands elsewhere with its year
    if facts.published is not None:
        return Told(_nearest(month, day, cue, facts.published), "published", "published")
    return _by_text(month, day, cue, place, facts)


def _by_weekday(month: int, day: int, weekday: int, cue: str | None, facts: Evidence) -> int | None:
    published = facts.published
    if published is None:
        return first_fit(_window(facts), month, day, weekday)
    this = published.year
    ahead = day_of(this + 1, month, day)
    if (
        ahead is not None
        and (ahead - published).days <= _SOON
        and fits(this + 1, month, day, weekday)
    ):
        return this + 1
    assumed = day_of(_nearest(month, day, cue, published), month, day)
    this_week = assumed is not None and 0 <= (published - assumed).days <= _WEEK
    recent = first_fit((this,) if this_week else (this, this - 1), month, day, weekday)
    if recent is not None:
        return recent
    if assumed is not None:
        meant = nearby(assumed, weekday, published)
        if abs((published - assumed).days) <= _RECENT or (
            meant is not None and 0 <= (published - meant).days <= _RECENT
        ):
            return None  # a slip of the pen in this week's date is likelier than a date years old
    return first_fit(range(this - 2, this - _REACH, -1), month, day, weekday)


def _window(facts: Evidence) -> list[int]:
    """The years to try, likeliest first: round the largest of the text, never after ``newest``.

    Where the text names none, the newest first, none before a year it cannot precede.
    """
    anchor = facts.anchor
    if anchor is None:
        tried = [year for year in reversed(facts.years) if year >= (facts.least or 0)]
    else:
        tried = sorted(facts.years, key=lambda year: (abs(year - anchor), year))
    return tried[: 2 * _REACH]


def _nearest(month: int, day: int, cue: str | None, reference: date) -> int:
    """The year that brings the day near the reference: before it for past, after it for future."""
    best: tuple[float, int] | None = None
    for year in (reference.year, reference.year - 1, reference.year + 1):
        found = day_of(year, month, day) or day_of(year, month, min(day, 28))
        if found is None:
            continue
        days = (found - reference).days
        cost = float(abs(days)) if days <= 0 else days * 1.15
        if (cue == "past" and days > 0) or (cue == "future" and days < 0):
            cost += 400
        if best is None or cost < best[0]:
            best = (cost, year)
    return best[1] if best else reference.year


def _by_text(month: int, day: int, cue: str | None, place: int, facts: Evidence) -> Told:
    """From the nearest date of the text that is not long past, else from the year it names."""
    known = facts.recent
    at = bisect_left(known, (place,))
    near = [(abs(there - place), found) for there, found in known[max(0, at - 1) : at + 1]]
    if near:
        return Told(_nearest(month, day, cue, min(near)[1]), "name", "name")
    year = facts.named or facts.anchor
    return Told(year, "name", "name") if year is not None else UNKNOWN
