"""A long Word draft with many edits: seconds to write every one as a tracked change with a comment.

    python benchmarks/tracked.py [--paragraphs 5000] [--edits 2000]

Prints the seconds for reading the draft, and for writing it (the bar: 2,000 edits in 10 seconds). The
edits are taken out of the text evenly: words replaced, blanks taken out, whole paragraphs removed.
"""

import argparse
import io
import json
import random
import time

import docx

from extractor.export.docx_accept import clean_docx
from extractor.export.tracked import tracked_docx
from extractor.record import Edit
from extractor.sources import read_draft

WORDS = "warga desa rapat kerja dinas pangan kota hadir lahan bibit panen bantuan jalan tepi sungai".split()  # noqa: SIM905


def long_draft(paragraphs: int, seed: int = 1) -> bytes:
    """A draft of this many paragraphs, every fourth word in bold."""
    dice = random.Random(seed)
    document = docx.Document()
    for number in range(paragraphs):
        paragraph = document.add_paragraph(f"Paragraf {number} ")
        for _ in range(6):
            paragraph.add_run(" ".join(dice.choices(WORDS, k=8)) + " ")
            paragraph.add_run(dice.choice(WORDS) + ", ").bold = True
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def some_edits(text: str, count: int) -> list[Edit]:
    """This many edits, evenly over the text: two slips in three, one removed paragraph."""
    ends = [place for place in range(len(text)) if text.startswith("\n\n", place)]
    found = []
    for number in range(count):
        if number % 3 == 2:
            at = ends[len(ends) * number // count - 1]
            after = text.find("\n\n", at + 2)
            found.append(_edit(at, after if after > 0 else len(text), ""))
        else:
            at = text.find(" ", len(text) * number // count + 200)
            if at > 0 and text[at - 1] != "\n":
                found.append(_edit(at, at + 1, "-" if number % 3 else ""))
    found.sort(key=lambda edit: edit.start)
    kept: list[Edit] = []
    for edit in found:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(
        start=start, end=end, replacement=replacement, rule="style.made", reason="Made for measuring",
        grade="sure", kind="style",
    )  # fmt: skip


def run(paragraphs: int, count: int) -> dict[str, float]:
    """Seconds of each step, and how much there was."""
    raw = long_draft(paragraphs)
    start = time.perf_counter()
    draft = read_draft("draft.docx", raw)
    read = time.perf_counter() - start
    edits = some_edits(draft.text, count + count // 4)[:count]  # some fall on each other
    start = time.perf_counter()
    tracked = tracked_docx(draft, edits).raw
    written = time.perf_counter() - start
    start = time.perf_counter()
    clean_docx(draft, edits)
    copied = time.perf_counter() - start
    return {
        "paragraphs": paragraphs,
        "characters": len(draft.text),
        "edits": len(edits),
        "read_s": round(read, 2),
        "tracked_s": round(written, 2),
        "clean_copy_s": round(copied, 2),
        "bytes": len(tracked),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paragraphs", type=int, default=5000)
    parser.add_argument("--edits", type=int, default=2000)
    chosen = parser.parse_args()
    print(json.dumps(run(chosen.paragraphs, chosen.edits), indent=1))
