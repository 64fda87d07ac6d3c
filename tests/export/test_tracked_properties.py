"""Tracked drafts read back by programs that know nothing of rilis.

A few dozen made drafts by default, always the same ones; ``RILIS_EXAMPLES=500 pytest
tests/export/test_tracked_properties.py`` tries as many as are asked for.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import docx
import lxml.html
import pypandoc
from docx.oxml.ns import qn
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx_plus.revisions import accept_all_revisions, reject_all_revisions
from hypothesis import given, settings
from ooxml_integrity import check

from extractor.export.docx_accept import clean_docx
from extractor.export.tracked import tracked_docx
from extractor.sources import read_draft
from extractor.sources.docx import read_docx
from tests.export.made_docx import MadeWord, drafts

EXAMPLES = int(os.environ.get("RILIS_EXAMPLES", "25"))
made = settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES <= 25, database=None)

Formatted = list[tuple[str, bool | None, bool | None, int | None]]


def read_back(raw: bytes, resolve) -> list[Formatted]:
    """Each paragraph that says something as (sign, bold, italic, size), changes resolved."""
    document = docx.Document(io.BytesIO(raw))
    resolve(document)
    found = []
    for element in document.element.body.iter(qn("w:p")):
        signs = list(_signs(Paragraph(element, document)))
        if signs:
            found.append(signs)
    return found


def _signs(paragraph: Paragraph) -> Iterator[tuple[str, bool | None, bool | None, int | None]]:
    for inner in paragraph.iter_inner_content():
        for run in inner.runs if isinstance(inner, Hyperlink) else (inner,):
            for sign in run.text:
                yield sign, run.bold, run.italic, run.font.size


def texts(paragraphs: list[Formatted]) -> list[str]:
    return ["".join(sign for sign, *_ in paragraph) for paragraph in paragraphs]


def page(raw: bytes, changes: str) -> str:
    """What pandoc makes of a file, with tracked changes accepted or rejected."""
    options = [f"--track-changes={changes}", "--wrap=none"]
    return pypandoc.convert_text(raw, "html", "docx", options, encoding="utf-8")


def words(html: str) -> list[str]:
    """The words of a page."""
    return lxml.html.fromstring(f"<div>{html}</div>").text_content().split()


@made
@given(drafts)
def test_others_accept_the_clean_text_and_reject_the_draft(word: MadeWord) -> None:
    raw = word.raw()
    draft = read_draft("a.docx", raw)
    assert draft.text == word.text
    written = tracked_docx(draft, word.edits())
    assert written.refused == ()
    tracked = written.raw

    accepted = read_back(tracked, accept_all_revisions)
    assert texts(accepted) == [one.clean for one in word.paragraphs if one.clean]
    assert read_back(tracked, reject_all_revisions) == read_back(raw, reject_all_revisions)
    rejected = [read_docx(one, "a.docx", 10**6, "reject").text for one in (tracked, raw)]
    assert rejected[0] == rejected[1]
    assert clean_docx(draft, word.edits()).refused == ()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.docx")
        path.write_bytes(tracked)
        assert [str(one) for one in check(str(path))] == []


@made
@given(drafts)
def test_pandoc_accepts_the_clean_words_and_rejects_the_draft(word: MadeWord) -> None:
    draft = read_draft("a.docx", word.raw())
    tracked = tracked_docx(draft, word.edits()).raw
    clean = "".join(one.clean for one in word.paragraphs)
    assert "".join(words(page(tracked, "accept"))) == "".join(clean.split())
    assert words(page(tracked, "reject")) == words(page(word.raw(), "reject"))
