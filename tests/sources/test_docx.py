"""Word drafts read as they stand once every tracked change is accepted."""

import io
import zipfile
from contextlib import suppress

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import read_draft
from extractor.sources.docx import read_docx
from tests.sources.made_docx import packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
STYLES = (
    '<w:style w:styleId="Judul1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Biasa"><w:name w:val="Normal"/></w:style>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def word(body: str, kind: str = MAIN, head: str = "") -> bytes:
    """The bytes of a .docx whose body has this markup; prefix ``w`` is WordprocessingML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>')
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{head}'
            f'<w:document xmlns:w="{W}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:v="urn:schemas-microsoft-com:vml">'
            f"<w:body>{body}<w:sectPr/></w:body></w:document>",
        )
    return packed.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; words without markup become a run of their own."""
    inner = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str, properties: str = "") -> str:
    """A table row of cells of paragraphs."""
    inner = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def tracked(name: str, inner: str) -> str:
    return f'<w:{name} w:id="7" w:author="Redaktur">{inner}</w:{name}>'


def deleted(text: str) -> str:
    return tracked("del", f"<w:r><w:delText>{text}</w:delText></w:r>")


END_DELETED = '<w:rPr><w:del w:id="1" w:author="Redaktur"/></w:rPr>'
BOX = f"<w:txbxContent>{p('Kutipan di kotak.')}</w:txbxContent>"
BOTH_BOXES = (
    "<w:r><mc:AlternateContent>"
    f'<mc:Choice Requires="wps"><wps:txbx>{BOX}</wps:txbx></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Satu.") + p() + p("Dua."), "Satu.\n\nDua."),
        (p("Bupati ", r("mem", "<w:b/>"), r("buka", "<w:i/>"), " acara."), "Bupati membuka acara."),
        (p("Warga ", tracked("ins", r("desa ")), deleted("kota "), "hadir."), "Warga desa hadir."),
        (p("Ke ", tracked("moveFrom", r("timur")), tracked("moveTo", r("barat"))), "Ke barat"),
        (p("Awal ", properties=END_DELETED) + p("sambung."), "Awal sambung."),
        (p(deleted("Hapus."), properties=END_DELETED) + p("Tinggal."), "Tinggal."),
        (p("Akhir.", properties=END_DELETED), "Akhir."),
        (p("Lihat ", f"<w:hyperlink>{r('laman dinas')}</w:hyperlink>", "."), "Lihat laman dinas."),
        (
            p("Pukul", "<w:r><w:tab/><w:t>09.00</w:t><w:br/><w:t>WIB</w:t></w:r>"),
            "Pukul\t09.00\nWIB",
        ),
        (p("tim", "<w:r><w:noBreakHyphen/></w:r>", "tim"), "tim-tim"),
        (p("Tampak", r(" tersembunyi", "<w:vanish/>")), "Tampak"),
        (p("Tampak", r(" juga", '<w:vanish w:val="0"/>')), "Tampak juga"),
        (p("Isi", BOTH_BOXES) + p("Lanjut."), "Isi\n\nKutipan di kotak.\n\nLanjut."),
        (
            p(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>",
                r("Ketik di sini"),
                "</w:sdtContent></w:sdt>",
                "Isi.",
            ),
            "Isi.",
        ),
        (
            p("<w:sdt><w:sdtPr/><w:sdtContent>", r("Balai"), "</w:sdtContent></w:sdt>", " Kota."),
            "Balai Kota.",
        ),
        (p("<w:r><w:instrText>PAGE</w:instrText></w:r>", "Halaman"), "Halaman"),
        (
            p("Atas") + table(row(p("Hari"), p("Senin")), row(p("Jam"), p("08.00"))),
            "Atas\n\nHari\tSenin\n\nJam\t08.00",
        ),
        (table(row(p("Satu.") + p("Dua."))), "Satu.\n\nDua."),
        (
            table(row(p("Tetap")), row(p("Hapus"), properties="<w:del/>")) + p("Ekor"),
            "Tetap\n\nEkor",
        ),
        (table(row(p("Luar") + table(row(p("a"), p("b"))))), "Luar\n\na\tb"),
        (
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Isi kendali')}</w:sdtContent></w:sdt>",
            "Isi kendali",
        ),
        (p("<!-- catatan -->", "Isi"), "Isi"),
    ],
)
def test_text_is_what_stands_once_changes_are_accepted(body: str, expected: str) -> None:
    assert read_docx(word(body), "a.docx", 10_000).text == expected


