"""Who said what, on text alone: people are given by their names."""

import re
from dataclasses import replace
from typing import Any

import pytest

from extractor.language.found import Found
from extractor.language.layout import read_layout
from extractor.language.quotes.finding import QuoteFinder
from extractor.language.quotes.speakers import Reading
from extractor.rulebook import Rulebook

NAMES = {"Rina Wulandari": "p1", "Rina": "p1", "Budi Santoso": "p2", "Budi": "p2", "Darmi": "p3"}
ROLES = {"Camat": "p1", "Bupati": None, "dirjen": "p1"}


@pytest.fixture(scope="module")
def finder(rulebook: Rulebook) -> QuoteFinder:
    return QuoteFinder(rulebook["quotes"])


def people(text: str) -> list[Found]:
    pattern = re.compile("|".join(rf"\b{name}\b" for name in [*NAMES, *ROLES]))
    return [
        Found(
            m.start(),
            m.end(),
            "people.test",
            0.9,
            {"person": NAMES[m.group()], "form": "full"}
            if m.group() in NAMES
            else {"person": ROLES[m.group()], "form": "role"},
        )
        for m in pattern.finditer(text)
    ]


def quotes(finder: QuoteFinder, rulebook: Rulebook, text: str) -> list[Found]:
    return finder.find(text, read_layout(text, rulebook["paragraphs"], 0), people(text), [])


