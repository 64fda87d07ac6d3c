"""A draft file cleaned and given back: bytes, encodings, byte order marks, line ends."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.drafting import clean_draft, undone, write_atomically
from extractor.errors import SourceError
from extractor.export import tracked as writing
from extractor.export.docx_map import Plan, WordFile
from extractor.record import Grade
from extractor.rulebook import Rulebook
from extractor.sources import Draft, read_draft
from extractor.sources.docx_story import Tracked
from tests.examples import examples
from tests.sources.made_docx import packed

BODY = (
    "Judul Rilis Pangan Kota\n\n"
    "Dinas Pangan ,  menggelar rapat pasca kegiatan di Aula Jati pada tanggal 2 Mei 2024.\n"
    "“Pekarangan adalah lumbung keluarga yang paling dekat dengan dapur.” Pungkas Danu.\n"
    "Dinas Pangan ,  menggelar rapat pasca kegiatan di Aula Jati pada tanggal 2 Mei 2024.\n"
)
BOTH: tuple[Grade, ...] = ("sure", "propose")
SEED = Path(__file__).parents[2] / "shared" / "seed" / "000_74e3a7fc94c91537.txt"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
def test_a_cleaning_is_undone_byte_for_byte(
    rulebook: Rulebook, encoding: str, bom: bytes, ends: str
) -> None:
    raw = bom + BODY.replace("\n", ends).encode(encoding)
    cleaned = clean_draft(read_draft("a.txt", raw), rulebook, BOTH)
    assert cleaned.raw.startswith(bom)
    assert cleaned.raw[len(bom) :].decode(encoding).count("Aula Jati") == 1
    assert undone(cleaned.raw, cleaned.undo_file(), "a.txt") == raw


def test_mended_letters_and_stray_bytes_come_back_too(rulebook: Rulebook) -> None:
    for raw in ("â€œPangan aman,â€\x9d ujarnya.\n".encode(), BODY.encode() + b"\x93kutipan\x94\n"):
        cleaned = clean_draft(read_draft("a.txt", raw), rulebook, BOTH)
        assert undone(cleaned.raw, cleaned.undo_file(), "a.txt") == raw


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.sampled_from(
            ["di karenakan", " ,", "se Kota", "“", ".” Pungkas X.", "\n", "\r\n", "dimana"]
        )
        | st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
        min_size=1,
        max_size=25,
    )
)
def test_any_text_is_undone(rulebook: Rulebook, pieces: list[str]) -> None:
    raw = " ".join(["Judul", *pieces]).encode()
    draft = read_draft("a.txt", raw)
    cleaned = clean_draft(draft, rulebook, BOTH)
    assert undone(cleaned.raw, cleaned.undo_file(), "a.txt") == raw


@pytest.mark.skipif(not SEED.is_file(), reason="the client's release is not beside this checkout")
def test_the_clients_release_keeps_its_title_and_five_paragraphs(rulebook: Rulebook) -> None:
    draft = read_draft(SEED)
    cleaned = clean_draft(draft, rulebook, ("sure",))
    kept = [line for line in cleaned.cleaning.text.splitlines() if line.strip()]
    assert len(kept) == 6
    assert undone(cleaned.raw, cleaned.undo_file(), str(SEED)) == SEED.read_bytes()


def test_an_undo_file_fits_its_own_clean_draft_only(rulebook: Rulebook) -> None:
    cleaned = clean_draft(read_draft("a.txt", BODY.encode()), rulebook, BOTH)
    with pytest.raises(SourceError, match="changed since it was cleaned"):
        undone(cleaned.raw + b" ", cleaned.undo_file(), "a.txt")
    for broken in ("", "[]", "{}", json.dumps({"format": "rilis/undo/1"})):
        with pytest.raises(SourceError, match="no undo file"):
            undone(cleaned.raw, broken, "a.txt")


def test_a_finding_names_its_line_and_column(rulebook: Rulebook) -> None:
    cleaned = clean_draft(read_draft("a.txt", BODY.encode()), rulebook, BOTH)
    lines = list(cleaned.finding_lines())
    assert any(line.startswith("a.txt:3:13: style.") for line in lines)
    assert any(line.startswith("a.txt:5:1: repeats.exact: ") for line in lines)


@pytest.fixture
def word_draft() -> Draft:
    """The body as a Word draft, a table with a slip in it."""
    document = docx.Document()
    for line in BODY.splitlines():
        document.add_paragraph(line)
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Hari ", ", Senin"
    packed = io.BytesIO()
    document.save(packed)
    return read_draft("a.docx", packed.getvalue())


def test_a_word_draft_is_cleaned_as_a_word_file_and_undone(
    rulebook: Rulebook, word_draft: Draft
) -> None:
    for form in ("tracked", "copy"):
        cleaned = clean_draft(word_draft, rulebook, BOTH, form)
        again = read_draft("b.docx", cleaned.raw)
        assert again.text == cleaned.cleaning.text
        assert again.text.count("Aula Jati") == 1
        assert undone(cleaned.raw, cleaned.undo_file(), "b.docx") == word_draft.raw
    tracked = clean_draft(word_draft, rulebook, BOTH, "tracked")
    assert read_draft("b.docx", tracked.raw, tracked="reject").text == word_draft.text
    assert tracked.raw == clean_draft(word_draft, rulebook, BOTH, "tracked").raw


def test_what_crosses_two_cells_is_found_but_not_done(
    rulebook: Rulebook, word_draft: Draft
) -> None:
    cleaned = clean_draft(word_draft, rulebook, BOTH, "tracked")
    refused = [edit for edit in cleaned.cleaning.refused if "comma" in edit.rule]
    assert [word_draft.text[e.start : e.end] for e in refused] == ["\t"]
    assert "Hari\t, Senin" in cleaned.cleaning.text


def test_findings_in_a_word_draft_name_paragraph_and_character(
    rulebook: Rulebook, word_draft: Draft
) -> None:
    lines = list(clean_draft(word_draft, rulebook, BOTH).finding_lines())
    assert any(line.startswith("a.docx:¶3:13: style.") for line in lines)
    assert any(line.startswith("a.docx:¶5:1: repeats.exact: ") for line in lines)


def test_a_repeat_in_a_word_draft_names_the_place_of_the_paragraph_that_stays(
    rulebook: Rulebook,
) -> None:
    document = docx.Document()
    said = "Dinas Pangan menggelar rapat kegiatan di Aula Jati pada tanggal 2 Mei 2024."
    document.add_heading("Judul Rilis Pangan Kota", 1)
    document.add_table(1, 2)
    for words in (said, "Warga hadir di sana sejak pagi.", said):
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    cleaned = clean_draft(read_draft("a.docx", out.getvalue()), rulebook, BOTH, "tracked")
    (line,) = cleaned.finding_lines()
    assert line.startswith("a.docx:¶6:1: repeats.exact: the same as paragraph 1 (¶4) [done")
    with zipfile.ZipFile(io.BytesIO(cleaned.raw)) as package:
        assert "the same as paragraph 1 (¶4)" in package.read("word/comments.xml").decode()


def test_a_finding_in_a_note_names_the_note(rulebook: Rulebook) -> None:
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>Catatan , dua.</w:t></w:r></w:p></w:footnote>"
    raw = packed("<w:p><w:r><w:t>Isi.</w:t></w:r></w:p>", footnotes=note)
    cleaned = clean_draft(read_draft("a.docx", raw, parts="all"), rulebook, BOTH)
    (line,) = cleaned.finding_lines()
    assert line.startswith("a.docx:footnotes:¶1:8: style.space-before-comma")


def test_a_text_is_no_word_file(rulebook: Rulebook) -> None:
    with pytest.raises(SourceError, match="only a Word draft"):
        clean_draft(read_draft("a.txt", BODY.encode()), rulebook, BOTH, "tracked")


def test_a_file_is_written_whole_with_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    write_atomically(path, b"new", backup=True)
    assert (path.read_bytes(), (tmp_path / "a.txt.bak").read_bytes()) == (b"new", b"old")
    with pytest.raises(SourceError, match="changed while it was being cleaned"):
        write_atomically(path, b"newer", backup=True, was=b"old")
    assert path.read_bytes() == b"new"
    with pytest.raises(SourceError, match="cannot be written"):
        write_atomically(tmp_path / "no" / "a.txt", b"new")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "a.txt.bak"]


def test_what_cannot_be_put_in_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "naskah").mkdir()
    with pytest.raises(SourceError, match="cannot be written"):
        write_atomically(tmp_path / "naskah", b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["naskah"]


def test_only_the_edits_that_a_file_cannot_hold_are_left_out(
    rulebook: Rulebook, word_draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = clean_draft(word_draft, rulebook, BOTH, "tracked")
    bad = whole.cleaning.edits[1]
    tries = []

    def prove(file: WordFile, plans: Sequence[Plan], how: Tracked) -> None:
        tries.append(len(plans))
        if any(plan.edit == bad for plan in plans):
            raise writing.Unproved(file.draft.path, "no")

    monkeypatch.setattr(writing, "prove", prove)
    found = clean_draft(word_draft, rulebook, BOTH, "tracked")
    assert bad in found.unwritten
    assert set(found.cleaning.edits) == set(whole.cleaning.edits) - {bad}
    assert len(tries) < 2 * len(whole.cleaning.edits)
    assert any("this file cannot hold it" in line for line in found.finding_lines())
    read = read_draft("b.docx", found.raw)
    assert read.text == found.cleaning.text.strip()


def test_a_file_that_does_not_hold_as_it_is_is_refused(
    rulebook: Rulebook, word_draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prove(file: WordFile, plans: Sequence[Plan], how: Tracked) -> None:
        raise writing.Unproved(file.draft.path, "does not hold")

    monkeypatch.setattr(writing, "prove", prove)
    with pytest.raises(SourceError, match="does not hold"):
        clean_draft(word_draft, rulebook, BOTH, "tracked")
