"""Drafts: what an editor hands in, as text with what it takes to write the same file again."""

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extractor.errors import SourceError
from extractor.messages import _
from extractor.record import Article, Edit, article_id
from extractor.sources.docx import Parts, Place, read_docx
from extractor.sources.docx_story import Tracked
from extractor.sources.files import (
    FOREIGN,
    HTML,
    ODT,
    PDF,
    RTF,
    STDIN,
    WORD,
    read_bytes,
    size_limit,
    too_long,
)
from extractor.sources.html import read_html
from extractor.sources.jsonl import iso_day, parse_json
from extractor.sources.odt import MIMETYPE, read_odt
from extractor.sources.pdf import MAGIC as PDF_MAGIC
from extractor.sources.pdf import read_pdf
from extractor.sources.rtf import MAGIC as RTF_MAGIC
from extractor.sources.rtf import read_rtf
from extractor.sources.text import decode, mend, mends, without_surrogates

# Pictures make a .docx far larger than its text.
_PICTURES = 10
_HTML_HEADS = (b"<!doctype html", b"<html")
_GAP = re.compile("\n\n")
_SIDECAR_LIMIT = 1_000_000

Kind = Literal["text", "html", "docx", "odt", "rtf", "pdf"]


@dataclass(frozen=True)
class Draft:
    """One draft as it came in.

    ``text`` is what it says, mojibake mended; ``raw`` its bytes. A draft of kind ``text`` is
    written again in its ``encoding`` with its ``bom``; ``mends`` are the edits that led from the
    text as the bytes spell it to ``text``. ``lossless`` is False where stray bytes of another
    encoding were in it: then ``raw`` alone gives it back. Of a draft that is no plain text
    ``places`` tell where the text stands in the file: which paragraph of it, in a PDF of which
    page. A Word draft was read with its changes ``tracked`` and with these ``parts``.
    """

    path: str
    raw: bytes
    text: str
    kind: Kind
    encoding: str = "utf-8"
    bom: bytes = b""
    title: str | None = None
    published: str | None = None
    mends: tuple[Edit, ...] = ()
    lossless: bool = True
    places: tuple[Place, ...] = ()
    tracked: Tracked = "accept"
    parts: Parts = "body"

    def place(self, offset: int) -> tuple[str, int, int] | None:
        """(part, paragraph, character), the numbers from 1, of an offset; None in a plain text,
        where lines count. ``part`` is that of a Word file, ``page2`` of a PDF, else empty."""
        if not self.places:
            return None
        found = self.places[max(bisect_right(self.places, offset, key=lambda p: p.start) - 1, 0)]
        return found.part, found.paragraph, found.column + max(offset - found.start, 0) + 1

    def article(self, published: str | None = None) -> Article:
        """The article of this draft; ``published`` (an ISO day) wins over the draft's own."""
        return Article(
            id=article_id(None, self.raw),
            title=self.title,
            text=self.text,
            published=published or self.published,
            path=None if self.path == STDIN else self.path,
        )


def read_draft(
    path: str | Path,
    raw: bytes | None = None,
    limit: int | None = None,
    tracked: Tracked = "accept",
    parts: Parts = "body",
) -> Draft:
    """The draft in a file, or in the bytes ``raw`` read elsewhere; ``-`` is standard input.

    Its format is told by its bytes, then by the name of the file. ``limit``: the most bytes of text
    it may have, by default :func:`extractor.sources.files.size_limit`. ``published`` is that of a
    sidecar ``X.json`` beside ``X.txt``, else what a page declares. ``tracked`` and ``parts`` are
    for Word drafts (see :func:`extractor.sources.docx.read_docx`). Raises SourceError with the
    reason and the way out.
    """
    shown = without_surrogates(str(path))
    most = size_limit() if limit is None else limit
    suffix = Path(path).suffix.lower()
    published = None
    if raw is None and str(path) == STDIN:
        raw = sys.stdin.buffer.read(most * _PICTURES + 1)
    elif raw is None:
        pictures = suffix in WORD | FOREIGN | ODT | RTF | PDF
        raw = read_bytes(Path(path), most * _PICTURES if pictures else most)
        published = sidecar_day(Path(path))
    if not raw:
        raise SourceError(shown, _("the file is empty"))
    kind = _kind(raw, suffix)
    if kind == "text":
        draft = _text(raw, shown, suffix, most)
    elif kind == "docx":
        found = read_docx(raw, shown, most, tracked, parts)
        draft = Draft(shown, raw, found.text, kind, title=found.title, places=found.places)
        draft = replace(draft, tracked=tracked, parts=parts)
    else:
        draft = _marked_up(raw, shown, kind, most)
    return replace(draft, published=published) if published else draft


