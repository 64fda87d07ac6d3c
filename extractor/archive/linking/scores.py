"""A score in bits, with what speaks for and against."""

from dataclasses import dataclass, field
from typing import Any

NEVER = -1000.0


@dataclass(slots=True)
class Score:
    """Evidence that two mentions are one: ``bits`` are the logarithm to the base 2 of the odds,
    ``against`` what contradicts it, by what is compared, ``reasons`` (what is compared, how it
    compares, bits)."""

    bits: float = 0.0
    against: dict[str, float] = field(default_factory=dict)
    reasons: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, about: str, how: str, bits: float, against: bool = True) -> None:
        """One more piece of evidence; ``against``: where it is negative it is a contradiction, not
        only something that is not said."""
        self.bits += bits
        if bits < 0 and against:
            self.contradict(about, bits)
        self.reasons.append((about, how, bits))

    def contradict(self, about: str, bits: float) -> None:
        """So much less than nothing, whatever it adds to the score."""
        self.against[about] = self.against.get(about, 0.0) + bits

    def told(self) -> list[dict[str, Any]]:
        """The reasons as they are kept."""
        return [
            {"about": about, "how": how, "bits": round(bits, 2)}
            for about, how, bits in self.reasons
            if round(bits, 2)
        ]


def probability(bits: float) -> float:
    """The probability that these odds mean, between 0 and 1."""
    odds: float = 2.0 ** max(-40.0, min(40.0, bits))
    return round(odds / (1 + odds), 4)
