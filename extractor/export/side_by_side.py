"""Cleaned drafts as an HTML page: before and after side by side, or the changes within the text.

The page needs no script and reaches for nothing outside; whatever a draft says is escaped.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from extractor.editing.repeats import percent
from extractor.editing.word_changes import word_changes
from extractor.export.findings import Account, Placed
from extractor.export.frame import page
from extractor.language.lines import paragraph_spans
from extractor.messages import _, ngettext
from extractor.record import Removed

_STYLE = """
td.n,th.n{color:var(--dim);width:3rem}td.side{width:48%}thead th{position:sticky;top:0}
mark{border-bottom:2px dotted var(--markfg)}
sup{font-size:.68em;line-height:0;margin:0 .1em}sup a{color:var(--dim);text-decoration:none}
sup a:hover,li a:hover{text-decoration:underline}
ol{padding-left:2.6rem}li{margin:.25rem 0}.gone td{background:var(--soft)}
.chips{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:.5rem 0 1rem}
.chips li{border:1px solid var(--line);border-radius:1rem;padding:.05rem .7rem;margin:0}
@media(max-width:50rem){td.side{display:block;width:auto}thead{display:none}}
@media print{thead th{position:static}}
"""


def findings_page(accounts: Iterable[Account], side_by_side: bool = True) -> str:
    """One page for all drafts; the same drafts give the same bytes."""
    parts: list[str] = []
    for number, account in enumerate(accounts, 1):
        parts += _draft(account, f"d{number}", side_by_side)
    return page(_("Cleaned drafts"), _STYLE, *parts)


def _draft(account: Account, anchor: str, side_by_side: bool) -> Iterator[str]:
    found = account.found
    draft = account.cleaning.draft
    yield f'<section><h2 id="{anchor}">{escape(account.path)}</h2>'
    yield from _summary(account)
    marks = _Marks(draft, found, anchor)
    spans = list(paragraph_spans(draft))
    numbers = _numbers(account, spans)
    if side_by_side:
        heads = "".join(f"<th>{escape(head)}</th>" for head in (_("draft"), _("clean")))
        yield f'<table><thead><tr><th class="n"></th>{heads}</tr></thead><tbody>'
        for label, (start, end) in zip(numbers, spans, strict=True):
            old = "".join(marks.shown(start, end, new=False))
            new = "".join(marks.shown(start, end, old=False))
            gone = "" if new.strip() else ' class="gone"'
            yield (
                f'<tr{gone}><td class="n">{label}</td><td class="side" lang="id">{old}</td>'
                f'<td class="side" lang="id">{new}</td></tr>'
            )
        yield "</tbody></table>"
    else:
        yield f'<pre lang="id">{"".join(marks.shown(0, len(draft)))}</pre>'
    yield from _repeats(account)
    if found:
        yield _heading(_("Findings"))
        yield "<ol>"
        for number, one in enumerate(found, 1):
            yield _item(one, draft, anchor, number)
        yield "</ol>"
    yield "</section>"


def _summary(account: Account) -> Iterator[str]:
    """How many findings there are of each state, and what the marks mean."""
    states = Counter(_state(one) for one in account.found)
    said = ngettext("{n} finding", "{n} findings", len(account.found))
    chips = [escape(said.format(n=len(account.found)))]
    for tag, state in (("ins", _("done")), ("mark", _("proposed")), ("mark", _("to look at"))):
        if states[state]:
            chips.append(f"<{tag}>{escape(state)}</{tag}> {states[state]}")
    yield '<ul class="chips">' + "".join(f"<li>{chip}</li>" for chip in chips) + "</ul>"


def _numbers(account: Account, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The number of each paragraph, as the reasons of repeats count them: the title has none."""
    starts = [start for start, _end in spans]
    repeats = (one.edit for one in account.found if one.edit.kind == "repeat" and one.done)
    above = 0
    for removed, edit in zip(account.cleaning.removed, repeats, strict=False):
        at = account.cleaning.draft.find(removed.text, edit.start)
        above = bisect_right(starts, max(at, edit.start)) - removed.paragraph
        break
    numbers = range(1 - above, len(spans) + 1 - above)
    return [str(number) if number > 0 else escape(_("title")) for number in numbers]


@dataclass
class _Group:
    """Changes within the same words, shown as whole words, or one finding that changed nothing."""

    start: int
    end: int
    done: bool
    findings: list[tuple[int, Placed]]
    marked: bool = False


