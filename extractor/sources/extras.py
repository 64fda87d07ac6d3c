"""Formats that take a further library: it is asked for when the first such file comes in."""

import importlib
from types import ModuleType

from extractor.errors import SourceError
from extractor.messages import _


def library(name: str, extra: str, path: str) -> ModuleType:
    """The module ``name``; raises SourceError with the line that installs the extra it is in."""
    try:
        return importlib.import_module(name)
    except ImportError:
        said = _("needs a library that is not installed: pip install 'rilis[{extra}]'")
        raise SourceError(path, said.format(extra=extra)) from None
