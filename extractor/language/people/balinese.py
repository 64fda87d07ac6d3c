"""How Balinese names begin: I Wayan, Ni Luh, AA Gede, I.G.N."""

from extractor.language.people.reading import Reading


def balinese(reading: Reading, at: int, last: int) -> bool:
    """Whether a Balinese name begins at ``at``: Bupati Tabanan | I Komang Tarsi, not Asisten I; AA
    Gede Tarsi."""
    if at + 1 >= last:
        return False
    lower = reading.words[at].lower
    if lower in reading.lexicon.name_initials:
        return reading.surface(at).isupper() or not reading.kinds[at]
    both = lower in reading.lexicon.balinese and at + 2 < last
    if both and reading.words[at + 1].lower in reading.lexicon.balinese:
        return reading.words[at + 1].capital and reading.words[at].capital
    return (
        lower in reading.lexicon.before_balinese
        and reading.words[at + 1].lower in reading.lexicon.after_i
    )


def balinese_initials(reading: Reading, at: int) -> bool:
    """Whether a name begins with the initials of Balinese names: AA Gede X, A.A Ngr. X."""
    first, following = reading.surface(at), reading.surface(at + 1)
    both = (first + following).lower() if reading.gap(at + 1) == "." else first.lower()
    return first.isupper() and both in reading.lexicon.name_initials
