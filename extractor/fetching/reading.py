"""Exchanges out of WARC files, our own or anybody's: Scrapy's, wget's, Common Crawl's.

A response and its request stand in two records, in either order, tied by WARC-Concurrent-To; what
failed stands in a metadata record of ours. Records without a page of their own (revisits, pieces of
a segmented record) are told, not passed over.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from extractor.fetching.exchange import (
    BadMessage,
    Exchange,
    Headers,
    Message,
    Place,
    Truncated,
    dechunk,
    read_message,
    served_headers,
    status_line,
)
from extractor.fetching.records import MAX_BLOCK, Damage, Record, scan
from extractor.messages import _

Tell = Callable[[str], None]

_log = logging.getLogger(__name__)
_KINDS = frozenset({"request", "response", "resource", "metadata", "revisit", "continuation"})
_TRUNCATED: dict[str, Truncated] = {
    "length": "length",
    "time": "time",
    "disconnect": "disconnect",
    "unspecified": "disconnect",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\Z")
_WEB = re.compile(r"https?://", re.I)
_REQUEST_LINE = re.compile(r"([A-Z]+)[ \t]+(.*?)(?:[ \t]+(HTTP/\d(?:\.\d)?))?\Z")


def read_exchanges(
    path: Path, host: str | None = None, tell: Tell = _log.warning, limit: int = MAX_BLOCK
) -> Iterator[Exchange]:
    """The exchanges of a .warc or .warc.gz file, in order.

    ``host`` is a pattern of host names (``*.pekalongankota.go.id``); ``tell`` is given a line for
    every record that is broken or holds no exchange; of a record at most ``limit`` bytes are read.
    Raises SourceError for what cannot be opened or is no WARC file.
    """
    return (exchange for _place, exchange in read_places(path, host, tell, limit))


def read_places(
    path: Path, host: str | None = None, tell: Tell = _log.warning, limit: int = MAX_BLOCK
) -> Iterator[tuple[Place, Exchange]]:
    """As :func:`read_exchanges`, each with its place."""
    group = _Group(path.name)
    for part in scan(path, limit, lambda headers: _wanted(headers, host)):
        if isinstance(part, Damage):
            tell(_damage(path, part))
            continue
        if part.kind not in _KINDS or not _wanted(part.headers, host):
            continue
        if not part.digest_fits:
            said = _(
                "{path}: the record at byte {start} does not fit its digest; read all the same"
            )
            tell(said.format(path=path, start=part.start))
        if part.kind in ("revisit", "continuation"):
            said = _("{path}: a {kind} record of {url}: its page is in another record")
            tell(said.format(path=path, kind=part.kind, url=part.url))
            continue
        if not group.takes(part):
            yield from group.exchanges(tell)
            group = _Group(path.name)
        group.add(part)
    yield from group.exchanges(tell)


def _damage(path: Path, part: Damage) -> str:
    if part.resumed is None:
        said = _("{path}: unreadable from byte {start} to the end: {reason}")
    else:
        said = _("{path}: bytes {start} to {resumed} left out: {reason}")
    return said.format(path=path, start=part.start, resumed=part.resumed, reason=part.reason)


def _wanted(headers: Headers, host: str | None) -> bool:
    url = next((v for k, v in headers if k.lower() == "warc-target-uri"), "").strip("<> ")
    if not _WEB.match(url):
        return False
    if host is None:
        return True
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return fnmatchcase(name.lower(), host.lower())


@dataclass
class _Group:
    """The records of one exchange."""

    file: str
    records: dict[str, Record] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def takes(self, record: Record) -> bool:
        """Whether a record belongs to the exchange so far."""
        kind = "response" if record.kind == "resource" else record.kind
        if not self.records:
            return True
        if kind in self.records:
            return False
        ours = {first.header("WARC-Record-ID") for first in self.records.values()}
        return bool(
            record.header("WARC-Concurrent-To") in ours
            or record.header("WARC-Record-ID") in self.ids
        )

    def add(self, record: Record) -> None:
        self.records["response" if record.kind == "resource" else record.kind] = record
        self.ids.add(record.header("WARC-Concurrent-To"))

    def exchanges(self, tell: Tell) -> Iterator[tuple[Place, Exchange]]:
        """The exchange, if there is one: a request alone is none, nor are others' metadata."""
        response, failure = self.records.get("response"), self.records.get("metadata")
        fields = _fields(failure) if failure else {}
        main = response or (failure if "error" in fields else None)
        if main is None:
            return
        place = Place(self.file, main.start, main.header("WARC-Record-ID"))
        try:
            yield place, _exchange(self.records.get("request"), response, main, fields)
        except BadMessage as error:
            said = _("{path}: the record at byte {start} cannot be read: {reason}")
            tell(said.format(path=self.file, start=main.start, reason=error))


def _fields(record: Record) -> dict[str, str]:
    """The lines of a metadata record."""
    lines = record.block.decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def _exchange(
    request: Record | None, response: Record | None, main: Record, fields: dict[str, str]
) -> Exchange:
    asked = read_message(request.block) if request else Message("", (), b"")
    line = _REQUEST_LINE.match(asked.first)
    method = line.group(1) if line else fields.get("method", "GET")
    version, status, reason = (line and line.group(3)) or "", 0, ""
    headers: Headers = ()
    body = b""
    if not _DATE.match(main.header("WARC-Date")):
        raise BadMessage(_("no WARC-Date like 2024-05-03T02:11:09Z"))
    truncated = _TRUNCATED.get(main.header("WARC-Truncated").lower())
    if response is not None and response.kind == "resource":
        version, status, reason = "HTTP/1.1", 200, "OK"
        headers = (("Content-Type", response.header("Content-Type")),)
        body = response.block
    elif response is not None:
        message = read_message(response.block)
        version, status, reason = status_line(message.first)
        headers, body, whole = _served(message)
        truncated = truncated or (None if whole else "disconnect")
    if len(main.block) < main.length:
        truncated = "length"
    return Exchange(
        method=method,
        url=main.url,
        request_headers=asked.headers,
        http_version=version,
        status=status,
        reason=reason,
        response_headers=headers,
        body=body,
        date=main.header("WARC-Date"),
        ip=main.header("WARC-IP-Address") or None,
        truncated=truncated,
        error=fields.get("error"),
        request_body=asked.body,
    )


def _served(message: Message) -> tuple[Headers, bytes, bool]:
    """Headers and body as served, de-chunked, and whether its chunks are all there."""
    if "chunked" in message.header("Transfer-Encoding").lower():
        body, whole = dechunk(message.body)
        return message.headers, body, whole
    return served_headers(message), message.body, True
