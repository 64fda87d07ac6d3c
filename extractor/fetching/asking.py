"""Requests of one site, as its hosts allow them: robots.txt first, one at a time, in their pace."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from extractor.fetching.client import REDIRECTS, Answer, Client, location
from extractor.fetching.inflate import InflateError
from extractor.fetching.pace import LONGEST_DELAY, Clock, Pace, backoff
from extractor.fetching.robots import MAX_AGE, MAX_HOPS, Robots, from_text, read_robots
from extractor.messages import _

_ROBOTS_TRIES = 3


@dataclass
class Shared:
    """What the sites of one run share: the client, the clock, and the pace of each host."""

    client: Client
    clock: Clock
    rng: random.Random
    first_wait: float = 1.0
    tries: int = 5
    robots_age: float = MAX_AGE
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    paces: dict[str, Pace] = field(default_factory=dict)

    def pace(self, url: str, delay: float) -> Pace:
        """The pace of an address's host; the slowest of all delays that were asked for it."""
        host = urlsplit(url).netloc
        pace = self.paces.get(host)
        if pace is None:
            pace = self.paces[host] = Pace(delay, self.clock)
        pace.at_least(delay)
        return pace

    def retry_in(self, attempt: int) -> float:
        """Seconds before the next try."""
        return backoff(attempt, self.first_wait, self.rng)

    async def rest(self, seconds: float) -> None:
        """Wait, but no longer than until somebody wants to stop (give or take half a second)."""
        until = self.clock.now() + seconds
        while (left := until - self.clock.now()) > 0 and not self.stopping.is_set():
            await self.clock.sleep(min(left, 0.5))


class Asker:
    """Asks the hosts of one site. ``kept`` is called with every answer of a robots.txt as it comes,
    ``remember`` and ``recall`` keep what it said from run to run."""

    def __init__(
        self,
        shared: Shared,
        delay: float,
        kept: Callable[[Answer], None],
        remember: Callable[[str, Robots], None],
        recall: Callable[[str], Robots | None],
        note: Callable[[str], None],
    ) -> None:
        self._shared = shared
        self._delay = delay
        self._kept = kept
        self._remember = remember
        self._recall = recall
        self._note = note
        self._robots: dict[str, Robots] = {}

    async def ask(
        self,
        url: str,
        headers: tuple[tuple[str, str], ...] = (),
        sent: Callable[[], None] | None = None,
    ) -> Answer | None:
        """One request when the host's turn has come; None where the run stops before that."""
        shared = self._shared
        pace = shared.pace(url, self._delay)
        async with pace.lock:
            await pace.turn(shared.stopping.is_set)
            if shared.stopping.is_set():
                return None
            answer = await shared.client.ask(url, headers, sent=sent)
            if not answer.refused:
                pace.note(answer.seconds, answer.exchange.status or None)
        return answer

    def hold(self, url: str, seconds: float) -> None:
        """Leave the host of an address in peace for so long."""
        self._shared.pace(url, self._delay).hold(seconds)

    async def robots(self, url: str) -> Robots | None:
        """What the host of this address allows, read again when it is old; None where the run stops
        first. A host that does not say (RFC 9309, 2.3.1.4) is asked a few times."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = self._shared.clock.now()
        found = self._robots.get(origin) or self._recall(origin)
        if found is None or not 0 <= now - found.retrieved < self._shared.robots_age:
            found = await self._read(origin)
            if found is None:
                return None
            self._remember(origin, found)
        if self._robots.get(origin) is not found:
            self._robots[origin] = found
            self._obey(url, origin, found)
        return found

    async def _read(self, origin: str) -> Robots | None:
        attempt = 1
        while True:
            answer = await self._hops(f"{origin}/robots.txt")
            if answer is None:
                return None
            robots = _robots_of(answer, self._shared)
            if answer.refused or answer.untrusted:
                return replace(robots, final=True)
            if robots.verdict != "unreachable" or attempt >= _ROBOTS_TRIES:
                return robots
            await self._shared.rest(self._shared.retry_in(attempt))
            attempt += 1

    async def _hops(self, url: str) -> Answer | None:
        for _hop in range(MAX_HOPS):
            answer = await self.ask(url)
            if answer is None:
                return None
            if not answer.refused:
                self._kept(answer)
            onward = location(answer) if answer.exchange.status in REDIRECTS else None
            if onward is None:
                return answer
            url = onward
        return answer

    def _obey(self, url: str, origin: str, robots: Robots) -> None:
        if robots.delay is None:
            return
        self._shared.pace(url, robots.delay)
        if robots.delay > LONGEST_DELAY:
            said = _(
                "{origin}/robots.txt asks for {asked:g} seconds between requests; {kept:g} are kept"
            )
            self._note(said.format(origin=origin, asked=robots.delay, kept=LONGEST_DELAY))


def _robots_of(answer: Answer, shared: Shared) -> Robots:
    exchange = answer.exchange
    body, error = b"", exchange.error
    if exchange.status and exchange.truncated == "length":
        body, error = exchange.body, None  # the head of it counts
    elif answer.whole:
        try:
            body = answer.response(shared.client.limits.inflated).body
        except InflateError as fault:
            error = str(fault)
    return read_robots(exchange.status or None, body, error, shared.clock.now())


def recalled(kept: tuple[str, str, float] | None) -> Robots | None:
    """A robots.txt out of the state."""
    if kept is None:
        return None
    verdict, text, retrieved = kept
    if verdict == "rules":
        return from_text(text, retrieved)
    return Robots("allow", None, "", None, retrieved)
