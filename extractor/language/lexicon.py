"""What kinds of word there are round a person's name, and a text read word by word with their kinds.

The kinds are bits of one number, so that a word costs one dictionary look-up.
"""

import re
from dataclasses import dataclass, field
from enum import IntFlag
from functools import cached_property

from extractor.language.layout import Layout
from extractor.language.phrases import Word, words_of
from extractor.rulebook import RuleFile


class Kind(IntFlag):
    """What a word may be, as a bit; the values come from the word lists."""

    ROLE = 1
    PLACE_ROLE = 2
    ACTING = 4
    COMMON_ROLE = 8
    ORGANISATION = 16
    OFFICE_WORD = 32
    PLACE_HEAD = 64
    VENUE_HEAD = 128
    PLACE_TAIL = 256
    PLACE = 512
    ROLE_LINK = 1024
    ROLE_END = 2048
    PLURAL = 4096
    NAME_LINK = 8192
    NOT_NAME = 16384
    CUE_BEFORE = 32768
    CUE_AFTER = 65536
    SAYS = 131072
    ADVERB = 262144
    NICKNAME = 524288
    NICKNAME_LINK = 1048576
    NAMED = 2097152
    AS_ROLE = 4194304
    BEFORE_PLACE = 8388608
    GIVEN = 16777216
    OFFICE_FORM = 33554432
    AGENT_FORM = 67108864
    VERB_FORM = 134217728
    TITLE = 268435456
    DOUBTFUL = 536870912
    BELONGING = 1073741824
    UNIT = 2147483648
    REGION = 4294967296
    PASSIVE = 8589934592
    DIRECT = 17179869184


ROLE = int(Kind.ROLE)
PLACE_ROLE = int(Kind.PLACE_ROLE)
ACTING = int(Kind.ACTING)
COMMON_ROLE = int(Kind.COMMON_ROLE)
ORGANISATION = int(Kind.ORGANISATION)
OFFICE_WORD = int(Kind.OFFICE_WORD)
PLACE_HEAD = int(Kind.PLACE_HEAD)
VENUE_HEAD = int(Kind.VENUE_HEAD)
PLACE_TAIL = int(Kind.PLACE_TAIL)
PLACE = int(Kind.PLACE)
ROLE_LINK = int(Kind.ROLE_LINK)
ROLE_END = int(Kind.ROLE_END)
PLURAL = int(Kind.PLURAL)
NAME_LINK = int(Kind.NAME_LINK)
NOT_NAME = int(Kind.NOT_NAME)
CUE_BEFORE = int(Kind.CUE_BEFORE)
CUE_AFTER = int(Kind.CUE_AFTER)
SAYS = int(Kind.SAYS)
ADVERB = int(Kind.ADVERB)
NICKNAME = int(Kind.NICKNAME)
NICKNAME_LINK = int(Kind.NICKNAME_LINK)
NAMED = int(Kind.NAMED)
AS_ROLE = int(Kind.AS_ROLE)
BEFORE_PLACE = int(Kind.BEFORE_PLACE)
GIVEN = int(Kind.GIVEN)
OFFICE_FORM = int(Kind.OFFICE_FORM)
AGENT_FORM = int(Kind.AGENT_FORM)
VERB_FORM = int(Kind.VERB_FORM)
TITLE = int(Kind.TITLE)
DOUBTFUL = int(Kind.DOUBTFUL)
BELONGING = int(Kind.BELONGING)
UNIT = int(Kind.UNIT)
REGION = int(Kind.REGION)
PASSIVE = int(Kind.PASSIVE)
DIRECT = int(Kind.DIRECT)
OFFICE = OFFICE_WORD | OFFICE_FORM
ANY_ROLE = ROLE | PLACE_ROLE | ACTING | COMMON_ROLE

