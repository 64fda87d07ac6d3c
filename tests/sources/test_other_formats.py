"""Drafts of other word processors and PDF: their text, and what is refused."""

import importlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import read_draft
from extractor.sources.odt import read_odt
from extractor.sources.pdf import read_pdf
from extractor.sources.rtf import read_rtf

MIMETYPE = "application/vnd.oasis.opendocument.text"
_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
    )
)  # fmt: skip


def odt(body: str, styles: str = "", head: str = "", manifest: str = "") -> bytes:
    """The bytes of an .odt whose text has this markup."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        package.writestr(
            "content.xml",
            f'{head}<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )  # fmt: skip
        if manifest:
            package.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()


def p(inner: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def row(*cells: str) -> str:
    inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Satu.") + p("") + p("Dua."), "Satu.\n\nDua."),
        (p("Warga <text:span>desa</text:span> hadir."), "Warga desa hadir."),
        (p("Pukul<text:tab/>09.00<text:line-break/>WIB"), "Pukul\t09.00\nWIB"),
        (p('Dua<text:s text:c="3"/>blank\n   lagi'), "Dua   blank lagi"),
        (p("Isi<text:note><text:note-body>" + p("Catatan.") + "</text:note-body></text:note>."), "Isi."),
        (p("Isi<office:annotation>" + p("Cek.") + "</office:annotation>."), "Isi."),
        ("<text:tracked-changes>" + p("Dihapus") + "</text:tracked-changes>" + p("Tinggal."), "Tinggal."),
        ("<table:table>" + row(p("Hari"), p("Senin")) + row(p("Jam"), p("")) + "</table:table>", "Hari\tSenin\n\nJam"),
        ("<table:table>" + row(p("a") + p("b"), p("c")) + "</table:table>", "a\n\nb\n\nc"),
        ("<text:list><text:list-item>" + p("Butir") + "</text:list-item></text:list>", "Butir"),
        (p("Isi<draw:frame><draw:text-box>" + p("Kotak") + "</draw:text-box></draw:frame>"), "Isi\n\nKotak"),
    ],
)  # fmt: skip
def test_an_odt_says_what_its_reader_sees(body: str, expected: str) -> None:
    assert read_odt(odt(body), "a.odt", 10_000) == (expected, None)


@pytest.mark.parametrize(
    "first",
    [
        '<text:h text:outline-level="1">Judul  Rilis</text:h>',
        p("Judul Rilis", "Title"),
        p("Judul Rilis", "P1"),
    ],
)
def test_the_title_of_an_odt_is_told_by_its_style(first: str) -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    draft = read_draft("a.odt", odt(first + p("Isi."), styles))
    assert (draft.kind, draft.title, draft.text) == ("odt", "Judul Rilis", "Judul Rilis\n\nIsi.")


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
LOCKED = '<manifest xmlns="urn:m"><file-entry><encryption-data/></file-entry></manifest>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (odt(p("&a;"), head=DOCTYPE), "declares entities"),
        (odt(p("x"), manifest=LOCKED), "password"),
        (odt(p("")), "no text"),
        (odt("<text:p>"), "damaged"),
        (odt(p("kata " * 500)), "longer than"),
        (odt(p("x") + "<text:p>" + " " * 100_000 + "</text:p>"), "unpacks to far more"),
    ],
)
def test_an_odt_is_refused_with_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_odt(raw, "a.odt", 2_000)


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\pard Wali Kota \b membuka\b0  pameran | pasar.\par "
    rb"\'93Siap,\'94 kata \u8220?Danu\u8221?.\par\par\trowd\cellx100\cellx200 Hari\cell Senin\cell\row"
    rb"\pard Habis.\par}"
)


def test_an_rtf_says_what_its_reader_sees() -> None:
    draft = read_draft("a.rtf", RTF)
    assert draft.kind == "rtf"
    assert draft.text.split("\n\n") == [
        "Wali Kota membuka pameran | pasar.", "“Siap,” kata “Danu”.", "Hari\tSenin", "Habis."
    ]  # fmt: skip


@given(st.binary(max_size=60))
def test_no_rtf_raises_anything_but_a_source_error(tail: bytes) -> None:
    try:
        read_rtf(rb"{\rtf1\ansi " + tail, "a.rtf", 1000)
    except SourceError:
        return


def pdf(*pages: list[tuple[int, int, int, str]]) -> bytes:
    """A PDF of pages of lines: (x, y, size, text) each, y from below."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
        font = "<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R/Resources<</Font{font}>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    made, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return made.encode("latin-1")


FULL = "Lurah Karangsari mengajak warga memilah sampah dari rumah agar beban bak"
REST = "berkurang dan sungai bersih."
HEAD = (50, 770, 10, "Kelurahan Karangsari")


