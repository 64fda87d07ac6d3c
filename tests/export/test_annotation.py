"""Records go out to annotation tools and come back the same; reviewed marks become gold."""

import json

import pytest
from spacy import displacy

from extractor import Article, Extractor
from extractor.evaluation.scores import score
from extractor.export.annotation import Annotation, Mark, Relation, annotation_of, gold_of
from extractor.export.page import displacy_input, marked_html, records_page
from extractor.export.tools import TOOLS
from extractor.record import Record, to_json
from extractor.resources import corpus_dir


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> Record:
    path = next((corpus_dir() / "sample").glob("*.txt"))
    article = Article(id="sample", text=path.read_text(encoding="utf-8"), path=str(path))
    return extractor.extract(article)


@pytest.fixture(scope="module")
def annotation(record: Record) -> Annotation:
    return annotation_of(record)


@pytest.mark.parametrize("name", TOOLS)
def test_what_is_written_for_a_tool_reads_back_equal(name: str, annotation: Annotation) -> None:
    other = Annotation("Halo “dunia”.", (Mark("m0", 5, 12, "DIRECT"),))
    assert len(annotation.marks) >= 5
    raw = TOOLS[name].write([annotation, other])
    assert list(TOOLS[name].read(raw)) == [annotation, other]


@pytest.mark.parametrize("name", ["prodigy", "doccano", "label-studio"])
def test_the_marks_of_a_tool_stand_on_their_words(name: str, annotation: Annotation) -> None:
    for mark in next(iter(TOOLS[name].read(TOOLS[name].write([annotation])))).marks:
        words = annotation.text[mark.start : mark.end]
        assert words == words.strip() != ""


def test_gold_made_of_a_record_agrees_with_the_record(
    record: Record, annotation: Annotation
) -> None:
    gold = gold_of(annotation, "sample")
    scores = score([gold], {"sample": json.loads(to_json(record))})
    for field in ("event", "date", "venue", "people", "role", "direct", "reported", "repeats"):
        assert scores.rows[field].f1 == 1.0, field
    assert scores.rows["speaker"].f1 == scores.rows["reported speaker"].f1 == 1.0


@pytest.mark.parametrize(
    ("raw", "marks"),
    [
        (b'{"text": "Aula Jati", "label": [[0, 9, "VENUE"]]}', [("m0", 0, 9, "VENUE")]),
        (b'{"text": "Aula Jati", "entities": [], "relations": []}', []),
    ],
)
def test_plain_doccano_labels_are_read(raw: bytes, marks: list[tuple[str, int, int, str]]) -> None:
    (annotation,) = TOOLS["doccano"].read(raw)
    assert [(m.id, m.start, m.end, m.label) for m in annotation.marks] == marks


def test_rejected_prodigy_tasks_are_left_out() -> None:
    raw = b'{"text": "a", "spans": [], "answer": "reject"}\n{"text": "b", "answer": "accept"}\n'
    assert [one.text for one in TOOLS["prodigy"].read(raw)] == ["b"]


def test_a_persons_annotation_wins_over_our_prediction() -> None:
    def task(label: str) -> dict[str, object]:
        value = {"start": 0, "end": 4, "text": "Aula", "labels": [label]}
        return {"result": [{"id": "x", "type": "labels", "value": value}]}

    tasks = [
        {"data": {"text": "Aula"}, "predictions": [task("EVENT")], "annotations": [task("VENUE")]}
    ]
    (annotation,) = TOOLS["label-studio"].read(json.dumps(tasks).encode())
    assert annotation.marks[0].label == "VENUE"


def test_roles_and_speakers_of_gold_come_from_relations() -> None:
    text = "Camat Jati, Rina Dewi berkata. Rina senang."
    marks = (
        Mark("a", 12, 21, "PERSON"), Mark("b", 31, 35, "PERSON"), Mark("r", 0, 10, "ROLE"),
        Mark("q", 31, 42, "REPORTED"),
    )  # fmt: skip
    relations = (
        Relation("b", "a", "same"),
        Relation("a", "r", "role"),
        Relation("q", "b", "speaker"),
    )
    gold = gold_of(Annotation(text, marks, relations), "h")
    assert gold["people"] == [{"name": "Rina Dewi", "aliases": ["Rina"], "role": "Camat Jati"}]
    assert gold["quotes"] == [{"kind": "reported", "text": "Rina senang", "speaker": "Rina Dewi"}]
    assert gold["event"] is None


def test_displacy_draws_a_record(record: Record) -> None:
    html = displacy.render(
        displacy_input(record), style="ent", manual=True, page=False, jupyter=False
    )
    assert "EVENT" in html


def test_the_page_shows_every_word_once_and_escapes_it(annotation: Annotation) -> None:
    hostile = Annotation("<b>&", (Mark("x", 0, 3, "EVENT"), Mark("y", 2, 4, "DATE")))
    assert "<b>" not in marked_html(hostile)
    assert "&lt;b" in marked_html(hostile)


def test_the_page_of_a_record_holds_its_facts(record: Record) -> None:
    page = records_page([record])
    for event in record.events:
        assert event.name.text.split()[0] in page
