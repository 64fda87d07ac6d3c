"""The day an article was published, and where it says so. Unknown is None with a reason: a day out
of a side bar, or one that lies in the future, is worse than none."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from extractor.language.dates import DateReader
from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.language.paragraphs import Paragraph
from extractor.messages import _
from extractor.rulebook import Rulebook, RuleFile
from extractor.sources.blocks import flat

_EARLIEST = date(1998, 1, 1)
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ]|\s*\Z)")
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

    def __init__(self, book: Rulebook) -> None:
        self._reader = DateReader(book["dates"])
        self._rules: RuleFile = book["pages"]
        self._updated = self._rules.compile(r"{updated}[^\pL]*(?:\pL+[^\pL]*)?\z")

    def read(
        self,
        shown: Iterable[tuple[str, str]],
        declared: Iterable[tuple[str, str]],
        retrieved: str | None,
    ) -> Published:
        """The day of an article.

        ``shown`` are (source, text) a reader sees as its date, ``declared`` what metadata say; the
        first that gives a sane day wins, shown before declared. ``retrieved`` (ISO) is the latest
        day it can be.
        """
        latest = _day(retrieved[:10]) if retrieved else None
        refused: list[str] = []
        days: list[tuple[date, str]] = []
        for source, text in _both(shown, declared):
            words = flat(text[: 4 * _MAX_TEXT])[:_MAX_TEXT]
            if not words:
                continue
            found, why = self._first(words)
            if found is None:
                refused.append(why.format(text=words[:60]))
            elif (wrong := _insane(found, latest)) is not None:
                refused.append(wrong.format(day=found.isoformat(), text=words[:60]))
            else:
                days.append((found, source))
        if not days:
            reason = "; ".join(dict.fromkeys(refused)) or _("the page shows no date")
            return Published(None, None, reason)
        day, source = days[0]
        notes = tuple(
            _("{other} says {day}").format(other=where, day=other.isoformat())
            for other, where in days[1:]
            if abs((other - day).days) > 1
        )
        return Published(day.isoformat(), source, None, notes)

    def day_in(self, text: str) -> str | None:
        """The only day of a short text, ISO; None where there is none or more than one."""
        days = {d for d in (_full(one) for one in self._found(flat(text)[:_MAX_TEXT])) if d}
        return days.pop().isoformat() if len(days) == 1 else None

    def _first(self, text: str) -> tuple[date | None, str]:
        """The first full day of a text that is no day of a revision, else why there is none."""
        iso = _ISO.match(text)
        if iso and (day := _day(iso.group(1))) is not None:
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

    def _found(self, text: str) -> list[Found]:
        line = (Paragraph(0, len(text), 1, "body"),)
        return self._reader.read(text, Layout(text, line, (), None, None), None)


@lru_cache(maxsize=4)
def dating_of(book: Rulebook) -> Dating:
    """The reader of a rulebook, made once."""
    return Dating(book)


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


def _both(
    shown: Iterable[tuple[str, str]], declared: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    yield from shown
    yield from declared


def _full(found: Found) -> date | None:
    value = found.value
    if value.get("precision") != "day" or value.get("year_source") != "written":
        return None
    start = value.get("start")
    return _day(start) if start and not value.get("relative") else None


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
