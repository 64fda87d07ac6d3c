"""A small made world, told by several offices: a second truth for linking, by other hands.

``linked(n, seed)`` yields releases with what is true of them: the person behind each person of the
record, and the event behind each of its events. It shares nothing with the first generator. The
world stands before any release is written:

- **towns** with names put together from syllables, each with an office that publishes, and posts
  that change hands every few years (a new regent is another person in the same role);
- **citizens**: most are told of once or twice, a few often; some bear the very name of a person
  in another town, some live in the same town as a namesake with another post;
- **happenings**, told by one to three offices, each with its own words for the name, a shorter
  venue, another headcount, now and then another date; series that come back every year, and
  the same kind of day in the neighbouring village, which are other happenings.

A writer is careless with names: initials, families of spellings (Muhammad, Moh., M.), a middle
name left out, oe for u, a slip of the finger, titles in front and behind, or the post and one name.
"""

import datetime
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.record import Record, record_from_json

START = datetime.date(2014, 1, 1)
DAYS = 4300
HEADS = ["Ar", "Be", "Ci", "Da", "Gu", "Ja", "Ka", "Lo", "Ma", "Na", "Pa", "Ra", "Sa", "Ta", "Wo"]
MIDDLES = ["ba", "ca", "di", "go", "la", "li", "mba", "nda", "nga", "ra", "ri", "su", "ti", "wa"]
TAILS = ["ng", "n", "h", "tan", "rejo", "sari", "dadi", "mulyo", "jaya", "ngan", "ya", "rum"]
FIRST = [
    "Ahmad", "Muhammad", "Siti", "Nur", "Abdul", "Eko", "Tri", "Dwi", "Bambang", "Supri", "Wahyu", "Yusuf",
    "Fitri", "Aisyah", "Khoirul", "Lilis", "Mulyono", "Ketut", "Wayan", "Rudi", "Hendra", "Arief", "Nana",
    "Yanti", "Iwan", "Asep", "Ujang", "Cecep", "Tatang", "Euis", "Sugeng", "Teguh", "Untung", "Purnomo",
]  # fmt: skip
LAST = [
    "Susanto", "Rahayu", "Hartono", "Suryani", "Gunawan", "Mulyani", "Firmansyah", "Wulandari", "Kurniawan",
    "Rahman", "Yulianti", "Haryanto", "Sulistyowati", "Effendi", "Nasution", "Permana", "Suharto", "Hasanah",
]  # fmt: skip
POSTS = [
    ("Bupati", "Pemerintah Kabupaten", 1700), ("Wakil Bupati", "Pemerintah Kabupaten", 1700),
    ("Sekretaris Daerah", "Pemerintah Kabupaten", 1200), ("Kepala Dinas Sosial", "Dinas Sosial", 900),
    ("Kepala Dinas Pendidikan", "Dinas Pendidikan", 900), ("Kepala Bappeda", "Bappeda", 900),
    ("Ketua TP PKK", "TP PKK", 1700), ("Kapolres", "Polres", 600), ("Dandim", "Kodim", 600),
]  # fmt: skip
TRADES = [
    "pengrajin bambu", "Ketua Kelompok Tani", "peserta", "pendamping desa", "narasumber", "kader", "guru",
    "Ketua Panitia", "relawan", "Kepala Desa",
]  # fmt: skip
BEFORE, BEHIND = (
    ["H.", "Hj.", "Drs.", "dr.", "Ir.", "KH", "Prof. Dr."],
    ["S.H.", "M.Si", "S.Sos.", "M.Pd.", "S.STP"],
)
KINDS = [
    ("Sosialisasi", "Pencegahan Perkawinan Anak"), ("Festival", "Kuliner Nusantara"), ("Musyawarah", "Perencanaan Pembangunan"),
    ("Bimbingan Teknis", "Pengelolaan Dana Desa"), ("Pawai", "Budaya"), ("Lomba", "Cipta Menu"), ("Gerakan", "Pangan Murah"),
    ("Pelantikan", "Pengurus Forum Anak"), ("Vaksinasi", "Hewan Ternak"), ("Pameran", "Produk Unggulan"),
    ("Penyuluhan", "Bahaya Narkoba"), ("Apel", "Kesiapsiagaan Bencana"), ("Wisuda", "Sekolah Lansia"),
]  # fmt: skip
HALLS = ["Pendopo", "Aula", "Alun-Alun", "GOR", "Balai Desa", "Lapangan", "Gedung Pertemuan"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
]  # fmt: skip
SPELLINGS = {
    "Muhammad": ["Mohammad", "Muh.", "Moh.", "M.", "Mohamad", "Muchamad"],
    "Ahmad": ["Achmad", "Akhmad", "A."],
    "Abdul": ["Abd.", "A."],
    "Nur": ["Noer"],
    "Yusuf": ["Jusuf", "Yusup"],
    "Arief": ["Arif", "Ariep"],
    "Khoirul": ["Choirul", "Khairul"],
    "Aisyah": ["Aisah"],
    "Fitri": ["Fitrie"],
}


