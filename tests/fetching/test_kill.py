"""A crawl that is killed, or whose disk is full, loses nothing and asks for next to nothing twice.

``RILIS_KILLS=20 pytest tests/fetching/test_kill.py`` kills a crawl of a thousand articles so often
(see also ``python benchmarks/kill.py``).
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetching.dying import POINTS
from tests.fetching.killed import Victim, random_kills
from tests.fetching.made_warc import faults_elsewhere
from tests.server.making import running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL, no fork")
KILLS = int(os.environ.get("RILIS_KILLS", "4"))
ARTICLES = 1_000 if "RILIS_KILLS" in os.environ else 60


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Victim]:
    with running(("dpmppa",), 10, rules=tmp_path / "rules") as run:
        yield Victim(run, tmp_path)


def test_random_kills_lose_nothing(tmp_path: Path) -> None:
    with running(("dpmppa",), ARTICLES, rules=tmp_path / "rules") as run:
        victim = Victim(run, tmp_path)
        random_kills(victim, KILLS, seed=20_240_503)
        assert victim.faults() == []
        assert victim.kills == KILLS


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_the_worst_moment_loses_nothing(victim: Victim, point: str) -> None:
    assert victim.once(point=point, turn=5) == -9, victim.log()
    assert victim.once() == 0, victim.log()
    assert victim.faults() == []


def test_what_reached_the_disk_is_not_asked_for_again(victim: Victim) -> None:
    """Between flush and transaction the page is only in the WARC; the one ahead of it is lost."""
    for turn in (3, 4, 2):
        victim.once(point="between the WARC's flush and the transaction", turn=turn)
    assert victim.once() == 0, victim.log()
    assert victim.kills == 3
    assert victim.faults(refetches=3) == []


def test_a_run_that_is_killed_at_its_start_each_time_still_ends(victim: Victim) -> None:
    for turn in (1, 1, 2, 1):
        victim.once(point="inside a WARC record", turn=turn)
    assert victim.once() == 0, victim.log()
    assert victim.faults() == []


@pytest.mark.parametrize(
    "point",
    [
        "inside a WARC record",
        "between the WARC's flush and the transaction",
        "inside the transaction",
        "inside the article's line",
    ],
)
def test_a_full_disk_ends_in_one_line_and_loses_nothing(victim: Victim, point: str) -> None:
    assert victim.once(point=point, turn=5, full=True) == 3
    said = [line for line in victim.log().splitlines() if "No space" in line]
    assert said
    assert "Traceback" not in victim.log()
    last = sorted(victim.left.rglob("*.warc.gz"))[-1]
    assert faults_elsewhere(last) == []
    assert victim.once() == 0, victim.log()
    assert victim.faults(refetches=1) == []


@pytest.mark.parametrize("most", [4_000, 30_000, 70_000])
def test_files_that_cannot_grow_end_in_one_line_and_lose_nothing(victim: Victim, most: int) -> None:
    assert victim.once(most=most) != 0
    assert "Traceback" not in victim.log()
    assert victim.once() == 0, victim.log()
    assert victim.faults(refetches=1) == []
