"""The types at the border: schema and code agree, what is written reads back equal."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extractor import Article, Extractor
from extractor.record import (
    Edit,
    Event,
    EventDate,
    Person,
    Quote,
    Record,
    Removed,
    Source,
    Span,
    Venue,
    Warning,
    article_id,
    json_schema,
    record_from_json,
    to_json,
)

SCHEMA_FILE = Path(__file__).parent.parent / "extractor" / "record.schema.json"


def full_record() -> Record:
    span = Span(text="Rapat", start=0, end=5, rule="events.x", confidence=0.9)
    date = EventDate(
        text="2 Mei 2024", start_offset=6, end_offset=16, start="2024-05-02", end="2024-05-02",
        time_start="09:00", timezone="WIB", rule="dates.x", confidence=0.98,
    )  # fmt: skip
    venue = Venue(
        text="Aula", start=17, end=21, parts={"room": "Aula"}, rule="venues.x", confidence=1
    )
    event = Event(
        main=True, name=span, type="rapat", **{"class": "rapat"}, organizers=(span,), date=date,
        venue=venue, participants=("p1", span),
    )  # fmt: skip
    person = Person(id="p1", name="Sari", titles=("Dra.",), role=span, mentions=(span,))
    quote = Quote(
        kind="direct", text="Rapat", start=0, end=5, speaker="p1", cue=span, rule="quotes.x",
        confidence=0.5,
    )  # fmt: skip
    removed = Removed(
        paragraph=6,
        duplicate_of=2,
        also=(9,),
        similarity=1,
        rule="repeats.x",
        reason="same",
        text="x",
    )
    return Record(
        id="0123456789abcdef", rules_version="1", source=Source(sha256="0" * 64),
        text="Rapat 2 Mei 2024 Aula", offsets=((0, 0, 21),), events=(event,), people=(person,),
        quotes=(quote,), dates=(date,), removed=(removed,), credit=span, dateline=span,
        warnings=(Warning(code="weekday-conflict", message="look"),),
    )  # fmt: skip


def test_the_committed_schema_is_the_one_of_the_types() -> None:
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == json_schema()


def test_a_full_record_fits_the_schema_and_reads_back_equal() -> None:
    record = full_record()
    line = to_json(record)
    jsonschema.validate(json.loads(line), json_schema())
    assert "\n" not in line
    assert record_from_json(line) == record


def test_the_names_of_the_contract_are_those_of_the_json() -> None:
    plain = json.loads(to_json(full_record()))
    assert plain["schema"] == "rilis/record/1"
    assert plain["events"][0]["class"] == "rapat"
    assert plain["events"][0]["date"]["start_offset"] == 6
    assert plain["offsets"] == [[0, 0, 21]]


@pytest.mark.parametrize(
    ("field", "value"),
    [("schema", "rilis/record/2"), ("unknown", 1), ("text", None), ("people", [{"id": "p1"}])],
)
def test_a_record_of_another_shape_is_refused(field: str, value: object) -> None:
    plain = json.loads(to_json(full_record()))
    plain[field] = value
    with pytest.raises(ValidationError):
        record_from_json(json.dumps(plain))


def test_a_value_is_told_beside_its_words_only_where_a_person_corrected_it() -> None:
    span = Span(text="Aula Jti", start=0, end=8, rule="venues.held", confidence=0.9)
    assert "value" not in json.loads(to_json(span))
    corrected = span.model_copy(update={"value": "Aula Jati"})
    assert json.loads(to_json(corrected))["value"] == "Aula Jati"
    assert (span.said, corrected.said) == ("Aula Jti", "Aula Jati")


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError):
        full_record().text = "other"  # type: ignore[misc]


@pytest.mark.parametrize("grade", ["certain", "", None])
def test_an_edit_has_one_of_three_grades(grade: object) -> None:
    with pytest.raises(ValidationError):
        Edit(start=0, end=1, replacement="", rule="r", reason="", grade=grade, kind="style")  # type: ignore[arg-type]


def test_an_article_is_named_by_its_address_else_by_its_bytes() -> None:
    assert article_id("https://example.go.id/a", b"x") == article_id(
        "https://example.go.id/a", b"y"
    )
    assert article_id(None, b"x") != article_id(None, b"y")
    assert len(article_id(None, b"x")) == 16


@given(st.text(max_size=200), st.none() | st.text(max_size=40))
def test_articles_survive_json(text: str, title: str | None) -> None:
    text = text.encode("utf-8", "replace").decode()
    title = title.encode("utf-8", "replace").decode() if title is not None else None
    article = Article(id="x", text=text, title=title)
    assert Article.model_validate_json(to_json(article)) == article


@pytest.mark.parametrize(
    "text",
    [
        "Judul Rilis Hari Ini\n\nDinas Melati menggelar rapat.\n",
        "\ufeffJudul Rilis\r\n\r\nIsi pertama.\r\nIsi kedua.\r\n",
        "Satu baris saja",
        "",
        "\n\n\n",
    ],
)
def test_offsets_lead_back_to_the_draft(extractor: Extractor, text: str) -> None:
    record = extractor.extract(Article(id="x", text=text))
    for text_start, draft_start, length in record.offsets:
        kept = record.text[text_start : text_start + length]
        assert kept == text[draft_start : draft_start + length]
    covered = sum(length for _, _, length in record.offsets)
    replaced = len(record.text) - covered
    assert replaced == record.text.count("\n") - sum(
        record.text[a : a + n].count("\n") for a, _, n in record.offsets
    )
