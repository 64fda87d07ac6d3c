"""What a record leaves out of the draft: repeats and page furniture; and how its lines are laid."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.editing.repeats import Repeat, find_repeats
from extractor.language.layout import Layout
from extractor.messages import _
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
    return removals_of(layout, find_repeats(layout, rulebook["repeats"]))


def removals_of(layout: Layout, repeats: Iterable[Repeat]) -> list[Removal]:
    """The same where the repeats are known already.

    A paragraph goes with the blanks before it; those before the first that stays go with the blanks
    after them.
    """
    by_start = {repeat.paragraph.start: repeat for repeat in repeats}
    found = []
    kept_before = False
    for index, paragraph in enumerate(layout.paragraphs):
        repeat = by_start.get(paragraph.start)
        if repeat is None and paragraph.kind != "furniture":
            kept_before = True
            continue
        start, end = paragraph.start, paragraph.end
        if kept_before:
            start = layout.paragraphs[index - 1].end
        elif index + 1 < len(layout.paragraphs):
            end = layout.paragraphs[index + 1].start
        if repeat is None:
            edit = _cut(start, end, paragraph.rule, _("page furniture"), "furniture")
            found.append(Removal(edit, None))
            continue
        removed = Removed(
            paragraph=paragraph.number,
            duplicate_of=repeat.kept.number,
            also=tuple(other.number for other in repeat.also),
            similarity=repeat.similarity,
            rule=repeat.rule,
            reason=repeat.reason,
            text=layout.text[paragraph.start : paragraph.end],
        )
        found.append(Removal(_cut(start, end, repeat.rule, repeat.reason, "repeat"), removed))
    return found


def layout_edits(layout: Layout) -> Iterator[Edit]:
    """How the record lays the text: no blanks at its ends, ``\\n`` for any line end, one line a
    paragraph; what a line breaks at its hyphen (warga-warga) is one word."""
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
    spans = iter(layout.paragraphs)
    current = next(spans)
    for found in _BREAK.finditer(text, first.start, last.end):
        while found.start() >= current.end and current is not last:
            current = next(spans)
        inside = current.start < found.start() < current.end
        replacement = _joint(text, found) if inside else "\n"
        if found.group() != replacement:
            yield _layout_edit(found.start(), found.end(), replacement)


def _joint(text: str, found: re.Match[str]) -> str:
    """What stands for a line end within a paragraph: nothing behind the hyphen of a word."""
    before, after = (
        text[max(0, found.start() - 2) : found.start()],
        text[found.end() : found.end() + 1],
    )
    hyphen = before[:1].isalpha() and before[1:] == "-" and after.isalpha()
    return "" if hyphen else " "


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


def _cut(start: int, end: int, rule: str, reason: str, kind: str) -> Edit:
    return Edit(
        start=start, end=end, replacement="", rule=rule, reason=reason, grade="sure", kind=kind
    )
