"""The queue: the least sure first, conflicts, newer readings, second looks; by field, site, type."""

from typing import Any

import pytest
from sqlalchemy import insert

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.reviewing.queueing import queue, waiting
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.record import Record
from tests.archive.generator import generated
from tests.archive.reviews import BUDI, SRI, instead, no, put, reread, rows, seen, span_of, yes

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def many(store: Store) -> Store:
    add(store, from_records(generated(5, seed=11)))
    return store


def test_the_least_sure_come_first_and_mentions_only_when_asked_for(many: Store) -> None:
    found = queue(many, limit=400)
    assert [view.confidence for view in found] == sorted(view.confidence or 0 for view in found)
    assert len(found) == waiting(many) > 60
    assert "person.mention" not in {view.address.field for view in found}
    mentions = queue(many, chosen=Filter(field="person.mention"), limit=3)
    assert [view.address.field for view in mentions] == ["person.mention"] * 3
    assert {view.state for view in found} == {"unreviewed"}


@pytest.mark.parametrize(
    ("chosen", "holds"),
    [
        (Filter(field="event.venue"), lambda v: v.address.field == "event.venue"),
        (Filter(site="humas-kota"), lambda v: v.site == "humas-kota"),
        (Filter(below=0.6), lambda v: v.confidence < 0.6),
        (Filter(at_least=0.9), lambda v: v.confidence >= 0.9),
        (Filter(rule="quotes.that"), lambda v: v.rule == "quotes.that"),
        (Filter(field="quote.text", site="humas-kota", below=0.9),
         lambda v: v.site == "humas-kota" and v.confidence < 0.9 and v.address.field == "quote.text"),
    ],
)  # fmt: skip
def test_filters_let_through_what_they_say_and_all_of_it(
    many: Store, chosen: Filter, holds: Any
) -> None:
    every, some = queue(many, limit=1000), queue(many, chosen=chosen, limit=1000)
    assert [view.address for view in some] == [view.address for view in every if holds(view)]
    assert 0 < len(some) == waiting(many, chosen=chosen) < len(every)


def test_the_type_of_the_event_filters_all_fields_of_its_release(many: Store) -> None:
    events = {row["release_id"]: row for row in rows(many, schema.events)}
    for name in ("type", "event_class"):
        wanted = events[1][name]
        found = queue(many, chosen=Filter(type=wanted), limit=1000)
        assert {view.release_id for view in found} == {
            number for number, row in events.items() if row[name] == wanted
        }
    assert {view.address.kind for view in found} == {"event", "person", "quote", "release"}


def test_decided_and_rejected_things_leave_the_queue(store: Store, record: Record) -> None:
    put(store, record)
    before = waiting(store)
    yes(store, "event.date:1")
    instead(store, "person.role:1", "Bupati")
    assert waiting(store) == before - 2
    no(store, "quote.text:1")  # with speaker and cue
    assert waiting(store) == before - 5


def test_what_was_skipped_is_left_out(many: Store) -> None:
    first = queue(many, limit=5)
    rest = queue(many, limit=5, leave_out=[view.address for view in first[:2]])
    assert [view.address for view in rest][:3] == [view.address for view in first][2:]


def link(store: Store, *events: int) -> None:
    with store.write() as connection:
        entity = {"name": "x", "created_at": AT}
        number = connection.execute(
            insert(schema.event_entities).values(entity).returning(schema.event_entities.c.id)
        ).scalar_one()
        links = [
            {
                "entity_id": number, "event_id": event, "score": 1.0, "reasons": "[]",
                "state": "proposed", "author": "x", "linked_at": AT,
            }
            for event in events
        ]  # fmt: skip
        connection.execute(insert(schema.event_links), links)


def test_releases_that_do_not_agree_on_an_event_are_shown_side_by_side(many: Store) -> None:
    assert queue(many, "conflict") == []
    link(many, 1, 2)
    found = queue(many, "conflict")
    assert [str(view.address) for view in found] == [
        "event.date:1", "event.venue:1", "event.date:2", "event.venue:2",
    ]  # fmt: skip
    (other,) = found[0].conflicts
    assert (str(other.address), other.differs, other.release) == (
        "event.date:2", True, seen(many, "event.name:2").release,
    )  # fmt: skip
    assert other.shown == seen(many, "event.date:2").shown[:10]
    assert waiting(many, "conflict") == 4
    assert len(queue(many, "conflict", Filter(field="event.venue"))) == 2
    yes(many, "event.date:1")
    assert "event.date:1" not in [str(view.address) for view in queue(many, "conflict")]
    start = seen(many, "event.date:1").value
    assert start is not None
    instead(many, "event.date:2", start["start_date"])
    assert [one.differs for one in seen(many, "event.date:1").conflicts] == [False]


def test_a_date_that_does_not_fit_its_weekday_is_a_conflict(store: Store, record: Record) -> None:
    date = record.events[0].date
    assert date is not None
    odd = date.model_copy(update={"repair": "2024-07-18"})
    put(store, reread(record, date=odd))
    (view,) = queue(store, "conflict")
    assert str(view.address) == "event.date:1"
    assert view.reasons == ("the weekday does not fit; perhaps 2024-07-18",)


def test_newer_readings_of_decided_fields_wait(store: Store, record: Record) -> None:
    put(store, record)
    yes(store, "event.name:1")
    put(store, reread(record, name=span_of(record, "Rakor")))
    (view,) = queue(store, "proposal")
    assert [one.shown for one in view.proposals] == ["Rakor (rapat koordinasi · pembukaan)"]
    assert waiting(store, "proposal") == 1
    assert queue(store, "proposal", Filter(field="event.venue")) == []


def test_a_second_pair_of_eyes_sees_what_others_decided(store: Store, record: Record) -> None:
    put(store, record)
    yes(store, "event.name:1", SRI)
    yes(store, "event.venue:1", BUDI)
    assert [str(v.address) for v in queue(store, "second", reviewer=SRI)] == ["event.venue:1"]
    assert [str(v.address) for v in queue(store, "second", reviewer="Wati")] == [
        "event.venue:1", "event.name:1",
    ]  # fmt: skip
    yes(store, "event.venue:1", SRI)
    assert queue(store, "second", reviewer=SRI) == []
    with pytest.raises(UsageError, match="for a reviewer"):
        queue(store, "second")


def test_order_and_filter_that_there_are_not_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="--by luck: one of confidence, conflict"):
        queue(store, "luck")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"no field; there are: event\.name"):
        Filter(field="event.colour")
    with pytest.raises(UsageError, match="confidence 7: is not between 0 and 1"):
        Filter(below=7)


def test_both_stores_have_the_same_queue(many: Store) -> None:
    found = [str(view.address) for view in queue(many, limit=4)]
    assert found == ["quote.text:5", "quote.speaker:5", "quote.cue:5", "event.participant:2:2"]
