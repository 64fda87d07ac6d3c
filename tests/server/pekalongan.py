"""Imitated systems of one city and its regency: the offices' system, the radio's, the regency's.

Structures follow what is known of such sites; all words are invented, nothing is a copy.
"""

from datetime import timedelta
from html import escape

from tests.server.imitation import Imitation, Template
from tests.server.parts import GAMBLING, document, neighbours, paged, pager, slugged, text
from tests.server.releases import Release, written

# --- the city's system: /berita/<slug>.html ---


def _city_frame(site: Imitation, title: str, head: str, main: str, release: Release | None) -> str:
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


def _city_article(site: Imitation, release: Release, body: str, date: str) -> str:
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


def _city_listing(site: Imitation, page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<div class="item-berita"><a href="{site.template.address(release)}"><img src="{release.image}" alt=""></a><h4 class="judul"><a href="{site.template.address(release)}">{text(release.title)}</a></h4><span class="tanggal">{written(release.published, weekday=True)}</span><p>{text(release.teaser)}</p></div>'
        for release in releases
    )
    return _city_frame(
        site,
        "Berita",
        "",
        f'<div class="daftar-berita"><h2>Berita</h2>\n{items}\n{pager(site, page)}</div>',
        None,
    )


CITY = Template(
    "city", "/berita",
    lambda release: f"/berita/{release.slug}.html",
    slugged(r"/berita/(?P<slug>.+?)(?:-\d{3,5})?\.html"),
    paged("/berita", "page", "/berita.html"), lambda page: f"/berita?page={page}",
    _city_article, _city_listing,
    dates=("weekday-time", "agu", "long", "slashes", "agt-nop", "hyphens-time", "weekday", "ags", "posted", "iso-time"),
)  # fmt: skip


# --- the radio: /berita<ID>-1-<slug>.html, a table of visitors right under the body, no date ---


def radio_address(release: Release) -> str:
    """Where the radio's system puts an article."""
    return f"/berita{9000 + release.number}-1-{release.slug}.html"


def _radio_article(site: Imitation, release: Release, body: str, _date: str) -> str:
    counter = "\n".join(
        f'<tr><td><img src="/images/{icon}.gif" alt="{icon}"></td><td>:</td><td>{count}</td></tr>'
        for icon, count in (("", 1), ("hari", 4397), ("bulan", 2983), ("total", release.number))
    )
    side = "".join(
        f'<li><a href="{radio_address(other)}">{text(other.title)}</a> ({written(other.published)})</li>'
        for other in neighbours(site, release)
    )
    return document(
        f"{site.name}", "",
        f'<div id="header"><a href="/">Radio Kota</a></div>\n<div id="menu"><a href="/berita.html">Berita</a> <a href="/jadwal.html">Jadwal</a></div>\n'
        f'<div id="content">\n<h2 class="judul">{text(release.title)}</h2>\n'
        f'<div class="isi"><img class="foto" src="{release.image}" alt="">\n{body}\n<p>{text(release.credit)}</p>\n</div>\n'
        f'<table class="counter">{counter}</table>\n</div>\n'
        f'<div id="sidebar"><h3>Berita Lain</h3><ul>{side}</ul><h3>Agenda</h3><p>{written(release.published)} Siaran langsung</p></div>\n'
        f'<div id="footer">Radio Kota &copy; 2012{GAMBLING if site.hacked else ""}</div>',
    )  # fmt: skip


def _radio_listing(site: Imitation, page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<div class="berita"><h3><a href="{radio_address(release)}">{text(release.title)}</a></h3><p>{text(release.teaser)} <a href="{radio_address(release)}">selengkapnya</a></p></div>'
        for release in releases
    )
    return document(
        site.name,
        "",
        f'<div id="header"><a href="/">Radio Kota</a></div>\n<div id="content"><h2>Berita</h2>\n{items}\n{pager(site, page)}</div>',
    )


RADIO = Template(
    "radio", "/berita.html", radio_address, slugged(r"/berita\d+-1-(?P<slug>.+)\.html"),
    paged("/berita.html", "page"), lambda page: f"/berita.html?page={page}", _radio_article, _radio_listing, dates=("none",),
)  # fmt: skip


# --- the regency: /articles?category=berita&page=N, whole teasers followed by the day ---


def _regency_frame(site: Imitation, title: str, main: str) -> str:
    return document(
        f"{title} - {site.name}", f'<meta property="og:title" content="{escape(title)}">',
        f'<header class="header"><a class="logo" href="/">{site.name}</a><nav><a href="/articles?category=berita">Berita</a> <a href="/articles?category=pengumuman">Pengumuman</a> <a href="/agendas?month=2031-01">Agenda</a></nav></header>\n'
        f'<main class="main">{main}</main>\n<footer class="footer"><p>Diskominfo &copy; 2021. Dikunjungi 12.345 kali sejak 1 Januari 2021</p>{GAMBLING if site.hacked else ""}</footer>',
    )  # fmt: skip


def _regency_article(site: Imitation, release: Release, body: str, date: str) -> str:
    side = "".join(
        f'<div class="recent-item"><a href="/articles/{other.slug}">{text(other.title)}</a><small class="date">{written(other.published, weekday=True)}</small></div>'
        for other in neighbours(site, release)
    )
    return _regency_frame(site, release.title, (
        f'<div class="row"><article class="article-detail col-lg-8"><h1 class="article-title">{text(release.title)}</h1>\n'
        f'<div class="article-meta"><span class="author">{text(release.author)}</span> <span class="date">{date}</span> <span class="views">{release.number} dilihat</span></div>\n'
        f'<figure class="article-image"><img src="/storage/articles/{release.number}.jpg" alt=""><figcaption>{text(release.caption)}</figcaption></figure>\n'
        f'<div class="article-content">\n{body}\n<p>{text(release.credit)}</p>\n</div></article>\n'
        f'<aside class="sidebar col-lg-4"><h4>Berita Terkini</h4>{side}</aside></div>'
    ))  # fmt: skip


def _regency_listing(site: Imitation, page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<div class="article-item card"><h5 class="card-title"><a href="/articles/{release.slug}">{text(release.title)}</a></h5><p class="card-text">{text(release.blocks[0].parts[0])}</p><small class="date">{written(release.published, weekday=True)}</small></div>'
        for release in releases
    )
    return _regency_frame(site, "Berita", f'<div class="articles">{items}</div>{pager(site, page)}')


REGENCY = Template(
    "regency", "/articles?category=berita", lambda release: f"/articles/{release.slug}", slugged(r"/articles/(?P<slug>.+)"),
    paged("/articles", "page"), lambda page: f"/articles?category=berita&page={page}", _regency_article, _regency_listing,
    dates=("weekday", "long", "weekday-time", "ags", "slashes", "posted"),
)  # fmt: skip
