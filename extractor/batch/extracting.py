"""Many articles into records: in this process or in several, onto a stream or into a file."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import IO

from extractor.batch.output import RecordFile
from extractor.batch.pool import Outcome, reason_of, run
from extractor.errors import SourceError
from extractor.extraction import Extractor
from extractor.record import Article, to_json
from extractor.rulebook import shared_rulebook

Item = Article | SourceError
Read = Outcome[Item, bytes]

TIMEOUT = 120.0
# A document this long has TIMEOUT; a longer one as many times more.
_USUAL_LENGTH = 1_000_000
_LEAST_MEMORY = 1 << 30


@dataclass(frozen=True)
class Summary:
    """What came of a run: how many records were written, of them ``skipped`` as done before, and
    (input, reason) of each that failed."""

    done: int
    skipped: int
    failed: tuple[tuple[str, str], ...]


def extract_to(
    target: Path | IO[bytes],
    items: Iterable[Item],
    rules: str | Path | None = None,
    workers: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
    resume: bool = False,
    watch: Callable[[Read], None] | None = None,
) -> Summary:
    """Write the records of all items, one a line, in their order, to a stream or into a file.

    A file appears when all is written (see :mod:`extractor.batch.output`); with ``resume`` what is
    in it, or was left by a run that was stopped, is not extracted again. ``watch`` hears of every
    outcome, for progress. Other parameters as for :func:`records`. Raises RuleError, UsageError.
    """
    version = shared_rulebook(str(rules) if rules is not None else None).version
    failed: list[tuple[str, str]] = []
    done = skipped = 0

    def write_all(write: Callable[[bytes], object], todo: Iterable[Item | Read]) -> None:
        nonlocal done, skipped
        with closing(records(todo, rules, workers, timeout, memory)) as outcomes:
            for outcome in outcomes:
                if outcome.result is None:
                    failed.append((name_of(outcome.task), outcome.error or ""))
                else:
                    write(outcome.result)
                    done += 1
                    skipped += outcome.skipped
                if watch is not None:
                    watch(outcome)

    if not isinstance(target, Path):
        stream = target
        write_all(lambda line: stream.write(line + b"\n"), items)
    elif target.exists() and not target.is_file() and not target.is_dir():
        with target.open("wb") as device:  # /dev/stdout and its like cannot be replaced
            write_all(lambda line: device.write(line + b"\n"), items)
    else:
        with RecordFile(target, resume) as file:
            write_all(file.write, _known(items, file, version) if resume else items)
    return Summary(done, skipped, tuple(failed))


def records(
    items: Iterable[Item | Read],
    rules: str | Path | None = None,
    workers: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
) -> Generator[Read, None, None]:
    """The record of every item as a line of JSON, in their order, as they become known.

    With one worker, and neither ``timeout`` nor ``memory`` asked for, all is done in this process.
    Else in ``workers`` processes, where a document may take ``timeout`` seconds (by default
    :data:`TIMEOUT`, more for very long ones) and ``memory`` bytes (by default its share of the
    machine's); one that hangs, crashes or asks for more has an error for an outcome, the others do
    not notice.
    """
    settled = (_unread(item) if isinstance(item, SourceError) else item for item in items)
    if workers <= 1 and timeout is None and memory is None:
        return _here(settled, rules)
    seconds = partial(_seconds, TIMEOUT if timeout is None else timeout)
    return run(
        settled,
        partial(_worker, rules),
        max(1, workers),
        seconds,
        share_of_memory(workers) if memory is None else memory,
    )


def name_of(item: Item) -> str:
    """What to call an item in a message: its path, else where it came from, else its id."""
    return item.path or "-" if isinstance(item, SourceError) else item.path or item.uri or item.id


def share_of_memory(workers: int) -> int | None:
    """What each of so many workers may use of the machine's memory; None where that is unknown."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return max(_LEAST_MEMORY, whole // (workers + 1))


def _known(items: Iterable[Item], file: RecordFile, version: str) -> Iterator[Item | Read]:
    for item in items:
        line = file.earlier(item, version) if isinstance(item, Article) else None
        yield Outcome(item, line, skipped=True) if line is not None else item


def _unread(error: SourceError) -> Read:
    return Outcome(error, error=error.reason)


def _here(items: Iterable[Item | Read], rules: str | Path | None) -> Generator[Read, None, None]:
    work = partial(_line, _extractor(None if rules is None else str(rules)))
    for item in items:
        if isinstance(item, Outcome):
            yield item
            continue
        try:
            yield Outcome(item, work(item))
        except Exception as error:  # one article must not stop the others
            yield Outcome(item, error=reason_of(error))


@lru_cache(maxsize=2)
def _extractor(rules: str | None) -> Extractor:
    """The extractor of this process for a folder of rules; making one takes longer than reading a
    hundred releases."""
    return Extractor(rules)


def _worker(rules: str | Path | None) -> Callable[[Item], bytes]:
    return partial(_line, Extractor(rules))


def _line(extractor: Extractor, item: Item) -> bytes:
    if isinstance(item, SourceError):
        raise item
    return to_json(extractor.extract(item)).encode("utf-8", "replace")


def _seconds(timeout: float, item: Item) -> float:
    length = len(item.text) if isinstance(item, Article) else 0
    return timeout * max(1.0, length / _USUAL_LENGTH)
