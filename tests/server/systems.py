"""Imitated systems that many offices run on: WordPress, OpenSID, a CodeIgniter theme.

Structures follow the published themes; all words are invented, nothing is a copy.
"""

from datetime import UTC
from email.utils import format_datetime
from html import escape

from tests.server.http import Answer, Request
from tests.server.imitation import Imitation, Template
from tests.server.parts import GAMBLING, document, neighbours, numbered, pager, slugged, text
from tests.server.releases import DAYS, Release, written

XML = (("Content-Type", "application/xml; charset=utf-8"),)


# --- WordPress: /YYYY/MM/DD/<slug>/, RSS and sitemap ---


def wordpress_address(release: Release) -> str:
    """WordPress's permalink with the day."""
    return f"/{release.published:%Y/%m/%d}/{release.slug}/"


def _wordpress_frame(site: Imitation, title: str, head: str, main: str) -> str:
    return document(
        f"{title} – {site.name}",
        f'<meta name="generator" content="WordPress 6.4.3" />\n<link rel="alternate" type="application/rss+xml" href="{site.base}/feed/" />\n<link rel="stylesheet" href="/wp-content/themes/tema/style.css">\n{head}',
        f'<div id="page" class="site"><header class="site-header"><p class="site-title"><a href="/">{site.name}</a></p><nav class="main-navigation"><a href="/category/berita/">Berita</a></nav></header>\n<div id="content" class="site-content">{main}</div>\n<footer class="site-footer">Bertenaga WordPress. 1 Januari 2016{GAMBLING if site.hacked else ""}</footer></div>',
    )  # fmt: skip


def _wordpress_article(site: Imitation, release: Release, body: str, date: str) -> str:
    stamp = f"{release.published:%Y-%m-%dT%H:%M:%S}+07:00"
    side = "".join(
        f'<li><a href="{wordpress_address(other)}">{text(other.title)}</a> <span class="post-date">{written(other.published)}</span></li>'
        for other in neighbours(site, release)
    )
    head = (
        f'<link rel="canonical" href="{site.base}{wordpress_address(release)}" />\n<meta property="og:title" content="{escape(release.title)} – {site.name}" />\n'
        f'<meta property="article:published_time" content="{stamp}" />\n<meta property="article:modified_time" content="2031-01-01T00:00:00+00:00" />'
    )
    return _wordpress_frame(site, release.title, head, (
        f'<main id="main" class="site-main"><article id="post-{release.number}" class="post-{release.number} post type-post status-publish hentry category-berita">\n'
        f'<header class="entry-header"><h1 class="entry-title">{text(release.title)}</h1>\n'
        f'<div class="entry-meta"><span class="posted-on"><a href="{wordpress_address(release)}" rel="bookmark"><time class="entry-date published" datetime="{stamp}">{date}</time><time class="updated" datetime="2031-01-01T00:00:00+00:00">1 Januari 2031</time></a></span> <span class="byline"><span class="author vcard"><a class="url fn n" href="/author/admin/">{text(release.author)}</a></span></span></div></header>\n'
        f'<div class="post-thumbnail"><img class="wp-post-image" src="/wp-content/uploads/{release.number}.jpg" alt=""></div>\n'
        f'<div class="entry-content">\n{body}\n<p>{text(release.credit)}</p>\n<div class="sharedaddy"><h3 class="sd-title">Bagikan ini:</h3><ul><li><a href="?share=facebook">Facebook</a></li></ul></div>\n</div>\n'
        f'<footer class="entry-footer"><span class="cat-links">Ditulis di <a href="/category/berita/">Berita</a></span></footer></article>\n'
        f'<nav class="navigation post-navigation"><a href="{wordpress_address(release)}">Sebelumnya</a></nav>\n<div id="comments" class="comments-area"><p>Satu komentar, 3 Maret 2020</p></div></main>\n'
        f'<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><ul>{side}</ul></section></aside>'
    ))  # fmt: skip


def _wordpress_listing(site: Imitation, page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<article class="post type-post hentry"><h2 class="entry-title"><a href="{wordpress_address(release)}" rel="bookmark">{text(release.title)}</a></h2><div class="entry-summary"><p>{text(release.teaser)}</p></div></article>'
        for release in releases
    )
    after = (
        f'<a class="next page-numbers" href="{site.template.listing_address(page + 1)}">Berikutnya</a>'
        if page < site.last_page
        else ""
    )
    return _wordpress_frame(
        site,
        "Berita",
        "",
        f'<main id="main" class="site-main">{items}<nav class="navigation pagination"><div class="nav-links"><span class="page-numbers current">{page}</span>{after}</div></nav></main>',
    )


