"""Every message has its Indonesian, with the same places to fill, and the compiled catalogue is it."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import extractor
from extractor.messages import _, language_of_environment, ngettext, set_language
from extractor.resources import locale_dir

CATALOG = locale_dir() / "id" / "LC_MESSAGES" / "rilis.po"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file, locale="id")


@pytest.fixture
def _english() -> Iterator[None]:
    yield
    set_language("en")


def messages() -> Iterator[tuple[str, object]]:
    package = str(Path(extractor.__file__).parent)
    for name, _line, message, _comments, _context in extract_from_dir(package):
        yield name, message


def plain(catalog: Catalog) -> list[str]:
    return sorted(repr((tuple(m.id), tuple(m.string))) for m in catalog if m.id)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_no_message_hides_from_the_catalogue() -> None:
    """Before Python 3.12 babel does not see what stands within an f-string."""
    seen = {m[0] if isinstance(m, tuple) else m for _, m in messages()}
    hidden = []
    for path in sorted(Path(extractor.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in ("_", "ngettext") or not isinstance(node.args[0], ast.Constant):
                continue
            if node.args[0].value not in seen:
                hidden.append(f"{path.name}:{node.lineno}: {node.args[0].value}")
    assert hidden == []


def test_every_message_of_the_code_is_translated(catalog: Catalog) -> None:
    missing = []
    for name, message in messages():
        key = message[0] if isinstance(message, tuple) else message
        found = catalog.get(key)
        strings = (
            []
            if found is None
            else [found.string]
            if isinstance(found.string, str)
            else found.string
        )
        if not strings or not all(strings):
            missing.append(f"{name}: {key}")
    assert missing == []


def test_a_translation_fills_the_same_places(catalog: Catalog) -> None:
    for message in catalog:
        if not message.id:
            continue
        one = message.id[-1] if isinstance(message.id, tuple) else message.id
        strings = [message.string] if isinstance(message.string, str) else message.string
        for translated in strings:
            assert places(translated) == places(one), one
            assert not message.fuzzy, one


def test_no_translation_is_left_over(catalog: Catalog) -> None:
    used = {m[0] if isinstance(m, tuple) else m for _, m in messages()}
    kept = {m.id[0] if isinstance(m.id, tuple) else m.id for m in catalog if m.id}
    assert kept - used == set()


def test_the_compiled_catalogue_is_the_written_one(catalog: Catalog) -> None:
    with CATALOG.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert plain(compiled) == plain(catalog)


@pytest.mark.usefixtures("_english")
def test_the_language_asked_for_is_spoken() -> None:
    assert set_language("id") == "id"
    assert _("no such file") == "tidak ada berkas ini"
    assert ngettext("{n} fault", "{n} faults", 2) == "{n} kesalahan"
    assert set_language("en") == "en"
    assert _("no such file") == "no such file"


@pytest.mark.parametrize(
    ("value", "language"),
    [("id_ID.UTF-8", "id"), ("en_US.UTF-8", "en"), ("C", "en"), ("", "en"), ("in_ID", "id")],
)
def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, value: str, language: str
) -> None:
    for name in ("RILIS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", value)
    assert language_of_environment() == language
