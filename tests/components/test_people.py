"""The component ``rilis_people`` in a pipeline."""

import pytest
from spacy.language import Language

from extractor.components.marks import marked


@pytest.fixture(scope="module")
def mentions(nlp: Language) -> list[tuple[str, str | None, bool]]:
    text = "Camat Kenanga, Wirasti Gandaria, S.E. hadir. Kata Wirasti, jalan rusak."
    doc = nlp.make_doc(text)
    doc._.rilis = {"title_end": 0, "published": None}
    return [
        (text[f.start : f.end], f.value["person"], bool(f.value.get("head")))
        for f in marked(nlp(doc), "people")
    ]


def test_each_mention_is_a_span_and_one_introduces_the_person(
    mentions: list[tuple[str, str | None, bool]],
) -> None:
    assert mentions == [("Wirasti Gandaria", "p1", True), ("Wirasti", "p1", False)]


def test_the_published_day_dates_an_office(nlp: Language) -> None:
    doc = nlp.make_doc("Menteri Keuangan Sri Mulyani mengatakan anggaran cukup.")
    doc._.rilis = {"title_end": 0, "published": "2021-03-01"}
    (found,) = marked(nlp(doc), "people")
    assert found.rule == "officials.menteri-keuangan-2016"
    assert found.value["full_name"] == "Sri Mulyani Indrawati"
