"""Addresses of articles: which are one and the same, and which belong to the site at all."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from extractor.sites.rule import Site, host_of

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|igshid|mc_[ce]id|_ga|ref|share|s|cetak|print|amp|replytocom"
    r"|phpsessid|ci_session|sid|sessionid)\Z",
    re.I,
)
_BLANK = re.compile(r"[\x00-\x20\x7f]+")
_SCHEMES = frozenset({"http", "https"})
_MAX = 2_000
_SLASHES = re.compile(r"/{2,}")


def absolute(base: str, href: str) -> str | None:
    """The address to ask for that a link on the page ``base`` stands for: absolute, without
    fragment and tracking; None for what is no web address (``javascript:``, ``mailto:`` …)."""
    href = _BLANK.sub("", href.strip().replace("\\", "/")) if href else ""
    if not href or len(href) > _MAX:
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not parts.hostname or "@" in parts.netloc:
        return None
    host = parts.hostname.rstrip(".")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        netloc += f":{port}"
    path = quote(unquote(parts.path, errors="surrogateescape"), "/:@!$&'()*+,;=~-._", errors="surrogateescape")
    return urlunsplit((parts.scheme, netloc, path or "/", _query(parts.query), ""))


def _query(query: str, kept: frozenset[str] | None = None) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    pairs = [(k, v) for k, v in pairs if not _TRACKING.match(k) and (kept is None or k in kept)]
    return urlencode(pairs, errors="surrogateescape")


def page_key(url: str, site: Site | None) -> str:
    """The key of one page to fetch: mirrors, http and https, trailing slashes are one; the number
    behind a slug stays."""
    clean = absolute(url, url)
    if clean is None:
        return url.strip()
    parts = urlsplit(clean)
    host = host_of(clean)
    scheme = "https"
    query = parts.query
    if site is not None and site.hosts:
        if host in site.hosts:
            host = site.hosts[0]
        scheme = site.scheme
    if site is not None and site.query:
        query = _query(query, site.query)
    path = _SLASHES.sub("/", parts.path)
    path = path.rstrip("/") or "/"
    pairs = sorted(parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))
    return urlunsplit((scheme, host, path, urlencode(pairs, errors="surrogateescape"), ""))


def canonical(url: str, site: Site | None) -> str:
    """The key of one article: :func:`page_key` without the number and the hyphen behind a slug."""
    key = page_key(url, site)
    if site is None or site.number is None:
        return key
    parts = urlsplit(key)
    return urlunsplit(parts._replace(path=_without_number(parts.path, site)))


def number_of(url: str, site: Site | None) -> str | None:
    """The number that :func:`canonical` leaves out of an address. Two addresses with one key and
    two different numbers are two articles that share a slug."""
    if site is None or site.number is None:
        return None
    found = site.number.search(urlsplit(page_key(url, site)).path)
    return found.group(1) if found else None


def _without_number(path: str, site: Site) -> str:
    stem, dot, suffix = path.rpartition(".")
    if not dot or "/" in suffix:
        stem, dot, suffix = path, "", ""
    if site.number is not None:
        found = site.number.search(stem + dot + suffix)
        if found and found.start(1) > 0:
            stem = stem[: found.start(1)]
    stem = stem.rstrip("-")
    return stem + dot + suffix


def in_scope(url: str, site: Site | None) -> bool:
    """Whether an address is one of the site's own pages; without a rule none is."""
    clean = absolute(url, url)
    if clean is None or site is None:
        return False
    return host_of(clean) in site.hosts or host_of(clean, port=False) in site.hosts
