"""Names struck out of texts: each character of a name becomes one █, so that offsets stay true."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from rapidfuzz.fuzz import ratio

from extractor.record import Record, text_version

BLOCK = "█"
_PIECE = re.compile(r"[^\W_]+")
_GAP = r"[\W_]{0,4}"  # siti-aminah, Siti\nAminah, #SitiAminah
_SUFFIX = r"(?:nya|ku|mu|lah|kah|pun)?"  # Aminahnya
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_SURE = 8  # letters: a full name of so many is struck out inside of longer words too
_SHORT = 3  # letters: shorter ones are initials, which differ from words by their capitals alone
_ALIKE = 85  # per cent: another spelling of the same name
# what can stand inside of a word unseen: soft hyphens, marks of nothing, accents, a broken line
_UNSEEN = re.compile(
    r"[\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f]|(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[^\W\d_])"
)
_ODD = re.compile(r"[^\x00-\x7f\xa0“”‘’–—…█]")  # what may have other forms, or be unseen
_LETTERS_AND_LINES = re.compile(r"[^\r\n]")
# values of a record that are chosen from a list, or numbers: never words of a release
_CHOICES = frozenset(
    {
        "schema",
        "rules_version",
        "rule",
        "kind",
        "mode",
        "precision",
        "year_source",
        "status",
        "code",
        "site",
        "published",
        "retrieved",
        "time_start",
        "time_end",
        "timezone",
        "repair",
        "start",
        "end",
        "speaker",
        "id",
    }
)


class Mask:
    """Strikes a release's withheld names out of whatever is shown of it.

    ``names``: of the withheld persons, in every form that is known. Struck out are the whole
    names, and every part of them that stands alone; ``others`` are names of persons who are shown:
    a part that stands in one of them is left (Siti in Siti Rahma, where Siti Aminah is withheld).
    ``persons``: ids, as in the record, of the persons who are withheld. Of words alone:
    ``common`` are also names, struck out with a capital only; ``no_part`` are no part of a name.
    Both in small letters.
    """

    def __init__(
        self,
        names: Iterable[str],
        others: Iterable[str] = (),
        persons: Iterable[str] = (),
        common: frozenset[str] = frozenset(),
        no_part: frozenset[str] = frozenset(),
    ) -> None:
        """Make the patterns."""
        self.persons = frozenset(persons)
        self._pattern = _pattern(
            tuple(sorted(set(names))), tuple(sorted(set(others))), common, no_part
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where names stand in a text, in its order."""
        if not (_ODD.search(text) or _UNSEEN.search(text)):
            return list(self._found(text))
        plain, places = plain_letters(text)
        return [(places[start], places[end - 1] + 1) for start, end in self._found(plain)]

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self._pattern.finditer(text):
            if match.lastgroup != "other" and match.end() > match.start():
                yield match.span()

    def text(self, text: str) -> str:
        """The text without the names, as long as it was."""
        pieces: list[str] = []
        at = 0
        for start, end in self.spans(text):
            pieces += text[at:start], _LETTERS_AND_LINES.sub(BLOCK, text[start:end])
            at = end
        return "".join([*pieces, text[at:]])

    def names(self, text: str | None) -> bool:
        """Does the text name a withheld person?"""
        return text is not None and bool(self.spans(text))

    def address(self, address: str | None) -> str | None:
        """An address or path; None where it holds a name: masked it would lead nowhere."""
        return None if address is not None and self.names(unquote(address)) else address

    def record(self, record: Record) -> Record:
        """The record without the names: text, values, title, removed paragraphs, addresses.

        Offsets and persons' ids stay. A withheld person keeps her masked mentions, nothing else.
        The hash of the draft becomes that of the masked text, and so does an id that was taken
        from the draft: from either, who guesses a name could know whether it is the right one.
        """
        text = self.text(record.text)
        source = record.source
        told = record.model_dump(mode="json", by_alias=True)
        told = self._value(told, record.text, text)
        told["text"] = text
        digest = text_version(text)
        hidden = record.id == source.sha256[:16] or self.names(record.id)
        told["id"] = digest[:16] if hidden else record.id
        told["source"] |= {
            "sha256": digest, "uri": self.address(source.uri), "path": self.address(source.path),
        }  # fmt: skip
        for before, person in zip(record.people, told["people"], strict=True):
            person["id"] = before.id
            if self.withholds(before.id, before.name):
                person |= {
                    "full_name": None, "full_name_source": None, "titles": [], "aliases": [],
                    "role": None, "organization": None, "pseudonym": before.pseudonym,
                }  # fmt: skip
        return Record.model_validate(told)

    def withholds(self, person: str, name: str) -> bool:
        """Is this person of the record withheld, by id, or by a name that is hers throughout?"""
        return person in self.persons or self.names(name)

    def _value(self, value: Any, text: str, masked: str) -> Any:
        """A value of a record, and all in it, masked; words of the text as they are masked there:
        what stands round them may tell whose name it is."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._value(one, text, masked) for one in value]
        if not isinstance(value, dict):
            return value
        made = {
            name: one if name in _CHOICES and not isinstance(one, dict | list)
            else self._value(one, text, masked)
            for name, one in value.items()
        }  # fmt: skip
        start, end = _extent(value)
        if start is not None and text[start:end] == value.get("text"):
            made["text"] = masked[start:end]
        return made


def _extent(value: dict[str, Any]) -> tuple[int | None, int | None]:
    names = ("start_offset", "end_offset") if "start_offset" in value else ("start", "end")
    start, end = (value.get(name) for name in names)
    return (start, end) if isinstance(start, int) and isinstance(end, int) else (None, None)


def plain_letters(text: str) -> tuple[str, list[int]]:
    """The text without accents and what is unseen, and where each of its characters stood."""
    unseen = {at for match in _UNSEEN.finditer(text) for at in range(*match.span())}
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if at in unseen:
            continue
        forms = unicodedata.normalize("NFKD", letter) if letter > "\x7f" else letter
        for one in forms:
            if one == letter or not unicodedata.combining(one):
                letters.append(one)
                places.append(at)
    return "".join(letters), places


def _words(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, each as its letters between apostrophes and hyphens."""
    plain = plain_letters(name)[0]
    return tuple(pieces for word in plain.split() if (pieces := tuple(_PIECE.findall(word))))


