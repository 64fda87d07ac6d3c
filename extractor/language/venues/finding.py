"""Places where something may have happened: each with its cue, its parts and a weight."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.language.found import Found
from extractor.language.layout import Layout
from extractor.language.lines import hard_wrapped
from extractor.language.phrases import words_of
from extractor.language.venues.candidates import Candidates
from extractor.language.venues.cues import CueReader
from extractor.language.venues.online import OnlineSentences, online_venues
from extractor.language.venues.place_state import Cue, Opening, Place, Stops
from extractor.language.venues.places import PlaceReader
from extractor.language.venues.weights import Surroundings, sign_points
from extractor.language.venues.words import VenueRules

_AHEAD = 40
_NAMELY = 3
_ADVERBS = 2
_OPENING = 25


def find_venues(
    layout: Layout, rules: VenueRules, dates: Sequence[Found] = (), people: Sequence[Found] = ()
) -> list[Found]:
    """Every place that may be a venue, in text order.

    The value holds ``mode`` (onsite, online, hybrid), ``parts``, ``cue``, ``cue_strength``
    (list, strong, plain, scope, visit, from, online), ``weight`` (higher is likelier),
    ``likely`` (heavy enough to be a venue at all), ``sentence`` (its number), ``paragraph``,
    ``has_head``, ``area`` (nothing but a village or city), ``capital``, ``near_date``,
    ``quoted``, ``after_event_verb``.
    """
    return _Scan(layout, rules, dates, people).venues()


class _Scan:
    """One pass over the words of one text."""

    def __init__(
        self, layout: Layout, rules: VenueRules, dates: Sequence[Found], people: Sequence[Found]
    ) -> None:
        self.text = layout.text
        self.rules = rules
        self.lists = rules.lists
        self.words = words_of(layout.text)
        self.stops = Stops(
            frozenset(d.start for d in dates),
            frozenset(p.start for p in people if p.value.get("form") != "role"),
        )
        self.reader = PlaceReader(
            self.text,
            self.words,
            self.lists,
            self.stops,
            int(rules.settings["longest"]),
            hard_wrapped(self.text),
        )
        self.cues = CueReader(self.text, self.words, self.lists)
        self.sentences = layout.sentences
        self.body = layout.dateline[1] if layout.dateline is not None else layout.body_start
        self.paragraph_ends = {p.number: p.end for p in layout.paragraphs}
        self.around = Surroundings(layout, dates)
        self.online = OnlineSentences(self.text, self.words, self.lists)
        self.candidates = Candidates(
            self.text, self.words, rules, self.cues, self.around, self.sentences
        )
        self.signs: dict[int, set[str]] = {}

    def venues(self) -> list[Found]:
        """All candidates, in text order."""
        found = [self._finished(one) for one in list(self._places())]
        rule = self.rules.by_id.get("venues.online")
        if rule is not None:
            settings = self.rules.settings
            found += online_venues(self.online, rule, settings, self.sentences, self.around)
        return sorted(found, key=lambda f: (f.start, f.end))

    def _finished(self, one: Found) -> Found:
        """A candidate with what only the whole sentence tells: its mode, and signs against it."""
        number = one.value["sentence"]
        signs = sign_points(self.rules.settings, self.signs.get(number, ()))
        weight = round(one.value["weight"] + signs, 2)
        mode = self.online.mode(number)
        likely = weight >= self.rules.settings["likely"]
        return replace(one, value={**one.value, "mode": mode, "weight": weight, "likely": likely})

    def _places(self) -> Iterator[Found]:
        words, lists, sentences = self.words, self.lists, self.sentences
        cue: Cue | None = None
        number, used, body = -1, 0, self.body
        pins = self.cues.pins()
        for at, word in enumerate(words):
            opens = word.start >= body
            if opens:
                body = len(self.text)
            while number + 1 < len(sentences) and sentences[number + 1].start <= word.start:
                number += 1
                cue, opens = None, True
            if number < 0 or word.start >= sentences[number].end:
                continue
            lower = word.lower
            if lower in lists.sign_words and (sign := lists.signs.at(self.text, words, at)):
                self.signs.setdefault(number, set()).add(sign.value)
            if at < used:
                continue
            if lower in lists.online_words:
                self.online.look(at, number)
            opening = None
            inside = cue is not None and at < cue.after
            if (
                not inside
                and lower in lists.cue_words
                and (hit := lists.cues.at(self.text, words, at))
            ):
                cue = Cue(hit.value, at, hit.last)
                opening = self.cues.without_preposition(cue)
            elif lower in lists.fused:
                cue = Cue(lists.fused[lower], at, at + 1)
                opening = Opening(at + 1, at + 1, "at")
            elif lower in lists.prepositions:
                opening = Opening(at + 1, at, self.cues.kind(at, cue))
            elif lower.startswith(lists.at) and (size := self.cues.fused(at)):
                opening = Opening(at, at, "at", size)
            elif opens and (verb := self.cues.hosts(at, sentences[number].end)):
                opening = Opening(at, at, "host")
            elif lower in lists.residents and self.around.leads(sentences[number]):
                opening = self.cues.home_of(at)
            elif lower in lists.namely and self.cues.targets(at, cue):
                opening = Opening(at + 1, at, "visit")
            elif pins and self.cues.pinned(at):
                opening = Opening(at, at, "list")
            if opening is None:
                continue
            place = self._place(opening, number)
            if place is None or (opening.kind == "host" and not self._hosts(place, verb)):
                continue
            found = self.candidates.candidate(place, opening, cue, number)
            if found is None:
                continue
            yield self._second(found) if self._of_another(opening, used) else found
            used = place.last
            if (named := self._namely(place, opening, number)) is not None:
                place, opening = named
                if (found := self.candidates.candidate(place, opening, cue, number)) is not None:
                    yield found
                    used = place.last
            while (more := self._and_another(place, opening, number)) is not None:
                another = self.candidates.candidate(
                    more, replace(opening, first=more.first), cue, number
                )
                if another is not None:
                    yield self._second(another)
                place, used = more, more.last

    def _place(self, opening: Opening, number: int) -> Place | None:
        """The place that an opening leads to, None where it leads to none."""
        first, words = opening.first, self.words
        if first >= len(words) or words[first].start in self.stops.people:
            return None
        sentence = self.sentences[number]
        end = self.paragraph_ends.get(sentence.paragraph, sentence.end)
        if opening.kind == "list":
            line = self.text.find("\n", words[first].start)
            end = line if line >= 0 else len(self.text)
        elif not opening.cut and opening.kind not in ("host", "again"):
            if self.text[words[first - 1].end : words[first].start].strip(" \t\xa0*\"“'‘\r\n:"):
                return None
            if not self.cues.may_be_place(opening):
                return None
        ahead = self.text[words[first].start : words[first].start + _AHEAD]
        headline = sentence.paragraph == 0 or ahead.isupper()
        place = self.reader.read(first, end, headline, fused=opening.cut > 0)
        if place is None:
            return None
        if opening.at < first and words[opening.at].start - sentence.start < _OPENING:
            place = self._without_role(place)
        return self._without_subject(place)

    def _and_another(self, place: Place, opening: Opening, number: int) -> Place | None:
        """A further place after ``dan``, or after a comma and with the noun of the one before."""
        words, at = self.words, place.last
        if at + 1 >= len(words) or opening.cut:
            return None
        last = max((*place.breaks, place.first))
        if self.text[place.end : words[at].start].strip() == ",":
            if words[at].lower in self.lists.heads and words[at].lower == words[last].lower:
                return self._again(at, opening, number)
            if words[at].lower not in self.lists.all_of:
                return None
        elif self.text[place.end : words[at].start].strip():
            return None
        joined = words[at].lower in self.lists.all_of and words[at + 1].lower in self.lists.heads
        if not joined or self.text[words[at].end : words[at + 1].start].strip():
            return None
        return self._again(at + 1, opening, number)

    def _again(self, at: int, opening: Opening, number: int) -> Place | None:
        return self._place(Opening(at, at, "again" if opening.kind != "list" else "list"), number)

    def _namely(self, place: Place, opening: Opening, number: int) -> tuple[Place, Opening] | None:
        """The place that a count of places is said to be: di dua lokasi, yakni Aula A."""
        if not any(map(self.cues.counts, range(place.first, place.last)[:2])):
            return None
        for at in range(place.last, min(place.last + _NAMELY, len(self.words) - 1)):
            if self.words[at].lower in self.lists.namely:
                again = replace(opening, first=at + 1, at=at, kind="list", cut=0)
                named = self._place(again, number)
                return None if named is None else (named, replace(again, kind=opening.kind))
        return None

    def _of_another(self, opening: Opening, used: int) -> bool:
        """Whether a place only says where another is: Museum Lor yang berada di Melati."""
        at, words = opening.at, self.words
        if used == 0 or at != used + 2 or words[used].lower not in self.lists.relative:
            return False
        return self.lists.before.get(words[used + 1].lower) == "existing"

    def _hosts(self, place: Place, verb: int) -> bool:
        """Whether a place is the subject of a verb: the verb follows it, or ``yang`` does."""
        if verb < place.last:
            return False
        if self.words[place.last].lower in self.lists.relative:
            return True
        between = self.text[place.end : self.words[verb].start]
        return verb - place.last <= _ADVERBS and not between.strip(" \xa0\t").startswith(",")

    def _second(self, found: Found) -> Found:
        weight = round(found.value["weight"] + self.rules.settings["second"], 2)
        return replace(found, value={**found.value, "weight": weight})

    def _without_role(self, place: Place) -> Place:
        """The place without the official who acts: Bertempat di Aula Lor Camat Kidul membuka."""
        following = self.words[place.last : place.last + 1]
        if not following or not self.lists.looks_active(following[0].lower):
            return place
        for at in range(place.first + 2, place.last):
            before = self.words[at - 1].lower
            if self.words[at].lower in self.lists.roles and before not in self.lists.heads:
                if at in place.breaks or before in self.lists.roles:
                    return place
                kept = frozenset(b for b in place.breaks if b < at)
                return replace(place, last=at, end=self.words[at - 1].end, breaks=kept)
        return place

    def _without_subject(self, place: Place) -> Place:
        """The place without a last part that is a verb's subject: Bertempat di V, S menggelar."""
        following = self.words[place.last : place.last + 1]
        if not place.breaks or not following or following[0].capital:
            return place
        last = max(place.breaks)
        comma = self.text[self.words[last - 1].end : self.words[last].start].strip() == ","
        if not comma or self.text[place.end : following[0].start].strip():
            return place
        if not self.lists.looks_active(following[0].lower):
            return place
        breaks = frozenset(b for b in place.breaks if b < last)
        return replace(place, last=last, end=self.words[last - 1].end, breaks=breaks)
