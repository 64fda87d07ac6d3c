"""Edits: apply, undo, and the map between old and new offsets.

Applying and undoing are exact: the draft comes back character for character. Edits that overlap
cannot both be applied; :func:`settle` chooses.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.record import Edit


@dataclass(frozen=True)
class Applied:
    """A draft after its edits.

    ``edits`` are in order; ``offsets`` are the stretches that were kept, each
    as ``(text_start, draft_start, length)``."""

    text: str
    edits: tuple[Edit, ...]
    offsets: tuple[tuple[int, int, int], ...]

    def to_draft(self, offset: int) -> int:
        """The place in the draft of a place in the text; inside a replacement, where that began."""
        place = bisect_right(self.offsets, offset, key=lambda kept: kept[0]) - 1
        if place < 0:
            return 0
        text_start, draft_start, length = self.offsets[place]
        return draft_start + min(offset - text_start, length)


def settle(edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """(kept, refused): edits in order without overlap; of two that overlap the wider is kept, of
    two as wide the earlier. Two insertions at one place overlap."""
    kept: list[Edit] = []
    beaten: list[Edit] = []
    for edit in sorted(edits, key=_order):
        rivals = 0
        while rivals < len(kept) and _overlap(kept[-1 - rivals], edit):
            rivals += 1
        if rivals and max(map(_width, kept[-rivals:])) >= _width(edit):
            beaten.append(edit)
            continue
        for _ in range(rivals):
            beaten.append(kept.pop())
        kept.append(edit)
    # One that was beaten may fit after all where its rival was beaten in turn.
    refused: list[Edit] = []
    merged: list[Edit] = []
    waiting = sorted(beaten, key=_order, reverse=True)
    for edit in kept:
        while waiting and _order(waiting[-1]) <= _order(edit):
            again = waiting.pop()
            fits = not _overlap(again, edit) and not (merged and _overlap(merged[-1], again))
            (merged if fits else refused).append(again)
        merged.append(edit)
    for again in reversed(waiting):
        fits = not (merged and _overlap(merged[-1], again))
        (merged if fits else refused).append(again)
    return tuple(merged), tuple(refused)


def _order(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _width(edit: Edit) -> int:
    return edit.end - edit.start


def _overlap(one: Edit, later: Edit) -> bool:
    """Whether two edits, in order, cannot both be applied."""
    return later.start < one.end or (one.start, one.end) == (later.start, later.end)


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
