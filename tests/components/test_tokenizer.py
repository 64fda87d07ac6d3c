"""The tokenizer leaves usual text to spaCy and gets through runs that spaCy alone would not."""

import pickle
import re
import time
from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.tokenizer import BoundedTokenizer
from tests.examples import SEARCHING, examples


@pytest.fixture(scope="module")
def blank() -> Language:
    """spaCy's own pipeline for Indonesian."""
    return spacy.blank("id")


@pytest.fixture(scope="module")
def bounded(blank: Language) -> BoundedTokenizer:
    """Ours for the same language."""
    return BoundedTokenizer(blank)


def words(tokenizer: Callable[[str], Doc], text: str) -> list[str]:
    """What a tokenizer makes of a text."""
    return [token.text_with_ws for token in tokenizer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "Bupati, S.Sos., membuka (resmi) acara pukul 09.00 WIB!\n\nSelesai.",
        "x" * 256,
    ],
)
def test_usual_text_is_left_to_spacy(blank: Language, bounded: BoundedTokenizer, text: str) -> None:
    assert words(bounded, text) == words(blank.tokenizer, text)


@pytest.mark.parametrize(
    "run", ["!", "-", "(", ")", '"', "a", "1.", "a-", "“", "é", "😀", "http://a."]
)
def test_long_runs_cost_no_more_than_their_length(bounded: BoundedTokenizer, run: str) -> None:
    text = f"Awal kata. {run * 8_000} akhir  kata.\n{run * 300}"
    began = time.process_time()
    doc = bounded(text)
    assert doc.text == text
    assert [token.text for token in doc[:2]] == ["Awal", "kata"]
    assert time.process_time() - began < 8


# Beginnings, ends, joints and exceptions that spaCy knows for the language, and what may lie between.
PIECES = [
    *(
        "<b/>",
        "<a href='x'>",
        "Rp",
        "US$",
        "USD",
        "+6",
        "...",
        "'s",
        "km²",
        "°C.",
        "5%",
        "-nya",
        "-Ku",
    ),
    *(
        "a.B",
        "A.B",
        "x,y",
        "a-b",
        "1-2",
        "1/2",
        "a:b",
        "</b>",
        "🙂",
        "ⓐ",
        "ﬁ",
        "É",
        "ß",
        "٣",
        "S.Sos.",
    ),
    *(
        "https://a.go.id/b?c=1",
        "x@y.id",
        "10.1.2.3",
        "dan",
        "Wali",
        "anak-anak",
        "ke-2",
        "(",
        ")",
        '"',
    ),
    *(
        "“",
        "”",
        ".",
        ",",
        "!",
        " ",
        "  ",
        "\n",
        "km",
        "M.Si",
        "a",
        "Z",
        "7",
        "_",
        "&",
        "|",
        "\u200b",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=examples(300))
def test_every_text_gives_the_words_of_spacy(
    blank: Language, bounded: BoundedTokenizer, text: str
) -> None:
    assert words(bounded, text) == words(blank.tokenizer, text)


def test_what_is_known_without_a_look_is_what_the_patterns_say(
    blank: Language, bounded: BoundedTokenizer
) -> None:
    theirs, ours = blank.tokenizer, bounded.tokenizer
    for word in [
        chr(code) + rest for code in range(1, 0x3000) for rest in ("", "a", "1", "a<a b>")
    ]:
        assert _span(ours.prefix_search(word)) == _span(theirs.prefix_search(word)), word
        assert _span(ours.suffix_search(word[::-1])) == _span(theirs.suffix_search(word[::-1])), (
            word
        )
        assert [*map(_span, ours.infix_finditer(word))] == [
            *map(_span, theirs.infix_finditer(word))
        ], word


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match is not None else None


def test_every_exception_of_spacy_is_taken_with_the_text_that_holds_it(blank: Language) -> None:
    ours = BoundedTokenizer(blank)
    known = blank.Defaults.tokenizer_exceptions
    assert len(ours.tokenizer.rules) == 0
    for number, exception in enumerate(known):
        text = f"Rp{exception}-nya"
        mine = words(ours, text)
        assert exception in ours.tokenizer.rules
        if SEARCHING or number % 20 == 0:
            assert mine == words(blank.tokenizer, text)
    assert ours.tokenizer.rules == blank.tokenizer.rules


def test_a_text_takes_few_exceptions_and_brings_none_twice(blank: Language) -> None:
    ours = BoundedTokenizer(blank)
    ours("Bupati, S.Sos., membuka acara anak-anak.")
    taken = len(ours.tokenizer.rules)
    assert taken < 300
    ours("Anak-anak pulang, kata Bupati, S.Sos.")
    assert len(ours.tokenizer.rules) == taken


def test_what_was_stored_knows_the_exceptions_again(blank: Language) -> None:
    ours = BoundedTokenizer(blank)
    ours("anak-anak")
    back = BoundedTokenizer(blank).from_bytes(ours.to_bytes())
    assert words(back, "anak-anak") == ["anak-anak"]
    assert words(pickle.loads(pickle.dumps(ours)), "e-katalog anak-anak") == [
        "e-katalog ",
        "anak-anak",
    ]


def test_it_is_stored_as_what_it_bounds(blank: Language, bounded: BoundedTokenizer) -> None:
    assert bounded.to_bytes(exclude=["exceptions"]) == blank.tokenizer.to_bytes(
        exclude=["exceptions"]
    )


def test_texts_beyond_the_usual_limit_of_spacy_are_taken(nlp: Language) -> None:
    assert len(nlp.make_doc("a" * 1_000_001).text) == 1_000_001
