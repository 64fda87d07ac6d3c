"""Words of a text as date classes: one letter a word, so that date forms are short expressions.

=====  =============================================================================
d, 2   a number of one or two digits: 1-31, or another
y, N   a number of four digits; any other number
u, U   a number in words, its tens, hundreds, thousands
M, m   a month's name, an abbreviation of one; o: a misspelt one
W, w   a weekday's name, an abbreviation of one
T H    the words for "date" and "day"; B, Y: for "month" and "year"
P, V   part of the day, the night; Q: day of the five-day market week
R &    to (range); and (list)
L F    past (last, ago), future (next, coming); i: this; A: early, middle, late
K Z    "at … o'clock", time zone; s: half; e: until the end
D G    yesterday, today, tomorrow …; week
p      on, at
x      anything else; a line break is ``\\n``
=====  =============================================================================

Punctuation is ``, ( ) / - ' . : ; =``, where ``.`` and ``:`` stand between digits only and are
``;`` and ``=`` elsewhere.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.language.dates.slips import Slips
from extractor.language.signs import runs_of
from extractor.rulebook import RuleFile

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’‘`´][^\W\d_]+)*|[^\w\s*]|[\n\r\x0b\x0c\x85\u2028\u2029]")
_APOSTROPHE = str.maketrans("’‘`´", "''''")
_DASHES = "-–—−‐‑‒~"
_PUNCTUATION = {",": ",", "(": "(", "[": "(", ")": ")", "]": ")", "/": "/", "&": "&", ";": ";"}
_PUNCTUATION |= dict.fromkeys(_DASHES, "-")
_PUNCTUATION |= dict.fromkeys("'’‘`´", "'")
# A year, a mark between numbers, a letter beside one, what chats put round words.
_DATED = (
    r"\p{Nd}{4}|[/'’‘`´*_]|\p{Nd}\s*["
    + re.escape(_DASHES)
    + r"]\s*\p{Nd}|\p{Nd}[.:]\p{Nd}|\p{Nd}[\pL\p{Nl}\p{No}]|[\pL\p{Nl}\p{No}]\p{Nd}"
)
_GAP = "…"
_MARGIN = 24
_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")

# Which word list gives which letter.
LISTS = {
    "month": "M",
    "month_abbreviation": "m",
    "weekday": "W",
    "weekday_abbreviation": "w",
    "date_word": "T",
    "day_word": "H",
    "month_word": "B",
    "year_word": "Y",
    "day_part": "P",
    "market_day": "Q",
    "range_word": "R",
    "list_word": "&",
    "past_word": "L",
    "future_word": "F",
    "this_word": "i",
    "month_part": "A",
    "clock_word": "K",
    "zone": "Z",
    "half_word": "s",
    "until_end": "e",
    "relative_day": "D",
    "week_word": "G",
    "preposition": "p",
    "number": "u",
    "number_unit": "U",
}
# Words that no date or time does without, beside digits.
TRIGGERS = (
    "month",
    "weekday",
    "date_word",
    "month_word",
    "past_word",
    "future_word",
    "relative_day",
    "day_part",
    "week_word",
    "week_or_sunday",
    "clock_word",
    "half_word",
    "number_unit",
)


class Token(NamedTuple):
    """``text[start:end]``; ``value`` is the number of a number, month or weekday, else a word."""

    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text and their classes: ``classes[i]`` is the letter of ``items[i]``."""

    text: str
    items: list[Token]
    classes: str

    def number(self, at: int) -> int:
        """The number that token stands for."""
        return int(self.items[at].value)

    def in_words(self, first: int, last: int) -> int:
        """The number that words such as "dua ribu dua puluh tiga" stand for."""
        total = hundreds = unit = 0
        for item, letter in zip(self.items[first:last], self.classes[first:last], strict=True):
            size = int(item.value)
            if letter == "u":
                hundreds, unit = hundreds + unit, size
            elif size == 1000:
                total, hundreds, unit = (total + hundreds + unit) * size, 0, 0
            else:
                hundreds, unit = hundreds + (unit + 10 if size == 1 else unit * size), 0
        return total + hundreds + unit

    def words(self, first: int, last: int) -> str:
        """The text from one token to before another."""
        return self.text[self.items[first].start : self.items[last - 1].end]


