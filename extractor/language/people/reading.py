"""A text word by word, with the kinds of its words and what it tells of places and speakers."""

from dataclasses import dataclass, field
from functools import cached_property

from extractor.language.layout import Layout
from extractor.language.people.lexicon import (
    BEFORE_PLACE,
    COMMON_ROLE,
    CUE_AFTER,
    CUE_BEFORE,
    GIVEN,
    NAME_FORM,
    NOT_NAME,
    OFFICE_FORM,
    OFFICE_WORD,
    ORGANISATION,
    PASSIVE,
    PLACE,
    PLACE_HEAD,
    PLACE_ROLE,
    PLACE_TAIL,
    REGION,
    ROLE,
    SAYS,
    UNIT,
    VENUE_HEAD,
    VERB_FORM,
    Lexicon,
)
from extractor.language.people.shared_places import share
from extractor.language.people.short_bodies import short_forms
from extractor.language.phrases import Word, words_of

_TAKES_PLACE = PLACE_ROLE | BEFORE_PLACE
_VERBAL = VERB_FORM | PASSIVE
_PAIRED = PLACE_TAIL | PLACE_HEAD
_NO_PLACE = ROLE | NOT_NAME | ORGANISATION
_OFFICE = OFFICE_WORD | OFFICE_FORM
_OFFICE_KIND = OFFICE_WORD | COMMON_ROLE | NOT_NAME
_BLANK = frozenset({" ", "\xa0", "  ", "   "})


