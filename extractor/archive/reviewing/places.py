"""Where words stand in a text: what a person points at, or the nearest place that says it."""

import re
from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.messages import _


@dataclass(frozen=True)
class Place:
    """Words in a version of a text: ``text[start:end] == words``."""

    version_id: int
    text_hash: str
    start: int
    end: int
    words: str


def place_at(version: dict[str, object], span: tuple[int, int]) -> Place:
    """The place a person points at; raises UsageError where the text has none there."""
    text = str(version["text"])
    start, end = span
    if not 0 <= start < end <= len(text):
        said = _("span {start}:{end}: outside the text, which has {n} characters")
        raise UsageError(said.format(start=start, end=end, n=len(text)))
    words = text[start:end]
    if not words.strip():
        said = _("span {start}:{end}: holds nothing but blanks")
        raise UsageError(said.format(start=start, end=end))
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return _place(version, start, end)


def place_of(version: dict[str, object], words: str, near: int | None) -> Place | None:
    """The place that says these words, whatever its blanks, nearest to an offset; None where the
    text does not say them."""
    text = str(version["text"])
    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found = list(pattern.finditer(text))
    if not found:
        return None
    whole = [one for one in found if _stands_alone(text, one.start(), one.end())]
    best = min(whole or found, key=lambda one: abs(one.start() - (near or 0)))
    return _place(version, best.start(), best.end())


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )


def _place(version: dict[str, object], start: int, end: int) -> Place:
    number, digest, text = version["id"], version["text_hash"], str(version["text"])
    assert isinstance(number, int)
    assert isinstance(digest, str)
    return Place(number, digest, start, end, text[start:end])
