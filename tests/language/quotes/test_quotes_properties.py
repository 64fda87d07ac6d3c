"""What holds of quotes on any text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.language.quotes.finding import QuoteFinder
from extractor.rulebook import Rulebook
from tests.examples import examples

PIECES = st.sampled_from(
    [
        "“", "”", '"', "‘", "’", "''", "«", "»", " ", ", ", ". ", ".", "\n", ": ", "(", ")", "-",
        "kata", "katanya", "Rina", "Budi", "mengatakan", "bahwa", "agar", "menurut", "Menurutnya",
        "disampaikan", "Hal itu", "yang dibacakan", "ia", "pihaknya", "jalan itu rusak", "itu",
        "melalui", "saat rapat", "lirihnya", "meminta", "S.Sos., M.Si", "tema", "🙏", "\u2028",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts)) | st.lists(
    PIECES, max_size=40
).map(lambda parts: " ".join(parts))
OUTER = '“”„«»"'


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> QuoteFinder:
    return QuoteFinder(rulebook["quotes"])


def names(text: str) -> list[Found]:
    found = []
    for person, name in (("p1", "Rina"), ("p2", "Budi")):
        at = text.find(name)
        while at >= 0:
            value = {"person": person, "form": "full"}
            found.append(Found(at, at + len(name), "people.test", 0.9, value))
            at = text.find(name, at + 1)
    return sorted(found, key=lambda f: f.start)


@settings(max_examples=examples(80), deadline=None)
@given(text=TEXTS)
def test_no_text_raises_and_spans_lie_inside(
    text: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    layout = read_layout(text, rulebook["paragraphs"], 0)
    for quote in finder.find(text, layout, names(text), []):
        assert 0 <= quote.start < quote.end <= len(text)
        assert 0 < quote.confidence <= 1
        words = text[quote.start : quote.end]
        assert words == words.strip()
        for part in ("speaker_text", "cue", "occasion"):
            span = quote.value[part]
            assert span is None or text[span["start"] : span["end"]] == span["text"]


@settings(max_examples=examples(30), deadline=None)
@given(words=st.lists(st.sampled_from(["kami", "siap", "jalan", "rusak", "warga"]), min_size=2))
def test_direct_speech_bears_no_outer_marks(
    words: list[str], finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = f"“{' '.join(words).capitalize()},” kata Rina."
    layout = read_layout(text, rulebook["paragraphs"], 0)
    (quote,) = finder.find(text, layout, names(text), [])
    said = text[quote.start : quote.end]
    assert said == f"{' '.join(words).capitalize()},"
    assert said[0] not in OUTER
    assert said[-1] not in OUTER


@pytest.mark.parametrize(
    "piece",
    [
        "“Kami siap, kata Rina. ",
        "mengatakan bahwa kata dia menurut Rina disampaikan Rina agar ",
        '“a” “b ” " ',
        "Rina meninjau, ",
    ],
)
def test_time_grows_with_the_length_of_one_paragraph(
    piece: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    def once(length: int) -> float:
        text = piece * (length // len(piece))
        layout = read_layout(text, rulebook["paragraphs"], 0)
        people = names(text)
        started = time.process_time()
        finder.find(text, layout, people, [])
        return time.process_time() - started

    def seconds(length: int) -> float:
        return min(once(length) for _try in range(3))

    assert seconds(80_000) < 20 * seconds(10_000) + 0.3
