"""The organisations before a verb that tells of an event: its subject, and who shared in it."""

from extractor.language.events.reading import Reading
from extractor.language.events.words import EventWords
from extractor.language.organizers.asides import Asides, comma_before, past_end, person_at
from extractor.language.organizers.organisations import Organisations
from extractor.language.organizers.words import OrganizerWords
from extractor.language.phrases import Word

_DEGREES = 8
_HEAD_REACH = 25
_HEAD_WORDS = 3
_REGION = 4

Actor = tuple[int, int, str]


class OrganizerSubjects:
    """Reads the subjects of verbs."""

    def __init__(
        self, words: EventWords, own: OrganizerWords, organisations: Organisations
    ) -> None:
        self.vocabulary = words
        self.own = own
        self.organisations = organisations
        self.asides = Asides(words, own, organisations)
        self._fronting = words.purpose | words.aside | words.afterwards
        self._fronting -= words.organisation
        self._places = words.stop - words.pointer - words.clause_start

    def partners(self, reading: Reading, at: int, last: int, event: bool = False) -> list[Actor]:
        """``bersama X``, ``bekerja sama dengan X dan Y`` after an organiser, or the event's name
        (``event``), behind which "dan" rather joins another event."""
        found: list[Actor] = []
        for _ in range(4):
            if at >= last or (joint := self.joint(reading, at)) is None:
                break
            also = not found and event and reading.words[at].lower in self.vocabulary.conjunction
            means = reading.words[at].lower in self.own.through  # "melalui Edukasi Pangan"
            end = self.organisations.end(reading, joint, last, anywhere=not (also or means))
            if end is None:
                break
            found.append((joint, end, "partner"))
            at = end
        return found

    def in_title(self, reading: Reading, found: list[Actor]) -> list[Actor]:
        """Who the title names beside an organiser: ``X bersama Y mengevakuasi …``."""
        words = reading.words
        if not found or not reading.ranges or reading.sentences[0].paragraph != 0:
            return []
        first, last = reading.ranges[0]
        start, end, _ = found[0]
        name = [word.lower for word in words[start:end]]
        for at in range(first, last - len(name)):
            if start != at and [w.lower for w in words[at : at + len(name)]] == name:
                return self.partners(reading, at + len(name), last)
        return []

    def joint(self, reading: Reading, at: int) -> int | None:
        """The word after "bersama (dengan)", "melalui", "dan" … at word ``at``; None before what a
        meeting was held with ("melalui Zoom Meeting")."""
        words = reading.words
        hit = self.vocabulary.joint.at(reading.text, words, at)
        if hit is None or hit.last >= len(words):
            return None
        online = self.vocabulary.activity.at(reading.text, words, hit.last)
        return hit.last if online is None or not words[hit.last].capital else None

    def before(self, reading: Reading, first: int, verb: int, holds: bool) -> list[Actor]:
        """The organisations directly before a verb, joined by "bersama", "melalui", "dan".

        A person before the verb, or an office that stands for one, leaves none; so does a place.
        With ``holds`` a name that no list knows counts too."""
        words, vocabulary = reading.words, self.vocabulary
        title = words[verb].capital if verb < len(words) else False
        while (
            verb > first
            and words[verb - 1].lower in vocabulary.before_verb
            and not (words[verb - 1].capital and (not title or self._ends_region(words, verb)))
        ):
            verb -= 1
        first = self._past_purpose(reading, first, verb)
        found: list[Actor] = []
        listed: list[Actor] = []
        opened = blocked = company = False
        person = place = -1
        at = first
        while at < verb:
            comma = at > first and comma_before(reading, at)
            company = company or (blocked and self._company(reading, at))
            if blocked and comma and not company:
                blocked = not self._resumes(reading, at, person)
            joint = at
            if found and found[-1][1] == at and self._staff(reading, at, verb):
                # "Polsek X jajaran Polres Y": what it belongs to.
                at = self.organisations.end(reading, at + 1, verb) or at + 1
                continue
            if found:
                if opened and words[at].lower in vocabulary.relative and found[-1][1] == at:
                    return found
                beyond = self.asides.past(reading, at, verb)
                if beyond > at:
                    at = beyond
                    continue
                after = self.joint(reading, at)
                if after is None and not comma:
                    found = []
                joint = after if after is not None and after < verb else at
            apart = at == first or joint > at or self._apart(reading, at)
            if (apart or not words[at - 1].capital) and self._staff(reading, joint, verb):
                joint += 1
            fresh = apart or not words[at - 1].capital
            named = person_at(reading, joint)
            if named is not None or (fresh and words[joint].lower in vocabulary.person_role):
                blocked = True
                if joint > at and found:
                    return found
                found, listed = [], []
                if named is not None:
                    person = at = named
                    continue
            in_place = joint == at and at > first and words[at - 1].lower in self._places
            if in_place and words[at - 1].lower in self.own.place_before:
                end = self.organisations.end(reading, at, verb, anywhere=True)
                end = end if end is not None else self._past_venue(reading, at, verb)
                if end is not None:
                    at, found, place = end, [], end
                    continue
            if at == place and comma and words[at].lower in self.own.area:
                end = self.organisations.end(reading, at, verb, anywhere=True)
                at = place = end if end is not None else at + 1
                continue
            served = joint > first and words[joint - 1].lower in self.own.served
            if fresh and not blocked and not in_place and not served:
                end = self.organisations.end(
                    reading, joint, verb, anywhere=self._any(reading, at, joint, holds)
                )
                if end is not None and not self.organisations.named(reading, words[joint]):
                    whole = end >= verb or self.joint(reading, end) is not None
                    fronted = at == first or (comma_before(reading, at) and place < 0)
                    short = end - joint < 2 and not (holds and fronted and whole)
                    if joint == at and (
                        not whole or short or self._behind_office(words, first, at)
                    ):
                        end = None
                if end is not None:
                    if found and joint == at:
                        listed.append((joint, end, "partner"))
                    else:
                        opened = apart if not found else opened
                        found += listed if found else ()
                        listed = []
                        found.append((joint, end, "partner" if found else "subject"))
                    at = end
                    continue
                if found and joint > at and not any(w.capital for w in words[joint:verb]):
                    return found
            if found and joint == at:
                found = []
            at += 1
        return found if not blocked else []

    def _ends_region(self, words: tuple[Word, ...], verb: int) -> bool:
        """Whether the word before a verb closes a region's name: ``Jawa Tengah gelar``."""
        return words[verb - 1].lower in self.own.region_end

    def _past_purpose(self, reading: Reading, first: int, verb: int) -> int:
        """The word after a clause that tells first when or what for ("Guna memajukan A dan B,
        Dinas X menggelar"); ``first`` where none does, or nobody follows it."""
        words = reading.words
        within = first + 1 < verb and words[first].lower in self.vocabulary.within
        if first >= verb:
            return first
        acts = words[first].lower.startswith(self.own.active_prefix)  # "Melihat peran X, Dinas Y"
        acts = acts and self.vocabulary.is_verb(words[first])
        if not acts and words[first + within].lower not in self._fronting:
            return first
        for at in range(first + 1, verb):
            if comma_before(reading, at) and (
                words[at].lower in self.vocabulary.organisation or self._staff(reading, at, verb)
            ):
                return at
        return first

    def _any(self, reading: Reading, at: int, joint: int, holds: bool) -> bool:
        """Whether a name that no list knows may be who held the event: not behind "melalui", which
        leads to means as well ("Pemkab X melalui Anggaran Y"), and no number of people."""
        if reading.words[at].lower in self.vocabulary.quantity:
            return False
        return (joint > at and reading.words[at].lower not in self.own.through) or (
            joint == at and holds
        )

    def _behind_office(self, words: tuple[Word, ...], first: int, at: int) -> bool:
        """Whether an office was named before a name that need be none ("Pemkab X, Jawa Y
        menggelar")."""
        return any(word.lower in self.vocabulary.organisation for word in words[first:at])

    def _company(self, reading: Reading, at: int) -> bool:
        """Whether those who came with a person follow ("Bupati bersama jajaran, TNI dan Polri")."""
        words, vocabulary = reading.words, self.vocabulary
        joint = self.joint(reading, at)
        return (
            joint is not None
            and joint < len(words)
            and words[at].lower in vocabulary.company
            and words[joint].lower in vocabulary.group
        )

    def before_day(self, reading: Reading, sentence: int, verb: int) -> list[Actor]:
        """The office with which a sentence opens that looks like a dateline
        ("Dinas X, Senin (3/6/2024), menggelar …")."""
        words = reading.words
        first = reading.ranges[sentence][0]
        start = first
        while start > 0 and words[start - 1].start >= reading.sentences[sentence].start:
            start -= 1
        if start == first or words[start].lower not in self.vocabulary.organisation:
            return []
        return self.before(reading, start, verb, True)

    def head(self, reading: Reading, first: int, verb: int, chair: bool = False) -> list[Actor]:
        """The office whose head did it: ``Kepala Dinas X … menggelar``; with ``chair`` also the
        body whose chair did."""
        words = reading.words
        heads = self.own.office_head | (self.own.chair if chair else frozenset())
        for at in range(max(first, verb - _HEAD_REACH), verb):
            if words[at].lower not in self.vocabulary.person_role:
                continue
            if words[at].lower not in heads:
                return []
            for start in range(at + 1, min(at + 1 + _HEAD_WORDS, verb)):
                if words[start].lower in self.own.part_office or not words[start].capital:
                    return []
                if self.organisations.named(reading, words[start]):
                    end = self.organisations.end(reading, start, verb)
                    if end is None or end - start < 2:
                        return []
                    if any(word.lower in self.vocabulary.person_role for word in words[end:verb]):
                        return []
                    return [(start, self._before_person(reading, start, end), "head")]
            return []
        return []

    def _before_person(self, reading: Reading, start: int, end: int) -> int:
        return next((at for at in range(start + 1, end) if person_at(reading, at) is not None), end)

    def _resumes(self, reading: Reading, at: int, person: int) -> bool:
        """Whether after a comma another subject begins, not more about the person before it."""
        words = reading.words
        if self.joint(reading, at) is not None or person_at(reading, at) is not None:
            return False
        if words[at].lower in self.vocabulary.organisation:
            return True
        near = 0 <= at - person <= _DEGREES
        return not (near and all(word.capital for word in words[person : at + 1]))

    def _staff(self, reading: Reading, at: int, last: int) -> bool:
        """Whether "jajaran", "petugas" stands before the name of an office."""
        words = reading.words
        return (
            words[at].lower in self.vocabulary.by_agent
            and at + 1 < last
            and words[at + 1].capital
            and self.organisations.named(reading, words[at + 1])
        )

    def _past_venue(self, reading: Reading, at: int, verb: int) -> int | None:
        """The word after a venue that begins at ``at``, if it ends before the verb, at a comma:
        "di halaman Kantor Bupati X, Pemerintah Kabupaten X menggelar"."""
        words = reading.words
        here = next((f for f in reading.venues if f.start == words[at].start), None)
        if here is None:
            return None
        end = past_end(words, at, verb, here.end)
        return end if end < verb and comma_before(reading, end) else None

    def _apart(self, reading: Reading, at: int) -> bool:
        """Whether a mark stands before a word, an opening bracket excepted."""
        gap = reading.text[reading.words[at - 1].end : reading.words[at].start]
        return not gap.isspace() and "(" not in gap and len(gap) > 1
