"""Records made by chance, alike for a seed, whose every span stands in its text.

``generated(n, seed)`` yields Records, ``generated_lines(n, seed)`` the same as JSON lines (some
thousand a second, so that 100,000 are no matter). The text is laid down piece by piece, and each
piece that means something leaves its span, so nothing is searched for afterwards.
"""

import datetime
import hashlib
import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

from extractor.record import Record, record_from_json

GIVEN = [
    "Sri", "Budi", "Rini", "Joko", "Wati", "Agus", "Dewi", "Slamet", "Ningsih", "Hadi", "Endang",
    "Bagas", "Laras", "Tono", "Yuli", "Rahmat", "Indah", "Surya", "Made", "Putu", "Nyoman",
    "Ratna", "Fajar", "Galih",
]  # fmt: skip
FAMILY = [
    "Santosa", "Wibowo", "Lestari", "Kusuma", "Pratama", "Hidayat", "Nugroho", "Saputra",
    "Maharani", "Wijaya", "Utami", "Prasetyo", "Anggraini", "Setiawan", "Handayani", "Siregar",
]  # fmt: skip
TITLES = ["Drs.", "Ir.", "dr.", "Hj.", "H.", "Prof."]
ROLES = [
    "Bupati", "Wali Kota", "Kepala Dinas Pertanian", "Kepala Dinas Kesehatan", "Camat",
    "Sekretaris Daerah", "Lurah", "Ketua TP PKK",
]  # fmt: skip
PLACES = [
    "Sukamaju", "Tirtasari", "Karangjati", "Wanareja", "Mekarsari", "Banjarwangi", "Lembahsari",
    "Gunungputri", "Rawabening", "Sidomulyo", "Purwasari", "Tanjungharapan",
]  # fmt: skip
TYPES = [
    ("rapat koordinasi", "rapat"),
    ("pelatihan", "pelatihan"),
    ("lokakarya", "pelatihan"),
    ("upacara", "upacara"),
    ("bakti sosial", "sosial"),
    ("seminar", "seminar"),
    ("peresmian", "peresmian"),
    ("panen raya", "kunjungan"),
]
THEMES = [
    "petani muda", "ibu hamil", "kader posyandu", "pelaku usaha kecil", "guru honorer", "nelayan",
    "kelompok tani", "penyandang disabilitas", "perajin batik", "relawan bencana",
]  # fmt: skip
ROOMS = ["Aula", "Pendopo", "Balai", "Gedung Serbaguna", "Ruang Rapat"]
FLOWERS = ["Melati", "Kenanga", "Anggrek", "Cempaka", "Teratai", "Mawar", "Flamboyan", "Kamboja"]
SAYINGS = [
    "pemberdayaan warga harus dimulai dari dusun",
    "bantuan bibit akan dibagikan sebelum musim tanam",
    "pelatihan semacam ini akan digelar setiap tahun", "anak-anak perlu ruang bermain yang aman",
    "jalan menuju sentra produksi segera diperbaiki", "kami mendampingi kelompok sampai mandiri",
    "harga di pasar kini lebih baik 🌾", "pendataan selesai bulan depan",
]  # fmt: skip
CUES = ["menyampaikan bahwa", "menjelaskan bahwa", "menegaskan bahwa", "berharap"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
]  # fmt: skip
SITES = ["dinas-tani", "humas-kota", "dinkes", "kecamatan", None]
ROOTS = [
    "ajar", "bangun", "bantu", "beri", "bina", "bagi", "daya", "dukung", "gerak", "guna", "hasil",
    "jalan", "jaga", "kembang", "kerja", "kuat", "laksana", "lapor", "latih", "lestari", "layan",
    "mandiri", "maju", "muda", "nilai", "olah", "panen", "pantau", "rawat", "sedia", "sehat",
    "sejahtera", "siap", "sosial", "tanam", "tani", "tata", "terap", "tingkat", "tumbuh", "ubah",
    "usaha", "wujud",
]  # fmt: skip
AFFIXES = [
    "{}", "di{}", "{}kan", "ber{}", "ter{}", "pe{}", "ke{}an", "{}an", "me{}", "pe{}an", "{}nya",
]  # fmt: skip
WORDS = [affix.format(root) for affix in AFFIXES for root in ROOTS]
WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
RULES_VERSION = "generated00000001"


