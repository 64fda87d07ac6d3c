"""Many releases at once: processes that survive a bad document, a file that is whole or absent."""

from extractor.batch.extracting import Summary, extract_to, name_of, records
from extractor.batch.pool import Outcome

__all__ = ["Outcome", "Summary", "extract_to", "name_of", "records"]
