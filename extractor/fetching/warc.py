"""WARC files: written so that a crash costs at most what was being written, and mended after one.

ISO 28500:2017 (WARC 1.1): one file holds records, each with its own gzip member. An exchange
becomes a request and a response record; where there was no response, or a broken one, a metadata
record tells why. The bytes of an exchange go to the file in one write, then to the disk (fsync),
before :meth:`WarcWriter.write` returns.
"""

import os
import re
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractor.errors import UsageError
from extractor.fetching.exchange import Exchange, Place, request_head, response_head
from extractor.fetching.reading import read_exchanges, read_places
from extractor.fetching.records import NotWarc, Record, scan
from extractor.messages import _

__all__ = ["Exchange", "Place", "WarcWriter", "read_exchanges", "read_places", "repair"]

MAX_BYTES = 1 << 30
_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
_OURS = re.compile(r"-\d{14}-\d{5}\.warc(\.gz)?\Z")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers that are already bytes: warcio would percent-encode what is not ASCII."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("raw", [])
        self.raw = raw

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.raw


class WarcWriter:
    """Writes exchanges into ``FOLDER/PREFIX-YYYYMMDDhhmmss-NNNNN.warc.gz``.

    A file is made at the first write, and a new one once ``max_bytes`` are reached; none is ever
    opened again for writing. ``info`` goes into each file's warcinfo record (software, robots,
    operator …). Raises UsageError for a prefix that is no plain file name, OSError where the disk
    refuses: then the file ends behind the last whole exchange, and the next write tries again.
    """

    def __init__(
        self,
        folder: Path,
        prefix: str,
        max_bytes: int = MAX_BYTES,
        info: Mapping[str, str] | None = None,
    ) -> None:
        if not _PREFIX.match(prefix):
            raise UsageError(
                _("{prefix}: a WARC file's name takes letters, digits, . _ -").format(prefix=prefix)
            )
        self.folder = folder
        self.prefix = prefix
        self.max_bytes = max_bytes
        self.info = dict(info or {})
        self._file: BinaryIO | None = None
        self._name = ""
        self._size = 0
        self._safe = 0
        self._serial = 0
        self._info_id = ""
        self._lock = threading.Lock()

    def write(self, exchange: Exchange, sync: bool = True) -> Place:
        """Write an exchange; it is on the disk when this returns, or without ``sync`` once
        :meth:`sync` does. The place is that of its response, or of the metadata record that says
        why there is none."""
        with self._lock:
            if self._file is not None and self._size >= self.max_bytes:
                self._close()
            file = self._file or self._open()
            records = _Records(self._info_id)
            offset, record_id = records.add(exchange)
            place = Place(self._name, self._size + offset, record_id)
            self._append(file, records.out.getvalue())
            if sync:
                self._sync(file)
        return place

    def sync(self) -> None:
        """Put what was written on the disk; may be called from another thread. Raises OSError, and
        cuts off what did not get there."""
        with self._lock:
            if self._file is not None:
                self._sync(self._file)

    def close(self) -> None:
        """Put everything on the disk and close the file; a later write makes a new one."""
        with self._lock:
            self._close()

    def __enter__(self) -> "WarcWriter":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _open(self) -> BinaryIO:
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
        while True:
            path = self.folder / f"{self.prefix}-{stamp}-{self._serial:05}.warc.gz"
            self._serial += 1
            try:
                file = path.open("xb", buffering=0)
                break
            except FileExistsError:
                continue
        self._file, self._name, self._size, self._safe = file, path.name, 0, 0
        records = _Records("")
        self._info_id = records.add_info(path.name, self.info)
        try:
            self._append(file, records.out.getvalue())
            self._sync(file)
            _sync_folder(self.folder)
        except OSError:
            # an empty file would be no WARC
            self._leave()
            path.unlink(missing_ok=True)
            raise
        return file

    def _append(self, file: BinaryIO, raw: bytes) -> None:
        left = memoryview(raw)
        try:
            while left:
                left = left[file.write(left) :]
        except OSError:
            self._cut(file, self._size)
            raise
        self._size += len(raw)

    def _sync(self, file: BinaryIO) -> None:
        if self._safe == self._size:
            return
        try:
            os.fsync(file.fileno())
        except OSError:
            self._cut(file, self._safe)
            raise
        self._safe = self._size

    def _cut(self, file: BinaryIO, size: int) -> None:
        """Back to where the file was valid, which needs no room on the disk; where even that fails
        the file is left to :func:`repair`."""
        try:
            file.truncate(size)
            file.seek(size)
            self._size = size
        except OSError:
            self._leave()

    def _close(self) -> None:
        if self._file is not None:
            try:
                self._sync(self._file)
            finally:
                self._leave()

    def _leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def repair(folder: Path) -> list[str]:
    """Cut what a crash left unfinished at the end of the last WARC file of a folder, and tell it.

    A file of ours in which no record is whole is removed. What is broken with whole records behind
    it stays as it is, and is told. Raises OSError or SourceError where the disk refuses.
    """
    files = sorted(path for path in folder.glob("*.warc*") if path.suffix in (".gz", ".warc"))
    last = {max(files), max(files, key=lambda path: path.stat().st_mtime)} if files else set()
    return [said for path in sorted(last) for said in _repair(path)]


