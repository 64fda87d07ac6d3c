"""Places where something may have happened: each with its cue, its parts and a weight."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.language.found import Found
from extractor.language.layout import MARKS, Layout
from extractor.language.paragraphs import hard_wrapped
from extractor.language.phrases import words_of
from extractor.language.places import Place, PlaceReader, Stops
from extractor.language.venue_parts import parts_of
from extractor.language.venue_words import AREAS, VenueWords
from extractor.rulebook import Rule, RuleFile

_NEAR_CUE = 4
_FAR_CUE = 25
_SPEECH_WORDS = 5


class VenueRules:
    """The rules and lists of ``venues.yaml``, made ready once."""

    def __init__(self, rules: RuleFile) -> None:
        self.lists = VenueWords(rules)
        self.settings = dict(rules.settings)
        self.by_list = {
            rule.fields["words"]: rule for rule in rules.rules if "words" in rule.fields
        }
        self.by_id = {rule.id: rule for rule in rules.rules}


def find_venues(
    layout: Layout, rules: VenueRules, dates: Sequence[Found] = (), people: Sequence[Found] = ()
) -> list[Found]:
    """Every place that may be a venue, in text order.

    The value holds ``mode`` (onsite, online, hybrid), ``parts``, ``cue``, ``cue_strength`` (list,
    strong, plain, scope, visit, from, online), ``weight`` (higher is likelier), ``sentence`` (its
    number), ``paragraph``, ``has_head``, ``area`` (nothing but a village or city), ``capital``,
    ``near_date``, ``quoted``, ``after_event_verb``.
    """
    return _Scan(layout, rules, dates, people).venues()


class _Scan:
    """One pass over the words of one text."""

    def __init__(
        self, layout: Layout, rules: VenueRules, dates: Sequence[Found], people: Sequence[Found]
    ) -> None:
        self.layout = layout
        self.text = layout.text
        self.rules = rules
        self.lists = rules.lists
        self.words = words_of(layout.text)
        self.date_starts = [d.start for d in dates]
        self.date_ends = sorted(d.end for d in dates)
        stops = Stops(
            frozenset(self.date_starts),
            frozenset(p.start for p in people if p.value.get("form") != "role"),
        )
        longest = int(rules.settings["longest"])
        self.reader = PlaceReader(
            self.text, self.words, self.lists, stops, longest, hard_wrapped(self.text)
        )
        self.sentences = layout.sentences
        self.quoted = _quoted(layout)
        self.quote_starts = [a for a, _ in self.quoted]
        self.signs: dict[int, set[str]] = {}
        self.online: dict[int, list[tuple[int, int, str]]] = {}

    def venues(self) -> list[Found]:
        found = [*self._places(), *self._online_words()]
        for number, hits in self.online.items():
            mode = "hybrid" if any(kind == "hybrid" for _, _, kind in hits) else "online"
            for one in found:
                if one.value["sentence"] == number and one.value["cue_strength"] != "online":
                    one.value["mode"] = mode  # type: ignore[index]
        for one in found:
            weight = one.value["weight"] + self._sign_points(one)
            one.value["weight"] = round(weight, 2)  # type: ignore[index]
        return sorted(found, key=lambda f: (f.start, f.end))

    def _sign_points(self, one: Found) -> float:
        """Points for words of the sentence: an interview, another time, a prize."""
        signs = self.signs.get(one.value["sentence"], ())
        return sum(self.rules.settings[name] for name in signs if name != "home")

    def _places(self) -> Iterator[Found]:
        words, lists = self.words, self.lists
        cue: tuple[str, int, int] | None = None  # list, first word, word after it
        number, used = -1, 0
        for at, word in enumerate(words):
            while (
                number + 1 < len(self.sentences) and self.sentences[number + 1].start <= word.start
            ):
                number += 1
                cue = None
            if number < 0 or word.start >= self.sentences[number].end:
                continue
            lower = word.lower
            if lower in lists.sign_words and (sign := lists.signs.at(self.text, words, at)):
                self.signs.setdefault(number, set()).add(sign.value)
            if lower in lists.online_words and (hit := lists.online.at(self.text, words, at)):
                self._note_online(at, hit.last, hit.value, number)
            if at < used:
                continue
            place: tuple[int, int, str] | None = None  # first word, words before its start, kind
            if lower in lists.cue_words and (found := lists.cues.at(self.text, words, at)):
                cue = (found.value, at, found.last)
                place = self._without_preposition(cue, number)
            elif lower in lists.fused:
                cue = (lists.fused[lower], at, at + 1)
                place = (at + 1, 0, "at")
            elif lower in lists.prepositions:
                place = (at + 1, 0, lists.prepositions[lower])
            elif lower.startswith(lists.at) and lower[len(lists.at) :] in lists.heads:
                place = (at, len(lists.at), "at")
            if place is None:
                continue
            one = self._candidate(place, at, cue, number)
            if one is not None:
                last, venue = one
                used = last
                yield venue

    def _without_preposition(
        self, cue: tuple[str, int, int], number: int
    ) -> tuple[int, int, str] | None:
        """The place after a cue without preposition: ``Tempat :``, ``meninjau``, ``bertempat``."""
        name, first, after = cue
        words, lists = self.words, self.lists
        if after >= len(words):
            return None
        gap = self.text[words[after - 1].end : words[after].start]
        following = words[after]
        if name == "cue_invitation":
            opens = self._opens_line(first, number)
            return (after, 0, "list") if opens and ":" in gap and "\n" not in gap else None
        if gap.strip():
            return None
        if name == "cue_visit":
            known = following.lower in lists.heads or following.lower in lists.relation
            return (after, 0, "visit") if known else None
        if name == "cue_bertempat" and following.lower not in lists.prepositions:
            known = following.lower in lists.heads
            return (after, 0, "at") if known else None
        return None

    def _opens_line(self, first: int, number: int) -> bool:
        """Whether nothing but marks stands before a word on its line."""
        start = self.words[first].start
        line = max(self.text.rfind("\n", max(0, start - 40), start) + 1, start - 40)
        return not any(c.isalnum() for c in self.text[line:start])

    def _candidate(
        self,
        opening: tuple[int, int, str],
        at: int,
        cue: tuple[str, int, int] | None,
        number: int,
    ) -> tuple[int, Found] | None:
        first, cut, kind = opening
        words, lists = self.words, self.lists
        if first >= len(words):
            return None
        name = cue[0] if cue is not None else ""
        if kind == "list":
            name = "cue_invitation"
        near = cue is not None and at - cue[2] < _NEAR_CUE
        if name == "cue_invitation" and kind != "list":
            name = ""
        strong = near and name in ("cue_bertempat", "cue_berlangsung", "cue_digelar")
        if kind in ("at", "from", "to", "on") and not cut:
            if self.text[words[first - 1].end : words[first].start].strip(" \t\xa0*\"“'‘\r\n"):
                return None
            if lists.not_place.at(self.text, words, first) is not None:
                return None
        end = self._limit(first, number, kind)
        place = self.reader.read(first, end)
        if place is None or words[first].start in self.reader.stops.people:
            return None
        head, area = self._shape(place)
        rule = self._rule(place, kind, name if (near or kind == "list") else "", head, area, strong)
        if rule is None:
            return None
        if kind in ("to", "from", "on", "visit") and not head:
            return None
        if kind == "to" and (name != "cue_visit"):
            return None
        if not head and not place.named and not strong and kind != "list":
            return None
        return place.last, self._found(place, cut, rule, number, at, cue, head, area)

    def _limit(self, first: int, number: int, kind: str) -> int:
        end = self.sentences[number].end
        if kind == "list":
            line = self.text.find("\n", self.words[first].start)
            end = line if line >= 0 else len(self.text)
        return end

    def _shape(self, place: Place) -> tuple[bool, bool]:
        """Whether a noun of places opens the phrase or a part of it; whether it is only an area."""
        levels = {
            self.lists.heads[w.lower]
            for w in self.words[place.first : place.last]
            if w.lower in self.lists.heads
        }
        first = self.words[place.first].lower
        opening = self.lists.heads.get(first)
        if opening is None:
            if first.startswith(self.lists.at) and first[len(self.lists.at) :] in self.lists.heads:
                return True, False
            bare = place.last - place.first == 1 or (
                bool(place.breaks) and min(place.breaks) == place.first + 1
            )
            return bool(levels - AREAS), bare and self.words[place.first].capital
        return True, opening in AREAS and not (levels - AREAS - {"street"})

    def _rule(
        self, place: Place, kind: str, name: str, head: bool, area: bool, strong: bool
    ) -> Rule | None:
        by_id = self.rules.by_id
        if kind == "list" or strong:
            return self.rules.by_list.get(name)
        if kind in ("visit", "to"):
            return self.rules.by_list.get("cue_visit")
        if kind == "from":
            return by_id.get("venues.start")
        if area:
            return by_id.get("venues.area")
        if self._near_date(place) and head:
            return by_id.get("venues.dated")
        return by_id.get("venues.plain" if head else "venues.named")

    def _near_date(self, place: Place) -> bool:
        """Whether a day stands right after the place or right before the words that lead to it."""
        at = bisect_left(self.date_starts, place.end)
        if at < len(self.date_starts) and self.date_starts[at] - place.end <= 14:
            return True
        at = bisect_right(self.date_ends, place.start)
        if at and place.start - self.date_ends[at - 1] <= 25:
            return True
        following = self.words[place.last : place.last + 1]
        return bool(following) and following[0].lower in self.lists.times

    def _found(
        self,
        place: Place,
        cut: int,
        rule: Rule,
        number: int,
        at: int,
        cue: tuple[str, int, int] | None,
        head: bool,
        area: bool,
    ) -> Found:
        sentence = self.sentences[number]
        settings = self.rules.settings
        words = self.words[place.first : place.last]
        parts = parts_of(self.text, self.words, place, self.lists)
        start = place.start + cut
        if cut:
            parts = {
                k: v[cut:] if v.startswith(self.text[place.start : start]) else v
                for k, v in parts.items()
            }
        quoted = self._quoted(start)
        near_date = self._near_date(place)
        opens = at == 0 or self.words[at - 1].start < sentence.start
        if cue is not None and cue[2] == at:
            opens = opens or cue[1] == 0 or self.words[cue[1] - 1].start < sentence.start
        after = (
            cue is not None
            and cue[0] in ("cue_berlangsung", "cue_digelar", "cue_bertempat")
            and at - cue[2] < _FAR_CUE
        )
        points: dict[str, bool] = {
            "head": head,
            "named": place.named,
            "deep": len(parts) > 1,
            "only_area": area,
            "no_capital": not any(w.capital for w in words),
            "near_date": near_date,
            "lead": 1 <= sentence.paragraph <= 2,
            "late": sentence.paragraph > 5,
            "title": sentence.paragraph == 0,
            "quoted": quoted,
            "opens_sentence": opens,
            "home": self._after_home(at),
        }
        weight = float(rule.fields.get("weight", 0)) + sum(
            settings[k] for k, v in points.items() if v
        )
        confidence = rule.confidence
        if area or quoted or points["home"]:
            confidence = min(confidence, 0.5)
        value: dict[str, Any] = {
            "mode": "onsite",
            "parts": parts,
            "cue": rule.id.partition(".")[2],
            "cue_strength": str(rule.fields.get("strength", "plain")),
            "weight": round(weight, 2),
            "sentence": number,
            "paragraph": sentence.paragraph,
            "has_head": head,
            "area": area,
            "capital": not points["no_capital"],
            "near_date": near_date,
            "quoted": quoted,
            "after_event_verb": after,
        }
        return Found(start, place.end, rule.id, round(confidence, 2), value)

    def _after_home(self, at: int) -> bool:
        """Whether the words before the preposition say that somebody lives or works there."""
        for one in self.words[max(0, at - 2) : at]:
            if one.lower in self.lists.sign_words:
                hit = self.lists.signs.at(
                    self.text, self.words, self.words.index(one, max(0, at - 2))
                )
                if hit is not None and hit.value == "home":
                    return True
        return False

    def _quoted(self, at: int) -> bool:
        number = bisect_right(self.quote_starts, at) - 1
        return number >= 0 and at < self.quoted[number][1]

    def _note_online(self, first: int, last: int, kind: str, number: int) -> None:
        if kind == "manner" or kind == "hybrid":
            before = self.words[first - 1].lower if first else ""
            if before not in self.lists.online_lead:
                return
            surface = self.text[self.words[first].start : self.words[last - 1].end].lower()
            kind = "hybrid" if surface in self.lists.hybrid else "manner"
        self.online.setdefault(number, []).append(
            (self.words[first].start, self.words[last - 1].end, kind)
        )

    def _online_words(self) -> Iterator[Found]:
        """The words of an online meeting themselves, for where no other place is named."""
        rule = self.rules.by_id.get("venues.online")
        if rule is None:
            return
        settings = self.rules.settings
        for number, hits in self.online.items():
            paragraph = self.sentences[number].paragraph
            for start, end, kind in hits:
                quoted = self._quoted(start)
                weight = float(rule.fields.get("weight", 0))
                weight += settings["lead"] * (1 <= paragraph <= 2) + settings["quoted"] * quoted
                weight += settings["title"] * (paragraph == 0) + 0.5 * (kind == "tool")
                yield Found(
                    start,
                    end,
                    rule.id,
                    rule.confidence,
                    {
                        "mode": "hybrid" if kind == "hybrid" else "online",
                        "parts": {},
                        "cue": "online",
                        "cue_strength": "online",
                        "weight": round(weight, 2),
                        "sentence": number,
                        "paragraph": paragraph,
                        "has_head": False,
                        "area": False,
                        "capital": self.text[start].isupper(),
                        "near_date": False,
                        "quoted": quoted,
                        "after_event_verb": False,
                    },
                )


def _quoted(layout: Layout) -> list[tuple[int, int]]:
    """Stretches of speech: between marks of one paragraph, more than a few words long."""
    found = []
    for paragraph in layout.paragraphs:
        piece = layout.text[paragraph.start : paragraph.end]
        marks = [i + paragraph.start for i, c in enumerate(piece) if c in MARKS]
        if len(marks) % 2:
            marks.append(paragraph.end)
        for start, end in zip(marks[::2], marks[1::2], strict=True):
            if layout.text.count(" ", start, end) >= _SPEECH_WORDS:
                found.append((start, end))
    return found


def rank(venues: Sequence[Found]) -> list[Found]:
    """The candidates by weight, the likeliest first; the earlier one first where they are equal."""
    return sorted(venues, key=lambda v: (-v.value["weight"], v.start))
