"""Who held an event: the subject of its verb, the agent of its passive, and their partners.

A person who opens or attends it did not hold it, and neither did an office that was invited.
"""

from collections.abc import Sequence

from extractor.language.event_choice import Candidate
from extractor.language.event_reading import Reading
from extractor.language.event_words import EventWords
from extractor.language.organisations import Organisations

_REACH = 45
_ROLES = ("hold", "do", "open", "close")


class Organizers:
    """Finds the organisers of an event."""

    def __init__(self, words: EventWords) -> None:
        self.vocabulary = words
        self.organisations = Organisations(words)

    def find(self, reading: Reading, event: Candidate) -> list[tuple[int, int, str]]:
        """(start, end, how) of each organiser in text order; how: agent, subject or partner."""
        found = self._agents(reading, event)
        if not found or not self._told_by_guest(reading, event):
            found = [*self._subjects(reading, event, bool(found)), *found]
        if not found:
            found = self._guests(reading, event) or self._lead(reading) or self._together(reading)
        found = [self._fuller(reading, one) for one in found]
        unique: dict[str, tuple[int, int, str]] = {}
        for first, last, how in found:
            start, end = self.organisations.span(reading, first, last)
            unique.setdefault(reading.text[start:end].casefold(), (start, end, how))
        return sorted(unique.values())

    def _agents(self, reading: Reading, event: Candidate) -> list[tuple[int, int, str]]:
        """``yang diselenggarakan (oleh) X bersama Y``, ``dievakuasi petugas X``."""
        words, vocabulary = reading.words, self.vocabulary
        told = {one.sentence for one in event.mentions}
        names = {one.first for one in event.mentions}
        acts = {one.verb for one in event.mentions if not one.noun}
        places = {venue.start for venue in reading.venues}
        ranges = list(enumerate(reading.ranges))
        title = [one for one in ranges[:1] if reading.sentences[0].paragraph == 0]
        for number, (first, last) in [*ranges[len(title) :], *title]:
            for at in range(first, last - 1):
                lower = words[at].lower
                after = at + 1
                if lower == "di" and after < last:
                    lower += words[after].lower
                    after += 1
                if not lower.startswith("di") or (
                    vocabulary.passives.get(lower) != "held" and at not in acts
                ):
                    continue
                if number not in told and not self._anaphor(reading, first, at):
                    continue
                if at in acts:
                    after = self._past_agent(reading, after, last)
                while after < last and words[after].lower in vocabulary.by_agent:
                    after += 1
                if (
                    after >= last
                    or after in names
                    or words[after].start in places
                    or not self._adjoins(reading, after)
                ):
                    continue
                end = self.organisations.end(reading, after, last, anywhere=True)
                if end is not None:
                    return [(after, end, "agent"), *self._partners(reading, end, last)]
        return []

    def _past_agent(self, reading: Reading, at: int, last: int) -> int:
        """Where "oleh" stands a few words behind a passive ("dilatih menjahit oleh Dinas X")."""
        for i in range(at, min(last, at + 6)):
            if not self._adjoins(reading, i):
                break
            if reading.words[i].lower in self.vocabulary.by_agent:
                return i
        return at

    def _anaphor(self, reading: Reading, first: int, at: int) -> bool:
        """Whether the clause speaks of "the event" ("Kegiatan yang digagas …")."""
        return any(
            self.vocabulary.activity.at(reading.text, reading.words, i) is not None
            for i in range(max(first, at - 6), at)
        )

    def _partners(self, reading: Reading, at: int, last: int) -> list[tuple[int, int, str]]:
        """``bersama X``, ``bekerja sama dengan X dan Y`` after an organiser."""
        found: list[tuple[int, int, str]] = []
        for _ in range(4):
            if at >= last or (joint := self._joint(reading, at)) is None:
                break
            end = self.organisations.end(reading, joint, last, anywhere=True)
            if end is None:
                break
            found.append((joint, end, "partner"))
            at = end
        return found

    def _joint(self, reading: Reading, at: int) -> int | None:
        """The word after "bersama (dengan)", "melalui", "dan" … at word ``at``."""
        hit = self.vocabulary.joint.at(reading.text, reading.words, at)
        return hit.last if hit is not None else None

    def _told_by_guest(self, reading: Reading, event: Candidate) -> bool:
        """Whether the writers attended, opened or received: then the agent alone held it."""
        roles = {
            self.vocabulary.verbs.get(reading.words[one.verb].lower)
            for one in event.mentions
            if one.verb is not None and one.noun
        }
        return "hold" not in roles

    def _lead(self, reading: Reading) -> list[tuple[int, int, str]]:
        """The subject of the first "menggelar" of the lead, whatever its object is called."""
        for number, (first, last) in enumerate(reading.ranges[:4]):
            if reading.sentences[number].paragraph > 2:
                break
            for at in range(first, last):
                if self.vocabulary.verbs.get(reading.words[at].lower) not in ("hold", "do"):
                    continue
                if found := self._subject(reading, max(first, at - _REACH), at, True):
                    return found
        return []

    def _together(self, reading: Reading) -> list[tuple[int, int, str]]:
        """``merupakan hasil kerja sama antara X, Y dan Z``."""
        text, words, vocabulary = reading.text, reading.words, self.vocabulary
        for first, last in reading.ranges[:10]:
            for at in range(first, last):
                if (hit := vocabulary.together.at(text, words, at)) is None:
                    continue
                found: list[tuple[int, int, str]] = []
                start = hit.last
                for _ in range(6):
                    if start >= last:
                        break
                    end = self.organisations.end(reading, start, last, listed=True)
                    if end is None or not words[start].capital:
                        break
                    found.append((start, end, "partner"))
                    start = self._joint(reading, end) or end if end < last else end
                if found:
                    return found
        return []

    def _fuller(self, reading: Reading, one: tuple[int, int, str]) -> tuple[int, int, str]:
        """``Pemkab`` alone as the ``Pemerintah Kabupaten X`` that the text names."""
        first, last, how = one
        full = self.vocabulary.short_for.get(reading.words[first].lower)
        if full is None or last - first > 1:
            return one
        wanted = full.split()
        for start in range(len(reading.words) - len(wanted)):
            if start > reading.ranges[-1][1]:
                break
            run = reading.words[start : start + len(wanted)]
            if [word.lower for word in run] == wanted:
                end = self.organisations.end(reading, start, reading.ranges[-1][1])
                if end is not None and end - start > len(wanted):
                    return start, end, how
        return one

    def _subjects(
        self, reading: Reading, event: Candidate, agent: bool
    ) -> list[tuple[int, int, str]]:
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
            if not one.noun and (lower.startswith("di") or role in ("receive", "inspect")):
                continue
            first = max(reading.ranges[one.sentence][0], one.verb - _REACH)
            holds = role in ("hold", "do") or (not one.noun and one.sentence > 0)
            if found := self._subject(reading, first, one.verb, holds):
                last = reading.ranges[one.sentence][1]
                return [*found, *self._partners(reading, one.last, last)]
        return []

    def _subject(
        self, reading: Reading, first: int, verb: int, holds: bool
    ) -> list[tuple[int, int, str]]:
        """The organisations directly before a verb, joined by "bersama", "melalui", "dan"."""
        words, vocabulary = reading.words, self.vocabulary
        while verb > first and words[verb - 1].lower in vocabulary.before_verb:
            verb -= 1
        found: list[tuple[int, int, str]] = []
        blocked = False
        at = first
        while at < verb:
            comma = at > first and self._comma(reading, at)
            blocked = blocked and not comma
            joint = at
            if found:
                after = self._joint(reading, at)
                if after is None and not comma:
                    found = []
                joint = after if after is not None and after < verb else at
            apart = at == first or joint > at or self._apart(reading, at)
            fresh = apart or not words[at - 1].capital
            if fresh and words[joint].lower in vocabulary.person_role:
                blocked = True
                found = [] if joint == at else found
                if joint > at and found:
                    return found
            places = vocabulary.stop - vocabulary.pointer
            in_place = joint == at and at > first and words[at - 1].lower in places
            if fresh and not blocked and not in_place:
                end = self.organisations.end(reading, joint, verb, anywhere=holds or joint > at)
                if end is not None and not self.organisations.named(reading, words[joint]):
                    whole = end >= verb or self._joint(reading, end) is not None
                    short = end - joint < 2 and not (holds and at == first and whole)
                    if joint == at and (not whole or short):
                        end = None
                if end is not None:
                    if not (found and joint == at):
                        found.append((joint, end, "partner" if found else "subject"))
                    at = end
                    continue
                if found and joint > at and not any(w.capital for w in words[joint:verb]):
                    return found
            if found and joint == at:
                found = []
            at += 1
        return found if not blocked else []

    def _comma(self, reading: Reading, at: int) -> bool:
        return "," in reading.text[reading.words[at - 1].end : reading.words[at].start]

    def _adjoins(self, reading: Reading, at: int) -> bool:
        """Whether nothing but blanks stands before a word."""
        return reading.text[reading.words[at - 1].end : reading.words[at].start].isspace()

    def _apart(self, reading: Reading, at: int) -> bool:
        """Whether a mark stands before a word, an opening bracket excepted."""
        gap = reading.text[reading.words[at - 1].end : reading.words[at].start]
        return not gap.isspace() and "(" not in gap and len(gap) > 1

    def _guests(self, reading: Reading, event: Candidate) -> list[tuple[int, int, str]]:
        """The visitors, who came ``dari X``, where the writers were the hosts."""
        words = reading.words
        for one in event.mentions:
            if one.verb is None or self.vocabulary.verbs.get(words[one.verb].lower) != "receive":
                continue
            last = reading.ranges[one.sentence][1]
            for at in range(one.first + 1, min(one.last + 2, last)):
                if words[at - 1].lower in self.vocabulary.origin:
                    end = self.organisations.end(reading, at, last)
                    if end is not None:
                        return [(at, end, "agent")]
        return []


def roles_of(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, without those inside another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
