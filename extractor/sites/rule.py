"""What a site rule holds once it is read: hosts, addresses, layouts; and which rule an address
has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from extractor.errors import UsageError
from extractor.messages import _
from extractor.rulebook import Pattern, Rulebook
from extractor.rulebook.patterns import suggest
from extractor.sites.selectors import Selector


@dataclass(frozen=True, eq=False)
class Layout:
    """Where one design of a site keeps its parts: each a row of selectors, the first that finds
    something wins.

    ``article`` is the part that holds title, date and body; ``home`` what only the home page has.
    ``valid_from`` and ``valid_until`` (ISO days) tell which articles it shows, by their own date;
    None is open. ``path`` and ``line`` tell where it is written.
    """

    id: str
    path: Path
    line: int
    article: tuple[Selector, ...] = ()
    title: tuple[Selector, ...] = ()
    date: tuple[Selector, ...] = ()
    body: tuple[Selector, ...] = ()
    author: tuple[Selector, ...] = ()
    images: tuple[Selector, ...] = ()
    captions: tuple[Selector, ...] = ()
    drop: tuple[Selector, ...] = ()
    links: tuple[Selector, ...] = ()
    next: tuple[Selector, ...] = ()
    home: tuple[Selector, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None

    def selectors(self) -> tuple[Selector, ...]:
        """All selectors of the layout."""
        rows = (
            self.article, self.title, self.date, self.body, self.author, self.images,
            self.captions, self.drop, self.links, self.next, self.home,
        )  # fmt: skip
        return tuple(selector for row in rows for selector in row)


@dataclass(frozen=True, eq=False)
class Api:
    """Listing and articles as JSON: their addresses, the parameters that name page and article, the
    key of the list (``items``), and of each part of an article (``fields``). ``tested`` says
    whether it was ever tried on the true site."""

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
    seconds between two requests. Patterns are tried on path and query of an address. ``signs`` are
    patterns of markup by which a system is recognised; ``folders`` the rules it came with;
    ``adopted`` says that a system's rule serves a host that no rule names.
    """

    id: str
    path: Path
    line: int = 1
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
    confidence: float = 0.95
    layouts: tuple[Layout, ...] = ()
    folders: tuple[Path, ...] = ()
    adopted: bool = False
    api: Api | None = None

    @property
    def generic(self) -> bool:
        """Whether this is a system (WordPress, OpenSID …) rather than one site."""
        return not self.hosts

    @property
    def place(self) -> str:
        """FILE:LINE of the rule."""
        return f"{self.path}:{self.line}"

    def has_host(self, host: str) -> bool:
        """Whether a host (small letters, without ``www.``) is one of the site's; a numeric address
        stands for all its ports."""
        if host in self.hosts:
            return True
        name = _PORT.sub("", host)
        return name in self.hosts and _NUMERIC.match(name) is not None

    def at(self, url: str) -> "Site":
        """The rule of a system, taken as that of the site an address belongs to."""
        return _adopted(self, host_of(url)) if self.generic else self


@dataclass(frozen=True, eq=False)
class Sites:
    """All site rules by id; ``version`` is a digest of their files."""

    all: Mapping[str, Site]
    book: Rulebook
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
        host = host_of(url)
        found = self._by_host.get(host) or self._by_host.get(_PORT.sub("", host))
        return found if found is not None and found.has_host(host) else None

    @property
    def systems(self) -> tuple[Site, ...]:
        """The rules of systems, tried on pages of sites that no rule names."""
        return tuple(site for site in self.all.values() if site.generic)


@lru_cache(maxsize=1_000)
def _adopted(system: Site, host: str) -> Site:
    """One object a host: what is cached by site stays cached."""
    return replace(system, hosts=(host,), adopted=True)


_PORTS = {"http": 80, "https": 443}
_PORT = re.compile(r":\d+\Z")
_NUMERIC = re.compile(r"(?:\d+(?:\.\d+){3}|\[.*\]|localhost)\Z")


def host_of(url: str) -> str:
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
    return host if usual else f"{host}:{number}"
