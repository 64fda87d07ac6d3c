"""Events as releases tell of them, cut into what is compared: days, words of the name, places."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.archive.linking.knowledge import Knowledge
from extractor.archive.linking.profiles import Decided
from extractor.archive.linking.reading import Areas, Told, dateline_words, ordinal
from extractor.language.people.name_forms import NameForms, plain_words

_LONGEST = 31  # days


@dataclass(slots=True, eq=False)
class Happening:
    """An event of one release. Days are ordinals; ``guessed``: known from publication only."""

    order: str
    shown: str
    words: frozenset[str]  # of the name, in one spelling, without those that tell nothing
    numbers: frozenset[str]  # of the name: session II, the 77th
    first: int | None
    last: int | None
    guessed: bool
    time: str | None
    village: frozenset[str]
    district: frozenset[str]
    city: frozenset[str]
    written: bool  # the city is known from the dateline or from words of a name only
    room: frozenset[str]
    own: frozenset[str]  # the words of the venue that are its own name: Mekarjaya of GOR Mekarjaya
    organizers: frozenset[str]
    group: str | None
    type: str | None
    people: frozenset[str]
    decided: Decided | None = None
    mentions: "array[int]" = field(default_factory=lambda: array("q"))
    releases: set[int] = field(default_factory=set)
    venue: str | None = None  # as written
    organizer: str | None = None

    @property
    def places(self) -> frozenset[str]:
        """The words of all its places."""
        return self.village | self.district | self.city


def happenings(
    release: Told, known: Knowledge, decided: Mapping[int, Decided], areas: Areas
) -> list[Happening]:
    """The events of a release; ``areas``: the words that name places."""
    people = frozenset(
        " ".join(name)
        for name in (tuple(w.sound for w in known.forms.name(p.name)) for p in release.people)
        if len(name) > 1
    )
    found = []
    for row in release.events:
        made = _happening(row, release, known, people, areas, decided.get(row.id))
        made.mentions.append(row.id)
        made.releases.add(release.id)
        venue, hosts = release.venues.get(row.id), release.organizers[row.id]
        made.venue, made.organizer = (venue.name if venue else None), (hosts[0] if hosts else None)
        found.append(made)
    return found


def _happening(
    row: Any,
    release: Told,
    known: Knowledge,
    people: frozenset[str],
    areas: Areas,
    held: Decided | None,
) -> Happening:
    venue, date = release.venues.get(row.id), release.dates.get(row.id)
    first, last, guessed = _days(date, release.published, known)
    said = areas.spelt(known.forms.office(row.name))
    bare = (word.removeprefix("ke") for word in said)
    numbers = frozenset(
        known.numbers.get(w, w) for w in (*said, *bare) if w in known.numbers or w.isdecimal()
    )

    def part(name: str) -> frozenset[str]:
        words = plain_words(getattr(venue, name) or "") if venue is not None else []
        return frozenset(areas.spelt(words)) - known.place_kind

    city = part("city")
    written = not city  # where it was, or where the release was written
    city = city or frozenset(areas.spelt(dateline_words(release.dateline))) - known.place_kind
    village, district = part("village"), part("district")
    room = areas.spelt(plain_words(venue.name)) if venue is not None else []
    around = frozenset((*said, *room)) & areas.words
    city = city or around & areas.regions
    regions = city | areas.regions - village - district
    stop = known.room_stop | known.place_kind | regions | village | district
    named = around - known.place_kind - regions - district
    organizers = (
        w for one in release.organizers[row.id] for w in areas.spelt(known.forms.office(one))
    )
    return Happening(
        f"{release.key} {row.number:03}", row.name,
        frozenset(sound(known.forms, w) for w in said if _tells(w, known)),
        numbers, first, last, guessed, date.time_start if date is not None else None,
        village or named, district, city, written, frozenset(room) - stop,
        _own(room, known, regions | district) | village,
        frozenset(organizers) - known.office_stop - known.place_kind, row.event_class, row.type,
        people, held,
    )  # fmt: skip


def _own(room: list[str], known: Knowledge, regions: frozenset[str]) -> frozenset[str]:
    """The words of a venue that name it, without what it is and the region it is in."""
    told = known.room_stop | known.room_kind | known.place_kind | known.place_head | regions
    return frozenset(
        word
        for before, word in zip(["", *room], room, strict=False)
        if len(word) > 2
        and not word.isdecimal()
        and word not in told
        and before not in known.region_kind
    )


def sound(forms: NameForms, word: str) -> str:
    """A word in the one spelling of its family."""
    return "".join(one.sound for one in forms.name(word))


def _tells(word: str, known: Knowledge) -> bool:
    return (
        len(word) > 1
        and word not in known.event_stop
        and word not in known.numbers
        and not word.removeprefix("ke").isdecimal()
    )


def _days(
    date: Any, published: int | None, known: Knowledge
) -> tuple[int | None, int | None, bool]:
    """First and last day it may have been, and whether that is known from publication only."""
    if date is not None and date.precision == "day":
        first, last = ordinal(date.start_date), ordinal(date.end_date or date.start_date)
        if first is not None and last is not None and first <= last:
            return first, min(last, first + _LONGEST), False
    if published is None:
        return None, None, True
    before, after = known.weights["days_before"], known.weights["days_after"]
    return published - int(before), published + int(after), True
