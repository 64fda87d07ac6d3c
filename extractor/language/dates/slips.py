"""Month and weekday names with a slip of the pen, told by where they stand: "2 Agustsu 2024"."""

import re
from collections.abc import Iterable, Iterator, Mapping

# The odd word, with what stands round it: a day before and a year after, or a weekday before both;
# for a weekday the date behind it.
_MONTH = re.compile(r"d;?(?P<name>x)(?=[-/,.]?y)|[Ww][QPV]?,?T?d(?P<name2>x)")
_WEEKDAY = re.compile(r"(?P<name>x)(?=[QPV]?,?\(?(?:d[/-]d|T?d[Mm]))")
_SHORTEST = 4


class Slips:
    """Knows the names of months and weekdays, which ``month`` and ``weekday`` map to numbers."""

    def __init__(self, month: Mapping[str, str], weekday: Mapping[str, str]) -> None:
        self._months = _by_letter(month)
        self._weekdays = _by_letter(weekday)

    def find(self, classes: str, words: list[str]) -> Iterator[tuple[int, str, str]]:
        """(place, class, number) of each misspelt name; ``words`` are in small letters."""
        for match in _MONTH.finditer(classes):
            by_year = match["name"] is not None
            at = match.start("name" if by_year else "name2")
            found = _meant(words[at], self._months, by_year)
            if found is not None:
                yield at, "o", found
        for match in _WEEKDAY.finditer(classes):
            found = _meant(words[match.start()], self._weekdays, False)
            if found is not None:
                yield match.start(), "W", found


def _by_letter(names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The names by their first letter, which is seldom mistyped."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, number in names.items():
        if len(name) >= _SHORTEST and name.isalpha():
            found.setdefault(name[0].lower(), []).append((name.lower(), number))
    return found


def _meant(word: str, names: Mapping[str, list[tuple[str, str]]], other_letter: bool) -> str | None:
    near: Iterable[tuple[str, str]] = names.get(word[:1], ())
    return next((number for name, number in near if one_slip(word, name, other_letter)), None)


def one_slip(word: str, name: str, other_letter: bool) -> bool:
    """Whether a letter is dropped, added or two are swapped; or (if allowed) one is another."""
    if abs(len(word) - len(name)) > 1:
        return False
    if len(word) == len(name):
        places = [i for i, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
        if len(places) == 1:
            return other_letter and len(name) > _SHORTEST
        return len(places) == 2 and (
            places[1] == places[0] + 1
            and word[places[0]] == name[places[1]]
            and word[places[1]] == name[places[0]]
        )
    short, long = sorted((word, name), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
