"""The same speech between marks of every style, with the slips that releases have."""

import pytest

from extractor.language.layout import read_layout
from extractor.language.quotes.finding import QuoteFinder
from extractor.rulebook import Rulebook
from tests.language.quotes.test_quotes_properties import names

STYLES = (
    "“ ”", "” “", "” ”", "“ “", '" "', '“ "', '" ”', "'' ''", "‘’ ‘’", "’’ ’’", "`` ''", "« »", "» «",
    "„ “", "‟ ”", "″ ″", "❝ ❞", "‘ ’", "' '", "‘ ”", "' \"", "“ ’", "““ ””", '"" ""', ",, ”", ",, ''", ",, “",
    "*“ ”*", "“_ _”",
)  # fmt: skip
# OPEN and CLOSE stand for the marks; behind the text, what is said.
FRAMES = (
    ("{Sumur ini milik bersama,} kata Rina.", ["Sumur ini milik bersama,"]),
    ("{Sumur ini milik bersama,}kata Rina.", ["Sumur ini milik bersama,"]),
    ("{Sumur ini milik bersama}, kata Rina.", ["Sumur ini milik bersama"]),
    ("{Sumur ini milik bersama.} Kata Rina.", ["Sumur ini milik bersama."]),
    ("{Sumur ini milik bersama!} lirihnya.", ["Sumur ini milik bersama!"]),
    ("Rina berkata, {Sumur ini milik bersama.}", ["Sumur ini milik bersama."]),
    ("Rina berkata: {Sumur ini milik bersama.}", ["Sumur ini milik bersama."]),
    (
        "{Sumur ini dalam,} kata Rina. {Airnya jernih sekali.}",
        ["Sumur ini dalam,", "Airnya jernih sekali."],
    ),
    ("{Sumur ini dalam,} kata Rina, {airnya jernih.}", ["Sumur ini dalam,", "airnya jernih."]),
    ("{Kami siap.}\n\n{Besok mulai,} kata Rina.", ["Kami siap.", "Besok mulai,"]),
    ("{Kami siap,} kata Rina.\n\n{Besok mulai.}", ["Kami siap,", "Besok mulai."]),
    ("Pesan Rina:\n\n- {Jaga sumur desa ini.}", ["Jaga sumur desa ini."]),
    ("{Sumur ini milik bersama,}\n\nkata Rina saat rapat.", ["Sumur ini milik bersama,"]),
    ("{...airnya jernih, tidak berbau,} kata Rina.", ["...airnya jernih, tidak berbau,"]),
    ("{Sumur ini dalam,} kata Rina di Balai {Tirta Asri}.", ["Sumur ini dalam,"]),
    ("{Sumur ini dalam,} kata Rina, yang akrab disapa {Mbak Rin,} tadi.", ["Sumur ini dalam,"]),
    ("Sumur itu disebut {Sumur Emak} sejak dulu. {Ini milik kita,} katanya.", ["Ini milik kita,"]),
    ("{Sumur ini dalam,} kata Rina. Warga menyebutnya {sumur emak}.", ["Sumur ini dalam,"]),
)
# What is said holds marks of its own.
NESTED = (
    "{Kami menyebutnya {sumur emak} sejak dulu, sebelum ada pompa,} kata Rina.",
    "{Ia bertanya, {Siapa yang menggali?} Saya jawab warga semua,} kata Rina.",
    "{Dusun kami sekarang dikenal orang sebagai {dusun sumur}}, kata Rina.",
    "{Buku {Dari Sumur ke Sumur} kami bagikan. Silakan dibaca,} ujar Rina.",
    "Rina berkata, {Tulis {Airnya milik bersama} di papan itu. Biar semua tahu.}",
)
# Styles of which an inner mark cannot be told from an outer one.
FLAT = (
    "‘’ ‘’",
    "‘ ’",
    "' '",
    "‘ ”",
    "' \"",
    "“ ’",
    "““ ””",
    '"" ""',
    "*“ ”*",
    "“_ _”",
    ",, ”",
    ",, ''",
    ",, “",
)


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> QuoteFinder:
    return QuoteFinder(rulebook["quotes"])


def direct(text: str, finder: QuoteFinder, rulebook: Rulebook) -> list[tuple[str, str | None]]:
    """What is said in a text, and by whom."""
    lead = "Rina meninjau sumur desa.\n\n"
    layout = read_layout(lead + text, rulebook["paragraphs"], 0)
    found = finder.find(lead + text, layout, names(lead + text), [])
    return [
        ((lead + text)[q.start : q.end], q.value["speaker"])
        for q in found
        if q.value["kind"] == "direct"
    ]


