"""One HTTP request and everything the server answered, as it came over the wire.

Connections are our own (:mod:`extractor.fetching.connection`), on h11, httpx's own parser: they are
made to the address that was checked and give headers and body as served. Redirects are not followed
and nothing is inflated here; a request never raises for what a server or a network does.
"""

import asyncio
import contextlib
import os
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import h11

from extractor.errors import SourceError, UsageError
from extractor.fetching.connection import Broken, Connection, Connections, Silent
from extractor.fetching.exchange import Exchange, Truncated, response_of
from extractor.fetching.inflate import InflateError, accepted
from extractor.fetching.safety import Refused, Resolver, look_up, tls_context
from extractor.messages import _
from extractor.sites.addresses import absolute
from extractor.sites.pages import Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"
_MAX_HOPS = 20
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes after which a request is given up: ``deadline`` for all of it, ``silence``
    for each wait in it; ``body`` as served, ``inflated`` once inflated."""

    deadline: float = 90.0
    silence: float = 30.0
    body: int = 10 * 1024 * 1024
    inflated: int = 20 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """An exchange, and what only the client knows of it: seconds until the first byte of the
    answer (None where there was none), whether sending it was ``refused`` for safety, and whether
    the server's certificate is ``untrusted``."""

    exchange: Exchange
    seconds: float | None = None
    refused: bool = False
    untrusted: bool = False

    @property
    def whole(self) -> bool:
        """Whether the server answered, and to the end."""
        return self.exchange.error is None and self.exchange.truncated is None

    def header(self, name: str) -> str | None:
        """The first header of this name (small letters)."""
        return header(self.exchange.response_headers, name)

    def response(self, limit: int) -> Response:
        """The answer with its body inflated; raises InflateError where that fails."""
        return response_of(self.exchange, limit)


