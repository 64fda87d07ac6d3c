"""What a person gives as a value, checked and turned into columns of the archive.

A value is a text (the words, the day, the speaker) or a mapping with the parts named in ``PARTS``.
Days are ``2024-05-02``, ``2024-05``, ``2024`` or ``2024-05-02/2024-05-04``, with a time and a
time zone behind them where there is one: ``2024-05-02 09:00-12:00 WIB``.
"""

import calendar
import datetime
import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from extractor.archive.intake.rows import Row
from extractor.errors import UsageError
from extractor.messages import _
from extractor.record import Mode, QuoteKind, Status

Given = str | Mapping[str, Any] | None
VENUE_PARTS = ("room", "building", "street", "village", "district", "city", "province")
_DATE = ("date", "time_start", "time_end", "timezone")
# the parts of a value by field; the first is what a bare text means
PARTS: dict[str, tuple[str, ...]] = {
    "event.name": ("name", "type", "class", "phase", "status"),
    "event.theme": ("theme",),
    "event.occasion": ("occasion",),
    "event.date": _DATE,
    "event.venue": ("name", "mode", *VENUE_PARTS),
    "event.organizer": ("name",),
    "event.participant": ("name", "person", "headcount"),
    "person.name": (
        "name", "full_name", "titles", "aliases", "organization", "pseudonym",
    ),
    "person.role": ("role",),
    "person.mention": ("words",),
    "quote.text": ("text", "kind"),
    "quote.speaker": ("speaker", "delivered_by"),
    "quote.cue": ("cue",),
    "quote.occasion": ("occasion",),
    "quote.date": _DATE,
    "release.date": _DATE,
    "release.credit": ("words",),
    "release.dateline": ("words",),
}  # fmt: skip
# whose value is nothing but words of the text
VERBATIM = ("quote.text", "person.mention", "release.credit", "release.dateline")
_CHOICES = {"status": get_args(Status), "mode": get_args(Mode), "kind": get_args(QuoteKind)}
_LONGEST = 1000  # characters of a name
_LONGEST_KIND = 200  # of a type or class, which are indexed
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WHEN = re.compile(
    r"(?P<start>[\d-]+)(?:/(?P<end>[\d-]+))?"
    r"(?:\s+(?P<from>\d\d:\d\d)(?:-(?P<to>\d\d:\d\d))?)?(?:\s+(?P<zone>[A-Z]{2,5}))?",
    re.ASCII,
)


def parts_of(field: str, given: Given) -> dict[str, Any]:
    """The parts given, by name, each of its kind; raises UsageError on what no value can be."""
    allowed = PARTS[field]
    if given is None:
        return {}
    if isinstance(given, str):
        given = {allowed[0]: given}
    if not isinstance(given, Mapping):
        raise UsageError(_("{field}: a value is a text or an object").format(field=field))
    parts: dict[str, Any] = {}
    for name, value in given.items():
        if name not in allowed:
            said = _("{field} has no part {name}; it has: {allowed}")
            raise UsageError(said.format(field=field, name=repr(name), allowed=", ".join(allowed)))
        parts[name] = _part(field, name, value)
    return parts


def _part(field: str, name: str, value: Any) -> Any:
    if name == "pseudonym":
        return _flag(field, value)
    if name == "headcount":
        return _count(field, value)
    if name in ("titles", "aliases"):
        many = value.split(";") if isinstance(value, str) else value
        if not isinstance(many, list | tuple):
            raise UsageError(_("{name}: a list of texts").format(name=name))
        return [_text(name, one) for one in many if one != ""]
    required = name == PARTS[field][0]
    if value is None or value == "":
        if required:
            said = _("{field}: an empty value is none; reject the field to say that there is none")
            raise UsageError(said.format(field=field))
        return None
    text = _text(name, value, _LONGEST_KIND if name in ("type", "class", "phase") else None)
    if name in _CHOICES and text not in _CHOICES[name]:
        said = _("{name}: {value} is none of {allowed}")
        raise UsageError(
            said.format(name=name, value=repr(text), allowed=", ".join(_CHOICES[name]))
        )
    if name in ("time_start", "time_end"):
        return _time(text)
    return text


