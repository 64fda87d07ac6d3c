"""Search: what is found, in which order, with which words; alike on both stores."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Connection
from sqlalchemy import text as sql

from extractor.archive import schema
from extractor.archive.index.indexing import fold, words_of
from extractor.archive.index.searchable import FACETS, reindex, words_now
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.risk.disclosure import refresh
from extractor.archive.risk.names_at_risk import rulebook
from extractor.archive.risk.withholding import lift, withhold
from extractor.archive.searching import Asked, Query, facets, query_of, search
from extractor.archive.searching.hits import Sort
from extractor.archive.searching.snippets import Marker
from extractor.archive.store import Store
from extractor.errors import ArchiveError, UsageError
from extractor.record import Record, Source, text_version
from tests.archive.generator import generated

Rilis = Callable[..., tuple[int, str, str]]


def plain(key: str, text: str, day: str | None = None) -> Record:
    """A release in which nothing was read; its first line is its title."""
    text = text if "\n" in text else f"Warta\n\n{text}"
    source = Source(sha256=text_version(text), published=day)
    return Record(id=key, rules_version="test", source=source, text=text)


TEXTS = [
    plain("teri", "Nelayan mengeringkan ikan teri di pesisir.", "2024-01-01"),
    plain("menteri", "Menteri mengunjungi nelayan. Kementerian memberi bantuan.", "2024-02-01"),
    plain("kunjungan", "Kunjungan kerja\nKunjungan itu disambut anak-anak.", "2024-03-01"),
    plain("rapat", "Rapat Kerja Dinas\n\nPanitia menggelar rapat kerja petani.", "2024-04-01"),
    plain("rapat-lain", "Kerja rapat bukan rapat kerja dinas biasa.", "2024-05-01"),
    plain("kafe", "Kafé rakyat menerima tamu; penerimaan berlangsung meriah.", None),
    plain("sql", "Syntax: DROP TABLE releases; NEAR/2 AND OR NOT (x) col:y ^z", "2024-06-01"),
]


def ask(text: str = "", **more: str) -> Query:
    since, until = more.pop("since", None), more.pop("until", None)
    return query_of(Asked(text, tuple(more.items()), since, until), rulebook()["search"])


def keys(store: Store, query: Query, limit: int = 100, sort: Sort = "relevance") -> list[str]:
    with store.read() as connection:
        found = search(connection, query, limit, sort=sort)
    if limit >= found.total:
        assert found.total == len(found.hits)
    return [hit.key for hit in found.hits]


@pytest.fixture
def filled(store: Store) -> Store:
    assert add(store, from_records(TEXTS)).new == len(TEXTS)
    return store


QUERIES = {
    "teri": ["teri"],  # menteri is not teri
    "menteri": ["menteri"],
    "menterinya": ["menteri"],
    "kunjungan": ["kunjungan", "menteri"],  # mengunjungi; the one with it in the title first
    "dikunjungi nelayan": ["menteri"],
    "anak": ["kunjungan"],
    "anak-anak": ["kunjungan"],
    "rapat kerja": ["rapat", "rapat-lain"],  # of earlier, but in its title
    '"rapat kerja"': ["rapat", "rapat-lain"],
    '"kerja rapat"': ["rapat-lain"],
    '"rapat kerja petani"': ["rapat"],
    '"Rapat, KERJA dinas"': ["rapat", "rapat-lain"],  # in the title of one, in the text of both
    '"rapat kerja dinas" -biasa': ["rapat"],
    '-"rapat kerja petani" rapat': ["rapat-lain"],
    'teri OR "rapat kerja petani"': ["rapat", "teri"],
    "teri ATAU petani": ["rapat", "teri"],
    "teri | petani": ["rapat", "teri"],
    "nelayan -menteri": ["teri"],
    "judul:dinas": ["rapat"],
    'judul:"kerja dinas"': ["rapat"],
    'judul:"dinas kerja"': [],
    "nel*": ["menteri", "teri"],
    '"nel"': [],
    "kafe": ["kafe"],
    "KAFÉ": ["kafe"],
    "diterima": ["kafe"],
    "-nelayan -rapat -kunjungan -kafe": ["sql"],
    "drop table releases": ["sql"],
    'releases;DROP"TABLE"': ["sql"],
    "NEAR/2": ["sql"],
    "^z": ["sql"],
    "'": None,
    "!!! --": None,
    "🌾": None,
    "\x00": None,
    '"': None,
    "x" * 1_001: None,
    " ".join(["kata"] * 51): None,
    "tiada:kata": None,
    "judul:!": None,
    "ab*": None,
    "nelayan OR -rapat": None,
    "مرحبا": [],
    "tidak-ada-kata-ini": [],
    "nelayan\x00": ["menteri", "teri"],
    "*": None,
}


@pytest.mark.parametrize(("text", "wanted"), QUERIES.items())
def test_a_query_finds_these_in_this_order(
    filled: Store, text: str, wanted: list[str] | None
) -> None:
    if wanted is None:
        with pytest.raises(UsageError):
            ask(text)
    else:
        assert keys(filled, ask(text)) == wanted


def test_days_bound_the_hits_and_releases_without_a_day_are_in_no_span(filled: Store) -> None:
    assert keys(filled, ask("", since="2024-03-01", until="2024-04-01")) == ["rapat", "kunjungan"]
    assert keys(filled, ask("", until="2024-01-01")) == ["teri"]
    assert keys(filled, ask())[-1] == "kafe"
    with pytest.raises(UsageError):
        ask("", since="2024-02-30")
    with pytest.raises(UsageError):
        ask("", since="2024-03-01", until="2024-02-01")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("rakyat", "--since", "2024-01-01"), "1 more release matches but has no day"),
        (("rakyat OR rapat", "--until", "2024-05-01"), "1 more release matches but has no day"),
        (("rakyat",), ""), (("nelayan", "--since", "2024-01-01"), ""),
    ],
)  # fmt: skip
def test_hits_that_days_leave_out_for_want_of_one_are_told(
    filled: Store, archive_url: str, rilis: Rilis, options: tuple[str, ...], told: str
) -> None:
    asked = ("archive", "search", "--archive", archive_url, "--lang", "en", *options)
    said = rilis(*asked)[2]
    assert told in said
    assert bool(told) == ("no day" in said)
    assert json.loads(rilis(*asked, "--format", "json")[1])["undated"] == bool(told)


def test_a_release_whose_day_changes_is_found_on_the_new_one_alone(store: Store) -> None:
    texts = [one for one in TEXTS if one.id in ("teri", "menteri")]
    add(store, from_records(texts))
    days = {"teri": "2024-02-01", "menteri": None}  # the first now has the second's day
    add(store, from_records(plain(one.id, f"{one.text} Lagi.", days[one.id]) for one in texts))
    assert keys(store, ask("nelayan")) == ["teri", "menteri"]
    assert keys(store, ask("nelayan", until="2024-01-31")) == []
    assert keys(store, ask("nelayan", since="2024-02-01", until="2024-02-01")) == ["teri"]
    with store.read() as connection:
        found = search(connection, ask("nelayan", since="2024-02-01"))
        assert (found.total, found.undated) == (1, 1)
        assert facets(connection, ask("nelayan"), ["month"]) == {"month": [("2024-02", 1)]}


def test_pages_are_parts_of_the_whole(store: Store) -> None:
    add(store, from_records(generated(80, seed=5)))
    query = ask("pelatihan OR seminar")
    with store.read() as connection:
        for sort in ("relevance", "date"):
            whole = search(connection, query, 80, sort=sort).hits  # type: ignore[arg-type]
            assert len(whole) > 10
            for offset in range(len(whole)):
                some = search(connection, query, 3, offset, sort).hits  # type: ignore[arg-type]
                assert some == whole[offset : offset + 3]
        assert [hit.day for hit in whole] == sorted((h.day or "" for h in whole), reverse=True)


def test_people_are_found_in_any_spelling_by_any_of_their_names(
    store: Store, record: Record
) -> None:
    person = record.people[0].model_copy(
        update={"name": "Sukarno Wijaya", "full_name": "Drs. Soekarno Hadi Wijaya", "aliases": ()}
    )
    other = person.model_copy(update={"id": "p9", "name": "Rini Utami", "full_name": None})
    add(store, from_records([record.model_copy(update={"people": (person, other), "quotes": ()})]))
    for name in ("Soekarno", "sukarno wijaya", "Wijaya, Sukarno", "Hadi Wijaya"):
        assert keys(store, ask(person=name)) == [record.id], name
        assert keys(store, ask(f'orang:"{name}"')) == [record.id]
    assert keys(store, ask("orang:rini")) == [record.id]
    assert keys(store, ask(person="Sukarno Utami")) == []  # of two people


def test_fields_of_events_are_found(store: Store, record: Record) -> None:
    add(store, from_records([record, *TEXTS]))
    event = next(one for one in record.events if one.main)
    assert event.venue is not None
    assert event.date is not None
    for query in (
        ask(venue=event.venue.said), ask(type=event.type or ""), ask(type=event.event_class or ""),
        ask("status:terlaksana OR status:rencana"), ask(since=str(event.date.start), until=str(event.date.start)),
        ask(f'acara:"{event.name.said}"'),
    ):  # fmt: skip
        assert keys(store, query) == [record.id]
    with pytest.raises(UsageError):
        ask(venue="!!!")


def counted(connection: Connection, query: Query) -> dict[str, list[tuple[str, int]]]:
    return facets(connection, query, FACETS, most=1_000)


def test_facets_count_each_release_once_for_each_value(store: Store) -> None:
    records = list(generated(60, seed=9))
    add(store, from_records(records))
    with store.read() as connection:
        found = counted(connection, ask("jenis:seminar"))
        some = facets(connection, ask(), ["venue"], most=3)["venue"]
        every = facets(connection, ask(), ["venue"], most=99)["venue"]
    assert some == every[:3]
    shown = [r for r in records if r.events[0].type == "seminar"]
    assert len(shown) > 3
    assert found["type"] == [("seminar", len(shown))]
    named = Counter(name for r in shown for name in {person.name for person in r.people})
    assert dict(found["person"]) == named
    assert found["person"] == sorted(named.items(), key=lambda one: (-one[1], one[0]))
    assert found["month"] == sorted(found["month"])
    assert sum(n for _month, n in found["month"]) == len(shown)
    with store.read() as connection, pytest.raises(UsageError):
        facets(connection, ask(), ["nothing"])


def test_snippets_mark_words_by_their_stem_in_the_text_as_it_stands(filled: Store) -> None:
    with filled.read() as connection:
        hit = search(connection, ask("dikunjungi"), 10).hits[1]
    text = next(one.text for one in TEXTS if one.id == hit.key)
    assert [text[a:b] for a, b in hit.snippet.marks] == ["mengunjungi"]
    assert text[hit.snippet.start :].startswith(hit.snippet.text)
    assert hit.snippet.html().startswith("Menteri <mark>mengunjungi</mark> nelayan.")


def test_the_best_stretch_is_chosen_and_html_is_escaped() -> None:
    marker = Marker(ask('kader "bibit unggul"'), words_now())
    text = f"Kader hadir.\n{'Lain kata. ' * 60}\n<b>Para kader menanam bibit unggul</b> & pupuk."
    snippet = marker.snippet(text)
    assert [text[a:b] for a, b in snippet.marks] == ["kader", "bibit", "unggul"]
    assert snippet.html().endswith(
        "&lt;b&gt;Para <mark>kader</mark> menanam <mark>bibit</mark> <mark>unggul</mark>&lt;/b&gt; "
        "&amp; pupuk."
    )
    assert snippet.cut_before


def test_a_server_that_goes_away_in_a_search_is_told(postgresql_archive: str) -> None:
    def go_away(ask_: Callable[[Connection, Query], object]) -> None:
        with Store.open(postgresql_archive) as other, store.read() as connection:
            pid = connection.execute(sql("SELECT pg_backend_pid()")).scalar_one()
            with other.read() as killer:
                killer.execute(sql("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            ask_(connection, ask("nelayan"))

    with Store.open(postgresql_archive) as store:
        for asked in (search, counted):
            with pytest.raises(ArchiveError):
                go_away(asked)
        with store.read() as connection:
            assert search(connection, ask("nelayan")).total == 0


def test_what_is_withheld_is_neither_found_nor_counted_nor_shown(
    store: Store, record: Record
) -> None:
    add(store, from_records([record, *TEXTS]))
    person = max(record.people, key=lambda one: len(one.mentions))
    withheld = withhold(store, [f"{record.id}#{person.id}", "teri"], "victim", "asked", "Arsip")
    name = person.name
    with store.read() as connection:
        assert search(connection, ask(f'"{name}"')).total == 0
        assert search(connection, ask(person=name)).total == 0
        assert search(connection, ask("teri")).total == 0
        assert name not in json.dumps(counted(connection, ask()))
        hits = search(connection, ask(), 100).hits
        assert "teri" not in {hit.key for hit in hits}
        assert not any(name in f"{hit.title}{hit.snippet.text}{hit.event}" for hit in hits)
        values = connection.execute(schema.search_values.select()).all()
        assert not any(name in row.value for row in values)
    lift(store, [one.id for one in withheld], "of age", "Arsip")
    assert keys(store, ask(person=name)) == [record.id]
    assert keys(store, ask("teri")) == ["teri"]


def test_how_much_is_withheld_is_told_alike_whatever_is_asked(
    store: Store, record: Record, archive_url: str, rilis: Rilis
) -> None:
    """A number of matches would answer a query for the name."""

    def told(*query: str) -> tuple[list[str], object]:
        asked = ("archive", "search", "--archive", archive_url, "--lang", "en", *query)
        said = [line for line in rilis(*asked)[2].splitlines() if "found" not in line]
        return said, json.loads(rilis(*asked, "--format", "json")[1])["withheld"]

    add(store, from_records([record, *TEXTS]))
    assert told("pesisir") == ([], {"releases": 0, "names_struck_out_in": 0})
    person = max(record.people, key=lambda one: len(one.mentions))
    withhold(store, [f"{record.id}#{person.id}", "teri"], "victim", "asked", "Arsip")
    number = {"releases": 1, "names_struck_out_in": 1}
    lines = [
        "1 release is withheld and left out",
        "in 1 release names are struck out, which no search finds",
    ]
    assert told("nelayan") == (lines, number)
    for query in ("pesisir", person.name, "menteri", "zzyzx"):
        said, numbers = told(query)
        assert (said[-2:], numbers) == (lines, number), query


def test_an_index_of_other_stems_is_told_and_made_anew(
    filled: Store, archive_url: str, rilis: Rilis
) -> None:
    with filled.write() as connection:
        connection.execute(schema.search_state.update().values(words_version="older"))
        connection.execute(schema.search_documents.update().values(body_stems="x", title_stems=""))
    status, _out, said = rilis("archive", "search", "nelayan", "--archive", archive_url)
    assert status == 1
    assert "rilis archive reindex" in said
    assert rilis("archive", "reindex", "--archive", archive_url)[0] == 0
    status, out, said = rilis(
        "archive", "search", "nelayan", "--archive", archive_url, "--format", "ids"
    )
    assert (status, out.split()) == (0, ["menteri", "teri"])
    assert "reindex" not in said


def test_indexing_anew_changes_nothing(filled: Store) -> None:
    def rows() -> list[object]:
        with filled.read() as connection:
            documents = schema.search_documents
            chosen = documents.select().order_by(documents.c.release_id)
            return [tuple(row) for row in connection.execute(chosen)]

    before = rows()
    with filled.write() as connection:
        reindex(connection)
        refresh(connection)
    assert rows() == before


@pytest.mark.parametrize(
    ("word", "folded"), [("Kafé", "kafe"), ("ＡＢＣ", "abc"), ("Jum\u00adat", "jumat"), ("ß", "ss")]
)
def test_words_are_compared_without_capitals_and_marks(word: str, folded: str) -> None:
    assert fold(word) == folded
    assert words_of(f"({word})") == [folded]


def test_the_command_tells_hits_in_every_form(
    filled: Store, archive_url: str, rilis: Rilis
) -> None:
    def run(*options: str) -> tuple[int, str, str]:
        return rilis("archive", "search", "nelayan", "--archive", archive_url, *options)

    status, out, said = run("--facet", "month,site")
    assert status == 0
    assert out.index("Menteri mengunjungi") < out.index("ikan teri")
    assert "2024-02" in out
    assert "2 releases found" in said
    told = json.loads(run("--format", "json", "--facet", "month")[1])
    assert told["total"] == 2
    assert told["facets"]["month"] == [
        {"value": "2024-01", "count": 1}, {"value": "2024-02", "count": 1}
    ]  # fmt: skip
    assert [json.loads(line)["key"] for line in run("--format", "jsonl")[1].splitlines()] == [
        "menteri", "teri",
    ]  # fmt: skip
    assert run("--format", "ids", "--sort", "date", "--limit", "1")[1] == "menteri\n"
    assert run("--format", "csv")[1].startswith("key,day,title,event,")
    assert run("--format", "xml")[0] == 2
    assert run("--since", "yesterday")[0] == 2
    assert run("--facet", "colour")[0] == 2
    assert rilis("archive", "search", "tiada", "--archive", archive_url)[0] == 1


def test_the_command_is_there_before_spacy_could_be() -> None:
    """One search takes milliseconds; reading in what extracts releases would take a second."""
    told = "import sys, extractor.cli.archive; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


NOWHERE = {
    ("petanx",): ["petanx: no release has it"],
    ("petani", "tuna", "NOT rapat"): ["tuna: no release has it"],
    ("--type", "pelathan"): ["type:pelathan: no release has it; type:pelatihan is spelt nearly so"],
    ("--venue", "aulla melati"): [
        "venue:aulla melati: no release has it; venue:aula melati is spelt nearly so"
    ],
    ("--person", "Zzyzx", "judul:hadir"): [
        "title:hadir: no release has it", "person:Zzyzx: no release has it",
    ],
    ("tuna OR paus",): [],
    ("petani", "--until", "1945-08-17"): [],
}  # fmt: skip


def test_what_is_nowhere_is_told(store: Store, archive_url: str, rilis: Rilis) -> None:
    add(store, from_records(generated(40, seed=3)))
    for options, told in NOWHERE.items():
        status, out, said = rilis(
            "archive", "search", "--archive", archive_url, "--lang", "en", *options
        )
        assert (status, out) == (1, ""), options
        assert said.splitlines() == ["0 releases found", *told], options


def test_a_status_that_is_none_is_told(store: Store, archive_url: str, rilis: Rilis) -> None:
    status, _out, said = rilis(
        "archive", "search", "--archive", archive_url, "--status", "selesai", "--lang", "en"
    )
    assert status == 2
    assert "status selesai: one of held, terlaksana" in said
