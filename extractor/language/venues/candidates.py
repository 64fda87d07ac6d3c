"""What a place phrase is worth as a venue: the rule it falls under, its weight and confidence."""

from collections.abc import Sequence
from typing import Any

from extractor.language.found import Found
from extractor.language.layout import Sentence
from extractor.language.phrases import Word
from extractor.language.venues.cues import CueReader
from extractor.language.venues.parts import parts_of
from extractor.language.venues.place_state import Cue, Opening, Place
from extractor.language.venues.weights import Surroundings, paragraph_points, weigh
from extractor.language.venues.words import AREAS, HELD, VenueRules
from extractor.rulebook import Rule

_FAR_CUE = 25
_ROLE = 4
_UNSURE = 0.5
_DOUBTS = (
    *("only_area", "quoted", "home", "denied", "earlier", "attribute"),
    *("possessive", "bare_noun", "title", "quantity"),
)
_SURE = frozenset({"cue_bertempat", "cue_berlangsung"})
_GOING = frozenset({"cue_visit", "cue_toward"})


class Candidates:
    """Makes candidates of the places of one text."""

    def __init__(
        self,
        text: str,
        words: tuple[Word, ...],
        rules: VenueRules,
        cues: CueReader,
        around: Surroundings,
        sentences: Sequence[Sentence],
    ) -> None:
        self.text = text
        self.words = words
        self.rules = rules
        self.lists = rules.lists
        self.cues = cues
        self.around = around
        self.sentences = sentences

    def candidate(
        self, place: Place, opening: Opening, cue: Cue | None, number: int
    ) -> Found | None:
        """The place with its weight, or None where nothing speaks for it."""
        kind = opening.kind
        near = cue is not None and self.cues.near(cue, opening.at, kind)
        name = cue.name if cue is not None and near else ""
        strong = kind == "list" or (name in HELD and kind in ("at", "on"))
        words = self.words[place.first : place.last]
        opens = words[0].lower[opening.cut :]
        head = any(w.lower in self.lists.heads for w in words) or opens in self.lists.heads
        if not head and not strong and not place.named:
            return None
        if kind == "at" and not strong and self._office_of_role(opening.at, words[0]):
            return None
        if opening.cut and not strong and not self._fused_noun(words):
            return None
        if opens in self.lists.relation and not head and not self._names_first(place):
            return None
        if kind == "from" and not head and not strong:
            return None
        if kind == "from" and self.cues.signed(opening.at, "guest"):
            return None
        if kind == "visit" and not head and len(words) == 1:
            return None
        if kind == "host" and not place.named:
            return None
        if kind == "on" and not head and not place.breaks:
            return None
        if kind == "to" and name not in _GOING:
            return None
        if kind == "from" and self.cues.signed(opening.at, "home"):
            return None
        parts = parts_of(self.text, self.words, place, self.lists)
        area = bool(parts) and (parts.keys() <= AREAS or opens in self.lists.regions)
        of_group = area and self.cues.signed(opening.at, "member", 1)
        strong = strong and not of_group
        sentence = self.sentences[number]
        dated = self.around.dated(place.start, place.end, sentence) or (
            self.words[place.last : place.last + 1] != ()
            and self.words[place.last].lower in self.lists.times
        )
        leads = place.named and self.around.leads(sentence)
        rule = self._rule(kind, name, strong, head, area, dated, leads)
        if rule is None:
            return None
        return self._found(
            place, opening, cue, number, rule, parts, head, area, dated, strong, of_group
        )

    def _office_of_role(self, at: int, opens: Word) -> bool:
        """Whether an office is where somebody works: ``Kepala Bidang UKM di Dinas Koperasi X``."""
        before = self.words[max(0, at - _ROLE) : at]
        return opens.lower in self.lists.office and any(
            word.capital and word.lower in self.lists.roles for word in before
        )

    def _fused_noun(self, words: tuple[Word, ...]) -> bool:
        """Whether ``dihalaman`` is followed as a noun is: ``dijalan`` may be half a verb."""
        return len(words) > 1 and (words[1].capital or words[1].lower in self.lists.heads)

    def _names_first(self, place: Place) -> bool:
        """Whether a name stands in the first part of a phrase, before any comma."""
        end = min((*place.breaks, place.last))
        return any(word.capital for word in self.words[place.first + 1 : end])

    def _rule(
        self, kind: str, name: str, strong: bool, head: bool, area: bool, dated: bool, leads: bool
    ) -> Rule | None:
        if strong:
            return self.rules.by_list.get("cue_invitation" if kind == "list" else name)
        if kind in ("visit", "to"):
            return self.rules.by_list.get("cue_visit")
        if kind == "host":
            return self.rules.by_list.get("cue_host")
        if kind == "people":
            return self.rules.by_id.get("venues.residents")
        if kind in ("from", "start"):
            return self.rules.by_id.get("venues.start")
        if area:
            return self.rules.by_id.get("venues.area")
        if dated:
            return self.rules.by_id.get("venues.dated")
        if head and leads:
            return self.rules.by_id.get("venues.lead")
        return self.rules.by_id.get("venues.plain" if head else "venues.named")

    def _found(
        self,
        place: Place,
        opening: Opening,
        cue: Cue | None,
        number: int,
        rule: Rule,
        parts: dict[str, str],
        head: bool,
        area: bool,
        dated: bool,
        strong: bool,
        of_group: bool,
    ) -> Found:
        settings = self.rules.settings
        sentence = self.sentences[number]
        words = self.words[place.first : place.last]
        start = place.start + opening.cut
        if opening.cut:
            parts = {
                slot: said[opening.cut :] if self.text.startswith(said, place.start) else said
                for slot, said in parts.items()
            }
        leads = opening.at if cue is None or cue.after < opening.at else cue.first
        after = cue is not None and cue.name in HELD and opening.at - cue.after < _FAR_CUE
        capital = any(w.capital for w in words)
        plural = not capital and len(words) > 1 and words[0].lower == words[1].lower
        points = {
            "head": head,
            "named": place.named,
            "deep": len(parts) > 1,
            "only_area": area,
            "region": words[0].lower in self.lists.regions,
            "anaphora": strong and self.cues.signed(leads, "anaphora"),
            "no_capital": not capital,
            "bare_noun": not capital and len(words) == 1,
            "possessive": not words[-1].capital and words[-1].lower.endswith(self.lists.owners),
            "near_date": dated,
            "quoted": self.around.quoted(start),
            "opens_sentence": leads == 0 or self.words[leads - 1].start < sentence.start,
            "quantity": not place.breaks and (plural or self.cues.counts(place.first)),
            "start": opening.kind == "start",
            "attribute": of_group or self.cues.signed(leads, "attribute", 1),
            "home": self.cues.signed(leads, "home"),
            "denied": self.cues.signed(leads, "denied"),
            "instead": self.cues.signed(leads, "instead"),
            "existing": area and self.cues.signed(leads, "existing", 1),
            "earlier": self.cues.signed(leads, "earlier", 3),
            **paragraph_points(sentence.paragraph),
        }
        confidence = rule.confidence
        sure = strong and rule.fields.get("words") in _SURE
        if any(points[name] for name in _DOUBTS if not (sure and name == "only_area")):
            confidence = min(confidence, _UNSURE)
        weight = weigh(float(rule.fields.get("weight", 0)), settings, points)
        value: dict[str, Any] = {
            "mode": "onsite",
            "parts": parts,
            "cue": rule.id.partition(".")[2],
            "cue_strength": str(rule.fields.get("strength", "plain")),
            "weight": weight,
            "sentence": number,
            "paragraph": sentence.paragraph,
            "has_head": head,
            "area": points["only_area"],
            "capital": capital,
            "near_date": dated,
            "quoted": points["quoted"],
            "after_event_verb": after,
        }
        return Found(start, place.end, rule.id, confidence, value)