class _Marks:
    """A draft with its findings marked, each change by whole words, so that it can be read; what
    was not done is marked unless it lies in what was."""

    def __init__(self, draft: str, found: Sequence[Placed], anchor: str) -> None:
        self._draft = draft
        self._anchor = anchor
        groups: list[_Group] = []
        for done in (True, False):
            taken = list(groups)
            ends = [group.end for group in taken]
            for number, one in enumerate(found, 1):
                if one.done != done:
                    continue
                start, end = _words(draft, one)
                near = taken[bisect_left(ends, start) :] if not done else []
                if near and near[0].start < end:
                    near[0].findings.append((number, one))
                elif groups and groups[-1].done == done and start < groups[-1].end:
                    groups[-1].end = max(groups[-1].end, end)
                    groups[-1].findings.append((number, one))
                else:
                    groups.append(_Group(start, end, done, [(number, one)]))
        self._groups = sorted(groups, key=lambda group: (group.start, group.end))
        self._ends = [group.end for group in self._groups]

    def shown(self, start: int, end: int, old: bool = True, new: bool = True) -> Iterator[str]:
        """``draft[start:end]``; ``old`` and ``new`` choose what is shown of the changes."""
        at = start
        for group in self._groups[bisect_left(self._ends, start) :]:
            if group.start > end or (group.start == end < group.end):
                break
            first, last = max(at, group.start), min(end, group.end)
            if last < first:
                continue
            yield escape(self._draft[at:first])
            words = self._draft[first:last]
            reasons = (f"{one.edit.rule}: {one.edit.reason}" for _, one in group.findings)
            title = escape(" · ".join(dict.fromkeys(reasons)))
            becomes = ""
            if not group.done:
                yield f'<mark title="{title}">{escape(words)}</mark>' if old else escape(words)
            else:
                becomes = self._becomes(group) if new and group.start >= start else ""
                if old and words:
                    ends = words.strip("\r\n")
                    lead, _sign, tail = words.partition(ends) if ends else (words, "", "")
                    yield lead + (f'<del title="{title}">{escape(ends)}</del>' if ends else "")
                    yield tail
                if becomes:
                    yield f'<ins title="{title}">{escape(becomes)}</ins>'
            if (old and words) or (group.done and becomes):
                yield self._notes(group)
            at = max(at, last)
        yield escape(self._draft[at:end])

    def _becomes(self, group: _Group) -> str:
        """The words of a group once its changes are made."""
        pieces, at = [], group.start
        for _number, one in group.findings:
            if one.done:
                pieces += [self._draft[at : one.edit.start], one.edit.replacement]
                at = one.edit.end
        return "".join([*pieces, self._draft[at : group.end]])

    def _notes(self, group: _Group) -> str:
        """The numbers of a group's findings, which lead to the list; once they can be led back
        to."""
        own = "" if group.marked else f' id="{self._anchor}-m{group.findings[0][0]}"'
        group.marked = True
        links = ",".join(
            f'<a href="#{self._anchor}-{number}">{number}</a>' for number, _one in group.findings
        )
        return f"<sup{own}>{links}</sup>"


def _heading(words: str) -> str:
    return f"<h3>{escape(words)}</h3>"


def _repeats(account: Account) -> Iterator[str]:
    """Each removed paragraph beside the one that says it, with the words that differ."""
    removed = account.cleaning.removed
    if not removed:
        return
    yield _heading(_("Repeated paragraphs"))
    yield "<table>"
    for one, kept in zip(removed, account.cleaning.kept, strict=True):
        yield from _repeat(one, kept)
    yield "</table>"


def _repeat(one: Removed, kept: str) -> Iterator[str]:
    old, new = [], []
    at = other = 0
    for change in word_changes(kept, one.text):
        old.append(escape(kept[at : change.start]))
        old.append(_tagged("ins", kept[change.start : change.end]))
        new.append(escape(one.text[other : change.other_start]))
        new.append(_tagged("del", one.text[change.other_start : change.other_end]))
        at, other = change.end, change.other_end
    old.append(escape(kept[at:]))
    new.append(escape(one.text[other:]))
    stays = f"¶{one.duplicate_of}" if one.duplicate_of else escape(_("title"))
    head = f"¶{one.paragraph} = {stays}"
    if "%" not in one.reason:
        head += f", {percent(one.similarity)}"
    why = f'<span class="why">{escape(one.reason)}</span>'
    yield f'<tr><th></th><th colspan="2">{head} {why}</th></tr>'
    yield (
        f'<tr><td class="n">{stays}</td><td class="side" lang="id">{"".join(old)}</td>'
        f'<td class="side" lang="id">{"".join(new)}</td></tr>'
    )


def _tagged(tag: str, words: str) -> str:
    return f"<{tag}>{escape(words)}</{tag}>" if words else ""


def _words(draft: str, one: Placed) -> tuple[int, int]:
    """The stretch of a finding widened to whole words."""
    start, end = one.edit.start, one.edit.end
    if one.edit.kind in ("style", "repair"):
        while start and not draft[start - 1].isspace():
            start -= 1
        while end < len(draft) and not draft[end].isspace():
            end += 1
    return start, end


def _state(one: Placed) -> str:
    return {"done": _("done"), "proposed": _("proposed"), "told": _("to look at")}[one.state]


def _item(one: Placed, draft: str, anchor: str, number: int) -> str:
    edit = one.edit
    change = ""
    if edit.grade != "tell" and edit.kind in ("style", "repair"):
        start, end = _words(draft, one)
        becomes = draft[start : edit.start] + edit.replacement + draft[edit.end : end]
        change = f" <del>{escape(draft[start:end])}</del> <ins>{escape(becomes)}</ins>"
    return (
        f'<li id="{anchor}-{number}"><code>{escape(one.place)}</code>{change} '
        f'{escape(edit.reason)} <span class="why">{escape(edit.rule)}, {escape(_state(one))}'
        "</span></li>"
    )
