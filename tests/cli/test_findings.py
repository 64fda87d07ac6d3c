"""``rilis clean --format``, ``rilis silence`` and ``rilis report`` as from a shell."""

import json
import os
from pathlib import Path

import pytest

from tests.shell import Shell

DRAFT = "Warga Karangsari Pilah Sampah\n\nWarga bekerjasama dgn kader di balai ,lalu pulang.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "naskah.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_findings_take_the_place_of_the_clean_draft(rilis: Shell, draft: Path) -> None:
    done = rilis("clean", draft, "--format", "jsonl", "--check")
    assert done.status == 1
    rules = [json.loads(line)["rule"] for line in done.out.splitlines()]
    assert "style.compound-apart" in rules
    assert done.err == ""


@pytest.mark.parametrize(
    ("form", "begins"), [("sarif", "{"), ("html", "<!doctype"), ("html-inline", "<!doctype")]
)
def test_other_forms_leave_status_and_draft_alone(
    rilis: Shell, draft: Path, form: str, begins: str
) -> None:
    done = rilis("clean", draft, "--format", form)
    assert done.status == 0
    assert done.out.startswith(begins)
    assert draft.read_text(encoding="utf-8") == DRAFT
    assert rilis("clean", draft, "--format", form).out == done.out


def test_findings_and_clean_draft_at_once(rilis: Shell, draft: Path, tmp_path: Path) -> None:
    clean = tmp_path / "bersih.txt"
    done = rilis("clean", draft, "-o", clean, "--format", "jsonl")
    assert done.status == 0
    assert "bekerja sama" in clean.read_text(encoding="utf-8")
    assert len(done.out.splitlines()) >= 2


def test_an_unknown_form_is_wrong_use(rilis: Shell, draft: Path) -> None:
    done = rilis("clean", draft, "--format", "xml")
    assert done.status == 2
    assert "sarif" in done.err


def test_what_was_silenced_is_no_longer_told_or_mended(
    rilis: Shell, draft: Path, tmp_path: Path
) -> None:
    place = next(
        line.split(": ")[0].removeprefix(f"{draft}:")
        for line in rilis("clean", draft, "--check").out.splitlines()
        if "compound-apart" in line
    )
    assert rilis("silence", draft, place, "--rule", "style.chat").status == 0
    assert (tmp_path / ".rilis.yaml").is_file()
    done = rilis("clean", draft)
    assert "bekerjasama dgn" in done.out
    assert "balai, lalu" in done.out or "balai,lalu" in done.out
    assert "2 findings left alone" in done.err
    assert rilis("silence", draft, "--file").status == 0
    assert rilis("clean", draft).out == DRAFT


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a place"),
        (("99:1",), "nothing is found there"),
        (("x",), "no place such as"),
        (("--rule", "style.nothing"), "no such rule"),
    ],
)
def test_wrong_silence_is_told(
    rilis: Shell, draft: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = rilis("silence", draft, *arguments)
    assert done.status == 2
    assert said in done.err
    assert not (draft.parent / ".rilis.yaml").exists()


def test_a_list_with_faults_stops_before_anything_is_mended(rilis: Shell, draft: Path) -> None:
    (draft.parent / ".rilis.yaml").write_text("rule: [style.chat]\n", encoding="utf-8")
    before = draft.read_bytes()
    done = rilis("clean", draft, "--in-place")
    assert done.status == 1
    assert ".rilis.yaml:1:" in done.err
    assert draft.read_bytes() == before


def test_a_report_lists_all_drafts_and_is_the_same_again(
    rilis: Shell, draft: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "a.txt").write_text(DRAFT, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    page, table = tmp_path / "r.html", tmp_path / "r.csv"
    done = rilis("report", folder, "-o", page, "--csv", table)
    assert done.status == 3
    assert "b.txt" in done.err
    first = page.read_bytes(), table.read_bytes()
    rilis("report", folder, "-o", page, "--csv", table)
    assert (page.read_bytes(), table.read_bytes()) == first
    assert os.fsencode(folder / "a.txt") in first[1]
    rilis("report", folder, "-o", table)
    assert table.read_bytes() == first[1]
