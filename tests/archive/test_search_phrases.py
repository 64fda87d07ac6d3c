"""Long phrases: PostgreSQL's index tells most of them without a look at the text, and never wrongly."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.archive.index.indexing import words_of
from extractor.archive.index.searchable import release_of, words_now
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.intake.rows import headline_of
from extractor.archive.risk.names_at_risk import rulebook
from extractor.archive.searching import Asked, facets, query_of
from extractor.archive.searching.hits import places_of
from extractor.archive.store import Store
from extractor.record import Record, Source, text_version
from tests.examples import examples

WORDS = ("padi", "jagung", "tebu")  # few, so that every two of them have many neighbours
LONG = 40_000  # bytes; of longer texts PostgreSQL's index holds no three words in a row


def texts() -> list[tuple[str, str]]:
    """Title and body of releases, made of few words by a chance that is always the same."""
    chance = random.Random(5)

    def some(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    made = [(some(6), some(30)) for _number in range(60)]
    long = ("tebu " * (LONG // 5), "padi jagung tebu padi " * 3, "jagung padi")
    return [*made, ("padi tebu", "".join(long)), ("jagung " * (LONG // 6), "tebu padi padi")]


RECORDS = [
    Record(
        id=f"r{number}", rules_version="test", source=Source(sha256=text_version(f"{number}"), site="humas"),
        text=f"{title.strip()}\n\n{body.strip()}",
    )
    for number, (title, body) in enumerate(texts())
]  # fmt: skip


@pytest.fixture
def both(sqlite_archive: str, postgresql_archive: str) -> Iterator[tuple[Store, Store]]:
    with Store.open(sqlite_archive) as lite, Store.open(postgresql_archive) as server:
        for store in (lite, server):
            assert add(store, from_records(RECORDS)).new == len(RECORDS)
        yield lite, server


Phrase = tuple[bool, tuple[str, ...]]  # is it of the title alone; its words
phrases = st.tuples(
    st.booleans(), st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(tuple)
)
clauses = st.tuples(st.lists(phrases, min_size=1, max_size=2), st.booleans())  # OR; left out


def there(phrase: Phrase, record: Record) -> bool:
    """The oracle: the words stand so in the title, or in the text."""
    inside, words = phrase
    fields = [headline_of(record)] if inside else [headline_of(record), record.text]
    return any(f" {' '.join(words)} " in f" {' '.join(words_of(field))} " for field in fields)


def asked(said: list[tuple[list[Phrase], bool]]) -> str:
    """The clauses in the query language."""
    return " ".join(
        " OR ".join(
            f'{"-" if out else ""}{"judul:" if inside else ""}"{" ".join(words)}"'
            for inside, words in choices
        )
        for choices, out in said
    )


@settings(
    max_examples=examples(60), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(said=st.lists(clauses, min_size=1, max_size=3))
@example(said=[([(False, ("padi", "jagung", "tebu"))], False)])
@example(said=[([(False, ("padi", "jagung", "tebu", "padi"))], True)])
def test_a_phrase_is_found_where_its_words_stand_and_nowhere_else(
    both: tuple[Store, Store], said: list[tuple[list[Phrase], bool]]
) -> None:
    said = [(choices[:1] if out else choices, out) for choices, out in said]
    wanted = {
        number
        for number, record in enumerate(RECORDS, 1)
        if all(any(there(one, record) for one in choices) != out for choices, out in said)
    }
    query = query_of(Asked(asked(said)), rulebook()["search"])
    for store in both:
        with store.read() as connection:
            total, _undated, places = places_of(connection, query, words_now(), 100, 0)
            counted = facets(connection, query, ["site"])
        assert (total, {release_of(place) for place in places}) == (len(wanted), wanted)
        assert sum(n for _value, n in counted["site"]) == total
