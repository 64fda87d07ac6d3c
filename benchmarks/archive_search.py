"""How long a search takes among 100,000 releases, on both stores, beside Datasette's table page.

    python benchmarks/archive_search.py [--releases 100000] [--keep FOLDER] [--postgresql URL]

The releases are made by chance (tests/archive/generator.py). Queries are of every kind, rare and
common, some that all releases match; each is asked several times, with its twenty hits told
(snippets, masks and all), then its facets of twelve fields. The bars: search p95 < 50 ms, all
facets of a query p95 < 200 ms. All rounds count. Beside them are told the first asking of each
query, whose words and releases nobody has looked up before, as for the command, which asks once;
and the best of its rounds, what a busy machine would do if it were not. Hits and facets of both
stores are compared.

The peer is Datasette on the same SQLite file, called in this process: the page of the table with
``_search`` and one facet, as JSON. Without --postgresql a server is started as the tests do it.
``--keep FOLDER`` leaves the databases there and takes them again.
"""

import argparse
import asyncio
import contextlib
import importlib.util
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.archive.index.searchable import FACETS, settle
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.moving import move
from extractor.archive.risk.names_at_risk import rulebook
from extractor.archive.searching import Asked, Query, facets, query_of, search
from extractor.archive.store import Store
from tests.archive.generator import generated
from tests.archive.postgresql import running_server

ROUNDS = 5
QUERIES = [
    # rare to common words
    "posyandu", "pelatihan", "pelatihan petani", "petani muda sukamaju", "kegiatan", "belajar",
    "kegiatan pelajaran membangun", "bantuan bibit musim tanam", "jalan produksi", "hadir",
    "pemkab gelar", "tiadaapapun", "2019", "desember 2019",
    # phrases
    '"rapat koordinasi"', '"petani muda"', '"hadir dalam kegiatan itu"', '"kader posyandu se kabupaten"',
    '"anak anak perlu ruang bermain"', '"musim tanam" pelatihan',
    # begin of words, one of several, without
    "posya*", "pember*", "rapat OR seminar OR lokakarya", "kegiatan -rapat", "-kegiatan", "-seminar",
    # fields
    "judul:nelayan", "judul:kabupaten", "acara:bakti", 'orang:"Sri Wahyuni"', "orang:budi",
    'orang:"Soerya Hidajat"', "penutur:dewi", "tempat:melati", 'tempat:"aula melati"', "kota:sukamaju",
    "jenis:pelatihan", "jabatan:bupati", "penyelenggara:dinkes", "status:planned", "situs:dinkes",
    "orang:budi tempat:aula petani", "",
]  # fmt: skip
SPANS = [
    (None, None),
    ("2019-01-01", "2019-12-31"),
    ("2019-05-01", "2019-05-07"),
    ("2016-01-01", None),
]


