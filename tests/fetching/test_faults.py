"""The thirty kinds of faults, each in several forms: in the end there is the right article, or a
row that says why there is none; and no fault spoils an article beside it.

Those that a server commits end as the table of :mod:`tests.fetching.fault_ends` says; what befalls
the machine that crawls (17, 18, 19) and its connections (3, 27) stands below.
"""

import gzip
import re
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.sites.loading import load_sites
from tests.fetching.fault_ends import ENDS, REACHED, RIGHT, End
from tests.fetching.faulty import ARTICLES, IMPATIENT, MANNER, Bench, Outcome, bench, spoilt
from tests.server.faults import BY_NAME, FAULTS, SPOILT
from tests.server.http import Answer, Request, Server, Steps
from tests.server.http import End as Ending
from tests.server.imitation import Imitation
from tests.server.making import TEMPLATES
from tests.server.overlay import write_rules
from tests.server.releases import Releases
from tests.server.wire import page

TLS = Path(__file__).parents[1] / "server" / "tls"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The servers of all these tests."""
    with bench(tmp_path_factory.mktemp("rules")) as here:
        yield here


# 17 kill -9, Ctrl-C, two at once; 18 a full disk; 19 a torn tail of a WARC: each has its own room
ELSEWHERE = {
    17: (
        ("test_kill", "test_random_kills_lose_nothing"),
        ("test_kill", "test_a_kill_at_the_worst_moment_loses_nothing"),
        ("test_stopping", "test_ctrl_c_ends_after_the_running_request_and_twice_at_once"),
        ("test_stopping", "test_two_runs_into_one_folder_are_refused"),
    ),
    18: (
        ("test_kill", "test_a_full_disk_ends_in_one_line_and_loses_nothing"),
        ("test_kill", "test_files_that_cannot_grow_end_in_one_line_and_lose_nothing"),
    ),
    19: (("test_warc_repair", "test_a_file_cut_at_any_byte_ends_behind_its_last_whole_record"),),
}


def test_table_has_an_end_for_every_fault_of_the_server_and_every_number() -> None:
    assert set(ENDS) == set(BY_NAME)
    here = {fault.number for fault in FAULTS}
    assert here | {27, *ELSEWHERE} == set(range(1, 31)), "27 stands at the end of this file"
    for tests in ELSEWHERE.values():
        for module, test in tests:
            code = (Path(__file__).parent / f"{module}.py").read_text("utf-8")
            assert f"\ndef {test}(" in code


@pytest.mark.parametrize("name", ENDS)
def test_fault_ends_in_the_right_article_or_a_row_that_says_why(
    name: str, servers: Bench, tmp_path: Path
) -> None:
    fault, end = BY_NAME[name], ENDS[name]
    site = servers.site("wordpress" if "WordPress" in fault.what else "dpmppa")
    fault.install(site)
    outcome = servers.crawl(site, tmp_path, IMPATIENT if end.impatient else MANNER)
    if end.edited:
        site.edit(SPOILT)
        outcome = servers.crawl(site, tmp_path)
        assert outcome.versions[spoilt(site)] == 2, "the version before the edit is kept"
        assert sum(outcome.versions.values()) == ARTICLES + 1, "nothing else is another version"
    _ended(end, outcome, site)
    assert len(servers.server.requests()) <= end.most * (2 if end.edited else 1)
    assert end.seconds <= outcome.waited <= end.longest
    if end.check is not None:
        end.check(outcome, site, servers)


def _ended(end: End, outcome: Outcome, site: Imitation) -> None:
    if end.stopped is not None:
        assert re.search(end.stopped, outcome.report.stopped or ""), outcome.report
        assert outcome.report.faulty
        return
    assert outcome.report.stopped is None
    assert outcome.report.waiting == 0
    if end.listing is not None:
        assert outcome.articles == []
        assert outcome.report.failures == len(outcome.failures) == 1
        assert re.search(end.listing, *outcome.failures.values()), outcome.failures
        return
    reason = end.failed or end.skipped
    expected = [number for number in range(1, ARTICLES + 1) if number != SPOILT or not reason]
    texts = {number: site.expected(number) for number in expected}
    days = {number: site.releases[number].published.date().isoformat() for number in expected}
    if end.published is not None:
        days[SPOILT] = end.published
    found = {article["title"]: article for article in outcome.articles}
    assert sorted(found) == sorted(site.releases[number].title for number in expected)
    assert len(outcome.articles) == len(expected), "no article twice"
    for number in expected:
        article = found[site.releases[number].title]
        assert article["text"] == texts[number]
        assert (article["published"] or "") == days[number]
        assert article["published"] or re.search(
            end.reason or "^$", article["extra"]["date_reason"]
        )
    rows = list(outcome.failures.values()) if end.failed else list(outcome.skipped.values())
    if reason:
        assert len(rows) == 1, rows
        assert re.search(reason, rows[0]), rows


def test_refused_connections_end_the_run_and_the_next_one_has_all(
    servers: Bench, tmp_path: Path
) -> None:
    """Fault 3."""
    site = servers.site()
    servers.server.refuse(site.id)
    try:
        outcome = servers.crawl(site, tmp_path)
    finally:
        servers.server.listen(site.id)
    assert outcome.report.faulty
    assert re.search(REACHED, outcome.report.stopped or "")
    assert outcome.articles == []
    _ended(RIGHT, servers.crawl(site, tmp_path), site)


def test_a_server_that_goes_away_mid_crawl_costs_nothing(servers: Bench, tmp_path: Path) -> None:
    """Fault 3: every second answer is a reset."""
    site = servers.site()
    count = 0

    def second(request: Request, answer: Answer) -> Answer | Steps:
        nonlocal count
        count += 1
        return [Ending.RESET] if count % 2 else answer

    site.fault("*", second)
    _ended(RIGHT, servers.crawl(site, tmp_path), site)


def test_robots_txt_that_changes_is_obeyed_an_hour_later(servers: Bench, tmp_path: Path) -> None:
    """Fault 15."""
    site = servers.site()
    _ended(RIGHT, servers.crawl(site, tmp_path), site)
    site.robots = f"User-agent: *\nDisallow: {site.path(SPOILT)}\n"
    servers.server.forget()
    outcome = servers.crawl(site, tmp_path, ahead=4_000)
    assert servers.server.counts()[site.path(SPOILT)] == 0
    assert "robots.txt forbids" in " ".join(outcome.skipped.values())
    assert len(outcome.articles) == ARTICLES, "what was fetched before stays"


def test_a_torn_tail_of_a_warc_is_cut_and_fetched_again(servers: Bench, tmp_path: Path) -> None:
    """Fault 19, in a crawl."""
    site = servers.site()
    servers.crawl(site, tmp_path)
    (warc,) = (tmp_path / site.id / "warc").glob("*.warc.gz")
    with warc.open("ab") as file:
        file.write(warc.read_bytes()[:40])
    outcome = servers.crawl(site, tmp_path)
    _ended(RIGHT, outcome, site)
    assert any(warc.name in note for note in outcome.notes)
    for whole in (tmp_path / site.id / "warc").glob("*.warc.gz"):
        with gzip.open(whole) as file:
            assert file.read()


def test_a_fault_that_passes_leaves_no_trace(servers: Bench, tmp_path: Path) -> None:
    """An article that failed is right once its page is; a failed row does not stay."""
    site = servers.site()
    site.fault(site.path(SPOILT), page(b""))
    assert len(servers.crawl(site, tmp_path).failures) == 1
    site.faults.clear()
    outcome = servers.crawl(site, tmp_path)
    _ended(RIGHT, outcome, site)
    assert outcome.failures == {}


@pytest.mark.parametrize("certificate", ["self-signed", "expired"])
def test_a_certificate_nobody_vouches_for_is_refused_unless_asked_for(
    certificate: str, tmp_path: Path
) -> None:
    """Fault 27."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / f"{certificate}.pem")
    site = Imitation("dpmppa", TEMPLATES["dpmppa"], Releases(ARTICLES, 1), per_page=3)
    with Server({"dpmppa": site}, tls={"dpmppa": context}) as server:
        site.base = server.address("dpmppa")
        rules = load_sites((write_rules(tmp_path / "rules", [site]),))
        here = Bench(server, {"dpmppa": site}, rules)
        refused = here.crawl(site, tmp_path / "strict")
        assert refused.report.faulty
        assert re.search("(?i)certificate", refused.report.stopped or ""), refused.report
        assert refused.articles == []
        _ended(RIGHT, here.crawl(site, tmp_path / "trusting", replace(MANNER, insecure=True)), site)
