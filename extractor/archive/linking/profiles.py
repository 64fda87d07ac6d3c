"""Persons as releases tell of them, those alike taken together: what is compared with what.

A mention is a person of one release. Mentions with the same name, office and place cannot be told
apart, so they make one profile: 100,000 releases have some ten thousand.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.linking.reading import Areas, Told
from extractor.language.people.name_forms import NameWord, plain_words

Name = tuple[NameWord, ...]


@dataclass(slots=True, eq=False)
class Decided:
    """What people decided of a mention: the entity that holds it, those it does not belong to."""

    entity: int | None = None
    rejected: frozenset[int] = frozenset()  # entities
    against: frozenset[int] = frozenset()  # mentions


@dataclass(slots=True, eq=False)
class Profile:
    """Mentions that say the same of a person: name, office, places, and from when to when."""

    order: str  # by which profiles are ordered, however they came into the archive
    name: Name
    shown: str
    aliases: tuple[Name, ...]
    office: frozenset[str]
    title: str | None  # the role as written
    seat: frozenset[str]  # words of places in the office
    near: frozenset[str]  # words of places in the release
    regions: frozenset[str]  # of all these the words of regencies, towns and provinces
    exclusive: bool
    former: bool
    gender: str | None
    titles: frozenset[str]
    sites: set[str]
    first: int | None
    last: int | None
    decided: Decided | None = None
    mentions: "array[int]" = field(default_factory=lambda: array("q"))
    releases: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)  # entities of the events it is told at
    full_name: str | None = None

    @property
    def areas(self) -> frozenset[str]:
        """Words of all its places."""
        return self.seat | self.near

    def add(self, mention: int, release: Told) -> None:
        """One more mention."""
        self.mentions.append(mention)
        self.releases.add(release.id)
        self.order = min(self.order, release.key)
        if release.site:
            self.sites.add(release.site)
        day = release.day
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)


class Profiles:
    """Takes persons in, release by release; ``areas`` are the words that name places."""

    def __init__(self, known: Knowledge, areas: Areas) -> None:
        """Nobody yet."""
        self._known = known
        self._areas = areas
        self._names: dict[str, Name] = {}
        self._offices: dict[str, tuple[frozenset[str], frozenset[str], bool, bool]] = {}
        self._found: dict[Any, Profile] = {}

    def __iter__(self) -> Iterator[Profile]:
        """In an order that does not depend on when they came in."""
        told = sorted(self._found.items(), key=lambda one: (one[1].order, repr(one[0])))
        return (profile for _key, profile in told)

    def take(
        self, release: Told, decided: Mapping[int, Decided], events: Mapping[int, int]
    ) -> None:
        """The persons of a release; those under a changed name are nobody's namesakes.

        ``events``: the entity of each event that is linked."""
        near = (
            frozenset(self._areas.spelt(release.areas())) & self._areas.words
        ) - self._known.place_kind
        for row in release.people:
            if row.pseudonym or not row.name:
                continue
            profile = self._person(row, release, near, decided.get(row.id))
            if profile is not None:
                profile.events.update(events[e.id] for e in release.events if e.id in events)

    def _person(
        self, row: Any, release: Told, near: frozenset[str], held: Decided | None
    ) -> Profile | None:
        known = self._known
        name = self._name(row.full_name or row.name)
        if not name:
            return None
        said = plain_words(" ".join(json.loads(row.titles)))
        called = json.loads(row.aliases)
        addressed = {word for one in called for word in plain_words(one)[:1]}
        aliases = tuple(self._aliases(called, row, name))
        office, seat, exclusive, former = self._office(row.role, row.organization)
        words = {*said, *addressed}
        gender = "m" if words & known.male else "f" if words & known.female else None
        if words & known.male and words & known.female:
            gender = None
        titles = frozenset(said)
        key = (
            row.full_name or row.name, aliases, office, seat, exclusive, former, gender, titles,
            near, None if held is None else (held.entity, held.rejected, held.against),
            None if office else release.key,  # without an office namesakes look alike
        )  # fmt: skip
        profile = self._found.get(key)
        if profile is None:
            profile = self._found[key] = Profile(
                release.key, name, row.full_name or row.name, aliases, office, row.role, seat,
                near, (seat | near) & self._areas.regions, exclusive, former, gender, titles, set(),
                None, None, held,
            )  # fmt: skip
            profile.full_name = row.full_name
        profile.add(row.id, release)
        return profile

    def _name(self, text: str) -> Name:
        name = self._names.get(text)
        if name is None:
            name = self._known.forms.name(text)
            titles = self._known.male | self._known.female | self._known.address
            while len(name) > 1 and len(name[0].plain) > 1 and name[0].plain in titles:
                name = name[1:]
            self._names[text] = name
        return name

    def _aliases(self, called: Iterable[str], row: Any, name: Name) -> Iterator[Name]:
        """Other names, without what is part of the name."""
        more = [row.name] if row.full_name and row.full_name != row.name else []
        titles = self._known.male | self._known.female
        sounds = {word.sound for word in name}
        for one in (*called, *more):
            alias = tuple(word for word in self._name(one) if word.plain not in titles)
            if alias and not all(word.sound in sounds for word in alias):
                yield alias

    def _office(
        self, role: str | None, organization: str | None
    ) -> tuple[frozenset[str], frozenset[str], bool, bool]:
        """(words of the office, words of its place, held by one at a time, held once)."""
        said = f"{role or ''} {organization or ''}"
        found = self._offices.get(said)
        if found is None:
            known = self._known
            words = self._areas.spelt(known.forms.office(said))
            held_once = bool(known.former & set(words[:2]))
            apart = known.acting | known.former | known.office_stop
            kept = [word for word in words if word not in apart]
            seat = frozenset(word for word in kept if word in self._areas.words)
            office = frozenset(w for w in kept if w not in seat and w not in known.place_kind)
            head = next((word for word in kept), "")
            exclusive = head in known.exclusive and not office & known.shared
            found = self._offices[said] = (office, seat, exclusive, held_once)
        return found
