"""Words that tell a day by the day of publication: "kemarin", "Rabu lalu", "Senin pekan depan"."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.language.dates.calendar import day_of
from extractor.language.dates.tokens import Tokens

_FORMS = {
    # hari ini (Kamis, red.); besok (Jumat)
    "day-weekday": re.compile(r"(?P<day>D|L|F),?\(?,?H?(?P<weekday>W)"),
    # Senin pekan depan
    "week-day": re.compile(r"(?P<weekday>W)[PV]?G(?P<week>[LFi])"),
    # Rabu kemarin, Jumat besok, Senin lalu
    "weekday": re.compile(r"H?(?P<weekday>W)[PV]?(?P<cue>[LF])"),
    # tanggal 26 bulan ini
    "month-day": re.compile(r"T(?P<number>d)(?:B(?P<month>[LFi])|(?P<cue>L))"),
    # Sabtu tanggal 11, without a month
    "weekday-day": re.compile(
        r"H?(?P<weekday>W)Q?[PV]?[,(=]{0,2}T;?=?(?P<number>d)(?![-/.:MmoBRdy2&LF])"
    ),
    # ", Rabu." at the end of a sentence
    "bare": re.compile(r"(?<![W&R-])[,(](?P<weekday>W)[PV]?(?=[;,)])(?![;,)]&?H?W)"),
    "week": re.compile(r"A?(?P<noun>[GW])(?P<week>[LFi])"),
    "month": re.compile(r"A?B(?P<month>[LFi])"),
    # tadi pagi, malam ini, sore nanti
    "part": re.compile(r"(?P<part>[PV])(?P<cue>[LFi])|(?P<cue2>[LF])(?P<part2>[PV])"),
    "day": re.compile(r"(?P<day>[DLF])"),
}
_WITHOUT_PUBLICATION = {"weekday-day": _FORMS["weekday-day"]}
# The cue of a part of the day that is today's: "tadi", "nanti", beside "ini".
_TODAY = "today"
_COUNTED = "d2yNuq"
_REACH = 90
_NEXT = 3


@dataclass(frozen=True)
class Relative:
    """Tokens ``first`` to ``last`` stand for the days ``start`` to ``end``."""

    form: str
    first: int
    last: int
    start: date
    end: date
    weekday: int | None = None

    @property
    def precision(self) -> str:
        """Day, month, or part where a week is meant."""
        return {"week": "part", "month": "month"}.get(self.form, "day")


def relatives(
    tokens: Tokens,
    published: date | None,
    recent: Sequence[tuple[int, date]],
    taken: list[tuple[int, int]],
    weeks: Iterable[str],
) -> Iterator[Relative]:
    """Relative days of a text outside the token spans ``taken`` and not beside them.

    Without publication only a weekday with its day of the month is told, by the nearest of the
    ``recent`` dates of the text. ``weeks`` are the words that are a weekday and the week alike.
    """
    classes, week_words = tokens.classes, frozenset(weeks)
    beside = _neighbours(classes, taken)
    end = -1
    forms = _FORMS if published is not None else _WITHOUT_PUBLICATION
    found = [
        (match.start(), -match.end(), form, match)
        for form, pattern in forms.items()
        for match in pattern.finditer(classes)
    ]
    found.sort(key=lambda one: one[:2])
    for first, _, form, match in found:
        if first < end or first in beside or match.end() - 1 in beside:
            continue
        if first and classes[first - 1] in _COUNTED:
            continue
        known = published
        if known is None and form == "weekday-day":
            known = _beside(recent, tokens.items[first].start)
        days = _days(tokens, form, match, known, week_words) if known is not None else None
        if days is None:
            continue
        end = match.end()
        first += form == "bare"  # without the comma
        at = match.groupdict().get("weekday")
        weekday = tokens.number(match.start("weekday")) if at else None
        yield Relative(form, first, end, days[0], days[1], weekday)


def _neighbours(classes: str, taken: list[tuple[int, int]]) -> set[int]:
    """The tokens of dates, and those next to them without a word between."""
    beside: set[int] = set()
    for first, last in taken:
        start = max(0, first - _NEXT)
        while first > start and classes[first - 1] not in "x\n;":
            first -= 1
        stop = min(len(classes), last + _NEXT)
        while last < stop and classes[last] not in "x\n;":
            last += 1
        beside.update(range(first, last))
    return beside


def _days(
    tokens: Tokens, form: str, match: re.Match[str], published: date, weeks: frozenset[str]
) -> tuple[date, date] | None:
    try:
        return _resolve(tokens, form, match, published, weeks)
    except (OverflowError, ValueError):  # beside the calendar's ends
        return None


def _resolve(
    tokens: Tokens, form: str, match: re.Match[str], published: date, weeks: frozenset[str]
) -> tuple[date, date] | None:
    def letter(name: str) -> str:
        return tokens.classes[match.start(name)]

    def value(name: str) -> str:
        return tokens.items[match.start(name)].value

    if form in ("day", "day-weekday"):
        if not value("day").lstrip("-").isdigit():
            return None
        day = published + timedelta(days=int(value("day")))
        if form == "day-weekday":
            ahead = letter("day") == "F"
            day = _weekday(int(value("weekday")), day, ahead, True)
        return day, day
    if form == "part":
        part, cue = ("part", "cue") if match["part"] else ("part2", "cue2")
        if letter(cue) != "i" and value(cue) != _TODAY:
            return None
        ago = letter(part) == "V" and letter(cue) == "L"  # "tadi malam" is yesterday's evening
        day = published - timedelta(days=int(ago))
        return day, day
    if form == "week-day":
        monday = _monday(published, letter("week"))
        day = monday + timedelta(days=int(value("weekday")) - 1)
        return day, day
    if form == "weekday-day":
        fitting = _monthday(int(value("weekday")), tokens.number(match.start("number")), published)
        return (fitting, fitting) if fitting is not None else None
    if form == "bare":
        day = _weekday(int(value("weekday")), published, False, True)
        return day, day
    if form == "weekday":
        item = tokens.items[match.start("weekday")]
        word = tokens.text[item.start : item.end].lower()
        if word in weeks and not value("cue").lstrip("-").isdigit():
            monday = _monday(published, letter("cue"))
            return monday, monday + timedelta(days=6)
        day = _weekday(int(value("weekday")), published, letter("cue") == "F", False)
        return day, day
    if form == "week":
        item = tokens.items[match.start("noun")]
        word = tokens.text[item.start : item.end].lower()
        if letter("noun") == "W" and word not in weeks:
            return None
        monday = _monday(published, letter("week"))
        return monday, monday + timedelta(days=6)
    step = {"L": -1, "F": 1}.get(letter("month"), 0) if match["month"] else None
    if form == "month":
        first = _month(published, step or 0)
        return first, _month(first, 1) - timedelta(days=1)
    number = tokens.number(match.start("number"))
    base = _month(published, step or 0)
    found = day_of(base.year, base.month, number)
    if step is None and (found is None or found > published):
        base = _month(published, -1)
        found = day_of(base.year, base.month, number)
    return (found, found) if found is not None else None


def _monday(day: date, cue: str) -> date:
    step = {"L": -7, "F": 7}.get(cue, 0)
    return day - timedelta(days=day.isoweekday() - 1) + timedelta(days=step)


def _weekday(weekday: int, day: date, ahead: bool, same: bool) -> date:
    """The next (or last) such weekday; the day itself where ``same`` allows it."""
    step = 1 if ahead else -1
    start = 0 if same else 1
    return next(
        d
        for n in range(start, start + 7)
        if (d := day + timedelta(days=step * n)).isoweekday() == weekday
    )


def _beside(recent: Sequence[tuple[int, date]], place: int) -> date | None:
    at = bisect_left(recent, (place,))
    near = [(abs(there - place), day) for there, day in recent[max(0, at - 1) : at + 1]]
    return min(near)[1] if near else None


def _monthday(weekday: int, number: int, near: date) -> date | None:
    """The day nearest to ``near`` with this weekday and this number in its month."""
    for distance in range(_REACH):
        for step in (-distance, distance):
            day = near + timedelta(days=step)
            if day.day == number and day.isoweekday() == weekday:
                return day
    return None


def _month(day: date, step: int) -> date:
    number = day.year * 12 + day.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)
