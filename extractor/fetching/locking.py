"""One process at a time on one folder, held by the operating system.

A lock that the system holds is freed when the process ends, however it ends; a file that only says
"in use" would outlive a kill.
"""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from extractor.errors import UsageError
from extractor.messages import _

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """A folder for this process alone; raises UsageError where another one has it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / ".lock").open("a+b")
        try:
            _take(self._file)
        except OSError:
            self._file.close()
            said = _(
                "{folder}: another rilis is fetching into it; wait for it, or choose another "
                "folder with -o"
            )
            raise UsageError(said.format(folder=folder)) from None
        if sys.platform != "win32":
            self._file.truncate(0)
            self._file.write(str(os.getpid()).encode())
            self._file.flush()

    def close(self) -> None:
        """Give the folder back."""
        self._file.close()

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
