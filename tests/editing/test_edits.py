"""Edits always undo, never overlap, and the map between old and new offsets is right."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.editing.edits import apply, invert, settle, undo
from extractor.record import Edit
from tests.examples import examples


def edit(start: int, end: int, replacement: str = "", rule: str = "style.x") -> Edit:
    return Edit(
        start=start, end=end, replacement=replacement, rule=rule, reason="x", grade="sure", kind="x"
    )


@st.composite
def drafts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    draft = draw(st.text(alphabet="ab “”\r\n\ufeff😀é", max_size=60))
    spans = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(draft)),
                st.integers(0, 8),
                st.text(alphabet="xy \n😀", max_size=4),
            ),
            max_size=12,
        )
    )
    return draft, [edit(a, min(len(draft), a + width), new) for a, width, new in spans]


@settings(max_examples=examples(150), deadline=None)
@given(drafts_with_edits())
def test_settled_edits_apply_and_undo(made: tuple[str, list[Edit]]) -> None:
    draft, edits = made
    kept, refused = settle(edits)
    assert sorted(map(repr, [*kept, *refused])) == sorted(map(repr, edits))
    applied = apply(draft, kept)
    assert undo(applied.text, invert(draft, kept)) == draft
    for text_start, draft_start, length in applied.offsets:
        assert length > 0
        kept_part = applied.text[text_start : text_start + length]
        assert kept_part == draft[draft_start : draft_start + length]
        for at in range(length):
            assert applied.to_draft(text_start + at) == draft_start + at
    replaced = sum(len(one.replacement) for one in kept)
    assert len(applied.text) == sum(length for *_, length in applied.offsets) + replaced


@settings(max_examples=examples(100), deadline=None)
@given(drafts_with_edits())
def test_every_refused_edit_overlaps_a_kept_one(made: tuple[str, list[Edit]]) -> None:
    kept, refused = settle(made[1])
    for one in refused:
        assert any(
            (one.start < other.end and other.start < one.end)
            or (one.start, one.end) == (other.start, other.end)
            for other in kept
        )


@pytest.mark.parametrize(
    ("edits", "kept"),
    [
        ([(0, 4), (2, 9)], [(2, 9)]),
        ([(0, 9), (2, 4)], [(0, 9)]),
        ([(0, 4), (2, 6)], [(0, 4)]),
        ([(0, 2), (1, 5), (3, 12)], [(0, 2), (3, 12)]),
        ([(3, 3), (3, 3)], [(3, 3)]),
        ([(3, 3), (3, 5)], [(3, 3), (3, 5)]),
        ([(2, 5), (3, 3)], [(2, 5)]),
    ],
)
def test_the_wider_edit_wins_then_the_earlier(
    edits: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    settled, _ = settle([edit(a, b) for a, b in edits])
    assert [(one.start, one.end) for one in settled] == kept


@pytest.mark.parametrize("bad", [[(0, 3), (2, 4)], [(0, 99)], [(4, 2)]])
def test_edits_that_cannot_be_applied_are_refused(bad: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlaps or is outside"):
        apply("tujuh huruf", [edit(a, b) for a, b in bad])


def test_a_hundred_thousand_edits_take_seconds() -> None:
    draft = "kata  kata " * 100_000
    edits = [edit(11 * n + 4, 11 * n + 6, " ") for n in range(100_000)]
    began = time.process_time()
    kept, refused = settle(edits)
    applied = apply(draft, kept)
    assert not refused
    assert undo(applied.text, invert(draft, kept)) == draft
    assert time.process_time() - began < 10
