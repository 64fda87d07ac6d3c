"""Texts cut into words and stems for search, alike for both stores, and what the index is of."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.language.people.name_forms import NameForms
from extractor.language.stems import Stemmer, stemmer
from extractor.rulebook import RuleFile

# A word: letters and digits, with what stands in it unseen (accents set apart, soft hyphens)
WORD = re.compile(r"[^\W_]+(?:[\u00ad\u0300-\u036f\u200b-\u200d\u2060]+[^\W_]*)*")
_FORMAT = "1"  # of the index; another number asks for a reindex
_LONGEST = 100  # characters of a word that are looked at
_SURELY_FITS = 20_000  # characters of a text that fit into a tsvector, whatever they are
_ROOM = 900_000  # bytes; what PostgreSQL's tsvector holds of words, stems and pairs is 1,048,575


def fold(word: str) -> str:
    """A word as it is compared: small letters without accents; empty where nothing is left."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(filter(str.isalnum, apart))[:_LONGEST]


def words_of(text: str) -> list[str]:
    """The words of a text, folded.

    Of a text of more than some 25,000 words the beginning only: what one entry of PostgreSQL's
    index holds.
    """
    words = [
        word[:_LONGEST] if word.isascii() else fold(word) for word in WORD.findall(text.lower())
    ]
    if not text.isascii():
        words = list(filter(None, words))
    return words if len(text) <= _SURELY_FITS else list(_fitting(words))


def _fitting(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    room = _ROOM
    before = ""
    for word in words:
        for entry, copies in ((word, 2), (f"{before} {word}", 1)):  # word and stem, and the pair
            if entry not in seen:
                seen.add(entry)
                room -= copies * (len(entry.encode()) + 2)
        if room < 0:
            return
        before = word
        yield word


@dataclass(frozen=True, eq=False)
class Words:
    """How words and names are compared; ``version`` changes whenever any of it does."""

    stemmer: Stemmer
    names: NameForms
    version: str

    @lru_cache(maxsize=50_000)  # noqa: B019 - one instance a rulebook
    def sounds(self, name: str) -> tuple[str, ...]:
        """The words of a name, in one spelling."""
        return tuple(word for one in self.names.name(name) for word in words_of(one.sound))

    def stems(self, words: Iterable[str]) -> str:
        """The stems of words, parted by blanks."""
        return " ".join(map(self.stemmer.stem, words))


@lru_cache(maxsize=4)
def words_in(search: RuleFile, linking: RuleFile) -> Words:
    """The words of these two rule files."""
    said = [
        repr(sorted(rule.fields.items())) for rule in linking.of_kind("letters", "family", "office")
    ]
    stems = stemmer(search)
    told = [_FORMAT, stems.version, *said, *linking.surfaces("patronymic")]
    version = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
    return Words(stems, NameForms(linking), version)


def document_of(title: str, body: str, words: Words) -> dict[str, str]:
    """The words and stems of a release, for ``search_documents``."""
    title_words, body_words = words_of(title), words_of(body)
    return {
        "title": " ".join(title_words),
        "body": " ".join(body_words),
        "title_stems": words.stems(title_words),
        "body_stems": words.stems(body_words),
    }
