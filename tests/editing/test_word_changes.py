"""Two passages word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.editing.word_changes import word_changes


@pytest.mark.parametrize(
    ("one", "other", "changed"),
    [
        ("Warga memilah sampah.", "Warga memilah sampah.", []),
        ("Warga memilah sampah.", "Warga menimbang sampah.", [("memilah", "menimbang")]),
        ("Warga memilah", "Warga memilah sampah.", [("", " sampah.")]),
        ("Tiga warga\nhadir.", "Tiga warga hadir.", []),
        ("ibu ibu hadir", "ibu-ibu hadir", [("ibu ibu", "ibu-ibu")]),
    ],
)
def test_words_that_differ(one: str, other: str, changed: list[tuple[str, str]]) -> None:
    found = [
        (one[c.start : c.end], other[c.other_start : c.other_end]) for c in word_changes(one, other)
    ]
    assert found == changed


@given(st.text("ab .,’-\n", max_size=40), st.text("ab .,’-\n", max_size=40))
def test_the_changes_make_the_other_passage_but_for_blanks(one: str, other: str) -> None:
    made = []
    at = 0
    for change in word_changes(one, other):
        made += [one[at : change.start], other[change.other_start : change.other_end]]
        at = change.end
    made.append(one[at:])
    assert "".join(made).split() == other.split()
