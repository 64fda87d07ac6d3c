"""robots.txt by RFC 9309: what a host lets us ask for, and how fast."""

import math
from dataclasses import dataclass
from typing import Literal

from protego import Protego

TOKEN = "rilis"  # the product token that robots.txt may name
MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much is read; what follows is not
MAX_AGE = 3600.0  # seconds until it is read again; RFC 9309, 2.4 allows a day
MAX_HOPS = 5  # RFC 9309, 2.3.1.2

Verdict = Literal["rules", "allow", "unreachable"]


@dataclass(frozen=True)
class Robots:
    """What a host said: ``verdict`` is ``rules``, ``allow`` (it has no robots.txt) or
    ``unreachable`` (nothing may be asked for now); ``reason`` tells an unreachable one, and
    ``final`` that only the user can change it (an address or certificate that is refused)."""

    verdict: Verdict
    rules: Protego | None
    text: str
    reason: str | None
    retrieved: float
    final: bool = False

    def allows(self, url: str) -> bool:
        """Whether this address may be asked for."""
        if self.rules is None:
            return self.verdict == "allow"
        return bool(self.rules.can_fetch(url, TOKEN))

    @property
    def delay(self) -> float | None:
        """Crawl-delay in seconds, as asked for and not yet capped; None where there is none."""
        value = self.rules.crawl_delay(TOKEN) if self.rules is not None else None
        if value is None or math.isnan(value) or value < 0:
            return None
        return float(value)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of sitemaps that it names."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()


def read_robots(status: int | None, body: bytes, error: str | None, retrieved: float) -> Robots:
    """The robots.txt of an answer: 2xx its rules (an HTML page has none, so all is allowed), other
    4xx than 429 "there is none", anything else "for now nothing" (RFC 9309, 2.3.1)."""
    if status is not None and 200 <= status < 300 and error is None:
        head = body[:MAX_BYTES]
        if len(body) > MAX_BYTES:  # a rule cut in half could forbid or allow too much
            head = head[: head.rfind(b"\n") + 1]
        return from_text(head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"), retrieved)
    if status is not None and 300 <= status < 500 and status != 429:
        return Robots("allow", None, "", None, retrieved)
    reason = error or f"HTTP {status}"
    return Robots("unreachable", None, "", reason, retrieved)


def from_text(text: str, retrieved: float) -> Robots:
    """The rules of a robots.txt that was kept."""
    text = text.replace("\x00", "")
    return Robots("rules", Protego.parse(text), text, None, retrieved)
