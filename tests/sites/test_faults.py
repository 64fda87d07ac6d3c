"""Pages that are no article although the server says 200: the reason, and whether it may pass."""

import pytest

from extractor.sites.page_types import Page, Response
from extractor.sites.pages import read_page
from tests.sites.asked import ADDRESS, article_page, read, response, site

LISTING = "".join(
    f'<div class="list-berita"><a href="/berita/kabar-{n}.html">Kabar {n}</a></div>'
    for n in range(6)
)


def frame(text: str, title: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><div>{text}</div></body></html>"


@pytest.mark.parametrize(
    ("body", "reason", "retry"),
    [
        ("", "empty", True),
        (" \r\n\t\0", "empty", True),
        (b"\xef\xbb\xbf\n", "empty", True),
        (b"%PDF-1.4 abc", "PDF", False),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG", False),
        (b"\x89PNG\r\n\x1a\n", "PNG", False),
        (frame("<h1>A Database Error Occurred</h1><p>Error Number: 1040</p>"), "database", True),
        (frame("Error establishing a database connection"), "database", True),
        (frame("<h4>A PHP Error was encountered</h4><p>Severity: Warning</p>"), "program", True),
        ("<br /><b>Fatal error</b>: Uncaught Error: x in /var/www/a.php:3", "program", True),
        (frame("Situs sedang dalam pemeliharaan"), "maintenance", True),
        (frame("Enable JavaScript and cookies to continue", "Just a moment..."), "firewall", True),
        (frame("The requested URL was rejected. Your support ID is: 123456789"), "firewall", True),
        (frame('<form>Username <input> Password <input type="password"> <button>Login</button></form>'), "log in", True),
        (frame("<h1>404 Page Not Found</h1>"), "not there", False),
        (frame("Maaf, berita tidak ditemukan"), "not there", False),
        (frame("Account Suspended"), "provider", False),
        (frame(LISTING, "Portal Dinas"), "home page", False),
        (frame('<div id="slider"></div>Selamat datang', "Portal Dinas"), "home page", False),
        (article_page(" &nbsp; <p></p><br>"), "empty", True),
        (article_page('<img src="/poster.jpg">'), "pictures", False),
        (article_page("<h4>A PHP Error was encountered</h4><p>Severity: Notice</p>"), "program", True),
        (article_page("<p>x</p>" * 6_000), "paragraphs", False),
        ("<p>x" * 70_000, "elements", False),
        ("<div>" * 5_000, "levels", False),
        ("x" * 9_000_000, "characters", False),
    ],
)  # fmt: skip
def test_a_page_without_an_article_says_why(body: str | bytes, reason: str, retry: bool) -> None:
    page = read(body)
    assert page.article is None
    assert page.kind == "nothing"
    assert page.fault is not None
    assert reason in page.fault
    assert page.retry is retry
    assert page.layout_fault is None


@pytest.mark.parametrize(
    ("status", "retry"), [(404, False), (410, False), (403, False), (429, True), (500, True), (503, True), (304, False)]
)  # fmt: skip
def test_any_other_status_is_a_fault(status: int, retry: bool) -> None:
    page = read_page(response(article_page("<p>Isi</p>"), status=status), site())
    assert page.article is None
    assert str(status) in (page.fault or "")
    assert page.retry is retry


def test_an_answer_of_a_proxy_is_read() -> None:
    assert read_page(response(article_page("<p>Isi.</p>"), status=203), site()).article is not None


def test_a_body_that_broke_off_is_no_article() -> None:
    whole = article_page("<p>Isi pertama.</p><p>Isi kedua.</p>").encode()
    cut = Response(ADDRESS, 200, (), whole[:-60], "2025-09-01T00:00:00Z", truncated="length")
    page = read_page(cut, site())
    assert (page.article, page.retry) == (None, True)
    assert "length" in (page.fault or "")


def test_a_pdf_is_known_by_its_type() -> None:
    assert "application/pdf" in (
        read("junk before %PDF", content_type="application/pdf").fault or ""
    )
    assert read(article_page("<p>Isi.</p>"), content_type="application/pdf").article is not None


@pytest.mark.parametrize(
    "text",
    [
        "Pemeliharaan jaringan komputer dinas selesai pekan lalu.",
        "Pelatihan basis data dan MySQL diikuti dua puluh admin kelurahan.",
        "Warga masuk ke gedung tanpa menunjukkan kata sandi apa pun.",
        "Berita hoaks tentang beras tidak ditemukan dasarnya, kata kepala dinas.",
        "Ruang 404 rumah sakit dibuka kembali.",
        "Peringatan dini: “Warning: hujan lebat,” tulis petugas.",
    ],
)
def test_an_article_that_speaks_of_such_things_stays_one(text: str) -> None:
    page = read(article_page(f"<p>{text}</p><p>Acara ditutup sore hari.</p>"))
    assert page.article is not None
    assert text in page.article.text


def test_a_changed_template_stops_the_site_and_names_the_place() -> None:
    markup = (
        "<html><head><title>Warga Menanam Mangrove</title></head><body><div class='baru'>"
        + "<p>Warga menanam seribu bibit mangrove di tepi pantai pada Sabtu pagi yang cerah.</p>"
        * 6
        + "</div></body></html>"
    )
    page = read(markup)
    assert page.layout_fault is not None
    assert "dpmppa.yaml:" in page.layout_fault
    assert "body" in page.layout_fault
    assert page.article is not None
    assert page.extra["confidence"] <= 0.5
    assert page.article.published is None


def test_a_changed_template_is_no_home_page_though_it_lists_others() -> None:
    markup = frame("<div class='baru'>Isi baru.</div>" + LISTING, "Warga Menanam Mangrove - Dinas")
    assert read(markup).layout_fault is not None


def test_a_changed_template_is_told_though_its_text_sounds_like_an_error() -> None:
    text = (
        "<p>Berkas yang dicari warga dalam data lama tidak ditemukan, kata petugas di balai.</p>"
        * 30
    )
    page = read(frame(f"<h1>Warga Menanam Mangrove</h1><div class='baru'>{text}</div>"))
    assert page.layout_fault is not None
    framed = frame("<p>Menu lain. </p>" * 200 + "Maaf, berita tidak ditemukan")
    assert read(framed).layout_fault is not None or "not there" in (read(framed).fault or "")


@pytest.mark.parametrize("wrap", ["<nav>Menu</nav>{}", "<nav>Menu</nav><div>{}</div>"])
def test_a_body_that_is_the_whole_page_is_a_miss(wrap: str) -> None:
    inner = wrap.format("<p>Isi panjang sekali tentang warga.</p>")
    page: Page = read(
        f'<html><body><h1>Judul Berita</h1><div class="isi-berita">{inner}</div></body></html>'
    )
    assert "whole page" in (page.layout_fault or "")


def test_a_start_page_without_articles_is_a_miss_a_later_page_is_not() -> None:
    start = read(frame("Selamat datang"), "https://dpmppa.pekalongankota.go.id/berita")
    assert "dpmppa.yaml:" in (start.layout_fault or "")
    later = read(frame("Selamat datang"), "https://dpmppa.pekalongankota.go.id/berita?page=99")
    assert (later.kind, later.layout_fault) == ("listing", None)
    assert later.fault is not None


def test_an_error_on_the_start_page_is_no_miss() -> None:
    page = read(frame("A Database Error Occurred"), "https://dpmppa.pekalongankota.go.id/berita")
    assert (page.layout_fault, page.retry) == (None, True)
