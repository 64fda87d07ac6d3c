"""Words that lead to a place: which of them need no preposition, how far they reach."""

from extractor.language.phrases import Word
from extractor.language.venues.place_state import Cue, Opening
from extractor.language.venues.words import AREAS, VenueWords

_NEAR_CUE = 4
_NEAR_DATE = 14
_START_REACH = 12
_LINE_START = 40
_FAR_VISIT = 8
_HOST_REACH = 14
_SOON = 2
_RESIDENTS = 4
_LIST_MARKS = ";|•"
_PIN = "📍"


class CueReader:
    """Reads cues among one text's words."""

    def __init__(self, text: str, words: tuple[Word, ...], lists: VenueWords) -> None:
        self.text = text
        self.words = words
        self.lists = lists

    def without_preposition(self, cue: Cue) -> Opening | None:
        """The place after a cue without preposition: ``Tempat :``, ``meninjau``, ``bertempat``."""
        words, lists = self.words, self.lists
        if cue.after >= len(words):
            return None
        gap = self.text[words[cue.after - 1].end : words[cue.after].start]
        following = words[cue.after].lower
        if cue.name == "cue_invitation":
            if self._opens_line(cue.first) and ":" in gap and "\n" not in gap:
                return Opening(cue.after, cue.after, "list")
            return None
        if gap.strip(" \t\xa0\r\n"):
            return None
        named = words[cue.after].capital and following not in lists.office
        if cue.name == "cue_visit":
            noun = following in lists.heads or following in lists.relation
            if noun or (named and words[cue.after - 1].lower in lists.going):
                return Opening(cue.after, cue.after, "visit")
            return None
        if cue.name == "cue_bertempat" and (following in lists.heads or named):
            return Opening(cue.after, cue.after, "at")
        return None

    def _opens_line(self, first: int) -> bool:
        """Whether nothing but marks stands before a word on its line."""
        start = self.words[first].start
        low = max(0, start - _LINE_START)
        line = max(self.text.rfind("\n", low, start) + 1, low)
        line = max(line, *(self.text.rfind(mark, line, start) for mark in _LIST_MARKS))
        return not any(c.isalnum() for c in self.text[line:start])

    def kind(self, at: int, cue: Cue | None) -> str:
        """The kind of opening that a preposition makes after a cue."""
        kind = self.lists.prepositions.get(self.words[at].lower)
        if kind is None:
            return "visit"
        started = cue is not None and cue.name == "cue_start" and at - cue.after < _START_REACH
        return "start" if kind == "from" and started else kind

    def counts(self, at: int) -> bool:
        """Whether a word counts places instead of naming one."""
        lower = self.words[at].lower
        return lower in self.lists.quantities or lower in self.lists.numbers or lower[0].isdigit()

    def pins(self) -> bool:
        """Whether the text has such signs at all."""
        return _PIN in self.text

    def pinned(self, at: int) -> bool:
        """Whether the sign of a place on a map stands before a word."""
        start = self.words[at].start
        return _PIN in self.text[max(0, start - 4) : start]

    def fused(self, at: int) -> int:
        """How many letters of a word are its preposition: ``diaula``, ``diJakarta``; else 0."""
        word, size = self.words[at], len(self.lists.at)
        rest = self.text[word.start + size : word.start + size + 1]
        if not word.lower.startswith(self.lists.at) or len(word.lower) <= size + 1:
            return 0
        if word.lower[size:] in self.lists.heads or (rest.isupper() and not self._shouted(word)):
            return size
        return 0

    def _shouted(self, word: Word) -> bool:
        return self.text[word.start : word.end].isupper()

    def targets(self, at: int, cue: Cue | None) -> bool:
        """Whether a word says which place was the target: sekolah yang dituju adalah SMP Lor."""
        if cue is None or cue.name != "cue_target" or at - cue.after >= _NEAR_CUE:
            return False
        return self.words[at].lower in self.lists.namely

    def hosts(self, at: int, end: int) -> int:
        """Where the verb stands of which the word that opens a sentence may be the place, else 0.

        Aula Lor dipadati warga; Lapangan Jati menjadi lokasi lomba.
        """
        words, lists = self.words, self.lists
        following = words[at + 1 : at + 2]
        if not following or words[at].lower in lists.office or not words[at].capital:
            return 0
        if words[at].lower not in lists.heads and not following[0].capital:
            return 0
        for one in range(at + 1, min(at + _HOST_REACH, len(words))):
            if words[one].start >= end:
                return 0
            if words[one].lower in lists.host_words and lists.hosts.at(self.text, words, one):
                return one
        return 0

    def home_of(self, at: int) -> Opening | None:
        """The village of the residents a word speaks of: warga Desa Lor, petani di Kampung Jati."""
        words = self.words
        if words[at].capital and at and words[at - 1].capital:
            return None  # Dinas Pemberdayaan Masyarakat Desa
        for one in range(at + 1, min(at + _RESIDENTS, len(words) - 1)):
            if self.text[words[one - 1].end : words[one].start].strip():
                return None
            if words[one].lower in self.lists.all_of:
                return None
            if self.lists.heads.get(words[one].lower) == "village":
                gap = self.text[words[one].end : words[one + 1].start]
                named = words[one].capital and words[one + 1].capital and not gap.strip()
                return Opening(one, one, "people") if named else None
            if words[one].capital or words[one].lower in self.lists.ends:
                return None
        return None

    def near(self, cue: Cue, at: int, kind: str = "at") -> bool:
        """Whether a cue belongs to the preposition: few words between them, or a day."""
        between = self.words[cue.after : at]
        if len(between) < _NEAR_CUE:
            return True
        if kind == "to" and len(between) < _FAR_VISIT:
            said = self.text[between[0].start : self.words[at].start]
            return not any(mark in said for mark in ",;:")
        return len(between) < _NEAR_DATE and any(w.lower in self.lists.times for w in between)

    def may_be_place(self, opening: Opening) -> bool:
        """Whether the first word after a preposition is none of what never opens a place."""
        lists, word = self.lists, self.words[opening.first]
        idiom = lists.not_place.at(self.text, self.words, opening.first)
        if idiom is not None and (idiom.value != "small" or not word.capital):
            following = self.words[idiom.last : idiom.last + 1]
            name = word.capital and following and following[0].capital
            if not name or following[0].lower not in lists.heads:
                return False
        if word.lower in lists.roles:
            return False
        level = lists.heads.get(word.lower)
        if opening.kind == "start" and word.capital:
            return word.lower not in lists.office
        if opening.kind == "at":
            if word.capital or level is not None or word.lower in lists.relation:
                return True
            if word.lower.endswith(lists.verb_ends):
                return False
            # "yang di inisiasi": a passive verb with a blank inside
            return not self.signed(opening.at, "passive_before", 1)
        if word.lower in lists.quantities or word.lower in lists.numbers:
            return False
        if opening.kind in ("to", "visit", "people") and level is not None:
            return True
        if opening.kind in ("to", "visit") and self._named_soon(opening.first):
            office = word.lower in lists.office and opening.kind == "visit"
            return not office and not lists.looks_like_verb(word.lower)
        return (level is not None and level not in AREAS) or word.lower in lists.relation

    def _named_soon(self, at: int) -> bool:
        """Whether a name or a noun of places stands at a word or soon after it."""
        return any(
            w.capital or w.lower in self.lists.heads for w in self.words[at : at + _SOON + 1]
        )

    def signed(self, leads: int, kind: str, reach: int = 2) -> bool:
        """Whether a word right before the cue is of a kind: lives at, not at, but at."""
        before = self.words[max(0, leads - reach) : leads]
        return any(self.lists.before.get(word.lower) == kind for word in before)
