"""The command as people use it: results, messages, exit status."""

import importlib.metadata
import json
from pathlib import Path

import pytest

from tests.shell import Shell

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample" / "2024-07-11-rakor-kader.txt"
GOLD = Path(__file__).parent.parent / "corpus" / "gold"
TEXT = "Judul Rilis\n\nDinas Pangan menggelar Rapat Pangan di Aula Jati, Kamis (2/5/2024).\n"


def test_the_version_needs_no_command(rilis: Shell) -> None:
    done = rilis("--version")
    assert done.status == 0
    assert done.out == f"rilis {importlib.metadata.version('rilis')}\n"


def test_extract_prints_one_record_a_line(rilis: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    done = rilis("extract", tmp_path)
    assert done.status == 0
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [Path(r["source"]["path"]).name for r in records] == ["a.txt", "b.txt"]
    assert records[0]["events"][0]["date"]["start"] == "2024-05-02"


def test_a_missing_file_costs_itself_alone(rilis: Shell, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(TEXT, encoding="utf-8")
    inputs = [tmp_path / f"{number}.txt" for number in range(10)]
    done = rilis("extract", *inputs)
    assert done.status == 3
    assert len(done.out.splitlines()) == 9
    assert "9.txt: no such file" in done.err
    assert "1 input failed, 9 done" in done.err
    assert "Traceback" not in done.err


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "binary.txt": (bytes(range(256)) * 20, "a binary file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a PNG file"),
    "huge.txt": (b"Rapat pangan. " * 4_000_000, "longer than 10 MB"),
    "nozip.docx": (b"this is no zip", "not a .docx file"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".docx"),
    "broken.txt": (b"\xff\xfeR\x00a\x00p", "the file says it is UTF-16-LE"),
    "lines.jsonl": (b'{"id": "x", "text": "Isi."}\n{broken\n', "lines.jsonl:2"),
}


def test_bad_inputs_are_told_one_by_one_and_the_others_done(rilis: Shell, tmp_path: Path) -> None:
    for name, (raw, _said) in BAD.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "unclosed.txt").write_text(TEXT + "“Kami siap, ujar Budi.\n", encoding="utf-8")
    (tmp_path / "win.txt").write_bytes(TEXT.encode() + "“Siap,” kata Budi.".encode("cp1252"))
    done = rilis("extract", tmp_path, tmp_path / "missing.txt")
    assert done.status == 3
    told = {line for line in done.err.splitlines() if line.startswith("rilis: ")}
    for name, (_raw, said) in {**BAD, "missing.txt": (b"", "no such file")}.items():
        assert any(name in line and said in line for line in told), (name, done.err)
    assert "Traceback" not in done.err
    records = [json.loads(line) for line in done.out.splitlines()]
    read = {Path(record["source"]["path"] or "x").name for record in records}
    assert {"good.txt", "unclosed.txt", "win.txt", "lines.jsonl:1"} <= read
    assert len(told) == len(BAD) + 1


