"""Whatever the text: the database takes exactly the spans whose words stand where they say."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from extractor.archive import schema
from extractor.archive.store import Store
from extractor.record import text_version
from tests.examples import examples

AT = "2026-01-01T00:00:00Z"
# no surrogates and no NUL, which no database keeps; many of the letters that take more than a byte
TEXTS = st.text(
    st.one_of(
        st.sampled_from("aé“”–🌾\u0301\u200d\ufeff\r\n\t ̈ꦫ"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=40,
)


@settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=TEXTS, start=st.integers(-3, 45), end=st.integers(-3, 45), said=st.data())
def test_a_span_is_taken_if_and_only_if_its_words_stand_there(
    store: Store, text: str, start: int, end: int, said: st.DataObject
) -> None:
    right = text[start:end] if 0 <= start <= end <= len(text) else ""
    words = said.draw(st.sampled_from([right, right[1:], right + "x", right.upper(), text]))
    digest = text_version(text)
    taken = False
    with contextlib.suppress(Rollback), store.write() as connection:
        connection.execute(
            insert(schema.releases).values(
                id=1,
                key="a",
                headline="",
                rules_version="",
                reading_hash="",
                added_at=AT,
                updated_at=AT,
            )
        )
        connection.execute(
            insert(schema.versions).values(
                id=1, release_id=1, current=True, draft_sha256="", text_sha256=digest,
                text_hash=digest[:16], text=text, offsets="[]", added_at=AT,
            )
        )  # fmt: skip
        connection.execute(insert(schema.rules).values(id=1, name="r", rules_version=""))
        span = insert(schema.spans).values(
            version_id=1, text_hash=digest[:16], field="release.credit", position=0,
            start_offset=start, end_offset=end, words=words, rule_id=1, confidence=1,
        )  # fmt: skip
        with contextlib.suppress(DBAPIError), connection.begin_nested():
            connection.execute(span)
            taken = True
        raise Rollback
    assert taken == (0 <= start < end <= len(text) and words == text[start:end])


class Rollback(Exception):
    """Leave no row behind."""
