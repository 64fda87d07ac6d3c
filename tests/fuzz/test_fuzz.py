"""Mutated releases, a few hundred seeded ones; ``benchmarks/fuzz.py`` runs twenty thousand."""

import runpy
from pathlib import Path

from extractor import Extractor

FUZZ = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "fuzz.py"), run_name="fuzz")


def test_mutated_releases_neither_raise_nor_take_long(extractor: Extractor) -> None:
    result = FUZZ["run"](extractor, 250, 11)
    assert result["faults"] == []
    assert result["slowest"]["times_median"] < 50


def test_a_seed_always_makes_the_same_text() -> None:
    texts = ["Rapat Pangan di Aula Jati.\n\nKamis (2/5/2024)." * 5]
    assert FUZZ["mutated"](texts, "1-1") == FUZZ["mutated"](texts, "1-1")
    assert FUZZ["mutated"](texts, "1-1") != FUZZ["mutated"](texts, "1-2")
