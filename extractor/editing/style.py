"""Style rules: what editors mend in spelling, spacing and punctuation, as edits with reasons."""

from collections.abc import Iterator

from extractor.record import Edit
from extractor.rulebook import Rulebook


def style_edits(text: str, rulebook: Rulebook) -> Iterator[Edit]:
    """The style edits of a text, in no order; they may overlap."""
    del text, rulebook
    yield from ()
