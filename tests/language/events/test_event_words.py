"""Nouns made of verbs, kinds of events, and words that are no events."""

import pytest

from extractor.language.events.words import EventWords
from extractor.language.phrases import words_of
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def vocabulary(rulebook: Rulebook) -> EventWords:
    """The words of the shipped rules."""
    return EventWords(rulebook["events"], rulebook["offices"])


@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("melantik", "pelantikan"),
        ("meninjau", "peninjauan"),
        ("menyerahkan", "penyerahan"),
        ("mengukuhkan", "pengukuhan"),
        ("membagikan", "pembagian"),
        ("meresmikan", "peresmian"),
        ("memusnahkan", "pemusnahan"),
        ("memperbaiki", "perbaikan"),
        ("meja", None),
        ("rapat", None),
    ],
)
def test_an_active_verb_gives_its_noun(vocabulary: EventWords, verb: str, noun: str | None) -> None:
    assert vocabulary.nouns.of_active(verb) == noun


@pytest.mark.parametrize(
    ("root", "noun"),
    [
        ("pasang", "pemasangan"),
        ("tanam", "penanaman"),
        ("segel", "penyegelan"),
        ("kukuhkan", "pengukuhan"),
        ("bagikan", "pembagian"),
        ("cat", "pencatan"),
        ("gali", "penggalan"),
        ("angkut", "pengangkutan"),
        ("lepas", "pelepasan"),
        ("resmikan", "peresmian"),
    ],
)
def test_a_root_takes_the_nasal_that_its_first_letter_asks_for(
    vocabulary: EventWords, root: str, noun: str
) -> None:
    assert vocabulary.nouns.of_root(root) == noun


@pytest.mark.parametrize(
    ("word", "holds"),
    [
        ("penyegelan", True),
        ("pelepasliaran", True),
        ("sertifikasi", True),
        ("pekalongan", False),
        ("pedalaman", False),
        ("penuh", False),
        ("menggeneralisasi", False),
    ],
)
def test_the_shape_of_a_verbal_noun(vocabulary: EventWords, word: str, holds: bool) -> None:
    assert vocabulary.nouns.is_verbal(word) is holds


@pytest.mark.parametrize(
    ("word", "holds"), [("kunjungan", True), ("latihan", True), ("dengan", False), ("rapat", False)]
)
def test_a_root_with_an_may_name_an_act(vocabulary: EventWords, word: str, holds: bool) -> None:
    assert vocabulary.nouns.is_of_act(word) is holds


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("Rakor Pengairan", "rapat koordinasi", True),
        ("bimtek arsip", "bimbingan teknis", True),
        ("Launching Si Mawar", "peluncuran", True),
        ("rapat koordinasi terbatas", "rapat koordinasi", True),
        ("lomba umum baca puisi", "lomba umum", True),
        ("Penyegelan gudang", "penyegelan", False),
        ("Pertemuan rapat kordinasi pompa", "rapat koordinasi", True),
        ("Prosesi pelantikan lurah", "pelantikan", True),
        ("Silahturahmi warga", "silaturahmi", True),
    ],
)
def test_the_kind_of_a_head(vocabulary: EventWords, text: str, kind: str, known: bool) -> None:
    head = vocabulary.head_at(text, words_of(text), 0)
    assert head is not None
    assert (head.kind, head.known) == (kind, known)


@pytest.mark.parametrize("text", ["Peringatan dini banjir", "pemerintahan desa", "beras murah"])
def test_words_that_are_no_head(vocabulary: EventWords, text: str) -> None:
    assert vocabulary.head_at(text, words_of(text), 0) is None


@pytest.mark.parametrize(
    ("verb", "bare", "noun"),
    [
        ("dilantik", False, "pelantikan"),
        ("lantik", True, "pelantikan"),
        ("lantik", False, None),
        ("mengunjungi", False, "kunjungan"),
        ("menandatangani", False, "penandatanganan"),
        ("meminta", False, None),
        ("kampanyekan", True, "kampanye"),
        ("mensosialisasikan", False, "sosialisasi"),
        ("berdiskusi", False, "diskusi"),
    ],
)
def test_the_noun_of_a_verb(
    vocabulary: EventWords, verb: str, bare: bool, noun: str | None
) -> None:
    assert vocabulary.noun_of(verb, bare) == noun


@pytest.mark.parametrize(
    ("word", "holds"),
    [
        ("Diserbu", True),
        ("Serahkan", True),
        ("menanam", True),
        ("Dinkes", False),
        ("Dispora", False),
        ("Digital", False),
        ("Nunukan", False),
        ("Pelantikan", False),
        ("Kenanga", False),
    ],
)
def test_the_shape_of_a_verb(vocabulary: EventWords, word: str, holds: bool) -> None:
    assert vocabulary.is_verb(words_of(word)[0]) is holds


def test_the_class_of_a_kind(vocabulary: EventWords) -> None:
    assert vocabulary.class_of("rapat koordinasi") == "rapat"
    assert vocabulary.class_of("ngarak") is None
