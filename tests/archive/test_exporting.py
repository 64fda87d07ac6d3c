"""What is chosen goes out, whole or not at all, and nothing that is withheld; on both stores."""

import errno
import json
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.exchange.exporting import Choice, chosen
from extractor.archive.formats import FORMATS, jsonl, tables
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.reviewing.deciding import complete
from extractor.archive.store import Store
from extractor.errors import SourceError, UsageError
from extractor.record import MASKED, record_from_json
from tests.archive.exchanges import bytes_of, withhold, write
from tests.archive.generator import generated

RECORDS = list(generated(14, seed=8))
Rilis = Callable[..., tuple[int, str, str]]


@pytest.fixture
def filled(store: Store) -> Store:
    add(store, from_records(RECORDS), batch=20)
    return store


def ids(path: Path) -> list[str]:
    return [record_from_json(line).id for line in path.read_bytes().splitlines()]


def test_records_come_out_as_they_went_in(filled: Store, tmp_path: Path) -> None:
    assert write(filled, "jsonl", tmp_path / "r.jsonl").releases == len(RECORDS)
    lines = (tmp_path / "r.jsonl").read_bytes().splitlines()
    assert [record_from_json(line) for line in lines] == RECORDS
    assert sorted(path.name for path in tmp_path.glob("r*")) == ["r.jsonl"]


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ({"since": "2020-01-01"}, lambda one: one.events[0].date.start >= "2020-01-01"),
        ({"until": "2019-12-31"}, lambda one: one.events[0].date.start <= "2019-12-31"),
        (
            {"since": "2017-01-01", "until": "2021-01-01"},
            lambda one: "2017-01-01" <= one.events[0].date.start <= "2021-01-01",
        ),
        ({"site": "dinkes"}, lambda one: one.source.site == "dinkes"),
        (
            {"type": "PELATIHAN"},
            lambda one: "pelatihan" in (one.events[0].type, one.events[0].event_class),
        ),
        ({"site": "tidak ada"}, lambda one: False),
    ],
)
def test_only_what_is_chosen_goes_out(
    filled: Store, choice: dict[str, str], wanted: Callable[[Any], bool]
) -> None:
    with filled.read() as connection:
        found = [number for number, _public in chosen(connection, Choice(**choice))]
    assert found == [number for number, one in enumerate(RECORDS, 1) if wanted(one)]


def test_both_days_are_included_and_the_day_of_publication_stands_in_for_an_event(
    store: Store, tmp_path: Path
) -> None:
    first, second = RECORDS[:2]
    dateless = [one.model_copy(update={"date": None}) for one in second.events]
    add(store, from_records([first, second.model_copy(update={"events": tuple(dateless)})]))
    event, published = first.events[0].date.start, second.source.published  # type: ignore[union-attr]
    for day, number in ((event, 1), (published, 2)):
        with store.read() as connection:
            assert [one for one, _ in chosen(connection, Choice(since=day, until=day))] == [number]
    withhold(store, release_id=2)
    assert (
        write(store, "jsonl", tmp_path / "r.jsonl", since=published, until=published).withheld == 1
    )


def test_only_what_a_person_has_completed_is_reviewed(filled: Store, tmp_path: Path) -> None:
    complete(filled, RECORDS[2].id, reviewer="Sri")
    write(filled, "jsonl", tmp_path / "r.jsonl", reviewed_only=True)
    assert record_from_json((tmp_path / "r.jsonl").read_bytes().splitlines()[0]) == RECORDS[2]
    assert len((tmp_path / "r.jsonl").read_bytes().splitlines()) == 2  # and the decision


def test_what_is_withheld_stays_in_and_a_masked_record_says_that_it_is_one(
    filled: Store, tmp_path: Path
) -> None:
    hidden = RECORDS[0].people[0].name
    withhold(filled, person_id=1)
    withhold(filled, release_id=2)
    for form, target in (("jsonl", "r.jsonl"), ("csv", "r"), ("parquet", "p")):
        written = write(filled, form, tmp_path / target)
        assert (written.releases, written.masked, written.withheld) == (13, 1, 1)
        for name, raw in bytes_of(tmp_path / target).items():
            if form != "parquet":
                first = raw.decode().split(RECORDS[2].id)[0] if form == "jsonl" else raw.decode()
                assert RECORDS[1].id not in raw.decode(), name
                lines = [one for one in first.splitlines() if RECORDS[0].id in one]
                assert not any(hidden in one for one in lines), name
    first = record_from_json((tmp_path / "r.jsonl").read_bytes().splitlines()[0])
    assert first.warnings[-1].code == MASKED
    assert json.loads((tmp_path / "r" / "datapackage.json").read_bytes())["masked"] is True


