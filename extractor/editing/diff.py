"""What a cleaning changed, as a unified diff.

The changed lines are known from the edits, so nothing is searched for and the time is linear.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.record import Edit

_CONTEXT = 3


@dataclass
class _Change:
    """Lines ``first`` to ``last`` (exclusive) of the draft become ``new``."""

    first: int
    last: int
    new: list[str]


def unified_diff(
    draft: str, edits: Sequence[Edit], old: str = "draft", new: str = "clean"
) -> Iterator[str]:
    """The lines of a unified diff, each with its line end; none where there are no edits.

    ``edits`` are in order and do not overlap; ``old`` and ``new`` name the two sides.
    """
    lines = draft.splitlines(keepends=True)
    changes = [c for c in _changes(draft, lines, edits) if c.first < c.last or c.new]
    if not changes:
        return
    yield f"--- {old}\n"
    yield f"+++ {new}\n"
    shift = 0
    for hunk in _hunks(changes):
        start = max(0, hunk[0].first - _CONTEXT)
        end = min(len(lines), hunk[-1].last + _CONTEXT)
        length = end - start
        grown = length + sum(len(c.new) - (c.last - c.first) for c in hunk)
        yield f"@@ -{_range(start, length)} +{_range(start + shift, grown)} @@\n"
        shift += grown - length
        at = start
        for change in hunk:
            yield from (_line(" ", line) for line in lines[at : change.first])
            yield from (_line("-", line) for line in lines[change.first : change.last])
            yield from (_line("+", line) for line in change.new)
            at = change.last
        yield from (_line(" ", line) for line in lines[at:end])


def _changes(draft: str, lines: list[str], edits: Sequence[Edit]) -> Iterator[_Change]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    count = len(lines)
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        first = min(bisect_right(starts, edit.start) - 1, max(count - 1, 0))
        last = min(bisect_right(starts, edit.end), count)
        if groups and first < groups[-1][1]:
            groups[-1] = (groups[-1][0], max(last, groups[-1][1]), [*groups[-1][2], edit])
        else:
            groups.append((first, last, [edit]))
    for first, last, group in groups:
        parts = []
        at = starts[first]
        for edit in group:
            parts += [draft[at : edit.start], edit.replacement]
            at = edit.end
        parts.append(draft[at : starts[last]])
        fresh = "".join(parts).splitlines(keepends=True)
        while first < last and fresh and lines[first] == fresh[0]:
            first, fresh = first + 1, fresh[1:]
        while first < last and fresh and lines[last - 1] == fresh[-1]:
            last, fresh = last - 1, fresh[:-1]
        yield _Change(first, last, fresh)


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _range(start: int, length: int) -> str:
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _line(sign: str, line: str) -> str:
    if line.endswith("\n"):
        return sign + line
    if line.endswith("\r"):
        return sign + line + "\n"
    return f"{sign}{line}\n\\ No newline at end of file\n"
