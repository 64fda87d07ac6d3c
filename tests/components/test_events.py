"""The component rilis_events in a pipeline: date, venue and participants of the event."""

import time

import pytest
from spacy.language import Language
from spacy.tokens import DocBin

from extractor.components.marks import marked
from extractor.language.found import Found


def main_event(nlp: Language, text: str, title_end: int = 0, published: str | None = None) -> Found:
    doc = nlp.make_doc(text)
    doc._.rilis = {"title_end": title_end, "published": published}
    found = marked(nlp(doc), "events")[0]
    assert found.value["main"]
    return found


def part(text: str, found: Found, name: str) -> str | None:
    place = found.value[name]
    return text[place[0] : place[1]] if place is not None else None


LEAD = "Dinas Air Kota Melati menggelar Lomba Pompa Desa di Aula Mawar, "


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{LEAD}Senin (3/6/2024).", "Senin (3/6/2024)"),
        (
            f"{LEAD}Senin (3/6/2024). “Seru,” kata Rahmat Kusdi saat dihubungi, Rabu (5/6/2024).",
            "Senin (3/6/2024)",
        ),
        (
            f"{LEAD}Senin (3/6/2024). Hasil lomba diserahkan paling lambat Jumat (7/6/2024).",
            "Senin (3/6/2024)",
        ),
        (
            f"Sejak terbit surat edaran tertanggal 2 Januari 2024, pompa dirawat. {LEAD}Senin (3/6/2024).",
            "Senin (3/6/2024)",
        ),
    ],
)
def test_the_day_is_the_one_of_the_event(nlp: Language, text: str, date: str) -> None:
    assert part(text, main_event(nlp, text), "date") == date


def test_the_venue_is_the_one_of_the_event(nlp: Language) -> None:
    text = (
        f"{LEAD}Senin (3/6/2024). “Seru,” kata Rahmat Kusdi saat ditemui di Kantor Dinas Air, Rabu "
        "(5/6/2024)."
    )
    assert part(text, main_event(nlp, text), "venue") == "Aula Mawar"


def test_the_office_at_whose_yard_it_was_did_not_hold_it(nlp: Language) -> None:
    text = (
        "Bertempat di halaman Kantor Bupati Melati, Pemerintah Kabupaten Melati menggelar Lomba "
        "Pompa Desa, Senin (3/6/2024)."
    )
    held = [one["text"] for one in main_event(nlp, text).value["organizers"]]
    assert held == ["Pemerintah Kabupaten Melati"]


def test_an_event_without_day_and_place_keeps_them_empty(nlp: Language) -> None:
    text = "Dinas Air Kota Melati menggelar Lomba Pompa Desa bagi para kader."
    found = main_event(nlp, text)
    assert found.value["date"] is None
    assert found.value["venue"] is None


def test_those_present_take_part(nlp: Language) -> None:
    text = (
        f"{LEAD}Senin (3/6/2024), yang diikuti 80 peserta dari unsur kader desa. Turut hadir Camat "
        "Kenanga, Rahmat Kusdi, S.Sos."
    )
    participants = main_event(nlp, text).value["participants"]
    assert [one["text"] for one in participants if isinstance(one, dict)] == [
        "80 peserta dari unsur kader desa"
    ]
    assert [one for one in participants if isinstance(one, str)]


def test_a_plan_without_a_day_is_no_event(nlp: Language) -> None:
    doc = nlp("Pajak Kota Melati naik. Pihaknya akan menggelar pekan bayar pajak bagi warga.")
    assert all(one.value["candidate"] for one in marked(doc, "events"))


def test_values_survive_storage(nlp: Language) -> None:
    text = f"{LEAD}Senin (3/6/2024)."
    stored = DocBin(store_user_data=True)
    stored.add(nlp(text))
    (again,) = stored.get_docs(nlp.vocab)
    assert marked(again, "events")[0].value["type"] == "lomba"


def test_a_giant_paragraph_takes_no_longer_than_its_opening(nlp: Language) -> None:
    text = (f"{LEAD}Senin (3/6/2024), bersama warga. ") * 3_000
    component = nlp.get_pipe("rilis_events")
    doc = nlp.make_doc(text)
    began = time.perf_counter()
    component(doc)
    assert time.perf_counter() - began < 2
