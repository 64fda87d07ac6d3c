"""Records go in once, whole or not at all; the same on both stores, row for row."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from extractor.archive import schema
from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import Refused, from_records, incoming, parsed
from extractor.archive.moving import rows_of, table_sum
from extractor.archive.records import records_of, release_ids
from extractor.archive.store import Store
from extractor.archive.verifying import faults, overview
from extractor.errors import UsageError
from extractor.record import Record, text_version, to_json
from tests.archive.generator import generated, generated_lines

TIMES = ("added_at", "updated_at", "first_seen", "kept_at")


def put(store: Store, *records: Record, batch: int = 500) -> Added:
    return add(store, from_records(records), batch)


def back(store: Store) -> list[Record]:
    with store.read() as connection:
        return list(records_of(connection, release_ids(connection)))


def sums(store: Store) -> dict[str, Any]:
    with store.read() as connection:
        return {table.name: table_sum(connection, table) for table in schema.metadata.sorted_tables}


def changed(record: Record, **source: Any) -> Record:
    return record.model_copy(update={"source": record.source.model_copy(update=source)})


def with_text(record: Record, text: str, **more: Any) -> Record:
    """Another version of the text, in which nothing is read."""
    bare = {
        "text": text,
        "events": (),
        "people": (),
        "quotes": (),
        "dates": (),
        "credit": None,
        "dateline": None,
        "removed": (),
        "warnings": (),
    }
    source = record.source.model_copy(update={"sha256": text_version(text)} | more)
    return record.model_copy(update=bare | {"source": source})


def test_what_goes_in_comes_out_the_same(store: Store, record: Record) -> None:
    records = [record, *generated(40, seed=3)]
    assert put(store, *records, batch=7) == Added(new=41)
    assert back(store) == records
    assert list(faults(store)) == []


def test_adding_again_changes_no_row(store: Store) -> None:
    records = list(generated(20, seed=4))
    put(store, *records)
    before = sums(store)
    assert put(store, *records, batch=3) == Added(unchanged=20)
    assert sums(store) == before


def test_both_stores_hold_the_same_rows(sqlite_archive: str, postgresql_archive: str) -> None:
    records = list(generated(30, seed=5))
    newer = list(generated(15, seed=5, rules_version="newer"))
    found = []
    for url in (sqlite_archive, postgresql_archive):
        with Store.open(url) as store:
            put(store, *records)
            put(store, *newer)
            with store.read() as connection:
                found.append(
                    {
                        table.name: [
                            [
                                v
                                for c, v in zip(table.columns.keys(), row, strict=True)
                                if c not in TIMES
                            ]
                            for row in rows_of(connection, table)
                        ]
                        for table in schema.metadata.sorted_tables
                    }
                )
    assert found[0] == found[1]
    assert len(found[0]["readings"]) == 15


BAD: list[tuple[Callable[[Any], object], str, str]] = [
    (lambda r: r["events"][0]["name"].update(start=0, end=3), "events.0.name", "words elsewhere"),
    (lambda r: r["quotes"][0].update(end=99_999), "quotes.0", "behind the text"),
    (
        lambda r: r["quotes"][3].update(
            start=len(r["text"]) - 1, text=r["text"][-1], end=len(r["text"]) + 1
        ),
        "quotes.3",
        "cut off by the end of the text",
    ),
    (lambda r: r["quotes"][0].update(start=-1), "quotes.0", "before the text"),
    (lambda r: r["dates"][0].update(text="1 Mei"), "dates", "another date"),
    (lambda r: r["people"][0]["mentions"][0].update(text="Dadu"), "people.0", "another name"),
    (lambda r: r["quotes"][0].update(speaker="p9"), "p9", "a speaker who is nobody"),
    (lambda r: r["events"][0]["participants"].append("p9"), "p9", "a participant who is nobody"),
    (lambda r: r["people"].append(r["people"][0]), "same id", "one id twice"),
    (lambda r: r["events"][0]["name"].update(confidence=1.5), "confidence", "more than sure"),
    (lambda r: r.update(schema="rilis/record/2"), "schema", "another version"),
    (lambda r: r.update(mood="good"), "mood", "unknown field"),
    (lambda r: r.update(id=""), "id", "no id"),
    (lambda r: r["source"].update(title="a\0b"), "NUL", "NUL"),
    (lambda r: r["source"].update(uri="x" * 1001), "source.uri", "longer than an index holds"),
    (lambda r: r["removed"][0].update(paragraph=2**40), "too large", "larger than an integer"),
    (lambda r: r["removed"][0].update(similarity=float("inf")), "", "no number"),
    (lambda r: r.update(text="x"), "", "another text"),
]


def test_bad_rows_are_told_and_nothing_of_them_is_kept(
    store: Store, record: Record, tmp_path: Path
) -> None:
    good = list(generated_lines(len(BAD), seed=1))
    lines = []
    for (break_it, _said, _name), line in zip(BAD, good, strict=True):
        bad = json.loads(to_json(record))
        break_it(bad)
        lines += [json.dumps(bad).encode(), b"", line]
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    added = add(store, incoming([path]))
    assert added.new == len(good)
    for number, (refused, (_break, said, name)) in enumerate(zip(added.refused, BAD, strict=True)):
        assert refused.place == f"{path}:{3 * number + 1}", name
        assert said in refused.reason, name
        assert "\n" not in refused.reason, name
    assert [one.id for one in back(store)] == [json.loads(line)["id"] for line in good]
    assert overview(store).rows["versions"] == len(good)


@pytest.mark.parametrize(
    "line",
    [
        b"garbage", b"[]", b"null", b"{", b'{"schema": 1}', b"\xff\xfe{}", b'"' + b"x" * 99, b"[" * 100_000,
        b'{"a": "\\ud800"}', b"{}" * 9, b"1e999",
    ],
)  # fmt: skip
def test_a_line_that_is_no_record_is_refused_in_one_line(line: bytes) -> None:
    found = parsed("x:1", line)
    assert isinstance(found, Refused)
    assert "\n" not in found.reason
    assert "rilis extract" in found.reason


def test_half_a_surrogate_pair_is_refused(record: Record) -> None:
    bad = changed(record, title="\ud800")
    assert [type(one) for one in from_records([bad])] == [Refused]


def test_a_backslash_u0000_written_out_is_no_nul(store: Store, record: Record) -> None:
    odd = changed(record, title="C:\\u0000")
    assert put(store, odd) == Added(new=1)
    assert back(store) == [odd]


def test_one_that_the_database_refuses_does_not_hold_up_its_batch(
    store: Store, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the look before ever miss something, the database's own checks still hold."""
    monkeypatch.setattr("extractor.archive.intake.incoming._wrong", lambda _record: iter(()))
    name = record.events[0].name.model_copy(update={"start": 1, "end": 95})
    wrong = record.model_copy(
        update={"events": (record.events[0].model_copy(update={"name": name}),)}
    )
    records = list(generated(6, seed=2))
    added = put(store, *records[:3], wrong, *records[3:])
    assert (added.new, len(added.refused)) == (6, 1)
    assert "the words of a span" in added.refused[0].reason
    assert back(store) == records


