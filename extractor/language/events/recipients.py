"""To whom something was handed, as the end of an event's name: ``bantuan kepada 30 warga X``."""

from extractor.language.events.names import LONGEST, EventNames
from extractor.language.events.reading import broken
from extractor.language.events.words import EventWords
from extractor.language.phrases import Word


def with_recipient(
    names: EventNames, text: str, words: tuple[Word, ...], first: int, end: int, stop: int
) -> int:
    """The word after those to whom something was handed: ``bantuan kepada 30 warga X``."""
    vocabulary = names.vocabulary
    for at in range(first + 2, end):
        if (
            words[at].lower in vocabulary.person_role
            and not words[at - 1].capital
            and words[at - 1].lower not in vocabulary.recipient
        ):
            return at  # somebody else comes: "mendampingi penyerahan piagam Ketua PKK"
    at = end + 1
    if at >= stop or words[end].lower not in vocabulary.recipient:
        return end
    if text[words[end - 1].end : words[end].start] != " ":
        return end
    while at < stop and (
        words[at].lower in vocabulary.filler
        or words[at].lower in vocabulary.all_of
        or words[at].lower in vocabulary.numeral
        or words[at].lower[0].isdigit()
    ):
        at += 1
    if at >= stop or broken(text, words, end, at) or not _receives(vocabulary, words[at]):
        return end
    return names.end(text, words, at, at + 1, min(stop, first + LONGEST))


def _receives(vocabulary: EventWords, word: Word) -> bool:
    return not (
        word.lower in vocabulary.stop
        or word.lower in vocabulary.person_role
        or word.lower in vocabulary.pronoun
        or word.lower.endswith(vocabulary.owned_suffix)
        or vocabulary.is_verb(word)
    )
