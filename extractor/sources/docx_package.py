"""The package of a Word file: opened with care, its parts and their relations.

Nothing is fetched, no entity is expanded, what unpacks to more than the limit is refused, and so is
what is no Word document, is locked, or carries macros.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from typing import IO

from lxml import etree

from extractor.errors import SourceError
from extractor.messages import _

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
UNPACKED = 30
_SMALL_PART = 20_000_000
CONTENT_TYPES = "[Content_Types].xml"


@contextmanager
def opened(raw: bytes, path: str) -> Iterator[zipfile.ZipFile]:
    """The package in these bytes; whatever is wrong with it is raised as SourceError."""
    with _archive(raw, path) as package:
        try:
            yield package
        except _BROKEN:
            raise SourceError(path, _("this file is damaged; open it and save it again")) from None
        except etree.XMLSyntaxError as error:
            if "Excessive depth" in error.msg:
                said = _("tables within tables, far deeper than a release has them; take them out")
                raise SourceError(path, said) from None
            said = _("the text in this file is damaged ({reason}); open it and save it again")
            raise SourceError(path, said.format(reason=error.msg)) from None
        except RuntimeError:  # what zipfile raises for a part that needs a password
            raise SourceError(path, _locked()) from None


def _locked() -> str:
    return _("locked by a password; open it in Word and save it without one")


def _archive(raw: bytes, path: str) -> zipfile.ZipFile:
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


def document_part(package: zipfile.ZipFile, path: str) -> str:
    """The name of the part that holds the body; raises SourceError for what is no Word document."""
    names = set(package.namelist())
    if CONTENT_TYPES not in names or "_rels/.rels" not in names:
        if "mimetype" in names:
            said = _("an OpenDocument file; save it as .docx")
        else:
            said = _("a zip archive without a Word document in it; unpack it, or save it as .docx")
        raise SourceError(path, said)
    relations = read_part(package, "_rels/.rels", path)
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
        for one in read_part(package, CONTENT_TYPES, path).iter("{*}Override")
    }
    kind = kinds.get(target, "")
    related_kinds = {kind for kind, _name in related(package, target, path)}
    if (
        "macroEnabled" in kind
        or any(name.lower().endswith("vbaproject.bin") for name in names)
        or "vbaProject" in related_kinds  # the part may have any name
    ):
        raise SourceError(path, _("a Word file with macros (.docm); save it as .docx"))
    if target not in names or (kind and "wordprocessingml" not in kind):
        raise SourceError(path, _("an Office file, but no Word document; save the text as .docx"))
    return target


def relations_name(part: str) -> str:
    """The name of the part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def related(package: zipfile.ZipFile, part: str, path: str) -> list[tuple[str, str]]:
    """(kind, name) of the parts a part points to, in the order of their names; ``kind`` is the last
    word of the type of relation, such as ``header`` or ``styles``."""
    name = relations_name(part)
    if name not in package.namelist():
        return []
    found = []
    for one in read_part(package, name, path).iter("{*}Relationship"):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External" and target:
            whole = posixpath.join(posixpath.dirname(part), target)
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(whole)
            if target in package.namelist():
                found.append((one.get("Type", "").rpartition("/")[2], target))
    return sorted(found)


def read_part(
    package: zipfile.ZipFile, name: str, path: str, most: int = _SMALL_PART
) -> etree._Element:
    """A part, read whole; raises SourceError where it unpacks to more than ``most`` bytes."""
    with package.open(name) as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise bomb(path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(raw, parser)
    refuse_doctype(root, path)
    return root


def bomb(path: str) -> SourceError:
    """The error for a package that unpacks to far more than it should."""
    said = _("this file unpacks to far more than a press release; split it before reading it")
    return SourceError(path, said)


def refuse_doctype(element: etree._Element, path: str) -> None:
    """Raise SourceError where the document of this element declares entities."""
    if element.getroottree().docinfo.internalDTD is not None:
        said = _(
            "this file declares entities, which no word processor does; open it and save it again"
        )
        raise SourceError(path, said)


class Bounded(io.RawIOBase):
    """A part of the package that stops when more comes out of it than was agreed."""

    def __init__(self, source: IO[bytes], most: int, path: str) -> None:
        self._source, self._left, self._path = source, most, path

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; raises SourceError past the limit."""
        piece = self._source.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise bomb(self._path)
        return piece
