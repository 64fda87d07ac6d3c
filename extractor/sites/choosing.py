"""Which layout of a site a page has, and what of its lines is page rather than release."""

from extractor.language.paragraphs import furniture_rule
from extractor.rulebook import Rulebook
from extractor.sites.dating import dating_of
from extractor.sites.markup import Markup, PageTooLarge
from extractor.sites.reading import Reading, read_layout
from extractor.sites.rule import Layout, Site

# The longest releases have some hundred.
MAX_PARAGRAPHS = 5_000


def best_reading(
    markup: Markup, site: Site, base: str, retrieved: str, book: Rulebook
) -> tuple[Reading | None, list[str]]:
    """(reading, misses): of the layouts that find title and body the one that was in use, by the
    article's own day, when the page was made; the first where none or all were. ``misses`` tell
    what the selectors of the layouts do not find."""
    readings: list[Reading] = []
    for layout in site.layouts:
        readings.append(read_layout(markup, layout, base, book["pages"]))
        if readings[-1].whole and _in_use(readings[-1], retrieved, book):
            return readings[-1], []
    if whole := next((one for one in readings if one.whole), None):
        return whole, []
    misses = [fault for one in readings for fault in one.faults]
    empty = next((one for one in readings if one.empty and not one.faults), None)
    return empty or (readings[0] if readings else None), misses


def without_furniture(
    title: str | None, paragraphs: tuple[str, ...], book: Rulebook
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(release, furniture): counters, share buttons and pointers to other pages apart, by
    ``paragraphs.yaml``."""
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise PageTooLarge("paragraphs")
    rules = book["paragraphs"]
    furniture = tuple(one for one in paragraphs if furniture_rule(one, rules) is not None)
    if not furniture or len(furniture) == len(paragraphs):
        return paragraphs, ()
    return tuple(one for one in paragraphs if one not in furniture), furniture


def _in_use(reading: Reading, retrieved: str, book: Rulebook) -> bool:
    layout = reading.layout
    if layout.valid_from is None and layout.valid_until is None:
        return True
    day = dating_of(book).read(reading.shown, (), retrieved).day
    return day is not None and _covers(layout, day)


def _covers(layout: Layout, day: str) -> bool:
    return (layout.valid_from or "") <= day <= (layout.valid_until or "9999")
