"""iCalendar, read by vobject and ics, which share no code with the writer's library."""

import datetime
import io
import re
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import ics
import pytest
import vobject
from hypothesis import HealthCheck, given, settings

from extractor.archive.exchange.exported import Exported
from extractor.archive.formats import icalendar, plain
from extractor.record import EventDate, to_json
from tests.archive.formats.golden import check
from tests.archive.formats.invented import EXAMPLES, exported, invented
from tests.archive.generator import generated

WITA = datetime.timedelta(hours=8)


def written(*releases: Exported) -> bytes:
    stream = io.BytesIO()
    assert icalendar.write(releases, stream) == len(releases)
    return stream.getvalue()


def read(data: bytes) -> Any:
    (calendar,) = vobject.readComponents(data.decode(), validate=True)
    return calendar


def texts(component: Any, name: str) -> list[str]:
    return [one.value for one in component.contents.get(name, [])]


def test_the_invented_release_is_as_recorded() -> None:
    check("release.ics", written(invented()))


def test_an_event_has_its_hours_in_its_zone() -> None:
    (event,) = read(written(invented())).vevent_list
    assert event.summary.value == "Pelatihan Pupuk Organik"
    assert event.dtstart.value.isoformat() == "2024-07-16T09:00:00+08:00"
    assert event.dtend.value.isoformat() == "2024-07-16T12:30:00+08:00"
    assert event.dtstart.value.utcoffset() == WITA
    assert event.location.value == "Balai Desa Sukamaju, Karangjati"  # as corrected
    assert event.status.value == "CONFIRMED"
    assert texts(event, "contact") == ["Dinas Pertanian Tirtasari"]
    assert event.url.value == "https://pertanian.tirtasari.example/berita/pelatihan?id=7&x=%7B1%7D"
    assert "Tanah Sehat, Panen Kuat; Warga Mandiri" in event.description.value
    assert "Ratna Wijaya; Melati (name changed); 120 petani 🌾" in event.description.value
    assert event.dtstamp.value.isoformat() == "2024-08-06T04:05:06+00:00"
    assert texts(event, "refid") == ["urn:rilis:event:3"]


def test_another_reader_sees_the_same_event() -> None:
    (event,) = ics.Calendar(written(invented()).decode()).events
    assert event.name == "Pelatihan Pupuk Organik"
    assert event.begin.isoformat() == "2024-07-16T09:00:00+08:00"
    assert event.end.isoformat() == "2024-07-16T12:30:00+08:00"
    assert event.location == "Balai Desa Sukamaju, Karangjati"


def test_each_value_keeps_its_words_rule_and_decision() -> None:
    (event,) = read(written(invented())).vevent_list
    values = {one.params["X-FIELD"][0]: one for one in event.contents["x-rilis-value"]}
    venue = values["event.venue"]
    assert venue.value.replace("\\,", ",") == "Balai Desa Sukamaju, Kecamatan Karangjati"
    start, end = int(venue.params["X-START"][0]), int(venue.params["X-END"][0])
    assert invented().record.text[start:end] == venue.value.replace("\\,", ",")
    assert venue.params["X-RULE"] == ["venues.place"]
    assert venue.params["X-CONFIDENCE"] == ["0.93"]
    assert venue.params["X-STATE"] == ["corrected"]
    assert values["event.theme"].params["X-STATE"] == ["unreviewed"]


def test_an_event_without_a_day_is_a_note_and_told() -> None:
    said: list[str] = []
    stream = io.BytesIO()
    icalendar.write([invented()], stream, said.append)
    (note,) = read(stream.getvalue()).vjournal_list
    assert note.summary.value == "Panen Raya"
    assert "dtstart" not in note.contents
    assert len(said) == 1
    assert "without a day: 1;" in said[0]


def test_the_command_tells_of_events_without_a_day(
    rilis: Callable[..., tuple[int, str, str]], sqlite_archive: str, tmp_path: Path
) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(to_json(invented().record) + "\n", encoding="utf-8")
    assert rilis("archive", "add", records, "--archive", sqlite_archive)[0] == 0
    status, out, said = rilis("archive", "export", "--format", "ical", "--archive", sqlite_archive)
    assert status == 0
    assert len(read(out.encode()).vevent_list) == 1
    assert "events without a day: 1;" in " ".join(said.split())


