"""Saved pages with the article each must give: a site rule is tried on them without the network.

``FOLDER/<site>/NAME.html`` is a page as it was served, ``NAME.json`` beside it tells its address
and what must come of it; only what ``expect`` names is compared.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.messages import _
from extractor.rulebook.patterns import suggest
from extractor.sites.page_types import Page, Response
from extractor.sites.pages import read_page
from extractor.sites.rule import Site, Sites

KEYS = frozenset({"url", "retrieved", "status", "headers", "recognised", "expect"})
EXPECT = frozenset(
    "kind title published paragraphs author images captions links listings id uri fault retry"  # noqa: SIM905
    " layout_fault layout confidence date_source date_reason furniture".split()
)
# Told by a part of the words.
_PARTS = frozenset({"fault", "layout_fault", "date_reason"})


@dataclass(frozen=True)
class Outcome:
    """A saved page and how it differs from what it must give; nothing where it holds."""

    path: Path
    site: str
    page: Page
    differences: tuple[str, ...]


def try_saved(folder: Path, sites: Sites, only: str | None = None) -> Iterator[Outcome]:
    """Every saved page of a folder, in its order; ``only`` is the id of one site.

    Raises UsageError for a folder without pages, a page without its JSON or whose JSON cannot be
    read, a site that no rule has.
    """
    found = sorted(folder.glob("*/*.html"))
    if not found:
        said = _("{folder}: no saved pages (SITE/NAME.html with NAME.json beside it)")
        raise UsageError(said.format(folder=folder))
    for path in found:
        if only is None or path.parent.name == only:
            yield _try(path, sites.by_id(path.parent.name))


def _try(path: Path, site: Site) -> Outcome:
    told = _read(path.with_suffix(".json"))
    response = Response(
        url=told["url"],
        status=told.get("status", 200),
        headers=tuple((str(key), str(value)) for key, value in told.get("headers", ())),
        body=path.read_bytes(),
        retrieved=told.get("retrieved", "2026-01-01T00:00:00Z"),
    )
    rule = None if told.get("recognised") else site.at(response.url)
    page = read_page(response, rule)
    got = _got(page)
    wrong = []
    for key, wanted in told["expect"].items():
        said = got[key]
        holds = wanted in (said or "") if key in _PARTS and wanted else said == wanted
        if not holds:
            text = _("{key}: {got} instead of {wanted}")
            wrong.append(text.format(key=key, got=_short(said), wanted=_short(wanted)))
    return Outcome(path, site.id, page, tuple(wrong))


def _got(page: Page) -> dict[str, Any]:
    article, extra = page.article, page.extra
    images = extra.get("images", [])
    lines = article.text.split("\n\n") if article is not None else []
    if article is not None and article.title is not None:
        del lines[0]
    return {
        "kind": page.kind,
        "title": article.title if article is not None else None,
        "published": article.published if article is not None else None,
        "paragraphs": lines,
        "author": extra.get("author"),
        "images": [image["url"] for image in images],
        "captions": [image["caption"] for image in images],
        "links": [link.url for link in page.links if link.kind == "article"],
        "listings": [link.url for link in page.links if link.kind == "listing"],
        "id": article.id if article is not None else None,
        "uri": article.uri if article is not None else None,
        "fault": page.fault,
        "retry": page.retry,
        "layout_fault": page.layout_fault,
        **{
            key: extra.get(key)
            for key in ("layout", "confidence", "date_source", "date_reason", "furniture")
        },
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None
    if not isinstance(told, dict) or not isinstance(told.get("url"), str):
        raise UsageError(_("{path}: 'url' is missing").format(path=path))
    if not isinstance(told.get("expect"), dict) or not told["expect"]:
        raise UsageError(_("{path}: 'expect' is missing").format(path=path))
    for known, keys in ((KEYS, told), (EXPECT, told["expect"])):
        for key in keys:
            if key not in known:
                said = _("{path}: unknown key '{key}'{hint}")
                raise UsageError(said.format(path=path, key=key, hint=suggest(key, known)))
    return told


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:200]} … {text[-90:]}"
