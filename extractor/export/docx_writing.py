"""A Word package written anew: the parts that changed, every other part as it was.

Same input, same bytes: parts keep their order, and new ones carry no time of day.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping

from lxml import etree

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.docx_package import CONTENT_TYPES, opened, read_part, relations_name
from extractor.sources.files import size_limit

_WHOLE = 30
_START_OF_TIME = (1980, 1, 1, 0, 0, 0)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def rewritten(
    raw: bytes,
    path: str,
    changed: Mapping[str, etree._Element],
    removed: frozenset[str] = frozenset(),
    timeless: bool = False,
) -> bytes:
    """The package with some parts changed, added or removed; ``timeless`` takes the times of its
    parts out."""
    packed = io.BytesIO()
    with opened(raw, path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        if sum(info.file_size for info in old.infolist()) > _WHOLE * size_limit():
            said = _("this .docx unpacks to far more than a press release; take pictures out of it")
            raise SourceError(path, said)
        written: set[str] = set()
        for info in old.infolist():
            name = info.filename
            if name in removed or name in written:
                continue
            written.add(name)
            content = _as_xml(changed[name]) if name in changed else old.read(name)
            fresh = zipfile.ZipInfo(name, _START_OF_TIME if timeless else info.date_time)
            fresh.external_attr = info.external_attr
            stored = info.compress_type == zipfile.ZIP_STORED
            fresh.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(fresh, content)
        for name in sorted(set(changed) - written):
            fresh = zipfile.ZipInfo(name, _START_OF_TIME)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, _as_xml(changed[name]))
    return packed.getvalue()


class Parts:
    """Parts of one package that are being changed: each is read when it is first asked for."""

    def __init__(self, package: zipfile.ZipFile, path: str) -> None:
        self._package, self._path = package, path
        self.changed: dict[str, etree._Element] = {}

    def has(self, name: str) -> bool:
        """Whether the package holds this part."""
        return name in self.changed or name in self._package.namelist()

    def names(self) -> list[str]:
        """The names of all parts, in order."""
        return sorted({*self.changed, *self._package.namelist()})

    def part(self, name: str) -> etree._Element:
        """The root of a part, to be changed."""
        if name not in self.changed:
            self.changed[name] = read_part(self._package, name, self._path)
        return self.changed[name]

    def relations(self, part: str) -> etree._Element:
        """The relations of a part, made where there are none."""
        name = relations_name(part)
        if not self.has(name):
            self.changed[name] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        return self.part(name)

    def comments(self, document: str, space: str) -> etree._Element:
        """The comments of a document, its part made and related where there is none."""
        relations = self.relations(document)
        folder = posixpath.dirname(document)
        for one in relations:
            if one.get("Type", "").endswith("/comments"):
                target = one.get("Target", "")
                name = (
                    target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                )
                if self.has(name):
                    return self.part(name)
        name = posixpath.join(folder, "comments.xml")
        number = 1
        while self.has(name):
            number += 1
            name = posixpath.join(folder, f"comments{number}.xml")
        self._relate(relations, space, posixpath.basename(name))
        types = self.part(CONTENT_TYPES)
        one = etree.SubElement(types, f"{{{_TYPES}}}Override")
        one.set("PartName", "/" + name)
        one.set("ContentType", f"{_MAIN}.comments+xml")
        self.changed[name] = etree.Element(f"{{{space}}}comments", nsmap={"w": space})
        return self.changed[name]

    def _relate(self, relations: etree._Element, space: str, target: str) -> None:
        taken = {one.get("Id", "") for one in relations}
        number = 1
        while f"rIdRilis{number}" in taken:
            number += 1
        one = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
        one.set("Id", f"rIdRilis{number}")
        one.set("Type", (_STRICT if "purl.oclc.org" in space else _TRANSITIONAL) + "/comments")
        one.set("Target", target)


def _as_xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