def test_an_output_that_is_an_input_is_refused(rilis: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = rilis("extract", path, "-o", path)
    assert done.status == 2
    assert "is an input too" in done.err
    assert path.read_text(encoding="utf-8") == TEXT


def test_clean_mends_and_undo_gives_the_draft_back(rilis: Shell, tmp_path: Path) -> None:
    clean, undo, ledger = tmp_path / "c.txt", tmp_path / "u.json", tmp_path / "l.jsonl"
    done = rilis("clean", SAMPLE, "-o", clean, "--undo", undo, "--ledger", ledger)
    assert done.status == 0
    assert "repeats.exact: the same as paragraph 2" in done.err
    assert clean.read_text(encoding="utf-8").count("Mas Danu, sapaan akrab") == 1
    assert all("rule" in json.loads(line) for line in ledger.read_text().splitlines())
    back = tmp_path / "back.txt"
    assert rilis("undo", clean, undo, "-o", back).status == 0
    assert back.read_bytes() == SAMPLE.read_bytes()


def test_clean_shows_a_diff_and_checks(rilis: Shell, tmp_path: Path) -> None:
    shown = rilis("clean", SAMPLE, "--diff")
    assert shown.out.startswith("--- ")
    assert "-Mas Danu, sapaan akrab" in shown.out
    assert rilis("clean", SAMPLE, "--check").status == 1
    fine = tmp_path / "fine.txt"
    fine.write_text("Judul Rilis\n\nDinas Pangan menggelar rapat di Aula Jati.\n", encoding="utf-8")
    assert rilis("clean", fine, "--check").status == 0


def test_clean_sums_up_what_was_done_and_what_waits(rilis: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "Judul Rilis\n\nWarga bekerjasama dalam rapat pasca kegiatan dengan walikota , lalu pulang.\n"
    path.write_text(text, encoding="utf-8")
    waits = "1 proposed (--grade propose takes them)"
    assert rilis("clean", path).err.splitlines()[-1] == f"3 done, {waits}"
    checked = rilis("clean", path, "--check")
    assert checked.err == f"3 to be done, {waits}\n"
    assert "[to be done: ' ' -> '']" in checked.out
    assert rilis("clean", path, "--grade", "propose").err.splitlines()[-1] == "4 done"


@pytest.mark.parametrize("more", ["", " , lalu pulang"])
def test_a_page_becomes_a_text_whether_it_has_slips_or_not(
    rilis: Shell, tmp_path: Path, more: str
) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><p>Warga hadir{more}.</p></body></html>", encoding="utf-8")
    assert rilis("clean", page).out == f"Warga hadir{more.replace(' ,', ',')}.\n"


@pytest.mark.parametrize("name", ["c.pdf", "c.odt", "c.rtf", "c.html", "c.doc"])
def test_no_text_is_written_under_the_name_of_another_format(
    rilis: Shell, tmp_path: Path, name: str
) -> None:
    done = rilis("clean", SAMPLE, "-o", tmp_path / name)
    assert done.status == 3
    assert f"{name}: clean drafts are written as text; name a .txt file" in done.err
    assert not (tmp_path / name).exists()


def test_a_stroke_at_the_end_names_a_folder(rilis: Shell, tmp_path: Path) -> None:
    assert rilis("clean", SAMPLE, "-o", f"{tmp_path / 'clean'}/").status == 0
    assert (tmp_path / "clean" / SAMPLE.name).is_file()


def test_clean_in_place_keeps_a_backup(rilis: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SAMPLE.read_bytes())
    assert rilis("clean", path, "--in-place").status == 0
    assert (tmp_path / "a.txt.bak").read_bytes() == SAMPLE.read_bytes()
    assert len(path.read_bytes()) < len(SAMPLE.read_bytes())


def test_output_is_written_whole_and_resumed(rilis: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    output = tmp_path / "records.jsonl"
    assert rilis("extract", tmp_path / "a.txt", "-o", output).status == 0
    first = output.read_bytes()
    (tmp_path / "b.txt").write_text(TEXT.replace("Pangan", "Kota"), encoding="utf-8")
    again = rilis("extract", tmp_path / "a.txt", tmp_path / "b.txt", "-o", output, "--resume")
    assert again.status == 0
    assert again.err == "2 done, 1 of them before\n"
    (tmp_path / "c.txt").write_bytes(b"")
    more = rilis("extract", tmp_path, "-o", output, "--resume")
    assert more.err.endswith("1 input failed, 2 done (2 of them before)\n")
    assert output.read_bytes().startswith(first)
    assert len(output.read_text(encoding="utf-8").splitlines()) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.txt",
        "b.txt",
        "c.txt",
        "records.jsonl",
    ]


@pytest.mark.parametrize(
    ("form", "has"), [("json", '"schema"'), ("table", "2024-05-02"), ("html", "<mark")]
)
def test_other_forms_of_output(rilis: Shell, tmp_path: Path, form: str, has: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert has in rilis("extract", tmp_path / "a.txt", "--format", form).out
    output = tmp_path / "out"
    assert rilis("extract", tmp_path / "a.txt", "--format", form, "-o", output).status == 0
    assert has in output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["extract", "x.txt", "--format", "xml"], 2, "--format xml: the forms are jsonl"),
        (["extract", "x.txt", "--resume"], 2, "--resume needs -o FILE"),
        (["extract", "x.txt", "--published", "besok"], 2, "--published besok: is no date; write"),
        (["rules", "try", "Rapat", "--published", "2025"], 2, "--published 2025: is no date"),
        (["extract", "x.txt", "--lang", "fr"], 2, "the languages are id and en"),
        (["extract"], 2, "Missing argument"),
        (["extrakt", "x.txt"], 2, "No such command 'extrakt'. Did you mean 'extract'?"),
        (["extract", "x.txt", "--rules", "/no/such/folder"], 1, "no such folder of rules"),
        (["evaluate", "/no/such/folder"], 2, "no annotated releases"),
        (["evaluate", str(GOLD), "--show", "venu"], 2, "the fields are event"),
        (["annotate", "x.jsonl", "--tool", "brat"], 2, "the tools are prodigy"),
        (["annotate", "/no/such.jsonl", "--tool", "doccano"], 2, "/no/such.jsonl"),
        (["clean", "/no/such.txt"], 3, "no such file"),
    ],
)
def test_wrong_use_is_told_in_one_line_with_the_way_out(
    rilis: Shell, arguments: list[str], status: int, said: str
) -> None:
    done = rilis(*arguments)
    assert done.status == status
    assert said in done.err.replace("\n", " ")
    assert "Traceback" not in done.err
    assert done.out == ""


