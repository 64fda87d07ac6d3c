"""What in the words around a run of capitals tells that it is a person's name."""

from extractor.language.people.balinese import balinese
from extractor.language.people.initials import initials_of
from extractor.language.people.lexicon import (
    ADVERB,
    ANY_GIVEN,
    BEFORE_PLACE,
    COMMON_ROLE,
    CUE_BEFORE,
    GIVEN,
    NAME_LINK,
    NAMED,
    OFFICE_FORM,
    ORGANISATION,
    PASSIVE,
    PLACE,
    ROLE_END,
    SAYS,
    VENUE_HEAD,
    VERB_FORM,
)
from extractor.language.people.names import Name, phone_at
from extractor.language.people.reading import Reading
from extractor.language.people.titles import titles_at

_BLANK = (" ", "\xa0", "  ")
_GLOSS = 9  # words
# Who is told by these may be explained in brackets, and a list go on behind them.
ROW = (
    "people.title-before",
    "people.degree-after",
    "people.introduced",
    "people.listed",
    "people.age",
    "people.name-role",
)
_OPEN = ("“", '"', "‘", "”", "'")
_COMMA = (", ", ",", " , ", " ,", ",  ")


def voucher(reading: Reading, name: Name, first: int, last: int) -> str:
    """The rule that vouches for a name without title and role, "" where nothing does."""
    before = reading.words[first - 1].lower if first else ""
    if name.size == 1 and before in reading.lexicon.published_by | reading.lexicon.work:
        return ""  # seperti dimuat Melatinews, menggelar karya Agung
    if spoken(reading, name) or (told(reading, name.last) and not _object(reading, name)):
        return "people.speech"
    if _of_body(reading, name):
        return "people.introduced"
    if _with_kin(reading, name) or _glossed_row(reading, name):
        return "people.introduced"
    if quoted(reading, name, first, last):
        return "people.speech"
    if phone_at(reading, last):
        return "people.phone"
    if shaped(reading, name) or sent(reading, name, last):
        return "people.shape"
    if introduced(reading, name, first) and not office_follows(reading, last):
        return "people.introduced"
    return ""


def done_by(reading: Reading, name: Name) -> bool:
    """Whether a lone word is what somebody does: dan Doa oleh Kepala Kantor."""
    at = name.last
    told = at < len(reading.words) and reading.words[at].lower in reading.lexicon.by
    return bool(told) and name.size == 1 and not reading.kinds[name.first] & GIVEN


def _of_body(reading: Reading, name: Name) -> bool:
    """Whether a line names a body, then a name alone behind a colon: Fraksi Melati: Tarsi Wangi."""
    gap = reading.gap(name.first)
    if name.size < 2 or gap.strip() != ":" or "\n" in gap:
        return False
    ends = name.last >= len(reading.words) or "\n" in reading.gap(name.last)
    at = name.first - 1
    while at > 0 and name.first - at < _GLOSS and "\n" not in reading.gap(at):
        at -= 1
    body = reading.kinds[at] & ORGANISATION and (at == 0 or "\n" in reading.gap(at))
    return bool(ends and body)


def _glossed_row(reading: Reading, name: Name) -> bool:
    """Whether a list of names begins each of which is explained in brackets: X Y (Teknik), Z W
    (Kimia)."""
    after = past_gloss(reading, name.last)
    if after == name.last or name.size < 2 or not row_goes_on(reading, after):
        return False
    if not any(reading.kinds[at] & GIVEN for at in range(name.first, name.last)):
        return False
    after += reading.words[after].lower in reading.lexicon.conjunctions
    end = after
    while (
        end < len(reading.words)
        and reading.words[end].capital
        and not (reading.kinds[end] & ~(ANY_GIVEN | NAME_LINK))
    ):
        end += 1
        if end >= len(reading.words) or not reading.joined(end):
            break
    return end - after > 1 and past_gloss(reading, end) > end


def _object(reading: Reading, name: Name) -> bool:
    """Whether a preposition stands before a name, so that it is not who speaks."""
    before = name.first - 1
    return (
        before >= 0
        and reading.gap(name.first) in _BLANK
        and reading.words[before].lower in reading.lexicon.preposition
    )


