"""`rilis evaluate` and the project's reference scorer give the same figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.evaluation.corpus import read_corpus, read_records
from extractor.evaluation.matching import same_person, token_f1, words
from extractor.evaluation.scores import calibration, intervals, score
from extractor.evaluation.scoring import Judgement
from extractor.record import to_json

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
ORACLE = Path(__file__).parent / "score_oracle.py"


def plain_oracle(records: Path) -> dict[str, object]:
    command = [sys.executable, str(ORACLE), str(GOLD), str(records), "--json"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True)
    scores: dict[str, object] = json.loads(shown.stdout)
    return scores


@pytest.mark.parametrize("kept", ["all", "damaged"])
def test_the_figures_are_those_of_the_reference_scorer(
    extractor: Extractor, tmp_path: Path, kept: str
) -> None:
    path = tmp_path / "records.jsonl"
    documents = read_corpus(GOLD)
    lines = []
    for number, one in enumerate(documents[:30] if kept == "damaged" else documents):
        record = json.loads(to_json(extractor.extract(one.article)))
        if kept == "damaged":  # other answers, so that every kind of miss is counted
            record["people"] = record["people"][number % 3 :]
            record["quotes"] = record["quotes"][::2]
            record["removed"] = [*record["removed"][1:], {"paragraph": 2, "duplicate_of": 1}]
            for event in record["events"]:
                event["organizers"] = event["organizers"] * 2
                event["date"] = None if number % 2 else event["date"]
        lines.append(json.dumps(record))
    path.write_text("\n".join(lines), encoding="utf-8")
    ours = score([one.gold for one in documents], read_records(path, documents)).plain()
    assert ours == plain_oracle(path)


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        (["Bambang Suryanto"], True),
        (["Drs. Bambang Suryanto, M.M."], True),
        (["Bambang"], True),
        (["Suryanto"], False),
        (["Bambang Suryadi"], False),
        ([], False),
    ],
)
def test_persons_are_the_same_by_name_without_titles(forms: list[str], same: bool) -> None:
    assert same_person({"name": "Bambang Suryanto", "aliases": ["Bambang"]}, forms) is same


@given(st.text(max_size=80), st.text(max_size=80))
def test_token_f1_is_symmetric_and_one_for_equal_words(one: str, other: str) -> None:
    assert token_f1(words(one), words(other)) == token_f1(words(other), words(one))
    assert token_f1(words(one), words(one)) == (1.0 if words(one) else 0.0)


def test_intervals_hold_the_score_and_are_the_same_every_time(extractor: Extractor) -> None:
    documents = read_corpus(GOLD)[:12]
    records = {one.id: json.loads(to_json(extractor.extract(one.article))) for one in documents}
    scores = score([one.gold for one in documents], records)
    bounds = intervals(scores, rounds=200)
    assert bounds == intervals(scores, rounds=200)
    low, high = bounds["people"]
    assert low <= scores.rows["people"].f1 <= high


def test_calibration_counts_answers_by_their_confidence() -> None:
    ones = [
        Judgement("people", "a", right=True, confidence=0.95),
        Judgement("people", "a", made_up=True, confidence=0.92),
        Judgement("people", "a", missed=True),
        Judgement("date", "a", right=True, confidence=0.4),
    ]
    bands = {band.low: (band.answers, band.right) for band in calibration(ones) if band.answers}
    assert bands == {0.9: (2, 1), 0.3: (1, 1)}
