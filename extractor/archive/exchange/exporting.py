"""The archive taken out: which releases, in which form, and to a place that is whole or not there.

A file is written under another name and renamed when it is complete; so is a folder of tables.
"""

import contextlib
import datetime
import os
import secrets
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from extractor.archive import schema
from extractor.archive.engines import small_cache
from extractor.archive.exchange.exported import Exported, exported
from extractor.archive.exchange.tidy import TABLES
from extractor.archive.formats import Format
from extractor.archive.formats.tables import PACKAGE, write_table
from extractor.archive.index.searchable import NUMBER_BITS, place_of
from extractor.archive.risk.disclosure import public_release
from extractor.archive.store import Store
from extractor.errors import ArchiveError, SourceError, UsageError
from extractor.messages import _

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever they are written
_SPARE = 16 * 1024 * 1024
_OF_SQLITE = ("-wal", "-shm", "-journal")  # what it may leave beside a file unfinished
_WHERE = {
    "tables": lambda: _("--format {name} writes several tables: name a folder or .zip with -o"),
    "file": lambda: _("--format {name} writes a database: name a file with -o"),
}


@dataclass(frozen=True)
class Choice:
    """Which releases: days are ISO, both included, those of the main event, else of publication;
    ``type`` is a kind or class of event."""

    since: str | None = None
    until: str | None = None
    site: str | None = None
    type: str | None = None
    reviewed_only: bool = False


@dataclass
class Written:
    """What went out: releases, how many of them with names struck out; how many that would have
    been chosen are withheld; what else a form has to say."""

    releases: int = 0
    masked: int = 0
    withheld: int = 0
    notes: list[str] = field(default_factory=list)


def chosen(connection: Connection, choice: Choice) -> Iterator[tuple[int, bool]]:
    """(number, may it be shown) of the releases chosen, in the order they came in."""
    releases = schema.releases
    wanted = select(releases.c.id, public_release().label("public")).order_by(releases.c.id)
    for row in connection.execute(wanted.where(*_conditions(choice))):
        yield row.id, bool(row.public)


def _conditions(choice: Choice) -> Iterator[ColumnElement[bool]]:
    releases, events, spans = schema.releases, schema.events, schema.spans
    if choice.since or choice.until:
        documents = schema.search_documents
        found = exists().where(
            documents.c.release_id == releases.c.id, *_places(documents.c.place, choice)
        )
        # what is withheld stands in no index; that it is left out is said all the same
        hidden = and_(~public_release(), *_days(releases.c.published, choice))
        yield or_(found, hidden)
    if choice.site is not None:
        yield releases.c.site == choice.site
    if choice.type is not None:
        wanted = choice.type.lower()
        yield exists().where(
            events.c.release_id == releases.c.id,
            events.c.state != "rejected",
            or_(func.lower(events.c.type) == wanted, func.lower(events.c.event_class) == wanted),
        )
    if choice.reviewed_only:
        reviews, versions = schema.reviews, schema.versions
        complete = exists().where(
            reviews.c.release_id == releases.c.id, reviews.c.action == "complete", reviews.c.active
        )
        undecided = exists().where(
            spans.c.version_id == versions.c.id,
            versions.c.release_id == releases.c.id,
            versions.c.current,
            spans.c.state == "unreviewed",
        )
        yield or_(complete, ~undecided)


def _places(place: Any, choice: Choice) -> Iterator[ColumnElement[bool]]:
    """The release stands between the days, as the search has it: the day of its main event, else
    of its publication; one without a day is not between days."""
    yield place >= place_of(choice.since or datetime.date.min.isoformat(), 0)
    if choice.until:
        yield place < place_of(choice.until, 0) + (1 << NUMBER_BITS)


def _days(column: Any, choice: Choice) -> Iterator[ColumnElement[bool]]:
    day = func.substr(column, 1, 10)
    if choice.since:
        yield day >= choice.since
    if choice.until:
        yield day <= choice.until


