"""The extractor of a command: kept apart, since it brings spaCy along."""

from functools import lru_cache
from pathlib import Path

from extractor.extraction import Extractor


@lru_cache(maxsize=4)
def extractor_of(rules: Path | None) -> Extractor:
    """An extractor with these rules; made once a process, which is all that its cost is."""
    return Extractor(rules)
