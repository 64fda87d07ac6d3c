"""What holds for every text and every day: no error, spans inside the text, forms read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.dates.finding import DateReader
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook, shared_rulebook
from tests.examples import examples

RULES: Rulebook = shared_rulebook()
READER = DateReader(RULES["dates"])

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
FRAGMENTS = st.sampled_from(
    [
        *MONTHS,
        *WEEKDAYS,
        *[
            "1",
            "2",
            "12",
            "31",
            "30",
            "2024",
            "24",
            "00",
            "3021",
            "9999",
            "/",
            "-",
            "–",
            ".",
            ":",
            ",",
            "(",
            ")",
            "'",
            "’",
            "dan",
            "hingga",
            "s/d",
            "s.d.",
            "tanggal",
            "hari",
        ],
        *[
            "bulan",
            "tahun",
            "pagi",
            "malam",
            "kemarin",
            "lalu",
            "mendatang",
            "besok",
            "lusa",
            "pekan",
            "depan",
            "pukul",
            "jam",
            "WIB",
        ],
        *[
            "selesai",
            "setengah",
            "awal",
            "akhir",
            "pada",
            "satu",
            "dua",
            "puluh",
            "ribu",
            "belas",
            "Rp",
            "No",
            "ini",
            "warga",
            "&",
            "*",
            "[",
            "]",
        ],
        "hari ini",
        "\n",
        "\n\n",
        " ",
        "²",
        "٣",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(FRAGMENTS, st.sampled_from(["", " "])), max_size=16).map(
        lambda parts: "".join(word + gap for word, gap in parts)
    ),
)
DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))
PUBLISHED = st.one_of(st.none(), st.dates())

FORMS = {
    "spelled": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "with weekday": lambda d: (
        f"{WEEKDAYS[d.weekday()]}, {d.day:02d} {MONTHS[d.month - 1]} {d.year}"
    ),
    "with words": lambda d: (
        f"hari {WEEKDAYS[d.weekday()]} tanggal {d.day} bulan {MONTHS[d.month - 1]} tahun {d.year}"
    ),
    "slash": lambda d: f"{WEEKDAYS[d.weekday()]} ({d.day}/{d.month}/{d.year})",
    "slash padded": lambda d: f"{WEEKDAYS[d.weekday()]} ({d.day:02d}/{d.month:02d}/{d.year})",
    "two digits": lambda d: f"{WEEKDAYS[d.weekday()]} ({d.day}/{d.month}/{d.year % 100:02d})",
    "apostrophe": lambda d: f"({d.day}/{d.month}/'{d.year % 100:02d})",
    "dash": lambda d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    "dot": lambda d: f"{d.day}.{d.month}.{d.year}",
    "iso": lambda d: d.isoformat(),
}


def values(text: str, published: date | None = None) -> list[tuple[str | None, str | None]]:
    """(start, end) of everything found."""
    layout = read_layout(text, RULES["paragraphs"], 0)
    found = READER.read(text, layout, published)
    return [(f.value["start"], f.value["end"]) for f in found if not f.value.get("candidate")]


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS, PUBLISHED)
def test_no_text_raises_and_every_span_lies_in_the_text(text: str, published: date | None) -> None:
    layout = read_layout(text, RULES["paragraphs"], 0)
    for found in READER.read(text, layout, published):
        assert 0 <= found.start < found.end <= len(text)
        words = text[found.start : found.end]
        assert words == words.strip()
        assert 0 <= found.confidence <= 1
        start, end = found.value["start"], found.value["end"]
        assert start is None or date.fromisoformat(start) <= date.fromisoformat(end)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=examples(60), deadline=None)
@given(day=DAYS)
def test_every_day_reads_back_from_every_form(form: str, day: date) -> None:
    text = f"Rapat warga digelar {FORMS[form](day)} di balai desa."
    assert values(text) == [(day.isoformat(), day.isoformat())]


@settings(max_examples=examples(100), deadline=None)
@given(day=DAYS, ago=st.integers(0, 300))
def test_a_weekday_and_the_publication_fix_the_year(day: date, ago: int) -> None:
    text = f"Rapat warga digelar {WEEKDAYS[day.weekday()]} ({day.day}/{day.month}) di balai desa."
    assert values(text, day + timedelta(days=ago)) == [(day.isoformat(), day.isoformat())]


@settings(max_examples=examples(100), deadline=None)
@given(day=DAYS, length=st.integers(1, 60))
def test_ranges_read_back_over_months_and_years(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    first = f"{day.day} {MONTHS[day.month - 1]}"
    text = (
        f"Pameran digelar {first} – {last.day} {MONTHS[last.month - 1]} {last.year} di alun-alun."
    )
    assert values(text) == [(day.isoformat(), last.isoformat())]
