"""What a rule file holds once it is read: frozen, plain, with the line each thing stands on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.rulebook.patterns import Pattern, alternation, compile_pattern

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Example:
    """A sentence and what must come of it.

    ``value`` is the plain value of the hit (words; for dates ISO days), ``expect`` names single
    fields of it, ``values`` all values of the file's component in order; ``published`` is an ISO
    date.
    """

    text: str
    path: Path
    line: int
    value: str | None = None
    expect: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    values: tuple[str, ...] | None = None
    published: str | None = None


@dataclass(frozen=True)
class Rule:
    """One rule: its id, what it looks for, how far it is to be trusted, and its own examples."""

    id: str
    kind: str
    path: Path
    line: int
    pattern: Pattern | None = None
    confidence: float = 0.9
    fields: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    match: tuple[Example, ...] = ()
    no_match: tuple[Example, ...] = ()


@dataclass(frozen=True, eq=False)
class RuleFile:
    """One rule file: word lists, numbers, rules, and sentences for the component as a whole."""

    stem: str
    path: Path
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NOTHING)
    settings: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    rules: tuple[Rule, ...] = ()
    finds: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()
    has: tuple[Example, ...] = ()
    has_not: tuple[Example, ...] = ()

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id, or None where a reader has switched it off."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def of_kind(self, *kinds: str) -> tuple[Rule, ...]:
        """The rules of these kinds, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.kind in kinds)

    def surfaces(self, *lists: str) -> tuple[str, ...]:
        """All ways of writing in these word lists, as they stand in the file."""
        return tuple(surface for name in lists for surface in self.words.get(name, {}))

    def one_of(self, *lists: str) -> str:
        """A regular expression (source) that matches any word of these lists, longest first."""
        return alternation(self.surfaces(*lists))

    def compile(self, source: str) -> Pattern:
        """``source`` with ``{list}`` replaced by the words of that list, compiled to linear
        time."""
        return compile_pattern(source, self.words)


@dataclass(frozen=True)
class Rulebook:
    """All rule files; ``version`` is a digest of what they say."""

    files: Mapping[str, RuleFile]
    version: str
    folders: tuple[Path, ...]

    def __getitem__(self, stem: str) -> RuleFile:
        return self.files[stem]

    def rules(self) -> Iterator[Rule]:
        """Every rule of every file."""
        for file in self.files.values():
            yield from file.rules

    def group(self, folder: str) -> tuple[RuleFile, ...]:
        """The files of one folder, such as ``style`` (``style/spacing.yaml`` …)."""
        return tuple(file for stem, file in self.files.items() if stem.startswith(folder + "/"))
