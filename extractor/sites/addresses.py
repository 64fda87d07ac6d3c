"""Addresses of articles: which are one and the same, what they lead to, and which belong to the
site at all."""

import re
from functools import lru_cache
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from extractor.sites.rule import Api, Site, host_of

# Parameters that change nothing of an article: campaigns, sessions, print views.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|igsh|mc_[ce]id|_ga|_gl|ref|cetak|print|printable"
    r"|amp|share|replytocom|phpsessid|ci_session|jsessionid|sessionid|sid)\Z",
    re.I,
)
_BLANK = re.compile(r"[\x00-\x20\x7f\xa0\u200b\ufeff]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_SLASHES = re.compile(r"/{2,}")
_INDEX = re.compile(r"/index\.(?:php|html?)(?=/|\Z)", re.I)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
_WORD = re.compile(r"[a-z]{4,}")
_SAFE = "/%:@!$&'()*+,;=~-._"
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEMES = frozenset({"http", "https"})
_PORTS = {"http": 80, "https": 443}
_MAX = 2_000
_MAX_PAIRS = 40

Kind = Literal["article", "listing"]


def absolute(base: str, href: str) -> str | None:
    """The address to ask for that a link on the page ``base`` stands for: absolute, without
    fragment, tracking and print view; None for what is no web address (``javascript:`` …)."""
    return _absolute(origin_for(base, href), href)


def origin_for(base: str, href: str) -> str:
    """What of a page's address counts for a link on it: where a link begins with ``/`` it leads to
    the same place from every page of the host, and can be remembered."""
    if href[:1] == "/" and href[1:2] != "/" and (end := base.find("/", 8)) > 0:
        return base[:end]
    return base


@lru_cache(maxsize=4_000)
def _absolute(base: str, href: str) -> str | None:
    parts = _split(base, href)
    return None if parts is None else urlunsplit(parts)


@lru_cache(maxsize=4_000)
def page_key(url: str, site: Site | None) -> str:
    """The key of one page to fetch: mirrors of a site, http and https, trailing slashes,
    ``index.php`` are one; the number behind a slug stays."""
    parts = _own(url)
    if parts is None:
        return url.strip()
    host, scheme = host_of(urlunsplit(parts)), parts.scheme
    query = parts.query
    if site is not None:
        if host in site.hosts:
            host = site.hosts[0]
        if not _port_or_number(host):
            scheme = site.scheme
        if site.query:
            asked = {site.api.page_field, site.api.id_field} if site.api is not None else set()
            query = _query(query, site.query | asked)
    elif not _port_or_number(host):
        scheme = "https"
    path = _INDEX.sub("", _SLASHES.sub("/", parts.path)).rstrip("/") or "/"
    pairs = sorted(parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))
    return urlunsplit((scheme, host, path, urlencode(pairs, errors="surrogateescape"), ""))


def canonical(url: str, site: Site | None) -> str:
    """The key of one article: :func:`page_key` without number and hyphen behind its slug."""
    key = page_key(url, site)
    if site is None or site.number is None or _own(key) is None:
        return key
    parts = urlsplit(key)
    return urlunsplit(parts._replace(path=_bare(parts.path, site)))


def number_of(url: str, site: Site | None) -> str | None:
    """The number that :func:`canonical` leaves out of an address. Two addresses with one key and
    two different numbers are two articles that share a slug."""
    key = page_key(url, site)
    if site is None or site.number is None or _own(key) is None:
        return None
    found = site.number.search(urlsplit(key).path)
    return found.group(1) if found else None


def in_scope(url: str, site: Site | None) -> bool:
    """Whether an address is one of the site's own; without a rule none is."""
    parts = _own(url)
    return parts is not None and site is not None and site.has_host(host_of(urlunsplit(parts)))


@lru_cache(maxsize=4_000)
def kind_of(url: str, site: Site | None) -> Kind | None:
    """What an address of the site leads to, by its path and query; None for anything else."""
    if site is None or not in_scope(url, site):
        return None
    parts = _own(url)
    assert parts is not None  # it is in scope
    place = _INDEX.sub("", parts.path) or "/"
    if parts.query:
        place += f"?{parts.query}"
    if site.api is not None and (kind := _of_api(parts.path, site.api)) is not None:
        return kind
    if any(pattern.search(place) for pattern in site.ignore):
        return None
    if any(pattern.search(place) for pattern in site.article):
        return "article"
    key = page_key(url, site)
    if any(pattern.search(place) for pattern in site.listing) or any(
        page_key(start, site) == key for start in site.start
    ):
        return "listing"
    return None


def _of_api(path: str, api: Api) -> Kind | None:
    if path == urlsplit(api.listing).path:
        return "listing"
    return "article" if api.article and path == urlsplit(api.article).path else None


@lru_cache(maxsize=4_000)
def _own(url: str) -> SplitResult | None:
    """The parts of an address that stands alone."""
    return _split(url, url)


def shares_words(url: str, text: str) -> bool:
    """Whether half of the words of an address's slug stand in a text; a slug without words says
    nothing against it."""
    words = set(_WORD.findall(url.partition("?")[0].rstrip("/").rpartition("/")[2].lower()))
    words -= {"html", "index", "berita"}
    return len(words & set(_WORD.findall(text.lower()))) >= 0.5 * len(words)


def _split(base: str, href: str) -> SplitResult | None:
    href = _BLANK.sub("", href.strip().replace("\\", "/")) if href else ""
    if not href or len(href) > _MAX:
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        host, port = parts.hostname, parts.port
        if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc or "%" in host:
            return None
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError):
        return None
    host = host.rstrip(".")
    if _HOST.fullmatch(host) is None:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        netloc += f":{port}"
    path = quote(_ESCAPE.sub(_unescaped, parts.path), _SAFE, errors="surrogatepass") or "/"
    return SplitResult(parts.scheme, netloc, path, _query(parts.query), "")


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found.group(1), 16))
    return letter if letter in _UNRESERVED else found.group().upper()


def _query(query: str, kept: frozenset[str] | None = None) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")[:_MAX_PAIRS]
    pairs = [(k, v) for k, v in pairs if not _TRACKING.match(k) and (kept is None or k in kept)]
    return urlencode(pairs, errors="surrogateescape")


def _bare(path: str, site: Site) -> str:
    """A path without the number and the hyphens behind its slug; the suffix stays."""
    stem, dot, suffix = path.rpartition(".")
    if not dot or "/" in suffix:
        stem, dot, suffix = path, "", ""
    found = site.number.search(path) if site.number is not None else None
    if found is not None and 0 < found.start(1) <= len(stem):
        stem = stem[: found.start(1)]
    slug = stem.rstrip("-")
    return (stem if slug.endswith("/") else slug) + dot + suffix


def _port_or_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit() or host == "localhost"
