"""The words of a draft by number say what the words of a text say."""

from hypothesis import example, given
from hypothesis import strategies as st

from extractor.editing.facts import ordinary_words
from extractor.editing.passages import folded_words, passages
from extractor.editing.vocabulary import Vocabulary
from extractor.language.phrases import Phrases, words_of

SIGNS = "aAbé’'İßſ\u0345_-.,:/ \n019٣²dikota \u200b\u1e63\U00010400\U0001f600\ud800"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=80)
LISTED = Phrases(["di kota", "di", "kota di kota", "a-b"])


@given(TEXTS)
def test_words_stand_where_they_stand(text: str) -> None:
    found = Vocabulary(text)
    words = words_of(text)
    assert list(zip(found.starts, found.ends, strict=False)) == [(w.start, w.end) for w in words]
    assert [found.lower[surface] for surface in found.surfaces] == [w.lower for w in words]
    gaps = [text[a:b] for a, b in zip([0, *found.ends], found.starts, strict=False)]
    assert [found.gap(number) for number in range(len(words))] == gaps


@given(TEXTS)
def test_phrases_are_those_of_the_list(text: str) -> None:
    assert list(Vocabulary(text).phrases(LISTED)) == list(LISTED.find(text, words_of(text)))


@example("\u0345", [(0, 1)])
@example("a\u0345", [(0, 2), (1, 2)])
@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6))
def test_passages_are_folded_as_each_by_itself(text: str, spans: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    said = passages(text)
    rows = said.rows(spans)
    assert [said.words(row) for row in rows] == [folded_words(text[a:b]) for a, b in spans]
    assert said.rows(spans) == rows


def test_words_are_judged_once_and_found_in_order() -> None:
    asked: list[str] = []

    def judge(surface: str) -> int | None:
        asked.append(surface)
        return len(surface) if surface == "kota" else None

    assert list(Vocabulary("di kota di kota").where(judge)) == [(1, 4), (3, 4)]
    assert asked == ["di", "kota"]
    assert Vocabulary("di kota di Kota").again(2) == [0, 1]
    assert ordinary_words("Rapat di Kota") == {"di"}