def _joined(words: Iterable[tuple[str, ...]]) -> str:
    return _GAP.join(re.escape(piece) for word in words for piece in word)


@lru_cache(maxsize=1_000)
def _pattern(
    names: tuple[str, ...],
    others: tuple[str, ...],
    common: frozenset[str],
    no_part: frozenset[str],
) -> re.Pattern[str]:
    """Others' names first, so that what stands in them is passed over; then the longest."""
    mine = {words for name in names if (words := _words(name))}
    whole = sorted(mine, key=lambda words: (-sum(map(len, map("".join, words))), words))
    parts = sorted(
        {word for words in mine for word in words if "".join(word).casefold() not in no_part},
        key=lambda word: (-len("".join(word)), word),
    )
    spared = [words for name in others if len(words := _words(name)) > 1 and not _hers(words, mine)]
    choices = [
        f"(?P<other>{_NO_LETTER_BEFORE}(?:{'|'.join(map(_joined, spared))}){_NO_LETTER_AFTER})"
        if spared
        else "(?P<other>(?!))"
    ]
    for words in whole:
        sure = len(words) > 1 and sum(len("".join(word)) for word in words) >= _SURE
        body = f"(?i:{_joined(words)}){_SUFFIX}"
        if sure:
            choices.append(body)
        elif len(words) > 1:
            choices.append(f"{_NO_LETTER_BEFORE}{body}{_NO_LETTER_AFTER}")
    single = {words[0] for words in mine if len(words) == 1}
    for word in parts:
        alone = _alone(word, word in single, common)
        if alone:
            choices.append(f"{_NO_LETTER_BEFORE}{alone}{_SUFFIX}{_NO_LETTER_AFTER}")
    return re.compile("|".join(choices))


def _alone(word: tuple[str, ...], is_name: bool, common: frozenset[str]) -> str | None:
    """The pattern of one word of a name that stands alone; None where it says nothing."""
    letters = "".join(word)
    gap = _GAP if len(word) > 1 else ""
    if len(letters) < _SHORT:
        return gap.join(word) if is_name else None
    if letters.casefold() in common:
        first, rest = re.escape(letters[0].upper()), re.escape(letters[1:])
        return f"{first}(?i:{rest})" if len(word) == 1 else None
    return f"(?i:{gap.join(map(re.escape, word))})"


def _hers(other: tuple[tuple[str, ...], ...], mine: set[tuple[tuple[str, ...], ...]]) -> bool:
    """Is the other name hers too: longer by a word, or spelt otherwise?"""
    folded = " ".join("".join(word) for word in other).casefold()
    for words in mine:
        name = " ".join("".join(word) for word in words).casefold()
        if f" {name} " in f" {folded} " or ratio(name, folded) >= _ALIKE:
            return True
    return False
