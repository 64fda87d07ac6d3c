"""Word drafts: the text of a .docx, and where each line of it stands in the file.

The document is read as a stream, one outermost paragraph or table row at a time, so that its
length does not matter.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lxml import etree

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.docx_package import (
    UNPACKED,
    Bounded,
    bomb,
    document_part,
    opened,
    read_part,
    refuse_doctype,
    related,
)
from extractor.sources.docx_story import Line, Story, Tracked, W, text_of, value
from extractor.sources.files import too_long

Parts = Literal["body", "all"]

_TITLE_STYLES = frozenset({"title", "heading 1"})
# Read after the body where all parts are asked for, in this order.
_FURTHER = ("footnotes", "endnotes", "header", "footer")


class Place(NamedTuple):
    """Where a stretch of text stands: ``part`` is the part of the file, empty for the body;
    ``paragraph`` counts that part's paragraphs from 1, empty ones and those in tables included;
    ``column`` its characters from 0."""

    start: int
    part: str
    paragraph: int
    column: int


@dataclass(frozen=True)
class WordText:
    """The text of a Word draft; ``title`` where its first paragraph has the style of a title;
    ``places`` tell where it stands, in the order of the text."""

    text: str
    title: str | None
    places: tuple[Place, ...] = ()


def read_docx(
    raw: bytes, path: str, limit: int, tracked: Tracked = "accept", parts: Parts = "body"
) -> WordText:
    """The text of a .docx: paragraphs and table rows in their order, an empty line between them.

    Tracked changes are read as accepted, as rejected, or ``raw``: inserted and deleted text both.
    Tabs and breaks are kept; the cells of a row are set apart by tabs; a text box follows the
    paragraph it hangs on. Where ``parts`` is ``all``, notes, headers and footers follow the body.
    ``limit``: the most bytes its text may have. Raises SourceError for what is no .docx, is locked,
    has macros, or is too long.
    """
    with opened(raw, path) as package:
        document = document_part(package, path)
        story = Story(tracked, title_styles(package, document, path))
        lines: list[str] = []
        places: list[Place] = []
        length = at = 0
        for part, line in _lines(package, document, story, tracked, parts, path, limit):
            text = text_of(line)
            places += _places(line, at, part)
            lines.append(text)
            length += len(text)
            at += len(text) + 2
            if length > limit:
                raise too_long(path, limit)
    if not lines:
        raise SourceError(path, _("the document has no text"))
    return WordText("\n\n".join(lines), story.title, tuple(places))


def story_parts(
    package: zipfile.ZipFile, document: str, parts: Parts, path: str
) -> list[tuple[str, str]]:
    """(label, name) of the parts that are read, in the order they are read; the body's label is
    empty."""
    found = [("", document)]
    if parts == "all":
        known = related(package, document, path)
        found += [(name, name) for kind in _FURTHER for of, name in known if of == kind]
    return found


def title_styles(package: zipfile.ZipFile, document: str, path: str) -> frozenset[str]:
    """Ids of the styles that make a title; ids differ by the language of Word, names do not."""
    found = set()
    for kind, name in related(package, document, path) or _beside(package, document):
        if kind != "styles":
            continue
        for style in read_part(package, name, path).iter("{*}style"):
            for child in style.iterchildren("{*}name"):
                if value(child).lower() in _TITLE_STYLES:
                    found.add(value(style, "styleId"))
    return frozenset(found - {""})


def _beside(package: zipfile.ZipFile, document: str) -> list[tuple[str, str]]:
    """The styles of a package that names no relations."""
    name = document.rpartition("/")[0] + "/styles.xml"
    return [("styles", name)] if name in package.namelist() else []


def _lines(
    package: zipfile.ZipFile,
    document: str,
    body: Story,
    tracked: Tracked,
    parts: Parts,
    path: str,
    limit: int,
) -> Iterator[tuple[str, Line]]:
    most = limit * UNPACKED
    for label, name in story_parts(package, document, parts, path):
        if package.getinfo(name).file_size > most:
            raise bomb(path)
        story = Story(tracked) if label else body
        with package.open(name) as file:
            for line in story.read(_units(Bounded(file, most, path), path)):
                yield label, line


def _places(line: Line, at: int, part: str) -> Iterator[Place]:
    """One place for each stretch that runs on without a gap."""
    expected: tuple[int, int] | None = None
    for piece in line:
        if piece.node is not None:
            if (piece.paragraph, piece.column) != expected:
                yield Place(at, part, piece.paragraph, piece.column)
            expected = piece.paragraph, piece.column + len(piece.text)
        at += len(piece.text)


def _units(source: Bounded, path: str) -> Iterator[etree._Element]:
    """Outermost paragraphs and table rows, each forgotten when the next is asked for."""
    depth = 0
    tags = [f"{{{space}}}{name}" for space in W for name in ("p", "tr")]
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
                refuse_doctype(element, path)
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
