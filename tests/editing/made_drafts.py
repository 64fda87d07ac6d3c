"""Drafts made by chance (seeded) in which it is known what repeats what, and what only looks so."""

import random
from dataclasses import dataclass, field

PLACES = (
    "Karangsari", "Telagasari", "Sukamaju", "Wanasari", "Mekarjaya", "Tirtawangi", "Girimulyo",
)  # fmt: skip
NAMES = (
    "Gunarti", "Hasanudin", "Wiryawan", "Lestariningsih", "Mulyadi", "Prihatini", "Suharjo", "Kartika",
    "Baharudin", "Damayanti", "Nugroho", "Rahmawati", "Sitompul", "Wijayanti", "Zulkarnain", "Fitriani",
)  # fmt: skip
OFFICES = (
    "Dinas Pangan", "Dinas Kesehatan", "Dinas Perhubungan", "Badan Kepegawaian", "Dinas Pariwisata",
    "Dinas Lingkungan Hidup", "Satuan Polisi Pamong Praja", "Dinas Perpustakaan", "Dinas Sosial",
)  # fmt: skip
DEEDS = (
    "menata ulang lapak pedagang di sisi timur alun-alun supaya pejalan kaki kembali leluasa",
    "membagikan bibit cabai dan terung kepada kelompok wanita tani agar pekarangan kosong terpakai",
    "memeriksa gula darah dan tekanan darah para lansia sambil mengajari mereka senam ringan",
    "mengajak pelajar memilah plastik, kertas, dan sisa makanan sejak dari kantin sekolah",
    "menguji kelayakan angkutan sungai menjelang musim wisata yang biasanya ramai pengunjung",
    "membuka pojok baca di terminal lama, lengkap dengan rak buku cerita rakyat setempat",
    "melatih pengurus koperasi menyusun laporan keuangan dengan lembar kerja sederhana",
    "memperbaiki talang air serta atap posyandu yang bocor sejak awal musim penghujan",
    "mendata ulang penerima bantuan supaya keluarga yang pindah alamat tidak terlewat",
    "memasang rambu evakuasi di gang sempit yang kerap tergenang ketika hujan turun deras",
    "merawat naskah lontar milik warga melalui pemindaian dan pembersihan jamur secara berkala",
    "menyiapkan dapur umum bagi pengungsi beserta ruang bermain untuk anak-anak mereka",
    "menggelar pentas musik bambu yang memadukan seniman senior dengan kelompok muda",
    "menguras embung desa kemudian menanami tepinya dengan bambu dan pohon aren",
    "mencetak kartu anggota perpustakaan keliling langsung di halaman sekolah terpencil",
    "meninjau jembatan gantung yang papannya lapuk dan membahayakan anak sekolah",
    "menyambungkan pipa air bersih ke dusun atas yang selama ini mengandalkan tadah hujan",
    "mengukur kadar garam tambak rakyat guna menentukan jadwal tebar benih bandeng",
    "menerbitkan izin usaha bagi perajin anyaman pandan lewat layanan jemput bola",
    "menyusun kamus kecil bahasa daerah bersama para guru dan tetua kampung",
)
ADDS = (
    "Kegiatan semacam ini, tuturnya, lahir dari usul warga dalam musyawarah kampung.",
    "Ia berharap hasilnya terasa sampai ke rumah tangga yang paling jauh dari pusat kota.",
    "Pihaknya juga menggandeng karang taruna serta pengurus masjid dan gereja setempat.",
    "Warga menyambut gembira karena selama ini harus menempuh jalan berlumpur.",
    "Seluruh biaya ditanggung pemerintah daerah tanpa pungutan dalam bentuk apa pun.",
    "Evaluasi akan dilakukan secara terbuka dan hasilnya ditempel di balai desa.",
    "Beberapa mahasiswa ikut membantu mencatat keluhan yang muncul di lapangan.",
)
TITLES = ("Warga {p} Sambut Layanan Baru", "{o} Turun ke {p}", "Dari {p}, Gagasan Kecil Berbuah")
SPEECH = (
    "“Kami ingin {deed},” kata {n}, warga {p}, seusai acara.",
    "“Yang penting bukan upacaranya, melainkan bagaimana kita {deed},” ujar {n}.",
)
FORMS = (
    "Kepala {o} {p}, {n}, menyebut {x} petugas diterjunkan untuk {deed}. {add}",
    "{o} {p} bersama {x} relawan {deed}, {d}. {add}",
    "Menurut {n}, sebanyak {x} keluarga di {p} sudah merasakan manfaatnya. {add}",
    "Camat {p}, {n}, menargetkan {x} dusun {deed} sebelum akhir tahun. {add}",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu")
CREDITS = ("(Tim Warta {p})", "(gun/{p})", "(Humas {o})")
SLOGANS = ("{p} Bersih, {p} Sehat!", "Salam literasi dari {p}!", "Ayo, jaga sungai kita!")


@dataclass
class MadeDraft:
    """``text``; the numbers of the paragraphs that are repeats; what was done to it."""

    text: str
    repeats: set[int]
    deeds: list[str] = field(default_factory=list)


def made_draft(chance: random.Random) -> MadeDraft:
    """One draft with known repeats and known look-alikes."""
    deeds = chance.sample(DEEDS, 8)
    body = [_paragraph(chance, deed) for deed in deeds[: chance.randint(5, 8)]]
    repeats: set[int] = set()
    done: list[str] = []
    title = _fill(chance, chance.choice(TITLES), "")
    lines = list(body)
    if chance.random() < 0.3:
        lines.insert(0, title.upper() if chance.random() < 0.5 else title)
        repeats.add(1)
        done.append("title")
    offset = len(lines) - len(body)
    if chance.random() < 0.25:
        done.append("look-alike")
        lines.append(_look_alike(chance, chance.choice(body)))
    if chance.random() < 0.25:
        slogan = _fill(chance, chance.choice(SLOGANS), "")
        lines.insert(offset, slogan)
        done.append("slogan")
    else:
        slogan = ""
    operation = chance.choice(("none", "tail", "one", "one", "merged", "split", "several"))
    if operation == "tail":
        if chance.random() < 0.5:
            lines.append(_fill(chance, chance.choice(CREDITS), ""))
        copies = [_copied(chance, text) for text in body[1:]]
        if chance.random() < 0.4:
            copies[-1] = copies[-1][: chance.randint(45, max(46, len(copies[-1]) - 20))]
            done.append("cut")
        _append(lines, repeats, copies)
    elif operation in ("one", "several"):
        some = chance.sample(body, 1 if operation == "one" else 3)
        _append(lines, repeats, [_copied(chance, text) for text in some])
    elif operation == "merged":
        first, second = chance.sample(body, 2)
        _append(lines, repeats, [first + chance.choice((" ", "")) + second])
    elif operation == "split":
        whole = chance.choice([text for text in body if ". " in text] or body)
        halves = whole.split(". ", 1)
        if len(halves) == 2 and all(len(half) >= 62 for half in halves):
            _append(lines, repeats, [halves[0] + ".", halves[1]])
    done.append(operation)
    if slogan:
        lines.append(slogan)
    return MadeDraft("\n\n".join([title, *lines]), repeats, done)


def _append(lines: list[str], repeats: set[int], copies: list[str]) -> None:
    for text in copies:
        lines.append(text)
        repeats.add(len(lines))


def _fill(chance: random.Random, form: str, deed: str) -> str:
    return form.format(
        o=chance.choice(OFFICES),
        p=chance.choice(PLACES),
        n=chance.choice(NAMES),
        x=chance.randint(11, 480),
        d=f"{chance.choice(DAYS)} ({chance.randint(1, 28)}/{chance.randint(1, 12)})",
        deed=deed,
        add=" ".join(chance.sample(ADDS, chance.randint(1, 2))),
    )


def _paragraph(chance: random.Random, deed: str) -> str:
    return _fill(chance, chance.choice((*FORMS, *FORMS, *SPEECH)), deed)


def _look_alike(chance: random.Random, text: str) -> str:
    """The same form with other facts, or its denial."""
    words = text.split()
    for place, word in enumerate(words):
        bare = word.strip(",.()“”")
        if bare.isdigit():
            words[place] = word.replace(bare, str(int(bare) + 7))
        elif bare in NAMES or bare in PLACES:
            pool = NAMES if bare in NAMES else PLACES
            words[place] = word.replace(bare, chance.choice([one for one in pool if one != bare]))
    return " ".join(words)


def _copied(chance: random.Random, text: str) -> str:
    way = chance.choice(("exact", "style", "slips", "word"))
    if way == "style":
        return text.replace("“", '"').replace("”", '"').replace(", ", " , ").replace("  ", " ")
    if way == "slips":
        return _with_slips(chance, text, chance.uniform(0.02, 0.10))
    if way == "word":
        swaps = (("supaya", "agar"), ("seluruh", "semua"), ("karena", "sebab"), ("juga", "pun"))
        for old, new in swaps:
            text = text.replace(f" {old} ", f" {new} ")
    return text


def _with_slips(chance: random.Random, text: str, share: float) -> str:
    """Letters dropped, doubled and swapped; never digits."""
    letters = list(text)
    for _ in range(max(1, int(share * len(text)))):
        at = chance.randrange(1, len(letters) - 1)
        if not letters[at].islower():
            continue
        slip = chance.randrange(3)
        if slip == 0:
            letters[at] = ""
        elif slip == 1:
            letters[at] *= 2
        elif letters[at + 1].islower():
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        letters = list("".join(letters))
    return "".join(letters)
