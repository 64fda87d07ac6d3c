"""What is no word of a query is nothing: not syntax of a database, not a pattern, not a fault."""

from collections.abc import Callable

import pytest

from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.store import Store
from extractor.record import Record, Source, text_version

Rilis = Callable[..., tuple[int, str, str]]

TEXTS = {
    "sql": "Syntax; DROP TABLE releases; -- NEAR(a b, 2) AND OR NOT {title body} : x^2 col:y",
    "tanda": "Harga naik 50% untuk file_nama\\akhir 'kutip' \"ganda\" l'eau O'Neil C++ C# a_b",
    "huruf": "Kafé ß İstanbul ﷺ مرحبا بالعالم 日本語 ЖУК Ω e\u0301 👩‍👩‍👧 🇮🇩 ½ Ⅷ ﬁle",
    "biasa": "Bupati membuka rapat kerja nelayan. Pelatihan itu (dua hari) diikuti 40 peserta!",
}
# a query and the keys it finds; None: a message in one line
QUERIES: list[tuple[str, list[str] | None]] = [
    ("NEAR", ["sql"]), ("NEAR(a b)", ["sql"]), ("NEAR(rapat nelayan, 2)", []),
    ("NEAR/2", ["sql"]), ("and", ["sql"]), ("AND", None), ("NOT", None), ("OR", None), ("AND OR NOT", None),
    ("OR rapat", ["biasa"]), ("rapat OR", ["biasa"]), ("rapat OR OR nelayan", ["biasa"]),
    ("rapat AND nelayan", ["biasa"]), ("rapat & nelayan", ["biasa"]), ("rapat | zzz", ["biasa"]),
    ("rapat || zzz", ["biasa"]), ("!rapat", ["biasa"]), ("rapat <-> kerja", ["biasa"]),
    ("rapat:*", ["biasa"]), ("rapat*", ["biasa"]), ("rap*at", []), ("*rapat", ["biasa"]),
    ("rap**", ["biasa"]), ("ra*", None), ('"rapat ker*"', []), ("^rapat", ["biasa"]), ("x^2", ["sql"]),
    ("+rapat", ["biasa"]), ("- rapat", ["biasa"]), ("--rapat", ["huruf", "sql", "tanda"]), ("-", None),
    ("(rapat OR zzz) nelayan", ["biasa"]), ("((((", None), ("rapat)", ["biasa"]),
    ("{title body} : x", ["sql"]), ("body:rapat", None), ("title:rapat", ["biasa"]), ("judul: rapat", ["biasa"]), ("-judul: rapat", ["huruf", "sql", "tanda"]),
    ("judul: orang: rapat", None), ("rapat NOT bupati", []), ("rapat NOT zzz", ["biasa"]),
    ("rapat OR NOT zzz", None), ("DAN rapat DAN", ["biasa"]), ("terms:rapat", None),
    ("s_rapat", []), ("w_rapat", []), ("c_00000", []), ("'srapat'", []), ("c00000", []),
    ("judul:", None), ("rapat judul:", None), ("judul:*", None), ("judul:judul:rapat", []), (":rapat", ["biasa"]),
    ("::", None), ("orang:%", None), ("tempat:_", None), ("jenis:' OR 1=1", None),
    ('"', None), ('""', None), ('"rapat', None), ('"rapat" kerja"', None), ('rapat" "kerja', ["biasa"]),
    ('"rapat""kerja"', ["biasa"]), ("“rapat kerja”", ["biasa"]), ("«rapat kerja»", ["biasa"]),
    ("'rapat kerja'", ["biasa"]), ("'; DROP TABLE releases; --", ["sql"]),
    ("50%", ["tanda"]), ("%", None), ("_", None), ("%%%_%", None), ("a_b", ["sql", "tanda"]),
    ("file_nama", ["tanda"]), ("nama\\akhir", ["tanda"]), ("\\", None), ("\\'", None),
    ("O'Neil", ["tanda"]), ("l’eau", ["tanda"]), ("c++", ["tanda"]), ("$$", None), ("$1 :p0", []),
    (":match", []), ("%(match)s", []), ("rapat\x00nelayan", ["biasa"]), ("\x00", None),
    ("rapat\n\tkerja", ["biasa"]), ("\u200brapat", ["biasa"]), ("ra\u00adpat", ["biasa"]),
    ("\ufeffrapat", ["biasa"]), ("\u202erapat", ["biasa"]), ("مرحبا", ["huruf"]),
    ('"مرحبا بالعالم"', ["huruf"]), ("日本語", ["huruf"]), ("жук", ["huruf"]), ("ω", ["huruf"]),
    ("KAFE\u0301", ["huruf"]), ("istanbul", ["huruf"]), ("file", ["huruf", "tanda"]), ("SS", ["huruf"]),
    ("👩‍👩‍👧", None), ("🇮🇩 rapat", ["biasa"]), ("1/2", []), ("rapat " * 40, ["biasa"]),
    ("!@#$%^&*()" * 50, None), ("!@#$%^&*()" * 1_000, None), ("(" * 10_000, None), ("a" * 999, []),
    ("a" * 1_001, None), (" ".join("-x" for _n in range(49)), ["biasa", "huruf", "tanda"]),
    ("", ["biasa", "huruf", "sql", "tanda"]), ("   ", ["biasa", "huruf", "sql", "tanda"]), ("\ud800", None),
]  # fmt: skip


@pytest.fixture
def archives(sqlite_archive: str, postgresql_archive: str) -> tuple[str, str]:
    records = [
        Record(id=key, rules_version="test", source=Source(sha256=text_version(text)), text=text)
        for key, text in TEXTS.items()
    ]
    for url in (sqlite_archive, postgresql_archive):
        with Store.open(url) as store:
            add(store, from_records(records))
    return sqlite_archive, postgresql_archive


def test_any_query_finds_the_same_on_both_stores_or_is_told_in_a_line(
    archives: tuple[str, str], rilis: Rilis
) -> None:
    for query, keys in QUERIES:
        lite, server = (
            rilis(
                "archive",
                "search",
                "--archive",
                url,
                "--format",
                "ids",
                "--lang",
                "en",
                "--",
                query,
            )
            for url in archives
        )
        status, out, said = lite
        assert lite == server, query
        if keys is None:
            assert (status, out) == (2, ""), query
            assert said.startswith("rilis: "), query
            assert len(said.strip().splitlines()) == 1, query
            assert len(said) < 400, query
        else:
            assert (status, sorted(out.split())) == (0 if keys else 1, keys), query
