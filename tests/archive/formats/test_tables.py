"""CSV tables: as RFC 4180 and Frictionless want them, read by others, and none of it a formula."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import hypothesis.strategies as st
import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given

from extractor.archive.exchange.tidy import TABLES, Column
from extractor.archive.formats.cells import DANGEROUS, Unfit, cell, value_of
from extractor.archive.formats.tables import package
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.store import Store
from tests.archive.exchanges import fill, write
from tests.archive.generator import generated

TEXT = Column("name", "text", "a text")
FORMULA = '=HYPERLINK("http://x.example";"klik")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("csv")
    with Store.open(made / "archive.db", create=True) as store:
        fill(store, records=12, decisions=60, seed=2)
        write(store, "csv", made / "tables")
        write(store, "csv", made / "excel", bom=True)
    return made / "tables"


def test_frictionless_finds_no_fault(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message", "rowNumber"])[:5]
    assert [task.name for task in report.tasks] == list(TABLES)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("events", b",held,", b",over,"),  # not among the values
        ("venues", b"\r\n", b"\r\n,1,Aula,onsite,,,,,,,,{},\r\n"),  # no release
        ("dates", b"release,event", b"release,what"),
        ("people", b"p1,1,", b"p2,1,"),  # a key twice
    ],
)
def test_frictionless_finds_planted_faults(
    folder: Path, tmp_path: Path, table: str, before: bytes, after: bytes
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / f"{table}.csv"
    path.write_bytes(path.read_bytes().replace(before, after, 1))
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_lines_end_as_the_rfc_says_and_every_row_has_every_cell(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        raw = path.read_bytes()
        assert raw.endswith(b"\r\n")
        assert not raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(StringIO(raw.decode(), newline=""), strict=True))
        assert {len(row) for row in rows} == {len(TABLES[path.stem].columns)}
        assert rows[0] == list(TABLES[path.stem].names)
        assert (folder.parent / "excel" / path.name).read_bytes() == b"\xef\xbb\xbf" + raw


def test_duckdb_and_pandas_read_the_same_as_the_archive(folder: Path) -> None:
    with duckdb.connect() as database:
        asked = "SELECT e.name, d.start_date, v.name FROM '{0}/events.csv' e JOIN '{0}/dates.csv' d USING (release, event) JOIN '{0}/venues.csv' v USING (release, event) ORDER BY ALL"  # fmt: skip
        rows = database.execute(asked.format(folder)).fetchall()
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str)
        for name in ("events", "dates", "venues")
    }
    joined = (
        tables["events"]
        .merge(tables["dates"], on=["release", "event"])
        .merge(tables["venues"], on=["release", "event"])
    )
    assert sorted(joined["name_x"]) == [row[0] for row in rows]
    assert len(rows) > 4
    spans = pd.read_csv(
        folder / "spans.csv", dtype={"start": int, "end": int}, keep_default_na=False
    )
    texts = dict(
        pd.read_csv(folder / "releases.csv", keep_default_na=False)[["release", "text"]].itertuples(
            index=False
        )
    )
    for row in spans.itertuples():
        words = texts[row.release].removeprefix("'")[row.start : row.end]
        assert words == row.words.removeprefix("'")


def test_no_cell_begins_as_a_formula(tmp_path: Path) -> None:
    [record] = generated(1, seed=5)
    told = json.loads(record.model_dump_json(by_alias=True))
    told["id"] = "-1"
    told["source"] |= {"title": FORMULA, "site": "@SUM(1)", "path": "+62 812"}
    told["people"][0] |= {"full_name": "\tx", "organization": "＝1"}
    with Store.open(tmp_path / "a.db", create=True) as store:
        add(store, from_records([type(record).model_validate(told)]))
        write(store, "csv", tmp_path / "tables")
    for path in (tmp_path / "tables").glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                assert not any(one.startswith(tuple("=+-@\t\r\n＝＋－＠")) for one in row), path
    assert f"'{FORMULA}".replace('"', '""') in (tmp_path / "tables" / "releases.csv").read_text()


@given(st.one_of(st.none(), st.text(), st.sampled_from(DANGEROUS).map(lambda one: one + "1+1")))
def test_every_text_comes_back_out_of_its_cell_and_none_is_a_formula(text: str | None) -> None:
    made = cell(TEXT, text)
    assert not made.startswith(tuple("=+-@\t\r\n"))
    assert (
        text is None
        or "\0" in text
        or any("\ud800" <= c <= "\udfff" for c in text)
        or value_of(TEXT, made) == text
    )


@given(
    st.one_of(
        st.integers(-(2**31) + 1, 2**31 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
    )
)
def test_every_number_comes_back_out_of_its_cell(value: Any) -> None:
    kind = (
        "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "number"
    )
    column = Column("x", kind, "")
    assert value_of(column, cell(column, value)) == value


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (Column("x", "integer", ""), "1.0"), (Column("x", "integer", ""), "٣"), (Column("x", "integer", ""), "99999999999"),
        (Column("x", "number", ""), "0,5"), (Column("x", "number", ""), "inf"), (Column("x", "boolean", ""), "TRUE"),
        (Column("x", "list", ""), "{}"), (Column("x", "json", ""), "[1"), (Column("x", "text", "", True), ""),
        (Column("x", "text", ""), "a\0b"), (Column("x", "day", ""), "1/5/2024"), (Column("x", "text", "", choices=("a",)), "b"),
    ],
)  # fmt: skip
def test_what_a_column_cannot_hold_is_told(column: Column, told: str) -> None:
    with pytest.raises(Unfit, match=r"^x: "):
        value_of(column, told)


def test_the_description_names_every_column() -> None:
    told = package("csv", masked=False)
    for resource in told["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == list(TABLES[resource["name"]].names)
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_documentation_lists_every_table_and_column() -> None:
    told = (Path(__file__).parents[3] / "docs" / "archive.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        names = ", ".join(f"`{name}`" for name in table.names)
        assert f"| `{table.name}` | {table.about} | {names} |" in told
