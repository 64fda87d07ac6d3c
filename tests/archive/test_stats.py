"""Counts of the archive: by month, type, venue, organiser, speaker; what was reviewed."""

import csv
import io
import json

import pytest

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.numbers import stats
from extractor.archive.numbers.stats import BY, REVIEWED, Count, Range, Reviewed
from extractor.archive.reviewing.addresses import parse
from extractor.archive.reviewing.deciding import accept, correct, reject
from extractor.archive.risk.withholding import withhold
from extractor.archive.store import Store
from extractor.record import Record
from tests.archive.doors import Run
from tests.archive.generator import generated


def changed(record: Record, key: str, **update: object) -> Record:
    """The record as another release, its main event changed."""
    (event,) = record.events
    told = {"id": key, "events": (event.model_copy(update=update),)}
    return Record.model_validate(record.model_copy(update=told).model_dump(by_alias=True))


def put(store: Store, *records: Record) -> None:
    add(store, from_records(records))


@pytest.fixture
def record() -> Record:
    return next(iter(generated(1, seed=21)))


def dated(record: Record, day: str) -> dict[str, object]:
    (event,) = record.events
    assert event.date is not None
    return {"date": event.date.model_copy(update={"start": day, "end": day})}


def test_months_between_are_filled_and_events_without_a_day_are_told(
    store: Store, record: Record
) -> None:
    source = record.source.model_copy(update={"published": None})
    undated = changed(record, "r3", date=None).model_copy(update={"source": source})
    published = changed(record, "r4", date=None)
    put(store, changed(record, "r1", **dated(record, "2023-11-30")))
    put(store, changed(record, "r2", **dated(record, "2024-02-01")), undated, published)
    month = (record.source.published or "")[:7]
    with store.read() as connection:
        found = stats.by_month(connection)
    told = {one.label: one.n for one in found}
    assert (told["2023-11"], told["2023-12"], told["2024-02"], told[None]) == (1, 0, 1, 1)
    assert told[month] >= 1
    assert found[-1] == Count(None, 1)
    assert [one.label for one in found[:-1]] == sorted(one.label for one in found[:-1] if one.label)


def test_only_main_events_that_took_or_take_place_count(store: Store, record: Record) -> None:
    (event,) = record.events
    beside = event.model_copy(update={"main": False})
    two = changed(record, "r1").model_copy(update={"events": (event, beside)})
    put(store, two, changed(record, "r2", status="cancelled"), changed(record, "r3", type=None))
    with store.read() as connection:
        assert stats.by_type(connection) == [Count(event.type, 1), Count(None, 1)]


def test_an_event_told_by_several_releases_counts_once(store: Store, record: Record) -> None:
    put(store, changed(record, "r1"), changed(record, "r2"), changed(record, "r3"))
    with store.write() as connection:
        entity = {"id": 1, "name": "x", "created_at": "2024"}
        connection.execute(schema.event_entities.insert(), [entity])
        more = {"score": 1.0, "reasons": "{}", "author": "x", "linked_at": "2024"}
        states = {1: "proposed", 2: "confirmed", 3: "rejected"}
        rows = [{"entity_id": 1, "event_id": n, "state": s, **more} for n, s in states.items()]
        connection.execute(schema.event_links.insert(), rows)
    with store.read() as connection:
        for count in (stats.by_venue, stats.by_organizer, stats.by_type):
            assert [one.n for one in count(connection)] == [2]


def test_one_venue_in_several_spellings_is_one(store: Store, record: Record) -> None:
    (event,) = record.events

    def at(key: str, words: str) -> Record:
        text = f"{record.text}\n{words}"
        venue = event.venue.model_copy(update={"text": words, "start": len(record.text) + 1, "end": len(text)})  # type: ignore[union-attr] # fmt: skip
        return changed(record.model_copy(update={"text": text}), key, venue=venue)

    put(store, at("r1", "Aula Melati"), at("r2", "AULA  MELATI"), at("r3", "Aula Melati"))
    with store.read() as connection:
        assert stats.by_venue(connection) == [Count("Aula Melati", 3)]


def test_what_is_withheld_is_not_counted_or_not_named(store: Store, record: Record) -> None:
    put(store, changed(record, "r1"), changed(record, "r2"))
    name = record.people[0].name
    withhold(store, ["r1"], "other", "why", "Rini")
    withhold(store, [f"r2#{one.id}" for one in record.people], "other", "why", "Rini")
    with store.read() as connection:
        (found, *more) = stats.by_speaker(connection)
        assert sum(one.n for one in stats.by_month(connection)) == 1
        fields = {one.label: one.total for one in stats.by_field(connection)}
    assert not more or all(one.label is None for one in (found, *more))
    assert found.label is None
    assert name not in str(found)
    assert fields["event.name"] == 1


