"""Theme, occasion and participants of an event."""

import pytest

from extractor.language.events.finding import EventFinder
from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> EventFinder:
    """The finder with the shipped rules."""
    return EventFinder(rulebook["events"], rulebook["offices"])


def main_event(finder: EventFinder, rulebook: Rulebook, text: str) -> Found:
    main = finder.find(read_layout(text, rulebook["paragraphs"], 0))[0]
    assert main.value["main"]
    return main


@pytest.mark.parametrize(
    ("opening", "occasion"),
    [
        ("Dalam rangka Hari Air Sedunia ke-9,", "Hari Air Sedunia ke-9"),
        (
            "Memperingati Hari Jadi (Harja) Kota Melati ke 40,",
            "Hari Jadi (Harja) Kota Melati ke 40",
        ),
        ("Menyambut Tahun Baru 1.446 Hijriah,", "Tahun Baru 1.446 Hijriah"),
        ("Menyambut Bupati Kenanga,", None),
        ("Dalam rangka Mewujudkan Desa Mandiri,", None),
        ("Dalam rangka kunjungan ke desa,", None),
    ],
)
def test_occasion_is_a_named_day(
    finder: EventFinder, rulebook: Rulebook, opening: str, occasion: str | None
) -> None:
    text = f"{opening} Dinas Air Kota Melati menggelar Lomba Pompa di Aula Mawar."
    found = main_event(finder, rulebook, text).value["occasion"]
    assert (found["text"] if found else None) == occasion


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''"])
def test_theme_in_any_quotation_marks(finder: EventFinder, rulebook: Rulebook, marks: str) -> None:
    theme = f"{marks[0]}Air untuk Semua{marks[1]}"
    text = f"Dinas Air Kota Melati menggelar Lomba Pompa bertema {theme} di Aula Mawar."
    assert main_event(finder, rulebook, text).value["theme"]["text"] == "Air untuk Semua"


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        ("yang diikuti 80 peserta dari unsur kader desa", ["80 peserta dari unsur kader desa"]),
        (
            "yang dihadiri camat, tokoh masyarakat, serta para tamu undangan",
            ["camat", "tokoh masyarakat", "tamu undangan"],
        ),
        ("yang diikuti 40 warga dengan riang", ["40 warga"]),
        ("yang diikuti 200 pelukis dengan riang", ["200 pelukis"]),
        ("dan warga senang", []),
    ],
)
def test_groups_that_took_part(
    finder: EventFinder, rulebook: Rulebook, told: str, groups: list[str]
) -> None:
    text = f"Dinas Air Kota Melati menggelar Lomba Pompa di Aula Mawar {told}."
    found = main_event(finder, rulebook, text).value["participants"]
    assert [group["text"] for group in found] == groups


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Lomba Pompa yang sedianya digelar di Aula Mawar, Senin, ditunda hingga Juli.",
            "postponed",
        ),
        ("Lomba Pompa yang dijadwalkan di Aula Mawar pada hari Senin dibatalkan.", "cancelled"),
        ("Lomba Pompa digelar di Aula Mawar bagi warga yang lombanya dahulu ditunda.", "held"),
        ("Lomba Pompa digelar di Aula Mawar membahas sumur yang dibatalkan.", "held"),
    ],
)
def test_what_became_of_an_event_stands_anywhere_behind_its_name(
    finder: EventFinder, rulebook: Rulebook, text: str, status: str
) -> None:
    text += " Lomba Pompa itu dibuka camat."
    assert main_event(finder, rulebook, text).value["status"] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (  # what follows speaks of the plan
            "Dinas Air Kota Melati akan menggelar Festival Pompa. Festival Pompa tersebut dipusatkan di "
            "Lapangan Mawar.",
            "planned",
        ),
        (  # what was prepared is to come, not its preparation
            "Dinas Air Kota Melati menggelar rapat persiapan Festival Pompa yang akan dilaksanakan di "
            "Lapangan Mawar. Rapat itu dibuka camat.",
            "held",
        ),
        (
            "Dinas Air Kota Melati menggelar Festival Pompa. Dinas Air akan menggelar Festival Pompa "
            "lagi.",
            "held",
        ),
    ],
)
def test_the_first_telling_says_whether_an_event_is_planned(
    finder: EventFinder, rulebook: Rulebook, text: str, status: str
) -> None:
    assert main_event(finder, rulebook, text).value["status"] == status