def at(y: int, text: str, x: int = 50, size: int = 12) -> tuple[int, int, int, str]:
    return x, y, size, text


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([[at(700, FULL), at(685, REST)]], [f"{FULL} {REST}"]),
        ([[at(700, FULL), at(685, REST), at(655, FULL), at(640, REST)]], [f"{FULL} {REST}"] * 2),
        ([[at(700, FULL), at(685, REST), at(670, FULL), at(655, REST)]], [f"{FULL} {REST}"] * 2),
        (
            [[at(700, FULL), at(685, FULL), at(670, f"   {FULL[:60]}", 80), at(655, REST)]],
            [f"{FULL} {FULL}", f"{FULL[:60]} {REST}"],
        ),
        (
            [[at(740, "Warga Pilah Sampah", 150, 20), at(716, "dari Rumah", 180, 20), at(690, FULL), at(675, REST)]],
            ["Warga Pilah Sampah dari Rumah", f"{FULL} {REST}"],
        ),
        # letters are of other heights than their font: no new paragraph, and one
        ([[at(700, FULL), at(685, "sana."), at(655, FULL), at(640, REST)]], [f"{FULL} sana.", f"{FULL} {REST}"]),
        ([[at(718, "WARGA PILAH SAMPAH", 50, 16), at(700, FULL), at(685, REST)]], ["WARGA PILAH SAMPAH", f"{FULL} {REST}"]),
        # two columns under a headline: a line is full that reaches the edge of its own
        (
            [[at(740, "Warga Karangsari Pilah Sampah dari Rumah", 50, 20),
              at(700, "Lurah mengajak warga memilah sampah."), at(685, "Sungai bersih lagi."),
              at(670, "Kader hadir."), at(655, "Ibu datang dan beban bak di balai"),
              at(700, "berkurang.", 320)]],
            ["Warga Karangsari Pilah Sampah dari Rumah", "Lurah mengajak warga memilah sampah. Sungai bersih lagi.",
             "Kader hadir.", "Ibu datang dan beban bak di balai berkurang."],
        ),
        # letters drawn into each other are no two letters
        ([[at(700, "HARAPA"), at(700, "N dan warga", 98), at(685, REST)]], [f"HARAPAN dan warga {REST}"]),
        ([[at(700, "Hari"), at(700, "Senin", 300), at(680, FULL)]], ["Hari\tSenin", FULL]),
        (
            [[HEAD, at(700, FULL), at(685, FULL), at(30, "1", 290)], [HEAD, at(700, REST), at(30, "- 2 -", 290)]],
            ["Kelurahan Karangsari", f"{FULL} {FULL} {REST}"],
        ),
    ],
)  # fmt: skip
def test_lines_of_a_pdf_become_paragraphs(pages, expected: list[str]) -> None:
    draft = read_draft("a.pdf", pdf(*pages))
    assert (draft.kind, draft.text.split("\n\n")) == ("pdf", expected)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (pdf([]), "a scan perhaps"),
        (b"%PDF-1.7 rusak", "damaged"),
        (pdf([at(700 - 12 * n, FULL) for n in range(40)]), "longer than"),
    ],
)
def test_a_pdf_is_refused_with_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_pdf(raw, "a.pdf", 1_000)


PAGE = b"<html><body><p>Rapat digelar di balai.</p><p>Warga dimana pun hadir<br>lalu pulang.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "raw", "part"),
    [
        ("a.html", PAGE, ""),
        ("a.odt", odt(p("Rapat digelar di balai.") + p("Warga dimana pun hadir.")), ""),
        ("a.rtf", rb"{\rtf1\ansi Rapat digelar di balai.\par Warga dimana pun hadir.\par }", ""),
        ("a.pdf", pdf([at(700, "Rapat digelar di balai."), at(600, "Warga dimana pun hadir.")]), "page1"),
        ("a.pdf", pdf([at(700, "Rapat.")], [at(700, "Isi."), at(600, "Warga dimana pun hadir.")]), "page2"),
    ],
)  # fmt: skip
def test_a_place_is_a_paragraph_of_the_file_and_its_page(name: str, raw: bytes, part: str) -> None:
    draft = read_draft(name, raw)
    assert draft.place(draft.text.index("dimana")) == (part, 2, 7)


@pytest.mark.parametrize(("name", "raw"), [("rtf", RTF), ("pdf", pdf([at(700, FULL)]))])
def test_a_missing_library_is_named_with_the_line_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, name: str, raw: bytes
) -> None:
    def missing(library: str) -> None:
        raise ImportError(library)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(SourceError, match=rf"pip install 'rilis\[{name}\]'"):
        read_draft(f"a.{name}", raw)
