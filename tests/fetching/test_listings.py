"""Listings are read to their end, and left where they have none."""

from pathlib import Path

import pytest

from extractor.fetching.crawl import Wishes
from extractor.fetching.frontier import Days
from tests.fetching.little import Little, Told, article, crawl, lines, listing
from tests.server.http import Answer, Request, Server, Steps


def endless(little: Little, kind: str, articles: int = 25) -> None:
    """A listing whose every page has a next one."""
    paths = little.fill(articles)
    last = (articles + 9) // 10

    def page(number: int) -> Answer:
        if number > last:
            shown = {"the last": last, "the first": 1, "nothing": None}[kind]
        else:
            shown = number
        here = paths[(shown - 1) * 10 : shown * 10] if shown else []
        return Answer(listing(here, [f"/berita?page={number + 1}"]))

    class Pages(dict[str, Answer]):
        def get(self, target: str, default: object = None) -> object:  # type: ignore[override]
            if target == "/berita":
                return page(1)
            if target.startswith("/berita?page="):
                return page(int(target.rpartition("=")[2]))
            return dict.get(little_pages, target, default)

    little_pages = dict(little.pages)
    little.pages = Pages()  # type: ignore[assignment]


@pytest.mark.parametrize("beyond", ["the last", "the first", "nothing"])
def test_pages_beyond_the_last_are_left_after_a_few(
    little: Little, tmp_path: Path, beyond: str
) -> None:
    before = little.pages
    endless(little, beyond)
    try:
        report = crawl(little, tmp_path / "out")
        listings = [target for target in little.asked() if "kabar" not in target]
    finally:
        little.pages = before
    assert report.counts.new == 25
    assert len(listings) <= 6
    assert report.stopped is None


def test_a_listing_that_answers_all_its_pages_alike_is_left(little: Little, tmp_path: Path) -> None:
    little.fill(10)
    same = [f"/berita/kabar-{at}.html" for at in range(10)]
    for number in range(2, 50):
        little.pages[f"/berita?page={number}"] = Answer(
            listing(same, [f"/berita?page={number + 1}"])
        )
    little.pages["/berita"] = Answer(listing(same, ["/berita?page=2"]))
    crawl(little, tmp_path / "out")
    assert sum("page=" in target for target in little.asked()) <= 3


def test_there_is_a_most_of_listings(little: Little, tmp_path: Path) -> None:
    little.fill(60, per_page=5)
    told = Told()
    report = crawl(little, tmp_path / "out", wishes=Wishes(max_listings=4), observer=told)
    assert report.counts.new == 20
    assert any("listings" in note for note in told.notes)


def test_links_to_other_hosts_and_schemes_are_not_followed(little: Little, tmp_path: Path) -> None:
    paths = little.fill(2)
    bad = ["http://judi.example/berita/slot.html", "javascript:void(0)", "mailto:a@b.example",
           "data:text/html,x", "//10.0.0.1/berita/x.html", "ftp://x.example/berita/y.html",
           "http://169.254.169.254/berita/z.html"]  # fmt: skip
    little.pages["/berita"] = Answer(listing([*bad, *paths], [*bad]))
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert sorted(little.asked()) == sorted(["/berita", *paths])
    assert (report.counts.new, told.failures) == (2, {})


def test_sitemaps_named_in_robots_txt_are_sources(little: Little, tmp_path: Path) -> None:
    paths = little.fill(12)
    hidden = "/berita/tersembunyi.html"
    little.pages[hidden] = Answer(article("Tersembunyi"))
    urls = "".join(f"<url><loc>{little.base}{path}</loc></url>" for path in [*paths, hidden])
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    xml = (("Content-Type", "application/xml"),)
    little.pages["/map.xml"] = Answer(sitemap.encode(), 200, xml)
    little.pages["/robots.txt"] = Answer(f"Sitemap: {little.base}/map.xml\n".encode())
    assert crawl(little, tmp_path / "out").counts.new == 13
    assert little.asked().count(hidden) == 1


def test_since_leaves_listings_once_they_are_older(little: Little, tmp_path: Path) -> None:
    little.fill(200)  # one a day, 28 December 2024 backwards
    report = crawl(little, tmp_path / "out", wishes=Wishes(Days(since="2024-12-10")))
    days = [line["published"] for line in lines(tmp_path / "out")]
    assert (min(days), max(days), len(days)) == ("2024-12-10", "2024-12-28", 19)
    assert report.stopped is None
    assert len(little.asked()) < 60


