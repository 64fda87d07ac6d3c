"""What releases of one event tell differently is shown; that one tells less is no difference."""

from typing import Any

import pytest

from extractor.archive.linking.addresses import mention_numbers
from extractor.archive.linking.attaching import attach
from extractor.archive.linking.differences import Difference, differences
from extractor.archive.linking.knowledge import knowledge
from extractor.archive.reviewing.conflicts import conflicting
from extractor.archive.risk.withholding import withhold
from extractor.archive.store import Store
from extractor.rulebook import shared_rulebook
from tests.archive.links import put, release

ELSEWHERE = release(
    9, "2020-01-01", "Lomba Memancing",
    venue={"village": "Desa Sukamulya", "district": "Kecamatan Cibiru", "city": "Kota Tirta"},
)  # fmt: skip
VILLAGE = {"village": "Desa Sukamulya"}


def told(store: Store, *releases: dict[str, Any], silences: bool = False) -> list[Difference]:
    """The differences between releases that a person said to be about one event."""
    put(store, [ELSEWHERE, *(release(n, **one) for n, one in enumerate(releases, 1))])
    with store.read() as connection:
        keys = (f"{n:016x}#1" for n in range(1, len(releases) + 1))
        mentions = mention_numbers(connection, "event", keys)
    attach(store, "event", None, mentions, reason="one event", author="Sari")
    with store.read() as connection:
        known = knowledge(shared_rulebook(None))
        return list(differences(connection, known, 1, silences=silences))


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        ({"day": "2024-05-02"}, {"day": "2024-05"}, []),
        ({"day": "2024-05-02"}, {"day": "2024-06"}, ["date"]),
        ({"venue": VILLAGE}, {"venue": {"district": "Kecamatan Cibiru"}}, []),
        ({"venue": {"building": "Balai Desa Sukamulya"}}, {"venue": {"city": "Kota Tirta"}}, []),
        ({"venue": VILLAGE}, {"venue": {"district": "Kecamatan Wanasari"}}, ["venue"]),
        ({"venue": VILLAGE}, {"venue": {"building": "Aula Kecamatan Cibiru"}}, ["venue"]),
        (
            {"venue": {"building": "Aula Melati", "city": "Kota Tirta"}},
            {"venue": {"building": "Pendopo", "city": "Kota Tirta"}},
            ["venue"],
        ),
        ({"participants": "120 peserta"}, {"participants": "150 peserta"}, ["participants"]),
        ({"participants": "120 peserta"}, {"participants": "para kader"}, []),
        ({"participants": "120 peserta"}, {}, []),
        ({"organizer": "Dinas Kesehatan"}, {"organizer": "Dinas Sosial"}, ["organizer"]),
    ],
    ids=str,
)  # fmt: skip
def test_another_value_is_a_difference_and_less_of_it_is_none(
    sqlite_archive: str, one: dict[str, Any], other: dict[str, Any], fields: list[str]
) -> None:
    with Store.open(sqlite_archive) as store:
        found = told(store, one, other)
        assert [difference.field for difference in found] == fields
        with store.read() as connection:
            to_review = {
                address.field.removeprefix("event.") for address in conflicting(connection)
            }
        assert {"date", "venue"} & set(fields) <= to_review


def test_who_is_silent_is_told_of_one_event(store: Store) -> None:
    count = {"participants": "120 peserta"}
    found = told(
        store, {**count, "venue": VILLAGE}, {**count, "organizer": None}, {}, silences=True
    )
    keys = [f"{n:016x}" for n in range(4)]
    assert {one.field: one.silent for one in found} == {
        "venue": (keys[2], keys[3]), "organizer": (keys[2],), "participants": (keys[3],),
    }  # fmt: skip
    withhold(store, [keys[3]], "other", "asked for it", "Sari")
    with store.read() as connection:
        shown = list(differences(connection, knowledge(shared_rulebook(None)), silences=True))
    assert keys[3] not in str(shown)
