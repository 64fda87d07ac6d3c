"""Where a name begins and ends: against offices, bodies, titles, lists; and how sure that is."""

import pytest

from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.language.people.finding import PeopleFinder
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> PeopleFinder:
    return PeopleFinder(rulebook["people"], rulebook["offices"], rulebook["officials"])


def _heads(finder: PeopleFinder, rulebook: Rulebook, text: str) -> list[Found]:
    found = finder.find(read_layout(text, rulebook["paragraphs"], 0))
    return [one for one in found if one.value.get("head")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wakil Wali Kota Tuban Adi Wibawan (Mas Adi) didampingi istri, Ani Adi Wibawan, hadir.",
            [("Adi Wibawan", "Wakil Wali Kota Tuban"), ("Ani Adi Wibawan", "istri")],
        ),
        (
            "Babinsa Mawar, Koramil 02/Btc, Kodim 0506/Tgr Peltu Sembaran melapor.",
            [("Sembaran", "Babinsa Mawar, Koramil 02/Btc, Kodim 0506/Tgr")],
        ),
        (
            "Kepala DKP (Dinas Kelautan dan Perikanan) Tuban, Hendri Widotan, setuju.",
            [("Hendri Widotan", "Kepala DKP (Dinas Kelautan dan Perikanan) Tuban")],
        ),
        (
            "Bupati Amrinan Mukminan hadir. Siang ini Bupati Tuban meninjau pos.",
            [("Amrinan Mukminan", "Bupati Tuban")],
        ),
        (
            "Hadir anggota DPRD Badung Ida Bagus Sunartan dan I Gede Suardanan.",
            [
                ("Ida Bagus Sunartan", "anggota DPRD Badung"),
                ("I Gede Suardanan", "anggota DPRD Badung"),
            ],
        ),
        (
            "Bupati Tuban yang baru dilantik, Mathian Awotan, mengucapkan terima kasih.",
            [("Mathian Awotan", "Bupati Tuban")],
        ),
        (
            "Turut hadir KH. Zuhrin Zainin, Pengasuh Pesantren Melati, Paitun, dan sejumlah kiai.",
            [("Zuhrin Zainin", "Pengasuh Pesantren Melati")],
        ),
        (
            "Bertindak selaku Inspektur Upacara yakni drh. Inana Soelistan yang juga Kepala Balai "
            "Karantina Tuban.",
            [("Inana Soelistan", "Kepala Balai Karantina Tuban")],
        ),
        (
            "Acara dibuka Bupati Tuban Tarsi Wibangan di Lapangan Desa Mawar.",
            [("Tarsi Wibangan", "Bupati Tuban")],
        ),
    ],
)
def test_name_and_role_part_where_one_ends(
    finder: PeopleFinder, rulebook: Rulebook, text: str, expected: list[tuple[str, str]]
) -> None:
    heads = [one.value for one in _heads(finder, rulebook, text)]
    assert [(head["name"], head["role"] and head["role"]["text"]) for head in heads] == expected


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Dekan FISIP Xyzwan Agus Tarjono membuka acara.", False),  # it may begin at Agus
        ("Dekan Agus Tarjono membuka acara.", True),
        ("Kepala Dinas Pangan Tuban Tarji Agus membuka acara.", True),  # the place is known
        ("Kepala Dinas Pangan Tuban Dr. Xyzwan Agus membuka acara.", True),  # a title parts them
    ],
)
def test_a_name_that_may_begin_a_word_later_is_less_sure(
    finder: PeopleFinder, rulebook: Rulebook, text: str, sure: bool
) -> None:
    (head,) = _heads(finder, rulebook, text)
    assert (head.confidence >= 0.9) == sure


def test_a_nickname_belongs_to_nobody_on_the_other_side_of_a_quotation(
    finder: PeopleFinder, rulebook: Rulebook
) -> None:
    text = (
        "Gubernur Jatim Soekarwan membuka lomba. “Semoga lahir atlet andal,” ujar Pak Karwo, "
        "sapaan akrabnya."
    )
    (head,) = _heads(finder, rulebook, text)
    assert head.value["role"]["text"] == "Gubernur Jatim"
