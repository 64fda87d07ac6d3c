"""Redirects end at an article of the site, or in a row that says why not."""

from pathlib import Path

import pytest

from tests.fetching.little import Little, Told, article, crawl, lines, listing
from tests.server.http import Answer

A, B, C = "/berita/a.html", "/berita/b.html", "/berita/c.html"


def to(where: str, status: int = 302) -> Answer:
    return Answer(b"", status, (("Location", where),))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_moved_article_is_kept_under_its_new_address(
    little: Little, tmp_path: Path, status: int
) -> None:
    little.pages |= {"/berita": Answer(listing([A], [])), A: to(B, status), B: Answer(article("B"))}
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert told.failures == {}
    assert report.counts.new == 1
    assert [line["uri"] for line in lines(tmp_path / "out")] == [little.base + B]


def test_two_addresses_that_lead_to_one_article_are_one(little: Little, tmp_path: Path) -> None:
    little.pages |= {
        "/berita": Answer(listing([A, B, C], [])),
        A: to(C),
        B: to(C),
        C: Answer(article("C")),
    }
    told = Told()
    crawl(little, tmp_path / "out", observer=told)
    assert told.failures == {}
    assert len(lines(tmp_path / "out")) == 1
    assert little.asked().count(C) == 1


CASES = {
    "to itself": ({A: to(A)}, "circle"),
    "in a circle of two": ({A: to(B), B: to(A)}, "circle"),
    "in a circle of two that are both listed": ({A: to(B), B: to(A), "list": [A, B]}, "circle"),
    "in a circle of three, all listed": (
        {A: to(B), B: to(C), C: to(A), "list": [A, B, C]},
        "circle",
    ),
    "to another host": ({A: to("http://judi.example/slot")}, "away from the site"),
    "to a host of its own network": ({A: to("http://192.168.1.1/")}, "away from the site"),
    "to the home page": ({A: to("/")}, "home page"),
    "to a script": ({A: to("javascript:alert(1)")}, "no address"),
    "to nowhere": ({A: Answer(b"", 302)}, "no address"),
    "to what is no address": ({A: to("http://[")}, "no address"),
    "to a page that is not there": ({A: to(B)}, "404"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_redirect_that_leads_to_no_article_is_told(
    little: Little, tmp_path: Path, case: str
) -> None:
    pages, said = CASES[case]
    pages = dict(pages)
    paths = pages.pop("list", [A])
    little.pages |= {"/berita": Answer(listing(paths, [])), **pages}
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert report.counts.new == 0
    assert report.failures >= 1
    assert any(said in reason for reason in told.failures.values()), told.failures
    assert len(little.asked()) <= 8


def test_more_than_twenty_hops_are_refused(little: Little, tmp_path: Path) -> None:
    little.pages["/berita"] = Answer(listing(["/berita/h-0.html"], []))
    for hop in range(40):
        little.pages[f"/berita/h-{hop}.html"] = to(f"/berita/h-{hop + 1}.html")
    told = Told()
    crawl(little, tmp_path / "out", observer=told)
    assert any("20 redirects" in reason for reason in told.failures.values())
    assert len(little.asked()) <= 23


@pytest.mark.parametrize("written", ["/berita/kabar-mégah.html", "/berita/kabar-m%C3%A9gah.html"])
def test_an_address_with_letters_beyond_ascii(little: Little, tmp_path: Path, written: str) -> None:
    target = "/berita/kabar-m%C3%A9gah.html"
    raw = written.encode().decode("latin-1")
    little.pages |= {
        "/berita": Answer(listing([A], [])),
        A: to(raw),
        target: Answer(article("Kabar megah")),
    }
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told)
    assert (told.failures, report.counts.new) == ({}, 1)
