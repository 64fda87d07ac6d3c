"""Drafts made another way than :mod:`tests.editing.made_drafts`, with other sentences and operations.

Written after the thresholds were fixed, to see whether they hold.
"""

import random

from tests.editing.made_drafts import MadeDraft

WHO = (
    "Kabid Perlindungan Anak, Suryani, S.Psi.",
    "Pj. Sekda Ranubaya, Drs. Tohirin",
    "Danramil Wonojati Kapten Arm Sulistyo",
    "Ketua Bank Sampah Resik, Bu Minah",
    "dr. Paramita dari Puskesmas Kalirejo",
    "Pustakawan Ahli Muda Hendrawan",
    "Lurah Kebonagung, Agus Priyono",
)
SAYS = ("memaparkan bahwa", "mengingatkan,", "mengakui", "menuturkan,", "menegaskan bahwa")
WHAT = (
    "angka gagal panen di lereng barat {a} persen, sedangkan di lereng timur {b} persen",
    "gedung sekolah dasar yang rusak berat berjumlah {a} unit dan baru {b} unit diperbaiki",
    "antrean rujukan rumah sakit menyusut menjadi {a} orang sejak loket daring dibuka {b} Maret",
    "tanggul sepanjang {a} meter sudah dicor dan sisanya {b} meter menyusul sesudah Lebaran",
    "retribusi pasar hewan naik {a} juta rupiah meskipun {b} pedagang pindah ke pasar sebelah",
    "perpustakaan desa meminjamkan {a} judul buku per pekan dengan {b} anggota aktif",
    "penyaluran pupuk terlambat {a} hari lantaran {b} truk tertahan longsor di jalan provinsi",
    "jumlah balita yang ditimbang mencapai {a} anak dari sasaran {b} anak di enam posyandu",
    "{a} sumur bor dangkal kini dilengkapi meteran agar {b} keluarga membayar sesuai pemakaian",
)
THEN = (
    "Rombongan lalu berkeliling melihat bengkel kerajinan tempurung kelapa.",
    "Panitia menyediakan becak gratis bagi pengunjung lanjut usia.",
    "Acara diselingi macapat yang dibawakan murid kelas lima.",
    "Sesudah itu hadirin menikmati jenang dan wedang uwuh bersama.",
    "Keluhan soal penerangan jalan akan dijawab secara tertulis.",
)
QUOTED = (
    "“Jangan tunggu hujan, bersihkan selokan sekarang juga,” seru {w} kepada puluhan hadirin.",
    "“Kalau hitungannya keliru, bongkar lagi dari awal, kami tidak malu,” ucap {w} sambil tertawa.",
)
LAST = ("Humas/Tn", "(Tn – Wd)", "Penulis: Tn", "")


def other_draft(chance: random.Random) -> MadeDraft:
    """A draft whose repeats are known."""
    what = chance.sample(WHAT, chance.randint(5, 9))
    body = [_paragraph(chance, one) for one in what]
    body.insert(2, chance.choice(QUOTED).format(w=chance.choice(WHO).split(",")[0]))
    lines = list(body)
    repeats: set[int] = set()
    last = chance.choice(LAST)
    way = chance.choice(
        ("block", "shuffled", "three", "thirds", "dropped", "facts", "plain", "end")
    )
    if way in ("block", "end"):
        start = 1 if way == "block" else len(body) - 2
        lines += [last] if last else []
        copies = [_roughened(chance, text) for text in body[start:]]
        if chance.random() < 0.5 and len(copies[-1]) > 140:
            copies[-1] = copies[-1][: len(copies[-1]) // 2]
        _add(lines, repeats, copies)
    elif way == "shuffled":
        copies = [_roughened(chance, text) for text in chance.sample(body, 3)]
        _add(lines, repeats, copies)
    elif way == "three":
        _add(lines, repeats, [chance.choice(("", " ")).join(chance.sample(body, 3))])
    elif way == "thirds":
        long = [text for text in body if text.count(". ") >= 2]
        if long:
            parts = chance.choice(long).replace(". ", ".|").split("|")
            half = len(parts) // 2
            _add(lines, repeats, [" ".join(parts[:half]), " ".join(parts[half:])])
            for number in sorted(repeats):
                if len(lines[number - 1]) < 75:
                    return other_draft(chance)
    elif way == "dropped":
        text = chance.choice([one for one in body if ". " in one])
        _add(lines, repeats, [text.rsplit(". ", 1)[0] + "."])
        if len(lines[-1]) < 75:
            return other_draft(chance)
    elif way == "facts":
        text = chance.choice([one for one in body if any(c.isdigit() for c in one)])
        lines.append("".join(str((int(c) + 3) % 9 + 1) if c.isdigit() else c for c in text))
    title = f"{chance.choice(WHO).split(',')[0]} Bicara Apa Adanya"
    return MadeDraft("\n".join([title, *lines]), repeats, [way])


def _add(lines: list[str], repeats: set[int], copies: list[str]) -> None:
    for text in copies:
        lines.append(text)
        repeats.add(len(lines))


def _paragraph(chance: random.Random, what: str) -> str:
    said = what.format(a=chance.randint(12, 60), b=chance.randint(61, 99))
    rest = " ".join(chance.sample(THEN, chance.randint(0, 2)))
    return f"{chance.choice(WHO)} {chance.choice(SAYS)} {said}. {rest}".strip()


def _roughened(chance: random.Random, text: str) -> str:
    way = chance.randrange(5)
    if way == 0:
        return text.replace(" di ", " Di ").replace("yang", "yg")
    if way == 1:
        return text.replace(" ", "  ", 5).replace("“", "''").replace("”", "''")
    if way == 2:
        return text.replace("di", "di ", 2)
    if way == 3:
        words = text.split()
        at = [n for n, word in enumerate(words) if len(word) > 7 and word.islower()]
        for n in chance.sample(at, min(3, len(at))):
            words[n] = words[n][:3] + words[n][4] + words[n][3] + words[n][5:]
        return " ".join(words)
    return text
