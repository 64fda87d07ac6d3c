"""What a sieve or a screen leaves out is matched by nothing."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from extractor.rulebook import sieve
from extractor.rulebook.sieve import Screen, Sieve

SOURCES = (
    r"\((?:Humas|Tim)[^()]*\)",
    r"(?i)foto\s*:.+",
    r"[.!?]\s*(#\w+)\s*\z",
    r"\A-+\z",
    r"[^\pL\pN]+",
)
PATTERNS = [re2.compile(source) for source in SOURCES]
LINES = st.lists(
    st.text(st.sampled_from("aB (Humas)Foto:#-.!?’\n1 "), max_size=12), min_size=1, max_size=80
)


@given(LINES)
def test_a_line_that_a_pattern_matches_comes_through(lines: list[str]) -> None:
    whole, within = Sieve(PATTERNS, whole=True).sift(lines), Sieve(PATTERNS).sift(lines)
    for number, line in enumerate(lines):
        if any(pattern.fullmatch(line) for pattern in PATTERNS):
            assert number in whole
        if any(pattern.search(line) for pattern in PATTERNS):
            assert number in within


def test_lines_far_from_any_match_are_left_out() -> None:
    lines = ["Rapat selesai siang"] * 200 + ["Foto: Humas"]
    assert Sieve(PATTERNS, whole=True).sift(lines) <= set(range(160, 201))
    assert Sieve([]).sift(lines) == set()


def test_a_pattern_that_turns_line_edges_off_lets_all_through() -> None:
    assert Sieve([re2.compile("(?-m:^a)")]).sift(["b", "c"]) == {0, 1}


@pytest.mark.parametrize("text", ["Foto: Humas", "Rapat. #desa", "Rapat", "ümlaut (Tim A)"])
def test_a_screen_names_the_patterns_a_long_text_holds(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = Screen(PATTERNS).held(text)
    assert list(every) == list(range(len(PATTERNS)))  # a short text is not worth it
    monkeypatch.setattr(sieve, "_LONG", 0)
    held = [n for n, pattern in enumerate(PATTERNS) if pattern.search(text)]
    assert list(Screen(PATTERNS).held(text)) == held


def test_a_screen_without_memory_names_all_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "_LONG", 0)
    monkeypatch.setattr(Screen, "_set", re2.Set.SearchSet())
    monkeypatch.setattr(re2.Set, "Match", lambda self, text: None)
    assert list(Screen(PATTERNS).held("Rapat")) == list(range(len(PATTERNS)))
