"""Faults of the wire: how an answer is broken between a server and its reader. Each takes a request
and the answer it should have got."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from tests.server.http import Answer, End, Request, Steps
from tests.server.imitation import Fault

HTML = (("Content-Type", "text/html; charset=utf-8"),)
FOREVER = 600.0
# 64 MiB of blanks as brotli writes them, made once, so that the server needs no library.
BROTLI_BOMB = bytes.fromhex(
    "cbffff3ff82540e2b14020f7fe8fffff7ff04b00c4611180eefd1fffffffe0970088c30200ddfb3f"
    "feffffc12f0110870500baf77ffcffff835f02200e0b0074effff8ffff07bf04401c1600e8defff1"
    "ffff0f7e0980382c00d0bdffe3ffff1ffc1200715800a07bff37"
)


def once(fault: Fault) -> Fault:
    """Only the first request for an address meets the fault."""
    return lambda request, answer: fault(request, answer) if request.seen == 0 else answer


def later(fault: Fault) -> Fault:
    """All requests for an address but the first meet the fault."""
    return lambda request, answer: fault(request, answer) if request.seen else answer


def status(code: int, *headers: tuple[str, str], body: bytes = b"<h1>Galat</h1>") -> Fault:
    """An answer of this status."""
    return lambda request, answer: Answer(body, code, (*HTML, *headers))


def busy_until(seconds: float) -> Fault:
    """429 with Retry-After as an HTTP date."""

    def fault(request: Request, answer: Answer) -> Answer:
        when = datetime.now(UTC) + timedelta(seconds=seconds)
        return Answer(b"", 429, (*HTML, ("Retry-After", format_datetime(when, usegmt=True))))

    return fault


def page(body: bytes, *headers: tuple[str, str]) -> Fault:
    """A page with status 200 that says something else."""
    return lambda request, answer: Answer(body, 200, headers or HTML)


def changed(change: Callable[[str], str]) -> Fault:
    """The page with other markup."""
    return lambda request, answer: Answer(
        change(answer.body.decode()).encode(), answer.status, HTML
    )


def redirect(location: str, code: int = 302) -> Fault:
    """A redirect; ``{target}`` in the location is the address asked for."""
    return lambda request, answer: Answer(
        b"", code, (*HTML, ("Location", location.replace("{target}", request.target)))
    )


def reset_before(request: Request, answer: Answer) -> Steps:
    """The connection is reset before a byte was answered."""
    return [End.RESET]


def reset_inside(request: Request, answer: Answer) -> Steps:
    """The connection is reset in the middle of the body."""
    return [answer.head(), answer.body[: len(answer.body) // 2], 0.05, End.RESET]


def stall(request: Request, answer: Answer) -> Steps:
    """The server takes the request and says nothing."""
    return [FOREVER]


def stall_inside(request: Request, answer: Answer) -> Steps:
    """Half a body, then nothing."""
    return [answer.head(), answer.body[: len(answer.body) // 2], FOREVER]


def drip(request: Request, answer: Answer) -> Iterator[bytes | float | End]:
    """Three bytes at a time, always soon enough for a timeout between two reads."""
    yield answer.head()
    for at in range(0, len(answer.body), 3):
        yield answer.body[at : at + 3]
        yield 0.03


def drip_head(request: Request, answer: Answer) -> Iterator[bytes | float | End]:
    """Headers without end, one after the other."""
    yield b"HTTP/1.1 200 OK\r\n"
    for at in range(100_000):
        yield b"X-%d: y\r\n" % at
        yield 0.03


def short_body(request: Request, answer: Answer) -> Steps:
    """Fewer bytes than Content-Length says."""
    return [answer.head(), answer.body[: len(answer.body) * 2 // 3], End.CLOSE]


def short_chunked(request: Request, answer: Answer) -> Steps:
    """Chunked, without the last chunk."""
    half = answer.body[: len(answer.body) // 2]
    head = answer.with_headers(("Transfer-Encoding", "chunked")).head(None)
    return [head, b"%x\r\n%s\r\n" % (len(half), half), End.CLOSE]


def chunked(request: Request, answer: Answer) -> Steps:
    """Chunked as it should be, in small chunks with extensions and a trailer."""
    head = answer.with_headers(("Transfer-Encoding", "chunked")).head(None)
    parts = [answer.body[at : at + 700] for at in range(0, len(answer.body), 700)]
    return [
        head,
        *(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts),
        b"0\r\nX-End: 1\r\n\r\n",
    ]


def without_length(request: Request, answer: Answer) -> Steps:
    """No length at all: the end of the connection is the end of the body."""
    return [answer.head(None), answer.body, End.CLOSE]


def compressed(coding: str = "gzip", rest: float = 1.0, wrong: str | None = None) -> Fault:
    """The body compressed, only ``rest`` of it sent, with the right Content-Length; ``wrong`` is
    what the header says instead."""

    def fault(request: Request, answer: Answer) -> Answer:
        if coding == "gzip":
            body = gzip.compress(answer.body, mtime=0)
        elif coding == "deflate":
            body = zlib.compress(answer.body)
        else:  # the raw stream that many servers call deflate
            packer = zlib.compressobj(wbits=-15)
            body = packer.compress(answer.body) + packer.flush()
        cut = body[: int(len(body) * rest)]
        said = wrong or coding.replace("-raw", "")
        return Answer(cut, 200, (*answer.headers, ("Content-Encoding", said)))

    return fault


def bomb(coding: str, mebibytes: int = 64) -> Fault:
    """A small body that inflates to so much."""

    def fault(request: Request, answer: Answer) -> Answer:
        return Answer(_bomb(coding, mebibytes), 200, (*HTML, ("Content-Encoding", coding)))

    return fault


@cache
def _bomb(coding: str, mebibytes: int) -> bytes:
    if coding == "br":
        return BROTLI_BOMB
    packer = zlib.compressobj(9, wbits=31 if coding.startswith("gzip") else 15)
    blanks = b" " * 1024 * 1024
    body = b"".join(packer.compress(blanks) for _ in range(mebibytes)) + packer.flush()
    return gzip.compress(body, mtime=0) if coding == "gzip, gzip" else body


def huge(mebibytes: int) -> Fault:
    """A page of so many MiB, with its length told."""

    def fault(request: Request, answer: Answer) -> Iterator[bytes | float | End]:
        block = b"<p>" + b"kata " * 13107 + b"</p>\n"
        yield Answer(b"", 200, HTML).head(len(block) * mebibytes * 16)
        for _ in range(mebibytes * 16):
            yield block

    return fault


def endless(request: Request, answer: Answer) -> Iterator[bytes | float | End]:
    """A chunked body without end."""
    yield answer.with_headers(("Transfer-Encoding", "chunked")).head(None)
    block = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    while True:
        yield block


def raw_head(*lines: str, length: bool = True) -> Fault:
    """The answer under these very header lines."""

    def fault(request: Request, answer: Answer) -> Steps:
        size = [f"Content-Length: {len(answer.body)}"] if length else []
        head = "\r\n".join(["HTTP/1.1 200 OK", *lines, *size])
        return [head.encode("latin-1") + b"\r\n\r\n" + answer.body, End.CLOSE]

    return fault


def garbage(request: Request, answer: Answer) -> Steps:
    """No HTTP at all."""
    return [b"SSH-2.0-OpenSSH_8.9\r\n", End.CLOSE]
