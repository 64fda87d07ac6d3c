"""Which layout of a site a page has, and what of its lines is page rather than release."""

from extractor.language.paragraphs import read_paragraphs
from extractor.rulebook import Rulebook
from extractor.sites.dating import dating_of
from extractor.sites.markup import Markup
from extractor.sites.reading import Reading, read_layout
from extractor.sites.rule import Layout, Site

_LONGEST = 250


def best_reading(
    markup: Markup, site: Site, base: str, retrieved: str, book: Rulebook
) -> tuple[Reading | None, list[str]]:
    """(reading, misses): of the layouts that find title and body the one that was in use, by the
    article's own day, when the page was made; the first where none or all were. ``misses`` tell
    what the selectors of the layouts do not find."""
    readings = [read_layout(markup, layout, base, book["pages"]) for layout in site.layouts]
    whole = [one for one in readings if one.whole]
    if len(whole) > 1:
        dated = [one for one in whole if _in_use(one, retrieved, book)]
        whole = dated or whole
    if whole:
        return whole[0], []
    misses = [fault for one in readings for fault in one.faults]
    empty = next((one for one in readings if one.empty and not one.faults), None)
    return empty or (readings[0] if readings else None), misses


def without_furniture(
    title: str | None, paragraphs: tuple[str, ...], book: Rulebook
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(release, furniture): counters, share buttons and pointers to other pages apart, by
    ``paragraphs.yaml``."""
    short = [one for one in paragraphs if len(one) <= _LONGEST]
    if not short:
        return paragraphs, ()
    kept, furniture = [], []
    for one in paragraphs:
        if len(one) <= _LONGEST and _is_furniture(one, book):
            furniture.append(one)
        else:
            kept.append(one)
    return (tuple(kept), tuple(furniture)) if kept else (paragraphs, ())


def _is_furniture(line: str, book: Rulebook) -> bool:
    return all(one.kind == "furniture" for one in read_paragraphs(line, book["paragraphs"], 0))


def _in_use(reading: Reading, retrieved: str, book: Rulebook) -> bool:
    layout = reading.layout
    if layout.valid_from is None and layout.valid_until is None:
        return True
    day = dating_of(book).read(reading.shown, (), retrieved).day
    return day is not None and _covers(layout, day)


def _covers(layout: Layout, day: str) -> bool:
    return (layout.valid_from or "") <= day <= (layout.valid_until or "9999")
