"""Slips of the pen in words that are common enough to be known: a letter lost, doubled or said too
early, two letters swapped."""

from collections.abc import Collection, Iterable, Iterator


def slips_of(word: str) -> Iterator[str]:
    """The ways a word is miswritten by one slip after its first letter, in no order, some twice:
    ``kegiatan`` gives ``kegitan``, ``kegiaatan``, ``kegaitan``, ``kegiatan`` with an ``a`` too
    early."""
    for at in range(1, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        yield head + tail
        yield head + letter + letter + tail
        if tail:
            yield head + tail[0] + letter + tail[1:]
            yield head + tail[0] + letter + tail


def slip_table(words: Iterable[str], real: Collection[str], shortest: int) -> dict[str, str]:
    """Slip -> the word meant. Left out: ``real`` words, what two of the words may be meant by, and
    words of less than ``shortest`` letters: too many of their slips are words."""
    known = {lower for word in words if len(lower := word.lower()) >= shortest}
    meant: dict[str, str] = {}
    twice = known | {word.lower() for word in real}
    for word in sorted(known):
        for slip in set(slips_of(word)):
            if meant.setdefault(slip, word) != word:
                twice.add(slip)
    return {slip: word for slip, word in meant.items() if slip not in twice}
