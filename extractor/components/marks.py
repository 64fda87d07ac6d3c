"""How components leave their findings on a Doc, and read those of the components before them.

``span._.rilis`` is a plain dict ``{"rule", "confidence", "start", "end", "value"}``; ``start`` and
``end`` are exact characters, since a token may be wider than the value. It is kept in
``doc.user_data`` under the span's key and number, so that it survives ``nlp.pipe(n_process=2)`` and
``DocBin(store_user_data=True)``, and two findings on one token do not overwrite each other.

``doc._.rilis`` is None or a dict ``{"title_end": int | None, "published": "2024-05-02" | None}``
that the caller may set before the pipeline runs.
"""

import re
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from extractor.language.found import Found
from extractor.language.layout import Layout, read_layout
from extractor.rulebook import RuleFile

_KEY = "rilis"
# Blanks that pages put for a plain one; one sign for one, so that offsets hold.
_ODD_BLANK = re.compile("[\xa0\u2000-\u200b\u202f\u3000]")
_last: tuple[Doc, RuleFile, int | None, Layout] | None = None


def _finding(span: Span) -> dict[str, Any] | None:
    store: dict[Any, Any] = span.doc.user_data
    value: dict[str, Any] | None = store.get((_KEY, span.label_, span.id_))
    return value


def register_extensions() -> None:
    """Declare ``span._.rilis`` and ``doc._.rilis``; safe to call again."""
    if not Span.has_extension(_KEY):
        Span.set_extension(_KEY, getter=_finding)
    if not Doc.has_extension(_KEY):
        Doc.set_extension(_KEY, default=None)


register_extensions()


def mark(doc: Doc, key: str, found: Iterable[Found]) -> Doc:
    """Fill ``doc.spans[key]`` with the findings, in their order; the label of each span is the
    key."""
    spans = []
    store: dict[Any, Any] = doc.user_data
    for number, item in enumerate(found):
        span = doc.char_span(
            item.start, item.end, label=key, span_id=str(number), alignment_mode="expand"
        )
        if span is None:  # nothing but white space, or beyond the text
            continue
        store[(_KEY, key, str(number))] = {
            "rule": item.rule,
            "confidence": item.confidence,
            "start": item.start,
            "end": item.end,
            "value": dict(item.value),
        }
        spans.append(span)
    doc.spans[key] = SpanGroup(doc, name=key, spans=spans)
    return doc


def marked(doc: Doc, key: str) -> list[Found]:
    """The findings of one key; none where its component is not in the pipeline."""
    if key not in doc.spans:
        return []
    plain = (_finding(span) for span in doc.spans[key])
    return [Found(**one) for one in plain if one is not None]


def layout_of(doc: Doc, rules: RuleFile, text: str | None = None) -> Layout:
    """The layout of the Doc's text; ``rules`` is ``rulebook["paragraphs"]``.

    The last one is kept: every component of a pipeline asks for it, and a Doc puts its text
    together from its tokens each time it is asked. Who has the ``text`` gives it beforehand.
    """
    global _last
    title_end = (doc._.rilis or {}).get("title_end")
    if _last is not None and _last[0] is doc and _last[1] is rules and _last[2] == title_end:
        return _last[3]
    text = doc.text if text is None else text
    layout = read_layout(_ODD_BLANK.sub(" ", text), rules, title_end)
    _last = (doc, rules, title_end, layout)
    return layout


def published_of(doc: Doc) -> str | None:
    """The publication date (ISO) the caller gave, or None."""
    value: str | None = (doc._.rilis or {}).get("published")
    return value
