"""The imitated systems: where articles and listings stand, and what their pages look like.

Structures follow what is known of such sites; all words are invented. Nothing here is a copy.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from tests.server.releases import Release, written

if TYPE_CHECKING:
    from tests.server.imitation import Imitation

GAMBLING = (
    '<div style="position:absolute;left:-9999px;top:-9999px"><a href="https://slot-gacor.example/daftar">slot gacor hari ini</a>'
    ' <a href="http://203.0.113.77/togel/berita/menang-besar.html">togel</a></div>'
    '<a href="/berita/situs-slot-gacor-maxwin.html" style="display:none">slot maxwin</a>'
)


@dataclass(frozen=True)
class Template:
    """One system. ``rule`` names the shipped site rule; ``address`` gives a release's path;
    ``number`` finds the release a path stands for; ``page_of`` tells which page of the listing a
    target is (None: not a listing); ``listing_address`` the address of page N."""

    id: str
    rule: str
    start: str
    address: Callable[[Release], str]
    number: Callable[["Imitation", str], int | None]
    page_of: Callable[[str, dict[str, str]], int | None]
    listing_address: Callable[[int], str]
    article: Callable[["Imitation", Release, str, str], str]
    listing: Callable[["Imitation", int, list[Release]], str]
    per_page: int = 10
    dates: tuple[str, ...] = ("weekday-time",)
    feeds: bool = False


def text(words: str) -> str:
    """Words as text of a page."""
    return escape(words, quote=False)


def document(title: str, head: str, body: str) -> str:
    """A whole page."""
    return f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n<title>{text(title)}</title>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def neighbours(site: "Imitation", release: Release) -> list[Release]:
    """What stands in a sidebar: other releases, whose days are not this one's."""
    count = len(site.releases)
    return [
        site.releases[(release.number + step) % count + 1]
        for step in (11, 36)
        if (release.number + step) % count + 1 != release.number
    ]


def _page(prefix: str, query: str) -> Callable[[str, dict[str, str]], int | None]:
    def page_of(path: str, asked: dict[str, str]) -> int | None:
        if path.rstrip("/") != prefix.rstrip("/"):
            return None
        number = asked.get(query, "1")
        return int(number) if number.isdigit() else 1

    return page_of


def _slug(pattern: str) -> Callable[["Imitation", str], int | None]:
    compiled = re.compile(pattern)

    def number(site: "Imitation", path: str) -> int | None:
        found = compiled.fullmatch(path)
        return site.releases.number_of.get(found["slug"].rstrip("-")) if found else None

    return number


def _pager(site: "Imitation", page: int, classes: str = "pagination") -> str:
    last = site.last_page
    shown = [number for number in range(page - 2, page + 4) if 1 <= number <= last]
    links = "".join(
        f'<li class="page-item{" active" if number == page else ""}"><a class="page-link" href="{escape(site.template.listing_address(number))}">{number}</a></li>'
        for number in shown
    )
    after = (
        f'<li class="page-item next"><a class="page-link" rel="next" href="{escape(site.template.listing_address(page + 1))}">&raquo;</a></li>'
        if page < last
        else ""
    )
    return f'<ul class="{classes}">{links}{after}</ul>'


# --- the city's system: /berita/<slug>.html ---


def _city_frame(
    site: "Imitation", title: str, head: str, main: str, release: Release | None
) -> str:
    side = "".join(
        f'<li><a href="{site.template.address(other)}">{text(other.title)}</a><span class="tanggal">{written(other.published, weekday=True)}</span></li>'
        for other in (neighbours(site, release) if release is not None else ())
    )
    if release is not None:
        agenda = release.published + timedelta(days=400)
        side += f'<li class="agenda"><b>{agenda.day}</b> {written(agenda)} Agenda Kerja Bakti</li>'
    return document(
        f"{title} | {site.name}", head,
        f'<div class="topbar"><marquee>Selamat datang di {site.name}</marquee></div>\n'
        f'<nav class="navbar"><a href="/">Beranda</a> <a href="/berita">Berita</a> <a href="/halaman/profil.html">Profil</a> <a href="javascript:void(0)">Layanan</a> <a href="mailto:surat@contoh.example">Surat</a></nav>\n'
        f'<div class="container"><div class="row">\n<div class="col-md-8">{main}</div>\n'
        f'<div class="col-md-4 sidebar"><div class="widget"><h3>Berita Terbaru</h3><ul>{side}</ul></div></div>\n</div></div>\n'
        f'<footer class="footer"><p>Hak Cipta &copy; 2018 {site.name}. Terakhir diperbarui 17 Agustus 2018</p>{GAMBLING if site.hacked else ""}</footer>',
    )  # fmt: skip


def _city_article(site: "Imitation", release: Release, body: str, date: str) -> str:
    head = f'<meta property="og:title" content="{escape(release.title)}">\n<link rel="canonical" href="{site.base}/">'
    main = (
        f'<div class="detail-berita"><h1 class="judul-berita">{text(release.title)}</h1>\n'
        f'<div class="info-berita"><span class="penulis"><i class="fa fa-user"></i> {text(release.author)}</span> <span class="tanggal"><i class="fa fa-calendar"></i> {date}</span> <span class="dibaca">Dibaca {release.number * 7} kali</span></div>\n'
        f'<div class="gambar-berita"><img class="img-responsive" src="{release.image}" alt="{escape(release.title)}"><p class="caption">{text(release.caption)}</p></div>\n'
        f'<div class="isi-berita">\n{body}\n<p>{text(release.credit)}</p>\n</div>\n'
        f'<div class="bagikan">Bagikan: <a href="https://facebook.example/sharer?u={site.base}">Facebook</a> <a href="whatsapp://send?text=x">WhatsApp</a> <a href="{site.template.address(release)}?cetak=1">Cetak</a></div>\n'
        '<div class="komentar"><h3>Komentar</h3><p>Semoga berlanjut, 2 Januari 2015</p></div></div>'
    )
    return _city_frame(site, release.title, head, main, release)


def _city_listing(site: "Imitation", page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<div class="item-berita"><a href="{site.template.address(release)}"><img src="{release.image}" alt=""></a><h4 class="judul"><a href="{site.template.address(release)}">{text(release.title)}</a></h4><span class="tanggal">{written(release.published, weekday=True)}</span><p>{text(release.teaser)}</p></div>'
        for release in releases
    )
    return _city_frame(
        site,
        "Berita",
        "",
        f'<div class="daftar-berita"><h2>Berita</h2>\n{items}\n{_pager(site, page)}</div>',
        None,
    )


CITY = Template(
    "city", "dpmppa", "/berita",
    lambda release: f"/berita/{release.slug}.html",
    _slug(r"/berita/(?P<slug>.+?)(?:-\d{3,5})?\.html"),
    _page("/berita", "page"), lambda page: f"/berita?page={page}",
    _city_article, _city_listing,
    dates=("weekday-time", "agu", "long", "slashes", "agt-nop", "hyphens-time", "weekday", "ags", "posted", "iso-time"),
)  # fmt: skip

TEMPLATES: dict[str, Template] = {"dpmppa": CITY}
