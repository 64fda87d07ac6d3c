"""Hosts are asked in the pace they wish for, within limits that are stated."""

import asyncio
import random
from dataclasses import dataclass, field
from email.utils import formatdate

import pytest

from extractor.fetching.pace import LONGEST_DELAY, LONGEST_WAIT, Pace, backoff, retry_after


@dataclass
class StillClock:
    """A clock that only waiting moves."""

    time: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        (formatdate(NOW + 10**7, usegmt=True), LONGEST_WAIT),
        ("86400", LONGEST_WAIT),
        ("9" * 400, LONGEST_WAIT),
        ("-5", None),
        ("1.5", None),
        ("nanti", None),
        ("²", None),
        ("", None),
        (None, None),
        ("Mon, 99 Foo 2024 00:00:00 GMT", None),
        ("Sun, 06 Nov 999999 08:49:37 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_backoff_doubles_with_jitter_and_is_capped() -> None:
    waits = [backoff(n, 1.0, random.Random(1)) for n in range(1, 30)]
    for at, wait in enumerate(waits[:8]):
        assert 0.8 * 2**at <= wait <= 1.2 * 2**at
    assert max(waits) == LONGEST_WAIT
    assert waits == [backoff(n, 1.0, random.Random(1)) for n in range(1, 30)]
    assert len({backoff(1, 1.0, random.Random(seed)) for seed in range(9)}) == 9


def _paused(pace: Pace, clock: StillClock) -> float:
    before = clock.time
    asyncio.run(pace.turn())
    return clock.time - before


def test_the_pause_is_the_delay_after_each_answer() -> None:
    clock = StillClock()
    pace = Pace(2.0, clock)
    assert _paused(pace, clock) == 0
    for _answer in range(3):
        pace.note(0.1, 200)
        assert _paused(pace, clock) == pytest.approx(2.0)


def test_a_slow_server_is_asked_more_slowly_and_a_busy_one_twice_as_slowly_each_time() -> None:
    clock = StillClock()
    pace = Pace(1.0, clock)
    pace.note(4.0, 200)
    assert _paused(pace, clock) == pytest.approx(4.0)
    pace.note(0.1, 503)
    assert _paused(pace, clock) == pytest.approx(8.0)
    pace.note(None, None)
    assert _paused(pace, clock) == pytest.approx(16.0)
    falling = []
    for _answer in range(12):
        pace.note(0.1, 200)
        falling.append(_paused(pace, clock))
    assert falling == sorted(falling, reverse=True)
    assert falling[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("status", [429, 503])
def test_with_no_delay_a_busy_server_still_gets_a_pause_that_ends_in_none(status: int) -> None:
    clock = StillClock()
    pace = Pace(0.0, clock)
    pace.note(0.01, status)
    assert _paused(pace, clock) >= 0.5
    for _answer in range(8):
        pace.note(0.01, 200)
        _paused(pace, clock)
    pace.note(0.01, 200)
    assert _paused(pace, clock) == 0


def test_no_delay_is_longer_than_the_longest() -> None:
    clock = StillClock()
    pace = Pace(1.0, clock)
    pace.at_least(86_400.0)
    assert pace.floor == LONGEST_DELAY
    for _answer in range(40):
        pace.note(None, None)
    assert pace.current == LONGEST_DELAY


def test_a_hold_outlasts_the_delay_and_ends_early_where_the_user_stops() -> None:
    clock = StillClock()
    pace = Pace(1.0, clock)
    pace.hold(30.0)
    pace.note(0.1, 200)
    assert _paused(pace, clock) == pytest.approx(30.0)
    pace.hold(30.0)
    asyncio.run(pace.turn(lambda: len(clock.slept) > 65))
    assert clock.time < 1_700_000_060.0
