"""What only a draft as a whole shows: a weekday against its date, numbers and spellings that
contradict each other, stray capitals, sentences that hang in the air.

The rules lie in ``rules/style/consistency.yaml``; one kind each, the code knows their shape.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from extractor.editing.counts import Numbers
from extractor.editing.finding import finding, told
from extractor.editing.spellings import Spellings
from extractor.editing.vocabulary import vocabulary
from extractor.language.dates.finding import DateReader
from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.record import Edit
from extractor.rulebook import Rule, Rulebook, RuleFile

_ITEM = re.compile(r"(?:\d{1,3}|[A-Za-z])\s*[.)]\s|[^\w\s“”\"'‘’(\[#@…]+\s")
_LAST_WORD = re.compile(r"([^\W\d_]+)\Z")
_STRAY = re.compile(r"[A-Z][a-z]{4,}")
_SMALL = re.compile(r"\b[a-z]{5,}\b")
_SMALL_BEFORE = re.compile(r"\b[a-z]+\Z")
_BLANKS = (" ", "\t", "\xa0")
_FOLLOWING = re.compile(r"(?m)[ \t\xa0][a-z]|[,.;]?$|[.,;][ \t\xa0]")


def consistency_edits(
    layout: Layout, rulebook: Rulebook, published: date | None = None
) -> Iterator[Edit]:
    """The findings of a draft that need more than a line to be seen; in no order.

    ``published`` helps to tell the year of its dates.
    """
    for file in rulebook.group("style"):
        if file.stem == "style/consistency":
            yield from _consistency(file, rulebook["dates"]).edits(layout, published)


@lru_cache(maxsize=8)
def _consistency(file: RuleFile, dates: RuleFile) -> "Consistency":
    return Consistency(file, dates)


class Consistency:
    """The rules of ``rules/style/consistency.yaml``, made ready once."""

    def __init__(self, file: RuleFile, dates: RuleFile) -> None:
        self._rules = {rule.id: rule for rule in file.rules}
        self._dates = DateReader(dates)
        self._longest_date = int(file.settings["longest_date"])
        self._shortest_broken = int(file.settings["shortest_broken"])
        self._numbers = Numbers(file)
        self._spellings = Spellings(file)
        self._unfinished = frozenset(word.lower() for word in file.words["left_open"])
        self._around_date = frozenset(word.lower() for word in file.words["date_around"])
        self._links = frozenset(word.lower() for word in file.words["and_word"])
        self._weekday = _first_forms(dates, "weekday")
        self._month = _first_forms(dates, "month")
        self._strays = tuple(r for r in file.of_kind("capital") if r.pattern is not None)

    def edits(self, layout: Layout, published: date | None) -> Iterator[Edit]:
        """All findings of a draft."""
        found = self._dates.read(layout.text, layout, published)
        yield from self._weekdays(layout.text, found)
        yield from self._lone_dates(layout, found)
        yield from self._broken_off(layout)
        yield from self._numbers.edits(layout)
        yield from self._spellings.edits(layout)
        for rule in self._strays:
            yield from self._stray_capitals(layout, rule)

    def _weekdays(self, text: str, found: list[Found]) -> Iterator[Edit]:
        for one in found:
            value = one.value
            likely, day = _day(value.get("repair")), _day(value.get("start"))
            if likely is None or day is None:
                continue
            if likely != day and value.get("year_source") not in ("written", "published"):
                continue
            rule = self._rules.get("style.weekday" if likely != day else "style.odd-year")
            if rule is not None:
                real, shown = self._weekday[day.isoweekday()], self._shown(likely)
                yield told(text, rule, one.start, one.end, weekday=real, likely=shown)

    def _shown(self, day: date) -> str:
        weekday, month = self._weekday[day.isoweekday()], self._month[day.month]
        return f"{weekday}, {day.day} {month} {day.year}"

    def _lone_dates(self, layout: Layout, found: list[Found]) -> Iterator[Edit]:
        """A sentence between others that is no more than a date."""
        rule = self._rules.get("style.fragment-date")
        if rule is None:
            return
        sentences = layout.sentences
        at = 0
        for one in found:
            while at < len(sentences) and sentences[at].end < one.end:
                at += 1
            if at == len(sentences) or at == 0:
                continue
            sentence = sentences[at]
            if one.start < sentence.start or sentence.end - sentence.start > self._longest_date:
                continue
            if sentences[at - 1].paragraph != sentence.paragraph or sentence.paragraph == 0:
                continue
            text = layout.text
            around = text[sentence.start : one.start] + " " + text[one.end : sentence.end]
            words = (word.strip("().,;:").lower() for word in around.split())
            if all(word in self._around_date for word in words if word):
                yield told(text, rule, sentence.start, sentence.end)

    def _broken_off(self, layout: Layout) -> Iterator[Edit]:
        """A paragraph that ends in a word after which something must come."""
        rule = self._rules.get("style.broken-off")
        if rule is None:
            return
        text = layout.text
        lines = layout.paragraphs
        for number, line in enumerate(lines):
            if line.kind != "body" or line.end - line.start < self._shortest_broken:
                continue
            if not text[line.end - 1].isalpha():
                continue
            last = _LAST_WORD.search(text[max(line.start, line.end - 40) : line.end])
            if last is None or last[1] not in self._unfinished:
                continue
            following = lines[number + 1] if number + 1 < len(lines) else None
            listed = following is not None and (
                _ITEM.match(text[following.start : following.end])
                or text[following.start].islower()
            )
            if not listed and not _ITEM.match(text[line.start : line.end]):
                yield told(text, rule, line.end - len(last[1]), line.end)

    def _stray_capitals(self, layout: Layout, rule: Rule) -> Iterator[Edit]:
        """Ordinary words with a capital between small ones, which the draft writes small too."""
        text = layout.text
        words = vocabulary(text)
        pattern = rule.pattern
        assert pattern is not None
        body = next((p.start for p in layout.paragraphs if p.kind == "body"), len(text))

        def stray(surface: str) -> str | None:
            lower = surface.lower()
            plain = _STRAY.fullmatch(surface) is not None and pattern.fullmatch(lower)
            return lower if plain and lower in _small(text) else None

        for number, word in words.where(stray):
            start, end = words.starts[number], words.ends[number]
            before = _SMALL_BEFORE.search(words.surfaces[number - 1]) if number else None
            if before is None or words.gap(number) not in _BLANKS:
                continue
            if words.starts[number - 1] + before.start() < body or not _FOLLOWING.match(text, end):
                continue
            if not self._goes_on(text, end):  # the name of a programme
                yield finding(rule, start, end, word, rule.fields.get("grade", "tell"))

    def _goes_on(self, text: str, at: int) -> bool:
        """Whether a word with a capital is joined by "dan" to another one."""
        following = text[at : at + 40].split(maxsplit=2)[:2]
        return len(following) == 2 and following[0] in self._links and following[1][0].isupper()


def _first_forms(dates: RuleFile, name: str) -> dict[int, str]:
    forms: dict[int, str] = {}
    for surface, value in dates.words[name].items():
        forms.setdefault(int(value), surface)
    return forms


@lru_cache(maxsize=2)
def _small(text: str) -> frozenset[str]:
    """The longer words of a draft that stand in small letters somewhere."""
    return frozenset(word for surface in vocabulary(text).lower for word in _SMALL.findall(surface))


def _day(iso: object) -> date | None:
    return date.fromisoformat(str(iso)) if iso else None
