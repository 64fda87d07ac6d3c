"""One imitated site: releases in a template, with validators, robots.txt, edits and faults."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from tests.server.http import Answer, Request, Steps
from tests.server.releases import Release, Releases
from tests.server.styles import DATE_FORMS, STYLES, expected_text

Fault = Callable[[Request, Answer], Answer | Steps]
PLAIN = (("Content-Type", "text/plain; charset=utf-8"),)
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /halaman/\n"


@dataclass(frozen=True)
class Template:
    """One system. ``address`` gives a release's path;
    ``number`` finds the release a path stands for; ``page_of`` tells which page of the listing a
    target is (None: not a listing); ``listing_address`` the address of page N;
    ``files`` answers for feeds and sitemaps, whose addresses stand in ``sources``."""

    id: str
    start: str
    address: Callable[[Release], str]
    number: Callable[["Imitation", str], int | None]
    page_of: Callable[[str, dict[str, str]], int | None]
    listing_address: Callable[[int], str]
    article: Callable[["Imitation", Release, str, str], str]
    listing: Callable[["Imitation", int, list[Release]], str]
    per_page: int = 10
    dates: tuple[str, ...] = ("weekday-time",)
    files: Callable[["Imitation", Request], Answer | None] = lambda _site, _request: None
    sources: tuple[tuple[str, str], ...] = ()


class Imitation:
    """Answers requests as one site; give it to :class:`tests.server.http.Server`.

    ``validators`` holds ``etag`` and ``modified`` or neither; ``style`` and ``dates`` name one body
    style and date form for all, else they change from release to release.
    """

    def __init__(
        self, site_id: str, template: Template, releases: Releases, *,
        validators: frozenset[str] = frozenset({"etag", "modified"}), style: str | None = None, dates: str | None = None,
        robots: str | None = ROBOTS, hacked: bool = False,
        per_page: int | None = None,
    ) -> None:  # fmt: skip
        self.id = site_id
        self.template = template
        self.releases = releases
        self.validators = validators
        self.style = style
        self.dates = dates
        self.robots = robots
        self.hacked = hacked
        self.per_page = per_page or template.per_page
        self.mirrors: tuple[str, ...] = ()
        # What stands on the pages behind the last one, which then each have a next one:
        # "empty", "last", "first"; None ends the listing as it should.
        self.beyond: str | None = None
        self.name = f"Laman {site_id}"
        self.base = ""
        # what single releases have instead: a body style, the words of the date
        self.styles: dict[int, str] = {}
        self.date_words: dict[int, str] = {}
        self.faults: dict[str, Fault] = {}
        self.extra: dict[str, Callable[[Request], Answer]] = {}
        self._cache: dict[str, Answer] = {}

    @property
    def last_page(self) -> int:
        """How many pages the listing says it has."""
        return 10**9 if self.beyond else self._pages

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self.releases) // self.per_page))

    def path(self, number: int) -> str:
        """Where a release stands."""
        return self.template.address(self.releases[number])

    def expected(self, number: int) -> str:
        """The text of the article that must come out of its page."""
        return expected_text(self.releases[number])

    def date_form(self, number: int) -> str:
        """The name of the date form of a release."""
        return self.dates or self.template.dates[number % len(self.template.dates)]

    def body_style(self, number: int) -> str:
        """The name of the body style of a release."""
        return self.styles.get(number) or self.style or list(STYLES)[number % len(STYLES)]

    def edit(self, number: int) -> None:
        """Changes the text of a release under its address."""
        self.releases.edit(number)
        self._cache.clear()

    def fault(self, target: str, fault: Fault) -> None:
        """From now on ``target`` (path with query; ``*`` is any) misbehaves."""
        self.faults[target] = fault

    def newest_first(self, page: int) -> list[Release]:
        """The releases on one page of the listing."""
        if page > self._pages and self.beyond in {"last", "first"}:
            page = self._pages if self.beyond == "last" else 1
        first = len(self.releases) - (page - 1) * self.per_page
        last = max(0, first - self.per_page)
        return [self.releases[number] for number in range(first, last, -1)]

    def __call__(self, request: Request) -> Answer | Steps:
        answer = self._plain(request)
        fault = self.faults.get(request.target) or self.faults.get("*")
        return fault(request, answer) if fault else answer

    def _plain(self, request: Request) -> Answer:
        if request.method not in {"GET", "HEAD"}:
            return Answer(b"", 405)
        if request.path == "/robots.txt":
            return (
                Answer(b"", 404)
                if self.robots is None
                else Answer(self.robots.encode(), 200, PLAIN)
            )
        if request.path in self.extra:
            return self.extra[request.path](request)
        if request.target not in self._cache:
            self._cache[request.target] = self._made(request)
        return _conditional(request, self._cache[request.target])

    def _made(self, request: Request) -> Answer:
        number = self.template.number(self, request.path)
        if number is not None:
            release = self.releases[number]
            return self._validated(self.article(number), release)
        made = self.template.files(self, request)
        if made is not None:
            return made
        page = self.template.page_of(request.path, request.query)
        if page is None:
            return Answer(_NOT_FOUND.encode(), 404)
        releases = self.newest_first(page)
        return Answer(self.template.listing(self, page, releases).encode())

    def article(self, number: int) -> str:
        """The page of a release."""
        release = self.releases[number]
        date = self.date_words.get(number, DATE_FORMS[self.date_form(number)](release.published))
        return self.template.article(self, release, STYLES[self.body_style(number)](release), date)

    def _validated(self, page: str, release: Release) -> Answer:
        body = page.encode()
        answer = Answer(body)
        if "etag" in self.validators:
            answer = answer.with_headers(("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'))
        if "modified" in self.validators:
            day = datetime(2026, 1, release.version, tzinfo=UTC)
            answer = answer.with_headers(("Last-Modified", format_datetime(day, usegmt=True)))
        return answer


def _conditional(request: Request, answer: Answer) -> Answer:
    tag, day = answer.header("etag"), answer.header("last-modified")
    asked = request.headers.get("if-none-match")
    since = request.headers.get("if-modified-since")
    if (tag and asked == tag) or (not asked and day and since == day):
        return Answer(b"", 304, tuple(pair for pair in answer.headers if pair[0] != "Content-Type"))
    return answer


_NOT_FOUND = "<!DOCTYPE html><html><head><title>404</title></head><body><h1>Halaman tidak ditemukan</h1></body></html>"
