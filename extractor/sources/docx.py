"""Word drafts: the text of a .docx as it reads once all tracked changes are accepted.

The document is read as a stream, one outermost paragraph or table row at a time, so that its
length does not matter; nothing is fetched, no entity is expanded, and what unpacks to more than the
limit is refused.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import IO

from lxml import etree

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.files import too_long

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What the standard library raises for archives that are broken in one place or another.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    KeyError,
)
# Markup is many times longer than the text in it.
_UNPACKED = 30
_SMALL_PART = 20_000_000
_BLANKS = " \t\r\n\xa0"
# Deleted or moved away; field codes; what is drawn or only points elsewhere.
_DROPPED = frozenset(
    "del moveFrom delText delInstrText instrText rPr pPr sectPr tblPr tblGrid trPr tcPr sdtPr"  # noqa: SIM905
    " sdtEndPr fldData annotationRef footnoteRef footnoteReference endnoteReference"
    " commentReference rt Fallback object".split()
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TITLE_STYLES = frozenset({"title", "heading 1"})
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True)
class WordText:
    """The text of a Word draft; ``title`` where its first paragraph has the style of a title."""

    text: str
    title: str | None


@dataclass
class _Flow:
    """Paragraphs as they come; one whose end is deleted runs on into the next."""

    done: list[str] = field(default_factory=list)
    open: str = ""

    def add(self, text: str, runs_on: bool) -> None:
        self.open += text
        if not runs_on:
            self.close()

    def close(self) -> None:
        if self.open.strip(_BLANKS):
            self.done.append(self.open.strip(_BLANKS))
        self.open = ""


def read_docx(raw: bytes, path: str, limit: int) -> WordText:
    """The text of a .docx: paragraphs and table rows in their order, an empty line between them.

    Tracked insertions are in it, deletions are not; tabs and breaks are kept; the cells of a row
    are set apart by tabs; a text box follows the paragraph it hangs on. ``limit``: the most bytes
    its text may have. Raises SourceError for what is no .docx, is locked, has macros, or is too
    long.
    """
    with _opened(raw, path) as package:
        try:
            document = _document_part(package, path)
            titles = _title_styles(package, document, path)
            return _read_document(package, document, titles, path, limit)
        except _BROKEN:
            raise SourceError(path, _("this .docx is damaged; open it and save it again")) from None
        except etree.XMLSyntaxError as error:
            said = _("the text in this .docx is damaged ({reason}); open it and save it again")
            raise SourceError(path, said.format(reason=error.msg)) from None
        except RuntimeError:  # what zipfile raises for a part that needs a password
            raise SourceError(path, _locked()) from None


def _locked() -> str:
    return _("locked by a password; open it in Word and save it without one")


def _opened(raw: bytes, path: str) -> zipfile.ZipFile:
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise SourceError(path, _locked())
        raise SourceError(path, _("an old .doc file; open it in Word and save it as .docx"))
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except _BROKEN:
        said = _(
            "not a .docx file, whatever its name says (no zip archive); save it as .docx again"
        )
        raise SourceError(path, said) from None


def _document_part(package: zipfile.ZipFile, path: str) -> str:
    names = set(package.namelist())
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        if "mimetype" in names:
            said = _("an OpenDocument file; save it as .docx")
        else:
            said = _("a zip archive without a Word document in it; unpack it, or save it as .docx")
        raise SourceError(path, said)
    relations = _small_part(package, "_rels/.rels", path)
    target = next(
        (
            one.get("Target", "")
            for one in relations.iter("{*}Relationship")
            if one.get("Type", "").endswith("/officeDocument")
        ),
        "word/document.xml",
    ).lstrip("/")
    kinds = {
        one.get("PartName", "").lstrip("/"): one.get("ContentType", "")
        for one in _small_part(package, "[Content_Types].xml", path).iter("{*}Override")
    }
    kind = kinds.get(target, "")
    if "macroEnabled" in kind:
        raise SourceError(path, _("a Word file with macros (.docm); save it as .docx"))
    if target not in names or (kind and "wordprocessingml" not in kind):
        raise SourceError(path, _("an Office file, but no Word document; save the text as .docx"))
    return target


def _small_part(package: zipfile.ZipFile, name: str, path: str) -> etree._Element:
    with package.open(name) as file:
        raw = file.read(_SMALL_PART + 1)
    if len(raw) > _SMALL_PART:
        raise _bomb(path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(raw, parser)
    _refuse_doctype(root, path)
    return root


def _bomb(path: str) -> SourceError:
    said = _("this .docx unpacks to far more than a press release; split it before reading it")
    return SourceError(path, said)


def _refuse_doctype(element: etree._Element, path: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        said = _("this .docx declares entities, which Word never does; open it and save it again")
        raise SourceError(path, said)


def _title_styles(package: zipfile.ZipFile, document: str, path: str) -> frozenset[str]:
    """Ids of the styles that make a title; ids differ by the language of Word, names do not."""
    name = str(PurePosixPath(document).parent / "styles.xml")
    if name not in package.namelist():
        return frozenset()
    found = set()
    for style in _small_part(package, name, path).iter("{*}style"):
        for child in style.iterchildren("{*}name"):
            if _value(child).lower() in _TITLE_STYLES:
                found.add(_value(style, "styleId"))
    return frozenset(found - {""})


class _Bounded(io.RawIOBase):
    """A part of the package that stops when more comes out of it than was agreed."""

    def __init__(self, source: IO[bytes], most: int, path: str) -> None:
        self._source, self._left, self._path = source, most, path

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise _bomb(self._path)
        return piece


def _read_document(
    package: zipfile.ZipFile, document: str, titles: frozenset[str], path: str, limit: int
) -> WordText:
    most = limit * _UNPACKED
    if package.getinfo(document).file_size > most:
        raise _bomb(path)
    flow = _Flow()
    title: str | None = None
    length = 0
    with package.open(document) as file:
        for element in _units(_Bounded(file, most, path), path):
            before = len(flow.done)
            _add(flow, element)
            if before == 0 and flow.done:
                styled = _local(element) == "p" and _style(element) in titles
                title = " ".join(flow.done[0].split()) if styled else None
            length += sum(map(len, flow.done[before:]))
            if length > limit:
                raise too_long(path, limit)
    flow.close()
    if not flow.done:
        raise SourceError(path, _("the document has no text"))
    if title is not None and flow.done[0] != title:
        flow.done[0] = title
    return WordText("\n\n".join(flow.done), title)


def _units(source: _Bounded, path: str) -> Iterator[etree._Element]:
    """Outermost paragraphs and table rows, each forgotten when the next is asked for."""
    depth = 0
    tags = [f"{{{space}}}{name}" for space in _W for name in ("p", "tr")]
    for event, element in etree.iterparse(
        source,
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    ):
        if event == "start":
            if depth == 0:
                _refuse_doctype(element, path)
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _add(flow: _Flow, element: etree._Element) -> None:
    """One paragraph or table row."""
    if _local(element) == "p":
        boxes: list[etree._Element] = []
        flow.add(_inline(element, boxes), _end_is_deleted(element))
        for box in boxes:
            for paragraph in _blocks(box):
                _add(flow, paragraph)
        return
    if _marked(element, "trPr", "del"):
        return
    flow.close()
    cells = [_cell(cell) for cell in _inside(element, "tc")]
    if all(len(cell) <= 1 for cell in cells):
        flow.add("\t".join(cell[0] for cell in cells if cell), runs_on=False)
    else:
        for cell in cells:
            flow.done.extend(cell)


def _cell(cell: etree._Element) -> list[str]:
    flow = _Flow()
    for block in _blocks(cell):
        _add(flow, block)
    flow.close()
    return flow.done


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and rows of a cell or text box, not those nested deeper."""
    return _inside(parent, "p", "tr")


