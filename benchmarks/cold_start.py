"""Cold start: ``rilis extract`` on one release against the bare spaCy it stands on, in one run.

    python benchmarks/cold_start.py [--rounds 5]

Prints the best of N of both and their ratio (the bar is 2.5).
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample" / "2024-07-11-rakor-kader.txt"
BARE = [sys.executable, "-c", "import spacy; spacy.blank('id')"]
OURS = [sys.executable, "-m", "extractor", "extract", str(SAMPLE)]


def seconds(command: list[str]) -> float:
    """Wall time of one run of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def ratio(rounds: int) -> tuple[float, float, float]:
    """(bare, ours, ours/bare): the best of ``rounds``, taken in turn."""
    bare, ours = float("inf"), float("inf")
    for _ in range(rounds):
        bare = min(bare, seconds(BARE))
        ours = min(ours, seconds(OURS))
    return bare, ours, ours / bare


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    bare, ours, times = ratio(parser.parse_args().rounds)
    print(f"spacy.blank('id') {bare:.2f} s, rilis extract {ours:.2f} s, ratio {times:.2f}")
