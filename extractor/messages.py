"""Messages for people, in English or Indonesian, by gettext.

The English text is the key; ``locale/id/LC_MESSAGES/rilis.po`` holds the Indonesian. The language
is chosen once, by :func:`set_language`, from ``--lang`` or the locale of the environment.
"""

import gettext
import os

from extractor.resources import locale_dir

LANGUAGES = ("id", "en")
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def language_of_environment() -> str:
    """``"id"`` where the locale variables ask for Indonesian, else ``"en"``."""
    for name in ("RILIS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "id" if value.lower().startswith(("id", "in_")) else "en"
    return "en"


def set_language(language: str | None = None) -> str:
    """Choose the language of all later messages; returns the language taken.

    ``language`` is ``"id"``, ``"en"`` or None (then the environment decides).
    """
    global _current, _language
    chosen = language if language in LANGUAGES else language_of_environment()
    _current = gettext.translation("rilis", locale_dir(), languages=[chosen], fallback=True)
    _language = chosen
    return chosen


def printable(text: str) -> str:
    """A text from outside in one line, its control characters blanks: it must not steer a
    terminal, nor break a line of a file."""
    return "".join(one if one.isprintable() else " " for one in text)


def language() -> str:
    """The language that was chosen, for texts that rules bring in both."""
    return _language


def _(message: str) -> str:
    """The message in the chosen language."""
    return _current.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for ``count`` things in the chosen language."""
    return _current.ngettext(one, many, count)
