"""Word lists and patterns as regular expressions that cannot hang.

Patterns from rule files are matched by google-re2, which has no backtracking: time is linear in the
text whatever the pattern says. In exchange it knows no look-around and no back-references. In a
pattern ``{list}`` stands for any word of that list, capitals or not; ``{=list}`` for the same words
written exactly so.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

import re2

from extractor.messages import _

# re2 publishes no types; its pattern objects have the interface of re.Pattern[str].
Pattern = re.Pattern[str]
APOSTROPHES = "['’‘`´]"
_PLACE = re.compile(r"\{(=?)([a-z][a-z0-9_]*)\}")
_CLASS_OR_ESCAPE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_EMPTY = re.compile(r"\((?:\?P<\w+>|\?:|\?[a-z]+:)?\||\|\||\|\)|^\||\|$")
_MAX_PATTERN = 4_000


class PatternFault(ValueError):
    """A pattern that is refused; the text says why."""


def word_source(surface: str) -> str:
    """The regular expression of one way of writing: any blank, any apostrophe, whole words."""
    parts = []
    for piece in surface.split():
        escaped = re.escape(piece)
        parts.append(re.sub(r"(?:\\)?['’‘`´]", APOSTROPHES, escaped))
    source = r"\s+".join(parts)
    before = r"\b" if surface[:1].isalnum() and surface[:1].isascii() else ""
    after = r"\b" if surface[-1:].isalnum() and surface[-1:].isascii() else ""
    return before + source + after


def alternation(surfaces: Iterable[str]) -> str:
    """``(?:a|b)`` over the ways of writing, longest first; never empty."""
    ordered = sorted({s for s in surfaces if s.strip()}, key=lambda s: (-len(s), s))
    if not ordered:
        raise PatternFault(_("the list is empty and would match everything or nothing"))
    return "(?:" + "|".join(word_source(surface) for surface in ordered) + ")"


def expand(source: str, words: Mapping[str, Mapping[str, Any]]) -> str:
    """``source`` with ``{list}`` replaced; raises :class:`PatternFault` on an unknown list."""

    def fill(place: re.Match[str]) -> str:
        exact, name = place.groups()
        if name not in words:
            raise PatternFault(
                _("unknown list '{name}'{hint}").format(name=name, hint=suggest(name, words))
            )
        return f"({'?-i' if exact else '?i'}:{alternation(words[name])})"

    return _PLACE.sub(fill, source)


def compile_pattern(source: str, words: Mapping[str, Mapping[str, Any]]) -> Pattern:
    """The compiled pattern; raises :class:`PatternFault` with the reason where it is refused."""
    if len(source) > _MAX_PATTERN:
        raise PatternFault(
            _("pattern of {n} characters; at most {most}").format(n=len(source), most=_MAX_PATTERN)
        )
    if _EMPTY.search(_CLASS_OR_ESCAPE.sub("x", source)):
        raise PatternFault(_("empty alternative: '|' with nothing on one side matches everything"))
    full = expand(source, words)
    options = re2.Options()
    options.log_errors = False
    try:
        pattern: Pattern = re2.compile(full, options)
    except re2.error as error:
        raise PatternFault(_("bad pattern: {reason}").format(reason=_reason(error))) from None
    if pattern.match("") is not None:
        raise PatternFault(_("the pattern matches the empty text"))
    return pattern


def suggest(word: str, known: Iterable[str]) -> str:
    """``"; did you mean 'months'?"`` for the nearest known word, else nothing."""
    ranked = sorted(
        ((SequenceMatcher(None, word, other).ratio(), other) for other in map(str, known)),
        reverse=True,
    )
    if ranked and ranked[0][0] >= 0.6:
        return _("; did you mean '{meant}'?").format(meant=ranked[0][1])
    return ""


def _reason(error: Exception) -> str:
    detail = error.args[0] if error.args else error
    text = detail.decode() if isinstance(detail, bytes) else str(detail)
    if "invalid perl operator" in text or "invalid escape sequence" in text:
        return _("{text} (look-around and back-references are not available)").format(text=text)
    return text
