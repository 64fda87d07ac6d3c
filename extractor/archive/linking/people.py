"""Two profiles of persons compared: are they one person?

The evidence is the name (rare words count more, see :mod:`frequencies`), the office with its place
and time, the places, the form of address and titles. A contradiction - other words in the name, two
seats at once, Bapak and Ibu - weighs against it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from math import inf

from extractor.archive.linking.clustering import Pooling
from extractor.archive.linking.frequencies import Frequencies, effective
from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.linking.profiles import Name, Profile
from extractor.archive.linking.scores import NEVER, Score
from extractor.language.people.name_forms import NameWord, abbreviated, close, far

_SAME, _CLOSE, _SHORT, _FAR = 4, 3, 2, 1
_KEPT = 1_000_000  # comparisons of names and words that are kept


class PeopleScorer:
    """Scores pairs of these profiles."""

    kind = "person"
    # What contradicts two persons of whom several releases tell: one place in common is enough, of
    # names and forms of address a slip in one release is outweighed by the others.
    pooled: Mapping[str, Pooling] = {"place": "mean", "name": "mean", "address": "mean"}

    def __init__(self, known: Knowledge, profiles: Sequence[Profile]) -> None:
        """Count names, offices and places among different holders."""
        self.known, self.w = known, known.weights
        self.words = Frequencies(self.w["name_most"])
        self.offices = Frequencies(self.w["office_most"])
        self.areas = Frequencies(self.w["place_most"])
        self.sites = Frequencies(self.w["place_most"])
        holders = {(p.name, p.office, p.seat or p.near) for p in profiles}
        for name, office, areas in holders:
            self.words.count({word.sound for word in name if not word.initial})
            if office:
                self.offices.count([office])
            if areas:
                self.areas.count(areas)
        for profile in profiles:
            self.sites.count(profile.sites)
        names = Counter(tuple(word.sound for word in profile.name) for profile in profiles)
        self.prior = -(effective(names) + self.w["bearers"])
        self._names: dict[tuple[int, int], tuple[Score, int]] = {}
        self._levels: dict[tuple[str, str], int] = {}

    def score(self, a: Profile, b: Profile, alike: bool = False) -> Score:
        """The evidence for and against; ``NEVER`` where it cannot be.

        ``alike``: do not mind that one release tells of both."""
        score = Score()
        if not alike and a.releases & b.releases:
            score.add("release", "same", NEVER)
            return score
        matched = self._name(score, a, b)
        score.add("prior", "persons", self.prior, against=False)
        if score.bits < self.prior:
            return score
        seated = self._office(score, a, b)
        near = self._place(score, a, b)
        if a.gender and b.gender and a.gender != b.gender:
            score.add("address", "other", -self.w["gender_other"])
        common = a.titles & b.titles
        if common:
            most = min(self.w["title_most"], self.w["title_same"] * len(common))
            score.add("titles", "same", most)
        met = bool(a.events & b.events)
        if met:
            score.add("event", "same", self.w["event_shared"])
        if shared := a.sites & b.sites:
            # where no place is told, the publisher tells the region
            told = 0.0 if a.areas and b.areas else max(map(self.sites.bits, shared))
            score.add("site", "same", max(self.w["site_same"], self.w["site_region"] * told))
        if matched < 2 and not seated and not met:  # a single name and nothing more is never sure
            most = self.w["link"] - (0.5 if near else self.w["alone"])
            if score.bits > most:
                score.add("name", "alone", most - score.bits, against=False)
        return score

    def _name(self, score: Score, a: Profile, b: Profile) -> int:
        """The best of the names and aliases; how many words agree."""
        best, matched = named, _words = self._two_names(a.name, b.name)
        for one in (*a.aliases, *b.aliases):
            others = (b.name, *b.aliases) if one in a.aliases else (a.name,)
            for other in others:
                found, words = self._two_names(one, other)
                if found.bits - self.w["alias"] > best.bits:
                    matched = max(words, 1)
                    best = Score(found.bits, dict(found.against), list(found.reasons))
                    best.add("alias", "missing", -self.w["alias"], against=False)
                    if other is not a.name and other is not b.name:
                        # two who are called the same and have other names
                        best.against = {**named.against, **best.against}
        score.bits, score.against = best.bits, dict(best.against)
        score.reasons = list(best.reasons)
        return matched

    def _two_names(self, one: Name, other: Name) -> tuple[Score, int]:
        key = (id(one), id(other))
        known = self._names.get(key)
        if known is None:
            if len(self._names) > _KEPT:
                self._names.clear()
            known = self._names[key] = self._compared(one, other)
        return known

    def _compared(self, one: Name, other: Name) -> tuple[Score, int]:
        score = Score()
        pairs = sorted(
            (-level, abs(i - j), i, j)
            for i, x in enumerate(one)
            for j, y in enumerate(other)
            if (level := self._level(x, y))
        )
        mine: set[int] = set()
        theirs: set[int] = set()
        matched = 0
        for level, _away, i, j in pairs:
            if i in mine or j in theirs:
                continue
            mine.add(i)
            theirs.add(j)
            matched += -level > _SHORT
            self._word(score, one[i], other[j], -level)
        # an initial that nothing answers is a word left out, not another word
        left = [sum(not w.initial for k, w in enumerate(n) if k not in used)
                for n, used in ((one, mine), (other, theirs))]  # fmt: skip
        if (clash := min(left)) > 0:
            # one word, another one: it may be a nickname that nobody explains
            single = min(len(one), len(other)) == 1
            score.add("name", "other", -self.w["name_other"] * clash, against=not single)
        missing = len(one) + len(other) - len(mine) - len(theirs) - 2 * clash
        if missing > 0:
            score.add("name", "missing", -self.w["name_missing"] * missing, against=False)
        return score, matched

    def _level(self, x: NameWord, y: NameWord) -> int:
        key = (x.plain, y.plain)  # the other forms follow from the plain one
        level = self._levels.get(key)
        if level is None:
            if len(self._levels) > _KEPT:
                self._levels.clear()
            level = self._levels[key] = self._level_of(x, y)
        return level

    @staticmethod
    def _level_of(x: NameWord, y: NameWord) -> int:
        if x.sound == y.sound:
            return _SHORT if x.initial else _SAME
        if x.initial or y.initial:
            return _SHORT if abbreviated(x, y) else 0
        if close(x, y):
            return _CLOSE
        if abbreviated(x, y):
            return _SHORT
        return _FAR if far(x, y) else 0

    def _word(self, score: Score, x: NameWord, y: NameWord, level: int) -> None:
        bits = self.words.bits
        if level == _SAME:
            how = "same" if x.plain == y.plain else "spelling"
            score.add("name", how, self.w["name_same"] * bits(x.sound))
        elif level == _SHORT:
            full = y if x.initial else x
            rare = 2.0 if full.initial else bits(full.sound)
            score.add("name", "short", self.w["name_short"] * min(rare, 8.0))
        elif level == _FAR:
            # two slips at once, or two names: where both are known, they are two
            if self._two_known(x, y):
                score.add("name", "other", -self.w["name_other"])
            else:
                rarer = max(bits(x.sound), bits(y.sound))
                score.add("name", "far", self.w["name_far"] * min(rarer, 8.0))
        else:
            rarer = max(bits(x.sound), bits(y.sound))
            common = min(bits(x.sound), bits(y.sound))
            score.add("name", "close", self.w["name_close"] * min(rarer, common + 2))
            if self._two_known(x, y):
                # two names that many bear, such as Rina and Rini
                score.add("name", "other", -self.w["name_two_known"], against=False)

    def _two_known(self, x: NameWord, y: NameWord) -> bool:
        """Both are names that many bear: no slip is as frequent, seen beside what was meant."""
        few, many = sorted((self.words.counts[x.sound], self.words.counts[y.sound]))
        return few >= self.w["name_known"] and few >= self.w["name_share"] * many

    def _office(self, score: Score, a: Profile, b: Profile) -> bool:
        """Office and time; whether it is the same office in the same place."""
        if not a.office or not b.office:
            return False
        together = self._at_once(a, b) and not (a.former or b.former)
        both = a.exclusive and b.exclusive
        if a.office == b.office:
            if a.seat and b.seat and not a.seat & b.seat:
                if both and together:
                    score.add("office", "twice", -self.w["office_twice"])
                return False
            bits = min(self.w["office_most"], self.offices.bits(a.office))
            namesake = _elsewhere(a, b)
            placed = not namesake and bool(a.seat & b.seat or a.areas & b.areas)
            score.add("office", "same", self.w["office_same"] * bits * (1 if both else 0.5))
            if both and not namesake and (a.seat & b.areas or b.seat & a.areas):
                if together:
                    score.add("office", "seat", self.w["office_seat"])
                elif self._apart(a, b) <= self.w["term_days"]:
                    score.add("office", "term", self.w["office_term"])
            return placed or not (a.seat or b.seat)
        common = a.office & b.office
        if common in (a.office, b.office) and (len(common) > 1 or not both):
            bits = min(map(self.offices.bits, (a.office, b.office)))
            score.add("office", "part", self.w["office_part"] * bits)
            return bool(a.areas & b.areas)
        if both:
            how, weight = ("clash", "office_clash") if together else ("other", "office_other")
            score.add("office", how, -self.w[weight])
        return False

    def _at_once(self, a: Profile, b: Profile) -> bool:
        return self._apart(a, b) <= self.w["clash_days"]

    @staticmethod
    def _apart(a: Profile, b: Profile) -> float:
        """Days between the last of one and the first of the other."""
        if a.first is None or b.first is None or a.last is None or b.last is None:
            return inf
        return max(a.first, b.first) - min(a.last, b.last)

    def _place(self, score: Score, a: Profile, b: Profile) -> bool:
        rare = self.areas.bits
        if _elsewhere(a, b):
            score.add("place", "other", -self.w["place_other"])
            return False
        if common := a.seat & b.seat:
            score.add("place", "same", max(map(rare, common)))
        elif common := a.areas & b.areas:
            score.add("place", "near", self.w["place_near"] * max(map(rare, common)))
        elif a.seat and b.seat:
            score.add("place", "other", -self.w["place_other"])
        elif a.areas and b.areas:
            score.add("place", "away", -self.w["place_far"])
        return bool(common)


def _elsewhere(a: Profile, b: Profile) -> bool:
    """The seat is a village of one name in two regencies."""
    return bool(a.seat & b.seat and a.regions and b.regions and not a.regions & b.regions)


def keys(profile: Profile, words: Frequencies) -> set[str]:
    """By what a profile is found: two words of the name, a word with a place, an office or alone
    where it is rare, and the seat."""
    found: set[str] = set()
    add = found.add
    office = " ".join(sorted(profile.office))
    for name in (profile.name, *profile.aliases):
        for i, word in enumerate(name):
            if word.initial:
                continue
            bone = word.skeleton
            for j, other in enumerate(name):
                if i != j:
                    add(f"2 {bone} {other.sound[0]}")
            for place in profile.areas:
                add(f"p {bone} {place}")
            if office:
                add(f"o {bone} {office}")
            if words.counts[word.sound] <= 30:
                add(f"r {bone}")
    for event in profile.events:
        found.update(f"e {word.sound[0]} {event}" for word in profile.name)
    if profile.exclusive and office:
        for place in profile.seat:
            add(f"s {office} {place}")
    return found


def keys_of(scorer: PeopleScorer) -> "partial[set[str]]":
    """:func:`keys` with the frequencies of this scorer."""
    return partial(keys, words=scorer.words)
