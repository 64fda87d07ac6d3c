"""Who in a release may be at risk: victims, children, witnesses, by the words beside their name.

The rules are in ``risk.yaml``. The duty: a child in a criminal case, as offender, victim or
witness, must not be told by name, nor by parents, address or whatever else tells who it is (Law
11/2012 on juvenile criminal justice, article 19).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import re2

from extractor.language.people.name_runs import NameRuns
from extractor.rulebook import Pattern, Rule, Rulebook, RuleFile

_NEAR = 160  # characters before or after a name that are looked at
_MEMORY = 64 << 20  # bytes for the states of the pattern of all rules; re2 alone takes 8 MiB


@dataclass(frozen=True)
class Named:
    """A mention of a person: where, who (any key), and the words of her role."""

    start: int
    end: int
    key: str
    role: str | None = None


@dataclass(frozen=True)
class Risk:
    """A finding: ``text[start:end]`` names somebody at risk, or tells that a release is at risk.

    ``key`` is that of the person; None for a name that no mention holds, and for a release
    (``whole``). ``category``: victim, child, witness, other.
    """

    start: int
    end: int
    rule: str
    category: str
    key: str | None = None
    whole: bool = False


class RiskFinder:
    """The rules of ``risk.yaml`` over a text and the persons named in it."""

    def __init__(self, file: RuleFile, people: RuleFile, offices: RuleFile) -> None:
        """Anchor the patterns at the name."""
        gap = rf'(?:[ \x{{a0}},:("“]|{file.one_of("address")}\.?)*$'
        before, after = rf"(?:^|[^\pL\d])(?:<>){gap}", "^[\"”’']?(?:<>)"
        folk, more = file.one_of("folk"), file.one_of("folk", "folk_more")
        between = rf"(?:,? {folk}(?: (?:{more}|[A-Z\d][\w./-]*))*)?"
        beside = file.of_kind("before", "after")
        told = [f"(?:{rule.pattern.pattern})" for rule in beside if rule.pattern]
        options = re2.Options()
        options.max_mem = _MEMORY  # with less, so many rules are searched much more slowly
        self._told = re2.compile("|".join(told), options)
        self._before = _framed(file.of_kind("before"), before)
        self._not_before = _framed(file.of_kind("not_before"), before)
        self._after = [
            *_framed((r for r in file.of_kind("after") if not r.fields.get("folk")), after),
            *_framed(
                (r for r in file.of_kind("after") if r.fields.get("folk")),
                after.replace("(?:<>)", f"{between}(?:<>)"),
            ),
        ]
        self._not_after = _framed(file.of_kind("not_after"), after)
        self._names = _framed(file.of_kind("name"), "<>")
        self._not_names = _framed(file.of_kind("not_name"), "^(?:<>)$")
        self._releases = _framed(file.of_kind("release"), "<>")
        self._announced = re2.compile(rf"{file.one_of('said_name', 'call')} *[\"“]?$")
        joined = rf"(?:, |,? {file.one_of('listed')} )(?:{file.one_of('address')}\.? )*"
        self._next = re2.compile(rf"^(?: ?\(\d{{1,2}}[^()\n]{{0,8}}\))?{joined}$")
        goes_on = file.one_of("relative", "listed")
        self._ended = re2.compile(rf"^[\"”]? ?(?:[,(.;]|{goes_on}(?: |$)|$)")
        known = file.surfaces("no_part", "victim", "witness", "child", "pupil", "school")
        self._runs = NameRuns(people, offices, frozenset(map(str.casefold, known)))
        no_office = {word.casefold() for word in file.surfaces("no_office")}
        roles = offices.words["role"]
        self._offices = {word.casefold().split()[0] for word in roles} - no_office

    def risks(self, text: str, people: Iterable[Named]) -> list[Risk]:
        """Everybody at risk, in the order of the text; each person once, by the first rule."""
        mentions = sorted(people, key=lambda one: (one.start, -one.end))
        found: dict[str, Risk] = {}  # by person, else by name
        for start, end in self._lines(text):
            # what stands beside "warga" is not told of the person it means
            here = [
                one
                for one in mentions
                if start <= one.start < end and not text[one.start : one.end].islower()
            ]
            runs = (
                Named(*run, "", None)
                for run in self._runs.runs(text, start, end)
                if not any(one.start < run[1] and run[0] < one.end for one in here)
            )
            everybody = sorted((*here, *runs), key=lambda one: one.start)
            at_risk = {one: risk for one in everybody if (risk := self._beside(text, one))}
            for one, risk in (at_risk | self._listed(text, everybody, at_risk)).items():
                found.setdefault(one.key or text[one.start : one.end], risk)
        risks = [*found.values(), *self._named(text, mentions, found), *self._whole(text)]
        return sorted(risks, key=lambda risk: (risk.start, risk.end, risk.rule))

    def denials(self, text: str, people: Iterable[Named]) -> Iterator[tuple[Rule, int, int]]:
        """Which rules say of whom that she is not at risk; for trying rules out."""
        runs = (Named(*run, "") for run in self._runs.runs(text, 0, len(text)))
        for one in (*people, *runs):
            for rule in self._denied(*_near(text, one)):
                yield rule, one.start, one.end
            for rule, pattern in self._not_names:
                if pattern.search(text[one.start : one.end]):
                    yield rule, one.start, one.end

    def _lines(self, text: str) -> Iterator[tuple[int, int]]:
        """The lines on which something is said that can stand beside a name."""
        if not self._told.search(text):
            return  # as most releases
        at = 0
        for line in text.split("\n"):
            if self._told.search(line):
                yield at, at + len(line)
            at += len(line) + 1

    def _beside(self, text: str, one: Named) -> Risk | None:
        before, after = _near(text, one)
        office = self._in_office(one)
        unsure = not one.key and not self._set_off(before, after)
        if not one.key and self._no_name(text[one.start : one.end]):
            return None
        for rules, near in ((() if unsure else self._before, before), (self._after, after)):
            for rule, pattern in rules:
                if office and not rule.fields.get("officials"):
                    continue
                if not one.key and rule.fields.get("persons"):
                    continue
                if pattern.search(near) and not any(self._denied(before, after)):
                    return Risk(one.start, one.end, rule.id, _category(rule), one.key or None)
        return None

    def _listed(
        self, text: str, everybody: list[Named], at_risk: dict[Named, Risk]
    ) -> dict[Named, Risk]:
        """Who stands in one list with somebody at risk: behind her where the words that tell it
        stand before the list, before her where they stand behind it."""
        listed: dict[Named, Risk] = {}
        behind = {rule.id for rule, _pattern in self._before}
        for pairs, told_before in ((pairwise(everybody), True), (pairwise(everybody[::-1]), False)):
            for known, other in pairs:
                risk = at_risk.get(known) or listed.get(known)
                if risk is None or (risk.rule in behind) != told_before or other in at_risk:
                    continue
                between = sorted((known.end, known.start, other.start, other.end))[1:3]
                if self._next.search(text[slice(*between)]) and not self._spared(text, other):
                    listed[other] = replace(
                        risk, start=other.start, end=other.end, key=other.key or None
                    )
        return listed

    def _spared(self, text: str, one: Named) -> bool:
        """Does she hold an office, does a rule deny it, or is it no name?"""
        return (
            self._in_office(one)
            or self._no_name(text[one.start : one.end])
            or any(self._denied(*_near(text, one)))
        )

    def _in_office(self, one: Named) -> bool:
        words = (one.role or "").casefold().split()
        return bool(words) and words[0] in self._offices

    def _set_off(self, before: str, after: str) -> bool:
        """Is what may be a name set off from what stands round it?"""
        if self._announced.search(before):
            return True
        return before.rstrip(' "“').endswith((",", ":")) and bool(self._ended.match(after))

    def _no_name(self, words: str) -> bool:
        return any(pattern.search(words) for _rule, pattern in self._not_names)

    def _denied(self, before: str, after: str) -> Iterator[Rule]:
        for rules, near in ((self._not_before, before), (self._not_after, after)):
            yield from (rule for rule, pattern in rules if pattern.search(near))

    def _named(self, text: str, mentions: list[Named], found: dict[str, Risk]) -> Iterator[Risk]:
        """Names that rules find by themselves; a person's where a mention holds them."""
        seen = {text[risk.start : risk.end] for risk in found.values()}
        for rule, start, end in _matches(self._names, text):
            name = text[start:end]
            key = next((m.key for m in mentions if m.start < end and start < m.end), None)
            if name in seen or key in found:
                continue
            if self._no_name(name):
                continue
            seen.add(name)
            yield Risk(start, end, rule.id, _category(rule), key)

    def _whole(self, text: str) -> Iterator[Risk]:
        for rule, pattern in self._releases:
            match = pattern.search(text)
            if match is not None:
                yield Risk(*match.span(), rule.id, _category(rule), whole=True)


