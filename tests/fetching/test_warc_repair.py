"""After a crash at any byte, what was whole before it is kept, and the file is valid again."""

import gzip
import os
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.errors import SourceError
from extractor.fetching.warc import Exchange, WarcWriter, read_exchanges, repair
from tests.fetching.made_warc import exchange, faults_elsewhere, record, zipped
from tests.fetching.test_warc import told_nothing

NAME = "kota-20240503021109-00000.warc"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of a page, an error, and a page that was cut short."""
    folder = tmp_path_factory.mktemp("small")
    with WarcWriter(folder, "kota") as writer:
        writer.write(exchange())
        writer.write(
            exchange(status=0, reason="", body=b"", response_headers=(), error="no answer")
        )
        place = writer.write(
            exchange(body=b"<p>Rapat", truncated="disconnect", error="peer closed")
        )
    return (folder / place.file).read_bytes()


def boundaries(raw: bytes) -> list[int]:
    """Where whole records end, by gzip alone."""
    at = [0]
    for start in range(1, len(raw)):
        if raw.startswith(b"\x1f\x8b\x08", start):
            at.append(start)
    return [*at, len(raw)]


def plain_boundaries(raw: bytes) -> list[int]:
    at = [0]
    while (found := raw.find(b"WARC/1.1\r\n", at[-1] + 1)) >= 0:
        at.append(found)
    return [*at, len(raw)]


@pytest.mark.parametrize("zipped_file", [True, False], ids=["gz", "plain"])
def test_a_file_cut_at_any_byte_ends_behind_its_last_whole_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bytes, zipped_file: bool
) -> None:
    # thousands of them, which a busy disk takes minutes for
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    raw = small if zipped_file else gzip.decompress(small)
    ends = boundaries(raw) if zipped_file else plain_boundaries(raw)
    assert len(ends) == 9
    path = tmp_path / (NAME + ".gz" if zipped_file else NAME)
    for cut in range(len(raw) + 1):
        path.write_bytes(raw[:cut])
        told = repair(tmp_path)
        good = max(end for end in ends if end <= cut)
        if good == 0:
            assert not path.exists(), cut
            assert told == [f"{path}: held no whole record; removed"]
            continue
        assert path.read_bytes() == raw[:good], cut
        assert (told == []) == (good == cut), cut
        assert repair(tmp_path) == []
    assert list(read_exchanges(path, tell=told_nothing))[1].error == "no answer"


@pytest.mark.parametrize("cut", range(8))
def test_a_mended_file_is_valid_elsewhere_and_holds_the_exchanges_before_the_tear(
    tmp_path: Path, small: bytes, cut: int
) -> None:
    ends = boundaries(small)
    path = tmp_path / (NAME + ".gz")
    path.write_bytes(small[: ends[cut + 1] - 1])
    before = [one for a, b in pairwise(ends[: cut + 1]) for one in [small[a:b]]]
    repair(tmp_path)
    if cut == 0:
        assert not path.exists()
        return
    assert faults_elsewhere(path) == []
    responses = sum(b"WARC-Type: response" in gzip.decompress(one) for one in before)
    found: list[Exchange] = list(read_exchanges(path, tell=told_nothing))
    assert sum(one.status != 0 for one in found) == responses


@pytest.mark.parametrize(
    "tail", [b"\0" * 5000, b"\x1f\x8b\x08" + b"\0" * 4093, b"\x1f\x8b\x08\x00" * 300, os.urandom(900)],
    ids=["zeros", "head and zeros", "heads", "noise"],
)  # fmt: skip
def test_what_a_power_cut_leaves_behind_the_last_record_is_cut(
    tmp_path: Path, small: bytes, tail: bytes
) -> None:
    path = tmp_path / (NAME + ".gz")
    path.write_bytes(small + tail)
    (said,) = repair(tmp_path)
    assert str(len(tail)) in said
    assert path.read_bytes() == small


def test_damage_with_whole_records_behind_it_is_told_and_nothing_is_cut(
    tmp_path: Path, small: bytes
) -> None:
    ends = boundaries(small)
    broken = bytearray(small)
    middle = (ends[1] + ends[2]) // 2
    broken[middle : middle + 8] = b"\xff" * 8
    path = tmp_path / (NAME + ".gz")
    path.write_bytes(bytes(broken))
    (said,) = repair(tmp_path)
    assert f"bytes {ends[1]} to {ends[2]}" in said
    assert path.read_bytes() == bytes(broken)
    told: list[str] = []
    assert len(list(read_exchanges(path, tell=told.append))) == 3
    assert len(told) == 1


@pytest.mark.parametrize("content", [b"", b"\0" * 700, b"\x1f\x8b", b"WARC/1.1\r\nWARC-Ty"])
def test_a_file_of_ours_without_a_whole_record_is_removed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / (NAME + ".gz")
    path.write_bytes(content)
    (said,) = repair(tmp_path)
    assert "removed" in said
    assert not path.exists()


def test_a_file_that_is_not_ours_is_never_removed_or_cut(tmp_path: Path) -> None:
    notes = tmp_path / "notes.warc.gz"
    notes.write_bytes(b"not a WARC file")
    with pytest.raises(SourceError, match=r"notes\.warc\.gz"):
        repair(tmp_path)
    assert notes.exists()
    notes.unlink()
    one = gzip.compress(record("response", "http://a.example/", b"HTTP/1.1 200 OK\r\n\r\na") * 2)
    whole = tmp_path / "one-member.warc.gz"
    whole.write_bytes(one)
    assert repair(tmp_path) == []
    assert whole.read_bytes() == one


def test_the_last_file_is_mended_and_those_before_it_are_left_alone(
    tmp_path: Path, small: bytes
) -> None:
    for day in (1, 2):
        path = tmp_path / f"kota-2024050{day}000000-00000.warc.gz"
        path.write_bytes(small[:-5])
        os.utime(path, (day, day))
    (said,) = repair(tmp_path)
    assert "kota-20240502" in said


def test_a_folder_without_files_needs_nothing(tmp_path: Path) -> None:
    assert repair(tmp_path) == []
    assert repair(tmp_path / "missing") == []


def test_records_that_share_members_are_told_apart(tmp_path: Path) -> None:
    first = record("response", "http://a.example/1", b"HTTP/1.1 200 OK\r\n\r\nsatu")
    second = record("response", "http://a.example/2", b"HTTP/1.1 200 OK\r\n\r\ndua")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(zipped(first + second, first))
    bodies = [one.body for one in read_exchanges(path, tell=told_nothing)]
    assert bodies == [b"satu", b"dua", b"satu"]
