"""Names as runs of words, degrees in all spellings, roles and where they end."""

import pytest

from extractor.language.layout import read_layout
from extractor.language.people.lexicon import Lexicon
from extractor.language.people.names import name_at
from extractor.language.people.reading import Reading
from extractor.language.people.roles import role_at
from extractor.language.people.titles import degrees_at
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def lexicon(rulebook: Rulebook) -> Lexicon:
    return Lexicon(rulebook["people"], rulebook["offices"])


def _read(lexicon: Lexicon, rulebook: Rulebook, text: str) -> Reading:
    return Reading(read_layout(text, rulebook["paragraphs"], 0), lexicon)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wirasti hadir", "Wirasti"),
        ("I Gusti Ngurah Wirasena hadir", "I Gusti Ngurah Wirasena"),
        ("A.A. Gede Wirasena hadir", "A.A. Gede Wirasena"),
        ("Nurbaya binti Karta hadir", "Nurbaya binti Karta"),
        ("Sefrina br. Gandaria hadir", "Sefrina br. Gandaria"),
        ("Baharudin Dg. Situru hadir", "Baharudin Dg. Situru"),
        ("Moh. Wira Adiguna hadir", "Moh. Wira Adiguna"),
        ("Abdul Mu'iz Tamrin hadir", "Abdul Mu'iz Tamrin"),
        ("Mu' iz hadir", "Mu' iz"),
        ("Meity Wowora-Rondo hadir", "Meity Wowora-Rondo"),
        ("Tjhai Mei Ling hadir", "Tjhai Mei Ling"),
        ("WIRASTI GANDARIA hadir", "WIRASTI GANDARIA"),
        ("Wirasti Gandaria SH MH hadir", "Wirasti Gandaria"),
        ("Wirasti Berharap Pasar Dibuka", "Wirasti"),
        ("Dinas Pangan hadir", None),
        ("Kegiatan Lomba hadir", None),
        ("wirasti hadir", None),
    ],
)
def test_where_a_name_begins_and_ends(
    lexicon: Lexicon, rulebook: Rulebook, text: str, name: str | None
) -> None:
    reading = _read(lexicon, rulebook, text)
    found = name_at(reading, 0)
    got = None
    if found is not None:
        got = text[reading.words[found.first].start : reading.words[found.last - 1].end]
    assert got == name


@pytest.mark.parametrize(
    ("tail", "degrees"),
    [
        (", S.Sos.M.Si Beliau", ("S.Sos", "M.Si")),
        (" SE MM hadir", ("SE", "MM")),
        (", S.E,.M.M hadir", ("S.E", "M.M")),
        (", S.E.,.M.M hadir", ("S.E", "M.M")),
        (", S.K.M., M,Kes hadir", ("S.K.M", "M,Kes")),
        (", SE,M.Si hadir", ("SE", "M.Si")),
        (", Ph. D hadir", ("Ph. D",)),
        (", M.Xyz hadir", ("M.Xyz",)),
        (", M. Tohirin hadir", ()),
        (" hadir", ()),
    ],
)
def test_degrees_in_all_spellings(
    lexicon: Lexicon, rulebook: Rulebook, tail: str, degrees: tuple[str, ...]
) -> None:
    found = degrees_at(_read(lexicon, rulebook, "Wirasti" + tail), 1)
    assert (found.titles if found is not None else ()) == degrees


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kepala Dinas Pangan, Wirasti", "Kepala Dinas Pangan"),
        (
            "Kabid Perempuan, Hak Anak dan Keluarga Dinas PMPA Kota Melati, Wirasti",
            "Kabid Perempuan, Hak Anak dan Keluarga Dinas PMPA Kota Melati",
        ),
        (
            "Wakil Rektor Bidang Akademik, Kerja Sama, dan Penjaminan Mutu, Wirasti",
            "Wakil Rektor Bidang Akademik, Kerja Sama, dan Penjaminan Mutu",
        ),
        ("Ketua RT 01 RW 06 hadir", "Ketua RT 01 RW 06"),
        ("Camat Kenanga Barat Wirasti Gandaria membuka acara", "Camat Kenanga Barat"),
        (
            "Sekretaris Daerah (Sekda) Kabupaten Melati hadir",
            "Sekretaris Daerah (Sekda) Kabupaten Melati",
        ),
        ("warga Kelurahan Kenanga, Wirasti", "warga Kelurahan Kenanga"),
        ("penasihat hukum tersangka, Wirasti", "penasihat hukum tersangka"),
        ("Bupati meminta warga siaga", "Bupati"),
        ("Camat Kenanga dan Lurah Melati hadir", "Camat Kenanga"),
        ("Imam Wirasena hadir", None),
    ],
)
def test_a_role_with_all_its_organisation(
    lexicon: Lexicon, rulebook: Rulebook, text: str, role: str | None
) -> None:
    reading = _read(lexicon, rulebook, text)
    found = role_at(reading, 0)
    assert (text[: found.end] if found is not None else None) == role