def rss(site: Imitation) -> Answer:
    """The newest twenty releases as RSS 2.0."""
    count = len(site.releases)
    items = "".join(
        f"<item><title>{text(release.title)}</title><link>{site.base}{site.template.address(release)}</link><pubDate>{format_datetime(release.published.replace(tzinfo=UTC))}</pubDate><description>{text(release.teaser)}</description></item>\n"
        for release in (site.releases[number] for number in range(count, max(0, count - 20), -1))
    )
    page = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{text(site.name)}</title><link>{site.base}/</link>\n{items}</channel></rss>\n'
    return Answer(page.encode(), 200, (("Content-Type", "application/rss+xml; charset=utf-8"),))


def sitemap(site: Imitation) -> Answer:
    """All releases as a sitemap."""
    entries = "".join(
        f"<url><loc>{site.base}{site.path(number)}</loc><lastmod>2031-01-01T00:00:00+00:00</lastmod></url>\n"
        for number in range(1, len(site.releases) + 1)
    )
    page = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    return Answer(page.encode(), 200, XML)


def sitemap_index(site: Imitation) -> Answer:
    """A sitemap that names the sitemap."""
    page = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{site.base}/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>\n'
    return Answer(page.encode(), 200, XML)


def _wordpress_files(site: Imitation, request: Request) -> Answer | None:
    made = {
        "/feed/": rss,
        "/feed": rss,
        "/wp-sitemap.xml": sitemap_index,
        "/sitemap.xml": sitemap_index,
        "/sitemap_index.xml": sitemap_index,
        "/wp-sitemap-posts-post-1.xml": sitemap,
    }
    return made[request.path](site) if request.path in made else None


def _wordpress_page(path: str, _asked: dict[str, str]) -> int | None:
    parts = path.strip("/").split("/")
    if parts in ([""], ["category", "berita"], ["berita"]):
        return 1
    return (
        int(parts[-1]) if len(parts) >= 2 and parts[-2] == "page" and parts[-1].isdigit() else None
    )


WORDPRESS = Template(
    "wordpress", "/category/berita/", wordpress_address, slugged(r"/\d{4}/\d\d/\d\d/(?P<slug>[^/]+)/?"),
    _wordpress_page, lambda page: f"/category/berita/page/{page}/", _wordpress_article, _wordpress_listing,
    dates=("long", "weekday", "slashes"), files=_wordpress_files,
    sources=(("feeds", "/feed/"), ("sitemaps", "/wp-sitemap.xml")),
)  # fmt: skip


# --- OpenSID, theme esensi: body outside <article>, canonical is the home page, a fixed old `revised` ---


def opensid_address(release: Release) -> str:
    """OpenSID's address with the day in it."""
    return f"/artikel/{release.published:%Y/%-m/%-d}/{release.slug}"


def _opensid_frame(site: Imitation, title: str, main: str) -> str:
    return document(
        title,
        f'<meta name="revised" content="Sunday, July 18th, 2010, 5:15 pm" />\n<meta property="og:site_name" content="{site.name}"/>\n<meta property="og:type" content="article"/>\n<meta property="og:title" content="{escape(title)}"/>\n<meta property="og:url" content="{site.base}/"/>\n<link rel="canonical" href="{site.base}/"/>\n<link rel="alternate" type="application/rss+xml" title="Feed" href="{site.base}/sitemap"/>\n<script src="/desa/themes/esensi/assets/js/script.min.js"></script>',
        f'<div class="container md:px-4 lg:px-5"><header><span class="text-h2">{site.name}</span></header>\n<main class="lg:w-2/3">{main}</main>\n'
        f'<div class="lg:w-1/3"><div class="shadow rounded-lg bg-white overflow-hidden"><div class="box-header"><h3>Agenda</h3></div><div class="box-body"><p>12 Desember 2033 Rapat desa</p></div></div></div>\n<footer>OpenSID 23.01 – tema Esensi{GAMBLING if site.hacked else ""}</footer></div>',
    )  # fmt: skip


def _opensid_article(site: Imitation, release: Release, body: str, date: str) -> str:
    return _opensid_frame(site, release.title, (
        f'<nav role="navigation" aria-label="navigation" class="breadcrumb"><ol><li><a href="{site.base}">Beranda</a></li><li>Berita</li></ol></nav>\n'
        f'<article class="space-y-2"><h1 class="text-h2">{text(release.title)}</h1>\n'
        f'<span class="inline-flex flex-wrap gap-x-3 gap-y-2 text-xs lg:text-sm pt-1"><span><i class="fas fa-user mr-1 text-primary-100"></i>{text(release.author)}</span><span><i class="fas fa-calendar-alt mr-1"></i>{date}</span><span><i class="fas fa-eye mr-1"></i>Dibaca {release.number * 3} Kali</span></span>\n'
        f'<figure><img src="/desa/upload/artikel/sedang_{release.number}.jpg" alt="" class="w-full"></figure></article>\n'
        f'<div class="content py-5 space-y-4">\n{body}\n<p>{text(release.credit)}</p>\n</div>\n'
        '<div class="space-y-4 komentar"><h3>Tulis Komentar</h3><p>Bagus, 1 Januari 2011</p></div>'
    ))  # fmt: skip


