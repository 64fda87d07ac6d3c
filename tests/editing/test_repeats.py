"""Repeats inside a draft: found in any cut, and not where the facts differ."""

import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from extractor.editing.repeats import Repeats, compare_paragraphs
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook
from tests.editing.made_drafts import MadeDraft, made_draft
from tests.editing.other_drafts import other_draft

TITLE = "Warga Karangsari Pilah Sampah dari Rumah"
P = (
    "Lurah Karangsari, Gunarti, mengajak warga memilah sampah dari rumah agar beban bak berkurang.",
    "“Sampah yang dipilah itu tabungan, bukan beban,” kata Gunarti di hadapan 45 kader, Kamis (2/5).",
    "Ia menargetkan setiap dasawisma memiliki satu bank sampah yang buka dua kali dalam sepekan.",
    "Camat Telagasari menilai langkah itu layak ditiru kelurahan lain di sepanjang tepian sungai.",
)
OTHER = "Warga lain pulang membawa bibit dari balai kelurahan sampai sore hari."
NEAR = "Warga memuji Lurah Karangsari yang hadir sejak pagi di balai pertemuan warga kelurahan."
LONG = (
    "Lurah Karangsari, Gunarti, mengajak warga memilah sampah dari rumah agar beban bak berkurang "
    "dan sungai di tepi kampung mengalir bersih lagi sampai ke muara sebelum musim hujan tiba pada "
    "akhir tahun bersama kader dan pemuda."
)
# RILIS_MADE_DRAFTS=1000 measures longer than a test run should.
DRAFTS = int(os.environ.get("RILIS_MADE_DRAFTS", "150"))
CREDIT = "(Tim Warta Melati)"


def found(rulebook: Rulebook, *lines: str) -> Repeats:
    layout = read_layout("\n\n".join(lines), rulebook["paragraphs"])
    return compare_paragraphs(layout, rulebook["repeats"])


def pairs(repeats: Repeats) -> list[tuple[int, int]]:
    return [(one.paragraph.number, one.kept.number) for one in repeats.repeats]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*P, *P[1:]), [(5, 2), (6, 3), (7, 4)]),
        ((*P, CREDIT, *P[1:]), [(6, 2), (7, 3), (8, 4)]),
        ((*P, CREDIT, *P[1:], CREDIT), [(6, 2), (7, 3), (8, 4), (9, 5)]),
        ((*P, *P[1:3], P[3][:60]), [(5, 2), (6, 3), (7, 4)]),
        ((*P, P[2], P[1]), [(5, 3), (6, 2)]),
        ((*P, P[1] + P[2]), [(5, 2)]),
        ((*P, P[2] + " " + P[3]), [(5, 3)]),
        ((P[1] + " " + P[2], P[0], P[1], P[2]), [(3, 1), (4, 1)]),
        ((P[0], P[1][:70], P[2], P[1]), [(2, 4)]),
        ((*P, P[0].replace("sampah", "sampahh").replace(", Gunarti,", " ,Gunarti")), [(5, 1)]),
        ((*P, P[1].replace("“", '"').replace("”", '"').upper()), [(5, 2)]),
        # the credit on the other side of the block
        ((*P, CREDIT, CREDIT, *P[1:]), [(6, 5), (7, 2), (8, 3), (9, 4)]),
        # a copy broken off behind another copy, and not the last one
        ((*P, P[1], P[2][:50], OTHER), [(5, 2), (6, 3)]),
        # a first copy that lacks a few words at its end
        ((P[0], P[2].removesuffix(" dalam sepekan."), P[3], P[2]), [(2, 4)]),
        # copies that break off later and later
        ((P[3], LONG[:110], P[1], LONG[:130], P[2], LONG[:160], OTHER, LONG), [(2, 8), (4, 8), (6, 8)]),
        # words of the one stand in the other too, elsewhere
        ((P[0], NEAR, P[1], f"{NEAR} {P[0]}"), [(4, 1)]),
        # what was cut out of the midst, what only the glued one says
        ((*P, P[2][3:62]), [(5, 3)]),
        ((*P, P[2][20:70]), []),
        ((P[0], LONG[30:110], P[3], LONG), []),
        ((*P, f"{P[1]} {P[2][:-1]} pada 2025."), []),
        ((*P, f"{P[0]} {P[1]} {P[2]} {P[3][:-1]} dan warga ikut senang."), []),
        (P, []),
    ],
)  # fmt: skip
def test_repeats_in_any_cut(
    rulebook: Rulebook, lines: tuple[str, ...], expected: list[tuple[int, int]]
) -> None:
    assert pairs(found(rulebook, TITLE, *lines)) == expected


@pytest.mark.parametrize(
    "other",
    [
        P[1].replace("45", "54"),
        P[1].replace("Kamis", "Jumat"),
        P[1].replace("(2/5)", "(2/6)"),
        P[1].replace("Gunarti", "Wiryawan"),
        P[0].replace("mengajak", "tidak mengajak"),
        P[0].replace("berkurang", "bertambah"),
        P[2].replace("satu", "tiga"),
        P[3].replace("Telagasari", "Sukamaju"),
    ],
)
def test_other_facts_make_a_pair_to_look_at(rulebook: Rulebook, other: str) -> None:
    repeats = found(rulebook, TITLE, *P, other)
    assert pairs(repeats) == []
    assert [one.paragraph.number for one in repeats.conflicts] == [5]


@pytest.mark.parametrize(
    "copy",
    [
        P[1].replace(" 45", ""),
        P[1].replace(", Kamis (2/5)", ""),
        P[0].replace(", Gunarti,", ""),
    ],
)
def test_a_fact_missing_on_one_side_is_no_conflict(rulebook: Rulebook, copy: str) -> None:
    repeats = found(rulebook, TITLE, *P, copy)
    assert [one[0] for one in pairs(repeats)] == [5]


