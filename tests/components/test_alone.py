"""Each component alone, in a pipeline that somebody else put together."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import DocBin

from extractor.pipeline import COMPONENTS

TEXT = (
    "Dinas Pangan Kota Melati menggelar Sosialisasi Pekarangan Lestari di Aula Kenanga, "
    "Kamis (2/5/2024) pukul 09.00 WIB. Kepala Dinas Pangan Kota Melati, Drs. Budi Harjo, M.Si. "
    "mengatakan bahwa pekarangan adalah lumbung keluarga."
)
ALONE = {
    "rilis_sentences": TEXT[: TEXT.index(" Kepala Dinas")],
    "rilis_dates": "Kamis (2/5/2024) pukul 09.00 WIB",
    "rilis_people": "Budi Harjo",
    "rilis_venues": "Aula Kenanga",
    "rilis_events": "Sosialisasi Pekarangan Lestari",
    "rilis_quotes": "pekarangan adalah lumbung keluarga",
}
FRESH = """
import sys, spacy
from spacy.tokens import DocBin
if __name__ == "__main__":
    text, nlp, key = sys.argv[1], spacy.load(sys.argv[2]), sys.argv[3]
    for doc in nlp.pipe([text, text], n_process=2, batch_size=1):
        print(doc.spans[key][0].text)
    (doc,) = DocBin().from_disk(sys.argv[4]).get_docs(nlp.vocab)
    print(doc.spans[key][0].text, doc.spans[key][0]._.rilis["rule"])
"""


@pytest.fixture(scope="module")
def alone() -> dict[str, Language]:
    made = {}
    blank = spacy.blank("id")
    for name in COMPONENTS:
        made[name] = Language(blank.vocab)
        made[name].tokenizer = blank.tokenizer
        made[name].add_pipe(name)
    return made


def test_every_component_is_tried() -> None:
    assert ALONE.keys() == COMPONENTS.keys()


@pytest.mark.parametrize("name", ALONE)
def test_a_component_finds_its_things_without_the_others(
    alone: dict[str, Language], name: str
) -> None:
    doc = alone[name](TEXT)
    assert list(doc.spans) == [name.removeprefix("rilis_")]
    assert doc.spans[name.removeprefix("rilis_")][0].text == ALONE[name]
    assert not doc.ents
    assert doc.has_annotation("SENT_START") == (name == "rilis_sentences")


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("text", ["", " ", "\n\n", "?"])
def test_a_component_finds_nothing_in_nothing(
    alone: dict[str, Language], name: str, text: str
) -> None:
    found = alone[name](text).spans[name.removeprefix("rilis_")]
    assert len(found) == (name == "rilis_sentences" and text == "?")


@pytest.mark.parametrize("name", ALONE)
def test_a_component_says_what_it_sets(alone: dict[str, Language], name: str) -> None:
    told = alone[name].analyze_pipes()["summary"][name]["assigns"]
    assert "doc.spans" in told
    assert ("doc.sents" in told) == (name == "rilis_sentences")


@pytest.mark.parametrize("name", ALONE)
def test_a_component_goes_to_a_process_that_was_not_forked(
    alone: dict[str, Language], name: str
) -> None:
    again = pickle.loads(pickle.dumps(alone[name].get_pipe(name)))
    doc = again(alone[name].make_doc(TEXT))
    assert doc.spans[name.removeprefix("rilis_")][0].text == ALONE[name]


def test_rules_of_ones_own_go_along(alone: dict[str, Language], tmp_path: Path) -> None:
    (tmp_path / "dates.yaml").write_text("disable: [dates.slash]\n", encoding="utf-8")
    nlp = Language(alone["rilis_dates"].vocab)
    nlp.add_pipe("rilis_dates", config={"rules": str(tmp_path)})
    again = pickle.loads(pickle.dumps(nlp.get_pipe("rilis_dates")))
    for component in (nlp.get_pipe("rilis_dates"), again):
        assert not component(nlp.make_doc("2/5/2024")).spans["dates"]


def test_spacy_shows_the_spans(alone: dict[str, Language]) -> None:
    doc = alone["rilis_venues"](TEXT)
    page = displacy.render(doc, style="span", options={"spans_key": "venues"}, jupyter=False)
    assert "Kenanga" in page
    assert "venues" in page


def test_a_stored_pipeline_runs_in_fresh_processes(
    alone: dict[str, Language], tmp_path: Path
) -> None:
    nlp = alone["rilis_people"]
    nlp.to_disk(tmp_path / "nlp")
    DocBin(store_user_data=True, docs=[nlp(TEXT)]).to_disk(tmp_path / "docs.spacy")
    program = tmp_path / "program.py"
    program.write_text(FRESH, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, TEXT, tmp_path / "nlp", "people", tmp_path / "docs.spacy"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split("\n")[:2] == ["Budi Harjo", "Budi Harjo"], done.stderr
    assert done.stdout.split("\n")[2].startswith("Budi Harjo people.")