def _opensid_listing(site: Imitation, page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<div class="card-artikel"><a href="{site.base}{opensid_address(release)}" class="text-h5">{text(release.title)}</a><p class="line-clamp-3">{text(release.teaser)}</p><span>{written(release.published)}</span></div>'
        for release in releases
    )
    after = (
        f'<li><a href="{site.template.listing_address(page + 1)}" class="px-2 next" rel="next">&gt;</a></li>'
        if page < site.last_page
        else ""
    )
    return _opensid_frame(
        site,
        site.name,
        f'<h3 class="text-h4 text-primary-200">Artikel Terkini</h3>{items}<div class="pagination"><ul class="pagination flex">{after}</ul></div>',
    )


OPENSID = Template(
    "opensid", "/index/1", opensid_address, slugged(r"/artikel/\d+/\d+/\d+/(?P<slug>[^/]+)"),
    numbered(r"/(?:index/(?P<page>\d+))?"), lambda page: f"/index/{page}", _opensid_article, _opensid_listing,
    dates=("long",),
)  # fmt: skip


# --- a CodeIgniter theme of an office: the breadcrumb's h2 is the category, the body inside <p> ---


def _codeigniter_frame(site: Imitation, title: str, main: str) -> str:
    return document(
        title, '<link rel="stylesheet" href="/assets/css/bootstrap.min.css">',
        f'<section class="breadcrumb blog_bg"><div class="breadcrumb_iner_item"><h2>Berita</h2></div></section>\n<section class="blog_area section-padding"><div class="container"><div class="row"><div class="col-lg-8">{main}</div>\n<div class="col-lg-4"><div class="blog_right_sidebar"><h3>Pengumuman</h3><p>Senin, 6 Januari 2031 | 09:00 WIB</p></div></div></div></div></section>\n<footer class="footer_part"><p>Hak cipta 2019{GAMBLING if site.hacked else ""}</p></footer>',
    )  # fmt: skip


def _codeigniter_article(site: Imitation, release: Release, body: str, date: str) -> str:
    recent = "".join(
        f'<div class="media post_item"><div class="media-body"><a href="/berita/detail/{other.slug}"><h3>{text(other.title)}</h3></a><p>{DAYS[other.published.weekday()]}, {written(other.published)}</p></div></div>'
        for other in neighbours(site, release)
    )
    return _codeigniter_frame(site, site.name, (
        f'<div class="single-post"><div class="feature-img"><img class="img-fluid" src="/assets/foto_berita/{release.published:%Y/%m/%d}/foto_{release.number}.jpg" alt=""></div>\n'
        f'<div class="blog_details"><h2>{text(release.title)}</h2>\n<ul class="blog-info-link mt-3 mb-4"><li><i class="far fa-user"></i> {text(release.author)}</li><li><i class="far fa-calendar"></i> {date}</li></ul>\n'
        f'<p>{body}\n<p>{text(release.credit)}</p></p>\n</div></div>\n'
        f'<div class="navigation-top"><h3>{release.number} x</h3><p>Dibaca</p></div>\n<aside class="single_sidebar_widget popular_post_widget"><h3>Berita Terbaru</h3>{recent}</aside>'
    ))  # fmt: skip


def _codeigniter_listing(site: Imitation, page: int, releases: list[Release]) -> str:
    items = "\n".join(
        f'<article class="blog_item"><div class="blog_details"><a class="d-inline-block" href="/berita/detail/{release.slug}"><h2>{text(release.title)}</h2></a><p>{text(release.teaser)}</p><ul class="blog-info-link"><li>{written(release.published, weekday=True)}</li></ul></div></article>'
        for release in releases
    )
    return _codeigniter_frame(
        site,
        site.name,
        f'<div class="blog_left_sidebar">{items}<nav class="blog-pagination justify-content-center d-flex">{pager(site, page)}</nav></div>',
    )


def _codeigniter_page(path: str, _asked: dict[str, str]) -> int | None:
    parts = path.strip("/").split("/")
    if parts == ["berita"]:
        return 1
    return (
        int(parts[2]) // 10 + 1
        if parts[:2] == ["berita", "index"] and len(parts) == 3 and parts[2].isdigit()
        else None
    )


CODEIGNITER = Template(
    "codeigniter", "/berita", lambda release: f"/berita/detail/{release.slug}", slugged(r"/berita/detail/(?P<slug>[^/]+)"),
    _codeigniter_page, lambda page: f"/berita/index/{(page - 1) * 10}", _codeigniter_article, _codeigniter_listing,
    dates=("weekday-time",),
)  # fmt: skip
