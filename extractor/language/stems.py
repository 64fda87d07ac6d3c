"""The stem of an Indonesian word: Snowball's algorithm, and a list of what it gets wrong.

The algorithm (F. Z. Tala, "A Study of Stemming Effects on Information Retrieval in Bahasa
Indonesia", 2003) knows no words: it takes ``teri`` for the root of ``menteri``, and gives the forms
of ``terima`` three stems. ``rules/search.yaml`` mends that, by whole words and by what the
algorithm leaves.
"""

import hashlib
import json
from functools import lru_cache
from importlib.metadata import version

import snowballstemmer

from extractor.rulebook import RuleFile

_CLITICS = 2  # behind one word: menteri-nya-lah


class Stemmer:
    """``stem`` gives the stem of a word in small letters, ``decided`` only where a list says so.

    ``version`` changes whenever any stem may.
    """

    def __init__(self, file: RuleFile) -> None:
        """Read the lists of the rule file ``search``."""
        self._words = file.words["word"]
        self._stems = file.words["stem"]
        self._clitics = file.surfaces("clitic")
        self._algorithm = snowballstemmer.stemmer("indonesian")
        self.stem = lru_cache(maxsize=200_000)(self._stem)  # words repeat; 20 times as quick
        told = [
            dict(self._words), dict(self._stems), self._clitics, version("snowballstemmer"),
        ]  # fmt: skip
        self.version = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]

    def _stem(self, word: str) -> str:
        whole = self._whole(word)
        if whole is not None:
            return whole
        stem = str(self._algorithm.stemWord(word))
        return self._stems.get(stem, stem)

    def decided(self, word: str) -> str | None:
        """The stem where one of the lists decides it."""
        whole = self._whole(word)
        return whole or self._stems.get(str(self._algorithm.stemWord(word)))

    def _whole(self, word: str) -> str | None:
        """By the list of whole words, with up to two clitics taken off."""
        for _clitic in range(_CLITICS + 1):
            if word in self._words:
                return self._words[word]
            clitic = next((end for end in self._clitics if word.endswith(end)), None)
            if clitic is None:
                return None
            word = word.removesuffix(clitic)
        return None


@lru_cache(maxsize=4)
def stemmer(file: RuleFile) -> Stemmer:
    """The stemmer of a rule file, made once."""
    return Stemmer(file)