def test_how_many_withheld_releases_do_not_count_is_told(
    store: Store, archive_url: str, rilis: Run, record: Record
) -> None:
    put(store, changed(record, "r1", **dated(record, "2023-11-30")))
    put(store, changed(record, "r2", **dated(record, "2024-02-01")), changed(record, "r3"))
    withhold(store, ["r1", "r2"], "other", "why", "Rini")
    withhold(
        store, [f"r3#{record.people[0].id}"], "other", "why", "Rini"
    )  # counts without her name
    for by in (*BY, *REVIEWED):
        for arguments, told in (
            ([], "2 releases are withheld and left out\n"),
            (["--since", "2024-01-15", "--until", "2024-02-15"],
             "1 release is withheld and left out\n"),
            (["--until", "2023-01-01"], ""), (["--site", "elsewhere"], ""),
        ):  # fmt: skip
            ran = ("archive", "stats", "--by", by, "--format", "csv", *arguments)
            assert rilis(*ran, "--archive", archive_url)[2] == told, (by, arguments)


def test_how_many_releases_are_between_no_days_is_told(
    store: Store, archive_url: str, rilis: Run, record: Record
) -> None:
    source = record.source.model_copy(update={"published": None})
    put(store, changed(record, "r1"))
    put(store, changed(record, "r2").model_copy(update={"source": source}))  # its event has a day
    put(store, changed(record, "r3", date=None).model_copy(update={"source": source}))
    for by in (*BY, *REVIEWED):
        ran = ("archive", "stats", "--by", by, "--format", "csv", "--archive", archive_url)
        day = "the event's" if by in BY and by != "speaker" else "that of the publication"
        told = {
            "the event's": "1 release without a day is left out\n",
            "that of the publication": "2 releases without a day are left out\n",
        }[day]
        assert rilis(*ran, "--since", "1990-01-01")[2] == told, by
        assert rilis(*ran, "--until", "2090-01-01")[2] == told, by
        assert rilis(*ran, "--since", "1990-01-01", "--site", "elsewhere")[2] == "", by
        assert rilis(*ran)[2] == "", by


def test_what_was_reviewed_by_field_and_by_rule(store: Store, record: Record) -> None:
    put(store, *(changed(record, f"r{number}") for number in range(1, 5)))
    accept(store, parse("event.venue:1"), reviewer="Sri")
    correct(store, parse("event.venue:2"), "Aula Lain", reviewer="Sri")
    reject(store, parse("event.venue:3"), reviewer="Sri")
    with store.read() as connection:
        found = {one.label: one for one in stats.by_field(connection)}
        rules = stats.by_rule(connection)
        inside = {one.label: one for one in stats.by_field(connection, Range(since="1990-01-01"))}
    assert found["event.venue"] == Reviewed("event.venue", 1, 1, 1, 1)
    assert (found["event.venue"].share, found["event.venue"].precision) == (0.75, 1 / 3)
    assert found["event.name"].precision is None
    assert inside == found
    assert (rules[0].label, rules[0].reviewed, rules[0].total) == ("venues.place", 3, 4)


def test_an_earlier_text_of_a_release_is_not_counted(store: Store, record: Record) -> None:
    put(store, record)
    with store.read() as connection:
        before = stats.by_field(connection)
    longer = record.model_copy(update={"text": record.text + "\nTamat."})
    put(store, longer)
    with store.read() as connection:
        assert stats.by_field(connection) == before


def test_range_and_site_choose(store: Store) -> None:
    records = list(generated(60, seed=3))
    put(store, *records)
    year = [one for one in records if (one.events[0].date and (one.events[0].date.start or "")[:4] == "2019")]  # fmt: skip
    with store.read() as connection:
        found = stats.by_month(connection, Range("2019-01-01", "2019-12-31"))
        assert sum(one.n for one in found) == len(year)
        for site in {one.source.site for one in records if one.source.site}:
            mine = sum(one.source.site == site for one in records)
            for by in (stats.by_month, stats.by_type, stats.by_venue):
                assert sum(one.n for one in by(connection, Range(site=site))) == mine


def test_an_empty_archive_counts_nothing(store: Store) -> None:
    with store.read() as connection:
        assert [by(connection, Range()) for by in (*BY.values(), *REVIEWED.values())] == [[]] * 7


@pytest.mark.parametrize("by", [*BY, *REVIEWED])
def test_the_command_says_the_same_in_every_form(
    store: Store, archive_url: str, rilis: Run, by: str
) -> None:
    put(store, *generated(30, seed=5))
    at = ("archive", "stats", "--by", by, "--archive", archive_url)
    status, out, _err = rilis(*at, "--format", "json")
    rows = json.loads(out)
    assert (status, len(rows) > 1) == (0, True)
    told = csv.DictReader(io.StringIO(rilis(*at, "--format", "csv")[1]))
    same = [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]
    assert list(told) == same
    status, out, _err = rilis(*at)
    assert str(next(iter(rows[0].values()))) in out
    assert status == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--by", "colour"), "one of month"), (("--format", "xml"), "the forms are"),
        (("--since", "2024"), "--since"), (("--chart", "a.gif"), ".svg or .png"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(
    store: Store, archive_url: str, rilis: Run, more: tuple[str, str], told: str
) -> None:
    status, _out, err = rilis("archive", "stats", *more, "--archive", archive_url)
    assert (status, told in err) == (2, True), err
