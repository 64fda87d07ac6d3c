"""spaCy components: thin wraps of ``extractor.language``, each fills one key of ``doc.spans``."""
