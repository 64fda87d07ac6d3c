"""``rilis archive review`` and ``decide`` as people use them: keys, lists, pipes, messages."""

import io
import json
import os
import pty
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from extractor.archive.reviewing.selecting import Filter
from extractor.archive.store import Store
from extractor.cli.review_screen import harmless, shortened
from extractor.cli.review_session import Session
from extractor.record import Record, to_json
from tests.archive.reviews import BUDI, back, put, seen, yes

Run = Callable[..., tuple[int, str, str]]
Answer = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def archive(
    sqlite_archive: str, record: Record, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> str:
    with Store.open(sqlite_archive) as store:
        put(store, record)
    monkeypatch.setenv("RILIS_ARCHIVE", sqlite_archive)
    monkeypatch.setenv("RILIS_REVIEWER", "Sri")
    monkeypatch.chdir(tmp_path)
    return sqlite_archive


@pytest.fixture
def answer(rilis: Run, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """The command with these lines on standard input."""

    def run(lines: str, *arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        return rilis("archive", *arguments)

    return run


def state(archive: str, field: str) -> tuple[str, str]:
    with Store.open(archive) as store:
        view = seen(store, field)
        return view.state, view.shown


def test_keys_accept_correct_reject_skip_one_after_the_other(answer: Answer, archive: str) -> None:
    status, out, err = answer("\nk\nBupati Pekalongan\nx\nn\nt\nq\n", "review")
    assert (status, err) == (0, "4 decisions by Sri\n")
    assert state(archive, "event.participant:1:1")[0] == "accepted"
    assert state(archive, "person.role:1") == ("corrected", "Bupati Pekalongan")
    assert state(archive, "event.organizer:1:0")[0] == "rejected"
    assert state(archive, "person.name:1")[0] == "unreviewed"
    assert state(archive, "event.venue:1")[0] == "accepted"
    assert "1/20  event.participant:1:1  0.80 events.group-more (rules " in out
    assert "serta »kader« dari seluruh kelurahan." in out


def test_back_and_undo_show_the_field_before(answer: Answer, archive: str) -> None:
    status, out, _err = answer("t\nb\nx\nz\nt\nq\n", "review")
    assert status == 0
    shown = [line.split()[1] for line in out.splitlines() if "(rules " in line]
    participant, role = "event.participant:1:1", "person.role:1"
    assert shown == [participant, role, participant, role, participant, role]
    assert "accepted" in out
    assert state(archive, participant)[0] == "accepted"


def test_what_cannot_hold_is_told_and_asked_again(answer: Answer, archive: str) -> None:
    lines = "k\n2024-02-30\nk\n2024-07-12\n"
    _status, out, err = answer(lines, "review", "--field", "event.date")
    assert "'2024-02-30': is no day like 2024-05-02" in out
    assert "Nothing waits for review." in out
    assert err == "1 decision by Sri\n"
    assert state(archive, "event.date:1") == ("corrected", "2024-07-12")


def test_what_was_missed_is_added_and_the_release_is_complete(
    answer: Answer, archive: str, record: Record
) -> None:
    _status, out, _err = answer("a\nperson.name:1\nPungkas\ns\n?\nq\n", "review")
    assert "added  person.name:2  #1" in out
    assert "nothing is missing  release.complete:1  #2" in out
    assert "z         undo my last decision" in out
    with Store.open(archive) as store:
        assert [person.name for person in back(store).people] == ["Danu", "Pungkas"]


def test_a_newer_reading_is_taken_with_a_key(answer: Answer, archive: str, record: Record) -> None:
    event = record.events[0].model_copy(update={"phase": None})
    with Store.open(archive) as store:
        yes(store, "event.name:1", BUDI)
        put(store, record.model_copy(update={"rules_version": "newer", "events": (event,)}))
    _status, out, _err = answer("p\n", "review", "--by", "proposal")
    assert "newer reading 1: Rapat" in out
    assert "Budi  accept" in out
    with Store.open(archive) as store:
        assert back(store).events[0].phase is None


def test_a_field_that_changed_meanwhile_is_shown_anew(
    answer: Answer, archive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Meanwhile(io.TextIOWrapper):
        """Before the first answer somebody else decides."""

        first = True

        def readline(self, *_args: Any) -> str:  # type: ignore[override]
            if self.first:
                self.first = False
                with Store.open(archive) as store:
                    yes(store, "event.date:1", BUDI)
            return super().readline()

    monkeypatch.setattr(sys, "stdin", Meanwhile(io.BytesIO(b"x\nx\n")))
    told = io.StringIO()
    with Store.open(archive) as store:
        chosen = Filter(field="event.date")
        session = Session(store, "Sri", "confidence", chosen, Console(file=told, soft_wrap=True))
        assert session.run() == 1
    assert "has changed since you saw it" in told.getvalue()
    assert "last: accepted by Budi" in told.getvalue()
    assert state(archive, "event.date:1")[0] == "rejected"


def test_without_answers_it_says_what_to_do(answer: Answer, archive: str) -> None:
    status, _out, err = answer("", "review")
    assert status == 2
    assert "use --list, --accept-all, or rilis archive decide" in err


def test_the_queue_can_be_listed_as_text_and_json(rilis: Run) -> None:
    status, out, err = rilis("archive", "review", "--list", "--limit", 2)
    assert (status, err) == (0, "20 fields wait\n")
    assert out.splitlines()[0].startswith("event.participant:1:1  0.80 events.group-more (rules ")
    _status, out, _err = rilis("archive", "review", "--list", "--format", "json", "--limit", 1)
    told = json.loads(out)
    assert (told["address"], told["words"], told["confidence"]) == (
        "event.participant:1:1", "kader", 0.8,
    )  # fmt: skip
    assert len(told["token"]) == 12


def test_one_decision_by_command(rilis: Run, archive: str) -> None:
    status, out, _err = rilis(
        "archive", "decide", "event.venue:1", "correct", "Kantor Setda", "--set", "mode=hybrid",
        "--note", "asked", "--reviewer", "Wati",
    )  # fmt: skip
    assert status == 0
    assert out.split()[:2] == ["#1", "event.venue:1"]
    assert state(archive, "event.venue:1")[1].startswith("Kantor Setda (hybrid")
    status, out, _err = rilis("archive", "reviews", "event.venue:1")
    assert "Wati  corrected  “asked”" in out
    assert rilis("archive", "review", "--undo", 1)[0] == 0
    assert "- #1" in rilis("archive", "reviews")[1]
    span = ("--span", "0:14")
    assert rilis("archive", "decide", "event.theme:1", "add", *span)[0] == 0
    assert state(archive, "event.theme:1")[1] == "Satukan Langka"


def test_many_decisions_out_of_json_lines_and_the_bad_ones_are_listed(
    answer: Answer, archive: str, record: Record
) -> None:
    lines = [
        {"field": "event.venue:1", "action": "accept"},
        {"field": "event.date:1", "action": "correct", "value": "2024-02-30"},
        {"field": "event.name:1", "action": "correct", "span": [0, 14], "reviewer": "Wati"},
        {"field": record.id, "action": "complete"},
        {"field": "2", "action": "undo"},
    ]
    text = "\n".join(map(json.dumps, lines)) + "\nno json\n[]\n" + "[" * 100_000 + "\n"
    status, out, err = answer(text, "decide", "-", "--format", "json")
    assert status == 3
    assert [json.loads(line)["action"] for line in out.splitlines()] == [
        "accept", "correct", "complete", "undo",
    ]  # fmt: skip
    told = err.splitlines()
    assert told[0] == (
        "rilis: -:2: '2024-02-30': is no day like 2024-05-02, no month like 2024-05 and no year"
    )
    assert [line.split(": ", 2)[1] for line in told[1:4]] == ["-:6", "-:7", "-:8"]
    assert told[-1] == "4 inputs failed, 4 done"
    assert state(archive, "event.name:1")[0] == "unreviewed"


def test_a_decision_on_an_old_look_is_refused(rilis: Run, archive: str) -> None:
    _status, out, _err = rilis(
        "archive", "review", "--list", "--format", "json", "--field", "event.venue"
    )
    token = json.loads(out)["token"]
    assert rilis("archive", "decide", "event.venue:1", "reject", "--seen", token)[0] == 0
    status, _out, err = rilis("archive", "decide", "event.venue:1", "accept", "--seen", token)
    assert status == 2
    assert "has changed since you saw it" in err


def test_all_of_a_kind_at_once_are_counted_first(rilis: Run, answer: Answer) -> None:
    given = ("review", "--accept-all", "--field", "quote.text")
    status, _out, err = answer("", *given)
    assert status == 2
    assert err.splitlines()[0] == "4 fields would be accepted"
    status, _out, err = answer("", *given, "--yes")
    assert (status, err.splitlines()[1]) == (0, "4 fields accepted; --undo last takes it back")
    status, _out, err = rilis("archive", "review", "--undo", "last")
    assert (status, len(err.splitlines())) == (0, 4)
    status, _out, err = answer("", "review", "--accept-all", "--yes")
    assert (status, "say which" in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("review", "--by", "luck"),
        ("review", "--field", "event.colour", "--list"),
        ("review", "--list", "--format", "xml"),
        ("review", "--undo", "first"),
        ("review", "--undo", "77"),
        ("review", "--below", "2", "--list"),
        ("decide", "event.venue:1"),
        ("decide", "event.venue:1", "bless"),
        ("decide", "venue", "accept"),
        ("decide", "event.venue:1", "correct", "x", "--span", "1"),
        ("decide", "event.venue:1", "correct", "--set", "mode"),
        ("reviews", "--since", "yesterday"),
        ("reviews", "event.colour:1"),
        ("gold", "out", "--first", "12"),
        ("gold", "out", "--release", "nowhere"),
    ],
)
def test_wrong_use_is_told_in_a_line(rilis: Run, arguments: tuple[str, ...]) -> None:
    status, _out, err = rilis("archive", *arguments)
    assert status == 2
    assert err.startswith("rilis: ")
    assert len(err.splitlines()) == 1


def hostile(record: Record) -> Record:
    """A release whose words move the cursor and turn the writing around."""
    bad = "\x1b[2J\x1b]0;x\x07Aula \u202eitaleM\u202c\u200b 会議室"
    text = record.text.replace("Ruang Kalijaga Kantor Setda Kota Pekalongan", bad)
    event = record.events[0]
    assert event.venue is not None
    start = text.index(bad)
    venue = event.venue.model_copy(update={"text": bad, "start": start, "end": start + len(bad)})
    event = event.model_copy(update={"venue": venue, "date": None, "participants": ()})
    kept = {"people": (), "quotes": (), "dates": ()}
    source = record.source.model_copy(update={"title": "\x1b[31mJudul", "site": "\x07\x1bc"})
    return record.model_copy(
        update=kept | {"id": "x", "text": text, "events": (event,), "source": source}
    )


def test_no_text_of_others_moves_the_cursor(
    answer: Answer, rilis: Run, archive: str, record: Record
) -> None:
    with Store.open(archive) as store:
        put(store, hostile(record))
    _status, out, err = answer("k\n\x1b[5mAula\nq\n", "review", "--field", "event.venue")
    _status, more, _err = answer("n\nq\n", "review", "--field", "event.venue")
    listed = rilis("archive", "review", "--list", "--release", "x")[1]
    rilis("archive", "decide", "event.venue:2", "reject", "--note", "\x1b[2J")
    log = rilis("archive", "reviews")[1]
    for told in (out, err, more, listed, log):
        assert not {"\x1b", "\x07", "\u202e", "\u200b"} & set(told)
    assert "\\x1b[2J" in more
    assert "会議室" in more


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Aula\tA\u00a0B", "Aula A B"), ("a\nb", "a b"), ("\x1b[2J", "\\x1b[2J"), ("é会", "é会"),
        ("\u202eabc", "\\u202eabc"), ("\x9b31m", "\\x9b31m"), ("\U000e0041", "\\ue0041"),
    ],
)  # fmt: skip
def test_text_is_made_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert harmless("a\nb", lines=True) == "a\nb"


def test_of_a_long_text_the_middle_is_left_out() -> None:
    assert shortened("x" * 10_000) == "x" * 750 + " … 8500 characters … " + "x" * 750
    assert shortened("short") == "short"


def test_on_a_terminal_single_keys_do(archive: str, tmp_path: Path) -> None:
    """Through a real pseudo-terminal: Enter accepts, x rejects, q leaves, no line ends needed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "archive", "review", "--lang", "en"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    shown = bytearray()

    def listen() -> None:
        while True:
            try:
                some = os.read(ours, 65536)
            except OSError:
                return
            if not some:
                return
            shown.extend(some)
            if shown.count(b"[?] help") > len(keys_sent) and keys:
                while termios.tcgetattr(ours)[3] & termios.ICANON:
                    time.sleep(0.01)  # what is typed before it listens to single keys is dropped
                key = keys.pop(0)
                keys_sent.append(key)
                os.write(ours, key)

    keys, keys_sent = [b"\r", b"x", b"q"], []
    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()
        listener.join(timeout=10)
        os.close(ours)
    assert keys == []
    assert b"2 decisions by Sri" in shown
    assert b"\x1b[7m" in shown  # the words are highlighted
    assert state(archive, "event.participant:1:1")[0] == "accepted"
    assert state(archive, "person.role:1")[0] == "rejected"


def test_gold_and_examples_by_command(rilis: Run, record: Record, tmp_path: Path) -> None:
    status, _out, err = rilis("archive", "gold", "out")
    assert (status, err) == (0, "0 releases written to out\n")
    rilis("archive", "review", "--accept-all", "--at-least", 0, "--yes")
    status, _out, err = rilis("archive", "gold", "out")
    assert err.splitlines() == [
        f"{record.id}: not reviewed: release.complete", "0 releases written to out",
    ]  # fmt: skip
    rilis("archive", "decide", record.id, "complete")
    assert rilis("archive", "gold", "out", "--first", "h601")[2] == "1 release written to out\n"
    assert sorted(path.name for path in Path("out").iterdir()) == ["h601.json", "h601.txt"]
    assert "nothing was corrected" in rilis("archive", "examples", "rules")[2]
    rilis("archive", "decide", "event.venue:1", "correct", "Kantor Setda")
    assert rilis("archive", "examples", "rules")[2].splitlines() == [
        "rules/venues.yaml: 2", "try them: rilis rules check --rules rules",
    ]  # fmt: skip
    Path("rules/venues.yaml").write_text("finds: []\n", encoding="utf-8")
    status, _out, err = rilis("archive", "examples", "rules")
    assert (status, "is a file of your own" in err) == (2, True)
    records = tmp_path / "records.jsonl"
    records.write_text(to_json(record), encoding="utf-8")
    assert rilis("archive", "add", records)[2].startswith("0 new, 0 updated, 1 unchanged")
