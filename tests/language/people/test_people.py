"""Who is named: names, roles, titles, and later mentions of the same person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.language.people.finding import PeopleFinder
from extractor.rulebook import Rulebook
from tests.examples import examples


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> PeopleFinder:
    return PeopleFinder(rulebook["people"], rulebook["offices"], rulebook["officials"])


def _find(
    finder: PeopleFinder, rulebook: Rulebook, text: str, days: tuple[str, ...] = ()
) -> list[Found]:
    return finder.find(read_layout(text, rulebook["paragraphs"], 0), days)


def _heads(found: list[Found]) -> list[Found]:
    return [one for one in found if one.value.get("head")]


def _role(found: Found) -> str | None:
    role = found.value["role"]
    return role["text"] if role else None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "Kepala Dinas Sosial, Perempuan dan Perlindungan Anak (DSP2A) Kota Melati, Wirasti "
            "Gandaria, S.Psi., MM menyambut tamu.",
            "Wirasti Gandaria",
            "Kepala Dinas Sosial, Perempuan dan Perlindungan Anak (DSP2A) Kota Melati",
        ),
        ("Camat Melati Hj. Wirasti Gandaria hadir.", "Wirasti Gandaria", "Camat Melati"),
        ("Tarjono Palgunadi selaku Ketua RW 04 hadir.", "Tarjono Palgunadi", "Ketua RW 04"),
        ("Tarjono Palgunadi, Lurah Kenanga, hadir.", "Tarjono Palgunadi", "Lurah Kenanga"),
        ("Tarjono Palgunadi (Ketua BPD) hadir.", "Tarjono Palgunadi", "Ketua BPD"),
        (
            "Sekretaris Daerah sekaligus Ketua Panitia, Tarjono Palgunadi, hadir.",
            "Tarjono Palgunadi",
            "Sekretaris Daerah sekaligus Ketua Panitia",
        ),
        (
            "Tarjono Palgunadi yang juga Ketua Komisi B hadir.",
            "Tarjono Palgunadi",
            "Ketua Komisi B",
        ),
        (
            "Plt. Kepala Dinas Pangan Kota Melati, Tarjono Palgunadi, hadir.",
            "Tarjono Palgunadi",
            "Plt. Kepala Dinas Pangan Kota Melati",
        ),
        (
            "Salah seorang warga Kelurahan Kenanga, Tarjinem mengaku lega.",
            "Tarjinem",
            "warga Kelurahan Kenanga",
        ),
        ("Istri korban, Nimas binti Karta, hadir.", "Nimas binti Karta", "Istri korban"),
        (
            "Penasihat hukum tersangka, Kms. Wira Adiguna, S.H., hadir.",
            "Kms. Wira Adiguna",
            "Penasihat hukum tersangka",
        ),
    ],
)
def test_a_name_and_its_role_in_every_order(
    finder: PeopleFinder, rulebook: Rulebook, text: str, name: str, role: str
) -> None:
    heads = _heads(_find(finder, rulebook, text))
    assert [(h.value["name"], _role(h)) for h in heads] == [(name, role)]


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [
        (
            "Hadir H. M. Wira Adiguna, S.Sos.M.Si Beliau pamit.",
            "M. Wira Adiguna",
            ["H", "S.Sos", "M.Si"],
        ),
        ("Hadir Drs. Wira Adiguna SE MM di sana.", "Wira Adiguna", ["Drs", "SE", "MM"]),
        ("Hadir Wira Adiguna, S.E,.M.M di sana.", "Wira Adiguna", ["S.E", "M.M"]),
        ("Hadir Wira Adiguna, S.K.M., M,Kes di sana.", "Wira Adiguna", ["S.K.M", "M,Kes"]),
        ("Hadir AKBP Wira Adiguna, S.I.K. di sana.", "Wira Adiguna", ["AKBP", "S.I.K"]),
        ("Hadir Letkol Inf. Wira Adiguna di sana.", "Wira Adiguna", ["Letkol", "Inf"]),
        ("Hadir dr. Wira Adiguna, Sp.PD di sana.", "Wira Adiguna", ["dr", "Sp.PD"]),
        ("Hadir Ny. Hj. Wira Adiguna di sana.", "Wira Adiguna", ["Ny", "Hj"]),
    ],
)
def test_titles_are_taken_off_the_name(
    finder: PeopleFinder, rulebook: Rulebook, text: str, name: str, titles: list[str]
) -> None:
    (head,) = _heads(_find(finder, rulebook, text))
    assert (head.value["name"], head.value["titles"]) == (name, titles)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "Camat Kenanga, Wirasti Gandaria hadir. Menurut Wirasti, jalan rusak. "
            "Camat Kenanga berharap jalan diperbaiki.",
            ["Wirasti Gandaria", "Wirasti", "Camat Kenanga"],
        ),
        (
            "Bupati Kenanga, Ratnawulan Sedayu hadir. Bupati Ratna menanam pohon.",
            ["Ratnawulan Sedayu", "Ratna"],
        ),
        (
            "Lurah Kenanga, Mulyatno Zubair hadir. “Siap,” pesan Kang Zub kepada warga.",
            ["Mulyatno Zubair", "Zub"],
        ),
        (
            "Ketua TP PKK Melati, Wirasti Rahmawan hadir. Ketua TP PKK Melati, Wirasti Rachmawan "
            "pamit.",
            ["Wirasti Rahmawan", "Wirasti Rachmawan"],
        ),
        (
            "Sekretaris Daerah, Tomo Siswaji hadir. Sekda berpesan agar hemat.",
            ["Tomo Siswaji", "Sekda"],
        ),
    ],
)
def test_later_mentions_are_the_same_person(
    finder: PeopleFinder, rulebook: Rulebook, text: str, mentions: list[str]
) -> None:
    found = _find(finder, rulebook, text)
    assert [text[f.start : f.end] for f in found if f.value["person"] == "p1"] == mentions
    assert {f.value["person"] for f in found} == {"p1"}


@pytest.mark.parametrize(
    "text",
    [
        "Tono, sapaan akrab Walikota Melati, berharap warga hadir.",
        "Walikota Melati yang akrab disapa Tono berharap warga hadir.",
    ],
)
def test_a_nickname_alone_is_the_name(finder: PeopleFinder, rulebook: Rulebook, text: str) -> None:
    (head,) = _heads(_find(finder, rulebook, text))
    assert (head.value["name"], _role(head)) == ("Tono", "Walikota Melati")


def test_a_nickname_joins_the_full_name(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = "Wali Kota Melati, Hartono Wiguna hadir. Mas Tono, sapaan akrabnya, menanam pohon."
    (head,) = _heads(_find(finder, rulebook, text))
    assert head.value["name"] == "Hartono Wiguna"
    assert "Mas Tono" in head.value["aliases"]


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("Bupati Kenanga, Wira Adiguna (Bang Gun), hadir.", "Bang Gun"),
        ("Gubernur Melati Barat Wira Adiguna Lesmana (WAL) hadir.", "WAL"),
        ("Lim Kok Liong alias Aliong, pengusaha ekspedisi, hadir.", "Aliong"),
    ],
)
def test_a_nickname_beside_the_name(
    finder: PeopleFinder, rulebook: Rulebook, text: str, alias: str
) -> None:
    (head,) = _heads(_find(finder, rulebook, text))
    assert alias in head.value["aliases"]


def test_attendees_are_parted_by_their_roles(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = (
        "Rakor dihadiri Sekda, Joko Palgunadi SH, Camat Kenanga, Wirasti, para lurah, Kapolsek "
        "AKP Darsa Wiguna serta tamu undangan lainnya."
    )
    heads = _heads(_find(finder, rulebook, text))
    assert [(h.value["name"], _role(h)) for h in sorted(heads, key=lambda h: h.start)] == [
        ("Joko Palgunadi", "Sekda"),
        ("Wirasti", "Camat Kenanga"),
        ("Darsa Wiguna", "Kapolsek"),
    ]


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        (
            "Bupati Melati, Tomo Siswaji melalui Sekda, Wirasti Gandaria menyampaikan hal itu.",
            {
                "Tomo Siswaji": {"absent": True, "delegates_to": "p2"},
                "Wirasti Gandaria": {"speaks_for": "p1"},
            },
        ),
        (
            "Sambutan Bupati Melati, Tomo Siswaji yang dibacakan Sekda, Wirasti Gandaria.",
            {
                "Tomo Siswaji": {"absent": True, "read_by": "p2"},
                "Wirasti Gandaria": {"reads_for": "p1"},
            },
        ),
    ],
)
def test_who_speaks_for_whom(
    finder: PeopleFinder, rulebook: Rulebook, text: str, hints: dict[str, dict[str, object]]
) -> None:
    keys = ("absent", "delegates_to", "speaks_for", "read_by", "reads_for")
    got = {
        text[f.start : f.end]: {k: f.value[k] for k in keys if k in f.value}
        for f in _find(finder, rulebook, text)
    }
    assert got == hints


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Wirasti (bukan nama sebenarnya), siswi SMP, hadir.", True),
        ("Wirasti (nama samaran), siswi SMP, mengatakan senang.", True),
        ("Wirasti (juga nama samaran), siswi SMP, mengatakan senang.", True),
        ("“Saya sudah pulih,” kata Wirasti, bukan nama sebenarnya.", True),
        ("Menurut Wirasti (namanya disamarkan), bantuan sudah tiba.", True),
        ("“Saya sudah pulih,” kata warga itu, sebut saja Rini.", True),
        ("“Saya sudah pulih,” kata perempuan dengan nama samaran Wirasti.", True),
        ("“Saya sudah pulih,” kata Wirasti. Sebenarnya ia lelah.", False),
        ("Menurut Wirasti, sebenarnya bantuan sudah tiba.", False),
        ("Wirasti (34), warga asli Sukamaju, mengatakan senang.", False),
    ],
)
def test_a_name_that_is_said_to_be_changed_is_a_pseudonym(
    finder: PeopleFinder, rulebook: Rulebook, text: str, changed: bool
) -> None:
    heads = _heads(_find(finder, rulebook, text))
    assert [head.value["pseudonym"] for head in heads] == [changed]


def test_the_full_name_of_an_official_has_its_source(
    finder: PeopleFinder, rulebook: Rulebook
) -> None:
    text = "Menteri Keuangan Sri Mulyani mengatakan anggaran cukup."
    (head,) = _heads(_find(finder, rulebook, text, ("2021-03-01",)))
    assert head.value["full_name"] == "Sri Mulyani Indrawati"
    assert head.value["full_name_source"]
    (head,) = _heads(_find(finder, rulebook, text, ("2001-03-01",)))
    assert head.value["full_name"] is None


def test_a_headline_names_only_who_opens_it(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = "Wirasti Berharap Pasar Segera Dibuka\n\nPasar itu lama tutup."
    found = finder.find(read_layout(text, rulebook["paragraphs"], text.index("\n")))
    assert [(f.rule, f.value["name"]) for f in _heads(found)] == [("people.headline", "Wirasti")]


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Kepala",
                "Dinas",
                "Wirasti",
                ",",
                ".",
                "(",
                ")",
                "Drs.",
                "H.",
                "S.E.",
                "M.Si",
                "“",
                "”",
                "'",
                "-",
                "dan",
                "di",
                "Kota",
                "Melati",
                "Camat",
                "kata",
                "mengatakan,",
                "yang",
                "bin",
                "I.",
                "R.",
                "Dr",
                "Plt.",
                "71",
                "\n",
                "\xa0",
                "alias",
                "sapaan",
                "akrab",
                "melalui",
                "É",
                "ß",
                "İ",
                "😀",
            ]
        ),
        max_size=40,
    )
)
def test_no_text_raises_and_spans_lie_in_it(
    finder: PeopleFinder, rulebook: Rulebook, parts: list[str]
) -> None:
    text = " ".join(parts)
    for one in _find(finder, rulebook, text):
        assert 0 <= one.start < one.end <= len(text)
        role = one.value.get("role")
        if role:
            assert text[role["start"] : role["end"]] == role["text"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Camat Mawar, Tarjono Wibisana, membuka rapat.", True),
        ("Camat Mawar, Tarjono, membuka rapat.", False),
        ("Camat Mawar, Tarjono, membuka rapat. “Rapi,” kata Tarjono.", True),
    ],
)
def test_a_name_of_one_word_is_sure_where_two_rules_vouch_for_it(
    finder: PeopleFinder, rulebook: Rulebook, text: str, sure: bool
) -> None:
    heads = _heads(_find(finder, rulebook, text))
    assert [(one.value["name"].split()[0], one.confidence >= 0.9) for one in heads] == [
        ("Tarjono", sure)
    ]
