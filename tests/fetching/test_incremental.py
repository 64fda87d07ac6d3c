"""A later run asks again, transfers only what changed, and keeps what was there before."""

import hashlib
import sqlite3
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.fetching.little import Little, Told, article, crawl, lines, listing
from tests.server.http import Answer, Request

OLD = formatdate(1_700_000_000, usegmt=True)


def valid(body: bytes, kinds: str = "etag modified") -> Callable[[Request], Answer]:
    """A page that answers 304 to whoever has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = []
    if "etag" in kinds:
        headers.append(("ETag", tag))
    if "modified" in kinds:
        headers.append(("Last-Modified", OLD))

    def answer(request: Request) -> Answer:
        same = request.headers.get("if-none-match") == tag or (
            "etag" not in kinds and request.headers.get("if-modified-since") == OLD
        )
        if same:
            return Answer(b"", 304, tuple(headers))
        return Answer(body, 200, (("Content-Type", "text/html"), *headers))

    return answer


def versions(out: Path) -> list[tuple[str, int, int]]:
    """Uri, number and currency of every version of every article."""
    with sqlite3.connect(out / "little" / "state.db") as db:
        found = db.execute("SELECT uri, number, current FROM articles ORDER BY uri, number")
        rows = [tuple(row) for row in found]
    db.close()
    return rows


@pytest.mark.parametrize("kinds", ["etag", "modified", "etag modified"])
def test_of_unchanged_pages_no_body_is_transferred(
    little: Little, tmp_path: Path, kinds: str
) -> None:
    paths = little.fill(20)
    for at, path in enumerate(paths):
        little.pages[path] = valid(article(f"Kabar {at}"), kinds)
    out = tmp_path / "out"
    assert crawl(little, out).counts.new == 20
    before = (out / "little" / "articles.jsonl").read_bytes()
    little.forget()
    report = crawl(little, out)
    assert little.server is not None
    visits = [v for v in little.server.requests() if v.target in paths]
    assert [v.sent for v in visits] == [0] * 20
    assert {v.status for v in visits} == {304}
    assert {v.headers.get("cache-control") for v in visits} == {"max-age=0"}
    assert (report.counts.unchanged, report.counts.new, report.counts.edited) == (20, 0, 0)
    assert (out / "little" / "articles.jsonl").read_bytes() == before


@pytest.mark.parametrize("kinds", ["etag", "modified", "none"])
def test_a_changed_page_is_always_found_and_its_old_version_kept(
    little: Little, tmp_path: Path, kinds: str
) -> None:
    paths = little.fill(6)
    for at, path in enumerate(paths):
        little.pages[path] = valid(article(f"Kabar {at}"), kinds)
    out = tmp_path / "out"
    crawl(little, out)
    fresh = article("Kabar 3", words="Ralat: kegiatan ditunda.")
    little.pages[paths[3]] = Answer(fresh)  # its Last-Modified is another one, or gone
    report = crawl(little, out)
    assert (report.counts.edited, report.counts.unchanged) == (1, 5)
    texts = {line["uri"]: line["text"] for line in lines(out)}
    assert len(texts) == len(lines(out)) == 6
    assert "Ralat" in texts[little.base + paths[3]]
    mine = [row for row in versions(out) if row[0].endswith(paths[3])]
    assert [(number, current) for _uri, number, current in mine] == [(1, 0), (2, 1)]


def test_a_text_that_comes_back_is_a_third_version(little: Little, tmp_path: Path) -> None:
    (path,) = little.fill(1)
    out = tmp_path / "out"
    texts = []
    for words in ("Satu.", "Dua.", "Satu."):
        little.pages[path] = Answer(article("Kabar", words=words))
        crawl(little, out)
        texts.append(lines(out)[0]["text"])
    assert texts[0] == texts[2] != texts[1]
    assert [row[1:] for row in versions(out)] == [(1, 0), (2, 0), (3, 1)]


def test_a_last_modified_in_the_future_is_not_relied_on(little: Little, tmp_path: Path) -> None:
    """A server whose clock runs ahead would say "not modified" to it for days."""
    (path,) = little.fill(1)
    ahead = formatdate(4_000_000_000, usegmt=True)

    def never_modified(request: Request) -> Answer:
        if "if-modified-since" in request.headers:
            return Answer(b"", 304)
        body = article("Kabar", words="Baru." if request.seen else "Lama.")
        return Answer(body, 200, (("Content-Type", "text/html"), ("Last-Modified", ahead)))

    little.pages[path] = never_modified
    out = tmp_path / "out"
    crawl(little, out)
    assert crawl(little, out).counts.edited == 1


def test_a_304_that_nobody_asked_for_is_asked_again_and_then_fails(
    little: Little, tmp_path: Path
) -> None:
    paths = little.fill(2)

    def once(request: Request) -> Answer:
        return Answer(b"", 304) if request.seen == 0 else Answer(article("Kabar"))

    little.pages[paths[0]] = once
    little.pages[paths[1]] = Answer(b"", 304)
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert report.counts.new == 1
    assert "304" in told.failures[little.base + paths[1]]


def test_an_article_no_listing_shows_any_more_is_looked_at_too(
    little: Little, tmp_path: Path
) -> None:
    paths = little.fill(15)
    out = tmp_path / "out"
    crawl(little, out)
    little.pages["/berita?page=2"] = Answer(b"", 404)
    little.pages[paths[14]] = Answer(article("Kabar 14", words="Ralat."))
    report = crawl(little, out)
    assert report.counts.edited == 1


def test_an_article_that_is_gone_stays_and_is_told_once(little: Little, tmp_path: Path) -> None:
    paths = little.fill(15)
    out = tmp_path / "out"
    crawl(little, out)
    little.fill(14)
    del little.pages[paths[14]]
    told = Told()
    assert crawl(little, out, observer=told).faulty is False
    assert told.failures == {little.base + paths[14]: "404 Not Found"}
    assert len(lines(out)) == 15
    again = Told()
    crawl(little, out, observer=again)
    assert again.failures == {}


def test_a_failed_page_is_tried_anew_in_the_next_run(little: Little, tmp_path: Path) -> None:
    paths = little.fill(3)
    good = little.pages[paths[1]]
    little.pages[paths[1]] = Answer(b"", 500)
    told = Told()
    out = tmp_path / "out"
    report = crawl(little, out, observer=told)
    assert (report.counts.new, report.failures) == (2, 1)
    assert told.failures[little.base + paths[1]].startswith("500 Internal Server Error (3 tries)")
    little.pages[paths[1]] = good
    assert crawl(little, out).counts.new == 1


def test_two_articles_with_one_slug_and_two_numbers_are_two(little: Little, tmp_path: Path) -> None:
    twins = ["/berita/rapat-koordinasi-9306.html", "/berita/rapat-koordinasi-9411.html"]
    plain = "/berita/rapat-koordinasi.html"
    little.pages["/berita"] = Answer(listing([*twins, plain], []))
    little.pages[twins[0]] = little.pages[plain] = Answer(article("Rapat", words="Januari."))
    little.pages[twins[1]] = Answer(article("Rapat", words="Juni."))
    out = tmp_path / "out"
    for _run in range(2):
        crawl(little, out)
        found = lines(out)
        assert len(found) == 2
        assert len({line["id"] for line in found}) == len({line["uri"] for line in found}) == 2
        assert ["Januari" in line["text"] for line in found] == [True, False]
