"""Words that lead to a place: which of them need no preposition, how far they reach."""

from extractor.language.phrases import Word
from extractor.language.place_state import Cue, Opening
from extractor.language.venue_words import VenueWords

_NEAR_CUE = 4
_NEAR_DATE = 14
_LINE_START = 40


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
        if cue.name == "cue_visit" and (following in lists.heads or following in lists.relation):
            return Opening(cue.after, cue.after, "visit")
        if cue.name == "cue_bertempat" and following in lists.heads:
            return Opening(cue.after, cue.after, "at")
        return None

    def _opens_line(self, first: int) -> bool:
        """Whether nothing but marks stands before a word on its line."""
        start = self.words[first].start
        low = max(0, start - _LINE_START)
        line = max(self.text.rfind("\n", low, start) + 1, low)
        return not any(c.isalnum() for c in self.text[line:start])

    def near(self, cue: Cue, at: int) -> bool:
        """Whether a cue belongs to the preposition: few words between them, or a day."""
        between = self.words[cue.after : at]
        if len(between) < _NEAR_CUE:
            return True
        return len(between) < _NEAR_DATE and any(w.lower in self.lists.times for w in between)
