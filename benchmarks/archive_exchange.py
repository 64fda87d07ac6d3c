"""How fast releases go out of the archive and in again, and in how much memory.

    python benchmarks/archive_exchange.py [--releases 2000,20000,100000] [--formats csv,jsonl]
        [--archive 100000=FILE|URL] [--without-import]

The releases are made by chance (tests/archive/generator.py), unless an archive of that size is
given. Each form is written by a process of its own, so that its peak of memory is its own; CSV and
JSON Lines are then imported into an empty SQLite archive and exported again, which must give the
same bytes. The bar: however many releases there are, the peak stays within a third of that of the
fewest.

The peer for reading is the archive itself, read row by row with nothing made of it.
"""

import argparse
import filecmp
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import incoming
from extractor.archive.moving import rows_of
from extractor.archive.store import Store
from tests.archive.generator import generated_lines

_WORK = """
import json, re, sys, time
from pathlib import Path
from extractor.archive.exchange.exporting import export
from extractor.archive.formats import FORMATS
from extractor.archive.exchange.importing import take_in
from extractor.archive.store import Store
archive, what, target = sys.argv[1:]
begun, spent = time.perf_counter(), time.process_time()
with Store.open(archive, create=True) as store:
    if what == "import":
        done = take_in(store, target)
        number, refused = done.new, [one.reason for one in done.refused[:3]]
    else:
        number, refused = export(store, FORMATS[what], Path(target)).releases, []
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
told = {"n": number, "s": time.perf_counter() - begun, "cpu": time.process_time() - spent}
print(json.dumps(told | {"mib": peak, "refused": refused}))
"""
FORMS = "csv,jsonl,jsonld,ical,atom,dc,parquet,bibtex,sqlite"


def work(archive: str, what: str, target: Path, name: str) -> float:
    """Export or import in a process of its own; prints the speed and the peak, returns the peak."""
    ran = [sys.executable, "-c", _WORK, archive, what, str(target)]
    done = subprocess.run(ran, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    print(
        f"{name:16}{told['n']:8} releases{told['n'] / told['s']:8.0f}/s"
        f"{told['n'] / told['cpu']:8.0f}/s of processor time{told['mib']:8.0f} MiB at most",
        flush=True,
    )
    assert not told["refused"], told
    return float(told["mib"])


def same(one: Path, other: Path) -> bool:
    """Do two exports hold the same bytes?"""
    if one.is_file():
        return filecmp.cmp(one, other, shallow=False)
    names = sorted(path.name for path in one.iterdir())
    return filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def gone(path: Path) -> None:
    """Make room for the next one."""
    for one in path.parent.glob(f"{path.name}*"):
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def filled(archive: str, releases: int, folder: Path) -> None:
    """Put so many made releases into an archive."""
    lines = folder / f"{releases}.jsonl"
    with lines.open("wb") as file:
        file.writelines(line + b"\n" for line in generated_lines(releases, seed=1))
    with Store.open(archive, create=True) as store:
        add(store, incoming([lines]))
    lines.unlink()


def rows_alone(archive: str, releases: int) -> None:
    """Read every row of every table and print how fast that was."""
    begun = time.perf_counter()
    with Store.open(archive) as store, store.read() as connection:
        tables = schema.metadata.sorted_tables
        rows = sum(1 for table in tables for _row in rows_of(connection, table))
    speed = releases / (time.perf_counter() - begun)
    print(f"{'rows alone':16}{releases:8} releases{speed:8.0f}/s   ({rows} rows)", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--releases", default="2000,20000,100000")
    parser.add_argument("--archive", action="append", default=[], metavar="NUMBER=FILE|URL")
    parser.add_argument("--formats", default=FORMS)
    parser.add_argument("--without-import", action="store_true")
    given = parser.parse_args()
    archives = dict(one.split("=", 1) for one in given.archive)
    sizes, forms = given.releases.split(","), given.formats.split(",")
    peaks: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for size in sizes:
            if size not in archives:
                archives[size] = str(folder / f"{size}.db")
                filled(archives[size], int(size), folder)
        rows_alone(archives[sizes[-1]], int(sizes[-1]))
        for form in forms:
            for size in sizes:
                target = folder / f"{size}.{form}"
                peak = work(archives[size], form, target, f"export {form}")
                peaks.setdefault(f"export {form}", []).append(peak)
                if form in ("csv", "jsonl") and not given.without_import:
                    copy, again = folder / "copy.db", folder / f"again.{form}"
                    peak = work(str(copy), "import", target, f"import {form}")
                    peaks.setdefault(f"import {form}", []).append(peak)
                    work(str(copy), form, again, "  and out again")
                    print(f"{'':16}the same bytes again: {same(target, again)}")
                    gone(copy), gone(again)
                gone(target)
    print(f"\n{'MiB at most':16}" + "".join(f"{size:>10}" for size in sizes) + "   growth")
    for name, each in peaks.items():
        growth = max(each) / each[0]
        print(f"{name:16}" + "".join(f"{one:10.0f}" for one in each) + f"{growth:9.2f}")


if __name__ == "__main__":
    main()
