"""The bytes of a WARC file, plain or in gzip members, with the place of each in the file."""

import re
import zlib
from io import BufferedReader
from typing import Protocol

from extractor.messages import _

GZIP = b"\x1f\x8b"
_STEP = 1 << 16
_VERSION = re.compile(rb"WARC/\d\.\d+\s*\Z")


class Broken(Exception):
    """What is read is no record; the text says why."""


class Stream(Protocol):
    """Bytes of the records, and where in the file they are."""

    start: int

    def read(self, size: int) -> bytes:
        """At most so many bytes, fewer too; none at the end of the file. Raises Broken."""

    def line(self, most: int) -> bytes:
        """Up to the line feed, at most so many bytes. Raises Broken."""

    def peek(self) -> bytes:
        """The next byte, left where it is. Raises Broken."""

    def boundary(self) -> int | None:
        """Where in the file the next byte is, if a record can be cut off there. Sets ``start``."""


class Plain:
    """An uncompressed file."""

    def __init__(self, file: BufferedReader, at: int) -> None:
        self.file = file
        self.start = at
        file.seek(at)

    def read(self, size: int) -> bytes:
        return self.file.read(size)

    def line(self, most: int) -> bytes:
        return self.file.readline(most)

    def peek(self) -> bytes:
        return self.file.peek(1)[:1]

    def boundary(self) -> int:
        self.start = self.file.tell()
        return self.start


class Members:
    """A file of gzip members. ``start`` is where the current one begins."""

    def __init__(self, file: BufferedReader, at: int) -> None:
        self.file = file
        self.start = at
        self._next = at
        self._raw = b""
        self._ready = b""
        self._at = 0
        self._member: zlib._Decompress | None = None
        file.seek(at)

    def read(self, size: int) -> bytes:
        if not self._more():
            return b""
        out = self._ready[self._at : self._at + size]
        self._at += len(out)
        return out

    def line(self, most: int) -> bytes:
        out = b""
        while not out.endswith(b"\n") and len(out) < most and self._more():
            end = self._ready.find(b"\n", self._at) + 1
            out += self.read((end or len(self._ready)) - self._at)
        return out

    def peek(self) -> bytes:
        return self._ready[self._at : self._at + 1] if self._more() else b""

    def boundary(self) -> int | None:
        """Where the next member begins if this one is read to its end; None if it goes on."""
        while self._member is not None and self._at == len(self._ready):
            self._fill(self._member)
        if self._at < len(self._ready):
            return None
        self.start = self._next
        return self._next

    def _more(self) -> bool:
        """Have something ready; False at the end of the file. Raises Broken."""
        while self._at == len(self._ready):
            if self._member is None:
                self._raw = self._raw or self.file.read(_STEP)
                if not self._raw:
                    return False
                self.start = self._next
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            self._fill(self._member)
        return True

    def _fill(self, member: "zlib._Decompress") -> None:
        given = self._raw or self.file.read(_STEP)
        try:
            self._ready, self._at = member.decompress(given, _STEP), 0
        except zlib.error:
            raise Broken(_("damaged gzip")) from None
        self._raw = member.unconsumed_tail or member.unused_data
        self._next += len(given) - len(self._raw)
        if member.eof:
            self._member = None
        elif not given and not self._ready:
            raise Broken(_("the file ends inside a record"))


def is_version(line: bytes) -> bool:
    """Whether this is the first line of a record."""
    return bool(_VERSION.match(line))


def next_record(file: BufferedReader, at: int, zipped: bool) -> int | None:
    """Where the next record begins at or behind ``at``; None if nowhere."""
    sign = GZIP + b"\x08" if zipped else b"WARC/"
    seen = b""
    base = at
    file.seek(at)
    while True:
        more = file.read(1 << 20)
        seen += more
        found = seen.find(sign)
        while found >= 0:
            if _begins(file, base + found, zipped):
                return base + found
            found = seen.find(sign, found + 1)
        if not more:
            return None
        keep = len(sign) - 1
        base += len(seen) - keep
        seen = seen[-keep:]
        file.seek(base + keep)


def _begins(file: BufferedReader, at: int, zipped: bool) -> bool:
    """Whether a record's head is at this byte of the file."""
    file.seek(max(at - 1, 0))
    before = file.read(1) if at else b"\n"
    raw = file.read(4096)
    if zipped:
        try:
            raw = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(raw, 512)
        except zlib.error:
            return False
    elif before != b"\n":
        return False
    first = raw.partition(b"\n")[0]
    return is_version(first) and b"WARC-" in raw[:512]
