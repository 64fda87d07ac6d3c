"""The faults and hostile inputs that a crawler of such sites has to survive, by number and name.

Each is installed on a site and spoils one article (number ``SPOILT``) unless its words say
otherwise. ``python -m tests.server --fault NAME`` serves a site with it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.server import hostile, wire
from tests.server.http import Answer, Request, Steps
from tests.server.imitation import Fault, Imitation

SPOILT = 3
Install = Callable[[Imitation], None]


@dataclass(frozen=True)
class Named:
    """One fault: its number in the list of kinds, its name, what it is, how a site gets it."""

    number: int
    name: str
    what: str
    install: Install


def article(fault: Fault) -> Install:
    """On the page of the spoilt article."""
    return lambda site: site.fault(site.path(SPOILT), fault)


def at(target: str, fault: Fault) -> Install:
    """On another target; ``{path}`` and ``{base}`` as in :func:`linked`."""
    return lambda site: site.fault(target.replace("{path}", site.path(SPOILT)), fault)


def article_moved(where: Callable[[Imitation], str], code: int = 301) -> Install:
    """The spoilt article answers with a redirect."""
    return lambda site: site.fault(site.path(SPOILT), wire.redirect(where(site), code))


def numbered(site: Imitation, tail: str) -> str:
    """The path of the spoilt article with something before ``.html``."""
    return site.path(SPOILT).replace(".html", f"{tail}.html")


def mirror(site: Imitation) -> str:
    """The site under its other name."""
    return site.base.replace("127.0.0.1", "localhost")


def moved_to_mirror(site: Imitation) -> None:
    """One name of the site sends on to its other name."""
    site.mirrors = (mirror(site).removeprefix("http://"),)
    there = wire.redirect(mirror(site) + "{target}", 301)
    site.fault(
        site.path(SPOILT),
        lambda request, answer: answer if "localhost" in request.headers["host"] else there(request, answer),
    )  # fmt: skip


def no_robots(site: Imitation) -> None:
    """robots.txt is not there."""
    site.robots = None


def hacked(site: Imitation) -> None:
    """Injected links in the foot of every page."""
    site.hacked = True


def plain(site: Imitation) -> None:
    """Nothing is installed: the fault is there anyway."""


def listing(fault: Fault) -> Install:
    """On the first page of the listing."""
    return lambda site: site.fault(site.template.start, fault)


def robots(fault: Fault) -> Install:
    """On robots.txt."""
    return lambda site: site.fault("/robots.txt", fault)


def says(text: str) -> Install:
    """robots.txt with these words; ``{path}`` is the spoilt article."""

    def install(site: Imitation) -> None:
        site.robots = text.replace("{path}", site.path(SPOILT))

    return install


def every(fault: Fault) -> Install:
    """On every article, not on listings and files."""

    def install(site: Imitation) -> None:
        def chosen(request: Request, answer: Answer) -> Answer | Steps:
            found = site.template.number(site, request.path) is not None
            return fault(request, answer) if found else answer

        site.fault("*", chosen)

    return install


def beyond(what: str) -> Install:
    """Listing pages without end; behind the last true one stands ``what``."""

    def install(site: Imitation) -> None:
        site.beyond = what

    return install


def linked(*hrefs: str) -> Install:
    """Links put into the first listing page, before its first article; ``{path}`` is the spoilt
    article, ``{base}`` the site, ``{mirror}`` the site under its other name."""

    def install(site: Imitation) -> None:
        words = {"{path}": site.path(SPOILT), "{base}": site.base, "{mirror}": mirror(site)}

        def put(html: str) -> str:
            links = "".join(
                f'<a href="{href}">Pengumuman {at}</a>' for at, href in enumerate(hrefs)
            )
            for word, value in words.items():
                links = links.replace(word, value)
            mark = f'<a href="{site.path(len(site.releases))}'
            return html.replace(mark, links + mark, 1)

        site.mirrors = (mirror(site).removeprefix("http://"),)
        site.fault(site.template.start, wire.changed(put))

    return install


def rewritten(old: str, new: str) -> Install:
    """On every article: other markup."""
    return every(wire.changed(lambda html: html.replace(old, new)))


def dated(words: str) -> Install:
    """Where the date of the spoilt article stands, these words stand."""
    return lambda site: site.date_words.update({SPOILT: words})


def without(*validators: str) -> Install:
    """Answers without these validators."""

    def install(site: Imitation) -> None:
        site.validators -= set(validators)

    return install


def together(*installs: Install) -> Install:
    """Several at once."""

    def install(site: Imitation) -> None:
        for one in installs:
            one(site)

    return install


_DB = b"<!DOCTYPE html><html><head><title>Database Error</title></head><body><div id='container'><h1>A Database Error Occurred</h1><p>Unable to connect to your database server using the provided settings.</p></div></body></html>"
_PHP = b"<br />\n<b>Fatal error</b>:  Uncaught Error: Call to a member function row() on bool in /home/situs/public_html/application/models/M_berita.php:41\nStack trace:\n#0 {main}\n  thrown in <b>/home/situs/public_html/application/models/M_berita.php</b> on line <b>41</b><br />"
_WARNING = "<br />\n<b>Warning</b>:  Undefined variable $hits in <b>/home/situs/public_html/application/views/detail.php</b> on line <b>12</b><br />\n"
_LOGIN = b'<html><head><title>Login Administrator</title></head><body><form action="/login" method="post"><input name="username"><input type="password" name="password"><button>Masuk</button></form></body></html>'
_CARE = b"<html><head><title>Pemeliharaan</title></head><body><h1>Situs sedang dalam pemeliharaan</h1><p>Silakan kembali beberapa saat lagi.</p></body></html>"
_WAF = b'<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing</h1><noscript>Enable JavaScript and cookies to continue</noscript><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script></body></html>'
_GONE = b"<html><head><title>404 Halaman Tidak Ditemukan</title></head><body><h1>404</h1><p>Halaman yang Anda cari tidak ditemukan.</p></body></html>"

FAULTS: tuple[Named, ...] = (
    Named(1, "busy-once", "503, then right", article(wire.once(wire.status(503)))),
    Named(1, "error-once", "500, then right", article(wire.once(wire.status(500)))),
    Named(1, "gateway-once", "502 on the listing, then right", listing(wire.once(wire.status(502)))),
    Named(1, "error-always", "500 for ever", article(wire.status(500))),
    Named(1, "gone", "410", article(wire.status(410))),
    Named(1, "missing", "404", article(wire.status(404))),
    Named(1, "forbidden", "403", article(wire.status(403))),
    Named(1, "error-listing", "500 for ever on the first page of the listing", listing(wire.status(500))),
    Named(2, "retry-after-seconds", "503 with Retry-After: 2, then right", article(wire.once(wire.status(503, ("Retry-After", "2"))))),
    Named(2, "retry-after-date", "429 with Retry-After as a date, then right", article(wire.once(wire.busy_until(3)))),
    Named(2, "retry-after-absurd", "503 with Retry-After of three years, then right", article(wire.once(wire.status(503, ("Retry-After", "99999999"))))),
    Named(2, "retry-after-nonsense", "503 with Retry-After: besok, then right", article(wire.once(wire.status(503, ("Retry-After", "besok"))))),
    Named(2, "retry-after-past", "503 with Retry-After in 1994, then right", article(wire.once(wire.status(503, ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"))))),
    Named(3, "reset-before-once", "reset before the answer, then right", article(wire.once(wire.reset_before))),
    Named(3, "reset-inside-once", "reset inside the body, then right", article(wire.once(wire.reset_inside))),
    Named(3, "reset-inside-always", "reset inside the body for ever", article(wire.reset_inside)),
    Named(4, "stall-once", "no answer, then right", article(wire.once(wire.stall))),
    Named(4, "stall-always", "no answer for ever", article(wire.stall)),
    Named(4, "stall-inside-once", "half a body and silence, then right", article(wire.once(wire.stall_inside))),
    Named(4, "stall-listing-once", "the listing does not answer, then right", listing(wire.once(wire.stall))),
    Named(5, "drip-once", "three bytes each 30 ms, then right", article(wire.once(wire.drip))),
    Named(5, "drip-always", "three bytes each 30 ms for ever", article(wire.drip)),
    Named(5, "drip-head", "headers without end", article(wire.drip_head)),
    Named(6, "short-body-once", "body shorter than Content-Length, then right", article(wire.once(wire.short_body))),
    Named(6, "short-body-always", "body shorter than Content-Length for ever", article(wire.short_body)),
    Named(6, "no-length", "no length at all, whole", article(wire.without_length)),
    Named(6, "short-listing-once", "a listing shorter than its length, then right", listing(wire.once(wire.short_body))),
    Named(7, "short-chunked-once", "chunked without its end, then right", article(wire.once(wire.short_chunked))),
    Named(7, "short-chunked-always", "chunked without its end for ever", article(wire.short_chunked)),
    Named(7, "chunked", "small chunks with extensions and a trailer", article(wire.chunked)),
    Named(8, "torn-gzip-once", "half a gzip with the right length, then right", article(wire.once(wire.compressed(rest=0.5)))),
    Named(8, "torn-gzip-always", "half a gzip with the right length for ever", article(wire.compressed(rest=0.5))),
    Named(8, "gzip-without-end", "gzip without its last eight bytes for ever", article(wire.compressed(rest=0.995))),
    Named(8, "gzip", "gzip as it should be", article(wire.compressed())),
    Named(8, "deflate", "deflate with its wrapper", article(wire.compressed("deflate"))),
    Named(8, "deflate-raw", "deflate without its wrapper", article(wire.compressed("deflate-raw"))),
    Named(8, "unknown-coding", "a content encoding nobody knows", article(wire.compressed(wrong="sangkuriang"))),
    Named(8, "plain-called-gzip", "Content-Encoding: gzip on a plain body", article(lambda request, answer: answer.with_headers(("Content-Encoding", "gzip")))),
    Named(8, "torn-gzip-listing-once", "half of a listing, compressed, then right", listing(wire.once(wire.compressed(rest=0.5)))),
    Named(9, "bomb-gzip", "64 KB of gzip, 64 MB of blanks", article(wire.bomb("gzip"))),
    Named(9, "bomb-gzip-twice", "gzip inside gzip", article(wire.bomb("gzip, gzip"))),
    Named(9, "bomb-deflate", "the same in deflate", article(wire.bomb("deflate"))),
    Named(9, "bomb-br", "106 bytes of brotli, 64 MB of blanks", article(wire.bomb("br"))),
    Named(10, "huge", "a page of 40 MB", article(wire.huge(40))),
    Named(10, "endless", "a chunked page without end", article(wire.endless)),
    Named(10, "endless-listing", "a listing without end", listing(wire.endless)),
    Named(11, "empty-once", "200 with nothing, then right", article(wire.once(wire.page(b"")))),
    Named(11, "empty-always", "200 with nothing for ever", article(wire.page(b""))),
    Named(11, "empty-body", "the frame of the page without a word of the article", article(wire.changed(hostile.emptied))),
    Named(11, "empty-listing", "a listing of nothing for ever", listing(wire.page(b""))),
    Named(12, "database-error-once", "200 with CodeIgniter's database error, then right", article(wire.once(wire.page(_DB)))),
    Named(12, "database-error-always", "200 with CodeIgniter's database error for ever", article(wire.page(_DB))),
    Named(12, "database-error-listing", "the same on the listing, then right", listing(wire.once(wire.page(_DB)))),
    Named(12, "php-fatal", "200 with PHP's fatal error", article(wire.page(_PHP))),
    Named(12, "php-warning", "a PHP warning above a whole article", article(wire.changed(lambda html: _WARNING + html))),
    Named(12, "login", "200 with a page to log in", article(wire.page(_LOGIN))),
    Named(12, "maintenance", "200 with a page of maintenance", article(wire.page(_CARE))),
    Named(12, "challenge", "200 with a firewall's challenge", article(wire.page(_WAF))),
    Named(12, "missing-200", "200 that says 404", article(wire.page(_GONE))),
    Named(13, "redirect-self", "a redirect to itself", article(wire.redirect("{target}"))),
    Named(13, "redirect-cycle", "a to b, b to a", together(article(wire.redirect("/berita/b-lain.html")), lambda site: site.fault("/berita/b-lain.html", wire.redirect(site.path(SPOILT))))),
    Named(13, "redirect-endless", "each redirect leads to a new one", together(article(wire.redirect("/berita/ke-1.html")), *(at(f"/berita/ke-{hop}.html", wire.redirect(f"/berita/ke-{hop + 1}.html")) for hop in range(1, 60)))),
    Named(13, "redirect-foreign", "a redirect to another host", article(wire.redirect("https://lain.example/berita/x.html"))),
    Named(13, "redirect-private", "a redirect to a private address", article(wire.redirect("http://10.0.0.7/berita/x.html"))),
    Named(13, "redirect-script", "a redirect to javascript:", article(wire.redirect("javascript:alert(1)"))),
    Named(13, "redirect-nowhere", "a redirect without Location", article(wire.status(302))),
    Named(13, "redirect-home", "the article leads to the home page", article(wire.redirect("/"))),
    Named(13, "redirect-listing", "the article leads to the listing", article(wire.redirect("/berita"))),
    Named(13, "redirect-number", "the article moved to its address with a number", article_moved(lambda site: numbered(site, "-9304"))),
    Named(13, "redirect-mirror", "the article moved to the site's other name", moved_to_mirror),
    Named(13, "redirect-listing-self", "the listing leads to itself", listing(wire.redirect("{target}"))),
    Named(13, "redirect-listing-foreign", "the listing leads to another host", listing(wire.redirect("https://lain.example/berita"))),
    Named(14, "listing-empty-pages", "listing pages without end, empty behind the last", beyond("empty")),
    Named(14, "listing-last-again", "listing pages without end, each like the last", beyond("last")),
    Named(14, "listing-wraps", "page after the last is page one", beyond("first")),
    Named(14, "listing-next-self", "the next page is the page itself", listing(wire.changed(lambda html: html.replace("/berita?page=2", "/berita")))),
    Named(14, "calendar", "a calendar of endless months", linked("/berita?bulan=2031-01", "/berita?bulan=2031-02&hari=3", "/agenda?tahun=2090", "/kalender/2031/1")),
    Named(14, "print-twins", "each article again with ?cetak=1, ?print=1, utm_source, a fragment", linked("{path}?cetak=1", "{path}?print=1", "{path}?utm_source=wa&amp;fbclid=x", "{path}#komentar")),
    Named(15, "robots-404", "no robots.txt", no_robots),
    Named(15, "robots-403", "robots.txt forbidden", robots(wire.status(403))),
    Named(15, "robots-500-once", "robots.txt 500, then right", robots(wire.once(wire.status(500)))),
    Named(15, "robots-500-always", "robots.txt 500 for ever", robots(wire.status(500))),
    Named(15, "robots-stall", "robots.txt never comes", robots(wire.stall)),
    Named(15, "robots-html", "robots.txt is a page", robots(wire.page(_GONE))),
    Named(15, "robots-bom", "robots.txt with a byte order mark forbids the article", says("\ufeffUser-agent: *\nDisallow: {path}\n")),
    Named(15, "robots-1mb", "robots.txt of 1 MB forbids the article in its second line", says("User-agent: *\nDisallow: {path}\n" + "Disallow: /tidak-ada/abcdefghijklmnop\n" * 28_000)),
    Named(15, "robots-forbids", "robots.txt forbids the article", says("User-agent: *\nDisallow: {path}\n")),
    Named(15, "robots-forbids-us", "robots.txt forbids the article to rilis alone", says("User-agent: rilis\nDisallow: {path}\n\nUser-agent: *\nDisallow:\n")),
    Named(15, "robots-redirect-self", "robots.txt leads to itself", robots(wire.redirect("{target}"))),
    Named(16, "crawl-delay-huge", "Crawl-delay of a day", says("User-agent: *\nCrawl-delay: 86400\n")),
    Named(16, "crawl-delay-nonsense", "Crawl-delay: lama", says("User-agent: *\nCrawl-delay: lama\n")),
    Named(20, "charset-wrong", "UTF-8 that says iso-8859-1", article(hostile.encoded("utf-8", "iso-8859-1"))),
    Named(20, "charset-missing", "UTF-8 that says nothing", article(hostile.encoded("utf-8", None))),
    Named(20, "charset-conflict", "cp1252 that says utf-8 in the header and the page", article(hostile.encoded("cp1252", "utf-8"))),
    Named(20, "charset-nonsense", "UTF-8 that says x-unknown", article(hostile.encoded("utf-8", "x-unknown"))),
    Named(20, "charset-utf16", "UTF-16 with its mark", article(hostile.encoded("utf-16", None))),
    Named(20, "charset-utf16-bare", "UTF-16 without its mark, told by the header", article(hostile.encoded("utf-16-le", "utf-16le"))),
    Named(20, "charset-bom", "UTF-8 with its mark that says cp1252", article(hostile.encoded("utf-8-sig", "windows-1252"))),
    Named(20, "mojibake", "UTF-8 read as cp1252 and written again", article(wire.changed(hostile.mojibake))),
    Named(20, "nul", "NUL inside the words", article(wire.changed(hostile.in_words("\x00")))),
    Named(20, "soft-hyphen", "soft hyphens inside the words", article(wire.changed(hostile.in_words("\u00ad")))),
    Named(20, "zero-width", "zero-width blanks inside the words", article(wire.changed(hostile.in_words("\u200b")))),
    Named(20, "double-escaped", "&amp;nbsp; and &amp;quot; in the words", article(wire.changed(hostile.double_escaped))),
    Named(20, "bad-byte", "one byte that is no UTF-8 in a page of UTF-8", article(hostile.bad_byte)),
    Named(21, "header-without-colon", "a header line without colon", article(wire.raw_head("Content-Type: text/html; charset=utf-8", "INI BUKAN HEADER"))),
    Named(21, "headers-repeated", "two Content-Types, three cookies", article(wire.raw_head("Content-Type: text/html; charset=utf-8", "Content-Type: text/html", "Set-Cookie: a=1", "Set-Cookie: b=2", "Set-Cookie: c=3"))),
    Named(21, "lengths-conflict", "two lengths that differ", article(wire.raw_head("Content-Type: text/html", "Content-Length: 17"))),
    Named(21, "location-utf8", "a Location with bytes of UTF-8", hostile.moved_to_utf8(SPOILT)),
    Named(21, "header-100k", "one header of 100 KB", article(wire.raw_head("Content-Type: text/html; charset=utf-8", "X-Besar: " + "x" * 100_000))),
    Named(21, "header-2m", "2 MB of headers", article(wire.raw_head(*("X-Besar: " + "x" * 20_000 for _ in range(100))))),
    Named(21, "no-http", "the greeting of another protocol", article(wire.garbage)),
    Named(22, "nesting", "20,000 <div> around the body", article(wire.changed(hostile.nested(20_000)))),
    Named(22, "nesting-inline", "20,000 <span> inside a paragraph", article(wire.changed(hostile.nested_spans(20_000)))),
    Named(22, "paragraphs-100k", "100,000 paragraphs", article(wire.changed(hostile.paragraphs(100_000)))),
    Named(22, "attribute-5m", "an attribute of 5 MB", article(wire.changed(hostile.attribute(5_000_000)))),
    Named(22, "attributes-100k", "100,000 attributes on one tag", article(wire.changed(hostile.attributes(100_000)))),
    Named(22, "unclosed", "no end tag anywhere", article(wire.changed(hostile.unclosed))),
    Named(22, "in-paragraph", "the whole body inside <p>", lambda site: site.styles.update({SPOILT: "inp"})),
    Named(23, "one-slug", "two articles whose addresses differ in the number alone", hostile.one_slug(SPOILT)),
    Named(23, "slug-hyphen", "a slug that ends with a hyphen", lambda site: linked(numbered(site, "-"))(site)),
    Named(23, "mirrors", "one article under two hosts, with and without number, slash, fragment", linked("{mirror}{path}", "{path}/", "{path}#isi", "{base}/{path}")),
    Named(23, "numbers", "one article with and without its number", lambda site: linked(numbered(site, "-9304"), numbered(site, "-"), numbered(site, "--9304"))(site)),
    Named(23, "canonical-home", "every page says that it is the home page", plain),
    Named(24, "edited-no-validators", "edited, and the server sends no validators", without("etag", "modified")),
    Named(24, "edited-modified-only", "edited, and the server sends Last-Modified alone", without("etag")),
    Named(24, "clock-ahead", "Last-Modified in ten years", every(lambda request, answer: answer if answer.status == 304 else answer.with_headers(("Last-Modified", "Tue, 01 Jan 2036 00:00:00 GMT")))),
    Named(24, "modified-nonsense", "Last-Modified and ETag that are none", every(lambda request, answer: answer.with_headers(("Last-Modified", "kemarin"), ("ETag", "tanpa-tanda")))),
    Named(24, "unasked-304", "304 although nothing was there before", article(lambda request, answer: Answer(b"", 304, ()))),
    Named(25, "date-none", "no date but in sidebar, agenda, footer", dated("")),
    Named(25, "date-future", "a date in 2091", dated("Senin, 3 September 2091")),
    Named(25, "date-impossible", "31 Februari", dated("31 Februari 2024")),
    Named(25, "date-american", "08/25/2024 can only be month first", dated("08/25/2024")),
    Named(25, "date-both", "05/03/2024 is the fifth of March here", dated("05/03/2024")),
    Named(25, "date-weekday-wrong", "a weekday that contradicts the day", dated("Senin, 3 Mei 2024")),
    Named(25, "date-zeros", "what a database prints for nothing", dated("0000-00-00 00:00:00")),
    Named(25, "date-epoch", "what PHP prints for nothing", dated("Kamis, 1 Januari 1970 | 07:00 WIB")),
    *(Named(25, f"date-{name.lower()}", f"{name} in the date", dated(f"22 {name} 2024")) for name in ("Agu", "Agt", "Ags", "Nop", "Peb")),
    Named(26, "layout-new", "the part of the body is called otherwise", rewritten('class="isi-berita"', 'class="x9-main"')),
    Named(26, "layout-title-gone", "the title is called otherwise", rewritten('<h1 class="judul-berita">', '<h6 class="x9-t">')),
    Named(26, "layout-gone", "title, date and body are all called otherwise", every(wire.changed(hostile.renamed))),
    Named(26, "layout-whole-page", "the part of the body holds the whole page", every(wire.changed(hostile.whole_page))),
    Named(28, "sitemap-bomb", "a sitemap with entities that grow (WordPress)", hostile.files("/wp-sitemap.xml", hostile.laughs("sitemapindex"))),
    Named(28, "sitemap-external", "a sitemap with an entity of a local file (WordPress)", hostile.files("/wp-sitemap.xml", hostile.external("sitemapindex"))),
    Named(28, "feed-bomb", "a feed with entities that grow (WordPress)", hostile.files("/feed/", hostile.laughs("rss"))),
    Named(28, "feed-encoding", "a feed of UTF-8 that says UTF-16 (WordPress)", at("/feed/", wire.changed(lambda xml: xml.replace('encoding="UTF-8"', 'encoding="UTF-16"')))),
    Named(28, "feed-dead-entries", "a feed whose entries are gone (WordPress)", lambda site: site.fault("/feed/", wire.changed(lambda xml: xml.replace("<item>", f"<item><title>Hilang</title><link>{site.base}/2020/01/01/hilang/</link></item><item>", 1)))),
    Named(28, "sitemap-html", "a sitemap that is a page (WordPress)", at("/wp-sitemap.xml", wire.page(_GONE))),
    Named(29, "pdf", "a PDF under .html", article(wire.page(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"))),
    Named(29, "pdf-typed", "a PDF that says so", article(wire.page(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ("Content-Type", "application/pdf")))),
    Named(29, "jpeg", "a picture under .html", article(wire.page(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00\x9f" * 300))),
    Named(29, "pdf-listing", "a PDF in place of the listing", listing(wire.page(b"%PDF-1.4\n%%EOF\n"))),
    Named(29, "strange-links", "javascript:, data:, mailto:, file:, tel:, broken ports and brackets", linked("javascript:void(0)//berita/x.html", "data:text/html,/berita/x.html", "mailto:a@b.example", "file:///etc/passwd", "tel:0285", "http://[::1/berita/x.html", "http://127.0.0.1:999999/berita/x.html", "ht!tp://x", "//")),
    Named(29, "private-links", "links into private networks", linked("http://169.254.169.254/latest/meta-data/berita/x.html", "http://10.0.0.1/berita/x.html", "http://[::1]/berita/x.html", "http://2130706433:9/berita/x.html", "http://0x7f.1:9/berita/x.html")),
    Named(29, "climbing-links", "addresses that climb out of folders", linked("/berita/../../../../etc/passwd.html", "/berita/%2e%2e%2f%2e%2e%2fpasswd.html", "/berita/..%5c..%5cpasswd.html")),
    Named(30, "gambling", "injected links in every page", hacked),
    Named(30, "gambling-listing", "injected links among the articles of the listing", linked("https://slot-gacor.example/berita/daftar.html", "//togel.example/berita/menang.html", "http://127.0.0.1:9/berita/slot.html")),
    Named(30, "gambling-body", "injected links inside the body of the article", article(wire.changed(hostile.injected))),
)  # fmt: skip

BY_NAME = {fault.name: fault for fault in FAULTS}