def told(found: list[Found], text: str) -> list[tuple[str, str, Any]]:
    return [(q.value["kind"], text[q.start : q.end], q.value["speaker"]) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Kami siap,” kata Rina.", [("direct", "Kami siap,", "p1")]),
        ("Rina hadir. “Kami siap,” katanya.", [("direct", "Kami siap,", "p1")]),
        ("Rina hadir. “Kami siap,” gerutunya pelan.", [("direct", "Kami siap,", "p1")]),
        ("“Kami siap,” gerutu Rina.", [("direct", "Kami siap,", "p1")]),
        (
            "Rina menimpali “kami di sini selalu siap”.",
            [("direct", "kami di sini selalu siap", "p1")],
        ),
        ("“Kami siap,” Lirih Rina.", [("direct", "Kami siap,", "p1")]),
        (
            "“Kami di sini selalu siap menjaga jalan” lirihnya.",
            [("direct", "Kami di sini selalu siap menjaga jalan", None)],
        ),
        ("Rina tiba. 'Kami siap', kata Rina.", [("direct", "Kami siap", "p1")]),
        ("“Kami siap,” Rina usai rapat.", [("direct", "Kami siap,", "p1")]),
        ("“Kami siap.” Pungkas Rina.", [("direct", "Kami siap.", "p1")]),
        ("Rina menambahkan, “Kami siap.”", [("direct", "Kami siap.", "p1")]),
        ("Pesan Rina: “Jangan lengah.”", [("direct", "Jangan lengah.", "p1")]),
        ("“Kami siap, kata Rina.", [("direct", "Kami siap,", "p1")]),
        ("Kami siap,” kata Rina.", [("direct", "Kami siap,", "p1")]),
        ('"Kami sudah siap, kata Rina."', [("direct", "Kami sudah siap,", "p1")]),
        (
            "“Kami,” kata Rina, “sudah siap.”",
            [("direct", "Kami,", "p1"), ("direct", "sudah siap.", "p1")],
        ),
        (
            "Rina duduk di depan. “Saya ingin melihat sendiri.”",
            [("direct", "Saya ingin melihat sendiri.", "p1")],
        ),
        (
            "Rina tiba. “Kami siap,” ujar perempuan berkacamata itu.",
            [("direct", "Kami siap,", "p1")],
        ),
        ("“Kami siap,” ujar Budi melalui Rina.", [("direct", "Kami siap,", "p1")]),
        ("Rina tiba. “Awas!” teriak seseorang.", [("direct", "Awas!", None)]),
    ],
)
def test_direct_speech_and_its_speaker(
    finder: QuoteFinder, rulebook: Rulebook, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(quotes(finder, rulebook, text), text) == expected


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Rina mengatakan bahwa jalan itu rusak.", "jalan itu rusak"),
        ("Rina mengungkapkan, jalan itu rusak.", "jalan itu rusak"),
        ("Rina berpesan agar jalan itu dijaga.", "agar jalan itu dijaga"),
        ("Rina mengajak warga untuk menjaga jalan.", "warga untuk menjaga jalan"),
        ("Menurut Rina, jalan itu rusak.", "jalan itu rusak"),
        ("Kata Rina, jalan itu rusak.", "jalan itu rusak"),
        ("Dikatakan Rina, jalan itu rusak.", "jalan itu rusak"),
        ("Jalan itu, kata Rina, rusak parah.", "Jalan itu, kata Rina, rusak parah"),
        ("Jalan itu sudah lama rusak, ujar Rina.", "Jalan itu sudah lama rusak"),
        (
            "Jalan itu rusak parah. Hal tersebut disampaikan Rina saat rapat.",
            "Jalan itu rusak parah",
        ),
        ("Rina menulis surat. Ditambahkan pula, jalan itu rusak.", "jalan itu rusak"),
        ("Rina menulis surat. Lebih lanjut dijelaskan, jalan itu rusak.", "jalan itu rusak"),
        (
            "Rina menulis surat. Pihaknya memastikan jalan segera diperbaiki.",
            "jalan segera diperbaiki",
        ),
        ("Rina menulis surat. Disampaikannya, jalan itu rusak.", "jalan itu rusak"),
        ("Rina mewartakan, jalan itu rusak sejak lama.", "jalan itu rusak sejak lama"),
        ("Rina tidak menutupi kabar bahwa jalan itu rusak.", "jalan itu rusak"),
        ("Rina menitip pesan kepada warga agar jalan dijaga.", "agar jalan dijaga"),
        ("Rina minta jalan itu tidak dirusak.", "jalan itu tidak dirusak"),
        ("Rina mengatakan jika jalan itu rusak.", "jika jalan itu rusak"),
        ("Rina menyampaikan kalau jalan itu rusak.", "kalau jalan itu rusak"),
        (
            "Rina menjelaskan terkait jalan itu, warga sudah setuju.",
            "terkait jalan itu, warga sudah setuju",
        ),
        (
            "Rina menyampaikan bantuan yang datang merupakan iuran warga.",
            "bantuan yang datang merupakan iuran warga",
        ),
        ("Rina menyampaikan acara ini sebagai lanjutan rapat.", "acara ini sebagai lanjutan rapat"),
        ("Dikatakan Rina saat ini jalan itu sudah rata.", "saat ini jalan itu sudah rata"),
        ("Jalan itu sudah lama rusak, demikian Rina.", "Jalan itu sudah lama rusak"),
        ("Jalan itu sudah lama rusak seperti disampaikan Rina.", "Jalan itu sudah lama rusak"),
        ("Jalan itu sudah lama rusak, Rina menegaskan.", "Jalan itu sudah lama rusak"),
        ("Harapan Rina agar jalan itu dijaga.", "agar jalan itu dijaga"),
        ("Rina melirihkan masih ada jalan yang rusak.", "masih ada jalan yang rusak"),
        ("Rina memotivasi para petani agar jalan dijaga.", "para petani agar jalan dijaga"),
        ("Rina menaruh harapan besar agar jalan dijaga.", "agar jalan dijaga"),
        ("Hal senada disampaikan Rina yang menilai jalan itu rusak.", "jalan itu rusak"),
        ("Rina meminta warga bersabar.", "warga bersabar"),
        ("Rina menyebut “jalan tikus” itu rusak parah.", "“jalan tikus” itu rusak parah"),
        ("Rina bergharap jalan itu segera diperbaiki.", "jalan itu segera diperbaiki"),
        ("Rina menambahkan dalam sambutannya, inilah jalan terbaik.", "inilah jalan terbaik"),
        ("Rina menegaskan usai rapat, jalan itu sudah rusak.", "jalan itu sudah rusak"),
        ("Ketahuilah jelas Rina, jalan itu rusak.", "Ketahuilah jelas Rina, jalan itu rusak"),
        ("Rina menegaskan tidak masalah.", "tidak masalah"),
        ("Jalan itu, kata dirjen, rusak parah.", "Jalan itu, kata dirjen, rusak parah"),
        (
            "Tak ingin menyia-nyiakan waktu itu, Rina mengatakan bahwa jalan itu rusak.",
            "jalan itu rusak",
        ),
        (
            "Rina berharap usulan tersebut dapat diterima warga.",
            "usulan tersebut dapat diterima warga",
        ),
        (
            "Rina berpesan semangat para pendiri desa ini harus menjadi teladan.",
            "semangat para pendiri desa ini harus menjadi teladan",
        ),
        (
            "Rina menulis surat. Disampaikan pula desa telah menjalin kerja sama.",
            "desa telah menjalin kerja sama",
        ),
        ("Rina menilai jalan itu rusak, ia berharap warga bersabar.", "jalan itu rusak"),
        ("Rina menilai jalan itu rusak, ia berharap warga bersabar.", "warga bersabar"),
        ("Rina mengaku bangga kepada para petani desa.", "bangga kepada para petani desa"),
        ("Rina menuturkan apabila jalan itu rusak.", "apabila jalan itu rusak"),
        ("Rina yang baru saja dilantik mengatakan jalan itu rusak.", "jalan itu rusak"),
        (
            "Rina menekankan tujuan jalan ini hendaklah dipahami warga.",
            "tujuan jalan ini hendaklah dipahami warga",
        ),
        (
            "Jalan itu sudah rusak parah sejak lama. Rina menyampaikan hal itu saat rapat.",
            "Jalan itu sudah rusak parah sejak lama",
        ),
        (
            "Jalan lanjut Rina, sebagai urat nadi desa, memiliki arti besar.",
            "Jalan lanjut Rina, sebagai urat nadi desa, memiliki arti besar",
        ),
        (
            "Rina mengakui bahwa jalan itu rusak. Warga sulit lewat jalan itu.\n\n"
            "Hal tersebut disampaikan Rina saat apel.",
            "Warga sulit lewat jalan itu",
        ),
        (
            "Jalan itu rusak parah sejak lama.\n\n"
            "Hal tersebut disampaikan oleh Penghulu Melati (Pengmel), Rina saat apel.",
            "Jalan itu rusak parah sejak lama",
        ),
    ],
)
def test_reported_clauses_with_their_extent(
    finder: QuoteFinder, rulebook: Rulebook, text: str, clause: str
) -> None:
    assert ("reported", clause, "p1") in told(quotes(finder, rulebook, text), text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Budi melalui Rina mengatakan, jalan itu rusak.", "p1"),
        ("Budi yang diwakili Rina mengatakan, jalan itu rusak.", "p1"),
        ("Budi didampingi Rina mengatakan, jalan itu rusak.", "p2"),
        ("Budi yang hadir bersama Camat dan Rina mengatakan, jalan itu rusak.", "p2"),
        ("Budi saat rapat yang dipimpin Rina mengatakan, jalan itu rusak.", "p2"),
        ("Rina mewakili Budi mengatakan, jalan itu rusak.", "p1"),
        ("Dengan adanya Budi yang lulus di Melati, Rina mengatakan jalan itu rusak.", "p1"),
        ("Camat pada Dinas Air Kota Melati, Rina mengatakan jalan itu rusak.", "p1"),
        ("Rina hadir. “Sopirnya Budi, sudah ditahan,” kata dia.", "p1"),
        ("Kepada Budi, Rina mengatakan, jalan itu rusak.", "p1"),
        ("Hal senada disampaikan Rina. Ia menilai jalan itu rusak parah.", "p1"),
        ("Budi meninjau jalan. Camat mengatakan, jalan itu rusak.", "p1"),
    ],
)
def test_the_subject_speaks(
    finder: QuoteFinder, rulebook: Rulebook, text: str, speaker: str
) -> None:
    (found,) = quotes(finder, rulebook, text)
    assert found.value["speaker"] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Rina mengatakan jalan itu rusak, sedangkan Budi meminta warga bersabar dulu.",
        "Menurut Rina, jalan itu rusak, sementara menurut Budi, warga bersabar dulu.",
        "Rina berharap jalan itu dijaga dan Budi menambahkan warga bersabar dulu.",
        "Jalan itu, kata Rina, rusak, sedangkan warga, kata Budi, bersabar dulu.",
    ],
)
def test_two_speakers_of_one_sentence_are_two_entries(
    finder: QuoteFinder, rulebook: Rulebook, text: str
) -> None:
    assert [q.value["speaker"] for q in quotes(finder, rulebook, text)] == ["p1", "p2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kami hadir. Kami juga siap,” kata Rina.", "Kami juga siap,"),
        ("Dalam acara “Jalan Kita” itu, kami senang,” kata Rina.",
         "Dalam acara “Jalan Kita” itu, kami senang,"),
        ("Rina berkata,”jalan itu milik kita semua”", "jalan itu milik kita semua"),
        ("Jalan ini milik kita semua, “kata Rina.", "Jalan ini milik kita semua,"),
        ("““Jalan Kita” sudah dibuka. Mari jaga,” kata Rina.",
         "“Jalan Kita” sudah dibuka. Mari jaga,"),
        ("““Jalan itu milik kita semua,”” kata Rina.", "Jalan itu milik kita semua,"),
        ("“Jalan itu “milik bersama””, kata Rina.", "Jalan itu “milik bersama”"),
        ("“Jalan itu milik kita semua. Kata Rina, Selasa (4/6/2024).”", "Jalan itu milik kita semua."),
        ("Menurut Rina, “Jalan itu milik kita semua.”", "Jalan itu milik kita semua."),
        ("Rina mengatakan bahwa “jalan itu milik kita semua”.", "jalan itu milik kita semua"),
        ("Rina mengajak warga “Mari jaga jalan kita sampai anak cucu”.",
         "Mari jaga jalan kita sampai anak cucu"),
        ("Rina berpesan, ’Jalan itu milik kita semua’.", "Jalan itu milik kita semua"),
        ("Acara itu ramai. Semua senang. Jalan dibuka,” kata Rina.", "Jalan dibuka,"),
        ("“Jalan itu sudah dibuka kata Rina di kantornya.", "Jalan itu sudah dibuka"),
        ("“Jalan ini dibuka,” selamat berlibur,” kata Rina.",
         "Jalan ini dibuka,” selamat berlibur,"),
        ("Rina berkata “Jalan ini milik kita semua” saat rapat.", "Jalan ini milik kita semua"),
        ("Seperti dikatakan oleh Rina salah seorang warga “jalannya kini sudah enak sekali”.",
         "jalannya kini sudah enak sekali"),
    ],
)  # fmt: skip
def test_marks_that_do_not_pair_are_read_by_grammar(
    finder: QuoteFinder, rulebook: Rulebook, text: str, said: str
) -> None:
    assert told(quotes(finder, rulebook, text), text) == [("direct", said, "p1")]


