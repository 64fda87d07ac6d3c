"""Names struck out of texts and records: all of them, nothing else, and offsets stay true."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.archive.risk.masking import BLOCK, Mask
from extractor.record import Person, Record, Removed, Source, Span, Venue, text_version
from tests.archive.generator import generated

COMMON, NO_PART = frozenset({"bunga", "indah"}), frozenset({"pak", "bin", "korban"})


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Zulaikha Permata hadir.", "████████████████ hadir."),
        ("ZULAIKHA PERMATA dan zulaikha permata", "████████████████ dan ████████████████"),
        ("Zulaikha\nPermata hadir.", "████████\n███████ hadir."),
        ("Kata Zulaikha, ibu Permata.", "Kata ████████, ibu ███████."),
        ("Zulaikhanya, Permata-nya, Zulaikha's", "███████████, ███████-nya, ████████'s"),
        ("Zulaikha-Permata Zulaikha  Permata", "████████████████ █████████████████"),
        ("#SaveZulaikhaPermata @zulaikha_permata99", "#Save███████████████ @████████████████99"),
        ("zulaikhapermata@surel.example", "███████████████@surel.example"),
        ("Zulai\u00adkha Permata", "█████████████████"),
        ("Zulaíkha Perma\u0301ta", "█████████████████"),
        ("Zulai-\nkha datang", "██████\n███ datang"),
        ("\uff3aulaikha datang", "████████ datang"),
        ("Zulaikhawati dan Permatasari", "Zulaikhawati dan Permatasari"),
    ],
)
def test_every_way_of_writing_a_name_is_struck_out(text: str, masked: str) -> None:
    assert Mask(["Zulaikha Permata"]).text(text) == masked


@pytest.mark.parametrize(
    ("names", "others", "text", "masked"),
    [
        (["Bunga"], [], "Bunga menanam bunga.", "█████ menanam bunga."),
        (["Indah Sari"], [], "Kota indah, kata Indah Sari.", "Kota indah, kata ██████████."),
        (["Korban", "Sari"], [], "Korban Longsor, Sari", "Korban Longsor, ████"),
        (["Pak Warsito"], [], "Pak Lurah dan Pak Warsito.", "Pak Lurah dan ███████████."),
        (["Ali bin Umar"], [], "Budi bin Harun dan Ali", "Budi bin Harun dan ███"),
        (["AB"], [], "AB (14) ke lab, ab initio", "██ (14) ke lab, ab initio"),
        (["Ma'ruf Zaini"], [], "Ma’ruf, Maruf dan zaini", "██████, █████ dan █████"),
        (
            ["Siti Aminah"],
            ["Siti Rahma"],
            "Siti Rahma, Siti dan Aminah",
            "Siti Rahma, ████ dan ██████",
        ),
        (["Siti Aminah"], ["Hj. Siti Aminah Dewi"], "Siti Aminah Dewi", "███████████ Dewi"),
        (["Siti Aminah"], ["Siti Aminnah"], "Siti Aminnah", "████ Aminnah"),
        (["Siti Aminah"], ["Aminah"], "Aminah datang", "██████ datang"),
        ([], [], "Tidak ada nama.", "Tidak ada nama."),
        (["", " ", "—"], [], "Garis — tetap.", "Garis — tetap."),
    ],
)
def test_what_is_no_name_stays(names: list[str], others: list[str], text: str, masked: str) -> None:
    assert Mask(names, others, common=COMMON, no_part=NO_PART).text(text) == masked


WORDS = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=3, max_size=9)
NAMES = (
    st.lists(WORDS, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda name: len(name.upper()) == len(name) and name.upper().lower() == name.lower())
)


@given(st.lists(NAMES, min_size=1, max_size=3), st.text(max_size=60), st.text(max_size=60))
def test_offsets_stay_and_the_name_is_gone_in_any_text(
    names: list[str], before: str, after: str
) -> None:
    mask = Mask(names)
    for name in names:
        text = f"{before} {name}, {name.upper()} {after}"
        masked = mask.text(text)
        assert len(masked) == len(text)
        for one, shown in zip(text, masked, strict=True):
            assert shown in (one, BLOCK)
        assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", masked, re.IGNORECASE)


@given(st.text())
def test_masking_twice_changes_nothing(text: str) -> None:
    mask = Mask(["Zulaikha Permata", "AB"])
    assert mask.text(mask.text(text)) == mask.text(text)


def test_a_name_is_found_in_whatever_normal_form_the_text_has() -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert "Zo" not in Mask(["Zoë André"]).text(unicodedata.normalize(form, "Zoë André hadir"))  # type: ignore[arg-type]


def told(text: str, words: str, at: int = 0) -> Span:
    start = text.index(words, at)
    return Span(text=words, start=start, end=start + len(words), rule="r.s", confidence=0.9)


def test_nothing_of_a_record_holds_the_name() -> None:
    text = "Rumah Zulaikha\n\nSiswi, Zulaikha Permata, bernyanyi di Rumah Zulaikha.\nKata Zulaikha: maju."
    whole = next(iter(generated(1, seed=5)))
    venue = told(text, "Rumah Zulaikha")
    record = whole.model_copy(
        update={
            "id": "zulaikha-permata-bernyanyi", "text": text,
            "source": Source(
                uri="https://a.example/siswi-Zulaikha%20Permata", path="zulaikha.txt",
                title="ZULAIKHA PERMATA BERNYANYI", sha256="a" * 64,
            ),
            "events": tuple(
                event.model_copy(
                    update={
                        "name": told(text, "Rumah Zulaikha"), "organizers": (venue,), "date": None,
                        "venue": Venue(**venue.model_dump(), parts={"building": "Rumah Zulaikha"}),
                        "participants": ("p1", venue), "theme": venue, "occasion": venue,
                    }
                )
                for event in whole.events
            ),
            "people": (
                Person(
                    id="p1", name="Zulaikha Permata", full_name="Zulaikha Permata Sari",
                    full_name_source="KTP", titles=("Ning",), role=told(text, "Siswi"),
                    organization="Sanggar Zulaikha", aliases=("Ikha",),
                    mentions=(told(text, "Zulaikha Permata"), told(text, "Zulaikha", 70)),
                ),
            ),
            "quotes": (), "dates": (), "credit": None, "dateline": None, "warnings": (),
            "removed": (
                Removed(
                    paragraph=2, duplicate_of=1, similarity=1, rule="r", reason="the same as 1",
                    text="Zulaikha bernyanyi.",
                ),
            ),
        }
    )  # fmt: skip
    shown = Mask(["Zulaikha Permata", "Zulaikha Permata Sari", "Ikha"], persons=["p1"]).record(
        Record.model_validate(record.model_dump())
    )
    said = shown.model_dump_json().casefold()
    for part in ("zulaikha", "permata", "ikha", "ning"):
        assert part not in said.replace("bernyanyi", "").replace("warnings", "")
    assert (shown.source.uri, shown.source.path) == (None, None)
    assert shown.source.sha256 == text_version(shown.text)
    (person,) = shown.people
    assert (person.role, person.organization, person.titles) == (None, None, ())
    for span in (*person.mentions, shown.events[0].venue, shown.events[0].name):
        assert span is not None
        assert shown.text[span.start : span.end] == span.text


def test_a_record_without_the_name_keeps_all_but_the_hash_of_its_draft() -> None:
    for record in generated(20, seed=6):
        shown = Mask(["Zulaikha Permata"]).record(record)
        source = record.source.model_copy(update={"sha256": text_version(record.text)})
        changed = {"source": source, "id": shown.id}
        assert shown == record.model_copy(update=changed)


def test_an_id_taken_from_the_draft_does_not_confirm_a_guessed_name() -> None:
    record = next(iter(generated(1, seed=7)))
    record = record.model_copy(update={"id": record.source.sha256[:16]})
    name = record.people[0].name
    shown = Mask([name]).record(record)
    assert shown.id == text_version(shown.text)[:16] != record.id
