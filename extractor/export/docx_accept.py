"""A clean copy of a Word draft: all changes accepted, nothing left of who wrote it and when.

What goes: tracked changes of everybody, comments, the names of authors, editors and companies,
custom properties, the small picture of the draft, the ids of editing sessions, and the times in the
package.
"""

from collections.abc import Iterable

from lxml import etree

from extractor.export.docx_map import WordFile
from extractor.export.docx_tree import POINTS
from extractor.export.docx_writing import Parts, rewritten
from extractor.export.tracked import Written, mark, prove
from extractor.record import Edit
from extractor.sources import Draft
from extractor.sources.docx_package import CONTENT_TYPES, opened, related
from extractor.sources.docx_story import is_word, local

_GONE = frozenset(
    "del moveFrom rPrChange pPrChange sectPrChange tblPrChange trPrChange"  # noqa: SIM905
    " tcPrChange tblGridChange tblPrExChange numberingChange moveFromRangeStart moveFromRangeEnd"
    " moveToRangeStart moveToRangeEnd cellIns cellMerge commentRangeStart commentRangeEnd"
    " commentReference annotationRef".split()
)
_OPENED = frozenset({"ins", "moveTo"})
_PROPERTIES = frozenset({"rPr", "trPr", "pPr", "numPr"})
# Parts that tell of people alone, or show the draft as it was.
_PERSONAL = frozenset(
    "comments commentsExtended commentsIds commentsExtensible people"  # noqa: SIM905
    " custom-properties thumbnail".split()
)
_NAMED = frozenset(
    "creator lastModifiedBy created modified lastPrinted revision Company Manager"  # noqa: SIM905
    " TotalTime HyperlinkBase".split()
)
_SETTINGS = frozenset({"rsids", "trackRevisions", "attachedTemplate"})


def clean_docx(draft: Draft, edits: Iterable[Edit]) -> Written:
    """The draft's file with these edits made and all tracked changes accepted, without comments and
    personal data. Raises SourceError where the file cannot be read, and where the copy would not
    say the clean text."""
    file = WordFile(draft)
    plans, refused = file.plans(edits)
    changed = mark(file, plans, author="rilis", date=None, comments=False)
    with opened(draft.raw, draft.path) as package:
        parts = Parts(package, draft.path)
        parts.changed.update(changed)
        names = [name for name in package.namelist() if name.endswith(".xml")]
        known = {name: kind for kind, name in related(package, file.document, draft.path)}
        known |= {name: kind for kind, name in related(package, "", draft.path)}
        removed = {name for name, kind in known.items() if kind in _PERSONAL}
        stories = {"footnotes", "endnotes", "header", "footer"}
        for name in [file.document, *(n for n, kind in known.items() if kind in stories)]:
            accept(parts.part(name))
        prove(file, plans, "raw")
        for name in names:
            kind = known.get(name, "")
            if kind == "settings":
                _take_out(parts.part(name), _SETTINGS)
            elif kind in ("core-properties", "extended-properties"):
                _take_out(parts.part(name), _NAMED)
        _forget(parts, removed)
        for root in parts.changed.values():
            _take_sessions_out(root)
        raw = rewritten(draft.raw, draft.path, parts.changed, frozenset(removed), timeless=True)
    return Written(raw, refused)


def accept(root: etree._Element) -> None:
    """Accept every tracked change in a tree, and take comments out of it."""
    joined = [one for one in root.iter("{*}p") if is_word(one) and _end_is_gone(one)]
    for row in [one for one in root.iter("{*}tr") if _has(_properties(one), "del")]:
        _remove_row(row)
    for one in list(root.iter()):
        name = local(one)
        if name in _GONE and is_word(one):
            _remove(one)
        elif name in _OPENED and is_word(one):
            _open(one)
    for run in [one for one in root.iter("{*}r") if is_word(one) and not _contents(one)]:
        _remove(run)
    for paragraph in joined:
        _join(paragraph)


def _properties(row: etree._Element) -> Iterable[etree._Element]:
    """What the properties of a row hold."""
    return [one for holder in row.iterchildren("{*}trPr") for one in holder]


def _has(elements: Iterable[etree._Element], name: str) -> bool:
    return any(local(one) == name for one in elements)


def _contents(run: etree._Element) -> list[etree._Element]:
    return [one for one in run if local(one) != "rPr"]


def _end_is_gone(paragraph: etree._Element) -> bool:
    marks = [
        local(one)
        for properties in paragraph.iterchildren("{*}pPr")
        for holder in properties.iterchildren("{*}rPr")
        for one in holder
    ]
    return "del" in marks or "moveFrom" in marks


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _remove_row(row: etree._Element) -> None:
    table = row.getparent()
    _remove(row)
    if table is not None and local(table) == "tbl" and not _has(table.iter(), "tr"):
        _remove(table)


def _open(element: etree._Element) -> None:
    """What a change holds into the place of the change; a mark among properties just goes."""
    parent = element.getparent()
    if parent is None:
        return
    if local(parent) not in _PROPERTIES:
        for child in list(element):
            element.addprevious(child)
    parent.remove(element)


def _join(paragraph: etree._Element) -> None:
    """What a paragraph whose end is gone still says, to the head of the next one."""
    following = paragraph.getnext()
    while following is not None and local(following) in POINTS:
        following = following.getnext()
    if following is None or local(following) != "p":
        return
    properties = following.find("{*}pPr")
    at = 0 if properties is None else following.index(properties) + 1
    kept = [one for one in paragraph if local(one) != "pPr"]
    for number, one in enumerate(kept):
        following.insert(at + number, one)
    _remove(paragraph)


def _take_out(root: etree._Element, names: frozenset[str]) -> None:
    for one in [one for one in root.iter() if local(one) in names]:
        _remove(one)


def _take_sessions_out(root: etree._Element) -> None:
    for one in root.iter():
        for key in [str(k) for k in one.attrib if str(k).rpartition("}")[2].startswith("rsid")]:
            del one.attrib[key]


def _forget(parts: Parts, removed: set[str]) -> None:
    """Take parts out of the lists of a package."""
    types = parts.part(CONTENT_TYPES)
    for one in list(types):
        if one.get("PartName", "").lstrip("/") in removed:
            types.remove(one)
    ends = tuple("/" + name for name in sorted(_PERSONAL))
    for name in parts.names():
        if name.endswith(".rels"):
            relations = parts.part(name)
            for one in list(relations):
                if one.get("Type", "").endswith(ends):
                    relations.remove(one)
