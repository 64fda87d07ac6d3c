"""A draft cleaned: what goes, what stays, and the way back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.editing.cleaning import clean, ledger, read_ledger
from extractor.editing.diff import unified_diff
from extractor.rulebook import Rulebook
from tests.examples import examples

SEED = Path(__file__).parents[3] / "shared" / "seed"
LEAD = "DPM Kota Melati gelar Rakor Kader se Kota Melati, Kamis(2/5/2024), di Balai Kota Melati."
BODY = (
    "Aan, sapaan akrab Lurah Karangsari, mengajak warga bersinergi/ bergotong royong memilah sampah.",
    "“Kader dimana pun tidak akan kami lupakan sampai pasca kegiatan selesai.” Pungkas Aan.",
)
DRAFT = "\r\n".join(
    [
        "Kader Melati Rakor Lagi",
        "",
        LEAD,
        *BODY,
        "(Tim Warta Melati)",
        *BODY,
        "Bagikan artikel ini:",
    ]
)


def test_repeats_and_furniture_go_slips_are_mended_speech_stays(rulebook: Rulebook) -> None:
    cleaned = clean(DRAFT, rulebook)
    assert cleaned.text.split("\r\n") == [
        "Kader Melati Rakor Lagi",
        "",
        "DPM Kota Melati gelar Rakor Kader se-Kota Melati, Kamis (2/5/2024), di Balai Kota Melati.",
        "Aan, sapaan akrab Lurah Karangsari, mengajak warga bersinergi/bergotong royong memilah "
        "sampah.",
        "“Kader dimana pun tidak akan kami lupakan sampai pasca kegiatan selesai,” pungkas Aan.",
        "(Tim Warta Melati)",
    ]
    assert [(one.paragraph, one.duplicate_of) for one in cleaned.removed] == [(5, 2), (6, 3)]
    told = [one for one in cleaned.findings if one.grade == "tell"]
    assert {one.rule for one in told} == {"style.preposition-glued", "style.pasca"}
    assert cleaned.undone() == DRAFT


def test_grades_choose_what_is_applied(rulebook: Rulebook) -> None:
    draft = "Warga yg hadir  pulang."
    assert clean(draft, rulebook).text == "Warga yg hadir pulang."
    assert clean(draft, rulebook, grades=("sure", "propose")).text == "Warga yang hadir pulang."
    assert clean(draft, rulebook, grades=()).text == draft


def test_a_ledger_is_read_back(rulebook: Rulebook) -> None:
    edits = clean(DRAFT, rulebook).edits
    assert read_ledger(ledger(edits)) == edits
    assert all(one.reason and one.rule for one in edits)


@settings(max_examples=examples(60), deadline=None)
@given(
    lines=st.lists(
        st.sampled_from(
            (*BODY, LEAD, "(gun)", "***", "Baca juga: Warta", "“Siap , ujarnya", "", "é😀")
        )
    ),
    end=st.sampled_from(("\n", "\r\n", "\n\n")),
    before=st.sampled_from(("", "\ufeff", " \n")),
)
def test_any_draft_comes_back(rulebook: Rulebook, lines: list[str], end: str, before: str) -> None:
    draft = before + end.join(lines)
    cleaned = clean(draft, rulebook, grades=("sure", "propose"))
    assert cleaned.undone() == draft
    assert patched(draft, "".join(unified_diff(draft, cleaned.edits))) == cleaned.text


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(rulebook: Rulebook, draft: str) -> None:
    assert clean(draft, rulebook).undone() == draft


def test_the_seed_is_left_with_its_title_and_five_paragraphs(rulebook: Rulebook) -> None:
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip(f"the client's release is not here ({SEED})")
    for file in files:
        draft = file.read_bytes().decode()
        cleaned = clean(draft, rulebook)
        assert len([line for line in cleaned.text.splitlines() if line.strip()]) == 6
        assert [(one.paragraph, one.duplicate_of) for one in cleaned.removed] == [
            (6, 2), (7, 3), (8, 4), (9, 5),
        ]  # fmt: skip
        assert cleaned.undone() == draft


def patched(draft: str, diff: str) -> str:
    """The draft with a unified diff applied, as ``patch`` would."""
    if not diff:
        return draft
    old = draft.splitlines(keepends=True)
    new: list[str] = []
    at = 0
    lines = diff.split("\n")[2:]
    for number, line in enumerate(lines):
        if line.startswith("@@"):
            start, length = (line.split()[1][1:] + ",1").split(",")[:2]
            begin = int(start) - 1 if int(length) else int(start)
            new += old[at:begin]
            at = begin
            continue
        if not line or line.startswith("\\"):
            continue
        bare = number + 1 < len(lines) and lines[number + 1].startswith("\\")
        text = line[1:] + ("" if bare else "\n")
        if line[0] in " -":
            assert old[at] == text
            at += 1
        if line[0] in " +":
            new.append(text)
    return "".join([*new, *old[at:]])


WHOLE = (
    "Ia menargetkan setiap dasawisma memiliki satu bank sampah, dan pengepul datang setiap pekan."
)


@pytest.mark.parametrize(
    ("first", "fuller", "becomes"),
    [
        (WHOLE[:70], WHOLE, WHOLE),
        (
            WHOLE.replace("memiliki", "memilki")[:69],
            WHOLE.replace("satu bank", "satu  bank"),
            WHOLE,
        ),
        (
            WHOLE,
            WHOLE[:-1] + " ke balai warga Karangsari.",
            WHOLE[:-1] + " ke balai warga Karangsari.",
        ),
    ],
)
def test_a_damaged_first_copy_is_repaired_in_its_place(
    rulebook: Rulebook, first: str, fuller: str, becomes: str
) -> None:
    draft = "\n".join(["Kader Melati Rakor Lagi", LEAD, first, BODY[0], "(Tim Warta)", fuller])
    cleaned = clean(draft, rulebook)
    lines = cleaned.text.split("\n")
    assert lines[2] == becomes
    assert len(lines) == 5
    assert [(one.paragraph, one.duplicate_of) for one in cleaned.removed] == [(5, 2)]
    assert {one.kind for one in cleaned.edits} >= {"repair", "repeat"}
    assert cleaned.undone() == draft


def test_slips_beside_the_repairs_of_a_first_copy_are_mended_too(rulebook: Rulebook) -> None:
    first = "Lurah Karangsari  mengajak warga memilah sampah dari rumah agar beban bak kampung berk"
    whole = first.replace("  ", " ") + "urang sedikit demi sedikit setiap pekan."
    draft = f"Pilah Sampah\n\n{first}\n\nPengepul datang.\n\n{whole}\n"
    assert clean(draft, rulebook).text == f"Pilah Sampah\n\n{whole}\n\nPengepul datang.\n"


@pytest.mark.parametrize(
    ("cut", "repaired"),
    [(45, True), (51, True), (46, False), (57, False), (38, False)],
    ids=["in a word", "after dari", "a heading", "another heading", "too short"],
)
def test_a_short_first_copy_is_damaged_where_no_heading_ends_so(
    rulebook: Rulebook, cut: int, repaired: bool
) -> None:
    whole = "Lurah Karangsari mengajak warga memilah sampah dari rumah agar beban bak berkurang."
    draft = f"Pilah Sampah\n\nPengepul datang.\n\n{whole[:cut]}\n\nIa pulang.\n\n{whole}\n"
    clear = f"Pilah Sampah\n\nPengepul datang.\n\n{whole}\n\nIa pulang.\n"
    assert clean(draft, rulebook).text == (clear if repaired else draft)
