"""Datasette shows an archive well, and nothing that is withheld: asked in this very process."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from sqlalchemy import insert

from extractor.archive import schema
from extractor.archive.datasette import HIDDEN, metadata
from extractor.archive.exchange.exported import exported
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.records import records_of, release_ids
from extractor.archive.reviewing.addresses import Address
from extractor.archive.reviewing.deciding import accept
from extractor.archive.risk.disclosure import public_release_ids
from extractor.archive.store import Store
from extractor.archive.verifying import faults
from tests.archive.exchanges import withhold, write
from tests.archive.generator import generated

RECORDS = list(generated(40, seed=21))
NOW = "2025-01-01T00:00:00Z"
Rilis = Callable[..., tuple[int, str, str]]


class Asked:
    """A Datasette of one archive, asked for pages."""

    def __init__(self, archive: Path, told: dict[str, Any], root: bool = False) -> None:
        self.datasette = Datasette([str(archive)], metadata=told)
        self.cookies = (
            {"ds_actor": self.datasette.sign({"a": {"id": "root"}}, "actor")} if root else {}
        )

    def __call__(self, *paths: str) -> list[Any]:
        async def asked() -> list[Any]:
            await self.datasette.invoke_startup()
            try:
                return [
                    await self.datasette.client.get(path, cookies=self.cookies) for path in paths
                ]
            finally:
                for database in self.datasette.databases.values():
                    database.close()
                self.datasette.executor.shutdown()

        return asyncio.run(asked())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of releases, with a person who is known across them."""
    path = tmp_path_factory.mktemp("datasette") / "arsip.db"
    with Store.open(path, create=True) as store:
        add(store, from_records(RECORDS))
        accept(store, Address("event.venue", 1), reviewer="Sri")
        with store.write() as connection:
            connection.execute(
                insert(schema.person_entities).values(id=9, name="Ibu Ratna", created_at=NOW)
            )
            for number in (1, 6):
                connection.execute(
                    insert(schema.person_links).values(
                        entity_id=9, person_id=number, score=0.9, reasons='["rahasia"]', state="confirmed",
                        author="sari", linked_at=NOW,
                    )
                )  # fmt: skip
    return path


@pytest.fixture
def withheld(archive: Path, tmp_path: Path) -> Iterator[Store]:
    """The same, with a release and a person withheld."""
    with Store.open(Path(shutil.copy(archive, tmp_path / "arsip.db"))) as store:
        withhold(store, release_id=2)
        withhold(store, person_id=1)
        yield store


def told_of(path: Path) -> dict[str, Any]:
    with Store.open(path, read_only=True) as store:
        return metadata(store, path.stem)[0]


def test_every_page_opens_with_search_facets_and_ready_made_questions(archive: Path) -> None:
    told = told_of(archive)
    database = told["databases"]["arsip"]
    shown = [name for name, table in database["tables"].items() if not table.get("hidden")]
    word = RECORDS[0].events[0].name.text.split()[-1]
    month = (RECORDS[0].events[0].date.start or "")[:7]  # type: ignore[union-attr]
    person = RECORDS[0].people[0].name
    pages = ["/", "/arsip", *(f"/arsip/{name}" for name in shown)]
    data = [
        f"/arsip/releases.json?_search={word}&_shape=objects",
        "/arsip/events.json?_shape=objects",
        f"/arsip/events_of_month.json?month={month}&_shape=objects",
        f"/arsip/venues_with_words.json?venue={quote(RECORDS[0].events[0].venue.text)}&_shape=objects",  # type: ignore[union-attr]
        f"/arsip/quotes_of_person.json?person={quote(person)}&_shape=objects",
        "/arsip/quotes_of_person.json?person=Ratna&_shape=objects",
        "/arsip/least_sure.json?confidence=0.6&_shape=objects",
    ]
    answers = Asked(archive, told)(*pages, *data)
    assert {answer.status_code for answer in answers} == {200}
    html = {page: answer.text for page, answer in zip(pages, answers, strict=False)}
    assert "Releases, events, people and quotes" in html["/arsip"]
    assert all(f'href="/arsip/{name}"' not in html["/arsip"] for name in HIDDEN)
    assert "_facet=event_class" in html["/arsip/events"] or "facet-info" in html["/arsip/events"]
    found, events, months, venues, quotes, entity, unsure = (
        answer.json() for answer in answers[len(pages) :]
    )
    holding = [one for one in RECORDS if word.lower() in one.text.lower().replace("-", " ").split()]
    assert found["filtered_table_rows_count"] >= len(holding) > 0
    assert set(events["facet_results"]) == {"event_class", "type", "status", "main", "state"}
    assert RECORDS[0].events[0].name.text in {row["event"] for row in months["rows"]}
    [venue] = [row for row in venues["rows"] if row["release"] == RECORDS[0].id]
    assert (venue["reviewer"], venue["words"], venue["rule"]) == (
        "Sri",
        RECORDS[0].events[0].venue.text,
        "venues.place",
    )  # type: ignore[union-attr]
    spoken = [one.text for one in RECORDS[0].quotes if one.speaker == RECORDS[0].people[0].id]
    assert set(spoken) <= {row["text"] for row in quotes["rows"]}
    assert set(spoken) <= {row["text"] for row in entity["rows"]}
    assert [row["confidence"] for row in unsure["rows"]] == sorted(
        row["confidence"] for row in unsure["rows"]
    )


