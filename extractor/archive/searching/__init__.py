"""Search in the archive: the same hits, in the same order, on both stores.

``query`` reads what a person asks, ``terms`` says it to the index, ``on_sqlite`` and
``on_postgresql`` find the places of hits (``places``), ``hits`` puts them in order and tells them,
``facets`` counts, ``snippets`` shows the words in their text, ``missing`` tells what is nowhere,
``left_out`` how much is withheld.
"""

from extractor.archive.searching.facets import Facets, facets
from extractor.archive.searching.hits import Found, Hit, search
from extractor.archive.searching.left_out import LeftOut, left_out
from extractor.archive.searching.missing import Missing, missing
from extractor.archive.searching.query import FIELDS, Asked, Query, query_of
from extractor.archive.searching.snippets import Snippet

__all__ = [
    "FIELDS", "Asked", "Facets", "Found", "Hit", "LeftOut", "Missing", "Query", "Snippet", "facets",
    "left_out", "missing", "query_of", "search",
]  # fmt: skip
