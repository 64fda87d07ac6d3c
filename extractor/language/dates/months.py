"""Months without a day: "awal Mei 2024", "bulan Juli lalu", "Januari s/d Mei 2025"."""

import re
from collections.abc import Iterator

from extractor.language.dates.shapes import Day, Piece
from extractor.language.dates.tokens import Tokens

_MONTHS = re.compile(
    r"(?P<part>A?)B?(?P<name1>M)(?P<year1>y)?[-R]A?B?(?P<name2>M)(?:Y?(?P<year2>y))?(?P<cue2>[LF]?)"
    r"|(?P<a>A?)(?P<b>B?)(?P<name>M)(?:Y?(?P<year>y))?(?P<cue>[LF]?)"
)


def months(tokens: Tokens, taken: list[tuple[int, int]]) -> Iterator[Piece]:
    """The months of a text outside the token spans ``taken``; their day is 1, not to be used."""
    spans = iter(taken)
    span = next(spans, None)
    for match in _MONTHS.finditer(tokens.classes):
        first, last = match.span()
        while span is not None and span[1] <= first:
            span = next(spans, None)
        if span is not None and span[0] < last:
            continue
        groups = match.groupdict()
        at = {name: match.start(name) for name, text in groups.items() if text}
        if "name1" in at:
            year2 = tokens.number(at["year2"]) if "year2" in at else None
            year1 = tokens.number(at["year1"]) if "year1" in at else None
            names = (tokens.number(at["name1"]), tokens.number(at["name2"]))
            if year1 is None and year2 is not None:
                year1 = year2 - (names[0] > names[1])
            if year2 is None and "cue2" not in at:
                continue
            days: tuple[Day, ...] = (
                Day(1, names[0], year1, None, at["name1"]),
                Day(1, names[1], year2, None, at["name2"]),
            )
            cue = at.get("cue2", -1)
        else:
            if not at.keys() & {"a", "b", "year", "cue"}:
                continue
            named = tokens.items[at["name"]]
            if "b" not in at and not tokens.text[named.start].isupper():
                continue
            year = tokens.number(at["year"]) if "year" in at else None
            days = (Day(1, tokens.number(at["name"]), year, None, at["name"]),)
            cue = at.get("cue", -1)
        part = at.get("a", at.get("part", -1))
        yield Piece(
            form="month-part" if part >= 0 else "month",
            first=first,
            last=last,
            days=days,
            ranged=len(days) > 1,
            part=tokens.items[part].value if part >= 0 else None,
            cue={"L": "past", "F": "future"}.get(tokens.classes[cue]) if cue >= 0 else None,
        )
