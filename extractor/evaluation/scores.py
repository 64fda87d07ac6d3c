"""Judgements summed: precision, recall and F1 a field, with intervals and calibration."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractor.evaluation.scoring import (
    CORE,
    FIELDS,
    Judgement,
    best_name_f1,
    judge,
    span_faults,
)


@dataclass(frozen=True)
class Row:
    """Precision, recall and F1 of one field, and what they were counted from."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int

    def plain(self) -> dict[str, float]:
        """The row as JSON."""
        return {
            "P": round(self.precision, 3),
            "R": round(self.recall, 3),
            "F1": round(self.f1, 3),
            "gold": self.gold,
            "found": self.found,
        }


def row(judgements: Iterable[Judgement]) -> Row:
    """Judgements of one field, summed."""
    right = made_up = missed = 0
    for one in judgements:
        right += one.right
        made_up += one.made_up
        missed += one.missed
    precision = right / (right + made_up) if right + made_up else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Row(precision, recall, f1, right + missed, right + made_up)


@dataclass(frozen=True)
class Scores:
    """The scores of one run over a corpus."""

    judgements: Mapping[str, tuple[Judgement, ...]]
    rows: Mapping[str, Row]
    name_f1: float
    spans: int
    wrong_offsets: int
    missing: tuple[str, ...]
    whole_event: float

    @property
    def mean_f1(self) -> float:
        """Mean F1 of the core fields, each rounded to three places first."""
        return sum(round(self.rows[field].f1, 3) for field in CORE) / len(CORE)

    def plain(self) -> dict[str, Any]:
        """The scores as JSON, keys as the fields are called."""
        return {
            **{field: self.rows[field].plain() for field in FIELDS},
            "whole event right": round(self.whole_event, 3),
            "event name token-F1": round(self.name_f1, 3),
            "spans": {"checked": self.spans, "wrong offsets": self.wrong_offsets},
            "missing records": list(self.missing),
            "mean F1": round(self.mean_f1, 3),
        }

    def misses(self, field: str) -> list[Judgement]:
        """What went wrong in one field."""
        return [
            one
            for judgements in self.judgements.values()
            for one in judgements
            if one.field == field and not one.right
        ]


def score(golds: Sequence[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]]) -> Scores:
    """Scores of records (plain JSON, by document id) against annotations."""
    judgements = {g["id"]: tuple(judge(g, records.get(g["id"]))) for g in golds}
    names = [best_name_f1(g, records.get(g["id"], {})) for g in golds]
    with_event = [name for name in names if name is not None]
    faults = [span_faults(records[g["id"]]) for g in golds if g["id"] in records]
    broken = {
        name
        for name, ones in judgements.items()
        if any(not j.right for j in ones if j.field in ("event", "type", "date", "venue"))
    }
    return Scores(
        judgements,
        rows_of(judgements.values()),
        sum(with_event) / len(with_event) if with_event else 0.0,
        sum(checked for checked, _ in faults),
        sum(wrong for _, wrong in faults),
        tuple(g["id"] for g in golds if g["id"] not in records),
        1 - len(broken) / max(len(golds), 1),
    )


def rows_of(documents: Iterable[Sequence[Judgement]]) -> dict[str, Row]:
    """A row a field over these documents."""
    by_field: dict[str, list[Judgement]] = defaultdict(list)
    for judgements in documents:
        for one in judgements:
            by_field[one.field].append(one)
    return {field: row(by_field[field]) for field in FIELDS}


def intervals(
    scores: Scores, rounds: int = 1000, seed: int = 20240502
) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of each field's F1, documents drawn with replacement."""
    dice = random.Random(seed)
    counts = {
        name: {
            field: (
                sum(j.right for j in ones if j.field == field),
                sum(j.made_up for j in ones if j.field == field),
                sum(j.missed for j in ones if j.field == field),
            )
            for field in FIELDS
        }
        for name, ones in scores.judgements.items()
    }
    names = sorted(counts)
    drawn: dict[str, list[float]] = {field: [] for field in FIELDS}
    for _ in range(rounds):
        sample = dice.choices(names, k=len(names))
        for field in FIELDS:
            right = sum(counts[name][field][0] for name in sample)
            wrong = sum(counts[name][field][1] + counts[name][field][2] for name in sample)
            drawn[field].append(2 * right / (2 * right + wrong) if right else 0.0)
    low, high = int(rounds * 0.025), int(rounds * 0.975) - 1
    return {f: (sorted(values)[low], sorted(values)[high]) for f, values in drawn.items()}


EDGES = (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Band:
    """Answers whose confidence lies in ``[low, high)``: how many, and how many of them right."""

    low: float
    high: float
    answers: int
    right: int
    confidence: float


def calibration(
    judgements: Iterable[Judgement],
    edges: Sequence[float] = EDGES,
) -> list[Band]:
    """Answers by their confidence; repeats, which are always certain, are left out."""
    answers = [j for j in judgements if (j.right or j.made_up) and j.field != "repeats"]
    bands = []
    for low, high in pairwise(edges):
        inside = [j for j in answers if low <= j.confidence < high]
        mean = sum(j.confidence for j in inside) / len(inside) if inside else 0.0
        bands.append(Band(low, high, len(inside), sum(j.right for j in inside), mean))
    return bands
