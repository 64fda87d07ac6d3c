"""Events by grammar alone: no date, person or venue is marked."""

from dataclasses import replace

import pytest

from extractor.language.events.finding import EventFinder
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
        (
            "Guna mendukung pelaksanaan Panen Raya, maka Dinas Pangan Kota Melati akan menggelar "
            "Panen Raya di Desa Mawar, Senin (3/6/2024).",
            "planned",
        ),
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


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Acara : Bogulan Desa Penetapan Batas Dusun",
            "Bogulan Desa Penetapan Batas Dusun",
            "bogulan",
        ),
        (
            "Kami mengundang Saudara pada Malam Bogulan Kenanga “Air dan Kita” yang akan "
            "dilaksanakan di Aula Mawar.",
            "Malam Bogulan Kenanga “Air dan Kita”",
            "malam",
        ),
        (
            "Telah dilaksanakan kegiatan rutin Posyandu Kenanga Indah di Aula Mawar.",
            "Posyandu Kenanga Indah",
            "posyandu",
        ),
        (
            "Tim Air melaksanakan Bogulan Lapangan Tingkat Provinsi yang digelar di Aula Mawar.",
            "Bogulan Lapangan Tingkat Provinsi",
            "bogulan",
        ),
        (
            "Jaksa Melati melakukan Pelayanan Hukum Gratis yang digelar di Aula Mawar.",
            "Pelayanan Hukum Gratis",
            "pelayanan",
        ),
        (
            "Penyerahan pompa air dilakukan sebagai bentuk kegiatan pendampingan Dinas Air "
            "Melati. Penyerahan dipimpin camat.",
            "Penyerahan pompa air",
            "penyerahan",
        ),
    ],
)
def test_names_by_their_place_alone(
    finder: EventFinder, rulebook: Rulebook, text: str, name: str, kind: str
) -> None:
    (found,) = events(finder, rulebook, text, 0)
    assert (text[found.start : found.end], found.value["type"]) == (name, kind)


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        (
            "Bupati Sosialisasikan Aplikasi Air",
            "Bupati Melati mensosialisasikan Aplikasi Air Melati yang bertempat di Aula Mawar. "
            "Sosialisasi dipandu camat.",
            "sosialisasi",
        ),
        (
            "Koperasi Mawar Gelar RAT",
            "Koperasi Mawar menggelar Rapat Anggota Tahunan (RAT) di Aula Kenanga.",
            "rapat anggota tahunan",
        ),
        (
            "Kapolres Terima Kunjungan Tim Air untuk Penilaian Pompa",
            "Kapolres Melati menerima kunjungan Tim Air di Aula Mawar. Penilaian pompa lancar.",
            "kunjungan",
        ),
        (
            "Bupati Melati Serahkan Pompa Air",
            "Bupati Gotong Royong itu menyerahkan pompa air kepada warga di Aula Mawar.",
            "penyerahan",
        ),
    ],
)
def test_title_and_text_tell_one_event(
    finder: EventFinder, rulebook: Rulebook, title: str, body: str, kind: str
) -> None:
    (found,) = events(finder, rulebook, f"{title}\n\nMelati - {body}", len(title))
    assert found.value["type"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "Transformasi mutu layanan air di Puskesmas Kenanga meraih penghargaan.",
        "Pola jemput bola itu mempermudah warga dalam pengurusan perizinan di Kota Melati.",
        "Penilaian tersebut berdasarkan hasil laporan warga.",
        "Sekolah itu terbaik pada Apresiasi Giat Baca Nusantara 2024.",
    ],
)
def test_policy_service_and_figures_are_no_event(
    finder: EventFinder, rulebook: Rulebook, text: str
) -> None:
    assert events(finder, rulebook, text, 0) == []


def test_lines_before_the_first_paragraph_are_no_lead(
    finder: EventFinder, rulebook: Rulebook
) -> None:
    title = "Dinas Air Mulai Bogulan Pompa"
    text = (
        f"{title}\n\nSIARAN PERS\n\nNomor: SP. 18/HUMAS/2024\n\nDinas Air Kota Melati resmi "
        "memulai Bogulan Pompa Desa, sebuah langkah besar agar setiap kampung berair bersih."
    )
    (found,) = events(finder, rulebook, text, len(title))
    assert text[found.start : found.end] == "Bogulan Pompa Desa"


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
