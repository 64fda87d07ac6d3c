"""Sitemaps, RSS and Atom into links. Entities are refused, nothing is fetched, sizes are
bounded."""

import re
import zlib
from collections.abc import Iterator

from lxml import etree

from extractor.messages import _
from extractor.sites.addresses import Kind, absolute, canonical, in_scope, kind_of
from extractor.sites.page_types import Link
from extractor.sites.rule import Site
from extractor.sources.blocks import flat

MAX_BYTES = 20_000_000
MAX_ENTRIES = 50_000
_HEAD = re.compile(
    r"\s*(?:<\?[^>]{0,300}\?>\s*|<!--.{0,3000}?-->\s*)*<(?:\w+:)?(rss|feed|urlset|sitemapindex|RDF)\b",
    re.S,
)
_ENTITY = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class FeedFault(ValueError):
    """A feed that is refused; the text says why."""


def looks_like_feed(text: str) -> bool:
    """Whether a response is a sitemap or a feed, by its first element (a document type before it is
    looked past)."""
    head = text[:8_000]
    if found := _ENTITY.search(head[:2_000]):
        rest = head[found.start() :]
        return re.search(r"<(?:\w+:)?(?:rss|feed|urlset|sitemapindex|RDF)[\s>]", rest) is not None
    return _HEAD.match(head) is not None


def unzipped(body: bytes) -> bytes:
    """A sitemap that is served as a .gz file, inflated; anything else as it is.

    Raises :class:`FeedFault` for one that is too large.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    inflater = zlib.decompressobj(31)
    try:
        plain = inflater.decompress(body, MAX_BYTES)
    except zlib.error:
        return body
    if inflater.unconsumed_tail:
        raise FeedFault(_("a .gz file of more than {n} bytes").format(n=MAX_BYTES))
    return plain


def feed_links(text: str, url: str, site: Site) -> tuple[Link, ...]:
    """The links of a sitemap, an index of sitemaps, RSS or Atom that belong to the site.

    Raises :class:`FeedFault` for one that declares entities, is too large or is no XML at all.
    """
    if len(text) > MAX_BYTES:
        raise FeedFault(_("a feed of {n} characters is too large").format(n=len(text)))
    if _ENTITY.search(text[:100_000]):
        raise FeedFault(_("the feed declares a document type or entities; it is not read"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    tidy = _CONTROL.sub("", _DECLARATION.sub("", text)).strip()
    try:
        root = etree.fromstring(tidy.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedFault(_("the feed is not XML: {reason}").format(reason=error)) from None
    if root is None:
        raise FeedFault(_("the feed is not XML: {reason}").format(reason=_("nothing in it")))
    found: dict[str, Link] = {}
    for number, (address, title, kind) in enumerate(_entries(root, url, site)):
        if number >= MAX_ENTRIES:
            break
        found.setdefault(address, Link(address, kind, title, canonical(address, site)))
    return tuple(found.values())


def _entries(root: etree._Element, url: str, site: Site) -> Iterator[tuple[str, str | None, Kind]]:
    index = _name(root) == "sitemapindex"
    for element in root.iter():
        name = _name(element)
        if name not in ("url", "sitemap", "item", "entry"):
            continue
        href = _href(element)
        address = absolute(url, href) if href else None
        if address is None or not in_scope(address, site):
            continue
        if index or name == "sitemap":
            yield address, None, "listing"
        elif kind := kind_of(address, site):
            yield address, _title(element), kind


def _href(element: etree._Element) -> str:
    for child in element:
        name = _name(child)
        if name == "loc" or (name == "link" and child.text and child.text.strip()):
            return child.text or ""
        if name == "link" and child.get("rel", "alternate") == "alternate" and child.get("href"):
            return child.get("href", "")
        if name == "guid" and (child.text or "").strip().startswith("http"):
            return child.text or ""
    return ""


def _title(element: etree._Element) -> str | None:
    return next(
        (
            flat("".join(map(str, child.itertext())))[:300] or None
            for child in element
            if _name(child) == "title"
        ),
        None,
    )


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
