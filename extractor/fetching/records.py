"""Records out of WARC files, whole and broken ones told apart.

The usual readers pass over a record that ends too early without a word, and stop at the first
that is broken. This one knows at which byte of the file each record begins and ends, says what is
broken, and goes on behind it. Nothing is held but one block, up to a limit.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from extractor.errors import SourceError
from extractor.fetching.exchange import Headers, header_lines
from extractor.fetching.members import GZIP, Broken, Members, Plain, Stream, is_version, next_record
from extractor.messages import _

MAX_BLOCK = 64 << 20
_MAX_HEAD = 1 << 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_STEP = 1 << 16


@dataclass(frozen=True)
class Record:
    """A record of a file: ``start`` and ``end`` are bytes of the file (``end`` is None inside a
    gzip member that goes on). ``length`` is the block's own, ``block`` what was kept of it."""

    start: int
    end: int | None
    headers: Headers
    block: bytes
    length: int
    digest_fits: bool = True
    closed: bool = True

    def header(self, name: str) -> str:
        """The value of a header; empty where there is none."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")

    @property
    def kind(self) -> str:
        """WARC-Type in small letters."""
        return self.header("WARC-Type").lower()

    @property
    def url(self) -> str:
        """The target's address without the brackets and blanks that some tools write."""
        return _CONTROL.sub("", self.header("WARC-Target-URI")).strip("<> ").replace(" ", "%20")


@dataclass(frozen=True)
class Damage:
    """A part of a file that is no record: from ``start`` to ``resumed``, where the next one begins
    (None: no further one)."""

    start: int
    resumed: int | None
    reason: str


class NotWarc(SourceError):
    """A file holds no WARC record at all."""


def scan(
    path: Path, limit: int = MAX_BLOCK, want: Callable[[Headers], bool] = lambda headers: True
) -> Iterator[Record | Damage]:
    """All records of a .warc or .warc.gz file in order, and what is broken between them.

    Blocks of records that ``want`` refuses are passed over, of others at most ``limit`` bytes are
    kept. Raises SourceError for what cannot be opened, NotWarc
    for what holds no record.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceError(str(path), error.strerror or str(error)) from None
    with file:
        try:
            yield from _Scan(path, file, limit, want).all()
        except OSError as error:
            raise SourceError(str(path), error.strerror or str(error)) from None


@dataclass
class _Scan:
    path: Path
    file: BufferedReader
    limit: int
    want: Callable[[Headers], bool]
    found: bool = field(default=False)

    def all(self) -> Iterator[Record | Damage]:
        magic = self.file.read(16)
        foreign = _foreign(magic)
        if foreign:
            raise NotWarc(str(self.path), foreign)
        zipped = magic.startswith(GZIP)
        at: int | None = 0
        while at is not None:
            stream = Members(self.file, at) if zipped else Plain(self.file, at)
            reason = ""
            try:
                while (record := self.one(stream)) is not None:
                    self.found = True
                    at = record.start if record.end is None else record.end
                    yield record
                return
            except Broken as error:
                reason = str(error)
            start = stream.start
            at = next_record(self.file, max(start, at) + 1, zipped)
            if at is None and not self.found:
                raise NotWarc(str(self.path), _("no WARC file ({reason})").format(reason=reason))
            yield Damage(start, at, reason)

    def one(self, stream: Stream) -> Record | None:
        """The next record; None at the end of the file. Raises Broken."""
        stream.boundary()
        start = stream.start
        first = _line(stream)
        while first in (b"\r\n", b"\n"):
            stream.boundary()
            start = stream.start
            first = _line(stream)
        if not first:
            return None
        if not is_version(first):
            raise Broken(_("no record begins here"))
        headers = header_lines(_head(stream))
        length = _length(headers)
        kept, left = bytearray(), length
        room = self.limit if self.want(headers) else 0
        digest = _Digest(headers)
        while left:
            piece = stream.read(min(left, _STEP))
            if not piece:
                raise Broken(_("the file ends inside a record"))
            left -= len(piece)
            digest.update(piece)
            kept += piece[: room - len(kept)] if len(kept) < room else b""
        close = b""
        while len(close) < 4 and stream.peek() in (b"\r", b"\n"):
            close += stream.read(1)
        end = stream.boundary()
        return Record(start, end, headers, bytes(kept), length, digest.fits(), close == b"\r\n\r\n")


def _foreign(magic: bytes) -> str | None:
    """What to do with a file of another kind, told by its first bytes."""
    kinds = {
        b"PK\x03\x04": _("a ZIP or WACZ file; unpack it, its WARC files are in archive/"),
        b"\x28\xb5\x2f\xfd": _("compressed with Zstandard; zstd -d makes it readable"),
        b"BZh": _("compressed with bzip2; bunzip2 makes it readable"),
        b"\xfd7zXZ": _("compressed with xz; unxz makes it readable"),
        b"filedesc://": _("an ARC file; warcio recompress makes a WARC file of it"),
    }
    return next((told for sign, told in kinds.items() if magic.startswith(sign)), None)


def _line(stream: Stream) -> bytes:
    line = stream.line(_MAX_HEAD)
    if len(line) >= _MAX_HEAD:
        raise Broken(_("the record's head has no end"))
    return line


def _head(stream: Stream) -> bytes:
    out = bytearray()
    while True:
        line = _line(stream)
        if not line:
            raise Broken(_("the file ends inside a record"))
        if line in (b"\r\n", b"\n"):
            return bytes(out)
        out += line
        if len(out) > _MAX_HEAD:
            raise Broken(_("the record's head has no end"))


def _length(headers: Headers) -> int:
    value = next((v for k, v in headers if k.lower() == "content-length"), "")
    if not (value.isascii() and value.isdigit()):
        raise Broken(_("a record without a Content-Length"))
    return int(value)


class _Digest:
    """The block's digest beside the one its record declares; one we cannot count fits."""

    def __init__(self, headers: Headers) -> None:
        value = next((v for k, v in headers if k.lower() == "warc-block-digest"), "")
        name, _colon, self.told = value.partition(":")
        name = name.strip().lower().replace("-", "")
        known = name in ("md5", "sha1", "sha256", "sha512") and bool(self.told.strip())
        self.hash = hashlib.new(name, usedforsecurity=False) if known else None

    def update(self, piece: bytes) -> None:
        if self.hash is not None:
            self.hash.update(piece)

    def fits(self) -> bool:
        if self.hash is None:
            return True
        told = self.told.strip()
        base32 = base64.b32encode(self.hash.digest()).decode().rstrip("=")
        return told.lower() == self.hash.hexdigest() or told.upper().rstrip("=") == base32
