"""Sitemaps, RSS and Atom: links of the site, nothing else, nothing fetched."""

import gzip
import time

import pytest

from tests.sites.asked import read

HOST = "https://dpmppa.pekalongankota.go.id"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title><link>{HOST}</link>
<item><title>Warga Menanam &amp; Merawat</title><link>{HOST}/berita/warga-menanam.html?utm_source=rss</link></item>
<item><title>Judi</title><link>https://judi.example/berita/x.html</link></item>
<item><guid isPermaLink="true">{HOST}/berita/lain.html</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{HOST}/feed"/>
<entry><title>Warga</title><link rel="edit" href="{HOST}/admin"/><link href="/berita/warga.html"/></entry></feed>"""
MAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>
 {HOST}/berita/warga.html </loc><lastmod>2024-05-02</lastmod></url><url><loc>{HOST}/halaman/profil.html</loc></url></urlset>"""
INDEX = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{HOST}/berita-1.xml</loc></sitemap></sitemapindex>"""
BOMB = f"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "{"ha" * 50}">{"".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 20}">' for n in range(8))}]>
<rss version="2.0"><channel><item><link>{HOST}/berita/&i;.html</link></item></channel></rss>"""


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (RSS, ["/berita/warga-menanam.html", "/berita/lain.html"]),
        (ATOM, ["/berita/warga.html"]),
        (MAP, ["/berita/warga.html"]),
        ("<!-- x -->" + MAP, ["/berita/warga.html"]),
        (MAP.replace("</urlset>", ""), ["/berita/warga.html"]),
        (RSS.replace("&amp;", "&"), ["/berita/warga-menanam.html", "/berita/lain.html"]),
        (RSS.replace('encoding="UTF-8"', 'encoding="utf-16"'), ["/berita/warga-menanam.html", "/berita/lain.html"]),
    ],
)  # fmt: skip
def test_feeds_give_the_articles_of_the_site(text: str, links: list[str]) -> None:
    page = read(text, f"{HOST}/feed")
    assert page.kind == "feed"
    assert [link.url for link in page.links] == [HOST + link for link in links]
    assert all(link.kind == "article" for link in page.links)


def test_titles_come_with_the_links() -> None:
    assert read(RSS, f"{HOST}/feed").links[0].title == "Warga Menanam & Merawat"


def test_an_index_leads_to_further_maps() -> None:
    assert [(link.url, link.kind) for link in read(INDEX, f"{HOST}/sitemap.xml").links] == [
        (f"{HOST}/berita-1.xml", "listing")
    ]


@pytest.mark.parametrize(
    "raw", [RSS.encode("utf-16"), RSS.encode("cp1252"), gzip.compress(MAP.encode())]
)
def test_other_encodings_and_gz_files_are_read(raw: bytes) -> None:
    assert read(raw, f"{HOST}/sitemap.xml.gz").links


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        f'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel><item><link>{HOST}/berita/a.html</link></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><rss><item><link>&x;</link></item></rss>',
    ],
)
def test_entities_are_refused(text: str) -> None:
    started = time.perf_counter()
    page = read(text, f"{HOST}/feed")
    assert page.kind == "nothing"
    assert "entities" in (page.fault or "")
    assert page.links == ()
    assert time.perf_counter() - started < 1


def test_a_gz_bomb_is_cut_off() -> None:
    page = read(gzip.compress(b"<urlset>" + b" " * 60_000_000), f"{HOST}/sitemap.xml.gz")
    assert page.fault is not None


def test_a_huge_map_is_bounded() -> None:
    many = "".join(f"<url><loc>{HOST}/berita/w-{n}-x.html</loc></url>" for n in range(2_000))
    assert len(read(f"<urlset>{many}</urlset>", f"{HOST}/sitemap.xml").links) == 2_000
