"""A stage judged alone gets what the annotation says of the stages before it."""

from pathlib import Path

from spacy.language import Language

from extractor import Extractor
from extractor.components.marks import marked
from extractor.evaluation.corpus import read_corpus
from extractor.evaluation.stages import STAGES, gold_people, gold_venues, stage_rows

GOLD = Path(__file__).parents[2] / "corpus" / "gold"


def test_annotated_persons_are_marked_where_they_stand(nlp: Language) -> None:
    doc = nlp.make_doc("Camat Jati, Rina Dewi, datang. Rina senang, Rinaldi tidak.")
    person = {"name": "Rina Dewi", "aliases": ["Rina"], "role": "Camat Jati"}
    found = list(gold_people(doc, {"people": [person]}))
    assert [doc.text[f.start : f.end] for f in found] == ["Rina Dewi", "Rina"]
    assert found[0].value["role"]["text"] == "Camat Jati"
    assert [f.value["person"] for f in found] == ["p1", "p1"]


def test_an_annotated_venue_is_the_only_one(nlp: Language) -> None:
    doc = nlp.make_doc("Di Aula Jati dan di Aula Sonokeling.")
    found = list(gold_venues(doc, {"venues": ["Aula  Jati", "Aula"]}))
    assert [doc.text[f.start : f.end] for f in found] == ["Aula Jati"]


def test_every_field_of_a_stage_has_a_figure_alone_and_end_to_end(extractor: Extractor) -> None:
    rows = stage_rows(read_corpus(GOLD)[:4], extractor)
    assert set(rows) == set(STAGES)
    for stage, (_given, fields) in STAGES.items():
        assert set(rows[stage]) == set(fields)
    alone, whole = rows["quotes"]["speaker"]
    assert alone.f1 >= whole.f1 > 0


def test_a_mark_that_was_read_keeps_what_reading_tells_and_others_stay(nlp: Language) -> None:
    doc = nlp("Rapat digelar di Aula Jati, Kamis (2/5/2024). Bazar dibuka di Aula Sonokeling.")
    read = {doc.text[f.start : f.end]: f for f in marked(doc, "venues")}
    assert set(read) == {"Aula Jati", "Aula Sonokeling"}
    found = {
        doc.text[f.start : f.end]: f for f in gold_venues(doc, {"venues": ["Aula Sonokeling"]})
    }
    assert found["Aula Jati"] == read["Aula Jati"]
    given = found["Aula Sonokeling"]
    assert given.confidence == 1.0
    assert given.value == {**read["Aula Sonokeling"].value, "likely": True}
