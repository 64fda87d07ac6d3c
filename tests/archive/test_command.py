"""``rilis archive`` as people use it: results, messages, exit status."""

import io
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.archive.store import Store
from tests.archive.generator import generated_lines

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(generated_lines(30)) + b"\n")
    return path


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RILIS_ARCHIVE", raising=False)


def test_records_go_into_rilis_db_once(rilis: Run, records: Path) -> None:
    assert rilis("archive", "add", records) == (
        0,
        "",
        "30 new, 0 updated, 0 unchanged in rilis.db\n",
    )
    assert (
        rilis("archive", "add", records.parent)[2] == "0 new, 0 updated, 30 unchanged in rilis.db\n"
    )


def test_the_archive_is_named_by_option_or_environment(
    rilis: Run, records: Path, archive_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rilis("archive", "add", records, "--archive", archive_url)[0] == 0
    monkeypatch.setenv("RILIS_ARCHIVE", archive_url)
    status, out, _err = rilis("archive", "info")
    assert status == 0
    assert [line.split() for line in out.splitlines() if "releases" in line] == [["releases", "30"]]


def test_standard_input_is_read(rilis: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.BytesIO(b"\n".join(generated_lines(3)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(lines))
    assert "3 new" in rilis("archive", "add", "-")[2]


def test_bad_rows_are_listed_and_the_others_go_in(rilis: Run, records: Path) -> None:
    lines = records.read_bytes().splitlines()
    lines[4] = b"no record"
    records.write_bytes(b"\n".join(lines))
    status, _out, err = rilis("archive", "add", records)
    assert status == 3
    assert f"rilis: {records}:5: " in err
    assert "29 new" in err
    assert "1 input failed, 29 done" in err


def test_info_finds_a_word_that_was_tampered_with(rilis: Run, records: Path) -> None:
    rilis("archive", "add", records)
    assert rilis("archive", "info", "--verify")[0] == 0
    connection = sqlite3.connect("rilis.db")
    connection.execute("DROP TRIGGER spans_words_on_update")
    connection.execute("DROP TRIGGER versions_text_stays")
    connection.execute("UPDATE spans SET words = upper(words) WHERE id = 7")
    connection.execute("UPDATE versions SET text = text || 'x' WHERE id = 3")
    connection.commit()
    connection.close()
    status, _out, err = rilis("archive", "info", "--verify")
    assert status == 1
    assert "spans 7: " in err
    assert "versions 3: " in err


def test_move_copies_and_leaves_the_first_alone(
    rilis: Run, records: Path, archive_url: str
) -> None:
    rilis("archive", "add", records)
    before = Path("rilis.db").read_bytes()
    status, _out, err = rilis("archive", "move", archive_url)
    assert (status, "all equal" in err) == (0, True)
    assert Path("rilis.db").read_bytes() == before
    with Store.open("rilis.db") as store, store.read():
        pass
    status, _out, err = rilis("archive", "move", archive_url)
    assert status == 2
    assert "already" in err
    assert rilis("archive", "move", "rilis.db")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("info",), 2, "rilis.db: no such archive"),
        (("move", "new.db"), 2, "rilis.db: no such archive"),
        (("upgrade",), 2, "rilis.db: "),
        (("add", "nowhere.jsonl"), 2, "nowhere.jsonl: no such file"),
        (("info", "--archive", "mysql://h/d"), 2, "mysql://h/d"),
        (("info", "--archive", "postgresql://u:secret@%2Fnowhere/d"), 3, "postgresql://u:***@"),
        (("info", "--archive", "notes.txt"), 3, "notes.txt: is no database"),
    ],
)
def test_a_mistake_gets_one_line(
    rilis: Run, tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    (tmp_path / "notes.txt").write_text("catatan rapat " * 100)
    left, out, err = rilis("archive", *arguments)
    assert (left, out) == (status, "")
    assert said in err
    assert "secret" not in err
    assert err.count("\n") == 1
    assert not Path("rilis.db").exists()


def test_a_second_writer_waits_and_says_so(
    rilis: Run, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rilis("archive", "add", records)
    more = records.with_name("more.jsonl")
    more.write_bytes(next(iter(generated_lines(1, first=99))))
    monkeypatch.setattr("extractor.archive.store.WAIT", 0.1)
    with Store.open("rilis.db") as store, store.write():
        status, _out, err = rilis("archive", "add", more)
    assert status == 3
    assert "another program is writing; waiting for it" in err
    assert "try again later (0 releases of this run are kept)" in err


def test_the_messages_come_in_the_language_asked_for(rilis: Run) -> None:
    assert rilis("archive", "info", "--lang", "fr")[0] == 2


def test_help_names_every_subcommand_with_an_example(rilis: Run) -> None:
    _status, out, _err = rilis("archive", "--help")
    for name in ("add", "info", "move", "upgrade"):
        assert name in out
        assert "rilis archive" in rilis("archive", name, "--help")[1]
