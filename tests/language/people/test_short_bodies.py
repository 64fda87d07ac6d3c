"""Short names of bodies that the text explains in brackets."""

import pytest

from extractor.language.layout import read_layout
from extractor.language.people.lexicon import Lexicon
from extractor.language.people.reading import Reading
from extractor.rulebook import Rulebook


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Universitas Nagari Melati (Unnamel) membuka pameran.", {"unnamel"}),
        ("Dinas Komunikasi, Informatika dan Aset (Diskominaset) hadir.", {"diskominaset"}),
        ("Bupati Tarjono Wibisana (Tarwib) hadir.", set()),
        ("Dinas Pangan (Kenanga) membuka pameran.", set()),
        ("Universitas Kenanga membuka pameran (Unken).", set()),
        ("Badan Aset (BA) hadir.", set()),
    ],
)
def test_only_what_shortens_a_body_is_its_name(
    rulebook: Rulebook, text: str, bodies: set[str]
) -> None:
    lexicon = Lexicon(rulebook["people"], rulebook["offices"])
    assert Reading(read_layout(text, rulebook["paragraphs"]), lexicon).bodies == bodies
