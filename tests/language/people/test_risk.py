"""Who in a text may be at risk; the single rules have their examples in ``risk.yaml``."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.people.risk import Named, Risk, RiskFinder, risk_finder
from extractor.rulebook import shared_rulebook


@pytest.fixture(scope="module")
def finder() -> RiskFinder:
    return risk_finder(shared_rulebook())


def told(finder: RiskFinder, text: str, *people: tuple[str, str | None]) -> list[tuple[str, str]]:
    named = []
    for at, (name, role) in enumerate(people):
        start = text.index(name)
        named.append(Named(start, start + len(name), f"p{at}", role))
    return [(text[one.start : one.end], one.rule) for one in finder.risks(text, named)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # nobody vouches that these are persons
        ("Camat menjenguk korban banjir, Zulaikha Permata, di posko.", "Zulaikha Permata"),
        ("Polisi memeriksa saksi bernama Warsito di kantor.", "Warsito"),
        ("Zulaikha Permata (9) meraih juara lomba mewarnai.", "Zulaikha Permata"),
        ("Juara lomba mewarnai diraih Zulaikha Permata (SDN 3 Sukamaju).", "Zulaikha Permata"),
        ("Bunga (nama samaran) kini bersekolah lagi.", "Bunga"),
        ("Zulaikha binti Warsito, korban tabrak lari, membaik.", "Zulaikha binti Warsito"),
    ],
)
def test_names_are_found_that_are_no_persons_of_the_record(
    finder: RiskFinder, text: str, found: str
) -> None:
    assert [name for name, _rule in told(finder, text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Bantuan bagi korban banjir di Desa Sukamaju, Kecamatan Wanasari, disalurkan.",
        "Siswa SDN 3 Sukamaju Juara Lomba Baca Tingkat Kabupaten",
        "SISWI SDN 3 SUKAMAJU, KOTA WANASARI, JUARA LOMBA",
        "Korban sudah dievakuasi ke RSUD Wanasari, Senin (3/6/2024).",
        "Rapat (12) dan Pasal 5 (15) dibahas Tim Anggaran (14).",
        "Peringatan Hari Anak Nasional, Kota Wanasari, meriah.",
        "",
        "\n\n",
    ],
)
def test_places_days_and_headlines_are_nobody(finder: RiskFinder, text: str) -> None:
    assert told(finder, text) == []


def test_an_official_beside_the_words_is_not_at_risk_but_a_young_one_is(
    finder: RiskFinder,
) -> None:
    text = "Kata korban, Budi Santosa, bantuan tiba."
    assert told(finder, text, ("Budi Santosa", "Camat Sukamaju")) == []
    assert told(finder, text, ("Budi Santosa", "korban")) == [("Budi Santosa", "risk.victim")]
    text = "Ketua Forum Anak Sukamaju, Budi Santosa, hadir."
    assert told(finder, text, ("Budi Santosa", "Ketua Forum Anak Sukamaju")) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bupati menyantuni dua anak yatim, Zaskia dan Zulaikha.", ["Zaskia", "Zulaikha"]),
        (
            "Korban luka antara lain Zaskia (45), Bu Warsinah (50), dan Jumadi.",
            ["Zaskia", "Warsinah", "Jumadi"],
        ),
        ("Zaskia dan Warsinah, korban perundungan, membaik.", ["Zaskia", "Warsinah"]),
        ("Zaskia, korban perundungan, dan Warsinah, pendamping, hadir.", ["Zaskia"]),
        ("Zaskia (9) menyambut Warsinah dan Jumadi.", ["Zaskia"]),
    ],
)
def test_who_stands_in_one_list_with_her_is_found_with_her(
    finder: RiskFinder, text: str, found: list[str]
) -> None:
    assert [name for name, _rule in told(finder, text)] == found


def test_an_official_in_the_same_list_is_not_found_with_her(finder: RiskFinder) -> None:
    text = "Camat menjenguk korban, Zaskia dan Warsinah."
    people: list[tuple[str, str | None]] = [("Zaskia", None), ("Warsinah", "Lurah Sukamaju")]
    assert [name for name, _rule in told(finder, text, *people)] == ["Zaskia"]


def test_what_befalls_places_too_is_told_of_persons_of_the_record_alone(
    finder: RiskFinder,
) -> None:
    text = "Petugas mencari Zaskia, nelayan yang hilang sejak Jumat."
    assert told(finder, text, ("Zaskia", None)) == [("Zaskia", "risk.struck")]
    assert told(finder, text) == []


def test_words_without_a_name_are_not_told_of_the_person_they_mean(finder: RiskFinder) -> None:
    text = "Zaskia, warga Sukamaju, membantu warga yang menjadi korban banjir."
    at = text.index("warga yang")
    mentions = [Named(0, 6, "p1"), Named(at, at + len("warga"), "p1")]
    assert finder.risks(text, mentions) == []


def test_each_person_is_told_once_and_a_release_beside_them(finder: RiskFinder) -> None:
    text = "Korban, Sari, dicabuli. Kata korban, Sari, ia trauma. Saksi, Sari, hadir."
    risks = finder.risks(text, [Named(8, 12, "p1"), Named(37, 41, "p1"), Named(60, 64, "p1")])
    assert [(one.key, one.whole) for one in risks] == [("p1", False), (None, True)]


@given(st.text(alphabet="aKorbansiswi ,.(15)\n“Budi”Sari SDN"), st.integers(0, 30))
def test_findings_stand_in_any_text(text: str, at: int) -> None:
    finder = risk_finder(shared_rulebook())
    people = [Named(at, at + 3, "p1")] if at + 3 <= len(text) else []
    for one in finder.risks(text, people):
        assert isinstance(one, Risk)
        assert 0 <= one.start < one.end <= len(text)


def test_a_long_line_of_capitals_takes_no_time(finder: RiskFinder) -> None:
    text = "korban, " + "Sari Dewi " * 20_000
    took = []
    for _try in range(3):
        begun = time.perf_counter()
        finder.risks(text, [])
        took.append(time.perf_counter() - begun)
    assert min(took) < 2