_LISTS = {
    "offices": {
        "common_role": COMMON_ROLE,
        "organisation": ORGANISATION,
        "office_word": OFFICE_WORD,
        "place_head": PLACE_HEAD,
        "venue_head": VENUE_HEAD,
        "place_tail": PLACE_TAIL,
        "place": PLACE,
        "topic_head": UNIT,
        "role_link": ROLE_LINK,
        "role_end": ROLE_END,
        "plural": PLURAL,
        "belonging": BELONGING,
    },
    "people": {
        "name_link": NAME_LINK,
        "not_name": NOT_NAME,
        "cue_before": CUE_BEFORE,
        "cue_after": CUE_AFTER,
        "says": SAYS,
        "adverb": ADVERB,
        "nickname": NICKNAME,
        "nickname_link": NICKNAME_LINK,
        "named": NAMED,
        "as_role": AS_ROLE,
        "before_place": BEFORE_PLACE,
        "given_name": GIVEN,
    },
}
_ROLE_GROUPS = {
    "place": PLACE_ROLE | ROLE,
    "office": ROLE,
    "acting": ACTING,
    "doubtful": ROLE | DOUBTFUL,
    "unit": ROLE | UNIT,
    "direct": ROLE | DIRECT,
    "region": ROLE | PLACE_ROLE | REGION,
}
_FORMS = {
    "office_form": OFFICE_FORM,
    "agent_form": AGENT_FORM,
    "verb_form": VERB_FORM,
    "passive_form": PASSIVE,
}
_PIECE = re.compile(r"[^\W\d_]+")
_NO_PLACE = ROLE | NOT_NAME | ORGANISATION
_BLANK = frozenset({" ", "\xa0", "  ", "   "})
_KNOWN = 50_000


class Lexicon:
    """The kinds of words, from ``people.yaml`` and ``offices.yaml``.

    A word that stands in no list is told by its form (``office_form`` and the like: ``pe...an``).
    """

    def __init__(self, people: RuleFile, offices: RuleFile) -> None:
        self._kinds: dict[str, int] = {}
        for file in (people, offices):
            for name, bit in _LISTS[file.stem].items():
                for surface in file.words[name]:
                    self._add(surface, bit)
        for surface, group in offices.words["role"].items():
            self._add(surface, _ROLE_GROUPS.get(group, ROLE))
        self.shouted = frozenset(
            surface.lower()
            for file, name in ((offices, "organisation"), (people, "not_name"))
            for surface in file.words[name]
            if surface.isupper()
        )
        self._forms = [
            (_form(people.surfaces(name)), bit)
            for name, bit in _FORMS.items()
            if people.surfaces(name)
        ]
        self.titles = _pieces(people.words["title"])
        self.address = frozenset(s for s, group in people.words["title"].items() if group == "kin")
        for surface in people.words["title"]:
            if surface.islower():
                self._add(surface, TITLE)
        self.degrees = frozenset("".join(_PIECE.findall(s)) for s in people.words["degree"])
        self.degree_starts = frozenset(
            (_PIECE.findall(s) or [""])[0] for s in people.words["degree"]
        ) - {""}
        self.short = frozenset(s for s in people.words["short"])
        self.conjunctions = frozenset(people.words["conjunction"])
        self.relative = frozenset(people.words["relative"])
        self.ranks = frozenset(s for s, group in people.words["title"].items() if group == "rank")
        self.pointing = frozenset(people.words["pointing"])
        self.of_office = frozenset(people.words["of_office"])
        self.name_mark = frozenset(people.words["name_mark"])
        self.sent_by = frozenset(people.words["sent_by"])
        self.spelt_out = {
            short: tuple(long.split()) for short, long in offices.words["spelt_out"].items()
        }
        self.at_place = frozenset(people.words["at_place"])
        self.after_i = frozenset(people.words["after_i"])
        self.bears_name = frozenset(people.words["bears_name"])
        self.breaking = frozenset(
            s
            for s, group in people.words["title"].items()
            if group in ("title", "rank") and len(s) > 1
        ) - {s.capitalize() for s in people.words["given_name"]}
        self.namely = frozenset(people.words["namely"])
        self.delegate = dict(people.words["delegate"])
        self.pseudonym = frozenset(people.words["pseudonym"])

    def _add(self, surface: str, bit: int) -> None:
        key = surface.lower()
        self._kinds[key] = self._kinds.get(key, 0) | bit

    def kind(self, lower: str) -> int:
        """The kinds of a word in small letters, as bits."""
        known = self._kinds.get(lower)
        if known is None:
            known = 0
            for form, bit in self._forms:
                if form.fullmatch(lower):
                    known |= bit
            if len(self._kinds) < _KNOWN:
                self._kinds[lower] = known
        return known


