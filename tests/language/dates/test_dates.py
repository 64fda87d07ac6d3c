"""Dates and times as values: forms, years, slips, lists, times, and what is no date at all."""

from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pytest

from extractor.language.dates.finding import DateReader
from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def reader(rulebook: Rulebook) -> DateReader:
    """A reader with the shipped rules."""
    return DateReader(rulebook["dates"])


def read(
    reader: DateReader, rulebook: Rulebook, text: str, published: date | None = None
) -> list[Found]:
    """What the reader finds in a text without a title."""
    return reader.read(text, read_layout(text, rulebook["paragraphs"], 0), published)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Warga hadir Kamis (2/5/2024) di aula.", "Kamis (2/5/2024)"),
        ("Warga hadir Kamis ( 2/5/2024 ), pagi.", "Kamis ( 2/5/2024 )"),
        ("Warga hadir (Kamis, 2/5/2024).", "Kamis, 2/5/2024"),
        ("Warga hadir (2/5/2024).", "2/5/2024"),
        ("Warga hadir Kamis (2/5/2024", "Kamis (2/5/2024"),
        (
            "Warga hadir pada hari Kamis, tanggal 2 Mei 2024, lalu pulang.",
            "hari Kamis, tanggal 2 Mei 2024",
        ),
        ("Warga hadir 2 Mei 2024.", "2 Mei 2024"),
        ("Warga hadir; 2-4 Mei 2024; ramai.", "2-4 Mei 2024"),
        ("Warga hadir Rabu malam (3/4/2024).", "Rabu malam (3/4/2024)"),
        ("Warga hadir Kamis (2/5/2024) pukul 09.00 WIB.", "Kamis (2/5/2024) pukul 09.00 WIB"),
        ("Warga hadir Kamis (2/5/2024, pukul 09.00 WIB).", "Kamis (2/5/2024, pukul 09.00 WIB)"),
        ("Edaran HMS.3/8/2024 dibacakan di Aula Lor.2/5/2024", "2/5/2024"),
    ],
)
def test_a_date_covers_its_own_words(
    reader: DateReader, rulebook: Rulebook, text: str, words: str
) -> None:
    assert [text[f.start : f.end] for f in read(reader, rulebook, text)] == [words]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Apel digelar Kamis, 2 Mei 2024.", None, {"weekday": 4, "year_source": "written"}),
        ("Apel digelar Rabu malam (3/4/2024).", None, {"part": "malam"}),
        ("Apel digelar Senin (9/3) kemarin.", date(2020, 3, 11), {"when": "past"}),
        ("Apel digelar Senin (1/4).", date(2019, 3, 20), {"when": "future"}),
        ("Apel digelar 1 April mendatang.", None, {"when": "future", "start": None}),
        ("Apel digelar 12 Mei.", None, {"month": 5, "day": 12, "year_source": "none"}),
        ("Apel digelar 12 Mei.", date(2024, 6, 1), {"year_source": "published"}),
        ("Apel digelar Kamis (2/5).", date(2024, 5, 3), {"year_source": "weekday"}),
        ("Lomba Tahun 2024 digelar 12 Mei.", None, {"start": "2024-05-12", "year_source": "name"}),
        ("Dibuka akhir Mei 2024.", None, {"precision": "part", "part": "akhir"}),
        ("Dibuka bulan Mei 2024.", None, {"precision": "month"}),
        ("Kota Melati, 2 Mei 2024 – Warga apel.", None, {"dateline": True}),
        ("Kota Melati, 2 Mei 2024. Warga apel.", None, {"dateline": True}),
        ("Warga apel di lapangan desa, 2 Mei 2024 – kata lurah.", None, {"dateline": False}),
    ],
)
def test_hints_for_choosing_the_date_of_an_event(
    reader: DateReader,
    rulebook: Rulebook,
    text: str,
    published: date | None,
    expected: dict[str, Any],
) -> None:
    found = read(reader, rulebook, text, published)
    assert len(found) == 1
    assert {name: found[0].value.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "published", "start", "repair"),
    [
        ("Dibuka Selasa (9/6/2024).", date(2024, 7, 10), "2024-06-09", "2024-07-09"),
        ("Dibuka Selasa (9/6).", date(2024, 7, 10), "2024-06-09", "2024-07-09"),
        ("Dibuka Minggu, 20 Juni 2025.", date(2025, 7, 21), "2025-06-20", "2025-07-20"),
        ("Dibuka Kamis (19/7/2023).", None, "2023-07-19", "2023-07-20"),
        ("Dibuka Senin (8/1/2023).", date(2024, 1, 9), "2023-01-08", "2024-01-08"),
        ("Dibuka Senin (16/1/3021).", date(2023, 1, 17), "2023-01-16", "2023-01-16"),
        ("Dibuka (16/1/3021).", None, "2021-01-16", "2021-01-16"),
        ("Dibuka Rabu (13/3).", date(2025, 3, 14), "2025-03-13", "2025-03-12"),
        ("Dibuka Rabu (13/3).", date(2025, 4, 14), "2024-03-13", None),
        ("Dibuka Kamis (2/5/2024).", date(2024, 5, 3), "2024-05-02", None),
        ("Dibuka malam Minggu (4/5/2024).", None, "2024-05-04", None),
        ("Dibuka malam Minggu (5/5/2024).", None, "2024-05-05", None),
    ],
)
def test_a_conflict_is_kept_as_written_and_told(
    reader: DateReader,
    rulebook: Rulebook,
    text: str,
    published: date | None,
    start: str,
    repair: str | None,
) -> None:
    found = read(reader, rulebook, text, published)
    assert [(f.value["start"], f.value["repair"]) for f in found] == [(start, repair)]
    assert (found[0].confidence <= 0.6) == (repair is not None)


