"""Releases about one event, and about others that look like it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.linking.differences import differences
from extractor.archive.linking.entities import entities
from extractor.archive.linking.knowledge import knowledge
from extractor.archive.linking.running import link
from extractor.archive.store import Store
from extractor.rulebook import shared_rulebook
from tests.archive.links import groups, put, release, world

HALL = {"building": "Aula Melati", "city": "Kota Sukamaju"}
ONE: dict[str, Any] = {
    "name": "Rapat Koordinasi Penurunan Stunting", "venue": HALL,
    "people": [("Wiratmoko Adisasmito", "Camat Sukamaju")],
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which events have frequencies."""
    place = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("crowd") / "crowd.db"))
    with Store.open(place) as store:
        put(store, world(60, 6))
    return place


@pytest.fixture
def crowd(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it."""
    with Store.open(shutil.copy(filled, tmp_path / "crowd.db")) as store:
        yield store


def together(store: Store, **other: Any) -> bool:
    put(store, [release(1, **ONE), release(2, **{**ONE, **other})])
    link(store)
    return any({f"{1:016x}#1", f"{2:016x}#1"} <= group for group in groups(store, "event"))


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"site": "kominfo", "organizer": "Pemerintah Kota Sukamaju"},
        {"venue": None},
        {"venue": {"building": "Pendopo Kenanga", "city": "Kota Sukamaju"}},
        {"name": "Rakor Penurunan Stunting"},
        {"name": "Rapat Koordinasi Penurunan Stunting Tahun 2024"},
        {"dated": False},
        {"participants": "120 peserta"},
    ],
    ids=str,
)
def test_one_event_told_otherwise_is_one(crowd: Store, other: dict[str, Any]) -> None:
    assert together(crowd, **other)


@pytest.mark.parametrize(
    "other",
    [
        {"day": "2025-05-02"},
        {"day": "2024-05-09"},
        {"day": "2024-05-20", "dated": False},
        {"venue": {"village": "Desa Cisarua", "city": "Kota Sukamaju"}, "name": "Posyandu Balita"},
        {"name": "Panen Raya Kopi Robusta"},
        {"venue": {"building": "Aula Melati", "city": "Kota Tirtasari"}, "organizer": "Dinas Kesehatan Tirtasari", "people": []},
    ],
    ids=str,
)  # fmt: skip
def test_another_event_of_the_same_office_is_another(crowd: Store, other: dict[str, Any]) -> None:
    assert not together(crowd, **other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Pelatihan Kader Angkatan I"}, {"name": "Pelatihan Kader Angkatan II"}),
        ({"name": "Lokakarya 7 Kader Angkatan XI"}, {"name": "Lokakarya 7 Kader Angkatan 10"}),
        ({"name": "Upacara Hari Jadi ke-77"}, {"name": "Upacara Hari Jadi ke-78"}),
        (
            {"name": "Posyandu Balita", "venue": {"village": "Desa Cisarua", "city": "Kota Sukamaju"}},
            {"name": "Posyandu Balita", "venue": {"village": "Desa Talun", "city": "Kota Sukamaju"}},
        ),
        (
            {"name": "Posyandu Balita", "venue": {"building": "GOR Patikalang", "city": "Kota Sukamaju"}},
            {"name": "Posyandu Balita", "venue": {"building": "Aula Radiwangun", "city": "Kota Sukamaju"}},
        ),
    ],
)  # fmt: skip
def test_parts_of_a_row_on_one_day_stay_apart(
    crowd: Store, one: dict[str, Any], other: dict[str, Any]
) -> None:
    put(crowd, [release(1, **one), release(2, **other)])
    link(crowd)
    assert not any({f"{1:016x}#1", f"{2:016x}#1"} <= group for group in groups(crowd, "event"))


def test_a_place_written_in_one_word_or_two_is_one_place(sqlite_archive: str) -> None:
    """And the seat of a regency, where another office wrote, is no other place than the regency."""
    told = [
        release(
            n, "2024-05-14", "Rapat Koordinasi Percepatan Penurunan Stunting", site=f"s{n}",
            people=[("Ratna Siregar", f"Bupati {place}"), ("Irwan Lubis", "Kadinkes")],
            venue={"building": f"Aula Kantor Bupati {place}"},
            organizer=f"Dinas Kesehatan {place}",
        )
        for n, place in ((1, "Padang Lawas"), (2, "Padanglawas"), (3, "Padang Lawas"))
    ]  # fmt: skip
    with Store.open(sqlite_archive) as store:
        put(store, told)
        link(store)
        keys = [f"{n:016x}" for n in (1, 2, 3)]
        assert groups(store, "event") == {frozenset(f"{key}#1" for key in keys)}
        people = {frozenset(f"{key}#{who}" for key in keys) for who in ("p1", "p2")}
        assert groups(store, "person") == people
        with store.read() as connection:
            known = knowledge(shared_rulebook(None))
            assert list(differences(connection, known)) == []
            roles = [one.roles for one in entities(connection, "person", known, "Ratna")]
            assert [[(r.title, r.times) for r in one] for one in roles] == [
                [("Bupati Padang Lawas", 3)]
            ]
