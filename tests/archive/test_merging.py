"""A release read again: decided fields stay and the new reading is proposed; all else follows."""

import json
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from extractor.archive import schema
from extractor.archive.fields import FIELDS, owner_column, value_json, value_of
from extractor.archive.intake.adding import Added, add
from extractor.archive.intake.incoming import from_records
from extractor.archive.records import load, record_of, records_of, release_ids
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from extractor.record import Event, Record, Span, text_version

NEWER = "newer-rules"
AT = "2026-01-01T00:00:00Z"


def put(store: Store, *records: Record) -> Added:
    return add(store, from_records(records))


def back(store: Store) -> Record:
    with store.read() as connection:
        return next(records_of(connection, release_ids(connection)))


def rows(store: Store, table: Any) -> list[dict[str, Any]]:
    with store.read() as connection:
        return [
            dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()
        ]


def decide(
    store: Store, field: str, action: str, change: dict[str, Any] | None = None, position: int = 0
) -> None:
    """What a review does: the span's state, the value in force, and the decision in the log."""
    what, owner = FIELDS[field], owner_column(field)
    with store.write() as connection:
        spans = schema.spans
        span = (
            connection.execute(
                select(spans)
                .where(spans.c.field == field, spans.c.position == position)
                .order_by(spans.c.id)
            )
            .mappings()
            .first()
        )
        assert span is not None
        state = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}[action]
        connection.execute(update(spans).where(spans.c.id == span["id"]).values(state=state))
        number = span[owner] if owner else 1
        row = what.table.c.id == number if not what.own_row else what.table.c.span_id == span["id"]
        before = connection.execute(select(what.table).where(row)).mappings().first()
        if change is not None:
            connection.execute(update(what.table).where(row).values(change))
        connection.execute(
            insert(schema.reviews),
            [
                {
                    "release_id": 1, **{c: span[c] for c in ("event_id", "person_id", "quote_id")}, "span_id": span["id"],
                    "field": field, "position": position, "action": action, "active": True, "reviewer": "Sri", "reviewed_at": AT,
                    "before": value_json(value_of(field, before)) if before else None, "rule": "r", "rules_version": "v", "confidence": 0.5,
                }
            ],
        )  # fmt: skip


def span_of(record: Record, words: str, rule: str = "events.newer") -> Span:
    start = record.text.index(words)
    return Span(text=words, start=start, end=start + len(words), rule=rule, confidence=0.7)


def reread(record: Record, **event: Any) -> Record:
    """The record as newer rules read it; ``event`` changes its main event."""
    first = record.events[0].model_copy(update=event)
    return record.model_copy(update={"rules_version": NEWER, "events": (first,)})


@pytest.fixture
def shorter(record: Record) -> dict[str, Span]:
    """Another reading of the event's name, one that overlaps the first."""
    return {"name": span_of(record, "Rapat Koordinasi Kader Kelurahan Ramah Anak")}


def test_what_nobody_touched_follows_the_newer_rules(
    store: Store, record: Record, shorter: dict[str, Span]
) -> None:
    newer = reread(record, **shorter, venue=None, phase=None, organizers=())
    put(store, record)
    assert put(store, newer) == Added(updated=1)
    assert back(store) == newer
    assert rows(store, schema.proposals) == []
    assert list(faults(store)) == []


def test_items_keep_their_numbers_so_that_links_hold(
    store: Store, record: Record, shorter: dict[str, Span]
) -> None:
    put(store, record)
    before = {
        table.name: [row["id"] for row in rows(store, table)]
        for table in (schema.events, schema.people, schema.quotes)
    }
    quotes = (record.quotes[2], record.quotes[0], record.quotes[3], record.quotes[1])
    put(store, reread(record, **shorter).model_copy(update={"quotes": quotes}))
    assert [row["id"] for row in rows(store, schema.events)] == before["events"]
    assert [row["id"] for row in rows(store, schema.people)] == before["people"]
    by_number = sorted(rows(store, schema.quotes), key=lambda row: row["number"])
    assert [row["id"] for row in by_number] == [before["quotes"][at] for at in (2, 0, 3, 1)]


@pytest.mark.parametrize("action", ["accept", "correct"])
def test_a_decided_name_stays_and_the_new_one_is_proposed(
    store: Store, record: Record, shorter: dict[str, Span], action: str
) -> None:
    put(store, record)
    decide(store, "event.name", action, {"name": "Rakor KRA 2024"} if action == "correct" else None)
    kept = rows(store, schema.events)[0]
    assert put(store, reread(record, **shorter, venue=None)) == Added(updated=1, proposed=1)
    assert rows(store, schema.events)[0] == kept
    assert rows(store, schema.venues) == []  # nobody touched it
    span = next(row for row in rows(store, schema.spans) if row["field"] == "event.name")
    assert (span["words"], span["confidence"]) == (record.events[0].name.text, 0.95)
    (proposal,) = rows(store, schema.proposals)
    assert json.loads(proposal["proposed"])["name"] == shorter["name"].text
    assert json.loads(proposal["current"])["name"] == kept["name"]
    assert (proposal["field"], proposal["event_id"], proposal["state"]) == (
        "event.name",
        kept["id"],
        "open",
    )
    assert (proposal["rule"], proposal["rules_version"], proposal["confidence"]) == (
        "events.newer",
        NEWER,
        0.7,
    )


