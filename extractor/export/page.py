"""A record as an HTML page, and as the input of displaCy."""

from collections.abc import Iterable
from html import escape
from typing import Any

from extractor.export.annotation import Annotation, annotation_of, sorted_marks
from extractor.record import Record

COLORS = {
    "EVENT": "#ffd591", "ORGANIZER": "#d3f261", "THEME": "#ffe58f", "OCCASION": "#ffe58f",
    "DATE": "#91d5ff", "VENUE": "#b7eb8f", "PERSON": "#d3adf7", "ROLE": "#efdbff",
    "DIRECT": "#ffccc7", "REPORTED": "#ffe7e5", "CUE": "#d9d9d9", "SPEAKER": "#efdbff",
}  # fmt: skip
_STYLE = """
body{font:16px/1.9 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}
mark{border-radius:.25em;padding:.1em .2em}
mark>small{font-size:.62em;font-weight:600;margin-left:.3em;opacity:.7}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;font-size:.9em}
dt{font-weight:600}dd{margin:0}section{border-top:1px solid #ddd;padding-top:1rem}
h2{font-size:1.15em;line-height:1.4;margin:0 0 1rem}pre{white-space:pre-wrap;font:inherit}
"""


def displacy_input(record: Record) -> dict[str, Any]:
    """What ``spacy.displacy.render(…, style="span"|"ent", manual=True)`` takes; for ``ent``, which
    cannot show overlaps, the first and widest marks are kept."""
    ents: list[dict[str, Any]] = []
    for mark in sorted_marks(annotation_of(record)):
        if not ents or mark.start >= ents[-1]["end"]:
            ents.append({"start": mark.start, "end": mark.end, "label": mark.label})
    return {"text": record.text, "ents": ents, "title": record.source.title}


def records_page(records: Iterable[Record]) -> str:
    """One HTML page that shows each record: its facts, then its text with all marks, nested."""
    parts = [f'<!doctype html><html lang="id"><head><meta charset="utf-8"><style>{_STYLE}</style>']
    parts.append("<title>rilis</title></head><body>")
    for record in records:
        title = escape(record.text.split("\n", 1)[0])
        parts += ["<section>", f"<h2>{title}</h2>", _facts(record)]
        parts.append(f"<pre>{marked_html(annotation_of(record))}</pre>")
        parts.append("</section>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def marked_html(annotation: Annotation) -> str:
    """The text with nested ``<mark>`` elements; a mark that would cross another is cut short."""
    shown: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0

    def close_until(place: int) -> None:
        nonlocal at
        while stack and stack[-1][0] <= place:
            end, label = stack.pop()
            shown.append(escape(annotation.text[at:end]))
            shown.append(f"<small>{label}</small></mark>")
            at = end

    for mark in sorted_marks(annotation):
        close_until(mark.start)
        shown.append(escape(annotation.text[at : mark.start]))
        at = mark.start
        end = min(mark.end, stack[-1][0]) if stack else mark.end
        color = COLORS.get(mark.label, "#eee")
        shown.append(f'<mark style="background:{color}" id="{escape(mark.id)}">')
        stack.append((end, escape(mark.label)))
    close_until(len(annotation.text))
    shown.append(escape(annotation.text[at:]))
    return "".join(shown)


def _facts(record: Record) -> str:
    rows: list[tuple[str, str]] = []
    for event in record.events:
        rows.append(("event" if event.main else "related event", event.name.text))
        if event.date is not None:
            rows.append(
                (
                    "date",
                    " … ".join(dict.fromkeys(filter(None, (event.date.start, event.date.end)))),
                )
            )
        if event.venue is not None:
            rows.append(("venue", event.venue.text))
    for person in record.people:
        role = f", {person.role.text}" if person.role else ""
        rows.append(("person", person.name + role))
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f"<dl>{items}</dl>"