INSERTED_ROW = row(p("Baru"), properties='<w:ins w:id="2" w:author="R"/>')
END_INSERTED = '<w:rPr><w:ins w:id="1" w:author="Redaktur"/></w:rPr>'


@pytest.mark.parametrize(
    ("body", "rejected", "raw"),
    [
        (
            p("Warga ", tracked("ins", r("desa ")), deleted("kota "), "hadir."),
            "Warga kota hadir.",
            "Warga desa kota hadir.",
        ),
        (
            p("Ke ", tracked("moveFrom", r("timur")), tracked("moveTo", r("barat"))),
            "Ke timur",
            "Ke timurbarat",
        ),
        (
            p(deleted("Hapus."), properties=END_DELETED) + p("Tinggal."),
            "Hapus.\n\nTinggal.",
            "Hapus.\n\nTinggal.",
        ),
        (p("Awal ", properties=END_INSERTED) + p("sambung."), "Awal sambung.", "Awal\n\nsambung."),
        (table(row(p("Tetap")), INSERTED_ROW), "Tetap", "Tetap\n\nBaru"),
        (
            table(row(p("Tetap")), row(p("Hapus"), properties="<w:del/>")),
            "Tetap\n\nHapus",
            "Tetap\n\nHapus",
        ),
        (
            p("Ini ", tracked("ins", r("tambahan") + deleted("buang")), "."),
            "Ini .",
            "Ini tambahanbuang.",
        ),
    ],
)
def test_tracked_changes_are_read_as_asked(body: str, rejected: str, raw: str) -> None:
    assert read_docx(word(body), "a.docx", 10_000, "reject").text == rejected
    assert read_docx(word(body), "a.docx", 10_000, "raw").text == raw


def test_notes_headers_and_footers_follow_the_body_where_asked_for() -> None:
    raw = packed(
        p("Isi", "<w:r><w:footnoteReference w:id='2'/></w:r>", "."),
        header=p("Kop dinas"),
        footer=p("Halaman"),
        footnotes=f'<w:footnote w:id="2">{p("Catatan kaki.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("Catatan akhir.")}</w:endnote>',
    )
    assert read_docx(raw, "a.docx", 10_000).text == "Isi."
    found = read_docx(raw, "a.docx", 10_000, parts="all")
    assert found.text.split("\n\n") == [
        "Isi.", "Catatan kaki.", "Catatan akhir.", "Kop dinas", "Halaman"
    ]  # fmt: skip


def test_every_character_points_to_its_paragraph_and_place() -> None:
    raw = packed(
        p("  Judul", r(" rilis", "<w:b/>"))
        + p()
        + table(row(p("Hari"), p("Senin\tpagi")))
        + p("Awal ", properties=END_DELETED)
        + p("sambung."),
        footnotes=f'<w:footnote w:id="2">{p("Catatan.")}</w:footnote>',
    )
    draft = read_draft("a.docx", raw, parts="all")
    for words, place in {
        "Judul": ("", 1, 3),
        "rilis": ("", 1, 9),
        "Hari": ("", 3, 1),
        "pagi": ("", 4, 7),
        "Awal": ("", 5, 1),
        "bung": ("", 6, 4),
        "tatan": ("word/footnotes.xml", 1, 3),
    }.items():
        assert draft.place(draft.text.index(words)) == place


def test_a_line_end_in_the_file_is_a_blank_on_the_page() -> None:
    assert read_docx(word(p("Dinas\n\tPangan")), "a.docx", 10_000).text == "Dinas  Pangan"


