"""A whole site is fetched once, kept as served, and written as articles."""

from pathlib import Path

from tests.fetching.little import Little, Told, crawl, lines


def test_every_article_of_every_listing_is_fetched_once(little: Little, tmp_path: Path) -> None:
    paths = little.fill(25)
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert (report.counts.new, report.counts.failed, report.stopped) == (25, 0, None), told
    assert sorted(little.asked()) == sorted(["/berita", "/berita?page=2", "/berita?page=3", *paths])
    assert {line["uri"] for line in lines(tmp_path / "out")} == {little.base + p for p in paths}
    first = lines(tmp_path / "out")[0]
    assert first["title"] == "Kabar kota nomor 0"
    assert first["published"] == "2024-12-28"
    assert first["site"] == "little"
