"""A file of records that is there whole or not at all, and what an earlier run left of it.

Lines go to ``OUT.partial`` in the order of the inputs and become ``OUT`` when all are written. A
run that was stopped leaves ``OUT.partial``; ``resume`` takes over its lines, and those of ``OUT``.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from extractor.errors import UsageError
from extractor.messages import _
from extractor.record import Article, text_version


class RecordFile:
    """Records on their way into a file; a context that finishes it when it ends well.

    With ``resume``, :meth:`earlier` gives the lines that were extracted before.
    """

    def __init__(self, path: Path, resume: bool = False) -> None:
        """Raises UsageError where the file cannot be written."""
        self.path = Path(os.path.realpath(path))
        self._partial = self.path.with_name(self.path.name + ".partial")
        self._left = self.path.with_name(self.path.name + ".earlier")
        self._sources: list[IO[bytes]] = []
        self._lines: dict[bytes, tuple[int, int, int]] = {}
        if self.path.is_dir():
            raise UsageError(_("{path}: is a folder; name a file").format(path=path))
        try:
            if resume:
                self._take_over()
            self._file = self._partial.open("wb", buffering=0)
        except OSError as error:
            self._close()
            said = _("{path}: cannot be written: {reason}")
            raise UsageError(said.format(path=path, reason=error.strerror)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            os.fsync(self._file.fileno())
        self._file.close()
        self._close()
        if kind is None:
            self._partial.replace(self.path)
            self._left.unlink(missing_ok=True)

    def write(self, line: bytes) -> None:
        """Append one record's line, its line end not included; unbuffered, so that nothing that was
        done is lost with the process."""
        left = memoryview(line + b"\n")
        while left:
            left = left[self._file.write(left) :]

    def earlier(self, article: Article, rules_version: str) -> bytes | None:
        """The line an earlier run wrote for this very article with these rules, or None."""
        found = self._lines.get(_key_of(article, rules_version))
        if found is None:
            return None
        source, start, length = found
        self._sources[source].seek(start)
        return self._sources[source].read(length)

    def _take_over(self) -> None:
        """Make the lines of ``OUT`` and of stopped runs known."""
        if self._partial.exists():
            # A run may stop while it resumes: the lines of both runs are kept.
            with self._left.open("ab") as left, self._partial.open("rb") as partial:
                for line in partial:
                    if line.endswith(b"\n"):
                        left.write(line)
            self._partial.unlink()
        for path in (self.path, self._left):
            if path.is_file():
                source = path.open("rb")
                self._sources.append(source)
                for key, start, length in _records(source):
                    self._lines[key] = (len(self._sources) - 1, start, length)

    def _close(self) -> None:
        for source in self._sources:
            source.close()


def _records(file: IO[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """(key, start, length) of each whole record in a file; torn and failed ones are none."""
    start = 0
    for line in file:
        if line.endswith(b"\n"):
            try:
                key = _key_of_record(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError):
                key = None
            if key is not None:
                yield key, start, len(line) - 1
        start += len(line)


def _key_of_record(record: Any) -> bytes | None:
    if any(warning["code"] == "failed" for warning in record["warnings"]):
        return None
    source = record["source"]
    named = record["id"], source["sha256"], source["title"], source["published"]
    return _key(*named, record["rules_version"])


def _key_of(article: Article, rules_version: str) -> bytes:
    version = text_version(article.text)
    return _key(article.id, version, article.title, article.published, rules_version)


def _key(*parts: str | None) -> bytes:
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).digest()
