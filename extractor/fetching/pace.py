"""How fast a host is asked: its delay, slower where the server wants it; when to try again."""

import asyncio
import email.utils
import random
import time
from collections.abc import Callable
from datetime import UTC
from typing import Protocol

SLOW_SECONDS = 0.5  # an answer that takes longer is the server's wish for a slower pace
LONGEST_DELAY = 60.0  # a longer Crawl-delay, or one of our own making, is cut to this
LONGEST_WAIT = 300.0  # a longer Retry-After is cut to this
_FIRST_PENALTY = 0.5


class Clock(Protocol):
    """What tells the time and waits; tests bring their own."""

    def now(self) -> float:
        """Seconds since the epoch."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Pace:
    """The pace of one host: one request at a time, ``delay`` seconds between the end of an answer
    and the next request.

    Follows the server as Scrapy's AutoThrottle does: an answer slower than ``SLOW_SECONDS`` makes
    the pause at least as long as the answer took, 429 and 503 double it, each good answer brings it
    half the way back. Never under ``delay``, never over ``LONGEST_DELAY``.
    """

    def __init__(self, delay: float, clock: Clock) -> None:
        self.floor = min(delay, LONGEST_DELAY)
        self.current = self.floor
        self.lock = asyncio.Lock()
        self._clock = clock
        self._not_before = 0.0

    def at_least(self, delay: float) -> None:
        """Raise the delay to the Crawl-delay of robots.txt, or to that of another site here."""
        self.floor = max(self.floor, min(delay, LONGEST_DELAY))
        self.current = max(self.current, self.floor)

    def hold(self, seconds: float) -> None:
        """Ask nothing for so long: the server said Retry-After."""
        self._not_before = max(self._not_before, self._clock.now() + seconds)

    async def turn(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Wait until the host may be asked; comes back early, within half a second, where it is
        ``enough`` because the user wants to stop."""
        while (left := self._not_before - self._clock.now()) > 0 and not enough():
            # A clock that was set back must not make the wait longer than any pause we make.
            await self._clock.sleep(min(left, 0.5))

    def note(self, seconds: float | None, status: int | None) -> None:
        """Learn from an answer: how long its first byte took, and its status (None: no answer)."""
        if status in (429, 503) or status is None:
            self.current = min(max(self.current * 2, _FIRST_PENALTY), LONGEST_DELAY)
        else:
            wanted = self.floor
            if seconds is not None and seconds > SLOW_SECONDS:
                wanted = min(max(self.floor, seconds), LONGEST_DELAY)
            at_ease = status < 500
            if wanted > self.current:
                self.current = wanted
            elif at_ease:
                halfway = (self.current + wanted) / 2
                self.current = wanted if halfway - wanted < 0.05 else halfway
        self._not_before = max(self._not_before, self._clock.now() + self.current)


def backoff(attempt: int, first: float, rng: random.Random) -> float:
    """Seconds before the next try after ``attempt`` failed ones: doubling from ``first``, 20 % of
    jitter either way so that many rows do not come back at once, at most ``LONGEST_WAIT``."""
    wait = first * float(2 ** min(attempt - 1, 20)) * rng.uniform(0.8, 1.2)
    return min(wait, LONGEST_WAIT)


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks to wait (RFC 9110, 10.2.3: seconds or an HTTP date),
    never less than 0 nor more than ``LONGEST_WAIT``; None where it is missing or nonsense."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), LONGEST_WAIT))
    when = http_date(value)
    return None if when is None else min(max(when - now, 0.0), LONGEST_WAIT)


def http_date(value: str | None) -> float | None:
    """Seconds since the epoch of an HTTP date; None where it is none."""
    if not value:
        return None
    try:
        when = email.utils.parsedate_to_datetime(value.strip())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