def test_a_release_that_comes_twice_in_a_batch_is_there_once(store: Store, record: Record) -> None:
    later = changed(record, title="Judul lain")
    assert put(store, record, later, record) == Added(new=1, updated=2)
    assert back(store) == [record]


def test_where_it_came_from_is_brought_up_to_date_and_remembered(
    store: Store, record: Record
) -> None:
    moved = changed(record, path="arsip/baru.txt", published="2024-07-12")
    put(store, record)
    assert put(store, moved) == Added(updated=1)
    assert back(store) == [moved]
    with store.read() as connection:
        places = connection.execute(select(schema.sources.c.place).order_by("id")).scalars().all()
    assert places == [record.source.path, "arsip/baru.txt"]


def test_another_version_of_the_text_is_in_force_and_the_first_is_kept(
    store: Store, record: Record
) -> None:
    second = with_text(record, "Ralat: rapat ditunda.")
    put(store, record)
    assert put(store, second) == Added(updated=1)
    assert back(store) == [second]
    with store.read() as connection:
        versions = connection.execute(
            select(schema.versions.c.text, schema.versions.c.current).order_by("id")
        ).all()
        kept = connection.execute(select(schema.readings.c.record)).scalar_one()
    assert versions == [(record.text, False), (second.text, True)]
    assert json.loads(kept) == json.loads(to_json(record))


