"""AtoM's CSV, held against the rules of AtoM's validator, read as PHP and as Python read CSV."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import atom, plain
from tests.archive.formats.atom_validator import COLUMNS, php_rows, problems
from tests.archive.formats.golden import check
from tests.archive.formats.invented import EXAMPLES, exported, invented
from tests.archive.generator import generated

NOW = "2024-01-01T00:00:00Z"


def written(*releases: Exported) -> bytes:
    stream = io.BytesIO()
    assert atom.write(releases, stream) == len(releases)
    return stream.getvalue()


def rows(data: bytes) -> list[dict[str, str]]:
    header, *rest = php_rows(data)
    return [dict(zip(header, row, strict=True)) for row in rest]


def some(n: int) -> list[Exported]:
    return [Exported(r, "Judul", NOW, NOW) for r in generated(n)]


def test_the_invented_release_is_as_recorded() -> None:
    check("release.atom.csv", written(invented()))


def test_the_columns_are_those_of_the_template_in_its_order() -> None:
    assert php_rows(written()) == [COLUMNS]
    assert list(atom.COLUMNS) == COLUMNS


def test_atom_finds_nothing_to_report() -> None:
    assert problems(written(invented())) == []
    assert problems(written(*some(200))) == []
    assert written(*some(20)) == written(*some(20))


def test_a_release_is_an_item_of_the_year_of_its_site() -> None:
    series, year, item = rows(written(invented()))
    levels = [one["levelOfDescription"] for one in (series, year, item)]
    assert levels == ["Series", "Subseries", "Item"]
    assert (series["parentId"], year["parentId"], item["parentId"]) == (
        "",
        series["legacyId"],
        year["legacyId"],
    )
    assert (year["eventStartDates"], year["eventTypes"]) == ("2024", "Publication")
    assert item["title"] == "Pemkab Tirtasari Gelar Pelatihan 100% Organik & {Mandiri} #1"
    assert (item["eventDates"], item["eventStartDates"], item["eventEndDates"]) == (
        "2024-07-17",
    ) * 3
    assert (
        item["nameAccessPoints"] == "Ratna Wijaya|Dinas Pertanian Tirtasari"
    )  # of Melati the name is changed
    assert item["placeAccessPoints"] == "Sukamaju|Kabupaten Tirtasari|Jawa Selatan"
    assert item["subjectAccessPoints"] == "pelatihan"
    assert "Venue: Balai Desa Sukamaju, Karangjati" in item["scopeAndContent"].split("\n")
    assert "venues.place, 0.93, corrected, sari 2024-08-06T00:00:00Z" in item["archivistNote"]
    assert item["publicationStatus"] == "Draft"
    assert item["locationOfOriginals"].startswith("https://pertanian.tirtasari.example/")


def test_many_releases_have_each_parent_once_and_before_its_children() -> None:
    found = rows(written(*some(300)))
    assert sum(one["levelOfDescription"] == "Item" for one in found) == 300
    assert len({one["legacyId"] for one in found}) == len(found)


def test_a_release_without_site_and_day_stands_in_the_series_of_unknown_sites() -> None:
    release = invented()
    source = release.record.source.model_copy(update={"site": None, "published": None})
    record = release.record.model_copy(update={"source": source})
    series, item = rows(written(Exported(record, "Judul", NOW, NOW)))
    assert item["parentId"] == series["legacyId"]
    assert item["eventDates"] == item["eventTypes"] == item["eventStartDates"] == ""


BREAKS: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("mark of byte order", lambda data: b"\xef\xbb\xbf" + data, "UTF-8 File Encoding Check"),
    ("Latin-1", lambda data: data.replace("“".encode(), b"\x93"), "UTF-8 File Encoding Check"),
    ("Windows lines", lambda data: data.replace(b"\n", b"\r\n"), "Line endings"),
    ("unknown column", lambda data: data.replace(b"eventDates,", b"eventDays,", 1), "Column Name Validation"),
    ("column twice", lambda data: data.replace(b"accruals,", b"appraisal,", 1), "Duplicate Column Name Check"),
    ("cell too many", lambda data: data + b",\n", "CSV Column Count Check"),
    ("child before parent", lambda data: data.replace(b"urn:rilis:site:dinas-tani,,", b"other,,", 1), "Parent check"),
    ("twice the same", lambda data: data + data.split(b"\n")[1] + b"\n", "LegacyId check"),
    ("no date", lambda data: data.replace(b"2024-07-17,2024-07-17,,", b"17/7/2024,2024-07-17,,", 1), "Event Date Check"),
    ("no level", lambda data: data.replace(b",Subseries,", b",Siaran,", 1), "Term of levelOfDescription"),
    ("language", lambda data: data.replace(b",id,Latn,", b",ind,Latn,", 1), "language Check"),
    ("two types", lambda data: data.replace(b"2024,Publication,", b"2024,Publication|Creation,", 1), "Event Value Count Test"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "found"), BREAKS, ids=[one[0] for one in BREAKS])
def test_the_validator_finds_what_is_wrong(
    name: str, spoil: Callable[[bytes], bytes], found: str
) -> None:
    assert spoil(written(invented())) != written(invented())
    assert found in problems(spoil(written(invented())))


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"), ("+62 telepon", "'+62 telepon"), ("-x", "'-x"), ("@x", "'@x"), ("a = b", "a = b"),
        ('kata \\"kutip"', 'kata \\ "kutip"'), ("garis \\", "garis \\ "), ("a\\b", "a\\b"), ('"', '"'), ("a|b", "a|b"),
        ("a\r\nb", "a b"), ("a\x00b", "a\ufffdb"), ("\ud800", "\ufffd"), ("x" * 2000, None),
        ("\u00a0", "Press release"), ("\u2003\n", "Press release"),
    ],
)  # fmt: skip
def test_cells_are_read_for_what_they_are(title: str, cell: str | None) -> None:
    release = invented()
    data = written(Exported(release.record, title, NOW, NOW))
    item = rows(data)[-1]
    assert problems(data) == []
    assert item["title"] == cell or (cell is None and item["title"].startswith("xxx"))
    assert item["culture"] == "id"


def test_a_separator_in_a_name_makes_no_second_name() -> None:
    release = invented()
    people = (release.record.people[0].model_copy(update={"name": "Ratna | Wijaya"}),)
    record = release.record.model_copy(update={"people": people})
    item = rows(written(Exported(record, "Judul", NOW, NOW)))[-1]
    assert item["nameAccessPoints"] == "Ratna ¦ Wijaya|Dinas Pertanian Tirtasari"


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(exported(), exported())
def test_hostile_texts_come_back_and_atom_finds_nothing(first: Exported, second: Exported) -> None:
    same = first.key == second.key
    data = written(first) if same else written(first, second)
    assert problems(data) == []
    assert php_rows(data) == list(csv.reader(io.StringIO(data.decode(), newline="")))
    items = [one for one in rows(data) if one["levelOfDescription"] == "Item"]
    for release, item in zip((first, second), items, strict=not same):
        title = plain.one_line(release.headline).strip()
        if title:
            assert item["title"].replace("\\ ", "\\").removeprefix("'").strip() in (
                title.replace("\\ ", "\\"), title.replace("\\ ", "\\").removeprefix("'"),
            )  # fmt: skip
        assert "█" not in item["nameAccessPoints"]
