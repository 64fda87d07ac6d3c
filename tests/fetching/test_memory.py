"""A crawl holds one page at a time, however many there are (``python benchmarks/crawl_memory.py``
measures ten thousand)."""

import gc
import tracemalloc
from pathlib import Path

from extractor.fetching.report import Counts
from tests.fetching.little import Little, Told, article, crawl
from tests.server.http import Answer

PAGE = 60_000
FROM, TO = 30, 110


def test_memory_does_not_grow_with_what_was_fetched(little: Little, tmp_path: Path) -> None:
    for number, path in enumerate(little.fill(TO + 10)):
        words = f"Kegiatan ke-{number} berjalan lancar. " * (PAGE // 35)
        little.pages[path] = Answer(article(f"Kabar kota nomor {number}", words=words))
    held: dict[int, int] = {}

    class Watch(Told):
        def progress(self, site: str, counts: Counts) -> None:
            super().progress(site, counts)
            if counts.pages in (FROM, TO):
                gc.collect()
                held[counts.pages] = tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        report = crawl(little, tmp_path / "out", observer=Watch())
    finally:
        tracemalloc.stop()
    assert report.counts.new == TO + 10
    assert (held[TO] - held[FROM]) / (TO - FROM) < PAGE / 5
