"""What came back from an annotation tool, looked at before it is taken: a person may have changed
it by hand, and a program may have cut it."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from extractor.export.annotation import LABELS, Annotation, Mark
from extractor.messages import _


def reviewed(
    documents: Iterable[Any], parse: Callable[[Any], Annotation | None]
) -> Iterator[Annotation]:
    """The annotations of a tool's documents; ``parse`` gives None for one that is left out.

    Raises ValueError with the number of the document, from 1, and what is wrong with it.
    """
    for number, document in enumerate(documents, 1):
        try:
            annotation = parse(document)
            fault = _fault(annotation) if annotation is not None else None
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            fault = _reason(error)
        if fault is not None:
            raise ValueError(_("document {number}: {fault}").format(number=number, fault=fault))
        if annotation is not None:
            yield annotation


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return _("{key} is missing").format(key=error)
    if isinstance(error, json.JSONDecodeError):
        return _("no JSON: {reason} at character {column}").format(
            reason=error.msg, column=error.colno
        )
    if isinstance(error, RecursionError):
        return _("nested too deep")
    return str(error)


def _fault(one: Annotation) -> str | None:
    """What is wrong with an annotation, None where nothing is."""
    if not isinstance(one.text, str):
        return _("its text is no text")
    if any("\ud800" <= sign <= "\udfff" for sign in one.text):
        return _("its text holds half a character")
    if not isinstance(one.meta, dict) or not isinstance(one.meta.get("names") or {}, dict):
        return _("its meta data are no object")
    names: set[str] = set()
    for mark in one.marks:
        if (fault := _mark_fault(mark, len(one.text))) is not None:
            return fault
        if mark.id in names:
            return _("two marks are called {id}").format(id=mark.id)
        names.add(mark.id)
    for relation in one.relations:
        for end in (relation.start, relation.end):
            if end not in names:
                return _("a relation leads to {id}, which is no mark").format(id=end)
    return None


def _mark_fault(mark: Mark, length: int) -> str | None:
    if type(mark.start) is not int or type(mark.end) is not int:
        return _("mark {id}: its place is no whole number").format(id=mark.id)
    if not 0 <= mark.start < mark.end <= length:
        return _("mark {id}: {start} to {end} is no place in {length} characters").format(
            id=mark.id, start=mark.start, end=mark.end, length=length
        )
    if mark.label not in LABELS:
        return _("mark {id}: no label {label}; they are {known}").format(
            id=mark.id, label=mark.label, known=", ".join(LABELS)
        )
    if isinstance(mark.score, bool) or not isinstance(mark.score, int | float):
        return _("mark {id}: its score is no number").format(id=mark.id)
    return None