def test_both_versions_again_change_nothing(store: Store, record: Record) -> None:
    second = with_text(record, "Ralat: rapat ditunda.")
    put(store, record, second)
    before = sums(store)
    assert put(store, record, second) == Added(unchanged=2)
    assert sums(store) == before


def test_an_older_text_that_comes_late_is_kept_but_not_in_force(
    store: Store, record: Record
) -> None:
    newer = with_text(record, "Baru.", retrieved="2024-07-13T00:00:00Z")
    older = with_text(record, "Lama.", retrieved="2024-07-12T00:00:00Z")
    put(store, newer, older)
    assert back(store) == [newer]
    assert overview(store).rows["versions"] == 2
    again = with_text(record, "Lama.", retrieved="2024-07-14T00:00:00Z")
    put(store, again)
    assert [one.text for one in back(store)] == ["Lama."]


def test_search_follows_the_text_in_force(store: Store, record: Record) -> None:
    put(store, record)
    put(store, with_text(record, "Pemberdayaan nelayan."))
    with store.read() as connection:
        rows = connection.execute(select(schema.search_documents)).all()
        assert [row.body for row in rows] == ["pemberdayaan nelayan"]
        found = (
            "SELECT rowid FROM search_releases WHERE search_releases MATCH 'nelayan'"
            if store.dialect == "sqlite"
            else "SELECT place & 1099511627775 FROM search_index WHERE terms_vector @@ 'wnelayan'"
        )
        assert connection.exec_driver_sql(found).all() == [(1,)]
        assert connection.exec_driver_sql(found.replace("nelayan", "kader")).all() == []


def test_a_text_that_fills_the_index_goes_in_all_the_same(store: Store, record: Record) -> None:
    long = with_text(record, " ".join(f"kata{n}🌾{n * 7919:x}" for n in range(120_000)))
    assert put(store, long) == Added(new=1)
    assert back(store) == [long]


def test_offices_are_one_whatever_capitals_and_blanks(store: Store, record: Record) -> None:
    people = [
        record.people[0].model_copy(update={"organization": name, "id": f"p{n}"})
        for n, name in enumerate(("Dinas Sosial", "DINAS  SOSIAL", "dinas sosial ", "Bappeda"), 1)
    ]
    put(store, record.model_copy(update={"people": tuple(people)}))
    with store.read() as connection:
        names = connection.execute(select(schema.offices.c.name).order_by("id")).scalars().all()
        used = connection.execute(
            select(func.count(schema.people.c.office_id.distinct()))
        ).scalar_one()
    assert names == ["Dinas Sosial", "Bappeda", "DPMPPA Kota Pekalongan"]
    assert used == 2


def test_numbers_that_the_database_gives_go_on_behind_those_of_add(
    store: Store, record: Record
) -> None:
    put(store, record)
    with store.write() as connection:
        for table in (schema.offices, schema.rules):
            last = connection.execute(select(func.max(table.c.id))).scalar_one()
            key = {"key": "z"} if table is schema.offices else {"rules_version": "z"}
            made = connection.execute(table.insert().values(name="z", **key))
            assert made.inserted_primary_key == (last + 1,)
    put(store, *generated(3))
    assert list(faults(store)) == []


def test_folders_files_lists_and_lines_are_read(store: Store, tmp_path: Path) -> None:
    lines = list(generated_lines(6, seed=9))
    (tmp_path / "a.json").write_bytes(lines[0])
    (tmp_path / "b.json").write_bytes(b"[" + lines[1] + b"," + lines[2] + b"]")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.jsonl").write_bytes(b"\r\n".join(lines[3:]))
    (tmp_path / "c" / "notes.txt").write_text("no record")
    assert add(store, incoming([tmp_path])) == Added(new=6)


@pytest.mark.parametrize("name", ["nowhere.jsonl", "empty"])
def test_a_path_that_leads_nowhere_is_wrong_use(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        list(incoming([tmp_path / name]))


def test_a_line_without_end_is_refused_and_the_next_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.intake.incoming.LONGEST_LINE", 100_000)
    path = tmp_path / "long.jsonl"
    good = next(iter(generated_lines(1)))
    path.write_bytes(b'"' + b"x" * 350_000 + b'"\n' + good + b"\n")
    found = list(incoming([path]))
    assert isinstance(found[0], Refused)
    assert [one.place for one in found] == [f"{path}:1", f"{path}:2"]
    assert not isinstance(found[1], Refused)
