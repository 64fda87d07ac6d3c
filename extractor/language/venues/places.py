"""The longest phrase of places from a word on: room, building, street, village, city as one span.

What belongs to the phrase is told by its shape: a noun, known or not, names in capitals after it,
and further parts after a comma, a bracket, a blank or a second preposition. What ends it are days,
verbs, conjunctions, persons and the full stop.
"""

from extractor.language.phrases import Word
from extractor.language.venues.place_people import before_person, title_begins
from extractor.language.venues.place_state import Place, State, Stops
from extractor.language.venues.place_words import name_in_spite, wider
from extractor.language.venues.words import VenueWords

_OPEN_QUOTES = "\"“‘„«'"
_CLOSE_QUOTES = "\"”’»'"
_NOISE = " \t\xa0*_~"
_MAX_BRACKET = 90
_MAX_FILLERS = 6
_MAX_NAME = 4
_OFFICE = 2
_SHORT = 4
_WITHIN = ("room", "building", "area")


class PlaceReader:
    """Reads places from one text's words."""

    def __init__(
        self,
        text: str,
        words: tuple[Word, ...],
        lists: VenueWords,
        stops: Stops,
        longest: int,
        wrapped: bool,
    ) -> None:
        self.text = text
        self.words = words
        self.lists = lists
        self.stops = stops
        self.longest = longest
        self.blanks = _NOISE + ("\r\n" if wrapped else "")

    def read(
        self, first: int, end: int, headline: bool = False, fused: bool = False
    ) -> Place | None:
        """The place that begins at word ``first`` and ends before offset ``end``, or None.

        In a ``headline`` a comma begins another clause, so only nouns of places may follow it. A
        ``fused`` first word is a noun with its preposition (``diaula``).
        """
        words = self.words
        if first >= len(words) or words[first].start >= end:
            return None
        state = State(first, words[first].start, headline, first)
        at = self._accept(first, state) if fused else first
        stop = min(len(words), first + self.longest)
        while at < stop and words[at].end <= end:
            fresh = at == first
            if not fresh:
                kind = self._gap(at, first, state)
                if kind is None:
                    break
                fresh = kind == "new"
            taken = self._take(at, fresh, first, state)
            if taken is None:
                break
            at = taken
        if state.last == first:
            return None
        breaks = frozenset(b for b in state.breaks if b < state.last)
        end = self._close(state)
        return Place(first, state.last, words[first].start, end, breaks, state.named)

    def _close(self, state: State) -> int:
        """The end of the last word, with the bracket or mark that closes what was opened."""
        end = state.end
        tail = self.text[end : end + 2]
        if state.bracket and state.bracket <= end and tail[:1] == ")":
            return end + 1
        if state.quote and state.quote <= end and tail[:1] in _CLOSE_QUOTES and tail[:1]:
            return end + 1
        return end

    def _gap(self, at: int, first: int, state: State) -> str | None:
        """What stands before a word: ``join``, ``new`` (a new part), None where the phrase ends."""
        before, word = self.words[at - 1], self.words[at]
        gap = self.text[before.end : word.start]
        if len(gap) > 8 or (state.last < at - 3):
            return None
        core = gap.strip(self.blanks)
        if not core:
            return "join" if gap else None
        if core in ("-", "–", "/", "&", "+"):
            tight = len(gap) == len(core)
            return "join" if tight or core in "&+/" else None
        if core == ".":
            size = before.end - before.start
            known = before.lower in self.lists.abbreviations or (size == 1 and before.capital)
            if state.last == 1 + first and size <= _SHORT and before.lower in self.lists.short:
                known = known or (word.capital and self.text[before.start : before.end].isupper())
            return "join" if known else None
        if core in (",", ".,"):
            return "new"
        if core in ("(", ",("):
            closing = self.text.find(")", word.start, word.start + _MAX_BRACKET)
            if closing < 0 or word.lower[0].isdigit():
                return None
            state.bracket = before.end
            return "join" if closing == word.end else "new"
        if core in (")", "),", ") (") and state.bracket:
            state.bracket = 0 if core != ") (" else before.end
            if state.last == at:
                state.end = self.text.index(")", before.end) + 1
            return "new" if core != ")" else "join"
        if gap[0] in "'’‘`" and core == gap[0] and not state.quote:
            return "join"
        if len(core) == 1 and core in _OPEN_QUOTES and not state.quote:
            if self.text.find(core, word.end, word.end + 60) < 0 and core in "\"'":
                return None
            state.quote = before.end
            return "join"
        if core and state.quote and core[0] in _CLOSE_QUOTES and core[1:] in ("", ","):
            state.quote = 0
            if state.last == at:
                state.end = before.end + 1
            return "join" if len(core) == 1 else "new"
        return None

    def _initials(self, at: int) -> bool:
        """Whether a word goes on the initials of a name in a place's: ``Auditorium G.P.H. X``."""
        before = self.words[at - 1]
        gap = self.text[before.end : self.words[at].start]
        return gap == "." and before.end - before.start == 1 and before.capital

    def _take(self, at: int, fresh: bool, first: int, state: State) -> int | None:
        """The number of the next word after taking this one in, or None where the phrase ends."""
        word, lists = self.words[at], self.lists
        lower = word.lower
        if word.start in self.stops.dates or lower in lists.times:
            return None
        if state.headline and word.capital and at > first and self._headline_verb(at):
            return None
        apart = at > first and not self._initials(at)
        if word.start in self.stops.people and apart:
            if fresh:
                return None
            if before_person(self.words, lists, at, first, state):
                return None
        titled = apart and not fresh and lower in lists.titles
        if titled and title_begins(self.words, lists, at, state):
            return None
        leads = at == first and lower in lists.relation
        if (
            lower in lists.ends
            and not leads
            and not name_in_spite(self.text, self.words, lists, at, first)
        ):
            return None
        if lower == lists.at:
            return self._inner(at, first, state)
        if lower in lists.all_of:
            return self._joined(at, first, state)
        if fresh and at > first:
            if not self._opens(at, state):
                return None
            if state.office < _OFFICE or lower in lists.heads:
                self._begin(at, state)
        if lower[0].isdigit():
            return self._number(at, first, state)
        if lower in lists.office_name:
            state.office = max(state.office, _OFFICE if lower in lists.office else 1)
        if word.capital:
            if lower in lists.cue_words and lower not in lists.heads and at > first:
                return None
            if not self._is_head(at):
                state.named = state.segment_named = True
            return self._accept(at, state)
        return self._small(at, first, state)

    def _accept(self, at: int, state: State) -> int:
        state.last, state.end = at + 1, self.words[at].end
        return at + 1

    def _is_head(self, at: int) -> bool:
        """Whether a word is a noun of places here: the second word of "Wali Kota" is none."""
        if self.words[at].lower not in self.lists.heads:
            return False
        return not at or self.words[at - 1].lower not in self.lists.title_first

    def _begin(self, at: int, state: State) -> None:
        """A new part of the place begins at this word."""
        state.breaks.add(at)
        state.opened = at
        state.segment_named, state.office, state.fillers = False, 0, 0

    def _small(self, at: int, first: int, state: State) -> int | None:
        """A word in small letters: before a name nearly any noun, after it only nouns of places."""
        lists = self.lists
        lower = self.words[at].lower
        if lists.looks_like_verb(lower):
            return None
        if self._is_head(at):
            if state.segment_named and not self._leads_on(at + 1):
                return None
            return self._accept(at, state) if not state.named else at + 1
        if lower in lists.inside_names:
            return at + 1 if self.words[at - 1].capital and self._leads_on(at + 1) else None
        if lower in lists.office and at > first and self.words[at - 1].lower in lists.heads:
            return self._accept(at, state)
        if lower in lists.numbers or (lower in lists.direction and at > first):
            return self._accept(at, state)
        if lower in lists.relation:
            return at + 1 if at == first or self._leads_on(at + 1) else None
        if state.segment_named or state.fillers >= _MAX_FILLERS:
            return None
        state.fillers += 1
        return self._accept(at, state)

    def _leads_on(self, at: int) -> bool:
        """Whether a name, a number or a noun of places stands at a word or right after it."""
        for one in self.words[at : at + 2]:
            if one.lower in self.lists.ends or one.lower in self.lists.times:
                return False
            if (
                one.capital
                or one.lower[0].isdigit()
                or one.lower in self.lists.heads
                or one.lower in self.lists.office
                or one.lower in self.lists.direction
                or one.lower in self.lists.numbers
            ):
                return True
        return False

    def _number(self, at: int, first: int, state: State) -> int | None:
        word, lists = self.words[at], self.lists
        before = self.words[at - 1]
        if at == first:
            following = self.words[at + 1].lower if at + 1 < len(self.words) else ""
            return self._accept(at, state) if following in lists.heads else None
        tight = before.end == word.start or self.text[before.end] in "/-."
        opens = before.lower in lists.heads or before.lower in lists.abbreviations
        after = self.words[at + 1 : at + 2]
        month = after and after[0].lower in lists.times and not opens
        if month and not self.text[word.end : after[0].start].strip(self.blanks):
            return None
        short = word.end - word.start <= 3
        if opens or tight or (short and before.capital):
            state.named = state.segment_named = True
            return self._accept(at, state)
        return None

    def _headline_verb(self, at: int) -> bool:
        """Whether a word of a headline, where most have capitals, goes on with the sentence."""
        word, lists = self.words[at], self.lists
        if self.words[at - 1].lower in lists.heads:
            return False
        if word.lower in lists.roles:
            return not lists.heads.get(self.words[at - 1].lower)
        return lists.looks_like_verb(word.lower) or word.lower.endswith(lists.owners)

    def _inner(self, at: int, first: int, state: State) -> int | None:
        """A second preposition: the phrase goes on where a place follows."""
        if at == first or state.last < at - 1 or state.inner >= 2 or at + 1 >= len(self.words):
            return None
        following = self.words[at + 1]
        if not self._place_may_begin(at + 1):
            return None
        if self.text[self.words[at].end : following.start].strip(self.blanks):
            return None
        if (
            wider(self.words, self.lists, state, at)
            and self.lists.heads.get(following.lower) in _WITHIN
        ):
            return None  # "di Jawa Timur di halaman Kantor X": one place after another
        state.inner += 1
        self._begin(at + 1, state)
        return at + 1

    def _place_may_begin(self, at: int) -> bool:
        word = self.words[at]
        if word.start in self.stops.dates or word.lower in self.lists.times:
            return False
        if self.lists.not_place.at(self.text, self.words, at) is not None:
            return False
        return word.lower in self.lists.heads or word.lower in self.lists.relation or word.capital

    def _joined(self, at: int, first: int, state: State) -> int | None:
        """``dan`` inside a name: Kantor Dinas A dan B."""
        if state.last != at or at + 1 >= len(self.words):
            return None
        following = self.words[at + 1]
        if at - 1 == state.opened == first and following.lower in self.lists.heads:
            two = self.words[first].capital and following.capital  # Museum dan Galeri X
            return at + 1 if two and self._leads_on(at + 2) else None
        if not state.office:
            return at + 1 if self._second_name(at + 1, state) else None
        if not following.capital or following.start in self.stops.people:
            return None
        if self.lists.heads.get(following.lower) in ("building", "room"):
            return None
        return at + 1

    def _second_name(self, at: int, state: State) -> bool:
        """Whether a name and nothing else follows ``dan``: Museum Seni dan Keramik yang ramai."""
        word, lists = self.words[at], self.lists
        if not state.segment_named or state.headline or not word.capital:
            return False
        if word.lower in lists.heads or word.lower in lists.office or word.lower in lists.titles:
            return False
        return self._bare_name(at, state)

    def _opens(self, at: int, state: State) -> bool:
        """Whether the word after a comma or bracket opens a further part of the place."""
        word, lists = self.words[at], self.lists
        if word.lower in lists.heads:
            if word.lower == self.words[state.opened].lower and at > state.opened:
                return False  # Pasar Lor, Pasar Kidul: not one in the other
            return self._leads_on(at + 1) or word.lower in lists.named_alone
        if word.lower in lists.relation:
            return self._leads_on(at + 1)
        if not word.capital or state.headline:
            return False
        if word.lower in lists.office and not state.bracket:
            return False
        return self._bare_name(at, state)

    def _bare_name(self, at: int, state: State) -> bool:
        """Whether a short name stands here, closed by a mark or by a word that ends phrases."""
        words, lists = self.words, self.lists
        for one in range(at, min(at + _MAX_NAME + 1, len(words))):
            word = words[one]
            if word.start in self.stops.people:
                return False
            if one > at:
                gap = self.text[words[one - 1].end : word.start]
                if gap.strip(self.blanks):
                    return gap.strip(self.blanks)[0] in ".,;:()" or "\n" in gap
                if "\n" in gap:
                    return True
            if word.start in self.stops.dates or word.lower in lists.times:
                return one > at
            if word.lower in lists.all_of:
                return state.office == _OFFICE and one + 1 < len(words) and words[one + 1].capital
            if word.lower in lists.ends:
                return one > at
            if not word.capital:
                return False
        return at + _MAX_NAME >= len(words)
