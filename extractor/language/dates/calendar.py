"""Days of the calendar: which exist, when a weekday fits, what a mistyped date meant."""

from collections.abc import Iterable
from datetime import date

OLDEST, NEWEST = 1000, 9999
_RECENT = 21


def day_of(year: int | None, month: int | None, day: int) -> date | None:
    """The day, or None where the calendar has none (31 February) or a part is unknown."""
    if year is None or month is None or not OLDEST <= year <= NEWEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso(day: date | None) -> str | None:
    """``2024-05-02``; None stays None."""
    return None if day is None else day.isoformat()


def parse_iso(text: str | None) -> date | None:
    """A day from an ISO date or timestamp; None where it is none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def exists(month: int, day: int) -> bool:
    """Whether any year has this day: 29 February has one, 31 February none."""
    return day_of(2024, month, day) is not None


def fits(year: int, month: int, day: int, weekday: int) -> bool:
    """Whether the day is that weekday (1 Monday … 7 Sunday) in that year."""
    found = day_of(year, month, day)
    return found is not None and found.isoweekday() == weekday


def first_fit(years: Iterable[int], month: int, day: int, weekday: int) -> int | None:
    """The first of the years in which the day is that weekday."""
    return next((year for year in years if fits(year, month, day, weekday)), None)


def nearby(day: date, weekday: int, published: date | None) -> date | None:
    """The date a writer meant who wrote ``day`` beside a weekday that contradicts it.

    Month off by one is the usual slip, then the day off by one. Where the day of publication is
    known, a slip that leads to the weeks before it goes first, a year off by one and day and month
    swapped among them.
    """
    month_off = [
        day_of(day.year + (day.month + step - 1) // 12, (day.month + step - 1) % 12 + 1, day.day)
        for step in (-1, 1)
    ]
    day_off = [day_of_ordinal(day.toordinal() + step) for step in (-1, 1)]
    swapped = day_of(day.year, day.day, day.month)
    year_off = [day_of(day.year + step, day.month, day.day) for step in (1, -1)]

    def fitting(slips: list[date | None]) -> list[date]:
        return [slip for slip in slips if slip is not None and slip.isoweekday() == weekday]

    if published is not None:
        for slip in fitting([*month_off, *day_off, *year_off, swapped]):
            if 0 <= (published - slip).days <= _RECENT:
                return slip
    likely = fitting(month_off) or fitting(day_off)
    if not likely:
        return None
    return min(likely, key=lambda slip: abs((published - slip).days) if published else 0)


def day_of_ordinal(number: int) -> date | None:
    """The day of that number (see ``date.toordinal``); None beside the calendar's ends."""
    try:
        return date.fromordinal(number)
    except (ValueError, OverflowError):
        return None


def misread_year(year: int, newest: int) -> int | None:
    """The latest year up to ``newest`` that differs from an impossible one (3021) in one digit."""
    written = str(year)
    near = [
        int(written[:place] + digit + written[place + 1 :])
        for place in range(len(written))
        for digit in "0123456789"
    ]
    return max((other for other in near if newest - 25 <= other <= newest), default=None)
