"""The client's whole shape by the command line: a site is fetched, its articles become records, the
records an archive; a second time only what was edited is new."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractor import cli
from extractor.messages import set_language
from tests.server.making import TEMPLATES, Running, running

ARTICLES = 8


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def rilis(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """``rilis("fetch", …)`` as from a shell in the test's folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path) -> Done:
        monkeypatch.setattr("sys.argv", ["rilis", *map(str, words)])
        capfd.readouterr()
        status = 0
        try:
            cli.main()
        except SystemExit as left:
            status = int(left.code or 0)
        finally:
            set_language("en")
        shown = capfd.readouterr()
        return Done(status, shown.out, shown.err)

    return run


def lines(path: Path) -> list[dict[str, Any]]:
    """A file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fetched_and_kept(rilis: Command, run: Running) -> tuple[str, str]:
    """Fetch, extract, keep; what fetch and the archive said."""
    rules = run.rules or ""
    fetch = rilis("fetch", "dpmppa", "--rules", rules, "--allow-private", "-o", "fetched")
    assert (fetch.status, fetch.out) == (0, ""), fetch.err
    extract = rilis("extract", "fetched/dpmppa/articles.jsonl", "-o", "records.jsonl")
    assert extract.status == 0, extract.err
    add = rilis("archive", "add", "records.jsonl", "--archive", "rilis.db")
    assert add.status == 0, add.err
    return fetch.err, add.out + add.err


def test_a_site_becomes_articles_becomes_records_becomes_an_archive(
    rilis: Command, tmp_path: Path
) -> None:
    with running(articles=ARTICLES, rules=tmp_path / "rules") as run:
        site = run.site
        said, kept = fetched_and_kept(rilis, run)
        assert f"{ARTICLES} new, 0 edited, 0 unchanged, 0 failed" in said
        assert f"{ARTICLES} new, 0 updated, 0 unchanged" in kept
        found = rilis("archive", "search", "kegiatan", "--archive", "rilis.db", "--format", "ids")
        assert set(found.out.split()) <= {one["id"] for one in lines(tmp_path / "records.jsonl")}
        assert (found.status, bool(found.out)) == (0, True)
        file = tmp_path / "fetched/dpmppa/articles.jsonl"
        articles = {one["title"]: one for one in lines(file)}
        records = {one["source"]["title"]: one for one in lines(tmp_path / "records.jsonl")}
        assert len(articles) == len(records) == ARTICLES
        for number in range(1, ARTICLES + 1):
            release = site.releases[number]
            article, source = articles[release.title], records[release.title]["source"]
            assert article["text"] == site.expected(number)
            day = release.published.date().isoformat()
            assert article["published"] == source["published"] == day
            assert article["uri"] == source["uri"]
            assert source["site"] == "dpmppa"
            # the record stands on the text that was fetched
            assert release.blocks[0].parts[0] in records[release.title]["text"]

        replay = rilis("replay", "fetched/dpmppa", "--rules", run.rules or "", "-o", "again.jsonl")
        assert replay.status == 0, replay.err
        assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()

        run.server.forget()
        site.edit(3)
        said, kept = fetched_and_kept(rilis, run)
        assert f"0 new, 1 edited, {ARTICLES - 1} unchanged, 0 failed" in said
        # the edited one, and those whose line in the file of articles is another one now
        assert re.search(r"\b0 new, [1-3] updated, [5-7] unchanged", kept)
        bodies = [visit.target for visit in run.server.requests() if visit.status == 200]
        assert [target for target in bodies if target.endswith(".html")] == [site.path(3)]


def test_every_system_side_by_side_gives_all_its_articles(rilis: Command, tmp_path: Path) -> None:
    with running((*TEMPLATES,), 13, rules=tmp_path / "rules", rich=True, hacked=True) as run:
        run.server.latency = 0.01
        fetch = rilis(
            "fetch", *TEMPLATES, "--rules", run.rules or "", "--allow-private", "-o", "all"
        )
        assert fetch.status == 0, fetch.err
        for name, site in run.sites.items():
            articles = {
                one["title"]: one for one in lines(tmp_path / "all" / name / "articles.jsonl")
            }
            assert len(articles) == 13
            for number in range(1, 14):
                release = site.releases[number]
                article = articles[release.title]
                assert article["text"] == site.expected(number), (name, site.body_style(number))
                day = release.published.date().isoformat()
                assert article["published"] == (None if site.date_form(number) == "none" else day)
                assert article["site"] == name
            asked = run.server.requests(name)
            assert not [visit.target for visit in asked if visit.status != 200]
            assert max(run.counts(name).values()) == 1, "nothing is asked for twice"
        assert set(run.server.most_at_once.values()) == {1}, "one request at a time for each host"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("fetch", "dpmpa"), 2, "did you mean"),
        (("fetch", "ftp://contoh.example/x"), 2, "https://"),
        (("fetch", "http://127.0.0.1:9/berita/x.html", "-o", "here"), 3, "--allow-private"),
        (("fetch", "wordpress"), 2, "by its address"),
    ],
)
def test_a_mistake_gets_one_line_that_says_what_to_do(
    words: tuple[str, ...], status: int, said: str, rilis: Command
) -> None:
    done = rilis(*words)
    assert done.status == status
    assert said in done.err
    assert "Traceback" not in done.err
