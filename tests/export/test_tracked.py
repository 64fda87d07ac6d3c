"""Edits as tracked changes: where they fall, what is left alone, what cannot be held."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from extractor.editing.edits import apply
from extractor.export.docx_accept import clean_docx
from extractor.export.tracked import tracked_docx
from extractor.sources import Draft, read_draft
from extractor.sources.docx import read_docx
from tests.export.made_docx import edit
from tests.sources.made_docx import W, packed


def p(*inner: str, properties: str = "") -> str:
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{head}{''.join(one if one.startswith('<') else r(one) for one in inner)}</w:p>"


def r(text: str, properties: str = "") -> str:
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    inner = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in inner) + "</w:tbl>"


INSERTED = '<w:ins w:id="3" w:author="Redaktur">' + r("desa yang jauh") + "</w:ins>"
DELETED = '<w:del w:id="4" w:author="Redaktur"><w:r><w:delText>kota</w:delText></w:r></w:del>'
PICTURE = "<w:r><w:drawing/></w:r>"
SECTION = "<w:sectPr/>"
LINK = f'<w:hyperlink w:anchor="x">{r("laman")}</w:hyperlink>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = f"<w:r><w:drawing><wps:txbx><w:txbxContent>{p('Isi kotak.')}</w:txbxContent></wps:txbx></w:drawing></w:r>"


def draft_of(body: str, **parts: str) -> Draft:
    which = "all" if parts else "body"
    return read_draft("a.docx", packed(body, **parts), parts=which)


def change(draft: Draft, old: str, new: str):
    """The edit that makes ``new`` of the first ``old``."""
    at = draft.text.index(old)
    return edit(at, at + len(old), new)


def part(raw: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return etree.fromstring(package.read(name))


def found(raw: bytes, path: str) -> list[etree._Element]:
    return part(raw).xpath(path, namespaces={"w": W})


def lines(raw: bytes, tracked: str, parts: str = "body") -> list[str]:
    return read_docx(raw, "a.docx", 10**6, tracked, parts).text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "old", "new"),
    [
        (p("Warga ", INSERTED, DELETED, " hadir."), "yang", "nan"),
        (p("Warga ", INSERTED, " hadir."), "desa yang jauh", "kota"),
        (p("Warga ", INSERTED, " hadir."), "Warga desa", "Kader kota"),
        (p("Lihat ", LINK, "."), "laman.", "situs!"),
        (p("Halaman ", FIELD, " selesai."), "7", "8"),
        (p("Awal", properties='<w:rPr><w:del w:id="9" w:author="R"/></w:rPr>') + p("sambung."), "lsam", "x"),
        (p("Awal") + p() + p("akhir."), "l\n\na", "l a"),
        (p("Satu.") + p("Dua.") + p("Tiga."), "\n\nDua.", ""),
        (p("Satu.") + p("Dua.") + p("Tiga."), "tu.\n\nDua.\n\nTi", ""),
        (p("Satu.") + p("Dua.") + p("Tiga."), "Satu.\n\nDua.\n\nTi", ""),
        (p("Satu.") + p("Dua.") + p("Tiga."), "tu.\n\nDua.\n\nTi", " x "),
        (p("Satu. ", "<w:r><w:tab/></w:r>") + p("  Dua."), ".\n\nD", ", d"),
        (p("Satu.") + p() + p("Dua.") + p(), "\n\nDua.", ""),
        (p("Satu.") + p("Dua."), "Satu.\n\n", ""),
        (p("Satu.") + p("Dua.") + table((p("a"), p("b"))), "\n\nDua.", ""),
        (p("Satu.") + p("Dua.", PICTURE) + p("Tiga."), "\n\nDua.", ""),
        (p("Satu.") + p("Dua.", properties=SECTION) + p("Tiga."), "\n\nDua.", ""),
        (p("Satu.") + p(LINK, " ", FIELD, r(" x", "<w:vanish/>")) + p("Tiga."), "\n\nlaman 7", ""),
        (table((p("a"), p("b")), (p("c"), p("d"))), "\n\nc\td", ""),
        (table((p("a") + p("bb") + p("c"), p("d"))), "bb", ""),
        (p("Isi", BOX) + p("Lanjut."), "kotak", "bingkai"),
        (p("Isi") + p("Lanjut."), "Isi", "Isi\tbaru\nlagi"),
    ],
)  # fmt: skip
def test_accepted_is_the_clean_text_and_rejected_the_draft(body: str, old: str, new: str) -> None:
    draft = draft_of(body)
    made = change(draft, old, new)
    written = tracked_docx(draft, [made])
    raw = written.raw
    assert written.refused == ()
    clean = apply(draft.text, [made]).text
    wanted = [line for line in clean.split("\n\n") if line]
    assert lines(raw, "accept") == wanted
    assert lines(raw, "reject") == lines(draft.raw, "reject")
    assert lines(clean_docx(draft, [made]).raw, "raw") == wanted


@pytest.mark.parametrize(
    ("body", "start", "end", "new"),
    [
        (table((p("a"), p("b"))), 0, 2, ""),
        (table((p("a"), p("b"))), 1, 2, " "),
        (table((p("a"), p("b")), (p("c"), p("d"))), 3, 5, " "),
        (p("Satu.") + table((p("a"), p("b"))), 5, 7, " "),
        (p("Satu.") + p("Dua."), 5, 6, ""),
        (p("Satu.") + p("Dua."), 6, 7, ""),
        (p("Satu.") + p("Dua."), 6, 9, ""),
        (p("Satu.") + p("Dua."), 6, 6, "x"),
        (p("Satu.") + p(PICTURE) + p("Dua."), 5, 7, " "),
        (p("Satu.") + p("Dua.", PICTURE) + p("Tiga."), 2, 15, ""),
        (p("Satu.") + table((p("a"), p("b"))) + p("Tiga."), 2, 14, ""),
        (p("Satu ", "<m:oMath><m:r><m:t>x2</m:t></m:r></m:oMath>", "."), 5, 6, "y"),
    ],
)
def test_what_the_file_cannot_hold_is_refused_and_left_out(
    body: str, start: int, end: int, new: str
) -> None:
    draft = draft_of(body)
    made = edit(start, end, new)
    written = tracked_docx(draft, [made])
    assert written.refused == (made,)
    assert lines(written.raw, "accept") == draft.text.split("\n\n")


def test_one_blank_of_a_title_stands_for_all_there_are() -> None:
    document = docx.Document()
    document.add_heading("Rapat  se   Kota", 1)
    document.add_paragraph("Isi.")
    saved = io.BytesIO()
    document.save(saved)
    draft = read_draft("a.docx", saved.getvalue())
    assert draft.text.startswith("Rapat se Kota")
    raw = tracked_docx(draft, [change(draft, "se Kota", "se-Kota")]).raw
    assert lines(raw, "accept") == ["Rapat se-Kota", "Isi."]
    assert lines(raw, "reject") == ["Rapat se Kota", "Isi."]


def test_only_the_changed_characters_are_marked_and_keep_their_format() -> None:
    draft = draft_of(p(r("Dinas ", "<w:b/>"), r("pasca kegiatan", "<w:i/><w:sz w:val='30'/>")))
    raw = tracked_docx(draft, [change(draft, "pasca kegiatan", "pascakegiatan")]).raw
    assert ["".join(one.itertext()) for one in found(raw, "//w:del")] == [" "]
    raw = tracked_docx(draft, [change(draft, "Dinas pasca", "Badan purna")]).raw
    assert found(raw, "//w:ins/w:r/w:rPr/w:b")
    assert len(found(raw, "//w:del/w:r[w:rPr/w:i and w:rPr/w:sz]")) == 1


def test_other_peoples_changes_stay_theirs() -> None:
    draft = draft_of(p("Warga ", INSERTED, DELETED, " hadir."))
    raw = tracked_docx(draft, [change(draft, "yang", "nan")]).raw
    theirs = found(raw, "//*[self::w:ins or self::w:del][@w:author='Redaktur']")
    assert "".join("".join(one.itertext()) for one in theirs) == "desa yang jauhkota"
    assert [one.getparent().tag for one in found(raw, "//w:del[@w:author='rilis']")] == [
        f"{{{W}}}ins"
    ]
    ids = [one.get(f"{{{W}}}id") for one in found(raw, "//w:ins|//w:del")]
    assert len(ids) == len(set(ids))


def test_the_end_of_a_removed_paragraph_goes_where_it_can() -> None:
    draft = draft_of(p("Satu.") + p("Dua.") + p() + p("Tiga."))
    raw = tracked_docx(draft, [change(draft, "\n\nDua.\n\nTiga.", "")]).raw
    # the last paragraph has nothing to run on into
    assert len(found(raw, "//w:pPr/w:rPr/w:del")) == 2
    assert "".join(found(raw, "//w:del//text()")) == "Dua.Tiga."


def test_a_comment_tells_why_and_by_which_rule() -> None:
    draft = draft_of(p("Satu , dua.") + p("Tiga , empat."))
    made = [change(draft, " , d", ", d"), change(draft, " , e", ", e")]
    raw = tracked_docx(draft, made, author="Meja Sunting", date="2026-03-12T10:15:00Z").raw
    comments = part(raw, "word/comments.xml")
    assert ["".join(one.itertext()) for one in comments] == ["Dibuat untuk uji [style.made]"] * 2
    numbers = [one.get(f"{{{W}}}id") for one in comments]
    assert [one.get(f"{{{W}}}id") for one in found(raw, "//w:commentReference")] == numbers
    starts = found(raw, "//w:commentRangeStart")
    assert [one.getnext().tag for one in starts] == [f"{{{W}}}del"] * 2
    for one in [*comments, *found(raw, "//w:del")]:
        assert one.get(f"{{{W}}}author") == "Meja Sunting"
        assert one.get(f"{{{W}}}date") == "2026-03-12T10:15:00Z"


def test_comments_join_those_that_are_there() -> None:
    old = (
        '<w:comment w:id="41" w:author="Redaktur"><w:p><w:r><w:t>Cek.</w:t></w:r></w:p></w:comment>'
    )
    draft = read_draft("a.docx", packed(p("Satu , dua."), comments=old))
    raw = tracked_docx(draft, [change(draft, " ,", ",")]).raw
    assert len(part(raw, "word/comments.xml")) == 2
    numbers = [one.get(f"{{{W}}}id") for one in part(raw, "word/comments.xml")]
    assert len(set(numbers)) == 2


def test_notes_headers_and_boxes_are_changed_without_comments() -> None:
    draft = draft_of(
        p("Isi , satu.", BOX), footnotes=f'<w:footnote w:id="2">{p("Catatan , dua.")}</w:footnote>', header=p("Kepala , tiga."),
    )  # fmt: skip
    made = [change(draft, f" , {word}", f", {word}") for word in ("satu", "dua", "tiga")]
    made.append(change(draft, "kotak", "bingkai"))
    raw = tracked_docx(draft, made).raw
    assert lines(raw, "accept", "all") == [
        "Isi, satu.", "Isi bingkai.", "Catatan, dua.", "Kepala, tiga."
    ]  # fmt: skip
    assert len(part(raw, "word/comments.xml")) == 1


def test_the_same_draft_gives_the_same_bytes_without_a_time_of_day() -> None:
    draft = draft_of(p("Satu , dua.") + p("Tiga."))
    made = [change(draft, " ,", ",")]
    raw = tracked_docx(draft, made).raw
    assert raw == tracked_docx(draft_of(p("Satu , dua.") + p("Tiga.")), made).raw
    assert not found(raw, "//@w:date")


def test_parts_that_did_not_change_keep_their_bytes() -> None:
    draft = draft_of(p("Satu , dua."))
    raw = tracked_docx(draft, [change(draft, " ,", ",")]).raw
    with (
        zipfile.ZipFile(io.BytesIO(draft.raw)) as old,
        zipfile.ZipFile(io.BytesIO(raw)) as new,
    ):
        assert new.read("_rels/.rels") == old.read("_rels/.rels")
        assert set(new.namelist()) == {*old.namelist(), "word/comments.xml"}


PEOPLE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Rilis</dc:title><dc:creator>Gunarti</dc:creator>'
    "<cp:lastModifiedBy>Gunarti</cp:lastModifiedBy></cp:coreProperties>"
)
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def test_a_clean_copy_tells_nothing_of_people_or_changes() -> None:
    comment = (
        '<w:comment w:id="41" w:author="Gunarti"><w:p><w:r><w:t>Cek.</w:t></w:r></w:p></w:comment>'
    )
    marked = (
        '<w:commentRangeStart w:id="41"/>'
        + r("Satu")
        + '<w:commentRangeEnd w:id="41"/><w:r><w:commentReference w:id="41"/></w:r>'
    )
    raw = packed(
        f'<w:p w:rsidR="00A1B2C3">{marked}{r(" , dua")}{INSERTED}{DELETED}</w:p>', comments=comment
    )
    with_people = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(with_people, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "_rels/.rels":
                text = text.replace(
                    "</Relationships>",
                    f'<Relationship Id="r9" Type="{CORE}" Target="docProps/core.xml"/></Relationships>',
                )
            new.writestr(name, text)
        new.writestr("docProps/core.xml", PEOPLE)
    draft = read_draft("a.docx", with_people.getvalue())
    copy = clean_docx(draft, [change(draft, " ,", ",")]).raw
    assert lines(copy, "raw") == ["Satu, duadesa yang jauh"]
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode()
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "word/comments.xml" not in package.namelist()
    for trace in ("Gunarti", "Redaktur", "rilis", "rsid", "comment", "w:ins", "w:del"):
        assert trace not in everything, trace
    assert "Rilis" in everything