def test_a_list_gives_its_days_and_itself_as_candidate(
    reader: DateReader, rulebook: Rulebook
) -> None:
    text = "Sesi digelar tanggal 6-8 dan 10 Mei 2024 pukul 09.00 WIB."
    whole, first, last = read(reader, rulebook, text)
    assert whole.value["candidate"]
    assert (whole.value["start"], whole.value["end"]) == ("2024-05-06", "2024-05-10")
    assert (first.value["start"], first.value["end"]) == ("2024-05-06", "2024-05-08")
    assert (last.value["start"], last.value["end"]) == ("2024-05-10", "2024-05-10")
    assert first.value["series"] == last.value["series"] == [whole.start, whole.end]
    assert {f.value["time_start"] for f in (whole, first, last)} == {"09:00"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Dibuka Rabu (7/2). Data Tahun 2024 diserahkan.", ["2024-02-07"]),
        ("Dibuka Rabu (8/2). Data Tahun 2024 diserahkan.", ["2023-02-08"]),
        ("Dibuka Rabu (5/2). Data Tahun 2024 diserahkan.", ["2025-02-05"]),
        ("Dibuka Rabu (8/2). RPJMD 2021-2026 dibahas.", ["2023-02-08"]),
        ("Dibuka Rabu (8/2). Sejak 1990 hingga 1995 ia di sini.", ["2023-02-08"]),
        ("Dibuka Rabu (8/2/2023), ditutup 10 Februari.", ["2023-02-08", "2023-02-10"]),
        ("Dibuka 28 Desember 2023, ditutup 3 Januari mendatang.", ["2023-12-28", "2024-01-03"]),
        ("Dimulai 28 Desember lalu, ditutup Kamis (4/1/2024).", ["2023-12-28", "2024-01-04"]),
    ],
)
def test_years_come_from_weekday_and_text(
    reader: DateReader, rulebook: Rulebook, text: str, days: list[str]
) -> None:
    found = read(reader, rulebook, text)
    assert [f.value["start"] for f in found if f.value["precision"] == "day"] == days


def test_the_same_day_written_with_its_year_tells_the_year(
    reader: DateReader, rulebook: Rulebook
) -> None:
    text = "Pelantikan digelar 22 Agustus. Wali kota dilantik pada 22 Agustus 2017."
    first, _ = read(reader, rulebook, text, date(2025, 6, 30))
    assert (first.value["start"], first.value["year_source"]) == ("2017-08-22", "name")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Upacara HUT RI ke-75 digelar Senin (17/8).", "2020-08-17"),
        ("Upacara HUT Ke-75 Kemerdekaan RI digelar 17 Agustus.", "2020-08-17"),
        ("Apel Hari Bhayangkara ke 78 digelar Senin (1/7).", "2024-07-01"),
        ("Rapat RT ke-75 digelar Selasa (17/8).", "2021-08-17"),
        ("HUT Desa Melati ke-75 digelar 17 Agustus.", None),
        ("Presiden RI ke-7 hadir 17 Agustus.", None),
    ],
)
def test_a_well_known_anniversary_tells_the_year(
    text: str, start: str | None, reader: DateReader, rulebook: Rulebook
) -> None:
    (found,) = read(reader, rulebook, text)
    assert found.value["start"] == start


