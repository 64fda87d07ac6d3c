"""Listings and articles that a site gives as JSON, made into small pages for the same readers.

The city's app of 2018 posted to ``/api/listBerita`` and ``/api/getBerita``. Whether these addresses
still answer is not known, and they are asked by GET here: nothing of it was tried on a true site.
"""

import html
import json
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from extractor.sites.rule import Api, Layout, Site
from extractor.sites.selectors import compile_selector

_PAGE = "<html><body>{}</body></html>"
_ARTICLE = (
    '<div class="rilis-article"><h1>{title}</h1><p class="rilis-date">{date}</p>'
    '<img class="rilis-image" src="{image}"><div class="rilis-body">{body}</div></div>'
)
_ITEM = '<p class="rilis-item"><a href="{address}">{title}</a></p>'
_NEXT = '<p class="rilis-next"><a href="{address}">{page}</a></p>'
_MAX_ITEMS = 2_000


def as_page(text: str, url: str, site: Site) -> str | None:
    """The HTML that an answer of the site's interface stands for, empty where it is no JSON; None
    for a page."""
    api = site.api
    if api is None or text.lstrip()[:1] == "<" or not _same_path(url, api):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    items = value.get(api.items) if isinstance(value, dict) else value
    items = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    if api.article is not None and urlsplit(url).path == urlsplit(api.article).path:
        body = api.fields.get("body", "")
        said = value if isinstance(value, dict) and body in value else next(iter(items), {})
        return _PAGE.format(_ARTICLE.format(**_fields(said, api)))
    made = [_item(one, api) for one in items[:_MAX_ITEMS]]
    if made:
        made.append(_next(url, api))
    return _PAGE.format("".join(made))


@lru_cache(maxsize=64)
def layout_of(site: Site) -> Layout:
    """The layout of the pages that :func:`as_page` makes."""
    row = {
        "article": "div.rilis-article",
        "title": ".rilis-article h1",
        "date": "p.rilis-date",
        "body": "div.rilis-body",
        "images": "img.rilis-image",
        "links": "p.rilis-item a",
        "next": "p.rilis-next a",
    }
    selectors: dict[str, Any] = {part: (compile_selector(source),) for part, source in row.items()}
    return Layout(id="api", path=site.path, line=site.line, **selectors)


def _fields(said: dict[str, Any], api: Api) -> dict[str, str]:
    found = {}
    for part in ("title", "date", "image", "body"):
        value = said.get(api.fields.get(part, ""))
        text = str(value) if isinstance(value, str | int) else ""
        found[part] = text if part == "body" else html.escape(html.unescape(text))
    return found


def _item(said: dict[str, Any], api: Api) -> str:
    number = str(said.get(api.id_field, ""))
    address = _with(api.article or api.listing, api.id_field, number)
    return _ITEM.format(address=html.escape(address), title=_fields(said, api)["title"])


def _next(url: str, api: Api) -> str:
    asked = parse_qs(urlsplit(url).query).get(api.page_field, ["1"])[0]
    page = str(int(asked) + 1 if asked.isdecimal() and len(asked) < 8 else 2)
    return _NEXT.format(address=html.escape(_with(api.listing, api.page_field, page)), page=page)


def _with(address: str, key: str, value: str) -> str:
    return urlunsplit(urlsplit(address)._replace(query=urlencode({key: value}), fragment=""))


def _same_path(url: str, api: Api) -> bool:
    own = {urlsplit(one).path for one in (api.listing, api.article) if one is not None}
    return urlsplit(url).path in own
