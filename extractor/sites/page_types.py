"""What a response is, and what is read out of it: the types between the crawler and the rules."""

from dataclasses import dataclass, field
from typing import Any, Literal

from extractor.record import Article

Kind = Literal["article", "listing", "feed", "nothing"]


@dataclass(frozen=True)
class Response:
    """What a server answered: ``body`` is inflated, ``headers`` as served, ``retrieved`` UTC
    (``2024-05-03T02:11:09Z``); ``truncated`` says why the body is not whole."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retrieved: str
    truncated: str | None = None


@dataclass(frozen=True)
class Link:
    """A link worth following. ``url`` is the address to ask for (absolute, without fragment and
    tracking); ``key`` what :func:`extractor.sites.addresses.canonical` makes of it: two links with
    one key lead to one article."""

    url: str
    kind: Literal["article", "listing"]
    title: str | None = None
    key: str = ""


@dataclass(frozen=True)
class Page:
    """What a response holds.

    ``article.text`` is the title, then the paragraphs, an empty line between them (a single line
    break inside a paragraph stays one). ``extra`` tells author, images, confidence, where the date
    came from or why there is none. ``fault`` is the reason why there is no article where one was to
    be expected; with ``retry`` it may pass. ``layout_fault`` (FILE:LINE: …) says that the site
    looks different from its rule: the crawler stops that site.
    """

    kind: Kind
    article: Article | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    fault: str | None = None
    retry: bool = False
    layout_fault: str | None = None
