"""The short form of an office in brackets: Sekretaris Daerah (Sekda), Dinas Sosial (Dinsos)."""

from extractor.language.people.initials import acronym, initials_of
from extractor.language.people.lexicon import ACTING, ANY_GIVEN, GIVEN, OFFICE, ORGANISATION, ROLE
from extractor.language.people.reading import Reading

_LONGEST = 10
_FARTHEST = 12


def bracket(reading: Reading, at: int, first: int) -> tuple[int, int] | None:
    """An acronym in brackets: the word and character after it, or None."""
    text = reading.text
    if _of_person(reading, at):
        return None
    if (spelt := _spelt_out(reading, at)) is not None:
        return spelt
    last = at
    while last < len(reading.words) and last - at < 4:
        surface = reading.surface(last)
        if not (surface[0].isupper() or surface[0].isdigit() or acronym(reading, last)):
            return None
        end = reading.words[last].end
        last += 1
        if text[end : end + 1] == ")":
            compact = all(reading.surface(i).isupper() for i in range(at, last))
            short = last - at == 1 and (
                acronym(reading, at)
                or _shortens_badly(reading, at, first, last)
                or bool(reading.kinds[at] & (ORGANISATION | OFFICE | ROLE))
                or abbreviates(reading, first, at)
            )
            office = reading.kinds[at] & (ROLE | ACTING)
            if last - at <= 3 and office and abbreviates(reading, first, at):
                compact = True
            if last - at == 2 and acronym(reading, at + 1) and abbreviates(reading, first, at):
                compact = True  # (Pusdalops BNPB)
            return (last, end + 1) if compact or short else None
        if reading.gap(last) not in (" ", "-", "/"):
            return None
    return None


def _shortens_badly(reading: Reading, at: int, first: int, last: int) -> bool:
    """Whether a word in brackets, with a slip in it, shortens the office before it: one that
    begins like it, before a comma."""
    alike = reading.words[at].lower[:2] == reading.words[first].lower[0] + "a"
    stranger = not reading.kinds[at] & ~ANY_GIVEN and not reading.kinds[at] & GIVEN
    long = reading.words[at].end - reading.words[at].start > 5
    if not (alike and stranger and long) or last >= len(reading.words):
        return False
    return reading.gap(last) in ("), ", "),", ") ") and bool(reading.kinds[first] & ROLE)


def _spelt_out(reading: Reading, at: int) -> tuple[int, int] | None:
    """Brackets that spell out the acronym before them: DKP (Dinas Kelautan dan Perikanan)."""
    short = reading.surface(at - 1)
    if not short.isupper() or len(short) < 3 or not short.isalpha():
        return None
    initials = ""
    for last in range(at, min(at + _LONGEST, len(reading.words))):
        word = reading.words[last]
        if word.capital:
            initials += word.lower[0]
        elif word.lower not in reading.lexicon.conjunctions:
            return None
        if reading.text[word.end : word.end + 1] == ")":
            letters = iter(short.lower())
            matches = sum(letter in letters for letter in initials)
            return (last + 1, word.end + 1) if matches > len(short) - 2 and last > at else None
    return None


def _of_person(reading: Reading, at: int) -> bool:
    """Whether an acronym in brackets stands for the two or three unknown words before it."""
    if at < 2 or reading.kinds[at - 1] & ~ANY_GIVEN or reading.kinds[at - 2] & ~ANY_GIVEN:
        return False
    longer = at >= 3 and not reading.kinds[at - 3] & ~ANY_GIVEN and initials_of(reading, at, at - 3)
    return longer or initials_of(reading, at, at - 2)


def abbreviates(reading: Reading, first: int, at: int) -> bool:
    """Whether the letters of a word stand in their order in those from ``first`` before it.

    Sekretaris Daerah (Sekda), Wakil Gubernur (Wagub), Dinas Sosial (Dinsos).
    """
    short = reading.words[at].lower
    before = [reading.words[i].lower for i in range(max(first, at - _FARTHEST), at)]
    for i, word in enumerate(before):
        if word[0] == short[0]:
            letters = iter("".join(before[i:]))
            if all(letter in letters for letter in short):
                return True
    return False


def in_brackets(reading: Reading, first: int, end: int) -> bool:
    """Whether a bracket that closes before character ``end`` was opened before word ``first``."""
    before = reading.text[max(0, reading.words[first].start - 60) : end]
    return before.count("(") > before.count(")")
