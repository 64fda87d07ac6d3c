"""A value of the archive in one line, for screens and messages."""

import json
from collections.abc import Mapping
from typing import Any

from extractor.messages import _

Value = Mapping[str, Any]


def action_words() -> dict[str, str]:
    """What was decided, in words."""
    return {
        "accept": _("accepted"), "correct": _("corrected"), "reject": _("rejected"),
        "add": _("added"), "take": _("newer reading taken"),
        "dismiss": _("newer reading dismissed"), "complete": _("nothing is missing"),
        "undo": _("undone"),
    }  # fmt: skip


def year_words() -> dict[str, str]:
    """Where the year of a day comes from that is told without one, in words."""
    return {
        "weekday": _("the year is not written; it is the one in which the weekday fits"),
        "published": _("the year is not written; it is that of the publication"),
        "name": _("the year is not written here; it is another year of the text"),
        "none": _("the year is not written, and nothing tells it: give it with a correction"),
    }


def told(field: str, value: Value | None, names: Mapping[int, str]) -> str:
    """The value in a line; empty where there is none. ``names``: of the release's persons."""
    if value is None:
        return ""
    if field.endswith(".date"):
        return _date(value)
    if field == "event.name":
        status = None if value["status"] == "held" else value["status"]
        return _with(value["name"], value["type"], value["phase"], status)
    if field == "event.venue":
        mode = None if value["mode"] == "onsite" else value["mode"]
        parts = json.loads(value["parts"])
        return _with(value["name"], mode, *(f"{name}: {part}" for name, part in parts.items()))
    if field == "event.participant":
        count = value["headcount"]
        return _with(value["name"], None if count is None else str(count))
    if field == "person.name":
        return _person(value)
    if field == "quote.speaker":
        name, words = names.get(value["person_id"] or 0), value["speaker"]
        return _with(name or words, words if name and words != name else None)
    if field == "quote.text":
        return f"{value['kind']}: {value['text']}"
    return next((str(one) for name, one in value.items() if one and name != "office_id"), "")


def _with(main: Any, *more: str | None) -> str:
    rest = " · ".join(one for one in more if one)
    return f"{main or ''} ({rest})" if rest else str(main or "")


def _person(value: Value) -> str:
    titles, aliases = json.loads(value["titles"]), json.loads(value["aliases"])
    return _with(
        value["name"], value["full_name"], ", ".join(titles), " / ".join(aliases),
        value["organization"], "pseudonym" if value["pseudonym"] else None,
    )  # fmt: skip


def _date(value: Value) -> str:
    start, end = value["start_date"], value["end_date"]
    days = start or _("not known")
    if end and end != start:
        days += f"/{end}"
    times = "-".join(one for one in (value["time_start"], value["time_end"]) if one)
    return " ".join(one for one in (days, times, value["timezone"]) if one)
