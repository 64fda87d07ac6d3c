"""Articles out of WARC files are those of the live crawl, whatever tool wrote the file."""

import json
import os
import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.fetching.crawl import Wishes
from extractor.fetching.exchange import Exchange, dechunk
from extractor.fetching.frontier import Days
from extractor.fetching.inflate import inflate
from extractor.fetching.replay import Other, Replay, Selection, warc_files
from extractor.fetching.warc import WarcWriter, read_exchanges
from extractor.sites.loading import shared_sites
from tests.examples import examples
from tests.fetching.crawled import Crawled, crawl
from tests.fetching.made_warc import exchange, faults_elsewhere, record, zipped
from tests.fetching.test_warc import told_nothing
from tests.server.faults import BY_NAME, SPOILT
from tests.server.making import TEMPLATES, running
from tests.shell import Shell

# faults of one page each, and of listings
FAULTS = [
    "busy-once", "short-body-once", "short-chunked-once", "torn-gzip-once", "gzip", "deflate-raw",
    "chunked", "no-length", "plain-called-gzip", "bomb-gzip-twice", "huge", "reset-inside-always",
    "database-error-once", "redirect-number", "redirect-self", "charset-conflict", "charset-utf16",
    "headers-repeated", "header-without-colon", "lengths-conflict", "unclosed", "pdf", "no-http",
    "unasked-304", "gambling-body", "header-100k", "redirect-home",
]  # fmt: skip
LISTED = ["print-twins", "numbers", "slug-hyphen", "one-slug", "strange-links", "robots-forbids"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of twelve articles, two of them edited before a second run."""
    folder = tmp_path_factory.mktemp("city")
    with running(("dpmppa",), 12, rules=folder / "rules") as run:
        crawl(run, folder / "fetched")
        run.site.edit(4)
        run.site.edit(9)
        return crawl(run, folder / "fetched")


def test_a_replay_is_the_live_crawl_to_the_byte(tmp_path: Path) -> None:
    with running((*TEMPLATES,), 12, rules=tmp_path / "rules", rich=True) as run:
        crawl(run, tmp_path / "fetched")
        for site in run.sites.values():
            site.edit(2)
        found = crawl(run, tmp_path / "fetched")
    for name in TEMPLATES:
        assert found.replayed(name) == found.articles(name), name
        assert found.articles(name).count(b"\n") == 12, name
    assert [fault for path in found.warcs() for fault in faults_elsewhere(path)] == []


def test_a_replay_is_the_live_crawl_under_faults(tmp_path: Path) -> None:
    with running(("dpmppa",), len(FAULTS) + 12, rules=tmp_path / "rules") as run:
        site = run.site
        for number, name in enumerate(FAULTS, start=10):
            BY_NAME[name].install(site)
            site.faults[site.path(number)] = site.faults.pop(site.path(SPOILT))
        for name in LISTED:
            BY_NAME[name].install(site)
        found = crawl(run, tmp_path / "fetched")
    assert found.replayed("dpmppa") == found.articles("dpmppa")
    assert found.articles("dpmppa").count(b"\n") > 20
    assert [fault for path in found.warcs() for fault in faults_elsewhere(path)] == []


def test_a_replay_of_days_is_the_live_crawl_of_days(tmp_path: Path) -> None:
    with running(("dpmppa",), 12, rules=tmp_path / "rules") as run:
        middle = run.site.releases[6].published.date().isoformat()
        days = Days(since=middle)
        found = crawl(run, tmp_path / "fetched", Wishes(days))
    assert found.replayed("dpmppa", Selection(days=days)) == found.articles("dpmppa")
    assert 0 < found.articles("dpmppa").count(b"\n") < 12


def test_versions_are_told_from_first_to_last(city: Crawled) -> None:
    last = [json.loads(line) for line in city.replayed("dpmppa").splitlines()]
    every = [json.loads(line) for line in city.replayed("dpmppa", versions=True).splitlines()]
    assert len(last) == 12
    assert len(every) == 14
    for one in last:
        versions = [other for other in every if other["uri"] == one["uri"]]
        assert versions[-1] == one
        assert len({other["text"] for other in versions}) == len(versions)


def as_wget(one: Exchange) -> list[bytes]:
    """As wget writes: request first, addresses in brackets, chunks kept."""
    body = one.body
    headers = [(k, v) for k, v in one.response_headers if k.lower() != "content-length"]
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    head = _head(
        f"HTTP/1.1 {one.status} {one.reason}", [*headers, ("Transfer-Encoding", "chunked")]
    )
    request = _head(f"GET {one.url} HTTP/1.1", one.request_headers)
    return [
        record("request", f"<{one.url}>", request, Record_ID=f"<q:{one.url}>", **_dated(one)),
        record("response", f"<{one.url}>", head + body, Record_ID=f"<r:{one.url}>", Concurrent_To=f"<q:{one.url}>", **_dated(one)),
    ]  # fmt: skip


def as_common_crawl(one: Exchange) -> list[bytes]:
    """As Common Crawl writes: bodies inflated, their encoding under another name."""
    headers = [("X-Crawl-" + k if k.lower() == "content-encoding" else k, v) for k, v in one.response_headers]  # fmt: skip
    body = inflate(one.body, one.header("content-encoding"), 10**8)
    headers = [(k, str(len(body)) if k.lower() == "content-length" else v) for k, v in headers]
    head = _head(f"HTTP/1.1 {one.status} {one.reason}", headers)
    return [
        record("request", one.url, _head("GET / HTTP/1.1", one.request_headers), Record_ID=f"<q:{one.url}>", **_dated(one)),
        record("response", one.url, head + body, Record_ID=f"<r:{one.url}>", Concurrent_To=f"<q:{one.url}>", **_dated(one)),
        record("metadata", one.url, b"fetchTimeMs: 1\r\n", Concurrent_To=f"<r:{one.url}>", **_dated(one)),
    ]  # fmt: skip


def as_scrapy(one: Exchange) -> list[bytes]:
    """As scrapy-webarchive writes: response first, no version or reason, no query in the request."""
    head = _head(f"HTTP/1.0 {one.status}", one.response_headers)
    return [
        record("response", one.url, head + one.body, Record_ID=f"<r:{one.url}>", **_dated(one)),
        record("request", one.url, b"GET /berita HTTP/1.0\r\n\r\n", Record_ID=f"<q:{one.url}>", Concurrent_To=f"<r:{one.url}>", **_dated(one)),
    ]  # fmt: skip


def _dated(one: Exchange) -> dict[str, str]:
    return {"Date": one.date}


def _head(first: str, headers: Sequence[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{k}: {v}" for k, v in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of pages that are compressed, chunked, and not what their charset says."""
    folder = tmp_path_factory.mktemp("encoded")
    with running(("dpmppa", "rkb"), 6, rules=folder / "rules") as run:
        site = run.site
        for number, name in enumerate(("gzip", "deflate-raw", "charset-conflict"), start=4):
            BY_NAME[name].install(site)
            site.faults[site.path(number)] = site.faults.pop(site.path(SPOILT))
        BY_NAME["chunked"].install(site)
        return crawl(run, folder / "fetched")


@pytest.mark.parametrize("tool", [as_wget, as_common_crawl, as_scrapy])
def test_articles_do_not_depend_on_the_tool_that_wrote_the_file(
    encoded: Crawled, tmp_path: Path, tool: Any
) -> None:
    (ours,) = (encoded.folder / "dpmppa").rglob("*.warc.gz")
    records = [part for one in read_exchanges(ours, tell=told_nothing) for part in tool(one)]
    their = tmp_path / "their.warc.gz"
    their.write_bytes(zipped(*(_with_one_date(part) for part in records)))
    with Replay(encoded.sites) as replay:
        replay.read(their, told_nothing, lambda other: None)
        assert "".join(replay.lines()).encode() == encoded.articles("dpmppa")


def _with_one_date(part: bytes) -> bytes:
    return part.replace(b"WARC-Date: 2020-01-02T03:04:05Z\r\n", b"", 1)


def written(folder: Path, *exchanges: Exchange) -> Path:
    with WarcWriter(folder, "kota") as writer:
        places = [writer.write(one) for one in exchanges]
    return folder / places[0].file


def test_a_later_page_wins_whatever_the_order_of_files_and_records(
    city: Crawled, tmp_path: Path
) -> None:
    expected = city.articles("dpmppa")
    exchanges = [one for path in city.warcs() for one in read_exchanges(path, tell=told_nothing)]
    # seconds are the finest unit of a date, so what came in one second keeps its order
    dated = [replace(one, date=f"2026-01-01T00:{at // 60:02}:{at % 60:02}Z") for at, one in enumerate(exchanges)]  # fmt: skip
    lines = []
    for order in (dated, dated[::-1]):
        path = written(tmp_path / str(len(lines)), *order)
        with Replay(city.sites) as replay:
            replay.read(path, told_nothing, lambda other: None)
            lines.append(set(replay.lines()))
    assert {json.loads(line)["text"] for line in lines[0]} == {json.loads(line)["text"] for line in expected.splitlines()}  # fmt: skip
    assert {json.loads(line)["text"] for line in lines[1]} == {json.loads(line)["text"] for line in lines[0]}  # fmt: skip


def test_what_is_no_article_is_told_with_its_reason(tmp_path: Path) -> None:
    with running(("dpmppa",), 5, rules=tmp_path / "rules") as run:
        for number, name in ((1, "pdf"), (2, "missing"), (3, "redirect-self")):
            site = run.site
            BY_NAME[name].install(site)
            site.faults[site.path(number)] = site.faults.pop(site.path(3))
        found = crawl(run, tmp_path / "fetched")
        paths = {number: run.site.base + run.site.path(number) for number in (1, 2, 3)}
    others: list[Other] = []
    with Replay(found.sites) as replay:
        (path,) = found.warcs()
        replay.read(path, told_nothing, others.append)
        tally = replay.tally
    by_url = {other.url: other for other in others}
    assert by_url[paths[1]].kind == "failed"
    assert "PDF" in by_url[paths[1]].reason
    assert by_url[paths[2]].reason == "404 Not Found"
    assert by_url[paths[3]].kind == "redirect"
    assert tally.answers == tally.articles + sum(tally.kinds.values())
    assert tally.first["404 Not Found"] == paths[2]


def test_a_failure_without_an_answer_is_told_too(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        exchange(status=0, reason="", response_headers=(), body=b"", error="connection refused"),
    )
    others: list[Other] = []
    with Replay(shared_sites()) as replay:
        replay.read(path, told_nothing, others.append)
    assert others == [Other(exchange().url, 0, "failed", "connection refused")]


@pytest.mark.parametrize(
    ("selection", "articles", "elsewhere"),
    [({}, 12, 0), ({"site": "dpmppa"}, 6, 1), ({"host": "nothing.example"}, 0, 0)],
)
def test_a_site_or_a_host_chooses(
    encoded: Crawled, selection: dict[str, str], articles: int, elsewhere: int
) -> None:
    site = encoded.sites.by_id(selection["site"]) if "site" in selection else None
    with Replay(encoded.sites, Selection(site, selection.get("host"))) as replay:
        for path in encoded.warcs():
            replay.read(path, told_nothing, lambda other: None)
        assert len(list(replay.lines())) == articles
        assert bool(replay.tally.kinds["elsewhere"]) == bool(elsewhere)


def test_a_site_rule_reads_a_host_that_is_named_outright(encoded: Crawled, tmp_path: Path) -> None:
    (path,) = (encoded.folder / "dpmppa").rglob("*.warc.gz")
    moved = [
        replace(one, url=one.url.replace("127.0.0.1", "arsip.example"))
        for one in read_exchanges(path, tell=told_nothing)
    ]
    copy = written(tmp_path / "copy", *moved)
    site = encoded.sites.by_id("dpmppa")
    for host, articles in ((None, 0), ("arsip.*", 6), ("lain.*", 0)):
        with Replay(encoded.sites, Selection(site, host)) as replay:
            replay.read(copy, told_nothing, lambda other: None)
            assert len(list(replay.lines())) == articles, host


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["https://dpmppa.pekalongankota.go.id/berita/a.html", "http://x.example/"]),
    st.sampled_from([0, 200, 200, 203, 301, 404, 500, 599]),
    st.lists(st.tuples(st.sampled_from(["Content-Type", "Content-Encoding", "Location"]), st.sampled_from(["text/html", "gzip", "text/html; charset=utf-16", "br", "http://[", ""])), max_size=3),
    st.one_of(st.binary(max_size=200), st.text("<>/h1divp =\"'&;a", max_size=200).map(str.encode)),
)  # fmt: skip
def test_no_answer_stops_a_replay(
    tmp_path_factory: pytest.TempPathFactory,
    url: str, status: int, headers: list[tuple[str, str]], body: bytes,
) -> None:  # fmt: skip
    one = exchange(url, status=status, response_headers=tuple(headers), body=body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        path = written(tmp_path_factory.mktemp("any"), one, exchange(url, body=b"<p>Rapat</p>"))
    with Replay(shared_sites()) as replay:
        replay.read(path, told_nothing, lambda other: None)
        list(replay.lines())
        assert replay.tally.answers == 2


def test_inputs_are_files_folders_and_patterns_each_once(tmp_path: Path) -> None:
    for name in ("b.warc.gz", "a.warc", "deep/c.warc.gz", "notes.txt", "d.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "empty").mkdir()

    def names(*inputs: str) -> list[str]:
        found = warc_files([str(tmp_path / one) for one in inputs])
        return [one.reason if isinstance(one, SourceError) else one.name for one in found]

    assert names("") == ["a.warc", "b.warc.gz", "c.warc.gz"]
    assert names("b.warc.gz", "") == ["b.warc.gz", "a.warc", "c.warc.gz"]
    assert names("*.warc.gz", "b.warc.gz") == ["b.warc.gz"]
    assert names("empty") == ["the folder holds no .warc or .warc.gz file"]
    assert names("*.none") == ["no file matches this pattern"]


def test_the_command_writes_the_articles_and_sums_the_rest_up(
    city: Crawled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rilis: Shell
) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a replay asked the network")

    monkeypatch.setattr(socket.socket, "connect", none)
    monkeypatch.setattr(socket, "getaddrinfo", none)
    out, others = tmp_path / "out.jsonl", tmp_path / "others.jsonl"
    rules = city.folder.parent / "rules"
    common = ("replay", city.folder, "--rules", rules)
    status, stdout, stderr = rilis(*common, "-o", out, "--others", others)
    assert (status, stdout) == (0, "")
    assert out.read_bytes() == city.articles("dpmppa")
    rows = [json.loads(line) for line in others.read_text().splitlines()]
    assert {row["kind"] for row in rows} == {"listing", "robots", "unchanged"}
    assert "14 with an article" in stderr
    assert "10 unchanged" in stderr
    status, stdout, _ = rilis(*common)
    assert (status, stdout.encode()) == (0, city.articles("dpmppa"))


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("missing.warc.gz",), 3, "missing.warc.gz"),
        (("page.html",), 3, "no WARC file"),
        (("ok.warc", "--site", "dpmpa"), 2, "dpmppa"),
        (("ok.warc", "-o", "ok.warc"), 2, "is an input too"),
        (("ok.warc", "--since", "besok"), 2, "YYYY-MM-DD"),
        (("torn.warc",), 0, "inside a record"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rilis: Shell,
    words: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ok = record("response", "http://a.example/", b"HTTP/1.1 200 OK\r\n\r\nhalo")
    Path("ok.warc").write_bytes(ok)
    Path("torn.warc").write_bytes(ok + ok[:90])
    Path("page.html").write_bytes(b"<p>halo</p>")
    got, _, stderr = rilis("replay", *words)
    assert got == status
    assert said in stderr
    assert "Traceback" not in stderr
    assert Path("ok.warc").read_bytes() == ok


def test_dechunking_gives_back_what_was_chunked() -> None:
    for body, whole in (
        (b"3\r\nabc\r\n0\r\n\r\n", True),
        (b"3\r\nabc\r\n", False),
        (b"3\r\nab", False),
    ):
        assert dechunk(body) == ((b"abc" if b"abc" in body else b"ab"), whole)
