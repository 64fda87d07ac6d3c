"""How fast releases go into the archive: releases a second, against sqlite-utils in the same run.

    python benchmarks/archive_add.py [--releases 100000] [--archive FILE|URL] [--keep]

The releases are made by chance (tests/archive/generator.py), written as JSON lines first, and added
from that file as ``rilis archive add`` does it: read, checked, every span compared with its text by
the database, full text in words and stems. Then added again (nothing to do) and, a tenth of them,
read again by newer rules. The bar: 500 a second on SQLite.

The peer, where it is installed (``pip install sqlite-utils``), puts the same releases, events,
people, quotes and spans into five tables with foreign keys and a full text index of the texts; it
checks and stems nothing.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import incoming
from extractor.archive.store import Store
from tests.archive.generator import generated_lines


def timed(store: Store, path: Path, name: str, releases: int) -> tuple[Added, float]:
    """Add a file of records, print the speed; what became of them, and seconds."""
    before, spent = time.perf_counter(), time.process_time()
    added = add(store, incoming([path]))
    seconds, spent = time.perf_counter() - before, time.process_time() - spent
    print(
        f"{name:20}{releases / seconds:8.0f} releases/s   {seconds:8.1f} s, {spent:.1f} s of them in this process"
    )
    return added, seconds


def spans(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every span of a record."""
    waiting: list[Any] = [record["events"], record["people"], record["quotes"], record["dates"]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "rule" in one:
                start = one.get("start_offset", one.get("start"))
                yield {
                    "release": record["id"],
                    "words": one["text"],
                    "start": start,
                    "rule": one["rule"],
                    "confidence": one["confidence"],
                }
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def peer(path: Path, target: Path) -> float:
    """Seconds sqlite-utils takes for the same releases, in the same batches."""
    import sqlite_utils

    database = sqlite_utils.Database(target)
    database.enable_wal()
    before = time.perf_counter()
    with path.open("rb") as lines:
        while some := [json.loads(line) for line, _ in zip(lines, range(500), strict=False)]:
            with database.conn:
                texts = ({"id": r["id"], "text": r["text"], **r["source"]} for r in some)
                database["releases"].upsert_all(texts, pk="id")
                for name in ("events", "people", "quotes"):
                    rows = (
                        {"release": r["id"], "item": json.dumps(one)}
                        for r in some
                        for one in r[name]
                    )
                    database[name].insert_all(rows, foreign_keys=[("release", "releases", "id")])
                database["spans"].insert_all(
                    (one for r in some for one in spans(r)),
                    foreign_keys=[("release", "releases", "id")],
                )
    database["releases"].enable_fts(["title", "text"])
    taken = time.perf_counter() - before
    database.close()
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--releases", type=int, default=20_000)
    parser.add_argument("--archive", help="an empty archive to fill; default: a new SQLite file")
    parser.add_argument("--keep", action="store_true", help="leave the files and tell where")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rilis-benchmark-"))
    path, newer = folder / "records.jsonl", folder / "newer.jsonl"
    n = asked.releases
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in generated_lines(n))
    with newer.open("wb") as file:
        file.writelines(line + b"\n" for line in generated_lines(n // 10, rules_version="newer"))
    with Store.open(asked.archive or folder / "rilis.db", create=True) as store:
        print(f"{store.dialect}: {n} releases, {path.stat().st_size / n:.0f} bytes of JSON each")
        added, seconds = timed(store, path, "add", n)
        assert added == Added(new=n), added
        again, _ = timed(store, path, "add again", n)
        assert again == Added(unchanged=n), again
        read, _ = timed(store, newer, "read by newer rules", n // 10)
        assert read == Added(updated=n // 10), read
    if store.dialect == "sqlite":
        print(f"file                {Path(store.location).stat().st_size / n:8.0f} bytes a release")
    if importlib.util.find_spec("sqlite_utils") is None:
        print("peer: sqlite-utils is not installed")
    else:
        taken = peer(path, folder / "peer.db")
        print(
            f"sqlite-utils        {n / taken:8.0f} releases/s   {taken:8.1f} s   ratio {taken / seconds:.2f}"
        )
    if asked.keep:
        print(folder)
    else:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


if __name__ == "__main__":
    main()