def test_the_same_proposal_is_made_once(
    store: Store, record: Record, shorter: dict[str, Span]
) -> None:
    put(store, record)
    decide(store, "event.name", "accept")
    put(store, reread(record, **shorter))
    again = reread(record, **shorter, phase="penutupan", venue=None)
    put(store, again)
    put(store, again.model_copy(update={"rules_version": "newest"}))
    proposed = [json.loads(row["proposed"])["phase"] for row in rows(store, schema.proposals)]
    assert proposed == ["pembukaan", "penutupan"]


def test_what_a_person_decided_against_is_not_proposed_again(store: Store, record: Record) -> None:
    put(store, record)
    decide(store, "event.name", "correct", {"name": "Rakor KRA 2024"})
    assert put(store, reread(record, venue=None)) == Added(updated=1)
    assert rows(store, schema.events)[0]["name"] == "Rakor KRA 2024"


def test_a_rejected_venue_does_not_come_back(store: Store, record: Record) -> None:
    put(store, record)
    decide(store, "event.venue", "reject")
    with store.write() as connection:
        connection.execute(schema.venues.delete())
    put(store, reread(record, phase=None))
    assert rows(store, schema.venues) == []
    assert rows(store, schema.proposals) == []
    assert back(store).events[0].venue is None


def test_another_venue_is_proposed_in_place_of_a_decided_one(store: Store, record: Record) -> None:
    put(store, record)
    decide(store, "event.venue", "accept")
    venue = record.events[0].venue
    assert venue is not None
    other = venue.model_copy(
        update={
            **span_of(record, "Ruang Kalijaga").model_dump(),
            "parts": {"room": "Ruang Kalijaga"},
        }
    )
    assert put(store, reread(record, venue=other)) == Added(updated=1, proposed=1)
    (row,) = rows(store, schema.venues)
    assert row["name"] == venue.text
    assert json.loads(rows(store, schema.proposals)[0]["proposed"])["name"] == "Ruang Kalijaga"


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_of_several_the_decided_one_stays_and_the_others_follow(
    store: Store, record: Record, action: str
) -> None:
    put(store, record)
    decide(store, "event.organizer", action)
    same = record.events[0].organizers[0].model_copy(update={"rule": "events.newer"})
    put(store, reread(record, organizers=(same, span_of(record, "OPD terkait"))))
    states = {
        row["words"]: row["state"]
        for row in rows(store, schema.spans)
        if row["field"] == "event.organizer"
    }
    assert states == {"DPMPPA Kota Pekalongan": f"{action}ed", "OPD terkait": "unreviewed"}
    assert sorted(row["name"] for row in rows(store, schema.organizers)) == [
        "DPMPPA Kota Pekalongan",
        "OPD terkait",
    ]


def test_a_decided_role_stays(store: Store, record: Record) -> None:
    put(store, record)
    decide(store, "person.role", "correct", {"role": "Wali Kota Pekalongan"})
    person = record.people[0].model_copy(update={"role": None})
    newer = record.model_copy(update={"rules_version": NEWER, "people": (person,)})
    assert put(store, newer) == Added(updated=1, proposed=1)
    assert rows(store, schema.people)[0]["role"] == "Wali Kota Pekalongan"
    assert [row["title"] for row in rows(store, schema.roles)] == ["Walikota Pekalongan"]


def test_another_role_is_proposed_in_place_of_a_decided_one(store: Store, record: Record) -> None:
    put(store, record)
    decide(store, "person.role", "accept")
    person = record.people[0].model_copy(update={"role": span_of(record, "Kepala DPMPPA")})
    newer = record.model_copy(update={"rules_version": NEWER, "people": (person,)})
    assert put(store, newer) == Added(updated=1, proposed=1)
    assert rows(store, schema.people)[0]["role"] == "Walikota Pekalongan"
    assert [row["title"] for row in rows(store, schema.roles)] == ["Walikota Pekalongan"]
    assert json.loads(rows(store, schema.proposals)[0]["proposed"]) == {"role": "Kepala DPMPPA"}


@pytest.mark.parametrize("newer_events", ["the same", "none"])
def test_a_rejected_event_stays_rejected(store: Store, record: Record, newer_events: str) -> None:
    put(store, record)
    with store.write() as connection:
        connection.execute(update(schema.events).values(state="rejected"))
    events = record.events if newer_events == "the same" else ()
    put(store, record.model_copy(update={"rules_version": NEWER, "events": events}))
    assert [row["state"] for row in rows(store, schema.events)] == ["rejected"]
    assert back(store).events == ()


