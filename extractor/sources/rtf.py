"""Rich Text drafts (.rtf), by striprtf: pure Python, kept up, knows tables and code pages.

Fields, pictures and styles are left out; paragraphs and table rows become lines.
"""

import re

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.extras import library
from extractor.sources.files import too_long

MAGIC = b"{\\rtf"
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_LINE = re.compile(r"[ \t\xa0]*\r?\n[ \t\xa0]*")


def read_rtf(raw: bytes, path: str, limit: int) -> str:
    """The text, an empty line between paragraphs; the cells of a row are set apart by tabs.

    ``limit``: the most bytes its text may have. Raises SourceError where nothing can be read, where
    it is too long, and where the extra ``rtf`` is not installed.
    """
    striprtf = library("striprtf.striprtf", "rtf", path)
    found = _CODE_PAGE.search(raw[:2000])
    code_page = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        said = striprtf.rtf_to_text(raw.decode("latin-1"), encoding=code_page, errors="replace")
    except (ValueError, LookupError, IndexError, TypeError, KeyError, AttributeError):
        told = _("this file is damaged; open it and save it again")
        raise SourceError(path, told) from None
    lines = (_row(line) if line.endswith("|") else line for line in _LINE.split(said.strip()))
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise SourceError(path, _("the document has no text"))
    if len(text) > limit:
        raise too_long(path, limit)
    return text


def _row(line: str) -> str:
    """A row of a table, which striprtf writes with a bar after each cell."""
    return "\t".join(cell.strip() for cell in line.split("|") if cell.strip())