@dataclass
class Citizen:
    """A person of the made world: her full name, and what she is where and when."""

    key: str
    name: list[str]
    town: "Town"
    post: str
    office: str
    since: datetime.date
    until: datetime.date
    before: str = ""
    behind: str = ""


@dataclass
class Town:
    """A town, the villages about it, those in office there and those who live there."""

    name: str
    villages: list[str]
    officers: list[Citizen] = field(default_factory=list)
    others: list[Citizen] = field(default_factory=list)


@dataclass
class Happening:
    """An event as it was."""

    key: str
    town: Town
    kind: str
    topic: str
    village: str
    hall: str
    day: datetime.date
    days: int
    heads: int
    office: str
    there: list[Citizen]


class _World:
    def __init__(self, happenings: int, seed: int) -> None:
        self.chance = random.Random(f"world {seed}")
        self.count = 0
        self.used: set[str] = set()
        self.towns = [self.town() for _ in range(max(3, happenings // 150))]
        for town in self.towns:
            self.settle(town, happenings // len(self.towns))
        self.namesakes()
        self.happenings: list[Happening] = []
        while len(self.happenings) < happenings:
            self.happen()

    def word(self) -> str:
        """A word nobody knows, made of syllables; each but once."""
        while True:
            pick = self.chance.choice
            made = pick(HEADS) + "".join(
                pick(MIDDLES) for _ in range(self.chance.choice((1, 1, 2, 3)))
            )
            made += pick(TAILS)
            if made not in self.used:
                self.used.add(made)
                return made

    def town(self) -> Town:
        return Town(self.word(), [self.word() for _ in range(self.chance.randrange(6, 14))])

    def named(self) -> list[str]:
        pick = self.chance.choice
        shape = self.chance.random()
        if shape < 0.1:
            return [self.word()]
        if shape < 0.25:  # nothing rare in it
            return [pick(FIRST), pick(LAST)]
        if shape < 0.62:
            return [pick(FIRST), self.word()]
        return [pick(FIRST), pick((*FIRST, self.word())), self.word()]

    def citizen(self, town: Town, post: str, office: str, **when: datetime.date) -> Citizen:
        self.count += 1
        chance = self.chance
        return Citizen(
            f"c{self.count}", self.named(), town, post, office,
            when.get("since", START), when.get("until", START + datetime.timedelta(DAYS + 1)),
            chance.choice(BEFORE) if chance.random() < 0.4 else "",
            chance.choice(BEHIND) if chance.random() < 0.4 else "",
        )  # fmt: skip

    def settle(self, town: Town, happenings: int) -> None:
        for post, office, term in POSTS:
            day = START - datetime.timedelta(self.chance.randrange(term))
            while day < START + datetime.timedelta(DAYS):
                until = day + datetime.timedelta(term + self.chance.randrange(-90, 90))
                town.officers.append(self.citizen(town, post, office, since=day, until=until))
                day = until
        for _ in range(happenings // 2 + 3):
            town.others.append(self.citizen(town, self.chance.choice(TRADES), ""))

    def namesakes(self) -> None:
        """Some bear another's name: mostly in another town, a few in the same one."""
        everyone = [one for town in self.towns for one in (*town.officers, *town.others)]
        for one in everyone:
            if self.chance.random() < 0.03:
                near = self.chance.random() < 0.15
                other = self.chance.choice(
                    [*one.town.officers, *one.town.others] if near else everyone
                )
                if other.post != one.post and len(other.name) > 1:
                    one.name = list(other.name)

    def happen(self) -> None:
        chance = self.chance
        town = chance.choice(self.towns)
        kind, topic = chance.choice(KINDS)
        first = START + datetime.timedelta(chance.randrange(DAYS))
        again = chance.choice((1, 1, 1, 1, 3))  # some come back every year
        villages = chance.sample(town.villages, chance.choice((1, 1, 1, 2, 3)))
        for year in range(again):
            for at, village in enumerate(villages):
                day = first + datetime.timedelta(364 * year + chance.choice((0, 0, 1)) * at)
                self.happenings.append(self.one(town, kind, topic, village, day))

    def one(self, town: Town, kind: str, topic: str, village: str, day: datetime.date) -> Happening:
        chance = self.chance
        serving = [one for one in town.officers if one.since <= day < one.until]
        there = chance.sample(serving, min(len(serving), chance.choice((1, 2, 2, 3))))
        often = town.others[: max(2, len(town.others) // 5)]
        there += chance.sample(
            often if chance.random() < 0.5 else town.others, chance.choice((0, 1, 1, 2))
        )
        unique = {citizen.key: citizen for citizen in there}
        return Happening(
            f"h{len(self.happenings)}", town, kind, topic, village, chance.choice(HALLS), day,
            chance.choice((1, 1, 1, 1, 2, 3)), chance.randrange(20, 800),
            chance.choice([office for _post, office, _term in POSTS]), list(unique.values()),
        )  # fmt: skip


class _Writer:
    """One office writes down one happening, in its own way."""

    def __init__(self, happening: Happening, number: int, site: str, chance: random.Random) -> None:
        self.happening, self.number, self.site, self.chance = happening, number, site, chance
        self.text = ""

    def put(self, words: str) -> dict[str, Any]:
        start = len(self.text)
        self.text += words
        return {
            "text": words, "start": start, "end": len(self.text), "rule": "made.second",
            "confidence": 0.9,
        }  # fmt: skip

    def spelled(self, name: list[str]) -> str:
        """A name as a careless writer sets it down."""
        chance = self.chance
        parts = [
            chance.choice(SPELLINGS[part]) if part in SPELLINGS and chance.random() < 0.3 else part
            for part in name
        ]
        if len(parts) > 2 and chance.random() < 0.25:
            del parts[1]
        elif len(parts) > 2 and chance.random() < 0.15:
            parts[1] = parts[1][0] + "."
        if chance.random() < 0.04:
            parts[-1] = self.slip(parts[-1])
        if chance.random() < 0.03:
            parts[-1] = parts[-1].replace("u", "oe", 1)
        return " ".join(parts)

    def slip(self, word: str) -> str:
        """One letter doubled, dropped, or two of them changed about."""
        at = self.chance.randrange(1, len(word) - 1)
        how = self.chance.random()
        if how < 0.4:
            return word[:at] + word[at] + word[at:]
        if how < 0.7:
            return word[:at] + word[at + 1 :]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def person(self, citizen: Citizen, number: int) -> dict[str, Any]:
        chance, town = self.chance, citizen.town.name
        role = None
        long = citizen.post if citizen.post in TRADES else f"{citizen.post} {town}"
        if chance.random() < 0.85:
            role = self.put(long if chance.random() < 0.7 else citizen.post)
            self.text += " " if chance.random() < 0.5 else ", "
        name = self.spelled(citizen.name)
        if role is not None and citizen.post not in TRADES and chance.random() < 0.06:
            name = name.split()[-1]  # the post and one name
        titles = []
        if citizen.before and chance.random() < 0.6:
            titles.append(citizen.before)
            self.text += citizen.before + " "
        mention = self.put(name)
        if citizen.behind and chance.random() < 0.6:
            titles.append(citizen.behind)
            self.text += ", " + citizen.behind
        self.text += chance.choice(
            (" turut hadir.\n", " membuka acara itu.\n", " memberi sambutan.\n")
        )
        return {
            "id": f"p{number}", "name": name, "titles": titles, "role": role, "aliases": [],
            "organization": f"{citizen.office} {town}" if citizen.office and role else None,
            "mentions": [mention],
        }  # fmt: skip

    def event(self) -> dict[str, Any]:
        one, chance = self.happening, self.chance
        office = f"{one.office} {one.town.name}"
        organizer = self.put(office)
        self.text += " mengadakan "
        words = [one.kind, one.topic]
        if chance.random() < 0.3:
            words.append(
                chance.choice((f"Desa {one.village}", f"Tahun {one.day.year}", one.town.name))
            )
        if chance.random() < 0.15:
            words[1] = " ".join(words[1].split()[:-1]) or words[1]
        if chance.random() < 0.1:
            words[0] = chance.choice(("Kegiatan " + one.kind, "Acara " + one.kind))
        name = self.put(" ".join(words))
        self.text += " di "
        place = [f"{one.hall} {one.village}", f"Kabupaten {one.town.name}"]
        if chance.random() < 0.12:
            place[0] = one.village
        venue = self.put(", ".join(place if chance.random() < 0.6 else place[:1])) | {
            "parts": {"building": place[0]}
        }
        self.text += " pada "
        date = self.date()
        self.text += ".\n"
        return {
            "main": True, "name": name, "type": one.kind.lower(), "class": None, "organizers": [organizer],
            "date": date, "venue": venue,
        }  # fmt: skip

    def date(self) -> dict[str, Any]:
        one = self.happening
        day = one.day
        if self.chance.random() < 0.03:  # a release that has the day wrong
            day += datetime.timedelta(self.chance.choice((-1, 1)))
        last = day + datetime.timedelta(one.days - 1)
        written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        if one.days > 1:
            written += f" sampai {last.day} {MONTHS[last.month - 1]} {last.year}"
        span = self.put(written)
        return {
            "text": written, "start_offset": span["start"], "end_offset": span["end"], "start": day.isoformat(),
            "end": last.isoformat(), "rule": "made.second", "confidence": 0.9,
        }  # fmt: skip

    def written(self) -> tuple[Record, dict[str, str], dict[int, str]]:
        one, chance = self.happening, self.chance
        title = f"{one.kind} {one.topic} di {one.village}"
        self.text = f"{title}\n\n"
        event = self.event()
        told = [citizen for citizen in one.there if chance.random() < 0.85] or one.there[:1]
        people = [self.person(citizen, at) for at, citizen in enumerate(told, 1)]
        self.text += "Pesertanya "
        heads = one.heads if chance.random() < 0.8 else round(one.heads, -1) + 10
        group = self.put(f"{heads} orang")
        self.text += "."
        event["participants"] = [*(person["id"] for person in people), group]
        uri = f"https://{self.site}.example/berita/{self.number}"
        published = one.day + datetime.timedelta(chance.choice((0, 0, 1, 1, 2)))
        record = {
            "schema": "rilis/record/1", "id": hashlib.sha256(uri.encode()).hexdigest()[:16],
            "rules_version": "second0000000001",
            "source": {
                "uri": uri, "site": self.site, "title": title, "published": published.isoformat(),
                "sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            },
            "text": self.text, "offsets": [[0, 0, len(self.text)]], "events": [event],
            "people": people, "dates": [event["date"]],
        }  # fmt: skip
        truth = {person["id"]: citizen.key for person, citizen in zip(people, told, strict=True)}
        return record_from_json(json.dumps(record)), truth, {0: one.key}


def linked(n: int, seed: int = 0) -> Iterator[tuple[Record, dict[str, str], dict[int, str]]]:
    """Some ``n`` releases with the truth: record; person's id to person; event's index to event."""
    world = _World(max(4, n * 2 // 3), seed)
    chance = random.Random(f"writers {seed}")
    number = 0
    for happening in world.happenings:
        town = happening.town.name.lower()
        desks = [f"humas-{town}", f"dinsos-{town}", "kabar-provinsi"]
        for site in chance.sample(desks, chance.choice((1, 1, 2, 3))):
            if number == n:
                return
            number += 1
            yield _Writer(happening, number, site, chance).written()
