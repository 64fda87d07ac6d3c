"""Articles as JSON: one a line, as ``fetch`` writes them; a bad line fails alone."""

import difflib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from pydantic import ValidationError

from extractor.errors import SourceError
from extractor.messages import _
from extractor.record import Article, article_id
from extractor.sources.files import too_long
from extractor.sources.text import without_surrogates

_KEYS = tuple(Article.model_fields)
_DAY_OF_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:.*)?")


def iso_day(value: object, path: str) -> str | None:
    """A publication date as written, checked: ``2024-05-03``, or a time of which the day is taken.

    None and the empty string are unknown. Raises SourceError for anything else.
    """
    day = day_of(value)
    if day is None and value not in (None, ""):
        said = _("published: {value!r} is no date; write it as YYYY-MM-DD")
        raise SourceError(path, said.format(value=value))
    return day


def day_of(value: object) -> str | None:
    """The day of an ISO date or time, ``2024-05-03``; None for anything else."""
    found = _DAY_OF_TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found.group(1)).isoformat() if found is not None else None
    except ValueError:  # the thirteenth month
        return None


def article_lines(
    file: BinaryIO, path: str, limit: int, head: bytes = b""
) -> Iterator[Article | SourceError]:
    """The articles of a file of JSON lines, in order, one line in memory at a time.

    ``head`` is a first line that was read from it already. A line that is no article, or longer
    than ``limit`` bytes, comes as a SourceError with its number.
    """
    number = read = 0
    while line := head or file.readline(limit + 1):
        head = b""
        number += 1
        place = f"{path}:{number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = file.readline(limit + 1)
            read += 1
            yield too_long(place, limit)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not line:
            continue
        read += 1
        try:
            yield article_of(_json(line, place), place)
        except SourceError as error:
            yield error
    if not read:
        yield SourceError(path, _("the file is empty"))


def looks_like_articles(head: bytes) -> bool:
    """Whether the first line of an input is an article as JSON rather than a text."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip()
    if not line.startswith(b"{"):
        return False
    if not line.endswith(b"}"):
        return re.match(rb'\{\s*"(?:id|title|text|published|uri|site)"\s*:', line) is not None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not value.keys().isdisjoint(_KEYS)


def article_of(value: Any, place: str) -> Article:
    """The article of one JSON object; raises SourceError that says what is wrong with it."""
    if not isinstance(value, dict):
        raise SourceError(place, _("no article: a JSON object with the key 'text' is wanted"))
    if str(value.get("schema", "")).startswith("rilis/record/"):
        raise SourceError(place, _("a record that was extracted already, not an article"))
    for key in value.keys() - set(_KEYS):
        if meant := difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.8):
            said = _("unknown key '{key}'; was '{meant}' meant?")
            raise SourceError(place, said.format(key=key, meant=meant[0]))
    text = value.get("text")
    if not isinstance(text, str):
        said = _("no article: the key 'text' is missing or no string; there is: {keys}")
        raise SourceError(place, said.format(keys=", ".join(map(str, value)) or "-"))
    if not text.strip():
        raise SourceError(place, _("the text is empty"))
    known = {key: _plain(value.get(key)) for key in _KEYS}
    known["published"] = iso_day(value.get("published"), place)
    known["path"] = known["path"] or place
    if isinstance(known["id"], int):
        known["id"] = str(known["id"])
    uri = known["uri"] if isinstance(known["uri"], str) else None
    known["id"] = known["id"] or article_id(uri, text.encode("utf-8", "replace"))
    try:
        return Article.model_validate(known)
    except ValidationError as error:
        first = error.errors()[0]
        said = _("'{key}' must be a string or null")
        raise SourceError(place, said.format(key=".".join(map(str, first["loc"])))) from None


def parse_json(raw: bytes, place: str) -> Any:
    """The JSON value of these bytes; raises SourceError where it is none."""
    return _json(raw.removeprefix(b"\xef\xbb\xbf"), place)


def _json(raw: bytes, place: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        said = _("not valid JSON ({reason})")
        raise SourceError(place, said.format(reason=error)) from None


def _plain(value: object) -> object:
    return without_surrogates(value) if isinstance(value, str) else value
