"""The year of a date that is written without one.

In this order: the weekday (of any five years in a row at most one has that weekday on that day),
the publication, another date of the text, the year in the event's name or elsewhere in the text.
Where none of these speaks, the year stays unknown: nothing is taken from today's clock. Without
publication and without any year in the text, a weekday is looked for in the five years that end at
``settings.newest_year``, the year the rules were last revised for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractor.language.date_calendar import day_of, first_fit, fits, nearby
from extractor.language.date_tokens import Tokens
from extractor.record import YearSource

_BARE = re.compile(r"y")
_OLD = 1990
_REACH = 5
_SOON = 200
_RECENT = 14


@dataclass(frozen=True)
class Evidence:
    """What a text tells about its year.

    ``anchor`` is the largest year that speaks of the time of writing; ``least`` the largest that
    only says "not before" (a regulation, a period's beginning); ``named`` stands in the title or
    the lead; ``known`` are the dates of the text whose year is known, with their places.
    """

    published: date | None
    newest: int
    anchor: int | None = None
    least: int | None = None
    named: int | None = None
    known: tuple[tuple[int, date], ...] = ()


def evidence(
    tokens: Tokens,
    published: date | None,
    newest: int,
    known: Iterable[tuple[int, date]],
    taken: list[tuple[int, int]],
    head_end: int,
    apart: Iterable[str],
) -> Evidence:
    """The evidence of one text.

    ``taken`` are token spans of dates, ``head_end`` says where title and lead end, ``apart`` are
    the words after which a year is that of a plan or budget.
    """
    classes, apart_words = tokens.classes, frozenset(apart)
    known = tuple(known)
    bound = published.year if published is not None else newest
    at = [day.year for _, day in known if _OLD <= day.year <= bound]
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
        if not _OLD <= year <= bound:
            continue
        before, after = classes[max(0, i - 4) : i], classes[i + 1 : i + 3]
        if re.search(r"[yd]['’]?[-R]$", before) or before.endswith("+"):
            continue
        if re.match(r"[-R][yd]", after) or re.search(r"[/.]$|[d2yN]Y?$|[d2N]Y$", before):
            least.append(year)
            continue
        if any(tokens.items[k].value in apart_words for k in range(max(0, i - 3), i)):
            continue
        if before.endswith("Y"):
            at.append(year)
            if tokens.items[i].start < head_end:
                named = max(named or 0, year)
        else:
            least.append(year)
    return Evidence(
        published, newest, max(at, default=None), max(least, default=None), named, known
    )


def year_of(
    month: int,
    day: int,
    weekday: int | None,
    cue: str | None,
    place: int,
    facts: Evidence,
) -> tuple[int | None, YearSource]:
    """The year, and what told it; ``(None, "none")`` where nothing does."""
    if weekday is not None:
        year = _by_weekday(month, day, weekday, cue, facts)
        if year is not None:
            return year, "weekday"
    if facts.published is not None:
        return _nearest(month, day, cue, facts.published), "published"
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
    recent = first_fit((this, this - 1), month, day, weekday)
    if recent is not None:
        return recent
    assumed = day_of(_nearest(month, day, cue, published), month, day)
    if assumed is not None:
        meant = nearby(assumed, weekday, published)
        if abs((published - assumed).days) <= _RECENT or (
            meant is not None and 0 <= (published - meant).days <= _RECENT
        ):
            return None  # a slip of the pen in this week's date is likelier than a date years old
    return first_fit(range(this - 2, this - _REACH, -1), month, day, weekday)


def _window(facts: Evidence) -> list[int]:
    """The years to try, likeliest first: round the largest of the text, never after ``newest``."""
    anchor = facts.anchor
    if anchor is None:
        least = facts.least or 0
        years = range(facts.newest, facts.newest - _REACH, -1)
        return [year for year in years if year >= least] or [facts.newest]
    order = [
        anchor,
        anchor - 1,
        anchor + 1,
        anchor - 2,
        anchor + 2,
        anchor + 3,
        anchor - 3,
        anchor - 4,
    ]
    return [year for year in order if year <= facts.newest]


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


def _by_text(
    month: int, day: int, cue: str | None, place: int, facts: Evidence
) -> tuple[int | None, YearSource]:
    """From the nearest date of the text that is not long past, else from the year it names."""
    floor = (facts.anchor or 0) - 1
    near = [(abs(at - place), known) for at, known in facts.known if known.year >= floor]
    if near:
        return _nearest(month, day, cue, min(near)[1]), "name"
    year = facts.named or facts.anchor
    return (year, "name") if year is not None else (None, "none")
