"""Speed of extraction: against bare tokenisation, against dateparser, and how time grows with length.

    python benchmarks/speed.py ratio [FOLDER]     whole extraction / tokenisation, first pass, fresh processes
    python benchmarks/speed.py growth             seconds for 1 kB to 1 MB, and the fitted exponent
    python benchmarks/speed.py dateparser [FOLDER]  whole extraction / search_dates(languages=["id"])

``ratio`` and ``dateparser`` start a fresh process for each side and each round and take the best;
dateparser must be installed for the last (it is no dependency of rilis).
"""

import argparse
import json
import math
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpus" / "gold"
SAMPLE = ROOT / "corpus" / "sample" / "2024-07-11-rakor-kader.txt"
SIDES = {
    "tokenise": "import spacy; nlp = spacy.blank('id')\ndef work(text): nlp(text)",
    "extract": (
        "from extractor import Article, Extractor; ours = Extractor()\n"
        "def work(text): ours.extract(Article(id='x', text=text))"
    ),
    "dateparser": (
        "from dateparser.search import search_dates\n"
        "def work(text): search_dates(text, languages=['id'])"
    ),
}
PROGRAM = """
import sys, time
from pathlib import Path
texts = [p.read_text(encoding="utf-8") for p in sorted(Path(sys.argv[1]).glob("*.txt"))]
{side}
start = time.perf_counter()
for text in texts:
    work(text)
print(time.perf_counter() - start)
"""


def first_pass(side: str, folder: Path) -> float:
    """Seconds of the first pass over all texts of a folder, in a fresh process, imports left out."""
    command = [sys.executable, "-c", PROGRAM.format(side=SIDES[side]), str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def against(other: str, folder: Path, rounds: int) -> dict[str, float]:
    """Best seconds of extraction and of another side, taken in turn, and their ratio."""
    ours, theirs = math.inf, math.inf
    for _ in range(rounds):
        theirs = min(theirs, first_pass(other, folder))
        ours = min(ours, first_pass("extract", folder))
    return {"extract": ours, other: theirs, "ratio": ours / theirs}


def growth(giant: bool) -> dict[str, object]:
    """Seconds by length, and the exponent of length fitted over them; ``giant``: one paragraph."""
    from extractor import Article, Extractor

    ours = Extractor()
    body = SAMPLE.read_text(encoding="utf-8").split("\n", 2)[2]
    names = [f"Danu{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(2000)]
    seconds = {}
    for size in (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000):
        copies = []
        length = number = 0
        while length < size:  # each copy other names, so that the text is no repeat of itself
            copies.append(
                body.replace("Danu", names[number % len(names)]).replace(
                    "11 Juli", f"{1 + number % 28} Juli"
                )
            )
            length += len(copies[-1])
            number += 1
        text = "Judul Rilis\n\n" + "\n".join(copies)[:size]
        if giant:
            text = text.replace("\n", " ")
        best = math.inf
        for _ in range(3 if size < 300_000 else 1):
            start = time.perf_counter()
            ours.extract(Article(id="x", text=text))
            best = min(best, time.perf_counter() - start)
        seconds[size] = best
    xs = [math.log(size) for size in seconds]
    ys = [math.log(value) for value in seconds.values()]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mean_x) ** 2 for x in xs
    )
    return {"seconds": seconds, "exponent": slope}


def main() -> None:
    """One measurement, printed as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("ratio", "growth", "dateparser"))
    parser.add_argument("folder", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if chosen.what == "growth":
        print(
            json.dumps({"paragraphs": growth(False), "one giant paragraph": growth(True)}, indent=1)
        )
    else:
        other = "tokenise" if chosen.what == "ratio" else "dateparser"
        print(json.dumps(against(other, chosen.folder, chosen.rounds)))


if __name__ == "__main__":
    main()
