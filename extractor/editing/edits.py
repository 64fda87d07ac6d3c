"""Edits: apply, undo, and the map between old and new offsets.

Applying and undoing are exact: the draft comes back character for character. Edits that overlap an
earlier one are refused by :func:`settle`, which keeps the larger or the earlier.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.record import Edit


@dataclass(frozen=True)
class Applied:
    """A draft after its edits: ``text``; ``edits`` in order; ``offsets`` ``(text_start, draft_start,
    length)`` of every stretch that was kept."""

    text: str
    edits: tuple[Edit, ...]
    offsets: tuple[tuple[int, int, int], ...]

    def to_draft(self, offset: int) -> int:
        """The place in the draft of a place in the text; inside a replacement, where that began."""
        found = 0
        for text_start, draft_start, length in self.offsets:
            if text_start > offset:
                break
            found = draft_start + min(offset - text_start, length)
        return found


def settle(edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """(kept, refused): edits in order without overlap; a wider edit wins over one inside it, else the
    earlier one."""
    kept: list[Edit] = []
    refused: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -(e.end - e.start))):
        last = kept[-1] if kept else None
        if last is not None and (
            edit.start < last.end or (edit.start, edit.end) == (last.start, last.end)
        ):
            refused.append(edit)
        else:
            kept.append(edit)
    return tuple(kept), tuple(refused)


def apply(draft: str, edits: Sequence[Edit]) -> Applied:
    """The draft with its edits applied; they must not overlap (see :func:`settle`).

    Raises ValueError for edits that overlap or lie outside the draft.
    """
    ordered = tuple(sorted(edits, key=lambda e: (e.start, e.end)))
    parts: list[str] = []
    offsets: list[tuple[int, int, int]] = []
    at = length = 0
    for edit in ordered:
        if edit.start < at or edit.end < edit.start or edit.end > len(draft):
            raise ValueError(f"edit {edit.rule} at {edit.start}-{edit.end} overlaps or is outside")
        if edit.start > at:
            offsets.append((length, at, edit.start - at))
            parts.append(draft[at : edit.start])
            length += edit.start - at
        parts.append(edit.replacement)
        length += len(edit.replacement)
        at = edit.end
    if at < len(draft):
        offsets.append((length, at, len(draft) - at))
        parts.append(draft[at:])
    return Applied("".join(parts), ordered, tuple(offsets))


def invert(draft: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that, applied to the cleaned text, give the draft back."""
    inverse = []
    shift = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        start = edit.start + shift
        inverse.append(
            edit.model_copy(
                update={
                    "start": start,
                    "end": start + len(edit.replacement),
                    "replacement": draft[edit.start : edit.end],
                }
            )
        )
        shift += len(edit.replacement) - (edit.end - edit.start)
    return tuple(inverse)


def undo(cleaned: str, inverse: Sequence[Edit]) -> str:
    """The draft again, from the cleaned text and the inverted edits."""
    return apply(cleaned, inverse).text
