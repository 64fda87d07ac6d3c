"""robots.txt is obeyed as RFC 9309 has it, whatever a server sends in its place."""

from pathlib import Path

import pytest

from extractor.fetching.robots import MAX_BYTES, Robots, read_robots
from tests.fetching.little import Little, Told, crawl, lines
from tests.server.http import Answer, Request

OTHER = b"User-agent: *\nDisallow: /admin/\n"
LONG = b"# x\n" * (MAX_BYTES // 4) + b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("status", "body", "allowed", "verdict"),
    [
        (200, OTHER, True, "rules"),
        (200, b"User-agent: *\nDisallow: /berita", False, "rules"),
        (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /berita", False, "rules"),
        (200, b"User-agent: *\r\rDisallow: /berita\r", False, "rules"),
        (200, b"User-agent: rilis\nDisallow: /\n\nUser-agent: *\nAllow: /", False, "rules"),
        (200, b"User-agent: rilis\nAllow: /\n\nUser-agent: *\nDisallow: /", True, "rules"),
        (200, b"User-agent: *\nDisallow: /\nAllow: /berita", True, "rules"),
        (200, b"User-agent: *\nDisallow: /*.html$", False, "rules"),
        (200, b"<html><body>Halaman tidak ditemukan</body></html>", True, "rules"),
        (200, b"", True, "rules"),
        (200, b"\x00\xff\xfe" * 50, True, "rules"),
        (200, LONG, True, "rules"),
        (404, OTHER, True, "allow"),
        (403, b"User-agent: *\nDisallow: /", True, "allow"),
        (410, b"", True, "allow"),
        (301, b"", True, "allow"),
        (429, b"", False, "unreachable"),
        (500, b"", False, "unreachable"),
        (503, b"", False, "unreachable"),
        (None, b"", False, "unreachable"),
    ],
)
def test_what_a_robots_txt_means(
    status: int | None, body: bytes, allowed: bool, verdict: str
) -> None:
    robots = read_robots(status, body, None if status else "timeout", 0.0)
    assert robots.allows("https://kota.example/berita/kabar.html") is allowed
    assert robots.verdict == verdict


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 2", 2.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: -3", None),
        ("Crawl-delay: nan", None),
        ("Crawl-delay: banyak", None),
        ("", None),
    ],
)
def test_crawl_delay(line: str, delay: float | None) -> None:
    assert _rules(f"User-agent: *\n{line}\nDisallow:\n").delay == delay


def _rules(text: str) -> Robots:
    return read_robots(200, text.encode(), None, 0.0)


def test_what_it_forbids_is_not_asked_for_and_is_no_failure(little: Little, tmp_path: Path) -> None:
    little.fill(3)
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /berita/kabar-1.html\n")
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert "/berita/kabar-1.html" not in little.asked()
    assert (report.counts.new, report.counts.skipped, told.failures) == (2, 1, {})


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_out_of_reach_stops_the_site_for_now(
    little: Little, tmp_path: Path, status: int
) -> None:
    little.fill(3)
    little.pages["/robots.txt"] = Answer(b"", status)
    report = crawl(little, tmp_path / "out")
    assert little.asked() == []
    assert "robots.txt" in (report.stopped or "")
    assert report.faulty
    del little.pages["/robots.txt"]
    assert crawl(little, tmp_path / "out").counts.new == 3


def test_a_robots_txt_that_fails_once_is_asked_again(little: Little, tmp_path: Path) -> None:
    little.fill(2)

    def second(request: Request) -> Answer:
        return Answer(b"", 503) if request.seen == 0 else Answer(OTHER)

    little.pages["/robots.txt"] = second
    assert crawl(little, tmp_path / "out").counts.new == 2


def test_its_redirect_is_followed(little: Little, tmp_path: Path) -> None:
    little.fill(2)
    little.pages["/robots.txt"] = Answer(b"", 301, (("Location", "/aturan.txt"),))
    little.pages["/aturan.txt"] = Answer(b"User-agent: *\nDisallow: /berita/kabar-1.html\n")
    report = crawl(little, tmp_path / "out")
    assert (report.counts.new, report.counts.skipped) == (1, 1)


def test_a_huge_crawl_delay_is_told_and_capped(little: Little, tmp_path: Path) -> None:
    little.fill(1)
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 86400\n")
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told, clock=Hasty())
    assert report.counts.new == 1
    assert any("86400" in note and "60" in note for note in told.notes)


class Hasty:
    """A clock that jumps over every wait."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.slept = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += max(seconds, 0.001)
        self.slept += seconds


def test_crawl_delay_is_kept_between_all_requests(little: Little, tmp_path: Path) -> None:
    little.fill(4)
    little.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 7\n")
    clock = Hasty()
    crawl(little, tmp_path / "out", clock=clock)
    assert clock.slept >= 4 * 7


def test_it_is_read_again_when_it_is_old(little: Little, tmp_path: Path) -> None:
    """A rule that comes while a long crawl runs counts from then on."""
    little.fill(12, per_page=12)

    def turning(request: Request) -> Answer:
        return Answer(
            b"User-agent: *\nDisallow: /" if request.seen else b"User-agent: *\nCrawl-delay: 50\n"
        )

    little.pages["/robots.txt"] = turning
    clock = Hasty()
    old = 300.0
    report = crawl(little, tmp_path / "out", clock=clock, robots_age=old)
    assert 3 <= report.counts.new <= 8
    assert report.counts.new + report.counts.skipped == 12
    assert len(lines(tmp_path / "out")) == report.counts.new
