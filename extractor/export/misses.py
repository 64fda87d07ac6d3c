"""The misses of a run as one HTML page, each shown in its text."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from extractor.evaluation.scores import Row, Scores
from extractor.evaluation.scoring import FIELDS, Judgement
from extractor.export.frame import page
from extractor.messages import _

_NUMBER = ' class="n"'
# Of words that were neither, wanted, got, both.
_TAGS = (
    ("", ""), ("<ins>", "</ins>"), ("<del>", "</del>"), ('<span class="both">', "</span>"),
)  # fmt: skip
_STYLE = """
table{width:auto}td.n,th.n{min-width:3.5rem}li{margin:.4rem 0}.field{font-weight:600}
summary{cursor:pointer}pre{margin-top:.5rem}span.both{background:var(--mark)}
ins,del{text-decoration:none}
"""


def misses_page(scores: Scores, texts: Mapping[str, str]) -> str:
    """One page: the table of scores, then every document with misses.

    What was wanted is marked green in its text, what was got red, what both have in part yellow;
    ``texts`` are the releases by document.
    """
    heads = "".join(
        f"<th{kind}>{escape(head)}</th>"
        for head, kind in (
            (_("field"), ""), ("P", _NUMBER), ("R", _NUMBER), ("F1", _NUMBER),
            (_("annotated"), _NUMBER), (_("found"), _NUMBER),
        )
    )  # fmt: skip
    rows = "".join(f"<tr>{_row(field, scores.rows[field])}</tr>" for field in FIELDS)
    parts = [
        '<div class="wide" tabindex="0">',
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
    ]
    for document, judgements in scores.judgements.items():
        if wrong := [one for one in judgements if not one.right]:
            parts += _document(document, wrong, texts.get(document, ""))
    return page(_("Scores against the annotated corpus"), _STYLE, *parts)


def _row(field: str, row: Row) -> str:
    shares = "".join(f"<td{_NUMBER}>{n:.3f}</td>" for n in (row.precision, row.recall, row.f1))
    counts = "".join(f"<td{_NUMBER}>{n}</td>" for n in (row.gold, row.found))
    return f"<td>{escape(field)}</td>{shares}{counts}"


def _document(name: str, wrong: Sequence[Judgement], text: str) -> Iterator[str]:
    yield f'<h2 id="{escape(name)}">{escape(name)}</h2><ul>'
    for one in wrong:
        yield (
            f'<li><span class="field">{escape(one.field)}</span> {escape(_("wanted"))}: '
            f'<ins lang="id">{_words(one.wanted)}</ins> {escape(_("got"))}: '
            f'<del lang="id">{_words(one.got)}</del></li>'
        )
    summary = _("text")
    yield f"</ul><details><summary>{escape(summary)}</summary>"
    yield f'<pre lang="id">{_marked_text(text, wrong)}</pre></details>'


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
            before, after = _TAGS[marks[start]]
            shown.append(before + piece + after)
            start = at
    return "".join(shown)
