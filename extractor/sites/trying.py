"""What every selector of a site finds on one page: to mend a rule by."""

from dataclasses import dataclass

from extractor.sites.addresses import absolute
from extractor.sites.decoding import decode_page
from extractor.sites.markup import PageTooLarge, build
from extractor.sites.page_types import Response
from extractor.sites.reading import interest_of
from extractor.sites.rule import Layout, Site
from extractor.sites.shown import value_of

PARTS = (
    "article", "title", "date", "author", "body", "images", "captions", "drop", "links", "next",
    "home",
)  # fmt: skip
_WORDS = 70


@dataclass(frozen=True)
class Row:
    """One selector: where it stands, how many tags it finds, the words of the first."""

    layout: str
    part: str
    place: str
    selector: str
    found: int
    words: str


def rows_of(response: Response, site: Site) -> list[Row]:
    """A row for each selector of each layout of a site, tried on a page; none where the page is too
    large to be read."""
    header = next((v for key, v in response.headers if key.lower() == "content-type"), "")
    text, _encoding = decode_page(response.body, header, site)
    try:
        markup = build(text, interest_of(site))
    except PageTooLarge:
        return []
    rows = []
    for layout in site.layouts:
        for part in PARTS:
            for selector in getattr(layout, part):
                tags = list(markup.select(selector))
                words = value_of(tags[0], selector) if tags else ""
                if tags and not words:
                    words = absolute(response.url, tags[0].get("src", "")) or ""
                place = f"{layout.path}:{selector.line}"
                rows.append(Row(layout.id, part, place, selector.source, len(tags), words[:_WORDS]))
    return rows


def missing(rows: list[Row], layout: Layout) -> list[str]:
    """The parts of a layout of which no selector finds anything."""
    seen = {row.part for row in rows if row.layout == layout.id and row.found}
    return [part for part in PARTS if getattr(layout, part) and part not in seen]
