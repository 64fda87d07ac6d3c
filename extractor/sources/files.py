"""Which files an input names, and their bytes: folders, globs, limits, what is no file at all."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from extractor.errors import SourceError, UsageError
from extractor.messages import _

TEXT = frozenset({".txt", ".text"})
HTML = frozenset({".html", ".htm", ".xhtml"})
WORD = frozenset({".docx"})
LINES = frozenset({".jsonl", ".ndjson"})
# Drafts of other word processors: said to be unreadable rather than passed over in silence.
FOREIGN = frozenset({".doc", ".docm", ".dot", ".dotx"})
ODT, RTF, PDF = frozenset({".odt"}), frozenset({".rtf"}), frozenset({".pdf"})
_IN_FOLDERS = TEXT | HTML | WORD | LINES | FOREIGN | ODT | RTF | PDF
STDIN = "-"

_LIMIT_VARIABLE = "RILIS_MAX_MB"
_LIMIT_MB = 10


def size_limit() -> int:
    """The most bytes of text one draft may have: RILIS_MAX_MB, else 10 million bytes.

    Raises UsageError where the variable holds no number.
    """
    said = os.environ.get(_LIMIT_VARIABLE, "").strip()
    try:
        megabytes = float(said) if said else float(_LIMIT_MB)
        return int(megabytes * 1_000_000)
    except (ValueError, OverflowError):
        told = _("{variable}={value} is not a number of megabytes")
        raise UsageError(told.format(variable=_LIMIT_VARIABLE, value=said)) from None


def too_long(path: str, limit: int) -> SourceError:
    """The error for a draft over the limit, with how to raise it."""
    said = _(
        "longer than {limit:g} MB, which no press release is; "
        "split it, or set {variable} to a larger number to read it all the same"
    )
    return SourceError(path, said.format(limit=limit / 1e6, variable=_LIMIT_VARIABLE))


def find(inputs: Iterable[str | Path]) -> Iterator[Path | SourceError]:
    """The files that inputs name, in their order, each once: files as they are, folders with all
    that is below them sorted by name, patterns (``*``, ``?``, ``[…]``, ``**``) sorted.

    What names nothing comes as a SourceError in its place. ``-`` comes as ``Path("-")``.
    """
    seen: set[str] = set()
    for given in inputs:
        for path in _named(str(given)):
            if isinstance(path, Path):
                real = os.path.realpath(path) if str(path) != STDIN else STDIN
                if real in seen:
                    continue
                seen.add(real)
            yield path


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most ``limit`` bytes; raises SourceError for anything else, and
    where somebody writes to the file meanwhile: half of an old draft and half of a new one is
    neither."""
    with open_file(path) as file:
        before = os.fstat(file.fileno())
        raw = file.read(limit + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        said = _("changed while it was being read; read it again once it is written")
        raise SourceError(str(path), said)
    if len(raw) > limit:
        raise too_long(str(path), limit)
    return raw


def open_file(path: Path) -> BinaryIO:
    """The file, opened for reading; raises SourceError where it is missing, closed, or no file."""
    name = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(name, _("a folder, not a file"))
        if not stat.S_ISREG(mode):
            said = _("a pipe or device, not a file; use - to read standard input")
            raise SourceError(name, said)
        return path.open("rb")
    except FileNotFoundError:
        raise SourceError(name, _("no such file")) from None
    except PermissionError:
        raise SourceError(name, _("may not be read by you; ask its owner for access")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(name, _("cannot be read: {reason}").format(reason=reason)) from None


def _named(given: str) -> Iterator[Path | SourceError]:
    if given == STDIN:
        yield Path(STDIN)
        return
    if os.path.isdir(given):  # noqa: PTH112  Path.is_dir raises on some impossible names
        yield from _in_folder(given)
    elif os.path.lexists(given) or not glob.has_magic(given):
        yield Path(given)
    else:
        found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  absolute patterns too
        if not found:
            yield SourceError(given, _("no file matches this pattern"))
        for one in found:
            yield from _named(one) if os.path.isdir(one) else (Path(one),)  # noqa: PTH112


def _in_folder(folder: str) -> Iterator[Path | SourceError]:
    failed: list[SourceError] = []
    found: list[Path] = []

    def refused(error: OSError) -> None:
        name = str(error.filename or folder)
        failed.append(SourceError(name, _("this folder may not be read by you")))

    for parent, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in names:
            # ~$name.docx is the lock that Word leaves beside an open draft.
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in _IN_FOLDERS:
                found.append(Path(parent, name))
    if not found and not failed:
        said = _(
            "the folder holds nothing to read: no draft (.txt .html .docx .odt …) or .jsonl file"
        )
        failed.append(SourceError(folder, said))
    yield from sorted(found)
    yield from failed
