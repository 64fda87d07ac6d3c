"""Any query on any releases: both stores find what plain Python finds, in the same order."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.archive.index.indexing import fold, words_of
from extractor.archive.index.searchable import FACETS, words_now
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.intake.rows import headline_of
from extractor.archive.risk.names_at_risk import rulebook
from extractor.archive.searching import (
    Asked,
    Hit,
    facets,
    hits,
    on_postgresql,
    query_of,
    search,
)
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.record import Record, Source, text_version
from tests.archive.generator import generated
from tests.examples import examples

# few words, so that they meet; among them forms of one word, and what is hard to cut or to fold
WORDS = [
    "teri", "menteri", "menterinya", "terima", "menerima", "Diterima", "kunjungan", "mengunjungi",
    "anak-anak", "Kafé", "kafe", "ＡＢ", "ab", "2024", "x", "مرحبا", "ſ", "Σ", "ß", "İ", "10.000", "🌾",
    "Jum\u00adat", "a_b", "'", '"', "*", "OR", "NOT", "NEAR", "col:", "--", "\\", "%", "\u0130\u0307",
]  # fmt: skip
SORTS: tuple[hits.Sort, ...] = ("relevance", "date")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
anything = st.text(min_size=1, max_size=12)


@st.composite
def releases(draw: st.DrawFn) -> list[Record]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        title, body = draw(texts), draw(st.one_of(texts, anything))
        text = f"{title}\n{body}".replace("\x00", "").replace("\r", "")
        text = text.encode("utf-8", "ignore").decode()
        if not text.strip():
            continue
        day = draw(st.sampled_from([None, "2024-01-01", "2024-01-02"]))
        source = Source(sha256=text_version(text), published=day)
        made.append(Record(id=f"r{number}", rules_version="test", source=source, text=text))
    return made


Piece = tuple[str, str, bool]  # kind, words, left out
pieces = st.lists(
    st.tuples(
        st.sampled_from(["word", "phrase", "title", "title phrase"]),
        st.lists(st.sampled_from([*WORDS, "rapat"]), min_size=1, max_size=4).map(" ".join),
        st.booleans(),
    ).filter(lambda one: bool(words_of(one[1]))),
    min_size=1, max_size=3,
)  # fmt: skip


def said(piece: Piece) -> list[str]:
    """The piece in the query language."""
    kind, words, out = piece
    mark = "-" if out else ""
    if kind == "word":
        return [f"{mark}{words_of(words)[0]}"]
    if kind == "title":
        return [f"{mark}judul:{words_of(words)[0]}"]
    inside = words.replace('"', " ")
    return [f'{mark}judul:"{inside}"' if kind == "title phrase" else f'{mark}"{inside}"']


def holds(piece: Piece, title: list[str], body: list[str]) -> bool:
    """The oracle: does a release fit?"""
    kind, said_words, out = piece
    stem = words_now().stemmer.stem
    words = words_of(said_words)
    fields = [title] if kind.startswith("title") else [title, body]
    if "phrase" in kind:
        there = any(
            field[at : at + len(words)] == words for field in fields for at in range(len(field))
        )
    else:
        there = stem(words[0]) in {stem(word) for field in fields for word in field}
    return there != out


def expected(records: list[Record], query: list[Piece]) -> list[str]:
    """Keys of the releases that fit, in their order."""
    found = []
    for number, record in enumerate(records):
        title, body = words_of(headline_of(record)), words_of(record.text)
        if all(holds(one, title, body) for one in query):
            inside = [one for one in query if not one[2]]
            free = any(not one[0].startswith("title") for one in inside)
            first = free and all(holds(one, title, []) for one in inside)
            found.append((first, record.source.published or "", number, record.id))
    return [key for _first, _day, _number, key in sorted(found, reverse=True)]


def shown(store: Store, text: str) -> tuple[list[Hit], dict[str, list[tuple[str, int]]], int]:
    query = query_of(Asked(text), rulebook()["search"])
    with store.read() as connection:
        found = search(connection, query, 100)
        return list(found.hits), facets(connection, query, FACETS), found.total


@settings(
    max_examples=examples(40), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(releases(), st.lists(pieces, min_size=1, max_size=5))
def test_both_stores_find_what_plain_python_finds(
    sqlite_archive: str, postgresql_archive: str, records: list[Record], queries: list[list[Piece]]
) -> None:
    answers = []
    for url in (sqlite_archive, postgresql_archive):
        with Store.open(url) as store:
            with store.write() as connection:
                connection.exec_driver_sql("DELETE FROM releases")
                connection.exec_driver_sql("DELETE FROM search_documents")
            assert add(store, from_records(records)).new == len(records)
            told = []
            for query in queries:
                text = " ".join(part for piece in query for part in said(piece))
                hits, counted, total = shown(store, text)
                assert [hit.key for hit in hits] == expected(records, query), text
                assert total == len(hits)
                told.append((hits, counted))
            answers.append(told)
    assert answers[0] == answers[1]


def test_both_stores_tell_the_same_of_generated_releases(
    sqlite_archive: str, postgresql_archive: str
) -> None:
    queries = [
        "", "pelatihan", "petani muda", '"hadir dalam kegiatan itu"', "orang:budi", "-seminar",
        'tempat:"aula melati" OR jenis:upacara', "bant*", 'acara:petani -"petani muda"',
        "status:rencana", "jabatan:bupati penutur:dewi",
    ]  # fmt: skip
    answers = []
    for url in (sqlite_archive, postgresql_archive):
        with Store.open(url) as store:
            add(store, from_records(generated(120, seed=11)))
            answers.append([shown(store, query) for query in queries])
    assert answers[0] == answers[1]
    assert all(total for _hits, _facets, total in answers[0])


def test_hits_are_found_among_the_latest_as_among_all(
    postgresql_archive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL looks for what is to be shown among few of the latest, or among all."""
    spans = [(None, None), ("2016-01-01", None), ("2019-01-01", "2019-12-31")]
    asked = [
        (query_of(Asked(text, (), since, until), rulebook()["search"]), limit, offset, sort)
        for text in ("", "pelatihan", '"hadir dalam kegiatan itu"')
        for since, until in spans
        for limit, offset in ((0, 0), (20, 7), (200, 0))
        for sort in SORTS
    ]
    with Store.open(postgresql_archive) as store:
        add(store, from_records(generated(120, seed=11)))
        with store.read() as connection:
            told = []
            for few in (2_000, 1, 20):
                monkeypatch.setattr(on_postgresql, "_FEW", few)
                told.append(
                    [hits.places_of(connection, one[0], words_now(), *one[1:]) for one in asked]
                )
    assert told[0] == told[1] == told[2]
    assert max(total for total, _undated, _places in told[0]) > 100


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_query_or_told_not_to_be_one(text: str) -> None:
    try:
        query = query_of(Asked(text), rulebook()["search"])
    except UsageError:
        return
    for clause in query.clauses:
        for term in clause.choices:
            assert term.words
            if term.kind != "value":
                assert all(word.isalnum() for word in term.words)


@given(st.text(max_size=30))
def test_what_is_folded_stays_folded_and_holds_nothing_but_letters_and_digits(text: str) -> None:
    words = words_of(text)
    assert all(word.isalnum() for word in words)
    assert [fold(word) for word in words] == words


def test_the_archive_of_a_search_is_only_read(sqlite_archive: str) -> None:
    with Store.open(sqlite_archive) as store:
        add(store, from_records(generated(3)))
    before = Path(sqlite_archive).read_bytes()
    with Store.open(sqlite_archive, read_only=True) as store:
        assert shown(store, "kegiatan")[2] == 3
    assert Path(sqlite_archive).read_bytes() == before