def _with_kin(reading: Reading, name: Name) -> bool:
    """Whether somebody of the person's own follows: X bersama istrinya."""
    at = name.last
    return (
        at + 1 < len(reading.words)
        and reading.gap(at) in _BLANK
        and reading.gap(at + 1) in _BLANK
        and (
            bool(reading.kinds[at] & NAMED)
            or reading.words[at].lower in reading.lexicon.conjunctions
        )
        and bool(reading.kinds[at + 1] & COMMON_ROLE)
        and not reading.words[at + 1].capital
        and reading.words[at + 1].lower.endswith(reading.lexicon.owned_end)
    )


def quoted(reading: Reading, name: Name, first: int, last: int) -> bool:
    """Whether a line begins with the name, and speech follows after a colon: ``X Y : “…”``."""
    if (
        name.size < 2
        or last >= len(reading.words)
        or not (first == 0 or "\n" in reading.gap(first))
    ):
        return False
    gap = reading.gap(last).strip()
    return len(gap) > 1 and gap[0] == ":" and gap[1:].strip() in _OPEN


def spoken(reading: Reading, name: Name) -> bool:
    """Whether a bare verb of saying or a word that names a source stands before the name."""
    before = name.first - 1
    if before < 0 or reading.gap(name.first) not in _BLANK:
        return False
    kind = reading.kinds[before]
    if kind & NAMED and before and reading.kinds[before - 1] & CUE_BEFORE:
        # dikatakan oleh X: not where the verb itself is a name (Budi oleh)
        return not reading.words[before].capital and reading.gap(before) in _BLANK
    things = any(
        reading.kinds[at] & OFFICE_FORM and not reading.kinds[at] & GIVEN
        for at in range(name.first, name.last)
    )
    return bool(kind & CUE_BEFORE) and not things


def told(reading: Reading, at: int, comma: bool = False) -> bool:
    """Whether a verb of saying stands at ``at``, perhaps after an adverb or two; with ``comma``
    also after a comma."""
    kinds = reading.kinds
    for i in range(at, min(at + 3, len(kinds))):
        if reading.gap(i) not in _BLANK and not (comma and i == at and reading.gap(i) in _COMMA):
            return False
        if kinds[i] & SAYS:
            return True
        if not kinds[i] & ADVERB:
            return False
    return False


def introduced(reading: Reading, name: Name, first: int) -> bool:
    """Whether a word such as ``bernama`` or ``didampingi`` before it announces a person."""
    before = first - 1
    if before >= 0 and called(reading, name, first):
        return True
    if before < 0 or reading.gap(first) not in _BLANK:
        return False
    kind, tail = reading.kinds[before], reading.kinds[name.last - 1]
    if _shortened(reading, name):
        return False
    if tail & VENUE_HEAD and not tail & GIVEN:
        return False
    if reading.words[before].lower in reading.lexicon.bears_name:
        given = before and reading.words[before - 1].lower in reading.lexicon.gives_name
        thing = before and reading.kinds[before - 1] & (VENUE_HEAD | BEFORE_PLACE | ORGANISATION)
        return not (given or thing)
    if any(
        reading.kinds[at] & PLACE and not reading.kinds[at] & GIVEN
        for at in range(name.first, name.last)
    ):
        return False
    consists = before and reading.words[before - 1].lower in reading.lexicon.consists
    if consists and name.size >= 2:
        given = any(reading.kinds[at] & GIVEN for at in range(name.first, name.last))
        return given or "(" in reading.gap(name.last)
    agent = kind & PASSIVE and kind & VERB_FORM == 0 and reading.kinds[name.first] & GIVEN
    won = kind & PASSIVE and before and reading.kinds[before - 1] & (COMMON_ROLE | ROLE_END)
    lone = bool(won) and name.size == 1 and "(" in reading.gap(name.last)
    return bool(kind & NAMED or agent or won) and (name.size >= 2 or lone)


def _shortened(reading: Reading, name: Name) -> bool:
    """Whether initials in brackets follow a run without a given name: rather a body's."""
    at = name.last
    if at >= len(reading.words) or reading.gap(at) not in (" (", "("):
        return False
    given = any(reading.kinds[i] & GIVEN for i in range(name.first, name.last))
    return not given and initials_of(reading, at, name.first)


def called(reading: Reading, name: Name, first: int) -> bool:
    """Whether the text says before it that this is what somebody is to be called."""
    start = reading.words[first].start
    said = reading.text[max(0, start - 40) : start]
    if not reading.lexicon.called.search(said):
        return False
    given = any(reading.kinds[at] & GIVEN for at in range(name.first, name.last))
    return given or bool(reading.lexicon.called_by_name.search(said))