def _text(raw: bytes, path: str, suffix: str, most: int) -> Draft:
    """A draft that is plain text."""
    if len(raw) > most:
        raise too_long(path, most)
    decoded = decode(raw, path)
    if suffix in FOREIGN:
        raise SourceError(path, _("a draft in this format cannot be read; save it as .docx"))
    return Draft(
        path,
        raw,
        mend(decoded.text),
        "text",
        decoded.encoding,
        decoded.bom,
        mends=tuple(mends(decoded.text)),
        lossless=decoded.lossless,
    )


def _marked_up(raw: bytes, path: str, kind: Kind, most: int) -> Draft:
    """A draft of which the text alone is read."""
    if kind == "pdf":
        said, places = read_pdf(raw, path, most)
        return Draft(path, raw, said, kind, places=places)
    if kind == "rtf":
        said = read_rtf(raw, path, most)
        return Draft(path, raw, said, kind, places=_paragraphs(said))
    if kind == "odt":
        said, title = read_odt(raw, path, most)
        return Draft(path, raw, said, kind, title=title, places=_paragraphs(said))
    if len(raw) > most:
        raise too_long(path, most)
    page = read_html(raw, path)
    places = _paragraphs(page.text)
    draft = Draft(path, raw, page.text, kind, page.encoding, title=page.title, places=places)
    return replace(draft, published=page.published)


def _paragraphs(text: str) -> tuple[Place, ...]:
    """The places of a text whose paragraphs are all that is known of where it stands."""
    starts = [0, *(gap.end() for gap in _GAP.finditer(text))]
    return tuple(Place(start, "", number, 0) for number, start in enumerate(starts, 1))


def _kind(raw: bytes, suffix: str) -> Kind:
    """The format of a draft: by its first bytes, then by the name of its file."""
    if raw[30 : 30 + len(MIMETYPE)] == MIMETYPE:
        return "odt"
    if suffix in WORD or raw.startswith(b"PK\x03\x04"):
        return "docx"
    if raw.startswith(RTF_MAGIC):
        return "rtf"
    if raw[:1024].lstrip().startswith(PDF_MAGIC):
        return "pdf"
    page = suffix in HTML or raw[:200].lstrip().lower().startswith(_HTML_HEADS)
    return "html" if page else "text"


def encode(draft: Draft, text: str) -> bytes:
    """The bytes to write for a new text of this draft: its own encoding and byte order mark.

    The draft's own text gives back its very bytes. A draft that is no plain text becomes one, in
    UTF-8, its last line ended. Raises SourceError where the encoding has no sign for a character.
    """
    if draft.kind != "text":
        return (text.rstrip("\n") + "\n").encode("utf-8")
    if text == draft.text:
        return draft.raw
    return encode_text(text, draft.encoding, draft.bom, draft.path)


def encode_text(text: str, encoding: str, bom: bytes, path: str) -> bytes:
    """A text in this encoding, its byte order mark before it; raises SourceError where it has no
    sign for a character."""
    try:
        return bom + text.encode(encoding)
    except UnicodeEncodeError as error:
        said = _("{encoding} has no sign for {sign!r}; save the draft as UTF-8 first")
        sign = text[error.start : error.start + 1]
        raise SourceError(path, said.format(encoding=encoding, sign=sign)) from None


def sidecar_day(path: Path) -> str | None:
    """The day in ``X.json`` beside ``X.txt`` (key ``published``); None where there is none.

    Raises SourceError where the sidecar is broken or its date is none.
    """
    sidecar = path.with_suffix(".json")
    if sidecar == path or not sidecar.is_file():
        return None
    name = without_surrogates(str(sidecar))
    value = parse_json(read_bytes(sidecar, _SIDECAR_LIMIT), name)
    return iso_day(value.get("published"), name) if isinstance(value, dict) else None
