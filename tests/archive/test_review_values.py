"""What no value can be is refused with a reason, and nothing changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.reviewing.addresses import Address, parse
from extractor.archive.reviewing.deciding import correct, dismiss, take
from extractor.archive.reviewing.requests import parts_given, perform, span_of, typed
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.record import Record, record_from_json
from extractor.resources import corpus_dir
from tests.archive.reviews import SRI, everything, put, seen


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An archive with the sample that no test changes: what is refused leaves no trace."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("values") / "archive.db")
    sample = corpus_dir() / "sample" / "2024-07-11-rakor-kader.json"
    with Store.open(path) as store:
        put(store, record_from_json(sample.read_bytes()))
        yield store


BAD: list[tuple[str, Any, tuple[int, int] | None, str]] = [
    # field, value, place, what is said
    ("event.date:1", "2024-02-30", None, "'2024-02-30': is no day like 2024-05-02"),
    ("event.date:1", "2024-13", None, "is no day like 2024-05-02, no month like 2024-05"),
    ("event.date:1", "0000", None, "is no day like"),
    ("event.date:1", "2 Mei 2024", None, "'2 Mei 2024': is no day like 2024-05-02 or"),
    ("event.date:1", "2024-05-03/2024-05-02", None, "ends before it begins"),
    ("event.date:1", "2024-05-03 25:00", None, "'25:00': is no time like 09:00"),
    ("event.date:1", "2024-05-03 9:00", None, "is no day like"),
    ("event.date:1", {"time_start": "pagi"}, None, "'pagi': is no time like 09:00"),
    ("event.date:1", "٢٠٢٤-٠٥-٠٢", None, "is no day like"),
    ("event.date:1", {"day": "2024-05-02"}, None, "event.date has no part 'day'; it has: date"),
    ("event.date:1", None, None, "give a value, or the place of its words"),
    ("event.date:1", "", None, "an empty value is none; reject the field"),
    ("event.name:1", "   ", None, "name: is empty"),
    ("event.name:1", 7, None, "a value is a text or an object"),
    ("event.name:1", {"name": ["x"]}, None, "name: ['x'] is no text"),
    ("event.name:1", {"status": "over"}, None, "'over' is none of held, planned, postponed"),
    ("event.name:1", "x" * 1001, None, "name: longer than 1000 characters"),
    ("event.name:1", {"type": "x" * 201}, None, "type: longer than 200 characters"),
    ("event.name:1", "a\0b", None, "holds characters that no text has"),
    ("event.name:1", "a\ud800b", None, "holds characters that no text has"),
    ("event.name:1", "\x1b[2Jx", None, "holds characters that no text has"),
    ("event.name:1", None, (0, 10**6), "span 0:1000000: outside the text, which has"),
    ("event.name:1", None, (-5, 3), "span -5:3: outside the text"),
    ("event.name:1", None, (7, 7), "span 7:7: outside the text"),
    ("event.name:1", None, (141, 143), "span 141:143: holds nothing but blanks"),
    ("event.venue:1", {"mode": "di mana saja"}, None, "'di mana saja' is none of onsite, online"),
    ("event.venue:1", {"planet": "Bumi"}, None, "has no part 'planet'"),
    ("event.participant:1:1", {"headcount": "banyak"}, None, "headcount is a whole number"),
    ("event.participant:1:1", {"headcount": -3}, None, "headcount is a whole number"),
    ("event.participant:1:1", {"headcount": True}, None, "headcount is a whole number"),
    ("event.participant:1:1", {"person": "p9"}, None,
     "'p9': no person of this release; there are: p1 Danu"),
    ("quote.text:1", "kata yang tidak ada", None, "the text does not say 'kata yang tidak ada'"),
    ("quote.text:1", "sejak dari kelurahan", (0, 14), "at 0:14 the text says 'Satukan Langka"),
    ("quote.text:1", {"kind": "sung"}, None, "'sung' is none of direct, reported"),
    ("quote.speaker:1", "Siti", None, "'Siti': no person of this release; there are: p1 Danu"),
    ("quote.speaker:1", {"delivered_by": "p7"}, None, "'p7': no person of this release"),
    ("person.name:1", {"pseudonym": "mungkin"}, None, "pseudonym is true or false"),
    ("person.name:1", {"titles": 3}, None, "titles: a list of texts"),
    ("person.name:1", {"aliases": [None]}, None, "aliases: None is no text"),
    ("person.mention:1:0", "Bambang", None, "the text does not say 'Bambang'"),
    ("event.venue:99", "x", None, "event.venue:99: there is no event 99"),
    ("quote.date:1", "2024-05-02", None, "quote.date:1: is not there"),
    ("event.organizer:1:7", "x", None, "event.organizer:1:7: is not there"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "span", "said"), BAD)
def test_what_cannot_hold_is_refused_and_nothing_changes(
    kept: Store, field: str, value: Any, span: Any, said: str
) -> None:
    before = everything(kept)
    with pytest.raises(UsageError) as error:
        correct(kept, parse(field), value, span, reviewer=SRI)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert everything(kept) == before


BAD_ADDED: list[tuple[str, int, Any, Any, str]] = [
    ("event.venue", 1, "Kantor Setda", None, "event.venue:1: has a value; correct it"),
    ("quote.speaker", 1, "Danu", None, "quote.speaker:1: has a value; correct it"),
    ("event.theme", 1, "Tema yang Tidak Tertulis", None, "no words of the text say this"),
    ("person.name", 1, "Bambang", None, "person.name: no words of the text say this"),
    ("person.name", 1, None, None, "person.name: no words of the text say this"),
    ("person.name", 44, "Danu", None, "there is no release 44"),
    ("event.theme", 44, "Satukan", None, "there is no event 44"),
    ("event.colour", 1, "x", None, "event.colour: no field; there are: event.name"),
    ("quote.date", 1, "2024-07-11", None, "no words of the text say this; name their place"),
    ("quote.date", 1, None, (0, 14), "which day? such as 2024-05-02"),
    ("event.participant", 1, {"person": "p3"}, None, "'p3': no person of this release"),
]


@pytest.mark.parametrize(("field", "owner", "value", "span", "said"), BAD_ADDED)
def test_what_cannot_be_added_is_refused_and_nothing_changes(
    kept: Store, field: str, owner: int, value: Any, span: Any, said: str
) -> None:
    before = everything(kept)
    with pytest.raises(UsageError) as error:
        add_missing(kept, field, owner, value, span, reviewer=SRI)
    assert said in str(error.value)
    assert everything(kept) == before


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"field": "event.venue:1"}, "None: no action; there are: accept"),
        ({"action": "accept"}, "name the field, such as event.venue:12"),
        ({"field": True, "action": "accept"}, "name the field"),
        ({"field": "event.venue:1", "action": "bless"}, "'bless': no action"),
        ({"field": "event.venue", "action": "accept"}, "'event.venue': no field; fields are named"),
        ({"field": "events.venue:1", "action": "accept"}, "no field; fields are named"),
        ({"field": "event.venue:1", "action": "accept", "value": "x"}, "accept: takes no value"),
        ({"field": "event.venue:1", "action": "accept", "colour": 1}, "a decision has no 'colour'"),
        ({"field": "event.venue:1", "action": "correct", "span": [1]}, "a place is two numbers"),
        ({"field": "event.venue:1", "action": "correct", "span": "1-2"}, "no place; give first"),
        ({"field": "event.venue:1", "action": "accept", "note": 3}, "note: is no text"),
        ({"field": "event.venue:1", "action": "accept", "note": "a\0"}, "the note is too long or"),
        ({"field": "x", "action": "take"}, "'x': is no number"),
        ({"field": 5, "action": "dismiss"}, "proposal 5 is not open"),
        ({"field": "release.complete:1", "action": "accept"}, "decide with complete"),
        ({"field": "event.venue:1", "action": "accept", "reviewer": "\n"}, "who reviews?"),
    ],
)
def test_a_request_that_says_no_decision_is_refused(
    kept: Store, request_: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError) as error:
        perform(kept, request_, SRI)
    assert said in str(error.value)


@pytest.mark.parametrize("act", [take, dismiss])
def test_a_newer_reading_that_is_not_there_is_refused(kept: Store, act: Any) -> None:
    with pytest.raises(UsageError, match="proposal 3 is not open"):
        act(kept, 3, reviewer=SRI)


def test_postgresql_refuses_alike(postgresql_archive: str, record: Record) -> None:
    with Store.open(postgresql_archive) as store:
        put(store, record)
        before = everything(store)
        for field, value, span, said in BAD:
            with pytest.raises(UsageError) as error:
                correct(store, parse(field), value, span, reviewer=SRI)
            assert said in str(error.value)
        assert everything(store) == before


@pytest.mark.parametrize(
    ("field", "line", "value", "span"),
    [
        ("event.venue", "Aula Melati", "Aula Melati", None),
        ("event.venue", " 12:30 ", None, (12, 30)),
        ("event.venue", "Aula Melati @12:30", "Aula Melati", (12, 30)),
        ("event.venue", "mode=online; room=Aula", {"mode": "online", "room": "Aula"}, None),
        ("event.venue", "warna=biru", "warna=biru", None),
        ("event.date", "2024-05-02 09:00", "2024-05-02 09:00", None),
        ("person.name", "titles=", {"titles": ""}, None),
        ("person.name", "surel@contoh.go.id", "surel@contoh.go.id", None),
    ],
)
def test_what_a_person_types_is_words_a_place_or_parts(
    field: str, line: str, value: Any, span: Any
) -> None:
    assert typed(field, line) == (value, span)


def test_parts_are_given_beside_the_value() -> None:
    address = Address("event.venue", 1)
    assert parts_given(address, "Aula", ["mode=online"]) == {"name": "Aula", "mode": "online"}
    assert parts_given(address, "Aula", []) == "Aula"
    with pytest.raises(UsageError, match="a part is given as name=value"):
        parts_given(address, None, ["online"])
    assert span_of("3:14") == (3, 14)


@pytest.mark.parametrize("text", ["event.venue:12", "event.organizer:12:1", "release.credit:5"])
def test_an_address_reads_back_as_it_is_written(text: str) -> None:
    assert str(parse(text)) == text


def test_the_nearest_of_equal_words_is_taken(store: Store, record: Record) -> None:
    put(store, record)
    start = seen(store, "quote.speaker:3").start
    assert start is not None
    correct(store, parse("quote.cue:3"), "Danu", reviewer=SRI)
    assert seen(store, "quote.cue:3").start == start


def test_words_are_found_over_line_ends_and_blanks(store: Store, record: Record) -> None:
    put(store, record)
    correct(store, parse("event.name:1"), "Tahun  2024 DPMPPA", reviewer=SRI)
    view = seen(store, "event.name:1")
    assert view.words == "Tahun 2024\n\nDPMPPA"
    assert view.value is not None
    assert view.value["name"] == "Tahun  2024 DPMPPA"
