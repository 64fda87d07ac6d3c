"""spaCy's tokenizer with a bound on what it takes at once.

It peels punctuation off both ends of a run of characters without blanks, looking at the whole run
each time: a line of 20,000 dashes or exclamation marks would take half a minute, one of a million
would never end. Long runs are therefore tokenized in pieces; all other text is left to spaCy alone.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

_LONGEST = 256
_PIECE = 64
_RUN = re.compile(r"\S+")


class BoundedTokenizer:
    """Text into a Doc as ``tokenizer`` does it, in time linear in the text."""

    def __init__(self, tokenizer: Any) -> None:  # spaCy's Tokenizer, which has no types
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; its tokens put together are the text."""
        if max(map(len, text.split()), default=0) <= _LONGEST:
            whole: Doc = self.tokenizer(text)
            return whole
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in self.tokenizer(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.tokenizer.vocab, words=words, spaces=spaces)

    def to_bytes(self, **options: Any) -> bytes:
        """As spaCy's, so that a pipeline can be stored."""
        stored: bytes = self.tokenizer.to_bytes(**options)
        return stored

    def from_bytes(self, stored: bytes, **options: Any) -> "BoundedTokenizer":
        """As spaCy's."""
        self.tokenizer.from_bytes(stored, **options)
        return self

    def to_disk(self, path: str | Path, **options: Any) -> None:
        """As spaCy's."""
        self.tokenizer.to_disk(path, **options)

    def from_disk(self, path: str | Path, **options: Any) -> "BoundedTokenizer":
        """As spaCy's."""
        self.tokenizer.from_disk(path, **options)
        return self


def _pieces(text: str) -> Iterator[str]:
    """The text in stretches without a long run, and the long runs in small pieces."""
    at = 0
    for run in _RUN.finditer(text):
        if run.end() - run.start() > _LONGEST:
            if run.start() > at:
                yield text[at : run.start()]
            for start in range(run.start(), run.end(), _PIECE):
                yield text[start : min(start + _PIECE, run.end())]
            at = run.end()
    if at < len(text):
        yield text[at:]
