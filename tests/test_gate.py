"""Extraction of the annotated corpus does not get worse, and the corpus does not change unnoticed."""

import json
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.errors import CorpusError
from extractor.evaluation.corpus import Annotated, read_corpus
from extractor.evaluation.gate import below_floor, update_floors
from extractor.evaluation.scores import Scores, score
from extractor.record import to_json

GOLD = Path(__file__).parent.parent / "corpus" / "gold"


@pytest.fixture(scope="module")
def documents() -> list[Annotated]:
    return read_corpus(GOLD)


@pytest.fixture(scope="module")
def scores(extractor: Extractor, documents: list[Annotated]) -> Scores:
    records = {one.id: json.loads(to_json(extractor.extract(one.article))) for one in documents}
    return score([one.gold for one in documents], records)


def test_no_score_is_below_its_floor(scores: Scores) -> None:
    assert below_floor(GOLD, scores) == []


def test_every_value_stands_where_it_says(scores: Scores) -> None:
    assert scores.spans > 1000
    assert scores.wrong_offsets == 0


def test_a_sunk_score_and_a_changed_corpus_are_refused(
    scores: Scores, documents: list[Annotated], tmp_path: Path
) -> None:
    for one in documents[:3]:
        for path in GOLD.glob(f"{one.id}.*"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    few = score([one.gold for one in documents[:3]], {})
    update_floors(tmp_path, scores)
    told = below_floor(tmp_path, few)
    assert any(fault.startswith("people: 0.000 is below its floor") for fault in told)
    with pytest.raises(CorpusError, match="floors would sink"):
        update_floors(tmp_path, few)
    (tmp_path / f"{documents[0].id}.txt").write_text("changed", encoding="utf-8")
    assert any("the corpus changed" in fault for fault in below_floor(tmp_path, scores))
