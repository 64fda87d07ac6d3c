"""HTTP/1.1 connections to checked addresses: h11 on asyncio's transports, kept alive between
requests.

h11 says what is HTTP and what is not; here its bytes are moved, and nothing more is done to them
than what framing asks for.
"""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Awaitable, Sequence
from typing import TypeVar

import h11

from extractor.fetching.safety import Resolver, allowed_addresses
from extractor.messages import _

_MAX_HEAD = 100 * 1024
_IDLE_SECONDS = 30.0
_MAX_IDLE = 32
_HIGH, _LOW = 256 * 1024, 64 * 1024  # bytes that wait to be read: stop reading, go on
_T = TypeVar("_T")
_Origin = tuple[str, str, int]


class Broken(Exception):
    """The connection could not be made, or broke off; the text says why."""


class Silent(Exception):
    """One wait took too long; the text says for what, or is empty."""


async def within(seconds: float, work: Awaitable[_T]) -> _T:
    """The work's outcome; Silent where it takes longer than so many seconds."""
    try:
        async with asyncio.timeout(seconds) as waiting:
            return await work
    except TimeoutError as error:
        if waiting.expired():
            raise Silent from None
        raise Broken(error.strerror or _("the connection broke off")) from error


class Connection(asyncio.Protocol):
    """One connection, which takes one request after the other. ``ip`` is the address it leads to;
    ``answering`` says whether a byte came since the last request."""

    def __init__(self) -> None:
        self.ip: str | None = None
        self.answering = False
        self.idle_since = 0.0
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEAD)
        self._transport: asyncio.Transport | None = None
        self._came = bytearray()
        self._ended = False
        self._failure: Exception | None = None
        self._paused = False
        self._waiter: asyncio.Future[None] | None = None
        self._closed = asyncio.get_running_loop().create_future()

    # ------------------------------------------------------------------ what the transport calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is there."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        address = transport.get_extra_info("peername")
        self.ip = str(address[0]) if address else None

    def data_received(self, data: bytes) -> None:
        """Bytes came; a body that is not read holds the server back."""
        self._came += data
        if len(self._came) > _HIGH and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """The server sends no more."""
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._ended = True
        self._failure = exc
        if not self._closed.done():
            self._closed.set_result(None)
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # ------------------------------------------------------------------ one request

    @property
    def usable(self) -> bool:
        """Whether another request may be sent: the server has not closed it, nor sent what nobody
        asked for, and it is not idle for long."""
        fresh = time.monotonic() - self.idle_since < _IDLE_SECONDS
        return fresh and not self._ended and not self._came

    def send(self, method: str, target: bytes, headers: Sequence[tuple[str, str]]) -> None:
        """Send a request without a body. Raises h11.ProtocolError for what is none."""
        assert self._transport is not None
        self.answering = False
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        head = self._h11.send(h11.Request(method=method, target=target, headers=raw)) or b""
        self._transport.write(head + (self._h11.send(h11.EndOfMessage()) or b""))

    async def head(self, seconds: float) -> h11.Response:
        """Status and headers of the answer; those before it (1xx) are passed over.

        ``seconds`` are for each wait. Raises Silent, Broken, h11.ProtocolError, OSError.
        """
        while True:
            event = self._h11.next_event()
            if event is h11.NEED_DATA:
                await self._more(seconds)
            elif isinstance(event, h11.Response):
                return event
            elif not isinstance(event, h11.InformationalResponse):
                raise Broken(_("the connection broke off"))

    async def body(self, seconds: float) -> bytes | None:
        """The next piece of the body, without the framing of chunks; None behind the last one.
        Raises as :meth:`head` does."""
        while True:
            event = self._h11.next_event()
            if event is h11.NEED_DATA:
                await self._more(seconds)
            elif isinstance(event, h11.Data):
                return bytes(event.data)
            else:
                return None

    async def _more(self, seconds: float) -> None:
        if not self._came and not self._ended:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await within(seconds, self._waiter)
            finally:
                self._waiter = None
        if self._came:
            self.answering = True
            self._h11.receive_data(bytes(self._came))
            self._came.clear()
            if self._paused and self._transport is not None:
                self._paused = False
                self._transport.resume_reading()
        elif self._failure is not None:
            if isinstance(self._failure, ConnectionError):
                raise Broken(_("the connection broke off")) from self._failure
            raise self._failure
        elif self._h11.their_state is h11.SEND_RESPONSE:
            raise Broken(_("the connection broke off"))
        else:
            self._h11.receive_data(b"")

    def again(self) -> bool:
        """Make ready for the next request; False where the server or HTTP does not allow one."""
        done = self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE
        if not done or self._ended or self._came or self._h11.trailing_data[0]:
            return False
        self._h11.start_next_cycle()
        self.idle_since = time.monotonic()
        return True

    def drop(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    async def gone(self) -> None:
        """Close, and wait until it is."""
        self.drop()
        await self._closed


class Connections:
    """The connections of one client; each idle one is for the next request to its origin."""

    def __init__(self, tls: ssl.SSLContext, allow_private: bool, resolver: Resolver) -> None:
        self._tls = tls
        self._allow_private = allow_private
        self._resolver = resolver
        self._idle: dict[_Origin, list[Connection]] = {}

    def kept(self, origin: _Origin) -> Connection | None:
        """A connection to this scheme, host and port that is still open, if there is one."""
        waiting = self._idle.get(origin, [])
        while waiting:
            connection = waiting.pop()
            if connection.usable:
                return connection
            connection.drop()
        return None

    async def fresh(self, origin: _Origin, seconds: float) -> Connection:
        """A new one, to the first address of the host that answers; TLS asks for the certificate of
        the name. Raises Refused, Broken, Silent (``seconds`` are for each address), OSError."""
        scheme, host, port = origin
        try:
            addresses = await allowed_addresses(host, port, self._allow_private, self._resolver)
        except TimeoutError:
            raise Silent(_("the name server does not answer")) from None
        except (OSError, UnicodeError) as error:
            said = _("the host name is not known ({reason})")
            raise Broken(said.format(reason=error)) from None
        failure: Exception = Broken(_("the host has no address"))
        for address in addresses:
            try:
                return await within(seconds, self._connect(address, port, scheme, host))
            except ssl.SSLError:
                raise
            except (OSError, Broken, Silent) as error:
                failure = error
        raise failure

    async def _connect(self, address: str, port: int, scheme: str, host: str) -> Connection:
        tls, name = (self._tls, host) if scheme == "https" else (None, None)
        loop = asyncio.get_running_loop()
        made = await loop.create_connection(
            Connection, address, port, ssl=tls, server_hostname=name
        )
        return made[1]

    def done(self, origin: _Origin, connection: Connection, whole: bool) -> None:
        """Keep a connection whose answer was read to its end, close any other."""
        if not whole or not connection.again():
            connection.drop()
            return
        self._idle.setdefault(origin, []).append(connection)
        every = [one for waiting in self._idle.values() for one in waiting]
        if len(every) > _MAX_IDLE:
            oldest = min(every, key=lambda one: one.idle_since)
            for waiting in self._idle.values():
                with contextlib.suppress(ValueError):
                    waiting.remove(oldest)
            oldest.drop()

    async def close(self) -> None:
        """Close all that are idle."""
        waiting, self._idle = self._idle, {}
        await asyncio.gather(*(one.gone() for kept in waiting.values() for one in kept))
