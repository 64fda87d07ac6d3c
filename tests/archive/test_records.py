"""Every field of a record comes back out of the archive, also those that are rarely filled."""

from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import update

from extractor.archive import schema
from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import from_records
from extractor.archive.records import load, record_of, records_of, release_ids
from extractor.archive.store import Store
from extractor.record import (
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
    text_version,
)

TEXT = "Karangjati, 3/5 – Dinas 🌾 menggelar Rapat A bertema “Tani” pada 2 Mei 2024 pukul 09.00 WIB di Aula. Sri, Bupati, berkata maju terus. Ibu Wati hadir. (Humas)"
DATE = {"precision": "part", "year_source": "weekday"}


def span(words: str, confidence: float = 0.5) -> Span:
    start = TEXT.index(words)
    return Span(
        text=words,
        start=start,
        end=start + len(words),
        rule=f"rule.{words[:2]}",
        confidence=confidence,
    )


def date(words: str, **more: Any) -> EventDate:
    at = span(words)
    return EventDate(
        text=words,
        start_offset=at.start,
        end_offset=at.end,
        rule=at.rule,
        confidence=at.confidence,
        **more,
    )


def full() -> Record:
    """A record in which nothing is left out."""
    day = date(
        "2 Mei 2024 pukul 09.00 WIB", start="2024-05-02", end="2024-05-03", time_start="09:00", time_end="10:00",
        timezone="WIB", precision="part", year_source="weekday", repair="2024-05-04",
    )  # fmt: skip
    venue = Venue(
        **span("Aula").model_dump(),
        mode="hybrid",
        parts={"room": "Aula", "street": "Jl. A", "odd": "x"},
    )
    first = Event(
        main=True, name=span("Rapat A"), type="rapat", phase="pembukaan", status="planned", organizers=(span("Dinas"), span("Sri")),
        theme=span("Tani"), occasion=span("hadir"), date=day, venue=venue, participants=("p2", span("Ibu"), "p1"), **{"class": "rapat"},
    )  # fmt: skip
    second = Event(main=False, name=span("Rapat"))
    sri = Person(
        id="p2", name="Sri", full_name="Sri Rahayu", full_name_source="officials.yaml", titles=("Ir.", "Hj."), role=span("Bupati"),
        organization="Pemkab", aliases=("Bu Sri",), pseudonym=True, mentions=(span("Sri"), span("Bupati")),
    )  # fmt: skip
    quotes = (
        Quote(
            **span("maju terus").model_dump(), kind="direct", speaker="p2", speaker_text=span("Sri"), cue=span("berkata"),
            delivered_by="p1", date=date("3/5", start="2024-05-03", end="2024-05-03"), occasion=span("Rapat A"),
        ),
        Quote(**span("hadir").model_dump(), kind="reported", speaker_text=span("Ibu Wati")),
    )  # fmt: skip
    return Record(
        id="full", rules_version="v", source=Source(
            path="a.txt", uri="https://x.example/1", site="x", title="Judul", published="2024-05-03",
            retrieved="2024-05-04T01:02:03Z", sha256="5" * 64,
        ),
        text=TEXT, offsets=((0, 0, 10), (10, 12, 5)), events=(first, second), people=(sri, Person(id="p1", name="Wati")), quotes=quotes,
        dates=(day, date("3/5", start=None, end=None, precision="month", year_source="none")),
        removed=(Removed(paragraph=4, duplicate_of=1, also=(2, 3), similarity=0.987654321, rule="r", reason="same", text="Ulang."),),
        credit=span("(Humas)"), dateline=span("Karangjati"), warnings=(Warning(code="c", message="m", start=1, end=2), Warning(code="d", message="n")),
    )  # fmt: skip


def unfilled(model: BaseModel, where: str) -> list[str]:
    """Fields that hold nothing, or what stands there anyway, in a model and those in it."""
    found = []
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if name != "schema_" and (
            value is None or value == field.get_default(call_default_factory=True)
        ):
            found.append(f"{where}.{name}")
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                found += unfilled(one, f"{where}.{name}")
    return found


