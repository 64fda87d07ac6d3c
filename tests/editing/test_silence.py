"""What is left alone: known again by its words, read with faults told, added to without loss."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.editing.cleaning import clean
from extractor.editing.silence import Known, Silence, known, read_silence, silence_file
from extractor.editing.silence_entries import with_entries
from extractor.errors import RuleError
from extractor.rulebook import Rulebook

P = "Warga yang hadir bekerjasama dengan forum kader Karangsari sejak awal bulan ini di balai kampung."
DRAFT = f"Warga Karangsari Pilah Sampah\n\n{P}\nMereka menyusun aktifitas dan aktifitas lain, Kamis(2/5).\n{P}\n"


def ids(rulebook: Rulebook) -> set[str]:
    return {rule.id for rule in rulebook.rules()}


def test_every_finding_can_be_left_alone_and_stays_unmended(rulebook: Rulebook) -> None:
    found = clean(DRAFT, rulebook).findings
    silence = Silence(findings=tuple(known(DRAFT, e.rule, e.start, e.end) for e in found))
    cleaned = clean(DRAFT, rulebook, silence=silence)
    assert [
        e for e in cleaned.findings if (e.rule, e.start) in {(o.rule, o.start) for o in found}
    ] == []
    assert cleaned.silenced >= len(found)
    assert cleaned.text.count(P) == 2


def test_one_finding_is_left_alone_wherever_it_moves(rulebook: Rulebook) -> None:
    found = [e for e in clean(DRAFT, rulebook).findings if e.rule == "style.spelling"]
    first = known(DRAFT, found[0].rule, found[0].start, found[0].end)
    assert (first.words, first.before) == ("aktifitas", "kampung mereka menyusun")
    moved = "Pengantar baru disisipkan di sini.\n\n" + DRAFT.replace(
        "dan aktifitas", "dan kini aktifitas"
    )
    cleaned = clean(moved, rulebook, silence=Silence(findings=(first,)))
    spelling = [e for e in cleaned.findings if e.rule == "style.spelling"]
    assert len(found) == 2
    assert len(spelling) == 1
    assert cleaned.text.count("aktifitas") == 1


def test_a_repeated_paragraph_is_known_by_its_own_words(rulebook: Rulebook) -> None:
    (repeat,) = (e for e in clean(DRAFT, rulebook).findings if e.kind == "repeat")
    silence = Silence(findings=(known(DRAFT, repeat.rule, repeat.start, repeat.end),))
    moved = f"Judul Lain\n\n{P}\nPengepul datang setiap pekan.\n{P}\nWarga lalu pulang bersama.\n"
    assert [one.paragraph for one in clean(moved, rulebook).removed] == [3]
    assert clean(moved, rulebook, silence=silence).removed == ()


def test_what_is_left_alone_in_a_chat_is_counted_too(rulebook: Rulebook) -> None:
    chat = "[12/3/25 14.03] Humas: Warga bekerjasama.\n[12/3/25 14.04] Humas: Warga pulang.\n"
    found = [edit for edit in clean(chat, rulebook).findings if edit.kind == "chat"]
    assert len(found) == 2
    one = Silence(findings=(known(chat, found[0].rule, found[0].start, found[0].end),))
    cleaned = clean(chat, rulebook, silence=one)
    assert (cleaned.silenced, cleaned.text.count("Humas")) == (1, 1)
    both = Silence(rules=frozenset({found[0].rule, "style.compound-apart"}))
    cleaned = clean(chat, rulebook, silence=both)
    assert (cleaned.silenced, cleaned.text) == (3, chat)


@pytest.mark.parametrize(
    ("silence", "quiet"),
    [
        (Silence(words=frozenset({("bekerjasama",)})), "style.compound-apart"),
        (Silence(rules=frozenset({"style.spelling"})), "style.spelling"),
        (Silence(rules=frozenset({"repeats.exact"})), "repeats.exact"),
        (Silence(whole=True), ""),
    ],
)
def test_words_rules_and_files(rulebook: Rulebook, silence: Silence, quiet: str) -> None:
    before = {e.rule for e in clean(DRAFT, rulebook).findings}
    after = {e.rule for e in clean(DRAFT, rulebook, silence=silence).findings}
    if quiet:
        assert quiet in before
        assert quiet not in after
    else:
        assert clean(DRAFT, rulebook, silence=silence).text == DRAFT


def test_a_word_is_left_alone_and_not_the_paragraph_it_stands_in(rulebook: Rulebook) -> None:
    words = Silence(words=frozenset({("bekerjasama",)}))
    assert len(clean(DRAFT, rulebook, silence=words).removed) == 1


def test_a_damaged_copy_left_alone_is_not_repaired(rulebook: Rulebook) -> None:
    draft = f"Judul Warga Karangsari\n{P[:75]}\nPengepul datang setiap pekan.\n{P}"
    (cut,) = (e for e in clean(draft, rulebook).findings if e.kind == "repeat")
    silence = Silence(findings=(known(draft, cut.rule, cut.start, cut.end),))
    cleaned = clean(draft, rulebook, grades=("sure",), silence=silence)
    assert not [e for e in cleaned.edits if e.kind in ("repeat", "repair")]


def test_files_are_named_from_the_folder_of_the_list(tmp_path: Path) -> None:
    silence = Silence(files=("arsip/*.txt", "lama.docx"), path=tmp_path / ".rilis.yaml")
    assert silence.of_file(str(tmp_path / "arsip" / "a.txt")).whole
    assert silence.of_file(str(tmp_path / "x" / "lama.docx")).whole
    assert not silence.of_file(str(tmp_path / "a.txt")).whole


def test_the_nearest_list_is_used(tmp_path: Path) -> None:
    inner = tmp_path / "dinas"
    inner.mkdir()
    (tmp_path / ".rilis.yaml").write_text("words: [a]\n", encoding="utf-8")
    assert silence_file(inner / "a.txt") == tmp_path / ".rilis.yaml"
    (inner / ".rilis.yaml").write_text("words: [b]\n", encoding="utf-8")
    assert silence_file(inner / "a.txt") == inner / ".rilis.yaml"


def test_faults_are_told_with_their_lines(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / ".rilis.yaml"
    path.write_text(
        "word: [a]\nrules:\n  - style.speling\nfindings:\n  - rule: style.spelling\n  - words: a\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleError) as caught:
        read_silence(path, ids(rulebook))
    told = str(caught.value).splitlines()
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in told] == ["1", "3", "5", "6"]
    assert "'words'" in told[0]
    assert "'style.spelling'" in told[1]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "words: [Anugrah, hektar]\nrules: []\n",
        "# catatan kantor\nwords:\n- Anugrah # nama hotel\n",
        "words:\n    - Anugrah\nrules: [style.chat]   # dari bagian humas",
        'files: ["a.txt"]\nfindings:\n  - rule: style.chat\n    words: yg\n',
        "words:\n  [Anugrah,\n   hektar]\nfiles: [b.txt]\n",
    ],
)
def test_entries_join_what_is_there(tmp_path: Path, rulebook: Rulebook, content: str) -> None:
    path = tmp_path / ".rilis.yaml"
    entry = Known("style.spelling", "aktifitas", "a: b", "c")
    grown = content
    for key, entries in (
        ("words", ["kerja: sama"]),
        ("rules", ["style.foreign"]),
        ("findings", [entry]),
    ):
        grown = with_entries(grown, key, entries)
        assert with_entries(grown, key, entries) == grown
    path.write_text(grown, encoding="utf-8")
    read = read_silence(path, ids(rulebook))
    old = yaml.safe_load(content) or {}
    assert {("kerja", "sama"), *((w.lower(),) for w in old.get("words", ()))} == read.words
    assert {"style.foreign", *old.get("rules", ())} == read.rules
    assert entry in read.findings
    assert len(read.findings) == 1 + len(old.get("findings", ()))
    for comment in ("# catatan kantor", "# nama hotel", "# dari bagian humas"):
        assert (comment in content) == (comment in grown)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_place_is_known(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    silence = Silence(findings=(known(text, "style.x", start, end),))
    assert silence.covers(text, "style.x", start, end)