def test_messages_come_in_indonesian(rilis: Shell) -> None:
    assert "tidak ada berkas" in rilis("extract", "/tidak/ada.txt", "--lang", "id").err


def test_rules_check_tells_faults_with_file_and_line(rilis: Shell, tmp_path: Path) -> None:
    (tmp_path / "venues.yaml").write_text("rulez: []\nwords: 3\n", encoding="utf-8")
    done = rilis("rules", "check", "--rules", tmp_path)
    assert done.status == 1
    assert (
        f"{tmp_path}/venues.yaml:1: venues: unknown key 'rulez'; did you mean 'rules'?" in done.out
    )
    assert f"{tmp_path}/venues.yaml:2:" in done.out
    assert "2 faults" in done.err


def test_rules_check_tells_an_example_that_does_not_hold(rilis: Shell, tmp_path: Path) -> None:
    (tmp_path / "dates.yaml").write_text(
        "finds:\n  - {text: 'Kamis (2/5/2024)', values: ['2024-05-03']}\n", encoding="utf-8"
    )
    done = rilis("rules", "check", "--rules", tmp_path)
    assert done.status == 1
    assert f"{tmp_path}/dates.yaml:2: finds ['2024-05-02'] instead of ['2024-05-03']" in done.out


def test_rules_try_shows_what_fires_where(rilis: Shell) -> None:
    done = rilis("rules", "try", "Rapat Pangan digelar di Aula Jati, Kamis (2/5/2024).")
    assert done.status == 0
    assert "2024-05-02" in done.out
    assert "Aula Jati" in done.out


def test_explain_tells_words_rule_and_confidence(rilis: Shell) -> None:
    done = rilis("explain", SAMPLE)
    assert done.status == 0
    for shown in ("Ruang Kalijaga", "2024-07-11", "Danu", "paragraph 6 = paragraph 2", "dates."):
        assert shown in done.out


def test_evaluate_scores_and_compares(rilis: Shell, tmp_path: Path) -> None:
    for path in sorted(GOLD.glob("h50[1-3].*")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    first = rilis("evaluate", tmp_path, "--json")
    assert first.status == 0
    old = tmp_path.parent / "old.json"
    old.write_text(first.out, encoding="utf-8")
    plot, page = tmp_path.parent / "plot.svg", tmp_path.parent / "page.html"
    done = rilis(
        "evaluate", tmp_path, "--against", old, "--calibration", "--plot", plot, "--html", page,
        "--intervals", "--detail", "--show", "people",
    )  # fmt: skip
    assert done.status == 0
    assert "+0.000" in done.out
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    assert "<h1>" in page.read_text(encoding="utf-8")


def test_a_plot_under_another_name_than_svg_is_refused(rilis: Shell, tmp_path: Path) -> None:
    done = rilis("evaluate", GOLD, "--calibration", "--plot", tmp_path / "plot.png")
    assert done.status == 2
    assert "SVG" in done.err


def test_records_go_to_a_tool_and_come_back_as_gold(rilis: Shell, tmp_path: Path) -> None:
    records, tasks, gold = tmp_path / "r.jsonl", tmp_path / "t.jsonl", tmp_path / "gold"
    assert rilis("extract", SAMPLE, "-o", records).status == 0
    assert rilis("annotate", records, "--tool", "doccano", "-o", tasks).status == 0
    assert rilis("gold", tasks, "--tool", "doccano", "-o", gold).status == 0
    answer = json.loads((gold / f"{SAMPLE.stem}.json").read_text(encoding="utf-8"))
    assert answer["date"]["start"] == "2024-07-11"
    refused = rilis("gold", tasks, "--tool", "doccano", "-o", gold)
    assert refused.status == 2
    assert "is there already" in refused.err


def test_the_schema_is_printed(rilis: Shell) -> None:
    assert json.loads(rilis("schema").out)["title"] == "Record"
