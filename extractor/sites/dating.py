"""The day an article was published, and where it says so. Unknown is None with a reason: a day out
of a side bar, or one that lies in the future, is worse than none."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from extractor.language.dates.finding import DateReader
from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.language.paragraphs import Paragraph
from extractor.messages import _
from extractor.rulebook import Rulebook, RuleFile
from extractor.sites.shown import Shown
from extractor.sources.blocks import flat

_EARLIEST = date(1998, 1, 1)
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):\d\d(?::\d\d(?:\.\d+)?)?\s*(Z|\+00:?00)?.*)?")
# A day as most sites print it, and nothing else: what the reader of whole texts would make of it is
# plain (a test compares them), and it need not be asked.
_CLOCK = r"(?:,? *[|–-]? *\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: {zone})?)?\z"
_NAMED_DAY = (
    rf"(?i)\A(?:{{weekday}},? )?(\d{{1,2}}) ({{month}}|{{month_abbreviation}}) (\d{{4}}){_CLOCK}"
)
_NUMBERED_DAY = rf"(?i)\A(?:{{weekday}},? )?(\d\d?)(?:/(\d\d?)/|-(\d\d?)-)(\d{{4}}){_CLOCK}"
# The western time of Indonesia, in which a day told in UTC is meant.
_WIB = timedelta(hours=7)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_MAX_TEXT = 400
_MAX_JSON = 200_000
_BEFORE = 40


@dataclass(frozen=True)
class Published:
    """A day (ISO) with its ``source``, or None with the ``reason``; ``notes`` tell what
    disagrees."""

    day: str | None
    source: str | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()


class Dating:
    """Reads publication dates by the rules of ``dates.yaml`` and ``pages.yaml``."""

    def __init__(self, dates: RuleFile, pages: RuleFile) -> None:
        self._reader = DateReader(dates)
        self._plain = tuple(dates.compile(source) for source in (_NAMED_DAY, _NUMBERED_DAY))
        names = {**dates.words["month_abbreviation"], **dates.words["month"]}
        self._months = {name.casefold(): int(number) for name, number in names.items()}
        self._updated = pages.compile(r"{updated}[^\pL]*(?:\pL+[^\pL]*)?\z")

    def read(
        self,
        shown: Iterable[Shown],
        declared: Iterable[tuple[str, str]],
        retrieved: str | None,
    ) -> Published:
        """The day of an article.

        ``shown`` are (source, texts) a reader sees as its date, ``declared`` what metadata say; the
        first source whose texts give one sane day wins, shown before declared. ``retrieved`` (ISO)
        is the latest day it can be.
        """
        latest = _day(retrieved[:10]) if retrieved else None
        refused: list[str] = []
        seen = self._shown(shown, latest, refused)
        said = [
            (day, name) for name, text in declared if (day := self._sane(text, latest, refused))
        ]
        if seen is None:
            if not said:
                reason = "; ".join(dict.fromkeys(refused)) or _("the page shows no date")
                return Published(None, None, reason)
            seen = said.pop(0)
        day, source = seen
        notes = tuple(
            _("{other} says {day}").format(other=where, day=other.isoformat())
            for other, where in said
            if abs((other - day).days) > 1
        )
        return Published(day.isoformat(), source, None, notes)

    def _shown(
        self, shown: Iterable[Shown], latest: date | None, refused: list[str]
    ) -> tuple[date, str] | None:
        for source, texts in shown:
            days = {day for text in texts if (day := self._sane(text, latest, refused)) is not None}
            if len(days) == 1:
                return days.pop(), source
            if days:
                said = _("{source} finds several days ({days})")
                listed = ", ".join(sorted(day.isoformat() for day in days)[:4])
                refused.append(said.format(source=source, days=listed))
        return None

    def _sane(self, text: str, latest: date | None, refused: list[str]) -> date | None:
        """The day of a text; where there is none, or it cannot be, why goes into ``refused``."""
        words = flat(text[: 4 * _MAX_TEXT])[:_MAX_TEXT]
        if not words:
            return None
        found, why = self._first(words)
        if found is None:
            refused.append(why.format(text=words[:60]))
        elif (wrong := _insane(found, latest)) is not None:
            refused.append(wrong.format(day=found.isoformat()))
        else:
            return found
        return None

    def day_in(self, text: str) -> str | None:
        """The only day of a short text, ISO; None where there is none or more than one."""
        days = {d for d in (_full(one) for one in self._found(flat(text)[:_MAX_TEXT])) if d}
        return days.pop().isoformat() if len(days) == 1 else None

    def _first(self, text: str) -> tuple[date | None, str]:
        """The first full day of a text that is no day of a revision, else why there is none."""
        iso = _ISO.fullmatch(text)
        if iso and (day := _day(iso.group(1))) is not None:
            return (day + timedelta(days=1) if iso.group(3) and _late(iso.group(2)) else day), ""
        if (day := self.plain_day(text)) is not None:
            return day, ""
        why = _("no date in ‘{text}’")
        for one in self._found(text):
            if self._updated.search(text[max(0, one.start - _BEFORE) : one.start]):
                why = _("only the day of a revision in ‘{text}’")
                continue
            day = _full(one)
            if day is not None:
                return day, ""
            why = _("no full date in ‘{text}’")
        return None, why

    def plain_day(self, text: str) -> date | None:
        """The day of a text that is one day, perhaps with weekday and hour, and nothing else."""
        for pattern in self._plain:
            if (found := pattern.search(text)) is not None:
                day, *months, year = found.groups()
                month = next(one for one in months if one)
                number = self._months.get(month.casefold()) or int(month)
                return _day(f"{year}-{number:02}-{int(day):02}")
        return None

    def _found(self, text: str) -> list[Found]:
        line = (Paragraph(0, len(text), 1, "body"),)
        return self._reader.read(text, Layout(text, line, (), None, None), None)


def dating_of(book: Rulebook) -> Dating:
    """The reader of a rulebook, made once."""
    return _dating(book["dates"], book["pages"])


@lru_cache(maxsize=4)
def _dating(dates: RuleFile, pages: RuleFile) -> Dating:
    return Dating(dates, pages)


def json_dates(text: str) -> Iterator[tuple[str, str]]:
    """(source, value) of ``datePublished`` in JSON-LD; also where the JSON has slips."""
    text = text.strip()[:_MAX_JSON]
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from (("JSON-LD", found) for found in _JSON_DATE.findall(text)[:1])
        return
    stack: list[Any] = [value]
    for _step in range(2_000):
        if not stack:
            return
        one = stack.pop()
        if isinstance(one, list):
            stack += reversed(one)
        elif isinstance(one, dict):
            said = one.get("datePublished")
            if isinstance(said, str):
                yield "JSON-LD", said
                return
            stack += [inner for inner in one.values() if isinstance(inner, dict | list)]


def _full(found: Found) -> date | None:
    value = found.value
    if value.get("precision") != "day" or value.get("year_source") != "written":
        return None
    start = value.get("start")
    return _day(start) if start and not value.get("relative") else None


def _late(hour: str) -> bool:
    """Whether an hour told in UTC is one of the next day in Indonesia."""
    return timedelta(hours=int(hour)) + _WIB >= timedelta(days=1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _insane(day: date, latest: date | None) -> str | None:
    # One day of grace: the retrieval is told in UTC, the office writes in Jayapura.
    if latest is not None and day > latest + timedelta(days=1):
        return _("{day} is after the day it was retrieved")
    return _("{day} is too early to be true") if day < _EARLIEST else None
