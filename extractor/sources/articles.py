"""All inputs of a command as one stream of articles, each failure in its place."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from extractor.errors import SourceError, UsageError
from extractor.messages import _
from extractor.record import Article
from extractor.sources.docx import Parts
from extractor.sources.docx_story import Tracked
from extractor.sources.drafts import Draft, read_draft
from extractor.sources.files import (
    HTML,
    LINES,
    STDIN,
    TEXT,
    WORD,
    find,
    open_file,
    read_bytes,
    size_limit,
)
from extractor.sources.jsonl import (
    article_lines,
    article_of,
    day_of,
    looks_like_articles,
    parse_json,
)
from extractor.sources.text import without_surrogates

_DRAFTS = TEXT | HTML | WORD


def articles(
    inputs: Iterable[str | Path],
    published: str | None = None,
    stdin: BinaryIO | None = None,
    limit: int | None = None,
    tracked: Tracked = "accept",
    parts: Parts = "body",
    output: Path | None = None,
) -> Iterator[Article | SourceError]:
    """The articles of all inputs in order; what cannot be read comes as a SourceError in its place.

    Inputs are drafts (.txt .html .docx), files of articles (.jsonl, .json), folders, patterns and
    ``-``. ``published`` is the day of every article that does not tell its own, and wins over that
    of a sidecar. ``limit``: the most bytes of text an article may have. ``tracked`` and ``parts``
    say how Word drafts are read. ``output`` is what is written to: no input, though a folder of the
    inputs may hold it from an earlier run. Raises UsageError at once where ``published`` is no
    date.
    """
    day = asked_day(published)
    most = size_limit() if limit is None else limit
    read = partial(read_draft, limit=most, tracked=tracked, parts=parts)
    paths = find(inputs)
    if output is not None:
        written = os.path.realpath(output)
        paths = (
            one for one in paths if isinstance(one, SourceError) or os.path.realpath(one) != written
        )
    return _each(paths, day, stdin, most, read)


def asked_day(published: str | None) -> str | None:
    """The day that ``--published`` names; raises UsageError where it is none."""
    day = day_of(published)
    if published and day is None:
        said = _("--published {value}: is no date; write it as YYYY-MM-DD")
        raise UsageError(said.format(value=published))
    return day


def _each(
    paths: Iterable[Path | SourceError],
    day: str | None,
    stdin: BinaryIO | None,
    limit: int,
    read: Callable[..., Draft],
) -> Iterator[Article | SourceError]:
    for path in paths:
        if isinstance(path, SourceError):
            yield path
            continue
        try:
            for one in _read(path, day, stdin, limit, read):
                yield one if isinstance(one, SourceError) or one.published else _dated(one, day)
        except SourceError as error:
            yield error
        except (OSError, MemoryError) as error:  # a disk that fails, a draft beyond the memory
            reason = getattr(error, "strerror", None) or type(error).__name__
            shown = without_surrogates(str(path))
            yield SourceError(shown, _("cannot be read: {reason}").format(reason=reason))


def _read(
    path: Path, day: str | None, stdin: BinaryIO | None, limit: int, read: Callable[..., Draft]
) -> Iterator[Article | SourceError]:
    shown = without_surrogates(str(path))
    suffix = path.suffix.lower()
    if str(path) == STDIN:
        yield from _standard_input(stdin or sys.stdin.buffer, day, limit, read)
    elif suffix in LINES:
        with open_file(path) as file:
            yield from article_lines(file, shown, limit)
    elif suffix == ".json":
        if not any(path.with_suffix(one).is_file() for one in _DRAFTS):  # else it is a sidecar
            yield from _whole_json(path, shown, limit)
    else:
        yield read(path).article(day)


def _standard_input(
    stdin: BinaryIO, day: str | None, limit: int, read: Callable[..., Draft]
) -> Iterator[Article | SourceError]:
    head = stdin.readline(limit + 1)
    if looks_like_articles(head):
        yield from article_lines(stdin, STDIN, limit, head)
    else:
        # A Word draft may be larger than its text: read_draft decides by what it is.
        raw = head + stdin.read(10 * limit)
        yield read(STDIN, raw).article(day)


def _whole_json(path: Path, shown: str, limit: int) -> Iterator[Article | SourceError]:
    value = parse_json(read_bytes(path, 10 * limit), shown)
    if not isinstance(value, list):
        yield article_of(value, shown)
        return
    for number, one in enumerate(value, 1):
        try:
            yield article_of(one, f"{shown}:{number}")
        except SourceError as error:
            yield error


def _dated(article: Article, day: str | None) -> Article:
    return article.model_copy(update={"published": day}) if day else article
