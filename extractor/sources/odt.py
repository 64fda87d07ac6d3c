"""OpenDocument drafts (.odt): the text as it reads with tracked changes accepted.

The file is read with lxml behind the same guards as a .docx: nothing is fetched, no entity is
expanded, and what unpacks to far more than a draft is refused.
"""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.docx_package import UNPACKED, bomb, opened, read_part
from extractor.sources.files import too_long

# The format's own first bytes: a stored file that names the kind of document.
MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DROPPED = frozenset(
    f"{_TEXT}{name}"
    for name in ("tracked-changes", "note", "ruby-text", "sequence-decls", "variable-decls",
                 "table-of-content", "alphabetical-index")
) | {"{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"}  # fmt: skip
_BLOCKS = (f"{_TEXT}p", f"{_TEXT}h")
_ROW, _CELL = f"{_TABLE}table-row", (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BLANKS = re.compile(r"[ \t\r\n]+")
_TITLES = frozenset({"Title", "Heading_20_1"})
_MOST_BLANKS = 1000


def read_odt(raw: bytes, path: str, limit: int) -> tuple[str, str | None]:
    """(text, title): paragraphs and table rows, an empty line between them; the cells of a row are
    set apart by tabs, a text box follows its paragraph, notes are left out. ``title`` is the first
    paragraph where it is styled as one.

    ``limit``: the most bytes its text may have. Raises SourceError for what is damaged, locked or
    too long.
    """
    with opened(raw, path) as package:
        root = _content(package, path, limit)
    body = next(root.iter("{*}text"), None)
    if body is None:
        raise SourceError(path, _("the document has no text"))
    lines: list[str] = []
    title = None
    titles = _title_styles(root)
    for block in _blocks(body):
        first = not lines
        lines += _lines(block)
        if first and lines and _is_title(block, titles):
            title = lines[0] = " ".join(lines[0].split())
    text = "\n\n".join(lines)
    if not text:
        raise SourceError(path, _("the document has no text"))
    if len(text) > limit:
        raise too_long(path, limit)
    return text, title


def _content(package: zipfile.ZipFile, path: str, limit: int) -> etree._Element:
    names = package.namelist()
    if "content.xml" not in names:
        raise SourceError(path, _("this file is damaged; open it and save it again"))
    if "META-INF/manifest.xml" in names:
        manifest = read_part(package, "META-INF/manifest.xml", path)
        if any(True for _one in manifest.iter("{*}encryption-data")):
            raise SourceError(path, _("locked by a password; save it without one"))
    if package.getinfo("content.xml").file_size > limit * UNPACKED:
        raise bomb(path)
    return read_part(package, "content.xml", path, limit * UNPACKED)


def _title_styles(root: etree._Element) -> frozenset[str]:
    """Names of the styles that make a title, those that inherit from one included."""
    own = {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name") in _TITLES
    }
    return _TITLES | own


def _is_title(block: etree._Element, titles: frozenset[str]) -> bool:
    if block.tag == f"{_TEXT}h" and block.get(f"{_TEXT}outline-level", "1") == "1":
        return True
    return block.get(f"{_TEXT}style-name") in titles


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and rows, not those nested in them."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in _BLOCKS or element.tag == _ROW:
            yield element
        elif element.tag not in _DROPPED and isinstance(element.tag, str):
            stack.extend(reversed(element))


def _lines(block: etree._Element) -> Iterator[str]:
    if block.tag != _ROW:
        boxes: list[etree._Element] = []
        said = _inline(block, boxes).strip(" \t\n\xa0")
        if said:
            yield said
        for box in boxes:
            for inner in _blocks(box):
                yield from _lines(inner)
        return
    cells = [
        [line for inner in _blocks(cell) for line in _lines(inner)]
        for cell in block.iterchildren(*_CELL)
    ]
    if any(len(cell) > 1 for cell in cells):
        for cell in cells:
            yield from cell
    elif line := "\t".join(cell[0] for cell in cells if cell):
        yield line


def _inline(block: etree._Element, boxes: list[etree._Element]) -> str:
    """The text of a paragraph; its text boxes are put into ``boxes``."""
    parts: list[str] = []
    stack: list[etree._Element | str] = [block]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            parts.append(_BLANKS.sub(" ", one))
            continue
        if one.tag in _DROPPED or not isinstance(one.tag, str):
            continue
        name = etree.QName(one).localname
        if name == "text-box":
            boxes.append(one)
        elif name == "s":
            count = one.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        else:
            inner: list[etree._Element | str] = [one.text or ""]
            for child in one:
                inner += [child, child.tail or ""]
            stack.extend(reversed(inner))
    return "".join(parts)
