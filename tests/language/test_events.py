"""Events by grammar alone: no date, person or venue is marked."""

from dataclasses import replace

import pytest

from extractor.language.events import EventFinder
from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> EventFinder:
    """The finder with the shipped rules."""
    return EventFinder(rulebook["events"], rulebook["offices"])


def events(finder: EventFinder, rulebook: Rulebook, text: str, title: int | None) -> list[Found]:
    layout = read_layout(text, rulebook["paragraphs"], title)
    return [one for one in finder.find(layout) if not one.value["candidate"]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Dinas Air Kota Melati menggelar Pelatihan Juru Pompa Desa di Aula Mawar.",
            "Pelatihan Juru Pompa Desa",
            "pelatihan",
        ),
        (
            "Rakor Pompa Desa se-Kabupaten Melati berlangsung di Aula Mawar.",
            "Rakor Pompa Desa se-Kabupaten Melati",
            "rapat koordinasi",
        ),
        (
            "Dalam kegiatan Sosialisasi Pompa Desa itu hadir seratus warga. Sosialisasi dibuka camat.",
            "Sosialisasi Pompa Desa",
            "sosialisasi",
        ),
        (
            "Bupati membuka secara resmi kegiatan Jambore Kader Pompa di Aula Mawar.",
            "Jambore Kader Pompa",
            "jambore",
        ),
        ("Warga Desa Melati menggelar Nyekar Leluhur di bukit.", "Nyekar Leluhur", "nyekar"),
        (
            "Telah dilaksanakan Penyegelan Sumur Liar di Desa Melati. Penyegelan itu berlangsung aman.",
            "Penyegelan Sumur Liar",
            "penyegelan",
        ),
        (
            "Puluhan kader mengikuti kegiatan “Ngopi Gizi” yang digelar Puskesmas Kenanga.",
            "Ngopi Gizi",
            "ngopi",
        ),
    ],
)
def test_a_sentence_gives_name_and_kind(
    finder: EventFinder, rulebook: Rulebook, text: str, name: str, kind: str
) -> None:
    (found,) = events(finder, rulebook, text, 0)
    assert text[found.start : found.end] == name
    assert found.value["type"] == kind
    assert found.value["main"]


def test_a_verb_in_the_title_and_a_noun_in_the_text_are_one_event(
    finder: EventFinder, rulebook: Rulebook
) -> None:
    title = "Bupati Melati Lantik Pengurus Karang Taruna"
    text = (
        f"{title}\n\nMelati - Pelantikan Pengurus Karang Taruna Kecamatan Kenanga digelar di Aula "
        "Mawar. Pelantikan dipimpin bupati."
    )
    (found,) = events(finder, rulebook, text, len(title))
    assert text[found.start : found.end] == "Pelantikan Pengurus Karang Taruna Kecamatan Kenanga"
    assert found.value["type"] == "pelantikan"


def test_the_phase_is_no_part_of_the_name(finder: EventFinder, rulebook: Rulebook) -> None:
    text = "Dinas Air Kota Melati gelar Pembukaan Rakor Pompa Desa di Aula Mawar."
    (found,) = events(finder, rulebook, text, 0)
    assert text[found.start : found.end] == "Rakor Pompa Desa"
    assert found.value["phase"] == "pembukaan"


def test_an_event_joined_to_the_main_one_is_related(
    finder: EventFinder, rulebook: Rulebook
) -> None:
    title = "Kecamatan Kenanga Gelar Apel Kader Dirangkai Pasar Murah"
    text = (
        f"{title}\n\nKecamatan Kenanga menggelar Apel Kader Pompa yang dirangkai dengan Pasar Murah "
        "Kenanga di Lapangan Mawar. Pasar murah berlangsung sampai sore, apel dipimpin camat."
    )
    main, other = events(finder, rulebook, text, len(title))
    assert (main.value["type"], main.value["main"]) == ("apel", True)
    assert (other.value["type"], other.value["main"]) == ("pasar murah", False)


def test_losers_are_told_with_their_points(finder: EventFinder, rulebook: Rulebook) -> None:
    text = "Dinas Air Kota Melati menggelar Pelatihan Juru Pompa. Usai rapat, warga pulang."
    layout = read_layout(text, rulebook["paragraphs"], 0)
    found = finder.find(layout)
    losers = [one for one in found if one.value["candidate"]]
    assert losers
    for one in losers:
        assert not one.value["main"]
        assert one.value["score"] == pytest.approx(sum(one.value["features"].values()), abs=0.02)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Dinas Air menggelar Lomba Pompa di Aula Mawar.", "held"),
        ("Dinas Air akan menggelar Lomba Pompa di Aula Mawar.", "planned"),
        ("Lomba Pompa Desa Melati ditunda. Lomba Pompa itu sedianya digelar Sabtu.", "postponed"),
        (
            "Lomba Pompa Desa Melati dibatalkan. Lomba Pompa itu sedianya digelar Sabtu.",
            "cancelled",
        ),
    ],
)
def test_the_status(finder: EventFinder, rulebook: Rulebook, text: str, status: str) -> None:
    (found,) = events(finder, rulebook, text, 0)
    assert found.value["status"] == status


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Dinas Air Kota Melati menggelar High Level Meeting (HLM) Air di Aula Mawar.",
            "High Level Meeting (HLM) Air",
            "high level meeting",
        ),
        (
            "Dinas Air Kota Melati menggelar Temu Pompa Raya (TPR) di Aula Mawar.",
            "Temu Pompa Raya (TPR)",
            "temu pompa raya",
        ),
        (
            "Dinas Wisata Kota Melati menggelar Lembah Kenanga Festival di Taman Mawar.",
            "Lembah Kenanga Festival",
            "festival",
        ),
        (
            "Warga berdatangan melihat nyadranan yang digelar Desa Melati. Nyadranan itu ramai.",
            "nyadranan",
            "nyadranan",
        ),
    ],
)
def test_heads_that_no_list_holds(
    finder: EventFinder, rulebook: Rulebook, text: str, name: str, kind: str
) -> None:
    (found,) = events(finder, rulebook, text, 0)
    assert (text[found.start : found.end], found.value["type"]) == (name, kind)


def test_theme_and_occasion(finder: EventFinder, rulebook: Rulebook) -> None:
    text = (
        "Dalam rangka Hari Air Sedunia, Dinas Air Kota Melati menggelar Lomba Pompa Desa di Aula "
        "Mawar dengan tema “Satu Pompa Seribu Sawah”."
    )
    (found,) = events(finder, rulebook, text, 0)
    assert found.value["theme"]["text"] == "Satu Pompa Seribu Sawah"
    assert found.value["occasion"]["text"] == "Hari Air Sedunia"


def test_a_rule_that_is_switched_off_finds_nothing(rulebook: Rulebook) -> None:
    file = rulebook["events"]
    off = replace(file, rules=tuple(r for r in file.rules if r.id != "events.verb-object"))
    text = "Dinas Air Kota Melati menggelar Temu Juru Pompa di Aula Mawar."
    layout = read_layout(text, rulebook["paragraphs"], 0)
    assert [f for f in EventFinder(off).find(layout) if f.rule == "events.verb-object"] == []


@pytest.mark.parametrize(
    "text", ["", " ", "(", "“", "menggelar", "yang digelar", "Acara :", "di", "😀 gelar"]
)
def test_no_text_is_too_odd(finder: EventFinder, rulebook: Rulebook, text: str) -> None:
    layout = read_layout(text, rulebook["paragraphs"], 0)
    for found in finder.find(layout):
        assert 0 <= found.start < found.end <= len(text)