def test_the_fuller_copy_is_kept(rulebook: Rulebook) -> None:
    shorter = P[1].replace(" di hadapan 45 kader, Kamis (2/5)", "")
    assert pairs(found(rulebook, TITLE, P[0], shorter, P[2], P[1])) == [(2, 4)]


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("repeats.exact", (*P, P[1])),
        ("repeats.folded", (*P, P[1].upper())),
        ("repeats.near", (*P, P[3].replace("tepian", "tepi"))),
        ("repeats.part", (f"{P[1]} {P[2]}", P[0], P[1])),
        ("repeats.truncated", (*P, P[2][:60])),
        ("repeats.merged", (*P, P[1] + P[2])),
        ("repeats.block", (*P, CREDIT, *P[1:], CREDIT)),
        ("repeats.title", (TITLE, *P)),
        ("repeats.conflict", (*P, P[1].replace("45", "54"))),
        ("repeats.sentence", (f"{P[0]} {P[2]}", P[1], f"{P[3]} {P[2]} Semua senang.")),
    ],
)
def test_a_rule_that_is_switched_off_finds_nothing(
    rulebook: Rulebook, rule: str, lines: tuple[str, ...]
) -> None:
    def rules(repeats: Repeats) -> set[str]:
        return {one.rule for one in (*repeats.repeats, *repeats.conflicts, *repeats.sentences)}

    layout = read_layout("\n\n".join((TITLE, *lines)), rulebook["paragraphs"])
    every = rulebook["repeats"]
    less = replace(every, rules=tuple(one for one in every.rules if one.id != rule))
    assert rule in rules(compare_paragraphs(layout, every))
    assert rule not in rules(compare_paragraphs(layout, less))


def test_short_lines_slogans_and_list_items_stay(rulebook: Rulebook) -> None:
    items = ("1. Warga memilah;", "2. Kader menimbang;")
    slogan = "Melati Bersih, Melati Sehat!"
    lines = (slogan, P[0], *items, P[1], slogan, P[2], *items, P[3])
    assert pairs(found(rulebook, TITLE, *lines)) == []


def test_short_lines_go_with_their_block(rulebook: Rulebook) -> None:
    items = ("1. Warga memilah;", "2. Kader menimbang;")
    lines = (P[0], P[1], *items, P[2], P[1], *items, P[2])
    assert pairs(found(rulebook, TITLE, *lines)) == [(6, 2), (7, 3), (8, 4), (9, 5)]


@pytest.mark.parametrize("again", [TITLE, TITLE.upper(), TITLE.replace("dari", "Dari")])
def test_the_title_printed_twice_repeats_paragraph_0(rulebook: Rulebook, again: str) -> None:
    assert pairs(found(rulebook, TITLE, again, *P)) == [(1, 0)]


def test_a_reason_names_the_paragraph_and_never_rounds_up_to_all(rulebook: Rulebook) -> None:
    nearly = P[3].replace("tepian", "tepi")
    (one,) = found(rulebook, TITLE, *P, nearly).repeats
    assert one.similarity < 1
    assert one.reason == f"{int(one.similarity * 100)}% the same as paragraph 4, which stands first"
    titled = found(rulebook, TITLE, *P, TITLE, *P).repeats
    assert [two.reason for two in titled if not two.kept.number] == [
        "stands in a repeated block, as the title"
    ]


def test_reasons_are_told_in_the_language_asked_for(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("comparison", "repeats"):
        monkeypatch.setattr(f"extractor.editing.{module}._", lambda words: f"<{words}>")
    (one,) = found(rulebook, TITLE, *P, P[2]).repeats
    assert one.reason == "<the same as <paragraph 3>>"


def test_every_repeat_tells_why(rulebook: Rulebook) -> None:
    (repeat,) = found(rulebook, TITLE, *P, P[1] + P[2]).repeats
    assert repeat.rule == "repeats.merged"
    assert [other.number for other in repeat.also] == [3]
    assert "2" in repeat.reason
    assert 0.9 <= repeat.similarity <= 1


@pytest.mark.parametrize("make", [made_draft, other_draft])
def test_made_drafts_are_cleared_of_their_repeats_and_of_nothing_else(
    rulebook: Rulebook, make: Callable[[random.Random], MadeDraft]
) -> None:
    chance = random.Random(20240502)
    right = wrong = missed = 0
    for _ in range(DRAFTS):
        made = make(chance)
        layout = read_layout(made.text, rulebook["paragraphs"])
        repeats = compare_paragraphs(layout, rulebook["repeats"]).repeats
        gone = {one.paragraph.number for one in repeats}
        right += len(gone & made.repeats)
        wrong += len(gone - made.repeats)
        missed += len(made.repeats - gone)
    assert right / (right + wrong) >= 0.995
    assert right / (right + missed) >= 0.98


def test_the_cost_grows_with_the_draft_not_with_its_square(rulebook: Rulebook) -> None:
    chance = random.Random(7)
    lines = [
        f"{chance.choice(P)[:-1]} di RT {number} RW {number % 7} dekat pos {number % 11}."
        for number in range(1500)
    ]
    repeats = found(rulebook, TITLE, *lines)
    assert not repeats.repeats


def test_a_sentence_that_two_paragraphs_share_is_told_about(rulebook: Rulebook) -> None:
    repeats = found(rulebook, TITLE, P[0] + " " + P[2], P[1], P[3] + " " + P[2] + " Semua senang.")
    assert pairs(repeats) == []
    (pair,) = repeats.sentences
    assert (pair.paragraph.number, pair.other.number) == (3, 1)
