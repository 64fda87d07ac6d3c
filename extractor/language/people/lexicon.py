"""What kinds of word there are round a person's name, and a text read word by word with their
kinds.

The kinds are bits of one number, so that a word costs one dictionary look-up.
"""

import re
from collections.abc import Iterable, Mapping
from enum import IntFlag

from extractor.rulebook import RuleFile
from extractor.rulebook.patterns import alternation


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
    OPENER = 34359738368
    NAME_FORM = 68719476736


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
OPENER = int(Kind.OPENER)
NAME_FORM = int(Kind.NAME_FORM)
OFFICE = OFFICE_WORD | OFFICE_FORM
ANY_GIVEN = GIVEN | NAME_FORM
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
    "opener_form": OPENER,
}
_PIECE = re.compile(r"[^\W\d_]+")
_KNOWN = 50_000


class Lexicon:
    """The kinds of words, from ``people.yaml`` and ``offices.yaml``.

    A word that stands in no list is told by its form (``office_form`` and the like: ``pe...an``).
    """

    def __init__(self, people: RuleFile, offices: RuleFile) -> None:
        self.known: dict[str, int] = {}
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
        self.formal = frozenset(s for s, group in people.words["title"].items() if group != "kin")
        self.address = frozenset(s for s, group in people.words["title"].items() if group == "kin")
        for surface in people.words["title"]:
            if surface.islower():
                self._add(surface, TITLE)
        self.degrees = frozenset("".join(_PIECE.findall(s)) for s in people.words["degree"])
        self.degree_starts = (
            frozenset((_PIECE.findall(s) or [""])[0] for s in people.words["degree"]) - {""}
            | self.degrees
        )
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
        self.region_offices = frozenset(
            tuple(long.split())
            for short, long in offices.words["spelt_out"].items()
            if self.known.get(short, 0) & REGION and " " in long
        )
        self.bureau = frozenset(offices.words["bureau"])
        self.verb_start = tuple(people.surfaces("verb_start"))
        self.owned_end = tuple(people.surfaces("owned_end"))
        self.verb_end = tuple(people.surfaces("verb_end"))
        self._deputy = people.surfaces("deputy_start")
        self._heads = people.surfaces("head_of")
        self.body_start = tuple(people.surfaces("body_start"))
        self._body_form = _form(people.surfaces("body_form"))
        self._name_form = _form(people.surfaces("name_form"))
        self.particle = tuple(people.surfaces("particle"))
        self.of_class = frozenset(people.words["of_class"])
        self.throughout = frozenset(people.words["throughout"])
        self.age_word = frozenset(people.words["age_word"])
        self.hero = frozenset(people.words["hero"])
        self.in_name = frozenset(people.words["in_name"])
        self.from_place = frozenset(people.words["from_place"])
        self.consists = frozenset(people.words["consists"])
        self.feast_name = frozenset(people.words["feast_name"])
        self.bureau_head = frozenset(people.words["bureau_head"])
        self.balinese = frozenset(people.words["balinese"])
        self.preposition = frozenset(people.words["preposition"])
        self.saint = frozenset(people.words["saint"])
        self.work = frozenset(people.words["work"])
        self.honoured = frozenset(people.words["honoured"])
        self.of_kin = frozenset(people.words["of_kin"])
        self.married = frozenset(people.words["married"])
        self.gives_name = frozenset(people.words["gives_name"])
        self.of_husband = frozenset(people.words["of_husband"])
        self.now = frozenset(people.words["now"])
        self.in_office = frozenset(people.words["in_office"])
        self.member = frozenset(people.words["member"])
        self.one_of = frozenset(people.words["one_of"])
        self.general_of = frozenset(people.words["general_of"])
        self.nature = frozenset(offices.words["nature"])
        self.at_place = frozenset(people.words["at_place"])
        self.before_balinese = frozenset(people.words["before_balinese"])
        self.name_or_number = frozenset(people.words["name_or_number"])
        self.after_i = frozenset(people.words["after_i"])
        self.name_pairs = frozenset((a, b) for b, a in people.words["name_pair"].items())
        self.office_pairs = frozenset(people.words["office_pair"].items())
        self.name_initials = frozenset(people.words["name_initials"])
        self.published_by = frozenset(people.words["published_by"])
        self.of_region = frozenset(offices.words["of_region"])
        self.bears_name = frozenset(people.words["bears_name"])
        self.age_unit = frozenset(people.words["age_unit"])
        self.assembly = frozenset(people.words["assembly"])
        self.breaking = frozenset(
            s
            for s, group in people.words["title"].items()
            if group in ("title", "rank") and len(s) > 1
        ) - {s.capitalize() for s in people.words["given_name"]}
        self.headline_verb = frozenset(people.words["headline_verb"])
        self.held_by = frozenset(people.words["held_by"])
        self.succeeded = frozenset(people.words["succeeded"])
        self.by = frozenset(people.words["by"])
        self.namely = frozenset(people.words["namely"])
        self.delegate = dict(people.words["delegate"])
        also, pseudonym = people.one_of("also"), people.one_of("pseudonym")
        said = rf"[\"”’']?\s*[(,\[–-]?\s*(?:{also}\s+)?{pseudonym}"
        self.changed_name = re.compile(said, re.IGNORECASE)
        self.pseudonym = frozenset(s.split()[-1] for s in people.words["pseudonym"])
        called = people.words["called"]
        self.called = _said_before(called)
        self.called_by_name = _said_before(s for s, group in called.items() if group == "name")

    def _add(self, surface: str, bit: int) -> None:
        key = surface.lower()
        self.known[key] = self.known.get(key, 0) | bit

    def kind(self, lower: str) -> int:
        """The kinds of a word in small letters, as bits."""
        known = self.known.get(lower)
        if known is None:
            known = 0
            for form, bit in self._forms:
                if form.fullmatch(lower):
                    known |= bit
            if not known:
                known = self._told_by_form(lower)
            if len(self.known) < _KNOWN:
                self.known[lower] = known
        return known

    def _told_by_form(self, lower: str) -> int:
        """What a word no list holds is: a given name by its ending, an office by the body in it."""
        if self._name_form.fullmatch(lower):
            return GIVEN | NAME_FORM
        if lower.startswith(self.body_start) and lower not in self.body_start:
            return ORGANISATION
        if lower.startswith(self._deputy) and self.known.get(lower[2:], 0) & ROLE:
            return self.known[lower[2:]]  # Wasekum, Wakabid
        for head in self._heads:
            body = lower[len(head) :] if lower.startswith(head) else ""
            if (body in self.bureau and len(body) > 3) or self._body_form.fullmatch(body):
                return ROLE
        return 0


def _said_before(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{alternation(phrases)}[\s,:]*[\"“‘']?$", re.IGNORECASE)


def _form(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """``pe...an`` as a regular expression: at least three letters stand for the dots."""
    return re.compile("|".join(r"\w{3,}".join(map(re.escape, p.split("..."))) for p in patterns))


def _pieces(titles: Mapping[str, str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for surface, group in titles.items():
        parts = tuple(_PIECE.findall(surface))
        by_first.setdefault(parts[0], []).append((parts, group))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first
