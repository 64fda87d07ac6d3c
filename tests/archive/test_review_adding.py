"""What was missed is added, with its words; undone it leaves no trace."""

from collections.abc import Callable
from typing import Any

import pytest

from extractor.archive.intake.incoming import looked_at
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.undoing import undo
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from extractor.errors import UsageError
from extractor.record import Record
from tests.archive.reviews import (
    BUDI,
    SRI,
    back,
    everything,
    place,
    put,
    seen,
)

ADDED: list[tuple[str, int, Any, str | None, Callable[[Record], Any], Any]] = [
    ("event.theme", 1, "Kelurahan Ramah Anak", None, lambda r: r.events[0].theme.text,
     "Kelurahan Ramah Anak"),
    ("event.occasion", 1, None, "Satukan Langkah", lambda r: r.events[0].occasion.text,
     "Satukan Langkah"),
    ("event.organizer", 1, "OPD terkait", None, lambda r: [o.text for o in r.events[0].organizers],
     ["DPMPPA Kota Pekalongan", "OPD terkait"]),
    ("event.participant", 1, "para narsum", None, lambda r: r.events[0].participants[-1].text,
     "para narsum"),
    ("event.participant", 1, {"person": "p1"}, None, lambda r: r.events[0].participants[-1], "p1"),
    ("person.name", 1, {"name": "Pungkas", "titles": ["Ir."]}, None,
     lambda r: [(p.id, p.name, p.titles, p.mentions[0].text) for p in r.people][-1],
     ("a1", "Pungkas", ("Ir.",), "Pungkas")),
    ("person.mention", 1, None, "Walikota", lambda r: r.people[0].mentions[-1].text, "Walikota"),
    ("quote.text", 1, "orang tua tidak perlu cemas lagi", None,
     lambda r: (r.quotes[-1].text, r.quotes[-1].kind, r.quotes[-1].speaker),
     ("orang tua tidak perlu cemas lagi", "reported", None)),
    ("quote.text", 1, {"kind": "direct", "speaker": "Danu"}, "jalannya aman",
     lambda r: (r.quotes[-1].text, r.quotes[-1].kind, r.quotes[-1].speaker),
     ("jalannya aman", "direct", "p1")),
    ("quote.date", 1, "2024-07-11", "11 Juli 2024", lambda r: r.quotes[0].date.start, "2024-07-11"),
    ("release.date", 1, "2024", "Tahun 2024", lambda r: r.dates[-1].precision, "year"),
    ("release.credit", 1, None, "Pungkas", lambda r: r.credit.text, "Pungkas"),
    ("release.dateline", 1, "Satukan", None, lambda r: r.dateline.text, "Satukan"),
    ("event.name", 1, {"name": "mengaji", "type": "pengajian"}, None,
     lambda r: (r.events[-1].name.text, r.events[-1].type, r.events[-1].main),
     ("mengaji", "pengajian", False)),
]  # fmt: skip


@pytest.mark.parametrize(("field", "owner", "value", "words", "where", "wanted"), ADDED)
def test_what_was_missed_is_added_with_its_words_and_undone_leaves_no_trace(
    store: Store,
    record: Record,
    field: str,
    owner: int,
    value: Any,
    words: str | None,
    where: Callable[[Record], Any],
    wanted: Any,
) -> None:
    put(store, record)
    before = everything(store)
    span = place(record, words) if words else None
    decision = add_missing(store, field, owner, value, span, reviewer=SRI)
    now = back(store)
    assert where(now) == wanted
    assert type(looked_at("", now)).__name__ == "Incoming"
    assert seen(store, str(decision.address)).state in ("accepted", "unreviewed")
    assert list(faults(store)) == []
    (first,) = undo(store, reviewer=SRI)
    assert everything(store) == before
    undo(store, first.id, reviewer=SRI)
    assert back(store) == now


def test_an_event_without_venue_gets_one(store: Store, record: Record) -> None:
    event = record.events[0].model_copy(update={"venue": None})
    put(store, record.model_copy(update={"events": (event,)}))
    with pytest.raises(UsageError, match="is not there"):
        seen(store, "event.venue:1")
    add_missing(store, "event.venue", 1, {"name": "Kantor Setda", "mode": "hybrid"}, reviewer=SRI)
    venue = back(store).events[0].venue
    assert venue is not None
    assert (venue.text, venue.mode, venue.rule, venue.confidence) == (
        "Kantor Setda", "hybrid", "review", 1.0,
    )  # fmt: skip


def test_an_added_person_who_has_been_decided_on_since_stays(store: Store, record: Record) -> None:
    put(store, record)
    added = add_missing(store, "person.name", 1, "Pungkas", reviewer=SRI)
    add_missing(store, "person.role", added.address.owner, "Kepala DPMPPA", reviewer=BUDI)
    with pytest.raises(UsageError, match="undo decision 2 of Budi first"):
        undo(store, reviewer=SRI)
    undo(store, reviewer=BUDI)
    undo(store, reviewer=SRI)
    assert back(store) == record
