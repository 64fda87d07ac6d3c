"""What the language functions return: a stretch of the text, the rule that found it, a plain
value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Found:
    """``text[start:end]`` was found by ``rule``; ``value`` holds str, number, bool, None, list,
    dict."""

    start: int
    end: int
    rule: str
    confidence: float
    value: Mapping[str, Any] = field(default_factory=dict)


def span_value(text: str, start: int, end: int, rule: str, confidence: float) -> dict[str, Any]:
    """A part of a value as the record's SPAN: its words, place, rule and confidence."""
    return {
        "text": text[start:end],
        "start": start,
        "end": end,
        "rule": rule,
        "confidence": confidence,
    }
