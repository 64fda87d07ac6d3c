"""Lines broken at a fixed width, and the paragraphs they make."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.language.lines import hard_wrapped, paragraph_spans
from tests.examples import examples

LEAD = (
    "MELATI – Camat Melati, Drs. H. Gunarti Wulan, M.Si. membuka Pelatihan Kader Posyandu di Balai "
    "Desa Karangsari, Kecamatan Melati, Kamis (2/5/2024)."
)
SAID = (
    "“Kami berharap kader-kader ini rajin mencatat. Warga sudah menunggu lama,” kata Gunarti Wulan "
    "di hadapan lima puluh kader dari delapan desa, termasuk Desa Karangsari."
)
TOLD = (
    "Ia menambahkan bahwa setiap desa mendapat dua timbangan baru, sebuah papan ukur dan seorang "
    "pendamping dari Puskesmas Melati yang datang setiap Selasa."
)
TITLE = "Camat Melati Buka Pelatihan Kader Posyandu"


def paragraphs(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in paragraph_spans(text)]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("gap", ["\n\n", "\n \n", "\n\n\n"])
@pytest.mark.parametrize("width", [56, 72, 80, 100])
def test_a_paragraph_broken_at_a_width_is_one(width: int, gap: str) -> None:
    text = gap.join(textwrap.fill(one, width) for one in (TITLE, LEAD, SAID, TOLD))
    assert hard_wrapped(text)
    assert [one.replace("- ", "-") for one in paragraphs(text)] == [TITLE, LEAD, SAID, TOLD]


def test_without_blank_lines_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    text = "\n".join(textwrap.fill(one, 72) for one in (TITLE, LEAD, SAID, TOLD))
    assert paragraphs(text) == [TITLE, LEAD, SAID, TOLD]


@pytest.mark.parametrize(
    "text",
    [
        "Rapat itu membahas tiga hal berikut ini:\n- timbangan\n- papan ukur\n- pendamping",
        "Rapat itu membahas tiga hal berikut ini\n1. timbangan baru\n2. papan ukur",
        "Warga hadir di balai desa sejak pagi.\nlurah datang kemudian.",
        "Hadir dalam rapat itu tamu berikut;\nkader posyandu;\nbidan desa.",
        "Camat Melati Buka Pelatihan Kader\nPelatihan itu dibuka Camat di Balai Desa Karangsari.",
        "Pelatihan\ndibuka Camat.",
        "“Kami siap,”\nkata Rina.",
    ],
)
def test_lines_that_end_or_begin_something_stay_apart(text: str) -> None:
    assert paragraphs(text) == text.split("\n")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (f"{TITLE}\n\n{LEAD}\n\n{SAID}\n\n{TOLD}", "desa mendapat"),
        (f"{TITLE}\n\n{LEAD}\n\n{SAID}\n\n{TOLD}", "rajin mencatat"),
        (f"{TITLE}\n{LEAD}\n{SAID}\n{TOLD}", "membuka Pelatihan"),
    ],
)
def test_a_lone_break_before_a_small_letter_splits_nothing(
    text: str, joined: str, extractor: Extractor
) -> None:
    at = text.index(joined)
    broken = text[: at - 1] + "\n" + text[at:]
    whole, found = (extractor.extract(Article(id="x", text=one)) for one in (text, broken))
    assert found.text == whole.text
    assert [q.text for q in found.quotes] == [q.text for q in whole.quotes]


@settings(max_examples=examples(25), deadline=None)
@given(
    st.integers(50, 110),
    st.lists(st.sampled_from([LEAD, SAID, TOLD]), min_size=2, max_size=5, unique=True),
    st.sampled_from(["\n", "\r\n", " \n"]),
)
def test_a_wrapped_release_gives_the_record_of_the_whole_one(
    extractor: Extractor, width: int, body: list[str], end: str
) -> None:
    flat = "\n\n".join([TITLE, *body])
    wrapped = (end + end).join(end.join(textwrap.wrap(one, width)) for one in [TITLE, *body])
    whole, found = (extractor.extract(Article(id="x", text=one)) for one in (flat, wrapped))
    assert found.text == whole.text
    for field in ("events", "people", "quotes"):
        assert getattr(found, field) == getattr(whole, field)
    for start, draft, length in found.offsets:
        assert found.text[start : start + length] == wrapped[draft : draft + length]


@settings(max_examples=examples(100), deadline=None)
@given(st.text(alphabet="aB .,\n\r\x0c-1“”", max_size=200))
def test_paragraphs_lie_in_order_and_hold_all_but_blanks(text: str) -> None:
    last = 0
    for start, end in paragraph_spans(text):
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        last = end
    assert not text[last:].strip()