@pytest.mark.parametrize(
    ("said", "begin", "end"),
    [
        ({"start": "2024-07-16", "end": "2024-07-16"}, "2024-07-16", "2024-07-17"),
        ({"start": "2024-07-16", "end": None}, "2024-07-16", "2024-07-17"),
        ({"start": "2024-07-16", "end": "2024-07-18"}, "2024-07-16", "2024-07-19"),
        ({"start": "2024-07-16", "end": "2024-07-18", "time_start": "09:00"}, "2024-07-16", "2024-07-19"),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_start": "09:00"}, "2024-07-16T09:00:00", None),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_start": "09:00", "timezone": "WIT"}, "2024-07-16T09:00:00+09:00", None),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_start": "22:00", "time_end": "01:00", "timezone": "WIB"}, "2024-07-16T22:00:00+07:00", None),
        ({"start": "2024-07-16", "end": "2024-07-16", "time_end": "12:00"}, "2024-07-16", "2024-07-17"),
        ({"start": "2024-07-16", "end": "2024-07-14"}, "2024-07-16", "2024-07-17"),
        ({"start": "9999-12-31", "end": "9999-12-31"}, "9999-12-31", None),
    ],
)  # fmt: skip
def test_days_end_on_the_day_after_and_hours_where_they_are_told(
    said: dict[str, Any], begin: str, end: str | None
) -> None:
    date = EventDate(text="x", start_offset=0, end_offset=1, rule="r", confidence=1, **said)
    found = icalendar.days(date)
    assert found is not None
    assert (found[0].isoformat(), found[1] and found[1].isoformat()) == (begin, end)


@pytest.mark.parametrize("precision", ["month", "year", "part"])
def test_what_is_no_day_is_no_day_of_a_calendar(precision: Any) -> None:
    date = EventDate(
        text="x",
        start_offset=0,
        end_offset=1,
        rule="r",
        confidence=1,
        start="2024-07-01",
        end="2024-07-31",
        precision=precision,
    )
    assert icalendar.days(date) is None
    assert icalendar.days(None) is None


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("held", "CONFIRMED"),
        ("planned", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_the_status_is_one_of_a_calendar(status: Any, shown: str) -> None:
    release = invented()
    event = release.record.events[0].model_copy(update={"status": status})
    record = release.record.model_copy(update={"events": (event,)})
    (found,) = read(
        written(Exported(record, "x", release.added_at, release.updated_at))
    ).vevent_list
    assert found.status.value == shown
    assert texts(found, "x-rilis-status") == [status]


def test_an_identifier_is_the_events_own_and_stays() -> None:
    releases = [
        Exported(r, "x", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z") for r in generated(30)
    ]
    first, again = written(*releases), written(*reversed(releases))
    found = re.findall(r"UID:(\S+)", first.decode())
    assert len(set(found)) == 30
    assert set(found) == set(re.findall(r"UID:(\S+)", again.decode()))
    assert all(uuid.UUID(one) for one in found)
    assert written(*releases) == first


def test_the_zones_have_the_offsets_of_the_tz_database() -> None:
    calendar = read(written())
    told = {one.tzid.value: one.standard.tzoffsetto.value for one in calendar.vtimezone_list}
    assert told == {"Asia/Jakarta": "+0700", "Asia/Makassar": "+0800", "Asia/Jayapura": "+0900"}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(exported())
def test_hostile_texts_come_back_in_lines_of_75_octets(release: Exported) -> None:
    data = written(release)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8", "strict")  # no character is cut in two
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    calendar = read(data)
    events = release.record.events
    found = [*calendar.contents.get("vevent", []), *calendar.contents.get("vjournal", [])]
    assert len(found) == len(events)
    assert seen(one.summary.value for one in found) == seen(e.name.said for e in events)
    venues = [e.venue.said for e in events if e.venue and icalendar.days(e.date)]
    assert seen(one.location.value for one in found if "location" in one.contents) == seen(venues)
    assert sum(len(texts(one, "contact")) for one in found) == sum(
        len(e.organizers) for e in events
    )


def seen(values: Iterable[str]) -> list[str]:
    """The texts in order, as they can stand in a calendar; the library takes a leading U+FEFF for a
    byte order mark."""
    return sorted(plain.lines(value).replace("\ufeff", "") for value in values)
