"""Same input, same bytes: nothing depends on the order of a set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RELEASES = [
    str(ROOT / "corpus" / "gold" / f"{name}.txt") for name in ("h502", "h511", "h535", "h574")
]


def shown(command: str, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "extractor", *command.split(), *RELEASES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "110", "RILIS_LANG": "en"},
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("command", ["extract", "explain", "clean --check --grade propose"])
def test_the_hash_seed_of_python_changes_nothing(command: str) -> None:
    first = shown(command, "1")
    assert len(first) > 1000
    assert shown(command, "2") == first == shown(command, "3")
