"""The tokenizer leaves usual text to spaCy and gets through runs that spaCy alone would not."""

import time

import pytest
import spacy
from spacy.language import Language

from extractor.components.tokenizer import BoundedTokenizer


@pytest.fixture(scope="module")
def blank() -> Language:
    """spaCy's own pipeline for Indonesian."""
    nlp = spacy.blank("id")
    nlp.max_length = 10_000_000
    return nlp


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
def test_usual_text_is_left_to_spacy(blank: Language, text: str) -> None:
    bounded = BoundedTokenizer(blank.tokenizer)
    assert [t.text_with_ws for t in bounded(text)] == [t.text_with_ws for t in blank.make_doc(text)]


@pytest.mark.parametrize(
    "run", ["!", "-", "(", ")", '"', "a", "1.", "a-", "“", "é", "😀", "http://a."]
)
def test_long_runs_cost_no_more_than_their_length(blank: Language, run: str) -> None:
    text = f"Awal kata. {run * 8_000} akhir  kata.\n{run * 300}"
    began = time.process_time()
    doc = BoundedTokenizer(blank.tokenizer)(text)
    assert doc.text == text
    assert [token.text for token in doc[:2]] == ["Awal", "kata"]
    assert time.process_time() - began < 8


def test_it_is_stored_as_what_it_bounds(blank: Language) -> None:
    bounded = BoundedTokenizer(blank.tokenizer)
    assert bounded.to_bytes(exclude=["exceptions"]) == blank.tokenizer.to_bytes(
        exclude=["exceptions"]
    )


def test_texts_beyond_the_usual_limit_of_spacy_are_taken(nlp: Language) -> None:
    assert len(nlp.make_doc("a" * 1_000_001).text) == 1_000_001
