"""A bare office is linked to its holder, also where it is written short or with a slip."""

import pytest

from extractor.language.layout import read_layout
from extractor.language.people.finding import PeopleFinder
from extractor.language.people.role_short import stands_for
from extractor.rulebook import Rulebook


@pytest.mark.parametrize(
    ("word", "office", "expected"),
    [
        ("menhut", ["menteri", "kehutanan"], True),
        ("kajati", ["kepala", "kejaksaan", "tinggi"], True),
        ("bolmong", ["kabupaten", "bolaang", "mongondow"], True),
        ("penddikan", ["dinas", "pendidikan"], True),
        ("camat", ["camat", "melati"], True),
        ("camat", ["kepala", "dinas"], False),
        ("rw", ["rukun", "warga"], False),
    ],
)
def test_a_word_stands_for_an_office(word: str, office: list[str], expected: bool) -> None:
    assert stands_for(word, office) is expected


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Menteri Kehutanan Tarwan Kelmury hadir. Menhut senang.", "p1"),
        ("Kepala Dinas Pendidikan Sorong, Tarwan Kelmury, hadir. Kadis Penddikan senang.", "p1"),
        ("Menteri Kehutanan Tarwan Kelmury hadir. Menkes senang.", None),
        (
            "Camat Melati, Tarwan Kelmury, dan Camat Kenanga, Mesaka Yaran, hadir. Camat senang.",
            None,
        ),
    ],
)
def test_the_holder_of_a_bare_office(rulebook: Rulebook, text: str, person: str | None) -> None:
    finder = PeopleFinder(rulebook["people"], rulebook["offices"], rulebook["officials"])
    found = finder.find(read_layout(text, rulebook["paragraphs"], 0))
    assert found[-1].value["form"] == "role"
    assert found[-1].value["person"] == person