def test_since_reads_everything_where_the_site_does_not_sort_by_date(
    little: Little, tmp_path: Path
) -> None:
    paths = little.fill(60)
    # the second and third listing are older than asked for, but the third is newer than the second
    orders = [
        range(0, 10),
        range(50, 60),
        range(40, 50),
        range(30, 40),
        range(20, 30),
        range(10, 20),
    ]
    mixed = [paths[at] for order in orders for at in order]
    for number in range(1, 7):
        target = "/berita" if number == 1 else f"/berita?page={number}"
        onward = [f"/berita?page={number + 1}"] if number < 6 else []
        little.pages[target] = Answer(listing(mixed[(number - 1) * 10 : number * 10], onward))
    crawl(little, tmp_path / "out", wishes=Wishes(Days(since="2024-12-01")))
    assert len(lines(tmp_path / "out")) == 28


def test_an_article_without_a_date_is_kept_whatever_days_were_asked_for(
    little: Little, tmp_path: Path
) -> None:
    paths = little.fill(3)
    little.pages[paths[1]] = Answer(article("Tanpa tanggal", day="-"))
    crawl(little, tmp_path / "out", wishes=Wishes(Days("2024-12-28", "2024-12-28")))
    assert sorted(line["published"] or "" for line in lines(tmp_path / "out")) == ["", "2024-12-28"]


def test_days_that_a_later_run_asks_for_come_without_being_transferred_again(
    little: Little, tmp_path: Path
) -> None:
    little.fill(20)
    out = tmp_path / "out"
    crawl(little, out, wishes=Wishes(Days(until="2024-12-15")))
    assert len(lines(out)) == 7
    crawl(little, out)
    assert len(lines(out)) == 20
    crawl(little, out, wishes=Wishes(Days(since="2024-12-28")))
    assert len(lines(out)) == 20


def test_since_does_not_ask_again_for_what_is_known_to_be_older(
    little: Little, tmp_path: Path
) -> None:
    little.fill(30)
    out = tmp_path / "out"
    crawl(little, out)
    little.forget()
    crawl(little, out, wishes=Wishes(Days(since="2024-12-27")))
    assert sorted(t for t in little.asked() if "kabar" in t) == [
        "/berita/kabar-0.html",
        "/berita/kabar-1.html",
    ]


def test_limit_takes_the_newest_and_the_next_run_goes_on(little: Little, tmp_path: Path) -> None:
    little.fill(30)
    out = tmp_path / "out"
    report = crawl(little, out, wishes=Wishes(limit=4))
    assert (report.counts.new, report.faulty) == (4, False)
    assert [line["title"][-1] for line in lines(out)] == ["0", "1", "2", "3"]
    assert "--limit" in (report.stopped or "")
    assert crawl(little, out, wishes=Wishes(limit=4)).counts.new == 4
    assert len(lines(out)) == 8
    assert crawl(little, out).counts.new == 22
    assert sum("kabar" in target for target in little.asked()) == 30


def test_a_layout_that_changed_stops_the_site_with_file_and_line(
    little: Little, tmp_path: Path
) -> None:
    paths = little.fill(8)
    for path in paths[3:]:
        little.pages[path] = Answer(
            b'<html><body><div class="baru"><h2>Judul</h2><div class="teks">'
            + b"<p>Kegiatan ini berlangsung lama sekali dan dihadiri banyak orang.</p>" * 9
            + b"</div></div></body></html>"
        )
    out = tmp_path / "out"
    report = crawl(little, out)
    assert report.faulty
    assert "little.yaml:" in (report.stopped or "")
    asked = len(little.asked())
    assert asked <= 6
    # the next run begins with those that nobody has seen yet
    again = crawl(little, out)
    assert "little.yaml:" in (again.stopped or "")


def test_one_page_of_a_known_site_is_fetched_alone(little: Little, tmp_path: Path) -> None:
    paths = little.fill(5)
    report = crawl(little, tmp_path / "out", (little.base + paths[2],))
    assert little.asked() == [paths[2]]
    assert report.counts.new == 1


def test_an_address_no_rule_knows_is_kept_in_a_folder_of_its_host(
    little: Little, tmp_path: Path
) -> None:
    def page(request: Request) -> Answer | Steps:
        return Answer(
            article("Kabar desa", words="Warga bergotong royong membersihkan saluran. " * 20)
        )

    with Server({"desa": page}) as server:
        url = server.address("desa") + "/../../../etc/passwd"
        report = crawl(little, tmp_path / "out", (url,))
    folder = Path(report.folder)
    assert folder.parent == tmp_path / "out"
    assert folder.name.startswith("127.0.0.1_")
    assert report.counts.new == 1
