"""Texts cut into words and stems for search, alike for both stores.

Stems are those of snowballstemmer's Indonesian stemmer, the algorithm that PostgreSQL's
configuration ``indonesian`` uses, kept in a cache: words repeat.
"""

import re
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 100  # characters of a word that are looked at
_SURELY_FITS = 50_000  # characters of a text that fit into a tsvector, whatever they are
_ROOM = 700_000  # bytes; PostgreSQL's tsvector ends at a megabyte
_stemmer = snowballstemmer.stemmer("indonesian")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters: letters and digits, cut at all else.

    Of a text of more than some 100,000 words the beginning only: what one entry of PostgreSQL's
    index holds.
    """
    words = [word[:_LONGEST] for word in _WORD.findall(text.lower())]
    return words if len(text) <= _SURELY_FITS else _fitting(words)


def _fitting(words: list[str]) -> list[str]:
    seen: set[str] = set()
    room = _ROOM
    for at, word in enumerate(words):
        room -= 2
        if word not in seen:
            seen.add(word)
            room -= len(word.encode()) + 8
        if room < 0:
            return words[:at]
    return words


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """The stem of a word in small letters."""
    return str(_stemmer.stemWord(word))


def document_of(title: str, body: str) -> dict[str, str]:
    """The columns of ``search_documents`` for a release."""
    title_words, body_words = words_of(title), words_of(body)
    return {
        "title": " ".join(title_words),
        "body": " ".join(body_words),
        "title_stems": " ".join(map(stem_of, title_words)),
        "body_stems": " ".join(map(stem_of, body_words)),
    }
