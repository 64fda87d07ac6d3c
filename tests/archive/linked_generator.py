"""A made world of persons and events, told by careless offices, with the truth beside each record.

``linked(n, seed)`` yields ``(record, people, events)``: the record, the entity of each person of it
by id, and of each event by its place. Names are written in other spellings, shortened, with slips of
the pen; posts change hands, persons change posts, namesakes live in other towns; an event is told
by one to four releases that differ in venue, number of participants, organiser or day; a row of
events comes again (batch I and II, next year, the next village on the same day).
"""

import datetime
import hashlib
import random
from collections.abc import Iterator
from typing import Any

from extractor.record import Record
from tests.archive.generator import MONTHS, _Draft
from tests.archive.linked_world import FLOWERS, ROOMS, SHORT, SPELT, _Event, _Person, _World


def _noisy(word: str, chance: random.Random) -> str:
    """A slip of the pen: two letters change places, one is lost, doubled or another."""
    if len(word) < 5:
        return word
    at = chance.randrange(1, len(word) - 2)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice("aeioubdgkmnrst") + word[at + 1 :]


def written(name: str, chance: random.Random) -> str:
    """A name as a careless office writes it."""
    words = name.split()
    for at, word in enumerate(words):
        if chance.random() < 0.15:
            fits = [
                (old, new) for old, new in SPELT if old in word and (old != word or len(words) > 1)
            ]
            if fits:
                old, new = chance.choice(fits)
                words[at] = word.replace(old, chance.choice(new), 1)
        elif chance.random() < 0.04:
            words[at] = _noisy(word, chance)
    if len(words) > 2 and chance.random() < 0.3:
        words[1] = words[1][0] + "."
        if chance.random() < 0.5:
            del words[1]
    elif len(words) > 1 and chance.random() < 0.03:
        words[-1] = words[-1][0] + "."
    return " ".join(words)


