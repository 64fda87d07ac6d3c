"""Generated pages of every imitated system, body style and date form: the shipped selectors give
the article to the character, and its day or none."""

from collections.abc import Mapping
from itertools import islice, product

import pytest

from extractor.rulebook import load_rulebook
from extractor.sites.loading import load_sites
from extractor.sites.pages import Page, Response, read_page
from extractor.sites.rule import Sites
from tests.server.imitation import Imitation
from tests.server.making import TEMPLATES
from tests.server.overlay import write_rules
from tests.server.releases import Releases
from tests.server.styles import DATE_FORMS, STYLES

# One site of each system: the city's offices share theirs.
SYSTEMS = ("dpmppa", "rkb", "pekalongankab", "wordpress", "opensid", "codeigniter")
COMBINATIONS = tuple(product(STYLES, DATE_FORMS))


@pytest.fixture(scope="module")
def imitated() -> Mapping[str, Imitation]:
    """The sites, an article for each combination of body style and date form."""
    count = len(COMBINATIONS)
    sites = {name: Imitation(name, TEMPLATES[name], Releases(count, at, rich=True), hacked=True) for at, name in enumerate(SYSTEMS)}  # fmt: skip
    for at, site in enumerate(sites.values()):
        site.base = f"http://127.0.0.1:{9100 + at}"
        site.styles = {number: style for number, (style, _) in enumerate(COMBINATIONS, 1)}
    return sites


@pytest.fixture(scope="module")
def sites(imitated: Mapping[str, Imitation], tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The shipped rules, bound to the imitated hosts."""
    folder = write_rules(tmp_path_factory.mktemp("rules"), imitated.values())
    return load_sites(load_rulebook(folder).folders)


def page_of(site: Imitation, number: int, sites: Sites, html: str | None = None) -> Page:
    """What comes out of the page of a release."""
    body = (html if html is not None else site.article(number)).encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    url = site.base + site.path(number)
    return read_page(
        Response(url, 200, headers, body, "2026-01-02T03:04:05Z"), sites.by_id(site.id)
    )


@pytest.mark.parametrize("name", SYSTEMS)
def test_article_and_day_are_right_on_every_body_style_and_date_form(
    name: str, imitated: Mapping[str, Imitation], sites: Sites
) -> None:
    site = imitated[name]
    for number, (_, form) in enumerate(COMBINATIONS, 1):
        if site.template.dates == ("none",):
            form = "none"  # its pages have no place for a date
        when = site.releases[number].published
        # WordPress tells the day to machines, whatever it shows
        told = name == "wordpress" or form != "none"
        site.date_words[number] = DATE_FORMS[form](when)
        page = page_of(site, number, sites)
        assert page.article is not None, (number, page)
        assert page.article.text == site.expected(number), (site.body_style(number), form)
        assert page.article.title == site.releases[number].title
        assert page.article.published == (when.date().isoformat() if told else None), form
        assert told or page.extra["date_reason"], "a missing day has a reason"
        assert page.layout_fault is None
        assert page.fault is None


@pytest.mark.parametrize("name", SYSTEMS)
def test_listing_leads_to_its_articles_and_the_next_page_and_nowhere_else(
    name: str, imitated: Mapping[str, Imitation], sites: Sites
) -> None:
    site = imitated[name]
    rule = sites.by_id(name)
    for number in (1, 2, site.last_page):
        url = site.base + site.template.listing_address(number)
        releases = site.newest_first(number)
        html = site.template.listing(site, number, releases)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        page = read_page(Response(url, 200, headers, html.encode(), "2026-01-02T03:04:05Z"), rule)
        articles = {link.url for link in page.links if link.kind == "article"}
        listings = {link.url for link in page.links if link.kind == "listing"}
        assert articles == {site.base + site.template.address(release) for release in releases}
        if number < site.last_page:
            assert site.base + site.template.listing_address(number + 1) in listings
        assert not [url for url in articles | listings if "slot" in url or "togel" in url]


@pytest.mark.parametrize("name", ["dpmppa", "rkb", "pekalongankab"])
def test_body_part_that_is_called_otherwise_is_told_with_file_and_line(
    name: str, imitated: Mapping[str, Imitation], sites: Sites
) -> None:
    site = imitated[name]
    changed = {"dpmppa": "isi-berita", "rkb": "isi", "pekalongankab": "article-content"}[name]
    around = {"dpmppa": "detail-berita", "rkb": "content", "pekalongankab": "article-detail"}[name]
    for number in islice(range(1, len(site.releases)), 5):
        html = site.article(number).replace(f'"{changed}"', '"zz9"').replace(around, "zz8")
        html = html.replace("<article", "<section").replace("</article", "</section")
        page = page_of(site, number, sites, html)
        assert page.layout_fault is not None
        assert f"{name}.yaml:" in page.layout_fault
        if page.article is not None:
            assert page.extra["confidence"] <= 0.5
