"""The misses of a run as one HTML page, each shown in its text."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from extractor.evaluation.scores import Scores
from extractor.evaluation.scoring import FIELDS, Judgement
from extractor.messages import _

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse}
td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #ddd}
td:first-child,th:first-child{text-align:left}
h2{margin-top:2.5rem}pre{white-space:pre-wrap;font:inherit}
details{margin:.4rem 0}summary{cursor:pointer}.wanted{background:#d9f2d9}.got{background:#ffd9d9}
.both{background:#fff2b3}li{margin:.2rem 0}.field{font-weight:600}
"""


def misses_page(scores: Scores, texts: Mapping[str, str]) -> str:
    """One page: the table of scores, then every document with misses.

    What was wanted is marked green in its text, what was got red; ``texts`` are the releases by
    document.
    """
    rows = "".join(
        f"<tr><td>{escape(field)}</td><td>{r.precision:.3f}</td><td>{r.recall:.3f}</td>"
        f"<td>{r.f1:.3f}</td><td>{r.gold}</td><td>{r.found}</td></tr>"
        for field in FIELDS
        for r in (scores.rows[field],)
    )
    heads = "".join(
        f"<th>{escape(h)}</th>" for h in (_("field"), "P", "R", "F1", _("annotated"), _("found"))
    )
    title, heading = _("Misses"), _("Scores against the annotated corpus")
    wanted, got, text = escape(_("wanted")), escape(_("got")), escape(_("text"))
    parts = [
        '<!doctype html><html><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(heading)}</h1>",
        f"<table><tr>{heads}</tr>{rows}</table>",
    ]
    for document, judgements in scores.judgements.items():
        wrong = [one for one in judgements if not one.right]
        if not wrong:
            continue
        items = "".join(
            f'<li><span class="field">{escape(one.field)}</span> {wanted}: '
            f'<span class="wanted">{_words(one.wanted)}</span> {got}: '
            f'<span class="got">{_words(one.got)}</span></li>'
            for one in wrong
        )
        parts.append(f'<h2 id="{escape(document)}">{escape(document)}</h2><ul>{items}</ul>')
        parts.append(
            f"<details><summary>{text}</summary>"
            f"<pre>{_marked_text(texts.get(document, ''), wrong)}</pre></details>"
        )
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _words(value: Any) -> str:
    if value is None:
        return "-"
    return escape(" / ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _marked_text(text: str, wrong: Sequence[Judgement]) -> str:
    """The text with wanted and got words coloured, each at its first place."""
    marks = [0] * (len(text) + 1)
    for one in wrong:
        for value, bit in ((one.wanted, 1), (one.got, 2)):
            for words in value if isinstance(value, list | tuple) else [value]:
                at = text.find(words) if isinstance(words, str) and len(words) > 1 else -1
                if at >= 0:
                    marks[at : at + len(words)] = [m | bit for m in marks[at : at + len(words)]]
    shown = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] != marks[start]:
            piece = escape(text[start:at])
            name = ("", "wanted", "got", "both")[marks[start]]
            shown.append(f'<span class="{name}">{piece}</span>' if name else piece)
            start = at
    return "".join(shown)
