"""A cleaned Word draft: every edit a tracked change, with a comment that says why.

Rejecting all changes gives the draft's text and formatting, accepting all gives the clean text.
Tracked changes that were in the draft stay as they are. Nothing depends on the time of day: without
a ``date`` the changes carry none, and the same draft and edits give the same bytes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from extractor.editing.edits import apply
from extractor.errors import SourceError
from extractor.export.docx_map import Plan, WordFile
from extractor.export.docx_runs import (
    Marker,
    own_ground,
    space_of,
    split_after,
    split_before,
)
from extractor.export.docx_tree import position
from extractor.export.docx_writing import Parts, rewritten
from extractor.messages import _
from extractor.record import Edit
from extractor.sources import Draft
from extractor.sources.docx_package import opened
from extractor.sources.docx_story import Tracked, W, local

_BORDER = re.compile(r"[\t\n]")
_REVISIONS = tuple(
    f"{{{space}}}{name}"
    for space in W
    for name in ("ins", "del", "rPrChange", "moveFrom", "moveTo", "pPrChange", "sectPrChange",
                 "tblPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel", "cellMerge",
                 "numberingChange", "tblGridChange", "tblPrExChange")
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """The bytes of a Word file, and the edits that it could not hold."""

    raw: bytes
    refused: tuple[Edit, ...]


def tracked_docx(
    draft: Draft,
    edits: Iterable[Edit],
    author: str = "rilis",
    date: str | None = None,
    comments: bool = True,
) -> Written:
    """The draft's file with these edits as tracked changes.

    ``date`` is an ISO time such as ``2026-03-12T10:15:00Z``, written on every change. Where
    ``comments``, each change in the body has one: reason and rule. (Word knows no comments in
    headers, notes and text boxes.) Edits must not overlap; what the file cannot hold, such as an
    edit across two cells, is refused. The promise above is proved on the result before it is handed
    over; raises Unproved where it does not hold, and SourceError where the file cannot be read.
    """
    file = WordFile(draft)
    before = file.lines("reject")
    plans, refused = file.plans(edits)
    changed = mark(file, plans, author, date, comments)
    prove(file, plans, "accept")
    if file.lines("reject") != before:
        raise _unproved(draft)
    return Written(rewritten(draft.raw, draft.path, changed), refused)


def prove(file: WordFile, plans: Sequence[Plan], tracked: Tracked) -> None:
    """Raise Unproved unless the trees of a file, read this way, say the clean text."""
    clean = apply(file.draft.text, [plan.edit for plan in plans]).text
    if _says(file.lines(tracked)) != _says([clean]):
        raise _unproved(file.draft)


class Unproved(SourceError):
    """What was written does not say what it should."""


def _unproved(draft: Draft) -> Unproved:
    said = _("the changes cannot be tracked in this file; write the clean draft as .txt")
    return Unproved(draft.path, said)


def what_holds(write: Callable[[Sequence[Edit]], Written], edits: Sequence[Edit]) -> Written:
    """``write(edits)``, or where that raises :class:`Unproved` the same without the edits that are
    to blame, which are refused; found by halves, so that few of them cost few attempts.

    Raises Unproved where not even a file without edits holds.
    """
    try:
        return write(edits)
    except Unproved:
        if not edits:
            raise
    written = write(())
    good: list[Edit] = []
    bad: list[Edit] = []
    half = len(edits) // 2
    waiting = [list(edits[half:]), list(edits[:half])]
    while waiting:
        some = waiting.pop()
        if not some:
            continue
        try:
            written = write([*good, *some])
        except Unproved:
            half = len(some) // 2
            if half:
                waiting += [some[half:], some[:half]]
            else:
                bad += some
        else:
            good += some
    return replace(written, refused=(*written.refused, *bad))


def _says(lines: Iterable[str]) -> list[str]:
    """Lines and cells as words, those that say nothing left out: a row may become a line."""
    words = (" ".join(line.split()) for whole in lines for line in _BORDER.split(whole))
    return [line for line in words if line]


def mark(
    file: WordFile, plans: Sequence[Plan], author: str, date: str | None, comments: bool
) -> dict[str, etree._Element]:
    """Mark edits, planned in the order of the text, in the trees of a file; returns the parts of
    its package that changed."""
    trees = list(file.trees.values())
    body = file.trees[file.document]
    with opened(file.draft.raw, file.draft.path) as package:
        parts = Parts(package, file.draft.path)
        parts.changed.update(file.trees)
        known: list[etree._Element] = []
        if comments and plans:
            known = [parts.comments(file.document, space_of(body))]
    marker = Marker(author, date, _first_id([*trees, *known]))
    spans = [(plan, _apply(marker, plan)) for plan in reversed(plans)]
    # Ids and comments run in the order of the text, although the changes were made from its end.
    for plan, span in reversed(spans):
        if known and span is not None and _takes_comments(span[0], body):
            _comment(marker, known[0], span, plan.edit, author, date)
    _make_ids_unique(marker, trees)
    return parts.changed


def _apply(marker: Marker, plan: Plan) -> tuple[etree._Element, etree._Element] | None:
    """Mark one plan; returns the first and the last mark of it, None where nothing was to do."""
    marks: list[etree._Element] = [marker.delete(cut) for cut in reversed(plan.cuts)]
    marks.reverse()
    if plan.text:
        marks.insert(*_insert(marker, plan, marks))
    gone = [one for paragraph in plan.paragraphs for one in marker.delete_paragraph(paragraph)]
    gone += [one for row in plan.rows for one in marker.delete_row(row)]
    for paragraph in plan.marks:
        # a text put in at the edge of a paragraph that goes keeps its own line
        if paragraph not in plan.paragraphs or not marker.has_put_in(paragraph):
            marker.delete_end(paragraph)
    marks += gone
    if not marks:
        return None
    place = {one: number for number, one in enumerate(_in_order(marks))}
    return min(marks, key=place.__getitem__), max(marks, key=place.__getitem__)


def _insert(
    marker: Marker, plan: Plan, marks: Sequence[etree._Element]
) -> tuple[int, etree._Element]:
    """Put the new text in; returns where it stands among the marks, and its mark."""
    if marks:
        first = marks[0]
        last, number = first, 1
        while number < len(marks) and marks[number].getparent() is first.getparent():
            last, number = marks[number], number + 1
        run = next(first.iterchildren("{*}r"))
        return number, marker.insert(plan.text, last, run, ahead=False)
    assert plan.anchor is not None, "a text without cuts has a neighbour"
    ahead = plan.before_anchor
    run = split_before(plan.anchor) if ahead else split_after(plan.anchor)
    return 0, marker.insert(plan.text, run, run, ahead)


def _in_order(marks: Collection[etree._Element]) -> Iterable[etree._Element]:
    """Marks in the order of the document."""
    if len(marks) == 1:
        return marks
    return sorted(marks, key=position)


def _takes_comments(mark: etree._Element, body: etree._Element) -> bool:
    """Whether a mark stands where Word knows comments: in the body, outside of text boxes."""
    root = None
    for root in mark.iterancestors():
        if local(root) == "txbxContent":
            return False
    return root is body


def _comment(
    marker: Marker,
    comments: etree._Element,
    span: tuple[etree._Element, etree._Element],
    edit: Edit,
    author: str,
    date: str | None,
) -> None:
    """A comment on what lies between two marks, in the part of comments and round the marks."""
    first, last = own_ground(span[0]), own_ground(span[1])
    space = space_of(first)
    number = marker.fresh_id()

    def made(name: str, **attributes: str) -> etree._Element:
        named = {f"{{{space}}}{key}": value for key, value in attributes.items()}
        return etree.Element(f"{{{space}}}{name}", named)

    reference = made("r")
    reference.append(made("commentReference", id=number))
    end = made("commentRangeEnd", id=number)
    first.addprevious(made("commentRangeStart", id=number))
    last.addnext(end)
    end.addnext(reference)
    dated = {} if date is None else {"date": date}
    comment = made("comment", id=number, author=author, initials=author[:1], **dated)
    paragraph, run, text = made("p"), made("r"), made("t")
    text.text = f"{edit.reason} [{edit.rule}]"
    run.append(text)
    paragraph.append(run)
    comment.append(paragraph)
    comments.append(comment)


def _first_id(trees: Iterable[etree._Element]) -> int:
    """One more than the largest id anywhere in these trees."""
    largest = 0
    for tree in trees:
        for one in tree.iter():
            for key, value in one.attrib.items():
                if str(key).endswith("}id") and str(value).isdigit() and len(value) < 9:
                    largest = max(largest, int(value))
    return largest + 1


def _make_ids_unique(marker: Marker, trees: Iterable[etree._Element]) -> None:
    """New ids for changes that were split in two."""
    seen: set[str] = set()
    for tree in trees:
        for one in tree.iter(*_REVISIONS):
            key = f"{{{space_of(one)}}}id"
            number = one.get(key)
            if number in seen:
                number = marker.fresh_id()
                one.set(key, number)
            if number is not None:
                seen.add(number)
