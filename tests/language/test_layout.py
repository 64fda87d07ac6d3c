"""Title, paragraphs, datelines, credits, furniture and sentences of a release."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.layout import Layout, read_layout
from extractor.rulebook import Rulebook
from tests.examples import examples

LEAD = (
    "Wali Kota Melati, Gunarti, membuka Rapat Koordinasi Ketahanan Pangan di Balai Kota Melati, "
    "Kamis (2/5/2024), bersama para camat dan lurah."
)
NEXT = "Rapat berlangsung sampai siang dan ditutup dengan doa bersama."


def layout(rulebook: Rulebook, *lines: str, title_end: int | None = None) -> Layout:
    return read_layout("\n\n".join(lines), rulebook["paragraphs"], title_end)


def words(of: Layout, part: tuple[int, int, str] | None) -> str | None:
    return None if part is None else of.text[part[0] : part[1]].strip()


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Wali Kota Buka Rapat Pangan", LEAD, NEXT), "Wali Kota Buka Rapat Pangan"),
        (("WALI KOTA BUKA RAPAT PANGAN", LEAD), "WALI KOTA BUKA RAPAT PANGAN"),
        (
            ("Seminar wirausaha pemuda banjir peserta", LEAD),
            "Seminar wirausaha pemuda banjir peserta",
        ),
        (
            ("PEMKOT MELATI GANDENG KAMPUS BAHAS PASAR.", LEAD),
            "PEMKOT MELATI GANDENG KAMPUS BAHAS PASAR.",
        ),
        (("Melati – Wali Kota Buka Rapat Pangan", LEAD), "Melati – Wali Kota Buka Rapat Pangan"),
        (
            ("“Jaga Sungai Kita”, Seruan dari Karangsari", LEAD),
            "“Jaga Sungai Kita”, Seruan dari Karangsari",
        ),
        (("Siapa Menjaga Sungai Karangsari?", LEAD), "Siapa Menjaga Sungai Karangsari?"),
        ((LEAD, NEXT), None),
        (("Warga hadir di balai.", LEAD), None),
        ((LEAD,), None),
        # a long lead without its full stop
        (
            (
                "Camat Gunarti membuka pelatihan kader posyandu di Balai Desa Karangsari yang "
                "diikuti lima puluh kader dari delapan desa",
                NEXT,
            ),
            None,
        ),
        (
            (
                "Polsek Melati Gelar Apel Operasi Lilin di Halaman Mako Polsek Melati Bersama TNI, "
                "Satpol PP dan Dishub, Rabu (05/05/2021)",
                NEXT,
            ),
            None,
        ),
        (
            (
                "Perkuat Data Pembangunan, Kecamatan Melati Gelar Bimtek Penyusunan Profil "
                "Kelurahan bagi Operator Se-Kota Melati Tahun 2023",
                LEAD,
            ),
            "Perkuat Data Pembangunan, Kecamatan Melati Gelar Bimtek Penyusunan Profil "
            "Kelurahan bagi Operator Se-Kota Melati Tahun 2023",
        ),
        (("MELATI – " + LEAD, NEXT), None),
    ],
)
def test_a_title_is_told_from_a_lead(
    rulebook: Rulebook, lines: tuple[str, ...], title: str | None
) -> None:
    found = layout(rulebook, *lines)
    first = found.title
    assert (first and found.text[first.start : first.end]) == title
    assert next(p.number for p in found.paragraphs if p.kind == "body") == 1


def test_the_caller_may_say_where_the_title_ends(rulebook: Rulebook) -> None:
    assert layout(rulebook, "Warga Hadir", LEAD, title_end=0).title is None
    assert layout(rulebook, "Warga hadir di balai.", LEAD, title_end=21).title is not None


@pytest.mark.parametrize(
    ("dateline", "lead"),
    [
        ("Kota Melati –", "Pemerintah Kota membuka rapat."),
        ("MELATI —", "“Kami siap,” kata Gunarti."),
        ("Sukamaju, Humas –", "Sebanyak 45 warga hadir."),
        ("Sukamaju (Humas) -", "Sebanyak 45 warga hadir."),
        ("Sukamaju, 4 Oktober 2019 –", "Bertempat di balai, rapat dibuka."),
        ("Sukamaju Raya, 15 Agustus 2025.", "Enam warga pulang."),
        ("Jumat, 3 Mei 2024 –", "Rapat dibuka."),
    ],
)
def test_the_dateline_ends_where_the_lead_begins(
    rulebook: Rulebook, dateline: str, lead: str
) -> None:
    found = layout(rulebook, "Judul Warta", f"{dateline} {lead}", NEXT)
    assert words(found, found.dateline) == dateline
    assert found.text[found.body_start :].startswith(lead)


@pytest.mark.parametrize(
    "lead",
    [
        LEAD,
        "Lapak-lapak di pasar – termasuk milik Gunarti – ditata.",
        "Gunarti - camat itu - hadir.",
    ],
)
def test_a_lead_without_dateline(rulebook: Rulebook, lead: str) -> None:
    found = layout(rulebook, "Judul Warta", lead, NEXT)
    assert found.dateline is None
    assert found.text[found.body_start :].startswith(lead)


@pytest.mark.parametrize(
    ("last", "credit"),
    [
        ("(Tim Warta Kominfo/Gun)", "(Tim Warta Kominfo/Gun)"),
        ("(Lina – Gunawan)", "(Lina – Gunawan)"),
        ("Penulis: Lina", "Penulis: Lina"),
        ("Dinkes Melati/GN", "Dinkes Melati/GN"),
        ("Semua pulang dengan gembira. (gun/hms)", "(gun/hms)"),
        ("Semua pulang dengan gembira.(gun) #Melati", "(gun)"),
        ("(gun) ![]() ¦ : ¦ 988 ¦", "(gun)"),
        ("Hadir pula Camat Sukamaju (mewakili bupati).", None),
        ("Ketua Panitia, GUNARTI", None),
    ],
)
def test_the_credit(rulebook: Rulebook, last: str, credit: str | None) -> None:
    found = layout(rulebook, "Judul Warta", LEAD, NEXT, last)
    assert words(found, found.credit) == credit


def test_a_photograph_is_not_the_credit_of_the_release(rulebook: Rulebook) -> None:
    found = layout(rulebook, "Judul Warta", LEAD, "(gun/hms)", "Foto: Lina")
    assert words(found, found.credit) == "(gun/hms)"


def test_numbers_count_every_line_of_the_body(rulebook: Rulebook) -> None:
    lines = ("Judul Warta", LEAD, "Baca juga: Harga Cabai Turun", NEXT, "(gun)", "***")
    found = layout(rulebook, *lines)
    assert [(p.number, p.kind) for p in found.paragraphs] == [
        (0, "title"), (1, "body"), (2, "furniture"), (3, "body"), (4, "credit"), (5, "furniture"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Rapat selesai. Warga pulang.", ["Rapat selesai.", "Warga pulang."]),
        ("Rapat selesai.Warga pulang.", ["Rapat selesai.", "Warga pulang."]),
        ("Drs. R.M. Gunarti hadir. Warga pulang.", ["Drs. R.M. Gunarti hadir.", "Warga pulang."]),
        (
            "Dr. H. Gunarti, S.Sos., M.Si. hadir. Rapat dibuka.",
            ["Dr. H. Gunarti, S.Sos., M.Si. hadir.", "Rapat dibuka."],
        ),
        (
            "“Kami siap. Semua siap.” ujar Gunarti. Warga pulang.",
            ["“Kami siap. Semua siap.” ujar Gunarti.", "Warga pulang."],
        ),
        ("“Kami siap.” Pungkas Gunarti.", ["“Kami siap.” Pungkas Gunarti."]),
        (
            "Harganya Rp95.000,00 pada pukul 09.00 WIB.",
            ["Harganya Rp95.000,00 pada pukul 09.00 WIB."],
        ),
    ],
)
def test_sentences(rulebook: Rulebook, text: str, sentences: list[str]) -> None:
    found = layout(rulebook, text, title_end=0)
    assert [found.text[s.start : s.end] for s in found.sentences] == sentences


@settings(max_examples=examples(80), deadline=None)
@given(st.text(alphabet="aB1 .,:“”()/-\n\r\xa0é", max_size=200))
def test_paragraphs_and_sentences_lie_in_order(rulebook: Rulebook, text: str) -> None:
    found = read_layout(text, rulebook["paragraphs"])
    at = 0
    for paragraph in found.paragraphs:
        assert at <= paragraph.start < paragraph.end <= len(text)
        assert text[paragraph.start : paragraph.end].strip()
        at = paragraph.end
    covered = "".join(text[p.start : p.end] for p in found.paragraphs)
    assert "".join(covered.split()) == "".join(text.split())
    for sentence in found.sentences:
        assert sentence.start < sentence.end


def test_time_is_linear_in_one_long_paragraph(rulebook: Rulebook) -> None:
    times = []
    for size in (500, 2000):
        text = ("“Kami siap. Semua siap,” ujar Gunarti. " + LEAD + " ") * size
        tries = []
        for _ in range(3):  # one of them may hold a collection of the whole run's garbage
            began = time.process_time()
            read_layout(text, rulebook["paragraphs"])
            tries.append(time.process_time() - began)
        times.append(min(tries))
    assert times[1] < 10 * max(times[0], 0.05)
