"""Exports come back unchanged, with what people decided; what does not fit leaves nothing behind."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select

from extractor.archive import schema
from extractor.archive.exchange import importing
from extractor.archive.exchange.importing import Imported, take_in
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records, incoming, looked_at
from extractor.archive.records import records_of, release_ids
from extractor.archive.reviewing.addresses import Address
from extractor.archive.reviewing.deciding import reject
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from extractor.record import Record, Warning
from tests.archive.exchanges import bytes_of, fill, withhold, write
from tests.archive.generator import generated
from tests.examples import examples

EXAMPLES = examples(8)
FORMS = (("csv", "tables"), ("csv", "tables.zip"), ("jsonl", "records.jsonl"))
Rilis = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports of an archive in which people decided things."""
    folder = tmp_path_factory.mktemp("decided")
    with Store.open(folder / "archive.db", create=True) as store:
        fill(store, records=8, decisions=60, seed=3)
        for form, name in FORMS:
            write(store, form, folder / name)
    return folder


def count(store: Store, table: Any) -> int:
    with store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def records(store: Store) -> list[Record]:
    with store.read() as connection:
        return list(records_of(connection, release_ids(connection), rejected=True))


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_an_imported_archive_exports_the_same_bytes(
    store: Store, decided: Path, tmp_path: Path, form: str, name: str
) -> None:
    done = take_in(store, decided / name)
    assert (done.new, done.refused) == (8, [])
    write(store, form, tmp_path / name)
    assert bytes_of(tmp_path / name) == bytes_of(decided / name)
    assert list(faults(store)) == []
    with Store.open(decided / "archive.db") as origin:
        assert records(store) == records(origin)
        for table in (schema.spans, schema.reviews, schema.proposals, schema.roles, schema.edits):
            assert count(store, table) == count(origin, table)
        assert count(store, schema.reviews) > 20


def test_links_to_entities_come_back_and_numbers_that_are_taken_give_way(
    store: Store, decided: Path, tmp_path: Path
) -> None:
    take_in(store, decided / "tables")
    with Store.open(decided / "archive.db") as origin, store.read() as here, origin.read() as there:
        for kind in ("person", "event"):
            links = schema.metadata.tables[f"{kind}_links"]
            columns = (links.c.entity_id, links.c.score, links.c.state, links.c.author)
            asked = select(*columns).where(links.c.state != "rejected")
            found = sorted(map(tuple, here.execute(asked).all()))
            assert 0 < len(found) <= len(there.execute(asked).all())
            assert set(found) <= set(map(tuple, there.execute(asked).all()))
    with Store.open(tmp_path / "b.db", create=True) as other:
        with other.write() as connection:
            entities = schema.person_entities
            for number, name in ((3, "Orang Lain"), (8, "=Satu 8")):
                connection.execute(
                    entities.insert().values(id=number, name=name, created_at="2025-01-01")
                )
        assert take_in(other, decided / "records.jsonl").refused == []
        with other.read() as connection:
            names = {row.id: row.name for row in connection.execute(select(entities))}
            states = set(connection.execute(select(schema.person_links.c.state)).scalars())
        assert names == {3: "Orang Lain", 8: "=Satu 8", 9: "=Satu 3"}
        assert states == {"confirmed"}


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_the_same_again_changes_nothing(store: Store, decided: Path, form: str, name: str) -> None:
    take_in(store, decided / name)
    assert take_in(store, decided / name) == Imported(unchanged=8)


@given(seed=st.integers(0, 10**6), decisions=st.integers(0, 60))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_was_decided_comes_back(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, seed: int, decisions: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Store.open(shutil.copy(sqlite_template, folder / "a.db")) as store:
        fill(store, records=3, decisions=decisions, seed=seed)
        write(store, "csv", folder / "a")
        write(store, "jsonl", folder / "a.jsonl")
    for name in ("a", "a.jsonl"):
        with Store.open(shutil.copy(sqlite_template, folder / f"{name}.db")) as store:
            assert take_in(store, folder / name).refused == []
            write(store, "csv", folder / "b")
            write(store, "jsonl", folder / "b.jsonl")
        assert bytes_of(folder / "b.jsonl") == bytes_of(folder / "a.jsonl")
        if name == "a":  # the times of what nobody decided stand in tables alone
            assert bytes_of(folder / "b") == bytes_of(folder / "a")
        shutil.rmtree(folder / "b")
        (folder / "b.jsonl").unlink()


HOSTILE = ("=1+1", "+62", "-5", "@SUM(A1)", "\tx", "'", "''", "\r\n", ' "quoted", and; parted ', "＝2", "a\r\nb\rc\nd", "NULL", "\ufeffx", "é\u0301 🌾", "0", "true", "1e5", "2024-05-03", "\x1f", "  ")  # fmt: skip


@given(
    st.lists(
        st.one_of(
            st.sampled_from(HOSTILE),
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                min_size=1,
                max_size=30,
            ),
        ),
        min_size=6,
        max_size=6,
    )
)
@settings(
    max_examples=examples(2) * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
)
def test_whatever_stands_in_a_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("text")
    [record] = generated(1, seed=1)
    told = json.loads(record.model_dump_json(by_alias=True))
    told["source"] |= {"title": texts[0], "site": texts[1], "path": texts[2]}
    told["people"][0] |= {"organization": texts[3], "titles": [texts[4], ""], "full_name": ""}
    told["warnings"] = [{"code": texts[5], "message": texts[0] + texts[1]}]
    told["id"] = texts[2]
    changed = Record.model_validate(told)
    with Store.open(shutil.copy(sqlite_template, folder / "a.db")) as store:
        added = add(store, from_records([changed]))
        assert added.refused == []
        write(store, "csv", folder / "a")
        write(store, "csv", folder / "bom", bom=True)
        write(store, "jsonl", folder / "a.jsonl")
    for name in ("a", "bom", "a.jsonl"):
        with Store.open(shutil.copy(sqlite_template, folder / f"{name}.2.db")) as store:
            assert take_in(store, folder / name).refused == []
            assert records(store) == [changed]