def _repair(path: Path) -> Iterator[str]:
    good = 0
    size = path.stat().st_size
    try:
        for part in scan(path, limit=0):
            if isinstance(part, Record):
                if part.end is None:
                    # one gzip member holds many records: not ours, and nowhere to cut
                    return
                # an uncompressed record without its last line ends was cut there
                good = part.end if part.closed or path.suffix == ".gz" else part.start
            elif part.resumed is not None:
                said = _("{path}: bytes {start} to {end} are damaged ({reason}); left as they are")
                yield said.format(path=path, start=part.start, end=part.resumed, reason=part.reason)
    except NotWarc:
        if not _OURS.search(path.name):
            raise
    if good == size > 0:
        return
    if good == 0:
        path.unlink()
        yield _("{path}: held no whole record; removed").format(path=path)
    else:
        with path.open("r+b") as file:
            file.truncate(good)
            os.fsync(file.fileno())
        said = _("{path}: {n} bytes of an unfinished record cut off")
        yield said.format(path=path, n=size - good)
    _sync_folder(path.parent)


class _Records:
    """Records in memory, each a gzip member."""

    def __init__(self, info_id: str) -> None:
        self.out = BytesIO()
        self.writer = WARCWriter(self.out, gzip=True, warc_version="1.1")
        self.info_id = info_id

    def add_info(self, name: str, info: Mapping[str, str]) -> str:
        fields = {
            **info,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        plain = {key: _CONTROL.sub(" ", value) for key, value in fields.items()}
        record = self.writer.create_warcinfo_record(name, plain)
        self.writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def add(self, exchange: Exchange) -> tuple[int, str]:
        """Offset and id of the record that :class:`Place` names."""
        answered = exchange.status != 0
        main_id = f"<urn:uuid:{uuid4()}>"
        beside = {"WARC-Concurrent-To": main_id}
        if exchange.request_headers:
            head = request_head(exchange)
            self._record("request", exchange, beside, head, exchange.request_body)
        offset = self.out.tell()
        own = {"WARC-Record-ID": main_id}
        if answered:
            if exchange.truncated:
                own["WARC-Truncated"] = exchange.truncated
            self._record("response", exchange, own, response_head(exchange), exchange.body)
        if not answered or exchange.error:
            self._record("metadata", exchange, beside if answered else own, b"", _fields(exchange))
        return offset, main_id

    def _record(
        self, kind: str, exchange: Exchange, more: Mapping[str, str], head: bytes, body: bytes
    ) -> None:
        fields = {"WARC-Date": exchange.date, **more}
        if exchange.ip:
            fields["WARC-IP-Address"] = exchange.ip
        if self.info_id:
            fields["WARC-Warcinfo-ID"] = self.info_id
        record = self.writer.create_warc_record(
            _CONTROL.sub("", exchange.url),
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_headers_dict=fields,
            http_headers=_Head(head) if head else None,
        )
        self.writer.write_record(record)


def _fields(exchange: Exchange) -> bytes:
    """The block of a metadata record: what failed."""
    lines = {"method": exchange.method, "error": exchange.error or "no response"}
    text = "".join(f"{key}: {_CONTROL.sub(' ', value)}\r\n" for key, value in lines.items())
    return text.encode("utf-8", "backslashreplace")


def _sync_folder(folder: Path) -> None:
    """Make a new file's name outlast a power cut; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
