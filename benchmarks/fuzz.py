"""Mutated releases: none may raise, every value must stand where it says, none may take long.

    python benchmarks/fuzz.py [--count 20000] [--seed 1]

Each text is one or two annotated releases with up to a dozen mutations: pieces cut out, doubled, moved,
swapped between releases; marks, brackets, digits, capitals, blanks and odd characters put in or taken
out. Prints the failures with the seed that makes each again, and the slowest text against the median
time per character (the bar is 50 times).
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor import Article, Extractor
from extractor.evaluation.scoring import span_faults

GOLD = Path(__file__).parent.parent / "corpus" / "gold"
ODD = list("“”\"'‘’()[]{}<>–—-.,;:!?/\\|*_#@&%0123456789\n\t\u00a0\u200b\u202e\ufeffİßéÄ中🙂\x00")
# A text shorter than this is judged by what this many characters may take.
FLOOR = 500


@dataclass(frozen=True)
class Trial:
    """One mutated release: seed, length, seconds, and what went wrong with it (None: nothing)."""

    seed: str
    length: int
    seconds: float
    fault: str | None


def mutated(texts: Sequence[str], seed: str) -> str:
    """The release this seed makes."""
    dice = random.Random(seed)
    text = dice.choice(texts)
    for _ in range(dice.randint(1, 12)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((1, 3, 10, 40, 200, 1000)))
        piece = text[start:end]
        kind = dice.randrange(9)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:end] + piece + text[end:]
        elif kind == 2:
            text = text[:start] + "".join(dice.choices(ODD, k=dice.randint(1, 6))) + text[start:]
        elif kind == 3:
            other = dice.choice(texts)
            at = dice.randrange(len(other))
            text = text[:start] + other[at : at + dice.choice((20, 200, 2000))] + text[end:]
        elif kind == 4:
            text = text[:start] + dice.choice((str.upper, str.lower, str.title))(piece) + text[end:]
        elif kind == 5:
            text = text[:start] + piece.replace("\n", " ").replace(". ", ".") + text[end:]
        elif kind == 6:
            text = text[:start] + piece.replace(" ", dice.choice(("", "  ", "\n"))) + text[end:]
        elif kind == 7:
            text = text[:start] + piece[::-1] + text[end:]
        else:
            text = text[:start] + dice.choice(ODD) * dice.choice((2, 30, 300)) + text[start:]
    return text


def trial(extractor: Extractor, texts: Sequence[str], seed: str) -> Trial:
    """Extract one mutated release and look at what comes out."""
    text = mutated(texts, seed)
    start = time.perf_counter()
    fault = None
    try:
        record = extractor.extract(Article(id=seed, text=text))
        seconds = time.perf_counter() - start
        _checked, wrong = span_faults(record.model_dump(mode="python", by_alias=True))
        if wrong:
            fault = f"{wrong} values do not stand where they say"
    except Exception as error:
        seconds = time.perf_counter() - start
        fault = f"{type(error).__name__}: {error}"
    return Trial(seed, len(text), seconds, fault)


def run(extractor: Extractor, count: int, seed: int) -> dict[str, object]:
    """All trials, summed: faults, the median time per character, the slowest text against it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.txt"))]
    trials = []
    for number in range(count):
        trials.append(trial(extractor, texts, f"{seed}-{number}"))
        if number and number % 1000 == 0:
            print(f"{number} done", file=sys.stderr)
    pace = [one.seconds / max(one.length, FLOOR) for one in trials]
    median = statistics.median(pace)
    slowest = max(range(len(trials)), key=pace.__getitem__)
    return {
        "texts": count,
        "faults": [{"seed": one.seed, "fault": one.fault} for one in trials if one.fault],
        "median_us_per_character": median * 1e6,
        "slowest": {"seed": trials[slowest].seed, "times_median": pace[slowest] / median},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(json.dumps(run(Extractor(), chosen.count, chosen.seed), indent=1))
