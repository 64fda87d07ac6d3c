"""Bodies out of their content encoding, never larger than asked for, never quietly cut short.

Codings as in RFC 9110, 8.4.1: gzip (several members too), deflate (with the zlib wrapper, and the
raw stream many servers send instead), br where the ``brotli`` package is there. A bomb is refused
before it is held: no step holds more than the limit.
"""

import re
import zlib
from collections.abc import Iterator

from extractor.errors import ExtractorError
from extractor.messages import _

try:
    import brotli  # type: ignore[import-untyped]
except ModuleNotFoundError:
    brotli = None

MAX_CODINGS = 3
_STEP = 1 << 16
_NONE = frozenset({"", "identity", "none"})
# A body that cannot be inflated and begins like a page was never compressed, whatever its header
# says: some servers say so, and old archives keep the header of a body they have inflated.
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")


class InflateError(ExtractorError):
    """A body cannot be had out of its encoding; the text says why."""


class TruncatedBody(InflateError):
    """The compressed body ends too early; ``partial`` is what could be had."""

    def __init__(self, coding: str, partial: bytes) -> None:
        super().__init__(_("truncated {coding}").format(coding=coding))
        self.partial = partial


class BodyTooLarge(InflateError):
    """The inflated body is larger than the limit: a page that nobody reads, or a bomb."""


class UnknownEncoding(InflateError):
    """The body is in a coding that rilis does not read."""


class BadEncoding(InflateError):
    """The body is not what its encoding says."""


def accepted() -> str:
    """The value of Accept-Encoding: what :func:`inflate` can undo."""
    return "gzip, deflate, br" if _brotli_limits() else "gzip, deflate"


def inflate(body: bytes, encoding: str | None, limit: int) -> bytes:
    """The body without its encoding, the value of Content-Encoding (``gzip``, ``gzip, gzip`` …).

    Raises TruncatedBody, BodyTooLarge (over ``limit`` bytes, after any of the steps), BadEncoding,
    UnknownEncoding. A body that plainly is text comes back as it is.
    """
    codings = [coding.strip().lower() for coding in (encoding or "").split(",")]
    codings = [coding for coding in codings if coding not in _NONE]
    if len(codings) > MAX_CODINGS:
        said = _("{n} content encodings, one inside the other")
        raise BadEncoding(said.format(n=len(codings)))
    for coding in reversed(codings):
        if not body:
            break
        try:
            body = _one(body, coding, limit)
        except BadEncoding:
            if not _PLAIN.match(body):
                raise
            break
    if len(body) > limit:
        raise BodyTooLarge(_("more than {bytes} bytes").format(bytes=limit))
    return body


def _one(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        pieces = _gzip(body)
    elif coding == "deflate":
        pieces = _deflate(body)
    elif coding == "br" and _brotli_limits():
        pieces = _br(body)
    else:
        said = _("content encoding {coding!r} cannot be read")
        raise UnknownEncoding(said.format(coding=coding[:40]))
    out = bytearray()
    try:
        for piece in pieces:
            out += piece
            if len(out) > limit:
                said = _("{coding} of {n} bytes becomes more than {limit}")
                raise BodyTooLarge(said.format(coding=coding, n=len(body), limit=limit))
    except EOFError:
        raise TruncatedBody(coding, bytes(out)) from None
    except (zlib.error, ValueError) as error:
        said = _("bad {coding}: {reason}")
        raise BadEncoding(said.format(coding=coding, reason=error)) from None
    return bytes(out)


def _gzip(body: bytes) -> Iterator[bytes]:
    """All members; what follows the last one and is none (padding, a footer) is left out."""
    rest = body
    while True:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield from _pieces(member, rest)
        rest = member.unused_data
        if not rest.startswith(b"\x1f\x8b"):
            return


def _deflate(body: bytes) -> Iterator[bytes]:
    """The stream with its zlib wrapper, or without one (RFC 9110 note, and what is served)."""
    wrapped = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
    if wrapped:
        try:
            first = zlib.decompressobj().decompress(body, _STEP)
        except zlib.error:
            first = b""
        wrapped = bool(first) or len(body) < 16
    yield from _pieces(zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS), body)


def _pieces(stream: "zlib._Decompress", body: bytes) -> Iterator[bytes]:
    """What a stream holds, in steps of bounded size; EOFError where its end is missing."""
    rest = body
    while not stream.eof:
        piece = stream.decompress(rest, _STEP)
        rest = stream.unconsumed_tail
        yield piece
        if not rest and not piece and not stream.eof:
            raise EOFError


def _brotli_limits() -> bool:
    """Whether brotli is there and can be kept from filling the memory (1.2 and later can)."""
    return brotli is not None and hasattr(brotli.Decompressor, "can_accept_more_data")


def _br(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    rest = body
    while not stream.is_finished():
        try:
            piece = stream.process(rest, output_buffer_limit=_STEP)
        except brotli.error as error:
            raise ValueError(error) from None
        rest = b""
        yield piece
        if not piece and not stream.is_finished():
            raise EOFError
