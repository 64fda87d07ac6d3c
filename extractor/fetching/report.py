"""What a crawl did, told while it runs and at its end."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass
class Counts:
    """Counts of one site in one run. ``pages`` are answers; ``new``, ``edited`` and ``unchanged``
    are articles; ``skipped`` what robots.txt forbids; ``received`` bytes of bodies as served."""

    pages: int = 0
    new: int = 0
    edited: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    retried: int = 0
    received: int = 0

    @property
    def articles(self) -> int:
        """Articles that were looked at."""
        return self.new + self.edited + self.unchanged


@dataclass
class SiteReport:
    """One site's run: ``stopped`` tells why it ended before its end (None: it did not), ``faulty``
    that this is a failure, ``interrupted`` that the user wished it; ``failures`` are pages that
    failed, ``waiting`` those left for the next run, ``known`` how many articles there are now."""

    site: str
    folder: str
    counts: Counts = field(default_factory=Counts)
    stopped: str | None = None
    faulty: bool = False
    interrupted: bool = False
    failures: int = 0
    waiting: int = 0
    known: int = 0


class Observer(Protocol):
    """Who is told. Called from the one thread that crawls; must be quick."""

    def progress(self, site: str, counts: Counts) -> None:
        """A page was concluded."""

    def note(self, site: str, message: str) -> None:
        """Something worth telling at once."""

    def failed(self, site: str, address: str, reason: str) -> None:
        """A page that failed for good; told when the site is done."""


class Silent:
    """Nobody is told."""

    def progress(self, site: str, counts: Counts) -> None:
        """Nothing."""

    def note(self, site: str, message: str) -> None:
        """Nothing."""

    def failed(self, site: str, address: str, reason: str) -> None:
        """Nothing."""
