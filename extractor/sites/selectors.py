"""The little CSS that site rules need, tried on a page that was cut down to what it asks for.

A selector is made of elements (``div``, ``.content``, ``#isi``, ``[itemprop="name"]``) parted by
blanks or ``>``; ``@name`` at its end takes an attribute instead of the text. Its first element
tells which parts of a page have to be built at all (see :class:`Wanted`), so that one pass over the
markup serves title, date, body and links.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4.element import Tag

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
_REMEMBERED = 5_000
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

    def holds(self, name: str, attributes: Attributes) -> bool:
        """Whether an element of this name and these attributes is one."""
        if self.name is not None and self.name != name:
            return False
        if self.ids and not self.ids <= {attributes.get("id")}:
            return False
        if self.classes and not self.classes <= classes_of(attributes):
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

    def holds(self, tag: Tag) -> bool:
        """Whether a tag is what the selector looks for, seen upwards from it."""
        if not self.compounds[-1].holds(tag.name, tag.attrs):
            return False
        # Where a step may be any ancestor, several must be tried: a stack of (tag, step).
        stack: list[tuple[Tag, int]] = [(tag, len(self.compounds) - 1)]
        while stack:
            here, step = stack.pop()
            if step == 0:
                return True
            before = self.compounds[step - 1]
            above = here.parent
            for _level in range(_MOST_LEVELS):
                if above is None:
                    break
                if before.holds(above.name, above.attrs):
                    stack.append((above, step - 1))
                    if not self.child[step]:
                        break  # the nearest ancestor serves any step above it as well
                if self.child[step]:
                    break
                above = above.parent
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


def classes_of(attributes: Attributes) -> frozenset[str]:
    """The class names among an element's attributes, as bs4 or lxml give them."""
    value = attributes.get("class")
    if value is None:
        return frozenset()
    return frozenset(value.split() if isinstance(value, str) else value)


def _says(value: Any, op: str, wanted: str) -> bool:
    if value is None:
        return False
    text = value if isinstance(value, str) else " ".join(value)
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


class Wanted:
    """Which elements of a page the selectors begin with; asked for every element of a page, hence
    by name, class and id at once, and remembered: menus repeat themselves."""

    def __init__(self, selectors: Iterable[Selector]) -> None:
        self._by_class: dict[str, list[Compound]] = {}
        self._by_id: dict[str, list[Compound]] = {}
        self._by_name: dict[str | None, list[Compound]] = {}
        self._known: dict[tuple[object, object, object], tuple[Compound, ...]] = {}
        for compound in dict.fromkeys(selector.compounds[0] for selector in selectors):
            if compound.ids:
                self._by_id.setdefault(min(compound.ids), []).append(compound)
            elif compound.classes:
                self._by_class.setdefault(min(compound.classes), []).append(compound)
            else:
                self._by_name.setdefault(compound.name, []).append(compound)

    def __call__(self, name: str, attributes: Attributes) -> bool:
        """Whether an element is the first one of a selector."""
        key = (name, attributes.get("class"), attributes.get("id"))
        candidates = self._known.get(key)
        if candidates is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            candidates = self._known[key] = tuple(self._candidates(*key))
        return bool(candidates) and any(one.holds(name, attributes) for one in candidates)

    def _candidates(self, name: Any, classes: Any, own: Any) -> Iterator[Compound]:
        yield from self._by_name.get(name, ())
        yield from self._by_name.get(None, ())
        for one in classes_of({"class": classes}):
            yield from self._by_class.get(one, ())
        yield from self._by_id.get(own, ())


class Index:
    """The tags of a page by name, class and id, in their order; made once a page."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self.tags: list[Tag] = list(tags)
        self._by: dict[tuple[str, str], list[Tag]] = {}
        for tag in self.tags:
            self._by.setdefault(("name", tag.name), []).append(tag)
            attributes = tag.attrs
            if not attributes:
                continue
            for one in classes_of(attributes):
                self._by.setdefault(("class", one), []).append(tag)
            if isinstance(own := attributes.get("id"), str):
                self._by.setdefault(("id", own), []).append(tag)

    def select(self, selector: Selector) -> Iterator[Tag]:
        """The tags a selector finds, in their order."""
        last = selector.compounds[-1]
        if last.ids:
            candidates = self._by.get(("id", min(last.ids)), [])
        elif last.classes:
            candidates = self._by.get(("class", min(last.classes)), [])
        elif last.name is not None:
            candidates = self._by.get(("name", last.name), [])
        else:
            candidates = self.tags
        return (tag for tag in candidates if selector.holds(tag))
