"""Two events as told by two releases compared: are they one event?

The evidence is the day (a day on which much happened says less), the words of the name by their
rarity, the place by its parts, who organised it, and who was there. Same form and another day, or
another number (session II, batch 3), is another event of a row; another room or another organiser
may be a difference between two that tell of one.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, log2

from rapidfuzz.distance import OSA

from extractor.archive.linking.clustering import Pooling
from extractor.archive.linking.frequencies import Frequencies
from extractor.archive.linking.happenings import Happening
from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.linking.scores import NEVER, Score

_RAREST = 4  # words of a name by which an event is found
_KEYED = 8  # days by which it is found
_WEEK = 7
_HALF = 0.6


class EventsScorer:
    """Scores pairs of these events."""

    kind = "event"
    # A slip in one telling is outweighed by the others; another day or place never is.
    pooled: Mapping[str, Pooling] = {"name": "mean", "organizer": "mean"}

    def __init__(self, known: Knowledge, events: Sequence[Happening]) -> None:
        """Count days, words and places."""
        self.known, self.w = known, known.weights
        self.words = Frequencies(self.w["event_name_most"])
        self.areas = Frequencies(self.w["place_most"])
        self.rooms = Frequencies(self.w["event_name_most"])
        self.owns = Frequencies(self.w["event_name_most"])
        self.offices = Frequencies(self.w["office_most"])
        self.days = Frequencies(self.w["day_most"])
        for event in events:
            self.words.count(event.words)
            self.areas.count(event.places)
            self.rooms.count(event.room)
            self.owns.count(event.own)
            self.offices.count(event.organizers)
            if event.first is not None and not event.guessed:
                self.days.count([event.first])
        # what speaks for one is limited too, so a larger archive is no longer held against it
        self.prior = -min(log2(max(len(events), 2)), self.w["events_most"])

    def score(self, a: Happening, b: Happening, alike: bool = False) -> Score:
        """The evidence for and against; ``NEVER`` where it cannot be.

        ``alike``: do not mind that one release tells of both."""
        score = Score()
        if not alike and a.releases & b.releases:
            score.add("release", "same", NEVER)
            return score
        score.add("prior", "events", self.prior, against=False)
        self._day(score, a, b)
        if score.bits < NEVER / 2:
            return score
        self._name(score, a, b)
        before = score.bits
        self._place(score, a, b)
        self._organizer(score, a, b)
        common = a.people & b.people
        if common:
            bits = min(self.w["people_most"], self.w["people_shared"] * len(common))
            score.add("people", "same", bits)
        # one office in one town: all of this comes together for whatever it does
        over = score.bits - before - self.w["event_about_most"]
        if over > 0:
            score.add("place", "together", -over, against=False)
        if a.group and b.group:
            if a.type and a.type == b.type:
                score.add("type", "same", self.w["kind_same"])
            elif a.group != b.group:
                score.add("type", "other", -self.w["kind_other"])
        return score

    def _day(self, score: Score, a: Happening, b: Happening) -> None:
        if a.first is None or b.first is None or a.last is None or b.last is None:
            return
        rare = min(self.w["day_most"], max(self.days.bits(a.first), self.days.bits(b.first)))
        apart = max(a.first, b.first) - min(a.last, b.last)
        if a.guessed or b.guessed:
            if apart <= 0:
                window = a.last - a.first + 1 if a.guessed else b.last - b.first + 1
                score.add("day", "published", max(0.0, rare - log2(max(window, 1))))
            else:
                score.add("day", "away", -min(self.w["day_far"], self.w["day_guessed"] * apart))
        elif apart <= 0:
            length = max(a.last - a.first, b.last - b.first) + 1
            score.add("day", "same", max(0.0, rare - log2(length)))
            if a.time and b.time and length == 1:
                same = a.time == b.time
                score.add("time", "same" if same else "other",
                          self.w["time_same"] if same else -self.w["time_other"])  # fmt: skip
        elif apart == 1:
            # in the same hall it may be a slip, elsewhere it is the next of a row
            lost = self.w["day_beside" if self._halls(a, b) >= _HALF else "day_beside_elsewhere"]
            score.add("day", "beside", rare - lost, against=False)
            score.contradict("day", -lost / 3)
        elif apart <= _WEEK:
            score.add("day", "near", -self.w["day_near"])
        else:
            score.add("day", "away", NEVER)

    def _name(self, score: Score, a: Happening, b: Happening) -> None:
        if a.numbers - b.numbers and b.numbers - a.numbers:
            score.add("number", "other", -self.w["number_other"])
        if not a.words or not b.words:
            return
        rare = self.words.bits
        common = a.words & b.words
        mine, theirs = a.words - common, b.words - common
        shared = fsum(map(rare, common))
        for word in sorted(mine):  # slips of the pen
            other = next((w for w in sorted(theirs) if _slip(word, w)), None)
            if other is not None:
                theirs -= {other}
                mine -= {word}
                shared += min(rare(word), rare(other))
        lost = min(fsum(map(rare, mine)), fsum(map(rare, theirs)))
        whole = shared + lost
        part = shared / whole if whole else 0.0
        bits = min(self.w["event_name_most"], self.w["event_name"] * shared) * part
        bits -= self.w["event_name_other"] * (1 - part)
        how = "same" if part > 0.95 else "alike" if part >= 0.5 else "other"
        score.add("name", how, bits)

    def _place(self, score: Score, a: Happening, b: Happening) -> None:
        rare = self.areas.bits
        # each names a place that the other does not, whatever regency both name
        if a.village - b.village and b.village - a.village:
            score.add("village", "other", -self.w["village_other"])
        elif same := a.village & b.village:
            score.add("village", "same", max(map(rare, same)))
        if a.places and b.places:
            if shared := a.places & b.places:
                bits = min(self.w["event_place_same"], max(map(rare, shared)))
                score.add("place", "same", bits)
            elif (a.city and b.city) or (a.district and b.district):
                how = "written" if a.written and b.written else "other"
                score.add("place", "other", -self.w[f"event_place_{how}"])
        common = [x for x in a.people if any(x == y or _slip(x, y) for y in b.people)]
        met = len(common) >= self.w["room_people"]
        if not met and self._elsewhere(a, b):
            score.add("room", "away", -self.w["room_elsewhere"])
        elif a.room and b.room:
            part = self._halls(a, b)
            if part >= _HALF:
                bits = max(map(self.rooms.bits, a.room & b.room))
                score.add("room", "same", min(self.w["room_same"], bits) * part)
            else:
                score.add("room", "other", -self.w["room_other"], against=False)

    def _elsewhere(self, a: Happening, b: Happening) -> bool:
        """Each venue has a rare name of its own, and they have nothing in common, nor nearly so."""
        least = self.w["room_rare"]
        mine, theirs = ({w for w in one.own if self.owns.bits(w) >= least} for one in (a, b))
        if not mine or not theirs or a.own & b.own:
            return False
        whole = ["".join(sorted(some)) for some in (a.own, b.own)]
        return not any(_slip(x, y) or x in whole[1] or y in whole[0] for x in mine for y in theirs)

    def _halls(self, a: Happening, b: Happening) -> float:
        """How much of the shorter hall's name is in the other, by rarity: Balai says little."""
        least = min(fsum(map(self.rooms.bits, one.room)) for one in (a, b))
        return fsum(map(self.rooms.bits, a.room & b.room)) / least if least else 0.0

    def _organizer(self, score: Score, a: Happening, b: Happening) -> None:
        if not a.organizers or not b.organizers:
            return
        common = a.organizers & b.organizers
        part = len(common) / min(len(a.organizers), len(b.organizers))
        if part >= 0.5:
            bits = fsum(map(self.offices.bits, common))
            score.add("organizer", "same", min(self.w["organizer_same"], bits) * part)
        else:
            score.add("organizer", "other", -self.w["organizer_other"])

    def keys(self, event: Happening) -> set[str]:
        """By what an event is found: its days with a rare word, a place or the organiser; its week
        with two rare words."""
        found: set[str] = set()
        if event.first is None or event.last is None:
            return found
        rare = self.words.bits
        rarest = sorted(event.words, key=lambda w: (-rare(w), w))[:_RAREST]
        hosts = sorted(event.organizers, key=lambda w: (-self.offices.bits(w), w))[:2]
        beside = [*(f"n {w}" for w in rarest), *(f"p {w}" for w in event.places)]
        beside += (f"o {w}" for w in hosts)
        beside += (f"r {w}" for w in sorted(event.room, key=lambda w: (-self.rooms.bits(w), w))[:2])
        for day in range(event.first, min(event.last, event.first + _KEYED) + 1):
            found.update(f"{day} {one}" for one in beside)
        for one, other in combinations(sorted(rarest), 2):
            week = event.first // _WEEK
            found.update(f"w{n} {one} {other}" for n in {week, event.last // _WEEK, week + 1})
        return found


def _slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1
