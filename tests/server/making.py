"""Imitated sites made and served together: what tests, benchmarks and the command share."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.server.http import Server
from tests.server.imitation import Imitation
from tests.server.overlay import write_rules
from tests.server.pekalongan import CITY, RADIO, REGENCY
from tests.server.releases import Releases
from tests.server.systems import CODEIGNITER, OPENSID, WORDPRESS

TEMPLATES = {
    "dpmppa": CITY,
    "pekalongankota": CITY,
    "protokol": CITY,
    "dinperpa": CITY,
    "rkb": RADIO,
    "pekalongankab": REGENCY,
    "wordpress": WORDPRESS,
    "opensid": OPENSID,
    "codeigniter": CODEIGNITER,
}
"""Every site that can be imitated, by the id of its shipped rule."""


@dataclass(frozen=True)
class Running:
    """Imitated sites while they run; ``rules`` is the folder for ``--rules``, None without one."""

    server: Server
    sites: Mapping[str, Imitation]
    rules: Path | None

    @property
    def site(self) -> Imitation:
        """The first site."""
        return next(iter(self.sites.values()))

    def counts(self, site: str | None = None) -> Any:
        """How often each target was asked for."""
        return self.server.counts(site)


@contextmanager
def running(
    names: Sequence[str] = ("dpmppa",),
    articles: int = 20,
    *,
    seed: int = 1,
    port: int = 0,
    rules: Path | None = None,
    rich: bool = False,
    **options: Any,
) -> Iterator[Running]:
    """Serves these sites (keys of ``TEMPLATES``) with so many articles each until the block ends;
    ``options`` are those of :class:`Imitation`; ``rules`` is a folder to write site rules to."""
    sites = {
        name: Imitation(name, TEMPLATES[name], Releases(articles, seed + at, rich), **options) for at, name in enumerate(names)
    }  # fmt: skip
    with Server(sites, port) as server:
        for name, site in sites.items():
            site.base = server.address(name)
        yield Running(server, sites, write_rules(rules, sites.values()) if rules else None)
