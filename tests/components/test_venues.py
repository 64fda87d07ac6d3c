"""The component in the pipeline: its key, its values, what it reads of earlier ones."""

import spacy
from spacy.language import Language

from extractor.components.marks import marked


def test_venues_stand_under_their_key_with_plain_values(nlp: Language) -> None:
    doc = nlp("Rapat koordinasi bertempat di Aula Kantor Camat Lor, Senin (2/5/2022).")
    (venue,) = marked(doc, "venues")
    assert doc.text[venue.start : venue.end] == "Aula Kantor Camat Lor"
    assert venue.rule == "venues.bertempat"
    assert venue.value["parts"] == {"room": "Aula", "building": "Kantor Camat Lor"}
    assert venue.value["cue_strength"] == "strong"


def test_the_component_works_alone() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("rilis_venues")
    doc = nlp("Kirab dipusatkan di Lapangan Lor.")
    assert [span.text for span in doc.spans["venues"]] == ["Lapangan Lor"]


def test_dates_of_the_pipeline_end_a_place(nlp: Language) -> None:
    doc = nlp("Rapat digelar di Gedung Wanita 2 Mei 2022 pukul 09.00 WIB.")
    (venue,) = marked(doc, "venues")
    assert doc.text[venue.start : venue.end] == "Gedung Wanita"
