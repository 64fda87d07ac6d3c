"""rilis: rule-based cleaning and extraction for Indonesian government press releases.

The public names are loaded on use, so that what needs no spaCy does not wait for it.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.errors import ExtractorError
    from extractor.extraction import Extractor
    from extractor.pipeline import load_pipeline
    from extractor.record import Article, Record

__all__ = ["Article", "Extractor", "ExtractorError", "Record", "load_pipeline"]

_HOMES = {
    "Article": "extractor.record",
    "Extractor": "extractor.extraction",
    "ExtractorError": "extractor.errors",
    "Record": "extractor.record",
    "load_pipeline": "extractor.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