def test_strict_documents_are_read_too() -> None:
    raw = word(p("Teks."))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            strict = old.read(name).replace(
                W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            new.writestr(name, strict)
    assert read_docx(packed.getvalue(), "a.docx", 10_000).text == "Teks."


@pytest.mark.parametrize(
    ("style", "title"), [("Judul1", "Bupati Buka Pameran"), ("Biasa", None), ("", None)]
)
def test_title_is_told_by_the_name_of_its_style(style: str, title: str | None) -> None:
    first = p("Bupati  Buka Pameran", properties=f'<w:pStyle w:val="{style}"/>')
    found = read_docx(word(first + p("Isi.")), "a.docx", 10_000)
    assert found.title == title
    assert title is None or found.text.startswith(title)


def test_documents_of_python_docx_are_read() -> None:
    made = docx.Document()
    made.add_heading("Wali Kota Resmikan Taman", 1)
    made.add_paragraph("Taman itu dibuka Senin (3/2).")
    packed = io.BytesIO()
    made.save(packed)
    found = read_docx(packed.getvalue(), "a.docx", 10_000)
    assert found.title == "Wali Kota Resmikan Taman"
    assert found.text == "Wali Kota Resmikan Taman\n\nTaman itu dibuka Senin (3/2)."


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return packed.getvalue()


def with_hidden_macro() -> bytes:
    """A Word file whose macro is a part under an innocent name."""
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    hidden = f'<Relationship Id="r9" Type="{kind}" Target="gambar.bin"/></Relationships>'
    with zipfile.ZipFile(io.BytesIO(packed(p("x")))) as package:
        files = {name: package.read(name).decode() for name in package.namelist()}
    relations = files["word/_rels/document.xml.rels"]
    files["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", hidden)
    return zipped(**files, **{"word/gambar.bin": "x"})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Bukan arsip sama sekali", "no zip archive"),
        (word(p("Teks."))[:400], "no zip archive"),
        (zipped(apa="saja"), "without a Word document"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (OLE, "old .doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (word(p("x"), "application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (with_hidden_macro(), "macros"),
        (
            word("<w:tbl><w:tr><w:tc>" * 300 + p("x") + "</w:tc></w:tr></w:tbl>" * 300),
            "tables within",
        ),
        (word(p("x"), "application/vnd.ms-excel.sheet.main+xml"), "no Word document"),
        (word("<w:p><w:r>"), "damaged"),
        (word(p("&a;&b;"), head=DOCTYPE), "declares entities"),
        (word(p()), "no text"),
        (word(p("kata " * 500)), "longer than"),
        (word("<w:p>" + " " * 100_000 + "</w:p>"), "unpacks to far more"),
    ],
)
def test_refusals_name_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_docx(raw, "draf.docx", 2_000)
    assert caught.value.path == "draf.docx"


def test_size_is_counted_as_it_unpacks_whatever_the_archive_declares() -> None:
    raw = bytearray(word("<w:p>" + " " * 100_000 + "</w:p>"))
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as package:
        real = package.getinfo("word/document.xml").file_size
    lied = bytes(raw).replace(real.to_bytes(4, "little"), (900).to_bytes(4, "little"))
    with pytest.raises(SourceError):
        read_docx(lied, "draf.docx", 2_000)


def test_a_flipped_byte_is_damage() -> None:
    raw = bytearray(word(p("kata " * 50)))
    place = raw.rindex(b"word/document.xml", 0, raw.index(b"PK\x01\x02")) + 40
    raw[place] ^= 0xFF
    with pytest.raises(SourceError, match="damaged"):
        read_docx(bytes(raw), "draf.docx", 10_000)


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_damage_raises_anything_but_a_source_error(damage: list[tuple[int, int]]) -> None:
    raw = bytearray(word(p("kata")))
    for place, byte in damage:
        raw[place % len(raw)] = byte
    with suppress(SourceError):
        read_docx(bytes(raw), "draf.docx", 10_000)


def test_many_paragraphs_stream() -> None:
    found = read_docx(word(p("Baris.") * 20_000), "a.docx", 1_000_000)
    assert found.text.count("Baris.") == 20_000
