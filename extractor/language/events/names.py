"""How far the name of an event reaches: from its head noun through topic, level and year.

``Rapat Koordinasi Fasilitator (LPM Dan BKM) Se-Kota X Tahun 2024 | pada tanggal …``
"""

from extractor.language.events.reading import quoted_to
from extractor.language.events.words import EventWords
from extractor.language.layout import CLOSERS, OPENERS
from extractor.language.phrases import Word

LONGEST = 32
_BRACKET = 90
_SMALL = 2
_LISTED = 8
# The longest shortened title ("Prof").
_TITLE = 4
_LIST_GAPS = (" ", ", ", " (", ") ", "), ")
_JOINS = frozenset(("-", "/", "–", "'", "’", "&", " & ", " - ", " / ", "/ "))
_ORDINAL = frozenset(("- ", " -", "– ", " –", " – "))
_QUOTES = OPENERS + CLOSERS + '"'


class EventNames:
    """Finds the end of an event's name."""

    def __init__(self, words: EventWords) -> None:
        self.vocabulary = words

    def end(self, text: str, words: tuple[Word, ...], first: int, head: int, stop: int) -> int:
        """The number of the word after the name that begins at word ``first``.

        ``head`` is the word after its head noun, ``stop`` the word after its sentence. A name in
        capitals goes on while they do; one in small letters goes on to a verb or preposition.
        """
        at = head
        stop = min(stop, first + LONGEST)
        listed = False
        capitals = words[first].capital and (head >= stop or self._titled(words, head, stop))
        while at < stop:
            gap = text[words[at - 1].end : words[at].start]
            if "(" in gap:
                closing = self._bracket(text, words, at, stop)
                if closing is None:
                    break
                at = closing
                continue
            if not (gap.isspace() or gap in _JOINS):
                if gap.strip() and gap.strip()[-1] in _QUOTES and gap.strip(_QUOTES + " ") == "":
                    closing = self._quotation(text, words, at, stop)
                    if closing is not None:
                        at = closing
                        continue
                if (
                    gap.strip() == ")"
                    or gap.strip('”’" ') == ""
                    or _number(gap, words, at)
                    or (gap == ". " and _title_before(words, at))
                    or (gap in _ORDINAL and words[at - 1].lower in self.vocabulary.count_prefix)
                ):
                    pass
                elif (
                    gap.lstrip(")") == ", "
                    and (capitals or words[at - 1].capital)
                    and self._list_goes_on(text, words, at, stop, listed)
                ):
                    listed = True
                    at += 1
                    counted = at < stop and words[at].lower in self.vocabulary.numeral
                    at += counted and words[at - 1].lower in self.vocabulary.conjunction
                    continue
                else:
                    break
            if "\n" in gap:
                break
            if gap in ("-", "/"):
                at += 1
                continue
            if (kind := self.vocabulary.kind_end(text, words, at)) > at + 1 and kind <= stop:
                at = kind
                continue
            if (more := self.vocabulary.more_than.at(text, words, at)) is not None:
                if more.last >= stop or not words[more.last].lower[0].isdigit():
                    break
                at = more.last
                continue
            if not (
                (self._counted(words, at, stop) and self._counts(words, at, head))
                or self._goes_on(words, at, stop, capitals)
                or self._meets(text, words, first, at, stop)
                or (capitals and self._small(text, words, at, stop))
            ):
                break
            at += 1
        vocabulary = self.vocabulary
        while at > head and words[at - 1].lower in vocabulary.link | vocabulary.relative:
            at -= 1
        return at

    def _counts(self, words: tuple[Word, ...], at: int, head: int) -> bool:
        """Whether a numeral stands where one counts: behind the head, or behind "dan"."""
        return at == head or words[at - 1].lower in self.vocabulary.conjunction

    def _counted(self, words: tuple[Word, ...], at: int, stop: int) -> bool:
        """Whether a numeral tells of how many things an act is: ``peresmian dua puskesmas``."""
        vocabulary = self.vocabulary
        return (
            words[at].lower in vocabulary.numeral
            and at + 1 < stop
            and words[at + 1].lower not in vocabulary.stop | vocabulary.time_unit
        )

    def _meets(self, text: str, words: tuple[Word, ...], first: int, at: int, stop: int) -> bool:
        """Whether the name of a meeting goes on with whom one meets."""
        vocabulary = self.vocabulary
        hit = vocabulary.meeting.at(text, words, first)
        if hit is None or at + 1 >= stop or words[at].lower not in vocabulary.meets:
            return words[at - 1].lower in vocabulary.meets and hit is not None
        following = words[at + 1]
        return hit.last == at and (
            following.capital
            or following.lower in vocabulary.group
            or following.lower in vocabulary.filler
        )

    def start(self, text: str, words: tuple[Word, ...], head: int, first: int, kind: str) -> int:
        """Where the name begins whose head may stand last: ``Lembah Kenanga Festival``.

        ``first`` is the first word of its sentence.
        """
        if head > first and words[head - 1].lower in self.vocabulary.evening:
            return head - 1 if text[words[head - 1].end : words[head].start] == " " else head
        if kind not in self.vocabulary.last_head or not words[head].capital:
            return head
        at = head
        while at > max(first, head - 4):
            before = words[at - 1]
            if (
                not before.capital
                or text[before.end : words[at].start] != " "
                or self.vocabulary.is_verb(before)
                or before.lower in self.vocabulary.stop
                or before.lower in self.vocabulary.institution
            ):
                break
            at -= 1
        return at

    def _titled(self, words: tuple[Word, ...], at: int, stop: int) -> bool:
        """Whether the first word of the topic is a capital too."""
        if words[at].lower in self.vocabulary.link and at + 1 < stop:
            at += 1
        if (words[at].lower.isdigit() or self._counted(words, at, stop)) and at + 1 < stop:
            at += 1
        return words[at].capital or words[at].lower[0].isdigit()

    def _goes_on(self, words: tuple[Word, ...], at: int, stop: int, capitals: bool) -> bool:
        word = words[at]
        lower = word.lower
        vocabulary = self.vocabulary
        following = words[at + 1] if at + 1 < stop else None
        if lower in vocabulary.day_word:
            return following is not None and following.lower not in vocabulary.stop
        if lower in vocabulary.adjective and not word.capital and not capitals:
            return following is not None and following.capital
        if lower in vocabulary.negation and following is not None and not word.capital:
            return self._denied(following)
        if words[at - 1].lower in vocabulary.negation and self._denied(word):
            return True
        if lower in vocabulary.auxiliary and not word.capital:
            return capitals and lower in vocabulary.relative and self._relative(following)
        if words[at - 1].lower in vocabulary.relative and word.capital:
            return True
        if lower in vocabulary.origin:
            if capitals and word.capital and following is not None and following.capital:
                return True
            return any(one.lower in vocabulary.target for one in words[at + 1 : min(stop, at + 6)])
        if lower in vocabulary.all_of and words[at - 1].lower in vocabulary.recipient:
            return following is not None and following.lower not in vocabulary.stop
        if lower in vocabulary.purpose and word.capital and capitals:
            apart = following is None or following.start != word.end + 1
            if apart or (following is not None and following.lower in vocabulary.stop):
                return True  # "Gedung Serba Guna": a preposition would have a word behind it
        pointed = following is not None and following.lower in vocabulary.pointer
        if lower in vocabulary.time_unit and pointed:
            return False  # "Peninjauan kali ini"
        whom = following is not None and following.lower in vocabulary.group
        if lower in vocabulary.purpose and whom and not (capitals or word.capital):
            return words[at - 1].lower not in vocabulary.stop  # "lomba menyanyi untuk siswa"
        if lower in vocabulary.stop:
            return (
                capitals
                and word.capital
                and lower in vocabulary.inner
                and following is not None
                and following.capital
                and following.lower not in vocabulary.stop
                and (lower not in vocabulary.weekday or following.start == word.end + 1)
                and not vocabulary.is_verb(following)
            )
        if lower in vocabulary.link:
            if following is None:
                return False
            return not capitals or following.capital or following.lower[0].isdigit()
        if vocabulary.is_verb(word) and not (capitals and self._imperative(words, at)):
            return self._practised(words, at)
        if lower[0].isdigit():
            return True
        return word.capital if capitals else True

    def _denied(self, word: Word) -> bool:
        """Whether a word tells with "tidak" how something is ("rumah tidak layak huni")."""
        return word.lower in self.vocabulary.denied

    def _practised(self, words: tuple[Word, ...], at: int) -> bool:
        """Whether an active verb says what is done in an event that itself is the object of a
        verb: ``menggelar lomba mendongeng``."""
        vocabulary = self.vocabulary
        if at < 2 or words[at].capital or words[at - 1].lower not in vocabulary.practised:
            return False
        listed = words[at].lower in vocabulary.verbs or words[at].lower in vocabulary.passives
        active = words[at].lower.startswith(vocabulary.practice_prefix)
        return active and not listed and vocabulary.is_verb(words[at - 2])

    def _imperative(self, words: tuple[Word, ...], at: int) -> bool:
        """Whether a verb in capitals stands between words in capitals of a sentence that has small
        ones: a name bids to do it ("Gerakan Aktifkan Posyandu")."""
        word, vocabulary = words[at], self.vocabulary
        listed = word.lower in vocabulary.verbs or word.lower in vocabulary.passives
        if listed or not word.capital or at + 2 >= len(words) or not words[at + 1].capital:
            return False
        around = (*words[max(0, at - 4) : at], *words[at + 2 : at + 5])
        active = word.lower.endswith(vocabulary.bare_suffix)
        active = active and not word.lower.startswith(vocabulary.verb_prefix)
        return active and sum(not one.capital for one in around) > 1

    def _small(self, text: str, words: tuple[Word, ...], at: int, stop: int) -> bool:
        """Whether small letters go on a name in capitals: ``Rapat kordinasi Lintas Sektor``."""
        last = at
        while last < stop and not words[last].capital and last - at <= _SMALL:
            gap = text[words[last - 1].end : words[last].start]
            if gap != " " and not (last == at and gap == ") "):
                return False
            if not self._plain(words[last]):
                break
            last += 1
            if last < stop and words[last].lower in self.vocabulary.link:
                return last + 1 < stop and words[last + 1].capital
        if last == at or last - at > _SMALL:
            return False
        if last == stop or text[words[last - 1].end : words[last].start] != " ":
            return True
        lower = words[last].lower
        if words[last].capital:
            return self._plain(words[last])
        return lower in self.vocabulary.relative

    def _plain(self, word: Word) -> bool:
        """Whether a word is a noun or an adjective, as far as lists and shape can tell."""
        vocabulary = self.vocabulary
        return not (
            vocabulary.is_verb(word)
            or word.lower in vocabulary.stop
            or word.lower in vocabulary.auxiliary
            or word.lower in vocabulary.filler
            or word.lower in vocabulary.pronoun
            or word.lower in vocabulary.person_role
            or word.lower in vocabulary.local
            or word.lower in vocabulary.link
            or not word.lower.isalpha()
        )

    def _relative(self, following: Word | None) -> bool:
        """Whether "yang" goes on inside a name ("Barang yang Menjadi Milik Negara")."""
        return (
            following is not None
            and following.capital
            and following.lower not in self.vocabulary.passives
        )

    def _bracket(self, text: str, words: tuple[Word, ...], at: int, stop: int) -> int | None:
        """The word after a short bracket that names or explains: ``(LPM Dan BKM)``, not a date."""
        close = text.find(")", words[at].start, words[at].start + _BRACKET)
        if close < 0 or words[at].lower[0].isdigit():
            return None
        last = at
        while last < stop and words[last].end <= close:
            last += 1
        if "," in text[words[at].start : close] and any(
            words[i].lower[0].isdigit() for i in range(at, last)
        ):
            return None
        return last if last > at else None

    def _quotation(self, text: str, words: tuple[Word, ...], at: int, stop: int) -> int | None:
        """The word after a quoted part of the name: ``Bedah Novel “Kereta Tua”``."""
        close = quoted_to(text, words[at].start)
        if close is None:
            return None
        last = at
        while last < stop and words[last].end <= close:
            last += 1
        return last if last > at else None

    def _list_goes_on(
        self, text: str, words: tuple[Word, ...], at: int, stop: int, listed: bool
    ) -> bool:
        """Whether a comma stands inside a name: ``Perempuan, Anak dan Remaja``; not the first one
        (``listed``), it may stand before "dan"."""
        for i in range(at, min(stop, at + _LISTED)):
            word = words[i]
            if (i > at or listed) and word.lower in self.vocabulary.conjunction:
                i += i + 2 < stop and words[i + 1].lower in self.vocabulary.numeral
                return i + 1 < stop and words[i + 1].capital
            if (
                not word.capital
                or word.lower in self.vocabulary.stop
                or word.lower in self.vocabulary.person_role
                or word.lower in self.vocabulary.aside
            ):
                return False
            if i > at and text[words[i - 1].end : word.start] not in _LIST_GAPS:
                return False
        return False


def _number(gap: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a mark stands inside a number: ``4,2``."""
    return gap in (",", ".") and words[at - 1].lower[-1].isdigit() and words[at].lower[0].isdigit()


def _title_before(words: tuple[Word, ...], at: int) -> bool:
    """Whether somebody's title, shortened, stands before a word: ``Prof. Dr. Herman``."""
    word = words[at - 1]
    return word.capital and len(word.lower) <= _TITLE and words[at].capital
