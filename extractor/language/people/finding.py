"""Who is named in a release: names, titles, roles, and every later mention of the same person."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.language.found import Found, span_value
from extractor.language.layout import Layout
from extractor.language.people.balinese import balinese
from extractor.language.people.delegation import delegations
from extractor.language.people.initials import acronym
from extractor.language.people.lexicon import (
    ANY_GIVEN,
    GIVEN,
    NAME_LINK,
    ORGANISATION,
    PLACE,
    PLACE_HEAD,
    PLACE_TAIL,
    SAYS,
    Lexicon,
)
from extractor.language.people.mentions import Mention
from extractor.language.people.officials import Officials
from extractor.language.people.person import Person
from extractor.language.people.persons import Linking
from extractor.language.people.reading import Reading
from extractor.language.people.role_chain import Role
from extractor.language.people.scan import mentions_of
from extractor.rulebook import RuleFile

_OFFICES = 4
_ROLE = "people.role"
_JOINED = "people.role-joined"


class PeopleFinder:
    """Finds the people of a text by ``people.yaml`` and ``offices.yaml``, compiled once."""

    def __init__(self, people: RuleFile, offices: RuleFile, officials: RuleFile) -> None:
        self.lexicon = Lexicon(people, offices)
        self.officials = Officials(officials)
        self._confidence = {rule.id: rule.confidence for rule in people.rules}
        self._lone, self._open = people.settings["lone"], people.settings["open"]
        self._guessed = frozenset(people.words["guessed"])

    def find(self, layout: Layout, days: Sequence[str] = ()) -> list[Found]:
        """Every mention in text order; the ``head`` mention of a person carries name, role, titles.

        ``days`` are the ISO days the release tells of: they date the offices of ``officials.yaml``.
        """
        reading = Reading(layout, self.lexicon)
        title = layout.title
        title_end = title.end if title is not None else 0
        mentions = [
            m
            for m in mentions_of(reading, _skipped(layout), title_end)
            if m.name is None or not m.evidence or m.evidence in self._confidence
        ]
        mentions = [_weaken(reading, m, title_end) for m in mentions]
        linking = Linking(reading, mentions)
        linking.run()
        return self._founds(reading, mentions, linking, days)

    def _founds(
        self, reading: Reading, mentions: list[Mention], linking: Linking, days: Sequence[str]
    ) -> list[Found]:
        heads = {person.id: _head(person) for person in linking.persons}
        ceilings = {person.id: self._ceiling(reading, person) for person in linking.persons}
        hints = delegations(reading, mentions, linking.who)
        found = []
        for number, mention in enumerate(mentions):
            person = linking.who.get(number)
            hint = hints.get(number, {})
            if mention.name is None:
                one = self._role_mention(reading, mention, person, hint)
                if one is not None:
                    found.append(one)
            elif person is not None:
                head = heads[person.id] is mention
                ceiling = ceilings[person.id]
                one = self._name_mention(reading, mention, person, head, ceiling, hint)
                found.append(self._official(one, days) if head else one)
        return found

    def _official(self, found: Found, days: Sequence[str]) -> Found:
        """The full name ``officials.yaml`` knows for a shorter one, with its source."""
        value = found.value
        role = value.get("role")
        if role is None:
            return found
        names = [value["name"], *value["aliases"]]
        for name in names:
            official = self.officials.find(name, role["text"], days)
            if official is not None:
                known = {"full_name": official.name, "full_name_source": official.source}
                return replace(found, rule=official.rule, value={**value, **known})
        return found

    def _role_mention(
        self, reading: Reading, mention: Mention, person: Person | None, hint: dict[str, object]
    ) -> Found | None:
        role = mention.role
        assert role is not None
        rule = "people.role-known" if person is not None else "people.role-alone"
        if rule not in self._confidence or role.plural:
            return None
        if person is None and role.common:
            return None
        value = {"person": person.id if person is not None else None, "form": "role", **hint}
        start = reading.words[role.first].start
        return Found(start, role.end, rule, self._confidence[rule], value)

    def _name_mention(
        self,
        reading: Reading,
        mention: Mention,
        person: Person,
        head: bool,
        ceiling: float,
        hint: dict[str, object],
    ) -> Found:
        name = mention.name
        assert name is not None
        rule = mention.evidence or "people.later"
        confidence = min(ceiling, self._confidence.get(rule, 0.5))
        start, end = _span(reading, mention)
        form = "nickname" if mention.nickname else "full" if head else "short"
        value: dict[str, object] = {"person": person.id, "form": form, **hint}
        if head:
            value |= self._about(reading, mention, person, confidence)
        return Found(start, end, rule, confidence, value)

    def _ceiling(self, reading: Reading, person: Person) -> float:
        """The most that any mention of a person can be trusted."""
        ceiling = self._lone if _lone(person) else 1.0
        return min(ceiling, self._open) if self._doubtful(reading, person) else ceiling

    def _doubtful(self, reading: Reading, person: Person) -> bool:
        """Whether the name may begin later than it was cut from the office before it: a given name
        stands within it, or a word that offices and places are made of (Dekan Xyz Agus Tarjono)."""
        size = len(person.bare)
        full = [
            one
            for one in person.mentions
            if one.name is not None and one.evidence and one.name.size >= size
        ]
        if not full or any(one.evidence not in self._guessed for one in full):
            return False
        name = full[0].name
        assert name is not None
        kinds = [reading.kinds[at] for at in range(name.first, name.last)]
        before = reading.kinds[name.first - 1] if name.first else 0
        if kinds[0] & GIVEN or before & PLACE or balinese(reading, name.first, name.last):
            return False  # the place before it is known: Kepala Dinas Xyz Tuban | Eri Tarjono
        inner = any(kind & GIVEN for kind in kinds[1:]) and full[0].evidence == _JOINED
        return inner or any(kind & ~(ANY_GIVEN | NAME_LINK | PLACE_TAIL) for kind in kinds)

    def _about(
        self, reading: Reading, mention: Mention, person: Person, confidence: float
    ) -> dict[str, object]:
        start, end = _span(reading, mention)
        name = reading.text[start:end]
        titles: list[str] = []
        aliases: list[str] = []
        for one in person.mentions:
            for title in one.titles:
                if title not in titles:
                    titles.append(title)
            if one.name is None:
                continue
            forms = [reading.text[slice(*_span(reading, one))]]
            if one.address >= 0:
                forms.append(
                    reading.text[reading.words[one.address].start : _span(reading, one)[1]]
                )
            for form in forms:
                if form != name and form not in aliases:
                    aliases.append(form)
        role = _role_of(reading, mention, person) if _ROLE in self._confidence else None
        return {
            "head": True,
            "name": name,
            "titles": titles,
            "role": _role_value(reading, role, min(confidence, self._confidence.get(_ROLE, 0.0))),
            "organization": _organization(reading, role),
            "aliases": aliases,
            "pseudonym": _pseudonym(reading, person),
            "full_name": None,
            "full_name_source": None,
        }


def _pseudonym(reading: Reading, person: Person) -> bool:
    """Whether the text says that the name was changed."""
    lexicon, text = reading.lexicon, reading.text
    spans = [_span(reading, one) for one in person.mentions if one.name is not None]
    return any(
        lexicon.changed_name.match(text, end)
        or lexicon.called.search(text[max(0, start - 40) : start])
        for start, end in spans
    )


def _span(reading: Reading, mention: Mention) -> tuple[int, int]:
    name = mention.name
    assert name is not None
    start, end = reading.words[name.first].start, reading.words[name.last - 1].end
    last = reading.surface(name.last - 1)
    if len(last) == 1 and name.size > 1 and reading.text[end : end + 1] == ".":
        end += 1
    return start, end


def _head(person: Person) -> Mention:
    """The mention that introduces a person: the longest name, first in the text."""
    named = [m for m in person.mentions if m.name is not None]
    full = [m for m in named if not m.nickname] or named
    return min(full, key=lambda m: (-(m.name.size if m.name else 0), m.first))


def _role_of(reading: Reading, head: Mention, person: Person) -> Role | None:
    """The role at the fullest name, or the same one told in more words elsewhere."""
    role = head.role or (person.roles[0] if person.roles else None)
    if role is None:
        return None
    words = [reading.words[at].lower for at in range(role.first, role.last)]
    for other in person.roles[:_OFFICES]:
        longer = [reading.words[at].lower for at in range(other.first, other.last)]
        if len(longer) > len(words) and longer[: len(words)] == words:
            role, words = other, longer
    return role


def _lone(person: Person) -> bool:
    """Whether one word is all that is known of a name, and one rule alone vouches for it."""
    return len(person.bare) == 1 and len({m.evidence for m in person.mentions if m.name}) < 2


def _role_value(reading: Reading, role: Role | None, confidence: float) -> dict[str, object] | None:
    if role is None:
        return None
    start = reading.words[role.first].start
    return span_value(reading.text, start, role.end, _ROLE, confidence)


def _organization(reading: Reading, role: Role | None) -> str | None:
    """The part of a role that names an organisation or a place."""
    if role is None:
        return None
    for at in range(role.first + 1, role.last):
        if reading.kinds[at] & (ORGANISATION | PLACE_HEAD) or acronym(reading, at):
            return reading.text[reading.words[at].start : role.end]
    return None


def _skipped(layout: Layout) -> list[tuple[int, int]]:
    """Credits, furniture and the dateline name nobody of the story."""
    parts = [(p.start, p.end) for p in layout.paragraphs if p.kind in ("credit", "furniture")]
    parts += [(part[0], part[1]) for part in (layout.dateline, layout.credit) if part is not None]
    return sorted(parts)


def _weaken(reading: Reading, mention: Mention, title_end: int) -> Mention:
    """In a title, where every word is capitalised, only known people are found."""
    opens = mention.first == 0 and mention.evidence == "people.speech"
    if opens and mention.name is not None and reading.kinds[mention.last] & SAYS:
        return replace(mention, evidence="people.headline")
    if not title_end or reading.words[mention.first].start >= title_end:
        return mention
    return Mention(
        mention.first,
        mention.last,
        "",
        mention.name,
        mention.titles,
        mention.address,
        mention.role if mention.name is None else None,
        False,
        False,
    )
