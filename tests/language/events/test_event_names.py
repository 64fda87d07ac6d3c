"""Where the name of an event ends."""

import pytest

from extractor.language.events.names import EventNames
from extractor.language.events.offices import office_end
from extractor.language.events.words import EventWords
from extractor.language.phrases import words_of
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def names(rulebook: Rulebook) -> EventNames:
    """The finder of names with the shipped rules."""
    return EventNames(EventWords(rulebook["events"], rulebook["offices"]))


def name_of(names: EventNames, text: str, head: int) -> str:
    words = words_of(text)
    last = names.end(text, words, 0, head, len(words))
    end = words[last - 1].end
    return text[: end + (text[end : end + 1] in ")”")]


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("Rapat Koordinasi Air Bersih pada Senin", 2, "Rapat Koordinasi Air Bersih"),
        ("Lomba Masak Ikan di Aula Mawar", 1, "Lomba Masak Ikan"),
        ("Upacara Hari Jadi Ke-21 di Aula Mawar", 1, "Upacara Hari Jadi Ke-21"),
        (
            "Rakor Kader (PKK Dan Posyandu) Se-Kota Melati Tahun 2024 pada tanggal",
            1,
            "Rakor Kader (PKK Dan Posyandu) Se-Kota Melati Tahun 2024",
        ),
        (
            "Sosialisasi Air Bersih Bagi Kader Desa yang digelar",
            1,
            "Sosialisasi Air Bersih Bagi Kader Desa",
        ),
        ("Pelatihan Menuju Desa Mandiri bersama Bank Melati", 1, "Pelatihan Menuju Desa Mandiri"),
        ("rapat persiapan panen dengan warga", 2, "rapat persiapan panen"),
        (
            "Peringatan Hari Anak ke-40 Kabupaten Melati, Senin",
            1,
            "Peringatan Hari Anak ke-40 Kabupaten Melati",
        ),
        ("Rapat Evaluasi Hari Senin", 2, "Rapat Evaluasi"),
        ("Bedah Buku “Sungai di Kota” di Aula", 2, "Bedah Buku “Sungai di Kota”"),
        ("Pameran Batik (3/6/2024) dibuka", 1, "Pameran Batik"),
        (
            "Pembinaan Perbekel, Perangkat Desa dan BPD di Aula",
            1,
            "Pembinaan Perbekel, Perangkat Desa dan BPD",
        ),
        (
            "Upacara Serah Terima Jabatan Camat Kenanga di Aula",
            1,
            "Upacara Serah Terima Jabatan Camat Kenanga",
        ),
        ("Pasar Murah Diserbu Warga", 2, "Pasar Murah"),
        ("gladi evakuasi mandiri itu digelar", 1, "gladi evakuasi mandiri"),
        (
            "Pelepasan Siswa/i kelas XII Tahun 2024 di Aula",
            1,
            "Pelepasan Siswa/i kelas XII Tahun 2024",
        ),
        ("Lomba dan", 1, "Lomba"),
        ("Rapat kordinasi Pompa Desa di Aula", 1, "Rapat kordinasi Pompa Desa"),
        ("Kunjungan Camat dan lurah Kenanga di Aula", 1, "Kunjungan Camat"),
        ("Lomba Pompa desa yang digelar", 1, "Lomba Pompa desa"),
        ("Lomba Pompa kemarin sore di Aula", 1, "Lomba Pompa"),
        ("penyerahan pompa dari Dinas Air Melati", 1, "penyerahan pompa"),
        (
            "Serah Terima Embung dari Dinas Air ke Desa Kenanga, Senin",
            2,
            "Serah Terima Embung dari Dinas Air ke Desa Kenanga",
        ),
        (
            "Pemusnahan Pompa yang Menjadi Milik Desa itu dipimpin",
            1,
            "Pemusnahan Pompa yang Menjadi Milik Desa",
        ),
        ("Apel Pasukan Siaga Banjir di Lapangan", 1, "Apel Pasukan Siaga Banjir"),
        (
            "peresmian dua Balai Pompa (BP) dan tiga Rumah Pompa, Senin",
            1,
            "peresmian dua Balai Pompa (BP) dan tiga Rumah Pompa",
        ),
        (
            "kunjungan lebih dari 80 siswa SMP Dahlia di Aula",
            1,
            "kunjungan lebih dari 80 siswa SMP Dahlia",
        ),
        (
            "Gedung Serba Guna (GSG) Kampung Pompa di Desa",
            1,
            "Gedung Serba Guna (GSG) Kampung Pompa",
        ),
        ("Gerakan Aktifkan Pompa di wilayah kerja juru air", 1, "Gerakan Aktifkan Pompa"),
        ("Gerakan Tanam Pompa Dilaksanakan di wilayah kerja", 1, "Gerakan Tanam Pompa"),
        ("Balai Serba Guna di Desa", 1, "Balai Serba Guna"),
        ("pengukuhan Prof. Dr. Hasan Mulia sebagai guru", 1, "pengukuhan Prof. Dr. Hasan Mulia"),
    ],
)
def test_a_name_ends_before_place_time_and_verb(
    names: EventNames, text: str, head: int, name: str
) -> None:
    assert name_of(names, text, head) == name


def test_a_name_has_an_end_in_endless_text(names: EventNames) -> None:
    text = "Rapat " + "Kader " * 500
    assert names.end(text, words_of(text), 0, 1, 501) < 40


def test_an_office_is_passed_over_whole(names: EventNames) -> None:
    text = "Dinas Pemberdayaan Perempuan, Pelindungan Anak dan Keluarga (DPPA) menggelar"
    words = words_of(text)
    end = office_end(names.vocabulary, text, words, 0, len(words), title=False)
    assert words[end].lower == "menggelar"
