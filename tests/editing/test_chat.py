"""Releases pasted from a chat: what the chat put round them goes, is told, and comes back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.editing.chat import chat_edits
from extractor.editing.cleaning import clean
from extractor.rulebook import Rulebook
from tests.examples import examples

TITLE = "Warga Karangsari Pilah Sampah dari Rumah"
LEAD = (
    "Lurah Karangsari, Gunarti, mengajak warga memilah sampah dari rumah agar beban bak berkurang."
)
NEXT = "Ia menargetkan setiap dasawisma memiliki satu bank sampah yang buka dua kali dalam sepekan."


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (
            f"[10.15, 12/3/2026] Humas Melati: {TITLE}\n\n{LEAD}\n{NEXT}\n",
            f"{TITLE}\n\n{LEAD}\n{NEXT}\n",
        ),
        (f"12/03/26 10.15 - Humas: {TITLE}\r\n{LEAD}\r\n", f"{TITLE}\r\n{LEAD}\r\n"),
        # the same message sent twice, at two times
        (
            f"[10.15, 12/3/2026] Humas: {TITLE}\n[10.15, 12/3/2026] Humas: {LEAD}\n"
            f"[10.16, 12/3/2026] Humas: {NEXT}\n[10.20, 12/3/2026] Humas: {LEAD}\n",
            f"{TITLE}\n{LEAD}\n{NEXT}\n",
        ),
        (
            f"[12/3/26 09.01.15] Gunarti: Diteruskan\n{TITLE}\n\u200e<Media tidak disertakan>\n{LEAD}\n",
            f"{TITLE}\n{LEAD}\n",
        ),
        (f"Forwarded many times\n{TITLE}\n{LEAD}\n", f"{TITLE}\n{LEAD}\n"),
    ],
)
def test_a_chat_paste_becomes_the_release_and_the_paste_again(
    rulebook: Rulebook, pasted: str, expected: str
) -> None:
    cleaned = clean(pasted, rulebook)
    assert cleaned.text.strip() == expected.strip()
    assert cleaned.undone() == pasted
    assert {edit.kind for edit in cleaned.findings} >= {"chat"}
    for edit in cleaned.findings:
        assert edit in cleaned.edits or edit.grade != "sure" or edit in cleaned.refused


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{LEAD}\n\n{NEXT}",
        "Rapat digelar Kamis, 12/3/2026, pukul 10.15. Humas: terbuka untuk umum.",
        "Jadwal:\n10.15 - 12.00 Sosialisasi: bank sampah\n12.00 - 13.00 Istirahat",
        "Bantuan itu diteruskan kepada warga.",
    ],
)
def test_what_no_chat_wrote_is_left_alone(rulebook: Rulebook, text: str) -> None:
    assert chat_edits(text, rulebook) == []


def test_a_record_of_a_chat_paste_points_into_the_paste(extractor: Extractor) -> None:
    pasted = (
        f"[10.15, 12/3/2026] Humas Melati: {TITLE}\n[10.16, 12/3/2026] Humas Melati: {LEAD}\n"
        f"[10.17, 12/3/2026] Humas Melati: {LEAD}\n"
    )
    record = extractor.extract(Article(id="x", text=pasted))
    assert record.text == f"{TITLE}\n{LEAD}"
    for text_start, draft_start, length in record.offsets:
        kept = record.text[text_start : text_start + length]
        assert pasted[draft_start : draft_start + length] == kept
    assert [person.name for person in record.people] == ["Gunarti"]


PIECES = (
    "[10.15, 12/3/2026] Humas: ", "12/03/26 10.15 - Gunarti: ", "Diteruskan\n", "\n", "\n\n", " ,", "\r\n",
    "<Media tidak disertakan>\n", f"{LEAD}\n", f"{NEXT}\n", TITLE, "di karenakan hujan", "  ", "“Siap.” Ujar Danu.",
)  # fmt: skip


@settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_any_paste_comes_back(rulebook: Rulebook, pieces: list[str]) -> None:
    pasted = "".join(pieces)
    cleaned = clean(pasted, rulebook, grades=("sure", "propose"))
    assert cleaned.undone() == pasted
    assert cleaned.applied.text == cleaned.text
    assert [e for e in cleaned.edits if e.start > e.end or e.end > len(pasted)] == []
