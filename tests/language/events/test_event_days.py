"""Which of a text's days is the event's."""

import pytest

from extractor import Article, Extractor


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Melati, 12 Agustus 2022 – Dinas Air menggelar Rapat Koordinasi Pompa Desa. Wabah itu "
            "ditetapkan pemerintah pada tanggal 29 Juni 2022.",
            "2022-08-12",
        ),
        (
            "Melati, 12 Agustus 2022 – Dinas Air menggelar Rapat Koordinasi Pompa Desa di Aula "
            "Mawar, Kamis (11/8/2022).",
            "2022-08-11",
        ),
        (
            "Camat menerima audiensi mahasiswa di Aula Mawar, Kamis (20/7/2023). Audiensi itu "
            "membahas pengabdian yang akan digelar mulai 24 Juli s/d 6 Agustus 2023.",
            "2023-07-20",
        ),
        (
            "Polres Melati memusnahkan knalpot bising hasil razia 1-30 April 2023 di Lapangan Mawar, "
            "Senin (8/5/2023).",
            "2023-05-08",
        ),
        (
            "Mulai Februari 2023 iuran air dibayar di kantor pos. Hal ini ditandai dengan Launching "
            "Iuran Air di Kantor Pos Melati, Kamis (9/2/2023).",
            "2023-02-09",
        ),
        (
            "Pemkab Melati melakukan penertiban lapak di Jalan Mawar selama berbagai kegiatan "
            "menyambut 17 Agustus. “Agar rapi,” kata Camat Mawar, Rabu (9/8/2023).",
            "2023-08-09",
        ),
        ("Dinas Air menggelar Pelatihan Juru Pompa Desa di Aula Mawar, pekan lalu.", None),
        (  # the slip of the first paragraph is told right in the second
            "Camat Mawar membuka Pelatihan Juru Pompa di Aula Mawar, Kamis (11/7/2022).\n\n"
            "Camat Mawar secara resmi membuka Pelatihan Juru Pompa di Aula Mawar, Kamis "
            "(11/8/2022).",
            "2022-08-11",
        ),
        (  # the whole tag of a quotation is where somebody spoke, however long
            "Dinas Air akan menggelar Festival Pompa Desa.\n\nKegiatan itu direncanakan akhir Juli "
            "2023.\n\n“Belum pasti,” kata Kepala Dinas Air Kabupaten Melati, Raden Sastra Wiguna, "
            "melalui Kepala Bidang Pompa, Darma Lestari, kepada melatipos.id, Sabtu (1/7/2023).",
            None,
        ),
        (  # what is still to come was not held when somebody told of it
            "Dinas Air akan menggelar Festival Pompa Desa dalam waktu dekat. “Lokasinya di alun-alun,” "
            "katanya kepada Radio Melati, Kamis (6/7/2023).",
            None,
        ),
        (  # the event in other words opens the sentence that tells its days
            "Kota Melati menjadi tuan rumah Festival Pompa Desa. Acara akan digelar pada 6-8 Mei "
            "2023. “Semua siap,” kata Camat Mawar, Kamis (4/5/2023).",
            "2023-05-06",
        ),
        (  # the tag of what was said names what was held
            "Dinas Air tahun ini akan menggelar Pelatihan Juru Pompa bertahap. “Mereka siap,” kata "
            "Camat Mawar usai Pelatihan Juru Pompa di Aula Mawar, Kamis (4/5/2023).",
            "2023-05-04",
        ),
        (  # the day of a written statement
            "Dinas Air menggelar Pelatihan Juru Pompa. “Semua hadir,” kata Camat Mawar di sela "
            "Pelatihan Juru Pompa, dalam siaran persnya, Minggu (7/5/2023). “Pelatihan itu "
            "berlangsung tiga hari, Senin – Rabu (1 – 3 Mei 2023) di Aula Mawar,” imbuhnya.",
            "2023-05-01",
        ),
        (  # since last week, but today's is what the release is about
            "Dinas Air menggelar Pelatihan Juru Pompa sejak minggu lalu. Hari ini, Senin (28/8/2023) "
            "Pelatihan Juru Pompa digelar di Aula Mawar.",
            "2023-08-28",
        ),
        (
            "Dinas Air menggelar Rapat Koordinasi Pompa. Rapat itu membahas persiapan menjelang "
            "pemilu 17 Oktober mendatang. Hal itu dikatakan Camat Mawar, Senin (28/8/2023).",
            "2023-08-28",
        ),
        (  # since, before a range, begins no period
            "Festival Pompa Digelar Besok\n\nDinas Air akan menggelar Festival Pompa di Lapangan Mawar. "
            "Festival tersebut dilaksanakan sejak 11-15 September 2023.",
            "2023-09-11",
        ),
        (  # days named as examples
            "Dinas Air menggelar Upacara Juru Pompa Desa di Lapangan Mawar. Camat mengajak warga "
            "mengingat tanggal bersejarah, seperti 17 Agustus dan 20 April.",
            None,
        ),
        (
            "MELATI (15-8) – Camat Mawar memimpin Rapat Koordinasi Pompa Desa di Aula Mawar.",
            "2023-08-15",
        ),
        (  # a preparation before the day, though its days hold it
            "Bupati Melati mengukuhkan Juru Pompa Desa di Aula Mawar, Kamis (11/8/2022).\n\n"
            "Mereka sebelumnya menjalani pelatihan mulai tanggal 1 sampai 11 Agustus 2022. "
            "Pengukuhan itu yang pertama.",
            "2022-08-11",
        ),
        (  # what follows what was told of on a day before it
            "Pelepasan Kontingen Juru Pompa dilakukan Bupati Melati di Aula Mawar.\n\nBupati "
            "berharap mereka unggul di ajang yang akan digelar 20 hingga 25 Agustus 2022.\n\n“Semoga "
            "berhasil,” kata Bupati, Kamis (11/8/2022).",
            "2022-08-11",
        ),
    ],
)
def test_the_day_of_the_event_is_told_from_other_days(
    extractor: Extractor, text: str, day: str | None
) -> None:
    record = extractor.extract(Article(id="a", text=text, published="2023-09-01"))
    event = next(one for one in record.events if one.main)
    assert (event.date.start if event.date is not None else None) == day


def test_the_days_round_tomorrow_are_those_of_the_whole(extractor: Extractor) -> None:
    text = (
        "Festival Pompa Desa Digelar Besok\n\nPemkab Melati siap menggelar Festival Pompa Desa.\n\n"
        "Kegiatan itu rencananya akan digelar dua hari, tepatnya mulai 2-3 September besok."
    )
    article = Article(id="a", title=text.split("\n")[0], text=text, published="2023-09-01")
    event = next(one for one in extractor.extract(article).events if one.main)
    assert event.date is not None
    assert (event.date.start, event.date.end) == ("2023-09-02", "2023-09-03")


def test_the_first_day_in_the_title_is_widened_by_the_text(extractor: Extractor) -> None:
    text = (
        "Digelar 16 November, Kelurahan Mawar Adakan Pasar Murah\n\nPasar murah digelar Dinas "
        "Pangan Kota Melati.\n\nKepala Dinas mengatakan, pasar murah itu akan digelar pada 16 "
        "sampai dengan 25 November 2021."
    )
    article = Article(id="a", title=text.split("\n")[0], text=text, published="2021-11-02")
    event = next(one for one in extractor.extract(article).events if one.main)
    assert event.date is not None
    assert (event.date.start, event.date.end) == ("2021-11-16", "2021-11-25")