def _text(name: str, value: Any, longest: int | None = None) -> str:
    if not isinstance(value, str):
        raise UsageError(_("{name}: {value} is no text").format(name=name, value=repr(value)[:80]))
    text = value.strip()
    if _NO_TEXT.search(text):
        raise UsageError(_("{name}: holds characters that no text has").format(name=name))
    limit = longest or (None if name in ("text", "words") else _LONGEST)
    if limit is not None and len(text) > limit:
        said = _("{name}: longer than {n} characters")
        raise UsageError(said.format(name=name, n=limit))
    if not text:
        raise UsageError(_("{name}: is empty").format(name=name))
    return text


def _flag(field: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    said = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    try:
        return said[str(value).lower()]
    except KeyError:
        raise UsageError(_("{field}: pseudonym is true or false").format(field=field)) from None


def _count(field: str, value: Any) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,9}", text):
        raise UsageError(_("{field}: headcount is a whole number").format(field=field))
    return int(text)


def _time(text: str) -> str:
    try:
        return datetime.time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        raise UsageError(_("{text}: is no time like 09:00").format(text=repr(text[:40]))) from None


def _days(text: str) -> tuple[datetime.date, datetime.date, str]:
    """First and last day, and how exact that is."""
    try:
        if re.fullmatch(r"\d{4}", text, re.ASCII):
            year = int(text)
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year"
        if re.fullmatch(r"\d{4}-\d\d", text, re.ASCII):
            year, month = map(int, text.split("-"))
            first = datetime.date(year, month, 1)
            return first, first.replace(day=calendar.monthrange(year, month)[1]), "month"
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            day = datetime.date.fromisoformat(text)
            return day, day, "day"
    except ValueError:
        pass
    said = _("{text}: is no day like 2024-05-02, no month like 2024-05 and no year")
    raise UsageError(said.format(text=repr(text[:40])))


def date_columns(parts: Mapping[str, Any], before: Row | None, words: str | None) -> Row:
    """The columns of ``dates`` for these parts; ``before`` is the row so far."""
    columns: Row = {}
    if "date" in parts:
        found = _WHEN.fullmatch(parts["date"])
        if found is None:
            said = _("{text}: is no day like 2024-05-02 or 2024-05-02/2024-05-04 09:00-12:00 WIB")
            raise UsageError(said.format(text=repr(parts["date"][:60])))
        start, last, precision = _days(found["start"])
        if found["end"] is not None:
            _first, last, other = _days(found["end"])
            precision = precision if other == precision else "part"
            if last < start:
                said = _("{text}: ends before it begins")
                raise UsageError(said.format(text=repr(parts["date"])))
        columns = {
            "start_date": start.isoformat(), "end_date": last.isoformat(), "precision": precision,
            "year_source": _year_source(start.year, before, words), "repair": None,
            "time_start": _time(found["from"]) if found["from"] else None,
            "time_end": _time(found["to"]) if found["to"] else None,
            "timezone": found["zone"],
        }  # fmt: skip
        if before is not None and found["from"] is None:  # a day alone leaves the time as it is
            for name in ("time_start", "time_end", "timezone"):
                columns[name] = columns[name] or before[name]
    for name in ("time_start", "time_end", "timezone"):
        if name in parts:
            columns[name] = parts[name]
    if before is None and not columns.get("start_date"):
        raise UsageError(_("{field}: which day? such as 2024-05-02").format(field="date"))
    return columns


def _year_source(year: int, before: Row | None, words: str | None) -> str:
    """Where the year is told: in the words, or wherever it was told before."""
    if words is not None and str(year) in words:
        return "written"
    if before is not None and str(before["start_date"] or "").startswith(f"{year:04}-"):
        return str(before["year_source"])
    return "none"


def venue_columns(parts: Mapping[str, Any], before: Row | None) -> Row:
    """The columns of ``venues``; parts that are empty go."""
    known = dict(json.loads(before["parts"])) if before is not None else {}
    for name in VENUE_PARTS:
        if name in parts:
            known.pop(name, None)
            if parts[name] is not None:
                known[name] = parts[name]
    columns: Row = {name: known.get(name) for name in VENUE_PARTS}
    columns["parts"] = json.dumps(known, ensure_ascii=False)
    if parts.get("mode") is not None:
        columns["mode"] = parts["mode"]
    return columns
