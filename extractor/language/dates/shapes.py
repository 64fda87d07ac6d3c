"""Date forms as short expressions over token classes; a match becomes a :class:`Piece`.

Nothing is resolved here: a piece says which numbers stand for day, month and year as written.
Expressions run on one stretch between ordinary words, and every repetition in them is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.language.dates.tokens import Tokens

_WEEKDAY = r"[Ww];?"
# A weekday or several, the market day, the part of the day, "yesterday", an opening bracket.
_BEFORE = (
    rf"(?:(?P<eve>V?)H?(?P<weekdays>{_WEEKDAY}(?:,?[-R&/,]H?{_WEEKDAY}){{0,6}})"
    r"Q?(?P<part1>[PV]?)(?P<cue1>[LF]?)i?[,(=T]{0,3})?"
)
_ITEM = rf"(?:H?{_WEEKDAY}Q?[PV]?,?)?T?;?=?d(?:\([uU]{{1,3}}\))?"
_DAYS = rf"(?P<days>{_ITEM}(?:(?:,?&|[-R,]){_ITEM}){{0,12}})"
_AFTER = r"\)?(?P<part2>[PV]?)(?P<cue2>[LF]?)"
_YEAR2 = r"'(?P<year2>[d2])"

_FORMS = {
    # 30/4-2/5/2024
    "numeric-range": _BEFORE
    + r"(?P<day1>d)/(?P<month1>d)[-R](?P<day2>d)/(?P<month2>d)"
    + r"(?:[/-](?:(?P<year>y)|'?(?P<year2>[d2])))?"
    + _AFTER,
    # 4-5/5/2024, 22/12/'25, 9/1-2019, 14/6
    "slash": _BEFORE
    + _DAYS
    + rf"/(?P<month>d)(?:[/-](?P<year>y)|[/-]{_YEAR2}|[/-](?P<year2b>[d2])(?![/-]))?"
    + _AFTER,
    # 02-05-2024, 2.5.2024
    # (15-4) in a dateline
    "dash-short": r"(?<=\()(?P<days>d)-(?P<month>d)(?=\))",
    "dash": _BEFORE + r"(?P<days>T?=?d)-(?P<month>d)-(?:(?P<year>y)|'?(?P<year2>[d2]))" + _AFTER,
    "dot": _BEFORE + r"(?P<days>T?=?d)\.(?P<month>d)\.(?:(?P<year>y)|(?P<year2>[d2]))" + _AFTER,
    "iso": _BEFORE + r"(?P<year>y)(?P<separator>[-/])(?P<month>d)(?P=separator)(?P<days>d)",
    # 2-4 Mei 2024, tanggal 15 bulan Mei tahun 2024, 12 Okt '24, 2 Mei tahun lalu
    "spelled": _BEFORE
    + rf"(?P<days>{_ITEM}(?:(?:,?&|[-R/,]){_ITEM}){{0,12}})"
    + r"[-/.;,]?[B]?(?P<name>[Mmo]);?"
    + r"(?:[-/.]?(?:(?P<year>y)|Y(?P<yeara>y)|Y(?P<yearc>[LFi]))|,(?P<yearb>y)(?=[),;=\n-]|$)"
    + rf"|[-/]?{_YEAR2}|(?P<year2b>[d2])(?=\)))?"
    + _AFTER,
    # tanggal empat bulan September tahun dua ribu dua puluh tiga
    "worded": r"(?:H?(?P<weekdays>[Ww])Q?(?P<part1>[PV]?),?)?T(?P<days>[uU]{1,3})"
    r"B?(?P<name>M)(?:Y?(?:(?P<year>y)|(?P<yearw>u[uU]{1,8}))|Y(?P<yeara>y))?" + _AFTER,
    # May 20, 2017
    "english": _BEFORE + r"(?P<name>[Mm]);?(?P<days>d),?(?P<year>y)",
}
_COMPILED = {name: re.compile(source) for name, source in _FORMS.items()}
_RUN = re.compile(r"[^x\n]+")
_HAS_DAY = re.compile(r"d[^x]{0,14}[/.\-Mmo]|y[-/]d|[Mm];?d,?y|T[uU]")
_JOINED = re.compile(r"[),]{0,2}[-R]p?T?")
_MOST_DAYS = 31
_YEAR_STEP = {"L": -1, "i": 0, "F": 1}
_LISTED = re.compile(r"[),]{0,2}&p?T?")


@dataclass(frozen=True)
class Day:
    """One day as written, with the weekday beside it.

    ``at`` is the token of its number, ``span`` the tokens of the day alone where it was an
    expression of its own; ``until`` the last day where a range stands in a list.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    at: int = 0
    span: tuple[int, int] | None = None
    until: Day | None = None


