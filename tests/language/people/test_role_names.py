"""Where a role ends and the name of its holder begins, with a place or a body between them."""

import pytest

from extractor.language.layout import read_layout
from extractor.language.people.finding import PeopleFinder
from extractor.rulebook import Rulebook


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> PeopleFinder:
    return PeopleFinder(rulebook["people"], rulebook["offices"], rulebook["officials"])


def _people(finder: PeopleFinder, rulebook: Rulebook, text: str) -> list[tuple[str, str | None]]:
    found = finder.find(read_layout(text, rulebook["paragraphs"], 0))
    heads = [one.value for one in found if one.value.get("head")]
    return [(head["name"], head["role"]["text"] if head["role"] else None) for head in heads]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wali Kota Denpasar I Gusti Wirasta Jaya Negara, Camat Sorong Timur Ketut Sri Karyawati, hadir.",
            [
                ("I Gusti Wirasta Jaya Negara", "Wali Kota Denpasar"),
                ("Ketut Sri Karyawati", "Camat Sorong Timur"),
            ],
        ),
        (
            "Hadir Ketua DPRD Denpasar I Gusti Tarwana, anggota DPRD Denpasar Wayan Tarwan dan Anak Agung Tarwana.",
            [
                ("I Gusti Tarwana", "Ketua DPRD Denpasar"),
                ("Wayan Tarwan", "anggota DPRD Denpasar"),
                ("Anak Agung Tarwana", "anggota DPRD Denpasar"),
            ],
        ),
        (
            "Hadir juga Bupati Samosir Tarwan Kelmury, Wakil Ketua DPRD Samosir Mesaka Yaran dan Jon Yaran.",
            [
                ("Tarwan Kelmury", "Bupati Samosir"),
                ("Mesaka Yaran", "Wakil Ketua DPRD Samosir"),
                ("Jon Yaran", None),
            ],
        ),
        (
            "Hadir mantan Bupati Sorong Tarwan Kelmury (periode 2010–2015).",
            [("Tarwan Kelmury", "mantan Bupati Sorong")],
        ),
        ("Hadir anggota DPR RI Tarwan Kelmury, dan tamu.", [("Tarwan Kelmury", "anggota DPR RI")]),
        (
            "Menurut Kasi Gara Haji dan Umrohan, Tarwan Kelmury, berkas lengkap.",
            [("Tarwan Kelmury", "Kasi Gara Haji dan Umrohan")],
        ),
        ("Rapat di Kantor Camat Kelmury, Yaran, Sorong, selesai.", []),
        ("Hadir perangkat kampung, Forkopimcam Yaran, dan tamu.", []),
        (
            "Bupati Sorong Tarwan Kelmury dan Wakil Bupati Sorong, Mesaka Yaran, datang.",
            [("Tarwan Kelmury", "Bupati Sorong"), ("Mesaka Yaran", "Wakil Bupati Sorong")],
        ),
        (
            "Rapat dipimpin Wali Kota Tarwan Kelmury, SE bersama Wakil Wali Kota Mesaka Yaran.",
            [("Tarwan Kelmury", "Wali Kota"), ("Mesaka Yaran", "Wakil Wali Kota")],
        ),
        (
            "Bupati Sorong Tarwan Kelmury, Wabup Mesakaya, dan undangan hadir.",
            [("Tarwan Kelmury", "Bupati Sorong"), ("Mesakaya", "Wabup")],
        ),
        ("Kaban Kesbangpol Tarwan Kelmury, hadir.", [("Tarwan Kelmury", "Kaban Kesbangpol")]),
        (
            "Penghargaan diterima Direktur Operasional Bank Papua Tarwan Kelmury, di kantornya.",
            [("Tarwan Kelmury", "Direktur Operasional Bank Papua")],
        ),
        (
            "Wakil Gubernur (Wagub) Tarwan Kelmury hadir.",
            [("Tarwan Kelmury", "Wakil Gubernur (Wagub)")],
        ),
        (
            "Penjabat (Pj) Bupati Sorong Tarwan Kelmury hadir.",
            [("Tarwan Kelmury", "Penjabat (Pj) Bupati Sorong")],
        ),
        (
            "Kepala Dinas Sosial (Dinsos) Kota Sorong Tarwan Kelmury hadir.",
            [("Tarwan Kelmury", "Kepala Dinas Sosial (Dinsos) Kota Sorong")],
        ),
        (
            "Kepala Seksi Pengolahan dan Analisa Data Tarwan Kelmury mengatakan hal itu.",
            [("Tarwan Kelmury", "Kepala Seksi Pengolahan dan Analisa Data")],
        ),
        (
            "Lurah Kenanga Kelmury membuka lomba. Kelmury mengatakan, warga antusias.",
            [("Kelmury", "Lurah Kenanga")],
        ),
        (
            "Kades Kenangasari Tarsutrisno berharap warga ikut.",
            [("Tarsutrisno", "Kades Kenangasari")],
        ),
        ("Lurah Kenanga Anyar mengatakan, warga antusias.", []),
        ("Kepala Desa Sumber Kenanga mengatakan, warga antusias.", []),
        ("Bupati Tabanan I Komang Kelmury datang.", [("I Komang Kelmury", "Bupati Tabanan")]),
        (
            "Bupati Sorong H. Tarwan Kelmury datang. Hal itu disampaikan Haji Mo’ sapaan akrab "
            "Bupati Sorong.",
            [("Tarwan Kelmury", "Bupati Sorong")],
        ),
        ("Sesuai arahan Presiden Kelmuri, harga dijaga.", [("Kelmuri", "Presiden")]),
        (
            "Ketua Panitia HUT RI ke-78 Tarwan Kelmury melaporkan hasil.",
            [("Tarwan Kelmury", "Ketua Panitia HUT RI ke-78")],
        ),
        (
            "Kepala Desa Sukamadu, Kecamatan Cibiru, Wagiman mengatakan jalan rusak.",
            [("Wagiman", "Kepala Desa Sukamadu, Kecamatan Cibiru")],
        ),
        (
            "Tarwan Kelmury selaku Kordum Garuda Cabang Sorong menjelaskan tarif.",
            [("Tarwan Kelmury", "Kordum Garuda Cabang Sorong")],
        ),
        ("“Ramai,” kata Kelmuri salah seorang warga.", [("Kelmuri", "warga")]),
        (
            "Perwakilan warga, Kelmuri, berterima kasih.",
            [("Kelmuri", "Perwakilan warga")],
        ),
        (
            "Hadir Puskesmas Sorong Timur drg. Tarwan Kelmury.",
            [("Tarwan Kelmury", None)],
        ),
    ],
)
def test_a_role_runs_into_a_name(
    finder: PeopleFinder, rulebook: Rulebook, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert _people(finder, rulebook, text) == expected


def test_what_two_offices_share_is_a_place(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = "Camat Wanasuri Tugimin, Kapolsek Wanasuri Jarwadi dan warga hadir."
    expected = [("Tugimin", "Camat Wanasuri"), ("Jarwadi", "Kapolsek Wanasuri")]
    assert _people(finder, rulebook, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Direktorat Jenderal Pemasyarakatan menggelar pameran.",
        "Surat Edaran (SE) itu ditindaklanjuti.",
        "Petugas Rumah Tahanan Negara Kelas IIB Karang Brandal menyalurkan bantuan.",
        "Kejuaraan sepak bola Piala Bupati Sorong Cup tahun 2023 ditutup.",
        "Hal itu disampaikan oleh KPK RI dengan jelas.",
        "Syiar itu dijaga melalui Gaung Syiar Al-Qur'an yang indah.",
        "Acara digelar bersama Telkomtel Area Jawa Bali.",
        "Band bernama Lapasanda Band tampil.",
        "Yang terendah D.I. Yogyakarta dengan 35,8 persen.",
    ],
)
def test_bodies_and_things_are_nobody(finder: PeopleFinder, rulebook: Rulebook, text: str) -> None:
    assert _people(finder, rulebook, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doa dipimpin KH. MB. Tarwan Kelmury.", ["MB. Tarwan Kelmury"]),
        ("Ketua Forum VH. Kelmury menyebutkan hal itu.", ["VH. Kelmury"]),
        ("Hadir Iptu Kelmuri tri w. Acara selesai.", ["Kelmuri tri w."]),
        ("Hadir Drs. M. Tarwan kelmu, MM di lokasi.", ["M. Tarwan kelmu"]),
        ("Kolonel Laut (P) Tarwan Kelmury hadir.", ["Tarwan Kelmury"]),
        ("Marsekal Pertama TNI Tarwan Kelmury hadir.", ["Tarwan Kelmury"]),
        ("“Siap,” Tambah Kelmuri.", ["Kelmuri"]),
        ("Hal itu dikatakan oleh Kelmuri kemarin.", ["Kelmuri"]),
        ("Para pemateri yakni Wigati, Tumijan, dan Hartanti.", ["Wigati", "Tumijan", "Hartanti"]),
    ],
)
def test_all_of_a_name_and_only_the_name(
    finder: PeopleFinder, rulebook: Rulebook, text: str, names: list[str]
) -> None:
    assert [name for name, _ in _people(finder, rulebook, text)] == names


