"""Pages of records and of misses: nothing of a release is markup, every link of a page leads
somewhere, every page tells its language and fits a telephone."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from extractor import Article, Extractor
from extractor.evaluation.scores import Scores, rows_of
from extractor.evaluation.scoring import Judgement
from extractor.export.misses import misses_page
from extractor.export.page import records_page
from extractor.messages import set_language
from extractor.record import Record

HOSTILE = """<script>alert(1)</script> Rapat </style><img src=x onerror=alert(2)>

Dinas Pangan <b>Kota</b> menggelar Rapat Pangan di Aula Jati, Kamis (2/5/2024) pukul 09.00 WIB.

“Jangan <script>lupa</script> makan,” kata Kepala Dinas Pangan, Rina Dewi.
"""


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> Record:
    return extractor.extract(Article(id="h", text=HOSTILE, path="<img src=x>/a.txt"))


def misses(judgements: dict[str, tuple[Judgement, ...]], texts: dict[str, str]) -> str:
    scores = Scores(judgements, rows_of(judgements.values()), 1.0, 0, 0, (), 1.0)
    return misses_page(scores, texts)


@pytest.fixture(params=["records", "misses"])
def page(request: pytest.FixtureRequest, record: Record) -> Callable[[], str]:
    """The making of a page, of two documents."""
    if request.param == "records":
        return lambda: records_page([record, record])
    wrong = Judgement("venue", "<b>", wanted="<i>Aula</i>")
    return lambda: misses({"<b>": (wrong,), "h": (wrong,)}, {"<b>": HOSTILE, "h": HOSTILE})


def test_nothing_of_a_release_is_markup(page: Callable[[], str]) -> None:
    read = BeautifulSoup(page(), "lxml")
    assert not read.find_all(["script", "img", "b", "i"])
    assert "<script>lupa</script>" in read.get_text()


def test_every_link_leads_to_one_place(page: Callable[[], str]) -> None:
    read = BeautifulSoup(page(), "lxml")
    ids = [tag["id"] for tag in read.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"].removeprefix("#") for link in read.find_all("a")} <= set(ids)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_page_tells_its_language_and_that_of_the_release(
    page: Callable[[], str], language: str
) -> None:
    set_language(language)
    try:
        read = BeautifulSoup(page(), "lxml")
    finally:
        set_language("en")
    assert read.html is not None
    assert read.html["lang"] == language
    assert {tag["lang"] for tag in read.find_all("pre")} == {"id"}
    assert read.find("meta", {"name": "viewport"}) is not None


def test_a_record_is_told_before_its_text_and_each_fact_leads_to_its_words(record: Record) -> None:
    read = BeautifulSoup(records_page([record]), "lxml")
    told = {
        name.get_text(): value
        for name, value in zip(read.find_all("dt"), read.find_all("dd"), strict=True)
    }
    wanted = {
        "main event": ("Rapat Pangan", "Rapat Pangan"),
        "date": ("2024-05-02 09:00 WIB", "Kamis (2/5/2024) pukul 09.00 WIB"),
        "venue": ("Aula Jati", "Aula Jati"),
        "person": ("Rina Dewi, Kepala Dinas Pangan", "Rina Dewi"),
        "direct quote": (
            "Rina Dewi: Jangan <script>lupa</script> makan,",
            "Jangan <script>lupa</script> makan,",
        ),
    }
    for name, (said, words) in wanted.items():
        assert told[name].get_text() == said
        mark = read.find(id=told[name].a["href"].removeprefix("#"))
        mark.small.decompose()
        assert mark.get_text() == words


def test_the_misses_of_a_document_are_marked_in_its_text() -> None:
    wrong = Judgement("venue", "h", wanted="dua tiga", got="tiga empat")
    right = Judgement("event", "h", right=True, wanted="Satu", got="Satu")
    shown = BeautifulSoup(misses({"h": (right, wrong)}, {"h": "Satu dua tiga empat."}), "lxml").pre
    assert shown is not None
    assert [(tag.name, tag.get_text()) for tag in shown.find_all(True)] == [
        ("ins", "dua "),
        ("span", "tiga"),
        ("del", " empat"),
    ]
    assert shown.get_text() == "Satu dua tiga empat."


def test_a_document_without_misses_is_not_told_of() -> None:
    right = Judgement("event", "h", right=True, wanted="Satu", got="Satu")
    assert BeautifulSoup(misses({"h": (right,)}, {"h": "Satu."}), "lxml").find("h2") is None