def test_two_quotations_with_one_tag_are_both_speech(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "“Jalan itu milik kita semua”, “Mari kita jaga” kata Rina."
    assert told(quotes(finder, rulebook, text), text) == [
        ("direct", "Jalan itu milik kita semua", "p1"),
        ("direct", "Mari kita jaga", "p1"),
    ]


def test_who_speaks_stands_within_a_quotation_that_lacks_its_first_mark(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "Rina hadir. Dalam rapat itu Budi menyampaikan rasa bangga kepada warga,” katanya."
    (found,) = quotes(finder, rulebook, text)
    assert (found.value["kind"], found.value["speaker"]) == ("direct", "p2")


def test_a_closing_mark_behind_a_reported_clause_opens_no_quotation(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "Rina mengatakan bahwa jalan itu rusak parah”, ujar Rina."
    assert [q.value["kind"] for q in quotes(finder, rulebook, text)] == ["reported"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rina hadir. “Kami siap,” jelasnya Budi.", "p2"),
        ("Rina yang diwakili Budi menyambut tamu. “Kami siap,” ujarnya.", "p2"),
        ("Budi hadir. “Kami siap,” ujar Penjaga Pintu ini.", "p2"),
    ],
)
def test_tags_and_turns_that_name_another(
    finder: QuoteFinder, rulebook: Rulebook, text: str, speaker: str
) -> None:
    (found,) = quotes(finder, rulebook, text)
    assert found.value["speaker"] == speaker


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sutris Wibawa selaku GM Angkutan mengatakan, jalan itu rusak.", "Sutris Wibawa"),
        ("Sementara itu, Vokalis Orkes, Sutris merasa senang. Menurutnya, jalan itu rapi.",
         "Sutris"),
    ],
)  # fmt: skip
def test_a_speaker_nobody_marked_stands_in_words(
    finder: QuoteFinder, rulebook: Rulebook, text: str, words: str
) -> None:
    (found,) = quotes(finder, rulebook, text)
    assert found.value["speaker_text"]["text"] == words


