"""How often each rule of cleaning fires on the annotated releases, as one command::

    python -m tests.editing.gold_counts

writes ``gold_counts.json`` anew; the difference shows what a change of rules does to real drafts.
"""

import json
from collections import Counter
from pathlib import Path

from extractor.editing.cleaning import clean
from extractor.rulebook import Rulebook, load_rulebook

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
COUNTS = Path(__file__).with_suffix(".json")


def gold_counts(rulebook: Rulebook) -> dict[str, int]:
    """Findings by rule and grade, such as ``"style.spelling sure": 12``, sorted."""
    counts: Counter[str] = Counter()
    for path in sorted(GOLD.glob("*.txt")):
        cleaning = clean(path.read_bytes().decode(), rulebook)
        counts.update(f"{edit.rule} {edit.grade}" for edit in cleaning.findings)
    return dict(sorted(counts.items()))


if __name__ == "__main__":
    COUNTS.write_text(json.dumps(gold_counts(load_rulebook()), indent=0) + "\n", encoding="utf-8")
