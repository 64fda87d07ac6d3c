"""Withholding by hand and by rule: targets, reasons, the log, and what adding again leaves alone."""

import csv
import io
import json

import pytest
from sqlalchemy import select

from extractor.archive import schema
from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.risk.disclosure import (
    public_entity,
    public_person,
    public_records,
    public_release_ids,
    public_row,
    refresh,
)
from extractor.archive.risk.withholding import (
    change,
    confirm,
    in_force,
    lift,
    log_of,
    target_of,
    waiting,
    withheld,
    withhold,
)
from extractor.archive.store import Store
from extractor.errors import UsageError
from extractor.record import Person, Record, Source, Span, text_version
from tests.archive.doors import Run
from tests.archive.generator import generated

VICTIM = "Camat Budi Santosa menjenguk korban, Zulaikha Permata, di rumahnya."


def record_of(text: str, *names: str, key: str = "r1", rules: str = "rules1") -> Record:
    """A release that names these persons, and nothing else."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(text=words, start=start, end=start + len(words), rule="r.p", confidence=0.9)

    people = tuple(
        Person(id=f"p{at}", name=name, mentions=(span(name),)) for at, name in enumerate(names, 1)
    )
    return Record(
        id=key, rules_version=rules, text=text, people=people,
        source=Source(title=text[:20], uri=f"https://a.example/{key}", sha256=text_version(text)),
    )  # fmt: skip


def put(store: Store, *records: Record) -> int:
    return add(store, from_records(records)).withheld


def shown(store: Store) -> list[str]:
    with store.read() as connection:
        return [one.text for one in public_records(connection, public_release_ids(connection))]


def indexed(store: Store, word: str) -> int:
    documents = schema.search_documents
    with store.read() as connection:
        bodies = connection.execute(select(documents.c.title, documents.c.body))
        return sum(word in f"{row.title} {row.body}".split() for row in bodies)


def test_a_person_withheld_is_struck_out_and_comes_back_when_lifted(store: Store) -> None:
    put(store, record_of("Rapat dihadiri Zulaikha Permata dan Sari.", "Zulaikha Permata", "Sari"))
    (one,) = withhold(store, ["r1#p1"], "witness", "asked for it", "Rini")
    assert (one.kind, one.name, one.target) == ("person", "Zulaikha Permata", "r1#p1")
    assert shown(store) == ["Rapat dihadiri ████████████████ dan Sari."]
    assert (indexed(store, "zulaikha"), indexed(store, "sari")) == (0, 1)
    with store.read() as connection:
        people = select(schema.people.c.name).where(public_person())
        assert list(connection.execute(people).scalars()) == ["Sari"]
    lift(store, [one.id], "agrees now", "Sri")
    assert shown(store) == ["Rapat dihadiri Zulaikha Permata dan Sari."]
    assert indexed(store, "zulaikha") == 1
    with store.read() as connection:
        assert connection.execute(select(schema.masked_rows)).first() is None
        told = [(row["action"], row["author"], row["reason"]) for row in log_of(connection, one.id)]
    assert told == [("withhold", "Rini", "asked for it"), ("lift", "Sri", "agrees now")]


def test_a_release_withheld_leaves_nothing_and_a_name_alone_only_itself(store: Store) -> None:
    put(store, record_of("Rapat pertama di Wanasari.", key="r1"))
    put(store, record_of("Rapat kedua di Sukamaju, kata Pak Warsito.", key="r2"))
    withhold(store, ["r1"], "other", "under embargo", "Rini")
    (one,) = withhold(store, ["r2#pak warsito"], "witness", "asked for it", "Rini")
    assert one.kind == "name"
    assert shown(store) == ["Rapat kedua di Sukamaju, kata ███████████."]
    assert (indexed(store, "wanasari"), indexed(store, "warsito")) == (0, 0)


def test_an_entity_withholds_her_mentions_in_all_releases_now_and_later(store: Store) -> None:
    put(store, record_of("Hadir Zulaikha Permata.", "Zulaikha Permata", key="r1"))
    put(store, record_of("Hadir Z. Permata. Kata Zulaikha: maju.", "Z. Permata", key="r2"))
    put(store, record_of("Hadir Zulaikha Permata, sesama nama.", "Zulaikha Permata", key="r3"))
    with store.write() as connection:
        entities, links = schema.person_entities, schema.person_links
        named = [{"id": n, "name": f"Zulaikha {n}", "created_at": "2024"} for n in (1, 2)]
        connection.execute(entities.insert(), named)
        more = {"score": 1.0, "reasons": "{}", "author": "x", "linked_at": "2024"}
        connection.execute(
            links.insert(),
            [
                {"entity_id": 1, "person_id": 1, "state": "confirmed", **more},
                {"entity_id": 1, "person_id": 3, "state": "rejected", **more},
            ],
        )
    withhold(store, ["person:1"], "victim", "asked for it", "Rini")
    assert shown(store)[0] == "Hadir ████████████████."
    assert "Zulaikha Permata" in shown(store)[2]
    with store.write() as connection:  # linked later, to one that she is merged into
        merged = entities.update().where(entities.c.id == 1).values(merged_into_id=2)
        connection.execute(merged)
        link = {"entity_id": 2, "person_id": 2, "state": "proposed", **more}
        connection.execute(links.insert(), [link])
        refresh(connection)
    assert shown(store)[1] == "Hadir ██████████. Kata ████████: maju."
    with store.read() as connection:
        assert connection.execute(select(entities.c.id).where(public_entity())).first() is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("r9", "no release has this id"), ("r1#p9", "p1 Zulaikha"), ("r1#", "name a person"),
        ("r1#Warsito", "nor words of its text"), ("person:7", "no such person"),
    ],
)  # fmt: skip
def test_a_target_that_is_not_there_is_told_with_the_way_out(
    store: Store, said: str, told: str
) -> None:
    put(store, record_of("Hadir Zulaikha.", "Zulaikha"))
    with pytest.raises(UsageError, match=told):
        withhold(store, ["r1", said], "other", "why", "Rini")
    with store.read() as connection:
        assert withheld(connection) == [], "all or nothing"
        with pytest.raises(UsageError, match=told):
            target_of(connection, said)


@pytest.mark.parametrize(("reason", "author"), [(" ", "Rini"), ("why", "\n")])
def test_without_reason_or_author_nothing_is_decided(
    store: Store, reason: str, author: str
) -> None:
    put(store, record_of("Hadir Zulaikha.", "Zulaikha"))
    with pytest.raises(UsageError, match="is needed"):
        withhold(store, ["r1"], "other", reason, author)
    withhold(store, ["r1"], "other", "why", "Rini")
    for decide in (lift, confirm):
        with pytest.raises(UsageError, match="is needed"):
            decide(store, [1], reason, author)
    with pytest.raises(UsageError, match="is no category"):
        withhold(store, ["r1"], "shy", "why", "Rini")


def test_what_a_rule_withholds_waits_until_a_person_confirms_changes_or_lifts(store: Store) -> None:
    assert put(store, record_of(VICTIM, "Budi Santosa", "Zulaikha Permata")) == 1
    with store.read() as connection:
        (one,) = waiting(connection)
    assert (one.author, one.category, one.reviewed_by) == ("risk.victim", "victim", None)
    assert "korban, Zulaikha Permata, di" in one.reason
    assert shown(store) == ["Camat Budi Santosa menjenguk korban, ████████████████, di rumahnya."]
    (one,) = confirm(store, [one.id], "is a victim", "Rini")
    assert (one.reviewed_by, one.waiting) == ("Rini", False)
    (one,) = change(store, [one.id], "child", "is fifteen", "Sri")
    assert (one.category, one.reviewed_by) == ("child", "Rini")
    with store.read() as connection:
        actions = [row["action"] for row in log_of(connection, one.id)]
        assert in_force(connection, "r1#Zulaikha Permata") == [one.id]
    assert actions == ["withhold", "confirm", "change"]
    lift(store, [one.id], "of age", "Sri")
    with pytest.raises(UsageError, match="no withholding in force"):
        lift(store, [one.id], "again", "Sri")


def test_reading_again_keeps_withholdings_and_lifted_ones_stay_lifted(store: Store) -> None:
    put(store, record_of(VICTIM, "Budi Santosa", "Zulaikha Permata"))
    withhold(store, ["r1#Budi Santosa"], "other", "asked for it", "Rini")
    longer = VICTIM + " Zulaikha membaik."
    put(store, record_of(longer, "Budi Santosa", "Zulaikha Permata", rules="rules2"))
    assert shown(store) == [
        "Camat ████████████ menjenguk korban, ████████████████, di rumahnya. ████████ membaik."
    ]
    assert (indexed(store, "zulaikha"), indexed(store, "budi"), indexed(store, "membaik")) == (
        0,
        0,
        1,
    )
    lift(store, [1, 2], "agree", "Rini")
    # found as a person or as a name that no person holds, in the same text or another
    for names in (("Budi Santosa", "Zulaikha Permata"), ("Budi Santosa",)):
        for text in (longer, f"{longer} Kabar bagi {len(names)} orang."):
            again = record_of(text, *names, rules=f"rules{len(names)}{len(text)}")
            assert put(store, again) == 0
            assert shown(store) == [text]
            longer = text


def test_another_rule_withholds_what_was_lifted(store: Store) -> None:
    put(store, record_of(VICTIM, "Budi Santosa", "Zulaikha Permata"))
    lift(store, [1], "agrees", "Rini")
    younger = "Siswi SDN 3, Zulaikha Permata, bernyanyi."
    assert put(store, record_of(younger, "Zulaikha Permata", rules="rules2")) == 1
    assert "Zulaikha" not in "".join(shown(store))


def test_a_deed_withholds_the_whole_release(store: Store) -> None:
    assert put(store, record_of("Seorang anak diduga dicabuli di Dusun Krajan.")) == 1
    assert shown(store) == []
    lift(store, [1], "no place is told", "Rini")
    assert len(shown(store)) == 1


def test_an_office_can_switch_rules_off(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    folder = tmp_path / "rules"  # type: ignore[operator]
    folder.mkdir()
    (folder / "risk.yaml").write_text("disable: [risk.victim]\n", encoding="utf-8")
    monkeypatch.setenv("RILIS_RULES", str(folder))
    assert put(store, record_of(VICTIM, "Budi Santosa", "Zulaikha Permata")) == 0


def test_rows_that_name_her_are_not_public(store: Store) -> None:
    records = list(generated(3, seed=4))
    add(store, from_records(records))
    name = records[0].people[0].name
    withhold(store, [f"{records[0].id}#{name}"], "other", "asked for it", "Rini")
    for table in (schema.people, schema.quotes, schema.roles, schema.participants):
        with store.read() as connection:
            rows = connection.execute(
                select(table).where(public_row(table), table.c.release_id == 1)
            )
            found = [dict(row) for row in rows.mappings()]
        assert name not in json.dumps(found)
        assert 1 not in [row.get("person_id") for row in found if table is schema.roles]


def test_the_command_withholds_lists_confirms_and_lifts(
    store: Store, archive_url: str, rilis: Run
) -> None:
    put(store, record_of(VICTIM, "Budi Santosa", "Zulaikha Permata"))
    at = ("--archive", archive_url, "--author", "Rini")
    status, _out, err = rilis("archive", "withhold", "r1#p1", *at)
    assert (status, "--reason" in err) == (2, True)
    why = ("--reason", "asked for it")
    assert rilis("archive", "withhold", "r1#p1", *why, *at)[0] == 0
    status, out, err = rilis("archive", "withheld", "--waiting", "--format", "json", *at[:2])
    (one,) = json.loads(out)
    assert (one["target"], one["state"], "1 waits" in err) == ("r1#p2", "waiting", True)
    assert rilis("archive", "confirm", "1", *why, *at)[0] == 0
    status, out, _err = rilis("archive", "withheld", "--log", "1", *at[:2])
    assert "confirm: Rini" in out
    assert rilis("archive", "lift", "r1#p1", *why, *at)[0] == 0
    status, out, _err = rilis("archive", "withheld", "--all", "--format", "csv", *at[:2])
    states = [row["state"] for row in csv.DictReader(io.StringIO(out))]
    assert states == ["reviewed", "lifted"]
    status, out, _err = rilis("archive", "withheld", *at[:2])
    assert "Zulaikha Permata" in out
    assert "Budi" not in out.replace("Camat Budi Santosa", "")
    assert rilis("archive", "lift", "7", *why, *at)[0] == 2
    assert rilis("archive", "withheld", "--log", "7", *at[:2])[0] == 2
    assert rilis("archive", "withheld", "--format", "xml", *at[:2])[0] == 2