@lru_cache(maxsize=4)
def _finder(file: RuleFile, people: RuleFile, offices: RuleFile) -> RiskFinder:
    return RiskFinder(file, people, offices)


def risk_finder(rulebook: Rulebook) -> RiskFinder:
    """The finder of these rules, made once."""
    return _finder(rulebook["risk"], rulebook["people"], rulebook["offices"])


def _framed(rules: Iterable[Rule], frame: str) -> list[tuple[Rule, Pattern]]:
    return [
        (rule, re2.compile(frame.replace("<>", rule.pattern.pattern)))
        for rule in rules
        if rule.pattern is not None
    ]


def _category(rule: Rule) -> str:
    return str(rule.fields["category"])


def _near(text: str, one: Named) -> tuple[str, str]:
    """What stands before and behind a mention on its line."""
    before = text[max(0, one.start - _NEAR) : one.start].rpartition("\n")[2]
    return before, text[one.end : one.end + _NEAR].partition("\n")[0]


def _matches(rules: list[tuple[Rule, Pattern]], text: str) -> Iterator[tuple[Rule, int, int]]:
    """What the group ``name`` of each match holds."""
    for rule, pattern in rules:
        group = pattern.groupindex.get("name", 0)
        for match in pattern.finditer(text):
            yield rule, *match.span(group)
