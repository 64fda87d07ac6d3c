"""spaCy's tokenizer with a bound on what it takes at once, and quicker with words it meets first.

It peels punctuation off both ends of a run of characters without blanks, looking at the whole run
each time: a line of 20,000 dashes or exclamation marks would take half a minute, one of a million
would never end. Long runs are therefore tokenized in pieces; all other text is left to spaCy alone.

Most of the time of a new word goes into patterns that cannot match it: those of spaCy's prefixes
are tried at every character though they stand at the beginning, those of infixes, suffixes and
addresses on words of letters alone, of which none of them is a part.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # it publishes no types
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_LONGEST = 256
_PIECE = 64
_RUN = re.compile(r"\S+")


class _Quick:
    """What spaCy asks of a compiled pattern, told without a look where that can be known.

    ``pattern`` is the pattern's source: spaCy reads it to store the tokenizer.
    """

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled
        self.pattern = compiled.pattern

    def prefix(self, word: str) -> re.Match[str] | None:
        # an HTML tag is the one that may stand anywhere
        return self._compiled.search(word) if "<" in word else self._compiled.match(word)

    def suffix(self, word: str) -> re.Match[str] | None:
        return None if word.isascii() and word.isalpha() else self._compiled.search(word)

    def infixes(self, word: str) -> Iterable[re.Match[str]]:
        return () if word.isascii() and word.isalpha() else self._compiled.finditer(word)

    def address(self, word: str) -> re.Match[str] | None:
        return self._compiled.match(word) if "." in word else None


class BoundedTokenizer:
    """Text into a Doc as the tokenizer of ``spacy.blank("id")`` does it, in time linear in the
    text."""

    def __init__(self, nlp: Language) -> None:
        own = nlp.Defaults
        url_match: Any = own.url_match  # the method of a compiled pattern
        self.tokenizer = Tokenizer(
            nlp.vocab,
            rules=own.tokenizer_exceptions,
            prefix_search=_Quick(compile_prefix_regex(own.prefixes or ())).prefix,
            suffix_search=_Quick(compile_suffix_regex(own.suffixes or ())).suffix,
            infix_finditer=_Quick(compile_infix_regex(own.infixes or ())).infixes,
            token_match=own.token_match,
            url_match=_Quick(url_match.__self__).address,
        )

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
