"""Rule files into a Rulebook: read, check, lay one folder over the shipped one."""

import copyreg
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.errors import Fault, RuleError
from extractor.messages import _
from extractor.resources import rules_dir
from extractor.rulebook.model import Rule, Rulebook, RuleFile
from extractor.rulebook.patterns import PatternFault, compile_pattern, suggest
from extractor.rulebook.reading import RawFile, RawRule, read_file
from extractor.rulebook.shapes import SHAPES, shape_of

_PLACE = re.compile(r"\{=?([a-z][a-z0-9_]*)\}")
# Keys of a rule that name a list of its file.
_LISTS = ("list", "except", "between")


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """The shipped rules, or those of ``folder``.

    A folder that holds every component's file stands alone; any other is laid over the shipped
    rules: its rules are added, a rule with a known id replaces it, its words join the lists,
    ``disable`` and ``remove_words`` take away. Raises :class:`RuleError` with all faults of all
    files.
    """
    faults: list[Fault] = []
    folders = _folders(folder, faults)
    layers = [_read_folder(one, faults) for one in folders]
    merged: dict[str, RawFile] = {}
    for layer in layers:
        for stem, raw in layer.items():
            merged[stem] = _lay_over(merged.get(stem), raw, faults)
    _check_ids(merged, faults)
    files = {stem: _finish(raw, faults) for stem, raw in merged.items()}
    if faults:
        raise RuleError(faults)
    return Rulebook(files, _version(folders), tuple(folders))


@lru_cache(maxsize=8)
def shared_rulebook(folder: str | None = None) -> Rulebook:
    """:func:`load_rulebook`, read once a process: the components of one pipeline share it."""
    return load_rulebook(Path(folder) if folder else None)


def _stored(book: Rulebook) -> tuple[Any, tuple[str]]:
    """A rulebook goes to another process as its folder, and is read there once."""
    return shared_rulebook, (str(book.folders[-1]),)


copyreg.pickle(Rulebook, _stored)


def stands_alone(folder: Path) -> bool:
    """Whether a folder holds a file for every component, so that the shipped rules are left out."""
    return all((folder / f"{stem}.yaml").is_file() for stem in SHAPES if not stem.endswith("/"))


def _folders(folder: Path | None, faults: list[Fault]) -> list[Path]:
    shipped = rules_dir()
    if folder is None or folder.resolve() == shipped.resolve():
        return [shipped]
    if not folder.is_dir():
        faults.append(Fault(folder, 1, _("no such folder of rules; give a folder of .yaml files")))
        raise RuleError(faults)
    return [folder] if stands_alone(folder) else [shipped, folder]


def _read_folder(folder: Path, faults: list[Fault]) -> dict[str, RawFile]:
    raws = {}
    for path in sorted(folder.rglob("*.y*ml")):
        stem = path.relative_to(folder).with_suffix("").as_posix()
        if stem.startswith("sites/") or path.name.startswith("."):
            continue
        shape = shape_of(stem)
        if shape is None:
            known = [name if not name.endswith("/") else name + "…" for name in SHAPES]
            faults.append(
                Fault(
                    path,
                    1,
                    _("no component reads '{stem}'{hint}").format(
                        stem=stem, hint=suggest(stem, known)
                    ),
                )
            )
            continue
        raws[stem] = read_file(path, stem, shape, faults)
    return raws


def _lay_over(below: RawFile | None, above: RawFile, faults: list[Fault]) -> RawFile:
    if below is None:
        below = RawFile(above.stem, above.path)
    merged = RawFile(above.stem, above.path, settings={**below.settings, **above.settings})
    merged.words = {name: dict(surfaces) for name, surfaces in below.words.items()}
    merged.word_lines = {**below.word_lines, **above.word_lines}
    for name, surfaces in above.words.items():
        merged.words.setdefault(name, {}).update(surfaces)
    for name, surface, line in above.remove_words:
        if merged.words.get(name, {}).pop(surface, None) is None:
            said = _("remove_words: list '{name}' has no '{surface}'").format(
                name=name, surface=surface
            )
            faults.append(Fault(above.path, line, said + suggest(name, merged.words)))
    gone = dict(above.disable)
    known = {raw.rule.id for raw in below.rules}
    for rule_id, line in above.disable:
        if rule_id not in known:
            said = _("disable: no rule '{id}' to switch off{hint}").format(
                id=rule_id, hint=suggest(rule_id, known)
            )
            faults.append(Fault(above.path, line, said))
    fresh: dict[str, RawRule] = {}
    for raw in above.rules:
        if raw.rule.id in fresh:
            first = fresh[raw.rule.id].rule.line
            said = _("id '{id}' stands twice, first in line {first}").format(
                id=raw.rule.id, first=first
            )
            faults.append(Fault(above.path, raw.rule.line, said))
        fresh[raw.rule.id] = raw
    kept = [fresh.pop(raw.rule.id, raw) for raw in below.rules if raw.rule.id not in gone]
    merged.rules = [*kept, *fresh.values()]
    merged.finds = [*below.finds, *above.finds]
    merged.silent = [*below.silent, *above.silent]
    merged.has = [*below.has, *above.has]
    merged.has_not = [*below.has_not, *above.has_not]
    return merged


def _check_ids(files: Mapping[str, RawFile], faults: list[Fault]) -> None:
    seen: dict[str, Rule] = {}
    for raw in files.values():
        for item in raw.rules:
            first = seen.setdefault(item.rule.id, item.rule)
            if first.path != item.rule.path:
                said = _("id '{id}' stands twice, first in {path}:{line}").format(
                    id=item.rule.id, path=first.path, line=first.line
                )
                faults.append(Fault(item.rule.path, item.rule.line, said))


def _finish(raw: RawFile, faults: list[Fault]) -> RuleFile:
    shape = shape_of(raw.stem)
    assert shape is not None  # files without a shape were refused when read
    for name in sorted(shape.words - raw.words.keys()):
        faults.append(Fault(raw.path, 1, _("list 'words.{name}' is missing").format(name=name)))
    for name in sorted(shape.settings - raw.settings.keys()):
        faults.append(Fault(raw.path, 1, _("'settings.{name}' is missing").format(name=name)))
    used = set(shape.words)
    rules = []
    for item in raw.rules:
        rule = item.rule
        named = {str(rule.fields[key]) for key in _LISTS if key in rule.fields}
        used |= named
        for name in sorted(named - raw.words.keys()):
            said = _("unknown list '{name}'{hint}")
            told = said.format(name=name, hint=suggest(name, raw.words))
            faults.append(Fault(rule.path, item.rule.line, f"{rule.id}: {told}"))
        if item.source is not None:
            used |= set(_PLACE.findall(item.source))
            try:
                pattern = compile_pattern(item.source, raw.words)
                rule = replace(rule, pattern=pattern)
            except PatternFault as fault:
                faults.append(Fault(rule.path, item.pattern_line, f"{rule.id}: {fault}"))
        rules.append(rule)
    for name in sorted(raw.words.keys() - used):
        said = _("words: nothing uses the list '{name}'{hint}").format(
            name=name, hint=suggest(name, used - raw.words.keys())
        )
        faults.append(Fault(raw.path, raw.word_lines[name], said))
    return RuleFile(
        stem=raw.stem,
        path=raw.path,
        words=raw.words,
        settings=raw.settings,
        rules=tuple(rules),
        finds=tuple(raw.finds),
        silent=tuple(raw.silent),
        has=tuple(raw.has),
        has_not=tuple(raw.has_not),
    )


def _version(folders: list[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.y*ml")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