def asked() -> list[Query]:
    """All queries, those of many hits also within spans of time."""
    rules = rulebook()["search"]
    return [
        query_of(Asked(text, (), since, until), rules)
        for text in QUERIES
        for since, until in (
            SPANS if text in ("", "kegiatan", "pelatihan", "orang:budi") else SPANS[:1]
        )
    ]


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds an action takes, the least of some tries is not taken: all count."""
    before = time.perf_counter()
    made = action()
    return time.perf_counter() - before, made


def told(name: str, taken: list[float], bar: float | None = None) -> float:
    """Print a line of figures in ms; returns the 95th percentile."""
    ms = sorted(1000 * one for one in taken)
    p95 = ms[max(0, -(-95 * len(ms) // 100) - 1)]
    said = f"{name:34} p50 {statistics.median(ms):7.1f}   p95 {p95:7.1f}   worst {ms[-1]:7.1f} ms"
    print(said + (f"   bar {bar:.0f}: {'yes' if p95 < bar else 'NO'}" if bar else ""), flush=True)
    return p95


def measured(store: Store) -> list[Any]:
    """Ask everything; print figures; the hits and facets."""
    searches: list[list[float]] = []
    counts: list[list[float]] = []
    answers: list[Any] = []
    for query in asked():
        searches.append([])
        counts.append([])
        for _round in range(ROUNDS):
            with store.read() as connection:
                seconds, found = timed(lambda: search(connection, query))  # noqa: B023
                searches[-1].append(seconds)
            with store.read() as connection:
                seconds, counted = timed(lambda: facets(connection, query, FACETS))  # noqa: B023
                counts[-1].append(seconds)
        with store.read() as connection:
            latest = search(connection, query, sort="date")
        answers.append((found.total, found.hits, latest.hits, counted))
    for name, taken, bar in (("search", searches, 50), (f"{len(FACETS)} facets", counts, 200)):
        told(f"{store.dialect}: {name}", [one for some in taken for one in some], bar)
        told(f"{store.dialect}: {name}, first asking", [some[0] for some in taken])
        told(f"{store.dialect}: {name}, best of {ROUNDS}", [min(some) for some in taken], bar)
    return answers


async def _pages(path: Path) -> tuple[list[float], list[float]]:
    from datasette.app import Datasette

    datasette = Datasette(
        [str(path)],
        settings={"sql_time_limit_ms": 10_000, "facet_time_limit_ms": 10_000, "num_sql_threads": 1},
        metadata={
            "databases": {
                path.stem: {
                    "tables": {"releases": {"fts_table": "search_releases", "fts_pk": "id"}}
                }
            }
        },
    )
    await datasette.invoke_startup()
    plain: list[float] = []
    faceted: list[float] = []
    words = [
        text
        for text in QUERIES
        if text and ":" not in text and not set('"-*') & set(text) and " OR " not in text
    ]
    for text in words:
        for taken, more in ((plain, {}), (faceted, {"_facet": "site"})):
            for _round in range(ROUNDS):
                before = time.perf_counter()
                page = await datasette.client.get(
                    f"/{path.stem}/releases.json", params={"_search": text, "_size": 20, **more}
                )
                taken.append(time.perf_counter() - before)
                assert page.status_code == 200, page.text
    for database in datasette.databases.values():
        database.close()
    return plain, faceted


def peer(path: Path) -> None:
    """Datasette's table page on the same file."""
    if importlib.util.find_spec("datasette") is None:
        print("peer: datasette is not installed")
        return
    plain, faceted = asyncio.run(_pages(path))
    told("Datasette: page with _search", plain)
    told("Datasette: and one facet", faceted)


@contextlib.contextmanager
def postgresql(url: str | None) -> Iterator[str]:
    """The URL of a database: the one given, else of a server of our own."""
    if url:
        yield url
        return
    with running_server() as server:
        server.run("CREATE DATABASE archive")
        yield server.url("archive")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--releases", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="a folder whose databases are taken, or left")
    parser.add_argument("--postgresql", help="an empty database, or one of an earlier run")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = folder / "rilis.db"
        with Store.open(path, create=True) as store:
            if not search_total(store):
                add(store, from_records(generated(given.releases)))
            n = search_total(store)
            print(f"{n} releases, {len(asked())} queries, {ROUNDS} times each")
            here = measured(store)
        peer(path)
        url = stack.enter_context(postgresql(given.postgresql))
        with Store.open(path) as store, Store.open(url, create=True) as there:
            if not search_total(there):
                move(store, there)
                with there.write() as connection:
                    settle(connection)
            assert search_total(there) == n
            same = measured(there) == here
        print(
            f"hits, order, snippets and facets of both stores: {'the same' if same else 'NOT THE SAME'}"
        )
    raise SystemExit(not same)


def search_total(store: Store) -> int:
    """How many releases there are to be found."""
    with store.read() as connection:
        return search(connection, Query(), limit=0).total


if __name__ == "__main__":
    main()