class _Draft:
    """A text that grows; each piece can leave its span."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> int:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start

    def span(self, text: str, rule: str, confidence: float) -> dict[str, Any]:
        start = self.add(text)
        return {
            "text": text,
            "start": start,
            "end": self.length,
            "rule": rule,
            "confidence": confidence,
        }


class _Release:
    def __init__(self, chance: random.Random, number: int, rules_version: str) -> None:
        self.chance = chance
        self.number = number
        self.rules_version = rules_version
        self.draft = _Draft()
        self.people: list[dict[str, Any]] = []
        self.quotes: list[dict[str, Any]] = []
        self.dates: list[dict[str, Any]] = []
        self.day = datetime.date(2015, 1, 1) + datetime.timedelta(days=chance.randrange(4000))
        self.place = chance.choice(PLACES)

    def sure(self) -> float:
        return round(self.chance.uniform(0.55, 0.99), 2)

    def record(self) -> dict[str, Any]:
        draft, chance = self.draft, self.chance
        kind, group = chance.choice(TYPES)
        theme = chance.choice(THEMES)
        name = f"{kind.title()} bagi {theme.title()} Se-Kabupaten {self.place}"
        title = f"Pemkab {self.place} Gelar {name}"
        draft.add(title + "\n\n")
        dateline = None
        if chance.random() < 0.4:
            dateline = draft.span(self.place, "venues.dateline", self.sure())
            draft.add(" - ")
        event = self.event(kind, group, name)
        draft.add(".\n")
        for _ in range(chance.choice([1, 2, 2, 3, 4])):
            self.person()
        for _ in range(chance.choice([1, 2, 3, 4, 5])):
            self.quote()
        event["participants"] = [p["id"] for p in self.people if chance.random() < 0.5]
        for _ in range(chance.choice([2, 3, 4, 6])):
            words = chance.choices(WORDS, cum_weights=WEIGHTS, k=chance.randrange(15, 45))
            draft.add(" ".join(words).capitalize() + ".\n")
        draft.add("Kegiatan diikuti oleh ")
        event["participants"].append(
            draft.span(f"{chance.randrange(20, 900)} {theme}", "events.group", self.sure())
        )
        draft.add(".")
        credit = None
        if chance.random() < 0.3:
            draft.add("\n")
            credit = draft.span(f"(Humas/{chance.choice(GIVEN).lower()})", "furniture.credit", 0.9)
        return self.whole(title, event, dateline, credit)

    def event(self, kind: str, group: str, name: str) -> dict[str, Any]:
        draft, chance = self.draft, self.chance
        organizer = draft.span(
            f"Dinas {chance.choice(('Pertanian', 'Kesehatan', 'Sosial'))} {self.place}",
            "events.organizer-subject",
            self.sure(),
        )
        draft.add(" menggelar ")
        words = draft.span(name, "events.verb-object", self.sure())
        draft.add(" di ")
        room = f"{chance.choice(ROOMS)} {chance.choice(FLOWERS)}"
        venue = draft.span(f"{room} Kota {self.place}", "venues.place", self.sure())
        venue |= {
            "mode": chance.choice(["onsite", "onsite", "onsite", "hybrid"]),
            "parts": {"room": room, "city": f"Kota {self.place}"},
        }
        draft.add(", ")
        date = self.date()
        return {
            "main": True, "name": words, "type": kind, "class": group, "phase": chance.choice([None, None, "pembukaan", "penutupan"]),
            "status": chance.choice(["held", "held", "held", "planned"]), "organizers": [organizer], "date": date, "venue": venue,
        }  # fmt: skip

    def date(self) -> dict[str, Any]:
        day = self.day
        span = self.draft.span(
            f"{day.day} {MONTHS[day.month - 1]} {day.year}", "dates.spelled", self.sure()
        )
        date = {
            "text": span["text"], "start_offset": span["start"], "end_offset": span["end"], "start": day.isoformat(), "end": day.isoformat(),
            "time_start": self.chance.choice([None, "09:00"]), "timezone": None, "rule": span["rule"], "confidence": span["confidence"],
        }  # fmt: skip
        self.dates.append(date)
        return date

    def person(self) -> None:
        draft, chance = self.draft, self.chance
        titled = chance.random() < 0.4
        title = chance.choice(TITLES)
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        role = draft.span(f"{chance.choice(ROLES)} {self.place}", "people.role", self.sure())
        draft.add(", ")
        if titled:
            draft.add(title + " ")
        mention = draft.span(name, "people.speech", self.sure())
        draft.add(", hadir dalam kegiatan itu.\n")
        self.people.append(
            {
                "id": f"p{len(self.people) + 1}", "name": name, "titles": [title] if titled else [], "role": role,
                "organization": f"Dinas Pertanian {self.place}" if chance.random() < 0.2 else None,
                "aliases": [name.split()[0]], "pseudonym": chance.random() < 0.01, "mentions": [mention],
            }
        )  # fmt: skip

    def quote(self) -> None:
        draft, chance = self.draft, self.chance
        person = chance.choice(self.people)
        said = chance.choice(SAYINGS)
        short = person["name"].split()[0]
        rule, sure = "quotes.that", self.sure()
        if chance.random() < 0.5:
            speaker = draft.span(short, rule, sure)
            draft.add(" ")
            cue = draft.span(chance.choice(CUES), rule, sure)
            draft.add(" ")
            quote = draft.span(said, rule, sure) | {"kind": "reported"}
            draft.add(".\n")
        else:
            rule = "quotes.tag"
            draft.add("“")
            quote = draft.span(said[0].upper() + said[1:], rule, sure) | {"kind": "direct"}
            draft.add(",” ")
            cue = draft.span("ujar", rule, sure)
            draft.add(" ")
            speaker = draft.span(short, rule, sure)
            draft.add(".\n")
        known = chance.random() < 0.95
        if known:
            person["mentions"].append(speaker | {"rule": "people.speech"})
        self.quotes.append(
            quote
            | {"speaker": person["id"] if known else None, "speaker_text": speaker, "cue": cue}
        )

    def whole(
        self, title: str, event: dict[str, Any], dateline: Any, credit: Any
    ) -> dict[str, Any]:
        text = "".join(self.draft.pieces)
        key = hashlib.sha256(f"release {self.number}".encode()).hexdigest()[:16]
        removed = []
        if self.chance.random() < 0.3:
            copy = text.split("\n")[2]
            removed = [
                {
                    "paragraph": 5,
                    "duplicate_of": 1,
                    "also": [],
                    "similarity": 1.0,
                    "rule": "repeats.exact",
                    "reason": "the same as paragraph 1",
                    "text": copy,
                }
            ]
        warnings = []
        if self.chance.random() < 0.05:
            date = event["date"]
            warnings = [
                {
                    "code": "weekday-conflict",
                    "message": "the weekday is another",
                    "start": date["start_offset"],
                    "end": date["end_offset"],
                }
            ]
        site = self.chance.choice(SITES)
        return {
            "schema": "rilis/record/1", "id": key, "rules_version": self.rules_version,
            "source": {
                "path": None if site else f"{key}.txt", "uri": f"https://{site}.example/rilis/{self.number}" if site else None, "site": site,
                "title": title, "published": (self.day + datetime.timedelta(days=1)).isoformat(), "retrieved": None,
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
            },
            "text": text, "offsets": [[0, 0, len(text)]], "events": [event], "people": self.people, "quotes": self.quotes, "dates": self.dates,
            "removed": removed, "credit": credit, "dateline": dateline, "warnings": warnings,
        }  # fmt: skip


def generated_lines(
    n: int, seed: int = 0, first: int = 0, rules_version: str = RULES_VERSION
) -> Iterator[bytes]:
    """JSON lines of releases ``first`` to ``first + n - 1`` of a seed; each its own chance."""
    for number in range(first, first + n):
        chance = random.Random(seed * 1_000_003 + number)
        record = _Release(chance, number, rules_version).record()
        yield json.dumps(record, ensure_ascii=False).encode()


def generated(
    n: int, seed: int = 0, first: int = 0, rules_version: str = RULES_VERSION
) -> Iterator[Record]:
    """The same as Records."""
    yield from map(record_from_json, generated_lines(n, seed, first, rules_version))
