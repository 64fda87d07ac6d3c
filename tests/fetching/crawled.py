"""Crawls of imitated sites to test with, in this process."""

from dataclasses import dataclass
from pathlib import Path

from extractor.fetching.client import Limits
from extractor.fetching.crawl import Wishes
from extractor.fetching.engine import Manner, fetch, targets
from extractor.fetching.replay import Replay, Selection, warc_files
from extractor.fetching.report import Silent, SiteReport
from extractor.sites.loading import load_sites
from extractor.sites.rule import Sites
from tests.server.making import Running

MANNER = Manner("rilis/0 (+uji@kota.example)", Limits(2.0, 1.0), allow_private=True, tries=2, first_wait=0.01, seed=1)  # fmt: skip


@dataclass
class Crawled:
    """What a crawl left: the folder of each site, and the rules it was made with."""

    folder: Path
    sites: Sites
    reports: list[SiteReport]

    def warcs(self) -> list[Path]:
        return sorted(self.folder.rglob("*.warc.gz"))

    def articles(self, site: str) -> bytes:
        return (self.folder / site / "articles.jsonl").read_bytes()

    def replayed(
        self, site: str, selection: Selection | None = None, versions: bool = False
    ) -> bytes:
        told: list[str] = []
        with Replay(self.sites, selection) as replay:
            for path in warc_files([str(self.folder / site)]):
                assert isinstance(path, Path)
                replay.read(path, told.append, lambda other: None)
            assert told == []
            return "".join(replay.lines(versions)).encode()


def crawl(
    run: Running, folder: Path, wishes: Wishes | None = None, manner: Manner = MANNER, words: tuple[str, ...] = ()
) -> Crawled:  # fmt: skip
    """One run of ``rilis fetch`` over all sites of ``run``."""
    assert run.rules is not None
    sites = load_sites((run.rules,))
    wanted = targets(words or tuple(run.sites), sites, folder)
    reports = fetch(wanted, wishes or Wishes(), manner, sites.version, Silent())
    return Crawled(folder, sites, reports)
