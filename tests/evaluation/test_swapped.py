"""Swapping every name, place and head noun keeps text and answer in step."""

import json
import random
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SWAPPED = runpy.run_path(str(ROOT / "benchmarks" / "swapped.py"))
GOLD = ROOT / "corpus" / "gold"


@pytest.mark.parametrize("name", ["h502", "h511", "h535", "h574"])
def test_the_swapped_answer_still_stands_in_the_swapped_text(name: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for path in GOLD.glob(f"{name}.*"):
        (source / path.name).write_bytes(path.read_bytes())
    SWAPPED["swap_corpus"](source, tmp_path / "out", 7)
    before = json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
    after = json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))
    text = (tmp_path / "out" / f"{name}.txt").read_text(encoding="utf-8")
    assert [p["name"] for p in after["people"]] != [p["name"] for p in before["people"]]
    assert all(quote["text"] in text for quote in after["quotes"])
    assert all(person["name"] in text for person in after["people"])
    assert after["date"] == before["date"]


@pytest.mark.parametrize("word", ["Budi", "PEKALONGAN", "pelatihan", "rapat"])
def test_an_invented_word_keeps_the_shape(word: str) -> None:
    made = SWAPPED["invented"](word, random.Random(1))
    assert made.lower() != word.lower()
    assert (made.isupper(), made.islower()) == (word.isupper(), word.islower())
    assert word != "pelatihan" or (made.startswith("pe") and made.endswith("an"))
