"""The persons and events of the made world of ``linked_generator``, before anybody tells of them."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

GIVEN = [
    "Sri", "Budi", "Rini", "Joko", "Agus", "Dewi", "Slamet", "Endang", "Bagas", "Laras", "Yuli",
    "Rahmat", "Indah", "Made", "Putu", "Ratna", "Fajar", "Galih", "Ahmad", "Muhammad", "Abdul",
    "Siti", "Nur", "Yusuf", "Hendra", "Bambang", "Susilo", "Tri", "Dwi", "Eko", "Wahyu", "Arif",
    "Rizki", "Fitri", "Lina", "Maya", "Andi", "Daeng", "Petrus", "Yohanes", "Maria", "Lukas",
    "Ketut", "Wayan", "Kadek", "Iwan", "Asep", "Dedi", "Cecep", "Ujang", "Teguh", "Wawan",
    "Taufik", "Hasan", "Husein", "Zainal", "Syamsul", "Khairul", "Ridwan", "Fauzi", "Anwar",
    "Novita", "Sulastri", "Supriyadi", "Sugiarto",
]  # fmt: skip
FAMILY = [
    "Santosa", "Wibowo", "Lestari", "Kusuma", "Pratama", "Hidayat", "Nugroho", "Saputra",
    "Maharani", "Wijaya", "Utami", "Prasetyo", "Anggraini", "Setiawan", "Handayani", "Siregar",
    "Nasution", "Harahap", "Simanjuntak", "Situmorang", "Hutagalung", "Tanjung", "Lubis", "Pohan",
    "Rumambi", "Mandagi", "Wattimena", "Latuheru", "Pattinasarany", "Tuasikal", "Mangkunegara",
    "Suryadi", "Sukarno", "Cahyono", "Darmawan", "Firmansyah", "Gunawan", "Hakim", "Iskandar",
    "Jamaludin", "Kartika", "Laksono", "Mulyono", "Nurhaliza", "Oktaviani", "Permadi", "Qomariah",
    "Rachman", "Susanto", "Trisnawati", "Umar", "Viana", "Wulandari", "Yuliana", "Zulkarnain",
    "Abdullah", "Basri", "Chaniago", "Djamil", "Effendi", "Fikri", "Ginting", "Halim", "Irawan",
    "Junaidi", "Kurniawan", "Lukito", "Marpaung", "Napitupulu",
]  # fmt: skip
TOWNS = [
    "Sukamaju", "Tirtasari", "Karangjati", "Wanareja", "Mekarsari", "Banjarwangi", "Lembahsari",
    "Gunungputri", "Rawabening", "Sidomulyo", "Purwasari", "Tanjungharapan", "Cempakawangi",
    "Batulicin", "Sungailimau", "Margahayu", "Pasirmukti", "Kedungwuni", "Lohbener", "Ranupani",
]  # fmt: skip
TOWNS += [f"{head}{tail}" for tail in ("negara", "kencana", "raharja", "wetan", "kulon", "luhur") for head in
    ["Suka", "Tirta", "Karang", "Wana", "Mekar", "Banjar", "Lembah", "Gunung", "Rawa", "Sido", "Purwa", "Tanjung", "Cempaka", "Batu", "Marga", "Pasir", "Kedung", "Loh"]]  # fmt: skip
VILLAGES = [
    "Cisarua", "Ngadirejo", "Pandansari", "Waringin", "Kalibening", "Sumberagung", "Talun",
    "Jatimulya", "Bojong", "Wringin", "Kemuning", "Parigi", "Candi", "Tegalsari", "Plosorejo",
    "Gadingan", "Lemahabang", "Cikole", "Randusari", "Wonokerto",
]  # fmt: skip
OFFICES = (
    "Kepala Dinas Pertanian", "Kepala Dinas Kesehatan", "Kepala Dinas Sosial", "Kepala Dinas Pendidikan",
    "Sekretaris Daerah", "Bupati", "Ketua TP PKK", "Kepala Bappeda", "Kepala Dinas Koperasi",
)  # fmt: skip
SHORT = {
    "Kepala Dinas": "Kadis", "Sekretaris Daerah": "Sekda", "Ketua TP PKK": "Ketua Tim Penggerak PKK",
    "Kepala Dinas Kesehatan": "Kadinkes", "Kepala Desa": "Kades",
}  # fmt: skip
SPELT = (
    ("Muhammad", ("Muh.", "Moh.", "Mochamad", "M.", "Mohammad")), ("Ahmad", ("Achmad", "Akhmad", "A.")),
    ("Abdul", ("Abd.",)), ("Siti", ("St.",)), ("Yusuf", ("Jusuf", "Yusup")), ("Taufik", ("Taufiq", "Topik")),
    ("su", ("soe",)), ("Su", ("Soe",)), ("Jo", ("Djo",)), ("dd", ("d",)), ("ya", ("ia",)), ("Syam", ("Sam",)),
    ("Khai", ("Hai",)), ("Cah", ("Tjah",)), ("f", ("v",)), ("aya", ("aja",)), ("Rachman", ("Rahman",)),
    ("sa", ("so",)), ("i", ("ie",)), ("t", ("th",)), ("Nur", ("Noor",)), ("Wi", ("Wie",)),
)  # fmt: skip
MALE, FEMALE = ("H.", "Drs.", "Ir.", "Bapak", "Dr."), ("Hj.", "Dra.", "Ibu", "Ir.", "Dr.")
KINDS = (
    ("rapat koordinasi", "rapat"), ("pelatihan", "pelatihan"), ("lokakarya", "pelatihan"), ("upacara", "upacara"),
    ("bakti sosial", "sosial"), ("seminar", "seminar"), ("peresmian", "peresmian"), ("panen raya", "kunjungan"),
    ("sosialisasi", "pelatihan"), ("posyandu", "sosial"), ("festival", "festival"),
)  # fmt: skip
THEMES = (
    "petani muda", "ibu hamil", "kader posyandu", "pelaku usaha kecil", "guru honorer", "nelayan", "kelompok tani",
    "penyandang disabilitas", "perajin batik", "relawan bencana", "bank sampah", "literasi digital", "kampung iklim",
    "desa wisata", "pupuk organik", "air bersih", "stunting", "UMKM naik kelas", "pasar murah", "jalan desa",
    "irigasi", "perpustakaan keliling", "karang taruna", "tata kelola keuangan desa", "pemilih pemula",
    "pencegahan narkoba", "gotong royong", "kopi robusta", "budidaya lele", "tenun ikat",
)  # fmt: skip
ROOMS = ("Aula", "Pendopo", "Balai", "Gedung Serbaguna", "Ruang Rapat", "Lapangan", "Hotel")
NICKNAMES = [f"{call}{short}" for call in ("", "Cak ", "Teh ", "Wak ", "Gus ") for short in
    ["Aaf", "Ipung", "Oki", "Yoyok", "Uun", "Nia", "Dul", "Bejo", "Tono", "Encep", "Ucok", "Butet", "Opik", "Ade", "Momon", "Kinoy", "Tatang", "Lulu"]]  # fmt: skip
FLOWERS = [
    "Melati", "Kenanga", "Anggrek", "Cempaka", "Teratai", "Mawar", "Flamboyan", "Kamboja",
    "Dahlia", "Seruni", "Wijayakusuma",
]  # fmt: skip


@dataclass
class _Person:
    entity: str
    name: str
    female: bool
    titles: tuple[str, ...]
    posts: list[tuple[int, int, str, str]] = field(
        default_factory=list
    )  # from, until, office, town
    nickname: str | None = None

    def post(self, day: int) -> tuple[str, str] | None:
        return next(((o, t) for a, b, o, t in self.posts if a <= day < b), None)


@dataclass
class _Event:
    entity: str
    kind: str
    group: str
    name: str
    day: int
    town: str
    village: str | None
    room: str
    organizer: str
    people: list[_Person]
    count: int


class _World:
    def __init__(self, chance: random.Random, releases: int) -> None:
        self.chance = chance
        self.first = datetime.date(2018, 1, 1).toordinal()
        self.days = 6 * 365
        self.number = 0
        self.places = [(t, None) for t in TOWNS[: max(4, min(len(TOWNS), releases // 100))]]
        self.people: list[_Person] = []
        self.by_town: dict[str, list[_Person]] = {t: [] for t, _v in self.places}
        self._fill()
        self._namesakes()

    def _fill(self) -> None:
        for town, _none in self.places:
            for office in OFFICES:
                self._terms(office, town, town)
            for village in self.chance.sample(VILLAGES, 4):
                self._terms("Kepala Desa", village, town)
        for person in list(self.people):  # careers: the end of one post is the beginning of another
            if self.chance.random() < 0.25:
                _a, until, _office, _town = person.posts[-1]
                person.posts.append(
                    (
                        until + 40,
                        until + 900,
                        f"Asisten {self.chance.choice(('I', 'II', 'III'))}",
                        self._town_of(person),
                    )
                )

    def _town_of(self, person: _Person) -> str:
        return next(t for t, some in self.by_town.items() if person in some)

    def _terms(self, office: str, place: str, town: str) -> None:
        at = self.first - self.chance.randrange(600)
        while at < self.first + self.days:
            until = at + self.chance.randrange(500, 1900)
            person = self._person()
            person.posts.append((at, until, office, place))
            self.by_town[town].append(person)
            at = until

    def _person(self, name: str | None = None) -> _Person:
        chance = self.chance
        female = chance.random() < 0.4
        if name is None:
            parts = [chance.choice(GIVEN), chance.choice(FAMILY)]
            if chance.random() < 0.3:
                parts.insert(1, chance.choice(GIVEN))
            name = " ".join(dict.fromkeys(parts))
        titles = tuple(chance.sample(FEMALE if female else MALE, chance.choice((0, 0, 1, 2))))
        person = _Person(f"person {len(self.people)}", name, female, titles)
        if chance.random() < 0.1:
            person.nickname = chance.choice(NICKNAMES)
        self.people.append(person)
        return person

    def _namesakes(self) -> None:
        """The same name, another town: one person in twenty."""
        for one in list(self.people):
            if self.chance.random() < 0.05:
                town = self.chance.choice(
                    [t for t, some in self.by_town.items() if one not in some]
                )
                other = self._person(one.name)
                other.female, at = one.female, self.first + self.chance.randrange(self.days // 2)
                office = self.chance.choice(("Camat", "Kepala Puskesmas"))
                other.posts.append((at, at + 1200, office, town))
                self.by_town[town].append(other)

    def events(self) -> Iterator[_Event]:
        """One event after the other; some are the next of a row."""
        chance = self.chance
        while True:
            kind, group = chance.choice(KINDS)
            theme, town = chance.choice(THEMES), chance.choice(self.places)[0]
            name = f"{kind} {theme}".title()
            day = self.first + chance.randrange(self.days)
            people = [p for p in self.by_town[town] if p.post(day)]
            hosts = [p for p in people if (p.post(day) or ("",))[0].startswith("Kepala Dinas")]
            office = (
                hosts and (chance.choice(hosts).post(day) or ("",))[0]
            ) or "Kepala Dinas Sosial"
            base = {"kind": kind, "group": group, "day": day, "town": town, "village": None, "organizer": f"{office.removeprefix('Kepala ')} {town}",
                        "room": f"{chance.choice(ROOMS)} {chance.choice(FLOWERS)}"}  # fmt: skip
            row = chance.random()
            if row < 0.12:
                rows = [
                    {
                        **base,
                        "name": f"{name} Angkatan {n}",
                        "day": day + k * chance.choice((0, 1, 7)),
                    }
                    for k, n in enumerate(("I", "II"))
                ]
            elif row < 0.24:
                rows = [
                    {**base, "name": name, "village": v, "room": f"Balai Desa {v}"}
                    for v in chance.sample(VILLAGES, 3)
                ]
            elif row < 0.34:
                rows = [
                    {
                        **base,
                        "name": f"{name} Tahun {datetime.date.fromordinal(day + k * 365).year}",
                        "day": day + k * 365,
                    }
                    for k in (0, 1)
                ]
            elif row < 0.42:  # every week, or on three days, a part of a programme each
                step = chance.choice((7, 7, 1))
                rooms = [f"{chance.choice(ROOMS)} {flower}" for flower in chance.sample(FLOWERS, 3)]
                rows = [
                    {**base, "name": name, "day": day + k * step, "room": rooms[k * (step == 1)]}
                    for k in range(3)
                ]
            elif row < 0.52:  # something else by the same office in the same hall on the same day
                other, sort = chance.choice(KINDS)
                else_ = f"{other} {chance.choice([t for t in THEMES if t != theme])}".title()
                rows = [
                    {**base, "name": name},
                    {**base, "name": else_, "kind": other, "group": sort},
                ]
            else:
                rows = [{**base, "name": name}]
            for one in rows:
                self.number += 1
                there = [p for p in people if p.post(one["day"])]
                guests = chance.sample(there, min(len(there), chance.choice((1, 2, 3))))
                yield _Event(
                    f"event {self.number}", people=guests, count=chance.randrange(20, 900), **one
                )
