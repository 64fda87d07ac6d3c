"""Decisions as data: out of a JSON object, or out of what a person types."""

import re
from collections.abc import Mapping
from typing import Any

from extractor.archive.reviewing.addresses import COMPLETE, Address, parse
from extractor.archive.reviewing.deciding import (
    accept,
    complete,
    correct,
    dismiss,
    reject,
    reviewer_name,
    take,
)
from extractor.archive.reviewing.looking import Decision
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.undoing import undo
from extractor.archive.reviewing.values import PARTS, Given
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.messages import _

ACTIONS = ("accept", "correct", "reject", "add", "take", "dismiss", "complete", "undo")
_KEYS = frozenset({"field", "action", "value", "span", "seen", "note", "reviewer"})
_SPAN = re.compile(r"(\d{1,9}):(\d{1,9})", re.ASCII)
_PART = re.compile(r"\s*([a-z_]+)=(.*)", re.ASCII | re.DOTALL)


def perform(store: Store, request: Mapping[str, Any], reviewer: str) -> list[Decision]:
    """Do what a request says; returns the rows of the log.

    ``field`` is an address, of ``take`` and ``dismiss`` the number of the proposal, of ``complete``
    the key of the release, of ``undo`` the number of the decision. ``reviewer`` decides unless the
    request names another. Raises UsageError on whatever cannot be.
    """
    strange = sorted(map(repr, request.keys() - _KEYS))
    if strange:
        said = _("a decision has no {keys}; it has: {known}")
        raise UsageError(said.format(keys=", ".join(strange), known=", ".join(sorted(_KEYS))))
    action, target = request.get("action"), request.get("field")
    if action not in ACTIONS:
        said = _("{action}: no action; there are: {known}")
        raise UsageError(said.format(action=repr(action), known=", ".join(ACTIONS)))
    if not isinstance(target, str | int) or isinstance(target, bool):
        raise UsageError(_("name the field, such as event.venue:12"))
    for key in ("note", "seen", "reviewer"):
        if not isinstance(request.get(key), str | None):
            raise UsageError(_("{key}: is no text").format(key=key))
    who = reviewer_name(request["reviewer"]) if request.get("reviewer") else reviewer
    told: dict[str, Any] = {"reviewer": who, "note": request.get("note")}
    span, value = _span(request.get("span")), request.get("value")
    if (span is not None or value is not None) and action not in ("correct", "add"):
        raise UsageError(_("{action}: takes no value").format(action=action))
    if action == "undo":
        return undo(store, _number(target), **told)
    return [_one(store, action, str(target), value, span, request.get("seen"), told)]


def _one(
    store: Store,
    action: str,
    target: str,
    value: Given,
    span: tuple[int, int] | None,
    seen: str | None,
    told: dict[str, Any],
) -> Decision:
    if action in ("take", "dismiss"):
        return (take if action == "take" else dismiss)(store, _number(target), **told)
    if action == "complete":
        return complete(store, target, **told)
    address = parse(target)
    if address.field == COMPLETE:
        raise UsageError(_("{field}: decide with complete").format(field=address))
    if action == "add":
        return add_missing(store, address.field, address.owner, value, span, **told)
    if action == "correct":
        return correct(store, address, value, span, seen=seen, **told)
    return (accept if action == "accept" else reject)(store, address, seen=seen, **told)


def _number(target: str | int) -> int:
    text = str(target)
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise UsageError(_("{text}: is no number").format(text=repr(text[:40])))
    return int(text)


def _span(given: Any) -> tuple[int, int] | None:
    if given is None:
        return None
    if isinstance(given, str):
        return span_of(given)
    both = isinstance(given, list | tuple) and len(given) == 2
    if not both or any(isinstance(n, bool) or not isinstance(n, int) for n in given):
        raise UsageError(_("{span}: a place is two numbers").format(span=repr(given)[:40]))
    return given[0], given[1]


def span_of(text: str) -> tuple[int, int]:
    """The place written as ``120:134``; raises UsageError."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        said = _("{text}: no place; give first and last offset, such as 120:134")
        raise UsageError(said.format(text=repr(text[:40])))
    return int(found[1]), int(found[2])


def typed(field: str, line: str) -> tuple[Given, tuple[int, int] | None]:
    """Value and place out of what a person typed: ``words``, ``120:134``, ``words @120:134``, or
    parts such as ``mode=online; room=Aula``, where ``;`` parts them."""
    text, span = line.strip(), None
    if _SPAN.fullmatch(text):
        return None, span_of(text)
    before, at, behind = text.rpartition("@")
    if at and _SPAN.fullmatch(behind.strip()):
        text, span = before.strip(), span_of(behind)
    parts = [_PART.fullmatch(one) for one in text.split(";")]
    if text and all(one is not None and one[1] in PARTS[field] for one in parts):
        return {one[1]: one[2].strip() for one in parts if one is not None}, span
    return text or None, span


def parts_given(field: Address, value: str | None, parts: list[str]) -> Given:
    """A value with parts given as ``name=value``; raises UsageError on another form."""
    if not parts:
        return value
    given: dict[str, Any] = {} if value is None else {PARTS[field.field][0]: value}
    for one in parts:
        found = _PART.fullmatch(one)
        if found is None:
            raise UsageError(_("{part}: a part is given as name=value").format(part=repr(one[:40])))
        given[found[1]] = found[2].strip()
    return given
