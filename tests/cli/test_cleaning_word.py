"""``rilis clean`` on Word drafts, as from a shell."""

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from extractor.sources import read_draft
from tests.shell import Shell
from tests.sources.made_docx import packed

LINE = "Dinas Pangan , menggelar rapat pasca kegiatan di Aula Jati bersama puluhan warga desa."


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A Word draft with a slip and a repeat."""
    document = docx.Document()
    for line in ("Judul Rilis Pangan Kota", LINE, "Peserta pulang membawa bibit.", LINE):
        document.add_paragraph(line)
    path = tmp_path / "draf.docx"
    document.save(str(path))
    return path


def test_a_word_draft_becomes_a_tracked_word_file(
    rilis: Shell, draft: Path, tmp_path: Path
) -> None:
    clean = tmp_path / "bersih.docx"
    status, _out, told = rilis("clean", draft, "-o", clean, "--author", "Meja Sunting")
    assert status == 0
    assert "draf.docx:¶2:13: style.space-before-comma" in told
    assert read_draft(clean).text.count("Aula Jati") == 1
    assert read_draft(clean, tracked="reject").text == read_draft(draft).text
    assert b"Meja Sunting" not in draft.read_bytes()


def test_in_place_keeps_the_draft_beside_it(rilis: Shell, draft: Path) -> None:
    before = draft.read_bytes()
    assert rilis("clean", draft, "--in-place")[0] == 0
    assert draft.with_name("draf.docx.bak").read_bytes() == before
    assert read_draft(draft).text.count("Aula Jati") == 1


def test_a_clean_copy_has_no_marks(rilis: Shell, draft: Path, tmp_path: Path) -> None:
    clean = tmp_path / "bersih.docx"
    assert rilis("clean", draft, "-o", clean, "--clean-copy")[0] == 0
    assert read_draft(clean, tracked="raw").text == read_draft(clean).text


def test_folders_keep_the_format_of_each_draft(rilis: Shell, draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.txt"
    other.write_text(LINE + "\n", encoding="utf-8")
    out = tmp_path / "keluar"
    assert rilis("clean", draft, other, "-o", out)[0] == 0
    assert sorted(path.name for path in out.iterdir()) == ["draf.docx", "lain.txt"]


def test_a_word_draft_is_written_as_text_where_that_is_asked_for(
    rilis: Shell, draft: Path, tmp_path: Path
) -> None:
    clean = tmp_path / "bersih.txt"
    assert rilis("clean", draft, "-o", clean)[0] == 0
    assert clean.read_text(encoding="utf-8").startswith("Judul Rilis")
    assert rilis("clean", draft)[1].startswith("Judul Rilis")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["a.docx", "--clean-copy"], 2, "--clean-copy needs"),
        (["a.docx", "--date", "kemarin"], 2, "is no time in UTC"),
        (["a.docx", "--tracked", "semua"], 2, "accept, reject or raw"),
        (["a.docx", "--parts", "kepala"], 2, "body or all"),
        (["a.docx", "-o", "b.docx", "--tracked", "raw"], 3, "with tracked changes accepted"),
        (["a.docx", "-o", "b.txt", "--clean-copy"], 3, "name a .docx file"),
        (["a.docx", "-o", "a.docx"], 3, "its own output"),
        (["a.txt", "-o", "b.docx"], 3, "only a Word draft"),
    ],
)
def test_wrong_use_is_told_with_the_way_out(
    rilis: Shell,
    draft: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    said: str,
) -> None:
    draft.rename(tmp_path / "a.docx")
    (tmp_path / "a.txt").write_text(LINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done, _out, told = rilis("clean", *arguments)
    assert (done, said in told) == (status, True), told
    assert not (tmp_path / "b.docx").exists()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return packed.getvalue()


def locked_part(raw: bytes) -> bytes:
    """The package with its first part marked as needing a password, as zip programs do."""
    found = bytearray(raw)
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found[found.index(magic) + flag] |= 1
    return bytes(found)


def with_macro(raw: bytes) -> bytes:
    """The package with a macro in it, and nothing that says so."""
    made = io.BytesIO(raw)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    return made.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
FETCHED = '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'
MACROS = zipped(
    **{
        "[Content_Types].xml": (
            b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Override PartName="/word/document.xml" ContentType='
            b'"application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        ),
        "word/document.xml": b"<x/>",
        "word/vbaProject.bin": b"x",
    }
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BAD = {
    "lama.doc": (OLE, "a Microsoft Office (.doc, .xls) file"),
    "kunci.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
    "kunci-zip.docx": (locked_part(packed(p("Isi."))), "locked by a password"),
    "makro.docm": (MACROS, "macros"),
    "makro-tersamar.docx": (MACROS, "macros"),
    "makro-sisip.docx": (with_macro(packed(p("Isi."))), "macros"),
    "tawa.docx": (packed(p("&l9;"), head=LAUGHS), "entities"),
    "tawa-atribut.docx": (packed('<w:p w:x="&l9;"/>', head=LAUGHS), "entity amplification"),
    "jaring.docx": (packed(p("&a;"), head=FETCHED), "entities"),
    "bom.docx": (packed(p("x") + "<w:p>" + " " * 7_000_000 + "</w:p>"), "unpacks to far more"),
    "entitas.docx": (packed(p("&a;"), head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "entities"),
    "arsip.docx": (zipped(catatan=b"x"), "without a Word document"),
    "putus.docx": (packed(p("Isi."))[:300], "not a .docx file"),
    "besar.docx": (b"PK\x03\x04" + bytes(2_100_000), "longer than"),
    "pindai.pdf": (b"%PDF-1.4 rusak", "damaged"),
}
HUGE = {"seratus.txt": "longer than", "seratus.docx": "longer than", "seratus.pdf": "longer than"}


def test_bad_files_cost_themselves_alone_and_are_left_as_they_are(
    rilis: Shell, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RILIS_MAX_MB", "0.2")
    for name, (raw, _said) in BAD.items():
        (tmp_path / name).write_bytes(raw)
    for name in HUGE:  # a hole: it has its length, but takes no room
        with (tmp_path / name).open("wb") as file:
            file.truncate(100_000_000)
    names = {path.name for path in tmp_path.iterdir()}
    status, _out, told = rilis("clean", tmp_path, "--in-place")
    assert status == 3
    lines = told.splitlines()
    for name, said in {**{name: said for name, (_raw, said) in BAD.items()}, **HUGE}.items():
        assert any(name in line and said in line for line in lines), (name, told)
    assert "Traceback" not in told
    for name, (raw, _said) in BAD.items():
        assert (tmp_path / name).read_bytes() == raw, name
    assert {(tmp_path / name).stat().st_size for name in HUGE} == {100_000_000}
    assert {path.name for path in tmp_path.iterdir()} == {*names, "draf.docx.bak"}
    assert read_draft(draft).text.count("Aula Jati") == 1


def test_drafts_of_one_name_do_not_take_each_others_place(rilis: Shell, tmp_path: Path) -> None:
    for name in ("a/rilis.txt", "b/rilis.txt", "b/rilis.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{LINE} Naskah {name}.\n", encoding="utf-8")
    out = tmp_path / "bersih"
    assert rilis("clean", tmp_path / "a", tmp_path / "b", "-o", out)[0] == 0
    found = {
        one.relative_to(out).as_posix(): one.read_text(encoding="utf-8")
        for one in out.rglob("*.txt")
    }
    assert sorted(found) == ["a/rilis.txt", "b/rilis.html.txt", "b/rilis.txt"]
    assert len({text[-20:] for text in found.values()}) == 3


NOTE = (
    '<w:footnote w:id="1"><w:p><w:r><w:t>Panitia dimana pun hadir di balai.</w:t></w:r></w:p>'
    "</w:footnote>"
)


def test_a_finding_in_a_note_can_be_left_alone(rilis: Shell, tmp_path: Path) -> None:
    path = tmp_path / "catatan.docx"
    path.write_bytes(packed(p("Rapat digelar di balai."), footnotes=NOTE))
    told = rilis("clean", path, "--parts", "all", "--check")[1]
    place = next(line.split(": ")[0] for line in told.splitlines() if "preposition" in line)
    place = place.removeprefix(f"{path}:")
    assert place.startswith("footnotes:¶1:")
    assert rilis("silence", path, place)[0] == 0
    assert rilis("clean", path, "--parts", "all", "--check")[:2] == (0, "")


def test_records_of_a_word_draft_are_made_of_it_as_it_is_asked_for(
    rilis: Shell, tmp_path: Path
) -> None:
    change = (
        '<w:ins w:id="1" w:author="R"><w:r><w:t xml:space="preserve">baru </w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="R"><w:r><w:delText xml:space="preserve">lama </w:delText></w:r>'
        "</w:del>"
    )
    path = tmp_path / "draf.docx"
    path.write_bytes(packed(p("Balai ").replace("</w:p>", f"{change}</w:p>"), footnotes=NOTE))
    texts = {
        how: json.loads(rilis("extract", path, *how)[1])["text"]
        for how in ((), ("--tracked", "reject"), ("--tracked", "raw"), ("--parts", "all"))
    }
    assert list(texts.values()) == [
        "Balai baru",
        "Balai lama",
        "Balai baru lama",
        "Balai baru\n\nPanitia dimana pun hadir di balai.",
    ]
    status, _out, told = rilis("extract", path, "--tracked", "semua")
    assert (status, "accept, reject or raw" in told) == (2, True)
