"""Addresses: one article has one key, and nothing leads off the site."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.sites.addresses import absolute, canonical, in_scope, kind_of, number_of, page_key
from extractor.sites.page_types import Link
from tests.sites.asked import article_page, read, shipped, site

KEY = "https://pekalongankota.go.id/berita/warga-menanam-mangrove.html"


@pytest.mark.parametrize(
    "url",
    [
        KEY,
        "http://pekalongankota.go.id/berita/warga-menanam-mangrove.html",
        "https://www.pekalongankota.go.id/berita/warga-menanam-mangrove.html",
        "https://ppid.pekalongankota.go.id/berita/warga-menanam-mangrove.html",
        "HTTPS://WWW.PEKALONGANKOTA.GO.ID:443/berita/warga-menanam-mangrove.html",
        "https://pekalongankota.go.id//berita/warga-menanam-mangrove-9304.html",
        "https://pekalongankota.go.id/berita/warga-menanam-mangrove-.html",
        "https://pekalongankota.go.id/berita/warga-menanam-mangrove--9306.html#isi",
        "https://pekalongankota.go.id/berita/warga-menanam-mangrove.html?utm_source=wa&fbclid=x&cetak=1",
        "https://pekalongankota.go.id/berita/%77arga-menanam-mangrove.html?ci_session=ab",
        "https://pekalongankota.go.id/index.php/berita/warga-menanam-mangrove.html",
        "\n https://pekalongankota.go.id/berita/warga-\nmenanam-mangrove.html ",
    ],
)
def test_variants_of_an_address_have_one_key(url: str) -> None:
    assert canonical(url, site("pekalongankota")) == KEY


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (KEY, KEY.replace("mangrove", "bambu"), "pekalongankota"),
        (
            "https://rkb.pekalongankota.go.id/berita17201-1-warga.html",
            "https://rkb.pekalongankota.go.id/berita18845-1-warga.html",
            "rkb",
        ),
        (KEY, KEY.replace("pekalongankota", "dpmppa.pekalongankota"), "pekalongankota"),
        ("https://melati.desa.id/?p=31", "https://melati.desa.id/?p=32", "wordpress"),
    ],
)
def test_different_articles_have_different_keys(one: str, other: str, name: str) -> None:
    assert canonical(one, site(name)) != canonical(other, site(name))


def test_two_articles_that_share_a_slug_are_told_by_their_numbers() -> None:
    rule = site("pekalongankota")
    one, other = (f"https://pekalongankota.go.id/berita/pasar-murah-{n}.html" for n in (9304, 9410))
    assert canonical(one, rule) == canonical(other, rule)
    assert page_key(one, rule) != page_key(other, rule)
    assert (number_of(one, rule), number_of(other, rule), number_of(KEY, rule)) == (
        "9304",
        "9410",
        None,
    )


def test_a_numeric_host_keeps_its_port_and_scheme() -> None:
    assert page_key("http://127.0.0.1:8800/berita/", None) == "http://127.0.0.1:8800/berita"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "data:text/html,x", "mailto:a@contoh.go.id", "tel:123", "ftp://x.go.id/a", "",
        "https://user:pass@pekalongankota.go.id/berita/a.html", "http://[::1", "http://%zz/",
        "x" * 3000, "JaVaScRiPt:x", " java\nscript:alert(1)", "https://x.go.id:99999/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_none(href: str) -> None:
    assert absolute("https://pekalongankota.go.id/", href) is None


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://www.pekalongankota.go.id/x", True),
        ("https://pekalongankota.go.id.judi.example/berita/x.html", False),
        ("https://judi-pekalongankota.go.id/berita/x.html", False),
        ("https://pekalongankota.go.id@judi.example/berita/x.html", False),
        ("https://judi.example/?u=https://pekalongankota.go.id/berita/x.html", False),
        ("https:\\\\judi.example\\pekalongankota.go.id", False),
        ("//judi.example/berita/x.html", False),
        ("https://dpmppa.pekalongankota.go.id/berita/x.html", False),
        ("https://pekalongankota.go.id:8443/berita/x.html", False),
    ],
)
def test_only_hosts_of_the_site_are_in_scope(url: str, inside: bool) -> None:
    assert in_scope(url, site("pekalongankota")) is inside


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/berita/warga-menanam.html", "article"),
        ("/berita", "listing"),
        ("/berita.html?page=7", "listing"),
        ("/agenda/2025/08", None),
        ("/kalender?bulan=8&tahun=1903", None),
        ("/halaman/profil.html", None),
        ("/upload/berita/a.jpeg", None),
        ("/", None),
        ("/berita/warga.html?cetak=1", "article"),
    ],
)
def test_addresses_of_a_site_have_a_kind(path: str, kind: str | None) -> None:
    assert kind_of("https://dpmppa.pekalongankota.go.id" + path, site()) == kind


HREFS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["/berita/", "//", "http://", "https://judi.example/", "../", "?page=", "#"]
    ).flatmap(lambda head: st.text(max_size=30).map(lambda tail: head + tail)),
)


@settings(deadline=None)
@given(HREFS, st.sampled_from(["pekalongankota", "rkb", "pekalongankab", "dpmppa"]))
def test_a_key_is_its_own_key(href: str, name: str) -> None:
    rule = site(name)
    key = canonical(href, rule)
    assert canonical(key, rule) == key
    there = absolute(rule.start[0], href)
    if there is not None:
        assert absolute(there, there) == there
        key = canonical(there, rule)
        assert canonical(key, rule) == key
        assert in_scope(key, rule) is in_scope(there, rule)


@settings(deadline=None)
@given(st.lists(HREFS, max_size=8))
def test_links_of_a_page_are_always_of_its_site(hrefs: list[str]) -> None:
    anchors = "".join(f'<a href="{href}">x</a>' for href in hrefs)
    for url in ("https://dpmppa.pekalongankota.go.id/berita", None):
        page = read(article_page(anchors), **({"url": url} if url else {}))
        for link in page.links:
            assert isinstance(link, Link)
            assert in_scope(link.url, site())
            assert link.key == canonical(link.url, site())


def test_injected_links_do_not_come_out() -> None:
    spam = (
        '<div style="display:none"><a href="https://slot.example/berita/gacor-maxwin.html">slot</a></div>'
        '<a href="//judi.example/berita/x.html">x</a><a href="/berita/asli-juga.html">Asli</a>'
    )
    page = read(
        f"<div class='list-berita'>{spam}</div>", "https://dpmppa.pekalongankota.go.id/berita"
    )
    assert [link.url for link in page.links] == [
        "https://dpmppa.pekalongankota.go.id/berita/asli-juga.html"
    ]


def test_a_system_serves_the_host_it_is_found_on() -> None:
    rule = site("wordpress").at("https://desa-melati.go.id/")
    assert in_scope("https://www.desa-melati.go.id/2024/05/x/", rule)
    assert not in_scope("https://lain.go.id/2024/05/x/", rule)
    assert shipped().for_url("https://desa-melati.go.id/") is None
