"""Which addresses may be connected to.

A page of somebody else decides which links a crawler follows, so a link, a redirect or a name
server must not lead it into the user's own network (server-side request forgery, OWASP). Names are
resolved here, every address is checked, and the connection is made to that very address: a second
look-up could answer otherwise (DNS rebinding).
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable

import certifi

from extractor.errors import ExtractorError
from extractor.messages import _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[list[str]]]

# Carry an IPv4 address in their last 32 bits: NAT64 (RFC 6052, RFC 8215) and IPv4-compatible.
_EMBEDDING = tuple(
    ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")
)
# Special-purpose ranges of the IANA registries that older Pythons call global.
_SPECIAL = tuple(
    ipaddress.ip_network(net)
    for net in ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "2001::/23", "100::/64")
)
_LOOKUP_SECONDS = 15.0


class Refused(ExtractorError):
    """An address that must not be connected to; the text says why and what allows it."""


def is_public(address: str) -> bool:
    """Whether an IP address (no name) belongs to the public internet, judged by the address that it
    really leads to: IPv4 inside of IPv6 (mapped, 6to4, Teredo, NAT64) is taken out first."""
    return all(_is_global(one) for one in _inside(ipaddress.ip_address(address.split("%")[0])))


def _inside(address: Address) -> list[Address]:
    found: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return [address.ipv4_mapped]
        if address.sixtofour is not None:
            found.append(address.sixtofour)
        if address.teredo is not None:
            found += address.teredo
        if any(address in net for net in _EMBEDDING):
            return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return found


def _is_global(address: Address) -> bool:
    if any(address.version == net.version and address in net for net in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host name, in the order of the system's resolver, which also reads
    ``2130706433``, ``0x7f.1`` and ``127.1`` as addresses; raises OSError where there is none."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(_LOOKUP_SECONDS):
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def allowed_addresses(
    host: str, port: int, allow_private: bool, resolver: Resolver = look_up
) -> list[str]:
    """The addresses a connection to this host may use.

    Raises :class:`Refused` where one of them is not public and that was not allowed: a host with a
    public and a private address is one that somebody is playing with.
    """
    addresses = await resolver(host, port)
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                said = _(
                    "{host} is {address}, an address of a private network; "
                    "--allow-private fetches it anyway"
                )
                raise Refused(said.format(host=host, address=address))
    return addresses


def tls_context(insecure: bool) -> ssl.SSLContext:
    """TLS that trusts the system's and certifi's authorities; ``insecure`` trusts anybody, also old
    servers whose keys are too short for today."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    if insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context
