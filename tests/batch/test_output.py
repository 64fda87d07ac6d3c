"""A file of records is there whole or not at all, and a stopped run is taken up again."""

from contextlib import suppress
from pathlib import Path

import pytest

from extractor.batch.output import RecordFile
from extractor.errors import UsageError
from extractor.record import Article, Record, Source, Warning, text_version, to_json

RULES = "rules-1"


def article(name: str) -> Article:
    return Article(id=name, text=f"Isi {name}.", published="2024-05-03")


def line(name: str, rules: str = RULES, failed: bool = False) -> bytes:
    one = article(name)
    record = Record(
        id=one.id,
        rules_version=rules,
        source=Source(sha256=text_version(one.text), published=one.published),
        text=one.text,
        warnings=(Warning(code="failed", message="x"),) if failed else (),
    )
    return to_json(record).encode()


def test_the_file_appears_when_all_is_written(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    out.write_bytes(b"lama\n")
    with RecordFile(out) as file:
        file.write(line("a"))
        assert out.read_bytes() == b"lama\n"
    assert out.read_bytes() == line("a") + b"\n"
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def stop(out: Path, *lines: bytes, resume: bool = False, torn: bytes = b"") -> None:
    """A run that is stopped after these lines."""
    with suppress(KeyboardInterrupt), RecordFile(out, resume) as file:
        for one in lines:
            file.write(one)
        raise KeyboardInterrupt
    with (out.parent / f"{out.name}.partial").open("ab") as partial:
        partial.write(torn)


def test_a_stopped_run_is_taken_up_again(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    stop(out, line("a"), line("b"), torn=line("c")[:40])
    assert not out.exists()
    stop(out, line("d"), resume=True)
    with RecordFile(out, resume=True) as file:
        found = [file.earlier(article(name), RULES) for name in "abcd"]
        assert found == [line("a"), line("b"), None, line("d")]
        for name in "abcd":
            file.write(line(name))
    assert out.read_bytes() == b"".join(line(name) + b"\n" for name in "abcd")
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def test_what_is_finished_counts_too(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    out.write_bytes(b"\n".join([line("a"), b"{}", b"bukan json", line("b"), b""]))
    with RecordFile(out, resume=True) as file:
        assert [file.earlier(article(name), RULES) for name in "ab"] == [line("a"), line("b")]


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"text": "Isi lain."}, RULES),
        ({"id": "b"}, RULES),
        ({"published": None}, RULES),
        ({"title": "Judul"}, RULES),
        ({}, "rules-2"),
    ],
)
def test_whatever_changes_the_record_makes_it_new(
    tmp_path: Path, change: dict[str, str | None], rules: str
) -> None:
    out = tmp_path / "records.jsonl"
    out.write_bytes(line("a") + b"\n")
    with RecordFile(out, resume=True) as file:
        assert file.earlier(article("a").model_copy(update=change), rules) is None


def test_failed_records_are_tried_again(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    out.write_bytes(line("a", failed=True) + b"\n")
    with RecordFile(out, resume=True) as file:
        assert file.earlier(article("a"), RULES) is None


def test_a_new_run_starts_anew(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    stop(out, line("a"))
    with RecordFile(out) as file:
        assert file.earlier(article("a"), RULES) is None
    assert out.read_bytes() == b""


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").symlink_to(tmp_path / "real.jsonl")
    with RecordFile(tmp_path / "out.jsonl") as file:
        file.write(b"x")
    assert (tmp_path / "out.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes() == b"x\n"


@pytest.mark.parametrize("name", [".", "hilang/records.jsonl"])
def test_a_place_that_cannot_be_written_is_wrong_use(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=str(tmp_path)):
        RecordFile(tmp_path / name)
