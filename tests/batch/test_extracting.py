"""Many articles into records, here or in workers, and again with --resume."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.batch import extract_to, records
from extractor.errors import RuleError, SourceError
from extractor.record import Article, to_json

TEXT = "Desa Panen Raya\n\nBupati Sekar Wangi membuka pameran di Balai Desa, Senin (6/5/2024)."
ITEMS: list[Article | SourceError] = [
    Article(id="a", text=TEXT, path="a.txt"),
    SourceError("hilang.txt", "no such file"),
    Article(id="kosong", text="-", path="kosong.txt"),
    Article(id="b", text=TEXT + " Lagi."),
]


@pytest.fixture(scope="module")
def expected(extractor: Extractor) -> list[bytes]:
    """The lines of the items that can be read."""
    return [to_json(extractor.extract(i)).encode() for i in ITEMS if isinstance(i, Article)]


@pytest.fixture
def _shared(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in this process takes the session's extractor."""
    monkeypatch.setattr("extractor.batch.extracting.Extractor", lambda rules: extractor)


@pytest.mark.usefixtures("_shared")
@pytest.mark.parametrize("workers", [1, 2])
def test_records_are_the_same_for_any_number_of_workers(
    workers: int, expected: list[bytes]
) -> None:
    stream = io.BytesIO()
    summary = extract_to(stream, ITEMS, workers=workers)
    assert stream.getvalue().splitlines() == expected
    assert (summary.done, summary.skipped) == (3, 0)
    assert summary.failed == (("hilang.txt", "no such file"),)


@pytest.mark.usefixtures("_shared")
def test_a_second_run_extracts_only_what_is_new(
    tmp_path: Path, expected: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "records.jsonl"
    extract_to(out, ITEMS[:2])
    asked: list[str] = []
    extract = Extractor.extract

    def counted(self: Extractor, article: Article) -> object:
        asked.append(article.id)
        return extract(self, article)

    monkeypatch.setattr(Extractor, "extract", counted)
    seen: list[bool] = []
    summary = extract_to(out, ITEMS, resume=True, watch=lambda one: seen.append(one.skipped))
    assert asked == ["kosong", "b"]
    assert seen == [True, False, False, False]
    assert (summary.done, summary.skipped, len(summary.failed)) == (3, 1, 1)
    assert out.read_bytes().splitlines() == expected


@pytest.mark.usefixtures("_shared")
def test_an_article_that_fails_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Extractor, article: Article) -> object:
        raise MemoryError if article.id == "a" else ValueError("rusak")

    monkeypatch.setattr(Extractor, "extract", fails)
    outcomes = list(records(ITEMS[:1] + ITEMS[3:]))
    assert [one.error for one in outcomes] == [
        "needs more memory than there is",
        "ValueError: rusak",
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_rules_with_faults_are_told_before_any_work(tmp_path: Path, workers: int) -> None:
    (tmp_path / "dates.yaml").write_text("rules: [{}]")
    with pytest.raises(RuleError):
        extract_to(io.BytesIO(), ITEMS, rules=tmp_path, workers=workers)


@pytest.mark.usefixtures("_shared")
def test_devices_are_written_to_rather_than_replaced() -> None:
    assert extract_to(Path("/dev/null"), ITEMS[:1]).done == 1
    assert Path("/dev/null").is_char_device()


def test_lines_are_records(expected: list[bytes]) -> None:
    assert [json.loads(line)["id"] for line in expected] == ["a", "kosong", "b"]


def test_a_long_release_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Callable[[Article], float]] = []

    def run(*arguments: Any) -> Iterator[object]:
        asked.append(arguments[3])
        return iter(())

    monkeypatch.setattr("extractor.batch.extracting.run", run)
    assert list(records([], workers=2, timeout=10)) == []
    (seconds,) = asked
    assert seconds(Article(id="a", text="a")) == 10
    assert seconds(Article(id="a", text="a" * 3_000_000)) == 30
