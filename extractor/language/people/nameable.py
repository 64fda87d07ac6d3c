"""Which words at the end of a role may belong to a name that runs into it."""

from extractor.language.people.balinese import balinese
from extractor.language.people.initials import (
    acronym,
    amid_strangers,
    opens_name,
    unknown_next,
)
from extractor.language.people.lexicon import (
    ADVERB,
    AGENT_FORM,
    ANY_GIVEN,
    BEFORE_PLACE,
    COMMON_ROLE,
    DOUBTFUL,
    GIVEN,
    NOT_NAME,
    OFFICE,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    PLACE_TAIL,
    ROLE,
    VENUE_HEAD,
)
from extractor.language.people.reading import Reading

_AMID = OFFICE | PLACE_TAIL | BEFORE_PLACE
_FAMILY = {True: COMMON_ROLE, False: 0}  # Putra, Putri


def nameable(reading: Reading, at: int) -> bool:
    """Whether word ``at``, at the end of a role, may be one of a name: Kepala Dinas Sosial | Lalu
    Tarjono."""
    word, kind = reading.words[at], reading.kinds[at]
    if not word.capital or reading.surface(at)[-1].isdigit():
        return False
    if kind & GIVEN and not kind & (ORGANISATION | OFFICE):
        return True
    if kind & DOUBTFUL and not kind & ~(DOUBTFUL | ROLE | GIVEN) and at + 1 < len(reading.words):
        following = reading.kinds[at + 1]
        if following & GIVEN or unknown_next(reading, at):
            return reading.words[at + 1].capital and reading.joined(at + 1)
    if word.lower in reading.lexicon.name_or_number and at + 1 < len(reading.words):
        dotted = reading.gap(at + 1) == "." and reading.words[at + 1].capital
        return dotted or balinese(reading, at, len(reading.words))
    if kind & OFFICE and not kind & ~_AMID and _amid_name(reading, at):
        return not acronym(reading, at)
    if kind & NOT_NAME and kind & ADVERB and unknown_next(reading, at):
        return True  # Kepala Dinas Sosial Lalu Tarjono: within a sentence no word to open one
    if amid_strangers(reading, at) or opens_name(reading, at):
        return True
    if word.lower in reading.lexicon.feast_name and not reading.kinds[at - 1] & ~ANY_GIVEN:
        return True  # Ganjar Ramadhan
    borne = reading.kinds[at - 1] & GIVEN
    borne = borne or reading.words[at - 1].lower in reading.lexicon.balinese
    if kind & AGENT_FORM and not kind & ~AGENT_FORM and borne:
        return True  # Cokorda Ngurah Pemayun
    if word.lower in reading.lexicon.nature and _ends_name(reading, at):
        return True
    if kind & (
        OFFICE | ORGANISATION | ROLE | NOT_NAME | PLACE_HEAD | VENUE_HEAD | COMMON_ROLE | AGENT_FORM
    ):
        return False
    return not acronym(reading, at)


def _ends_name(reading: Reading, at: int) -> bool:
    """Whether a word for a piece of nature is somebody's last name: Iriana Tanjung."""
    following = at + 1
    ends = following >= len(reading.words) or not (
        reading.words[following].capital and reading.joined(following)
    )
    before = reading.kinds[at - 1]
    return ends and reading.words[at - 1].capital and not before & ~ANY_GIVEN


def _amid_name(reading: Reading, at: int) -> bool:
    """Whether a word of offices stands between words no list holds, or behind a place and before
    one: Azhar Muda Hasibuan, Kabupaten Kenanga Kasih Wirasti."""
    following = at + 1
    return (
        following < len(reading.words)
        and reading.words[following].capital
        and reading.joined(following)
        and not reading.kinds[following]
        & ~(ANY_GIVEN | _FAMILY[bool(reading.kinds[following] & GIVEN)])
        and reading.words[at - 1].capital
        and (not reading.kinds[at - 1] & ~ANY_GIVEN or bool(reading.kinds[at - 1] & PLACE))
    )
