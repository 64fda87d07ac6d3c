"""Who held an event."""

import pytest

from extractor.language.events.finding import EventFinder
from extractor.language.layout import read_layout
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> EventFinder:
    """The finder with the shipped rules."""
    return EventFinder(rulebook["events"], rulebook["offices"])


@pytest.mark.parametrize(
    ("text", "organisers"),
    [
        ("Dinas Air Kota Melati menggelar Lomba Pompa di Aula Mawar.", ["Dinas Air Kota Melati"]),
        (
            "Pemerintah Kota Melati melalui Dinas Air dan Sumur (DAS) menggelar Lomba Pompa di Aula.",
            ["Pemerintah Kota Melati", "Dinas Air dan Sumur (DAS)"],
        ),
        (
            "Dinas Air Kota Melati bekerja sama dengan Bank Kenanga menggelar Lomba Pompa di Aula.",
            ["Dinas Air Kota Melati", "Bank Kenanga"],
        ),
        (
            "Camat menghadiri Lomba Pompa yang diselenggarakan oleh Dinas Air Kota Melati di Aula.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Lomba Pompa yang digagas Karang Taruna Desa Melati bersama PKK Kenanga itu meriah.",
            ["Karang Taruna Desa Melati", "PKK Kenanga"],
        ),
        ("Bupati Melati membuka Lomba Pompa di Aula Mawar.", []),
        ("Bupati Melati bersama jajaran, TNI dan Polri menggelar Lomba Pompa di Aula Mawar.", []),
        (
            "Bupati membuka Lomba Pompa. Kegiatan yang berlangsung dari pagi sampai sore hari ini "
            "diinisiasi oleh Bagian Air Kantor Bupati Melati.",
            ["Bagian Air Kantor Bupati Melati"],
        ),
        (
            "Dinas Air Kota Melati menggelar Lomba Pompa bagi juru air bekerjasama dengan pihak "
            "Yayasan Kenanga.",
            ["Dinas Air Kota Melati", "Yayasan Kenanga"],
        ),
        ("Bupati mengikuti Rapat Paripurna DPRD Kota Melati di Aula.", ["DPRD Kota Melati"]),
        (
            "Kelompok Juru Pompa di lingkungan Dinas Air Kota Melati menggelar Lomba Pompa di Aula.",
            ["Kelompok Juru Pompa"],
        ),
        (
            "Guna memajukan program Pompa Hijau dan Sumur Biru, Dinas Air Kota Melati menggelar Lomba "
            "Pompa di Aula.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Pemerintah Kabupaten Melati, Jawa Dahlia, menggelar Lomba Pompa di Aula.",
            ["Pemerintah Kabupaten Melati"],
        ),
        (
            "Dinas Air Kabupaten Melati, Riau mengadakan Lomba Pompa di Aula.",
            ["Dinas Air Kabupaten Melati"],
        ),
        (
            "Dinas Air Kota Melati menggelar Lomba Pompa melalui Zoom Meeting.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Dinas Air Kota Melati mulai menyalurkan bantuan pompa. Penyaluran bantuan pompa itu "
            "berlangsung meriah.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Menjelang penutupan program Pompa Manunggal ke-9, jajaran Pemerintah Kota Melati bersama "
            "PKK Kenanga menggelar Lomba Pompa di Aula.",
            ["Pemerintah Kota Melati", "PKK Kenanga"],
        ),
        (
            "Polres Melati dengan tema “Pompa Peduli” melaksanakan Lomba Pompa di Aula.",
            ["Polres Melati"],
        ),
        ("Dinas air Kab. Melati melaksanakan Lomba Pompa di Aula.", ["Dinas air Kab. Melati"]),
        (
            "Pemerintah Kota Melati melalui Anggaran Pompa Daerah menggelar Lomba Pompa di Aula.",
            ["Pemerintah Kota Melati"],
        ),
        (
            "Pemerintah Kabupaten Melati pesisir, Jawa Dahlia menggelar Lomba Pompa di Aula.",
            [],
        ),
        (
            "Bupati membuka Musyawarah Rencana Kerja Pemerintah Daerah (RKPD) Pemkab Melati di Aula.",
            ["Pemkab Melati"],
        ),
        (
            "Pemerintah Kota Melati, melalui perangkat daerah terkait, menggelar Lomba Pompa di Aula.",
            ["Pemerintah Kota Melati"],
        ),
        (
            "Dinas Sosial Kota Melati menyalurkan bantuan pompa kepada warga melalui pemerintah "
            "kelurahan. Penyaluran bantuan pompa itu berlangsung meriah.",
            ["Dinas Sosial Kota Melati"],
        ),
        (
            "Sekda menghadiri Lomba Pompa di Aula Mawar. Acara ini merupakan prakarsa dari Dinas Air "
            "Kota Dahlia.",
            ["Dinas Air Kota Dahlia"],
        ),
        (
            "Dalam semarak lustrum, Unimel menutup pekan itu dengan menyelenggarakan Lomba Pompa.",
            ["Unimel"],
        ),
        ("Tim PKK Kabupaten Melati turut memeriahkan Gebyar Pompa. Gebyar itu dihadiri camat.", []),
        (
            "DPRD menggelar rapat paripurna di Aula. Rapat dipimpin Ketua DPRD Kota Melati.",
            ["DPRD Kota Melati"],
        ),
        (
            "Universitas Melati (Unimel) dan Politeknik Dahlia tanda tangani nota kesepahaman. "
            "Penandatanganan nota kesepahaman itu disaksikan camat.",
            ["Universitas Melati (Unimel)", "Politeknik Dahlia"],
        ),
        (
            "Lurah meninjau pembersihan got yang dilakukan oleh Dinas Air Kota Melati. Peninjauan itu dihadiri warga.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Bertempat di Aula Mawar, Dinas Pangan, Air dan Sumur Kota Melati menggelar Lomba Pompa.",
            ["Dinas Pangan, Air dan Sumur Kota Melati"],
        ),
        ("Lomba Pompa digelar di Aula Mawar.", []),
        (
            "Dinas Air Kota Melati menerima Kunjungan Kerja dari Pemerintah Kabupaten Kenanga di Aula.",
            ["Pemerintah Kabupaten Kenanga"],
        ),
        (
            "Di bulan ini Sanggar Topeng Melati (STM) menggelar Lomba Menari di Aula Mawar.",
            ["Sanggar Topeng Melati (STM)"],
        ),
        (
            "Tim Penilai Kota Melati yang terdiri dari Dinas Air, PKK Kenanga menggelar Lomba Pompa.",
            ["Tim Penilai Kota Melati"],
        ),
        (
            "MELATI, Dinas Air Kota Melati menggelar Lomba Pompa di Aula Mawar.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Bertempat di Kantor PDAM Kota Melati telah menggelar Lomba Pompa.",
            [],
        ),
        (
            "Komisi I dan Komisi II DPRD Kota Melati menggelar Lomba Pompa di Aula Mawar.",
            ["Komisi I dan Komisi II DPRD Kota Melati"],
        ),
        (
            "Dinas Air Kota Melati melalui Seksi Sumur menggelar Lomba Pompa di Aula Mawar.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Pemerintah Indonesia melalui Kementerian Air menggelar Lomba Pompa di Aula Mawar.",
            ["Kementerian Air"],
        ),
        (
            "Dinas Air Kota Melati menggelar Lomba Pompa. Lomba Pompa ini bekerja sama dengan PMI.",
            ["Dinas Air Kota Melati", "PMI"],
        ),
        ("Lomba Pompa yang digagas panitia itu meriah di Aula Mawar.", []),
        (
            "Kepala Dinas Air Kota Melati melaksanakan Lomba Pompa di Aula Mawar.",
            ["Dinas Air Kota Melati"],
        ),
        (
            "Bupati Melati menerima Kunjungan Kerja dari Komunitas Topeng (KT) Kenanga di Aula Mawar.",
            ["Komunitas Topeng (KT) Kenanga"],
        ),
        (
            "Telah digelar Lomba Pompa oleh Badan Amil Zakat Kota Melati di Aula Mawar.",
            ["Badan Amil Zakat Kota Melati"],
        ),
        ("Didampingi Kepala Dinas Air, Wali Kota Melati melaksanakan Lomba Pompa di Aula.", []),
        (
            "Dinas Air (Disair) Kota Melati menggelar Lomba Pompa di Aula Mawar.",
            ["Dinas Air (Disair) Kota Melati"],
        ),
        (
            "PMI Kota Melati bersama Polres Melati, Kodim Melati dan Bank Kenanga menggelar Lomba Pompa.",
            ["PMI Kota Melati", "Polres Melati", "Kodim Melati", "Bank Kenanga"],
        ),
        (
            "Jajaran Polsek Kenanga menggelar Lomba Pompa di Aula Mawar.",
            ["Polsek Kenanga"],
        ),
        ("Lomba Pompa Dinas Air berlangsung di Aula Mawar.", []),
        (
            "Pemerintah Kabupaten Kenanga bergerak. Hari itu Pemkab menggelar Lomba Pompa di Aula.",
            ["Pemerintah Kabupaten Kenanga"],
        ),
    ],
)
def test_organisers_in_text_order(
    finder: EventFinder, rulebook: Rulebook, text: str, organisers: list[str]
) -> None:
    layout = read_layout(text, rulebook["paragraphs"], 0)
    main = finder.find(layout)[0]
    assert main.value["main"]
    assert [one["text"] for one in main.value["organizers"]] == organisers
    for one in main.value["organizers"]:
        assert text[one["start"] : one["end"]] == one["text"]
