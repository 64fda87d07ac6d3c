"""The imitated sites: what tests and the walk-through rely on."""

import http.client
import json
import socket
from urllib.parse import urlsplit

import pytest

from tests.server.__main__ import control, parsed
from tests.server.faults import BY_NAME, FAULTS
from tests.server.http import Answer, End
from tests.server.imitation import Imitation
from tests.server.making import TEMPLATES, Running, running
from tests.server.releases import Releases
from tests.server.styles import STYLES


def get(run: Running, target: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers (small letters) of one request."""
    connection = http.client.HTTPConnection(urlsplit(run.site.base).netloc, timeout=5)
    try:
        connection.request(
            "GET", target, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        answer = connection.getresponse()
        return (
            answer.status,
            answer.read(),
            {key.lower(): value for key, value in answer.getheaders()},
        )
    finally:
        connection.close()


def test_a_seed_makes_the_same_site_and_another_seed_another() -> None:
    one, same, other = (Releases(50, seed) for seed in (1, 1, 2))
    assert [one[number] for number in range(1, 51)] == [same[number] for number in range(1, 51)]
    assert not set(one.titles) & set(other.titles)


def test_a_release_is_the_same_made_alone_or_among_all() -> None:
    assert Releases(1000, 1)[3] == Releases(1000, 1)[3]
    titles = Releases(3000, 1).titles
    assert len(set(titles)) == 3000


@pytest.mark.parametrize("name", TEMPLATES)
def test_listing_pages_show_each_article_once_and_its_address_leads_to_it(name: str) -> None:
    site = Imitation(name, TEMPLATES[name], Releases(25), per_page=10)
    shown = [
        release.number
        for page in range(1, site.last_page + 1)
        for release in site.newest_first(page)
    ]
    assert shown == list(range(25, 0, -1))
    for number in shown:
        assert site.template.number(site, site.path(number)) == number
        assert site.releases[number].title in site.article(number)
    for page in range(1, site.last_page + 1):
        address = urlsplit(site.template.listing_address(page))
        query = dict(pair.split("=") for pair in address.query.split("&") if pair)
        assert site.template.page_of(address.path, query) == page


def test_unchanged_pages_answer_304_and_edited_ones_do_not() -> None:
    with running(articles=5) as run:
        path = run.site.path(3)
        status, body, headers = get(run, path)
        assert status == 200
        assert get(run, path, If_None_Match=headers["etag"])[:2] == (304, b"")
        assert get(run, path, If_Modified_Since=headers["last-modified"])[0] == 304
        run.site.edit(3)
        status, edited, _ = get(run, path, If_None_Match=headers["etag"])
        assert status == 200
        assert edited != body
        assert "diperbarui" in run.site.expected(3)
        assert get(run, run.site.path(2))[0] == 200


def test_the_log_counts_every_request_and_forgets_when_asked() -> None:
    with running(articles=5) as run:
        control(run, run.site)
        for _ in range(3):
            get(run, run.site.path(1))
        get(run, "/tidak-ada")
        assert run.counts() == {run.site.path(1): 3, "/tidak-ada": 1}
        told = json.loads(get(run, "/-/log")[1])
        assert told["requests"] == 4
        assert told["by_status"] == {"200": 3, "404": 1}
        assert json.loads(get(run, "/-/edit?article=2")[1])["version"] == 2
        get(run, "/-/forget")
        assert run.counts() == {}


def test_a_refusing_site_refuses_and_comes_back_on_its_port() -> None:
    with running(articles=2) as run:
        run.server.refuse("dpmppa")
        with pytest.raises(ConnectionRefusedError):
            get(run, "/berita")
        run.server.listen("dpmppa")
        assert get(run, "/berita")[0] == 200


def test_steps_are_sent_as_they_are_and_a_reset_is_one() -> None:
    with running(articles=2) as run:
        run.site.fault("/kosong", lambda request, answer: [b"bukan HTTP", End.CLOSE])
        run.site.fault("/putus", lambda request, answer: [answer.head(), End.RESET])
        run.site.fault("/sekali", lambda request, answer: Answer(b"%d" % request.seen))
        host, port = "127.0.0.1", int(urlsplit(run.site.base).port or 0)
        with socket.create_connection((host, port), timeout=5) as raw:
            raw.sendall(b"GET /kosong HTTP/1.1\r\nHost: x\r\n\r\n")
            assert raw.recv(100) == b"bukan HTTP"
            assert raw.recv(100) == b""
        with pytest.raises(ConnectionResetError):
            get(run, "/putus")
        assert [get(run, "/sekali")[1] for _ in range(3)] == [b"0", b"1", b"2"]


@pytest.mark.parametrize("style", STYLES)
def test_every_paragraph_is_in_the_page_whatever_its_style(style: str) -> None:
    site = Imitation("dpmppa", TEMPLATES["dpmppa"], Releases(3), style=style)
    html = site.article(2)
    for block in site.releases[2].blocks:
        last = block.parts[0].split()[-1].rstrip(".”")
        assert last in html


def test_faults_have_names_of_their_own_and_can_be_asked_for() -> None:
    assert len(BY_NAME) == len(FAULTS)
    for fault in FAULTS:
        assert parsed(["--fault", fault.name]).fault == [fault.name]
        name = "wordpress" if "WordPress" in fault.what else "dpmppa"
        site = Imitation(name, TEMPLATES[name], Releases(6), per_page=3)
        site.base = "http://127.0.0.1:9000"
        fault.install(site)
