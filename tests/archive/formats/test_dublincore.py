"""Dublin Core, held against its schema by xmlschema and libxml2, and read by expat: libxml2 wrote."""

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from lxml import etree

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import dublincore, plain
from extractor.record import EventDate
from tests.archive.formats.golden import check
from tests.archive.formats.invented import EXAMPLES, exported, invented
from tests.archive.generator import generated

HERE = Path(__file__).parent
LIBXML = etree.XMLSchema(etree.parse(HERE / "oai_dc.xsd"))
XMLSCHEMA = xmlschema.XMLSchema(HERE / "oai_dc.xsd")


def written(*releases: Exported) -> bytes:
    stream = io.BytesIO()
    assert dublincore.write(releases, stream) == len(releases)
    return stream.getvalue()


def records(data: bytes) -> list[Any]:
    root = etree.fromstring(data)
    assert root.tag == "records"
    for one in root:
        LIBXML.assertValid(one)
        XMLSCHEMA.validate(etree.tostring(one, with_tail=False).decode())
    return list(root)


def read(element: Any) -> dict[str, list[str]]:
    """The values of each element, by name."""
    found: dict[str, list[str]] = {}
    for one in ElementTree.fromstring(etree.tostring(element, with_tail=False)):
        found.setdefault(one.tag.removeprefix(f"{{{dublincore.DC}}}"), []).append(one.text or "")
    return found


def test_the_invented_release_is_as_recorded() -> None:
    check("release.xml", written(invented()))


def test_a_harvester_finds_each_element() -> None:
    (record,) = records(written(invented()))
    page = "https://pertanian.tirtasari.example/berita/pelatihan?id=7&x=%7B1%7D"
    assert read(record) == {
        "title": ["Pemkab Tirtasari Gelar Pelatihan 100% Organik & {Mandiri} #1"],
        "creator": ["(Humas/rw)"],
        "subject": ["pelatihan", "Tanah Sehat, Panen Kuat; Warga Mandiri", "Dinas Pertanian Tirtasari"],
        "description": ["Pelatihan Pupuk Organik", "Panen Raya"],
        "publisher": ["dinas-tani"],
        "contributor": ["Ratna Wijaya"],
        "date": ["2024-07-17"],
        "type": ["Text"],
        "identifier": ["urn:rilis:release:0123456789abcdef", page],
        "source": [page],
        "language": ["id"],
        "coverage": ["Balai Desa Sukamaju, Karangjati", "Sukamaju", "Kabupaten Tirtasari", "Jawa Selatan", "2024-07-16"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"start": "2024-07-16", "end": "2024-07-16"}, "2024-07-16"),
        ({"start": "2024-07-16", "end": None}, "2024-07-16"),
        ({"start": "2024-07-16", "end": "2024-07-18"}, "start=2024-07-16; end=2024-07-18; scheme=W3C-DTF;"),
        ({"start": "2024-07-01", "end": "2024-07-31", "precision": "month"}, None),
        ({"start": None, "end": None}, None),
    ],
)  # fmt: skip
def test_the_time_covered_is_told_where_days_are_known(
    said: dict[str, Any], found: str | None
) -> None:
    assert (
        dublincore.period(
            EventDate(text="x", start_offset=0, end_offset=1, rule="r", confidence=1, **said)
        )
        == found
    )


def test_many_records_stand_in_one_document_and_in_order() -> None:
    releases = [
        Exported(r, "x", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z") for r in generated(20)
    ]
    data = written(*releases)
    identifiers = [one.findtext(f"{{{dublincore.DC}}}identifier") for one in records(data)]
    assert identifiers == [f"urn:rilis:release:{one.key}" for one in releases]
    assert data == written(*releases)
    assert records(written()) == []


def test_the_schema_refuses_what_is_no_dublin_core() -> None:
    bad = etree.fromstring(written(invented()).replace(b"dc:title", b"dc:headline"))
    assert not LIBXML.validate(bad[0])
    assert not XMLSCHEMA.is_valid(etree.tostring(bad[0], with_tail=False).decode())


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(exported())
def test_hostile_texts_come_back(release: Exported) -> None:
    (record,) = records(written(release))
    found = read(record)
    assert found.get("title", []) == list(filter(None, [plain.one_line(release.headline)]))
    names = [plain.one_line(event.name.said) for event in release.record.events]
    assert found.get("description", []) == list(dict.fromkeys(filter(None, names)))
    venues = {plain.one_line(e.venue.said) for e in release.record.events if e.venue} - {""}
    assert venues <= set(found.get("coverage", []))
    assert not any("█" in name for name in found.get("contributor", []))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in found.get("date", []))