def test_the_full_record_is_full_whatever_fields_are_to_come() -> None:
    record = full()
    firsts = {
        "events": record.events[:1],
        "people": record.people[:1],
        "quotes": record.quotes[:1],
        "dates": record.dates[:1],
        "warnings": record.warnings[:1],
    }
    usual = {"mode", "status", "precision", "year_source", "value"}
    empty = [
        name
        for name in unfilled(record.model_copy(update=firsts), "record")
        if name.split(".")[-1] not in usual
    ]
    assert empty == [
        "record.quotes.date.time_start",
        "record.quotes.date.time_end",
        "record.quotes.date.timezone",
        "record.quotes.date.repair",
    ]


def corrected() -> Record:
    """A record in which a person corrected every value that can differ from its words."""

    def other(span: Any) -> Any:
        return span.model_copy(update={"value": f"{span.text} (benar)"})

    record = full()
    event, person, quote = record.events[0], record.people[0], record.quotes[0]
    event = event.model_copy(
        update={
            **{
                name: other(getattr(event, name)) for name in ("name", "theme", "occasion", "venue")
            },
            "organizers": tuple(map(other, event.organizers)),
            "participants": ("p2", other(event.participants[1])),
        }
    )
    quote = quote.model_copy(
        update={name: other(getattr(quote, name)) for name in ("speaker_text", "cue", "occasion")}
    )
    person = person.model_copy(update={"role": other(person.role)})
    return record.model_copy(
        update={"events": (event,), "people": (person,), "quotes": (quote.model_copy(update={"delivered_by": None}),)}
    )  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        full(),
        corrected(),
        Record(id="bare", rules_version="v", source=Source(sha256=text_version("")), text=""),
    ],
    ids=["everything", "corrected", "nothing"],
)
def test_a_record_comes_back_the_same(store: Store, record: Record) -> None:
    assert add(store, from_records([record])) == Added(new=1)
    with store.read() as connection:
        assert list(records_of(connection, release_ids(connection))) == [record]
    newer = record.model_copy(update={"rules_version": "w"})
    assert add(store, from_records([newer])) == Added(updated=1)
    with store.read() as connection:
        assert list(records_of(connection, release_ids(connection))) == [newer]


def test_what_was_rejected_is_left_out_unless_asked_for(store: Store) -> None:
    record = full()
    add(store, from_records([record]))
    with store.write() as connection:
        for table, number in ((schema.events, 2), (schema.people, 2), (schema.quotes, 1)):
            connection.execute(update(table).where(table.c.id == number).values(state="rejected"))
        theme = schema.spans.c.field == "event.theme"
        connection.execute(update(schema.spans).where(theme).values(state="rejected"))
    with store.read() as connection:
        stored = load(connection, [1])[1]
    kept = record_of(stored)
    assert [event.name.text for event in kept.events] == ["Rapat A"]
    assert [person.name for person in kept.people] == ["Sri"]
    assert [quote.text for quote in kept.quotes] == ["hadir"]
    assert kept.events[0].theme is None
    assert kept.events[0].participants == ("p2", record.events[0].participants[1])
    assert record_of(stored, rejected=True) == record


def test_the_name_of_a_person_is_shown_where_it_stands_in_a_mention(store: Store) -> None:
    """A record says where mentions stand; the name may be a part of one."""
    person = Person(id="p1", name="Wati", mentions=(span("Bupati"), span("Ibu Wati"), span("Sri")))
    add(
        store,
        from_records([full().model_copy(update={"people": (person,), "events": (), "quotes": ()})]),
    )
    with store.read() as connection:
        stored = load(connection, [1])[1]
    (name,) = [row for row in stored.rows["spans"] if row["field"] == "person.name"]
    assert (name["words"], name["start_offset"]) == ("Wati", TEXT.index("Wati"))
    assert stored.rules[name["rule_id"]][0] == "rule.Ib"
