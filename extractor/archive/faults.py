"""What a database complains of, told in one line with a way out."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)

from extractor.errors import ArchiveError
from extractor.messages import _

_SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
# the -shm file cannot grow where the disk is full either
_SQLITE_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM")
_LOCK_NOT_AVAILABLE = ("55P03", "40P01")  # and deadlock


def sqlite_name(error: BaseException | None) -> str:
    """The name SQLite gives the fault, such as SQLITE_FULL; empty where it gives none."""
    return str(getattr(error, "sqlite_errorname", None) or "")


def is_busy(error: DBAPIError) -> bool:
    """Does another connection hold what this one needs?"""
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_name(error.orig).startswith(_SQLITE_BUSY)
    return getattr(error.orig, "sqlstate", None) in _LOCK_NOT_AVAILABLE


def is_refusal(error: ArchiveError) -> bool:
    """Did the database refuse a row, rather than fail?"""
    cause = error.__cause__
    too_large = getattr(getattr(cause, "orig", None), "sqlstate", None) == "54000"
    return isinstance(cause, IntegrityError | DataError) or too_large


def archive_error(location: str, error: DBAPIError) -> ArchiveError:
    """The fault of a database as one line that names the archive and the way out."""
    if isinstance(error.orig, sqlite3.Error):
        return ArchiveError(location, _sqlite_reason(error.orig))
    return ArchiveError(location, _postgresql_reason(error))


def _sqlite_reason(error: sqlite3.Error) -> str:
    name = sqlite_name(error)
    if name.startswith(_SQLITE_FULL):
        return _("the disk is full or a limit is reached; make room and run the command again")
    if name.startswith("SQLITE_READONLY"):
        return _("may not be written to; change its permissions or name another archive")
    if name.startswith("SQLITE_NOTADB"):
        return _("is no database; name another file")
    if name.startswith("SQLITE_CORRUPT"):
        return _("is damaged; take the last copy of it, or save the rest with sqlite3 .recover")
    if name.startswith("SQLITE_CANTOPEN"):
        return _("cannot be opened; does the folder exist, and may it be written to?")
    if name.startswith(_SQLITE_BUSY):
        return _("another program is writing to it; try again later")
    return _one_line(error)


def _postgresql_reason(error: DBAPIError) -> str:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "53100":
        return _("the disk is full or a limit is reached; make room and run the command again")
    if state in ("25006", "42501"):
        return _("may not be written to; change its permissions or name another archive")
    if state == "3D000":
        return _("there is no such database on the server; make one with createdb")
    if state.startswith("28"):
        return _("the server refuses this user or password")
    if error.connection_invalidated or state.startswith(("57P", "08")):
        return _("the server went away; what was kept before is kept, run the command again")
    if isinstance(error, OperationalError | InterfaceError) and not state:
        return _("the server cannot be reached: {reason}").format(reason=_one_line(error.orig))
    return _one_line(error.orig)


def _one_line(error: BaseException | None) -> str:
    return re.sub(r"\s+", " ", str(error)).strip()


@contextmanager
def told(location: str) -> Iterator[None]:
    """Faults of the database in this block come out as ArchiveError."""
    try:
        yield
    except DBAPIError as error:
        raise archive_error(location, error) from error
    except sqlite3.Error as error:
        raise ArchiveError(location, _sqlite_reason(error)) from error
