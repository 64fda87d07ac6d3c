"""Tracked drafts read back by programs that know nothing of rilis.

A few dozen made drafts by default, always the same ones; ``RILIS_EXAMPLES=500 pytest
tests/export/test_tracked_properties.py`` tries as many as are asked for.
"""

import io
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
from hypothesis import strategies as st
from ooxml_integrity import check

from extractor.editing.edits import apply
from extractor.export.docx_accept import clean_docx
from extractor.export.tracked import tracked_docx
from extractor.sources import read_draft
from extractor.sources.docx import read_docx
from tests.examples import examples
from tests.export.made_docx import MadeWord, drafts, edit

made = settings(max_examples=examples(25), deadline=None)

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
    return words_of(lxml.html.fromstring(f"<div>{html}</div>"))


def words_of(element: lxml.html.HtmlElement) -> list[str]:
    """The words of an element."""
    return element.text_content().split()


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


@made
@given(drafts, st.data())
def test_edits_across_lines_join_what_they_leave(word: MadeWord, data: st.DataObject) -> None:
    draft = read_draft("a.docx", word.raw())
    edits, at = [], 0
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(at, len(draft.text)))
        end = data.draw(st.integers(start, min(start + 40, len(draft.text))))
        edits.append(edit(start, end, data.draw(st.sampled_from(("", "", "x", " ")))))
        at = end + 1
        if at > len(draft.text):
            break
    written = tracked_docx(draft, edits)
    clean = apply(draft.text, [one for one in edits if one not in written.refused]).text
    accepted = page(written.raw, "accept")
    assert "".join(words(accepted)) == "".join(clean.split())
    cells = any(line is not None and len(line) > 1 for line in word.lines)
    if not cells and not any("\n" in one.text for one in word.paragraphs):
        # pandoc puts a blank where two paragraphs join
        lines = ["".join(line.split()) for line in clean.split("\n\n")]
        blocks = lxml.html.fromstring(f"<div>{accepted}</div>").iter("p")
        assert ["".join(words_of(block)) for block in blocks] == [line for line in lines if line]
    assert read_back(written.raw, reject_all_revisions) == read_back(
        draft.raw, reject_all_revisions
    )
    assert clean_docx(draft, edits).refused == written.refused
