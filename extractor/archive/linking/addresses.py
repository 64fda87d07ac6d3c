"""How people name a mention (``RELEASE#p1``, ``RELEASE#1``) or an entity (``person:12``)."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.bulk import chunks
from extractor.archive.keys import no_release, release_number
from extractor.archive.linking.decisions import TABLES, Kind
from extractor.errors import UsageError
from extractor.messages import _


def kind_of(said: str) -> Kind:
    """The kind that is meant; UsageError where it is none."""
    if said not in TABLES:
        told = _("{said}: the kinds are {known}")
        raise UsageError(told.format(said=said, known=", ".join(TABLES)))
    return TABLES[said].kind


def entity_number(kind: Kind, said: str) -> int:
    """The number of an entity; UsageError where it is none, or one of another kind."""
    before, parted, number = said.rpartition(":")
    if not number.isdecimal() or (parted and before != kind):
        told = _("{said}: name an entity by its number, such as {kind}:12")
        raise UsageError(told.format(said=said, kind=kind))
    return int(number)


def mention_numbers(connection: Connection, kind: Kind, said: Iterable[str]) -> list[int]:
    """The numbers of mentions; UsageError where there is no such release, person or event."""
    return [_mention(connection, kind, one) for one in said]


def _mention(connection: Connection, kind: Kind, said: str) -> int:
    t = TABLES[kind]
    key, parted, place = said.rpartition("#")
    if not parted:
        told = _("{said}: name a mention as {example}")
        example = "RELEASE#p1" if kind == "person" else "RELEASE#1"
        raise UsageError(told.format(said=said, example=example))
    if kind == "person":
        here = t.mentions.c.key == place
    else:
        here = t.mentions.c.number == (int(place) if place.isdecimal() and len(place) < 9 else 0)
    release = release_number(connection, key)
    if release is None:
        raise UsageError(no_release(key))
    asked = (
        select(t.mentions.c.id)
        .where(t.mentions.c.release_id == release, here)
        .order_by(t.mentions.c.id)
    )
    found = connection.execute(asked).scalars().first()
    if found is None:
        told = _("{said}: the release tells of no such {kind}; `{command}` lists them")
        command = "rilis archive people --all" if kind == "person" else "rilis archive events --all"
        raise UsageError(told.format(said=said, kind=_(kind), command=command))
    return int(found)


def mention_addresses(connection: Connection, kind: Kind, numbers: Iterable[int]) -> dict[int, str]:
    """The address of each mention by its number, as people name it."""
    t, releases = TABLES[kind], schema.releases
    place = t.mentions.c.key if kind == "person" else t.mentions.c.number
    found: dict[int, str] = {}
    for some in chunks(sorted(set(numbers))):
        asked = (
            select(t.mentions.c.id, releases.c.key, place.label("place"))
            .join(releases, releases.c.id == t.mentions.c.release_id)
            .where(t.mentions.c.id.in_(some))
        )
        found.update({r.id: f"{r.key}#{r.place}" for r in connection.execute(asked)})
    return found
