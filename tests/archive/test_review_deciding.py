"""Accept, correct, reject, add, undo: what stands in force then, and what the log says."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records, looked_at
from extractor.archive.moving import move
from extractor.archive.reviewing.accepting import accept_all, acceptable
from extractor.archive.reviewing.addresses import parse
from extractor.archive.reviewing.deciding import (
    Changed,
    accept,
    complete,
    correct,
    reject,
    reviewer_name,
)
from extractor.archive.reviewing.looking import history
from extractor.archive.reviewing.recalling import log_of
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.reviewing.undoing import undo
from extractor.archive.risk.disclosure import public_records
from extractor.archive.risk.withholding import withhold
from extractor.archive.store import Store
from extractor.archive.verifying import faults, overview
from extractor.errors import UsageError
from extractor.record import Record
from tests.archive.generator import generated
from tests.archive.reviews import (
    BUDI,
    SRI,
    back,
    everything,
    instead,
    no,
    place,
    put,
    rows,
    seen,
    yes,
)


def test_accepted_a_field_keeps_rule_and_confidence_and_tells_who(
    store: Store, record: Record
) -> None:
    put(store, record)
    before = seen(store, "event.venue:1")
    accept(store, parse("event.venue:1"), reviewer=SRI, note="seen on site")
    after = seen(store, "event.venue:1")
    assert (after.state, after.value, after.rule, after.rules_version, after.confidence) == (
        "accepted", before.value, "venues.bertempat", record.rules_version, 0.93,
    )  # fmt: skip
    (decision,) = history(store, parse("event.venue:1"))
    assert (decision.reviewer, decision.action, decision.note, decision.active) == (
        SRI, "accept", "seen on site", True,
    )  # fmt: skip
    assert decision.before == decision.after == before.value
    assert (decision.rule, decision.confidence) == ("venues.bertempat", 0.93)
    assert back(store) == record


def test_the_words_of_a_field_are_shown_in_their_text(store: Store, record: Record) -> None:
    put(store, record)
    view = seen(store, "event.venue:1")
    assert view.words == "Ruang Kalijaga Kantor Setda Kota Pekalongan"
    assert (view.start, view.end) == place(record, view.words)
    assert view.before + view.words + view.after in record.text
    assert view.before.endswith("yang bertempat di ")
    assert (view.item, view.release, view.withheld) == (
        record.events[0].name.text, record.id, False,
    )  # fmt: skip


CORRECTED: list[tuple[str, Any, str | None, Callable[[Record], Any], Any]] = [
    # field, value, words pointed at, where it is in the record then, what is there
    ("event.name:1", "Rapat Koordinasi", None, lambda r: r.events[0].name.text, "Rapat Koordinasi"),
    ("event.name:1", "Rakor KRA 2024", None, lambda r: r.events[0].name.said, "Rakor KRA 2024"),
    ("event.name:1", None, "Rakor", lambda r: r.events[0].name.text, "Rakor"),
    ("event.name:1", {"type": "rakor", "class": None, "phase": None, "status": "planned"}, None,
     lambda r: (r.events[0].type, r.events[0].event_class, r.events[0].phase, r.events[0].status),
     ("rakor", None, None, "planned")),
    ("event.date:1", "2024-07-12/2024-07-13", None,
     lambda r: (r.events[0].date.start, r.events[0].date.end, r.events[0].date.precision),
     ("2024-07-12", "2024-07-13", "day")),
    ("event.date:1", "2024-07", None,
     lambda r: (r.events[0].date.start, r.events[0].date.end, r.events[0].date.precision),
     ("2024-07-01", "2024-07-31", "month")),
    ("event.date:1", {"time_start": "09:00", "timezone": "WIB"}, None,
     lambda r: (r.events[0].date.start, r.events[0].date.time_start, r.events[0].date.timezone),
     ("2024-07-11", "09:00", "WIB")),
    ("event.date:1", "2023-07-11", None, lambda r: r.events[0].date.year_source, "none"),
    ("event.venue:1", {"mode": "hybrid", "room": "Ruang K", "building": ""}, None,
     lambda r: (r.events[0].venue.mode, r.events[0].venue.parts),
     ("hybrid", {"city": "Kota Pekalongan", "room": "Ruang K"})),
    ("event.venue:1", "kantor   Setda", None, lambda r: r.events[0].venue.said, "kantor   Setda"),
    ("event.organizer:1:0", "Kepala DPMPPA", None, lambda r: r.events[0].organizers[0].text,
     "Kepala DPMPPA"),
    ("event.participant:1:1", {"headcount": "40"}, None, lambda r: r.events[0].participants[1].text,
     "kader"),
    ("event.participant:1:1", {"person": "Danu"}, None, lambda r: r.events[0].participants[1], "p1"),
    ("event.participant:1:0", "para narsum", None, lambda r: r.events[0].participants[0].text,
     "para narsum"),
    ("person.name:1", {"name": "Danu W.", "titles": "Ir.; Hj.", "aliases": ["Mas Danu"],
                       "organization": "Pemkot", "full_name": "Danu Wiratama", "pseudonym": "yes"},
     None,
     lambda r: (r.people[0].name, r.people[0].titles, r.people[0].aliases, r.people[0].organization,
                r.people[0].full_name, r.people[0].full_name_source, r.people[0].pseudonym),
     ("Danu W.", ("Ir.", "Hj."), ("Mas Danu",), "Pemkot", "Danu Wiratama", "review", True)),
    ("person.role:1", "Wali Kota Pekalongan", None, lambda r: r.people[0].role.said,
     "Wali Kota Pekalongan"),
    ("quote.text:1", {"kind": "direct"}, None, lambda r: r.quotes[0].kind, "direct"),
    ("quote.text:1", "anak harus didengar sejak dari kelurahan", None, lambda r: r.quotes[0].text,
     "anak harus didengar sejak dari kelurahan"),
    ("quote.speaker:1", "Kepala DPMPPA", None,
     lambda r: (r.quotes[0].speaker, r.quotes[0].speaker_text.said), (None, "Kepala DPMPPA")),
    ("quote.speaker:1", {"delivered_by": "Mas Danu"}, None, lambda r: r.quotes[0].delivered_by,
     "p1"),
    ("quote.cue:1", "sapaan", None, lambda r: r.quotes[0].cue.text, "sapaan"),
    ("person.mention:1:0", None, "Mas Danu", lambda r: r.people[0].mentions[0].text, "Mas Danu"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "words", "where", "wanted"), CORRECTED)
def test_corrected_a_value_is_in_force_with_its_words_and_undone_it_is_gone(
    store: Store,
    record: Record,
    field: str,
    value: Any,
    words: str | None,
    where: Callable[[Record], Any],
    wanted: Any,
) -> None:
    put(store, record)
    before = everything(store)
    rule, sure = seen(store, field).rule, seen(store, field).confidence
    instead(store, field, value, place(record, words) if words else None)
    now = back(store)
    assert where(now) == wanted
    assert type(looked_at("", now)).__name__ == "Incoming"
    after = seen(store, field)
    assert after.state == "corrected"
    if rule is not None:
        assert (after.rule, after.confidence) == (rule, sure)
    assert list(faults(store)) == []
    undo(store, reviewer=SRI)
    assert everything(store) == before
    assert back(store) == record


REJECTED: list[tuple[str, Callable[[Record], Any], Any]] = [
    ("event.venue:1", lambda r: r.events[0].venue, None),
    ("event.date:1", lambda r: r.events[0].date, None),
    ("event.organizer:1:0", lambda r: r.events[0].organizers, ()),
    ("event.participant:1:0", lambda r: r.events[0].participants[0].text, "kader"),
    ("event.name:1", lambda r: r.events, ()),
    ("person.name:1", lambda r: (r.people, [q.speaker for q in r.quotes]), ((), [None] * 4)),
    ("person.role:1", lambda r: r.people[0].role, None),
    ("quote.text:1", lambda r: len(r.quotes), 3),
    ("quote.speaker:1", lambda r: (r.quotes[0].speaker, r.quotes[0].speaker_text), (None, None)),
    ("quote.cue:1", lambda r: r.quotes[0].cue, None),
    ("release.date:1:0", lambda r: r.dates, ()),
    ("person.mention:1:0", lambda r: len(r.people[0].mentions), -1),
]  # fmt: skip


@pytest.mark.parametrize(("field", "where", "wanted"), REJECTED)
def test_rejected_a_value_is_nowhere_in_force_and_undone_it_is_back(
    store: Store, record: Record, field: str, where: Callable[[Record], Any], wanted: Any
) -> None:
    put(store, record)
    before = everything(store)
    no(store, field)
    now = back(store)
    assert where(now) == (len(record.people[0].mentions) - 1 if wanted == -1 else wanted)
    assert type(looked_at("", now)).__name__ == "Incoming"
    assert seen(store, field).value is None
    with pytest.raises(UsageError, match=r"is rejected already|not there"):
        no(store, field)
    with pytest.raises(UsageError, match="was rejected; correct it, or undo"):
        yes(store, field)
    undo(store, reviewer=SRI)
    assert everything(store) == before


def test_a_rejected_field_can_be_corrected_after_all(store: Store, record: Record) -> None:
    put(store, record)
    no(store, "event.venue:1")
    instead(store, "event.venue:1", "Kantor Setda Kota Pekalongan")
    venue = back(store).events[0].venue
    assert venue is not None
    assert (venue.text, venue.mode) == ("Kantor Setda Kota Pekalongan", "onsite")
    no(store, "person.name:1")
    instead(store, "person.name:1", {"pseudonym": True})
    assert [person.name for person in back(store).people] == ["Danu"]


def test_fields_of_what_was_rejected_cannot_be_decided(store: Store, record: Record) -> None:
    put(store, record)
    no(store, "event.name:1")
    for act in (yes, no):
        with pytest.raises(UsageError, match="its event was rejected; undo that first"):
            act(store, "event.venue:1")


def test_a_decision_on_what_has_changed_since_is_refused_with_what_it_is_now(
    store: Store, record: Record
) -> None:
    put(store, record)
    token = seen(store, "event.venue:1").token
    correct(store, parse("event.venue:1"), "Kantor Setda", reviewer=BUDI, seen=token)
    before = everything(store)
    for act in (accept, reject):
        with pytest.raises(Changed, match=r"is now 'Kantor Setda .*\(corrected\); last: .*Budi"):
            act(store, parse("event.venue:1"), reviewer=SRI, seen=token)
    with pytest.raises(Changed):
        correct(store, parse("event.venue:1"), "X", reviewer=SRI, seen=token)
    assert everything(store) == before
    now = seen(store, "event.venue:1").token
    assert accept(store, parse("event.venue:1"), reviewer=SRI, seen=now).reviewer == SRI


def test_a_decision_on_what_was_read_anew_since_is_refused(store: Store, record: Record) -> None:
    put(store, record)
    token = seen(store, "event.venue:1").token
    venue = record.events[0].venue
    assert venue is not None
    event = record.events[0].model_copy(
        update={"venue": venue.model_copy(update={"mode": "online"})}
    )
    put(store, record.model_copy(update={"rules_version": "newer", "events": (event,)}))
    with pytest.raises(Changed, match="online"):
        accept(store, parse("event.venue:1"), reviewer=SRI, seen=token)


def test_a_field_read_again_alike_can_be_decided_all_the_same(store: Store, record: Record) -> None:
    put(store, record)
    token = seen(store, "event.venue:1").token
    put(store, record.model_copy(update={"rules_version": "newer"}))
    accept(store, parse("event.venue:1"), reviewer=SRI, seen=token)


def test_role_and_name_are_followed_where_they_are_told_again(store: Store, record: Record) -> None:
    put(store, record)
    instead(store, "person.role:1", "Bupati Pekalongan")
    instead(store, "person.name:1", {"name": "Danu Wiratama", "organization": "Pemkot Pekalongan"})
    (role,) = rows(store, schema.roles)
    assert (role["title"], role["organization"]) == ("Bupati Pekalongan", "Pemkot Pekalongan")
    offices = {row["id"]: row["name"] for row in rows(store, schema.offices)}
    (person,) = rows(store, schema.people)
    assert offices[person["office_id"]] == offices[role["office_id"]] == "Pemkot Pekalongan"
    assert rows(store, schema.participants)[0]["name"] == "Danu Wiratama"
    no(store, "person.role:1")
    assert rows(store, schema.roles) == []


def test_all_fields_of_a_kind_are_accepted_at_once_and_undone_at_once(store: Store) -> None:
    add(store, from_records(generated(12, seed=3)))
    before = everything(store)
    chosen = Filter(field="quote.text", at_least=0.8)
    count = acceptable(store, chosen)
    assert 5 < count < len(rows(store, schema.quotes))
    assert accept_all(store, chosen, reviewer=SRI, note="all") == count
    spans = [row for row in rows(store, schema.spans) if row["state"] == "accepted"]
    assert {row["field"] for row in spans} == {"quote.text"}
    assert min(row["confidence"] for row in spans) >= 0.8
    assert len(spans) == count == overview(store).reviewed
    decided = log_of(store)
    assert len({one.batch for one, _key, _stands in decided}) == 1
    for one, _key, stands in decided[:5]:
        assert (one.before, stands, one.note) == (one.after, True, "all")
        assert seen(store, str(one.address)).value == one.after
    assert acceptable(store, chosen) == 0
    made = undo(store, reviewer=SRI)
    assert len(made) == count
    assert everything(store) == before
    assert len(undo(store, made[3].id, reviewer=SRI)) == count  # and redone at once
    assert overview(store).reviewed == count


def test_a_release_is_said_to_be_complete(store: Store, record: Record) -> None:
    put(store, record)
    complete(store, record.id, reviewer=SRI)
    ((one, key, stands),) = log_of(store)
    assert (str(one.address), key, stands) == ("release.complete:1", record.id, True)
    undo(store, reviewer=SRI)
    assert [stands for _one, _key, stands in log_of(store)] == [True, False]
    with pytest.raises(UsageError, match="no such release"):
        complete(store, "nowhere", reviewer=SRI)


def test_moved_to_another_store_decisions_are_the_same_and_can_be_undone(
    store: Store, record: Record, tmp_path: Any
) -> None:
    put(store, record)
    no(store, "event.venue:1")
    instead(store, "event.name:1", "Rakor")
    with Store.open(tmp_path / "copy.db", create=True) as copy:
        move(store, copy)
        assert everything(copy) == everything(store)
        assert rows(copy, schema.reviews) == rows(store, schema.reviews)
        undo(copy, reviewer=SRI)
        undo(copy, reviewer=SRI)
        assert back(copy) == record


def test_a_name_given_by_a_reviewer_is_struck_out_where_the_person_is_withheld(
    store: Store, record: Record
) -> None:
    put(store, record)
    withhold(store, [f"{record.id}#p1"], "victim", "asked for it", SRI)
    assert seen(store, "person.name:1").withheld
    instead(store, "person.name:1", {"name": "Danu", "aliases": ["Pungkas", "Mas Danu"]})
    with store.read() as connection:
        (shown,) = public_records(connection, [1])
    assert "Pungkas" not in shown.text
    (document,) = rows(store, schema.search_documents)
    assert "pungkas" not in document["body"]
    undo(store, reviewer=SRI)
    (document,) = rows(store, schema.search_documents)
    assert "pungkas" in document["body"]


def test_the_reviewer_is_named_by_option_environment_or_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RILIS_REVIEWER", " Wati  S. ")
    assert reviewer_name() == "Wati S."
    assert reviewer_name("Sri") == "Sri"
    monkeypatch.delenv("RILIS_REVIEWER")
    monkeypatch.setenv("LOGNAME", "budi")
    assert reviewer_name() == "budi"
    for name in ("", "  ", "a\x1b[31mb", "a\u202eb", "x" * 300):
        with pytest.raises(UsageError, match="--reviewer or RILIS_REVIEWER"):
            reviewer_name(name)


def test_the_log_keeps_what_is_json(store: Store, record: Record) -> None:
    put(store, record)
    instead(store, "event.name:1", 'Rapat "Ñandú" 🌾')
    (review,) = rows(store, schema.reviews)
    assert json.loads(review["after"])["name"] == 'Rapat "Ñandú" 🌾'
    assert "🌾" in review["after"]
