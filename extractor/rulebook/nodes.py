"""YAML as plain values that remember their lines; every fault is collected, none raised."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from extractor.errors import Fault
from extractor.messages import _
from extractor.rulebook.patterns import suggest

_MAX_BYTES = 4_000_000
_MAX_NODES = 400_000
# libyaml is ten times faster, but ends the whole process where values nest without end.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 100


class Reader:
    """Reads one file; faults go into ``faults``, which the caller owns."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults

    def fault(self, node: yaml.Node | int, message: str) -> None:
        """Note a fault at a node (or a line, from 1)."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.faults.append(Fault(self.path, line, message))

    def root(self) -> yaml.MappingNode | None:
        """The top of the file, a mapping; None where there is none (an empty file is no fault)."""
        try:
            raw = self.path.read_bytes()
            if len(raw) > _MAX_BYTES:
                self.fault(
                    1,
                    _("file of {n} bytes; rule files have at most {most}").format(
                        n=len(raw), most=_MAX_BYTES
                    ),
                )
                return None
            text = raw.decode("utf-8-sig")
            if _too_deep(text):
                self.fault(
                    1,
                    _("not YAML for rules: nested deeper than {most} levels").format(
                        most=_MAX_DEPTH
                    ),
                )
                return None
            node = yaml.compose(text, Loader=_LOADER)
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self.fault(line, _("not UTF-8; save the file as UTF-8"))
            return None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            said = " ".join(part for part in (error.context, error.problem) if part)
            self.fault(mark.line + 1 if mark else 1, _("not YAML: {said}").format(said=said))
            return None
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            self.fault(1, _("not YAML: {said}").format(said=said))
            return None
        except OSError as error:
            self.fault(1, _("cannot be read: {reason}").format(reason=error.strerror))
            return None
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault(
                node, _("expected keys with values, found {found}").format(found=_kind(node))
            )
            return None
        if _too_many(node):
            self.fault(
                1, _("more than {most} values (or aliases that multiply)").format(most=_MAX_NODES)
            )
            return None
        return node

    def items(
        self, node: yaml.Node, known: frozenset[str] | None, what: str
    ) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """(key, key node, value node) of a mapping; unknown and doubled keys are faults."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(
                node,
                _("{what}: expected keys with values, found {found}").format(
                    what=what, found=_kind(node)
                ),
            )
            return
        seen: dict[str, int] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.fault(
                    key_node,
                    _("{what}: a key must be a word, found {found}").format(
                        what=what, found=_kind(key_node)
                    ),
                )
                continue
            key = key_node.value
            if key in seen:
                self.fault(
                    key_node,
                    _("{what}: key '{key}' stands twice, first in line {seen}").format(
                        what=what, key=key, seen=seen[key]
                    ),
                )
                continue
            seen[key] = key_node.start_mark.line + 1
            if known is not None and key not in known:
                self.fault(
                    key_node,
                    _("{what}: unknown key '{key}'{hint}").format(
                        what=what, key=key, hint=suggest(key, known)
                    ),
                )
                continue
            yield key, key_node, value

    def sequence(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The items of a list; anything else is a fault."""
        if not isinstance(node, yaml.SequenceNode):
            self.fault(
                node,
                _("{what}: expected a list, found {found}").format(what=what, found=_kind(node)),
            )
            return []
        return list(node.value)

    def text(self, node: yaml.Node, what: str) -> str | None:
        """A text; an empty one, a list or a mapping is a fault. Numbers stay as written."""
        if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
            self.fault(
                node,
                _("{what}: expected a text, found {found}").format(what=what, found=_kind(node)),
            )
            return None
        value = str(node.value)
        if node.tag == "tag:yaml.org,2002:bool" and not node.style:
            self.fault(
                node,
                _("{what}: '{value}' is read as true/false; put it in quotation marks").format(
                    what=what, value=value
                ),
            )
            return None
        if not value.strip():
            self.fault(node, _("{what}: empty text").format(what=what))
            return None
        return value

    def number(self, node: yaml.Node, what: str) -> float | None:
        """A number."""
        value = self.plain(node)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(
                node,
                _("{what}: expected a number, found {found}").format(what=what, found=_kind(node)),
            )
            return None
        return float(value)

    def plain(self, node: yaml.Node) -> Any:
        """Any value as str, number, bool, None, list or dict; dates stay as written."""
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {str(key.value): self.plain(value) for key, value in node.value}
        if node.tag == "tag:yaml.org,2002:timestamp":
            return str(node.value)
        try:
            return yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self.fault(
                node, _("cannot be read: {reason}").format(reason=str(error).splitlines()[0])
            )
            return None


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return _("a list")
    if isinstance(node, yaml.MappingNode):
        return _("keys with values")
    return _("nothing") if node.tag == "tag:yaml.org,2002:null" else f"'{node.value}'"


def _too_deep(text: str) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _too_many(root: yaml.Node) -> bool:
    count = 0
    stack = [root]
    while stack:
        node = stack.pop()
        count += 1
        if count > _MAX_NODES:
            return True
        if isinstance(node, yaml.MappingNode):
            stack += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            stack += node.value
    return False
