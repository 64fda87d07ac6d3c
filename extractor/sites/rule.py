"""What a site rule holds once it is read: hosts, addresses, layouts; and which rule an address
has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from extractor.errors import UsageError
from extractor.messages import _
from extractor.rulebook import Pattern
from extractor.rulebook.patterns import suggest
from extractor.sites.selectors import Selector


@dataclass(frozen=True, eq=False)
class Layout:
    """Where one design of a site keeps its parts: each a row of selectors, the first that finds
    something wins.

    ``valid_from`` and ``valid_until`` (ISO days) tell which articles it shows, by their own date;
    None is open. ``signs`` are selectors one of which a page of this layout must have. ``place`` is
    FILE:LINE.
    """

    id: str
    place: str
    title: tuple[Selector, ...] = ()
    date: tuple[Selector, ...] = ()
    body: tuple[Selector, ...] = ()
    author: tuple[Selector, ...] = ()
    images: tuple[Selector, ...] = ()
    captions: tuple[Selector, ...] = ()
    drop: tuple[Selector, ...] = ()
    links: tuple[Selector, ...] = ()
    next: tuple[Selector, ...] = ()
    signs: tuple[Selector, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, eq=False)
class Api:
    """A listing as JSON: where to post, which field names the page, where the articles are."""

    listing: str
    article: str | None
    page_field: str
    items: str
    id_field: str
    fields: Mapping[str, str]
    tested: bool = False


@dataclass(frozen=True, eq=False)
class Site:
    """One site, or one system that many sites run on (``hosts`` is empty then).

    ``hosts`` are mirrors of each other, the first one names the site's articles. ``delay`` are
    seconds between two requests. ``place`` is FILE:LINE of the rule. Patterns are tried on path and
    query of an address.
    """

    id: str
    place: str
    hosts: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    delay: float | None = None
    charset: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    article: tuple[Pattern, ...] = ()
    listing: tuple[Pattern, ...] = ()
    ignore: tuple[Pattern, ...] = ()
    scheme: str = "https"
    number: Pattern | None = None
    query: frozenset[str] = frozenset()
    signs: tuple[Pattern, ...] = ()
    day_first: bool = True
    confidence: float = 0.95
    layouts: tuple[Layout, ...] = ()
    api: Api | None = None

    @property
    def generic(self) -> bool:
        """Whether this is a system (WordPress, OpenSID …) rather than one site."""
        return not self.hosts


@dataclass(frozen=True, eq=False)
class Sites:
    """All site rules by id; ``version`` is a digest of their files."""

    all: Mapping[str, Site]
    version: str = ""
    folders: tuple[Path, ...] = ()
    _by_host: Mapping[str, Site] = field(default_factory=lambda: MappingProxyType({}))

    def by_id(self, site_id: str) -> Site:
        """The site of this id; raises UsageError with the nearest name."""
        found = self.all.get(site_id)
        if found is None:
            said = _("no site rule '{id}'{hint}; there are: {all}")
            known = ", ".join(self.all)
            raise UsageError(said.format(id=site_id, hint=suggest(site_id, self.all), all=known))
        return found

    def for_url(self, url: str) -> Site | None:
        """The site whose host an address has; None where no rule names it."""
        return self._by_host.get(host_of(url)) or self._by_host.get(host_of(url, port=False))

    @property
    def systems(self) -> tuple[Site, ...]:
        """The rules of systems, tried on pages of sites that no rule names."""
        return tuple(site for site in self.all.values() if site.generic)


_PORTS = {"http": 80, "https": 443}


def host_of(url: str, port: bool = True) -> str:
    """Host of an address in small letters without ``www.``, with its port where that is not the
    usual one; empty where there is none."""
    try:
        parts = urlsplit(url.strip())
        host, number = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    if not host:
        return ""
    if ":" in host:
        host = f"[{host}]"
    usual = number is None or number == _PORTS.get(parts.scheme)
    return host if usual or not port else f"{host}:{number}"
