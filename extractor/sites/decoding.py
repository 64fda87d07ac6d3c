"""Bytes of a page into text, by our own order: byte order mark, UTF-8 that holds, the header, the
page's own declaration, Windows-1252.

Servers of offices declare what is not so both ways round; UTF-8 that holds over a whole page is no
accident, so it comes before every declaration.
"""

import codecs
import re

from extractor.errors import SourceError
from extractor.sites.rule import Site
from extractor.sources.text import decode

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As in browsers: what is declared Latin-1 is Windows-1252.
_LATIN = frozenset({"iso8859-1", "ascii", "latin-1", "cp1252", "iso8859-15"})
# Codecs of Python that are no encodings of text.
_NO_TEXT = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"})


def decode_page(body: bytes, content_type: str = "", site: Site | None = None) -> tuple[str, str]:
    """(text, encoding) of a page; never raises. NUL bytes are left out."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _tidy(body[len(mark) :].decode(name, "replace")), name
    by_look = _utf16(body)
    if by_look:
        return _tidy(body.decode(by_look, "replace")), by_look
    try:
        return _tidy(body.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    head = body[:4096]
    meta = _META.search(head) or _XML.match(head.lstrip())
    declared = [
        site.charset if site is not None else None,
        found.group(1) if (found := _HEADER.search(content_type)) else None,
        meta.group(1).decode("ascii", "replace") if meta else None,
    ]
    for said in declared:
        known = _codec(said)
        if known is None or known in _LATIN or known.startswith("utf"):
            continue
        try:
            return _tidy(body.decode(known)), known
        except (UnicodeDecodeError, ValueError):
            continue
    try:
        found_text = decode(body.replace(b"\0", b""), "")  # mostly UTF-8, or Windows-1252
        return _tidy(found_text.text), found_text.encoding
    except SourceError:
        return _tidy(body.decode("cp1252", "replace")), "cp1252"


def _codec(name: str | None) -> str | None:
    try:
        info = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return None
    if info is None or info.name in _NO_TEXT or not info._is_text_encoding:
        return None
    return str(info.name)


def _utf16(body: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the beginning is NUL."""
    head = body[:2000]
    half = len(head) // 2
    if half < 8:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _tidy(text: str) -> str:
    return text.replace("\0", "").removeprefix("\ufeff")
