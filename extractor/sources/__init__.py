"""What comes in: drafts as editors hand them in, files of articles, folders of both."""

from extractor.sources.articles import articles
from extractor.sources.drafts import Draft, encode, encode_text, read_draft

__all__ = ["Draft", "articles", "encode", "encode_text", "read_draft"]
