"""Tracked insertions and deletions inside the runs of a Word paragraph, formatting kept.

A run is split by copying its properties, so that only the changed characters are marked; other
people's tracked changes stay around what is marked inside them.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from extractor.export.docx_map import Cut
from extractor.export.docx_tree import HEAVY
from extractor.sources.docx_story import SIGNS, is_word, local

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARTS = re.compile(r"[\t\n]|[^\t\n]+")
_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = frozenset({"t", "delText"})
# What no run is looked for in: gone already, or the copy of something else.
_CLOSED = frozenset({"del", "moveFrom", "txbxContent", "Fallback", "pPr", "rPr"})
_MARKS_FIRST = ("ins",)


class Marker:
    """Marks changes as those of one author; ``first_id`` is the first of the ids they get."""

    def __init__(self, author: str, date: str | None, first_id: int) -> None:
        self._author, self._date, self._next = author, date, first_id
        self._inserted: set[etree._Element] = set()

    def fresh_id(self) -> str:
        """An id that nothing else has."""
        self._next += 1
        return str(self._next - 1)

    def attributes(self, space: str) -> Mapping[str, str]:
        """Id, author and date of one change."""
        found = {f"{{{space}}}id": self.fresh_id(), f"{{{space}}}author": self._author}
        if self._date is not None:
            found[f"{{{space}}}date"] = self._date
        return found

    def delete(self, cut: Cut) -> etree._Element:
        """Mark characters of one text as deleted; returns the mark."""
        return self._wrap(isolated(cut))

    def delete_paragraph(self, paragraph: etree._Element) -> list[etree._Element]:
        """Mark all that a paragraph says as deleted; returns the marks, in order."""
        marks: list[etree._Element] = []
        balanced = _fields_are_whole(paragraph)
        for run in list(self._runs(paragraph)):
            names = {local(one) for one in run.iterdescendants()}
            contents = {local(one) for one in run} - {"rPr", "commentReference", "#comment"}
            if not names & HEAVY and (balanced or not names & {"fldChar", "instrText"}):
                if contents:
                    marks.append(self._wrap(run, marks[-1] if marks else None))
                continue
            texts = [one for one in run if local(one) in _TEXT or local(one) in SIGNS]
            cuts = [Cut(one, 0, len(one.text or "") or 1) for one in texts]
            marks += reversed([self.delete(cut) for cut in reversed(cuts)])
        return list(dict.fromkeys(marks))

    def delete_end(self, paragraph: etree._Element) -> None:
        """Mark the end of a paragraph as deleted, so that the next one runs on where it began."""
        properties = _child(paragraph, "pPr", 0)
        if any(local(one) == "rPr" for one in properties):
            holder = next(one for one in properties if local(one) == "rPr")
        else:
            later = ("sectPr", "pPrChange")
            at = next((i for i, one in enumerate(properties) if local(one) in later), None)
            holder = _made(paragraph, "rPr")
            properties.insert(len(properties) if at is None else at, holder)
        if any(local(one) == "del" for one in holder):
            return
        at = sum(local(one) in _MARKS_FIRST for one in holder)
        holder.insert(at, _made(paragraph, "del", self.attributes(space_of(paragraph))))

    def has_put_in(self, paragraph: etree._Element) -> bool:
        """Whether a text was put into a paragraph by this marker."""
        return any(one in self._inserted for one in paragraph.iter("{*}ins"))

    def delete_row(self, row: etree._Element) -> list[etree._Element]:
        """Mark a table row and all it says as deleted; returns the marks on its text, in order."""
        head = [one for one in row if local(one) == "tblPrEx"]
        properties = _child(row, "trPr", len(head))
        at = next((i for i, one in enumerate(properties) if local(one) == "trPrChange"), None)
        mark = _made(row, "del", self.attributes(space_of(row)))
        properties.insert(len(properties) if at is None else at, mark)
        paragraphs = [one for one in row.iter("{*}p") if is_word(one)]
        return [mark for paragraph in paragraphs for mark in self.delete_paragraph(paragraph)]

    def insert(
        self, text: str, beside: etree._Element, like: etree._Element, ahead: bool
    ) -> etree._Element:
        """Put a text in before or after an element, with the formatting of the run ``like``;
        returns the mark."""
        mark = _made(beside, "ins", self.attributes(space_of(beside)))
        run = _empty_like(like)
        for found in _PARTS.finditer(_UNPRINTABLE.sub("", text)):
            part = found.group()
            name = {"\t": "tab", "\n": "br"}.get(part, "t")
            child = _made(run, name)
            run.append(child)
            if name == "t":
                _say(child, part)
        mark.append(run)
        self._inserted.add(mark)
        outer = _outermost(beside, ahead)
        (outer.addprevious if ahead else outer.addnext)(mark)
        return mark

    def _runs(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The runs of a paragraph that are neither deleted nor put in by this marker, text boxes
        left out."""
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            name = local(element)
            if name == "r" and is_word(element):
                yield element
            elif name not in _CLOSED and element not in self._inserted:
                stack.extend(reversed(element))

    def _wrap(self, run: etree._Element, last: etree._Element | None = None) -> etree._Element:
        """A run into a deletion, the one before it where they touch."""
        for one in run.iter("{*}t", "{*}instrText"):
            if is_word(one):
                space = etree.QName(one).namespace
                one.tag = f"{{{space}}}{'delText' if local(one) == 't' else 'delInstrText'}"
                one.set(_SPACE, "preserve")
        if last is not None and run.getprevious() is last:
            last.append(run)
            return last
        mark = _made(run, "del", self.attributes(space_of(run)))
        run.addprevious(mark)
        mark.append(run)
        return mark