def test_what_is_there_is_replaced_only_by_force(filled: Store, tmp_path: Path) -> None:
    for form, name in (("jsonl", "r.jsonl"), ("csv", "tables"), ("csv", "r.zip")):
        write(filled, form, tmp_path / name)
        before = bytes_of(tmp_path / name)
        with pytest.raises(UsageError, match="--force"):
            write(filled, form, tmp_path / name)
        write(filled, form, tmp_path / name, force=True)
        assert bytes_of(tmp_path / name) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[0] == ".") == []


def test_a_folder_with_other_files_is_never_replaced(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    with pytest.raises(UsageError, match="other files"):
        write(filled, "csv", tmp_path / "mine", force=True)
    with pytest.raises(UsageError, match="is a folder"):
        write(filled, "jsonl", tmp_path / "mine", force=True)
    assert (tmp_path / "mine" / "letter.txt").exists()


@pytest.mark.parametrize(
    ("form", "name"), [("jsonl", "r.jsonl"), ("csv", "tables"), ("csv", "r.zip")]
)
def test_a_full_disk_leaves_what_was_there(
    sqlite_archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, name: str
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Store.open(sqlite_archive) as store:
        add(store, from_records(RECORDS))
        write(store, form, tmp_path / name)
        before = bytes_of(tmp_path / name)
        monkeypatch.setattr(jsonl, "decided", full)
        monkeypatch.setattr(tables, "package", full)
        with pytest.raises(SourceError, match="No space left"):
            write(store, form, tmp_path / name, force=True)
    assert bytes_of(tmp_path / name) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("part", [0.3, 0.6, 0.97])
def test_a_disk_that_fills_up_leaves_no_half_of_a_database(
    sqlite_archive: str, tmp_path: Path, part: float
) -> None:
    """While rows go in, and when the file is put in order at the end."""
    target = tmp_path / "public.db"
    with Store.open(sqlite_archive) as store:
        add(store, from_records(RECORDS))
        write(store, "sqlite", target)
        before = target.read_bytes()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(len(before) * part), hard))
        try:
            with pytest.raises(SourceError, match="disk is full"):
                write(store, "sqlite", target, force=True)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_zip_holds_the_tables_and_is_the_same_each_time(filled: Store, tmp_path: Path) -> None:
    write(filled, "csv", tmp_path / "a.zip")
    write(filled, "csv", tmp_path / "b.zip")
    write(filled, "csv", tmp_path / "tables")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    assert inside == bytes_of(tmp_path / "tables")


def test_every_form_is_there() -> None:
    assert " ".join(FORMATS) == "csv jsonl jsonld ical atom dc parquet bibtex sqlite"


def test_the_command_writes_to_standard_output_and_says_what_it_did(
    rilis: Rilis, archive_url: str, filled: Store, tmp_path: Path
) -> None:
    status, out, said = rilis("archive", "export", "--format", "jsonl", "--archive", archive_url)
    assert (status, len(out.splitlines())) == (0, len(RECORDS))
    assert "14 releases in standard output" in said
    status, out, _ = rilis(
        "archive",
        "export",
        "--format",
        "csv",
        "--table",
        "venues",
        "--bom",
        "--archive",
        archive_url,
    )
    assert status == 0
    assert out.startswith("\ufeffrelease,event,name")
    target = tmp_path / "t"
    assert (
        rilis("archive", "export", "--format", "csv", "-o", target, "--archive", archive_url)[0]
        == 0
    )
    assert (target / "spans.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "xls"), "one of csv, jsonl"),
        (("--format", "csv"), "name a folder or .zip"),
        (("--format", "jsonl", "--since", "3/5/2024"), "a day such as 2024-05-01"),
        (("--format", "jsonl", "--table", "venues"), "--table venues"),
        (("--format", "csv", "--table", "tempat"), "--table tempat"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    rilis: Rilis, sqlite_archive: str, arguments: tuple[str, ...], said: str
) -> None:
    status, _out, told = rilis("archive", "export", *arguments, "--archive", sqlite_archive)
    assert (status, said in told) == (2, True), told


def test_a_folder_that_is_not_there_is_told(
    rilis: Rilis, sqlite_archive: str, tmp_path: Path
) -> None:
    status, _out, told = rilis(
        "archive",
        "export",
        "--format",
        "jsonl",
        "-o",
        tmp_path / "no" / "r.jsonl",
        "--archive",
        sqlite_archive,
    )
    assert status == 3
    assert "cannot be written" in told
