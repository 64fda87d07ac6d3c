"""Repeated paragraphs inside one draft: exact copies, and the repeated tail block."""

import re
from dataclasses import dataclass

from extractor.language.layout import Layout, Paragraph
from extractor.rulebook import RuleFile

_FOLD = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "´": "'"})
_BLANKS = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([\"'.,;:!?()/-])\s*")


@dataclass(frozen=True)
class Repeat:
    """``paragraph`` says again what ``kept`` says; numbers as in the record, 0 is the title."""

    paragraph: Paragraph
    kept: Paragraph
    similarity: float
    rule: str
    reason: str


def fold(text: str) -> str:
    """A paragraph for comparison: blanks, quotation marks and capitals folded."""
    return _AROUND.sub(r"\1", _BLANKS.sub(" ", text.translate(_FOLD))).strip().casefold()


def find_repeats(layout: Layout, rules: RuleFile) -> list[Repeat]:
    """The repeats of a draft, in order. ``rules`` is ``rulebook["repeats"]``."""
    shortest = int(rules.settings.get("shortest", 60))
    seen: dict[str, Paragraph] = {}
    repeats = []
    for paragraph in layout.paragraphs:
        if paragraph.kind not in ("body", "title"):
            continue
        folded = fold(layout.text[paragraph.start : paragraph.end])
        kept = seen.setdefault(folded, paragraph)
        if kept is not paragraph and len(folded) >= shortest:
            repeats.append(
                Repeat(paragraph, kept, 1.0, "repeats.exact", f"same as paragraph {kept.number}")
            )
    return repeats
