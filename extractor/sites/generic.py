"""An article out of a page that no rule knows, or whose rule misses: trafilatura where it is
installed, else the reader of drafts. Less is certain, and is marked so."""

import importlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.errors import SourceError
from extractor.sites.text import mended
from extractor.sources.html import read_html

# Beyond this both take longer than a page is worth.
_MAX_CHARACTERS = 600_000
_MAX_TAGS = 12_000
# Less is a word of a server rather than an article.
_LEAST = 100
_MAX_BLANK = re.compile(r"\n{2,}")


@dataclass(frozen=True)
class Generic:
    """A title and paragraphs, and what read them: ``trafilatura`` or ``html``."""

    title: str | None
    paragraphs: tuple[str, ...]
    reader: str


def read_generic(text: str, title: str | None) -> Generic | None:
    """The main text of a page; ``title`` is what the page declares. None where there is none, or
    the page is too large to be searched."""
    if len(text) > _MAX_CHARACTERS or text.count("<") > _MAX_TAGS:
        return None
    by_drafts = _by_drafts(text)
    lines = _by_trafilatura(text)
    named = title or (by_drafts.title if by_drafts is not None else None)
    below = _below(lines, named)
    if sum(map(len, below)) >= _LEAST:
        return Generic(named, below, "trafilatura")
    enough = by_drafts is not None and sum(map(len, by_drafts.paragraphs)) >= _LEAST
    return by_drafts if enough else None


def _by_trafilatura(text: str) -> list[str]:
    extract = _trafilatura()
    if extract is None:
        return []
    try:
        found = extract(text, include_comments=False, include_tables=True)
    except Exception:  # another's code on markup of strangers; the reader of drafts still tries
        return []
    lines = (mended(line.strip()) for line in (found or "").splitlines())
    return [line for line in lines if line]


def _by_drafts(text: str) -> Generic | None:
    try:
        page = read_html(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), "")
    except SourceError:
        return None
    blocks = [mended(block) for block in _MAX_BLANK.split(page.text)]
    return Generic(page.title, _below(blocks, page.title), "html")


def _below(blocks: list[str], title: str | None) -> tuple[str, ...]:
    if blocks and title and blocks[0].casefold() == title.casefold():
        blocks = blocks[1:]
    return tuple(block for block in blocks if block)


@lru_cache(maxsize=1)
def _trafilatura() -> Any:
    """``trafilatura.extract``, loaded on use; None where it is not installed (or half so)."""
    try:
        return importlib.import_module("trafilatura").extract
    except ImportError:
        return None
