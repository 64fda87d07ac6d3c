"""Which place lies in which, as the releases of the archive tell: a village in its district, that
in its regency."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.linking.knowledge import Knowledge
from extractor.language.people.name_forms import plain_words

_AREAS = ("village", "district", "city", "province")  # each lies in those behind it
Place = tuple[str, ...]  # the words of a name, without Desa or Kecamatan


@dataclass(frozen=True)
class Containing:
    """For each place those it lies in, directly or not."""

    known: Knowledge
    within: Mapping[Place, frozenset[Place]]

    def around(self, venue: Any) -> frozenset[str]:
        """The words of all places that a venue lies in; a row with name and areas."""
        found: set[Place] = set()
        for area in _AREAS:
            found |= self.within.get(_place(getattr(venue, area), self.known), frozenset())
        words = plain_words(venue.name)
        for at, head in enumerate(words, 1):
            if head in self.known.place_head:
                for end in range(at + 1, min(at + 4, len(words)) + 1):
                    found |= self.within.get(tuple(words[at:end]), frozenset())
        return frozenset(word for place in found for word in place)

    def names_area(self, venue: Any) -> bool:
        """Whether it tells a village, district, town or province."""
        return any(getattr(venue, area) for area in _AREAS)


def containing(connection: Connection, known: Knowledge) -> Containing:
    """What the venues of an archive tell of it."""
    direct: dict[Place, set[Place]] = defaultdict(set)
    venues = schema.venues.c
    for row in connection.execute(select(*(venues[area] for area in _AREAS)).distinct()):
        places = [place for one in row if (place := _place(one, known))]
        for at, inner in enumerate(places):
            direct[inner].update(outer for outer in places[at + 1 :] if outer != inner)
    within: dict[Place, frozenset[Place]] = {}
    for inner, near in direct.items():
        found, waiting = set(near), list(near)
        while waiting:
            further = direct.get(waiting.pop(), set()) - found - {inner}
            found |= further
            waiting += further
        within[inner] = frozenset(found)
    return Containing(known, within)


def _place(name: str | None, known: Knowledge) -> Place:
    return tuple(word for word in plain_words(name or "") if word not in known.place_kind)
