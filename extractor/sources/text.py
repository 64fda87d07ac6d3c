"""Bytes of a text file into text and back: encodings, byte order marks, mojibake.

Decoding never guesses wildly: what is neither Unicode nor plausible Windows-1252 is refused with a
way out. Line ends stay as they are.
"""

import codecs
import re
from dataclasses import dataclass

import ftfy

from extractor.errors import SourceError
from extractor.messages import _
from extractor.record import Edit

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office (.doc, .xls)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# The lead letters of UTF-8 read as Windows-1252, followed by what a continuation byte turns into.
_MOJIBAKE = re.compile(r"[ÂÃâðï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# The last byte of a closing “ ” mark is nothing in Windows-1252; many tools drop it.
_LOST_BYTE = re.compile(r"â€(?![\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])")
_LINE = re.compile(r"[^\r\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MIXED = "rilis_cp1252"


@dataclass(frozen=True)
class Decoded:
    """A text with what it takes to write the same bytes again.

    ``bom + text.encode(encoding)`` are the bytes it came from, where ``lossless``.
    """

    text: str
    encoding: str
    bom: bytes = b""
    lossless: bool = True


def decode(raw: bytes, path: str) -> Decoded:
    """The text of a file: by its byte order mark, else UTF-8, else UTF-16 by its look, else
    Windows-1252.

    Bytes that are mostly UTF-8 are read as that, the few others as Windows-1252 (``lossless`` is
    False then). Raises SourceError for an empty file, a binary one, an encoding nobody can tell.
    """
    refuse_foreign(raw, path)
    bom, encoding = _by_mark(raw)
    if not encoding:
        encoding = _by_look(raw, path)
    try:
        text = raw[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        if bom and encoding != "utf-8":
            said = _("the file says it is {encoding}, but byte {place} is not; save it as UTF-8")
            told = said.format(encoding=encoding.upper(), place=error.start + len(bom))
            raise SourceError(path, told) from None
        text = raw[len(bom) :].decode(encoding, _MIXED)
        return Decoded(text, encoding, bom, lossless=False)
    if not text.strip("\ufeff \t\r\n\v\f\x1a\xa0"):
        raise SourceError(path, _("the file is empty"))
    return Decoded(text, encoding, bom)


def refuse_foreign(raw: bytes, path: str) -> None:
    """Raise SourceError for an empty file, and for one whose first bytes are those of another
    format."""
    if not raw.strip():
        raise SourceError(path, _("the file is empty"))
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            said = _("a {format} file, not a text; save it as .docx, .html or .txt")
            raise SourceError(path, said.format(format=name))


def mend(text: str) -> str:
    """The text with mojibake (``â€œ`` for ``“``) mended, line by line, and nothing else changed."""
    if not _MOJIBAKE.search(text):
        return text
    return _LINE.sub(lambda line: _mended(line.group()), text)


def mends(text: str) -> list[Edit]:
    """What :func:`mend` changes, as edits of ``text``."""
    edits = []
    if _MOJIBAKE.search(text):
        for line in _LINE.finditer(text):
            old, new = line.group(), _mended(line.group())
            if old != new:
                left, right = _same_ends(old, new)
                edits.append(
                    Edit(
                        start=line.start() + left,
                        end=line.end() - right,
                        replacement=new[left : len(new) - right],
                        rule="encoding.mojibake",
                        reason=_("letters read in the wrong encoding"),
                        grade="sure",
                        kind="encoding",
                    )
                )
    return edits


def without_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs joined, and replaced where they stand alone: they can
    be in JSON and in file names, but in no file of text."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _mended(line: str) -> str:
    if not _MOJIBAKE.search(line):
        return line
    return ftfy.fix_encoding(_LOST_BYTE.sub("â€\x9d", line))


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters two lines share at their start, and at their end."""
    shortest = min(len(old), len(new))
    left = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    rest = shortest - left
    right = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return left, right


def _by_mark(raw: bytes) -> tuple[bytes, str]:
    return next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), (b"", ""))


def _by_look(raw: bytes, path: str) -> str:
    nuls = raw.count(0)
    if nuls:
        even = raw[::2].count(0)
        half = len(raw) // 2
        if len(raw) % 2 == 0 and nuls > 0.6 * half and min(even, nuls - even) < 0.02 * half:
            return "utf-16-be" if even > nuls - even else "utf-16-le"
        raise SourceError(path, _("a binary file, not a text; save it as .docx, .html or .txt"))
    if len(_CONTROL.findall(raw)) > 0.01 * len(raw):
        raise SourceError(path, _("a binary file, not a text; save it as .docx, .html or .txt"))
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if _cut_off(error):
            return "utf-8"
        return _broken_utf8(raw, path)
    return "utf-8"


def _cut_off(error: UnicodeDecodeError) -> bool:
    """Whether the data end in the middle of a character (one byte may as well be Windows-1252)."""
    return error.reason == "unexpected end of data" and error.end - error.start > 1


def _broken_utf8(raw: bytes, path: str) -> str:
    letters = _UTF8_LETTER.findall(raw)
    high = len(_HIGH.findall(raw))
    stray = high - sum(map(len, letters))
    if letters and len(letters) >= stray:
        return "utf-8"
    if high <= 0.3 * len(raw) + 8:
        try:
            raw.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            return "cp1252"
    raise SourceError(path, _("the encoding of the file cannot be told; save it as UTF-8"))


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decoding errors of UTF-8: strange bytes as Windows-1252, half a character as U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _cut_off(error):
        return "\ufffd", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MIXED, _as_cp1252)
