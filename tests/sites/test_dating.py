"""The day of publication: right, or none with a reason."""

import pytest

from extractor.sites.dating import dating_of, json_dates
from tests.sites.asked import article_page, read, shipped

BODY = "<p>Kegiatan digelar 1 Januari 2020 di balai kelurahan.</p>"


def day(text: str, retrieved: str = "2025-09-01") -> str | None:
    return dating_of(shipped().book).read([("x", (text,))], [], retrieved).day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senin, 4 Agustus 2025 | 17:41 WIB", "2025-08-04"),
        ("04/08/2025", "2025-08-04"),
        ("04-08-2025 09.30", "2025-08-04"),
        ("4.8.2025", "2025-08-04"),
        ("22 Agu 2025", "2025-08-22"),
        ("22 Agt 2025", "2025-08-22"),
        ("22 Ags 2025", "2025-08-22"),
        ("3 Nop 2024", "2024-11-03"),
        ("3 Peb 2024", "2024-02-03"),
        ("Jum'at, 16 Mei 2025", "2025-05-16"),
        ("August 4, 2025", "2025-08-04"),
        ("2025-08-04 10:11:12", "2025-08-04"),
        ("2025-08-04T23:30:00+07:00", "2025-08-04"),
        ("2025-08-04T23:30:00+00:00", "2025-08-05"),
        ("2025-08-04T16:59:59Z", "2025-08-04"),
        ("Diposting pada 4 Agustus 2025 oleh Admin, dibaca 12 kali", "2025-08-04"),
        ("Diperbarui 6 Agustus 2025 | Terbit 4 Agustus 2025", "2025-08-04"),
        ("Last update: 6 Agustus 2025", None),
        ("2 hari yang lalu", None),
        ("Agustus 2025", None),
        ("4 Agustus", None),
        ("30 Februari 2025", None),
        ("4 Agustus 2026", None),
        ("1 Januari 1970", None),
        ("214 kali dilihat", None),
        ("", None),
    ],
)
def test_days_as_offices_write_them(text: str, expected: str | None) -> None:
    assert day(text) == expected


def test_a_day_of_grace_for_the_east_of_the_country() -> None:
    assert day("2 September 2025", "2025-09-01") == "2025-09-02"
    assert day("3 September 2025", "2025-09-01") is None


@pytest.mark.parametrize(
    ("head", "between", "after", "expected"),
    [
        ("", '<span class="tanggal">4 Agustus 2025</span>', "", "2025-08-04"),
        # side bars, comments, agendas and revisions are never asked
        ("", "", '<div class="sidebar"><span class="tanggal">5 Juli 2025</span></div>', None),
        ("", "", '<div class="komentar"><span class="tgl">5 Juli 2025</span></div>', None),
        ('<meta name="revised" content="Sunday, July 18th, 2010, 5:15 pm">', "", "", None),
        ('<meta property="article:modified_time" content="2025-08-09T01:00:00+07:00">', "", "", None),
        ('<meta property="article:published_time" content="2025-08-04T09:00:00+07:00">', "", "", "2025-08-04"),
        ('<meta property="article:published_time" content="2031-08-04T09:00:00+07:00">', "", "", None),
        (
            '<meta property="article:published_time" content="2025-01-01T00:00:00+07:00">',
            '<span class="tanggal">4 Agustus 2025</span>', "", "2025-08-04",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2025-08-04"}]}</script>',
            "", "", "2025-08-04",
        ),
        ("", '<div class="zz">Humas &bull; 4 Agu 2025</div>', "", "2025-08-04"),
        # two days, neither marked: none rather than the wrong one
        ("", '<div class="zz">3 Agu 2025</div><div class="zz">4 Agu 2025</div>', "", None),
    ],
)  # fmt: skip
def test_where_a_page_tells_its_day(
    head: str, between: str, after: str, expected: str | None
) -> None:
    markup = article_page(BODY, between=between).replace("<body>", f"<head>{head}</head><body>")
    page = read(markup.replace("</body>", f"{after}</body>"))
    assert page.article is not None
    assert page.article.published == expected
    assert (page.extra["date_reason"] is None) is (expected is not None)
    assert (page.extra["date_source"] is None) is (expected is None)


def test_what_disagrees_is_told() -> None:
    head = '<meta property="article:published_time" content="2025-01-01T00:00:00+07:00">'
    markup = head + article_page(BODY, between='<span class="tanggal">4 Agustus 2025</span>')
    assert "2025-01-01" in read(markup).extra["notes"][0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"datePublished": "2025-08-04"}', ["2025-08-04"]),
        ('[{"a": [{"datePublished": "2025-08-04"}]}]', ["2025-08-04"]),
        ('{"datePublished": "2025-08-04",}', ["2025-08-04"]),
        ('{"dateModified": "2025-08-04"}', []),
        ("[" * 5000, []),
        ("", []),
        ('{"datePublished": 3}', []),
    ],
)
def test_json_ld(text: str, found: list[str]) -> None:
    assert [value for _source, value in json_dates(text)] == found
