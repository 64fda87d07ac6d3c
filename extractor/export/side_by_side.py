"""Cleaned drafts as an HTML page: before and after side by side, or the changes within the text.

The page needs no script and reaches for nothing outside; whatever a draft says is escaped.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from extractor.editing.word_changes import word_changes
from extractor.export.findings import Account, Placed
from extractor.language.paragraphs import paragraph_spans
from extractor.messages import _, language, ngettext
from extractor.record import Removed

_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;
color:#1f2328}
h1{font-size:1.4rem}h2{font-size:1.15rem;border-top:2px solid #d0d7de;padding-top:1rem}
table{border-collapse:collapse;width:100%}
td,th{vertical-align:top;text-align:left;padding:.3rem .6rem}
tr{border-bottom:1px solid #eaeef2}td.n{color:#59636e;width:2rem;text-align:right}td.side{width:48%}
del{background:#ffebe9;color:#82071e}ins{background:#dafbe1;color:#0a5c2b;text-decoration:none;
border-bottom:1px solid}mark{background:#fff8c5;border-bottom:1px dotted #7d4e00}
sup{font-size:.7em}pre{white-space:pre-wrap;font:inherit;margin:0}code{font-size:.9em}
ol{padding-left:2.2rem}li{margin:.15rem 0}.why{color:#59636e}.gone td{background:#f6f8fa}
@media(max-width:50rem){td.side{display:block;width:auto}}
"""


def findings_page(accounts: Iterable[Account], side_by_side: bool = True) -> str:
    """One page for all drafts; the same drafts give the same bytes."""
    parts = [page_head(_("Cleaned drafts"))]
    for number, account in enumerate(accounts, 1):
        parts += _draft(account, f"d{number}", side_by_side)
    return "\n".join([*parts, "</body></html>"]) + "\n"


def page_head(title: str) -> str:
    """The beginning of a page, with its style."""
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head><body>\n"
        f"<h1>{escape(title)}</h1>"
    )


def _draft(account: Account, anchor: str, side_by_side: bool) -> Iterator[str]:
    found = account.found
    done = sum(one.done for one in found)
    said = ngettext("{n} finding, {done} mended", "{n} findings, {done} mended", len(found))
    yield f'<section><h2 id="{anchor}">{escape(account.path)}</h2>'
    yield f"<p>{escape(said.format(n=len(found), done=done))}</p>"
    marks = _Marks(account.cleaning.draft, found, anchor)
    if side_by_side:
        yield f"<table><tr><th></th><th>{escape(_('draft'))}</th><th>{escape(_('clean'))}</th></tr>"
        for number, (start, end) in enumerate(paragraph_spans(account.cleaning.draft), 1):
            old = "".join(marks.shown(start, end, new=False))
            new = "".join(marks.shown(start, end, old=False))
            gone = "" if new.strip() else ' class="gone"'
            yield (
                f'<tr{gone}><td class="n">{number}</td><td class="side">{old}</td>'
                f'<td class="side">{new}</td></tr>'
            )
        yield "</table>"
    else:
        yield f"<pre>{''.join(marks.shown(0, len(account.cleaning.draft)))}</pre>"
    yield from _repeats(account)
    yield "<ol>"
    for number, one in enumerate(found, 1):
        yield _item(one, f"{anchor}-{number}")
    yield "</ol></section>"


class _Marks:
    """A draft with its findings marked; of two at one place the one that was done is shown."""

    def __init__(self, draft: str, found: Sequence[Placed], anchor: str) -> None:
        self._draft = draft
        self._anchor = anchor
        done = [one.edit for one in found if one.done]
        starts = [edit.start for edit in done]
        self._shown: list[tuple[int, Placed]] = []
        at = 0
        for number, one in enumerate(found, 1):
            edit = one.edit
            if not one.done:
                place = bisect_right(starts, edit.start)
                before = place and done[place - 1].end > edit.start
                after = place < len(done) and done[place].start < edit.end
                if edit.start < at or before or after:
                    continue
                at = edit.end
            self._shown.append((number, one))
        self._ends = [one.edit.end for _, one in self._shown]

    def shown(self, start: int, end: int, old: bool = True, new: bool = True) -> Iterator[str]:
        """``draft[start:end]``; ``old`` and ``new`` choose what is shown of the changes."""
        at = start
        for number, one in self._shown[bisect_left(self._ends, start) :]:
            edit = one.edit
            if edit.start > end or (edit.start == end < edit.end):
                break
            first, last = max(at, edit.start), min(end, edit.end)
            yield escape(self._draft[at:first])
            words = escape(self._draft[first:last])
            title = escape(f"{edit.rule}: {edit.reason}")
            note = f'<sup><a href="#{self._anchor}-{number}">{number}</a></sup>'
            if not one.done:
                yield f'<mark title="{title}">{words}</mark>{note}' if old else words
            elif old and words:
                yield f'<del title="{title}">{words}</del>'
            added = one.done and new and edit.replacement and edit.start >= start
            if added:
                yield f'<ins title="{title}">{escape(edit.replacement)}</ins>'
            if one.done and (added or (old and words)):
                yield note
            at = max(at, last)
        yield escape(self._draft[at:end])


def _repeats(account: Account) -> Iterator[str]:
    """Each removed paragraph beside the one that says it, with the words that differ."""
    removed = account.cleaning.removed
    if not removed:
        return
    yield f"<h3>{escape(_('Repeated paragraphs'))}</h3><table>"
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
    head = f"¶{one.paragraph} = ¶{one.duplicate_of}, {one.similarity:.0%}"
    why = f'<span class="why">{escape(one.reason)}</span>'
    yield f'<tr><th></th><th colspan="2">{head} {why}</th></tr>'
    yield (
        f'<tr><td class="n">¶{one.duplicate_of}</td><td class="side">{"".join(old)}</td>'
        f'<td class="side">{"".join(new)}</td></tr>'
    )


def _tagged(tag: str, words: str) -> str:
    return f"<{tag}>{escape(words)}</{tag}>" if words else ""


def _item(one: Placed, anchor: str) -> str:
    state = (
        _("done") if one.done else _("to look at") if one.edit.grade == "tell" else _("proposed")
    )
    return (
        f'<li id="{anchor}"><code>{escape(one.place)}</code> {escape(one.edit.reason)} '
        f'<span class="why">{escape(one.edit.rule)}, {escape(state)}</span></li>'
    )
