"""Invented press releases: the same seed gives the same ones, each can be made alone."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

KINDS = (
    "Rapat Koordinasi",
    "Sosialisasi",
    "Pelatihan",
    "Bimbingan Teknis",
    "Lokakarya",
    "Penyuluhan",
    "Gelar Karya",
    "Forum Warga",
    "Jambore",
    "Evaluasi",
)
SUBJECTS = (
    "Pengelolaan Bank Sampah",
    "Kader Posyandu",
    "Budidaya Ikan Nila",
    "Usaha Batik Rumahan",
    "Administrasi RT",
    "Sekolah Ramah Anak",
    "Pencegahan Rob",
    "Literasi Digital",
    "Pos Kesehatan Warga",
    "Perlindungan Perempuan",
    "Pangan Lokal",
    "Taman Baca",
    "Lumbung Kelurahan",
    "Koperasi Nelayan",
    "Arsip Desa",
    "Kebersihan Sungai",
    "Kampung Wisata",
    "Data Kemiskinan",
)
PLACES = (
    "Aula Kecamatan Randusari",
    "Gedung Serbaguna Melati",
    "Balai Kelurahan Tegalwaru",
    "Pendopo Sekar Jati",
    "Ruang Rapat Lantai II",
    "Lapangan Karangmulya",
    "Hotel Cendana",
    "Rumah Pintar Kaliasri",
)
WARDS = (
    "Tegalwaru",
    "Karangmulya",
    "Kaliasri",
    "Randusari",
    "Sidomakmur",
    "Wonoasih",
    "Bumirejo",
    "Panjangsari",
    "Kedungturi",
    "Pasirayu",
    "Mlatisari",
    "Kradenan Lor",
)
OFFICES = (
    "Dinas Sosial",
    "Dinas Pemberdayaan Masyarakat",
    "Dinas Kelautan",
    "Dinas Kesehatan",
    "Dinas Lingkungan Hidup",
    "Dinas Pendidikan",
    "Bagian Protokol",
    "Dinas Pertanian",
)
PEOPLE = (
    "Wirya Santosa",
    "Laksmi Handayani",
    "Bagus Prakosa",
    "Ratna Puspita",
    "Darmadi",
    "Nuning Kusumawati",
    "Hartono Wibisono",
    "Sri Rahayuningsih",
    "Yoga Pamungkas",
    "Endang Wulandari",
)
LEADS = (
    "{place} menjadi tempat {kind} {subject} yang digelar {office}, {day}.",
    "{office} menggelar {kind} {subject} di {place}, {day}.",
    "Sebanyak {count} warga mengikuti {kind} {subject} di {place}, {day}.",
)
BODY = (
    "Kegiatan itu diikuti {count} peserta dari Kelurahan {ward} dan Kelurahan {ward2} yang dibagi dalam {groups} kelompok kecil.",
    "“Kami ingin warga Kelurahan {ward} tidak hanya hadir, tetapi juga berani mencoba di rumah masing-masing,” kata {person}.",
    "{person} menambahkan, tahun ini tersedia dana Rp {money},5 juta untuk {count} penerima di wilayah {ward}.",
    "Menurut {person}, hasil kegiatan akan dilaporkan kepada {office} paling lambat dua pekan sesudah acara ditutup.",
    "“Kalau ada kesulitan, sampaikan kepada kader di {ward} atau langsung ke kantor kami,” ujar {person}.",
    "Dalam sesi tanya jawab, peserta dari {ward2} menanyakan jadwal pendampingan yang sempat tertunda karena hujan.",
    "Panitia menyiapkan {groups} meja peragaan, satu buku panduan, dan contoh formulir yang dapat dibawa pulang.",
    "Pendampingan berikutnya direncanakan di Kelurahan {ward2} dengan {count} peserta dan narasumber yang sama.",
    "{person} berharap kegiatan serupa menjangkau semua kelurahan sebelum akhir tahun anggaran.",
    "Selain {ward}, panitia mencatat {groups} kelurahan lain yang mengajukan permohonan tertulis.",
)
CAPTIONS = (
    "Peserta menyimak paparan di {place}.",
    "Suasana {kind} {subject}.",
    "{person} membuka kegiatan.",
)
ITEMS = (
    "memilah sampah dari dapur",
    "mencatat kehadiran kader",
    "menyusun rencana kerja",
    "memeriksa alat peraga",
    "mengirim laporan bulanan",
    "menata ulang ruang baca",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
FIRST_DAY = datetime(2019, 1, 7, 8, 0)


@dataclass(frozen=True)
class Block:
    """A part of a body: ``kind`` is p, list, table or figure; ``parts`` its paragraphs, items,
    cells of rows, or image address and caption."""

    kind: str
    parts: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Release:
    """One invented release; ``number`` counts from 1, the newest is the last."""

    number: int
    title: str
    slug: str
    blocks: tuple[Block, ...]
    published: datetime
    author: str
    image: str
    caption: str
    credit: str
    version: int = 1

    @property
    def teaser(self) -> str:
        """The first paragraph, cut as listings cut it."""
        return self.blocks[0].parts[0][:100] + "..."


class Releases:
    """``count`` releases of a seed, each made when it is asked for; titles differ."""

    def __init__(self, count: int, seed: int = 1, rich: bool = False) -> None:
        self.count = count
        self.seed = seed
        self.rich = rich  # lists, tables and captions inside the bodies
        self._edits: dict[int, int] = {}
        self.titles: list[str] = []
        taken: set[str] = set()
        draw = random.Random(f"titles {seed}")
        while len(self.titles) < count:
            title = f"{draw.choice(KINDS)} {draw.choice(SUBJECTS)} di {draw.choice(WARDS)}, {draw.randint(11, 499)} Peserta Hadir"
            if title not in taken:
                taken.add(title)
                self.titles.append(title)
        self.slugs = [slug_of(title) for title in self.titles]
        self.number_of = {slug: number for number, slug in enumerate(self.slugs, 1)}

    def edit(self, number: int) -> None:
        """From now on the release says something else under the same address."""
        self._edits[number] = self._edits.get(number, 1) + 1

    def version(self, number: int) -> int:
        """How often a release was written, from 1."""
        return self._edits.get(number, 1)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, number: int) -> Release:
        if not 1 <= number <= self.count:
            raise IndexError(number)
        release = _made(self, number)
        version = self.version(number)
        if version == 1:
            return release
        change = Block(
            "p", (f"Berita ini diperbarui: jumlah peserta menjadi {100 + version} orang.",)
        )
        return replace(release, blocks=(*release.blocks, change), version=version)


def slug_of(title: str) -> str:
    """A title as content systems write it into an address."""
    small = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    return "-".join(small.split())


def written(day: datetime, weekday: bool = False) -> str:
    """A day in Indonesian words."""
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]}, {words}" if weekday else words


def _made(releases: Releases, number: int) -> Release:
    draw = random.Random(f"{releases.seed} {number}")
    title = releases.titles[number - 1]
    # Dates rise with the number: the newest release heads the listing.
    published = FIRST_DAY + timedelta(
        days=(number - 1) * 2300 // releases.count, minutes=draw.randint(0, 700)
    )
    event = published - timedelta(days=draw.randint(0, 2))

    def fill(pattern: str) -> str:
        return pattern.format(
            place=draw.choice(PLACES), kind=draw.choice(KINDS), subject=draw.choice(SUBJECTS), office=draw.choice(OFFICES),
            day=f"{DAYS[event.weekday()]} ({event.day}/{event.month}/{event.year})",
            count=draw.randint(11, 499), ward=draw.choice(WARDS), ward2=draw.choice(WARDS), groups=draw.randint(2, 9),
            person=draw.choice(PEOPLE), money=draw.randint(2, 90),
        )  # fmt: skip

    lead = draw.choice(("PEKALONGAN – ", "Kota Pekalongan - ", "")) + fill(draw.choice(LEADS))
    paragraphs = [lead, *(fill(pattern) for pattern in draw.sample(BODY, draw.randint(4, 8)))]
    blocks = [Block("p", (text,)) for text in paragraphs]
    if releases.rich:
        blocks[3:3] = [
            Block("list", tuple(draw.sample(ITEMS, 3))),
            Block("figure", (f"/upload/berita/dalam_{number}.jpeg", fill(CAPTIONS[0]))),
            Block(
                "table",
                (),
                tuple((ward, str(draw.randint(5, 90))) for ward in draw.sample(WARDS, 3)),
            ),
        ]
    stamp = published.strftime("%Y%m%d%H%M%S")
    first, second = draw.sample([name.split()[0] for name in PEOPLE], 2)
    return Release(
        number, title, releases.slugs[number - 1], tuple(blocks), published, draw.choice(PEOPLE),
        f"/upload/berita/berita_{stamp}.jpeg", fill(draw.choice(CAPTIONS)), f"({first} – {second})",
    )  # fmt: skip
