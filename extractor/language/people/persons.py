"""From mentions to persons: which names and roles are one person's."""

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extractor.language.people.lexicon import GIVEN, NAME_LINK, ORGANISATION, PLACE, PLACE_HEAD
from extractor.language.people.married import married
from extractor.language.people.mentions import Mention
from extractor.language.people.names import vetoed
from extractor.language.people.nicknames import quoted_between
from extractor.language.people.person import Person, near
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role
from extractor.language.people.role_short import likely_holder, unplaced_holder

_NEAR = 2
_QUOTATION = '“”"«»'
# How many persons back a look goes, and how many offices of one are kept: time stays linear.
_RECENT = 40
_OFFICES = 4


class Linking:
    """Groups the mentions of one text. ``persons`` in the order they are met; ``who`` maps the
    number of a mention to its person."""

    def __init__(self, reading: Reading, mentions: list[Mention]) -> None:
        self.reading = reading
        self.mentions = mentions
        self.persons: list[Person] = []
        self.who: dict[int, Person] = {}
        self._by_token: dict[str, list[Person]] = {}
        self._by_office: dict[str, list[Person]] = {}

    def run(self) -> None:
        """Strong mentions first, then what only a known person explains."""
        order = sorted(
            (n for n, m in enumerate(self.mentions) if m.name is not None and m.evidence),
            key=lambda n: (self._size(self.mentions[n]) == 1, n),
        )
        for number in order:
            self._strong(number)
        for number, mention in enumerate(self.mentions):
            if number not in self.who and mention.name is not None:
                self._weak(number, mention)
                if number not in self.who and mention.short and mention.role is not None:
                    self.mentions[number] = self._office_only(mention)
        for number, mention in enumerate(self.mentions):
            if mention.name is None and mention.role is not None:
                self._role_only(number, mention.role)
        self.persons.sort(key=lambda one: min(mention.first for mention in one.mentions))
        for number, person in enumerate(self.persons, 1):
            person.id = f"p{number}"

    def _size(self, mention: Mention) -> int:
        assert mention.name is not None
        return len(self._tokens(mention))

    def _tokens(self, mention: Mention) -> list[str]:
        name = mention.name
        assert name is not None
        words, kinds = self.reading.words, self.reading.kinds
        tokens: list[str] = []
        for at in range(name.first, name.last):
            if tokens and self.reading.gap(at) in ("' ", "’ "):
                tokens[-1] += "'" + words[at].lower
            elif not (kinds[at] & NAME_LINK and not words[at].capital):
                tokens.append(self._bare(words[at].lower))
        return tokens

    def _bare(self, token: str) -> str:
        """A word without the particle that was written together with it: Tarjonopun."""
        for particle in self.reading.lexicon.particle:
            stem = token.removesuffix(particle)
            if stem != token and len(stem) > 2 and stem in self._by_token:
                return stem
        return token

    def _strong(self, number: int) -> None:
        mention = self.mentions[number]
        tokens = self._tokens(mention)
        person = self._find(tokens, mention)
        if person is None and mention.nickname:
            person = self._beside(number)
            if person is not None:
                self._index(person, tokens)
        if person is None:
            person = Person(f"p{len(self.persons) + 1}", tokens)
            self.persons.append(person)
        self._join(number, person, tokens)

    def _join(self, number: int, person: Person, tokens: list[str]) -> None:
        mention = self.mentions[number]
        person.mentions.append(mention)
        if mention.role is not None:
            self._hold(person, mention.role)
        if len(tokens) > len(person.tokens) and not mention.nickname:
            person.tokens = tokens
        self._index(person, tokens)
        self.who[number] = person

    def _index(self, person: Person, tokens: Iterable[str]) -> None:
        for token in tokens:
            person.known.add(token)
            if len(token) > 1:
                known = self._by_token.setdefault(token, [])
                if person not in known:
                    known.append(person)

    def _candidates(self, tokens: list[str]) -> list[Person]:
        seen: dict[str, Person] = {}
        for token in tokens:
            for person in self._by_token.get(token, ())[-20:]:
                seen.setdefault(person.id, person)
        return list(seen.values())

    def _find(self, tokens: list[str], mention: Mention) -> Person | None:
        bare = [t for t in tokens if len(t) > 1] or tokens
        wanted = set(bare)
        best: Person | None = None
        for person in self._candidates(bare):
            theirs = set(person.bare)
            if len(bare) == 1 and self._relative(person, bare[0], mention):
                continue
            if len(bare) > 1 and married(self.reading, person, bare, mention):
                continue
            if wanted == theirs:
                return person
            if (
                wanted <= theirs
                or (len(wanted) == 1 and wanted <= person.known)
                or (theirs <= wanted and self._may_grow(person, bare))
            ) and (best is None or (len(bare) == 1 and self._opens(person, bare[0]))):
                best = person
        if best is not None:
            return best
        familiar = mention.address >= 0 or (
            mention.evidence == "people.speech" and len(tokens[0]) > 3
        )
        if len(bare) == 1 and familiar and (short := self._shortened(bare[0])):
            return short
        lone = len(bare) == 1 and mention.evidence == "people.speech" and not mention.titles
        odd = self._misspelt(bare[0]) if lone else None
        return odd if odd is not None else self._spelt_otherwise(bare, mention)

    def _shortened(self, token: str) -> Person | None:
        """The one person whose name begins as a familiar form does: Kang Zub for Zubaidi."""
        if len(token) < 3:
            return None
        fitting = [p for p in self.persons[-_RECENT:] if any(t.startswith(token) for t in p.bare)]
        return fitting[0] if len(fitting) == 1 else None

    def _misspelt(self, token: str) -> Person | None:
        """The one person whose name differs from a lone one by a letter: Heri for Hery."""
        fitting = [
            p
            for p in self.persons[-_RECENT:]
            if any(t[0] == token[0] and near(t, token) for t in p.bare)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _relative(self, person: Person, token: str, mention: Mention) -> bool:
        """Whether a lone name before that of somebody in another office is a family name the two
        share: Wabup Wiguna, ... Ketua TP PKK Ny. Laras Wiguna."""
        if mention.role is None or not person.offices or self._opens(person, token):
            return False
        if any(other.first < mention.first for other in person.mentions):
            return False
        return not self._same_role(person, self._office(mention.role))

    def _may_grow(self, person: Person, bare: list[str]) -> bool:
        """A longer name may hold a known shorter one, unless the two only share a family name."""
        return (
            len(person.bare) >= 2
            or person.bare[0] == bare[0]
            or bool(person.mentions and person.mentions[0].address >= 0)
        )

    def _opens(self, person: Person, token: str) -> bool:
        return person.bare[0] == token

    def _spelt_otherwise(self, bare: list[str], mention: Mention) -> Person | None:
        """The same person in another spelling: one or two letters, or the same office and first
        name."""
        for person in self.persons[-_RECENT:]:
            theirs = person.bare
            if theirs[0][0] != bare[0][0] or abs(len(theirs) - len(bare)) > 1:
                continue
            if min(len(theirs), len(bare)) >= 2:
                apart = [
                    Levenshtein.distance(a, b, score_cutoff=_NEAR)
                    for a, b in zip(theirs, bare, strict=False)
                ]
                odd = [len(t) for t, d in zip(bare, apart, strict=False) if d]
                if sum(apart) <= _NEAR and 0 in apart and min(odd, default=9) >= 5:
                    return person
        if mention.role is None:
            return None
        office = self._office(mention.role)
        for person in self._by_office.get(office[0], ())[-_RECENT:]:
            first = person.bare[0]
            if not self._same_role(person, office) or mention.role in person.roles:
                continue  # those of one list who share a role are several
            if first == bare[0] or near(first, bare[0]):
                return person
            if len(bare) == 1 and len(bare[0]) >= 4 and first.startswith(bare[0]):
                return person
        return None

    def _office(self, role: Role) -> tuple[str, frozenset[str]]:
        """The first word of a role and all of them, abbreviations spelt out: Sekda, Walikota."""
        long = self.reading.lexicon.spelt_out
        words = [
            word
            for at in range(role.first, role.last)
            for word in long.get(self.reading.words[at].lower, (self.reading.words[at].lower,))
        ]
        return words[0], frozenset(words)

    def _hold(self, person: Person, role: Role) -> None:
        person.roles.append(role)
        if len(person.offices) < _OFFICES:
            office = self._office(role)
            person.offices.append(office)
            holders = self._by_office.setdefault(office[0], [])
            if person not in holders:
                holders.append(person)

    def _same_role(self, person: Person, office: tuple[str, frozenset[str]]) -> bool:
        first, words = office
        return any(
            held == first and (theirs <= words or words <= theirs)
            for held, theirs in person.offices
        )

    def _beside(self, number: int) -> Person | None:
        """Whose nickname a nickname is: the person or office named next to it."""
        own = self.mentions[number].role
        if own is not None and (holder := self._holder(own)) is not None:
            return holder
        for step in (number - 1, number + 1):
            if 0 <= step < len(self.mentions):
                other = self.mentions[step]
                mine = self.mentions[number]
                apart = mine.first - other.last if step < number else other.first - mine.last
                if quoted_between(self.reading, mine, other):
                    continue
                if step in self.who and apart <= 8:
                    return self.who[step]
                if (
                    other.role is not None
                    and not other.role.common
                    and other.name is None
                    and 0 <= apart <= 8
                ):
                    holder = self._holder(other.role)
                    if holder is not None:
                        return holder
                    if step > number or apart <= 4:
                        return self._nicknamed_holder(number, other.role)
        back = [n for n in range(max(0, number - 6), number) if n in self.who]
        return self.who[back[-1]] if back else None

    def _nicknamed_holder(self, number: int, role: Role) -> Person:
        """Somebody known by nickname and office alone."""
        person = Person(f"p{len(self.persons) + 1}", self._tokens(self.mentions[number]))
        self._hold(person, role)
        self.persons.append(person)
        return person

    def _weak(self, number: int, mention: Mention) -> None:
        tokens = [t for t in self._tokens(mention) if len(t) > 1]
        if not tokens:
            return
        wanted = set(tokens)
        fitting = [p for p in self._candidates(tokens) if wanted <= p.known]
        if not fitting and mention.short and mention.role is not None:
            found = self._spelt_otherwise(tokens, mention)
            fitting = [found] if found is not None else []
        if not fitting:
            return
        assert mention.name is not None
        before = mention.name.first - 1
        body = before >= 0 and self.reading.kinds[before] & (PLACE_HEAD | ORGANISATION)
        if body and self.reading.gap(mention.name.first) == " ":
            return
        openers = [p for p in fitting if self._opens(p, tokens[0])]
        person = (openers or fitting)[0]
        if len(tokens) == 1 and vetoed(self.reading, mention.name):
            kind = self.reading.kinds[mention.name.first]
            if kind & PLACE and not kind & GIVEN:
                return
        person.mentions.append(mention)
        if mention.role is not None:
            self._hold(person, mention.role)
        self.who[number] = person

    def _office_only(self, mention: Mention) -> Mention:
        """A role whose last words were no name after all but those of a place."""
        name, role = mention.name, mention.role
        assert name is not None
        assert role is not None
        end = self.reading.words[name.last - 1].end
        whole = replace(role, last=name.last, end=end, name=None)
        return Mention(role.first, name.last, "", None, role=whole)

    def _role_only(self, number: int, role: Role) -> None:
        if role.plural:
            return
        holder = self._holder(role)
        if holder is None:
            first, words = self._office(role)
            holder = unplaced_holder(self.reading, self._by_office.get(first, ()), role, words)
            if holder is not None:
                self._hold(holder, role)
        holder = holder or self._just_named(number, role)
        if holder is None:
            holder = likely_holder(self.reading, self.persons[-_RECENT:], role)
        if holder is not None:
            self.who[number] = holder
            holder.mentions.append(self.mentions[number])

    def _just_named(self, number: int, role: Role) -> Person | None:
        """``… kata Tarjinem. Penjual jamu ini …``: the person named just before, who has no role
        yet."""
        before = number - 1
        if before not in self.who or self.who[before].roles:
            return None
        words = self.reading.words
        near = range(role.last, min(role.last + 1, len(words)))
        pointed = any(words[at].lower in self.reading.lexicon.pointing for at in near)
        if not pointed or role.first - self.mentions[before].last > 2:
            return None
        self._hold(self.who[before], role)
        return self.who[before]

    def _holder(self, role: Role) -> Person | None:
        """The one person of this text who has the role, if there is just one."""
        first, words = self._office(role)
        fitting = [
            person
            for person in self._by_office.get(first, ())[-_RECENT:]
            if any(held == first and words <= theirs for held, theirs in person.offices)
        ]
        return fitting[0] if len(fitting) == 1 else None
