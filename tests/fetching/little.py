"""A little office's site whose every answer a test can change, and its rule."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.fetching.client import Limits
from extractor.fetching.crawl import Wishes
from extractor.fetching.engine import Manner, fetch, targets
from extractor.fetching.report import Counts, SiteReport
from extractor.rulebook import load_rulebook
from extractor.sites.loading import load_sites
from extractor.sites.rule import Sites
from tests.server.http import Answer, Request, Server, Steps

Handler = Callable[[Request], "Answer | Steps"]

RULE = """
about: A little office, made up for the tests.
hosts: ["{host}"]
start: ["{base}/berita"]
delay: 0
address:
  scheme: http
  article: '^/berita/[^/?]+\\.html$'
  listing: '^/(?:berita(?:\\?page=\\d+)?|map\\.xml|rss)$'
  number: '-(\\d{{3,6}})\\.html$'
  query: [page]
layouts:
  - id: detail
    title: [h1]
    date: [.tanggal]
    body: [.isi]
    links: [.daftar a]
    next: [.halaman a]
"""
FAST = Limits(deadline=5.0, silence=2.0, body=200_000, inflated=400_000)


def article(title: str, day: str = "2 Mei 2024", words: str = "Kegiatan berjalan lancar.") -> bytes:
    """A page of one article."""
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f'<span class="tanggal">{day}</span><div class="isi"><p>PEKALONGAN - {title}. {words}</p>'
        "<p>Acara itu dihadiri oleh para camat dan lurah se-kota.</p></div></body></html>"
    ).encode()


def listing(paths: list[str], onward: list[str]) -> bytes:
    """A page of links to articles, and to further pages."""
    links = "".join(f'<a href="{path}">Kabar {path}</a>' for path in paths)
    pages = "".join(f'<a href="{path}">lagi</a>' for path in onward)
    return (
        f'<html><body><div class="daftar">{links}</div><div class="halaman">{pages}</div>'
        "</body></html>"
    ).encode()


@dataclass
class Little:
    """The site: pages by target, each an answer or a function that gives one."""

    pages: dict[str, Answer | Handler] = field(default_factory=dict)
    server: Server | None = None
    rules: Path | None = None
    loaded: Sites | None = None

    def __call__(self, request: Request) -> Answer | Steps:
        found = self.pages.get(request.target)
        if found is None:
            return Answer(b"tidak ada", 404)
        return found if isinstance(found, Answer) else found(request)

    @property
    def base(self) -> str:
        assert self.server is not None
        return self.server.address("little")

    def fill(self, articles: int, per_page: int = 10) -> list[str]:
        """Listings with so many articles, newest first; their targets."""
        paths = [f"/berita/kabar-{at}.html" for at in range(articles)]
        for at, path in enumerate(paths):
            self.pages[path] = Answer(article(f"Kabar kota nomor {at}", _day(at)))
        starts = range(0, articles, per_page)
        for number, start in enumerate(starts, 1):
            target = "/berita" if number == 1 else f"/berita?page={number}"
            onward = [f"/berita?page={number + 1}"] if number < len(starts) else []
            self.pages[target] = Answer(listing(paths[start : start + per_page], onward))
        return paths

    def asked(self) -> list[str]:
        """Targets that were asked for, in order; robots.txt left out."""
        assert self.server is not None
        return [v.target for v in self.server.requests() if v.target != "/robots.txt"]

    def forget(self) -> None:
        """An empty log."""
        assert self.server is not None
        self.server.forget()


def _day(at: int) -> str:
    """Newest first: one day back each."""
    months = ["Desember", "November", "Oktober", "September", "Agustus", "Juli", "Juni", "Mei",
              "April", "Maret", "Februari", "Januari"]  # fmt: skip
    return f"{28 - at % 28} {months[at // 28 % 12]} {2024 - at // (28 * 12)}"


@contextmanager
def little_site(folder: Path) -> Iterator[Little]:
    """The site while it is served; its rule is in ``folder/rules``."""
    site = Little()
    with Server({"little": site}) as server:
        site.server = server
        site.rules = folder / "rules"
        (site.rules / "sites").mkdir(parents=True)
        rule = RULE.format(base=site.base, host=site.base.removeprefix("http://"))
        (site.rules / "sites" / "little.yaml").write_text(rule, encoding="utf-8")
        site.loaded = load_sites(load_rulebook(site.rules).folders)
        yield site


@dataclass
class Told:
    """An observer that remembers."""

    notes: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    last: Counts | None = None
    on_progress: Callable[[Counts], None] | None = None

    def progress(self, site: str, counts: Counts) -> None:
        self.last = counts
        if self.on_progress is not None:
            self.on_progress(counts)

    def note(self, site: str, message: str) -> None:
        self.notes.append(message)

    def failed(self, site: str, address: str, reason: str) -> None:
        self.failures[address] = reason


def crawl(
    site: Little,
    out: Path,
    words: tuple[str, ...] = ("little",),
    wishes: Wishes | None = None,
    observer: Told | None = None,
    **manner: Any,
) -> SiteReport:
    """One run of the engine over the site; the report of the first target."""
    assert site.loaded is not None
    options = {
        "agent": "rilis/test",
        "limits": FAST,
        "allow_private": True,
        "tries": 3,
        "first_wait": 0.01,
        "seed": 1,
    }
    clock = options.pop("clock", None) or manner.pop("clock", None)
    wanted = targets(words, site.loaded, out)
    return fetch(
        wanted,
        wishes or Wishes(),
        Manner(**(options | manner)),
        site.loaded.version,
        observer or Told(),
        clock,
    )[0]


def lines(out: Path) -> list[dict[str, Any]]:
    """The articles that were written."""
    path = out / "little" / "articles.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