def header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The first value of a header (its name in small letters)."""
    return next((value for key, value in headers if key.lower() == name), None)


def location(answer: Answer) -> str | None:
    """Where a redirect leads, absolute; None where it leads nowhere. Bytes that are no ASCII are
    read as UTF-8, as browsers do."""
    value = answer.header("location")
    if not value:
        return None
    with contextlib.suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return absolute(answer.exchange.url, value)


class Client:
    """Requests of one process. ``agent`` is the User-Agent; ``allow_private`` and ``insecure`` are
    what the user said outright."""

    def __init__(
        self,
        agent: str,
        limits: Limits | None = None,
        allow_private: bool = False,
        insecure: bool = False,
        resolver: Resolver = look_up,
    ) -> None:
        self.limits = limits or Limits()
        self.insecure = insecure
        self._agent = agent
        self._connections = Connections(tls_context(insecure), allow_private, resolver)

    async def ask(
        self,
        url: str,
        headers: Sequence[tuple[str, str]] = (),
        method: str = "GET",
        sent: Callable[[], None] | None = None,
    ) -> Answer:
        """Send one request, and give back whatever came. ``sent`` is called once it is out.

        What fails is told in ``exchange.error``, what is not whole in ``exchange.truncated``.
        """
        made = _Asking(url, method, self._headers(url, headers), sent)
        try:
            async with asyncio.timeout(self.limits.deadline) as whole:
                await made.run(self._connections, self.limits)
        except Refused as error:
            made.error, made.refused = str(error), True
        except Silent as error:
            said = str(error) or _("no answer within {seconds:g} seconds").format(
                seconds=self.limits.silence
            )
            made.broken("time", said)
        except (Broken, h11.ProtocolError, OSError) as error:
            if isinstance(error, TimeoutError) and whole.expired():
                said = _("not done within {seconds:g} seconds").format(seconds=self.limits.deadline)
                made.broken("time", said)
            else:
                made.untrusted = isinstance(error, ssl.SSLCertVerificationError)
                made.broken("disconnect", _network_reason(error))
        except (UnicodeError, ValueError) as error:
            made.broken("disconnect", _("no usable address ({reason})").format(reason=error))
        return made.answer()

    def _headers(self, url: str, more: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        host = urlsplit(url).netloc.rpartition("@")[2]
        if not host.isascii():
            name, colon, port = host.partition(":")
            host = name.encode("idna").decode() + colon + port
        return (
            ("Host", host),
            ("User-Agent", self._agent),
            ("Accept", _ACCEPT),
            ("Accept-Language", "id,en;q=0.5"),
            ("Accept-Encoding", accepted()),
            ("Connection", "keep-alive"),
            *more,
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._connections.close()


class _Asking:
    """One request while it is under way."""

    def __init__(
        self,
        url: str,
        method: str,
        headers: tuple[tuple[str, str], ...],
        sent: Callable[[], None] | None,
    ) -> None:
        self.url, self.method, self.headers, self.sent = url, method, headers, sent
        self.date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.started = time.monotonic()
        self.head: h11.Response | None = None
        self.seconds: float | None = None
        self.body = bytearray()
        self.ip: str | None = None
        self.truncated: Truncated | None = None
        self.error: str | None = None
        self.refused = False
        self.untrusted = False

    async def run(self, connections: Connections, limits: Limits) -> None:
        origin, target = _parts(self.url)
        kept = connections.kept(origin)
        connection = kept or await connections.fresh(origin, limits.silence)
        try:
            try:
                await self._head(connection, target, limits)
            except (Broken, OSError):
                # A server may close what it kept open just as the next request goes out.
                if kept is None or kept.answering:
                    raise
                connection.drop()
                connection = await connections.fresh(origin, limits.silence)
                await self._head(connection, target, limits)
            while (piece := await connection.body(limits.silence)) is not None:
                self.body += piece
                if len(self.body) > limits.body:
                    del self.body[limits.body :]
                    said = _("more than {bytes} bytes").format(bytes=limits.body)
                    self.broken("length", said)
                    break
        except BaseException:
            connection.drop()
            raise
        connections.done(origin, connection, self.truncated is None)

    async def _head(self, connection: Connection, target: bytes, limits: Limits) -> None:
        self.ip = connection.ip
        connection.send(self.method, target, self.headers)
        if self.sent is not None:
            self.sent()
        self.head = await connection.head(limits.silence)
        self.seconds = time.monotonic() - self.started

    def broken(self, how: Truncated, reason: str) -> None:
        """Tell what went wrong; a body that had begun is kept, and marked."""
        if self.head is not None:
            self.truncated = how
        self.error = reason

    def answer(self) -> Answer:
        head = self.head
        exchange = Exchange(
            method=self.method,
            url=self.url,
            request_headers=() if self.refused else self.headers,
            http_version="HTTP/" + _text(head.http_version) if head else "",
            status=head.status_code if head else 0,
            reason=_text(head.reason) if head else "",
            response_headers=_headers(head) if head else (),
            body=bytes(self.body),
            date=self.date,
            ip=self.ip,
            truncated=self.truncated,
            error=self.error,
        )
        return Answer(exchange, self.seconds, self.refused, self.untrusted)


def _text(raw: bytes) -> str:
    return raw.decode("latin-1")


def _headers(head: h11.Response) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), _text(value)) for name, value in head.headers.raw_items())


def _parts(url: str) -> tuple[tuple[str, str, int], bytes]:
    """Scheme, host and port to connect to, and what to ask for there."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE + "?[]")
    if not host.isascii():
        host = host.encode("idna").decode()
    port = parts.port or _PORTS.get(parts.scheme, 0)
    return (parts.scheme, host, port), target.encode()


def _network_reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        said = _("its certificate is not trusted ({reason}); --insecure fetches it anyway")
        return said.format(reason=error.verify_message)
    if isinstance(error, ssl.SSLError):
        return _("TLS failed ({reason})").format(reason=error.reason or error)
    if isinstance(error, OSError) and (error.errno or 0) > 0:
        return os.strerror(error.errno or 0)
    return " ".join(str(error).split()) or type(error).__name__


def get_once(
    url: str,
    allow_private: bool = False,
    insecure: bool = False,
    agent: str = "rilis",
    limits: Limits | None = None,
) -> Response:
    """One page, its redirects followed (each address checked): for trying a site rule on it.

    Raises UsageError for what is no web address, SourceError that tells why nothing came.
    """
    first = absolute(url, url)
    if first is None:
        raise UsageError(_("{url}: no web address; it begins with https://").format(url=url))
    return asyncio.run(_get(first, Client(agent, limits, allow_private, insecure)))


async def _get(url: str, client: Client) -> Response:
    seen: list[str] = []
    try:
        while url not in seen and len(seen) <= _MAX_HOPS:
            seen.append(url)
            answer = await client.ask(url)
            if not answer.whole:
                raise SourceError(url, answer.exchange.error or _("the answer is not whole"))
            onward = location(answer) if answer.exchange.status in REDIRECTS else None
            if onward is None:
                return answer.response(client.limits.inflated)
            url = onward
    except InflateError as error:
        raise SourceError(url, str(error)) from None
    finally:
        await client.close()
    raise SourceError(seen[0], _("its redirects never end"))
