"""rilis: rule-based cleaning and extraction for Indonesian government press releases."""

from extractor.errors import ExtractorError
from extractor.extraction import Extractor
from extractor.pipeline import load_pipeline
from extractor.record import Article, Record

__all__ = ["Article", "Extractor", "ExtractorError", "Record", "load_pipeline"]
