"""``rilis fetch``: what it says, how it ends, what it refuses."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.cli.fetching import agent
from extractor.errors import UsageError
from tests.fetching.little import Little, article, lines
from tests.server.http import Answer, Request, Server, Steps


def run(
    little: Little, out: Path, *more: str, words: Sequence[str] = ("little",)
) -> tuple[int, str]:
    """Exit status and standard error."""
    options = ["--rules", str(little.rules), "--allow-private", "-o", str(out), "--delay", "0"]
    options += ["--retry-wait", "0.01", "--tries", "2", "--lang", "en"]
    done = CliRunner().invoke(app, ["fetch", *words, *options, *more])
    assert done.stdout == ""
    if isinstance(done.exception, UsageError):
        return 2, str(done.exception)
    return done.exit_code, done.stderr


def test_a_good_run_ends_with_0_and_tells_its_counts(little: Little, tmp_path: Path) -> None:
    little.fill(3)
    status, said = run(little, tmp_path)
    assert status == 0
    assert "4 pages, 3 new, 0 edited, 0 unchanged, 0 failed" in said
    assert f"3 articles in {tmp_path / 'little'}" in said
    assert "\x1b" not in said
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize("more", [[], ["--resume"]])
def test_the_same_command_again_changes_nothing(
    little: Little, tmp_path: Path, more: list[str]
) -> None:
    little.fill(3)
    run(little, tmp_path)
    status, said = run(little, tmp_path, *more)
    assert status == 0
    assert "0 new, 0 edited, 3 unchanged" in said
    assert len(lines(tmp_path)) == 3


def test_failures_are_told_line_by_line_and_end_with_3(little: Little, tmp_path: Path) -> None:
    paths = little.fill(3)
    little.pages[paths[0]] = Answer(b"", 403)
    little.pages[paths[2]] = Answer(b"", 500)
    status, said = run(little, tmp_path)
    assert status == 3
    assert f"rilis: little: {little.base}{paths[0]}: 403 Forbidden" in said
    assert f"rilis: little: {little.base}{paths[2]}: 500 Internal Server Error (2 tries)" in said
    assert "1 new" in said
    assert "2 failed" in said


def test_what_a_server_sends_does_not_steer_the_terminal(little: Little, tmp_path: Path) -> None:
    paths = little.fill(1)

    def rude(request: Request) -> Steps:
        yield b"HTTP/1.1 418 \x1b[2Jteko\x9b31m\r\nContent-Length: 0\r\n\r\n"

    little.pages[paths[0]] = rude
    status, said = run(little, tmp_path)
    assert status == 3
    assert not {"\x1b", "\x9b"} & set(said)


def test_several_sites_are_fetched_side_by_side(little: Little, tmp_path: Path) -> None:
    little.fill(3)
    said_desa = article("Kabar desa", words="Warga membersihkan saluran air bersama-sama. " * 20)

    def page(request: Request) -> Answer:
        return Answer(said_desa)

    with Server({"desa": page}) as server:
        words = ["little", server.address("desa") + "/kabar.html"]
        status, said = run(little, tmp_path, words=words)
    assert status == 0, said
    assert len(list(tmp_path.glob("*/articles.jsonl"))) == 2


@pytest.mark.parametrize(
    ("words", "more", "told"),
    [
        (["litle"], [], "little"),
        (["wordpress"], [], "address"),
        (["ftp://kota.example/"], [], "https://"),
        (["little"], ["--since", "kemarin"], "YYYY-MM-DD"),
        (["little"], ["--since", "2024-05-02", "--until", "2024-05-01"], "no day is left"),
        (["little"], ["--contact", "dinas(kota)"], "--contact"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    little: Little, tmp_path: Path, words: list[str], more: list[str], told: str
) -> None:
    status, said = run(little, tmp_path, *more, words=words)
    assert status == 2
    assert told in said
    assert "\n" not in said.strip()
    assert little.asked() == []


def test_who_asks_is_told_to_the_server(little: Little, tmp_path: Path) -> None:
    little.fill(1)
    run(little, tmp_path, "--contact", "arsip@kota.example")
    assert little.server is not None
    agents = {visit.headers["user-agent"] for visit in little.server.requests()}
    assert agents == {agent("arsip@kota.example")}
    assert next(iter(agents)).startswith("rilis/")
    assert next(iter(agents)).endswith(" (+arsip@kota.example)")


@pytest.mark.parametrize("contact", ["a\r\nX: y", "ä@b.example", "(x)"])
def test_a_contact_cannot_break_the_header(contact: str) -> None:
    with pytest.raises(UsageError):
        agent(contact)
