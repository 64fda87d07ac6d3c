"""Pairs of persons that are one, and pairs that are not."""

import json
from functools import lru_cache
from types import SimpleNamespace

import pytest

from extractor.archive.linking.knowledge import knowledge
from extractor.archive.linking.people import PeopleScorer
from extractor.archive.linking.profiles import Profile, Profiles
from extractor.archive.linking.reading import Areas, Told, ordinal
from extractor.rulebook import shared_rulebook
from tests.archive.links import world

REGIONS = frozenset({"sukamaju", "tirtasari", "pekalongan"})
AREAS = Areas(REGIONS | {"cisarua"}, REGIONS)
KNOWN = knowledge(shared_rulebook(None))


def profile(said: str, number: int) -> Profile:
    """``Drs. | Budi Santosa / Pak Bud | Camat Sukamaju | 2024-05-02 | Tirtasari``; the last parts may
    be left out."""
    titles, name, role, day, near = ([part.strip() for part in said.split("|")] + [""] * 5)[:5]
    name, _slash, alias = (part.strip() for part in name.partition(" / "))
    told = Told(number, f"{number:04}", "site", ordinal(day or "2024-05-02"), dateline=near or None)
    row = SimpleNamespace(
        id=number, name=name, full_name=None, titles=json.dumps(titles.split()),
        aliases=json.dumps([alias] if alias else []), role=role or None, organization=None,
        pseudonym=False,
    )  # fmt: skip
    told.people.append(row)
    taken = Profiles(KNOWN, AREAS)
    taken.take(told, {}, {})
    return next(iter(taken))


@lru_cache
def crowd() -> list[Profile]:
    """Persons among whom the pairs stand, so that names and offices have frequencies."""
    told = (
        f"{' '.join(p.titles)}|{p.name}|{p.role.text if p.role else ''}|{r.source.published}"
        for r in world(250, 4)
        for p in r.people
    )
    return [profile(said, number) for number, said in enumerate(told, 1000)]


def bits(one: str, other: str) -> float:
    pair = profile(one, 1), profile(other, 2)
    return PeopleScorer(KNOWN, [*crowd(), *pair]).score(*pair).bits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("|Soekarno Wiryawan|Camat Sukamaju", "|Sukarno Wirjawan|Camat Sukamaju|2024-06-01"),
        ("|Muh. Ridwan Hasibuan|Bupati Tirtasari", "|Mochamad Ridwan Hasibuan|Bupati Tirtasari"),
        ("|M. Ridwan Hasibuan|Bupati Tirtasari", "|Muhammad Ridwan Hasibuan|Bupati Tirtasari"),
        ("|Achmad Afzan / Aaf|Walikota Pekalongan", "|Aaf|Wali Kota Pekalongan"),
        ("|Achmad Afzan / Pak Aaf|Walikota Pekalongan", "|Aaf|Wali Kota Pekalongan"),
        ("|Ratna Dewi Kusumawardhani|Kadinkes Sukamaju", "|Ratna D. Kusumawardani|Kepala Dinas Kesehatan Sukamaju"),
        ("|Ratna Dewi Kusumawardhani|Kadinkes Sukamaju", "|Ratna Kusumawardani|Kepala Dinas Kesehatan Sukamaju"),
        ("|Hasanudin bin Marjuki|Kepala Desa Cisarua", "|Hasanuddin Marzuki|Kades Cisarua"),
        ("|Wiratmoko Adisasmito|Camat Sukamaju|2020-01-02", "|Wiratmoko Adisasmito|Kepala Dinas Sosial Sukamaju|2023-04-05"),
        ("|Wiratmoko Adisasmito|Sekda Sukamaju", "|Wiratmkoo Adisasmito|Sekretaris Daerah Sukamaju"),
    ],
)  # fmt: skip
def test_other_spellings_and_shorter_names_are_one(one: str, other: str) -> None:
    assert bits(one, other) >= KNOWN.weights["link"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("|Sri", "|Sri"),
        ("|Budi", "|Budi Santosa"),
        ("|Budi||2024-05-02|Sukamaju", "|Budi||2024-05-09|Sukamaju"),
        ("|Budi Santosa|Camat Sukamaju", "|Budi Wibowo|Camat Sukamaju"),
        ("|Slamet Nugroho|Camat Sukamaju", "|Slamet Nugroho|Camat Tirtasari"),
        ("Ibu|Sri Wahyu|Camat Sukamaju", "Bapak|Sri Wahyu|Kepala Desa Cisarua"),
        ("|Rina Wulandari|Camat Sukamaju", "|Rini Handayani|Camat Sukamaju"),
        ("|Wayan Lestari|Kepala Desa Cisarua|2024-05-02|Sukamaju", "|Wayan Lestari|Kades Cisarua|2024-05-03|Tirtasari"),
        ("|Agus Setiawan|Camat Sukamaju|2023-05-02", "|Agus Setiawan|Kepala Dinas Sosial Tirtasari|2023-05-12"),
    ],
)  # fmt: skip
def test_namesakes_and_others_are_not_one(one: str, other: str) -> None:
    assert bits(one, other) < KNOWN.weights["link"]


def test_a_rare_name_says_more_than_a_common_one() -> None:
    rare = bits("|Wiratmoko Adisasmito", "|Wiratmoko Adisasmito")
    assert rare > bits("|Budi Santosa", "|Budi Santosa")


def test_the_same_seat_at_the_same_time_says_more_than_years_later() -> None:
    now = bits("|Budi S.|Camat Sukamaju|2020-05-02", "|Budi Santosa|Camat Sukamaju|2020-05-09")
    assert now > bits(
        "|Budi S.|Camat Sukamaju|2020-05-02", "|Budi Santosa|Camat Sukamaju|2024-05-09"
    )


def test_former_and_acting_holders_do_not_clash() -> None:
    one = "|Wiratmoko Adisasmito|Camat Sukamaju"
    clash = bits(one, "|Wiratmoko Adisasmito|Kepala Dinas Sosial Sukamaju")
    assert bits(one, "|Wiratmoko Adisasmito|mantan Kepala Dinas Sosial Sukamaju") > clash
