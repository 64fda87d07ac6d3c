"""Style rules: silent on good Indonesian, and only telling about what somebody said."""

import random
import time

import pytest

from extractor.editing.style import style_edits
from extractor.rulebook import Rulebook
from tests.editing.made_drafts import ADDS, DEEDS, FORMS, SPEECH, TITLES, made_draft

GOOD = """
Rapat dimulai pukul 09.00 WIB dan berakhir pukul 11.30 WIB.
Masalah itu diatasi bersama, lalu diakhiri doa.
Bantuan diantar ke rumah warga, di antaranya 45 lansia.
Ia keluar dari balai, ke luar kota, lalu kembali.
Kesepakatan ditandatangani kedua belah pihak di Balai Kota Melati.
Kegiatan pascabencana itu ditindaklanjuti Dinas Sosial.
Kader se-Kota Melati dan relawan antardesa hadir.
“Kami siap,” ujar Gunarti.
“Siapa yang siap?” tanya Gunarti.
“Kami siap!” seru para kader.
Gunarti berkata, “Kami siap.”
“Kami siap,” kata Gunarti, “asal jembatan diperbaiki.”
Program “Melati Siap” berjalan baik.
Harganya Rp95.000,00 per kilogram, naik 5,1 persen.
Anggaran sebesar Rp1,2 miliar bersumber dari APBD.
Perwal Nomor 63 Tahun 2021 mengatur lembaga itu.
Kepala Dinas Pangan, Gunarti, S.Sos., M.Si., membuka rapat.
Dr. H. Wiryawan, S.E., M.M. memimpin doa.
drg. Lestari dan Drs. Mulyadi hadir.
Warga Bau Bau dan Fak Fak datang.
Kupu-kupu, undang-undang, dan alun-alun ditulis dengan tanda hubung.
Apa pun hasilnya, siapa pun pemenangnya, warga menerima.
Walaupun hujan, meskipun jauh, ataupun larut, mereka datang.
Bagaimanapun juga, kalaupun gagal, mereka mencoba.
Surat dikirim ke humas@melati.go.id dan diunggah di www.melati.go.id/berita.
Nomor telepon 0285-123-456 dapat dihubungi.
Rapat digelar Kamis (2/5/2024) di Ruang Anggrek.
Peserta (45 orang) mengisi daftar hadir.
Rute Melati–Sukamaju dibuka kembali.
Lurah/kepala desa wajib hadir.
Rabu, 6 Agustus 2025 / 11 Safar 1447 H
Waktu : 09.30 WIB
Pasar murah digelar, a.n. Wali Kota, oleh Camat Sukamaju.
Ia bekerja di pendidikan, di perikanan, dan di pekan olahraga.
Anak itu makan ikan di rumah rekannya.
Musim semi ini ramai.
Ikan tuna segar dijual di pasar.
Pengantar surat itu mengantar warga.
Kerja sama dan tanggung jawab bersama dijaga.
Mereka bekerja sama, berterima kasih, dan bertanggung jawab.
HUT ke-79 RI diperingati.
Bantuan dikirim ke 108 desa.
Praktik baik itu berisiko kecil.
Aktivitas, kreativitas, dan efektivitas dinilai.
Izin usaha diterbitkan bagi 300 perajin.
Imbauan itu disosialisasikan.
Mereka menyosialisasikan, menyukseskan, dan mengoordinasikan program.
Hari Jumat dan bulan November.
Ramadan, Idulfitri, dan Iduladha.
Wali Kota dan Wakil Wali Kota hadir.
Mula-mula, masing-masing, sama-sama, dan rata-rata.
Hal itu itu saja.
Ia menyebut angka 3,5 hektare.
CO2 dan H2O diukur.
Tema “Desa Bersih” diusung.
Ia membaca kata pengantar.
Kata orang, jalan itu angker.
Sebut saja namanya Melati.
Tutup botol dikumpulkan.
Kepada warga, ia berpesan agar hemat air.
Dari pagi sampai malam, balai ramai.
Pada hal ini, semua sepakat.
Tidak ada pun yang menolak.
Di atas meja, di bawah kursi, di dalam laci.
Ke depan, ke mana pun, dan di mana pun.
Dibalik dengan hati-hati, adonan itu matang.
Lebih lebih-lebih lagi.
Jumlahnya 1.250 orang, yakni 625 laki-laki dan 625 perempuan.
Bus berangkat pukul 19.00 WIB (20.00 WITA).
Acara ... ditutup.
Bantuan bagi tiga desa disalurkan hingga Rabu (1/5/2024) siang.
Sebanyak 55 orang, terdiri atas 25 laki-laki dan 30 perempuan, hadir.
Setiap regu terdiri atas 5 orang, yakni 2 pelari dan 3 pelempar.
Lurah Gunarti Prasetya dan Camat Wiryawan membuka pameran.
Menurut Gunarti Prasetya, pameran itu diikuti 12 kelompok tani.
Kepala Bidang Pangan bertemu bidan desa di Kecamatan Telagasari.
Dinas Pemberdayaan Masyarakat dan Pemerintahan Desa (DPMPD) menyiapkan modul.
Kepala Bappeda dan Kepala Bapenda duduk berdampingan.
Oleh karena itu, sebagian warga memilih berjalan kaki.
Warga membaca buku “Dari Desa untuk Kota” di pojok baca.
Sedangkan untuk lansia, layanan dibuka lebih pagi.
Halo, ujar anak itu, sambil melambaikan tangan.
Sahabat pena itu akhirnya bertemu di Karangsari.
Luas kebun 4 x 5 meter, suhunya 30 °C.
Isilah kolom nama: ____ dan alamat: ____ dengan huruf kapital.
Ayo, pilah sampah dari rumah!
Peserta lahir pada Kamis, 2 Mei 2024, di Puskesmas Telagasari.
Lomba itu diikuti 120 peserta yang terdiri dari 10 tim dari 3 kota.
Surat bernomor 100.3/452/2024 itu ditandatangani pada 3 Juni 2024.
Gedung itu 3 lantai, 12 ruang, dan 2 tangga darurat.
""".strip().splitlines()


