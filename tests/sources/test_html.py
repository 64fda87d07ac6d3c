"""Saved pages and Word pasted as HTML, read as a reader sees them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources.html import read_html

LONG = "Warga bergotong royong membersihkan saluran air di tepi jalan desa. " * 4


def text_of(markup: str) -> str:
    return read_html(markup.encode(), "a.html").text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Satu <b>dua</b>tiga.</p><p>Empat.</p>", "Satu duatiga.\n\nEmpat."),
        ("<p>Bupati\n   membuka&nbsp; acara.</p>", "Bupati membuka acara."),
        ("<div>Awal<p>Tengah</p>Akhir</div>", "Awal\n\nTengah\n\nAkhir"),
        ("Baris satu<br>baris dua<br/><br>baris tiga", "Baris satu\nbaris dua\nbaris tiga"),
        ("<ul><li>Satu</li><li>Dua</li></ul>", "Satu\n\nDua"),
        (
            "<table><tr><td>Hari</td><td>Senin</td></tr><tr><td>Jam</td></tr></table>",
            "Hari\tSenin\n\nJam",
        ),
        ("<pre>Satu\nDua</pre>", "Satu\nDua"),
        (
            '<p class="MsoNormal"><span lang="IN">Per<span style="mso-spacerun:yes"></span>'
            "alatan</span><o:p></o:p></p><xml><w:Word>x</w:Word></xml>",
            "Peralatan",
        ),
        ("<!--[if gte mso 9]><p>x</p><![endif]--><p>Isi</p>", "Isi"),
        ("<p>&ldquo;Ya&rdquo; &#147;ya&#148; &amp; caf&eacute;</p>", "“Ya” “ya” & café"),
        (
            "<p>Isi<a href=\"#_msocom_1\">[h1]</a></p><div style='mso-element:comment-list'><p>Cek</p></div>",
            "Isi",
        ),
        ("<p>Isi<script>x()</script><style>p{}</style></p><noscript>x</noscript>", "Isi"),
        ("<nav>Menu</nav><p>Isi</p><footer>Kaki</footer><aside>x</aside>", "Isi"),
        ('<p>Isi</p><p hidden>x</p><p style="display: none">y</p>', "Isi"),
        ("<p>Dana <del>lama </del><ins>baru</ins></p>", "Dana baru"),
        (f'<p>{LONG}</p><div class="sharedaddy">Bagikan</div>', LONG.strip()),
        ("<p>Isi tak ditutup <b>tebal<p>Dua", "Isi tak ditutup tebal\n\nDua"),
        ("<div>" * 3000 + "dalam", "dalam"),
    ],
)
def test_blocks_become_paragraphs(markup: str, expected: str) -> None:
    assert text_of(markup) == expected


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Situs</title>", "<h1>Desa Panen Raya</h1>", "Desa Panen Raya"),
        ('<meta property="og:title" content="Desa Panen">', "", "Desa Panen"),
        (
            '<title>Desa Panen - Kabar</title><meta property="og:site_name" content="Kabar">',
            "",
            "Desa Panen",
        ),
        ("<title>Desa Panen</title>", "<h1>Satu</h1><h1>Dua</h1>", "Desa Panen"),
        ('<meta name="Generator" content="Microsoft Word 15"><title>Draf</title>', "", None),
        (
            "<title>Desa Panen - Dinas Kabar</title>",
            "<h1>Dinas Kabar</h1><h2>Desa Panen</h2>",
            "Desa Panen",
        ),
        ('<meta property="og:title" content="Desa Panen">', "<h1>Dinas Kabar</h1>", "Desa Panen"),
        ("", "", None),
    ],
)
def test_title_is_the_headline_else_what_the_page_declares(
    head: str, body: str, title: str | None
) -> None:
    markup = f"<html><head>{head}</head><body>{body}<p>{LONG}</p></body></html>"
    found = read_html(markup.encode(), "a.html")
    assert found.title == title
    assert title is None or found.text.startswith(title + "\n\n")


def test_title_is_read_like_the_text() -> None:
    markup = f"<h1>&#147;Desa&#148;<br>\v Panen</h1><p>{LONG}</p>"
    assert read_html(markup.encode(), "a.html").title == "“Desa” Panen"
    assert text_of(markup) == f"“Desa” Panen\n\n{LONG.strip()}"


def test_title_stands_once() -> None:
    assert text_of("<title>Desa Panen</title><p>DESA PANEN</p><p>Isi.</p>") == "Desa Panen\n\nIsi."


def test_what_stands_above_the_title_is_not_the_release() -> None:
    page = f"<div>Beranda / Kabar</div><h1>Desa Panen</h1><p>{LONG}</p>"
    assert text_of(page) == f"Desa Panen\n\n{LONG.strip()}"


def test_the_article_is_taken_out_of_its_page() -> None:
    page = (
        "<header>Portal</header><h1>Desa Panen</h1><div>Samping</div>"
        f"<article><header>oleh Humas</header>{LONG}</article>"
        "<article><p>Berita lain</p></article>"
    )
    assert text_of(page) == f"Desa Panen\n\noleh Humas\n\n{LONG.strip()}"


def test_day_is_what_the_page_declares() -> None:
    head = '<meta property="article:published_time" content="2024-05-03T08:00:00+07:00">'
    assert read_html(f"{head}<p>Isi</p>".encode(), "a.html").published == "2024-05-03"
    assert read_html(b"<p>Isi 3 Mei 2024</p>", "a.html").published is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeff<p>“Ya” é</p>".encode(), "“Ya” é"),
        ('<meta charset="iso-8859-1"><p>“Ya” é</p>'.encode(), "“Ya” é"),
        ('<meta charset="iso-8859-1"><p>“Ya” é</p>'.encode("cp1252"), "“Ya” é"),
        ('<meta charset="windows-1251"><p>Рим</p>'.encode("cp1251"), "Рим"),
        ("<p>“Ya” é</p>".encode("utf-16"), "“Ya” é"),
        ('<?xml version="1.0" encoding="UTF-8"?><html><body><p>é</p></body></html>'.encode(), "é"),
    ],
)
def test_encoding_is_told_by_mark_content_and_declaration(raw: bytes, text: str) -> None:
    assert read_html(raw, "a.html").text == text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<html><body><script>x</script></body></html>", "no text"),
        (b"", "empty"),
        (b"%PDF-1.4", "PDF"),
        (b'<meta charset="x-apa"><p>\x81\x8d\x8f</p>', "unknown encoding"),
    ],
)
def test_refusals_name_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_html(raw, "a.html")


PIECES = (  # noqa: SIM905
    "<p> </p> <div> <td> <tr> <table> <br> <pre> <!-- --> <h1> </h1> <title> <article> <script>"
    " </script> &#0; &#147; <template> <svg> ]]> <xml> <header> kata"
).split(" ")


@given(st.lists(st.sampled_from([*PIECES, "\n", "\v", "\x1f"]), max_size=30).map("".join))
def test_any_markup_is_text_or_refused(markup: str) -> None:
    with suppress(SourceError):
        found = read_html(markup.encode(), "a.html")
        assert found.text.strip()
        assert not {"\v", "\x1f"} & set(found.text)
