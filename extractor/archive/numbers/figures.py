"""Months and numbers as Indonesian and English write them."""

from extractor.messages import language
from extractor.rulebook import Rulebook

_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class Words:
    """Months and numbers as the language of the picture writes them."""

    def __init__(self, rulebook: Rulebook) -> None:
        """The names of the months stand in ``dates.yaml``: the first of each."""
        named: dict[str, str] = {}
        for surface, number in rulebook["dates"].words["month"].items():
            named.setdefault(number, surface)
        self.indonesian = language() == "id"
        self.months = (
            tuple(named[str(month)] for month in range(1, 13)) if self.indonesian else _ENGLISH
        )

    def number(self, n: int) -> str:
        """``1.234`` in Indonesian, ``1,234`` in English."""
        return f"{n:,}".replace(",", ".") if self.indonesian else f"{n:,}"

    def percent(self, share: float) -> str:
        """``12,5%`` in Indonesian, ``12.5%`` in English."""
        said = f"{100 * share:.1f}".removesuffix(".0")
        return (said.replace(".", ",") if self.indonesian else said) + "%"

    def month(self, month: str) -> str:
        """``Mei 2024`` for ``2024-05``; what is no month as it is."""
        year, _dash, number = month.partition("-")
        if number.isdecimal() and 1 <= int(number) <= 12:
            return f"{self.months[int(number) - 1]} {year}"
        return month
