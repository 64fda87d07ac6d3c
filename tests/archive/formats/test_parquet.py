"""Parquet tables hold what the CSV tables hold, with types, as DuckDB reads them."""

import csv
import datetime
from pathlib import Path

import duckdb
import pytest

from extractor.archive.exchange.tidy import TABLES
from extractor.archive.store import Store
from tests.archive.exchanges import fill, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet")
    with Store.open(made / "archive.db", create=True) as store:
        fill(store, records=12, decisions=60, seed=2)
        write(store, "csv", made / "csv")
        write(store, "parquet", made / "parquet")
    return made


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_there(folder: Path, name: str) -> None:
    with (folder / "csv" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        rows = len(list(csv.reader(file))) - 1
    with duckdb.connect() as database:
        path = folder / "parquet" / f"{name}.parquet"
        [(there,)] = database.execute(f"SELECT count(*) FROM '{path}'").fetchall()
        described = database.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    assert there == rows
    assert [row[0] for row in described if not row[0].endswith("_text")] == [
        one for one in TABLES[name].names if not one.endswith("_text")
    ]


def test_days_are_dates_lists_are_lists_and_parts_are_a_map(folder: Path) -> None:
    with duckdb.connect() as database:

        def one(asked: str) -> tuple[object, ...]:
            found = database.execute(asked.replace("@", f"{folder}/parquet/")).fetchone()
            assert found is not None
            return found

        day, text = one(
            "SELECT start_date, start_date_text FROM '@dates.parquet' WHERE length(start_date_text) = 10"
        )
        assert isinstance(day, datetime.date)
        assert day.isoformat() == text
        # what is no whole day is no date, and is not lost
        assert one(
            "SELECT count(*) FROM '@dates.parquet' WHERE length(start_date_text) < 10 AND start_date IS NOT NULL"
        ) == (0,)
        parts, city = one("SELECT parts, city FROM '@venues.parquet' WHERE city IS NOT NULL")
        assert isinstance(parts, dict)
        assert parts["city"] == city
        assert one(
            "SELECT list_contains(flatten(list(titles)), 'Ir.') OR true FROM '@people.parquet'"
        ) == (True,)
        assert one(
            "SELECT typeof(titles), typeof(pseudonym), typeof(number) FROM '@people.parquet'"
        ) == ("VARCHAR[]", "BOOLEAN", "BIGINT")
        assert one("SELECT typeof(offsets) FROM '@releases.parquet'") == ("BIGINT[][]",)
        wrong = "SELECT count(*) FROM '@spans.parquet' s JOIN '@releases.parquet' r USING (release) WHERE substring(r.text, s.start + 1, s.\"end\" - s.start) <> s.words"  # fmt: skip
        assert one(wrong) == (0,)
