"""Where the files that are not Python lie: beside the package in a checkout, inside it once
installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_data"
_HOME = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def rules_dir() -> Path:
    """The folder of the rule files that come with this version."""
    return _HOME / "rules"


def corpus_dir() -> Path:
    """The folder of the sample releases that come with this version."""
    return _HOME / "corpus"


def locale_dir() -> Path:
    """The folder of the message catalogues (gettext)."""
    return _PACKAGE / "locale"