class _Telling:
    """One release about one event."""

    def __init__(self, chance: random.Random, event: _Event, number: int, first: bool) -> None:
        self.chance, self.event, self.number, self.first = chance, event, number, first
        self.draft = _Draft()
        self.truth: dict[str, str] = {}

    def record(self) -> dict[str, Any]:
        draft, chance, event = self.draft, self.chance, self.event
        name = self._name()
        title = f"{name} di {event.town}"
        draft.add(title + "\n\n")
        dateline = None
        if chance.random() < 0.5:
            dateline = draft.span(event.town, "venues.dateline", 0.9)
            draft.add(" - ")
        organizer = event.organizer
        if not self.first and chance.random() < 0.2:
            organizer = f"Pemerintah Kabupaten {event.town}"
        told: dict[str, Any] = {
            "main": True, "type": event.kind, "class": event.group, "status": "held", "phase": None,
        }  # fmt: skip
        told["organizers"] = [draft.span(organizer, "events.organizer-subject", 0.9)]
        draft.add(" menggelar ")
        told["name"] = draft.span(name, "events.verb-object", 0.9)
        told["venue"] = self._venue()
        told["date"] = self._date()
        draft.add(".\n")
        people = [self._person(at, one) for at, one in enumerate(event.people, 1)]
        count = (
            event.count
            if self.first or chance.random() < 0.7
            else event.count + chance.choice((-5, 10, 50))
        )
        draft.add("Kegiatan diikuti ")
        told["participants"] = [
            *(p["id"] for p in people),
            draft.span(f"{max(count, 5)} peserta", "events.group", 0.9),
        ]
        draft.add(".")
        return self._whole(title, told, people, dateline)

    def _name(self) -> str:
        chance, words = self.chance, self.event.name.split()
        if chance.random() < 0.2:
            words.insert(1, chance.choice(("bagi", "untuk", "tentang")))
        if chance.random() < 0.1:
            words.append(f"Se-Kabupaten {self.event.town}")
        if chance.random() < 0.1:
            at = chance.randrange(len(words))
            words[at] = _noisy(words[at], chance)
        if chance.random() < 0.1 and len(words) > 3 and words[-1] not in ("I", "II"):
            words.pop()
        return " ".join(words)

    def _venue(self) -> dict[str, Any] | None:
        chance, event, draft = self.chance, self.event, self.draft
        if event.village is None and chance.random() < 0.15:
            return None
        room = event.room
        if not self.first and event.village is None and chance.random() < 0.1:
            room = f"{chance.choice(ROOMS)} {chance.choice(FLOWERS)}"
        parts = {"building": room}
        if event.village:
            parts["village"] = f"Desa {event.village}"
        if event.village is None or chance.random() < 0.7:
            parts["city"] = f"Kabupaten {event.town}"
        draft.add(" di ")
        venue = draft.span(", ".join(parts.values()), "venues.place", 0.9)
        return venue | {"mode": "onsite", "parts": parts}

    def _date(self) -> dict[str, Any] | None:
        chance = self.chance
        if chance.random() < 0.15:
            return None
        day = self.event.day
        if not self.first and chance.random() < 0.03:
            day += 1
        date = datetime.date.fromordinal(day)
        self.draft.add(", ")
        span = self.draft.span(
            f"{date.day} {MONTHS[date.month - 1]} {date.year}", "dates.spelled", 0.9
        )
        return {
            "text": span["text"], "start_offset": span["start"], "end_offset": span["end"], "start": date.isoformat(),
            "end": date.isoformat(), "rule": "dates.spelled", "confidence": 0.9,
        }  # fmt: skip

    def _person(self, at: int, person: _Person) -> dict[str, Any]:
        chance, draft = self.chance, self.draft
        name = written(person.name, chance)
        aliases: list[str] = []
        if person.nickname and chance.random() < 0.6:
            aliases = [person.nickname]
            if chance.random() < 0.3:
                name, aliases = person.nickname, []
        role = None
        post = person.post(self.event.day)
        if not aliases and post is not None and chance.random() < 0.06 and len(name.split()[0]) > 2:
            name = name.split()[0]  # Budi alone: with the post, or nobody could know who it is
        elif chance.random() < 0.15:
            post = None
        if post is not None:
            office, place = post
            for long, short in SHORT.items():
                if long in office and chance.random() < 0.3:
                    office = office.replace(long, short)
            role = draft.span(
                f"{office} {place}" if chance.random() < 0.85 else office, "people.role", 0.9
            )
            draft.add(", ")
        titles = list(person.titles) if chance.random() < 0.6 else []
        draft.add("".join(t + " " for t in titles))
        mention = draft.span(name, "people.speech", 0.9)
        draft.add(", hadir.\n")
        key = f"p{at}"
        self.truth[key] = person.entity
        return {
            "id": key, "name": name, "titles": titles, "role": role, "organization": None, "aliases": aliases, "mentions": [mention],
        }  # fmt: skip

    def _whole(
        self, title: str, told: dict[str, Any], people: list[dict[str, Any]], dateline: Any
    ) -> dict[str, Any]:
        text = "".join(self.draft.pieces)
        key = hashlib.sha256(f"linked {self.number}".encode()).hexdigest()[:16]
        site = f"{self.event.town.lower()}-{self.chance.choice(('humas', 'kominfo'))}"
        published = datetime.date.fromordinal(self.event.day + self.chance.choice((0, 0, 1, 2, 3)))
        source = {
            "path": None, "uri": f"https://{site}.example/{self.number}", "site": site, "title": title,
            "published": published.isoformat(), "retrieved": None, "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }  # fmt: skip
        return {
            "schema": "rilis/record/1", "id": key, "rules_version": "generated00000001", "source": source, "text": text,
            "offsets": [[0, 0, len(text)]], "events": [told], "people": people, "quotes": [], "dates": [], "removed": [],
            "credit": None, "dateline": dateline, "warnings": [],
        }  # fmt: skip


def linked(n: int, seed: int) -> Iterator[tuple[Record, dict[str, str], dict[int, str]]]:
    """Records with, for each, the entity of every person of it by id, and of every event by place."""
    chance = random.Random(f"linked {seed}")
    number = 0
    for event in _World(chance, n).events():
        for telling in range(chance.choice((1, 1, 2, 2, 3, 4))):
            made = _Telling(chance, event, number, telling == 0)
            record = Record.model_validate(made.record())
            yield record, made.truth, {0: event.entity}
            number += 1
            if number == n:
                return