@pytest.mark.parametrize(
    ("short", "role"),
    [
        ("kadis", "kepala dinas pertanian melati"),
        ("menhut", "menteri kehutanan"),
        ("wabup", "wakil bupati melati"),
        ("kajati", "kepala kejaksaan tinggi melati"),
        ("sekda", "sekretaris daerah melati"),
    ],
)
def test_short_titles_mean_the_only_holder(short: str, role: str, rulebook: Rulebook) -> None:
    text = short.capitalize()
    layout = read_layout(text, rulebook["paragraphs"], 0)
    roles = {"p1": tuple(role.split()), "p2": ("ketua", "panitia")}
    reading = Reading(text, layout, [], rulebook["quotes"], roles=roles)
    assert reading.person_holding(reading.words) == "p1"


def test_the_author_speaks_and_the_reader_delivers(finder: QuoteFinder, rulebook: Rulebook) -> None:
    text = "Dalam sambutan Budi yang dibacakan Rina disampaikan bahwa jalan itu rusak."
    (found,) = quotes(finder, rulebook, text)
    assert (found.value["speaker"], found.value["delivered_by"]) == ("p2", "p1")


def test_a_name_nobody_marked_at_the_head_of_its_sentence_speaks(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "Darsim Wiguna, dalam kesempatan itu, menambahkan bahwa jalan itu rusak."
    (found,) = quotes(finder, rulebook, text)
    assert found.value["speaker_text"]["text"] == "Darsim Wiguna"


@pytest.mark.parametrize(("given", "said"), [("Kalta", "Kalta"), ("Lemtani", "Kalemtani")])
def test_a_role_the_text_shortens_itself_means_its_holder(
    given: str, said: str, finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = f"Kepala Lembaga Tani ({given}) Rina hadir. {said} menegaskan bahwa jalan itu rusak."
    end = text.index(" Rina")
    role = {"text": text[:end], "start": 0, "end": end}
    at = text.index("Rina")
    holder = Found(at, at + 4, "people.test", 0.9, {"person": "p1", "form": "full", "role": role})
    at = text.index(f"{said} m")
    short = Found(at, at + len(said), "people.test", 0.9, {"person": None, "form": "role"})
    layout = read_layout(text, rulebook["paragraphs"], 0)
    assert [q.value["speaker"] for q in finder.find(text, layout, [holder, short], [])] == ["p1"]


def test_somebody_without_a_name_beside_another_is_the_next_speaker(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "Berbeda dengan Budi, seorang petani muda terlambat. Menurutnya, jalan itu rusak."
    (found,) = quotes(finder, rulebook, text)
    assert (found.value["speaker"], found.value["speaker_text"]["text"]) == (
        None,
        "seorang petani muda",
    )


def test_somebody_only_thought_of_is_no_turn(finder: QuoteFinder, rulebook: Rulebook) -> None:
    text = "“Kami siap,” kata Rina. Warga berharap berkah pada almarhum Budi. “Ayo,” katanya."
    assert [who for _, _, who in told(quotes(finder, rulebook, text), text)] == ["p1", "p1"]


def test_a_name_nobody_marked_goes_on_with_the_role_before_the_clause(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "Menurut Ketua Pasar Melati Darsim, jalan itu rusak parah."
    at = text.index("Ketua")
    kind = Found(at, at + 5, "people.test", 0.9, {"person": None, "form": "role"})
    (found,) = finder.find(text, read_layout(text, rulebook["paragraphs"], 0), [kind], [])
    assert text[found.start : found.end] == "jalan itu rusak parah"


def test_the_last_speaker_goes_on_until_another_is_named(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = (
        "“Kami siap,” kata Rina.\n“Jalan akan diperbaiki,” imbuhnya.\n"
        "Sementara itu, Budi berharap jalan segera dibuka. “Warga menunggu,” ujarnya."
    )
    speakers = [q.value["speaker"] for q in quotes(finder, rulebook, text)]
    assert speakers == ["p1", "p1", "p2", "p2"]


def test_paragraphs_of_one_speech_are_one_entry_each(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "“Dulu jalan itu tanah.”\n“Sekarang sudah diaspal,” kata Darmi."
    assert told(quotes(finder, rulebook, text), text) == [
        ("direct", "Dulu jalan itu tanah.", "p3"),
        ("direct", "Sekarang sudah diaspal,", "p3"),
    ]


def test_a_role_nobody_is_known_to_hold_speaks_in_words(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    text = "“Jalan akan diperbaiki,” kata Bupati."
    (found,) = quotes(finder, rulebook, text)
    assert found.value["speaker"] is None
    assert found.value["speaker_text"]["text"] == "Bupati"


def test_a_supplied_mark_is_told(finder: QuoteFinder, rulebook: Rulebook) -> None:
    closed, opened = "“Kami siap,” kata Rina.", "“Kami siap, kata Rina."
    values = [quotes(finder, rulebook, text)[0] for text in (closed, opened)]
    assert [v.value["repaired"] for v in values] == [False, True]
    assert values[0].confidence > values[1].confidence


def test_a_speaker_is_less_sure_the_farther_away_the_name_stands(
    finder: QuoteFinder, rulebook: Rulebook
) -> None:
    near = "“Kami siap,” kata Rina. “Jalan dibuka,” imbuhnya."
    far = "“Kami siap,” kata Rina. Hujan turun. Warga datang. Jalan ramai. “Dibuka,” imbuhnya."
    role = "“Kami siap,” kata Bupati."
    sure = [
        quotes(finder, rulebook, text)[-1].value["speaker_text"]["confidence"]
        for text in ("“Kami siap,” kata Rina.", near, far, role)
    ]
    assert sure[0] > sure[1] > sure[2]
    assert sure[0] > sure[3]
    assert len({quotes(finder, rulebook, text)[-1].confidence for text in (near, far)}) == 1


def test_date_and_occasion_of_a_statement(finder: QuoteFinder, rulebook: Rulebook) -> None:
    text = "“Kami siap,” kata Rina saat meninjau jalan, Rabu (3/5/2023)."
    at = text.index("Rabu")
    date = Found(at, len(text) - 1, "dates.test", 0.9, {"start": "2023-05-03"})
    layout = read_layout(text, rulebook["paragraphs"], 0)
    (found,) = finder.find(text, layout, people(text), [date])
    assert found.value["date"] == [at, len(text) - 1]
    assert found.value["occasion"]["text"] == "saat meninjau jalan"


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("“Kami siap,” kata Rina usai rapat.", "usai rapat"),
        ("“Kami siap,” kata Rina pada pembukaan pasar, Rabu.", "pada pembukaan pasar"),
        ("“Kami siap,” kata Rina dalam sambutannya pada panen raya.", "pada panen raya"),
        ("“Kami siap,” kata Rina dalam keterangannya.", None),
        ("“Kami siap,” kata Rina pada hari Rabu.", None),
        ("Saat meninjau jalan, Rina mengatakan, “Kami siap.”", "Saat meninjau jalan"),
        ("Saat meninjau jalan, Rina mengatakan jalan itu rusak.", "Saat meninjau jalan"),
        ("Rina mengatakan jalan itu rusak saat hujan.", None),
    ],
)
def test_the_occasion_of_a_statement_stands_beside_its_cue(
    finder: QuoteFinder, rulebook: Rulebook, text: str, occasion: str | None
) -> None:
    (found,) = quotes(finder, rulebook, text)
    said = found.value["occasion"]
    assert (said["text"] if said is not None else None) == occasion


@pytest.mark.parametrize(
    "text",
    [
        "Rina saat membacakan sambutan Budi mengatakan, jalan itu rusak.",
        "Budi dalam sambutannya yang disampaikan Rina mengatakan, jalan itu rusak.",
        "“Jalan itu rusak,” kata Rina membacakan sambutan Budi.",
        "“Jalan itu rusak,” kata Budi dalam sambutan yang dibacakan Rina.",
    ],
)
def test_who_reads_a_speech_out_only_delivers_it(
    finder: QuoteFinder, rulebook: Rulebook, text: str
) -> None:
    (found,) = quotes(finder, rulebook, text)
    assert (found.value["speaker"], found.value["delivered_by"]) == ("p2", "p1")


@pytest.mark.parametrize(
    "text",
    [
        "“Jalan itu rusak,” kata Rina saat membacakan laporan camat.",
        "Rina saat membacakan laporan camat mengatakan, jalan itu rusak.",
    ],
)
def test_who_reads_out_what_is_of_a_kind_speaks(
    finder: QuoteFinder, rulebook: Rulebook, text: str
) -> None:
    role = text.index("camat")
    kind = Found(role, role + 5, "people.test", 0.9, {"person": None, "form": "role"})
    layout = read_layout(text, rulebook["paragraphs"], 0)
    marked = sorted([*people(text), kind], key=lambda one: one.start)
    (found,) = finder.find(text, layout, marked, [])
    assert (found.value["speaker"], found.value["delivered_by"]) == ("p1", None)


@pytest.mark.parametrize("rule_id", ["quotes.tag", "quotes.enclosed"])
def test_a_rule_switched_off_finds_nothing(rulebook: Rulebook, rule_id: str) -> None:
    rules = rulebook["quotes"]
    less = replace(rules, rules=tuple(r for r in rules.rules if r.id != rule_id))
    finder = QuoteFinder(less)
    text = "“Kami siap,” kata Rina. Jalan itu, kata Rina, rusak parah."
    assert rule_id not in {q.rule for q in quotes(finder, rulebook, text)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ia berharap dukungan pusat dapat segera terwujud.", "dukungan pusat dapat segera terwujud"),
        ("Ia minta warga untuk tetap menjaga jalan.", "warga untuk tetap menjaga jalan"),
        ("Ia percaya warga akan bersatu menjaga jalan.", "warga akan bersatu menjaga jalan"),
        ("Ia menyadari bantuan yang diberikan saat ini memang belum cukup.",
         "bantuan yang diberikan saat ini memang belum cukup"),
        ("Di samping itu, lanjut dia jalan ini menjadi ajang temu warga desa.",
         "Di samping itu, lanjut dia jalan ini menjadi ajang temu warga desa"),
        ("Kemudian kata dia berkaitan dengan jalan, desa tidak punya kewenangan.",
         "Kemudian kata dia berkaitan dengan jalan, desa tidak punya kewenangan"),
        ("Rencana ini diakuinya sesuai dengan arahan pusat.",
         "Rencana ini diakuinya sesuai dengan arahan pusat"),
        ("Antara lain mengingatkan warga baru untuk menjaga jalan.", "warga baru untuk menjaga jalan"),
        ("Lebih lanjut pintanya agar warga tetap menjaga jalan.", "agar warga tetap menjaga jalan"),
        ("Ia menyampaikan harga jagung turun karena pasokan.", "harga jagung turun karena pasokan"),
        ("Warga adalah modal penting untuk desa ini. Ujarnya.",
         "Warga adalah modal penting untuk desa ini"),
    ],
)  # fmt: skip
def test_what_the_last_speaker_went_on_to_say(
    finder: QuoteFinder, rulebook: Rulebook, text: str, said: str
) -> None:
    whole = f"Rina mengatakan jalan itu penting bagi warga. {text}"
    assert told(quotes(finder, rulebook, whole), whole)[1:] == [("reported", said, "p1")]


@pytest.mark.parametrize(
    "text",
    [
        "Rina mengharapkan doa dan dukungan seluruh warga.",
        "Rina melanjutkan agendanya, yakni menghadiri pengajian warga.",
        "Rina menyampaikan, terkait pentingnya menggunakan jalan demi menekan biaya.",
        "Rina menyampaikan sejumlah kebutuhan mendesak, mulai dari pasir hingga semen.",
        "Rina memaparkan rencana jalan yang akan digelar warga hingga Mei di balai desa.",
        "Rina memaparkan sejarah berdirinya desa, dan memaparkan jalan yang dibangun warga.",
        "Ketua Umum Rina Ketua umum Pasar Melati akan hadir di jalan itu.",
        "Rina datang untuk menyampaikan hal tersebut kepada warga.",
        "Rina ditunjuk melanjutkan tugas camat usai menyerahkan jabatan lamanya.",
        "Rina dalam kata penerimaannya memuji jalan desa.",
    ],
)
def test_things_and_topics_are_no_clause(
    finder: QuoteFinder, rulebook: Rulebook, text: str
) -> None:
    assert quotes(finder, rulebook, text) == []


def test_a_tag_may_report_something_besides(finder: QuoteFinder, rulebook: Rulebook) -> None:
    text = "“Jalan ini milik kita,” ujar Rina seraya berharap agar warga menjaga jalan."
    assert told(quotes(finder, rulebook, text), text) == [
        ("direct", "Jalan ini milik kita,", "p1"),
        ("reported", "agar warga menjaga jalan", "p1"),
    ]
