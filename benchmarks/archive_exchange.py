"""How fast releases go out of the archive and in again, and in how much memory.

    python benchmarks/archive_exchange.py [--releases 100000] [--archive FILE|URL] [--formats csv,jsonl]

The releases are made by chance (tests/archive/generator.py). Each form is written by a process of
its own, so that its peak of memory is its own; CSV and JSON Lines are then imported into an empty
SQLite archive and exported again, which must give the same bytes. The bar: the peak is that of a
tenth of the releases, within a third.

The peer for reading is the archive itself, read row by row with nothing made of it.
"""

import argparse
import filecmp
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.archive import schema
from extractor.archive.adding import add
from extractor.archive.incoming import incoming
from extractor.archive.moving import rows_of
from extractor.archive.store import Store
from tests.archive.generator import generated_lines

_WORK = """
import json, re, sys, time
from pathlib import Path
from extractor.archive.exporting import export
from extractor.archive.formats import FORMATS
from extractor.archive.importing import take_in
from extractor.archive.store import Store
archive, what, target = sys.argv[1:]
begun = time.perf_counter()
with Store.open(archive, create=True) as store:
    if what == "import":
        done = take_in(store, target)
        number, refused = done.new, [one.reason for one in done.refused[:3]]
    else:
        number, refused = export(store, FORMATS[what], Path(target)).releases, []
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"n": number, "s": time.perf_counter() - begun, "mib": peak, "refused": refused}))
"""


def work(archive: str, what: str, target: Path) -> dict[str, float]:
    """Export or import in a process of its own; prints the speed and the peak."""
    ran = [sys.executable, "-c", _WORK, archive, what, str(target)]
    done = subprocess.run(ran, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    name = f"import {target.suffix or 'csv'}" if what == "import" else f"export {what}"
    print(
        f"{name:16}{told['n'] / told['s']:8.0f} releases/s{told['mib']:8.0f} MiB at most",
        flush=True,
    )
    assert not told["refused"], told
    return told


def same(one: Path, other: Path) -> bool:
    """Do two exports hold the same bytes?"""
    if one.is_file():
        return filecmp.cmp(one, other, shallow=False)
    names = sorted(path.name for path in one.iterdir())
    return filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def filled(archive: str, releases: int, folder: Path) -> None:
    """Put so many made releases into an archive."""
    lines = folder / f"{releases}.jsonl"
    with lines.open("wb") as file:
        file.writelines(line + b"\n" for line in generated_lines(releases, seed=1))
    with Store.open(archive, create=True) as store:
        add(store, incoming([lines]))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--releases", type=int, default=100_000)
    parser.add_argument("--archive", help="an empty one; else a SQLite file that is thrown away")
    parser.add_argument("--formats", default="csv,jsonl,parquet,sqlite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        whole, tenth = given.archive or str(folder / "whole.db"), str(folder / "tenth.db")
        filled(whole, given.releases, folder)
        filled(tenth, given.releases // 10, folder)
        begun = time.perf_counter()
        with Store.open(whole) as store, store.read() as connection:
            rows = sum(
                1 for table in schema.metadata.sorted_tables for _row in rows_of(connection, table)
            )
        seconds = time.perf_counter() - begun
        print(f"{'rows alone':16}{given.releases / seconds:8.0f} releases/s   ({rows} rows)")
        for form in given.formats.split(","):
            small = work(tenth, form, folder / f"tenth.{form}")
            large = work(whole, form, folder / f"whole.{form}")
            print(f"{'':16}{large['mib'] / small['mib']:8.2f} times the memory of a tenth")
        for form in {"csv", "jsonl"} & set(given.formats.split(",")):
            source = folder / f"whole.{form}"
            work(str(folder / f"{form}.db"), "import", source)
            work(str(folder / f"{form}.db"), form, folder / f"again.{form}")
            print(f"{'':16}the same bytes again: {same(source, folder / f'again.{form}')}")


if __name__ == "__main__":
    main()
