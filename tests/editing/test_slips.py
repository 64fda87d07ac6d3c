"""Slips of the pen in common words."""

import pytest

from extractor.editing.slips import slip_table, slips_of
from extractor.editing.style import style_edits
from extractor.rulebook import Rulebook


@pytest.mark.parametrize(
    "slip", ["kegitan", "kegiaatan", "kegaitan", "kegiatna", "kegaiatan", "kegiata"]
)
def test_a_slip_is_a_letter_lost_doubled_swapped_or_too_early(slip: str) -> None:
    assert slip in set(slips_of("kegiatan"))


def test_the_first_letter_is_never_touched_and_a_word_is_no_slip_of_itself() -> None:
    slips = set(slips_of("pelatihan"))
    assert all(slip[0] == "p" for slip in slips)
    assert "pelatihan" not in slips


def test_short_words_have_no_slips() -> None:
    assert slip_table(["pangan"], [], 7) == {}


def test_words_and_what_may_be_meant_in_two_ways_are_no_slips() -> None:
    table = slip_table(["membangun", "mebangun", "bantuan"], ["batuan"], 7)
    assert "mebangun" not in table
    assert "batuan" not in table
    assert table["bantun"] == "bantuan"
    assert "diteapkan" not in slip_table(["diterapkan", "ditetapkan"], [], 7)


def test_a_name_with_a_capital_is_only_told_of(rulebook: Rulebook) -> None:
    grades = {
        text: [e.grade for e in style_edits(text, rulebook) if e.rule == "style.slip"]
        for text in ("Warga ikut kegaitan itu.", "Warga singgah di Warung Kegaitan sore itu.")
    }
    assert list(grades.values()) == [["propose"], ["tell"]]