def test_a_weekday_alone_is_trusted_less_than_one_beside_a_publication(
    reader: DateReader, rulebook: Rulebook
) -> None:
    text = "Apel digelar Kamis (2/5)."
    (alone,) = read(reader, rulebook, text)
    (placed,) = read(reader, rulebook, text, date(2024, 5, 3))
    assert alone.value["start"] == placed.value["start"] == "2024-05-02"
    assert alone.confidence < 0.7 < 0.9 <= placed.confidence


def test_the_time_on_the_next_line_belongs_to_an_invitations_date(
    reader: DateReader, rulebook: Rulebook
) -> None:
    text = "Hari/tgl : Minggu, 12 Oktober 2025\n\nPukul : 07.00 s/d 11.00 WIB\n\nTempat : Balai"
    (found,) = read(reader, rulebook, text)
    value = found.value
    assert (value["start"], value["time_start"], value["time_end"]) == (
        "2025-10-12",
        "07:00",
        "11:00",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "31 Februari 2023",
        "Senin (31/4/2023)",
        "29 Februari 2023",
        "0/0/0000",
        "1/1/0000",
        "99 Mei 9999",
        "hari ini",
        "tanggal",
        "\u0661/\u0662/\u0662\u0660\u0662\u0664",
        "²/³/2024",
        "(" * 500,
        "1" * 5000,
    ],
)
@pytest.mark.parametrize("published", [None, date(1, 1, 1), date(9999, 12, 31)])
def test_odd_texts_give_no_error(
    reader: DateReader, rulebook: Rulebook, text: str, published: date | None
) -> None:
    read(reader, rulebook, text, published)


@pytest.mark.parametrize(
    "piece",
    [
        "Kamis (2/5/2024), 3 dan 4 Mei, pukul 09.00 WIB; ",
        "1, 2, 3 dan ",
        "1/2/",
        "1-",
        "Senin ",
        "hari Senin tanggal 5 - ",
        "jam 5 ",
        "2 Mei ",
        "2 Mei dan ",
    ],
)
def test_time_grows_with_the_text_not_faster(
    reader: DateReader, rulebook: Rulebook, piece: str
) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        layout = read_layout(text, rulebook["paragraphs"], 0)
        start = perf_counter()
        reader.read(text, layout, None)
        return perf_counter() - start

    seconds(2_000)
    small, large = seconds(10_000), seconds(80_000)
    assert large < 8 * 4 * small + 0.5


def test_a_rule_that_is_taken_away_no_longer_reads(
    rulebook: Rulebook,
) -> None:
    rules = rulebook["dates"]
    fewer = replace(rules, rules=tuple(r for r in rules.rules if r.id != "dates.range"))
    text = "Diklat digelar 2-4 Mei 2024, dibuka Kamis (2/5/2024)."
    found = read(DateReader(fewer), rulebook, text)
    assert [f.rule for f in found] == ["dates.slash"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Dibuka 2 Agustsu 2024.", ["2024-08-02"]),
        ("Dibuka 4 Desmber 2024.", ["2024-12-04"]),
        ("Dibuka Selsa, 7 Mei 2024.", ["2024-05-07"]),
        ("Dibuka Jumta (3/5). Data Tahun 2024 dibagi.", ["2024-05-03"]),
        ("Dibuka 2 Maria 2024 dan 5 Marga 2020.", []),
    ],
)
def test_slips_in_names_of_months_and_weekdays(
    reader: DateReader, rulebook: Rulebook, text: str, days: list[str]
) -> None:
    found = read(reader, rulebook, text)
    assert [f.value["start"] for f in found] == days
    assert all(f.value["repair"] is None for f in found)


def test_a_line_break_within_a_paragraph_is_a_blank(reader: DateReader, rulebook: Rulebook) -> None:
    lines = [
        "Dinas Pangan Kota Melati menggelar rapat warga pada hari Kamis, tanggal 2",
        "Mei 2024 pukul 09.00 WIB di aula kantor kelurahan bersama para ketua dan",
        "pengurus kelompok tani dari seluruh kecamatan yang ada di kota itu supaya",
        "semua warga tahu rencana tanam tahun ini dan dapat ikut mengawasi jalannya",
        "kegiatan sampai panen raya nanti.",
    ]
    (found,) = read(reader, rulebook, "\n".join(lines))
    assert (found.value["start"], found.value["time_start"]) == ("2024-05-02", "09:00")
