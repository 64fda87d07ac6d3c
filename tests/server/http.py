"""A small HTTP/1.1 server on loopback that may misbehave byte by byte: answers are either whole, or
steps (bytes to send, seconds to wait, an end)."""

import asyncio
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class End(Enum):
    """How a connection ends when its steps are done."""

    CLOSE = "close"
    RESET = "reset"


@dataclass(frozen=True)
class Request:
    """One request as it came; header names in small letters; ``seen`` counts earlier requests for
    the same target."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    seen: int = 0

    @property
    def path(self) -> str:
        """The path without its query, unquoted."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        """The query; the last of repeated names."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """A whole answer; ``Content-Length`` is added where no header names a length."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def with_headers(self, *headers: tuple[str, str]) -> "Answer":
        """The same with these headers instead of those of their names."""
        names = {name.lower() for name, _ in headers}
        kept = tuple(pair for pair in self.headers if pair[0].lower() not in names)
        return Answer(self.body, self.status, (*kept, *headers))

    def head(self, length: int | None = -1) -> bytes:
        """Status line and headers as bytes; ``length`` -1 is the body's, None leaves it out."""
        try:
            reason = HTTPStatus(self.status).phrase
        except ValueError:
            reason = "Unknown"
        lines = [
            f"HTTP/1.1 {self.status} {reason}",
            *(f"{key}: {value}" for key, value in self.headers),
        ]
        if length is not None and self.status != 304:
            lines.append(f"Content-Length: {len(self.body) if length == -1 else length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


Steps = Iterable[bytes | float | End]
Handler = Callable[[Request], "Answer | Steps"]


@dataclass(frozen=True)
class Visit:
    """One line of the log: who was asked for what, when (``time.monotonic``), what came back;
    ``status`` is 0 and ``sent`` the bytes so far where the answer broke off."""

    site: str
    at: float
    method: str
    target: str
    status: int
    sent: int
    headers: Mapping[str, str]


@dataclass
class _Listener:
    handler: Handler
    port: int
    server: asyncio.Server | None = None
    seen: Counter[str] = field(default_factory=Counter)
    busy: int = 0
    connections: set[asyncio.Task[Any]] = field(default_factory=set)


class Server:
    """Sites on ports of 127.0.0.1, served by one thread; a context manager. ``most_at_once`` tells
    how many requests a site had to answer at the same time at most.

    ``port`` 0 takes free ones, else the sites stand on ``port``, ``port + 1`` …
    """

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        port: int = 0,
        tls: Mapping[str, ssl.SSLContext] | None = None,
    ) -> None:
        self._listeners = {
            site: _Listener(handler, port + at if port else 0) for at, (site, handler) in enumerate(handlers.items())
        }  # fmt: skip
        self._tls = tls or {}
        self.log: list[Visit] = []
        self.on_visit: Callable[[Visit], None] | None = None
        self.latency = 0.0  # seconds before each answer
        self.most_at_once: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="imitated sites", daemon=True
        )

    def __enter__(self) -> "Server":
        self._thread.start()
        for site in self._listeners:
            self.listen(site)
        return self

    def __exit__(self, *_: object) -> None:
        for site in self._listeners:
            self.refuse(site)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def address(self, site: str) -> str:
        """``http://127.0.0.1:PORT`` of a site."""
        scheme = "https" if site in self._tls else "http"
        return f"{scheme}://127.0.0.1:{self._listeners[site].port}"

    def listen(self, site: str) -> None:
        """Accepts connections, on the port it had before where there was one."""
        listener = self._listeners[site]

        async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            listener.connections.add(task)
            try:
                await self._serve(site, listener, reader, writer)
            except (
                OSError,
                EOFError,
                asyncio.LimitOverrunError,
                asyncio.CancelledError,
                ValueError,
            ):
                pass
            finally:
                listener.connections.discard(task)
                writer.close()
                if writer.transport is not None and not writer.transport.is_closing():
                    writer.transport.abort()

        async def start() -> asyncio.Server:
            return await asyncio.start_server(
                client,
                "127.0.0.1",
                listener.port,
                reuse_address=True,
                backlog=200,
                ssl=self._tls.get(site),
            )

        listener.server = self._run(start())
        listener.port = listener.server.sockets[0].getsockname()[1]

    def refuse(self, site: str) -> None:
        """Connections to the site are refused until :meth:`listen`, open ones are dropped."""
        listener = self._listeners[site]
        server, listener.server = listener.server, None
        if server is None:
            return

        async def close() -> None:
            server.close()
            tasks = list(listener.connections)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(0)

        self._run(close())

    def replace(self, site: str, handler: Handler) -> None:
        """From now on another handler answers for a site; the log and its counts begin anew."""
        self._listeners[site].handler = handler
        self.forget()

    def requests(self, site: str | None = None) -> list[Visit]:
        """The log, of one site or of all."""
        return [visit for visit in list(self.log) if site in (None, visit.site)]

    def counts(self, site: str | None = None) -> Counter[str]:
        """How often each target was asked for."""
        return Counter(visit.target for visit in self.requests(site))

    def forget(self) -> None:
        """An empty log, and every target as if never asked for."""
        self.log.clear()
        for listener in self._listeners.values():
            listener.seen.clear()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _serve(
        self,
        site: str,
        listener: _Listener,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                return
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _version = first.split(" ", 2)
            headers = {}
            for line in lines:
                name, colon, value = line.partition(":")
                if colon:
                    headers[name.strip().lower()] = value.strip()
            length = int(headers.get("content-length", "0") or 0)
            body = await reader.readexactly(length) if length else b""
            request = Request(method, target, headers, body, listener.seen[target])
            listener.seen[target] += 1
            listener.busy += 1
            self.most_at_once[site] = max(self.most_at_once[site], listener.busy)
            if self.latency:
                await asyncio.sleep(self.latency)
            listener.busy -= 1
            answer = listener.handler(request)
            if not isinstance(answer, Answer):
                await self._misbehave(site, request, answer, writer)
                return
            payload = answer.head() + (answer.body if method != "HEAD" else b"")
            self._note(
                Visit(
                    site, time.monotonic(), method, target, answer.status, len(answer.body), headers
                )
            )
            writer.write(payload)
            await writer.drain()
            if headers.get("connection", "").lower() == "close":
                return

    async def _misbehave(
        self, site: str, request: Request, steps: Steps, writer: asyncio.StreamWriter
    ) -> None:
        sent, end, at = 0, End.CLOSE, time.monotonic()
        try:
            for step in steps:
                if isinstance(step, End):
                    end = step
                elif isinstance(step, float):
                    await asyncio.sleep(step)
                else:
                    writer.write(step)
                    await writer.drain()
                    sent += len(step)
        finally:
            self._note(Visit(site, at, request.method, request.target, 0, sent, request.headers))
        if end is End.RESET:
            plain: socket.socket | None = writer.get_extra_info("socket")
            if plain is not None:
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    def _note(self, visit: Visit) -> None:
        if visit.target.startswith("/-/"):  # somebody looks at the log
            return
        self.log.append(visit)
        if self.on_visit is not None:
            self.on_visit(visit)
