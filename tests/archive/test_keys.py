"""A release is named by its id or the beginning of it; what several begin with names none."""

import pytest

from extractor.archive.keys import release_key
from extractor.archive.linking.addresses import mention_numbers
from extractor.archive.reviewing.deciding import complete
from extractor.archive.risk.withholding import target_of
from extractor.archive.store import Store
from extractor.errors import UsageError
from tests.archive.links import put, release

KEYS = ["abcd000000000001", "abcd100000000002", "abcd100%00000003", "ABCD000000000004"]


@pytest.fixture
def filled(store: Store) -> Store:
    people = [("Laras Kusumawardhani", None)]
    made = (release(n, people=people).model_copy(update={"id": key}) for n, key in enumerate(KEYS))
    put(store, made)
    return store


@pytest.mark.parametrize(
    ("said", "key"),
    [(KEYS[0], KEYS[0]), ("abcd0", KEYS[0]), ("ABCD", KEYS[3]), ("abcd100%", KEYS[2])],
)
def test_the_beginning_of_an_id_is_enough(filled: Store, said: str, key: str) -> None:
    assert release_key(filled, said) == key
    assert release_key(filled, None) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [("abcd1", "several"), ("abcd", "several"), ("abc", "no such"), ("abcd_", "no such"), ("beef", "search")],
)  # fmt: skip
def test_what_is_none_or_several_is_refused(filled: Store, said: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        release_key(filled, said)


def test_wherever_a_release_is_named(filled: Store) -> None:
    with filled.read() as connection:
        assert mention_numbers(connection, "person", ["abcd0#p1"]) == [1]
        with pytest.raises(UsageError, match="no such release"):
            mention_numbers(connection, "person", ["beef#p1"])
        with pytest.raises(UsageError, match="people --all"):
            mention_numbers(connection, "person", ["abcd0#p7"])
        assert target_of(connection, "abcd0").release_id == 1
        assert target_of(connection, "abcd0#p1").person_id == 1
    assert str(complete(filled, "abcd0", reviewer="Sari").address).endswith(":1")
