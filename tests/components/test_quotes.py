"""The component rilis_quotes in a pipeline."""

import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from extractor.components.marks import marked

TEXT = (
    "Camat Melati, Rina Wulandari, S.Sos. mengatakan bahwa jalan desa akan diperbaiki. "
    "“Kami mulai pekan depan,” katanya saat meninjau lokasi, Rabu (3/5/2023)."
)


def test_quotes_are_marked_with_their_speakers(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.rilis = {"title_end": 0, "published": None}
    reported, direct = marked(nlp(doc), "quotes")
    assert TEXT[reported.start : reported.end] == "jalan desa akan diperbaiki"
    assert TEXT[direct.start : direct.end] == "Kami mulai pekan depan,"
    assert reported.value["speaker"] == direct.value["speaker"] is not None
    assert direct.value["date"] is not None
    assert direct.value["occasion"]["text"] == "saat meninjau lokasi"


def test_direct_speech_is_found_without_the_other_components() -> None:
    alone = spacy.blank("id")
    alone.add_pipe("rilis_quotes")
    (direct,) = [q for q in marked(alone(TEXT), "quotes") if q.value["kind"] == "direct"]
    assert direct.value["speaker"] is None


def test_values_survive_storage(nlp: Language) -> None:
    stored = DocBin(store_user_data=True)
    stored.add(nlp(TEXT))
    (again,) = stored.get_docs(nlp.vocab)
    assert [q.value["kind"] for q in marked(again, "quotes")] == ["reported", "direct"]
