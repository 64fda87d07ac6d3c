"""Annotations in the forms of Label Studio, doccano, Prodigy and spaCy, and back.

Each form carries the marks with ``text[start:end]`` intact, the relations between them, and the
meta data, so that reading what was written gives an equal annotation. Sources of the forms: the
import formats in the tools' own documentation (Label Studio predictions; doccano JSONL with
relations; Prodigy tasks with spans and relations; spaCy DocBin).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, SpanGroup
from spacy.vocab import Vocab

from extractor.export.annotation import Annotation, Mark, Relation
from extractor.export.reviewed import reviewed
from extractor.messages import _


@dataclass(frozen=True)
class Tool:
    """How one tool's file is written and read; ``suffix`` is its usual file ending."""

    suffix: str
    write: Callable[[Iterable[Annotation]], bytes]
    read: Callable[[bytes], Iterator[Annotation]]


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _read_lines(
    raw: bytes, parse: Callable[[dict[str, Any]], Annotation | None]
) -> Iterator[Annotation]:
    lines = (line for line in raw.decode("utf-8-sig").split("\n") if line.strip())
    return reviewed(lines, lambda line: parse(_object(json.loads(line))))


def _object(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ValueError(_("no object, but {what}").format(what=json.dumps(row)[:40]))
    return row


def write_prodigy(annotations: Iterable[Annotation]) -> bytes:
    """One task a line: text, spans, relations, meta."""
    return _lines(
        {
            "text": one.text,
            "spans": [
                {"id": m.id, "start": m.start, "end": m.end, "label": m.label, "score": m.score}
                for m in one.marks
            ],
            "relations": [
                {"head": r.start, "child": r.end, "label": r.label} for r in one.relations
            ],
            "meta": one.meta,
        }
        for one in annotations
    )


def read_prodigy(raw: bytes) -> Iterator[Annotation]:
    """Tasks of :func:`write_prodigy`, reviewed in the tool or not; rejected ones are left out."""

    def parse(row: dict[str, Any]) -> Annotation | None:
        if row.get("answer", "accept") != "accept":
            return None
        marks = tuple(
            Mark(str(s.get("id", f"m{n}")), s["start"], s["end"], s["label"], s.get("score", 1.0))
            for n, s in enumerate(row.get("spans") or [])
        )
        relations = tuple(
            Relation(str(r["head"]), str(r["child"]), r["label"])
            for r in row.get("relations") or []
        )
        return Annotation(row["text"], marks, relations, row.get("meta") or {})

    return _read_lines(raw, parse)


def write_doccano(annotations: Iterable[Annotation]) -> bytes:
    """One document a line: text, entities, relations; ids are numbers, as the tool wants."""
    rows = []
    for one in annotations:
        numbers = {m.id: n for n, m in enumerate(one.marks)}
        rows.append(
            {
                "text": one.text,
                "entities": [
                    {
                        "id": numbers[m.id],
                        "label": m.label,
                        "start_offset": m.start,
                        "end_offset": m.end,
                    }
                    for m in one.marks
                ],
                "relations": [
                    {"id": n, "from_id": numbers[r.start], "to_id": numbers[r.end], "type": r.label}
                    for n, r in enumerate(one.relations)
                ],
                "meta": one.meta | {"scores": {m.id: m.score for m in one.marks}},
            }
        )
    return _lines(rows)


def read_doccano(raw: bytes) -> Iterator[Annotation]:
    """Documents of :func:`write_doccano`, or the tool's own export; plain ``label`` lists too."""

    def parse(row: dict[str, Any]) -> Annotation:
        meta = dict(row.get("meta") or {})
        scores = meta.pop("scores", {})
        entities = row.get("entities") or [
            {"id": n, "start_offset": s, "end_offset": e, "label": label}
            for n, (s, e, label) in enumerate(row.get("label") or [])
        ]
        marks = tuple(
            Mark(
                f"m{one['id']}", one["start_offset"], one["end_offset"], one["label"],
                scores.get(f"m{one['id']}", 1.0),
            )
            for one in entities
        )  # fmt: skip
        relations = tuple(
            Relation(f"m{r['from_id']}", f"m{r['to_id']}", r["type"])
            for r in row.get("relations") or []
        )
        return Annotation(row["text"], marks, relations, meta)

    return _read_lines(raw, parse)


def write_label_studio(annotations: Iterable[Annotation]) -> bytes:
    """A list of tasks whose predictions are our marks, to be reviewed."""
    tasks = []
    for one in annotations:
        result: list[dict[str, Any]] = [
            {
                "id": m.id, "from_name": "label", "to_name": "text", "type": "labels",
                "score": m.score,
                "value": {
                    "start": m.start, "end": m.end, "text": one.text[m.start : m.end],
                    "labels": [m.label],
                },
            }
            for m in one.marks
        ]  # fmt: skip
        result += [
            {
                "type": "relation", "from_id": r.start, "to_id": r.end, "direction": "right",
                "labels": [r.label],
            }
            for r in one.relations
        ]  # fmt: skip
        tasks.append(
            {
                "data": {"text": one.text, "meta": one.meta},
                "predictions": [{"model_version": "rilis", "result": result}],
            }
        )
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()


def read_label_studio(raw: bytes) -> Iterator[Annotation]:
    """Tasks with annotations (a person's, which win) or predictions (ours)."""

    def parse(task: Any) -> Annotation:
        task = _object(task)
        done = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
        chosen = (done or task.get("predictions") or [{}])[-1]
        marks, relations = [], []
        for number, one in enumerate(chosen.get("result") or []):
            if one.get("type") == "labels":
                value = one["value"]
                marks.append(
                    Mark(
                        str(one.get("id", f"m{number}")), value["start"], value["end"],
                        value["labels"][0], one.get("score", 1.0),
                    )
                )  # fmt: skip
            elif one.get("type") == "relation":
                label = (one.get("labels") or [""])[0]
                relations.append(Relation(one["from_id"], one["to_id"], label))
        data = task["data"]
        return Annotation(data["text"], tuple(marks), tuple(relations), data.get("meta") or {})

    tasks = json.loads(raw)
    if not isinstance(tasks, list):
        raise ValueError(_("no list of tasks"))
    return reviewed(tasks, parse)


def write_docbin(annotations: Iterable[Annotation]) -> bytes:
    """A spaCy DocBin; marks stand in ``doc.spans["rilis"]``, exact offsets in ``doc.user_data``."""
    nlp = spacy.blank("id")
    docs = DocBin(store_user_data=True)
    for one in annotations:
        doc = nlp.make_doc(one.text)
        spans = [
            doc.char_span(m.start, m.end, label=m.label, span_id=m.id, alignment_mode="expand")
            for m in one.marks
        ]
        doc.spans["rilis"] = SpanGroup(doc, name="rilis", spans=[s for s in spans if s is not None])
        store: dict[Any, Any] = doc.user_data
        store["rilis"] = json.dumps(
            {
                "marks": [[m.id, m.start, m.end, m.label, m.score] for m in one.marks],
                "relations": [[r.start, r.end, r.label] for r in one.relations],
                "meta": one.meta,
            }
        )
        docs.add(doc)
    return bytes(docs.to_bytes())


def read_docbin(raw: bytes) -> Iterator[Annotation]:
    """Docs written by :func:`write_docbin`; others by the spans of their first span group."""

    def parse(doc: Doc) -> Annotation:
        kept = doc.user_data.get("rilis")
        if isinstance(kept, str):
            plain = json.loads(kept)
            return Annotation(
                doc.text,
                tuple(Mark(*row) for row in plain["marks"]),
                tuple(Relation(*row) for row in plain["relations"]),
                plain["meta"],
            )
        return Annotation(doc.text, tuple(_span_marks(doc)))

    return reviewed(DocBin().from_bytes(raw).get_docs(Vocab()), parse)


def _span_marks(doc: Doc) -> Iterator[Mark]:
    key = "rilis" if "rilis" in doc.spans else next(iter(doc.spans), None)
    for number, span in enumerate(doc.spans[key] if key is not None else doc.ents):
        yield Mark(f"m{number}", span.start_char, span.end_char, span.label_)


TOOLS = {
    "prodigy": Tool(".jsonl", write_prodigy, read_prodigy),
    "doccano": Tool(".jsonl", write_doccano, read_doccano),
    "label-studio": Tool(".json", write_label_studio, read_label_studio),
    "docbin": Tool(".spacy", write_docbin, read_docbin),
}
