"""Pages made to do harm: read or refused with a reason, within two seconds."""

import time

import pytest

from tests.sites.asked import read

HEAD = '<html><body><div class="post-detail"><h1>Judul</h1><div class="isi-berita">'
# A loaded machine of CI is slower than the two seconds that are promised.
LIMIT = 4.0

CASES = {
    "nested": HEAD + "<div>" * 1_500 + "dalam",
    "nested deeper": HEAD + "<div>" * 50_000 + "dalam",
    "nested alike": '<div class="post-detail"><div class="isi-berita"><h1>' * 600 + "x",
    "nested links": HEAD + "<a href=/berita/a-b.html>" * 20_000 + "isi",
    "nested tables": HEAD + "<table><tr><td>" * 20_000 + "isi",
    "100,000 paragraphs": HEAD + "<p>teks</p>" * 100_000,
    "50,000 paragraphs": HEAD + "<p>teks</p>" * 50_000,
    "100,000 breaks": HEAD + "teks<br><br>" * 100_000,
    "25,000 links": HEAD + "".join(f'<a href="/berita/k-{n}.html">k</a>' for n in range(25_000)),
    "25,000 foreign links": HEAD + "".join(f'<a href="https://x{n}.example/">k</a>' for n in range(25_000)),
    "25,000 pictures": HEAD + "".join(f'<img src="/a{n}.jpg">' for n in range(25_000)) + "isi",
    "25,000 dates": HEAD.replace("<h1>", '<span class="tanggal">4 Agustus 2025</span>' * 25_000 + "<h1>") + "isi",
    "5 MB attribute": HEAD + f'<p x="{"a" * 5_000_000}">isi</p>',
    "5 MB of classes": HEAD + f'<p class="{"isi-berita " * 450_000}">isi</p>',
    "5 MB of text": HEAD + "kata " * 1_000_000,
    "5 MB of blanks": HEAD + " " * 5_000_000 + "isi",
    "escaped twice": HEAD + "&amp;nbsp;" * 300_000,
    "mojibake": HEAD + "â€œ" * 300_000,
    "open brackets": "<" * 2_000_000,
    "open anchors": HEAD + "<a " * 300_000,
    "open comments": HEAD + "isi<!-- " * 200_000,
    "open scripts": HEAD + "isi<script>" * 100_000,
    "long title": "<h1>" + "x " * 2_000_000 + "</h1>" + HEAD + "isi",
    "long date": HEAD.replace("<h1>", '<span class="tanggal">' + "4 Agustus 2025 " * 100_000 + "</span><h1>") + "isi",
    "JSON without end": f'<script type="application/ld+json">{"[" * 500_000}</script>' + HEAD + "isi",
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ruled", [True, False])
def test_a_page_made_to_do_harm_ends_in_time(name: str, ruled: bool) -> None:
    body = CASES[name].encode()
    started = time.perf_counter()
    page = read(body, name="dpmppa" if ruled else None)
    assert time.perf_counter() - started < LIMIT
    assert (page.article is not None) is (page.fault is None)
    assert page.fault or page.article


def test_what_is_nested_is_not_lost() -> None:
    page = read(CASES["nested"])
    assert page.article is not None
    assert page.article.text == "Judul\n\ndalam"


def test_text_of_five_megabytes_is_whole() -> None:
    page = read(CASES["5 MB of text"])
    assert page.article is not None
    assert page.article.text.count("kata") == 1_000_000