def test_a_signature_below_a_role(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = "Narahubung:\n\nKepala Balai Taman Nasional Rawa Aopi\n\nTarwan Kelmury - 0812-0000-111"
    assert ("Tarwan Kelmury", "Kepala Balai Taman Nasional Rawa Aopi") in _people(
        finder, rulebook, text
    )


def test_a_family_name_is_not_the_relative(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = "Bupati Sorong, Wabup Kelmuri, dan Ketua TP PKK Ny. Donasia Kelmuri hadir."
    assert [name for name, _ in _people(finder, rulebook, text)] == ["Kelmuri", "Donasia Kelmuri"]


def test_the_fullest_wording_of_a_role_is_kept(finder: PeopleFinder, rulebook: Rulebook) -> None:
    text = "Kapolres AKBP Tarwan Kelmury hadir. Kapolres Sorong AKBP Tarwan Kelmury berharap aman."
    assert _people(finder, rulebook, text) == [("Tarwan Kelmury", "Kapolres Sorong")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hal itu dikatakan Tarwan Megakelmu Sekda Kota Sorong.",
            [("Tarwan Megakelmu", "Sekda Kota Sorong")],
        ),
        (
            "Hadir Ketua DPRD Kelmuri, Sekda Mesakaya, dan Kepala BKD Donasian.",
            [("Kelmuri", "Ketua DPRD"), ("Mesakaya", "Sekda"), ("Donasian", "Kepala BKD")],
        ),
        (
            "Hadir Walikota M Kelmur Yaran, Ketua DPRD M Donas Wenda, dan undangan.",
            [("M Kelmur Yaran", "Walikota"), ("M Donas Wenda", "Ketua DPRD")],
        ),
        (
            "Hadir Kepala Diskominfo Kelmur Yaran Muda Wenda.",
            [("Kelmur Yaran Muda Wenda", "Kepala Diskominfo")],
        ),
        (
            "Hadir Camat Sorong Kelmur Yaran dan Aparat Desa Mekarwangi.",
            [("Kelmur Yaran", "Camat Sorong")],
        ),
        (
            "Kepala Pusat Dokumentasi Kebudayaan Batak Universitas HKBP Sorong, Kelmur Yaran, hadir.",
            [("Kelmur Yaran", "Kepala Pusat Dokumentasi Kebudayaan Batak Universitas HKBP Sorong")],
        ),
        (
            "Kepala Kejaksaan (Kajari) Sorong, Kelmur Yaran mengatakan siap.",
            [("Kelmur Yaran", "Kepala Kejaksaan (Kajari) Sorong")],
        ),
        (
            "Hadir Ketua Panitia STQ ke-XXV, Kelmur Yaran.",
            [("Kelmur Yaran", "Ketua Panitia STQ ke-XXV")],
        ),
        (
            "Danrindam XVII/Cendrawasih Kolonel Inf. Kelmur Yaran hadir.",
            [("Kelmur Yaran", "Danrindam XVII/Cendrawasih")],
        ),
        ("Kedatangan Wakil Menteri PKP, Beserta Rombongannya, disambut.", []),
        ("Iapun mengatakan siap.", []),
        ("Ketua LPM Menegaskan bahwa jalan itu rusak.", []),
        (
            "Camat Sorong yang dijabat oleh Kelmuri digantikan oleh Donas Wenda.",
            [("Kelmuri", "Camat Sorong"), ("Donas Wenda", "Camat Sorong")],
        ),
        (
            "Anggota DPRD yang ikut menghadiri adalah Kelmuri, Donas Wenda, dan Mesak Yaran.",
            [(name, "Anggota DPRD") for name in ("Kelmuri", "Donas Wenda", "Mesak Yaran")],
        ),
        ("Bupati Kelmur Ratna Yaran hadir.", [("Kelmur Ratna Yaran", "Bupati")]),
        ("Hadir Kadisporaparbud Kelmur Yaran.", [("Kelmur Yaran", "Kadisporaparbud")]),
    ],
)
def test_roles_and_holders_that_run_together(
    finder: PeopleFinder, rulebook: Rulebook, text: str, expected: list[tuple[str, str]]
) -> None:
    assert _people(finder, rulebook, text) == expected


def test_a_list_behind_one_role_gives_it_to_all_and_keeps_namesakes_apart(
    finder: PeopleFinder, rulebook: Rulebook
) -> None:
    text = (
        "Susunan tim antara lain, Ketua, Wendari, Wakil Ketua, Kelmur Yaran, serta Anggota, "
        "Insinyur Mesak Yaran, Tarwan Wenda, S.Sos., Tarwan Donas, dan Dra. Hajah Wigati Sari."
    )
    assert _people(finder, rulebook, text) == [
        ("Wendari", "Ketua"),
        ("Kelmur Yaran", "Wakil Ketua"),
        ("Mesak Yaran", "Anggota"),
        ("Tarwan Wenda", "Anggota"),
        ("Tarwan Donas", "Anggota"),
        ("Wigati Sari", "Anggota"),
    ]
