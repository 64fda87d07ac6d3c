"""The quality gate: no score below its floor, no change of the corpus unnoticed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.errors import CorpusError
from extractor.evaluation.corpus import digest
from extractor.evaluation.scores import Scores
from extractor.evaluation.scoring import FIELDS

FLOORS = "gate/floors.json"  # apart: every .json beside a .txt is an answer


def read_floors(folder: Path) -> dict[str, Any]:
    """``floors.json`` of a corpus: ``{"digest": …, "floors": {field: F1}}``."""
    path = folder / FLOORS
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise CorpusError(f"{path}: no floors; write them with --update-floors") from None
    except ValueError as error:
        raise CorpusError(f"{path}: no JSON: {error}") from None
    return floors


def below_floor(folder: Path, scores: Scores) -> list[str]:
    """What the gate refuses: scores below their floor, a corpus other than that of the floors."""
    floors = read_floors(folder)
    faults = []
    if floors.get("digest") != digest(folder):
        faults.append(f"{folder}: the corpus changed; check it and write new floors")
    for field, floor in floors.get("floors", {}).items():
        now = round(scores.rows[field].f1, 3)
        if now < floor:
            faults.append(f"{field}: {now:.3f} is below its floor {floor:.3f}")
    if scores.wrong_offsets:
        faults.append(f"{scores.wrong_offsets} values do not stand where they say")
    return faults


def update_floors(folder: Path, scores: Scores, allow_lower: bool = False) -> Mapping[str, float]:
    """Write floors at today's scores; returns them.

    Raises :class:`CorpusError` where a floor would sink and ``allow_lower`` is not set.
    """
    path = folder / FLOORS
    floors = {field: round(scores.rows[field].f1, 3) for field in FIELDS}
    if path.is_file() and not allow_lower:
        before = read_floors(folder).get("floors", {})
        sunk = [
            f"{f}: {before[f]:.3f} -> {floors[f]:.3f}"
            for f in floors
            if floors[f] < before.get(f, 0)
        ]
        if sunk:
            raise CorpusError(
                "floors would sink; --allow-lower writes them all the same: " + ", ".join(sunk)
            )
    text = json.dumps({"digest": digest(folder), "floors": floors}, indent=1)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return floors
