"""Each stage alone: a component fed with the annotation of what comes before it.

End to end, a quotation loses its speaker where the person was missed; here the events get the
annotated venue and persons, the quotes get the annotated persons, so that each component's own
misses are seen. Dates stay as they were read: of many the annotation tells one, and not its words.

Marks are made of the words of the annotation where they stand in the text; where such a mark was
read too, it keeps what reading tells beside the words (its sentence, its cue, its form), which
later stages go by and no annotation holds.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from extractor.components.marks import mark, marked
from extractor.evaluation.corpus import Annotated
from extractor.evaluation.scores import Row, score
from extractor.evaluation.scoring import FIELDS
from extractor.extraction import Extractor
from extractor.language.found import Found, span_value
from extractor.record import to_json

# The component that is judged, what it is given, and the fields it is judged by.
STAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "events": (("venues", "people"), ("event", "type", "date", "venue", "organizers")),
    "quotes": (("people",), ("direct", "speaker", "reported", "reported speaker")),
}
_RULE = "annotation"


def stage_rows(
    documents: Sequence[Annotated], extractor: Extractor
) -> dict[str, dict[str, tuple[Row, Row]]]:
    """For each stage and each of its fields: (on annotated input, end to end)."""
    golds = [one.gold for one in documents]
    whole = score(golds, {one.id: _plain(extractor, one, ()) for one in documents})
    rows = {}
    for stage, (given, fields) in STAGES.items():
        alone = score(golds, {one.id: _plain(extractor, one, given) for one in documents})
        rows[stage] = {f: (alone.rows[f], whole.rows[f]) for f in FIELDS if f in fields}
    return rows


def _plain(extractor: Extractor, one: Annotated, given: tuple[str, ...]) -> dict[str, Any]:
    """The record of one release, its marks of these keys replaced by the annotation's."""

    def replace(doc: Doc, key: str) -> None:
        if key in given:
            mark(doc, key, list(MARKS[key](doc, one.gold)))

    plain: dict[str, Any] = json.loads(to_json(extractor.read(one.article, replace)[0]))
    return plain


def gold_people(doc: Doc, gold: Mapping[str, Any]) -> Iterator[Found]:
    """Every mention of the annotated persons, in order; lone roles stay as they were read."""
    text = doc.text
    read = {(one.start, one.end): one for one in marked(doc, "people")}
    found: list[Found] = []
    for number, person in enumerate(gold["people"], 1):
        forms = sorted({person["name"], *person.get("aliases", [])}, key=len, reverse=True)
        places = [m for m in _places(text, forms) if not _inside(m, found)]
        for at, (start, end) in enumerate(places):
            own = read[start, end].value if (start, end) in read else {}
            value: dict[str, Any] = {"form": "short" if at else "full", **own}
            value |= {"person": f"p{number}", "head": False}
            if not at:
                value |= {
                    "head": True,
                    "name": person["name"],
                    "titles": [],
                    "role": _role(text, person.get("role")),
                    "organization": None,
                    "aliases": list(person.get("aliases", [])),
                }
            found.append(Found(start, end, _RULE, 1.0, value))
    found += [one for one in marked(doc, "people") if one.value.get("form") == "role"]
    return iter(sorted(found, key=lambda f: (f.start, f.end)))


def gold_venues(doc: Doc, gold: Mapping[str, Any]) -> Iterator[Found]:
    """The annotated venue where it stands; of several places the one that was read as a venue most
    surely. What else was read stays, as places: the annotation names the venue of one event."""
    read = marked(doc, "venues")
    places = [
        place for name in (gold.get("venues") or [])[:1] for place in _places(doc.text, [name])
    ]
    known = [one for one in read if (one.start, one.end) in places]
    sure = {"mode": "onsite", "parts": {}, "weight": 100.0, "likely": True}
    if known:
        best = max(known, key=lambda one: float(one.value["weight"]))
        found = [Found(best.start, best.end, _RULE, 1.0, {**best.value, "likely": True})]
    else:
        found = [Found(*place, _RULE, 1.0, sure) for place in places[:1]]
    found += [one for one in read if not any(_cross(one, venue) for venue in found)]
    return iter(sorted(found, key=lambda one: (one.start, one.end)))


MARKS = {"people": gold_people, "venues": gold_venues}


def _places(text: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where any of these forms stands as whole words, blanks folded, longest first."""
    sources = [r"\s+".join(map(re.escape, form.split())) for form in forms if form.split()]
    if sources:
        for found in re.finditer(rf"(?<!\w)(?:{'|'.join(sources)})(?!\w)", text):
            yield found.span()


def _cross(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _inside(place: tuple[int, int], found: Sequence[Found]) -> bool:
    return any(one.start <= place[0] and place[1] <= one.end for one in found)


def _role(text: str, role: str | None) -> dict[str, Any] | None:
    for start, end in _places(text, [role]) if role else ():
        return span_value(text, start, end, _RULE, 1.0)
    return None