def export(
    store: Store,
    form: Format,
    target: Path | None,
    choice: Choice = Choice(),
    force: bool = False,
    bom: bool = False,
    table: str | None = None,
    watch: Callable[[object], None] = lambda _one: None,
) -> Written:
    """Write the releases chosen; ``target`` None is standard output.

    ``table`` writes one table of the tables alone. Raises UsageError where the target is there
    (unless ``force``) or does not fit the form, SourceError where it cannot be written; there is
    nothing at the target then, or what was there before.
    """
    writer = form.load()
    if table is not None and (form.name != "csv" or table not in TABLES):
        said = _("--table {table}: for --format csv, one of {names}")
        raise UsageError(said.format(table=table, names=", ".join(TABLES)))
    written = Written()
    with store.read() as connection, small_cache(connection):
        releases = _counted(connection, choice, written, watch)
        if table is not None:
            with _place(target, force) as stream, _text(stream, bom) as text:
                write_table(table, releases, text)
        elif form.makes == "stream":
            with _place(target, force) as stream:
                notes = {"say": written.notes.append} if form.name == "ical" else {}
                writer.write(releases, stream, **notes)
        elif target is None:
            raise UsageError(_WHERE[form.makes]().format(name=form.name))
        elif form.makes == "file":
            with _renamed(target, force) as partial:
                writer.write_file(releases, partial)
        else:
            options = {"bom": bom} if form.name == "csv" else {}
            with _folder(target, force) as folder:
                writer.write_tables(releases, folder, **options)
    return written


def _counted(
    connection: Connection, choice: Choice, written: Written, watch: Callable[[object], None]
) -> Iterator[Exported]:
    ids = []
    for number, public in chosen(connection, choice):
        if public:
            ids.append(number)
        else:
            written.withheld += 1
    for one in exported(connection, ids):
        written.releases += 1
        written.masked += one.masked
        yield one
        watch(one)


@contextmanager
def _text(stream: Any, bom: bool) -> Iterator[TextIOWrapper]:
    text = TextIOWrapper(stream, encoding="utf-8", newline="")
    text.write("\ufeff" if bom else "")
    yield text
    text.flush()
    text.detach()


@contextmanager
def _place(target: Path | None, force: bool) -> Iterator[Any]:
    """A stream to a file that is there when the block ends well, or to standard output."""
    if target is None:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            # what is left in the buffer would be tried again, and told again, at the very end
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SourceError("-", _cannot(error)) from None
        return
    with _renamed(target, force) as partial, partial.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _folder(target: Path, force: bool) -> Iterator[Path]:
    """A folder, or a .zip of it, that is there when the block ends well."""
    if target.suffix != ".zip":
        with _renamed(target, force, folder=True) as partial:
            partial.mkdir()
            yield partial
        return
    with _renamed(target, force) as partial:
        beside = partial.with_name(partial.name + ".tables")
        try:
            beside.mkdir()
            yield beside
            with zipfile.ZipFile(partial, "x", zipfile.ZIP_DEFLATED) as packed:
                for path in sorted(beside.iterdir()):
                    _pack(packed, path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _pack(packed: zipfile.ZipFile, path: Path) -> None:
    entry = zipfile.ZipInfo(path.name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with path.open("rb") as file, packed.open(entry, "w", force_zip64=True) as there:
        shutil.copyfileobj(file, there, _SPARE)


@contextmanager
def _renamed(target: Path, force: bool, folder: bool = False) -> Iterator[Path]:
    """A name beside the target, which becomes the target when the block ends well.

    Raises UsageError where the target is there and may not be replaced, SourceError where it
    cannot be written (a full disk, a folder that is not there).
    """
    _free(target, force, folder)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        yield partial
        if folder and target.exists():
            old = partial.with_suffix(".old")
            target.rename(old)
            partial.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            partial.replace(target)
    except OSError as error:
        raise SourceError(str(target), _cannot(error)) from None
    except ArchiveError as error:
        if error.path != str(partial):
            raise
        raise SourceError(str(target), error.reason) from None
    finally:
        if partial.is_dir():
            shutil.rmtree(partial, ignore_errors=True)
        else:
            for beside in ("", *_OF_SQLITE):
                with contextlib.suppress(OSError):
                    partial.with_name(partial.name + beside).unlink(missing_ok=True)


def _cannot(error: OSError) -> str:
    said = _("cannot be written: {reason}; nothing was kept")
    return said.format(reason=error.strerror or error)


def _free(target: Path, force: bool, folder: bool) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if target.is_dir() and not folder:
        raise UsageError(_("{path}: is a folder; name a file").format(path=target))
    ours = not folder or (target.is_dir() and _only(target, (PACKAGE, ".csv", ".parquet")))
    if not ours:
        said = _("{path}: holds other files than tables of an export; name another folder")
        raise UsageError(said.format(path=target))
    if not force:
        said = _("{path}: is there already; --force replaces it")
        raise UsageError(said.format(path=target))


def _only(folder: Path, ends: Iterable[str]) -> bool:
    return all(path.is_file() and path.name.endswith(tuple(ends)) for path in folder.iterdir())
