"""Where an office's name ends, which may hold nouns that elsewhere name events."""

from extractor.language.events.words import EventWords
from extractor.language.phrases import Word

_GAPS = frozenset((" ", ", ", " (", ") ", "-", "/", ",", " - ", ". ", "), "))


def office_end(
    vocabulary: EventWords, text: str, words: tuple[Word, ...], at: int, last: int, title: bool
) -> int:
    """The word after an office's name: ``Dinas Pemberdayaan Perempuan, Anak dan Remaja``."""
    end = at + 1
    head = vocabulary.head_at(text, words, at)
    if head is not None and head.last > end:
        return at
    while end < last:
        gap = text[words[end - 1].end : words[end].start]
        word = words[end]
        if gap not in _GAPS:
            break
        joins = word.lower in vocabulary.conjunction
        if not word.capital and not joins:
            break
        if word.lower in vocabulary.verbs or word.lower in vocabulary.passives:
            break
        if title and vocabulary.acts_in_title(word):
            break
        if ")" in gap and vocabulary.kind_end(text, words, end) > end:
            break  # "Dinas Kominfo (Dinas …) Festival 2022"
        if title and end > at + 1 and words[end - 1].lower not in vocabulary.conjunction:
            head = vocabulary.head_at(text, words, end)
            if head is not None and head.known and not vocabulary.nouns.is_verbal(word.lower):
                break
        end += 1
    return end