@dataclass(frozen=True)
class Piece:
    """A date expression, not yet resolved; tokens ``first`` to ``last`` (exclusive).

    ``year_step``: its year is this many after that of the publication ("tahun lalu": -1).
    """

    form: str
    first: int
    last: int
    days: tuple[Day, ...]
    ranged: bool = False
    two_digits: bool = False
    weekdays: tuple[int, ...] = ()
    part: str | None = None
    cue: str | None = None
    bracketed: bool = False
    eve: bool = False
    misspelt: bool = False
    year_step: int | None = None


def pieces(tokens: Tokens) -> list[Piece]:
    """All calendar dates of a text, in order, without overlap; ranges of two dates joined."""
    found: list[Piece] = []
    for run in _RUN.finditer(tokens.classes):
        first, last = run.span()
        if last - first < 2 or not _HAS_DAY.search(tokens.classes, first, last):
            continue
        found += _in_run(tokens, first, last)
    return list(_join(tokens, found))


def _in_run(tokens: Tokens, first: int, last: int) -> Iterator[Piece]:
    candidates = []
    for form, pattern in _COMPILED.items():
        for match in pattern.finditer(tokens.classes, first, last + 1):
            piece = _piece(tokens, form, match)
            if piece is not None:
                candidates.append(piece)
    candidates.sort(key=lambda p: (p.first, -p.last))
    end = -1
    for piece in candidates:
        if piece.first >= end:
            yield piece
            end = piece.last


def _piece(tokens: Tokens, form: str, match: re.Match[str]) -> Piece | None:
    groups = match.groupdict()
    at = {name: match.start(name) for name, text in groups.items() if text}
    first, last = match.span()
    if form == "numeric-range":
        items = [(at["day1"], at["month1"]), (at["day2"], at["month2"])]
        separators = "-"
    else:
        month_at = at.get("name", at.get("month", -1))
        if form == "worded":
            spots, separators = [match.start("days")], ""
        else:
            spots, separators, first = _spots(tokens, *match.span("days"), first)
        items = [(spot, month_at) for spot in spots]
    year, two_digits = _year(tokens, at)
    if "yearw" in at:
        year = tokens.in_words(*match.span("yearw"))
    if form in ("dot", "iso", "dash") and _gapped(tokens, items[0][0], at):
        return None
    weekdays = tuple(
        tokens.number(i)
        for i in range(first, match.start("days") if "days" in groups else last)
        if tokens.classes[i] in "Ww"
    )
    ranged = len(items) > 1 and set(separators) <= {"-", "R", "/"}
    days = []
    for place, (day_at, month_at) in enumerate(items):
        own = _weekday_before(tokens, day_at, match.start("days") if "days" in groups else day_at)
        if own is None and weekdays:
            if len(weekdays) == len(items):
                own = weekdays[place]
            elif len(items) == 1:
                own = weekdays[-1]
            elif place == 0 and len(weekdays) == 1:
                own = weekdays[0]
        number = tokens.number(day_at)
        if form == "worded":
            number = tokens.in_words(*match.span("days"))
        if own is not None and "eve" in at:
            own = (own - 2) % 7 + 1  # "malam Minggu" is Saturday's evening
        days.append(Day(number, tokens.number(month_at), year, own, day_at))
    if form in ("slash", "dash", "dot", "numeric-range"):
        days = [_day_first(day) for day in days]
    first, last, bracketed, whole = _brackets(tokens, first, last, match)
    while tokens.classes[last - 1] in ",;=-" and last - 1 > items[-1][0]:
        last -= 1
    while tokens.classes[first] in ",;=-":
        first += 1
    if not ranged:
        days = _inner_ranges(days, separators)
    part = at.get("part2", -1) if whole else -1
    part = part if part >= 0 else at.get("part1", at.get("eve", -1))
    cue = at.get("cue2", -1) if whole else -1
    cue = cue if cue >= 0 else at.get("cue1", -1)
    return Piece(
        form=form,
        first=first,
        last=last,
        days=tuple(days),
        ranged=ranged,
        two_digits=two_digits,
        weekdays=weekdays,
        part=tokens.items[part].value if part >= 0 else None,
        cue={"L": "past", "F": "future"}.get(tokens.classes[cue]) if cue >= 0 else None,
        bracketed=bracketed,
        eve="eve" in at,
        misspelt="name" in at and tokens.classes[at["name"]] == "o",
        year_step=_YEAR_STEP[tokens.classes[at["yearc"]]] if "yearc" in at else None,
    )


def _inner_ranges(days: list[Day], separators: str) -> list[Day]:
    """The days of a list, with "6-8" in "6-8 dan 10 Mei" as one."""
    joined: list[Day] = []
    for day, separator in zip(days, "," + separators, strict=False):
        if separator in "-R/" and joined[-1].until is None and joined[-1].day < day.day:
            joined[-1] = replace(joined[-1], until=day)
        else:
            joined.append(day)
    return joined