class Lexer:
    """Splits a text by the word lists of ``rules/dates.yaml``; compiled once."""

    def __init__(self, rules: RuleFile) -> None:
        self._single: dict[str, tuple[str, str]] = {}
        self._several: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for name, letter in LISTS.items():
            for surface, value in rules.words.get(name, {}).items():
                parts = tuple(_pieces(surface.translate(_APOSTROPHE).lower()))
                if len(parts) == 1:
                    self._single.setdefault(parts[0], (letter, value))
                elif parts:
                    self._several.setdefault(parts[0], []).append((parts, letter, value))
        for entries in self._several.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._weeks = {s.lower() for s in rules.words.get("week_or_sunday", {})}
        self._night = frozenset(rules.words.get("night_part", {}))
        self._slips = Slips(rules.words.get("month", {}), rules.words.get("weekday", {}))
        # Without a trigger that is a word, a number belongs to a date or time by one of these only.
        self._dated = rules.compile(
            _DATED + r"|\b(?:{month_abbreviation}|{weekday_abbreviation})\b"
        )
        self._trigger = rules.compile(
            r"(?i)\b(?:" + "|".join("{" + name + "}" for name in TRIGGERS) + r")\b"
        )

    def read(self, text: str, paragraphs: Sequence[tuple[int, int]] = ()) -> Tokens:
        """The tokens round digits and words of time, in one pass; the rest is left out.

        A line break within one of the ``paragraphs`` (start, end) is a blank.
        """
        raw: list[tuple[int, int, str]] = []
        for start, end, dated in self._windows(text):
            if dated:
                raw += [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, end)]
                raw.append((end, end, _GAP))
            elif len(raw) < 2 or raw[-2][2] != _GAP:  # that something is left out shows
                raw += [(end, end, _GAP)] * 2
        items: list[Token] = []
        letters: list[str] = []
        single, several = self._single, self._several
        at, count = 0, len(raw)
        while at < count:
            start, end, word = raw[at]
            at += 1
            first = word[0]
            if first.isdigit() and word.isdecimal():
                letter, value = _number(word)
            elif first.isalpha():
                value = word.lower() if word.isalpha() else word.translate(_APOSTROPHE).lower()
                letter = "x"
                if value in several:
                    for parts, mark, meaning in several[value]:
                        following = raw[at : at + len(parts) - 1]
                        if (
                            tuple(w[2].translate(_APOSTROPHE).lower() for w in following)
                            == parts[1:]
                        ):
                            letter, value, end = mark, meaning, following[-1][1]
                            letter = "V" if mark == "P" and value in self._night else mark
                            at += len(following)
                            break
                if letter == "x" and value in single:
                    letter, value = single[value]
                    if letter == "P" and value in self._night:
                        letter = "V"
                    if word in self._weeks and letters and letters[-1] in "d2Nu)":
                        letter = "G"
            elif word in _BREAKS:
                place = bisect_right(paragraphs, (start, len(text))) - 1
                if place >= 0 and start < paragraphs[place][1]:
                    continue
                letter, value = "\n", word
            elif word in ".:":
                between = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
                letter, value = (word if between else ";" if word == "." else "="), word
            else:
                letter, value = _PUNCTUATION.get(word, "x"), word
            items.append(Token(start, end, value))
            letters.append(letter)
        for place, letter, value in self._slips.find("".join(letters), [i.value for i in items]):
            letters[place], items[place] = letter, items[place]._replace(value=value)
        return Tokens(text, items, "".join(letters))

    def _windows(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Stretches round digits and words of time, of whole words, joined where they touch; and
        whether there is more in them than plain numbers."""
        told = [match.span() for match in self._dated.finditer(text)]
        place = 0

        def dated(first: int, last: int) -> bool:
            nonlocal place
            while place < len(told) and told[place][1] <= first:
                place += 1
            return place < len(told) and told[place][0] < last

        triggers = [(start, end, False) for start, end in runs_of(text, "0", "9")]
        triggers += [(*match.span(), True) for match in self._trigger.finditer(text)]
        triggers.sort()
        first = last = 0
        named = False
        for start, end, word in triggers:
            start = max(0, start - _MARGIN)
            while start > last and not text[start - 1].isspace():
                start -= 1
            if start > last:
                if last:
                    yield first, last, named or dated(first, last)
                first, named = start, False
            named = named or word
            last = end = min(len(text), max(last, end + _MARGIN))
            while last < len(text) and not text[last].isspace():
                last += 1
        if last:
            yield first, last, named or dated(first, last)


def _pieces(surface: str) -> Iterable[str]:
    return _TOKEN.findall(surface)


def _number(word: str) -> tuple[str, str]:
    if len(word) <= 2:
        return ("d" if 1 <= int(word) <= 31 else "2"), word
    return ("y" if len(word) == 4 else "N"), word if len(word) <= 4 else "0"
