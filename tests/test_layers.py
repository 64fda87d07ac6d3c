"""Imports point one way down, none is hidden in a function, and every function is annotated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor

PACKAGE = Path(extractor.__file__).parent
# A room may import from rooms before it, and from itself. ``__init__`` and ``__main__`` stand on top.
LAYERS = (
    "errors", "resources", "messages", "record", "rulebook", "language", "editing", "sources",
    "sites", "fetching", "components", "pipeline", "extraction", "checking", "explain", "batch",
    "evaluation", "export", "drafting", "archive", "cli",
)  # fmt: skip
MAX_LINES = 350


def modules(package: Path) -> list[Path]:
    return sorted(p for p in package.rglob("*.py") if "_data" not in p.parts)


def room_of(path: Path, package: Path) -> str:
    return path.relative_to(package).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[int, str, bool]]:
    """(line, room, hidden) of every import of our own package."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            module = node.module or ""
            names = [module]
            if module == "extractor":
                names = [f"extractor.{alias.name}" for alias in node.names]
        for name in names:
            if name == "extractor" or name.startswith("extractor."):
                yield node.lineno, ([*name.split("."), ""])[1], id(node) in hidden


def faults(package: Path) -> list[str]:
    found = []
    for path in modules(package):
        here = room_of(path, package)
        for line, there, hidden in imports(path):
            where = f"{path.relative_to(package)}:{line}"
            if hidden:
                found.append(f"{where}: import of {there} hidden in a function")
            if here.startswith("__") or there == here:
                continue
            if there not in LAYERS or here not in LAYERS:
                found.append(f"{where}: {there or 'the package itself'} or {here} is in no layer")
            elif LAYERS.index(there) > LAYERS.index(here):
                found.append(f"{where}: {here} must not import {there}")
    return found


def test_imports_point_down_and_none_is_hidden() -> None:
    assert faults(PACKAGE) == []


@pytest.mark.parametrize(
    ("room", "line", "said"),
    [
        (
            "record.py",
            "from extractor.extraction import Extractor",
            "record must not import extraction",
        ),
        ("record.py", "import extractor.cli", "record must not import cli"),
        (
            "language/dates/finding.py",
            "from extractor import pipeline",
            "language must not import pipeline",
        ),
        (
            "cli.py",
            "def f() -> None:\n    from extractor.record import Record",
            "hidden in a function",
        ),
    ],
)
def test_a_planted_back_import_is_told(tmp_path: Path, room: str, line: str, said: str) -> None:
    path = tmp_path / room
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line + "\n", encoding="utf-8")
    assert any(said in fault for fault in faults(tmp_path))


def test_modules_do_not_import_each_other_in_circles() -> None:
    graph: dict[str, set[str]] = {}
    for path in modules(PACKAGE):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(p for p in parts if p != "__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[name] = {
            node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("extractor.")
        } - {name}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name in done:
            return
        for other in graph.get(name, ()):
            visit(other, (*trail, name))
        done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", modules(PACKAGE), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_fits_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", modules(PACKAGE), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_and_public_functions_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "module without docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} without docstring"
