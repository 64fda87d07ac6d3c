"""A draft of 200 pages: how long cleaning takes beside reading it, and how time and memory grow.

    python benchmarks/cleaning.py [--paragraphs 5000] [--rounds 3] [--growth 500 5000 20000]

Two drafts are made by chance (seeded): ``distinct``, whose paragraphs share words but not sentences,
as in a real draft, with one repeat in twenty; and ``alike``, where all of them follow a few forms, so
that the search for repeats has the most to compare. Cleaning is set beside four kinds of reading
(``read_draft``, text out): a .docx with one run a paragraph, as python-docx writes it, the hardest
measure; a .docx as Word leaves it, each paragraph in runs of a few words with their own properties and
marks of the spelling checker; the .txt; and the first with its words (the tokenizer of
``spacy.blank("id")``). Every round cleans another text, so that nothing kept from the one before helps.
Seconds are of the processor, the best of the rounds; ``stages`` are the parts of cleaning by themselves.
"""

import argparse
import io
import json
import math
import random
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import spacy

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.drafting import clean_draft
from extractor.editing.consistency import consistency_edits
from extractor.editing.repeats import compare_paragraphs
from extractor.editing.style import Style
from extractor.editing.vocabulary import Vocabulary
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook, load_rulebook
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


def as_word_leaves_it(paragraphs: list[str]) -> bytes:
    """A Word file in which each paragraph is cut into runs of three words that carry a font and a
    language, a mark of the spelling checker before each."""
    checked = '<w:proofErr w:type="spellStart"/>'
    properties = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:lang w:val="en-US"/></w:rPr>'
    body = []
    for text in paragraphs:
        words = [f"{escape(word)} " for word in text.split(" ")]
        runs = ("".join(words[at : at + 3]) for at in range(0, len(words), 3))
        body.append("<w:p><w:pPr><w:jc w:val='both'/></w:pPr>")
        body += [
            f'{checked}<w:r>{properties}<w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs
        ]
        body.append("</w:p>")
    empty = as_docx([])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(empty)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:body>", b"<w:body>" + "".join(body).encode())
            new.writestr(name, part)
    return buffer.getvalue()


def best(rounds: int, work: Callable[[int], object]) -> float:
    """The least seconds of the processor that ``work`` took; it is told the round."""
    seconds = []
    for number in range(rounds):
        start = time.process_time()
        work(number)
        seconds.append(time.process_time() - start)
    return min(seconds)


def measured(paragraphs: list[str], rounds: int, rulebook: Rulebook) -> dict[str, object]:
    """Seconds of reading and of cleaning, their ratios, and the stages of cleaning."""
    nlp = spacy.blank("id")
    nlp.max_length = 10**8
    path = Path("draft.docx")
    raw, left = as_docx(paragraphs), as_word_leaves_it(paragraphs)
    draft = read_draft(path, raw)
    drafts = [replace(draft, text=f"{draft.text} Naskah ke-{n}.") for n in range(rounds)]
    plain = draft.text.encode()
    reading = {
        "docx": best(rounds, lambda n: read_draft(path, raw)),
        "docx_of_word": best(rounds, lambda n: read_draft(path, left)),
        "txt": best(rounds, lambda n: read_draft(Path("draft.txt"), plain)),
    }
    reading["docx_and_words"] = reading["docx"] + best(rounds, lambda n: nlp(draft.text))
    cleaning = best(rounds, lambda n: clean_draft(drafts[n], rulebook, ("sure",)))
    return {
        "characters": len(draft.text),
        "reading": {name: round(seconds, 3) for name, seconds in reading.items()},
        "cleaning": round(cleaning, 3),
        "ratio": {name: round(cleaning / seconds, 1) for name, seconds in reading.items()},
        "stages": stages(draft.text, rulebook, rounds),
    }


def stages(text: str, rulebook: Rulebook, rounds: int) -> dict[str, float]:
    """Seconds of the parts of cleaning, each given what it builds on."""
    texts = [f"{text} Bagian ke-{n}." for n in range(rounds)]
    style = Style(rulebook.group("style"))
    layouts = [read_layout(one, rulebook["paragraphs"]) for one in texts]
    drafts = [style.draft(one) for one in texts]
    work: dict[str, Callable[[int], object]] = {
        "words": lambda n: Vocabulary(texts[n]),
        "layout": lambda n: read_layout(texts[n] + "!", rulebook["paragraphs"]),
        "repeats": lambda n: compare_paragraphs(layouts[n], rulebook["repeats"]),
        "quotations": lambda n: style.draft(texts[n]),
        "style": lambda n: list(style.edits(drafts[n])),
        "consistency": lambda n: list(consistency_edits(layouts[n], rulebook)),
    }
    return {name: round(best(rounds, part), 3) for name, part in work.items()}


def growth(make: Callable[[int], list[str]], counts: list[int], rulebook: Rulebook) -> list[object]:
    """For drafts of so many paragraphs: seconds of cleaning, the most memory it took (MB), and how
    both grew from the draft before (1.0: with the length of the draft)."""
    lines: list[object] = []
    before: tuple[int, float, float] | None = None
    for count in counts:
        draft = read_draft(Path("draft.docx"), as_docx(make(count)))
        fresh = [replace(draft, text=f"{draft.text} Naskah ke-{n}.") for n in range(3)]
        seconds = best(2, lambda n, fresh=fresh: clean_draft(fresh[n], rulebook, ("sure",)))
        tracemalloc.start()
        clean_draft(fresh[2], rulebook, ("sure",))
        memory = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        length = len(draft.text)
        line = {"paragraphs": count, "cleaning": round(seconds, 3), "megabytes": round(memory, 1)}
        if before is not None:
            longer = math.log(length / before[0])
            line["time_exponent"] = round(math.log(seconds / before[1]) / longer, 2)
            line["memory_exponent"] = round(math.log(memory / before[2]) / longer, 2)
        before = (length, seconds, memory)
        lines.append(line)
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paragraphs", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, nargs="*", default=[500, 5000, 20000])
    chosen = parser.parse_args()
    rules = load_rulebook()
    clean_draft(read_draft("draft.txt", b"Satu baris."), rules, ("sure",))  # rules made ready
    for make in (distinct, alike):
        said = {"draft": make.__name__, "paragraphs": chosen.paragraphs}
        print(json.dumps({**said, **measured(make(chosen.paragraphs), chosen.rounds, rules)}))
        for line in growth(make, chosen.growth, rules):
            print(json.dumps({"draft": make.__name__, "growth": line}))
