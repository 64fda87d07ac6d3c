"""Quotation marks paired by the look of their neighbours."""

from collections.abc import Callable

import pytest

from extractor.language.quotation_marks import quotations


def inner(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Kami siap,” kata Rina.", ["Kami siap,"]),
        ('"Kami siap," kata Rina.', ["Kami siap,"]),
        ("”Kami siap“ kata Rina.", ["Kami siap"]),
        ("„Kami siap,“ kata Rina.", ["Kami siap,"]),
        ("«Kami siap», kata Rina.", ["Kami siap"]),
        ("‘’Kami siap,’’ kata Rina.", ["Kami siap,"]),
        ("''Kami siap,'' kata Rina.", ["Kami siap,"]),
        ("‘Kami siap,’ kata Rina.", ["Kami siap,"]),
        ("“Kami siap,”kata Rina.", ["Kami siap,"]),
        ('"Kami siap, " kata Rina. "Besok."', ["Kami siap,", "Besok."]),
        ("“ Kami siap ” kata Rina.", ["Kami siap"]),
        ("Ia berkata,“Kami siap.”", ["Kami siap."]),
        ('Ia berkata:"Kami siap."', ["Kami siap."]),
        ("“Kami siap,' kata Rina.", ["Kami siap,"]),
    ],
)
def test_marks_of_any_style_pair(text: str, words: list[str]) -> None:
    assert inner(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Namanya “sumur emak” sejak dulu,” kata Rina.", "Namanya “sumur emak” sejak dulu,"),
        ('"Namanya "sumur emak" sejak dulu," kata Rina.', 'Namanya "sumur emak" sejak dulu,'),
        ("“Ia bilang, ‘siap’, begitu,” kata Rina.", "Ia bilang, ‘siap’, begitu,"),
        ("“Kata ibu, “Jangan.” Saya diam,” kata Rina.", "Kata ibu, “Jangan.” Saya diam,"),
        ('"Pipa 4" sepanjang satu meter," kata Rina.', 'Pipa 4" sepanjang satu meter,'),
        ("“…lalu kami pulang,” kata Rina.", "…lalu kami pulang,"),
    ],
)
def test_inner_marks_stay(text: str, words: str) -> None:
    assert inner(text) == [words]


def test_a_mark_never_closed_ends_where_the_next_quotation_opens() -> None:
    text = "“Kami siap, ujar Rina. “Besok mulai,” imbuhnya."
    assert inner(text) == ["Kami siap, ujar Rina.", "Besok mulai,"]
    assert quotations(text, 0, len(text))[0].close is None


def _tag_at(text: str) -> Callable[[int], bool]:
    return lambda at: text.startswith(("ujar", "Ujar"), at)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Kami siap. “Besok mulai,” ujar Rina.", ["Kami siap. “Besok mulai,"]),
        ("“Kami siap, ujar Rina. “Besok mulai,” imbuhnya.", ["Kami siap, ujar Rina.", "Besok mulai,"]),
        ("Tema “Kami Siap. “Besok mulai,” ujar Rina.", ["Kami Siap.", "Besok mulai,"]),
        ("“Kami siap. Rina berkata, “Besok mulai,” ujarnya.",
         ["Kami siap. Rina berkata,", "Besok mulai,"]),
        ("“Kami siap, besok mulai, “Ujar Rina.", ["Kami siap, besok mulai,"]),
    ],
)  # fmt: skip
def test_a_second_mark_that_opens_is_one_too_many_unless_words_lead_to_it(
    text: str, words: list[str]
) -> None:
    found = quotations(
        text, 0, len(text), _tag_at(text), lambda at: text[:at].endswith("berkata, ")
    )
    assert [text[q.start : q.end] for q in found] == words


def test_a_year_before_the_closing_mark_is_no_inch() -> None:
    assert inner('"Musrenbang 2024" dibuka. "Kami siap 24" dan "Air 5" ada.') == [
        "Musrenbang 2024",
        "Kami siap 24",
        "Air 5",
    ]


def test_a_mark_never_opened_is_told() -> None:
    text = "Kami siap,” ujar Rina."
    (found,) = quotations(text, 0, len(text))
    assert found.open is None
    assert text[found.start : found.end] == "Kami siap,"


def test_apostrophes_are_no_marks() -> None:
    assert inner("Jum'at malam, Ma’ruf tiba ('24).") == []


def test_nothing_is_carried_beyond_the_paragraph() -> None:
    text = "“Kami siap.\n“Besok,” kata Rina."
    assert [text[q.start : q.end] for q in quotations(text, 0, 11)] == ["Kami siap."]
