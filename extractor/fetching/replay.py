"""Articles out of WARC files without the network: ours again by mended rules, or anybody's.

Each answer is judged and read by the very functions of the crawl, so what a crawl kept is what its
replay gives, to the byte. Sightings of one article (its canonical address) become its versions;
they lie in a temporary SQLite file, so that an archive larger than the memory can be replayed.
"""

import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from extractor.errors import SourceError
from extractor.fetching.articles import article_line, settle
from extractor.fetching.client import Answer, Limits
from extractor.fetching.exchange import Exchange
from extractor.fetching.frontier import Days
from extractor.fetching.judging import judge
from extractor.fetching.reading import Tell, read_exchanges
from extractor.fetching.state import Row
from extractor.messages import _
from extractor.record import Article, text_version
from extractor.sites.addresses import kind_of, page_key
from extractor.sites.rule import Site, Sites, host_of
from extractor.sources.files import STDIN, find

_SUFFIXES = (".warc", ".warc.gz")
_URL = re.compile(r"https?://\S+")
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE sightings (id INTEGER PRIMARY KEY, uri TEXT NOT NULL, date TEXT NOT NULL,
    version TEXT NOT NULL, slug TEXT, listed INTEGER NOT NULL,
    article TEXT NOT NULL, extra TEXT NOT NULL);
CREATE INDEX sightings_uri ON sightings (uri, date, id);
"""
_LATEST = "SELECT * FROM sightings WHERE uri = ? AND date <= ? ORDER BY date DESC, id DESC LIMIT 1"


@dataclass(frozen=True)
class Selection:
    """What of the files is read: ``site`` a rule for all of it (None: each page by the rule of its
    host), ``host`` a pattern of host names, ``days`` of publication, ``limit`` the most bytes of an
    inflated page."""

    site: Site | None = None
    host: str | None = None
    days: Days = field(default_factory=Days)
    limit: int = Limits().inflated


@dataclass(frozen=True)
class Other:
    """An answer that is no article: ``kind`` is listing, redirect, robots, unchanged, elsewhere
    (a host the site's rule does not name) or failed; ``reason`` tells why."""

    url: str
    status: int
    kind: str
    reason: str


@dataclass
class Tally:
    """What became of the answers; ``reasons`` counts why pages are no articles, each with the first
    address it held for."""

    answers: int = 0
    articles: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, other: Other) -> None:
        """Count an answer that is no article."""
        self.kinds[other.kind] += 1
        if other.kind == "failed":
            reason = _URL.sub("…", other.reason)
            self.reasons[reason] += 1
            self.first.setdefault(reason, other.url)


