"""Scores with every head noun, name and place of the annotated releases swapped for an unseen one.

    python benchmarks/swapped.py corpus/gold [-o FOLDER] [--seed 7] [--part all|third|rest]

Each release is rewritten, text and answer alike: words of persons' names, proper names of places and
venues, and the head nouns of events become invented words of the same shape (capitals, affixes such as
``pe-…-an``, length of syllables). What then still scores is found by grammar and cues, not by lists.
The swapped corpus is scored beside the original in the same run.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor import Extractor
from extractor.evaluation.corpus import extract_corpus, read_corpus
from extractor.evaluation.scores import Scores, score
from extractor.evaluation.scoring import FIELDS
from extractor.rulebook import load_rulebook

CONSONANTS = list("bdgjklmnprstw")
VOWELS = list("aiueo")
# Words that are grammar or titles, not names: they stay.
_KEEP = """
    kota kabupaten kab kecamatan kelurahan desa provinsi prov dusun kampung jalan jl nomor no ruang
    aula gedung kantor balai lapangan alun pendopo hotel lantai halaman rumah dinas setda sekda masjid
    gereja pura stadion taman pasar pantai pelabuhan bandara terminal sekolah dan di yang the of bin
    binti br dg i ni ida bagus ayu anak agung gusti dewa h hj m moh muh kh st ir dr drs dra wakil wali
    walikota bupati camat lurah utara selatan timur barat tengah rt rw zoom meeting daring online serba
    guna kerja rapat sidang pertemuan utama besar kecil lama baru agung raya wisma graha villa resto
    kompleks komplek area kawasan lokasi titik posko tempat tepi sungai danau gunung bukit lereng kaki
    polres mapolres polsek kodim makodim koramil lapas rutan rsud puskesmas smk sma smp sd tk mts man
    universitas institut kampus fakultas perpustakaan museum perumahan blok
"""
KEEP = frozenset(_KEEP.split())
WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]*")
AFFIXED = re.compile(r"(pe[nm]?g?|per)([a-z]{3,})(an)\Z")


def invented(word: str, dice: random.Random) -> str:
    """A word nobody has seen, as long as this one and shaped alike."""
    affixed = AFFIXED.match(word.lower())
    if affixed and word.islower() | word[1:].islower():
        core = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(2))
        made = "pe" + core + dice.choice("klrt") + "an"
    else:
        syllables = max(2, min(4, round(len(word) / 2.4)))
        made = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(syllables))
        made += dice.choice(["", "n", "r", "s", "k"])
    if word.isupper() and len(word) > 1:
        return made.upper()
    return made.capitalize() if word[0].isupper() else made


def swaps(
    gold: Mapping[str, Any], text: str, known: Iterable[str], dice: random.Random
) -> dict[str, str]:
    """Which words of a release become which; keys in small letters.

    The head noun of an event that is told by its verb alone does not stand in the text: it stays,
    since nothing there could tell another.
    """
    taken = {word.lower() for word in known}
    wanted: list[str] = []
    for person in gold["people"]:
        for form in (person["name"], *person.get("aliases", [])):
            wanted += [w for w in WORD.findall(form) if w[0].isupper() and len(w) > 2]
    for venue in (gold.get("venues") or [])[:1]:
        wanted += [w for w in WORD.findall(venue) if w[0].isupper() and len(w) > 2]
    for organizer in (gold["event"] or {}).get("organizers") or []:
        after = re.findall(r"(?:Kota|Kabupaten|Kecamatan|Desa|Kelurahan) ([A-Z][a-z]+)", organizer)
        wanted += after
    if gold["event"]:
        stand = {w.lower() for w in WORD.findall(text)}
        heads = [w for w in WORD.findall(gold["event"]["type"]) if len(w) > 3]
        wanted += heads if all(w.lower() in stand for w in heads) else []
    made = {}
    for word in wanted:
        low = word.lower()
        if low in KEEP or low in made:
            continue
        new = invented(word, dice).lower()
        while new in taken:
            new = invented(word, dice).lower()
        taken.add(new)
        made[low] = new
    return made


def rewritten(text: str, made: Mapping[str, str]) -> str:
    """The text with these words replaced, capitals kept."""

    def new(found: re.Match[str]) -> str:
        word = found.group()
        to = made.get(word.lower())
        if to is None:
            return word
        if word.isupper() and len(word) > 1:
            return to.upper()
        return to.capitalize() if word[0].isupper() else to

    return WORD.sub(new, text)


def rewrite(value: Any, made: Mapping[str, str]) -> Any:
    """An answer with these words replaced, dates and ids left alone."""
    if isinstance(value, str):
        return rewritten(value, made)
    if isinstance(value, list):
        return [rewrite(one, made) for one in value]
    if isinstance(value, dict):
        fixed = (
            "id",
            "kind",
            "url",
            "query",
            "sha256",
            "published",
            "date",
            "start",
            "end",
            "time",
        )
        return {k: v if k in fixed else rewrite(v, made) for k, v in value.items()}
    return value


def swap_corpus(folder: Path, target: Path, seed: int) -> None:
    """Write the swapped corpus into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    book = load_rulebook()
    known = {
        word for file in book.files.values() for words in file.words.values() for word in words
    }
    for path in sorted(folder.glob("*.json")):
        if path.name == "floors.json":
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        made = swaps(gold, text, known, random.Random(f"{seed}-{gold['id']}"))
        new = rewrite(gold, made)
        (target / path.name).write_text(json.dumps(new, ensure_ascii=False), encoding="utf-8")
        (target / f"{path.stem}.txt").write_text(rewritten(text, made), encoding="utf-8")


def scored(folder: Path, extractor: Extractor, part: str) -> Scores:
    """Scores of one corpus; ``third``: numbers divisible by 3, ``rest``: the others."""
    documents = [
        one
        for one in read_corpus(folder)
        if part == "all" or (int(re.sub(r"\D", "", one.id)) % 3 == 0) == (part == "third")
    ]
    return score([one.gold for one in documents], extract_corpus(documents, extractor))


def main() -> None:
    """Original and swapped, side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="keep the swapped corpus here")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--part", choices=("all", "third", "rest"), default="all")
    chosen = parser.parse_args()
    extractor = Extractor()
    with tempfile.TemporaryDirectory() as scratch:
        target = chosen.output or Path(scratch)
        swap_corpus(chosen.gold, target, chosen.seed)
        before = scored(chosen.gold, extractor, chosen.part)
        after = scored(target, extractor, chosen.part)
    print(f"{'field':18}{'original':>10}{'swapped':>10}{'change':>10}")
    for field in FIELDS:
        one, other = before.rows[field].f1, after.rows[field].f1
        print(f"{field:18}{one:10.3f}{other:10.3f}{other - one:+10.3f}")
    print(
        f"{'mean':18}{before.mean_f1:10.3f}{after.mean_f1:10.3f}{after.mean_f1 - before.mean_f1:+10.3f}"
    )


if __name__ == "__main__":
    main()
