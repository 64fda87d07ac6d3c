"""Reviewed releases as annotated ones, corrections as examples for the rules."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.archive import schema
from extractor.archive.reviewing.accepting import accept_all
from extractor.archive.reviewing.deciding import complete
from extractor.archive.reviewing.examples import MARK, RuleExample, examples, write_examples
from extractor.archive.reviewing.gold import (
    Annotation,
    annotations,
    file_name,
    numbered,
    write_annotation,
)
from extractor.archive.reviewing.left_out import LeftOut
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.undoing import undo
from extractor.archive.risk.withholding import lift, withhold
from extractor.archive.store import Store
from extractor.checking import among_faults
from extractor.errors import Fault, UsageError
from extractor.evaluation.corpus import extract_corpus, read_corpus
from extractor.evaluation.scores import score
from extractor.evaluation.scoring import FIELDS
from extractor.extraction import Extractor
from extractor.record import Article, Record
from tests.archive.doors import Run
from tests.archive.reviews import SRI, instead, no, put, reread, yes

TEXT = """Dinas Pertanian Kabupaten Melati Gelar Rapat Koordinasi Petani Muda

Dinas Pertanian Kabupaten Melati menggelar Rapat Koordinasi Petani Muda di Aula Mawar, Senin (3/6/2024).
Camat Kenanga, Rina Wulandari, mengatakan bahwa bibit akan dibagikan sebelum musim tanam.
“Sumur ini kami gali sendiri dan airnya jernih,” ujar Rina.
Dinas Pertanian Kabupaten Melati menggelar Rapat Koordinasi Petani Muda di Aula Mawar, Senin (3/6/2024).
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Record:
    """A release with a repeated paragraph, as the rules read it."""
    return extractor.extract(Article(id="a1", text=TEXT, published="2024-06-04"))


@pytest.fixture
def reviewed(store: Store, read: Record) -> Store:
    """An archive with that release, all of it accepted."""
    put(store, read)
    accept_all(store, Filter(), reviewer=SRI)
    complete(store, read.id, reviewer=SRI)
    return store


def one(store: Store) -> Annotation:
    (found,) = annotations(store)
    return found


def test_extracted_accepted_and_written_a_release_scores_one_in_every_field(
    reviewed: Store, extractor: Extractor, tmp_path: Path
) -> None:
    found = one(reviewed)
    assert found.unreviewed == ()
    write_annotation(tmp_path, "h601", found)
    documents = read_corpus(tmp_path)
    golds = [document.gold for document in documents]
    rows = score(golds, extract_corpus(documents, extractor)).rows
    counted = {name: rows[name] for name in FIELDS if rows[name].gold or rows[name].found}
    assert set(counted) == {
        "event", "type", "date", "venue", "people", "role", "direct", "speaker", "reported",
        "reported speaker", "organizers",
    }  # fmt: skip
    assert {name: row.f1 for name, row in counted.items()} == dict.fromkeys(counted, 1.0)


def test_the_answer_holds_what_the_guidelines_ask(reviewed: Store, tmp_path: Path) -> None:
    instead(reviewed, "event.name:1", "Rapat Koordinasi Petani Milenial")
    instead(reviewed, "person.name:1", {"pseudonym": True})
    write_annotation(tmp_path, "h601", one(reviewed))
    answer = json.loads((tmp_path / "h601.json").read_text(encoding="utf-8"))
    assert answer["event"] == {
        "names": ["Rapat Koordinasi Petani Muda", "Rapat Koordinasi Petani Milenial"],
        "type": "rapat koordinasi", "organizers": ["Dinas Pertanian Kabupaten Melati"],
    }  # fmt: skip
    assert answer["date"] == {"start": "2024-06-03", "end": "2024-06-03", "time": None}
    assert answer["venues"] == ["Aula Mawar"]
    assert answer["people"] == [
        {"name": "Rina Wulandari", "aliases": ["Rina"], "role": "Camat Kenanga", "pseudonym": True}
    ]
    assert [(quote["kind"], quote["speaker"]) for quote in answer["quotes"]] == [
        ("reported", "Rina Wulandari"), ("direct", "Rina Wulandari"),
    ]  # fmt: skip
    assert (answer["id"], answer["published"], answer["reviewers"]) == (
        "h601", "2024-06-04", [SRI],
    )  # fmt: skip
    assert answer["repeated_paragraphs"] == []  # the repeated one is not in the text
    text = (tmp_path / "h601.txt").read_bytes().decode()
    assert text.count("menggelar Rapat") == 1
    assert "unreviewed" not in answer