def made_sentences() -> list[str]:
    chance = random.Random(11)
    forms = (*FORMS, *SPEECH, *TITLES)
    fill = {"o": "Dinas Pangan", "p": "Karangsari", "n": "Gunarti", "d": "Senin (4/3)", "x": 31}
    return [
        form.format(deed=deed, add=chance.choice(ADDS), **fill) for deed in DEEDS for form in forms
    ]


def test_no_rule_about_the_draft_as_a_whole_fires_on_good_sentences(rulebook: Rulebook) -> None:
    file = next(file for file in rulebook.group("style") if file.stem == "style/consistency")
    ours = {rule.id for rule in file.rules}
    alarms = [
        (edit.rule, sentence)
        for sentence in [*GOOD, " ".join(GOOD[-20:]), *made_sentences()]
        for edit in style_edits(sentence, rulebook)
        if edit.rule in ours
    ]
    assert alarms == []


def test_no_sure_rule_fires_on_good_sentences(rulebook: Rulebook) -> None:
    sentences = [*GOOD, *made_sentences()]
    assert len(sentences) >= 200
    alarms = [
        (edit.rule, sentence)
        for sentence in sentences
        for edit in style_edits(sentence, rulebook)
        if edit.grade == "sure"
    ]
    assert alarms == []


@pytest.mark.parametrize(
    ("text", "applied"),
    [
        ("Kader dimana pun hadir.", True),
        ("“Kader dimana pun hadir,” kata Gunarti.", False),
        ('Ia berkata, "Kader dimana pun hadir."', False),
        ("“Kader dimana pun hadir, kata Gunarti.", False),
        ("‘‘Kader dimana pun hadir,’’ kata Gunarti.", False),
        ("“Kami siap,” kata Gunarti dimana ia hadir.", True),
    ],
)
def test_what_somebody_said_is_only_told_about(
    rulebook: Rulebook, text: str, applied: bool
) -> None:
    (edit,) = (one for one in style_edits(text, rulebook) if "preposition" in one.rule)
    assert edit.grade == ("sure" if applied else "tell")


def test_a_capital_inside_a_sentence_may_be_a_name(rulebook: Rulebook) -> None:
    grades = {
        text: [edit.grade for edit in style_edits(text, rulebook)]
        for text in (
            "Warga menerima anugrah.",
            "Warga menginap di Hotel Anugrah.",
            "Anugrah itu besar.",
        )
    }
    assert list(grades.values()) == [["sure"], ["propose"], ["sure"]]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("KERJASAMA ANTAR DAERAH", "KERJA SAMA ANTAR DAERAH"),
        ("Bidang Kerjasama hadir.", "Bidang Kerja Sama hadir."),
        ("Resikonya kecil.", "Risikonya kecil."),
    ],
)
def test_the_right_form_keeps_the_capitals(rulebook: Rulebook, wrong: str, right: str) -> None:
    (edit,) = (
        e
        for e in style_edits(wrong, rulebook)
        if e.rule in ("style.compound-apart", "style.spelling")
    )
    assert wrong[: edit.start] + edit.replacement + wrong[edit.end :] == right


def test_right_forms_are_not_wrong_forms(rulebook: Rulebook) -> None:
    for file in rulebook.group("style"):
        for name in {rule.fields.get("list") for rule in file.of_kind("words")}:
            surfaces = file.words[name]
            wrong = {surface.lower() for surface in surfaces if surfaces[surface] != surface}
            assert not wrong & {value.lower() for value in surfaces.values()}, name


def test_every_rule_says_why_in_both_languages(rulebook: Rulebook) -> None:
    for file in rulebook.group("style"):
        for rule in file.rules:
            if rule.kind != "protect":
                assert set(rule.fields["message"]) == {"id", "en"}, rule.id
                assert rule.fields["source"], rule.id
                assert rule.fields.get("grade") in ("sure", "propose", "tell"), rule.id


def test_time_is_linear_in_the_text(rulebook: Rulebook) -> None:
    text = made_draft(random.Random(3)).text + "\n\n"
    times = []
    for size in (40, 160):
        long = text * size
        began = time.process_time()
        list(style_edits(long, rulebook))
        times.append(time.process_time() - began)
    assert times[1] < 10 * max(times[0], 0.05)


@pytest.mark.parametrize(
    "piece",
    [
        "Sebanyak 5 orang yakni 3 kader dan 2 warga yakni ",
        "Wiryawan Prasetya Gunarti Lestari ",
        "DPMPPA DMPPA DPM PPA ",
        "Dinas Pangan (DPP) ",
        "3 (tiga) ",
        "*a _b ",
        "Kamis (2/5/2024). ",
        "oleh Sebagian Dengan ",
        '“a" ',
    ],
)
def test_no_repetition_of_a_slip_takes_long(rulebook: Rulebook, piece: str) -> None:
    times = []
    for size in (20_000, 80_000):
        long = piece * (size // len(piece))
        began = time.process_time()
        list(style_edits(long, rulebook))
        times.append(time.process_time() - began)
    assert times[1] < 10 * max(times[0], 0.05)