def test_an_item_with_a_decision_stays_though_newer_rules_miss_it(
    store: Store, record: Record
) -> None:
    put(store, record)
    decide(store, "quote.text", "accept")
    newer = record.model_copy(update={"rules_version": NEWER, "quotes": record.quotes[2:3]})
    assert put(store, newer) == Added(updated=1, proposed=1)
    assert [quote.text for quote in back(store).quotes] == [
        record.quotes[0].text,
        record.quotes[2].text,
    ]
    (proposal,) = rows(store, schema.proposals)
    assert (proposal["field"], proposal["proposed"]) == ("quote.text", None)


def test_an_event_nobody_touched_goes_with_all_that_hangs_on_it(
    store: Store, record: Record
) -> None:
    put(store, record)
    put(store, record.model_copy(update={"rules_version": NEWER, "events": ()}))
    for table in (schema.events, schema.venues, schema.organizers, schema.participants):
        assert rows(store, table) == []
    assert not [row for row in rows(store, schema.spans) if row["field"].startswith("event.")]


@pytest.mark.parametrize("hold", ["withheld", "linked"])
def test_a_person_who_is_withheld_or_linked_by_hand_is_never_lost(
    store: Store, record: Record, hold: str
) -> None:
    """Else a newer rule could let a withheld name be read, and shown, anew."""
    put(store, record)
    with store.write() as connection:
        if hold == "withheld":
            connection.execute(
                insert(schema.withholdings),
                [
                    {
                        "person_id": 1,
                        "category": "child",
                        "reason": "x",
                        "author": "Sri",
                        "since": AT,
                    }
                ],
            )
        else:
            connection.execute(
                insert(schema.person_entities), [{"id": 1, "name": "Danu", "created_at": AT}]
            )
            link = {
                "entity_id": 1,
                "person_id": 1,
                "score": 1.0,
                "reasons": "[]",
                "state": "confirmed",
                "author": "Sri",
                "linked_at": AT,
            }
            connection.execute(insert(schema.person_links), [link])
    events = (record.events[0].model_copy(update={"participants": ()}),)
    quotes = tuple(quote.model_copy(update={"speaker": None}) for quote in record.quotes)
    newer = record.model_copy(
        update={"rules_version": NEWER, "people": (), "events": events, "quotes": quotes}
    )
    put(store, newer)
    assert [row["name"] for row in rows(store, schema.people)] == ["Danu"]
    assert len(rows(store, schema.withholdings if hold == "withheld" else schema.person_links)) == 1


def test_in_a_new_version_of_the_text_a_decided_field_moves_along_with_its_words(
    store: Store, record: Record
) -> None:
    put(store, record)
    decide(store, "event.name", "accept")
    text = "RALAT\n" + record.text
    events = tuple(
        Event.model_validate(_shifted(event.model_dump(by_alias=True), 6))
        for event in record.events
    )
    bare = {"people": (), "quotes": (), "dates": (), "removed": ()}
    events = (events[0].model_copy(update={"participants": events[0].participants[1:]}),)
    source = record.source.model_copy(update={"sha256": text_version(text)})
    newer = record.model_copy(update=bare | {"text": text, "events": events, "source": source})
    assert put(store, newer) == Added(updated=1)
    with store.read() as connection:
        stored = load(connection, [1])[1]
    (span,) = [row for row in stored.rows["spans"] if row["field"] == "event.name"]
    assert (span["start_offset"], span["state"]) == (record.events[0].name.start + 6, "accepted")
    assert span["version_id"] == stored.version["id"]
    assert record_of(stored) == newer
    assert list(faults(store)) == []


def test_in_a_text_without_its_words_a_decided_field_keeps_the_old_text(
    store: Store, record: Record
) -> None:
    put(store, record)
    decide(store, "event.name", "accept")
    text = "Rapat ditunda sampai ada kabar."
    name = Span(text="Rapat", start=0, end=5, rule="events.newer", confidence=0.6)
    source = record.source.model_copy(update={"sha256": text_version(text)})
    bare = {
        "people": (),
        "quotes": (),
        "dates": (),
        "removed": (),
        "events": (Event(main=True, name=name),),
    }
    assert put(store, record.model_copy(update=bare | {"text": text, "source": source})) == Added(
        updated=1, proposed=1
    )
    assert rows(store, schema.events)[0]["name"] == record.events[0].name.text
    (span,) = [row for row in rows(store, schema.spans) if row["field"] == "event.name"]
    assert span["words"] == record.events[0].name.text
    assert span["version_id"] == 1
    assert list(faults(store)) == []


def _shifted(value: Any, by: int) -> Any:
    """All offsets in a JSON value moved."""
    if isinstance(value, dict):
        offsets = (
            ("start", "end")
            if isinstance(value.get("start"), int)
            else ("start_offset", "end_offset")
        )
        return {
            k: v + by if k in offsets and isinstance(v, int) else _shifted(v, by)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [_shifted(one, by) for one in value]
    return value
