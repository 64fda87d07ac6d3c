"""Word packages made of markup, for tests."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TAGS = {
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
    "footer": "ftr",
    "comments": "comments",
}


def packed(body: str, head: str = "", **parts: str) -> bytes:
    """A package whose body has this markup, after a ``head`` such as a DOCTYPE; further parts by
    kind, such as ``footnotes``."""
    types = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>',
    ]
    relations = []
    for kind in parts:
        types.append(f'<Override PartName="/word/{kind}.xml" ContentType="{MAIN}.{kind}+xml"/>')
        relations.append(f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>')
    files: dict[str, str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{"".join(types)}</Types>',
        "_rels/.rels": _relations(
            [f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>']
        ),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"{head}<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for kind, markup in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{_TAGS[kind]} {_SPACES}>{markup}</w:{_TAGS[kind]}>"
    return zipped(files)


def zipped(files: Mapping[str, str]) -> bytes:
    """An archive of these files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return archive.getvalue()


def _relations(entries: list[str]) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(entries)}</Relationships>'
