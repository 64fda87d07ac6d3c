"""Of two decisions on one field the later is in force; any can be undone, also an undoing."""

import pytest

from extractor.archive.reviewing.addresses import parse
from extractor.archive.reviewing.looking import history
from extractor.archive.reviewing.undoing import undo
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.record import Record
from tests.archive.reviews import (
    BUDI,
    SRI,
    back,
    everything,
    instead,
    no,
    put,
    seen,
    yes,
)


def test_of_two_reviewers_the_later_decision_is_in_force_and_both_are_in_the_log(
    store: Store, record: Record
) -> None:
    put(store, record)
    yes(store, "event.name:1", SRI)
    instead(store, "event.name:1", "Rakor", reviewer=BUDI)
    assert [(one.reviewer, one.active) for one in history(store, parse("event.name:1"))] == [
        (SRI, False), (BUDI, True),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="undo decision 2 of Budi first"):
        undo(store, reviewer=SRI)
    undo(store, reviewer=BUDI)
    assert [one.active for one in history(store, parse("event.name:1"))] == [True, False, False]
    assert seen(store, "event.name:1").state == "accepted"


def test_an_undoing_can_be_undone(store: Store, record: Record) -> None:
    put(store, record)
    no(store, "event.venue:1")
    rejected = everything(store)
    (first,) = undo(store, reviewer=SRI)
    (second,) = undo(store, first.id, reviewer=SRI)
    assert everything(store) == rejected
    assert (second.undoes, first.undoes) == (first.id, 1)
    with pytest.raises(UsageError, match="decision 2 is undone already"):
        undo(store, first.id, reviewer=SRI)
    undo(store, reviewer=SRI)
    assert back(store) == record
    with pytest.raises(UsageError, match="Sri: no decision to undo"):
        undo(store, reviewer=SRI)


def test_undo_names_any_decision_or_takes_the_last_of_the_reviewer(
    store: Store, record: Record
) -> None:
    put(store, record)
    yes(store, "event.name:1", SRI)
    no(store, "event.venue:1", BUDI)
    yes(store, "event.date:1", SRI)
    undo(store, 2, reviewer=SRI)
    assert seen(store, "event.venue:1").state == "unreviewed"
    assert [one.address.field for one in undo(store, reviewer=SRI)] == ["event.date"]
    assert [one.address.field for one in undo(store, reviewer=SRI)] == ["event.name"]
    with pytest.raises(UsageError, match="there is no decision 99"):
        undo(store, 99, reviewer=SRI)
