"""The component rilis_sentences, in a pipeline of its own."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import DocBin

from tests.examples import examples


@pytest.fixture(scope="module")
def alone() -> Language:
    nlp = spacy.blank("id")
    nlp.add_pipe("rilis_sentences")
    return nlp


def test_spacy_goes_through_the_same_sentences(alone: Language) -> None:
    doc = alone(
        "Judul Rilis\n\nKendal - Rapat dibuka Drs. Budi Harjo, M.Si. pagi ini. “Mari bekerja. Jangan "
        "menunda,” ujarnya.\nAcara selesai pukul 09.00 WIB."
    )
    assert [sent.text.strip() for sent in doc.sents] == [
        "Judul Rilis",
        "Kendal - Rapat dibuka Drs. Budi Harjo, M.Si. pagi ini.",
        "“Mari bekerja. Jangan menunda,” ujarnya.",
        "Acara selesai pukul 09.00 WIB.",
    ]
    assert [span.text for span in doc.spans["sentences"]] == [s.text.strip() for s in doc.sents]


def test_sentences_survive_storage(alone: Language) -> None:
    doc = alone("Rapat dibuka. Acara ditutup.")
    raw = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(raw).get_docs(alone.vocab)
    assert [sent.text for sent in again.sents] == ["Rapat dibuka.", "Acara ditutup."]


PIECES = [
    "Rapat",
    " ",
    "\n",
    ".",
    "“",
    "”",
    "?",
    "selesai.Kepala",
    "1.",
    " Drs.",
    "\u00a0",
    "🙂",
    ",",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(max_examples=examples(100))
def test_every_text_is_cut_at_the_tokens_its_sentences_begin_with(
    alone: Language, text: str
) -> None:
    doc = alone(text)
    assert "".join(sent.text_with_ws for sent in doc.sents) == text
    begun = {sent.start for sent in doc.sents}
    assert {span.start for span in doc.spans["sentences"]} <= begun
    assert len(begun) <= len(doc.spans["sentences"]) + 1
