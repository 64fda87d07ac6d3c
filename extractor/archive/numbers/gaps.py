"""Months that stand together, without the few that a slip in a year puts decades away."""

from collections.abc import Sequence

from extractor.archive.numbers.figures import Words
from extractor.archive.numbers.stats import Count
from extractor.messages import _

LONELY = 60  # months without any event
FEW = 0.05  # share of the events that may be left out on one side


def together(dated: Sequence[Count], words: Words) -> tuple[Sequence[Count], list[str]]:
    """The months without a few that lie years before or behind all others, as a slip in a year
    does, and how many those are: the axis would be empty but for its end."""
    most = FEW * sum(one.n for one in dated)
    begin, end = _behind_gap(dated, most), len(dated) - _behind_gap(dated[::-1], most)
    if begin >= end:
        return dated, []
    said = []
    if begin:
        n, month = sum(one.n for one in dated[:begin]), words.month(dated[begin].label or "")
        said.append(_("before {month}: {n}").format(month=month, n=words.number(n)))
    if end < len(dated):
        n, month = sum(one.n for one in dated[end:]), words.month(dated[end - 1].label or "")
        said.append(_("after {month}: {n}").format(month=month, n=words.number(n)))
    return dated[begin:end], said


def _behind_gap(months: Sequence[Count], most: float) -> int:
    """Where the months begin that follow years without any, and so few that ``most`` is not
    exceeded; 0 where there is no such gap."""
    begin = before = empty = 0
    for at, one in enumerate(months):
        if not one.n:
            empty += 1
            continue
        if empty >= LONELY and before <= most:
            begin = at
        before, empty = before + one.n, 0
    return begin
