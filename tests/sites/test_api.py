"""Listings and articles as JSON, in the form of the city's app of 2018 (never tried on the true
one)."""

import json

import pytest

from tests.sites.asked import read

API = "https://pekalongankota.go.id/api"
ITEM = {
    "id_berita": 31,
    "judul_berita": "Warga Menanam &amp; Merawat",
    "tanggal_berita": "2025-08-04",
}
BODY = {
    **ITEM,
    "isi_berita": "<p>Isi satu.</p><p>Isi dua.</p>",
    "gambar_berita": "/upload/berita/a.jpeg",
}


def test_a_listing_leads_to_its_articles_and_the_next_page() -> None:
    page = read(
        json.dumps({"page": 2, "tabel": [ITEM, "x"]}), f"{API}/listBerita?page=2", "pekalongankota"
    )
    assert [(link.url, link.kind, link.title) for link in page.links] == [
        (f"{API}/getBerita?id_berita=31", "article", "Warga Menanam & Merawat"),
        (f"{API}/listBerita?page=3", "listing", "3"),
    ]


def test_a_listing_ends_where_it_is_empty() -> None:
    assert read('{"tabel": []}', f"{API}/listBerita?page=9", "pekalongankota").links == ()


@pytest.mark.parametrize("value", [BODY, {"tabel": [BODY]}, [BODY]])
def test_an_article_is_read_like_a_page(value: object) -> None:
    page = read(json.dumps(value), f"{API}/getBerita?id_berita=31", "pekalongankota")
    assert page.article is not None, page
    assert page.article.text == "Warga Menanam & Merawat\n\nIsi satu.\n\nIsi dua."
    assert page.article.published == "2025-08-04"
    assert page.article.uri == f"{API}/getBerita?id_berita=31"
    assert page.extra["images"][0]["url"] == "https://pekalongankota.go.id/upload/berita/a.jpeg"


@pytest.mark.parametrize(
    "text",
    ["{", "[" * 9_000, "null", '{"tabel": 3}', "[]", '{"isi_berita": null}', "<html></html>"],
)
def test_what_is_no_such_answer_is_a_fault(text: str) -> None:
    page = read(text, f"{API}/getBerita?id_berita=31", "pekalongankota")
    assert page.article is None
    assert page.fault is not None