def _spots(tokens: Tokens, start: int, end: int, first: int) -> tuple[list[int], str, int]:
    """Where the day numbers stand, what separates them, and where the expression begins.

    One comma alone makes no list ("Lantai 2, 14 Mei"): only with "and" before the last, or
    "tanggal" before the first; nor do days that run backwards ("Aula 5 - 2 Mei") make a range.
    Then the date is the last of them.
    """
    classes = tokens.classes
    spots = [i for i in range(start, end) if classes[i] == "d"]
    separators = "".join(
        next((c for c in classes[a + 1 : b] if c in "&R-/"), ",") for a, b in pairwise(spots)
    )
    keep = 0
    numbers = [tokens.number(spot) for spot in spots]
    loose = (
        "," in separators and not separators.endswith("&") and "T" not in classes[start : spots[0]]
    )
    if loose and (len(numbers) < 3 or numbers != sorted(set(numbers))):
        keep = separators.rindex(",") + 1
    elif set(separators) <= {"-", "R", "/"} and numbers[-1] <= numbers[0]:
        keep = len(spots) - 1
    if keep:
        spots, separators = spots[keep:], separators[keep:]
        first = spots[0]
        while first > start and classes[first - 1] in "THWwQP;=":
            first -= 1
    return spots, separators, first


def _year(tokens: Tokens, at: dict[str, int]) -> tuple[int | None, bool]:
    for name in ("year", "yeara", "yearb"):
        if name in at:
            return tokens.number(at[name]), False
    for name in ("year2", "year2b"):
        if name in at:
            item = tokens.items[at[name]]
            if item.end - item.start == 2:
                return 2000 + tokens.number(at[name]), True
    return None, False


def _gapped(tokens: Tokens, day_at: int, at: dict[str, int]) -> bool:
    """Whether blanks stand inside a form that is written without."""
    spots = sorted([day_at, at["month"], at.get("year", at.get("year2", day_at))])
    words = tokens.words(spots[0], spots[-1] + 1)
    return any(c.isspace() for c in words)


def _weekday_before(tokens: Tokens, day_at: int, start: int) -> int | None:
    for i in range(day_at - 1, max(start, day_at - 5) - 1, -1):
        if tokens.classes[i] in "Ww":
            return tokens.number(i)
        if tokens.classes[i] in "d&R-":
            return None
    return None


def _day_first(day: Day) -> Day:
    """Always day before month; only where that cannot be, the other way round."""
    if day.month is not None and day.month > 12 >= day.day:
        return replace(day, day=day.month, month=day.day)
    return day


def _brackets(
    tokens: Tokens, first: int, last: int, match: re.Match[str]
) -> tuple[int, int, bool, bool]:
    """The expression with its brackets balanced, whether the day stands in brackets, and whether
    what follows the bracket belongs to it."""
    classes = tokens.classes
    inside = classes[first:last]
    opened, closed = inside.count("("), inside.count(")")
    before = first > 0 and classes[first - 1] == "("
    if closed > opened:
        cut = first + inside.rindex(")")
        if before and cut + 1 < last:  # "(13/03) Pagi" without a weekday
            return first - 1, last, True, True
        return first, cut, before, False
    if opened > closed:
        stop = match.end("part2") if "part2" in match.groupdict() else last
        while stop > first and classes[stop - 1] in ",)":
            stop -= 1
        return first, stop, True, True
    while last > first and classes[last - 1] in ",":
        last -= 1
    return first, last, bool(opened) or before, True


def _join(tokens: Tokens, found: list[Piece]) -> Iterator[Piece]:
    """Two single dates with "to" between them are one range, dates with "and" between one list."""
    at = 0
    while at < len(found):
        one = found[at]
        at += 1
        while at < len(found) and not one.ranged:
            two = found[at]
            if two.ranged or (one.form == "spelled") != (two.form == "spelled"):
                break  # a dash between a dateline's date and the text's is no range
            between = tokens.classes[one.last : two.first]
            both_single = len(one.days) == len(two.days) == 1
            if both_single and _JOINED.fullmatch(between):
                one = replace(_together(tokens, one, two), ranged=True)
            elif len(one.days) < _MOST_DAYS and _LISTED.fullmatch(between):
                one = _together(tokens, _alone(one), _alone(two))
            else:
                break
            at += 1
        yield one


def _together(tokens: Tokens, one: Piece, two: Piece) -> Piece:
    year, months = two.days[0].year, two.days[0].month or 0
    days = tuple(
        replace(day, year=year - ((day.month or 0) > months))
        if day.year is None and year is not None
        else day
        for day in one.days
    )
    opened = one.bracketed and tokens.classes[one.first - 1 : one.first] == "("
    closed = tokens.classes[one.last : one.last + 1] == ")"
    return replace(
        one,
        first=one.first - (opened and closed),
        last=two.last,
        days=days + two.days,
        weekdays=one.weekdays + two.weekdays,
        cue=two.cue or one.cue,
        two_digits=one.two_digits or two.two_digits,
    )


def _alone(piece: Piece) -> Piece:
    """A single date that remembers its own words, before it becomes one of a list."""
    if len(piece.days) > 1 or piece.days[0].span is not None:
        return piece
    return replace(piece, days=(replace(piece.days[0], span=(piece.first, piece.last)),))
