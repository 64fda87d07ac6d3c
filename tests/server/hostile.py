"""Faults of pages: markup, encodings, addresses and files as hostile or careless people make
them."""

import re
from collections.abc import Callable

from tests.server.http import Answer, Request
from tests.server.imitation import Fault, Imitation

_BODY = re.compile(r'(<div class="isi-berita">)(.*?)(\n</div>\n<div class="bagikan">)', re.S)
Change = Callable[[str], str]


def _inside(html: str, change: Change) -> str:
    """The page with the inside of its body changed."""
    changed, found = _BODY.subn(lambda part: part[1] + change(part[2]) + part[3], html)
    assert found == 1, "the page has another layout"
    return changed


def _words(html: str, change: Callable[[str], str]) -> str:
    """Words of five letters and more in the body's text, each changed."""
    return _inside(
        html,
        lambda body: re.sub(
            r"(?<![<&/\w])[A-Za-z]{5,}(?![^<]*>)(?!;)", lambda word: change(word[0]), body
        ),
    )


def emptied(html: str) -> str:
    """Nothing in the body."""
    return _inside(html, lambda body: "<p>&nbsp;</p>")


def in_words(sign: str) -> Change:
    """A sign in the middle of words."""
    return lambda html: _words(html, lambda word: word[:3] + sign + word[3:])


def double_escaped(html: str) -> str:
    """Blanks and marks escaped twice."""
    return _inside(
        html,
        lambda body: (
            re.sub(r"(?<=[a-z]) (?=[a-z])(?![^<]*>)", "&amp;nbsp;", body)
            .replace("“", "&amp;ldquo;")
            .replace("”", "&amp;rdquo;")
            .replace("–", "&amp;ndash;")
        ),
    )


def mojibake(html: str) -> str:
    """The body's UTF-8 was read as windows-1252, as browsers do it, and stored so."""

    def misread(text: str) -> str:
        signs = (bytes([byte]) for byte in text.encode())
        return "".join(
            sign.decode("latin-1" if sign in b"\x81\x8d\x8f\x90\x9d" else "cp1252")
            for sign in signs
        )

    return _inside(html, misread)


def encoded(coding: str, said: str | None) -> Fault:
    """The page in an encoding that its header and its own words do not tell."""

    def fault(request: Request, answer: Answer) -> Answer:
        html = answer.body.decode()
        html = html.replace('<meta charset="utf-8">', f'<meta charset="{said}">' if said else "")
        kind = "text/html" + (f"; charset={said}" if said else "")
        return Answer(html.encode(coding, "xmlcharrefreplace"), 200, (("Content-Type", kind),))

    return fault


def bad_byte(request: Request, answer: Answer) -> Answer:
    """One broken byte in the sidebar's words; all else is UTF-8."""
    return Answer(
        answer.body.replace(b"Berita Terbaru", b"Berita \xff Terbaru"), 200, answer.headers
    )


def nested(depth: int) -> Change:
    """The body deep inside of <div>."""
    return lambda html: _inside(html, lambda body: "<div>" * depth + body + "</div>" * depth)


def nested_spans(depth: int) -> Change:
    """A word deep inside of <span>."""
    return lambda html: _inside(
        html, lambda body: body + "<p>" + "<span>" * depth + "akhir" + "</span>" * depth + "</p>"
    )


def paragraphs(count: int) -> Change:
    """So many short paragraphs more."""
    return lambda html: _inside(html, lambda body: body + "<p>kalimat pendek.</p>" * count)


def attribute(size: int) -> Change:
    """A picture in the body whose address is its own data."""
    return lambda html: _inside(
        html, lambda body: f'<img src="data:image/png;base64,{"A" * size}">' + body
    )


def attributes(count: int) -> Change:
    """A paragraph with so many attributes."""
    many = " ".join(f"a{at}=1" for at in range(count))
    return lambda html: _inside(html, lambda body: f"<p {many}>" + body)


def unclosed(html: str) -> str:
    """Without end tags in the body."""
    return _inside(html, lambda body: re.sub(r"</(?:p|span|strong|em|li|td|tr)>", "", body))


def renamed(html: str) -> str:
    """All classes of the article are called otherwise, its elements too."""
    for old, new in (
        ("detail-berita", "k1"),
        ("judul-berita", "k2"),
        ("isi-berita", "k3"),
        ("info-berita", "k4"),
        ("tanggal", "k5"),
        ("col-md-8", "k6"),
        ("gambar-berita", "k7"),
        ("<h1", "<div"),
        ("</h1>", "</div>"),
    ):
        html = html.replace(old, new)
    return html


def whole_page(html: str) -> str:
    """The class of the body on the element around everything."""
    return (
        html.replace('class="isi-berita"', 'class="x9"')
        .replace('<div class="container">', '<div class="container isi-berita">')
        .replace('<div class="topbar">', '<div class="isi-berita"><div class="topbar">')
    )


def injected(html: str) -> str:
    """Hidden links between the paragraphs."""
    links = '<div style="display:none"><a href="https://slot-gacor.example/">slot gacor maxwin</a></div><p style="position:absolute;left:-9999px"><a href="https://togel.example/">togel hari ini</a></p>'
    return _inside(html, lambda body: body.replace("</p>", "</p>" + links, 1))


def moved_to_utf8(number: int) -> Callable[[Imitation], None]:
    """The article stands under an address with bytes of UTF-8, and a redirect says so in bytes."""

    def install(site: Imitation) -> None:
        path = site.path(number)
        new = "/berita/ékspor-batik.html"
        site.fault(
            path,
            lambda request, answer: [
                b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: "
                + new.encode()
                + b"\r\n\r\n"
            ],
        )
        site.extra[new] = lambda request: Answer(site.article(number).encode())

    return install


def one_slug(number: int) -> Callable[[Imitation], None]:
    """Two releases with one slug: their addresses differ in the number alone."""

    def install(site: Imitation) -> None:
        first, second = site.path(number), site.path(number - 1)
        one, two = first.replace(".html", "-9301.html"), first.replace(".html", "-9302.html")
        site.extra[one] = lambda request: Answer(site.article(number).encode())
        site.extra[two] = lambda request: Answer(site.article(number - 1).encode())

        def relinked(request: Request, answer: Answer) -> Answer:
            return Answer(
                answer.body.replace(second.encode(), two.encode()).replace(
                    first.encode(), one.encode()
                )
            )

        for page in range(1, 4):
            site.fault(site.template.listing_address(page), relinked)
        site.fault(site.template.start, relinked)

    return install


def files(path: str, body: bytes) -> Callable[[Imitation], None]:
    """A file of XML at an address."""
    return lambda site: site.extra.update(
        {path: lambda request: Answer(body, 200, (("Content-Type", "application/xml"),))}
    )


def laughs(root: str) -> bytes:
    """Entities inside entities: a kilobyte that becomes gigabytes."""
    levels = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a0 "tawa">{levels}]><{root}><sitemap><loc>&a9;</loc></sitemap></{root}>'.encode()


def external(root: str) -> bytes:
    """An entity that is a file of the reader."""
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY berkas SYSTEM "file:///etc/passwd">]><{root}><sitemap><loc>http://127.0.0.1/&berkas;</loc></sitemap></{root}>'.encode()
