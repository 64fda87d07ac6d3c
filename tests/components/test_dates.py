"""The component rilis_dates in a pipeline."""

import pytest
from spacy.language import Language
from spacy.tokens import DocBin

from extractor.checking import plain
from extractor.components.marks import marked
from extractor.language.dates.tokens import LISTS
from extractor.rulebook import Rulebook
from extractor.rulebook.shapes import SHAPES

TEXT = "Rakor digelar Kamis(2/5) pukul 09.00 WIB dan 3 Mei."


def test_dates_are_marked_with_exact_offsets(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.rilis = {"title_end": 0, "published": "2024-05-03"}
    found = marked(nlp(doc), "dates")
    assert [(TEXT[f.start : f.end], plain(TEXT, "dates", f)) for f in found] == [
        ("Kamis(2/5) pukul 09.00 WIB", "2024-05-02 09:00 WIB"),
        ("3 Mei", "2024-05-03"),
    ]


@pytest.mark.parametrize("published", [None, "", "not a day", "2024-13-01"])
def test_an_unreadable_publication_counts_as_none(nlp: Language, published: str | None) -> None:
    doc = nlp.make_doc("Apel digelar kemarin.")
    doc._.rilis = {"title_end": 0, "published": published}
    assert marked(nlp(doc), "dates") == []


def test_values_survive_storage(nlp: Language) -> None:
    doc = nlp("Rakor digelar 2, 3 dan 6 Mei 2024.")
    stored = DocBin(store_user_data=True)
    stored.add(doc)
    (again,) = stored.get_docs(nlp.vocab)
    days = [f.value["start"] for f in marked(again, "dates")]
    assert days == ["2024-05-02", "2024-05-02", "2024-05-03", "2024-05-06"]


def test_every_word_list_of_the_reader_is_demanded_of_the_file(rulebook: Rulebook) -> None:
    assert LISTS.keys() <= SHAPES["dates"].words
    assert SHAPES["dates"].words <= rulebook["dates"].words.keys()