def _form(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """``pe...an`` as a regular expression: at least three letters stand for the dots."""
    return re.compile("|".join(r"\w{3,}".join(map(re.escape, p.split("..."))) for p in patterns))


def _pieces(titles: "dict[str, str] | object") -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for surface, group in dict(titles).items():  # type: ignore[call-overload]
        parts = tuple(_PIECE.findall(surface))
        by_first.setdefault(parts[0], []).append((parts, group))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


@dataclass(eq=False)
class Reading:
    """A text as words with their kinds; ``skipped`` holds the stretches where no person is looked for."""

    layout: Layout
    lexicon: Lexicon
    words: tuple[Word, ...] = field(init=False)
    kinds: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.words = words_of(self.layout.text)
        kind = self.lexicon.kind
        self.kinds = kinds = [kind(word.lower) for word in self.words]
        shouted = self.lexicon.shouted
        for at, one in enumerate(kinds):
            if one & (ORGANISATION | NOT_NAME) and self.words[at].lower in shouted:
                if not self.surface(at).isupper():
                    kinds[at] = one & ~(ORGANISATION | NOT_NAME)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.layout.text

    def surface(self, at: int) -> str:
        """Word number ``at`` as written."""
        word = self.words[at]
        return self.layout.text[word.start : word.end]

    def gap(self, at: int) -> str:
        """What stands before word number ``at``, after the word before it; at most 12 characters."""
        end = self.words[at].start if at < len(self.words) else len(self.layout.text)
        start = self.words[at - 1].end if at else 0
        return self.layout.text[start : min(end, start + 12)]

    def joined(self, at: int) -> bool:
        """Whether word ``at`` goes on where the word before it stopped: blank, initial, hyphen."""
        gap = self.gap(at)
        if gap in _BLANK or gap in ("-", "' ", "’ "):
            return True
        if gap in (". ", "."):
            word = self.words[at - 1]
            return word.end - word.start == 1 or word.lower in self.lexicon.short
        return False

    def ends_line(self, at: int) -> bool:
        """Whether nothing but a sign stands between word ``at - 1`` and the end of its line."""
        gap = self.gap(at)
        return at >= len(self.words) or "\n" in gap

    @cached_property
    def small(self) -> frozenset[str]:
        """All words that stand somewhere in small letters."""
        return frozenset(word.lower for word in self.words if not word.capital)

    @cached_property
    def places(self) -> dict[str, int]:
        """Names of places the text itself gives: first word (small) -> number of words.

        ``Kota X Y``, ``di X``, the dateline, and an abbreviation in brackets behind such a name.
        """
        found: dict[str, int] = {}
        words, kinds = self.words, self.kinds
        dateline = self.layout.dateline
        for at, kind in enumerate(kinds):
            if dateline is not None and words[at].start < dateline[1]:
                if words[at].start >= dateline[0] and words[at].capital:
                    found.setdefault(words[at].lower, 1)
                continue
            headed = bool(kind & PLACE_HEAD)
            if not headed and words[at].lower not in self.lexicon.at_place:
                continue
            if at + 1 >= len(words) or (at and kinds[at - 1] & UNIT):
                continue
            first = last = at + 1
            while last < len(words) and last - first < 4 and words[last].capital:
                if self.gap(last) not in _BLANK or kinds[last] & _NO_PLACE:
                    break
                last += 1
            if last == first:
                continue
            size = last - first
            if not headed:
                if size > 2 or kinds[first] & (VENUE_HEAD | PLACE_HEAD | OFFICE_WORD | GIVEN):
                    continue
            told = (
                last < len(words) and kinds[last] & (CUE_AFTER | SAYS) and self.gap(last) in _BLANK
            )
            if told or size > 3:
                size = 1
            if kinds[first] & (PLACE_HEAD | OFFICE_WORD) and size == 1:
                continue
            # The shortest form seen wins: "Kota X Barat Daya Maju" names more than the city.
            key = words[first].lower
            found[key] = min(size, found.get(key, size))
            if last < len(words) and self.gap(last) in (" (", "(") and words[last].capital:
                if self.text[words[last].end : words[last].end + 1] == ")":
                    found.setdefault(words[last].lower, 1)
        return found

    @cached_property
    def alone(self) -> frozenset[str]:
        """Capitalised words that speak on their own somewhere: ``kata X``, ``X mengatakan``."""
        words, kinds = self.words, self.kinds
        heard = set()
        for at, kind in enumerate(kinds):
            if kind & CUE_BEFORE and at + 1 < len(words) and words[at + 1].capital:
                if self.gap(at + 1) in _BLANK and not self._goes_on(at + 2):
                    heard.add(words[at + 1].lower)
            elif (
                kind & (SAYS | CUE_AFTER)
                and at
                and words[at - 1].capital
                and self.gap(at) in _BLANK
            ):
                if at < 2 or not words[at - 2].capital or self.gap(at - 1) not in _BLANK:
                    heard.add(words[at - 1].lower)
        return frozenset(heard)

    def _goes_on(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].capital and self.gap(at) in _BLANK
