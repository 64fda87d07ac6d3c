"""The year that a well-known anniversary tells: HUT ke-75 RI is held in 2020."""

import re
from collections.abc import Iterable, Mapping

_ORDINAL = re.compile(r"\b[Kk][Ee][ \-–]{0,3}(\d{1,3})\b")
_STOP = re.compile(r"[.;!?\n]")
_BEFORE, _AFTER = 70, 30


class Anniversaries:
    """Reads ordinals beside what is celebrated; ``founded`` gives each name's year, ``birthday``
    are the words that make a name behind the ordinal one (HUT ke-75 RI)."""

    def __init__(self, founded: Mapping[str, str], birthday: Iterable[str]) -> None:
        self._founded = {name: int(year) for name, year in founded.items()}
        names = sorted(self._founded, key=len, reverse=True)
        self._name = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")
        self._birthday = re.compile(r"\b(?:" + "|".join(map(re.escape, birthday)) + r")\b")

    def years(self, text: str, likely: range) -> list[int]:
        """The years that the anniversaries of a text tell, of those a release may be of (Presiden
        RI ke-7 tells none)."""
        found = []
        for ordinal in _ORDINAL.finditer(text):
            before = text[max(0, ordinal.start() - _BEFORE) : ordinal.start()].lower()
            before = _STOP.split(before)[-1]
            after = _STOP.split(text[ordinal.end() : ordinal.end() + _AFTER].lower())[0]
            names = self._name.findall(before)
            if not names and self._birthday.search(before):
                names = self._name.findall(after)[:1]
            if names:
                year = self._founded[names[-1]] + int(ordinal.group(1))
                found += [year] if year in likely else []
        return found
