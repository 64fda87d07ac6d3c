"""Style rules: silent on good Indonesian, and only telling about what somebody said."""

import random
import time
from pathlib import Path

import pytest

from extractor.editing.style import style_edits
from extractor.rulebook import Rulebook, load_rulebook
from tests.editing.made_drafts import ADDS, DEEDS, FORMS, SPEECH, TITLES, made_draft

GOOD = """
Badan Meteorologi mencatat suhu tertinggi 36,5 derajat Celsius di Stasiun Gading pada Minggu (11/8/2024).
Balai Karantina Hewan memeriksa 1.250 ekor sapi yang tiba melalui Pelabuhan Tanjung Kencana.
Kepala Kantor Imigrasi Kelas II Sukamaju, Raditya Wibawa, menerangkan paspor elektronik dapat diurus dalam empat hari kerja.
“Pemohon cukup membawa KTP dan kartu keluarga,” tuturnya.
Komisi Pemilihan Umum Kabupaten Randukuning menetapkan 45 daerah pemungutan suara.
Nelayan di pesisir timur diminta tidak melaut karena gelombang mencapai 2,5 hingga 4 meter.
Perusahaan Umum Daerah Air Minum Tirta Rahayu mengganti 3 km pipa di Jalan Veteran.
Museum Batik menerima 320 pengunjung setiap akhir pekan, separuhnya pelajar.
Taman baca itu buka pukul 08.00–15.00 WITA, kecuali Jumat.
Dinas Perhubungan menutup lajur kiri Jalan Pahlawan selama tiga minggu.
Pengendara dari arah barat dialihkan ke Jalan Kenanga.
Sekolah Dasar Negeri 3 Wanasari menjuarai lomba cerdas cermat tingkat provinsi.
Guru-guru dilatih menyusun modul ajar yang memanfaatkan bahan di sekitar sekolah.
Kejaksaan Negeri Sukamaju menyelamatkan uang negara senilai Rp4,7 miliar.
Terdakwa diputus bersalah dan dipidana dua tahun penjara.
Rumah Sakit Umum Daerah dr. Suhardjo membuka poliklinik jiwa.
Pasien cukup mendaftar melalui aplikasi tanpa perlu antre sejak dini hari.
Puskesmas Cendana mencatat 17 kasus demam berdarah, turun dari 42 kasus pada bulan yang sama tahun lalu.
Kantor Pertanahan menyerahkan 600 sertifikat tanah kepada warga Desa Tegalrejo.
Petani tembakau di lereng gunung mulai memanen daun pertama.
Harga tembakau kering berkisar Rp45.000,00 sampai Rp80.000,00 per kilogram.
Pelatih kepala timnas muda, Suryo Atmaja, memanggil 26 pemain.
Kontingen Sukamaju meraih 12 emas, 9 perak, dan 15 perunggu.
Perpustakaan keliling singgah di sembilan desa terpencil.
Pustakawan membacakan dongeng, mengajari anak-anak melipat kertas, lalu meminjamkan buku.
Bendungan Wadas Lintang menampung 440 juta meter kubik air.
Pintu air dibuka sebagian agar permukaan turun 30 sentimeter.
Basarnas menemukan korban terakhir pada hari keempat pencarian.
Keluarga korban menerima santunan dari Jasa Raharja.
Kementerian Desa menyalurkan dana desa tahap kedua kepada 1.124 desa.
Inspektorat memeriksa laporan keuangan 14 perangkat daerah.
Wakil Gubernur mengapresiasi opini wajar tanpa pengecualian yang diraih kesembilan kalinya.
Badan Narkotika Nasional melakukan tes urine terhadap 85 pegawai terminal.
Semua hasilnya negatif.
Politeknik Negeri Randukuning membuka program studi teknologi pangan.
Rektor Universitas Mandala, Prof. Dr. Ir. Hendarto, M.Sc., melantik dua dekan.
Mahasiswa kuliah kerja nyata membuat peta rawan longsor di Dusun Krajan.
Warga Kampung Naga menolak pembangunan vila di hulu sungai.
Kepala Desa Kemiri mempersilakan warga menyampaikan keberatan secara tertulis.
Kebakaran hutan di lereng selatan padam setelah hujan turun semalaman.
Satgas memadamkan 14 titik api dengan pompa jinjing.
Pemadaman listrik bergilir diberlakukan di lima kecamatan.
PLN menargetkan gardu induk selesai dibangun pada triwulan ketiga.
Kapal perintis kembali melayani rute Pulau Bawah–Tanjung Kencana dua kali sepekan.
Penumpang membayar Rp35.000,00 sekali jalan.
Pasar seni menampilkan ukiran, anyaman, dan tenun karya 70 perajin.
Kain tenun itu diwarnai dengan daun nila dan kulit mahoni.
Majelis adat memutuskan upacara digelar setelah panen raya.
Para tetua duduk melingkar di bale-bale, sementara para pemuda menabuh gendang.
Polisi lalu lintas menilang 230 pengendara, sebagian besar tidak mengenakan helm.
Operasi itu berlangsung 14 hari, mulai 2 hingga 15 September 2024.
Kapolres mengatakan angka kecelakaan menurun 18 persen.
“Apakah jembatan itu aman?” tanya seorang warga.
“Aman,” jawab Kepala Dinas Pekerjaan Umum, Lukman Hakim, “asal muatan truk tidak melebihi 8 ton.”
Ia menambahkan bahwa jembatan baru akan dibangun tahun depan.
Kantor pos membuka loket khusus bagi penerima bantuan pangan.
Warga lanjut usia didahulukan dan disediakan kursi.
Bantuan berupa 10 kg beras dan 1 liter minyak goreng.
Lomba perahu naga diikuti 24 regu dari tujuh provinsi.
Regu tuan rumah finis di urutan ketiga.
Konsulat Jenderal menyelenggarakan lokakarya penerjemahan sastra.
Peserta membaca cerpen berjudul “Rumah di Atas Bukit” karya penulis setempat.
Film pendek itu diputar di Gedung Kesenian, lalu dibahas bersama sutradaranya.
Perguruan silat Tunas Muda menggelar ujian kenaikan tingkat.
Sebanyak 150 pesilat, yakni 90 putra dan 60 putri, mengikuti ujian tersebut.
Penyuluh kehutanan membagikan 5.000 bibit trembesi, aren, dan bambu.
Bibit ditanam di sempadan sungai sepanjang 2,4 km.
Kepala Balai Taman Nasional mengimbau pendaki membawa turun sampahnya.
Jalur pendakian ditutup sampai 30 April 2025.
Direktur Bank Perkreditan Rakyat menyebut kredit macet turun menjadi 3,1 persen.
Koperasi Simpan Pinjam Mekar Sari mengadakan rapat anggota tahunan ke-27.
Dewan pengawas menyetujui pembagian sisa hasil usaha.
Sidang paripurna dipimpin Ketua DPRD, Nur Hidayat, S.H.
Fraksi-fraksi menyampaikan pandangan umum terhadap raperda itu.
Rancangan peraturan daerah tersebut terdiri atas 9 bab dan 42 pasal.
Pajak bumi dan bangunan dapat dibayar melalui kantor kas, toko swalayan, atau dompet digital.
Wajib pajak yang melunasi sebelum 31 Juli memperoleh potongan 10 persen.
Petugas sensus mendatangi rumah demi rumah.
Jumlah penduduk pada pertengahan 2024 mencapai 312.480 jiwa.
Kader kesehatan menimbang balita dan mencatat tinggi badannya.
Bidan desa menyuntikkan vaksin kepada 64 bayi.
Pameran anggrek dibuka untuk umum dan tidak dipungut biaya.
Kolektor dari luar daerah memborong anggrek hitam.
Juru kunci makam melarang pengunjung mencoret-coret tembok.
Peziarah berdatangan sejak pagi buta, apalagi pada malam Jumat Kliwon.
Gempa bermagnitudo 5,2 mengguncang wilayah selatan pada pukul 03.17 WIB.
Tidak ada korban jiwa, tetapi 12 rumah rusak ringan.
BPBD mendirikan dapur umum di lapangan desa.
Dapur umum itu memasak 900 bungkus nasi setiap hari.
Tim medis hewan memvaksin 340 ekor anjing dan kucing.
Vaksinasi rabies itu gratis.
Pegawai negeri sipil wajib melaporkan harta kekayaannya paling lambat 31 Maret.
Yang terlambat akan ditegur secara tertulis.
Mantan bupati itu kini mengajar di kampung halamannya.
Ia bangun pukul 04.00, menyiram kebun, lalu berangkat ke sekolah.
Di tangan para perajin, bonggol jagung berubah menjadi lampu hias.
Di mata wisatawan, lampu itu unik.
Kunjungi laman www.randukuning.go.id atau hubungi 0811-222-333.
Siaran pers ini diterbitkan Bagian Humas Sekretariat Daerah Kabupaten Randukuning.
Dari 38 kelurahan, 31 di antaranya telah bebas dari buang air besar sembarangan.
Ke-31 kelurahan itu menerima piagam.
Semoga capaian ini menular ke kelurahan lain, baik di dalam maupun di luar kota.
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
Syukur dipanjatkan kepada Tuhan Yang Maha Esa.
Paket pekerjaan diumumkan melalui aplikasi SIRUP milik pemerintah.
Plt. Camat Gading dan Hj. Lestari menempuh jarak 2 km dengan lahan 3 ha di sisinya.
Rapat berlangsung 2 jam, setelah itu dilanjutkan pukul 13.00 WIB.
Tamu disambut tarian “Melati Mekar”, terang Gunarti.
Meski demikian, warga diminta waspada, tetapi tidak panik.
Kegiatan pascadistribusi diawasi setelah ditetapkannya jadwal.
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


def test_a_listed_word_is_known_with_the_endings_of_the_rules(tmp_path: Path) -> None:
    own = tmp_path / "style" / "spelling.yaml"
    own.parent.mkdir()
    own.write_text("words:\n  enclitic: [ku]\nremove_words: {enclitic: [pun]}\n", encoding="utf-8")

    def mended(rulebook: Rulebook) -> list[str]:
        words = ("resikonya", "resikoku", "resikopun")
        return [word for word in words if list(style_edits(f"Kata warga, {word} kecil.", rulebook))]

    assert mended(load_rulebook()) == ["resikonya", "resikopun"]
    assert mended(load_rulebook(tmp_path)) == ["resikonya", "resikoku"]


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


def _best_of_three(text: str, rulebook: Rulebook) -> float:
    """Seconds; one try may hold a collection of the whole run's garbage."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        list(style_edits(text, rulebook))
        tries.append(time.process_time() - began)
    return min(tries)


def test_time_is_linear_in_the_text(rulebook: Rulebook) -> None:
    text = made_draft(random.Random(3)).text + "\n\n"
    times = []
    for size in (40, 160):
        long = text * size
        times.append(_best_of_three(long, rulebook))
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
        times.append(_best_of_three(long, rulebook))
    assert times[1] < 10 * max(times[0], 0.05)
