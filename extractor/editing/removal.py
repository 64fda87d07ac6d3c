"""What a record leaves out of the draft: repeats and page furniture; and how its lines are laid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.editing.repeats import find_repeats
from extractor.language.layout import Layout, Paragraph, hard_wrapped
from extractor.record import Edit, Removed
from extractor.rulebook import Rulebook

_BREAK = re.compile(r"[ \t\xa0]*\r?\n[ \t\xa0]*")


@dataclass(frozen=True)
class Removal:
    """An edit that takes a paragraph out; ``removed`` tells of a repeat, None for furniture."""

    edit: Edit
    removed: Removed | None


def removals(layout: Layout, rulebook: Rulebook) -> list[Removal]:
    """Repeats and furniture of a draft, as edits with their reasons, in order."""
    found = []
    for repeat in find_repeats(layout, rulebook["repeats"]):
        piece = layout.text[repeat.paragraph.start : repeat.paragraph.end]
        removed = Removed(
            paragraph=repeat.paragraph.number,
            duplicate_of=repeat.kept.number,
            similarity=round(repeat.similarity, 4),
            rule=repeat.rule,
            reason=repeat.reason,
            text=piece,
        )
        edit = _cut(layout, repeat.paragraph, repeat.rule, repeat.reason, "repeat")
        found.append(Removal(edit, removed))
    for paragraph in layout.paragraphs:
        if paragraph.kind == "furniture":
            edit = _cut(layout, paragraph, "paragraphs.furniture", "page furniture", "furniture")
            found.append(Removal(edit, None))
    return sorted(found, key=lambda r: r.edit.start)


def layout_edits(layout: Layout) -> Iterator[Edit]:
    """How the record lays the text: no blanks at its ends, ``\\n`` for any line end, one line a
    paragraph."""
    text = layout.text
    if not layout.paragraphs:
        if text:
            yield _layout_edit(0, len(text), "")
        return
    first, last = layout.paragraphs[0], layout.paragraphs[-1]
    if first.start:
        yield _layout_edit(0, first.start, "")
    if last.end < len(text):
        yield _layout_edit(last.end, len(text), "")
    joined = hard_wrapped(text)
    spans = iter(layout.paragraphs)
    current = next(spans)
    for found in _BREAK.finditer(text, first.start, last.end):
        while found.start() >= current.end and current is not last:
            current = next(spans)
        inside = joined and current.start < found.start() < current.end
        replacement = " " if inside else "\n"
        if found.group() != replacement:
            yield _layout_edit(found.start(), found.end(), replacement)


def _layout_edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(
        start=start,
        end=end,
        replacement=replacement,
        rule="paragraphs.layout",
        reason="line ends and blanks",
        grade="sure",
        kind="layout",
    )


def _cut(layout: Layout, paragraph: Paragraph, rule: str, reason: str, kind: str) -> Edit:
    """The paragraph with the blanks before it; the first one with the blanks after it."""
    index = layout.paragraphs.index(paragraph)
    start, end = paragraph.start, paragraph.end
    if index:
        start = layout.paragraphs[index - 1].end
    elif len(layout.paragraphs) > 1:
        end = layout.paragraphs[1].start
    return Edit(
        start=start, end=end, replacement="", rule=rule, reason=reason, grade="sure", kind=kind
    )
