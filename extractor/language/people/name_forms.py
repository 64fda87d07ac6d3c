"""Names and offices in one spelling: what two ways of writing one of them have in common.

The families and rewritings are rules (``linking.yaml``). A word of a name has three forms: the
``plain`` one (small letters, no marks), the ``sound`` (one spelling for all of a family: Soekarno
and Sukarno, Muh. and Mochamad), and the ``skeleton``, its first letter and its consonants, which
most slips of the pen leave as they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from extractor.rulebook import RuleFile

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)[aeiou]")
_LONG = 8  # letters of a word in which two slips are still the same word


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name, in its three forms; ``initial``: only its first letter is written."""

    plain: str
    sound: str
    skeleton: str

    @property
    def initial(self) -> bool:
        """Whether only the first letter is written."""
        return len(self.plain) == 1


def plain(text: str) -> str:
    """Small letters without accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c) and c not in "'’`")


def plain_words(text: str) -> list[str]:
    """The words of a text in their plain form."""
    return [plain(word) for word in _WORD.findall(text)]


class NameForms:
    """The rules about spelling, with one of them left out where asked (to try the others)."""

    def __init__(self, file: RuleFile, without: str | None = None) -> None:
        """Read the rules of kind letters, family and office."""
        rules = [rule for rule in file.rules if rule.id != without]
        self._letters = [
            (str(rule.fields["from"]), str(rule.fields["to"]))
            for rule in rules
            if rule.kind == "letters"
        ]
        self._families: dict[str, str] = {}
        for rule in (rule for rule in rules if rule.kind == "family"):
            first, *_more = forms = [plain(str(form)) for form in rule.fields["forms"]]
            for form in forms:
                self._families[form] = first
                if (rewritten := self._rewritten(form))[0] == form[0]:  # Chandra is no Handra
                    self._families[rewritten] = first
        self._offices: dict[str, str] = {
            " ".join(plain_words(str(short))): " ".join(plain_words(str(rule.fields["long"])))
            for rule in rules
            if rule.kind == "office"
            for short in rule.fields["short"]
        }
        self._several = [short for short in self._offices if " " in short]
        self._patronymic = frozenset(map(plain, file.surfaces("patronymic")))
        self._word = lru_cache(maxsize=200_000)(self._forms_of)

    def name(self, text: str) -> tuple[NameWord, ...]:
        """The words of a name; what stands between it and the father's name is left out, unless it
        opens it (B. Santosa)."""
        words = plain_words(text)
        return tuple(
            self._word(word)
            for at, word in enumerate(words)
            if not (word in self._patronymic and 0 < at < len(words) - 1)
        )

    def _forms_of(self, word: str) -> NameWord:
        rewritten = self._rewritten(word)
        sound = self._families.get(word) or self._families.get(rewritten) or rewritten
        return NameWord(word, sound, _TWICE.sub(r"\1", _VOWELS.sub("", sound)))

    def _rewritten(self, word: str) -> str:
        for old, new in self._letters:
            if len(word) > 1:
                word = word.replace(old, new)
        return _TWICE.sub(r"\1", word)

    def office(self, text: str) -> tuple[str, ...]:
        """The words of an office or an organisation, abbreviations spelt out."""
        said = " ".join(plain_words(text))
        for short in self._several:
            said = re.sub(rf"\b{re.escape(short)}\b", self._offices[short], said)
        return tuple(
            word for short in said.split() for word in self._offices.get(short, short).split()
        )

    def same(self, one: str, other: str) -> bool:
        """Whether two texts are the same name, or the same office, in other spellings."""
        sounds = [tuple(word.sound for word in self.name(text)) for text in (one, other)]
        return sounds[0] == sounds[1] or self.office(one) == self.office(other)


def close(one: NameWord, other: NameWord) -> bool:
    """Whether a slip of the pen lies between two words: one letter in a word of four or more, two
    in a long one, or other vowels (Santosa, Santoso)."""
    a, b = one.sound, other.sound
    short = min(len(a), len(b))
    if short < 4 or (a[0] != b[0] and short < 5):
        return False
    if one.skeleton == other.skeleton:
        return True
    most = 2 if short >= _LONG else 1
    return (
        OSA.distance(a, b, score_cutoff=most) <= most
        or OSA.distance(one.plain, other.plain, score_cutoff=1) <= 1
    )


def far(one: NameWord, other: NameWord) -> bool:
    """Whether two slips of the pen may lie between two words of five letters or more."""
    a, b = one.sound, other.sound
    return min(len(a), len(b)) >= 5 and OSA.distance(a, b, score_cutoff=2) <= 2


def abbreviated(one: NameWord, other: NameWord) -> bool:
    """Whether one word is the initial of the other, or its beginning (Sul. for Sulaiman)."""
    short, full = sorted((one.plain, other.plain), key=len)
    if len(short) == 1:
        return full.startswith(short) or (one.sound[:1] == other.sound[:1])
    return len(short) >= 3 and len(full) > len(short) and full.startswith(short)


def rules_between(file: RuleFile, text: str) -> Iterator[tuple[str, int, int]]:
    """The rules without which the sides of ``A = B`` would not be the same: (id, start, end)."""
    one, parted, other = text.partition(" = ")
    if not parted or not _forms(file).same(one, other):
        return
    for rule in file.rules:
        if not NameForms(file, without=rule.id).same(one, other):
            yield rule.id, 0, len(text)


@lru_cache(maxsize=4)
def _forms(file: RuleFile) -> NameForms:
    return NameForms(file)
