"""Forms of verbs of saying, built from roots and affixes."""

import pytest

from extractor.language.quotes.speech_verbs import SpeechVerbs
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def verbs(rulebook: Rulebook) -> SpeechVerbs:
    return SpeechVerbs(rulebook["quotes"])


@pytest.mark.parametrize(
    ("word", "voice"),
    [
        ("kata", "bare"),
        ("katanya", "owned"),
        ("mengatakan", "active"),
        ("berkata", "active"),
        ("dikatakan", "passive"),
        ("dikatakannya", "passive"),
        ("menuturkan", "active"),
        ("menyebut", "active"),
        ("memaparkan", "active"),
        ("menekankan", "active"),
        ("mengemukakan", "active"),
        ("mengklaim", "active"),
        ("memprediksi", "active"),
        ("mempertanyakan", "active"),
        ("memperingatkan", "active"),
        ("menggarisbawahi", "active"),
        ("memungkiri", "active"),
        ("mengakui", "active"),
        ("mengaku", "active"),
        ("diakui", "passive"),
        ("mengimbau", "active"),
        ("menghimbau", "active"),
        ("melarang", "active"),
        ("berharap", "active"),
        ("kelakarnya", "owned"),
    ],
)
def test_forms_follow_from_the_root(verbs: SpeechVerbs, word: str, voice: str) -> None:
    form = verbs.form(word)
    assert form is not None
    assert form.voice == voice


@pytest.mark.parametrize("word", ["memesan", "menambah", "mengingat", "menutup", "menggelar"])
def test_other_verbs_of_the_same_root_do_not_speak(verbs: SpeechVerbs, word: str) -> None:
    form = verbs.form(word)
    assert form is None or form.strength == "tag"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("meyampaikan", "menyampaikan"),
        ("menjelasakn", "menjelaskan"),
        ("mengungkapka", "mengungkapkan"),
        ("bergharap", "berharap"),
        ("menyampaiakan", "menyampaikan"),
    ],
)
def test_a_slip_of_the_hand_is_the_verb_meant(slip: str, meant: str, verbs: SpeechVerbs) -> None:
    form = verbs.form(slip)
    assert form is not None
    assert form == verbs.form(meant)


@pytest.mark.parametrize(
    "word",
    ["mematikan", "menandakan", "mengadakan", "menurunkan", "meningkat", "disangka",
     "menyebarkan", "menamakan", "berhadapan"],
)  # fmt: skip
def test_another_verb_is_no_slip(word: str, verbs: SpeechVerbs) -> None:
    assert verbs.form(word) is None
