"""Clock times: "pukul 09.00 WIB", "08.00-10.00", "11.00 Wita - selesai", "setengah 7 malam"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractor.language.dates.tokens import Tokens

_FULL = r"[d2][.:][d2](?:[.:][d2])?"
_HOUR = r"[d2u](?:[.:][d2](?:[.:][d2])?)?"
_TIMES = {
    "half": re.compile(r"K?=?s(?P<one>[du])(?P<part>[PV]?)(?P<zone>Z?)"),
    "clock": re.compile(
        rf"K;?=?(?P<one>{_HOUR})(?P<part1>[PV]?)(?P<zone1>Z?)"
        rf"(?:[-R]K?;?(?:(?P<two>{_HOUR})|e)(?P<part>[PV]?)(?P<zone>Z?))?"
    ),
    "zoned": re.compile(
        rf"(?P<one>{_FULL})(?P<zone1>Z?)[-R]K?(?:(?P<two>{_FULL})(?P<zone>Z?)|e)"
        rf"|(?P<one2>{_FULL})(?:(?P<zone2>Z)|(?P<part>[PV]))"
    ),
}
_RUN = re.compile(r"[^x\n]+")
_HAS_TIME = re.compile(r"[Ks].{0,3}[d2u]|[d2][.:][d2]")


@dataclass(frozen=True)
class Clock:
    """A time of day, tokens ``first`` to ``last``; ``end`` where a range tells it."""

    form: str
    first: int
    last: int
    start: str
    end: str | None = None
    zone: str | None = None


class Clocks:
    """Finds times.

    ``later`` gives for a part of the day the hours that it moves by twelve ("1-5"), ``night`` the
    parts in which twelve is midnight, ``units`` the words that make a number a duration.
    """

    def __init__(
        self, later: Mapping[str, str], night: Iterable[str], units: Iterable[str]
    ) -> None:
        self._later = {part: _hours(hours) for part, hours in later.items()}
        self._night = frozenset(night)
        self._units = frozenset(units)

    def find(self, tokens: Tokens) -> list[Clock]:
        """All times of a text, in order, without overlap."""
        found: list[Clock] = []
        for run in _RUN.finditer(tokens.classes):
            first, last = run.span()
            if not _HAS_TIME.search(tokens.classes, first, last):
                continue
            here = [
                clock
                for form, pattern in _TIMES.items()
                for match in pattern.finditer(tokens.classes, first, last)
                if (clock := self._clock(tokens, form, match)) is not None
            ]
            end = -1
            for clock in sorted(here, key=lambda c: (c.first, -c.last)):
                if clock.first >= end:
                    found.append(clock)
                    end = clock.last
        return found

    def _clock(self, tokens: Tokens, form: str, match: re.Match[str]) -> Clock | None:
        groups = match.groupdict()
        first, last = match.span()
        name = "one" if groups.get("one") else "one2"
        part_at = next((match.start(p) for p in ("part", "part1") if groups.get(p)), -1)
        part = tokens.items[part_at].value if part_at >= 0 else None
        zone_at = next((match.start(z) for z in ("zone", "zone1", "zone2") if groups.get(z)), -1)
        bare = match.end(name) - match.start(name) == 1
        if bare and part is None and zone_at < 0 and not self._hour_alone(tokens, match.end(name)):
            return None
        if first and tokens.classes[first - 1] in "d2yNu.:/" and form != "clock":
            return None
        if first and tokens.classes[first - 1] in "d2yNu" and bare:
            return None  # "satu jam 30 menit"
        start = self._time(tokens, match.start(name), match.end(name), part, form == "half")
        if start is None:
            return None
        end = None
        if groups.get("two"):
            end = self._time(tokens, match.start("two"), match.end("two"), part, False)
            if end is None:
                return None
        zone = tokens.items[zone_at].value if zone_at >= 0 else None
        if form == "zoned" and zone is None and not self._plausible(start, end):
            return None
        if form == "clock" and bare and zone is None and groups.get("two") is None:
            form = "hour"
        return Clock(form, first, last, start, end, zone)

    def _hour_alone(self, tokens: Tokens, after: int) -> bool:
        """Whether the next word leaves a bare "jam 7" an hour: "jam 7 menit" is none."""
        following = tokens.items[after].value if after < len(tokens.items) else ""
        return following not in self._units

    def _time(
        self, tokens: Tokens, first: int, last: int, part: str | None, half: bool
    ) -> str | None:
        digits = tokens.text[tokens.items[first].start : tokens.items[last - 1].end]
        if last - first > 1 and any(c.isspace() for c in digits):
            return None
        hour = tokens.number(first)
        item = tokens.items[first + 2] if last - first > 1 else None
        if item is not None and item.end - item.start != 2:
            return None
        minute = int(item.value) if item is not None else 0
        if half:
            hour, minute = hour - 1, 30
        if part is not None and hour in self._later.get(part, ()):
            hour += 12
        elif part in self._night and hour == 12:
            hour = 0
        if not (0 <= hour <= 24 and 0 <= minute <= 59) or (hour == 24 and minute):
            return None
        return f"{hour:02d}:{minute:02d}"

    def _plausible(self, start: str, end: str | None) -> bool:
        """A pair of numbers without a zone is a time where it runs forward in steps of five."""
        return end is None or (start < end and int(start[3:]) % 5 == 0 and int(end[3:]) % 5 == 0)


def _hours(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)