def isolated(cut: Cut) -> etree._Element:
    """The run that holds these characters and nothing else; what stood before them stays in the old
    run, so that earlier offsets still hold."""
    node, run = cut.node, cut.node.getparent()
    assert run is not None, "text stands in a run"
    if local(node) in _TEXT:
        if cut.end < len(node.text or ""):
            _split(node, cut.end)
        elif node.getnext() is not None:
            _move(run, node.itersiblings())
        if cut.start > 0:
            return _split(node, cut.start)
    elif node.getnext() is not None:
        _move(run, node.itersiblings())
    if any(local(one) != "rPr" for one in node.itersiblings(preceding=True)):
        return _move(run, [node])
    return run


def split_after(cut: Cut) -> etree._Element:
    """The run that ends with these characters."""
    node, run = cut.node, cut.node.getparent()
    assert run is not None, "text stands in a run"
    if local(node) in _TEXT and cut.end < len(node.text or ""):
        _split(node, cut.end)
    elif node.getnext() is not None:
        _move(run, node.itersiblings())
    return run


def split_before(cut: Cut) -> etree._Element:
    """The run that begins with these characters."""
    node, run = cut.node, cut.node.getparent()
    assert run is not None, "text stands in a run"
    if local(node) in _TEXT and cut.start > 0:
        return _split(node, cut.start)
    if any(local(one) != "rPr" for one in node.itersiblings(preceding=True)):
        return _move(run, [node, *node.itersiblings()])
    return run


def own_ground(mark: etree._Element) -> etree._Element:
    """The outermost element that holds this mark alone: somebody else's insertion around it is
    split on both sides."""
    parent = mark.getparent()
    if parent is None or local(parent) != "ins":
        return mark
    if any(True for _one in mark.itersiblings()):
        _split_off(parent, list(mark.itersiblings()))
    if any(True for _one in mark.itersiblings(preceding=True)):
        return _split_off(parent, [mark])
    return parent


def space_of(element: etree._Element) -> str:
    """The namespace of an element."""
    return etree.QName(element).namespace or ""


def _outermost(beside: etree._Element, ahead: bool) -> etree._Element:
    """Where to put a mark next to a run: outside of the change it stands in."""
    parent = beside.getparent()
    if parent is not None and local(parent) == "del":
        beside, parent = parent, parent.getparent()
    if parent is None or local(parent) != "ins":
        return beside
    if ahead:
        earlier = any(True for _one in beside.itersiblings(preceding=True))
        return _split_off(parent, [beside, *beside.itersiblings()]) if earlier else parent
    following = list(beside.itersiblings())
    if following:
        _split_off(parent, following)
    return parent


def _split_off(parent: etree._Element, children: Iterable[etree._Element]) -> etree._Element:
    """Children into a copy of their parent that stands after it."""
    new = etree.Element(parent.tag, _attributes(parent))
    parent.addnext(new)
    for child in list(children):
        new.append(child)
    return new


def _split(node: etree._Element, at: int) -> etree._Element:
    """A text in two; returns the new run that holds its second half and what followed it."""
    run = node.getparent()
    assert run is not None, "text stands in a run"
    text = node.text or ""
    half = _made(run, local(node))
    following = list(node.itersiblings())
    new = _move(run, [])
    new.append(half)
    for one in following:
        new.append(one)
    _say(node, text[:at])
    _say(half, text[at:])
    return new


def _move(run: etree._Element, children: Iterable[etree._Element]) -> etree._Element:
    """Children of a run into a new one after it."""
    moved = list(children)
    new = _empty_like(run, keep_history=True)
    for child in moved:
        new.append(child)
    run.addnext(new)
    return new


def _empty_like(run: etree._Element, keep_history: bool = False) -> etree._Element:
    """An empty run with the formatting of another."""
    new = etree.Element(run.tag, _attributes(run) if keep_history else None)
    for properties in run.iterchildren("{*}rPr"):
        copied = copy.deepcopy(properties)
        copied.tail = None
        for change in list(copied):
            if local(change) in ("ins", "del", "rPrChange") and not keep_history:
                copied.remove(change)
        new.append(copied)
    return new


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.items()}


def _say(node: etree._Element, text: str) -> None:
    node.text = text
    node.set(_SPACE, "preserve")


def _made(
    beside: etree._Element, name: str, attributes: Mapping[str, str] | None = None
) -> etree._Element:
    tag = f"{{{space_of(beside)}}}{name}"
    return etree.Element(tag, dict(attributes or {}))


def _child(parent: etree._Element, name: str, at: int) -> etree._Element:
    for child in parent.iterchildren(f"{{*}}{name}"):
        return child
    child = _made(parent, name)
    parent.insert(at, child)
    return child


def _fields_are_whole(paragraph: etree._Element) -> bool:
    """Whether every field that begins in a paragraph ends in it."""
    depth = 0
    for one in paragraph.iter("{*}fldChar"):
        kind = next((v for k, v in one.items() if str(k).endswith("}fldCharType")), "")
        depth += {"begin": 1, "end": -1}.get(str(kind), 0)
        if depth < 0:
            return False
    return depth == 0