def test_the_reader_of_the_older_measure_finds_all_it_asks_for(
    reviewed: Store, tmp_path: Path
) -> None:
    write_annotation(tmp_path, "h601", one(reviewed))
    gold = json.loads((tmp_path / "h601.json").read_text())
    text = (tmp_path / "h601.txt").read_text(encoding="utf-8")
    assert {"id", "url", "query", "event", "date", "venues", "people", "quotes"} <= gold.keys()
    names = {person["name"] for person in gold["people"]}
    verbatim = [gold["event"]["names"][0], gold["venues"][0], *names]
    verbatim += [quote["text"] for quote in gold["quotes"]]
    assert [words for words in verbatim if words not in text] == []
    assert {quote["speaker"] for quote in gold["quotes"]} <= names
    assert isinstance(gold["event"]["type"], str)


LEFT: list[tuple[Callable[[Store, Record], object], list[str]]] = [
    (lambda s, _r: undo(s, reviewer=SRI), ["release.complete"]),
    (lambda s, r: put(s, reread(r, venue=None)), []),
    (lambda s, r: put(s, reread(r, phase="penutupan")), ["event.name:1: a newer reading waits"]),
    (lambda s, _r: add_missing(s, "event.theme", 1, "bibit", reviewer=SRI), []),
    (lambda s, _r: no(s, "event.venue:1"), []),
    (lambda s, _r: no(s, "event.name:1"), []),
]


@pytest.mark.parametrize(("act", "left"), LEFT)
def test_it_says_what_nobody_has_decided(
    reviewed: Store, read: Record, act: Callable[[Store, Record], object], left: list[str]
) -> None:
    act(reviewed, read)
    assert list(one(reviewed).unreviewed) == left


def test_one_field_decided_all_others_are_named(store: Store, read: Record, tmp_path: Path) -> None:
    put(store, read)
    assert list(annotations(store)) == []  # nobody has decided anything
    yes(store, "event.name:1")
    found = one(store)
    assert set(found.unreviewed) >= {
        "event.date:1", "event.venue:1", "event.organizer:1:0", "person.name:1", "person.role:1",
        "quote.text:1", "quote.speaker:1", "release.complete",
    }  # fmt: skip
    assert "event.name:1" not in found.unreviewed
    assert "quote.cue:1" not in found.unreviewed
    write_annotation(tmp_path, "x", found)
    answer = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert answer["unreviewed"] == list(found.unreviewed)


@pytest.mark.parametrize("target", ["a1", "a1#p1", "a1#Rina"])
def test_nothing_of_what_is_withheld_comes_out(
    reviewed: Store, target: str, tmp_path: Path
) -> None:
    no(reviewed, "event.venue:1")
    assert len(list(examples(reviewed))) == 1
    (withheld,) = withhold(reviewed, [target], "victim", "asked for it", SRI)
    for release in (None, "a1"):
        left_out = LeftOut()
        assert list(annotations(reviewed, release, left_out)) == []
        assert left_out == LeftOut(withheld=1)
    left_out = LeftOut()
    assert list(examples(reviewed, left_out=left_out)) == []
    assert left_out == LeftOut(withheld=1)
    lift(reviewed, [withheld.id], "of age", SRI)
    left_out = LeftOut()
    assert len(list(annotations(reviewed, left_out=left_out))) == 1
    assert len(list(examples(reviewed, left_out=left_out))) == 1
    assert left_out == LeftOut()


