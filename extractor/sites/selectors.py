"""The little CSS that site rules need.

A selector is made of elements (``div``, ``.content``, ``#isi``, ``meta[itemprop="name"]``) parted
by blanks or ``>``; ``@name`` at its end takes an attribute instead of the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from extractor.messages import _

_COMPOUND = re.compile(
    r"(?P<name>[a-zA-Z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+|\[[^\]]*\])*)(?P<end>\s*>\s*|\s+|\Z)"
)
_PART = re.compile(
    r"[.](?P<cls>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<attr>[\w:-]+)(?:(?P<op>[~^$*]?=)(?:\"(?P<v1>[^\"]*)\"|'(?P<v2>[^']*)'|(?P<v3>[^\]\"']*)))?\]"
)
_ATTRIBUTE = re.compile(r"\s*@(?P<name>[\w:-]+)\Z")

Attributes = Mapping[str, Any]
# A selector that bridges more levels is met by pages that nest to do harm.
_MOST_LEVELS = 100


class SelectorFault(ValueError):
    """A selector that is refused; the text says why."""


@dataclass(frozen=True)
class Compound:
    """One element of a selector: all it says must hold."""

    name: str | None
    ids: frozenset[str]
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> tuple[str, str]:
        """(kind, name) by which such elements are looked up: id, class or name."""
        if self.ids:
            return "id", min(self.ids)
        if self.classes:
            return "class", min(self.classes)
        return "name", self.name or ""

    def holds(self, name: str, attributes: Attributes) -> bool:
        """Whether an element of this name and these attributes is one."""
        if self.name is not None and self.name != name:
            return False
        if self.ids and not self.ids <= {attributes.get("id")}:
            return False
        if self.classes and not self.classes <= _classes(attributes.get("class", "")):
            return False
        return all(_says(attributes.get(key), op, value) for key, op, value in self.attributes)


@dataclass(frozen=True)
class Selector:
    """A selector as written; ``child`` tells which elements must be children of the one before.

    ``line`` is where it stands in its file.
    """

    source: str
    line: int
    compounds: tuple[Compound, ...]
    child: tuple[bool, ...]
    attribute: str | None = None

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """(kind, name) of what a page must have to hold anything the selector finds; the last one
        is of its last element."""
        return tuple(compound.key for compound in self.compounds)

    @cached_property
    def simple(self) -> bool:
        """Whether its key says all of it."""
        last = self.compounds[-1]
        parts = len(last.ids) + len(last.classes) + len(last.attributes) + (last.name is not None)
        return len(self.compounds) == 1 and parts == 1

    def holds(self, tag: Any) -> bool:
        """Whether an element (of lxml) is what the selector looks for, seen upwards from it."""
        if not self.compounds[-1].holds(tag.tag, tag.attrib):
            return False
        if len(self.compounds) == 1:
            return True
        # Where a step may be any ancestor, several must be tried: a stack of (tag, step).
        stack: list[tuple[Any, int]] = [(tag, len(self.compounds) - 1)]
        while stack:
            here, step = stack.pop()
            if step == 0:
                return True
            before, child = self.compounds[step - 1], self.child[step]
            for above in islice(here.iterancestors(), 1 if child else _MOST_LEVELS):
                if before.holds(above.tag, above.attrib):
                    stack.append((above, step - 1))
                    if not child:
                        break  # the nearest ancestor serves any step above it as well
        return False


def compile_selector(source: str, line: int = 0) -> Selector:
    """The selector of a text; raises :class:`SelectorFault` with the reason where it is none."""
    text = source.strip()
    attribute = None
    if found := _ATTRIBUTE.search(text):
        attribute, text = found.group("name").lower(), text[: found.start()].strip()
    if not text:
        raise SelectorFault(_("the selector names no element"))
    compounds: list[Compound] = []
    child = [False]
    at = 0
    while at < len(text):
        part = _COMPOUND.match(text, at)
        if part is None or not (part.group("name") or part.group("rest")):
            said = _(
                "'{rest}' is not understood; elements are written a, .class, #id, [name=value]"
            )
            raise SelectorFault(said.format(rest=text[at:]))
        compounds.append(_compound(part))
        child.append(">" in part.group("end"))
        at = part.end()
    if child.pop() or len(compounds) > 8:
        raise SelectorFault(_("the selector ends with '>' or has more than eight elements"))
    return Selector(source.strip(), line, tuple(compounds), tuple(child), attribute)


def _compound(part: re.Match[str]) -> Compound:
    name = (part.group("name") or "*").lower()
    if name == "*" and not re.search(r"[.#]", part.group("rest")):
        raise SelectorFault(_("an element needs a name, a class or an id: a, .class, #id"))
    ids, classes, attributes = set(), set(), []
    rest = part.group("rest")
    read = 0
    for one in _PART.finditer(rest):
        if one.start() != read:
            break
        read = one.end()
        if one.group("cls"):
            classes.add(one.group("cls"))
        elif one.group("id"):
            ids.add(one.group("id"))
        else:
            value = next((v for v in one.group("v1", "v2", "v3") if v is not None), "")
            attributes.append((one.group("attr").lower(), one.group("op") or "", value))
    if read != len(rest):
        raise SelectorFault(_("'{rest}' is not understood in a selector").format(rest=rest[read:]))
    return Compound(
        None if name == "*" else name, frozenset(ids), frozenset(classes), tuple(attributes)
    )


@lru_cache(maxsize=5_000)
def _classes(value: str) -> frozenset[str]:
    return frozenset(value.split())


def _says(value: Any, op: str, wanted: str) -> bool:
    if value is None:
        return False
    text = str(value)
    if op == "":
        return True
    if op == "=":
        return text == wanted
    if op == "~=":
        return wanted in text.split()
    if not wanted:
        return False
    if op == "^=":
        return text.startswith(wanted)
    return text.endswith(wanted) if op == "$=" else wanted in text
