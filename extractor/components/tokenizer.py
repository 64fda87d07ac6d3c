"""spaCy's tokenizer with a bound on what it takes at once, and quicker with words it meets first.

It peels punctuation off both ends of a run of characters without blanks, looking at the whole run
each time: a line of 20,000 dashes or exclamation marks would take half a minute, one of a million
would never end. Long runs are therefore tokenized in pieces; all other text is left to spaCy alone.

Most of the time of a new word goes into patterns that cannot match it: those of spaCy's prefixes
are tried at every character though they stand at the beginning, those of infixes, suffixes and
addresses on words of letters alone, of which none of them is a part.

Of the 16,000 exceptions for Indonesian, such as "anak-anak" and "S.Sos.", a release holds a dozen,
and taking them all takes longer than reading hundreds of releases: each is taken with the first
text that may hold it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # it publishes no types
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_LONGEST = 256
_PIECE = 64
_RUN = re.compile(r"\S+")
# The beginning of an exception: letters, a sign, and the letter behind it, if there is one.
_BEGINNING = re.compile(r"([^\W\d_]++)([^\w\s]|_)(?=([^\W\d_]?))")
_MOST_MET = 200_000


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


class _Exceptions:
    """Exceptions of a tokenizer, handed out once a text may hold them."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._all = known
        self._by_beginning: dict[str, list[str]] = {}
        for exception in known:
            begins = _BEGINNING.match(exception)
            key = "".join(begins.groups()).lower() if begins is not None else ""
            self._by_beginning.setdefault(key, []).append(exception)
        self.forget()

    def forget(self) -> None:
        """Begin anew: the tokenizer has none."""
        self._left = dict(self._by_beginning)
        self._met: set[str] = set()

    def needed(self, runs: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """Those not handed out yet that these runs of characters may hold: what begins alike, at
        any letter, since a prefix may stand before it; and once the few without such a beginning.
        """
        keys = {""}
        met = {*runs} - self._met
        if len(self._met) > _MOST_MET:
            self._met.clear()
        self._met |= met
        for run in met:
            if run.isalpha():
                continue
            for begins in _BEGINNING.finditer(run):
                letters, sign, letter = begins.groups()
                for start in range(len(letters)):
                    word = letters[start:].lower() + sign
                    keys |= {word, word + letter.lower()}
        for key in keys & self._left.keys():
            for exception in self._left.pop(key):
                yield exception, self._all[exception]


class _Growing(Tokenizer):  # type: ignore[misc]
    """spaCy's tokenizer, given exceptions before it meets them.

    It forgets what it made of words whenever an exception is added, since these may hold it; and
    what it forgot goes on counting as remembered, until it remembers nothing more. No word that it
    met holds an exception that comes later, so it need not forget.
    """

    def _flush_cache(self) -> None:
        pass


class BoundedTokenizer:
    """Text into a Doc as the tokenizer of ``spacy.blank("id")`` does it, in time linear in the
    text."""

    def __init__(self, nlp: Language) -> None:
        own = nlp.Defaults
        url_match: Any = own.url_match  # the method of a compiled pattern
        self.tokenizer = _Growing(
            nlp.vocab,
            prefix_search=_Quick(compile_prefix_regex(own.prefixes or ())).prefix,
            suffix_search=_Quick(compile_suffix_regex(own.suffixes or ())).suffix,
            infix_finditer=_Quick(compile_infix_regex(own.infixes or ())).infixes,
            token_match=own.token_match,
            url_match=_Quick(url_match.__self__).address,
        )
        self._exceptions = _Exceptions(own.tokenizer_exceptions or {})

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; its tokens put together are the text."""
        runs = text.split()
        if max(map(len, runs), default=0) <= _LONGEST:
            return self._tokenized(text, runs)
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in self._tokenized(piece, piece.split()):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.tokenizer.vocab, words=words, spaces=spaces)

    def _tokenized(self, text: str, runs: Iterable[str]) -> Doc:
        for exception, tokens in self._exceptions.needed(runs):
            self.tokenizer.add_special_case(exception, tokens)
        doc: Doc = self.tokenizer(text)
        return doc

    def to_bytes(self, **options: Any) -> bytes:
        """As spaCy's, so that a pipeline can be stored; without the exceptions, which belong to the
        language."""
        exclude = (*options.pop("exclude", ()), "exceptions")
        stored: bytes = self.tokenizer.to_bytes(exclude=exclude, **options)
        return stored

    def from_bytes(self, stored: bytes, **options: Any) -> "BoundedTokenizer":
        """As spaCy's."""
        self.tokenizer.from_bytes(stored, **options)
        self._exceptions.forget()
        return self

    def to_disk(self, path: str | Path, **options: Any) -> None:
        """As spaCy's."""
        Path(path).write_bytes(self.to_bytes(**options))

    def from_disk(self, path: str | Path, **options: Any) -> "BoundedTokenizer":
        """As spaCy's."""
        return self.from_bytes(Path(path).read_bytes(), **options)


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