def shaped(reading: Reading, name: Name) -> bool:
    """Whether a name shows by its own parts that it is one: bin, Dg., Moh."""
    if name.size < 2:
        return False
    if any(
        reading.words[at].lower in reading.lexicon.name_mark for at in range(name.first, name.last)
    ) or (name.size > 2 and balinese(reading, name.first, name.last)):
        return True
    # A. Rifai, but not a heading that is counted by letters
    opens_line = name.first == 0 or "\n" in reading.gap(name.first)
    lone = [
        at
        for at in range(name.first, name.last - 1)
        if reading.gap(at + 1) == ". " and reading.words[at].lower not in reading.lexicon.saint
    ]
    place = any(
        reading.kinds[at] & PLACE and not reading.kinds[at] & GIVEN
        for at in range(name.first, name.last)
    )
    return bool(lone) and not opens_line and not place


def sent(reading: Reading, name: Name, at: int) -> bool:
    """Whether a body stands behind the name: X Y dari Dinas Z, X Y (Z) dari Paroki Z."""
    glossed = past_gloss(reading, at)
    if glossed > at and reading.surface(at).isupper():
        return False  # Corporate Social Responsibility (CSR) dari PT X
    at = glossed
    return (
        name.size >= 2
        and at + 1 < len(reading.words)
        and reading.gap(at).lstrip(")") in _BLANK
        and reading.words[at].lower in reading.lexicon.sent_by
        and bool(reading.kinds[at + 1] & ORGANISATION)
    )


def office_follows(reading: Reading, at: int) -> bool:
    """Whether a title follows straight: then the run before it is an office."""
    if at >= len(reading.words) or reading.gap(at) not in _BLANK:
        return False
    titles = titles_at(reading, at)
    return titles is not None and titles.formal


def past_age(reading: Reading, at: int) -> int:
    """The word after an age, or a note on a changed name, in brackets; 0 where there is none."""
    if at >= len(reading.words):
        return 0
    comma = reading.gap(at) == ", "
    if not comma and reading.gap(at) not in (" (", "("):
        return 0
    surface = reading.surface(at)
    end = reading.words[at].end
    if comma and reading.words[at].lower in reading.lexicon.age_word:
        return at + 2 if reading.surface(at + 1).isdigit() else 0  # X, usia 34
    if comma:
        aged = surface.isdigit() and len(surface) == 2 and reading.text[end : end + 1] == ","
        return at + 1 if aged else 0
    if surface.isdigit() and len(surface) <= 3 and reading.text[end : end + 1] == ")":
        return at + 1
    for last in range(at + 1, min(at + 6, len(reading.words))):
        closing = reading.words[last].end
        if reading.text[closing : closing + 1] == ")":
            told = reading.words[last].lower in reading.lexicon.pseudonym
            decimal = last == at + 2 and reading.gap(at + 1) == ","
            years = surface.isdigit() and (last == at + 1 or decimal)
            years = years and reading.gap(last) in _BLANK
            aged = years and reading.words[last].lower in reading.lexicon.age_unit
            return last + 1 if told or aged else 0
    return 0


def past_gloss(reading: Reading, at: int) -> int:
    """Past a few words in brackets that tell where each one of a list comes from."""
    if at < len(reading.words) and reading.gap(at) in (" (", "("):
        for last in range(at, min(at + _GLOSS, len(reading.words))):
            closing = reading.words[last].end
            if reading.text[closing : closing + 1] == ")":
                return last + 1
    return at


def paired(reading: Reading, at: int) -> bool:
    """Whether ``dan`` and another capitalised word follow."""
    return (
        at + 1 < len(reading.words)
        and reading.words[at].lower in reading.lexicon.conjunctions
        and reading.words[at + 1].capital
        and not reading.kinds[at + 1]
    )


def row_goes_on(reading: Reading, at: int, capital: bool = False) -> bool:
    """Whether a list goes on at word ``at``; with ``capital`` by a capitalised word."""
    if at >= len(reading.words) or (
        capital and reading.gap(at) in _COMMA and not reading.words[at].capital
    ):
        return False
    return reading.gap(at).lstrip(")") in _COMMA or (
        reading.gap(at).lstrip(")") in _BLANK
        and reading.words[at].lower in reading.lexicon.conjunctions
    )
