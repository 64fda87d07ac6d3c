"""Search in the archive: the same hits, in the same order, on both stores.

``query`` reads what a person asks, ``terms`` says it to the index, ``hits`` finds and tells,
``facets`` counts, ``snippets`` shows the words in their text, ``missing`` tells what is nowhere.
"""

from extractor.archive.searching.facets import Facets, facets
from extractor.archive.searching.hits import Found, Hit, search
from extractor.archive.searching.missing import Missing, missing
from extractor.archive.searching.query import FIELDS, Asked, Query, query_of
from extractor.archive.searching.snippets import Snippet

__all__ = [
    "FIELDS", "Asked", "Facets", "Found", "Hit", "Missing", "Query", "Snippet", "facets", "missing",
    "query_of", "search",
]  # fmt: skip
