"""Pictures: Indonesian months and figures, nothing cut off, the same bytes, no network."""

import socket
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.archive.intake.adding import add
from extractor.archive.intake.incoming import from_records
from extractor.archive.numbers import charts
from extractor.archive.numbers.charts import bars_chart, broken, draw, months_chart, reviewed_chart
from extractor.archive.numbers.figures import Words
from extractor.archive.numbers.stats import BY, REVIEWED, Count, Reviewed
from extractor.archive.store import Store
from extractor.messages import set_language
from extractor.rulebook import shared_rulebook
from tests.archive.doors import Run
from tests.archive.generator import generated

LONG = (
    "Gedung Serbaguna Balai Pelatihan Kesehatan Masyarakat Kecamatan Karangpucung Kabupaten "
    "Wanasari Provinsi Jawa Selatan, Jalan Jenderal Sudirman Nomor 45"
)
HOSTILE = "Aula \"A\\B\" 'x' <b>&amp;</b> ${datum} \x00\x1b[31m 🌾 " + "Y" * 130


@pytest.fixture
def words() -> Iterator[Words]:
    set_language("id")
    yield Words(shared_rulebook())
    set_language("en")


def texts(svg: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # fmt: skip


def picture(made: tuple[dict[str, object], str], suffix: str = ".svg") -> bytes:
    spec, said = made
    return draw(spec, "Judul", said, suffix)


def test_months_and_figures_are_written_as_in_indonesian(words: Words) -> None:
    assert (words.month("2024-05"), words.month("x")) == ("Mei 2024", "x")
    assert (words.number(1234567), words.percent(0.125)) == ("1.234.567", "12,5%")
    svg = picture(months_chart([Count("2024-05", 1234), Count("2024-08", 9)], "Judul", words))
    told = " ".join(texts(svg))
    for one in ("Mei", "Agustus", "2024", "1.234", "1.000"):  # a month, the figure, the axis
        assert one in told
    set_language("en")
    english = Words(shared_rulebook())
    said = (english.month("2024-05"), english.number(1234), english.percent(0.5))
    assert said == ("May 2024", "1,234", "50%")


@pytest.mark.parametrize("top", [1, 2, 3, 4, 7])
def test_no_figure_stands_twice_on_the_axis(words: Words, top: int) -> None:
    counts = [Count(f"2024-{month:02}", 1) for month in range(1, 13)] + [Count("2025-01", top)]
    told = texts(picture(months_chart(counts, "Judul", words)))
    # beside the axis stands the highest bar's own figure at the most
    assert all(told.count(str(n)) <= 1 for n in range(top) if n != 1), told


@pytest.mark.parametrize("label", [LONG, HOSTILE, "X", ""])
def test_no_label_is_cut_off_or_taken_for_anything_else(words: Words, label: str) -> None:
    lines = broken(label)
    assert max(map(len, lines)) <= 42
    assert "".join(lines).replace(" ", "") == "".join(
        one for one in label if one.isprintable() and one != " "
    )
    svg = picture(bars_chart([Count(label, 12), Count(None, 3)], "Judul", "kegiatan", words))
    shown = "".join(texts(svg)).replace(" ", "")
    for line in lines:
        assert line.replace(" ", "") in shown


def test_a_picture_has_a_title_and_says_its_figures_in_words(words: Words) -> None:
    counts = [Count("rapat", 4000), Count("upacara", 5), Count(None, 2, withheld=True)]
    root = ET.fromstring(picture(bars_chart(counts, "Judul", "kegiatan", words)))
    said = {one.tag.rpartition("}")[2]: one.text or "" for one in root}
    assert (said["title"], root.get("role")) == ("Judul", "img")
    assert root.get("aria-labelledby") == "title description"
    for one in ("rapat: 4.000", "upacara: 5", "2"):
        assert one in said["desc"]


@pytest.mark.parametrize("n", [0, 1, 2, 12, 13, 25, 240])
def test_any_number_of_months_can_be_drawn(words: Words, n: int) -> None:
    counts = [Count(f"{2000 + at // 12}-{at % 12 + 1:02}", at) for at in range(n)]
    made = months_chart([*counts, Count(None, 7)], "Judul", words)
    svg = picture(made)
    width = float(ET.fromstring(svg).get("width") or 0)
    assert 100 < width < 900
    assert "7" in " ".join(texts(svg))
    for at in range(n):
        assert f"{2000 + at // 12}" in "".join(texts(svg))


@pytest.mark.parametrize(
    ("lonely", "others", "told"),
    [
        ("1928-10", ["2022-01", "2023-06"], "before January 2022: 1"),
        ("2202-05", ["2022-01", "2023-06"], "after June 2023: 1"),
        ("2019-05", ["2022-01", "2023-06"], None),
        ("1928-10", [], None),
    ],
)
def test_few_months_far_from_all_others_are_told_and_not_drawn(
    lonely: str, others: list[str], told: str | None
) -> None:
    days = sorted([lonely, *others])
    first, last = (12 * int(day[:4]) + int(day[5:]) - 1 for day in (days[0], days[-1]))
    months = (f"{at // 12}-{at % 12 + 1:02}" for at in range(first, last + 1))
    counts = [Count(one, 40 if one in others else int(one == lonely)) for one in months]
    set_language("en")
    spec = months_chart(counts, "Judul", Words(shared_rulebook()))[0]
    drawn = {row["month"] for row in spec["data"]["values"]}
    assert {*others, *([] if told else [lonely])} <= drawn
    assert (lonely in drawn) is (told is None)
    assert spec["title"]["subtitle"][1:] == ([told] if told else [])


def test_three_hundred_types_become_twenty_and_the_rest_is_told(words: Words) -> None:
    counts = [Count(f"jenis{at}", 400 - at) for at in range(300)]
    told = texts(picture(bars_chart(counts, "Judul", "kegiatan", words)))
    assert sum(one.startswith("jenis") for one in told) == 20
    assert any("280" in one for one in told)


@pytest.mark.parametrize("decided", [False, True])
def test_shares_of_what_was_reviewed_stand_in_and_beside_the_bars(
    words: Words, decided: bool
) -> None:
    found = [Reviewed("event.name", 812, 90, 30, 68), Reviewed("quote.text", 0, 0, 0, 9)]
    told = texts(picture(reviewed_chart(found, "Judul", words, {"event.name": "Nama"}, decided)))
    assert "932 / 1.000" in told
    assert "Nama" in told
    assert ("87,1%" if decided else "81,2%") in told
    assert ("quote.text" in told) is not decided
    assert picture(reviewed_chart([], "Judul", words, {})).startswith(b"<svg")


def test_the_same_numbers_give_the_same_bytes(words: Words) -> None:
    counts = [Count("a", 3), Count("b", 2)]
    for suffix in (".svg", ".png"):
        first, again = (
            picture(bars_chart(counts, "Judul", "kegiatan", words), suffix) for _try in range(2)
        )
        assert first == again
    assert first.startswith(b"\x89PNG")


def test_colours_differ_from_the_white_behind_them_and_from_each_other() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    inks = {"white": "#ffffff", "black": "#000000"}
    assert contrast(charts._BAR, "#ffffff") > 4.5
    assert contrast(charts._INK, "#ffffff") > 7
    for _name, fill, ink in charts._STATES:
        assert contrast(fill, inks[ink]) > 4.5


def test_the_command_draws_without_network(
    sqlite_archive: str, rilis: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(sqlite_archive) as store:
        add(store, from_records(generated(20, seed=6)))

    def refused(*_arguments: object) -> None:
        raise AssertionError("a chart asked the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for by in (*BY, *REVIEWED):
        file = tmp_path / f"{by}.svg"
        at = ("archive", "stats", "--by", by, "--chart", file, "--archive", sqlite_archive)
        assert rilis(*at)[0] == 0
        assert file.read_bytes().startswith(b"<svg")
        assert b"http" not in file.read_bytes().replace(b"http://www.w3.org", b"")
    months = (tmp_path / "month.svg").read_text(encoding="utf-8")
    assert "Desember" in months or "Mei" in months or "Agu" in months


def test_without_its_library_the_command_says_what_to_install(
    sqlite_archive: str, rilis: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    monkeypatch.delitem(
        __import__("sys").modules, "extractor.archive.numbers.charts", raising=False
    )
    chart = tmp_path / "a.svg"
    status, _out, err = rilis("archive", "stats", "--chart", chart, "--archive", sqlite_archive)
    assert (status, "rilis[charts]" in err) == (2, True)
    assert not chart.exists()