def _inside(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Nearest descendants of these names, in their order."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        name = _local(element)
        if name in names:
            yield element
        elif name not in _DROPPED:
            stack.extend(reversed(element))


def _inline(paragraph: etree._Element, boxes: list[etree._Element]) -> str:
    """The text of a paragraph without its text boxes, which are put into ``boxes``."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = _local(element)
        if name == "t":
            parts.append(element.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "txbxContent":
            boxes.append(element)
        elif name not in _DROPPED and not (name == "r" and _marked(element, "rPr", "vanish")):
            stack.extend(reversed(element))
    return "".join(parts)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "del"  # comments are not text


def _children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return element.iterchildren(f"{{*}}{name}")


def _value(element: etree._Element, name: str = "val") -> str:
    return next((str(v) for k, v in element.items() if str(k).endswith("}" + name)), "")


def _marked(element: etree._Element, properties: str, name: str) -> bool:
    """Whether the properties of an element switch something on."""
    return any(
        _value(one).lower() not in _OFF
        for holder in _children(element, properties)
        for one in _children(holder, name)
    )


def _end_is_deleted(paragraph: etree._Element) -> bool:
    return any(
        _marked(properties, "rPr", "del") or _marked(properties, "rPr", "moveFrom")
        for properties in _children(paragraph, "pPr")
    )


def _style(paragraph: etree._Element) -> str:
    for properties in _children(paragraph, "pPr"):
        for style in _children(properties, "pStyle"):
            return _value(style)
    return ""