@pytest.mark.parametrize("target", ["a1", "a1#p1", "a1#Rina"])
def test_the_commands_say_how_much_is_left_out_and_no_name(
    reviewed: Store, archive_url: str, rilis: Run, target: str, tmp_path: Path
) -> None:
    no(reviewed, "event.venue:1")
    instead(reviewed, "event.organizer:1:0", "Dinas Pertanian")
    no(reviewed, "event.date:1")
    folder = tmp_path / "out"
    before = rilis("archive", "examples", folder, "--archive", archive_url)[2]
    assert "1 decision left out: no example can show it to the rules" in before
    withhold(reviewed, [target], "victim", "asked for it", SRI)
    for arguments, told in (
        (["gold", folder], ["0 releases written to {folder}",
         "1 release left out: it is withheld, or a name is struck out of it"]),
        (["examples", folder], [
            "nothing was corrected, rejected or added that the rules could be shown",
            "3 decisions left out: their releases are withheld, or names are struck out of them"]),
        (["examples", folder, "--by", "Budi"], [
            "nothing was corrected, rejected or added that the rules could be shown"]),
    ):  # fmt: skip
        status, out, err = rilis("archive", *arguments, "--archive", archive_url)
        assert (status, out) == (0, "")
        assert err.splitlines() == [line.format(folder=folder) for line in told]


def test_names_of_files_hold_no_way_out_of_the_folder() -> None:
    assert file_name("6f2934eaefcb9067") == "6f2934eaefcb9067"
    for key in ("../x", "/etc/passwd", "a/b", "", ".x", "x" * 200, "a\nb", "é"):
        assert len(file_name(key)) == 16
    names = numbered("h099")
    assert [next(names), next(names)] == ["h099", "h100"]
    with pytest.raises(UsageError, match="names count on from one like h601"):
        numbered("601")


def plain(found: RuleExample) -> tuple[str, bool, str, dict[str, Any]]:
    return found.file, found.found, found.value, found.expect


def accepts(store: Store) -> object:
    return yes(store, "event.name:1")


EXAMPLES: list[tuple[Callable[[Store], object], list[tuple[str, bool, str, dict[str, Any]]]]] = [
    (lambda s: instead(s, "event.venue:1", "Mawar"),
     [("venues", True, "Mawar", {}), ("venues", False, "Aula Mawar", {})]),
    (lambda s: instead(s, "event.venue:1", {"mode": "online"}),
     [("venues", True, "Aula Mawar", {"mode": "online"})]),
    (lambda s: instead(s, "event.name:1", {"type": "rapat"}),
     [("events", True, "Rapat Koordinasi Petani Muda", {"type": "rapat"})]),
    (lambda s: instead(s, "event.name:1", "Rapat Kordinasi"), []),  # no rule could read that
    (lambda s: instead(s, "event.date:1", "2024-06-04"), [("dates", True, "2024-06-04", {})]),
    (lambda s: instead(s, "event.organizer:1:0", "Dinas Pertanian"),
     [("events", True, "Dinas Pertanian", {}),
      ("events", False, "Dinas Pertanian Kabupaten Melati", {})]),
    (lambda s: no(s, "person.name:1"), [("people", False, "Rina Wulandari", {})]),
    (lambda s: instead(s, "person.role:1", "Camat"),
     [("people", True, "Camat", {}), ("people", False, "Camat Kenanga", {})]),
    (lambda s: no(s, "event.date:1"), []),  # it is a day all the same
    (lambda s: no(s, "release.date:1:0"), [("dates", False, "2024-06-03", {})]),
    (lambda s: instead(s, "quote.text:1", {"kind": "direct"}),
     [("quotes", True, "bibit akan dibagikan sebelum musim tanam", {"kind": "direct"})]),
    (lambda s: add_missing(s, "event.theme", 1, "Petani Muda", reviewer=SRI),
     [("events", True, "Petani Muda", {})]),
    (accepts, []),
]  # fmt: skip


