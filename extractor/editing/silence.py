"""What an office wants left alone: findings, words, rules and files, kept in ``.rilis.yaml``.

A finding is known again by its rule and its words, with a little of what stands round it, so lines
may move and other paragraphs change. What is silenced is neither told nor mended::

    words: [Anugrah]
    rules: [style.foreign]
    files: ["arsip/*.docx"]
    findings:
      - rule: style.spelling
        words: aktifitas
        before: forum kader dan
        after: warga karangsari
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from extractor.editing.passages import folded_words
from extractor.errors import Fault, RuleError
from extractor.messages import _
from extractor.rulebook.nodes import Reader
from extractor.rulebook.patterns import suggest

NAME = ".rilis.yaml"
_KEYS = frozenset({"words", "rules", "files", "findings"})
_FINDING_KEYS = frozenset({"rule", "words", "before", "after"})
_AROUND = 3
_REACH = 60
_LONG = 12


@dataclass(frozen=True)
class Known:
    """A finding as it is remembered: its rule, its words, the words before and after."""

    rule: str
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Silence:
    """What is left alone; an empty one leaves nothing alone. ``path`` is the file it stands in."""

    words: frozenset[tuple[str, ...]] = frozenset()
    rules: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    findings: tuple[Known, ...] = ()
    path: Path | None = None
    whole: bool = False
    _by_words: dict[tuple[str, str], list[Known]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], list[Known]] = {}
        for one in self.findings:
            found.setdefault((one.rule, one.words), []).append(one)
        object.__setattr__(self, "_by_words", found)

    def covers(self, text: str, rule: str, start: int, end: int) -> bool:
        """Whether the finding of ``rule`` at ``text[start:end]`` is to be left alone."""
        if self.whole or rule in self.rules:
            return True
        if not self.words and not self.findings:
            return False
        here = known(text, rule, start, end)
        for one in self._by_words.get((rule, here.words), ()):
            # One side may have been edited since.
            if one.before == here.before or one.after == here.after:
                return True
        if not self.words or "…" in here.words:
            return False
        words = tuple(here.words.split())
        return any(
            words[first : first + len(wanted)] == wanted
            for wanted in self.words
            for first in range(len(words) - len(wanted) + 1)
        )

    def of_file(self, path: str) -> "Silence":
        """The silence for one draft: all of it where ``files`` names the draft."""
        if not self.files or self.path is None:
            return self
        full = Path(path).resolve()
        folder = self.path.resolve().parent
        inside = full.relative_to(folder).as_posix() if full.is_relative_to(folder) else full.name
        named = any(fnmatchcase(inside, one) or fnmatchcase(full.name, one) for one in self.files)
        return replace(self, whole=True) if named else self


NOTHING = Silence()


def known(text: str, rule: str, start: int, end: int) -> Known:
    """The finding of ``rule`` at ``text[start:end]`` as it is remembered."""
    start, end = _word_edges(text, start, end)
    words = folded_words(text[start:end])
    before = folded_words(text[max(0, start - _REACH) : start])[-_AROUND:]
    after = folded_words(text[end : end + _REACH])[:_AROUND]
    if len(words) > _LONG:  # a paragraph is known by its own words
        shown = (*words[:8], "…", *words[-4:], f"({len(words)})")
        return Known(rule, " ".join(shown))
    return Known(rule, " ".join(words), " ".join(before), " ".join(after))


def silence_file(draft: Path) -> Path | None:
    """The ``.rilis.yaml`` in the draft's folder or the nearest above; None where there is none."""
    folder = draft.resolve().parent
    for one in (folder, *folder.parents):
        if (one / NAME).is_file():
            return one / NAME
    return None


def read_silence(path: Path, rules: Collection[str]) -> Silence:
    """What a file leaves alone; ``rules`` are the ids of all rules there are.

    Raises :class:`RuleError` with all its faults as FILE:LINE.
    """
    faults: list[Fault] = []
    reader = Reader(path, faults)
    root = reader.root()
    words: set[tuple[str, ...]] = set()
    quiet: set[str] = set()
    files: list[str] = []
    findings: list[Known] = []

    def rule_id(node: yaml.Node, value: str | None) -> str | None:
        if value is not None and value not in rules:
            said = _("there is no rule '{value}'{hint}")
            reader.fault(node, said.format(value=value, hint=suggest(value, rules)))
            return None
        return value

    for key, _node, value in reader.items(root, _KEYS, "silence") if root is not None else ():
        for item in reader.sequence(value, key):
            if key == "findings":
                got = {
                    name: reader.text(part, name)
                    for name, _node, part in reader.items(item, _FINDING_KEYS, "finding")
                }
                rule = rule_id(item, got.get("rule"))
                if not got.get("rule") or not got.get("words"):
                    reader.fault(item, _("a finding needs its rule and its words"))
                elif rule is not None:
                    said = (str(got.get(name) or "") for name in ("words", "before", "after"))
                    findings.append(Known(rule, *said))
                continue
            text = reader.text(item, key)
            if text is None:
                continue
            if key == "words":
                words.add(folded_words(text))
            elif key == "files":
                files.append(text)
            elif (rule := rule_id(item, text)) is not None:
                quiet.add(rule)
    if faults:
        raise RuleError(faults)
    words.discard(())
    return Silence(frozenset(words), frozenset(quiet), tuple(files), tuple(findings), path)


def _word_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to whole words; to the words beside it where it holds none."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    if not folded_words(text[start:end]):
        while start > first and text[start - 1].isspace():
            start -= 1
        while end < last and text[end].isspace():
            end += 1
        while start > first and not text[start - 1].isspace():
            start -= 1
        while end < last and not text[end].isspace():
            end += 1
        return start, end
    while first < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < last and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
