"""What the imitated systems' pages are put together from."""

import re
from collections.abc import Callable
from html import escape

from tests.server.imitation import Imitation
from tests.server.releases import Release

GAMBLING = (
    '<div style="position:absolute;left:-9999px;top:-9999px"><a href="https://slot-gacor.example/daftar">slot gacor hari ini</a>'
    ' <a href="http://203.0.113.77/togel/berita/menang-besar.html">togel</a></div>'
    '<a href="/berita/situs-slot-gacor-maxwin.html" style="display:none">slot maxwin</a>'
)


def text(words: str) -> str:
    """Words as text of a page."""
    return escape(words, quote=False)


_MENU = "".join(
    f'<li class="menu-item"><a href="/halaman/layanan-{at}.html">Layanan {at}</a></li>'
    for at in range(40)
)
_STYLE = "".join(
    f".kelas-{at} {{ margin: {at}px; padding: 0 {at}px; color: #3{at % 10}5 }}\n"
    for at in range(40)
)
_SCRIPT = "".join(
    f'pasang("#bagian-{at}", {{ "geser": {at}, "tanggal": "1 Januari 2030" }});\n'
    for at in range(30)
)


def document(title: str, head: str, body: str) -> str:
    """A whole page, with the menu, styles and scripts that make true pages as long as they are."""
    return (
        f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n<title>{text(title)}</title>\n{head}\n<style>{_STYLE}</style>\n</head>\n'
        f'<body>\n<ul class="menu-utama">{_MENU}</ul>\n{body}\n<script>{_SCRIPT}</script>\n</body>\n</html>\n'
    )


def neighbours(site: Imitation, release: Release) -> list[Release]:
    """What stands in a sidebar: other releases, whose days are not this one's."""
    count = len(site.releases)
    return [
        site.releases[(release.number + step) % count + 1]
        for step in (11, 36)
        if (release.number + step) % count + 1 != release.number
    ]


def paged(prefix: str, query: str, also: str = "") -> Callable[[str, dict[str, str]], int | None]:
    """A listing at ``prefix`` whose page stands in the query."""

    def page_of(path: str, asked: dict[str, str]) -> int | None:
        if path.rstrip("/") not in {prefix.rstrip("/"), also}:
            return None
        number = asked.get(query, "1")
        return int(number) if number.isdigit() else 1

    return page_of


def slugged(pattern: str) -> Callable[[Imitation, str], int | None]:
    """Articles whose path matches, by their ``slug``."""
    compiled = re.compile(pattern)

    def number(site: Imitation, path: str) -> int | None:
        found = compiled.fullmatch(path)
        return site.releases.number_of.get(found["slug"].rstrip("-")) if found else None

    return number


def numbered(pattern: str) -> Callable[[str, dict[str, str]], int | None]:
    """A listing whose page stands in its path, as ``page``."""
    compiled = re.compile(pattern)

    def page_of(path: str, _asked: dict[str, str]) -> int | None:
        found = compiled.fullmatch(path)
        return int(found["page"] or 1) if found else None

    return page_of


def pager(site: Imitation, page: int, classes: str = "pagination") -> str:
    """The links to other pages of a listing."""
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
