"""Responses and sites for the tests of this room."""

from functools import lru_cache

from extractor.sites.loading import load_sites
from extractor.sites.page_types import Page, Response
from extractor.sites.pages import read_page
from extractor.sites.rule import Site, Sites

RETRIEVED = "2025-09-01T03:00:00Z"
ADDRESS = "https://dpmppa.pekalongankota.go.id/berita/warga-menanam-mangrove.html"


@lru_cache(maxsize=1)
def shipped() -> Sites:
    """The site rules that come with the project."""
    return load_sites()


def site(name: str = "dpmppa") -> Site:
    """One of them."""
    return shipped().by_id(name)


def response(body: bytes | str, url: str = ADDRESS, status: int = 200, **more: str) -> Response:
    """What a server answers; ``more`` are headers."""
    raw = body.encode() if isinstance(body, str) else body
    headers = tuple((key.replace("_", "-"), value) for key, value in more.items())
    return Response(url, status, headers, raw, RETRIEVED)


def read(body: bytes | str, url: str = ADDRESS, name: str | None = "dpmppa", **more: str) -> Page:
    """The page of such an answer, by the rule of a site (None: by none)."""
    return read_page(response(body, url, **more), site(name) if name else None)


def article_page(body: str, title: str = "Warga Menanam Mangrove", between: str = "") -> str:
    """A page of an article on the city's system."""
    return (
        f'<html><body><div class="post-detail"><h1>{title}</h1>{between}'
        f'<div class="isi-berita">{body}</div></div></body></html>'
    )
