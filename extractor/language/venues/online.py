"""Meetings held over the net: the words that say so, and what they make of places beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.language.found import Found
from extractor.language.layout import Sentence
from extractor.language.phrases import Word
from extractor.language.venues.weights import Surroundings, paragraph_points, weigh
from extractor.language.venues.words import VenueWords
from extractor.rulebook import Rule


@dataclass(frozen=True, slots=True)
class OnlineWords:
    """``text[start:end]`` says that something was online; ``kind``: manner, tool or hybrid."""

    start: int
    end: int
    kind: str


class OnlineSentences:
    """What each sentence says about being online; filled while the words are read."""

    def __init__(self, text: str, words: tuple[Word, ...], lists: VenueWords) -> None:
        self.text = text
        self.words = words
        self.lists = lists
        self._found: dict[int, list[OnlineWords]] = {}

    def look(self, at: int, sentence: int) -> None:
        """Note the words at number ``at`` where they speak of an online meeting."""
        hit = self.lists.online.at(self.text, self.words, at)
        if hit is None:
            return
        if hit.value != "tool":
            before = self.words[at - 1].lower if at else ""
            if before not in self.lists.online_lead:
                return
        self._found.setdefault(sentence, []).append(OnlineWords(hit.start, hit.end, hit.value))

    def mode(self, sentence: int) -> str:
        """The mode of a place named in this sentence."""
        hits = self._found.get(sentence)
        if not hits:
            return "onsite"
        return "hybrid" if any(hit.kind == "hybrid" for hit in hits) else "online"

    def __iter__(self) -> Iterator[tuple[int, OnlineWords]]:
        """(sentence, words) in text order."""
        for sentence, hits in self._found.items():
            for hit in hits:
                yield sentence, hit


def online_venues(
    online: OnlineSentences,
    rule: Rule,
    settings: Mapping[str, float],
    sentences: Sequence[Sentence],
    around: Surroundings,
) -> Iterator[Found]:
    """The words of an online meeting themselves, for where no other place is named."""
    for number, hit in online:
        paragraph = sentences[number].paragraph
        quoted = around.quoted(hit.start)
        points = {
            "tool": hit.kind == "tool",
            "partly": hit.kind != "tool" and online.mode(number) == "hybrid",
            "quoted": quoted,
            **paragraph_points(paragraph),
        }
        weight = weigh(float(rule.fields.get("weight", 0)), settings, points)
        value: dict[str, Any] = {
            "mode": "hybrid" if hit.kind == "hybrid" else "online",
            "parts": {},
            "cue": "online",
            "cue_strength": "online",
            "weight": weight,
            "likely": weight >= settings["likely"],
            "sentence": number,
            "paragraph": paragraph,
            "has_head": False,
            "area": False,
            "capital": online.text[hit.start].isupper(),
            "near_date": False,
            "quoted": quoted,
            "after_event_verb": False,
        }
        yield Found(hit.start, hit.end, rule.id, rule.confidence, value)
