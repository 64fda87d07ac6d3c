"""Articles out of pages: right to the character, with their pictures, by whichever rule fits."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.record import Article, article_id
from extractor.sites import generic
from extractor.sites.addresses import canonical, in_scope
from tests.sites.asked import ADDRESS, RETRIEVED, article_page, read, site

LONG = "Warga menanam seribu bibit mangrove di tepi pantai pada Sabtu pagi yang cerah itu. " * 3


def lines(body: str) -> list[str]:
    page = read(article_page(body))
    assert page.article is not None, page.fault
    assert page.layout_fault is None
    title, *rest = page.article.text.split("\n\n")
    assert title == "Warga Menanam Mangrove" == page.article.title
    return rest


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Satu <b>dua</b>tiga.</p><p>Empat.</p>", ["Satu duatiga.", "Empat."]),
        ("Satu.<br><br>Dua.<br />\n&nbsp;<br/>Tiga.", ["Satu.", "Dua.", "Tiga."]),
        ("Jalan Melati<br>Nomor 3", ["Jalan Melati\nNomor 3"]),
        ("<div>Satu.</div><div>Dua.</div>", ["Satu.", "Dua."]),
        ("Teks awal<p>Tengah.</p>teks akhir", ["Teks awal", "Tengah.", "teks akhir"]),
        ("<p><p>Satu.</p><p>Dua.</p></p>", ["Satu.", "Dua."]),
        (
            '<p class="MsoNormal"><span lang="IN">Pela</span><span lang="EN-US">tihan <b>kader</b></span>'
            '<span style="mso-spacerun:yes">&nbsp; </span><i>posyandu</i>.<o:p></o:p></p><xml><w:x>y</w:x></xml>',
            ["Pelatihan kader posyandu."],
        ),
        ("<ul><li>Satu;</li><li>Dua.</li></ul>", ["Satu;", "Dua."]),
        ("<table><tr><td>Hari</td><td>Senin</td></tr><tr><td>Jam</td><td>8</td></tr></table>", ["Hari\tSenin", "Jam\t8"]),
        ("<p>ke\u00adgia&shy;tan\u200b baru\ufeff</p>", ["kegiatan baru"]),
        ("<p>Rp&nbsp;5.000 &amp;amp; lain&amp;nbsp;lain &amp;ldquo;ya&amp;rdquo;</p>", ["Rp 5.000 & lain lain “ya”"]),
        ("<p>â€œYaâ€\x9d, kata dia â€“ singkat.</p>", ["“Ya”, kata dia – singkat."]),
        ("<p>A<script>x()</script>B</p><style>p{}</style><noscript>n</noscript><!-- c --><p>C</p>", ["AB", "C"]),
        ('<p>Isi.</p><div style="display:none">slot gacor</div><p style="text-indent:-9999px">judi</p>', ["Isi."]),
        ('<p>Isi.</p><div class="share">Bagikan</div><div class="berita-terkait"><p>Lain</p></div>', ["Isi."]),
        ("<p>Isi.</p><p>Baca juga: Pasar Murah Dibuka</p><p>Dibaca: 214 kali</p>", ["Isi."]),
        ("<h1>Warga Menanam Mangrove</h1><p>Isi.</p>", ["Isi."]),
        ("<p>Isi tak ditutup <b>tebal<p>Dua", ["Isi tak ditutup tebal", "Dua"]),
        ("<p>1. &#147;Satu&#148; &quot;dua&quot; &euro;3</p>", ["1. “Satu” \"dua\" €3"]),
        ("<p>(Rini – Gunawan)</p>", ["(Rini – Gunawan)"]),
        ("<blockquote><p>Kutipan.</p></blockquote><pre>a\nb</pre>", ["Kutipan.", "a\nb"]),
    ],
)  # fmt: skip
def test_bodies_become_paragraphs(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_an_article_says_where_it_is_from() -> None:
    url = ADDRESS.replace("https", "http").replace(".html", "-9304.html") + "?utm_source=wa#isi"
    page = read(article_page("<p>Isi.</p>"), url)
    uri = canonical(url, site())
    assert page.article == Article(
        id=article_id(uri, b""), title="Warga Menanam Mangrove", text="Warga Menanam Mangrove\n\nIsi.",
        uri=ADDRESS, site="dpmppa", retrieved=RETRIEVED,
    )  # fmt: skip
    assert page.extra["address"] == url


def test_a_canonical_address_counts_only_where_it_is_one() -> None:
    def said(href: str) -> object:
        head = f'<link rel="canonical" href="{href}">'
        return read(head + article_page("<p>Isi.</p>")).extra["canonical"]

    assert said(ADDRESS) == ADDRESS
    assert said("https://dpmppa.pekalongankota.go.id/") is None
    assert said("https://judi.example/berita/x.html") is None
    assert said("javascript:x") is None


def test_pictures_come_with_their_captions() -> None:
    body = (
        '<figure><img data-src="/upload/a.jpg" src="data:image/gif;base64,x" alt="A"><figcaption>Satu.</figcaption></figure>'
        '<p><img src="b.jpg"></p><p class="caption">Dua.</p><img src="javascript:x"><img src="/upload/a.jpg"><p>Isi.</p>'
    )
    page = read(article_page(body))
    host = "https://dpmppa.pekalongankota.go.id"
    assert page.extra["images"] == [
        {"url": f"{host}/upload/a.jpg", "caption": "Satu.", "alt": "A"},
        {"url": f"{host}/berita/b.jpg", "caption": "Dua.", "alt": None},
    ]
    assert page.article is not None
    assert page.article.text.endswith("\n\nIsi.")


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ('<span class="penulis">Oleh: Humas Dinas</span>', "Humas Dinas"),
        ('<span class="penulis">Penulis : Rini</span>', "Rini"),
        ('<span class="penulis"> </span><span class="author">Rini</span>', "Rini"),
        ("", None),
    ],
)
def test_authors_without_their_label(markup: str, author: str | None) -> None:
    assert read(article_page("<p>Isi.</p>", between=markup)).extra["author"] == author


@pytest.mark.parametrize(
    ("head", "logo", "inner", "title"),
    [
        ("", "", "<h2>Warga Menanam Mangrove</h2>", "Warga Menanam Mangrove"),
        ("", "<h1>Dinas Melati</h1>", "<h2>Warga Menanam Mangrove</h2>", "Warga Menanam Mangrove"),
        ('<meta property="og:title" content="Warga Menanam Mangrove">', "<h1>Dinas Melati</h1>", "", "Warga Menanam Mangrove"),
        ('<meta property="og:title" content="Dinas Melati">', "<h1>Tanam Bakau Bersama</h1>", "", "Tanam Bakau Bersama"),
    ],
)  # fmt: skip
def test_the_name_of_the_office_is_no_title(head: str, logo: str, inner: str, title: str) -> None:
    markup = f'<html><head>{head}</head><body>{logo}<div class="post-detail">{inner}<div class="isi-berita"><p>Isi.</p></div></div></body></html>'
    page = read(markup)
    assert page.article is not None, page.layout_fault
    assert page.article.title == title


def test_a_base_element_counts_for_links() -> None:
    markup = '<head><base href="https://dpmppa.pekalongankota.go.id/"></head><a href="berita/lain-itu.html">x</a>'
    urls = [link.url for link in read(markup + article_page("<p>Isi.</p>")).links]
    assert urls == ["https://dpmppa.pekalongankota.go.id/berita/lain-itu.html"]


def test_a_foreign_base_element_leads_nowhere() -> None:
    markup = '<head><base href="https://judi.example/"></head><a href="berita/lain-itu.html">x</a>'
    assert read(markup + article_page("<p>Isi.</p>")).links == ()


LISTING = "https://dpmppa.pekalongankota.go.id/berita"


@pytest.mark.parametrize(
    ("href", "followed"),
    [
        ("?page=2", True),
        ("/berita/10", True),
        ("/berita/index/20", True),
        ("/agenda/2025/09", False),
        ("/kalender?bulan=9&tahun=2031", False),
        ("https://judi.example/berita?page=2", False),
        ("javascript:next()", False),
        ("#", False),
    ],
)
def test_listings_go_on_and_calendars_do_not(href: str, followed: bool) -> None:
    markup = f'<div class="list-berita"><a href="/berita/satu-dua.html">Satu Dua</a></div><ul class="pagination"><li><a href="{href}">2</a></li></ul>'
    page = read(markup, LISTING)
    assert [link.title for link in page.links if link.kind == "article"] == ["Satu Dua"]
    assert (len([link for link in page.links if link.kind == "listing"]) == 1) is followed


@pytest.mark.parametrize(
    ("sign", "layout"),
    [
        ('<meta name="generator" content="WordPress 6.4">', "classic"),
        ('<meta name="keywords" content="OpenSID,sid">', "themes"),
        ('<script>document.cookie="ci_session=1"</script>', "detail"),
    ],
)
def test_systems_are_recognised_on_sites_no_rule_knows(sign: str, layout: str) -> None:
    markup = f'<html><head>{sign}</head><body><article><h1>Judul Kabar</h1><div class="entry-content content">{LONG}</div></article></body></html>'
    page = read(markup, "https://desa.melati.go.id/2024/05/warga-menanam/", None)
    assert page.article is not None, page.fault
    assert page.extra["layout"] == layout
    assert page.extra["confidence"] < site().confidence
    assert page.article.site is None
    assert page.article.uri == "https://desa.melati.go.id/2024/05/warga-menanam"


def test_a_home_page_is_no_article_though_it_shows_one() -> None:
    markup = f'<meta name="generator" content="WordPress 6.4"><article><h1 class="entry-title">Judul</h1><div class="entry-content">{LONG}</div></article>'
    page = read(markup, "https://desa.melati.go.id/", None)
    assert (page.kind, page.article) == ("listing", None)


def unknown(title: str = "Warga Menanam Mangrove") -> str:
    return f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{''.join(f'<p>{n} {LONG}</p>' for n in range(4))}</main></body></html>"


def test_trafilatura_reads_what_no_rule_knows() -> None:
    page = read(unknown(), "https://lain.example/a", None)
    assert page.article is not None
    assert (page.extra["layout"], page.extra["confidence"]) == ("trafilatura", 0.6)
    assert page.article.text.split("\n\n") == [
        "Warga Menanam Mangrove",
        *[f"{n} {LONG.strip()}" for n in range(4)],
    ]


def test_without_trafilatura_the_reader_of_drafts_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    generic._trafilatura.cache_clear()
    try:
        page = read(unknown(), "https://lain.example/a", None)
    finally:
        monkeypatch.undo()
        generic._trafilatura.cache_clear()
    assert page.article is not None
    assert page.extra["layout"] == "html"
    assert page.article.text.split("\n\n") == [
        "Warga Menanam Mangrove",
        *[f"{n} {LONG.strip()}" for n in range(4)],
    ]


PIECES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["<p>", "</p>", "<div class='isi-berita'>", "</div>", "<h1>", "</h1>", "<br>", "<table><tr><td>", "<li>", "<!--", "-->",
             "<script>", "</script>", "<![CDATA[", "<a href='/berita/x-y.html'>", "<a href=\"", "&amp;nbsp;", "&#0;", "&#xD800;", "<nav>",
             "<span class='tanggal'>4 Agustus 2025", "<base href='//x'>", "<?xml version='1.0'?>", "<rss>", "<item>", "\0", "<svg>",
             "<template>", "<img src='/a.jpg'>", "<figure>", "<body>", "<title>", "<meta charset=utf-7>", "ci_session"]
        ),
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(
    PIECES.map("".join),
    st.sampled_from([ADDRESS, LISTING, "https://x.example/", "not an address"]),
    st.booleans(),
)
def test_no_markup_raises_and_nothing_leaves_the_site(markup: str, url: str, ruled: bool) -> None:
    page = read(markup.encode("utf-8", "surrogatepass"), url, "dpmppa" if ruled else None)
    assert page == read(markup.encode("utf-8", "surrogatepass"), url, "dpmppa" if ruled else None)
    assert (page.article is not None) == (page.kind == "article")
    assert page.article is not None or page.fault is not None or page.kind in ("listing", "feed")
    if page.article is not None:
        assert page.article.text.strip()
        page.article.text.encode()
        assert (page.article.published is None) is (page.extra["date_reason"] is not None)
    if ruled:
        assert all(in_scope(link.url, site()) for link in page.links)


@settings(deadline=None)
@given(st.binary(max_size=300), st.text(max_size=10))
def test_no_bytes_raise(body: bytes, content_type: str) -> None:
    page = read(body, content_type=content_type)
    assert page.article is not None or page.fault is not None or page.kind == "feed"
