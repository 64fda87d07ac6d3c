"""Saved web pages and Word pasted as HTML: the title and the text that a reader sees.

The page is walked block by block: ``get_text`` would break sentences at every span of a Word
paste. What belongs to the page rather than the release (scripts, menus, footers) is left out by its
element or its role. Nothing is fetched.
"""

import re
import warnings
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from extractor.errors import SourceError
from extractor.messages import _
from extractor.sources.blocks import flat, hidden, is_furniture, paragraphs_of
from extractor.sources.text import decode, without_surrogates

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAIN = ('[itemprop~="articleBody"]', "article", "main", '[role="main"]', "body")
_ENOUGH = 200
_HEADINGS = ("h1", "h2", "h3", "h4")
# What may stand above the headline: breadcrumbs, a category, a day.
_ABOVE = 300


@dataclass(frozen=True)
class PageText:
    """What a page says: ``text`` begins with ``title`` where there is one; ``published`` is the day
    the page itself declares, else None."""

    text: str
    title: str | None
    published: str | None
    encoding: str


def read_html(raw: bytes, path: str) -> PageText:
    """The text of a page, an empty line between its blocks, the title first.

    The encoding is told from the byte order mark, UTF-8 that holds, the page's own declaration, or
    Windows-1252. Raises SourceError for a page without text and for what is no text at all.
    """
    markup, encoding = _decode(raw, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4's guesses on what the markup might be instead
        page = BeautifulSoup(markup, "lxml")
    root = _main(page)
    whole = len(root.get_text())
    blocks = paragraphs_of(root, lambda node, name: _left_out(node, name, whole))
    if not blocks:
        raise SourceError(path, _("the page has no text"))
    title = _title(page, root)
    text = "\n\n".join(blocks if title is None else [title, *_below(blocks, title)])
    return PageText(text, title, _published(page), encoding)


def _decode(raw: bytes, path: str) -> tuple[str, str]:
    declared = _META_CHARSET.search(raw[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    try:
        found = decode(raw, path)
    except SourceError:
        if not name or b"\0" in raw:
            raise
    else:
        told = found.encoding == "cp1252" and name and not name.startswith(("utf", "iso-8859-1"))
        if not told or name == "windows-1252":
            return without_surrogates(found.text), found.encoding
    try:
        return raw.decode(name, "replace"), name
    except LookupError:
        said = _("the page declares an unknown encoding ({name}); save it as UTF-8")
        raise SourceError(path, said.format(name=name)) from None


def _main(page: BeautifulSoup) -> Tag:
    """The part of the page that holds the release: the first kind of container with enough text."""
    for selector in _MAIN:
        found = page.select(selector, limit=50)
        if found:
            sizes = [_prose(one) for one in found]
            best = max(sizes)
            if best >= _ENOUGH or selector == "body":
                return found[sizes.index(best)]
    return page


def _prose(part: Tag) -> int:
    """How many characters of a part are text rather than links."""
    links = sum(len(flat(link.get_text())) for link in part.find_all("a"))
    return len(flat(part.get_text())) - links


def _title(page: BeautifulSoup, root: Tag) -> str | None:
    """The heading that the page's declared title holds, else what it declares, else its only h1."""
    declared = _meta(page, "og:title") or _document_title(page)
    headings = [flat(one.get_text(" ")) for one in root.find_all(_HEADINGS, limit=20)]
    named = [one for one in headings if one and one.casefold() in declared.casefold()]
    if named:
        # The name of the site may be a heading too, and stands behind the title.
        first = [one for one in named if declared.casefold().startswith(one.casefold())]
        return max(first or named, key=len)
    if _meta(page, "og:title"):
        return _without_site(page, declared)
    for place in (root, page):
        found = [one for one in place.find_all("h1", limit=3) if flat(one.get_text())]
        if len(found) == 1:
            return flat(found[0].get_text(" "))
    return _without_site(page, declared) or None


def _document_title(page: BeautifulSoup) -> str:
    """The title element; not that of a Word document, which is seldom that of the release."""
    if page.title is None or "Microsoft Word" in _meta(page, "Generator", "name"):
        return ""
    return flat(page.title.get_text())


def _without_site(page: BeautifulSoup, title: str) -> str:
    site = _meta(page, "og:site_name")
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site):
        return title[: -len(site)].rstrip(" -–—|·»:") or title
    return title


def _below(blocks: list[str], title: str) -> list[str]:
    """The blocks of a page below its title, without the little that may stand above it."""
    above = 0
    for number, block in enumerate(blocks):
        if _same(block, title):
            return blocks[number + 1 :]
        above += len(block)
        if above > _ABOVE:
            break
    return blocks


def _meta(page: BeautifulSoup, name: str, key: str = "property") -> str:
    found = page.find("meta", attrs={key: name})
    content = found.get("content") if isinstance(found, Tag) else None
    return flat(content) if isinstance(content, str) else ""


def _published(page: BeautifulSoup) -> str | None:
    found = _DAY.match(_meta(page, "article:published_time"))
    return found.group() if found else None


def _left_out(node: Tag, name: str, whole: int) -> bool:
    if name.endswith(":xml"):
        return True
    if name == "header":
        return node.find_parent(["article", "main"]) is None and node.find("p") is None
    if not node.attrs:
        return False
    if hidden(node.attrs):
        return True
    return is_furniture(node.attrs) and len(node.get_text()) < 0.5 * whole


def _same(one: str, other: str) -> bool:
    return flat(one).casefold() == flat(other).casefold()