@pytest.mark.parametrize("style", STYLES)
def test_speech_is_found_between_marks_of_any_style(
    style: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    opening, closing = style.split(" ")
    for frame, said in FRAMES:
        text = frame.replace("{", opening).replace("}", closing)
        assert direct(text, finder, rulebook) == [(one, "p1") for one in said], text


@pytest.mark.parametrize("style", sorted(set(STYLES) - set(FLAT)))
@pytest.mark.parametrize("blank", ["", " "])
def test_speech_with_marks_of_its_own_is_one_quotation(
    style: str, blank: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    opening, closing = style.split(" ")
    for frame in NESTED:
        text = frame.replace("{", opening).replace("}", closing)
        at, behind = text.index(opening), text.rindex(closing)
        said = text[at + len(opening) : behind]
        text = text[: at + len(opening)] + blank + said + blank + text[behind:]
        assert direct(text, finder, rulebook) == [(said, "p1")], text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("‘ Kami siap, sangat siap, ’ kata Rina.", "Kami siap, sangat siap,"),
        ("‘Kami siap.’ Itu pesan Rina.", "Kami siap."),
        ("Rina menjawab,‘Kami siap.’", "Kami siap."),
        ("“ “Sumur ini dalam,” kata Rina.", "Sumur ini dalam,"),
        ("“Sumur ini dalam,” ” kata Rina.", "Sumur ini dalam,"),
        ("“Sumur ini dalam,” “ kata Rina.", "Sumur ini dalam,"),
        ('"Sumur ini dalam," " kata Rina.', "Sumur ini dalam,"),
        ("“ Sumur ini dalam sekali. “ (Rina)", "Sumur ini dalam sekali."),
        ("“ Sumur ini dalam sekali. “ – Rina", "Sumur ini dalam sekali."),
        (
            '"Pipa 4" sepanjang dua meter dari warga," kata Rina.',
            'Pipa 4" sepanjang dua meter dari warga,',
        ),
        ("“Pipa 1/2” sudah kami ganti,” kata Rina.", "Pipa 1/2” sudah kami ganti,"),
        ("“Sumur ini dalam,” kata “Mbak Rin”, sapaan Rina.", "Sumur ini dalam,"),
        ("Rina berkata: ” sumur ini milik kita semua. “", "sumur ini milik kita semua."),
        (
            "Rina memuji kategori muda ini, “kami siap menggali sumur desa bersama-sama” ucap Rina.",
            "kami siap menggali sumur desa bersama-sama",
        ),
        ("“Jangan sampai sumur ini kering!” warning-nya.", "Jangan sampai sumur ini kering!"),
        ("“Kami siap – sangat siap” – Rina.", "Kami siap – sangat siap"),
        ("‘Namanya “Sumur Emak” sejak dulu,’ kata Rina.", "Namanya “Sumur Emak” sejak dulu,"),
        ("“Sumur ini dalam, tandas perempuan asal Melati itu.", "Sumur ini dalam,"),
        ("Rina menambahkan “ sumur ini dalam, airnya jernih “", "sumur ini dalam, airnya jernih"),
        ("1) “Sumur ini milik kita semua.”", "Sumur ini milik kita semua."),
    ],
)
def test_slips_do_not_hide_speech(
    text: str, said: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    assert [one for one, _ in direct(text, finder, rulebook)] == [said]


@pytest.mark.parametrize("style", ["“ ”", '" "', "« »", "„ “", "“ “", "” ”", "'' ''"])
@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("{Sumur ini dalam.\n\n{Airnya jernih,} kata Rina.", "Sumur", "jernih,"),
        ("{Sumur ini dalam.\n\n{Airnya jernih.\n\n{Jaga airnya,} ujar Rina.", "Sumur", "airnya,"),
        ("Rina berkata, {Sumur ini dalam.\n\n{Airnya jernih.}", "Sumur", "jernih."),
    ],
)
def test_paragraphs_that_each_open_and_close_last_are_one_quotation(
    text: str, begin: str, end: str, style: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    opening, closing = style.split(" ")
    said = direct(text.replace("{", opening).replace("}", closing), finder, rulebook)
    assert [(one.split()[0], one.split()[-1], who) for one, who in said] == [(begin, end, "p1")]


def test_a_paragraph_that_closes_what_the_one_before_left_open_is_speech_from_its_start(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "“Sumur ini dalam.\n\nAirnya jernih. Warga senang,” kata Rina."
    said = direct(text, finder, rulebook)
    assert said == [("Sumur ini dalam.", "p1"), ("Airnya jernih. Warga senang,", "p1")]


@pytest.mark.parametrize(
    "text",
    [
        "Rina berkata, “Sumur ini dalam.\n\n“Airnya jernih,” kata Ahmad.",
        "“Sumur ini dalam.\n\nAirnya jernih sekali,” kata Rina.",
        "“Sumur ini dalam.\n\nRina tertawa.\n\n“Airnya jernih,” kata Rina.",
    ],
)
def test_paragraphs_of_two_speakers_or_without_a_mark_stay_apart(
    text: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    assert [one.split()[0] for one, _ in direct(text, finder, rulebook)] == ["Sumur", "Airnya"]


def test_what_nobody_known_says_within_a_sentence_has_no_speaker(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "Penelepon itu berpesan “Jangan lapor siapa pun dulu” sehingga warga curiga."
    assert direct(text, finder, rulebook) == [("Jangan lapor siapa pun dulu", None)]
