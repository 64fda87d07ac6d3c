"""A release read again after each kind of decision: the decision stays, the new reading waits."""

import json
from collections.abc import Callable

import pytest

from extractor.archive import schema
from extractor.archive.intake.adding import Added
from extractor.archive.records import load
from extractor.archive.reviewing.accepting import accept_all, acceptable
from extractor.archive.reviewing.deciding import complete, dismiss, take
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.undoing import undo
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from extractor.errors import UsageError
from extractor.record import Person, Record
from tests.archive.reviews import (
    BUDI,
    NEWER,
    SRI,
    back,
    instead,
    no,
    place,
    put,
    reread,
    rows,
    seen,
    span_of,
    yes,
)

SHORT = "Rapat Koordinasi Kader Kelurahan Ramah Anak"
Act = Callable[[Store, Record], object]
ACTS: dict[str, tuple[Act, str, str]] = {
    # decision, the field, what is in force then
    "accept": (lambda s, _r: yes(s, "event.venue:1"), "event.venue:1", "accepted"),
    "correct with words": (
        lambda s, _r: instead(s, "event.venue:1", "Kota Pekalongan"), "event.venue:1", "corrected",
    ),
    "correct without words": (
        lambda s, _r: instead(s, "event.venue:1", "Ruang Kalijaga Lantai 2"),
        "event.venue:1", "corrected",
    ),
    "correct parts": (
        lambda s, _r: instead(s, "event.venue:1", {"mode": "hybrid", "room": "Ruang K"}),
        "event.venue:1", "corrected",
    ),
    "correct the date": (
        lambda s, _r: instead(s, "event.date:1", "2024-07-12"), "event.date:1", "corrected",
    ),
    "reject": (lambda s, _r: no(s, "event.venue:1"), "event.venue:1", "rejected"),
    "reject the speaker": (lambda s, _r: no(s, "quote.speaker:2"), "quote.speaker:2", "rejected"),
    "reject the person": (lambda s, _r: no(s, "person.name:1"), "person.name:1", "rejected"),
    "correct the role": (
        lambda s, _r: instead(s, "person.role:1", "Wali Kota Pekalongan"),
        "person.role:1", "corrected",
    ),
    "correct an organiser": (
        lambda s, _r: instead(s, "event.organizer:1:0", "Kota Pekalongan"),
        "event.organizer:1:0", "corrected",
    ),
    "reject an organiser": (
        lambda s, _r: no(s, "event.organizer:1:0"), "event.organizer:1:0", "rejected",
    ),
    "correct the quote": (
        lambda s, r: instead(s, "quote.text:1", None, place(r, "anak harus didengar")),
        "quote.text:1", "corrected",
    ),
    "correct a group": (
        lambda s, _r: instead(s, "event.participant:1:1", {"headcount": 40}),
        "event.participant:1:1", "corrected",
    ),
    "reject a named participant": (
        lambda s, _r: no(s, "event.participant:1:0"), "event.participant:1:0", "rejected",
    ),
    "accept a mention": (
        lambda s, _r: yes(s, "person.mention:1:0"), "person.mention:1:0", "accepted",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_read_again_alike_every_decision_stays_and_nothing_is_proposed(
    store: Store, record: Record, name: str
) -> None:
    act, address, state = ACTS[name]
    put(store, record)
    act(store, record)
    decided, before = seen(store, address), back(store)
    newer = record.model_copy(update={"rules_version": NEWER})
    assert put(store, newer) == Added(updated=1)
    again = seen(store, address)
    assert (again.state, again.value, again.words) == (state, decided.value, decided.words)
    assert again.decisions == decided.decisions
    assert (again.rule, again.confidence) == (decided.rule, decided.confidence)
    assert back(store) == before.model_copy(update={"rules_version": NEWER})
    assert list(faults(store)) == []
    put(store, newer.model_copy(update={"rules_version": "newest"}))
    assert back(store) == before.model_copy(update={"rules_version": "newest"})
    assert rows(store, schema.proposals) == []


@pytest.mark.parametrize("name", ACTS)
def test_undone_after_a_new_reading_the_newer_reading_can_come_in(
    store: Store, record: Record, name: str
) -> None:
    act, address, _state = ACTS[name]
    put(store, record)
    act(store, record)
    put(store, record.model_copy(update={"rules_version": NEWER}))
    undo(store, reviewer=SRI)
    assert seen(store, address).state == "unreviewed"
    newest = record.model_copy(update={"rules_version": "newest"})
    put(store, newest)
    assert back(store) == newest


def test_a_newer_reading_is_shown_with_the_field_and_can_be_taken(
    store: Store, record: Record
) -> None:
    put(store, record)
    yes(store, "event.name:1")
    assert put(store, reread(record, name=span_of(record, SHORT))).proposed == 1
    (proposal,) = seen(store, "event.name:1").proposals
    assert (proposal.words, proposal.rule, proposal.confidence) == (SHORT, "events.newer", 0.7)
    decision = take(store, proposal.id, reviewer=BUDI)
    now = seen(store, "event.name:1")
    assert (now.words, now.state, now.rule, now.rules_version, now.confidence) == (
        SHORT, "accepted", "events.newer", NEWER, 0.7,
    )  # fmt: skip
    assert (now.start, now.end) == place(record, SHORT)
    assert back(store).events[0].name == span_of(record, SHORT)
    assert decision.before is not None
    assert decision.before["name"] == record.events[0].name.text
    assert [row["state"] for row in rows(store, schema.proposals)] == ["taken"]
    assert put(store, reread(record, name=record.events[0].name)).proposed == 0  # decided against
    with pytest.raises(UsageError, match=r"proposal 1 is not open \(taken Budi\)"):
        take(store, proposal.id, reviewer=SRI)


def test_a_newer_reading_can_be_dismissed_and_is_not_made_again(
    store: Store, record: Record
) -> None:
    put(store, record)
    yes(store, "event.name:1")
    put(store, reread(record, name=span_of(record, SHORT)))
    dismiss(store, 1, reviewer=BUDI)
    (row,) = rows(store, schema.proposals)
    assert (row["state"], row["decided_by"]) == ("dismissed", BUDI)
    now = seen(store, "event.name:1")
    assert (now.words, now.proposals) == (record.events[0].name.text, ())
    assert [(one.action, one.active) for one in now.decisions] == [
        ("accept", True),
        ("dismiss", False),
    ]
    again = reread(record, name=span_of(record, SHORT)).model_copy(update={"rules_version": "x"})
    assert put(store, again).proposed == 0
    undo(store, reviewer=BUDI)
    assert len(seen(store, "event.name:1").proposals) == 1


def test_a_decision_closes_the_newer_readings_it_was_made_in_sight_of(
    store: Store, record: Record
) -> None:
    put(store, record)
    yes(store, "event.name:1")
    put(store, reread(record, name=span_of(record, SHORT)))
    yes(store, "event.name:1", BUDI)
    assert [row["state"] for row in rows(store, schema.proposals)] == ["dismissed"]


def test_that_an_item_is_no_longer_found_can_be_taken(store: Store, record: Record) -> None:
    put(store, record)
    yes(store, "quote.text:2")
    newer = record.model_copy(
        update={"rules_version": NEWER, "quotes": (record.quotes[0], *record.quotes[2:])}
    )
    assert put(store, newer).proposed == 1
    take(store, 1, reviewer=SRI)
    assert [quote.text for quote in back(store).quotes] == [one.text for one in newer.quotes]
    undo(store, reviewer=SRI)
    assert len(back(store).quotes) == 4


def test_of_two_corrections_the_first_reading_is_not_proposed_again(
    store: Store, record: Record
) -> None:
    put(store, record)
    instead(store, "event.name:1", SHORT)
    instead(store, "event.name:1", "Rakor KRA")
    assert put(store, record.model_copy(update={"rules_version": NEWER})).proposed == 0


def test_a_corrected_person_is_the_same_person_when_read_again(
    store: Store, record: Record
) -> None:
    put(store, record)
    instead(store, "person.name:1", {"name": "Danu Wiratama", "aliases": []})
    put(store, record.model_copy(update={"rules_version": NEWER}))
    assert [(person.id, person.name) for person in back(store).people] == [("p1", "Danu Wiratama")]


def test_what_a_person_added_stays_when_no_rule_finds_it(store: Store, record: Record) -> None:
    put(store, record)
    for field, owner, value in (
        ("event.theme", 1, "Kelurahan Ramah Anak"),
        ("event.organizer", 1, "Setda Kota Pekalongan"),
        ("person.name", 1, "Pungkas"),
        ("quote.text", 1, "setiap kelurahan sudah mempunyai ruang bermain"),
        ("event.name", 1, "mengaji"),
    ):
        add_missing(store, field, owner, value, reviewer=SRI)
    complete(store, record.id, reviewer=SRI)
    before = back(store)
    assert put(store, record.model_copy(update={"rules_version": NEWER})).proposed == 0
    assert back(store) == before.model_copy(update={"rules_version": NEWER})
    assert [row["active"] for row in rows(store, schema.reviews)] == [True] * 6


def test_a_new_organiser_stands_beside_a_decided_one(store: Store, record: Record) -> None:
    put(store, record)
    yes(store, "event.organizer:1:0")
    others = (span_of(record, "Forum Anak"), record.events[0].organizers[0])
    put(store, reread(record, organizers=others))
    assert {one.text for one in back(store).events[0].organizers} == {one.text for one in others}
    positions = [row["position"] for row in rows(store, schema.organizers)]
    assert sorted(positions) == sorted(set(positions))
    assert seen(store, "event.organizer:1:0").words == record.events[0].organizers[0].text


def test_an_accepted_mention_does_not_swallow_the_others(store: Store, record: Record) -> None:
    put(store, record)
    yes(store, "person.mention:1:1")
    put(store, record.model_copy(update={"rules_version": NEWER}))
    assert back(store).people == record.people


def test_a_person_who_stays_never_has_the_id_of_another(store: Store, record: Record) -> None:
    put(store, record)
    yes(store, "person.name:1")
    other = Person(id="p1", name="Pungkas", mentions=(span_of(record, "Pungkas"),))
    event = record.events[0].model_copy(update={"participants": ()})
    quotes = tuple(quote.model_copy(update={"speaker": None}) for quote in record.quotes)
    newer = record.model_copy(
        update={"rules_version": NEWER, "people": (other,), "events": (event,), "quotes": quotes}
    )
    put(store, newer)
    people = {row["name"]: row["key"] for row in rows(store, schema.people)}
    assert set(people) == {"Danu", "Pungkas"}
    assert len(set(people.values())) == 2


def test_before_and_after_are_kept_as_json_of_the_value(store: Store, record: Record) -> None:
    put(store, record)
    instead(store, "event.date:1", "2024-07-12 09:00-11:30 WIB")
    (review,) = rows(store, schema.reviews)
    before, after = json.loads(review["before"]), json.loads(review["after"])
    assert (before["start_date"], before["time_start"]) == ("2024-07-11", None)
    assert (after["start_date"], after["end_date"], after["time_start"], after["time_end"]) == (
        "2024-07-12", "2024-07-12", "09:00", "11:30",
    )  # fmt: skip
    assert (review["rule"], review["confidence"]) == ("dates.spelled", 0.97)
    with store.read() as connection:
        stored = load(connection, [1])[1]
    assert [row["words"] for row in stored.rows["spans"] if row["field"] == "event.date"] == [
        "tanggal 11 Juli 2024"
    ]


def test_where_a_newer_reading_waits_nothing_is_accepted_in_bulk(
    store: Store, record: Record
) -> None:
    put(store, record)
    yes(store, "event.name:1")
    put(store, reread(record, name=span_of(record, SHORT)))
    undo(store, reviewer=SRI)
    chosen = Filter(field="event.name")
    assert (acceptable(store, chosen), accept_all(store, chosen, reviewer=SRI)) == (0, 0)
    assert seen(store, "event.name:1").state == "unreviewed"
