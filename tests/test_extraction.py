"""An article in, a true record out: the sample releases, the client's release, hostile texts."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.evaluation.scoring import span_faults
from extractor.record import Record, to_json
from extractor.resources import corpus_dir
from extractor.sources import articles
from tests.examples import examples

SAMPLES = sorted((corpus_dir() / "sample").glob("*.txt"))
# The client's own release is not in this repository; where it lies beside the checkout it is tested.
SEED = Path(__file__).parents[2] / "shared" / "seed" / "000_74e3a7fc94c91537.txt"


def one_record(extractor: Extractor, path: Path) -> Record:
    (article,) = articles([path])
    assert isinstance(article, Article)
    return extractor.extract(article)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_sample_release_gives_its_record(extractor: Extractor, path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    got = json.loads(to_json(one_record(extractor, path)))
    for name in ("rules_version", "source"):
        expected.pop(name), got.pop(name)
    assert got == expected


@pytest.mark.skipif(not SEED.is_file(), reason="the client's release is not beside this checkout")
def test_the_clients_release_gives_what_the_contract_says(extractor: Extractor) -> None:
    record = one_record(extractor, SEED)
    (event,) = record.events
    assert event.main
    assert event.name.text == (
        "Rapat Koordinasi Fasilitator Pemberdayaan Masyarakat (LPM Dan BKM) "
        "Se-Kota Pekalongan Tahun 2024"
    )
    assert (event.type, event.event_class, event.phase) == (
        "rapat koordinasi",
        "rapat",
        "pembukaan",
    )
    assert [one.text for one in event.organizers] == ["DPMPPA Kota Pekalongan"]
    assert event.date is not None
    assert (event.date.start, event.date.end) == ("2024-05-02", "2024-05-02")
    assert event.date.year_source == "written"
    assert event.venue is not None
    assert event.venue.text == "Ruang Jlamprang Kantor Setda Kota Pekalongan"
    assert event.venue.mode == "onsite"
    assert event.venue.parts == {
        "room": "Ruang Jlamprang",
        "building": "Kantor Setda",
        "city": "Kota Pekalongan",
    }
    (person,) = record.people
    assert person.name == "Aaf"
    assert person.full_name is None
    assert person.role is not None
    assert person.role.text == "Walikota Pekalongan"
    kinds = [(quote.kind, quote.speaker) for quote in record.quotes]
    assert sorted(kinds) == [("direct", "p1")] + [("reported", "p1")] * 3
    assert [(r.paragraph, r.duplicate_of) for r in record.removed] == [
        (6, 2),
        (7, 3),
        (8, 4),
        (9, 5),
    ]
    assert [date.text for date in record.dates if "63" in date.text or "2021" in date.text] == []
    checked, wrong = span_faults(json.loads(to_json(record)))
    assert checked > 15
    assert wrong == 0


def test_published_fixes_a_missing_year_and_its_absence_is_not_filled(extractor: Extractor) -> None:
    text = "Judul\n\nRapat Pangan digelar di Aula Jati, Kamis (13/2).\n"
    with_day = extractor.extract(Article(id="x", text=text, published="2020-02-14"))
    assert [(d.start, d.year_source) for d in with_day.dates] == [("2020-02-13", "weekday")]
    assert extractor.extract(Article(id="x", text=text)).source.published is None


def test_a_title_apart_from_the_text_is_set_before_it(extractor: Extractor) -> None:
    record = extractor.extract(Article(id="x", title="Judul Rilis", text="Isi rilis ini."))
    assert record.text == "Judul Rilis\n\nIsi rilis ini."


@pytest.mark.parametrize("before", ["", " \n", "\ufeff"])
def test_a_title_that_the_text_begins_with_is_not_set_twice(
    extractor: Extractor, before: str
) -> None:
    text = f"{before}Judul Rilis\n\nIsi rilis ini."
    record = extractor.extract(Article(id="x", title="Judul Rilis", text=text))
    assert record.text.removeprefix("\ufeff") == "Judul Rilis\n\nIsi rilis ini."
    assert record.removed == ()


def test_what_a_chat_puts_before_a_title_is_no_part_of_it(extractor: Extractor) -> None:
    chat = "[12/3/25 14.03] Humas: "
    text = f"{chat}Lurah Bagikan Bibit\n{chat}Lurah menggelar Rapat Bibit, Rabu (12/3/2025)."
    article = Article(id="x", title=f"{chat}Lurah Bagikan Bibit", text=text)
    record, doc = extractor.read(article)
    assert record.text == "Lurah Bagikan Bibit\nLurah menggelar Rapat Bibit, Rabu (12/3/2025)."
    assert doc._.rilis["title_end"] == len("Lurah Bagikan Bibit")


def test_a_dateline_ends_with_its_dash(extractor: Extractor) -> None:
    text = "Judul Rilis\n\nPEKALONGAN - Warga hadir di balai.\n\n(Humas/ris) "
    record = extractor.extract(Article(id="x", text=text))
    assert record.dateline is not None
    assert record.credit is not None
    assert (record.dateline.text, record.credit.text) == ("PEKALONGAN -", "(Humas/ris)")


def test_many_articles_come_in_order_and_one_that_fails_costs_itself_alone(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Extractor.extract

    def fails_on_b(self: Extractor, article: Article) -> Record:
        if article.id == "b":
            raise RuntimeError("planted")
        return whole(self, article)

    monkeypatch.setattr(Extractor, "extract", fails_on_b)
    stream = extractor.extract_many(Article(id=name, text="Isi.") for name in "abc")
    records = list(stream)
    assert [record.id for record in records] == ["a", "b", "c"]
    assert [[w.code for w in record.warnings] for record in records] == [[], ["failed"], []]
    assert "planted" in records[1].warnings[0].message


HOSTILE = [
    "", " ", "\n", "\x00", "\ufeff", "“", "”", "“" * 500, "(" * 500, ".,;:" * 200, "31 Februari 2024",
    "Kamis (99/99/9999)", "di di di di", "a" * 20_000, "Rapat " * 3000, "\u202e\u200b\u2028\u2029",
    "Kamis (2/5/2024) " * 800, "“Kami siap, ujar Adi.\n\n" * 50, "\ud83d", "İ" * 50 + " di Aula İ",
    "ujar ujar ujar, kata kata.” Pungkas", "H. " * 500, "Drs. H. M. S.Sos., M.Si., M.M. " * 100,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_gives_a_sane_record(extractor: Extractor, text: str) -> None:
    record = extractor.extract(Article(id="x", text=text))
    assert span_faults(record.model_dump(by_alias=True, mode="python"))[1] == 0


PIECES = st.sampled_from(
    [
        "Rapat Koordinasi", "Kamis (2/5/2024)", "di Aula Jati", "“Kami siap,”", "ujarnya", "Bupati",
        "Drs. Budi Harjo, M.Si.", "mengatakan bahwa", "Perwal Nomor 63 Tahun 2021", "\n\n", ".", ",",
        "”", "“", "(", ")", "pukul 09.00 WIB", "sapaan akrab Wali Kota", "digelar", "melalui", "–",
        "Baca juga: ini", "2-4 Mei", "29 Mei – 01 Juni 2025", "s.d.", "Menurut", "Hal itu disampaikan",
    ]
)  # fmt: skip


@settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40))
def test_no_text_makes_the_extractor_raise(extractor: Extractor, pieces: list[str]) -> None:
    record = extractor.extract(Article(id="x", text=" ".join(pieces)))
    assert span_faults(record.model_dump(by_alias=True, mode="python"))[1] == 0
    for text_start, draft_start, length in record.offsets:
        assert length > 0 <= min(text_start, draft_start)