def test_tables_and_columns_are_described_in_the_language_asked_for(
    archive: Path, rilis: Rilis, tmp_path: Path
) -> None:
    status, out, _said = rilis("archive", "datasette-metadata", "--archive", archive)
    assert status == 0
    tables = json.loads(out)["databases"]["arsip"]["tables"]
    for name, table in schema.metadata.tables.items():
        if name in HIDDEN:  # also those of older archives
            assert tables[name] == {"hidden": True, "allow": False}
        else:
            assert tables[name]["description"], name
            assert set(tables[name]["columns"]) <= set(table.columns.keys())
            assert set(tables[name].get("facets", ())) <= set(table.columns.keys())
    target = tmp_path / "metadata.json"
    assert (
        rilis("archive", "datasette-metadata", "--archive", archive, "-o", target, "--lang", "id")[
            0
        ]
        == 0
    )
    assert json.loads(target.read_text())["databases"]["arsip"]["tables"]["events"]["facets"]


def test_an_archive_in_which_something_is_withheld_is_open_to_the_root_user_alone(
    withheld: Store, rilis: Rilis
) -> None:
    path = Path(withheld.location)
    _status, out, said = rilis("archive", "datasette-metadata", "--archive", path)
    assert "--root" in said
    assert "export --format sqlite" in said
    told = json.loads(out)
    pages = (
        "/arsip", "/arsip.json", "/arsip/releases", "/arsip/releases.csv", "/arsip/people.json", "/arsip/people/1", "/arsip/spans?_facet=words",
        "/arsip/withholdings", "/arsip/quotes_of_person?person=a", "/arsip?sql=select+1", "/arsip.db",
        "/arsip.json?sql=select+*+from+versions", "/arsip/search_index", "/arsip/search_documents",
    )  # fmt: skip
    assert {answer.status_code for answer in Asked(path, told)(*pages)} == {403}
    [front] = Asked(path, told)("/")
    assert RECORDS[0].people[0].name not in front.text
    assert {answer.status_code for answer in Asked(path, told, root=True)(*pages[:5])} == {200}


def test_the_public_archive_holds_nothing_that_is_withheld(withheld: Store, tmp_path: Path) -> None:
    public = tmp_path / "public.db"
    written = write(withheld, "sqlite", public)
    assert (written.releases, written.masked, written.withheld) == (39, 1, 1)
    name = RECORDS[0].people[0].name
    other = RECORDS[1]
    raw = public.read_bytes()
    for secret in (
        other.id,
        other.source.uri or other.source.path,
        other.source.title,
        other.events[0].venue.text,
        "rahasia",
        "korban",
    ):  # type: ignore[union-attr]
        held = sum(str(secret) in one.model_dump_json() for one in [RECORDS[0], *RECORDS[2:]])
        assert held or str(secret).encode() not in raw, secret
    with Store.open(public, read_only=True) as store:
        assert list(faults(store)) == []
        with store.read() as connection:
            first, *rest = list(records_of(connection, release_ids(connection)))
            for table in (
                schema.withholdings,
                schema.withholding_log,
                schema.masked_rows,
                schema.readings,
                schema.link_operations,
            ):
                assert connection.execute(table.select()).all() == []
            entities = connection.execute(schema.person_entities.select()).all()
    assert name not in first.model_dump_json()
    assert rest == RECORDS[2:]
    assert entities == []  # she is known by one name across releases, and withheld in one of them
    assert sorted(path.name for path in tmp_path.glob("public*")) == ["public.db"]

    told = told_of(public)
    pages = [
        "/", "/public", *(f"/public/{one}" for one in ("releases", "people", "spans", "quotes", "versions", "events", "roles")),
        f"/public/quotes_of_person?person={quote(name)}", f"/public/releases?_search={quote(name.split()[0])}", "/public/releases.json?_size=max", "/public/people.json?_size=max",
        "/public.json?sql=" + quote("select * from versions"), "/public.json?sql=" + quote("select * from search_documents"),
    ]  # fmt: skip
    answers = Asked(public, told)(*pages)
    assert {answer.status_code for answer in answers} == {200}
    where = [row for row in answers[-2].json()["rows"] if row[1] == 1]
    assert name not in json.dumps(where)
    assert all(other.id not in answer.text for answer in answers)


def test_the_public_archive_keeps_what_people_decided_and_links(
    archive: Path, tmp_path: Path
) -> None:
    with Store.open(archive) as store:
        write(store, "sqlite", tmp_path / "public.db")
        with store.read() as connection:
            before = list(exported(connection, public_release_ids(connection)))
    with Store.open(tmp_path / "public.db") as store, store.read() as connection:
        after = list(exported(connection, public_release_ids(connection)))
    assert [(one.record, one.decisions, one.persons) for one in after] == [
        (one.record, one.decisions, one.persons) for one in before
    ]
    assert before[0].persons
    assert before[0].decisions
