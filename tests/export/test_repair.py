"""A damaged first copy in a Word draft: repaired in its place, or nothing of its fuller copy goes."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

import extractor.drafting
from extractor.drafting import clean_draft
from extractor.export.tracked import Written, tracked_docx
from extractor.record import Edit
from extractor.rulebook import Rulebook
from extractor.sources import Draft, read_draft

WHOLE = (
    "Ia menargetkan setiap dasawisma memiliki satu bank sampah, dan pengepul datang setiap pekan."
)
LINES = (
    "Warga Karangsari Pilah Sampah",
    WHOLE[:70],
    "Lurah Karangsari, Gunarti, mengajak warga memilah sampah dari rumah agar beban bak berkurang.",
    WHOLE,
)


@pytest.fixture
def draft() -> Draft:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return read_draft(Path("naskah.docx"), buffer.getvalue())


def lines(raw: bytes) -> list[str]:
    return [line for line in read_draft(Path("naskah.docx"), raw).text.split("\n") if line.strip()]


def test_the_first_copy_takes_the_words_of_the_fuller(rulebook: Rulebook, draft: Draft) -> None:
    cleaned = clean_draft(draft, rulebook, ("sure",), "tracked")
    assert lines(cleaned.raw) == [LINES[0], WHOLE, LINES[2]]
    copy = clean_draft(draft, rulebook, ("sure",), "copy")
    assert lines(copy.raw) == [LINES[0], WHOLE, LINES[2]]


def test_no_copy_goes_where_its_words_cannot_stand_in_the_first(
    rulebook: Rulebook, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(write: Callable[..., Written]) -> Callable[..., Written]:
        def written(draft: Draft, edits: list[Edit], *rest: object) -> Written:
            held = tuple(edit for edit in edits if edit.kind == "repair")
            done = write(draft, [edit for edit in edits if edit not in held], *rest)
            return Written(done.raw, (*done.refused, *held))

        return written

    monkeypatch.setattr(extractor.drafting, "tracked_docx", refusing(tracked_docx))
    cleaned = clean_draft(draft, rulebook, ("sure",), "tracked")
    assert lines(cleaned.raw) == list(LINES)
    assert not [e for e in cleaned.cleaning.edits if e.kind in ("repair", "repeat")]
