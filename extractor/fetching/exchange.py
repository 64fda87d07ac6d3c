"""One request with its answer, and its form as HTTP messages inside WARC records."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from extractor.fetching.inflate import inflate
from extractor.messages import _
from extractor.sites.pages import Response

Truncated = Literal["length", "time", "disconnect"]
Headers = tuple[tuple[str, str], ...]

# The body is kept de-chunked, and perhaps cut: then these headers no longer describe it. They keep
# their values under the names that the archives of Common Crawl use.
_RENAMED = "X-Crawl-"
_BREAKS = re.compile(r"[\r\n\0]+")
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS_LINE = re.compile(r"(HTTP/\d(?:\.\d)?)[ \t]+(\d{3})(?:[ \t]+(.*))?\Z", re.I)
_BODILESS = frozenset({204, 304})
_MAX_HEAD = 1 << 20
_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Exchange:
    """A request and what came back.

    ``response_headers`` are as served, in order, repeated ones too (bytes above ASCII as Latin-1);
    ``body`` is as served, still content-encoded but de-chunked. ``status`` is 0 where no
    response came: then ``error`` says why, and ``request_headers`` are empty if nothing was sent.
    ``date`` is UTC in ISO form. ``truncated`` says why the body is not whole.
    """

    method: str
    url: str
    request_headers: Headers
    http_version: str
    status: int
    reason: str
    response_headers: Headers
    body: bytes
    date: str
    ip: str | None = None
    truncated: Truncated | None = None
    error: str | None = None
    request_body: bytes = b""

    def header(self, name: str) -> str | None:
        """The values of a response header joined by commas; None where there is none."""
        found = [value for key, value in self.response_headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None


@dataclass(frozen=True)
class Place:
    """Where a response is: name of the file in its folder, byte offset of the record, its id."""

    file: str
    offset: int
    record_id: str


def response_of(exchange: Exchange, limit: int) -> Response:
    """An answer as the reader of pages takes it, its body inflated to at most ``limit`` bytes; the
    same for a live crawl and for one replayed. Raises InflateError."""
    return Response(
        url=exchange.url,
        status=exchange.status,
        headers=exchange.response_headers,
        body=inflate(exchange.body, exchange.header("content-encoding"), limit),
        retrieved=re.sub(r"\.\d+", "", exchange.date),
        truncated=exchange.truncated,
    )


class BadMessage(ValueError):
    """A block is no HTTP message; the text says why."""


def request_head(exchange: Exchange) -> bytes:
    """Request line with the query, and headers."""
    parts = urlsplit(exchange.url)
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE + "?[]")
    version = exchange.http_version or "HTTP/1.1"
    return _head(f"{exchange.method} {target} {version}", exchange.request_headers)


def response_head(exchange: Exchange) -> bytes:
    """Status line and headers as served; those that no longer fit the body are renamed."""
    first = f"{exchange.http_version} {exchange.status} {exchange.reason}"
    length = str(len(exchange.body))
    bodiless = exchange.method == "HEAD" or exchange.status in _BODILESS
    headers = []
    for name, value in exchange.response_headers:
        wrong = name.lower() == "transfer-encoding" or (
            name.lower() == "content-length" and value.strip() != length and not bodiless
        )
        headers.append((_RENAMED + name if wrong else name, value))
    return _head(first, tuple(headers))


def _head(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return b"\r\n".join(_encode(_BREAKS.sub(" ", line)) for line in lines) + b"\r\n\r\n"


def _encode(line: str) -> bytes:
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "surrogateescape")


@dataclass(frozen=True)
class Message:
    """An HTTP message of a record: its first line, headers, and what follows them."""

    first: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, the last one where it is repeated; empty where there is none."""
        return next((v for k, v in reversed(self.headers) if k.lower() == name.lower()), "")


def read_message(block: bytes) -> Message:
    """The HTTP message in a record's block; raises BadMessage. Bare line feeds are line ends."""
    end = _HEAD_END.search(block, 0, _MAX_HEAD)
    if end is None and len(block) > _MAX_HEAD:
        raise BadMessage(_("no end of the HTTP headers"))
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, _break, rest = head.partition(b"\n")
    return Message(first.decode("latin-1").strip(), header_lines(rest), body)


def header_lines(head: bytes) -> Headers:
    """Names and values of header lines; folded ones joined, lines without a colon left out."""
    headers: list[tuple[str, str]] = []
    for raw in head.split(b"\n"):
        line = raw.decode("latin-1").rstrip("\r")
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}".strip())
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip():
            headers.append((name.strip(), value.strip(" \t")))
    return tuple(headers)


def status_line(first: str) -> tuple[str, int, str]:
    """Version, status and reason of a first line such as ``HTTP/1.1 200 OK`` or ``HTTP/2 200``."""
    found = _STATUS_LINE.match(first)
    if found is None:
        raise BadMessage(_("no HTTP status line: {line!r}").format(line=first[:60]))
    return found.group(1), int(found.group(2)), (found.group(3) or "").strip()


def served_headers(message: Message) -> Headers:
    """Headers of a stored response under the names they were served with."""
    names = {name.lower() for name, _ in message.headers}
    headers = []
    for name, value in message.headers:
        if name.lower() == "content-length" and "x-crawl-content-length" in names:
            continue
        if name.lower() in ("x-crawl-transfer-encoding", "x-crawl-content-length"):
            name = name[len(_RENAMED) :]
        headers.append((name, value))
    return tuple(headers)


def dechunk(body: bytes) -> tuple[bytes, bool]:
    """A body kept in chunks, without them, and whether its last chunk is there. What is not chunked
    at all comes back as it is: many archives keep the header but not the chunks."""
    out = bytearray()
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1024)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16) if size[:1].isalnum() else -1
        except ValueError:
            length = -1
        if length < 0:
            return (body, True) if at == 0 else (bytes(out), False)
        if length == 0:
            return bytes(out), True
        chunk = body[end + 1 : end + 1 + length]
        out += chunk
        at = end + 1 + length
        if len(chunk) < length:
            return bytes(out), False
        at += 2 if body[at : at + 2] == b"\r\n" else 1
