"""``rilis archive link``, ``people``, ``events``, ``differences``, ``links``."""

import json
from collections.abc import Callable

import pytest

from extractor.archive.linking.running import link
from extractor.archive.risk.withholding import withhold
from extractor.archive.store import Store
from tests.archive.links import put, release

Rilis = Callable[..., tuple[int, str, str]]
HALL = {"building": "Aula Melati", "city": "Kota Sukamaju"}


@pytest.fixture
def archive(archive_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three releases about one event, two about others; on both stores."""
    monkeypatch.setenv("RILIS_ARCHIVE", archive_url)
    monkeypatch.setenv("RILIS_REVIEWER", "Sari")
    who = [("Wiratmoko Adisasmito", "Camat Sukamaju")]
    with Store.open(archive_url) as store:
        put(
            store,
            [
                release(1, venue=HALL, people=who, participants="120 peserta"),
                release(
                    2, venue={"building": "Pendopo Kenanga", "city": "Kota Sukamaju"}, site="kominfo",
                    people=[("Wiratmoko Adisasmita", "Camat Sukamaju")], participants="150 peserta",
                ),
                release(3, venue={"building": "Aula Melati"}, people=who, participants="120 peserta dan 7 kader",
                        organizer="Pemerintah Kota Tirtasari"),
                release(4, day="2024-08-09", name="Panen Raya Kopi", people=[("Laras Kusumawardhani", None)]),
                release(5, day="2023-01-05", name="Festival Layang-Layang", people=[("Teguh Irawan", "Bupati Tirtasari")]),
            ],
        )  # fmt: skip
    return archive_url


def test_link_people_events_differences(archive: str, rilis: Rilis) -> None:
    status, out, _err = rilis("archive", "link", "--dry-run", "--format", "json")
    assert (status, [one["new_entities"] for one in json.loads(out)]) == (0, [1, 1])
    assert rilis("archive", "people")[1] == ""
    assert rilis("archive", "link")[0] == 0
    out = rilis("archive", "people", "Wiratmoko", "--format", "json")[1]
    (person,) = json.loads(out)
    assert person["name"] == "Wiratmoko Adisasmito"
    assert [m["address"] for m in person["mentions"]] == [f"{n:016x}#p1" for n in (1, 2, 3)]
    (role,) = person["roles"]
    assert (role["title"], role["first"], role["times"]) == ("Camat Sukamaju", "2024-05-02", 3)
    assert all(m["reasons"] and m["score"] > 0.9 for m in person["mentions"])
    out = rilis("archive", "people", "Wiratmoko")[1]
    assert "name: the same" in out
    assert "Camat Sukamaju" in out
    out = rilis("archive", "events", "koordinasi", "--format", "json")[1]
    (event,) = json.loads(out)
    assert (event["start_date"], len(event["mentions"])) == ("2024-05-02", 3)
    status, out, _err = rilis("archive", "differences", event["id"], "--format", "json")
    told = {one["field"]: [value["value"] for value in one["values"]] for one in json.loads(out)}
    assert told == {
        "venue": ["Aula Melati, Kota Sukamaju", "Pendopo Kenanga, Kota Sukamaju"],
        "organizer": ["Dinas Kesehatan Sukamaju", "Pemerintah Kota Tirtasari"],
        "participants": ["120 peserta dan 7 kader", "150 peserta"],
    }
    words = [
        said["words"]
        for one in json.loads(out)
        for value in one["values"]
        for said in value["said"]
    ]
    assert "Pendopo Kenanga, Kota Sukamaju" in words
    assert "150 peserta" in rilis("archive", "differences")[1]
    assert "not told by" not in rilis("archive", "differences", event["id"])[1]


def test_who_is_told_of_once_is_counted_and_listed_when_asked_for(
    archive: str, rilis: Rilis
) -> None:
    assert "new links: 3, gone: 0; new entities: 1" in rilis("archive", "link")[2]
    _status, out, err = rilis("archive", "people")
    assert "Laras" not in out
    assert err == "persons of whom one release alone tells: 2; --all lists them too\n"
    events = rilis("archive", "events")[2]
    assert events == "events of which one release alone tells: 2; --all lists them too\n"
    out = rilis("archive", "people", "--all", "--format", "json")[1]
    told = [(one["id"] is None, one["name"]) for one in json.loads(out)]
    assert told == [
        (False, "Wiratmoko Adisasmito"), (True, "Laras Kusumawardhani"), (True, "Teguh Irawan"),
    ]  # fmt: skip
    _status, out, err = rilis("archive", "people", "--all", "--limit", "2")
    assert "Laras" in out
    assert "Teguh" not in out
    assert "--limit 4" in err
    out = rilis("archive", "people", "Teguh Irawan")[1]
    assert "Bupati Tirtasari" in out
    assert f"{5:016x}#p1" in out
    (festival,) = json.loads(rilis("archive", "events", "layang", "--format", "json")[1])
    assert (festival["id"], festival["start_date"]) == (None, "2023-01-05")
    with Store.open(archive) as store:
        withhold(store, [f"{5:016x}"], "other", "asked for it", "Sari")
    out = rilis("archive", "people", "--all")[1] + rilis("archive", "events", "--all")[1]
    assert "Laras" in out
    assert "Teguh" not in out
    assert "Layang" not in out


def test_an_office_and_its_abbreviation_are_one_role(sqlite_archive: str, rilis: Rilis) -> None:
    with Store.open(sqlite_archive) as store:
        roles = ("Kades Cisarua", "Kepala Desa Cisarua", "Kades Cisarua", "Camat Sukamaju")
        put(store, [release(n, people=[("Wiratmoko Adisasmito", r)]) for n, r in enumerate(roles)])
        link(store)
    out = rilis("archive", "people", "--format", "json", "--archive", sqlite_archive)[1]
    told = {role["title"]: role["times"] for one in json.loads(out) for role in one["roles"]}
    assert told["Kepala Desa Cisarua"] == 3


def test_decisions_are_logged_and_undone(archive: str, rilis: Rilis) -> None:
    with Store.open(archive) as store:
        link(store)
    (person,) = json.loads(rilis("archive", "people", "--format", "json")[1])
    number, mention = person["id"], person["mentions"][1]["address"]
    status, out, err = rilis(
        "archive", "links", "split", "person", number, mention, "--reason", "the son"
    )
    assert status == 0, err
    new = out.strip()
    assert new == f"person:{number + 1}"
    status, out, err = rilis("archive", "links", "merge", "person", number, new, "--reason", "no")
    assert (status, "rejected" in err) == (2, True)
    log = json.loads(rilis("archive", "links", "log", "person", "--format", "json")[1])
    assert [(row["action"], row["author"], row["reason"]) for row in log[:1]] == [
        ("split", "Sari", "the son")
    ]
    assert rilis("archive", "links", "undo", log[0]["id"])[0] == 0
    assert json.loads(rilis("archive", "people", "--format", "json")[1]) == [person]
    assert rilis("archive", "links", "reject", "person", number, mention)[0] == 0
    assert rilis("archive", "links", "undo", "last")[0] == 0
    assert json.loads(rilis("archive", "people", "--format", "json")[1]) == [person]
    assert rilis("archive", "links", "reject", "person", number, mention)[0] == 0
    assert rilis("archive", "links", "confirm", "person", number)[0] == 0
    (told,) = json.loads(rilis("archive", "people", "--format", "json")[1])
    assert sorted(m["state"] for m in told["mentions"]) == ["confirmed", "confirmed", "rejected"]


def test_withheld_persons_and_releases_are_not_listed(archive: str, rilis: Rilis) -> None:
    with Store.open(archive) as store:
        link(store)
        withhold(store, [f"{2:016x}"], "other", "asked for it", "Sari")
    for command in ("people", "events", "differences"):
        _status, out, err = rilis("archive", command, "--format", "json")
        assert json.loads(out) == []
        kind = "persons" if command == "people" else "events"
        assert f"{kind}: withheld and left out: 1; --withheld lists them too" in err
        assert "withheld and" not in rilis("archive", command, "--withheld")[2]
        assert f"{2:016x}" in rilis("archive", command, "--withheld", "--format", "json")[1]


def test_how_many_are_withheld_says_nothing_of_a_name(archive: str, rilis: Rilis) -> None:
    """Else a guess at a name could be tried: with all its letters the count would be another."""
    with Store.open(archive) as store:
        link(store)
        withhold(store, [f"{5:016x}#p1"], "victim", "asked for it", "Sari")
    assert "withheld" not in rilis("archive", "people")[2]  # told of once, so not of this list
    assert "persons: withheld and left out: 1" in rilis("archive", "people", "--all")[2]
    guessed, other = (rilis("archive", "people", name) for name in ("Teguh Irawan", "Teguh Iriani"))
    assert guessed == other


def test_the_log_says_that_there_is_more(archive: str, rilis: Rilis) -> None:
    with Store.open(archive) as store:
        link(store)
    for _time in range(2):
        rilis("archive", "links", "confirm", "person", 1)
        rilis("archive", "links", "undo", "last")
    every = json.loads(rilis("archive", "links", "log", "--format", "json")[1])
    for limit in (len(every) - 1, len(every)):
        _status, out, err = rilis("archive", "links", "log", "--limit", limit, "--format", "json")
        assert json.loads(out) == every[:limit]
        assert ("there are more" in err) == (limit < len(every))


@pytest.mark.parametrize(
    "arguments",
    [
        ("links", "merge", "thing", 1, 2, "--reason", "x"),
        ("links", "merge", "person", "one", 2, "--reason", "x"),
        ("links", "merge", "person", 1, "event:2", "--reason", "x"),
        ("links", "confirm", "person", 77),
        ("links", "undo", 77),
        ("links", "undo", "latest"),
        ("links", "undo", "last"),
        ("differences", "person:1"),
        ("people", "--format", "xml"),
        ("links", "split", "event", 1, "nothing", "--reason", "x"),
        ("links", "split", "event", 1, "nothing#1", "--reason", "x"),
    ],
)
def test_a_mistake_is_one_line(
    sqlite_archive: str, rilis: Rilis, arguments: tuple[object, ...]
) -> None:
    status, out, err = rilis("archive", *arguments, "--archive", sqlite_archive)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
