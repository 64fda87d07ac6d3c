"""Nothing inside the user's own network is reached unless that was allowed."""

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from extractor.errors import SourceError
from extractor.fetching.client import Client, Limits, get_once
from extractor.fetching.safety import Refused, allowed_addresses, is_public, look_up
from tests.fetching.little import Little, Told, article, crawl
from tests.server.http import Answer, Request, Server

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1",
    "ff02::1", "2001:db8::1", "100::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::1", "2002:c0a8:101::1",
    "2001:0:7f00:1::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "103.30.180.9", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "017700000001", "localhost"])
def test_other_ways_to_write_loopback_are_looked_up_before_they_are_judged(host: str) -> None:
    with pytest.raises(Refused, match="--allow-private"):
        asyncio.run(allowed_addresses(host, 80, False))


def test_a_host_with_a_public_and_a_private_address_is_refused() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["103.30.180.9", "192.168.1.1"]

    with pytest.raises(Refused, match=r"192\.168\.1\.1"):
        asyncio.run(allowed_addresses("berita.example", 80, False, both))


def test_the_connection_is_made_to_the_address_that_was_checked(little: Little) -> None:
    """DNS rebinding: a name server that answers otherwise the second time is not asked again."""
    asked = []

    async def once(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.255.255.1"]

    little.pages["/"] = Answer(b"halo")
    port = little.base.rpartition(":")[2]

    async def ask() -> tuple[int | None, str | None]:
        client = Client("rilis/test", Limits(5, 5), allow_private=True, resolver=once)
        try:
            answer = await client.ask(f"http://berita.example:{port}/")
            return answer.exchange.status, answer.exchange.ip
        finally:
            await client.close()

    assert asyncio.run(ask()) == (200, "127.0.0.1")
    assert asked == ["berita.example"]


def test_a_private_site_is_refused_and_told_how_to_allow_it(little: Little, tmp_path: Path) -> None:
    little.fill(2)
    told = Told()
    report = crawl(little, tmp_path / "out", observer=told, allow_private=False)
    assert little.asked() == []
    assert (report.stopped or "").startswith("127.0.0.1 is 127.0.0.1, an address of a private")
    assert report.faulty


def test_a_redirect_into_the_network_is_not_followed(little: Little, tmp_path: Path) -> None:
    """The site's own host name may be led to a private address by its second look-up."""
    calls: list[str] = []

    async def turning(host: str, port: int) -> list[str]:
        calls.append(host)
        return await look_up("127.0.0.1", port)

    little.fill(1)
    little.pages["/berita/kabar-0.html"] = Answer(
        b"", 302, (("Location", "http://169.254.169.254/latest/meta-data/"),)
    )
    told = Told()
    crawl(little, tmp_path / "out", observer=told, resolver=turning)
    assert list(told.failures) == [little.base + "/berita/kabar-0.html"]
    assert "169.254.169.254" in next(iter(told.failures.values()))
    assert "169.254.169.254" not in calls


def test_get_once_refuses_what_a_redirect_leads_to(little: Little) -> None:
    with pytest.raises(SourceError, match="--allow-private"):
        get_once(little.base + "/")


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
               "/CN=127.0.0.1", "-keyout", str(key), "-out", str(cert)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


@pytest.mark.parametrize("insecure", [False, True])
def test_a_certificate_nobody_vouches_for(own_certificate: ssl.SSLContext, insecure: bool) -> None:
    def page(request: Request) -> Answer:
        return Answer(article("Kabar"))

    with Server({"tls": page}, tls={"tls": own_certificate}) as server:
        url = server.address("tls") + "/"
        if insecure:
            assert get_once(url, allow_private=True, insecure=True).status == 200
        else:
            with pytest.raises(SourceError, match=r"not trusted.*--insecure"):
                get_once(url, allow_private=True)