class Replay:
    """A replay of WARC files; a context that removes its temporary file at its end."""

    def __init__(self, sites: Sites, selection: Selection | None = None) -> None:
        self.selection = selection or Selection()
        self.tally = Tally()
        self._sites = sites
        self._db = sqlite3.connect("")
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_SCHEMA)

    def __enter__(self) -> "Replay":
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def read(self, path: Path, tell: Tell, other: Callable[[Other], object]) -> None:
        """Read one file. ``tell`` hears of its records that cannot be read, ``other`` of answers
        that are no articles. Raises SourceError for what is no WARC file."""
        for exchange in read_exchanges(path, self.selection.host, tell):
            self.tally.answers += 1
            found = self._one(exchange)
            if isinstance(found, Other):
                self.tally.add(found)
                other(found)
            else:
                self.tally.articles += 1
                self._see(*found, exchange.url)

    def lines(self, versions: bool = False) -> Iterator[str]:
        """The last version of each article as a line of JSON, or all ``versions`` from first to
        last; of articles within the days that were asked for."""
        newest = "" if versions else (
            "AND id = (SELECT id FROM sightings AS s WHERE s.uri = sightings.uri "
            "ORDER BY date DESC, id DESC LIMIT 1)"
        )  # fmt: skip
        order = "(SELECT min(id) FROM sightings AS s WHERE s.uri = sightings.uri), date, id"
        query = f"SELECT article, extra FROM sightings WHERE listed {newest} ORDER BY "
        for article, extra in self._db.execute(query + (order if versions else "id")):
            yield article_line(Article.model_validate_json(article), json.loads(extra))

    def _one(self, exchange: Exchange) -> Other | tuple[Article, dict[str, object], Site | None]:
        url, status = exchange.url, exchange.status
        if urlsplit(url).path == "/robots.txt":
            return Other(url, status, "robots", "")
        if status == 304:
            return Other(url, status, "unchanged", "")
        site = self._site(url)
        if site is not None and not _covers(site, url, self.selection):
            return Other(url, status, "elsewhere", "")
        row = _row(url, site)
        answer = Answer(exchange)
        verdict = judge(row, answer, site, "", 0.0, self.selection.limit, lambda onward: True)
        page = verdict.page
        if verdict.deed == "keep" and page is not None and page.article is not None:
            return page.article, page.extra, site
        kind = {"keep": "listing", "moved": "redirect"}.get(verdict.deed, "failed")
        return Other(url, status, kind, verdict.reason or "")

    def _site(self, url: str) -> Site | None:
        chosen = self.selection.site
        return self._sites.for_url(url) if chosen is None else chosen.at(url)

    def _see(self, article: Article, extra: dict[str, object], site: Site | None, url: str) -> None:
        """Keep a sighting, as the crawl keeps one: an unchanged text is no new version, but what
        stands beside it may be corrected."""
        date = article.retrieved or ""
        uri = article.uri or url
        before = self._db.execute(_LATEST, (uri, date)).fetchone()
        article, slug = settle(article, url, site, before["slug"] if before else None)
        if article.uri != uri:
            uri = article.uri or url
            before = self._db.execute(_LATEST, (uri, date)).fetchone()
        version = text_version(article.text)
        fields = article.model_dump_json(), json.dumps(extra, ensure_ascii=False)
        if before is not None and before["version"] == version:
            if _fixed(before["article"]) != _fixed(fields[0]) or before["extra"] != fields[1]:
                change = "UPDATE sightings SET article = ?, extra = ?, slug = ? WHERE id = ?"
                self._db.execute(change, (*fields, slug, before["id"]))
            return
        listed = self.selection.days.hold(article.published) or bool(before and before["listed"])
        new = "INSERT INTO sightings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
        self._db.execute(new, (uri, date, version, slug, int(listed), *fields))


def warc_files(inputs: Iterable[str]) -> Iterator[Path | SourceError]:
    """The WARC files that inputs name, each once: files, patterns, folders with all below them
    (sorted). What names nothing comes as a SourceError in its place."""
    seen: set[str] = set()
    for given in inputs:
        for path in _in_folder(Path(given)) if Path(given).is_dir() else find([given]):
            if isinstance(path, Path):
                real = os.path.realpath(path)
                if real in seen:
                    continue
                seen.add(real)
                if str(path) == STDIN:
                    yield SourceError(STDIN, _("WARC files are read by their names"))
                    continue
            yield path


def _in_folder(folder: Path) -> Iterator[Path | SourceError]:
    found = sorted(path for path in folder.rglob("*") if path.name.endswith(_SUFFIXES))
    if not found:
        yield SourceError(str(folder), _("the folder holds no .warc or .warc.gz file"))
    yield from found


def _covers(site: Site, url: str, selection: Selection) -> bool:
    """Whether a page is to be read by a site's rule: it is on one of its hosts, or on one that the
    user's pattern names outright."""
    if site.has_host(host_of(url)):
        return True
    name = urlsplit(url).hostname or ""
    return selection.host is not None and fnmatchcase(name, selection.host.lower())


def _row(url: str, site: Site | None) -> Row:
    """The page as if it was asked for the first time."""
    kind = "article" if kind_of(url, site) == "article" else "listing"
    return Row(
        key=page_key(url, site), address=url, kind=kind, round=1, found_on=None, stale=0, trail=(),
        attempts=1, outcome=None, etag=None, last_modified=None, body_sha256=None, rules=None,
    )  # fmt: skip


def _fixed(article: str) -> dict[str, object]:
    """What of an article does not change with the time of its retrieval."""
    fields: dict[str, object] = json.loads(article) | {"retrieved": None}
    return fields
