"""Optional knowledge: who held which office when, from ``rules/officials.yaml``.

It may supply a full name where the text gives a shorter one. Role, place and a day of the release
must fit; the source is named beside the name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.rulebook import Rule, RuleFile

_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Official:
    """One person in one office; ``since`` and ``until`` are ISO days, "" where open."""

    rule: str
    confidence: float
    name: str
    tokens: frozenset[str]
    roles: tuple[str, ...]
    places: tuple[str, ...]
    since: str
    until: str
    source: str


class Officials:
    """The officials of one rule file, to be asked by name, role and days."""

    def __init__(self, file: RuleFile) -> None:
        self._by_token: dict[str, list[Official]] = {}
        for rule in file.rules:
            official = _official(rule)
            for token in official.tokens:
                self._by_token.setdefault(token, []).append(official)

    def find(self, name: str, role: str, days: Sequence[str]) -> Official | None:
        """The official whom a shorter ``name`` with this ``role`` means on one of the ``days``."""
        tokens = {t.lower() for t in _LETTERS.findall(name)}
        if not tokens or not days:
            return None
        written = _plain(role)
        fitting = [
            one
            for one in self._by_token.get(next(iter(tokens)), ())
            if tokens <= one.tokens
            and name.lower() != one.name.lower()
            and any(written.startswith(office) for office in one.roles)
            and (not one.places or any(place in written for place in one.places))
            and any(one.since <= day and (not one.until or day <= one.until) for day in days)
        ]
        return fitting[0] if len(fitting) == 1 else None


def _official(rule: Rule) -> Official:
    fields = rule.fields
    name = str(fields.get("name", ""))
    known = [name, *_texts(fields.get("known_as"))]
    return Official(
        rule.id,
        rule.confidence,
        name,
        frozenset(t.lower() for text in known for t in _LETTERS.findall(text)),
        tuple(_plain(text) for text in _texts(fields.get("role"))),
        tuple(_plain(text) for text in _texts(fields.get("place"))),
        str(fields.get("since") or ""),
        str(fields.get("until") or ""),
        str(fields.get("source") or ""),
    )


def _texts(value: object) -> Iterable[str]:
    if value is None:
        return ()
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _plain(text: str) -> str:
    """Small letters without blanks, so that Wali Kota and Walikota are one."""
    return "".join(_LETTERS.findall(text)).lower()
