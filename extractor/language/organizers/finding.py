"""Who held an event: the subject of its verb, the agent of its passive, and their partners.

A person who opens or attends it did not hold it, and neither did an office that was invited.
"""

from collections.abc import Sequence

from extractor.language.events.choice import Candidate
from extractor.language.events.reading import Reading
from extractor.language.events.words import EventWords
from extractor.language.organizers.cooperation import Cooperation
from extractor.language.organizers.organisations import Organisations
from extractor.language.organizers.sources import OrganizerSources
from extractor.language.organizers.subjects import Actor, OrganizerSubjects
from extractor.language.organizers.visitors import Visitors
from extractor.language.organizers.words import OrganizerWords
from extractor.rulebook import RuleFile

_REACH = 45
_DONE = 14
_OPENS = 26
_FAR = 40
_AGENT = 6
_FAR_AGENT = 14
_LEAD = 2
_ROLES = ("hold", "do", "open", "close")


class Organizers:
    """Finds the organisers of an event."""

    def __init__(self, words: EventWords, rules: RuleFile) -> None:
        self.vocabulary = words
        self.own = OrganizerWords(rules)
        self.organisations = Organisations(words, self.own)
        self.subjects = OrganizerSubjects(words, self.own, self.organisations)
        self.cooperation = Cooperation(words, self.own, self.organisations, self.subjects)
        self.visitors = Visitors(words, self.own, self.organisations, self.subjects)
        self.sources = OrganizerSources(words, self.own, self.organisations, self.subjects)

    def find(self, reading: Reading, event: Candidate) -> list[Actor]:
        """(start, end, how) of each organiser in text order; how: the end of its rule's id."""
        found = self.visitors.find(reading, event) or self.cooperation.parties(reading, event)
        found = found or self._named(reading, self._agents(reading, event))
        if not found or not self._told_by_guest(reading, event):
            found = [*self._named(reading, self._subjects(reading, event, bool(found))), *found]
        partners = self.cooperation.find(reading, event)
        for source in self.sources.fallbacks():
            found = found or self._named(reading, source(reading, event))
        found = [*found, *partners]
        found = [*found, *self.subjects.in_title(reading, found)]
        found = self._written(reading, self._own_parts(reading, found))
        found = [self.organisations.fuller(reading, one) for one in found]
        unique: dict[str, Actor] = {}
        for first, last, how in found:
            start, end = self.organisations.span(reading, first, last)
            unique.setdefault(reading.text[start:end].casefold(), (start, end, how))
        named = " ".join(unique)
        return sorted(one for name, one in unique.items() if f"({name})" not in named)

    def _named(self, reading: Reading, found: list[Actor]) -> list[Actor]:
        """Organisers without those of whom only the kind is told ("panitia")."""
        return [
            one
            for one in found
            if one[1] - one[0] > 1 or reading.words[one[0]].lower not in self.own.unnamed
        ]

    def _written(self, reading: Reading, found: list[Actor]) -> list[Actor]:
        """Organisers without a channel in small letters ("melalui pemerintah kelurahan")."""
        words = reading.words
        return [
            one
            for one in found
            if any(word.capital for word in words[one[0] : one[1]])
            or not one[0]
            or words[one[0] - 1].lower not in self.own.through
        ]

    def _own_parts(self, reading: Reading, found: list[Actor]) -> list[Actor]:
        """``X melalui Y``: without X where it is only "the government", without Y where it is
        but a section of X."""
        words = reading.words
        kept: list[Actor] = []
        for one in found:
            through = words[one[0] - 1].lower in self.own.through if one[0] else False
            if through and kept and kept[-1][1] == one[0] - 1:
                parent = words[kept[-1][0]].lower
                if words[one[0]].lower in self.own.part_office and (
                    parent not in self.own.government
                ):
                    continue
                first, last, _ = kept[-1]
                if [word.lower for word in words[first:last]] in self.own.state:
                    kept.pop()
            kept.append(one)
        return kept

    def _agents(self, reading: Reading, event: Candidate) -> list[Actor]:
        """``yang diselenggarakan (oleh) X bersama Y``, ``dievakuasi petugas X``."""
        words, vocabulary = reading.words, self.vocabulary
        told = {one.sentence for one in event.mentions}
        names = {one.first for one in event.mentions}
        acts = {one.verb for one in event.mentions if not one.noun}
        ends = [one.last for one in event.mentions if one.last - one.first > 1 or one.noun]
        places = {one.start for one in (*reading.venues, *reading.dates)}
        ranges = list(enumerate(reading.ranges))
        title = [one for one in ranges[:1] if reading.sentences[0].paragraph == 0]
        for number, (first, last) in [*ranges[len(title) :], *title]:
            for at in range(first, last - 1):
                lower = words[at].lower
                after = at + 1
                if lower in self.own.passive_prefix and after < last:
                    lower += words[after].lower
                    after += 1
                owned = self._owned(lower) if number - len(title) < _LEAD else None
                role = vocabulary.passives.get(owned or lower)
                done = role == "done" and any(0 <= at - one < _DONE for one in ends)
                if not self.own.is_passive(lower) or not (role == "held" or done or at in acts):
                    continue
                if number not in told and not (owned or self._anaphor(reading, first, at)):
                    continue
                if not (owned or at in acts) and self._of_another(reading, event, first, at):
                    continue
                if at in acts or owned:
                    after = self._past_agent(reading, after, last, _FAR_AGENT if owned else _AGENT)
                    if owned and words[after].lower not in vocabulary.by_agent:
                        continue
                elif role == "held":
                    after = self._behind_place(reading, after, last)
                while after < last and words[after].lower in vocabulary.by_agent:
                    after += 1
                if (
                    after >= last
                    or after in names
                    or words[after].start in places
                    or not self._adjoins(reading, after)
                ):
                    continue
                end = self.organisations.end(reading, after, last, anywhere=not done)
                if end is not None:
                    return [(after, end, "agent"), *self.subjects.partners(reading, end, last)]
        return []

    def _of_another(self, reading: Reading, event: Candidate, first: int, at: int) -> bool:
        """Whether "yang" before a passive goes back to a name in capitals that is no mention of
        the event ("bagian dari Program X yang diinisiasi oleh Y")."""
        words, vocabulary = reading.words, self.vocabulary
        before = at - 1
        while before > first and words[before].lower in vocabulary.auxiliary - vocabulary.relative:
            before -= 1
        if before <= first or words[before].lower not in vocabulary.relative:
            return False
        named = words[before - 1].capital and words[before - 1].lower.isalpha()
        named = named and before - 1 > first
        return named and not any(one.first < before <= one.last + 1 for one in event.mentions)

    def _owned(self, verb: str) -> str | None:
        """The passive in "diselenggarakannya X oleh Y"."""
        ends = (end for end in self.vocabulary.owned_suffix if verb.endswith(end))
        passive = verb.removesuffix(next(ends, ""))
        held = passive != verb and self.vocabulary.passives.get(passive) == "held"
        return passive if held else None

    def _past_agent(self, reading: Reading, at: int, last: int, reach: int) -> int:
        """Where "oleh" stands a few words behind a passive ("dilatih menjahit oleh Dinas X")."""
        for i in range(at, min(last, at + reach)):
            if not self._adjoins(reading, i):
                break
            if reading.words[i].lower in self.vocabulary.by_agent:
                return i
        return at

    def _behind_place(self, reading: Reading, at: int, last: int) -> int:
        """Where "oleh" stands behind the place and the day told first ("digelar di Aula Y, Senin,
        oleh Dinas X")."""
        words = reading.words
        here = {one.start: one.end for one in (*reading.venues, *reading.dates)}
        i = at
        while i < min(last, at + _FAR):
            if words[i].lower in self.own.by:
                return i
            end = here.get(words[i].start)
            if end is None and words[i].lower not in self.vocabulary.beside:
                break
            i += 1
            while end is not None and i < last and words[i].start < end:
                i += 1
        return at

    def _anaphor(self, reading: Reading, first: int, at: int) -> bool:
        """Whether the clause speaks of "the event" ("Kegiatan yang digagas …", "Kegiatan yang
        berlangsung sampai 9 Mei ini diinisiasi …")."""
        near = range(max(first, at - 6), at)
        opens = range(first, min(first + 1, at)) if at - first < _OPENS else range(0)
        return any(
            self.vocabulary.activity.at(reading.text, reading.words, i) is not None
            for i in (*opens, *near)
        )

    def _told_by_guest(self, reading: Reading, event: Candidate) -> bool:
        """Whether the writers attended, opened or received: then the agent alone held it."""
        roles = {
            self.vocabulary.verbs.get(reading.words[one.verb].lower)
            for one in event.mentions
            if one.verb is not None and one.noun
        }
        return "hold" not in roles

    def _subjects(self, reading: Reading, event: Candidate, agent: bool) -> list[Actor]:
        """What stands before "menggelar", "melaksanakan" or the verb that tells the act.

        Beside an ``agent`` that was named only who "holds" counts."""
        words, vocabulary = reading.words, self.vocabulary
        body = [m for m in event.mentions if m.sentence > 0]
        for one in [*body, *(m for m in event.mentions if m.sentence == 0)]:
            if one.verb is None or one.sentence > 6:
                continue
            lower = words[one.verb].lower
            role = vocabulary.verbs.get(lower)
            if (one.noun or agent) and role not in (("hold",) if agent else _ROLES):
                continue
            if not one.noun and (self.own.is_passive(lower) or role in ("receive", "inspect")):
                continue
            first = max(reading.ranges[one.sentence][0], one.verb - _REACH)
            holds = role in ("hold", "do") or (not one.noun and one.sentence > 0)
            found = self.subjects.before(reading, first, one.verb, holds)
            if not found and holds:
                found = self.subjects.before_day(reading, one.sentence, one.verb)
            if not found and holds:
                found = self._of_main_verb(reading, first, one.verb)
            if not found and holds and one.verb == first and one.sentence > 0:
                # "X bersama Y. Menggelar Z": a stop that stands for no stop.
                start, stop = reading.ranges[one.sentence - 1]
                found = self.subjects.before(reading, max(start, stop - _REACH), stop, holds)
            if found:
                last = reading.ranges[one.sentence][1]
                if vocabulary.meeting.at(reading.text, words, one.first) is not None:
                    return found  # "bersama X": whom one met
                partners = self.subjects.partners(reading, one.last, last, event=True)
                return [*found, *partners]
            if role in ("hold", "do") and not agent:
                calls = self.visitors.visit(event)
                found = self.subjects.head(reading, first, one.verb, chair=calls)
                if found:
                    return found
        return []

    def _of_main_verb(self, reading: Reading, first: int, verb: int) -> list[Actor]:
        """The subject of the verb that was done by the one at hand ("X menutup pekan itu dengan
        menyelenggarakan Y")."""
        words = reading.words
        if verb <= first or words[verb - 1].lower not in self.own.by_means:
            return []
        for at in range(first + 1, verb - 1):
            if self.vocabulary.is_verb(words[at]) and not self.own.is_passive(words[at].lower):
                return self.subjects.before(reading, first, at, True)
        return []

    def _adjoins(self, reading: Reading, at: int) -> bool:
        """Whether nothing but blanks stands before a word."""
        return reading.text[reading.words[at - 1].end : reading.words[at].start].isspace()


def roles_of(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, without those inside another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
