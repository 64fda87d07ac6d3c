"""A draft of 200 pages: how long cleaning takes beside reading it, and how memory grows.

    python benchmarks/cleaning.py [--paragraphs 5000] [--rounds 3]

Two drafts are made by chance (seeded): ``distinct``, whose paragraphs share words but not sentences,
as in a real draft, with one repeat in twenty; and ``alike``, where all of them follow a few forms, so
that the search for repeats has the most to compare. Cleaning is set beside two kinds of reading: the file
alone (``read_draft`` of the .docx, which takes text out of XML and looks at none of it), and its words
(that, and the tokenizer of ``spacy.blank("id")``). Seconds are of the processor, the best of the rounds.
"""

import argparse
import io
import json
import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import docx
import spacy

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.drafting import clean_draft
from extractor.rulebook import load_rulebook
from extractor.sources import read_draft
from tests.editing.made_drafts import ADDS, DEEDS, NAMES, OFFICES, PLACES, made_draft


def distinct(count: int) -> list[str]:
    """Paragraphs of sentences that are put together of words by chance."""
    chance = random.Random(1)
    words = sorted({word.strip(",.“”") for text in (*DEEDS, *ADDS) for word in text.split()})
    paragraphs: list[str] = []
    while len(paragraphs) < count:
        if len(paragraphs) > 20 and chance.random() < 0.05:
            paragraphs.append(chance.choice(paragraphs))
            continue
        who = f"{chance.choice(OFFICES)} {chance.choice(PLACES)}, {chance.choice(NAMES)},"
        said = " ".join(chance.choice(words).lower() for _ in range(chance.randint(9, 22)))
        paragraphs.append(f"{who} {said}, {chance.randint(2, 900)} {chance.choice(words).lower()}.")
    return paragraphs


def alike(count: int) -> list[str]:
    """Paragraphs of a few forms, each with a number of its own."""
    chance = random.Random(1)
    paragraphs: list[str] = []
    while len(paragraphs) < count:
        paragraphs += made_draft(chance).text.split("\n\n")
    return [f"{text} Catatan {n} dari buku {n * 7}." for n, text in enumerate(paragraphs[:count])]


def as_docx(paragraphs: list[str]) -> bytes:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def best(rounds: int, work: Callable[[], object]) -> float:
    """The least seconds of the processor that ``work`` took."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def measured(paragraphs: list[str], rounds: int) -> dict[str, float]:
    """Seconds of reading and of cleaning, and their ratios; the most memory cleaning took, in MB."""
    rulebook = load_rulebook()
    nlp = spacy.blank("id")
    nlp.max_length = 10**8
    raw = as_docx(paragraphs)
    path = Path("draft.docx")
    reading = best(rounds, lambda: read_draft(path, raw))
    draft = read_draft(path, raw)
    words = reading + best(rounds, lambda: nlp(draft.text))
    cleaning = best(rounds, lambda: clean_draft(draft, rulebook, ("sure",)))
    tracemalloc.start()
    clean_draft(draft, rulebook, ("sure",))
    memory = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {
        "characters": len(draft.text),
        "reading": round(reading, 3),
        "reading_words": round(words, 3),
        "cleaning": round(cleaning, 3),
        "to_reading": round(cleaning / reading, 1),
        "to_reading_words": round(cleaning / words, 2),
        "megabytes": round(memory, 1),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paragraphs", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    for make in (distinct, alike):
        for count in (chosen.paragraphs // 4, chosen.paragraphs):
            said = {"draft": make.__name__, "paragraphs": count}
            print(json.dumps({**said, **measured(make(count), chosen.rounds)}))
