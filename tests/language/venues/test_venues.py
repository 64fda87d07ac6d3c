"""Places: which words lead to them, how far they go, what they are made of, what is none."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.language.venues.finding import find_venues
from extractor.language.venues.words import VenueRules
from extractor.rulebook import Rulebook
from tests.examples import examples


@pytest.fixture(scope="module")
def rules(rulebook: Rulebook) -> VenueRules:
    return VenueRules(rulebook["venues"])


def rank(found: Sequence[Found]) -> list[Found]:
    """The candidates by weight, the likeliest first; the earlier one first where they are equal."""
    return sorted(found, key=lambda v: (-v.value["weight"], v.start))


def venues(rulebook: Rulebook, rules: VenueRules, text: str, title: int = 0) -> list[Found]:
    return find_venues(read_layout(text, rulebook["paragraphs"], title), rules)


def best(rulebook: Rulebook, rules: VenueRules, text: str, title: int = 0) -> str | None:
    ranked = rank(venues(rulebook, rules, text, title))
    return text[ranked[0].start : ranked[0].end] if ranked else None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Rakor kader bertempat di Ruang Anggrek Kantor Setda Kota Melati.",
            "Ruang Anggrek Kantor Setda Kota Melati",
        ),
        ("Bertempat di Balai Desa Karangsari, Kamis (4/5), warga rapat.", "Balai Desa Karangsari"),
        ("Kirab dipusatkan di Alun-Alun Wetan, Minggu pagi.", "Alun-Alun Wetan"),
        ("Rapat itu bertempatdi Aula Dinas Sosial.", "Aula Dinas Sosial"),
        ("Upacara berlangsung dihalaman Kantor Camat Kenanga.", "halaman Kantor Camat Kenanga"),
        ("Bimtek di laksanakan di Hotel Merak.", "Hotel Merak"),
        ("Lokakarya berlangsung pada Senin (2/5/2022) di Wisma Kartini.", "Wisma Kartini"),
        ("Mereka rapat pada salah satu hotel di Sukamaju.", "salah satu hotel di Sukamaju"),
        ("Pawai dilepas dari halaman Masjid Baiturrahman.", "halaman Masjid Baiturrahman"),
        ("DPRD menerima kunjungan dari DPRD Kota Kenanga di Aula Merak.", "Aula Merak"),
        (
            "Bimtek digelar di Auditorium G.P.H. Haryo Kenanga Universitas Merak.",
            "Auditorium G.P.H. Haryo Kenanga Universitas Merak",
        ),
        ("Tim menyusuri bantaran Kali Loji sejak pagi.", "bantaran Kali Loji"),
        ("Tempat : Gedung Serba Guna Mekarsari", "Gedung Serba Guna Mekarsari"),
        ("Hari : Rabu; Tempat : Balai RW 3; Acara : Rapat", "Balai RW 3"),
        ("📍 Alun-Alun Sukamaju", "Alun-Alun Sukamaju"),
        ("Rapat itu bertempat Aula Badan Arsip Lor.", "Aula Badan Arsip Lor"),
        ("Kongres berlangsung diSukamaju.", "Sukamaju"),
        ("Karnaval dilepas dari Sopo Godang Hutabarat.", "Sopo Godang Hutabarat"),
        ("Lomba digelar di dua lokasi, yakni Aula Lor dan Aula Kidul.", "Aula Lor"),
        (
            "Ziarah berlangsung di Makam Gede, tepatnya di Desa Lor.",
            "Makam Gede, tepatnya di Desa Lor",
        ),
        ("Lomba tidak digelar di stadion, melainkan di Lapangan Jati.", "Lapangan Jati"),
        ("Lomba digelar di salah satu aula, yakni Aula Lor, Jumat.", "Aula Lor"),
        ("Kerja bakti dipusatkan di sekitar Balai Warga Lor.", "sekitar Balai Warga Lor"),
        ("Menteri mengunjungi Umbulan Sukarasa Lama, Sabtu.", "Umbulan Sukarasa Lama"),
        ("Kader menyerahkan selimut dan buku ke panti jompo Sinar Lor.", "panti jompo Sinar Lor"),
        ("Tim melakukan kunjungan kerja ke Dinas Arsip Lor.", "Dinas Arsip Lor"),
        ("Sekolah yang dituju lebih dulu adalah SMP Jati.", "SMP Jati"),
        ("Gedung Seni Lor dipadati penonton.", "Gedung Seni Lor"),
        ("Sasana Jati Lor yang biasanya sepi itu berubah menjadi pasar.", "Sasana Jati Lor"),
        ("Lapangan Jati menjadi lokasi lomba.", "Lapangan Jati"),
        ("Pameran digelar di Museum Ukir dan Anyam yang baru.", "Museum Ukir dan Anyam"),
        ("Lurah membagikan bibit kepada warga miskin Desa Lor.", "Desa Lor"),
    ],
)
def test_every_cue_leads_to_its_place(
    rulebook: Rulebook, rules: VenueRules, text: str, place: str
) -> None:
    assert best(rulebook, rules, text) == place


@pytest.mark.parametrize(
    "place",
    [
        "Uma Rante Lobo",
        "sopo godang Hutabarat Lama",
        "pelataran eks Gilingan Tebu Sumberwangi",
        "tukuh gading Saribu Raya, Desa Sukma Baru, Kecamatan Lor, Kabupaten Sekarwangi",
        "Krapyak Agung Wonosekar, Jl. R. Suryo No. 12A, Melati",
        "petirahan Nyi Sekar di tepi Sungai Wulan",
        "ketapang tua samping Gardu PLN Jatisari",
    ],
)
def test_nouns_that_no_list_holds_come_out_by_their_shape(
    rulebook: Rulebook, rules: VenueRules, place: str
) -> None:
    assert best(rulebook, rules, f"Sedekah bumi digelar di {place}, Kamis (4/5/2023).") == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rapat digelar di Aula Melati pada Senin.", "Aula Melati"),
        ("Rapat digelar di Aula Melati yang baru.", "Aula Melati"),
        ("Rapat digelar di Aula Melati dan dihadiri lurah.", "Aula Melati"),
        ("Rapat digelar di Aula Melati Senin (2/5).", "Aula Melati"),
        ("Rapat digelar di Aula Melati. Wali Kota hadir.", "Aula Melati"),
        ("Rapat digelar di Aula Melati, Camat Rini hadir.", "Aula Melati"),
        ("Rapat digelar di Aula Melati diikuti 30 kader.", "Aula Melati"),
        ("Rapat digelar di Aula Melati (4/5/2023).", "Aula Melati"),
        ("Bertempat di Aula Melati, Kecamatan Lor menggelar rapat.", "Aula Melati"),
        ("Bertempat di Aula Melati Camat Lor membuka rapat.", "Aula Melati"),
        ("Rapat digelar di Ruang Rapat Camat Lor.", "Ruang Rapat Camat Lor"),
        ("Rapat digelar di Nusantara Hall, Senin.", "Nusantara Hall"),
        ("Rapat digelar di Pasar Pagi, Minggu (7/5).", "Pasar Pagi"),
        (
            "Rapat digelar di Kantor Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak.",
            "Kantor Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak",
        ),
        ('Rapat digelar di Rumah Makan "Bu Sri", Desa Lor.', 'Rumah Makan "Bu Sri", Desa Lor'),
        ("Rapat digelar di Balai RW (samping pos ronda).", "Balai RW (samping pos ronda)"),
        ("Rapat digelar di RS. Budi Asih Melati.", "RS. Budi Asih Melati"),
        ("Rapat digelar di ruang kerja Camat H. Rudi Lesmana.", "ruang kerja Camat"),
        ("Rapat digelar di Jalan Letkol H. Rudi Lesmana.", "Jalan Letkol H. Rudi Lesmana"),
        ("Rapat digelar di Ruang Zoom Kantor Camat Lor.", "Ruang Zoom Kantor Camat Lor"),
        ("RAPAT DIGELAR DI AULA KANTOR CAMAT LOR DIHADIRI LURAH", "AULA KANTOR CAMAT LOR"),
    ],
)
def test_a_place_ends_where_the_sentence_goes_on(
    rulebook: Rulebook, rules: VenueRules, text: str, place: str
) -> None:
    assert best(rulebook, rules, text) == place


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        (
            "Ruang Anggrek Kantor Setda Kota Melati",
            {"room": "Ruang Anggrek", "building": "Kantor Setda", "city": "Kota Melati"},
        ),
        (
            "Hotel Merak, Jalan Kenanga No. 8, Kelurahan Lor, Kecamatan Wetan, Provinsi Jawa Timur",
            {
                "building": "Hotel Merak",
                "street": "Jalan Kenanga No. 8",
                "village": "Kelurahan Lor",
                "district": "Kecamatan Wetan",
                "province": "Provinsi Jawa Timur",
            },
        ),
        (
            "Kantor Kecamatan Wetan",
            {"building": "Kantor Kecamatan Wetan", "district": "Kecamatan Wetan"},
        ),
        ("Kampung Baru RT 03/02 Desa Lor", {"village": "Kampung Baru RT 03/02 Desa Lor"}),
        ("Hotel Gunung Sari", {"building": "Hotel Gunung Sari"}),
        ("Hotel Merak, Melati", {"building": "Hotel Merak", "city": "Melati"}),
    ],
)
def test_parts_are_told_by_their_nouns(
    rulebook: Rulebook, rules: VenueRules, place: str, parts: dict[str, str]
) -> None:
    found = venues(rulebook, rules, f"Rapat digelar di {place}, Senin.")
    assert found[0].value["parts"] == parts


@pytest.mark.parametrize(
    ("text", "place", "mode"),
    [
        ("Camat mengikuti rapat secara virtual di Aula Lor.", "Aula Lor", "online"),
        ("Rapat digelar secara hybrid di Aula Lor.", "Aula Lor", "hybrid"),
        ("Rapat digelar di Aula Lor.", "Aula Lor", "onsite"),
        ("Rapat digelar secara daring, Senin.", "daring", "online"),
        ("Rapat berlangsung melalui Zoom Meeting.", "Zoom Meeting", "online"),
    ],
)
def test_online_meetings_keep_where_they_were_watched(
    rulebook: Rulebook, rules: VenueRules, text: str, place: str, mode: str
) -> None:
    ranked = rank(venues(rulebook, rules, text))
    assert (text[ranked[0].start : ranked[0].end], ranked[0].value["mode"]) == (place, mode)


@pytest.mark.parametrize(
    ("likely", "less"),
    [
        ("Rapat bertempat di Aula Lor.", "Warga lewat di Aula Lor."),
        ("Rapat digelar di Aula Lor.", "“Rapat yang dulu itu kan digelar di Aula Lor,” katanya."),
        ("Rapat digelar di Aula Lor.", "Rapat tahun lalu digelar di Aula Lor."),
        ("Ia berpidato di Aula Lor.", "Hal itu dikatakan saat ditemui di Aula Lor."),
        ("Rapat digelar di Aula Lor.", "Rapat tidak digelar di Aula Lor."),
        ("Rapat di Aula Lor.", "Rapat di Kabupaten Lor."),
        ("Rapat di Aula Lor.", "Ia tinggal di Aula Lor."),
        ("Rapat di Aula Lor.", "Rapat di ruang kerjanya."),
        ("Rapat digelar di Aula Lor.", "Rapat yang sebelumnya juga digelar di Aula Lor."),
        ("Rapat tersebut digelar di Aula Lor.", "Rapat digelar di Aula Lor."),
        ("Bazar di Desa Lor.", "Sekolah yang ada di Desa Lor."),
        ("Bazar digelar di Aula Lor.", "Bazar digelar di delapan aula."),
        ("Bazar digelar di sekolah tua.", "Bazar digelar di sekolah-sekolah tua."),
        ("Bazar digelar di Sasana Lor.", "Bazar digelar di Sukarasa Timur."),
        ("Bazar digelar di Sasana Lor.", "Anggrek itu tumbuh di Sasana Lor."),
        ("Bazar diikuti di Desa Lor.", "Bazar diikuti guru di Desa Lor."),
    ],
)
def test_weights_put_the_likelier_place_first(
    rulebook: Rulebook, rules: VenueRules, likely: str, less: str
) -> None:
    one, other = (rank(venues(rulebook, rules, text))[0] for text in (likely, less))
    assert one.value["weight"] > other.value["weight"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Bazar digelar di Pasar Lor, Pasar Kidul dan Pasar Wetan.",
            ["Pasar Lor", "Pasar Kidul", "Pasar Wetan"],
        ),
        ("Tim mengunjungi SD Lor, SD Kidul, dan TK Jati.", ["SD Lor", "SD Kidul", "TK Jati"]),
        ("Rapat digelar di Aula Lor, Gedung Jati.", ["Aula Lor, Gedung Jati"]),
        ("Rombongan DPRD disambut lurah.", []),
        ("Warga Lor menjadi saksi.", []),
        ("Dinas Pemberdayaan Masyarakat Desa Lor menggelar rapat.", []),
        ("Peserta berasal dari warga dan Desa Lor.", []),
        ("Aula Lor, menjadi saksi bisu, kata Rini.", []),
    ],
)
def test_places_told_one_after_the_other_stay_apart(
    rulebook: Rulebook, rules: VenueRules, text: str, places: list[str]
) -> None:
    assert [text[v.start : v.end] for v in venues(rulebook, rules, text)] == places


def test_where_a_place_lies_weighs_less_than_the_place(
    rulebook: Rulebook, rules: VenueRules
) -> None:
    text = "Tim mendatangi Museum Ukir yang berada di kawasan Kota Lama."
    assert best(rulebook, rules, text) == "Museum Ukir"


def test_a_meeting_held_both_ways_has_no_place_where_none_is_told(
    rulebook: Rulebook, rules: VenueRules
) -> None:
    text = "Rembuk dilaksanakan hybrid dan sebagian kader hadir secara daring."
    assert [v.value["likely"] for v in venues(rulebook, rules, text)] == [False, False]


def test_a_place_ends_before_a_date_and_a_person_of_earlier_components(
    rulebook: Rulebook, rules: VenueRules
) -> None:
    text = "Rapat digelar di Aula Lor, Sekar Arum, Kamis Wage."
    layout = read_layout(text, rulebook["paragraphs"], 0)
    person = Found(text.index("Sekar"), text.index(", Kamis"), "x", 0.9, {"form": "full"})
    assert [text[v.start : v.end] for v in find_venues(layout, rules)] == ["Aula Lor, Sekar Arum"]
    found = find_venues(layout, rules, people=[person])
    assert [text[v.start : v.end] for v in found] == ["Aula Lor"]


def test_headlines_do_not_run_on_after_a_comma(rulebook: Rulebook, rules: VenueRules) -> None:
    text = "Panen Raya di Sawah Lor, Bupati Ajak Menanam\n\nPanen berlangsung meriah."
    assert best(rulebook, rules, text, title=44) == "Sawah Lor"


def test_a_rule_switched_off_leaves_no_value(rulebook: Rulebook) -> None:
    from dataclasses import replace

    file = rulebook["venues"]
    fewer = replace(file, rules=tuple(r for r in file.rules if r.id != "venues.bertempat"))
    layout = read_layout("Rapat bertempat di Aula Lor.", rulebook["paragraphs"], 0)
    assert all(v.rule != "venues.bertempat" for v in find_venues(layout, VenueRules(fewer)))


_WORDS = st.sampled_from(
    [
        "di",
        "Di",
        "dari",
        "ke",
        "pada",
        "bertempat",
        "digelar",
        "dilaksanakan",
        "di,",
        "(",
        ")",
        ".",
        ",",
        "\n",
        "\n\n",
        "“",
        "”",
        '"',
        "'",
        "-",
        "/",
        "&",
        "dan",
        "Aula",
        "Kantor",
        "Desa",
        "Lor",
        "lantai",
        "2",
        "No.",
        "8",
        "Jl.",
        "RT",
        "03/02",
        "Senin",
        "Mei",
        "2024",
        "yang",
        "secara",
        "daring",
        "melalui",
        "Zoom",
        "Tempat",
        ":",
        "depan",
        "salah",
        "satu",
        "meninjau",
        "Kota",
        "Kabupaten",
        "RS.",
        "H.",
        "nya",
        "menggelar",
        "ditemui",
        "tidak",
        "menjadi lokasi",
        "dipadati",
        "mengunjungi",
        "menyerahkan",
        "yang dituju adalah",
        "yang berada",
        "sekitar",
        "warga",
        "hybrid",
    ]
)


@settings(max_examples=examples(150), deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_spans_and_parts_of_its_own_words(
    rulebook: Rulebook, rules: VenueRules, text: str
) -> None:
    for one in venues(rulebook, rules, text):
        assert 0 <= one.start < one.end <= len(text)
        words = text[one.start : one.end]
        assert words == words.strip()
        assert all(part and part in words for part in one.value["parts"].values())
        assert 0 <= one.confidence <= 1
