"""One rule file into raw rules: every key checked, every fault collected, no pattern compiled
yet."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from extractor.errors import Fault
from extractor.messages import _
from extractor.rulebook.model import Example, Rule
from extractor.rulebook.nodes import Reader
from extractor.rulebook.shapes import COMMON_KEYS, FILE_KEYS, Shape

_ID = re.compile(r"[a-z0-9]+(?:[.\-][a-z0-9]+)*\Z")
_EXAMPLE_KEYS = frozenset({"text", "value", "expect", "values", "published"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


@dataclass
class RawRule:
    """A rule whose pattern is not compiled yet: a later folder may add words to its lists."""

    rule: Rule
    source: str | None
    pattern_line: int


@dataclass
class RawFile:
    """One rule file before folders are laid over each other."""

    stem: str
    path: Path
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    word_lines: dict[str, int] = field(default_factory=dict)
    settings: dict[str, float] = field(default_factory=dict)
    rules: list[RawRule] = field(default_factory=list)
    finds: list[Example] = field(default_factory=list)
    silent: list[Example] = field(default_factory=list)
    has: list[Example] = field(default_factory=list)
    has_not: list[Example] = field(default_factory=list)
    disable: list[tuple[str, int]] = field(default_factory=list)
    remove_words: list[tuple[str, str, int]] = field(default_factory=list)


def read_file(path: Path, stem: str, shape: Shape, faults: list[Fault]) -> RawFile:
    """One file; what is wrong in it goes into ``faults``, the rest is read all the same."""
    reader = Reader(path, faults)
    raw = RawFile(stem, path)
    root = reader.root()
    if root is None:
        return raw
    for key, _at, node in reader.items(root, FILE_KEYS, stem):
        if key == "words":
            _read_words(reader, node, raw)
        elif key == "settings":
            for name, _at, value in reader.items(node, shape.settings or None, "settings"):
                if (number := reader.number(value, f"settings.{name}")) is not None:
                    raw.settings[name] = number
        elif key == "rules":
            for item in reader.sequence(node, "rules"):
                if (rule := _read_rule(reader, item, stem, shape)) is not None:
                    raw.rules.append(rule)
        elif key in ("finds", "silent", "has", "has_not"):
            examples = [_read_example(reader, n, key) for n in reader.sequence(node, key)]
            for example in examples:
                if example is not None and key.startswith("has") and example.value is None:
                    reader.fault(example.line, _("{key}: name the value").format(key=key))
                elif example is not None:
                    getattr(raw, key).append(example)
        elif key == "disable":
            for item in reader.sequence(node, key):
                if (rule_id := reader.text(item, key)) is not None:
                    raw.disable.append((rule_id, item.start_mark.line + 1))
        elif key == "remove_words":
            for name, _at, values in reader.items(node, None, key):
                for item in reader.sequence(values, f"{key}.{name}"):
                    if (surface := reader.text(item, f"{key}.{name}")) is not None:
                        raw.remove_words.append((name, surface, item.start_mark.line + 1))
    return raw


def _read_words(reader: Reader, node: yaml.Node, raw: RawFile) -> None:
    for name, name_node, content in reader.items(node, None, "words"):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            reader.fault(
                name_node,
                _("words: '{name}' must be small letters, digits and _").format(name=name),
            )
            continue
        raw.word_lines[name] = name_node.start_mark.line + 1
        surfaces: dict[str, str] = {}
        groups: list[tuple[str | None, yaml.Node]]
        if isinstance(content, yaml.MappingNode):
            groups = [(value, items) for value, _at, items in reader.items(content, None, name)]
        else:
            groups = [(None, content)]
        for value, items in groups:
            members = reader.sequence(items, f"words.{name}")
            if not members and isinstance(items, yaml.SequenceNode):
                reader.fault(
                    items,
                    _("words.{name}: empty list; write a word or leave it out").format(name=name),
                )
            for item in members:
                surface = reader.text(item, f"words.{name}")
                if surface is None:
                    continue
                if surface in surfaces:
                    reader.fault(
                        item,
                        _("words.{name}: '{surface}' stands twice").format(
                            name=name, surface=surface
                        ),
                    )
                surfaces[surface] = value if value is not None else surface
        raw.words[name] = surfaces


def _read_rule(reader: Reader, node: yaml.Node, stem: str, shape: Shape) -> RawRule | None:
    line = node.start_mark.line + 1
    got: dict[str, Any] = {}
    source: str | None = None
    pattern_line = line
    match: tuple[Example, ...] = ()
    no_match: tuple[Example, ...] = ()
    for key, _at, value in reader.items(node, COMMON_KEYS | shape.keys, "rule"):
        if key in ("id", "kind", "note"):
            got[key] = reader.text(value, key)
        elif key == "pattern":
            source, pattern_line = reader.text(value, key), value.start_mark.line + 1
        elif key == "confidence":
            number = reader.number(value, key)
            if number is not None and not 0 <= number <= 1:
                reader.fault(
                    value, _("confidence: {number:g} is not between 0 and 1").format(number=number)
                )
            got[key] = number
        elif key == "examples":
            match, no_match = _read_examples(reader, value)
        else:
            got[key] = reader.plain(value)
    if not isinstance(node, yaml.MappingNode):
        return None
    rule_id = got.pop("id", None)
    if rule_id is None:
        said = _("rule without id; give it one, such as '{stem}.short-name'")
        reader.fault(line, said.format(stem=stem))
        return None
    kind = got.pop("kind", None) or (next(iter(shape.kinds)) if len(shape.kinds) == 1 else None)
    confidence = got.pop("confidence", None)
    got.pop("note", None)
    rule = Rule(
        id=rule_id,
        kind=str(kind),
        path=reader.path,
        line=line,
        confidence=0.9 if confidence is None else confidence,
        fields=got,
        match=match,
        no_match=no_match,
    )
    _check_rule(reader, rule, stem, shape)
    return RawRule(rule, source, pattern_line)


def _check_rule(reader: Reader, rule: Rule, stem: str, shape: Shape) -> None:
    """Whether a rule has the name, the kind and the examples that every rule has."""
    prefix = stem.split("/")[0] + "."
    if not _ID.match(rule.id) or not rule.id.startswith(prefix):
        said = _("id '{id}' must begin with '{prefix}', small letters, '-' and '.'")
        reader.fault(rule.line, said.format(id=rule.id, prefix=prefix))
    if rule.kind not in shape.kinds:
        said = _("{id}: kind '{kind}' is none of {known}")
        known = ", ".join(sorted(shape.kinds))
        reader.fault(rule.line, said.format(id=rule.id, kind=rule.kind, known=known))
    if not rule.match or not rule.no_match:
        said = _("{id}: no examples.{missing}; every rule shows both sides")
        missing = "match" if not rule.match else "no_match"
        reader.fault(rule.line, said.format(id=rule.id, missing=missing))


def _read_examples(
    reader: Reader, node: yaml.Node
) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    sides: dict[str, tuple[Example, ...]] = {"match": (), "no_match": ()}
    for side, _at, items in reader.items(node, frozenset(sides), "examples"):
        read = [_read_example(reader, item, side) for item in reader.sequence(items, side)]
        sides[side] = tuple(example for example in read if example is not None)
    return sides["match"], sides["no_match"]


def _read_example(reader: Reader, node: yaml.Node, what: str) -> Example | None:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        text = reader.text(node, what)
        return None if text is None else Example(text, reader.path, line)
    got: dict[str, Any] = {}
    for key, _at, value in reader.items(node, _EXAMPLE_KEYS, what):
        if key in ("text", "value", "published"):
            got[key] = reader.text(value, key)
        elif key == "values":
            texts = [reader.text(item, key) for item in reader.sequence(value, key)]
            got[key] = tuple(text for text in texts if text is not None)
        else:
            got[key] = {
                name: reader.plain(item) for name, _at, item in reader.items(value, None, key)
            }
    if (published := got.get("published")) is not None and not _DAY.match(published):
        reader.fault(
            node,
            _("published: '{published}' is no date like 2024-05-02").format(published=published),
        )
    if got.get("text") is None:
        reader.fault(node, _("{what}: an example needs a text").format(what=what))
        return None
    return Example(path=reader.path, line=line, **got)