@dataclass(eq=False)
class Reading:
    """A text as words with their kinds; ``skipped`` holds the stretches where no person is looked
    for."""

    layout: Layout
    lexicon: Lexicon
    words: tuple[Word, ...] = field(init=False)
    kinds: list[int] = field(init=False)
    gaps: list[str] = field(init=False)
    _surfaces: list[str] = field(init=False)
    bodies: frozenset[str] = field(init=False)
    place_pairs: set[tuple[str, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.words = words_of(self.layout.text)
        kind, get = self.lexicon.kind, self.lexicon.known.get
        self.kinds = kinds = [
            known if (known := get(word.lower)) is not None else kind(word.lower)
            for word in self.words
        ]
        text = self.layout.text
        self._surfaces = [text[word.start : word.end] for word in self.words]
        ends = [0, *(word.end for word in self.words)]
        starts = [*(word.start for word in self.words), len(text)]
        self.gaps = [
            text[end : start if start - end < 12 else end + 12]
            for end, start in zip(ends, starts, strict=True)
        ]
        shouted = self.lexicon.shouted
        for at, one in enumerate(kinds):
            listed = one & (ORGANISATION | NOT_NAME) and self.words[at].lower in shouted
            if listed and not self.surface(at).isupper():
                kinds[at] = one & ~(ORGANISATION | NOT_NAME)
        pairs = self.lexicon.office_pairs
        for at in range(1, len(kinds)):
            if kinds[at] & _PAIRED and (self.words[at - 1].lower, self.words[at].lower) in pairs:
                kinds[at] = OFFICE_WORD  # Uskup Agung X, Menteri Dalam Negeri X
            elif self.words[at - 1].lower in self.lexicon.bureau_head and kinds[at] & _OFFICE:
                kinds[at - 1] = ROLE | UNIT  # Karo Hukum, not Kabupaten Karo
        self.bodies, offices = short_forms(
            text, self.words, kinds, self.gaps, self.lexicon.conjunctions
        )
        for at, word in enumerate(self.words if self.bodies or offices else ()):
            if word.capital and word.lower in self.bodies:
                kinds[at] = ORGANISATION
            elif word.capital and word.lower in offices:
                kinds[at] = ROLE
        self._names_like_verbs()
        self._names_like_offices()

    def _ends_run(self, at: int) -> bool:
        """Whether a run of capitals ends before word ``at``, or a role stands there."""
        if at >= len(self.words) or not self.words[at].capital or self.gap(at) not in _BLANK:
            return True
        return bool(self.kinds[at] & (ROLE | GIVEN))

    def _names_like_verbs(self) -> None:
        """Take the form of a verb from words that are names by their place: Yan Megawandi."""
        title = self.layout.title
        body = title.end if title is not None else 0
        for at, kind in enumerate(self.kinds):
            if not kind & _VERBAL or kind & ~_VERBAL or not at:
                continue
            word, before = self.words[at], self.words[at - 1]
            if (
                word.capital
                and before.capital
                and self.gap(at) in _BLANK
                and word.start >= body
                and not self.kinds[at - 1] & ~(GIVEN | NAME_FORM)
                and word.lower not in self.small
                and not self.surface(at).isupper()
                and not word.lower.startswith(self.lexicon.verb_start)
                and not word.lower.endswith(self.lexicon.verb_end)
                and self._ends_run(at + 1)
            ):
                self.kinds[at] = 0

    def _names_like_offices(self) -> None:
        """Take the kind of an office from words that are names by their place: Anak Agung X, Ketut
        Sri Karyawati, Wali Kota Jaya Negara."""
        words, kinds = self.words, self.kinds
        for at, kind in enumerate(kinds):
            if not at or not kind & _OFFICE_KIND or not words[at].capital:
                continue
            if kind & ORGANISATION or kind & ROLE or self.surface(at).isupper():
                continue
            following = words[at + 1].lower if at + 1 < len(words) else ""
            if (words[at].lower, following) in self.lexicon.name_pairs:
                kinds[at] = kinds[at + 1] = GIVEN
                continue
            if kind & ~_OFFICE_KIND or not self._ends_run(at + 1) or at < 2:
                continue
            first = at
            while first and self._plain_name(first - 1) and (first == at or self.joined(first)):
                first -= 1
            if first == at or not self.joined(at):
                continue
            before = range(first, at)
            given = any(kinds[i] & GIVEN or words[i].lower in self.lexicon.after_i for i in before)
            short = at - first == 1 and kinds[first] and first and kinds[first - 1] & REGION
            if (given and at - first > 1) or (short and self.gap(first) in _BLANK):
                kinds[at] = 0

    def _plain_name(self, at: int) -> bool:
        """Whether a word in capitals may be part of a name, as far as the lists know."""
        return self.words[at].capital and not self.kinds[at] & ~(GIVEN | NAME_FORM | PLACE_TAIL)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.layout.text

    def surface(self, at: int) -> str:
        """Word number ``at`` as written; nothing beyond the last."""
        return self._surfaces[at] if at < len(self._surfaces) else ""

    def gap(self, at: int) -> str:
        """What stands between word number ``at`` and the one before; at most 12 characters."""
        return self.gaps[at]

    def joined(self, at: int) -> bool:
        """Whether word ``at`` goes on where the word before it stopped: blank, initial, hyphen."""
        gap = self.gap(at)
        if gap in _BLANK or gap in ("-", "' ", "’ "):
            return True
        if gap in (". ", "."):
            word = self.words[at - 1]
            short = word.end - word.start == 1 or word.lower in self.lexicon.short
            return short or self._initials_amid(at - 1)
        return False

    def _initials_amid(self, at: int) -> bool:
        """Whether two capitals and a stop stand between two words no list holds: Tarjono JH.
        Wibisana."""
        surface, following = self.surface(at), self.surface(at + 1)
        if len(surface) != 2 or not surface.isupper() or self.kinds[at] or at < 1:
            return False
        if self.gap(at) not in _BLANK or not following[:1].isupper() or following.isupper():
            return False
        before = self.words[at - 1]
        return before.capital and not (self.kinds[at - 1] | self.kinds[at + 1]) & ~(
            GIVEN | NAME_FORM
        )

    def ends_line(self, at: int) -> bool:
        """Whether nothing but a sign stands between word ``at - 1`` and the end of its line."""
        gap = self.gap(at)
        return at >= len(self.words) or "\n" in gap

    @cached_property
    def small(self) -> frozenset[str]:
        """All words that stand somewhere in small letters."""
        return frozenset(word.lower for word in self.words if not word.capital)

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Names of places the text itself gives: first word (small) -> (number of
        words, how often).

        ``Kota X Y``, ``di X``, the dateline, and an abbreviation in brackets behind such a name.
        """
        found: dict[str, tuple[int, int]] = {}
        words, kinds = self.words, self.kinds
        dateline = self.layout.dateline
        regions = self.lexicon.region_offices
        shared: dict[str, tuple[set[str], set[str]]] = {}
        for at, kind in enumerate(kinds):
            if kind & _TAKES_PLACE and not kind & REGION:
                share(self.words, kinds, self.gaps, shared, at)
            if dateline is not None and words[at].start < dateline[1]:
                if words[at].start >= dateline[0] and words[at].capital:
                    found.setdefault(words[at].lower, (1, 1))
                continue
            headed = bool(kind & PLACE_HEAD)
            if not headed and words[at].lower not in self.lexicon.at_place:
                continue
            if at + 1 >= len(words) or (at and kinds[at - 1] & UNIT):
                continue
            regional = headed and at > 0 and (words[at - 1].lower, words[at].lower) in regions
            if words[at].lower in self.lexicon.nature and at and words[at - 1].capital:
                continue  # "Kabupaten Tanah Laut": part of a name that is read from its own head
            first = last = at + 1
            while last < len(words) and last - first < 4 and words[last].capital:
                if self.gap(last) not in _BLANK or kinds[last] & _NO_PLACE:
                    break
                if last > first and self.surface(last) in self.lexicon.formal:
                    break
                inner = words[last].lower in self.lexicon.nature
                if last > first and kinds[last] & PLACE_HEAD and not inner:
                    break  # Kecamatan Kenanga Kabupaten Melati
                last += 1
            if last == first:
                continue
            size = last - first
            if size > 1 and kinds[first] & PLACE and self._acronym_amid(first):
                size = 1  # Provinsi NTT Tarjono Wibisana
            thing = kinds[first] & (VENUE_HEAD | PLACE_HEAD | OFFICE_WORD | GIVEN)
            if not headed and (size > 2 or thing):
                continue
            told = (
                last < len(words) and kinds[last] & (CUE_AFTER | SAYS) and self.gap(last) in _BLANK
            )
            if regional and (told or size > 1 or words[first].lower in self.alone):
                continue
            if told or size > 3:
                size = 1
            if kinds[first] & (PLACE_HEAD | OFFICE_WORD) and size == 1:
                continue
            if kinds[first] & PLACE_HEAD and words[first].lower not in self.lexicon.nature:
                continue  # "Pemerintah Kota X" is read from its own head
            # The shortest form seen wins: "Kota X Barat Daya Maju" names more than the city.
            key = words[first].lower
            if size > 1:
                self.place_pairs.add((key, words[first + 1].lower))
            known, seen = found.get(key, (size, 0))
            found[key] = (min(size, known), seen + 1)
            bracket = last < len(words) and self.gap(last) in (" (", "(") and words[last].capital
            if bracket and self.text[words[last].end : words[last].end + 1] == ")":
                found.setdefault(words[last].lower, (1, 1))
        for key, (heads, following) in shared.items():
            if len(heads) > 1 and found.get(key, (3, 0))[0] > 2:
                self.place_pairs |= {(key, second) for second in following}
                found[key] = (2 if len(following) == 1 and "" not in following else 1, 1)
        return found

    def place_at(self, at: int) -> tuple[int, int]:
        """How many words from ``at`` are a place the text itself names, and how often it does."""
        size, seen = self.places.get(self.words[at].lower, (0, 0))
        if size > 1 and at + 1 < len(self.words):
            pair = (self.words[at].lower, self.words[at + 1].lower)
            if pair not in self.place_pairs:
                return 1, seen  # the second word was another one: Kabupaten Melati Moh. Tarjono
        return size, seen

    def in_place(self, at: int) -> bool:
        """Whether word ``at`` looks like a form of address but is the second of a place the
        text names: Kabupaten Gunung Mas."""
        places, before = self.places, self.words[at - 1].lower
        if not at or self.surface(at) not in self.lexicon.address:
            return False
        return before in places and (before, self.words[at].lower) in self.place_pairs

    def _acronym_amid(self, at: int) -> bool:
        """Whether a word is in capitals, and the next one is not."""
        return self.surface(at).isupper() and not self.surface(at + 1).isupper()

    def bureau(self, at: int) -> bool:
        """Whether a body is written as one word, by the lists or by what the text says of it."""
        lower = self.words[at].lower
        return (
            lower in self.lexicon.bureau
            or lower in self.bodies
            or (lower.startswith(self.lexicon.body_start) and lower not in self.lexicon.body_start)
        )

    @cached_property
    def alone(self) -> frozenset[str]:
        """Capitalised words that speak or are spoken to on their own somewhere: ``kata X``, ``X
        mengatakan``, ``Ibu X``."""
        words, kinds = self.words, self.kinds
        heard = set()
        for at, kind in enumerate(kinds):
            called = words[at].capital and self.surface(at) in self.lexicon.address
            if (kind & CUE_BEFORE or called) and at + 1 < len(words) and words[at + 1].capital:
                if self.gap(at + 1) in _BLANK and not self._goes_on(at + 2):
                    heard.add(words[at + 1].lower)
            elif (
                kind & (SAYS | CUE_AFTER)
                and at
                and words[at - 1].capital
                and self.gap(at) in _BLANK
            ) and (at < 2 or not words[at - 2].capital or self.gap(at - 1) not in _BLANK):
                heard.add(words[at - 1].lower)
        return frozenset(heard)

    @cached_property
    def titled(self) -> frozenset[str]:
        """First words of names that stand behind a title or rank somewhere: KH. X, AKBP X."""
        words, lexicon = self.words, self.lexicon
        return frozenset(
            words[at].lower
            for at in range(1, len(words))
            if words[at].capital
            and self.surface(at - 1) in lexicon.titles
            and self.surface(at - 1) not in lexicon.address
            and self.gaps[at] in (" ", ". ", ".")
            and not self.kinds[at] & ~(GIVEN | NAME_FORM)
            and not (at > 1 and self.kinds[at - 2] & (VENUE_HEAD | PLACE_HEAD))
        )

    def _goes_on(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].capital and self.gap(at) in _BLANK
