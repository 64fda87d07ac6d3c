"""Which of several events a release is about, and by which of its names it is called."""

import pytest

from extractor import Article, Extractor


def main_event(extractor: Extractor, title: str, text: str) -> tuple[str, str | None] | None:
    record = extractor.extract(Article(id="a", title=title, text=text, published="2024-06-30"))
    return next(((one.name.text, one.type) for one in record.events if one.main), None)


@pytest.mark.parametrize(
    ("title", "text", "name", "kind"),
    [
        (  # the title's fuller name, not the bare kind of the lead
            "Upacara Hari Pompa Nasional ke-7",
            "Dinas Air Kota Melati melaksanakan upacara dalam rangka Hari Pompa Nasional di Lapangan "
            "Mawar, Senin (3/6/2024). Upacara dilaksanakan dengan khidmat.",
            "Upacara Hari Pompa Nasional ke-7",
            "upacara",
        ),
        (  # what a visit was for, which the title tells
            "Pegawai Kantor Air Kaji Banding Pompa ke Kabupaten Dahlia",
            "Sebanyak 40 pegawai berkunjung ke Kantor Air Dahlia, Senin (3/6/2024). Kunjungan itu "
            "disambut Kepala Kantor Air Dahlia.",
            "Kaji Banding Pompa ke Kabupaten Dahlia",
            "kaji banding",
        ),
        (  # the act of the title, not the ceremony called by its kind alone
            "Bupati Melati Lantik 17 Juru Pompa",
            "Bupati Melati melantik dan mengambil sumpah jabatan 17 juru pompa dalam apel yang digelar "
            "di halaman Kantor Bupati Melati, Senin (3/6/2024).",
            "17 juru pompa",
            "pelantikan",
        ),
        (  # what somebody did before speaking
            "Warga Diminta Menjaga Pompa",
            "Bupati Melati meminta warga menjaga sarana air. “Rawat yang ada,” kata Bupati usai "
            "meresmikan Pompa Dahlia di Desa Kenanga, Senin (3/6/2024).",
            "Pompa Dahlia",
            "peresmian",
        ),
        (  # held for a day that is kept: what was held
            "Peringati Hari Pompa, PKK Undang Juru Air",
            "Untuk memperingati Hari Pompa, PKK Kota Melati mengadakan acara resepsi di Aula Mawar, "
            "Senin (3/6/2024).",
            "resepsi",
            "resepsi",
        ),
        (  # a noun in the name of a place
            "Polres Melati Siap Jaga Pompa",
            "Polres Melati melaksanakan apel gelar pasukan dalam rangka Operasi Pompa, bertempat di lapangan "
            "apel Polres Melati, Senin (3/6/2024).",
            "apel gelar pasukan",
            "apel gelar pasukan",
        ),
        (  # an act that no list holds, told by its verb in title and lead
            "Kejari Melati Tahan Juru Pompa",
            "Kejaksaan Negeri Melati menahan juru pompa Desa Kenanga, Senin (3/6/2024). Penahanan itu "
            "berlaku 20 hari.",
            "juru pompa Desa Kenanga",
            "penahanan",
        ),
        (  # an event kept for a person is nobody's office
            "Bupati Melati ke Pondok Dahlia",
            "Bupati Melati menghadiri Haul KH Hasan Mawar di Pondok Dahlia, Senin (3/6/2024).",
            "Haul KH Hasan Mawar",
            "haul",
        ),
        (  # a blend that no list holds
            "Pemkot Melati Ikuti Rakorwas Pompa",
            "Sekretaris Daerah Kota Melati mengikuti Rakorwas Pompa Daerah di Aula Mawar, Senin "
            "(3/6/2024).",
            "Rakorwas Pompa Daerah",
            "rapat koordinasi",
        ),
        (  # the visit, not its welcome
            "Bupati Sambut Kedatangan Wakil Menteri Air",
            "Bupati Melati menyambut kedatangan Wakil Menteri Air di Aula Mawar, Senin (3/6/2024). "
            "Kunjungan kerja ini terkait pompa desa. Penyambutan itu berlangsung hangat.",
            "Kunjungan kerja",
            "kunjungan kerja",
        ),
        (  # the event in which an act was done
            "Wakil Bupati Menyerahkan Uang Lelah",
            "Wakil Bupati Melati menyerahkan Piagam Pompa kepada juru air. Piagam Pompa tersebut "
            "diserahkan pada Upacara Hari Pompa Nasional di Lapangan Mawar, Senin (3/6/2024).",
            "Upacara Hari Pompa Nasional",
            "upacara",
        ),
        (  # a head that no list holds, with place and day behind it
            "Harga Cabai Turun",
            "Kepala Dinas Pangan Kota Melati mengatakan hal itu dalam Bincang Cabai di Kafe Mawar, "
            "Senin (3/6/2024).",
            "Bincang Cabai",
            "bincang",
        ),
        (  # the verb far behind the name of the lead, a contest yet to come behind it
            "Bupati Harap Kafilah Tampil Baik",
            "Pelepasan Kafilah Juru Pompa dari Kabupaten Melati dilakukan oleh Bupati Melati di Aula "
            "Mawar. Ada sepuluh cabang lomba yang akan dilaksanakan dari 9 Juni 2024.",
            "Pelepasan Kafilah Juru Pompa",
            "pelepasan",
        ),
        (  # to be given a vaccine is a vaccination
            "Camat Kenanga Terima Vaksin",
            "Camat Kenanga menerima vaksin tahap pertama di Puskesmas Mawar, Senin (3/6/2024).",
            "vaksin tahap pertama",
            "vaksinasi",
        ),
        (  # to give a gift is its handing over
            "Bupati Berikan Bantuan Korban Banjir",
            "Bupati Melati mengunjungi korban banjir di Desa Kenanga, Senin (3/6/2024), sekaligus "
            "menyerahkan bantuan.",
            "Bantuan Korban Banjir",
            "penyerahan",
        ),
        (  # with whom one meets belongs to the name of a meeting
            "Bupati Temui Juru Pompa",
            "Bupati Melati menggelar silaturahmi dengan para juru pompa se-Melati di Aula Mawar, "
            "Senin (3/6/2024). Ia ingin meningkatkan silaturahmi Pemerintah Daerah terhadap warga.",
            "silaturahmi dengan para juru pompa se-Melati",
            "silaturahmi",
        ),
        (  # the patient of a passive verb, without its place and without "sebanyak"
            "Jembatan Dibuka",
            "Jembatan Gantung Kenanga di Desa Jati, Kecamatan Mawar, diresmikan Bupati Melati, Senin "
            "(3/6/2024).",
            "Jembatan Gantung Kenanga",
            "peresmian",
        ),
    ],
)
def test_the_main_event_is_chosen_among_several(
    extractor: Extractor, title: str, text: str, name: str, kind: str
) -> None:
    assert main_event(extractor, title, text) == (name, kind)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (  # what somebody may wish to hold
            "Warga yang Hendak Adakan Pesta Bisa Memakai Sentra Rendang",
            "Sentra Rendang Kota Melati bisa dipakai warga untuk kegiatan pesta atau hajatan lainnya. "
            "“Silakan,” ujar Kepala Dinas Pangan, Senin (3/6/2024).",
        ),
        (  # what is prepared for
            "Dinas Air Matangkan Persiapan",
            "Dinas Air Kota Melati mematangkan persiapan menghadapi Pekan Olahraga Air yang akan "
            "digelar September mendatang.",
        ),
        (  # what is felt, though title and lead tell it by one verb
            "Warga Keluhkan Jalan Rusak",
            "Warga Desa Jati mengeluhkan jalan rusak di Dusun Mawar, Senin (3/6/2024).",
        ),
        (  # a season
            "Hama Tikus Menyerang",
            "Serangan terjadi saat musim tanam di Desa Jati, Senin (3/6/2024). Musim tanam lalu aman.",
        ),
        (  # what serves the whole year
            "Layanan Dipermudah",
            "Kota Melati memudahkan layanan dalam Aplikasi Si Pompa di Aula Mawar, Senin (3/6/2024).",
        ),
        (  # where a prize was won, once
            "Bupati Puji Juru Pompa",
            "Bupati Melati memuji tim yang meraih juara pertama pada Lomba Pompa Nusantara.",
        ),
    ],
)
def test_what_is_only_wished_prepared_or_won_is_no_event(
    extractor: Extractor, title: str, text: str
) -> None:
    assert main_event(extractor, title, text) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (  # so many papers came in
            "Dinas Air Kota Melati Terima 500 Aduan",
            "Dinas Air Kota Melati menerima kurang lebih 500 aduan hingga akhir Mei 2024.",
        ),
        (  # what places are kept for
            "Dinas Air Sediakan 90 Kursi untuk Pelatihan Pompa",
            "Dinas Air Kota Melati menyediakan 90 kursi setahun untuk mengikuti pelatihan.",
        ),
        (  # what is made ready, nowhere and on no day
            "Dinas Air Siapkan Klinik Pompa",
            "Dinas Air Kota Melati menyiapkan klinik pompa. Warga menunggu hasil penyiapan klinik.",
        ),
        (  # events of a kind
            "Kabar Larangan Itu Tidak Benar",
            "Dinas Air Kota Melati tidak pernah membuat larangan terkait rapat-rapat aparatur di hotel.",
        ),
        (  # a number of events is no name of one
            "Dinas Air Perkuat Juru Pompa",
            "Upaya itu diwujudkan melalui tiga kegiatan strategis yang digelar di Desa Kenanga.",
        ),
    ],
)
def test_what_only_sounds_like_an_event_is_none(
    extractor: Extractor, title: str, text: str
) -> None:
    assert main_event(extractor, title, text) is None