def test_records_alone_can_be_added_and_decisions_are_told(store: Store, decided: Path) -> None:
    added = add(store, incoming([decided / "records.jsonl"]))
    assert added.new == 8
    [refused] = added.refused
    assert "rilis archive import" in refused.reason
    assert refused.place.endswith(".jsonl:2")


def test_rows_in_another_order_are_the_same(store: Store, decided: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(decided / "tables", tmp_path / "tables"))
    for path in folder.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        turned = [header[::-1], *(row[::-1] for row in rows[::-1])]
        if path.stem in ("releases", "spans", "organizers", "dates", "roles"):
            turned = [header, *rows]  # places alike in a field are told apart by their order alone
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(turned)
    assert take_in(store, folder) == Imported(new=8)
    write(store, "csv", tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(decided / "tables")


def edit(folder: Path, table: str, row: int, **values: str | None) -> None:
    """Put values into a row of a table (from 1); None takes the row away."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    for name, value in values.items():
        if value is None:
            del rows[row]
            break
        rows[row][rows[0].index(name)] = value
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("events", {"main": "ya"}, "events.csv:2: main: 'ya' is no boolean"),
        ("events", {"status": "selesai"}, "events.csv:2: status: 'selesai' is none of held, planned"),
        ("events", {"name": ""}, "events.csv:2: name: is empty"),
        ("dates", {"event": "77"}, "dates.csv:2: event: 77 is not there"),
        ("dates", {"start_date": "03/05/2024"}, "dates.csv:2: start_date: '03/05/2024' is no ISO day"),
        ("spans", {"start": "0"}, "spans.csv:2: person.mention: the text at 0 to"),
        ("spans", {"confidence": "7"}, "spans.csv:2: confidence: lies between 0 and 1"),
        ("spans", {"confidence": "nan"}, "spans.csv:2: confidence: nan is no number"),
        ("spans", {"start": "1,5"}, "spans.csv:2: start: '1,5' is no integer"),
        ("people", {"titles": "Drs."}, "people.csv:2: titles: 'Drs.' is no JSON list"),
        ("people", {"release": "elsewhere"}, "people.csv:2: release: 'elsewhere' is not there"),
        ("people", {"name": None}, "is not there"),
        ("releases", {"masked": "true"}, "releases.csv:2: names are struck out"),
        ("releases", {"headline": "Lain"}, "releases.csv:2: headline: 'Lain' does not fit"),
        ("releases", {"release": None}, "release: "),
        ("dates", {"words": "besok"}, "dates.csv:2: words: 'besok' does not fit"),
        ("links", {"person": "p77", "event": ""}, "links.csv:2: person: 'p77' is not there"),
        ("links", {"person": "", "event": ""}, "links.csv:2: a link is of an event or of a person"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_named_and_nothing_is_kept(
    sqlite_archive: str,
    decided: Path,
    tmp_path: Path,
    table: str,
    values: dict[str, Any],
    said: str,
) -> None:
    folder = Path(shutil.copytree(decided / "tables", tmp_path / "tables"))
    edit(folder, table, 1, **values)
    with Store.open(sqlite_archive) as store:
        done = take_in(store, folder)
        assert (done.new, count(store, schema.releases), count(store, schema.rules)) == (0, 0, 0)
    told = [f"{one.place}: {one.reason}" for one in done.refused]
    assert any(said in one for one in told), told


def test_what_went_in_before_a_bad_row_is_taken_out_again(
    store: Store, decided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    folder = Path(shutil.copytree(decided / "tables", tmp_path / "tables"))
    edit(folder, "releases", -1, headline="Lain")  # seen when the others have been written
    assert len(take_in(store, folder).refused) == 1
    assert count(store, schema.releases) == count(store, schema.spans) == 0
    assert take_in(store, decided / "tables") == Imported(new=8)


def test_files_that_are_no_tables_are_told(
    store: Store, decided: Path, tmp_path: Path, rilis: Rilis, archive_url: str
) -> None:
    folder = Path(shutil.copytree(decided / "tables", tmp_path / "tables"))
    raw = (folder / "events.csv").read_bytes()
    for bad, said in (
        (raw.replace(b",", b";"), "events.csv:1: columns are missing"),
        (raw.replace(b"event,", b"event,event,", 1), "events.csv:1: columns that the table does not have"),
        (raw + b"\xff\xfe\n", "is not UTF-8"),
        (raw + b'"open', "unexpected end of data"),
        (raw + b"a,b\r\n", "2 cells, and 12 columns"),
    ):  # fmt: skip
        (folder / "events.csv").write_bytes(bad)
        status, _out, told = rilis("archive", "import", folder, "--archive", archive_url)
        assert (status, said in told) == (3, True), told
        assert "nothing was kept" in told
    (folder / "events.csv").unlink()
    status, _out, told = rilis("archive", "import", folder, "--archive", archive_url)
    assert (status, "has no events.csv" in told) == (2, True), told
    for path, name in ((tmp_path / "x.zip", "not a zip"), (tmp_path / "no.jsonl", "no such file")):
        if path.suffix == ".zip":
            path.write_bytes(b"PK nothing")
        status, _out, told = rilis("archive", "import", path, "--archive", archive_url)
        assert (status, name in told) == (2, True), told


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"release": "another"}, "decisions on 'another' behind the record of"),
        ({"tables": {"places": []}}, "places: no table of this version"),
        ({"tables": {"venues": [{"name": "Aula"}]}}, "venues: a row has other columns"),
        ({"tables": {"releases": [{"colour": "red"}]}}, "releases: no table of this version"),
        ({"tables": {"events": []}}, "event: 1 is not there"),
        ({"tables": None}, "tables: is empty"),
    ],
)
def test_decisions_that_do_not_fit_are_told(
    store: Store, decided: Path, tmp_path: Path, line: dict[str, Any], said: str
) -> None:
    record, decisions = (decided / "records.jsonl").read_text().splitlines()[:2]
    changed = json.dumps(json.loads(decisions) | line)
    (tmp_path / "r.jsonl").write_text(f"{record}\n{changed}\n{{}}\n")
    done = take_in(store, tmp_path / "r.jsonl")
    told = [f"{one.place}: {one.reason}" for one in done.refused]
    assert any(said in one and "r.jsonl:" in one for one in told), told
    assert any("r.jsonl:3: no record" in one for one in told), told
    assert count(store, schema.releases) == 0


def test_a_masked_export_is_not_taken_for_the_true_text(store: Store, tmp_path: Path) -> None:
    add(store, from_records(generated(2, seed=9)))
    withhold(store, person_id=1)
    write(store, "csv", tmp_path / "tables")
    write(store, "jsonl", tmp_path / "r.jsonl")
    with Store.open(tmp_path / "b.db", create=True) as other:
        for name in ("tables", "r.jsonl"):
            done = take_in(other, tmp_path / name)
            assert len(done.refused) == 1
            assert "struck out" in done.refused[0].reason
            assert count(other, schema.releases) == 0
        added = add(other, incoming([tmp_path / "r.jsonl"]))
        assert (added.new, len(added.refused)) == (1, 1)


def test_a_release_that_is_there_otherwise_is_not_overwritten(store: Store, decided: Path) -> None:
    take_in(store, decided / "tables")
    with store.read() as connection:
        span = connection.execute(
            select(schema.spans).where(
                schema.spans.c.field == "event.organizer", schema.spans.c.state == "unreviewed"
            )
        ).first()
    assert span is not None
    reject(store, Address(span.field, span.event_id, span.position), reviewer="Tono")
    before = records(store)
    done = take_in(store, decided / "tables")
    assert len(done.refused) == 1
    assert "otherwise" in done.refused[0].reason
    assert records(store) == before


def test_a_record_with_the_mark_of_a_mask_is_refused() -> None:
    [record] = generated(1)
    masked = record.model_copy(update={"warnings": (Warning(code="masked", message="x"),)})
    assert "struck out" in looked_at("here", masked).reason  # type: ignore[union-attr]


def test_whom_rules_find_at_risk_is_withheld_as_with_add(store: Store, tmp_path: Path) -> None:
    [record] = generated(1, seed=4)
    name = record.people[0].name
    text = f"{record.text}\nCamat menjenguk korban, {name}, di rumahnya."
    changed = record.model_copy(update={"text": text})
    (tmp_path / "r.jsonl").write_text(changed.model_dump_json(by_alias=True) + "\n")
    assert take_in(store, tmp_path / "r.jsonl").withheld == 1
    write(store, "jsonl", tmp_path / "shown.jsonl")
    assert name not in (tmp_path / "shown.jsonl").read_text()
