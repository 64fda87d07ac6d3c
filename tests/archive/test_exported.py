"""What leaves the archive: records as shown, with what people decided and which entities are meant."""

import pytest
from sqlalchemy import insert, select, update

from extractor.archive import schema
from extractor.archive.exchange.exported import UNREVIEWED, Decision, Entity, Exported, exported
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.risk.disclosure import BLOCK, public_release_ids, refresh
from extractor.archive.store import Store
from tests.archive.generator import generated

RECORDS = list(generated(12, seed=4))
NOW = "2025-01-01T00:00:00Z"


@pytest.fixture
def filled(store: Store) -> Store:
    add(store, from_records(RECORDS), batch=20)
    return store


def everything(store: Store, at_once: int = 5) -> list[Exported]:
    with store.read() as connection:
        return list(exported(connection, public_release_ids(connection), at_once))


def test_all_records_come_out_as_they_went_in_in_small_batches(filled: Store) -> None:
    found = everything(filled)
    assert [one.record for one in found] == RECORDS
    assert not any(one.masked or one.decisions or one.persons for one in found)
    assert found[0].headline == RECORDS[0].source.title
    assert found[0].decision("event.venue", 0, 3) == UNREVIEWED


def test_a_decision_is_found_by_the_place_of_its_words(filled: Store) -> None:
    spans = schema.spans
    with filled.write() as connection:
        venue = connection.execute(select(spans).where(spans.c.field == "event.venue")).first()
        assert venue is not None
        connection.execute(update(spans).where(spans.c.id == venue.id).values(state="accepted"))
        connection.execute(
            insert(schema.reviews).values(
                release_id=1, event_id=venue.event_id, span_id=venue.id, field="event.venue",
                position=0, action="accept", reviewer="sari", reviewed_at=NOW, active=True,
            )
        )  # fmt: skip
    first, second, *_rest = everything(filled)
    place = first.record.events[0].venue
    assert place is not None
    assert first.decision("event.venue", 0, place.start) == Decision("accepted", "sari", NOW)
    assert second.decisions == {}


def test_entities_are_named_where_they_are_linked_and_public(filled: Store) -> None:
    person = RECORDS[0].people[0]
    with filled.write() as connection:
        for kind, name in (("person", person.name), ("event", "Sosialisasi")):
            entities = schema.metadata.tables[f"{kind}_entities"]
            links = schema.metadata.tables[f"{kind}_links"]
            connection.execute(insert(entities).values(id=7, name=name, created_at=NOW))
            connection.execute(
                insert(links).values(
                    entity_id=7, score=0.9, reasons="[]", state="confirmed", author="sari",
                    linked_at=NOW, **{f"{kind}_id": 1},
                )
            )  # fmt: skip
    first = everything(filled)[0]
    assert first.persons == {person.id: Entity(7, person.name, "confirmed", 0.9, "sari", NOW)}
    assert first.events == {0: Entity(7, "Sosialisasi", "confirmed", 0.9, "sari", NOW)}


def test_a_withheld_person_is_struck_out_and_a_withheld_release_left_out(filled: Store) -> None:
    person = RECORDS[0].people[0]
    with filled.write() as connection:
        for target in ({"person_id": 1}, {"release_id": 2}):
            connection.execute(
                insert(schema.withholdings).values(
                    category="victim", reason="korban", author="sari", since=NOW, **target
                )
            )
        refresh(connection)
    found = everything(filled)
    with filled.read() as connection:  # whoever asks for it by number does not get it either
        assert [one.key for one in exported(connection, [2, 3])] == [RECORDS[2].id]
    assert [one.record.id for one in found[1:]] == [one.id for one in RECORDS[2:]]
    assert found[0].masked
    assert found[0].stored is None
    assert BLOCK in found[0].record.text
    assert person.name not in found[0].record.model_dump_json()