@pytest.mark.parametrize(("act", "wanted"), EXAMPLES)
def test_a_decision_gives_the_examples_that_show_it(
    store: Store,
    read: Record,
    act: Callable[[Store], object],
    wanted: list[tuple[str, bool, str, dict[str, Any]]],
) -> None:
    put(store, read)
    act(store)
    left_out = LeftOut()
    found = examples(store, left_out=left_out)
    assert sorted(map(plain, found), key=str) == sorted(wanted, key=str)
    assert (left_out.withheld, left_out.unshown) == (0, 0 if wanted or act is accepts else 1)
    undo(store, reviewer=SRI)
    assert list(examples(store)) == []


def test_an_example_holds_the_paragraph_and_says_where_it_is_from(
    store: Store, read: Record
) -> None:
    put(store, read)
    no(store, "person.role:1")
    (found,) = examples(store)
    assert found.text == (
        "Camat Kenanga, Rina Wulandari, mengatakan bahwa bibit akan dibagikan sebelum musim tanam."
    )
    assert found.origin.startswith("person.role:1 of a1: reject by Sri; read by people.role (0.")
    assert list(examples(store, "Budi")) == []


def faults_of(folder: Path) -> list[Fault]:
    """What does not hold of the examples of a folder laid over the shipped rules."""
    extractor = Extractor(folder)
    files = [file for file in extractor.rulebook.files.values() if file.has or file.has_not]
    return [
        fault
        for file in files
        for fault in among_faults(extractor.nlp, extractor.rulebook, file.stem, file)
    ]


def test_written_they_are_rule_files_and_fail_until_the_rules_are_mended(
    sqlite_archive: str, read: Record, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    with Store.open(sqlite_archive) as store:
        put(store, read)
        instead(store, "event.venue:1", "Mawar")
        instead(store, "event.date:1", "2024-06-04")
        no(store, "person.role:1")
        counts = write_examples(folder, examples(store))
        assert counts == {"dates.yaml": 1, "people.yaml": 1, "venues.yaml": 2}
        assert write_examples(folder, examples(store)) == counts  # its own it may write anew
    assert all(path.read_text().startswith(MARK) for path in folder.glob("*.yaml"))
    broken = faults_of(folder)
    assert [fault.path.name for fault in broken] == [
        "dates.yaml", "people.yaml", "venues.yaml", "venues.yaml",
    ]  # fmt: skip
    told = "\n".join(map(str, sorted(broken)))
    assert "has no {'value': '2024-06-04'}, but ['2024-06-03']" in told
    assert "must not have {'value': 'Camat Kenanga'}" in told
    assert "dates.yaml:4: " in told


def test_where_the_rules_read_it_right_the_examples_hold(
    sqlite_archive: str, read: Record, tmp_path: Path
) -> None:
    """A reading made worse by hand and corrected back: what the rules give is what is asked."""
    venue = read.events[0].venue
    assert venue is not None
    worse = venue.model_copy(update={"text": "Aula", "end": venue.start + 4})
    event = read.events[0].model_copy(update={"venue": worse, "type": "rapat"})
    with Store.open(sqlite_archive) as store:
        put(store, read.model_copy(update={"events": (event,)}))
        instead(store, "event.venue:1", "Aula Mawar")
        instead(store, "event.name:1", {"type": "rapat koordinasi"})
        assert write_examples(tmp_path / "rules", examples(store)) == {
            "events.yaml": 1, "venues.yaml": 2,
        }  # fmt: skip
    assert faults_of(tmp_path / "rules") == []


def test_a_note_cannot_break_out_of_its_comment(
    sqlite_archive: str, read: Record, tmp_path: Path
) -> None:
    with Store.open(sqlite_archive) as store:
        put(store, read)
        no(store, "event.venue:1")
        with store.write() as connection:
            note = "x\nhas: [{text: evil, value: evil}]\u2028\x85finds: []"
            connection.execute(schema.reviews.update().values(note=note))
        write_examples(tmp_path / "rules", examples(store))
    text = (tmp_path / "rules" / "venues.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text).keys() == {"has_not"}
